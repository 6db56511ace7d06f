"""`brief import`: what a Word document from elsewhere becomes; nothing is lost silently."""

import base64
import io
import json
import re
import zipfile

import docx
import pytest
from docx.enum.text import WD_BREAK
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from foreign_word import (
    PNG,
    add_bookmark,
    add_field,
    add_notes,
    add_part,
    add_xml,
    item,
    saved,
    zotero,
)
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from word_tools import golden

from pipeline import importing
from pipeline.build import workers
from pipeline.cli import main
from pipeline.importing.converting import Task, converted
from pipeline.model import (
    Citation,
    DefinitionList,
    Figure,
    List,
    Paragraph,
    Table,
    plain,
    walk,
)
from pipeline.readers.bibtex import read_bibtex
from pipeline.readers.docx import BadWordFile
from pipeline.readers.markdown import read_markdown

HYPERLINK = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink"


def imported(document, library=b""):
    content = document if isinstance(document, bytes) else saved(document)
    return converted(Task(content, "x", library, "references.bib"))


def body(document, library=b""):
    """Return the Markdown below the front matter."""
    return imported(document, library).markdown.split("---\n", 2)[2].strip()


def brief_of(found):
    return read_markdown(
        found.markdown, "x.md", lambda name: found.pictures[name.removeprefix("x/")]
    )


def verdicts(found, verdict):
    return [(loss.kind, loss.text) for loss in found.losses if loss.verdict == verdict]


def test_styles_make_headings_quotes_and_emphasis():
    document = docx.Document()
    document.add_heading("Rain", 0)
    document.add_heading("Known", 1)
    paragraph = document.add_paragraph("It ")
    paragraph.add_run("rains").bold = True
    paragraph.add_run(" on ")
    paragraph.add_run("roofs").italic = True
    paragraph.add_run("2").font.superscript = True
    paragraph.add_run(".")
    document.add_paragraph("A quote", "Intense Quote")
    custom = document.styles.add_style("House Heading", 1)
    custom.base_style = document.styles["Heading 2"]
    document.add_paragraph("Based on a heading", "House Heading")
    assert imported(document).markdown.startswith("---\ntitle: Rain\n")
    assert body(document) == (
        "## Known\n\nIt **rains** on *roofs*<sup>2</sup>.\n\n> A quote\n\n### Based on a heading"
    )


@pytest.mark.parametrize(
    ("term", "meaning"),
    [("Definition Term", "Definition"), ("List Heading", "List Contents")],
    ids=["pandoc", "LibreOffice"],
)
def test_terms_and_what_they_mean_are_a_definition_list(term, meaning):
    document = docx.Document()
    for name in (term, meaning):
        document.styles.add_style(name, 1)
    for style, text in ((term, "- Rain"), (meaning, "# Water"), (meaning, "that | falls"),
                        (term, "Alone"), (term, "Roof"), (meaning, "A cover")):  # fmt: skip
        document.add_paragraph(text, style)
    found = imported(document)
    assert body(document) == (
        "\\- Rain\n:   \\# Water\n\n    that | falls\n\nAlone\n\nRoof\n:   A cover"
    )
    lists = [n for n in walk(brief_of(found)[0].blocks) if isinstance(n, DefinitionList)]
    assert [[plain(item.term) for item in each.items] for each in lists] == [["- Rain"], ["Roof"]]


W = nsdecls("w")
RULE = (
    f'<w:p {W}><w:r><w:pict><v:rect xmlns:v="urn:schemas-microsoft-com:vml" '
    'xmlns:o="urn:schemas-microsoft-com:office:office" o:hr="t"/></w:pict></w:r></w:p>'
)


def add_bullet(numbering, number, sign):
    """Define a list whose items have this sign."""
    of_level = f'<w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/><w:lvlText w:val="{sign}"/></w:lvl>'
    abstract = f'<w:abstractNum {W} w:abstractNumId="{number}">{of_level}</w:abstractNum>'
    numbering.insert(0, parse_xml(abstract))
    link = f'<w:abstractNumId w:val="{number}"/>'
    numbering.append(parse_xml(f'<w:num {W} w:numId="{number}">{link}</w:num>'))


def add_item(paragraph, number, level="0"):
    place = f'<w:ilvl w:val="{level}"/><w:numId w:val="{number}"/>'
    paragraph._p.get_or_add_pPr().append(parse_xml(f"<w:numPr {W}>{place}</w:numPr>"))


def test_tasks_lists_that_go_on_and_rules_of_pandoc():
    document = docx.Document()
    numbering = document.part.numbering_part.element
    signs = (" ", "\N{BULLET}", "\N{BALLOT BOX}", "\N{BALLOT BOX WITH X}")
    for number, sign in enumerate(signs, start=1001):
        add_bullet(numbering, number, sign)
    for text, number in (("Rain", 1002), ("goes on", 1001), ("Open", 1003), ("Done", 1004)):
        add_item(document.add_paragraph(text), number)
    document.element.body.insert(4, parse_xml(RULE))
    document.add_paragraph().add_run("Struck out").font.strike = True
    written = body(document)
    assert written == ("- Rain\n\n  goes on\n\n- [ ] Open\n\n- [x] Done\n\n---\n\n~~Struck out~~")
    brief, _ = brief_of(imported(document))
    (tasks,) = [node for node in brief.blocks if isinstance(node, List)]
    assert [entry.checked for entry in tasks.items] == [None, False, True]


def test_a_level_of_a_list_may_be_any_number():
    document = docx.Document()
    for level in ("9" * 5000, "-1", "\N{ARABIC-INDIC DIGIT ONE}", "x"):
        add_item(document.add_paragraph("Rain", "List Bullet"), 1, level)
    assert body(document).count("Rain") == 4


@pytest.mark.parametrize(
    ("position", "size", "written"),
    [("8", "16", "x<sup>2</sup>"), ("-2", "16", "x<sub>2</sub>"), ("8", "", "x2"), ("0", "9", "x2"),
     ("odd", "9", "x2")],
    ids=["raised", "lowered", "of the same size", "on the line", "unreadable"],
)  # fmt: skip
def test_small_letters_off_the_line_are_raised_or_lowered(position, size, written):
    document = docx.Document()
    paragraph = document.add_paragraph("x")
    properties = paragraph.add_run("2")._r.get_or_add_rPr()
    for name, said in (("w:position", position), ("w:sz", size)):
        if said:
            element = OxmlElement(name)
            element.set(qn("w:val"), said)
            properties.append(element)
    assert body(document) == written


def test_what_was_typed_is_no_syntax():
    document = docx.Document()
    texts = ["# no heading", "1. no list", "*no* emphasis <b> [x] $5 a@b", "| a | b |", "Table: 0"]
    for text in texts:
        document.add_paragraph(text)
    document.add_table(1, 1).cell(0, 0).text = "1"
    brief, _ = brief_of(imported(document))
    assert [plain(block.inlines) for block in brief.blocks[:-1]] == texts


def test_a_sign_that_could_begin_a_tag_may_be_bold():
    document = docx.Document()
    paragraph = document.add_paragraph("A")
    paragraph.add_run("<B> </b> \\").bold = True
    brief, _ = brief_of(imported(document))
    assert plain(brief.blocks[0].inlines) == "A<B> </b> \\"


def test_lists_are_nested_and_keep_their_numbers():
    document = docx.Document()
    for text, style in (("a", "List Bullet"), ("b", "List Bullet 2"), ("c", "List Bullet")):
        document.add_paragraph(text, style)
    document.add_paragraph("one", "List Number")
    document.add_paragraph("between")
    document.add_paragraph("two", "List Number")
    assert body(document) == "- a\n- b\n- c\n\n<!-- -->\n\n1. one\n\nbetween\n\n2. two"
    lists = [b for b in brief_of(imported(document))[0].blocks if isinstance(b, List)]
    assert [(each.ordered, each.start) for each in lists][-2:] == [(True, 1), (True, 2)]


def test_a_list_may_override_a_level_of_its_definition():
    document = docx.Document()
    numbering = document.part.numbering_part.element
    add_bullet(numbering, 1001, "x")
    own = '<w:lvl w:ilvl="0"><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl>'
    numbering.append(
        parse_xml(
            f'<w:num {W} w:numId="1002"><w:abstractNumId w:val="1001"/>'
            f'<w:lvlOverride w:ilvl="0">{own}</w:lvlOverride></w:num>'
        )
    )
    for text in "ab":
        add_item(document.add_paragraph(text), 1002)
    assert body(document) == "1. a\n2. b"


def test_a_heading_without_a_number_among_others_is_marked_as_one():
    document = docx.Document()
    for text in ("1 Rain", "2 Snow", "Hail"):
        document.add_heading(text, 1)
        document.add_paragraph("Text.")
    assert body(document) == (
        "## Rain\n\nText.\n\n## Snow\n\nText.\n\n## Hail {.unnumbered}\n\nText."
    )


def test_tables_keep_heads_and_merged_cells():
    document = docx.Document()
    table = document.add_table(3, 3)
    for number, cell in enumerate(c for row in table.rows for c in row.cells):
        cell.text = f"c{number}"
    table.cell(1, 0).merge(table.cell(2, 0))
    table.cell(0, 1).merge(table.cell(0, 2))
    brief, diagnostics = brief_of(imported(document))
    (found,) = [block for block in brief.blocks if isinstance(block, Table)]
    assert diagnostics == []
    assert found.head[0][1].across == 2
    assert found.rows[0][0].down == 2


def test_a_table_in_a_table_stands_below_it():
    document = docx.Document()
    table = document.add_table(1, 2)
    table.cell(0, 0).text = "outer"
    table.cell(0, 1).add_table(1, 2).cell(0, 0).text = "inner"
    found = imported(document)
    brief, _ = brief_of(found)
    assert [type(block) for block in brief.blocks] == [Table, Table]
    assert ("nested-table", "") in verdicts(found, "changed")


def test_addresses_are_links():
    document = docx.Document()
    relation = document.part.relate_to("https://a.org/b_c_d", HYPERLINK, is_external=True)
    run = "<w:r><w:t>https://a.org/b_c_d</w:t></w:r>"
    paragraph = document.add_paragraph()
    add_xml(paragraph, f'<w:hyperlink r:id="{relation}">{run}</w:hyperlink>')
    assert body(document) == "<https://a.org/b_c_d>"


def test_rows_of_a_table_may_end_where_they_like():
    document = docx.Document()
    table = document.add_table(3, 3)
    for number, cell in enumerate(c for row in table.rows for c in row.cells):
        cell.text = f"c{number}"
    row = table.rows[1]._tr
    row.remove(row.tc_lst[2])
    table.cell(2, 0).merge(table.cell(2, 1))
    brief, diagnostics = brief_of(imported(document))
    (found,) = brief.blocks
    assert isinstance(found, Table)
    assert diagnostics == []


def test_footnotes_and_endnotes_are_footnotes():
    document = docx.Document()
    paragraph = document.add_paragraph("Rain")
    add_notes(document, "footnote", ["Much rain"])(paragraph, 0)
    add_notes(document, "endnote", ["At the end"])(paragraph, 0)
    assert body(document) == "Rain[^1][^2]\n\n[^1]: Much rain\n\n[^2]: At the end"


def test_captions_and_cross_references():
    document = docx.Document()
    document.add_picture(io.BytesIO(PNG))
    caption = document.add_paragraph("Figure ", "Caption")
    add_field(caption, " SEQ Figure \\* ARABIC ", "1")
    add_bookmark(caption, "_Ref1")
    caption.add_run(": Rain by town")
    paragraph = document.add_paragraph("See ")
    add_field(paragraph, " REF _Ref1 \\h ", "Figure 1")
    found = imported(document)
    brief, _ = brief_of(found)
    (figure,) = [block for block in brief.blocks if isinstance(block, Figure)]
    assert plain(figure.caption) == "Rain by town"
    assert "See @fig-rain-by-town" in found.markdown
    assert found.pictures == {"image1.png": PNG}
    assert ("alternative-text", "image1.png") in verdicts(found, "check")


def test_typed_captions_are_referred_to_where_the_build_prints_their_numbers():
    document = docx.Document()
    document.add_paragraph(
        "See Table 1, Tables 1 and 2, table 2, Table 3, Table 1 of A, Table 2.1, tableau 1 du A."
    )
    document.add_paragraph("Table 1: Rain", "Caption")
    document.add_table(1, 1).cell(0, 0).text = "as Table 2 shows"
    document.add_paragraph("Table 2 is long.")
    label = document.add_paragraph()
    label.add_run("Table 2.").bold = True
    label.add_run(" Sun")
    document.add_table(1, 1).cell(0, 0).text = "1"
    document.add_paragraph("See Fig. 4.")
    document.add_picture(io.BytesIO(PNG))
    document.add_paragraph("Figure 4: Roofs", "Caption")
    document.add_picture(io.BytesIO(PNG))
    document.add_paragraph("Figure 5: Walls")
    found = imported(document)
    brief, _ = brief_of(found)
    captions = [plain(b.caption) for b in brief.blocks if isinstance(b, Table | Figure)]
    assert captions == ["Rain", "Sun", "Roofs", ""]
    written = " ".join(found.markdown.split())
    assert (
        "See @tbl-rain, Tables [-@tbl-rain] and [-@tbl-sun], table [-@tbl-sun], "
        "Table 3, Table 1 of A, Table 2.1, tableau 1 du A." in written
    )
    assert "as @tbl-sun shows" in written
    assert "@tbl-sun is long." in written
    assert "See Fig. 4." in written
    assert written.endswith("Figure 5: Walls")
    assert ("caption", "Figure 4: Roofs") in verdicts(found, "check")


def test_a_typed_caption_of_another_word_than_the_build_prints_is_named():
    document = docx.Document()
    document.add_paragraph("Chart 1: Rain")
    document.add_picture(io.BytesIO(PNG))
    found = imported(document)
    assert "![Rain]" in found.markdown
    assert ("caption", "Chart 1: Rain") in verdicts(found, "check")


def test_citations_of_zotero():
    document = docx.Document()
    paragraph = document.add_paragraph("Roofs leak ")
    zotero(paragraph, [item(1, locator="4", label="page", prefix="see "), item(2)], "(Smith)")
    again = document.add_paragraph("Again ")
    zotero(again, [item(1, **{"suppress-author": True, "suffix": ", passim"})], "(2001)")
    add_field(document.add_paragraph(), " ADDIN ZOTERO_BIBL {} CSL_BIBLIOGRAPHY ", "Smith …")
    found = imported(document)
    assert "Roofs leak [see @smith2001rain, p. 4; @smith2002rain]\n" in found.markdown
    assert "Again [-@smith2001rain, passim]" in found.markdown
    assert found.added == 2
    assert verdicts(found, "made") == [("references", "Smith …")]
    assert imported(document, found.library).added == 0


def test_citations_of_word_with_its_sources(tmp_path):
    """A golden brief whose citations Word manages, without the source that it carries."""
    numbered, content = golden("japan-canada", "word")
    cited = [c.key for n in walk(numbered.brief) if isinstance(n, Citation) for c in n.cites]
    found = imported(without_source_map(content))
    brief, _ = read_markdown(found.markdown, "x.md")
    again = [c.key for n in walk(brief) if isinstance(n, Citation) for c in n.cites]
    assert len(again) == len(cited)
    assert len(set(again)) == len(set(cited))


def without_source_map(content):
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            data = old.read(name)
            new.writestr(name, data.replace(b"urn:briefwright:source-map:1", b"urn:other"))
    return out.getvalue()


@pytest.mark.parametrize("mode", ["ref", "word", "zotero"])
def test_our_own_file_gives_back_its_source(mode):
    numbered, content = golden("congestion", mode)
    found = imported(content)
    assert found.is_ours
    assert found.markdown == numbered.brief.source
    library, _ = read_bibtex([(found.library, "references.bib")])
    assert {*library} == {reference.key for reference in numbered.bibliography}
    images = {image.src: image.content for image in numbered.brief.images}
    assert found.pictures == images
    assert [loss.message.split(",")[0] for loss in found.losses] == ["congestion/traffic.csv"]


def test_a_line_below_the_title_that_is_a_day_is_the_date():
    document = docx.Document()
    document.add_paragraph("Rain", style="Title")
    document.add_paragraph("12 March 2026")
    document.add_paragraph("It rained on 3 April 2025.")
    document.add_paragraph("3 April 2025")
    document.add_heading("Rain", 1)
    found = imported(document)
    assert "\ndate: 2026-03-12\n" in found.markdown
    assert "12 March" not in found.markdown
    assert found.markdown.count("3 April 2025") == 2
    assert verdicts(found, "check") == [("date", "2026-03-12")]


def typed(*paragraphs, entries=3):
    document = docx.Document()
    for text in paragraphs:
        document.add_paragraph(text)
    document.add_heading("References", 1)
    for number in range(1, entries + 1):
        document.add_paragraph(
            f"[{number}] Lee, A. (201{number}). Rain {number}. doi:10.1000/x{number}"
        )
    return document


def test_typed_marks_that_agree_with_a_list_are_citations():
    found = imported(typed("Leaks [2]. More [1, 2–3]; none [7]."))
    assert "Leaks [@lee2012]. More [@lee2011; @lee2012; @lee2013]; none \\[7\\]." in found.markdown
    assert b"title = {Lee, A. (2012). Rain 2}" in found.library
    assert b"doi   = {10.1000/x2}" in found.library
    assert ("typed-mark", "[7]") in verdicts(found, "check")


@pytest.mark.parametrize(
    ("mark", "written"),
    [
        ("[2, p. 12]", "[@lee2012, p. 12]"),
        ("[2, pp. 3–5, 9; 1]", "[@lee2012, pp. 3–5, 9; @lee2011]"),
        ("[1, sec. 4; 3, chapter 2]", "[@lee2011, sec. 4; @lee2013, ch. 2]"),
        ("[2, p. 12, 3]", "\\[2, p. 12, 3\\]"),
        ("[2, cf. 12]", "\\[2, cf. 12\\]"),
    ],
    ids=["page", "pages", "others", "page-or-entry", "no-locator"],
)
def test_typed_marks_that_say_where_are_citations_with_locators(mark, written):
    found = imported(typed(f"Leaks {mark}. Drips [1–3]."))
    assert f"Leaks {written}. Drips" in found.markdown
    assert (("typed-mark", mark) in verdicts(found, "check")) == ("@" not in written)


def test_entries_of_the_same_authors_stay_apart():
    document = docx.Document()
    document.add_paragraph("Air [1], water [2], air again [3].")
    document.add_heading("References", 1)
    for number, title in enumerate(("Air. 2021", "Water. 2019", "Air. 2021"), 1):
        document.add_paragraph(f"[{number}] World Health Organization. {title}.")
    assert body(document) == "Air [@world2021], water [@world2019], air again [@world2021]."


def test_numbers_in_parentheses_are_citations_only_if_all_agree():
    assert "(@" not in body(typed("Leaks (2), and (1)."))
    assert "\\[@" not in body(typed("Leaks (2), and (1)."))
    assert "Leaks [@lee2011] [@lee2012; @lee2013]." in body(typed("Leaks (1) (2, 3)."))


def test_raised_numbers_are_citations_but_units_are_none():
    document = typed("x")
    paragraph = document.paragraphs[0]
    paragraph.text = "Leaks"
    for raised, text in (("1,2", ". An area of 5 m"), ("2", ". And"), ("3", ".")):
        paragraph.add_run(raised).font.superscript = True
        paragraph.add_run(text)
    assert "Leaks [@lee2011; @lee2012]. An area of 5 m<sup>2</sup>. And [@lee2013]." in body(
        document
    )


def test_tracked_changes_comments_and_text_boxes_are_listed():
    document = docx.Document()
    document.add_heading("Rain", 1)
    paragraph = document.add_paragraph("It ")
    run = '<w:r><w:t xml:space="preserve">rains </w:t></w:r>'
    add_xml(paragraph, f'<w:ins w:author="Bo">{run}</w:ins>')
    gone = "<w:r><w:delText>snows</w:delText></w:r>"
    add_xml(paragraph, f'<w:del w:author="Bo">{gone}</w:del>')
    found = imported(document)
    assert "It rains" in found.markdown
    assert "snows" not in found.markdown
    assert verdicts(found, "lost") == [("tracked-change", "snows")]
    loss = next(loss for loss in found.losses if loss.text == "snows")
    assert (loss.place.heading, loss.place.paragraph, loss.place.near) == ("Rain", 2, "It rains")


FORMULAS = {
    "fraction": ("<m:f><m:num><m:r><m:t>a</m:t></m:r></m:num><m:den><m:r><m:t>b</m:t></m:r></m:den>"
                 "</m:f>", r"$\frac{a}{b}$"),
    "root": ("<m:rad><m:deg/><m:e><m:r><m:t>x</m:t></m:r></m:e></m:rad>", r"$\sqrt{x}$"),
    "power": ("<m:sSup><m:e><m:r><m:t>α</m:t></m:r></m:e><m:sup><m:r><m:t>2</m:t></m:r></m:sup>"
              "</m:sSup>", r"${\alpha}^{2}$"),
    "too hard": ("<m:phant><m:e><m:r><m:t>y</m:t></m:r></m:e></m:phant>", "y"),
}  # fmt: skip


@pytest.mark.parametrize(("omml", "tex"), FORMULAS.values(), ids=FORMULAS)
def test_simple_formulas_are_tex(omml, tex):
    document = docx.Document()
    paragraph = document.add_paragraph("Say ")
    add_xml(paragraph, f"<m:oMath>{omml}</m:oMath>")
    assert body(document) == f"Say {tex}"


BAD = {
    "no ZIP": b"PK no",
    "no document": b"",
    "broken XML": b"<w:document",
    "document type": b'<!DOCTYPE a [<!ENTITY b "c">]><a/>',
    "macros": b"vba",
}


@pytest.mark.parametrize("kind", BAD)
def test_bad_files_are_refused(kind):
    out = io.BytesIO()
    relations = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        '<Relationship Id="a" Type="x/officeDocument" Target="d.xml"/></Relationships>'
    )
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("_rels/.rels", relations)
        if kind == "macros":
            archive.writestr("word/vbaProject.bin", b"")
        elif BAD[kind]:
            archive.writestr("d.xml", BAD[kind])
    with pytest.raises(BadWordFile):
        imported(BAD[kind] if kind == "no ZIP" else out.getvalue())


# Laws: all words are in the brief or in the list of what is not, and they stay words. -----------

LETTERS = st.characters(blacklist_categories=("Cs", "Cc", "Cf", "Cn", "Co"))
WORDS = st.text(LETTERS, min_size=1, max_size=8).filter(str.strip)
SIGNS = [
    *"*_`[]<>#|~^$@&\\-+=:.{}()!\"'%/", "1.", "a)", "--", "[1]", "==a==", ":::", "[[a]]", "$a$",
    r"\ref{a}", "{ref}`a`", "![a](b)", "Table: a", "a_b_c", "(a)=", "[^1]", "&amp;", "<b>a</b>",
]  # fmt: skip
PUNCTUATION = st.sampled_from(SIGNS)
TEXT = st.lists(st.one_of(WORDS, PUNCTUATION), min_size=1, max_size=6).map(" ".join)
RUNS = st.lists(st.tuples(TEXT, st.sampled_from(["", "b", "i", "bi", "s", "sup"])), min_size=1,
                max_size=4)  # fmt: skip
STYLES = st.sampled_from(
    ["Normal", "Title", "Subtitle", "Heading 1", "Heading 3", "List Bullet", "List Number",
     "List Bullet 2", "List Paragraph", "Quote", "Caption", "List Continue"]
)  # fmt: skip
BLOCK = st.one_of(
    st.tuples(STYLES, RUNS),
    st.tuples(st.just("table"), st.lists(st.lists(TEXT, min_size=2, max_size=2), min_size=1,
                                         max_size=3)),
)  # fmt: skip


def written(blocks):
    document = docx.Document()
    for style, content in blocks:
        if style == "table":
            table = document.add_table(len(content), 2)
            for row, texts in zip(table.rows, content, strict=True):
                for cell, text in zip(row.cells, texts, strict=True):
                    cell.text = text
            continue
        paragraph = document.add_paragraph("", style)
        for text, look in content:
            run = paragraph.add_run(text)
            run.bold, run.italic = "b" in look or None, "i" in look or None
            run.font.strike = look == "s" or None
            run.font.superscript = look == "sup" or None
    return document


def letters(text):
    return re.sub(r"[\W\d_]+", "", text)


def said(found):
    """Return what a brief and the list of losses say."""
    brief, _ = brief_of(found)
    parts = [brief.front.title, brief.front.subtitle] if hasattr(brief.front, "subtitle") else []
    texts = [plain(part) if not isinstance(part, str) else part for part in parts if part]
    for node in walk(brief):
        text = getattr(node, "text", None)
        if isinstance(text, str):
            texts.append(text)
    return " ".join((*texts, *(loss.text for loss in found.losses)))


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(BLOCK, min_size=1, max_size=6))
def test_every_paragraph_is_in_the_brief_or_in_the_list(blocks):
    document = written(blocks)
    found = imported(document)
    brief_says = letters(said(found))
    stories = [p.text for p in document.paragraphs]
    stories += [c.text for t in document.tables for row in t.rows for c in row.cells]
    for text in stories:
        assert letters(text) in brief_says, found.markdown


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(TEXT, min_size=1, max_size=4))
def test_typed_signs_stay_signs(texts):
    document = docx.Document()
    for text in texts:
        document.add_paragraph(text)
    found = imported(document)
    brief, _ = brief_of(found)
    shown = [" ".join(plain(block.inlines).split()) for block in brief.blocks]
    assert shown == [" ".join(text.split()) for text in texts], found.markdown


def test_a_brief_of_everything_builds_in_all_formats(tmp_path, capsys):
    document = typed("Leaks [2]. More [1, 2–3].")
    paragraph = document.paragraphs[0].insert_paragraph_before("First")
    add_notes(document, "footnote", ["Much rain"])(paragraph, 0)
    document.add_picture(io.BytesIO(PNG))
    table = document.add_table(2, 2)
    table.cell(0, 0).merge(table.cell(0, 1)).text = "over two"
    file = tmp_path / "old paper.docx"
    file.write_bytes(saved(document))
    brief = tmp_path / "briefs" / "new.md"
    assert main(["import", str(file), "-o", str(brief), "--json"]) == 0
    report = json.loads(capsys.readouterr().out)
    assert report["entries"] == 3
    assert report["read"]["footnotes"] == 1
    assert main(["build", str(brief), "--out", str(tmp_path / "build")]) == 0
    assert {path.suffix for path in (tmp_path / "build").glob("new.*")} == {
        ".pdf",
        ".docx",
        ".html",
    }
    assert main(["import", str(file), "-o", str(brief)]) == 1
    assert "already there" in capsys.readouterr().err


def test_a_document_that_takes_too_long_is_to_be_divided(tmp_path, monkeypatch, capsys):
    docx.Document().save(tmp_path / "old.docx")
    failure = workers.Failure("it took more than 18 seconds", of_machine=True)
    monkeypatch.setattr(workers, "run", lambda *_: [failure])
    assert main(["import", str(tmp_path / "old.docx")]) == 1
    assert "18 seconds: divide the document, and import its parts\n" in capsys.readouterr().err


def test_a_dry_run_prints_the_markdown_alone(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    document = docx.Document()
    document.add_paragraph("Rain")
    document.add_paragraph("Roofs")
    document.save("old.docx")
    assert main(["import", "old.docx", "--dry-run"]) == 0
    out, report = capsys.readouterr()
    assert out.startswith("---\ntitle: Old\n")
    assert out.endswith("---\n\nRain\n\nRoofs\n")
    assert "read: 0 headings" in report
    assert [path.name for path in tmp_path.iterdir()] == ["old.docx"]


def test_nothing_is_written_for_a_file_that_cannot_be_read(tmp_path, capsys):
    file = tmp_path / "old.docx"
    file.write_bytes(b"\xd0\xcf\x11\xe0 an old file")
    assert main(["import", str(file), "-o", str(tmp_path / "x.md")]) == 1
    assert "save it as .docx" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == [file]


TRAPS = {
    "a list that begins with 2": "2. Foo\n3. Bar\n\nBetween\n\n1. Bop\n",
    "a head of two rows": (
        "+---+-------+-----------+---+\n| A | **B** | E         | F |\n"
        "|   |       +-----+-----+   |\n|   |       | G   | H   |   |\n"
        "+===+=======+=====+=====+===+\n| 1 | 2     | 3   | 4   | 5 |\n"
        "+---+-------+-----+-----+---+\n"
    ),
}


@pytest.mark.parametrize("text", TRAPS.values(), ids=TRAPS)
def test_what_word_documents_have_raises_no_false_alarm(text, tmp_path):
    (tmp_path / "x.md").write_text(f"---\ntitle: X\n---\n\n{text}", "utf-8")
    assert main(["build", str(tmp_path / "x.md"), "--to", "pdf", "--out", str(tmp_path)]) == 0


def test_paragraphs_in_a_font_of_fixed_width_are_code():
    document = docx.Document()
    for text in ("if x:", "    return"):
        document.add_paragraph().add_run(text).font.name = "Courier New"
    paragraph = document.add_paragraph("Call ")
    paragraph.add_run("f()").font.name = "Consolas"
    assert body(document) == "```\nif x:\n    return\n```\n\nCall `f()`"


ENDNOTE = (
    "<EndNote><Cite><Author>Smith</Author><Year>2020</Year><RecNum>3</RecNum><Pages>7</Pages>"
    '<record><rec-number>3</rec-number><ref-type name="Journal Article">17</ref-type>'
    "<contributors><authors><author>Smith, Ann</author></authors></contributors>"
    "<titles><title>Rain</title><secondary-title>Roofs</secondary-title></titles>"
    "<dates><year>2020</year></dates></record></Cite></EndNote>"
)


def test_citations_of_endnote():
    document = docx.Document()
    add_field(document.add_paragraph("It rains "), f" ADDIN EN.CITE {ENDNOTE} ", "[1]")
    found = imported(document)
    assert "It rains [@smith2020rain, p. 7]" in found.markdown
    assert b"journaltitle = {Roofs}" in found.library


def test_citations_of_mendeley_cite():
    data = {"citationItems": [item(1)], "manualOverride": {}}
    tag = "MENDELEY_CITATION_v3_" + base64.b64encode(json.dumps(data).encode()).decode()
    document = docx.Document()
    content = "<w:sdtContent><w:r><w:t>(Smith, 2001)</w:t></w:r></w:sdtContent>"
    paragraph = document.add_paragraph("It rains ")
    add_xml(paragraph, f'<w:sdt><w:sdtPr><w:tag w:val="{tag}"/></w:sdtPr>{content}</w:sdt>')
    assert "It rains [@smith2001rain]" in imported(document).markdown


def test_the_prompt_of_an_empty_form_field_is_no_text():
    document = docx.Document()
    paragraph = document.add_paragraph("Rain ")
    content = "<w:sdtContent><w:r><w:t>Click here</w:t></w:r></w:sdtContent>"
    add_xml(paragraph, f"<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr>{content}</w:sdt>")

    found = imported(document)
    assert "Click" not in found.markdown
    assert any("the prompt of an empty form field" in loss.message for loss in found.losses)


WORD_FIELDS = {
    r" CITATION Smi21 \p 4 \f see \l 1033 ": "[see @Smi21, p. 4]",
    r" CITATION Smi21 \n \m Lee19 \s passim ": "[-@Smi21; @Lee19 passim]",
    r" CITATION Gone ": "(Gone)",
}


@pytest.mark.parametrize(("field", "markdown"), WORD_FIELDS.items(), ids=["page", "two", "gone"])
def test_citations_of_word(field, markdown):
    document = docx.Document()
    add_field(document.add_paragraph("It rains "), field, "(Gone)")
    source = (
        "<b:Source><b:Tag>{0}</b:Tag><b:SourceType>Book</b:SourceType><b:Title>{0}</b:Title>"
        "<b:Year>2020</b:Year></b:Source>"
    )
    space = "http://schemas.openxmlformats.org/officeDocument/2006/bibliography"
    sources = "".join(map(source.format, ("Smi21", "Lee19")))
    add_part(document, "customXml", f'<b:Sources xmlns:b="{space}">{sources}</b:Sources>')
    assert body(document) == f"It rains {markdown}"


def test_a_field_that_never_ends_is_text():
    document = docx.Document()
    paragraph = add_field(document.add_paragraph("One "), " TOC ", "two")
    paragraph._p.remove(paragraph.runs[-1]._r)
    document.add_paragraph("three")
    assert body(document) == "One two\n\nthree"


def test_a_table_round_a_picture_and_its_caption_is_a_figure():
    document = docx.Document()
    cell = document.add_table(1, 1).cell(0, 0)
    cell.paragraphs[0].add_run().add_picture(io.BytesIO(PNG))
    cell.add_paragraph("Figure 1: Rain", "Caption")
    brief, _ = brief_of(imported(document))
    assert [type(block) for block in brief.blocks] == [Figure]
    assert plain(brief.blocks[0].caption) == "Rain"


def test_the_style_of_a_caption_says_what_it_is_of():
    document = docx.Document()
    for name in ("Table Caption", "Image Caption"):
        document.styles.add_style(name, 1)
    document.add_picture(io.BytesIO(PNG))
    document.add_paragraph("Of roofs", "Table Caption")
    document.add_table(1, 1).cell(0, 0).text = "Rain"
    document.add_paragraph("Of rain", "Image Caption")
    document.add_picture(io.BytesIO(PNG))
    written = body(document)
    assert ": Of roofs {#tbl-of-roofs}" in written
    assert written.count("![") == 2
    assert "![Of rain]" in written.splitlines()[-1]


def test_a_table_too_large_for_merged_cells_is_a_plain_one():
    document = docx.Document()
    table = document.add_table(900, 4)
    table.cell(0, 0).merge(table.cell(0, 1)).text = "over two"
    for row in table.rows:
        row.cells[3].text = "a word " * 12
    found = imported(document)
    brief, _ = brief_of(found)
    assert [len(block.rows) for block in brief.blocks if isinstance(block, Table)] == [899]
    assert ("merged-cell", "") in verdicts(found, "changed")


def test_what_no_output_shows_is_listed_and_not_referred_to(tmp_path):
    document = docx.Document()
    document.add_picture(io.BytesIO(PNG))
    caption = document.add_paragraph("Figure ", "Caption")
    add_field(caption, " SEQ Figure ", "1")
    add_bookmark(caption, "_Ref1")
    caption.add_run(": Rain")
    add_field(document.add_paragraph("See "), " REF _Ref1 \\h ", "Figure 1")
    add_field(document.add_paragraph("Wide"), " QUOTE ", "words")
    document.add_table(1, 45).cell(0, 0).text = "too wide"
    content = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(saved(document))) as old, zipfile.ZipFile(content, "w") as new:
        for name in old.namelist():
            new.writestr(name, b"EMF" if "media" in name else old.read(name))
    found = imported(content.getvalue())
    assert [finding.code for finding in brief_of(found)[1]] == []
    assert "See Figure 1" in found.markdown
    assert [kind for kind, _ in verdicts(found, "lost")] == ["picture", "table"]
    assert "too wide" in {text for _, text in verdicts(found, "lost")}


def test_words_before_a_new_page_do_not_run_into_those_behind_it():
    document = docx.Document()
    paragraph = document.add_paragraph("One.")
    paragraph.add_run().add_break(WD_BREAK.PAGE)
    paragraph.add_run("Two.").add_break(WD_BREAK.COLUMN)
    assert body(document) == "One.\\\nTwo."


@pytest.mark.parametrize("kind", [WD_BREAK.LINE, WD_BREAK.PAGE], ids=["line", "page"])
def test_a_picture_with_a_break_beside_it_has_its_caption(kind):
    document = docx.Document()
    paragraph = document.add_paragraph()
    paragraph.add_run().add_picture(io.BytesIO(PNG))
    paragraph.add_run().add_break(kind)
    document.add_paragraph("Figure 1: Rain", "Caption")
    last = document.add_paragraph()
    last.add_run().add_picture(io.BytesIO(PNG))
    last.add_run().add_break(kind)
    last.add_run("Figure ")
    add_field(last, " SEQ Figure ", "2").add_run(": Snow")
    brief, _ = brief_of(imported(document))
    assert [plain(block.caption) for block in brief.blocks] == ["Rain", "Snow"]


def text_box(inside):
    return (
        '<w:r><w:pict><v:shape xmlns:v="urn:schemas-microsoft-com:vml"><v:textbox>'
        f"<w:txbxContent>{inside}</w:txbxContent></v:textbox></v:shape></w:pict></w:r>"
    )


def test_a_picture_that_floats_beside_text_is_a_figure_with_the_caption_in_a_box():
    document = docx.Document()
    paragraph = document.add_paragraph("It rains")
    paragraph.add_run().add_picture(io.BytesIO(PNG))
    inline = next(paragraph._p.iter(qn("wp:inline")))
    inline.tag = qn("wp:anchor")
    caption = '<w:pPr><w:pStyle w:val="Caption"/></w:pPr><w:r><w:t>Figure 1: Rain</w:t></w:r>'
    add_xml(paragraph, text_box(f"<w:p>{caption}</w:p>"))
    paragraph.add_run(" here.")
    assert body(document).splitlines()[0] == "It rains here."
    brief, _ = brief_of(imported(document))
    assert [type(block) for block in brief.blocks] == [Paragraph, Figure]
    assert plain(brief.blocks[1].caption) == "Rain"


def test_a_picture_in_a_text_box_is_there_once():
    document = docx.Document()
    inner = document.add_paragraph()
    inner.add_run().add_picture(io.BytesIO(PNG))
    document.element.body.remove(inner._p)
    paragraph = document.add_paragraph("It rains.")
    add_xml(paragraph, text_box("<w:p/>"))
    next(paragraph._p.iter(qn("w:txbxContent"))).append(inner._p)
    assert body(document).count("![") == 1


@pytest.mark.parametrize("kind", ["FORMCHECKBOX", "FORMDROPDOWN"])
def test_the_choice_in_a_form_is_listed(kind):
    document = docx.Document()
    add_field(document.add_paragraph("Agreed "), f" {kind} ", "")
    assert verdicts(imported(document), "lost") == [("field", kind)]


def test_an_import_that_fails_leaves_no_folder(tmp_path, monkeypatch, capsys):
    file = tmp_path / "paper.docx"
    file.write_bytes(saved(docx.Document()))

    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(importing, "write_beside", full)
    assert main(["import", str(file), "-o", str(tmp_path / "new" / "briefs" / "a.md")]) == 1
    assert "nothing was written" in capsys.readouterr().err
    assert [path.name for path in tmp_path.iterdir()] == ["paper.docx"]

"""Citations in Word: our own fields, Word's, Zotero's; always the same words on the page."""

import io
import json
import re
import zipfile

import pytest
from hypothesis import given, settings
from proved import wrong
from random_briefs import briefs
from rich_brief import SPAN, cross, heading, inlines, par, rich
from test_properties import STYLES, numbered_brief, some
from word_tools import (
    NAMES,
    converted,
    golden,
    instructions,
    needs_soffice,
    pandoc,
    part,
    with_mode,
)

from pipeline import model as b
from pipeline.build.proof import read_back
from pipeline.cli import main
from pipeline.model import Citation, plain, walk
from pipeline.project import load_project
from pipeline.styles import load_styles
from pipeline.writers.docx import write_docx

PLAIN = """---
title: Rain
word-citations: {mode}
marks: {marks}
---

## Roofs

Rain [@smith2021, p. 4; @lee2019] and [see @who2020, ch. 2, in 1999].

Three [@smith2021; @lee2019; @who2020], and a note.[^a] As [@ng2022, pp. 3-5].

[^a]: Of [@act2013, sec. 7].
"""


def written(text, mode):
    numbered = with_mode(numbered_brief(text), mode)
    return numbered, write_docx(numbered, STYLES)


def found_in(numbered, content):
    return wrong(numbered, read_back(content, "docx"), "docx")


def shown(content):
    """Return what stands on the page, paragraph by paragraph."""
    words = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
    return [
        "".join(text.text or "" for text in paragraph.iter(f"{words}t"))
        for name in ("word/document.xml", "word/footnotes.xml")
        for paragraph in part(content, name).iter(f"{words}p")
    ]


def changed(content, old, new):
    """Return a Word file in which one text of the main part is another."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as before, zipfile.ZipFile(out, "w") as after:
        for name in before.namelist():
            data = before.read(name).decode("utf-8")
            if name == "word/document.xml":
                assert data.count(old) == 1, data.count(old)
                data = data.replace(old, new)
            after.writestr(name, data)
    return out.getvalue()


@pytest.mark.parametrize("mode", ["word", "zotero"])
def test_every_number_is_read_back_from_the_fields_of_a_manager(mode):
    @settings(some, max_examples=100)
    @given(briefs())
    def law(text):
        assert found_in(*written(text, mode)) == []

    law()


@pytest.mark.parametrize("name", NAMES)
def test_the_page_says_the_same_in_every_mode(name):
    assert shown(golden(name, "ref")[1]) == shown(golden(name, "word")[1])
    assert shown(golden(name, "ref")[1]) == shown(golden(name, "zotero")[1])


def test_words_own_citation_names_every_source_and_page():
    _, content = written(PLAIN.format(mode="word", marks="separate"), "word")

    assert [i for i in instructions(content) if i.startswith(("CITATION", "BIBLIO"))] == [
        r"CITATION smith2021 \p 4 \l 2057 \m lee2019",
        r'CITATION who2020 \f "see " \s ", in 1999" \p "ch. 2" \l 2057',
        r"CITATION smith2021 \l 2057 \m lee2019 \m who2020",
        r"CITATION ng2022 \p 3-5 \l 2057",
        r"BIBLIOGRAPHY \l 2057",
        r'CITATION act2013 \p "sec. 7" \l 2057',
    ]


def test_tags_of_words_citations_are_those_of_its_source_manager():
    _, content = golden("congestion", "word")
    tags = {tag for i in instructions(content) if i.startswith("CITATION")
            for tag in re.findall(r"(?:CITATION|\\m) (\S+)", i)}  # fmt: skip

    sources = {element.text for element in part(content, "customXml/item2.xml").iter("{*}Tag")}

    assert tags
    assert tags <= sources


def test_zoteros_citation_carries_key_page_and_data():
    _, content = written(PLAIN.format(mode="zotero", marks="separate"), "zotero")
    found = [i for i in instructions(content) if i.startswith("ADDIN ZOTERO_ITEM")]

    value = json.loads(found[0].removeprefix("ADDIN ZOTERO_ITEM CSL_CITATION "))

    first, _ = value["citationItems"]
    assert (first["id"], first["locator"], first["label"]) == ("smith2021", "4", "page")
    assert first["itemData"]["citation-key"] == "smith2021"
    assert first["itemData"]["author"] == [{"family": "Smith", "given": "Ann"}]
    assert value["properties"]["plainCitation"] == "[1, p. 4] [2]"
    addresses = {}
    for one in found:
        items = json.loads(one.removeprefix("ADDIN ZOTERO_ITEM CSL_CITATION "))["citationItems"]
        for item in items:
            addresses.setdefault(item["id"], set()).add(tuple(item["uris"]))
    assert all(len(uris) == 1 and () not in uris for uris in addresses.values()), addresses


def test_zoteros_settings_are_cut_at_what_word_keeps():
    properties = part(golden("congestion", "zotero")[1], "docProps/custom.xml")
    cut = {p.get("name"): p[0].text for p in properties if p.get("name").startswith("ZOTERO")}

    assert list(cut) == [f"ZOTERO_PREF_{n}" for n in range(1, len(cut) + 1)]
    assert all(len(text) <= 255 for text in cut.values())
    assert 'styles/ieee" locale="en-GB"' in "".join(cut.values())


@pytest.mark.parametrize("mode", ["word", "zotero"])
@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("[1, p. 4] [2]", "[2, p. 4] [1]"),
        ("[1] [2] [3]", "[1] [2]"),
        ("[1] [2] [3]", "[1] [2] [4]"),
        ("[5, pp. 3–5]", "[5, pp. 3–6]"),
    ],
)
def test_a_number_changed_by_hand_is_found(mode, old, new):
    numbered, content = written(PLAIN.format(mode=mode, marks="separate"), mode)
    runs = "".join(f'<w:t xml:space="preserve">{part}</w:t>' for part in [new])
    pattern = r'(?:<w:r>(?:<w:rPr>.{0,80}?</w:rPr>)?<w:t xml:space="preserve">[^<]*</w:t></w:r>)+'
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        document = archive.read("word/document.xml").decode()
    stretch = next(
        m[0] for m in re.finditer(pattern, document) if re.sub("<[^>]+>", "", m[0]) == old
    )

    assert found_in(numbered, content) == []
    assert found_in(numbered, changed(content, stretch, f"<w:r>{runs}</w:r>")) != []


@pytest.mark.parametrize("mode", ["word", "zotero"])
@pytest.mark.parametrize("marks", ["ieee-ranges", "elsevier", "superscript", "ukhsa"])
def test_a_range_is_read_with_the_references_it_hides(mode, marks):
    numbered, content = written(PLAIN.format(mode=mode, marks=marks), mode)

    assert found_in(numbered, content) == []
    hidden = [str(n.anchor) for n in read_back(content, "docx").numbers if not n.number]
    assert hidden == ["ref-lee2019"]


@pytest.mark.parametrize("mode", ["word", "zotero"])
def test_a_citation_with_a_cross_reference_inside_stays_alive_by_itself(mode):
    cite = b.Cite("lee", prefix=inlines("see ", cross("sec-a")), span=SPAN)
    citation = b.Citation(b.Anchor.parse("cite-1"), (cite,), span=SPAN)
    blocks = (heading(1, "sec-a", "Rain"), par("Rain ", citation))

    numbered = rich(blocks=blocks, word_citations=mode)
    content = write_docx(numbered, STYLES)

    assert r"REF ref_lee \* CHARFORMAT" in instructions(content)
    assert found_in(numbered, content) == []


# What authors say -------------------------------------------------------------------------------


def chosen(brief):
    return brief.numbered.brief.front.word_citations


def test_the_command_line_stands_over_the_brief_and_the_brief_over_the_house(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "briefs").mkdir()
    (tmp_path / "styles").mkdir()
    (tmp_path / "styles/house.toml").write_text('word-citations = "word"\n')
    (tmp_path / "briefs/a.md").write_text("---\ntitle: A\n---\n\nRain.\n")
    (tmp_path / "briefs/b.md").write_text("---\ntitle: B\nword-citations: zotero\n---\n\nRain.\n")

    assert [chosen(found) for found in load_project().briefs] == ["word", "zotero"]
    assert [chosen(found) for found in load_project(word_citations="ref").briefs] == ["ref", "ref"]


def test_a_build_proves_each_mode_and_makes_the_file_anew_for_it(project, capsys):
    source = str(project / "briefs/japan-canada.md")
    for mode, kind in (("ref", " SEQ "), ("word", " CITATION "), ("zotero", " ADDIN ")):
        assert main(["build", source, "--to", "docx", "--word-citations", mode]) == 0
        assert "numbers agree" in capsys.readouterr().out
        content = (project / "build/japan-canada.docx").read_bytes()
        assert any(kind.strip() in instruction for instruction in instructions(content))

    assert main(["verify"]) == 0


def test_a_house_that_names_no_mode_is_told(tmp_path):
    (tmp_path / "house.toml").write_text('word-citations = "latex"\n')

    styles, found = load_styles(tmp_path)

    assert [(d.code, d.hint) for d in found] == [
        ("bad-house-style", "choose one of: ref, word, zotero")
    ]
    assert styles.house.word_citations == "ref"


def test_a_mode_that_is_none_is_said_with_its_place(project, capsys):
    path = project / "briefs/japan-canada.md"
    path.write_text(path.read_text("utf-8").replace("---\n", "---\nword-citations: word2\n", 1))

    assert main(["check", str(path)]) == 1
    said = capsys.readouterr().out
    assert "japan-canada.md:2:17: error[bad-front-matter-value]" in said
    assert "did you mean `word`?" in said


# Read by pandoc ---------------------------------------------------------------------------------


def cites_decided(numbered):
    """Return "key locator suffix" of each cite, citation by citation."""
    return [
        sorted(
            " ".join(filter(None, (c.key, c.locator and c.locator.value, plain(c.suffix))))
            for c in node.cites
        )
        for node in walk(numbered.brief)
        if isinstance(node, Citation)
    ]


def cites_read(tree):
    """Return the same of pandoc's tree, where a locator is a suffix: ", page 4 "."""
    found = []

    def visit(node):
        if isinstance(node, dict) and node.get("t") == "Cite":
            found.append(sorted(map(cite_read, node["c"][0])))
        for child in node.values() if isinstance(node, dict) else node:
            if isinstance(child, dict | list):
                visit(child)

    visit(tree["blocks"])
    return found


def cite_read(cite):
    words = "".join(inline.get("c", " ") for inline in cite["citationSuffix"])
    locator = re.sub(r"^, (page|chapter|section|paragraph) ", "", words) if words else ""
    return f"{cite['citationId']} {locator}".strip()


@pytest.fixture(scope="module")
def saved_by_libreoffice(tmp_path_factory):
    files = {f"{name}.docx": golden(name, "zotero")[1] for name in NAMES}
    return converted(files, "docx", tmp_path_factory.mktemp("zotero"))


@pytest.mark.parametrize("name", NAMES)
def test_pandoc_reads_the_very_keys_and_locators_back(name, tmp_path):
    numbered, content = golden(name, "zotero")

    assert cites_read(json.loads(pandoc(content, tmp_path, to="json"))) == cites_decided(numbered)


@needs_soffice
@pytest.mark.parametrize("name", NAMES)
def test_pandoc_reads_them_after_libreoffice_saved_the_file(name, tmp_path, saved_by_libreoffice):
    found = pandoc(saved_by_libreoffice[name], tmp_path, to="json")

    assert cites_read(json.loads(found)) == cites_decided(golden(name, "zotero")[0])

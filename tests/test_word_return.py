"""What lets a Word file come back: the source map, with the Markdown itself or without it."""

import base64
import hashlib
import io
import zlib

import pikepdf
import pytest
from msgspec.structs import replace
from rich_brief import rich
from spans import offsets
from word_tools import MODES, NAMES, W, converted, golden, needs_soffice, part, stories, with_mode

from pipeline import model as b
from pipeline.diagnostics import Span
from pipeline.ooxml import NAMESPACES, read_field
from pipeline.project import load_project
from pipeline.styles import load_styles
from pipeline.writers.docx import write_docx
from pipeline.writers.pdf import write_pdf

STYLES, _ = load_styles(None)
M = f"{{{NAMESPACES['m']}}}"
MAP = "{urn:briefwright:source-map:1}"


def without_source(numbered):
    front = replace(numbered.brief.front, embed_source=False)
    return replace(numbered, brief=replace(numbered.brief, front=front))


def sources_of(brief):
    """Return what a brief was read from, by the path that its source map has for it."""
    return {f"{brief.name}.md": brief.source} | {
        file.path.partition("/")[2]: file.content.decode() for file in brief.data
    }


def written(element, sources):
    """Return the text that an element of the source map leads to."""
    text = sources[element.get("file")]
    line, column, end_line, end_column = (
        int(element.get(name)) for name in ("line", "column", "end-line", "end-column")
    )
    start, end = offsets(text, Span("", line, column, 0, end_line, end_column))
    return text[start:end]


def source_map(content):
    return part(content, "customXml/item1.xml")


@pytest.mark.parametrize("name", NAMES)
def test_the_markdown_travels_in_the_word_file_byte_for_byte(name):
    numbered, content = golden(name, "ref")
    found = source_map(content)

    packed = base64.b64decode(found.findtext(f"{MAP}markdown"))

    assert zlib.decompress(packed).decode() == numbered.brief.source
    assert found.get("sha256") == hashlib.sha256(numbered.brief.source.encode()).hexdigest()


@pytest.mark.parametrize("name", NAMES)
def test_each_citation_says_what_was_written_and_what_is_printed(name):
    numbered, content = golden(name, "ref")
    sources = sources_of(numbered.brief)

    for citation in source_map(content).iter(f"{MAP}citation"):
        keys = [cite.get("key") for cite in citation]
        assert all(numbered.numbers[b.Anchor("reference", key)] for key in keys)
        assert all(f"@{key}" in citation.get("source") for key in keys)
        assert written(citation, sources) == citation.get("source")
        assert citation.get("shown")


@pytest.mark.parametrize("name", NAMES)
def test_each_block_says_where_it_was_written(name):
    numbered, content = golden(name, "ref")
    sources = sources_of(numbered.brief)
    blocks = [*source_map(content).iter(f"{MAP}block")]

    for block in blocks:
        text = written(block, sources)
        match block.get("kind"):
            case "FrontMatter":
                assert text.startswith(f"{block.get('key')}:")
            case "Heading":
                assert text.startswith("#")
            case "Cell":
                assert text.strip(" |") == text
            case _:
                assert text.strip() == text != ""
    keys = {block.get("key") for block in blocks}
    assert "title" in keys
    assert keys & {"authors", "checked-on"}


PROJECT = {
    "briefs/rain.md": "---\ntitle: Rain\nauthor: Ann Lee\n---\n\nIt rains [@lee].\n\n"
    "![Towns](data/towns.csv)\n\n![Roof](roof.svg){alt='A roof'}\n",
    "briefs/data/towns.csv": 'Town,Rain\n"Oslo, \nNorway",7 [@lee]\n',
    "briefs/roof.svg": '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>\n',
    "references.bib": "@book{lee,\n  author = {Lee, Ann},\n  title = {Rain},\n  year = 2019\n}\n",
    "styles/house.toml": 'name = "Rain Office"\n',
}


def map_of(folder, changed="", change=("", "")):
    for name, text in PROJECT.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text.replace(*change) if name == changed else text, "utf-8")
    project = load_project([folder / "briefs/rain.md"])
    return source_map(write_docx(project.briefs[0].numbered, project.styles))


def source_hashes(found):
    return {
        element.get("path") or element.get("key") or element.tag.removeprefix(MAP): element.get(
            "sha256"
        )
        for element in (
            *found.iter(f"{MAP}file"),
            *found.iter(f"{MAP}source"),
            *found.iter(f"{MAP}house"),
        )
    }


def test_a_cell_of_a_csv_file_says_where_it_stands_there(tmp_path):
    found = map_of(tmp_path)
    sources = {
        "rain.md": PROJECT["briefs/rain.md"],
        "data/towns.csv": PROJECT["briefs/data/towns.csv"],
    }

    cells = [block for block in found.iter(f"{MAP}block") if block.get("kind") == "Cell"]
    authors = next(block for block in found.iter(f"{MAP}block") if block.get("key") == "authors")

    assert {written(cell, sources) for cell in cells} == {
        "Town",
        "Rain",
        "Oslo, \nNorway",
        "7 [@lee]",
    }
    assert written(authors, sources) == "author: Ann Lee"
    assert [c.get("file") for c in found.iter(f"{MAP}citation")] == ["rain.md", "data/towns.csv"]


@pytest.mark.parametrize(
    ("name", "change", "key"),
    [
        ("briefs/data/towns.csv", ("7 ", "7  "), "data/towns.csv"),
        ("briefs/roof.svg", ("/>\n", "/>"), "roof.svg"),
        ("references.bib", ("title = ", "title  = "), "lee"),
        ("styles/house.toml", ("Rain Office", "Rain Bureau"), "house"),
    ],
)
def test_the_file_has_the_hash_of_everything_it_was_made_from(name, change, key, tmp_path):
    before, after = source_hashes(map_of(tmp_path)), source_hashes(map_of(tmp_path, name, change))

    assert before.keys() == {"data/towns.csv", "roof.svg", "lee", "house"}
    assert {found for found in before if before[found] != after[found]} == {key}
    csv = PROJECT["briefs/data/towns.csv"].encode()
    assert before["data/towns.csv"] == hashlib.sha256(csv).hexdigest()


def test_without_the_source_ids_and_hashes_stay_and_no_word_of_it_travels():
    numbered, _ = golden("congestion", "ref")
    content = write_docx(without_source(numbered), STYLES)
    found = source_map(content)

    citations = [*found.iter(f"{MAP}citation")]
    assert found.find(f"{MAP}markdown") is None
    assert found.get("sha256") == hashlib.sha256(numbered.brief.source.encode()).hexdigest()
    assert not any("source" in citation.keys() for citation in citations)  # noqa: SIM118
    assert {len(citation.get("sha256")) for citation in citations} == {64}
    assert len([*found.iter(f"{MAP}block")]) > 50


def test_without_the_source_a_pdf_has_no_attachments_and_claims_what_it_claimed():
    with_it, without = write_pdf(rich(), STYLES), write_pdf(rich(embed_source=False), STYLES)

    assert sorted(pikepdf.open(io.BytesIO(with_it)).attachments) == ["rich.bib", "rich.md"]
    found = pikepdf.open(io.BytesIO(without))
    assert sorted(found.attachments) == []
    assert "/AF" not in found.Root
    claims = found.open_metadata()
    assert (claims["pdfaid:part"], claims["pdfaid:conformance"]) == ("3", "A")
    assert claims["pdfuaid:part"] == "1"


@pytest.mark.parametrize(("said", "embeds"), [("false", False), ("true", True), ("", True)])
def test_the_author_decides_whether_the_source_travels(said, embeds, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "a.md"
    path.write_text(f"---\ntitle: A\n{'embed-source: ' + said if said else ''}\n---\n\nRain.\n")

    assert load_project([path]).briefs[0].numbered.brief.front.embed_source is embeds


def test_a_value_of_embed_source_that_is_none_is_said(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "a.md"
    path.write_text("---\ntitle: A\nembed-source: maybe\n---\n\nRain.\n")

    found = load_project([path]).all_diagnostics

    assert [(d.code, d.span.line, d.hint) for d in found] == [
        ("bad-front-matter-value", 3, "choose from: true, false")
    ]


# What each block said -----------------------------------------------------------------------------


def said_in(content):
    """Return what each bookmark encloses, as a program reads it that did not write it."""
    found = {}
    for story in stories(content):
        names, open_fields = {}, []
        for element in story.iter():
            tag = element.tag.removeprefix(W) if isinstance(element.tag, str) else ""
            inside = [found[name] for name in names.values() if name.startswith("_Bb")]
            match tag:
                case "bookmarkStart":
                    names[element.get(f"{W}id")] = element.get(f"{W}name")
                    found.setdefault(element.get(f"{W}name"), [])
                case "bookmarkEnd":
                    names.pop(element.get(f"{W}id"), None)
                case "fldChar" if element.get(f"{W}fldCharType") == "begin":
                    open_fields.append("")
                case "fldChar" if element.get(f"{W}fldCharType") == "separate":
                    if len(open_fields) == 1:
                        for pieces in inside:
                            pieces.append(named(open_fields[0]))
                case "fldChar":
                    open_fields.pop()
                case "instrText":
                    open_fields[-1] += element.text or ""
                case "t" if not open_fields:
                    for pieces in inside:
                        pieces.append(element.text or "")
                case "noBreakHyphen":
                    for pieces in inside:
                        pieces.append("\N{NON-BREAKING HYPHEN}")
                case "tab" | "br" if not open_fields and not element.keys():
                    for pieces in inside:
                        pieces.append(" ")
                case _ if element.tag == f"{M}oMath":
                    for pieces in inside:
                        pieces.append("{MATH}")
    return {name: " ".join("".join(pieces).split()) for name, pieces in found.items()}


def named(instruction):
    field = read_field(instruction)
    arguments = field.arguments if field.kind == "ADDIN" else field.arguments[:1]
    return "{" + " ".join((field.kind, *arguments)) + "}"


def hashes(content):
    return {b.get("bookmark"): b.get("sha256") for b in source_map(content).iter(f"{MAP}block")}


def digest(text):
    return hashlib.sha256(text.encode()).hexdigest()


@pytest.mark.parametrize("mode", MODES)
def test_the_map_has_the_hash_of_what_each_block_says(mode):
    content = write_docx(with_mode(rich(), mode), STYLES)
    said = said_in(content)

    assert len(hashes(content)) > 100
    assert {name: digest(said[name]) for name in hashes(content)} == hashes(content)


@needs_soffice
@pytest.mark.slow
@pytest.mark.parametrize("name", NAMES)
def test_after_libreoffice_saved_it_every_block_of_the_body_says_the_same(name, tmp_path):
    before = golden(name, "ref")[1]
    after = said_in(converted({"a.docx": before}, "docx", tmp_path)["a"])
    body = part(before)
    kept = {mark.get(f"{W}name") for mark in body.iter(f"{W}bookmarkStart")} & {*hashes(before)}
    # Where a footnote is called in it, LibreOffice 7.4 ends the bookmark a character early.
    calling = {
        mark.get(f"{W}name")
        for call in body.iter(f"{W}footnoteReference")
        for mark in next(call.iterancestors(f"{W}p")).iter(f"{W}bookmarkStart")
    }

    assert len(kept - calling) > 20
    for name in kept - calling:
        assert digest(after[name]) == hashes(before)[name], after[name]


def test_every_kind_of_block_and_every_citation_has_its_place_in_the_map():
    numbered = rich()
    content = write_docx(numbered, STYLES)
    mapped = source_map(content)
    names = {
        m.get(f"{W}name") for story in stories(content) for m in story.iter(f"{W}bookmarkStart")
    }
    kinds = {found.get("kind") for found in mapped.iter(f"{MAP}block")}
    cited = {found.get("anchor") for found in mapped.iter(f"{MAP}citation")}

    assert {found.get("bookmark") for found in mapped.iter() if found.get("bookmark")} <= names
    assert cited == {str(n.anchor) for n in b.walk(numbered.brief) if isinstance(n, b.Citation)}
    assert kinds >= {"FrontMatter", "Heading", "Paragraph", "Cell", "Table", "Figure", "CodeBlock",
                     "Definition", "Part"}  # fmt: skip
    paragraphs = [
        node
        for node in b.walk(numbered.brief)
        if isinstance(node, b.Paragraph) or (isinstance(node, b.Cell) and not node.blocks)
    ]
    blocks = [f for f in mapped.iter(f"{MAP}block") if f.get("kind") in ("Paragraph", "Cell")]
    assert len(blocks) == len(paragraphs)  # those of list items, cells and footnotes too


def test_the_map_says_where_each_block_was_written():
    numbered, content = golden("congestion", "ref")
    lines = numbered.brief.source.splitlines()
    headings = [f for f in source_map(content).iter(f"{MAP}block") if f.get("kind") == "Heading"]

    assert len(headings) > 5
    for found in headings:
        assert lines[int(found.get("line")) - 1][int(found.get("column")) - 1 :].lstrip()[0] == "#"

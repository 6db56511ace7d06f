"""What lets a Word file come back: the source map, with the Markdown itself or without it."""

import base64
import hashlib
import io
import zlib
from dataclasses import replace

import pikepdf
import pytest
from rich_brief import rich
from word_tools import NAMES, golden, part

from pipeline.project import load_project
from pipeline.styles import load_styles
from pipeline.writers.docx import write_docx
from pipeline.writers.pdf import write_pdf

STYLES, _ = load_styles(None)
MAP = "{urn:briefwright:source-map:1}"


def without_source(numbered):
    front = replace(numbered.brief.front, embed_source=False)
    return replace(numbered, brief=replace(numbered.brief, front=front))


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
    lines = numbered.brief.source.splitlines()

    for citation in source_map(content).iter(f"{MAP}citation"):
        keys = [cite.get("key") for cite in citation]
        assert all(numbered.numbers[f"ref-{key}"] for key in keys)
        if written := citation.get("source"):
            assert all(f"@{key}" in written for key in keys)
            line = lines[int(citation.get("line")) - 1]
            assert line[int(citation.get("column")) - 1 :].startswith(written.split("\n")[0][:5])
        else:
            assert citation.get("file").endswith(".csv")
        assert citation.get("shown")


def test_without_the_source_ids_and_hashes_stay_and_no_word_of_it_travels():
    numbered, _ = golden("congestion", "ref")
    content = write_docx(without_source(numbered), STYLES)
    found = source_map(content)

    citations = [*found.iter(f"{MAP}citation")]
    assert found.find(f"{MAP}markdown") is None
    assert found.get("sha256") == hashlib.sha256(numbered.brief.source.encode()).hexdigest()
    assert not any("source" in citation.keys() for citation in citations)  # noqa: SIM118
    assert {len(c.get("sha256")) for c in citations if not c.get("file")} == {64}
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

"""Which standards the PDF keeps to: said by house, brief or command line, and kept in both."""

from io import BytesIO

import pikepdf
import pytest
from proved import wrong
from rich_brief import rich

from pipeline.build.proof import read_back
from pipeline.cli import main
from pipeline.project import load_project
from pipeline.styles import load_styles
from pipeline.writers.pdf import write_pdf

STYLES = load_styles(None)[0]


def chosen(brief):
    return brief.numbered.brief.front.pdf_standard


@pytest.fixture
def briefs(tmp_path, monkeypatch):
    (tmp_path / "briefs").mkdir()
    (tmp_path / "briefs/a.md").write_text("---\ntitle: A\n---\n\nRain.\n")
    (tmp_path / "briefs/b.md").write_text("---\ntitle: B\npdf-standard: ua1-a3a\n---\n\nRain.\n")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_the_house_the_brief_and_the_command_line_choose(briefs):
    assert [chosen(found) for found in load_project().briefs] == ["ua1-a3a", "ua1-a3a"]
    (briefs / "styles").mkdir()
    (briefs / "styles/house.toml").write_text('pdf-standard = "ua2-a4f"\n')

    assert [chosen(found) for found in load_project().briefs] == ["ua2-a4f", "ua1-a3a"]
    assert {chosen(found) for found in load_project(pdf_standard="ua2-a4f").briefs} == {"ua2-a4f"}


def test_an_unknown_standard_is_named(briefs):
    path = briefs / "briefs/b.md"
    path.write_text(path.read_text().replace("ua1-a3a", "ua3"))
    (briefs / "styles").mkdir()
    (briefs / "styles/house.toml").write_text('pdf-standard = "x4"\n')
    found = [(d.code, d.span.line) for d in load_project().all_diagnostics]

    assert ("bad-front-matter-value", 3) in found
    assert ("bad-house-style", 1) in found


def test_a_build_writes_what_the_command_line_asks_for(briefs):
    for standard, version in (("ua1-a3a", "1.7"), ("ua2-a4f", "2.0")):
        assert main(["build", "--to", "pdf", "--standard", standard]) == 0
        with pikepdf.open("build/a.pdf") as pdf:
            assert pdf.pdf_version == version


@pytest.mark.parametrize("marks", ["separate", "ieee-ranges"])
def test_the_numbers_of_a_pdf_2_0_are_those_decided(marks):
    found = rich(marks=marks, pdf_standard="ua2-a4f")
    printed = read_back(write_pdf(found, STYLES), "pdf")

    assert wrong(found, printed, "pdf") == []


@pytest.mark.parametrize(
    ("standard", "claims"), [("ua1-a3a", ["3", "A", "1"]), ("ua2-a4f", ["4", None, "2"])]
)
def test_without_its_source_a_pdf_attaches_nothing(standard, claims):
    """A PDF/A-4f has attachments; without any it is a PDF/A-4."""
    content = write_pdf(rich(pdf_standard=standard, embed_source=False), STYLES)
    with pikepdf.open(BytesIO(content)) as pdf:
        assert len(pdf.attachments) == 0
        assert "/AF" not in pdf.Root
        names = ("pdfaid:part", "pdfaid:conformance", "pdfuaid:part")
        with pdf.open_metadata() as metadata:
            assert [metadata.get(name) for name in names] == claims


def test_only_cited_entries_of_the_library_are_attached(briefs):
    (briefs / "references.bib").write_text(
        "@book{rain, title={Rain}, author={Lee, Bo}, year=2020}\n"
        "@book{snow, title={Snow}, author={Lee, Bo}, year=2021}\n"
    )
    (briefs / "briefs/a.md").write_text("---\ntitle: A\n---\n\nRain [@rain].\n")
    (found,) = load_project([briefs / "briefs/a.md"]).briefs
    with pikepdf.open(BytesIO(write_pdf(found.numbered, STYLES))) as pdf:
        library = pdf.attachments["a.bib"].get_file().read_bytes()

    assert b"@book{rain" in library
    assert b"snow" not in library

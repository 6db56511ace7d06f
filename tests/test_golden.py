"""The briefs of this repository, built: what is in the files, kept as text under tests/golden/.

`pytest --update` rewrites it; read the diff before you commit it. The text of a PDF is compared
without its blanks and line breaks, which depend on the versions of Pango and of the fonts.
"""

import io
import re
import zipfile
from pathlib import Path
from xml.dom import minidom

import pytest

from pipeline.diagnostics import Severity
from pipeline.project import load_project
from pipeline.writers import WRITERS

ROOT = Path(__file__).parents[1]
GOLDEN = ROOT / "tests/golden"
NAMES = sorted(path.stem for path in (ROOT / "briefs").glob("*.md"))


@pytest.fixture(scope="module")
def loaded():
    project = load_project(start=ROOT)
    return {brief.name: brief.numbered for brief in project.briefs}, project.styles


def html_text(content):
    # Looks and pictures are kept by their first characters: whole, they would hide all else.
    content = re.sub(rb"(<style>.{20}).*?</style>", rb"\1...</style>", content, flags=re.DOTALL)
    return re.sub(rb"(data:image/[a-z+]+;base64,.{20})[^\"]*", rb"\1...", content).decode()


def document_xml(content):
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        written = minidom.parseString(package.read("word/document.xml")).toprettyxml(indent=" ")
    return written.replace("&quot;", '"')  # as newer Pythons write it


def pdf_text(content):
    import pypdfium2

    document = pypdfium2.PdfDocument(content)
    pages = [page.get_textpage().get_text_bounded() for page in document]
    parts = [f"=== page {n} of {len(pages)} ===\n{text}" for n, text in enumerate(pages, start=1)]
    return "\n".join(parts).replace("\r\n", "\n") + "\n"


def squeezed(text):
    return "".join(text.split())


def kept(path, actual, update):
    """Compare a text with the one under `GOLDEN` that was seen and approved."""
    if update:
        (GOLDEN / path).parent.mkdir(parents=True, exist_ok=True)
        (GOLDEN / path).write_text(actual, "utf-8")
    assert actual == (GOLDEN / path).read_text("utf-8")


KINDS = {
    "html": ("html", html_text),
    "docx": ("document.xml", document_xml),
    "pdf": ("pdf.txt", pdf_text),
}


@pytest.mark.parametrize("format", KINDS)
@pytest.mark.parametrize("name", NAMES)
def test_a_brief_is_written_as_it_was_seen_and_approved(name, format, loaded, update):
    briefs, styles = loaded
    suffix, shown = KINDS[format]
    path = GOLDEN / name / f"{name}.{suffix}"

    actual = shown(WRITERS[format](briefs[name], styles))

    if format != "pdf" or update or squeezed(actual) != squeezed(path.read_text("utf-8")):
        kept(path, actual, update)


def test_the_briefs_of_this_repository_have_no_findings():
    project = load_project(start=ROOT)

    found = [d for d in project.all_diagnostics if d.severity is not Severity.INFO]
    assert found == []


def test_the_sample_has_its_21_marks_in_10_groups(loaded):
    from pipeline.model import Citation, walk

    numbered = loaded[0]["japan-canada"]
    groups = [
        " ".join(numbered.numbers[cite.anchor] for cite in node.cites)
        for node in walk(numbered.brief)
        if isinstance(node, Citation)
    ]

    assert groups == ["1 2 3", "1 2", "3 4", "5", "6", "3", "7", "1 2 5 6", "3 8", "1 2 3 6"]
    assert sum(len(group.split()) for group in groups) == 21

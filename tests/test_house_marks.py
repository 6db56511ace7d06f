"""What each house prints for the same citations, in every output: `data/house_marks.toml`."""

import html
import re
import tomllib
import zipfile
from io import BytesIO
from pathlib import Path

import pypdfium2
import pytest
from proved import wrong

from pipeline.build.proof import read_back
from pipeline.marks import PRESETS
from pipeline.project.stages import prepare
from pipeline.readers.bibtex import read_bibtex
from pipeline.readers.markdown import FileProblem, read_markdown
from pipeline.styles import house_marks, load_styles
from pipeline.writers import WRITERS

TABLE = tomllib.loads(Path(__file__).with_name("data").joinpath("house_marks.toml").read_text())
CASES = TABLE["cases"]
LIBRARY, _ = read_bibtex(
    [("".join(f"@book{{{k}, title={{T}}, year=2020}}" for k in "abcdef").encode(), "a.bib")]
)
FIRST = "All are cited once: [@a] and [@b] and [@c] and [@d] and [@e] and [@f].\n\n"


def numbered(house, folder):
    """Return the cases as one brief, in the marks of a house, and the house style."""
    changes = house.get("mark", {})
    lines = [f"marks = {house['marks']!r}", "[mark]", *(f"{k} = {v}" for k, v in changes.items())]
    (folder / "house.toml").write_text("\n".join(lines).replace(" = True", " = true"), "utf-8")
    styles, wrong = load_styles(folder)
    text = FIRST + "\n\n".join(f"C{i}: {case} Q{i}" for i, case in enumerate(CASES))
    front = f"---\ntitle: Marks\nlang: en-GB\nmarks: {house['marks']}\ncitation-style: ieee\n---\n"
    brief, found = read_markdown(
        front + text, "a.md", lambda _: FileProblem("missing-file", "none", ""), "en-GB"
    )
    assert [d for d in (*wrong, *found) if d.code not in ("missing-alt",)] == []
    return prepare(brief, LIBRARY, house_marks(styles.house, house["marks"]))[0], styles


def text_of(content, format):
    match format:
        case "html":
            body = content.decode().partition("<main")[2]
            return html.unescape(re.sub(r"<[^>]*>", "", body))
        case "docx":
            body = zipfile.ZipFile(BytesIO(content)).read("word/document.xml").decode()
            return html.unescape("".join(re.findall(r"<w:t[ >][^<]*", body))).replace(
                '<w:t xml:space="preserve">', ""
            )
        case _:
            document = pypdfium2.PdfDocument(BytesIO(content))
            text = "".join(page.get_textpage().get_text_range() for page in document)
            document.close()
            return text


def shown(text, i, format):
    """Return what is printed for a case. A PDF has no blanks that are sure.

    Behind a raised number Word has a mark of direction, which keeps it raised in LibreOffice.
    """
    found = re.search(rf"C{i}:(.*?)Q{i}(?!\d)", text, re.DOTALL)[1].strip(" \r\n")
    found = found.replace("\N{LEFT-TO-RIGHT MARK}", "")
    return re.sub(r"\s", "", found) if format == "pdf" else found.replace("\N{NO-BREAK SPACE}", " ")


@pytest.mark.parametrize("name", TABLE["houses"])
@pytest.mark.parametrize("format", ["html", "docx", "pdf"])
def test_a_house_prints_its_marks(name, format, tmp_path):
    house = TABLE["houses"][name]
    brief, styles = numbered(house, tmp_path)
    content = WRITERS[format](brief, styles)
    text = text_of(content, format)
    printed = [shown(text, i, format) for i in range(len(CASES))]
    wanted = house["printed"]

    assert printed == [re.sub(r"\s", "", line) if format == "pdf" else line for line in wanted]
    assert wrong(brief, read_back(content, format), format) == []


def test_every_preset_is_in_the_table():
    assert set(PRESETS) <= set(TABLE["houses"])
    assert len(CASES) == 12

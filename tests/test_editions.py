"""Large print and plain text: other files with the same numbers."""

import re
import zipfile
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from docx import Document
from test_caption_places import CHART
from test_properties import numbered_brief

from pipeline.cli import main
from pipeline.model import EDITIONS
from pipeline.styles import in_edition, load_styles
from pipeline.verify.pdf.text import read_pages
from pipeline.writers.docx import write_docx
from pipeline.writers.pdf import lay_out
from pipeline.writers.pdf.print_page import PrintPage, pictures

STYLES = load_styles(None)[0]


def built(project, edition):
    assert main(["build", "briefs/japan-canada.md", "--edition", edition]) == 0
    return Path("build")


def sizes(path):
    """Return the sizes of the letters of a PDF in points."""
    found = set()
    with pikepdf.open(path) as pdf:
        for page in pdf.pages:
            scale = 1.0
            for operands, operator in pikepdf.parse_content_stream(page):
                if str(operator) == "Tf":
                    size = float(operands[1])
                if str(operator) == "Tm":
                    scale = abs(float(operands[3]))
                if str(operator) in ("Tj", "TJ"):
                    found.add(round(size * scale * 0.75, 1))
    return found


def test_large_print_has_no_small_letters_and_all_words(project):
    folder = built(project, "large-print")
    main(["build", "briefs/japan-canada.md", "--to", "pdf"])
    large, ordinary = (
        [page.text for page in read_pages((folder / name).read_bytes())]
        for name in ("japan-canada.large-print.pdf", "japan-canada.pdf")
    )
    assert len(large) > len(ordinary)
    words = {word for page in ordinary for word in page.split() if word.isalpha()}
    assert len(words - {word for page in large for word in page.split()}) < len(words) / 50
    assert min(sizes(folder / "japan-canada.large-print.pdf")) >= 15.5


@pytest.mark.parametrize("paper", ["a4", "letter"])
def test_charts_in_large_print_have_letters_of_16_points(paper):
    numbered = numbered_brief(
        f"---\ntitle: T\npaper: {paper}\n---\n\n{CHART.replace('SOURCE', '')}\n"
    )
    styles = in_edition(STYLES, "large-print")
    found = lay_out(numbered, styles).pages[0]._page_box.descendants()
    drawing = next(box for box in found if box.element_tag == "img")
    (svg,) = pictures(PrintPage(numbered, styles.house))
    letters = float(re.search(rb'font-size="([0-9.]+)"', svg.content)[1])
    with zipfile.ZipFile(BytesIO(write_docx(numbered, styles))) as package:
        word = package.read("word/charts/chart1.xml").decode()

    assert letters * drawing.width / svg.width * 0.75 >= 16
    assert 'sz="1600"' in word


def test_large_print_keeps_what_is_larger_already():
    sizes = {"body": 20.0, "title": 40.0}
    house = in_edition(STYLES, "large-print").house
    assert min(house.sizes.values()) == 16
    assert house.columns == 1
    assert max(house.sizes.values()) == 32
    large = STYLES.house.__class__(**{**_values(STYLES.house), "sizes": sizes})
    styles = STYLES.__class__(large, STYLES.files)
    assert in_edition(styles, "large-print").house.sizes == sizes


def _values(house):
    return {name: getattr(house, name) for name in house.__struct_fields__}


def test_a_plain_file_has_neither_boxes_nor_grounds(project):
    folder = built(project, "plain")
    content = (folder / "japan-canada.plain.docx").read_bytes()
    styles = Document(BytesIO(content)).styles.element
    ours = [
        style
        for style in styles.iter("{*}style")
        if style.get("{http://schemas.openxmlformats.org/wordprocessingml/2006/main}styleId")
        in ("Summary", "SummaryTitle", "Claim", "FollowUps", "Masthead", "SourceCode")
    ]
    assert len(ours) == 6
    assert [found.tag for style in ours for found in style.iter("{*}pBdr", "{*}shd")] == []
    assert b"w:pBdr" not in Document(BytesIO(content)).element.xml.encode()


def test_an_edition_stands_beside_the_others(project):
    main(["build", "briefs/japan-canada.md", "--to", "docx"])
    ordinary = Path("build/japan-canada.docx").read_bytes()
    built(project, "plain")
    built(project, "large-print")

    assert Path("build/japan-canada.docx").read_bytes() == ordinary
    assert main(["verify", *map(str, Path("build").glob("*.*[xf]"))]) == 0
    assert main(["build", "briefs/japan-canada.md", "--to", "docx"]) == 0
    assert Path("build/japan-canada.docx").read_bytes() == ordinary


@pytest.mark.parametrize("edition", EDITIONS)
def test_a_format_that_an_edition_does_not_have_is_refused(edition, project, capsys):
    assert main(["build", "--edition", edition, "--to", "html"]) == 2
    assert f"the {edition} edition is made as" in capsys.readouterr().err

"""Titles of figures below them, if the house wants that, in all three outputs."""

import io

import docx
import pytest
from proved import faults
from test_properties import numbered_brief

from pipeline.styles import load_styles
from pipeline.writers.docx import write_docx
from pipeline.writers.html import write_html
from pipeline.writers.pdf import lay_out, write_pdf

WRITERS = {"docx": write_docx, "html": write_html, "pdf": write_pdf}
CHART = """```{.chart #fig-bars}
type: bar
caption: Rain in towns [@lee2019]
subtitle: In mm
alt: Bars of rain; the highest is at 40
SOURCE
Town,Rain
A,30
B,40
```
"""


@pytest.fixture(scope="module", params=["source: The office [@smith2021].", ""], ids=["source", ""])
def numbered(request):
    chart = CHART.replace("SOURCE", f"{request.param}\n" if request.param else "")
    return numbered_brief(f"---\ntitle: T\n---\n\nSee @fig-bars.\n\n{chart}\n\nText after it.\n")


def styles(folder, place):
    (folder / "house.toml").write_text(f'figure-captions = "{place}"\n', "utf-8")
    found, problems = load_styles(folder)
    assert problems == []
    return found


@pytest.mark.parametrize("format", list(WRITERS))
@pytest.mark.parametrize("place", ["above", "below"])
def test_titles_of_figures_are_proved_where_they_are(tmp_path, numbered, place, format):
    assert faults(WRITERS[format](numbered, styles(tmp_path, place)), format, numbered) == []


@pytest.mark.parametrize("place", ["above", "below"])
def test_titles_of_figures_stand_where_the_house_wants_them(tmp_path, numbered, place):
    house = styles(tmp_path, place)
    page = write_html(numbered, house).decode()
    word = docx.Document(io.BytesIO(write_docx(numbered, house)))
    names = [p.style.name for p in word.paragraphs]
    boxes = list(lay_out(numbered, house).pages[0]._page_box.descendants())
    caption, drawing = (
        next(b for b in boxes if b.element_tag == tag).position_y for tag in ("figcaption", "img")
    )
    title = word.paragraphs[names.index("Caption")]
    subtitle = word.paragraphs[names.index("Caption") + 1]

    assert (page.index("<figcaption") < page.index("<svg")) is (place == "above")
    assert (names.index("Caption") < names.index("Figure")) is (place == "above")
    assert (caption < drawing) is (place == "above")
    assert title.paragraph_format.keep_with_next is True
    is_last = place == "below" and "Figure Source" not in names
    assert (subtitle.paragraph_format.keep_with_next is False) is is_last

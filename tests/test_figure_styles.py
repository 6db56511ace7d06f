"""How a house sets figures off from the text, in all three outputs."""

import io

import docx
import pytest
from docx.oxml.ns import qn
from proved import faults
from test_caption_places import CHART
from test_properties import numbered_brief

from pipeline.styles import in_edition, load_styles
from pipeline.writers import WRITERS
from pipeline.writers.pdf import lay_out

TABLE = "| a | b |\n|---|---|\n| 1 | 2 |\n\n: Towns {#tbl-a source=Office}\n"


@pytest.fixture(scope="module")
def numbered():
    chart = CHART.replace("SOURCE", "source: The office [@smith2021].\nnotes: Made up.")
    return numbered_brief(f"---\ntitle: T\n---\n\nSee @fig-bars.\n\n{chart}\n\n{TABLE}\n\nText.\n")


def styles(folder, style):
    (folder / "house.toml").write_text(f'figure-style = "{style}"\n', "utf-8")
    found, problems = load_styles(folder)
    assert problems == []
    return found


def edges(properties):
    found = properties.find(qn("w:pBdr")) if properties is not None else None
    return [side.tag.rpartition("}")[2] for side in found] if found is not None else []


SIDES = {"plain": [], "ruled": ["top", "bottom"], "boxed": ["top", "left", "bottom", "right"]}


@pytest.mark.parametrize("style", SIDES)
def test_word_draws_one_frame_round_all_of_a_figure_and_none_round_tables(
    tmp_path, numbered, style
):
    word = docx.Document(io.BytesIO(WRITERS["docx"](numbered, styles(tmp_path, style))))
    parts = {"Caption", "Figure Subtitle", "Figure", "Figure Source", "Figure Notes"}
    own, indents = {}, set()
    for p in word.paragraphs[: next(i for i, p in enumerate(word.paragraphs) if "Towns" in p.text)]:
        if p.style.name in parts:
            of_style = p.style.element.pPr
            own[p.style.name] = edges(p._p.pPr) or edges(of_style)
            left, right = p.paragraph_format.left_indent, p.paragraph_format.right_indent
            if p.style.name == "Figure":
                left = left or p.style.paragraph_format.left_indent
                right = right or p.style.paragraph_format.right_indent
            indents.add((left or 0, right or 0))
    towns = next(p for p in word.paragraphs if "Towns" in p.text)

    assert own == dict.fromkeys(parts, SIDES[style])
    assert len(indents) == 1
    assert edges(word.styles["Figure"].element.pPr) == SIDES[style]
    assert edges(towns._p.pPr) == []


@pytest.mark.parametrize("style", SIDES)
def test_pages_draw_it_too(tmp_path, numbered, style):
    boxes = lay_out(numbered, styles(tmp_path, style)).pages[0]._page_box.descendants()
    figure = next(box for box in boxes if box.element_tag == "figure")
    drawn = [side for side in SIDES["boxed"] if figure.style[f"border_{side}_width"]]

    assert drawn == SIDES[style]


@pytest.mark.parametrize("format", list(WRITERS))
@pytest.mark.parametrize("style", SIDES)
def test_what_is_framed_is_proved(tmp_path, numbered, style, format):
    assert faults(WRITERS[format](numbered, styles(tmp_path, style)), format, numbered) == []


def test_the_plain_edition_has_no_frames(tmp_path, numbered):
    plain = in_edition(styles(tmp_path, "boxed"), "plain")
    word = docx.Document(io.BytesIO(WRITERS["docx"](numbered, plain)))

    assert all(edges(p._p.pPr) == [] for p in word.paragraphs)
    assert edges(word.styles["Figure"].element.pPr) == []


@pytest.mark.parametrize(
    ("style", "is_ruled", "sides"), [("boxed", False, ["left"]), ("ruled", True, ["top", "bottom"])]
)
def test_a_summary_stands_in_a_box_or_below_a_rule(tmp_path, style, is_ruled, sides):
    (tmp_path / "house.toml").write_text(f'summary-style = "{style}"\n', "utf-8")
    found, problems = load_styles(tmp_path)
    summary = numbered_brief(
        "---\ntitle: T\n---\n\n::: summary\n- Rain.\n\n  Snow.\n:::\n\nText.\n"
    )
    document = docx.Document(io.BytesIO(WRITERS["docx"](summary, found)))
    title, text = (document.styles[name].element.pPr for name in ("Summary Title", "Summary"))
    boxes = lay_out(summary, found).pages[0]._page_box.descendants()
    box = next(
        box
        for box in boxes
        if box.element is not None and "summary" in box.element.get("class", "").split()
    )

    assert problems == []
    assert edges(title) == (["top"] if is_ruled else [])
    assert (text.find(qn("w:shd")) is None) == is_ruled
    assert edges(text) == ([] if is_ruled else ["top", "left", "bottom", "right"])
    assert [s for s in SIDES["boxed"] if box.style[f"border_{s}_width"]] == sides
    assert all(faults(WRITERS[f](summary, found), f, summary) == [] for f in WRITERS)

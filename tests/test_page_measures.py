"""Pages measured as a designer would: the length of lines, holes, and lines that end early."""

import re
from functools import cache
from itertools import pairwise
from pathlib import Path
from statistics import median

import pytest
from msgspec.structs import replace
from weasyprint.formatting_structure import boxes

from pipeline.model import PAPERS
from pipeline.project import load_project
from pipeline.styles import (
    COLUMN_GAP,
    PAPER_SIZES,
    PRESET_NAMES,
    ems,
    load_styles,
    preset_folder,
    suited,
)
from pipeline.styles.geometry import characters
from pipeline.writers.pdf import lay_out
from pipeline.writers.pdf.lines import _leaves, _room, _width
from pipeline.writers.pdf.weasyprint_fixes.balanced_titles import is_title
from pipeline.writers.pdf.weasyprint_fixes.holes import columns_on, room, room_in

ROOT = Path(__file__).parents[1]
HOUSES = {"default": None, **{name: preset_folder(name) for name in PRESET_NAMES}}
HOLE, SHORT = 0.12, 0.85


@cache
def pages(house, name="japan-canada", **front):
    (brief,) = load_project([ROOT / f"briefs/{name}.md"]).briefs
    numbered = replace(brief.numbered.brief, front=replace(brief.numbered.brief.front, **front))
    document = lay_out(replace(brief.numbered, brief=numbered), load_styles(HOUSES[house])[0])
    return [page._page_box for page in document.pages]


def paragraphs(house):
    for page in pages(house):
        for box in page.descendants():
            lines = box.children if isinstance(box, boxes.BlockContainerBox) else ()
            if lines and all(isinstance(line, boxes.LineBox) for line in lines):
                yield box


def words(line):
    return "".join(leaf.text for leaf in _leaves(line) if isinstance(leaf, boxes.TextBox))


@pytest.mark.parametrize("house", list(HOUSES))
def test_lines_have_the_length_that_is_read_best(house):
    found = [p for p in paragraphs(house) if p.element_tag == "p" and len(p.children) > 2]
    lengths = [len(words(line).strip()) for p in found for line in p.children[:-1]]

    assert 64 <= median(lengths) <= 75


@pytest.mark.parametrize("paper", PAPERS)
@pytest.mark.parametrize("house", list(HOUSES))
def test_lines_of_two_columns_and_of_japanese_are_long_enough(house, paper):
    style = load_styles(HOUSES[house])[0].house
    size = style.sizes["body"]
    two = suited(style.page[paper], "en", size, 2)
    japanese = suited(style.page[paper], "ja", size)

    assert characters((two.measure - COLUMN_GAP) / 2, size) >= 44
    assert 35 <= ems(japanese.measure, size) <= 40
    for page in (two, japanese):
        assert page.inner + page.measure + page.outer == pytest.approx(PAPER_SIZES[paper][0])
        assert min(page.inner - page.gutter, page.outer) >= 18


@pytest.mark.parametrize("house", list(HOUSES))
def test_pages_are_full_but_before_a_heading(house):
    for page, following in pairwise(pages(house)):
        begun = next(
            box.element_tag
            for box in following.descendants()
            if isinstance(box, boxes.BlockLevelBox) and box.element.get("data-place")
        )
        assert begun.startswith("h") or room(page) <= HOLE * page.height


def test_a_table_before_a_heading_leaves_no_hole():
    """It left 27 % of the third page empty."""
    page = pages("government", "congestion", paper="letter")[2]
    assert room(page) <= HOLE * page.height


def test_columns_are_full_but_for_the_last_one():
    for page in pages("institute", "congestion", columns=2):
        for element, columns in columns_on(page):
            if element.get("class") == "columns":
                assert all(room_in(column) <= HOLE * page.height for column in columns[:-1])


@pytest.mark.parametrize("house", list(HOUSES))
def test_no_title_ends_in_a_short_line(house):
    for paragraph in paragraphs(house):
        if is_title(paragraph):
            *others, last = [
                paragraph.width - _room(line, paragraph) for line in paragraph.children
            ]
            assert not others or last > 0.4 * max(others), words(paragraph.children[-1])


def cut_short(house):
    """Yield lines that are much shorter than their neighbours for what we hold together; the lines
    of titles are as even as possible."""
    for paragraph in paragraphs(house):
        if is_title(paragraph):
            continue
        filled = [paragraph.width - _room(line, paragraph) for line in paragraph.children]
        for place, (line, after) in enumerate(pairwise(paragraph.children)):
            others = [*filled[:place], *filled[place + 1 : -1]]
            if filled[place] >= SHORT * max(others, default=0.0):
                continue
            first = next(leaf for leaf in _leaves(after) if isinstance(leaf, boxes.TextBox))
            word = re.split("[ \N{NO-BREAK SPACE}]", words(after).strip())[0]
            blank = paragraph.style["font_size"] / 4
            if _width(word, first.style) + blank <= paragraph.width - filled[place]:
                yield words(line)


@pytest.mark.parametrize("house", list(HOUSES))
def test_what_is_held_together_shortens_hardly_any_line(house):
    """A long word with its mark may: apart, the mark would begin a line."""
    assert len(list(cut_short(house))) <= 1

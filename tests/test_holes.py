"""Holes at the feet of pages are filled with the text after the figure, and the proof knows it."""

from itertools import takewhile

import pytest
from proved import faults
from test_properties import numbered_brief

from pipeline.model import Heading, Paragraph, Table
from pipeline.styles import load_styles
from pipeline.writers import pdf
from pipeline.writers.pdf import lay_out, write_pdf
from pipeline.writers.pdf.holes import _room

STYLES = load_styles(None)[0]
FIRST, AFTER = "Before the table, the text counts {}. ", "After the table, buses ran to {} town. "
ROWS = "".join(f"| Town {row} | {row} |\n" for row in range(6))
TABLE = (
    f'| Town | Rain |\n|---|--:|\n{ROWS}\n: Rain in towns [@lee2019] {{#tbl-a source="From us."}}\n'
)
NOTED = TABLE.replace("Town 1", "Town 1[^n]") + "\n[^n]: A note.\n"


def said(words, count, offset=0):
    """Return sentences that differ in words: lines that differ in numbers alone look like feet."""
    names = ("".join(chr(97 + (offset + i) * k % 26) for k in (1, 3, 7, 11)) for i in range(count))
    return "".join(words.format(name) for name in names)


def source(table=TABLE, between="", lines=35):
    before = "\n\n".join(said(FIRST, 8, 8 * i) for i in range(lines // 7))
    after = "\n\n".join(said(AFTER, 8, 8 * i) for i in range(4))
    return (
        "---\ntitle: T\ndate: 2026-01-01\n---\n\n## One\n\n"
        f"{before}\n\n{table}\n\n{between}{after}\n\n## Two\n\nThe end of it all [@smith2021].\n"
    )


def order_of(monkeypatch, numbered):
    """Return the blocks of the last layout."""
    layouts, real = [], pdf._numbered_pages

    def noted(brief, styles):
        layouts.append((brief.brief.blocks, real(brief, styles)))
        return layouts[-1][1]

    monkeypatch.setattr(pdf, "_numbered_pages", noted)
    lay_out(numbered, STYLES)
    return layouts


def test_text_flows_on_ahead_of_a_table_that_does_not_fit(monkeypatch):
    numbered = numbered_brief(source())
    (before, first), (after, last) = order_of(monkeypatch, numbered)
    place = next(i for i, block in enumerate(before) if isinstance(block, Table))
    moved = list(takewhile(lambda block: not isinstance(block, Table), after[place:]))

    assert moved
    assert all(isinstance(block, Paragraph) for block in moved)
    assert sorted(map(id, after)) == sorted(map(id, before))
    assert _room(first.pages[0]._page_box) > 100 > _room(last.pages[0]._page_box)


@pytest.mark.parametrize(
    "text",
    [
        source(NOTED),
        source(between="### Three\n\n"),
        source(lines=14),
        source().replace("date:", "columns: 2\ndate:"),
    ],
    ids=["footnote", "heading", "fits", "columns"],
)
def test_what_cannot_or_need_not_move_stays(monkeypatch, text):
    assert len(order_of(monkeypatch, numbered_brief(text))) == 1


def test_the_proof_knows_a_table_that_moved_but_not_into_another_section(monkeypatch):
    numbered = numbered_brief(source())
    assert faults(write_pdf(numbered, STYLES), "pdf", numbered) == []

    def too_far(document, brief):
        table = next(block for block in brief.blocks if isinstance(block, Table))
        if brief.blocks[-1] is table:
            return None
        rest = tuple(block for block in brief.blocks if block is not table)
        return pdf.replace(brief, blocks=(*rest, table))

    monkeypatch.setattr(pdf, "without_hole", too_far)
    assert isinstance(numbered.brief.blocks[-2], Heading)
    (fault,) = faults(write_pdf(numbered, STYLES), "pdf", numbered)
    assert "not where they should be" in fault

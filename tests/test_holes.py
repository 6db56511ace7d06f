"""Holes at the feet of pages are filled with the text after the figure, and the proof knows it."""

import pytest
from msgspec.structs import replace
from proved import faults
from test_properties import numbered_brief
from weasyprint.formatting_structure.boxes import FootnoteAreaBox

from pipeline.model import Paragraph, Table
from pipeline.styles import load_styles
from pipeline.writers.pdf import lay_out, write_pdf
from pipeline.writers.pdf.weasyprint_fixes import fillings, floats, holes
from pipeline.writers.pdf.weasyprint_fixes.holes import room

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


def blocks(document):
    """Return the line in the source of each block of a document, in the order of its pages."""
    lines = []
    for page in document.pages:
        for box in page._page_box.descendants():
            if box.element is not None and (place := box.element.get("data-place")):
                lines.append(int(place.split(":")[0]))
    return list(dict.fromkeys(lines))


def hole(document):
    return room(document.pages[0]._page_box)


@pytest.fixture
def with_holes(monkeypatch):
    """Return what lays out a brief and leaves its holes."""

    def layout(numbered):
        with monkeypatch.context() as changed:
            changed.setattr(floats, "_HOLE", 1)
            return lay_out(numbered, STYLES)

    return layout


def test_text_flows_on_ahead_of_a_table_that_does_not_fit(with_holes):
    numbered = numbered_brief(source())
    before, after = with_holes(numbered), lay_out(numbered, STYLES)
    tables = [block.span.line for block in numbered.brief.blocks if isinstance(block, Table)]
    text = [block.span.line for block in numbered.brief.blocks if isinstance(block, Paragraph)]
    as_written, order = (
        [line for line in blocks(document) if line in (*tables, *text)]
        for document in (before, after)
    )

    assert as_written == sorted(as_written)
    assert order.index(tables[0]) > as_written.index(tables[0])
    assert [line for line in order if line in text] == text
    assert hole(before) > 100 > hole(after)


@pytest.mark.parametrize(
    "text",
    [
        source(NOTED),
        source(lines=14),
        source().replace("date:", "columns: 2\ndate:"),
    ],
    ids=["footnote", "fits", "columns"],
)
def test_what_cannot_or_need_not_move_stays(with_holes, text):
    numbered = numbered_brief(text)
    assert blocks(lay_out(numbered, STYLES)) == blocks(with_holes(numbered))


def test_the_next_heading_goes_ahead_with_the_text_below_it(with_holes):
    numbered = numbered_brief(source(between="### Three\n\n"))
    before, after = with_holes(numbered), lay_out(numbered, STYLES)

    assert hole(before) > 100 > hole(after)
    assert faults(write_pdf(numbered, STYLES), "pdf", numbered) == []


@pytest.mark.parametrize("between", ["### Three\n\n#### Four\n\n", "## Three\n\n## Four\n\n"])
def test_a_table_that_nothing_may_go_ahead_of_stands_before_the_text_above_it(with_holes, between):
    numbered = numbered_brief(source(between=between))
    before, after = with_holes(numbered), lay_out(numbered, STYLES)
    texts = [block.span.line for block in numbered.brief.blocks if isinstance(block, Paragraph)]
    (table,) = (block.span.line for block in numbered.brief.blocks if isinstance(block, Table))
    above = max(line for line in texts if line < table)

    assert hole(before) > 100 > hole(after)
    order = blocks(after)
    assert order.index(table) == order.index(above) - 1
    assert faults(write_pdf(numbered, STYLES), "pdf", numbered) == []


def holes_in_columns(document):
    found = (columns for _, columns in holes.columns_on(document.pages[0]._page_box))
    return [holes.room_in(column) for columns in found for column in columns]


WIDE = (
    f"| Town |{' Rain |' * 5}\n{'|---' * 6}|\n"
    + "".join(f"| Town {row} |{' what fell in it |' * 5}\n" for row in range(6))
    + "\n: Rain in towns {#tbl-a}\n"
)


def test_text_flows_on_ahead_of_a_table_across_both_columns(with_holes):
    numbered = numbered_brief(source(WIDE, lines=56).replace("date:", "columns: 2\ndate:"))

    assert hole(with_holes(numbered)) > 150
    assert hole(lay_out(numbered, STYLES)) < 50
    assert faults(write_pdf(numbered, STYLES), "pdf", numbered) == []


@pytest.mark.parametrize(("lines", "column"), [(28, 0), (63, 1)], ids=["first", "last"])
def test_text_flows_on_in_columns_too(with_holes, lines, column):
    numbered = numbered_brief(source(lines=lines).replace("date:", "columns: 2\ndate:"))
    before, after = with_holes(numbered), lay_out(numbered, STYLES)

    assert holes_in_columns(before)[column] > 150
    assert max(holes_in_columns(after)) < 100
    assert faults(write_pdf(numbered, STYLES), "pdf", numbered) == []


def empty_beside(document):
    """Return the height that is empty in the first columns, or beside them where nothing stands."""
    return max(
        columns[0].height if len(columns) == 1 else holes.room_in(columns[0])
        for page in document.pages[:2]
        for element, columns in holes.columns_on(page._page_box)
        if element.get("class") == "columns"
    )


@pytest.mark.parametrize("lines", [7, 70], ids=["below-text", "alone"])
def test_a_table_before_a_box_across_both_columns_may_stand_behind_it(monkeypatch, lines):
    box = f"::: callout\n{said(AFTER, 2, 40)}\n:::\n\n"
    text = source(between=box, lines=lines).replace("date:", "columns: 2\ndate:")
    numbered = numbered_brief(text)
    with monkeypatch.context() as changed:
        changed.setattr(floats, "passed_on", lambda *_: [])
        before = lay_out(numbered, STYLES)

    assert empty_beside(before) > 90 > 30 > empty_beside(lay_out(numbered, STYLES))
    assert faults(write_pdf(numbered, STYLES), "pdf", numbered) == []


def test_a_figure_may_stand_behind_a_table_across_both_columns():
    figure = '![Bars of rain](roof.png){#fig-a alt="Bars" width=5cm}\n\n'
    text = source(figure + WIDE, lines=70).replace("date:", "columns: 2\ndate:")
    numbered = numbered_brief(text)
    pages = lay_out(numbered, STYLES).pages
    tags = [box.element_tag for page in pages for box in page._page_box.descendants()]

    assert tags.index("table") < tags.index("figure")
    assert faults(write_pdf(numbered, STYLES), "pdf", numbered) == []


@pytest.mark.parametrize(
    ("columns", "lines", "sentences"), [(1, 35, 5), (2, 28, 2)], ids=["page", "column"]
)
def test_a_list_leaves_its_first_words_rather_than_a_hole(monkeypatch, columns, lines, sentences):
    items = "\n".join(f"- {said(AFTER, 5, 8 * i)}" for i in range(4))
    words = f"{said(FIRST, 2, 80)}\n\n### Three\n\n{said(AFTER, sentences, 40)}"
    text = source("", f"{words}\n\n{items}\n\n", lines)
    numbered = numbered_brief(text.replace("date:", f"columns: {columns}\ndate:"))
    with monkeypatch.context() as changed:
        changed.setattr(floats, "unkept", lambda *_: [])
        before = lay_out(numbered, STYLES)
    after = lay_out(numbered, STYLES)

    first_hole = (lambda it: holes_in_columns(it)[0]) if columns > 1 else hole
    assert first_hole(before) > 120 > 70 > first_hole(after)


def test_an_entry_is_read_on_in_the_next_column_below_a_heading():
    text = f"## One\n\n{said(FIRST, 9)}[@lee2019].\n\n## Two\n\n{said(AFTER, 9)}\n"
    numbered = numbered_brief(f"---\ntitle: T\ncolumns: 2\n---\n\n{text}")
    broken = ".reference { break-inside: auto; orphans: 1; widows: 1 }"
    low = ".references { height: 2.9em }"
    sheet = f"{STYLES.files['print.css']}{low} {broken}"
    styles = replace(STYLES, files={**STYLES.files, "print.css": sheet})

    page = lay_out(numbered, styles).pages[0]._page_box
    assert [len(columns) for _, columns in holes.columns_on(page)] == [2, 2]
    assert faults(write_pdf(numbered, styles), "pdf", numbered) == []


def test_a_box_flows_on_ahead_of_a_table_too(with_holes):
    box = f"::: callout\n{said(AFTER, 2, 40)} [@smith2021].\n:::\n\n"
    numbered = numbered_brief(source(between=box))
    after = lay_out(numbered, STYLES)
    first = [box.element_tag for box in after.pages[0]._page_box.descendants()]

    assert "aside" in first
    assert "table" not in first
    assert hole(with_holes(numbered)) > 100 > hole(after)
    assert faults(write_pdf(numbered, STYLES), "pdf", numbered) == []


def test_a_callout_breaks_rather_than_leave_a_hole(monkeypatch):
    box = f"::: callout\n{said(AFTER, 14, 40)}\n:::\n\n"
    numbered = numbered_brief(source(box))
    with monkeypatch.context() as changed:
        changed.setattr(floats, "_GAP", 1)
        whole = lay_out(numbered, STYLES)
    broken = lay_out(numbered, STYLES)

    assert hole(whole) > 120 > 50 > hole(broken)
    assert faults(write_pdf(numbered, STYLES), "pdf", numbered) == []


def test_a_list_of_contents_is_whole_where_a_callout_would_break(monkeypatch):
    sections = "\n\n".join(f"## Part {n}\n\n{said(AFTER, 60, n)}" for n in range(10))
    summary = f"::: summary\n{said(FIRST, 50)}\n:::"
    numbered = numbered_brief(f"---\ntitle: T\ndate: 2026-01-01\n---\n\n{summary}\n\n{sections}\n")

    def entries(document):
        """Return how many entries of the list stand on each of the first pages."""
        pages = (page._page_box.descendants() for page in document.pages[:2])
        return [len({b.element for b in boxes if b.element_tag == "li"}) for boxes in pages]

    with monkeypatch.context() as changed:
        changed.setattr(floats, "_GAP_BEFORE_CONTENTS", floats._GAP)
        broken = lay_out(numbered, STYLES)
    assert all(entries(broken))
    assert entries(lay_out(numbered, STYLES)) == [0, 10]


def test_footnotes_stay_with_their_calls_on_a_page_that_is_made_again(with_holes):
    notes = "".join(f"\n[^{name}]: Note {name} of the text.\n" for name in "abcd")
    text = source() + notes
    for number, name in enumerate("abcd"):  # in two paragraphs before the table, and two after it
        words = said(FIRST if name < "c" else AFTER, 1, 16 * (number % 2)).rstrip()
        text = text.replace(words, f"{words}[^{name}]", 1)
    numbered = numbered_brief(text)

    document = lay_out(numbered, STYLES)

    assert faults(write_pdf(numbered, STYLES), "pdf", numbered) == []
    assert blocks(document) != blocks(with_holes(numbered))
    notes = [
        (page, box.element.get("id"))
        for page, laid_out in enumerate(document.pages)
        for area in laid_out._page_box.children
        if isinstance(area, FootnoteAreaBox)
        for box in area.children
    ]
    calls = [
        (page, box.element.get("href", "").lstrip("#"))
        for page, laid_out in enumerate(document.pages)
        for box in laid_out._page_box.descendants()
        if box.element is not None and box.element.get("class") == "footnote-call"
    ]
    assert len(notes) == 4
    assert set(notes) == set(calls)


def test_the_proof_knows_a_table_that_moved_but_not_into_another_section(monkeypatch):
    numbered = numbered_brief(f"{source()}\n## Three\n\nThe very end.\n")
    assert faults(write_pdf(numbered, STYLES), "pdf", numbered) == []

    monkeypatch.setattr(fillings, "_TEXT", {"p", "h2"})
    monkeypatch.setattr(floats, "_begun", lambda *_: 1000)
    found = faults(write_pdf(numbered, STYLES), "pdf", numbered)
    assert ["not where they should be" in fault for fault in found] == [True, True]


@pytest.mark.parametrize(("texts", "is_sound"), [(1, True), (2, False)])
def test_the_proof_knows_a_table_before_the_text_above_it_and_no_further(texts, is_sound):
    paragraphs = [said(FIRST, 2, 2 * i) for i in range(4)]

    def brief(place):
        text = "\n\n".join([*paragraphs[:place], TABLE, *paragraphs[place:]])
        return numbered_brief(f"---\ntitle: T\n---\n\n## One\n\n{text}\n\n## Two\n\nThe end.\n")

    moved = write_pdf(brief(4 - texts), STYLES)
    assert (faults(moved, "pdf", brief(4)) == []) is is_sound


def test_a_table_of_one_row_does_not_move_with_the_heading_below_it():
    table = "| Town | Rain |\n|---|--:|\n| A | 1 |\n\n: Rain {#tbl-a}"
    before = "\n\n".join(said(FIRST, 2, 2 * i) for i in range(13))
    text = f"---\ntitle: T\n---\n\n## One\n\n{before}\n\n{table}\n\n## Two\n\nThe end.\n"
    pages = [page._page_box for page in lay_out(numbered_brief(text), STYLES).pages]
    table, heading = (
        [any(box.element_tag == tag for box in page.descendants()) for page in pages]
        for tag in ("table", "h2")
    )

    assert (table, heading) == ([True, False], [True, True])


def tall(lines):
    """Return a table that is kept on one page, with rows of so many lines."""
    rows = "".join(f"| Town {row}{'<br>then' * (lines - 1)} | {row} |\n" for row in range(6))
    return f"| Town | Rain |\n|---|--:|\n{rows}\n: Rain in towns {{#tbl-a}}\n"


def test_a_table_that_moves_twice_stays_before_the_heading_after_the_next():
    parts = (
        *("---\ntitle: T\n---", "## One", said(FIRST, 20), tall(7), "## Two", said(AFTER, 60)),
        *("## Three", said(FIRST, 20, 40), "## Four", "The end."),
    )
    numbered = numbered_brief("\n\n".join(parts))
    order = blocks(lay_out(numbered, STYLES))
    lines = [block.span.line for block in numbered.brief.blocks]
    one, text, table, two, more, *rest = lines

    assert order == [one, text, two, more, table, *rest]
    assert faults(write_pdf(numbered, STYLES), "pdf", numbered) == []


def test_what_was_moved_for_a_page_is_put_back_if_the_page_begins_elsewhere():
    """The list of contents is a line longer, once numbers of two digits are known."""
    title = "Rain over hills and towns in all the years that were counted"
    tables = (
        f"{said(FIRST, 4, 500 + 40 * i)}\n\n{TABLE.replace('tbl-a', name).replace('Town', name)}"
        f"\n\n{said(AFTER, 8, 8 * i)}\n\n{said(AFTER, 8, 40 + 8 * i)}"
        for i, name in enumerate(("tbl-a", "tbl-b", "tbl-c", "tbl-d", "tbl-e"))
    )
    sections = (
        f"## {title[: 28 + i]}{chr(97 + i)}"
        + "".join(f"\n\n{said(FIRST, 8, 90 * i + 8 * j)}" for j in range(4))
        for i in range(24)
    )
    text = "\n\n".join(("---\ntitle: T\n---", f"## {'Rain ' * 5}", *tables, *sections))
    numbered = numbered_brief(text)

    assert faults(write_pdf(numbered, STYLES), "pdf", numbered) == []

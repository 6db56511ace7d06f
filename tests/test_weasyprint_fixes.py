"""Each correction of WeasyPrint: the fault is still there without it, and gone with it.

If "still there" fails for one, WeasyPrint has mended the fault: take the correction out, and its
row in `writers/pdf/weasyprint_fixes/README.md`.
"""

import re
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
import weasyprint
from fontTools.ttLib.tables import _h_e_a_d
from installed import needs
from msgspec.structs import replace
from rich_brief import PROSE, footnote, heading, par, part, rich, table
from test_layout_faults import BESIDE_TAGS, faults_over_widths
from test_pages import NOTED
from test_pdf_glyphs import HYPHENATED, LONG, UNKNOWN, lines
from weasyprint.formatting_structure import build
from weasyprint.formatting_structure.boxes import FootnoteAreaBox
from weasyprint.layout import page
from weasyprint.text.ffi import pango
from weasyprint_faults import switch_off

from pipeline.diagnostics import Span
from pipeline.styles import load_styles
from pipeline.writers.pdf import lay_out, weasyprint_fixes, write_pdf
from pipeline.writers.pdf.faults import layout_faults
from pipeline.writers.pdf.weasyprint_fixes.holes import columns_on, room, room_in

STYLES = load_styles(None)[0]

pytestmark = pytest.mark.usefixtures("entries_are_titles")


def has_faults(blocks, **front):
    document = lay_out(rich(blocks=blocks, **front), STYLES)
    return layout_faults(document, Span.on_line("a.md", 1, 1, 1)) != []


def pdf_of(*texts, **front):
    return write_pdf(rich(blocks=tuple(map(par, texts)), **front), STYLES)


def footnotes_leave_their_calls():
    house = replace(STYLES.house, sizes={**STYLES.house.sizes, "body": 10.5})
    document = lay_out(rich(blocks=NOTED), replace(STYLES, house=house))
    return layout_faults(document, Span.on_line("a.md", 1, 1, 1)) != []


def footnotes_of_columns_leave_their_calls():
    def section(number):
        notes = (footnote(f"{number}-{n}", PROSE[:80]) for n in range(8))
        texts = par(PROSE), par(PROSE), par(PROSE, *notes)
        return heading(1, f"sec-{number}", f"Part {number}"), *texts

    blocks = tuple(block for number in range(8) for block in section(number))
    return has_faults(blocks, columns=2)


def pages_are_made_twice():
    """The contents of eleven pages would ask for a second layout."""
    made, remake = [], page.remake_page

    def counting(index, *rest):
        made.append(index)
        return remake(index, *rest)

    blocks = (
        block
        for number in range(10)
        for block in (heading(1, f"sec-{number}", "Rain"), par(PROSE * 5))
    )
    sheet = STYLES.files["print.css"] + "h2 { break-before: page }"
    styles = replace(STYLES, files={**STYLES.files, "print.css": sheet})
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(page, "remake_page", counting)
        document = lay_out(rich(blocks=tuple(blocks)), styles)
    assert len(document.pages) > 10
    return len(made) > len(document.pages) + 2


def footnotes_are_laid_out_again_and_again():
    """A page of 20 footnotes would lay out 1 + 2 + … + 20."""
    count = 0
    create = build.create_anonymous_boxes

    def counting(box):
        nonlocal count
        count += len(box.children) if isinstance(box, FootnoteAreaBox) else 0
        return create(box)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(build, "create_anonymous_boxes", counting)
        lay_out(rich(blocks=(par(*(footnote(str(n), "Note.") for n in range(20))),)), STYLES)
    return count > 3 * 20


def lines_end_early():
    return faults_over_widths(BESIDE_TAGS[0]) != set()


def words_run_together():
    found = lines(pdf_of(PROSE * 5))
    return sum(line.endswith(" ") for line in found) < len(found) / 2


def words_are_divided():
    content = write_pdf(rich(blocks=(par(LONG * 10),)), HYPHENATED)
    return not any(line.endswith("\N{SOFT HYPHEN}") for line in lines(content))


def nothing_is_painted():
    with pikepdf.open(BytesIO(pdf_of(f"A {UNKNOWN} box."))) as pdf:
        encodings = [font.Encoding for font in pdf.pages[0].Resources.Font.values()]
        streams = [found for found in encodings if isinstance(found, pikepdf.Stream)]
        return any(b"> 0\n" in stream.read_bytes() for stream in streams)


def private_characters_are_read():
    with pikepdf.open(BytesIO(pdf_of("A \ue000 sign."))) as pdf:
        operations = pikepdf.parse_content_stream(pdf.pages[0])
        said = [str(values) for values, operator in operations if str(operator) == "BDC"]
        return not any("\N{REPLACEMENT CHARACTER}" in words for words in said)


def glyphs_stand_for_nothing():
    with pikepdf.open(BytesIO(pdf_of("हिन्दी में क्षेत्र"))) as pdf:
        tables = [font.ToUnicode.read_bytes() for font in pdf.pages[0].Resources.Font.values()]
        return any(re.search(rb"<\w{4}> <>", table) for table in tables)


def bytes_change_with_the_time():
    written = set()
    for moment in (10**9, 2 * 10**9):
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(_h_e_a_d, "timestampNow", lambda moment=moment: moment)
            written.add(pdf_of("A smile: \N{GRINNING FACE}."))
    return len(written) > 1


def tables_leave_holes():
    rows = [[f"Town {number}"] for number in range(6)]
    between = table("tbl-a", "Towns", ["Town"], rows)
    blocks = (*(par(PROSE) for _ in range(6)), between, *(par(PROSE) for _ in range(4)))
    return room(lay_out(rich(blocks=blocks), STYLES).pages[0]._page_box) > 100


def titles_end_in_a_short_line():
    title = heading(
        2, "sec-a", "Charges cut the traffic of cities, and their design decides whether that lasts"
    )
    pages = lay_out(rich(blocks=(title, par("Text."))), STYLES).pages
    every = (box for page in pages for box in page._page_box.descendants())
    found = next(box for box in every if box.element_tag == "h3")
    *others, last = [sum(kid.width for kid in line.children) for line in found.children]
    return last < max(others) / 2


def columns_do_not_begin_level():
    """With two paragraphs, a heading begins the second column; with ten, one the second page."""
    for count in (2, 10):
        texts = (par(PROSE[:300]) for _ in range(count))
        blocks = (heading(1, "sec-a", "Part"), *texts, heading(2, "sec-b", "Rain"))
        document = lay_out(rich(blocks=(*blocks, par(PROSE), par(PROSE)), columns=2), STYLES)
        for page_of in document.pages:
            for column in page_of._page_box.descendants():
                if (
                    column.is_column
                    and column.children[0].children[0].position_y > column.position_y
                ):
                    return True
    return False


def columns_are_not_balanced():
    page = """<style>
      @page { size: 80mm 60mm; margin: 4.94mm 10mm } body { margin: 0; font: 10px/1.41 serif }
      div { columns: 2 } p, ol { margin: 0 0 1.24mm } ul { margin-top: 0.3mm }
      li { padding-bottom: calc(1.24mm / 3); margin-bottom: 0.7mm }
    </style>"""
    items = "<li>line<br>line<ul><li>line</ul>" * 3
    text = f"{page}<div><p>line<br>line<br>line<ol>{items}</ol></div>"
    (sheet,) = weasyprint.HTML(string=text).render().pages
    ((_, columns),) = columns_on(sheet._page_box)
    first, last = map(room_in, columns)
    return abs(first - last) > 40


FAULTS = {
    "balanced_titles": titles_end_in_a_short_line,
    "floats": tables_leave_holes,
    "known_pages": pages_are_made_twice,
    "moved_footnotes": footnotes_leave_their_calls,
    "column_footnotes": footnotes_of_columns_leave_their_calls,
    "column_heights": columns_are_not_balanced,
    "column_margins": columns_do_not_begin_level,
    "footnote_area": footnotes_are_laid_out_again_and_again,
    "line_ends": lines_end_early,
    "lost_blanks": words_run_together,
    "hyphens": words_are_divided,
    "missing_glyphs": nothing_is_painted,
    "private_use": private_characters_are_read,
    "glyph_codes": glyphs_stand_for_nothing,
    "time_stamps": bytes_change_with_the_time,
}
MARKS = {
    "time_stamps": needs("font Noto Color Emoji"),
    "line_ends": pytest.mark.xfail(
        pango.pango_version() >= 15600, reason="Pango 1.56 makes no such lines", strict=False
    ),
}
each_fault = pytest.mark.parametrize(
    "name", [pytest.param(name, marks=MARKS.get(name, ())) for name in FAULTS]
)


@each_fault
def test_the_fault_is_still_there(name, monkeypatch):
    switch_off(monkeypatch, getattr(weasyprint_fixes, name))
    assert FAULTS[name]()


@each_fault
def test_the_fault_is_mended(name):
    assert not FAULTS[name]()


def test_every_correction_has_a_fault_and_a_row():
    """Tags of our own have a test of their own: `test_pdf_laws`."""
    corrected = {fix.__name__.rpartition(".")[2] for fix, *_ in weasyprint_fixes.FIXES}
    readme = Path(weasyprint_fixes.__path__[0], "README.md").read_text("utf-8")
    rows = set(re.findall(r"^\| `(\w+)` \|", readme, re.MULTILINE))
    assert corrected - {"tags"} == set(FAULTS)
    assert set(FAULTS) <= rows


def test_another_version_is_refused(monkeypatch):
    monkeypatch.setattr(weasyprint, "__version__", "70.1")
    with pytest.raises(RuntimeError, match=r"README\.md"):
        weasyprint_fixes.correct_weasyprint.__wrapped__()


def test_footnotes_above_a_block_across_both_columns_stay_free():
    """WeasyPrint forgets them if the block stands inside the columns."""
    above = tuple(par(PROSE, footnote(f"a{n}", PROSE)) for n in range(4))
    below = tuple(par(PROSE, footnote(f"b{n}", PROSE)) for n in range(8))
    assert not has_faults((*above, part("callout", par(PROSE)), *below), columns=2)

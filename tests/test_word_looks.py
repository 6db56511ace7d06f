"""What a careful editor would see to by hand: edges that meet, columns that hold their words."""

import pypdfium2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace
from random_briefs import briefs
from rich_brief import IMAGES, PROSE, SPAN, heading, inlines, listed, par, part, rich, table
from test_properties import numbered_brief, some
from test_scripts import JAPANESE, numbered
from word_tools import part as part_of

from pipeline import model as b
from pipeline.language.terms import term
from pipeline.ooxml import NAMESPACES
from pipeline.styles import load_styles
from pipeline.writers.docx import write_docx
from pipeline.writers.docx.estimate import estimated_pages
from pipeline.writers.docx.paper import text_size
from pipeline.writers.docx.tables import PADDING, column_widths
from pipeline.writers.pdf import write_pdf

STYLES, _ = load_styles(None)
W = f"{{{NAMESPACES['w']}}}"
TEXT_WIDTH = text_size(STYLES.house, "a4", "en")[0]  # twips


def document(*blocks, **front):
    return part_of(write_docx(rich(blocks=blocks, images=IMAGES, **front), STYLES))


def find(node, path):
    return node.xpath(path, namespaces=dict(NAMESPACES))


def words(node):
    return "".join(find(node, ".//w:t/text()"))


def number(node, path, otherwise=0):
    return int(next(iter(find(node, path)), otherwise))


# Boxes ------------------------------------------------------------------------------------------

INNER = listed((par("one"), listed((par("two"), listed((par("three"),), ordered=True)))))


@pytest.mark.parametrize(("lang", "side"), [("en-GB", "left"), ("ar", "right")])
def test_the_bar_of_a_box_is_straight_whatever_stands_in_it(lang, side):
    content = write_docx(
        rich(blocks=(part("summary", par("first"), INNER, par("last")),), lang=lang), STYLES
    )
    style = find(part_of(content, "word/styles.xml"), "//w:style[@w:styleId='Summary']/w:pPr")[0]
    places = {}
    for p in find(part_of(content), "//w:p[w:pPr/w:pStyle/@w:val='Summary']"):
        own = number(style, "w:ind/@w:left")
        start = number(p, "w:pPr/w:ind/@w:left", own) - number(p, "w:pPr/w:ind/@w:hanging")
        bar = f"w:pBdr/w:{side}/@w:space"
        space = number(p, f"w:pPr/{bar}", number(style, bar))
        places[words(p)] = start - 20 * space
        assert space <= 31  # more Word does not take

    assert [*places] == ["first", "one", "two", "three", "last"]
    assert set(places.values()) == {80}  # the width of the bar: it begins at the margin


@pytest.mark.parametrize(("kind", "count", "whole"), [("callout", 4, True), ("callout", 40, False),
                                                      ("summary", 4, False)])  # fmt: skip
def test_a_short_box_stands_on_one_page(kind, count, whole):
    body = document(part(kind, par("first"), listed(*"abcdefgh"[: count - 1] * (count // 4))))
    style = {"callout": "Callout", "summary": "Summary"}[kind]
    inside = find(body, f"//w:p[w:pPr/w:pStyle/@w:val='{style}']")
    kept = [bool(find(p, "w:pPr/w:keepNext")) for p in inside]

    assert kept[0]  # it leads to a list
    assert kept[1:] == [whole] * (len(kept) - 2) + [False]


def test_words_that_lead_to_a_list_stay_with_it():
    outer = listed((par("lead"), listed("inner")), "plain")
    body = document(par("before"), par("first"), outer, par("after"))
    kept = {
        words(p): bool(find(p, "w:pPr/w:keepNext")) for p in find(body, "//w:p[w:pPr/w:pStyle]")
    }

    assert {
        name for name in ("before", "first", "lead", "inner", "plain", "after") if kept[name]
    } == {
        "first",
        "lead",
    }


def test_a_box_with_nothing_in_it_leaves_the_document_whole():
    body = document(par("before"), part("callout"), par("after"))

    assert [words(p) for p in find(body, "//w:p") if words(p) in ("before", "after")] == [
        "before",
        "after",
    ]


def test_a_claim_is_in_italics_and_its_title_is_not():
    styles = part_of(write_docx(rich(), STYLES), "word/styles.xml")

    assert find(styles, "//w:style[@w:styleId='Claim']/w:rPr/w:i[not(@w:val)]")
    assert find(styles, "//w:style[@w:styleId='ClaimTitle']/w:rPr/w:i/@w:val") == ["0"]


def test_paragraphs_in_japanese_have_no_italics():
    styles = part_of(write_docx(numbered(JAPANESE), STYLES), "word/styles.xml")

    assert find(styles, "//w:style[@w:type='paragraph']/w:rPr/w:i[not(@w:val='0')]") == []


# Tables -----------------------------------------------------------------------------------------

SMALL = table("tbl-a", ("In a list",), ("Town", "Rain"), [("Oslo", "763")])


def test_a_table_in_a_list_stands_below_its_item_and_ends_at_the_margin():
    body = document(listed((par("one"), SMALL), "two"))
    (found,) = find(body, "//w:tbl")
    caption = found.getprevious()
    indent = number(found, "w:tblPr/w:tblInd/@w:w")

    assert indent == number(caption, "w:pPr/w:ind/@w:left") == 360
    assert number(found, "w:tblPr/w:tblW/@w:w") == TEXT_WIDTH - indent
    assert sum(map(int, find(found, "w:tblGrid/w:gridCol/@w:w"))) <= TEXT_WIDTH - indent
    assert number(found.getnext(), "w:pPr/w:spacing/@w:before") > 0  # tables have no space below


@pytest.mark.parametrize(
    ("count", "kept"), [(3, "xx-"), (9, "x------x-"), (1, "-"), (8, "xxxxxxx-")]
)
def test_no_row_of_a_table_stands_alone_on_a_page(count, kept):
    rows = [(str(i), "x") for i in range(count)]
    (found,) = find(document(table("tbl-a", ("T",), ("A", "B"), rows)), "//w:tbl")
    cells = [find(row, "w:tc/w:p/w:pPr") for row in find(found, "w:tr")[1:]]

    assert "".join("x" if all(find(p, "w:keepNext") for p in row) else "-" for row in cells) == kept


TEXTS = st.text("abcdefg 0123456789", max_size=40) | st.sampled_from(["", "水素" * 12])


@settings(max_examples=200, deadline=None)
@given(st.integers(1, 8).flatmap(lambda n: st.lists(st.tuples(*[TEXTS] * n), min_size=1)))
def test_the_columns_of_every_table_fill_its_width_and_hold_their_words_if_they_can(rows):
    found = table("tbl-a", (), rows[0], rows[1:])

    widths = column_widths(found, TEXT_WIDTH, 9.5)

    assert TEXT_WIDTH - len(widths) <= sum(widths) <= TEXT_WIDTH
    assert all(width > 0 for width in widths)
    longest = [max(max((len(w) for w in c.split()), default=0) for c in col)
               for col in zip(*rows, strict=True) if "水" not in "".join(col)]  # fmt: skip
    narrow = sum(length * 110 + 170 for length in longest) < TEXT_WIDTH / 2
    if narrow and len(longest) == len(widths):
        for length, width in zip(longest, widths, strict=True):
            assert length * 100 + 170 <= width


# Widths of letters of Helvetica Bold, in thousandths of their size (Adobe's metrics).
BOLD = {
    letter: width
    for letters, width in (
        ("Iijl", 278), ("ft", 333), ("r", 389), ("z", 500), ("aceksvxyJ0123456789", 556),
        ("bdghnopquFLTZ", 611), ("EPSVXY", 667), ("ABCDHKNRU", 722), ("GOQw", 778), ("M", 833),
        ("m", 889), ("W", 944),
    )
    for letter in letters
}  # fmt: skip


@pytest.mark.parametrize("word", ["Source", "Change", "Quarter", "GDP", "Growth", "OECD", "Women"])
def test_a_short_head_above_marks_is_not_broken(word):
    head = ("Scheme", "What was measured", word)
    row = ("London western extension " * 3, "Traffic flow, net of other trends " * 3, "5")

    widths = column_widths(table("tbl-a", (), head, [row]), TEXT_WIDTH, 11.5)

    assert widths[2] - PADDING >= sum(BOLD[letter] for letter in word) / 1000 * 11.5 * 20


def test_a_column_of_years_beside_long_texts_does_not_break_them():
    head = ("Country", "Year", "Inflow before", "Inflow after", "Change", "Charge", "Hours", "Why")
    row = (
        "United Kingdom",
        "2003",
        "378000",
        "305000",
        "−19.3",
        "5.80",
        "7–18",
        "First scheme " * 5,
    )

    widths = column_widths(table("tbl-a", (), head, [row]), TEXT_WIDTH, 9.5)

    assert widths[1] >= 4 * 100 + 170


# Headers, charts --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words_of", "length", "cut"),
    [("Rain falls on roofs ", 60, False), ("Rain falls on roofs ", 200, True),
     ("都市の混雑料金", 30, False), ("都市の混雑料金", 60, True)],
)  # fmt: skip
def test_the_running_title_is_cut_where_the_line_ends_and_not_before(words_of, length, cut):
    title = (words_of * 10)[:length].strip()
    content = write_docx(rich(title=inlines(title)), STYLES)
    header = words(part_of(content, "word/header1.xml"))

    assert ("…" in header) == cut
    assert header.startswith(title) != cut


def test_charts_in_arabic_stand_in_paragraphs_whose_numbers_libreoffice_does_not_turn():
    series = (b.Series("a", (1.0,)),)
    anchor = b.Anchor("figure", "c")
    chart = b.Chart(anchor, "bar", (), (), "Bars", "Year", ("2020",), series, span=SPAN)
    body = document(chart, lang="ar")

    (drawing,) = find(body, "//w:drawing")
    assert find(next(drawing.iterancestors(f"{W}p")), "w:pPr/w:bidi/@w:val") == ["0"]


# Pages ------------------------------------------------------------------------------------------


def test_every_citation_and_heading_has_an_estimated_page():
    @settings(some, max_examples=60)
    @given(briefs())
    def law(text):
        found = numbered_brief(text)
        pages = estimated_pages(found, STYLES.house, TEXT_WIDTH)
        for node in b.walk(found.brief):
            if isinstance(node, b.Citation | b.Heading):
                assert int(pages[node.anchor]) >= 1

    law()


def test_pages_are_filled_from_top_to_bottom():
    paragraphs = tuple(par(PROSE * 2) for _ in range(60))
    blocks = (heading(1, "sec-a", "A"), *paragraphs, heading(1, "sec-b", "B"))
    pages = estimated_pages(rich(blocks=blocks, images=()), STYLES.house, 9500)

    # 60 paragraphs of 506 characters: 5 lines of 15 points and 7 below, on pages of 700.
    assert (pages[b.Anchor("section", "a")], pages[b.Anchor("section", "b")]) == ("1", "8")


def test_a_heading_may_begin_a_page():
    numbered = numbered_brief("---\ntitle: T\n---\n\n## One\n\nWords.\n\n## Annex {.new-page}\n")
    body = part_of(write_docx(numbered, STYLES))
    pages = pypdfium2.PdfDocument(write_pdf(numbered, STYLES))
    broken = find(body, "//w:p[w:pPr/w:pageBreakBefore]")

    assert [words(p) for p in broken] == ["Annex"]
    assert ["Annex" in page.get_textpage().get_text_bounded() for page in pages] == [False, True]
    assert estimated_pages(numbered, STYLES.house, TEXT_WIDTH)[b.Anchor("section", "annex")] == "2"


def test_a_figure_goes_to_the_next_page_where_it_does_not_fit():
    tall = replace(IMAGES[1], width=400, height=800)
    image = b.Image(tall.src, "Tall", span=SPAN)
    figure = b.Figure(b.Anchor("figure", "b"), image, inlines("Words"), span=SPAN)
    after = heading(1, "sec-a", "After")
    pages = estimated_pages(
        rich(blocks=(par("Rain. " * 380), figure, after), images=(tall,)),
        STYLES.house,
        TEXT_WIDTH,
    )

    assert pages[b.Anchor("section", "a")] == "2"


# Fonts and words ----------------------------------------------------------------------------------


@pytest.mark.parametrize("lang", ["en-GB", "ja", "ar"])
def test_every_font_of_the_styles_is_described_for_machines_that_lack_it(lang):
    content = write_docx(rich(lang=lang), STYLES)
    styles = part_of(content, "word/styles.xml")
    table = part_of(content, "word/fontTable.xml")
    used = {name for fonts in find(styles, "//w:rFonts") for name in fonts.attrib.values()}
    described = {
        font.get(f"{W}name"): {child.tag.removeprefix(W): child.get(f"{W}val") for child in font}
        for font in find(table, "//w:font")
    }

    assert used <= described.keys()
    assert described["Calibri"]["altName"] == "Carlito"  # of the same widths
    assert described["Calibri"]["panose1"] == "020F0502020204030204"
    assert described["Consolas"]["pitch"] == "fixed"


LANGUAGES = ("en", "fr", "de", "es", "ja", "ar", "zh")
LABELS = ("contents", "references", "summary", "key-findings", "figure", "table", "section")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_label_is_in_the_language_of_the_brief(lang):
    content = write_docx(rich(lang=lang), STYLES)
    body, footer = words(part_of(content)), words(part_of(content, "word/footer1.xml"))
    english = [term(name, "en") for name in ("contents", "references", "summary", "cited-in")]

    for name in (*LABELS, "cited-in"):
        assert term(name, lang).casefold() in body.casefold(), name  # "section 2" in a sentence
    assert footer.endswith(term("page-of", lang).format(page="1", pages="1"))
    if lang != "en":
        assert [label for label in english if label in body] == []

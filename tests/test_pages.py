"""The pages of the PDF: columns, contents, last lines, and footnotes at every size of type."""

import re

import pytest
from msgspec.structs import replace
from rich_brief import BLOCKS, PROSE, cross, footnote, inlines, par, rich
from spec_library import LIBRARY, files_of
from weasyprint.formatting_structure import boxes

from pipeline.diagnostics import Span
from pipeline.kept_words import entry_held, with_dashes_held, with_full_last_line
from pipeline.model import Anchor, Citation, Cite, Emphasis, Text
from pipeline.model.references import Run
from pipeline.project.loading import completed
from pipeline.project.stages import prepare
from pipeline.readers.markdown import read_markdown
from pipeline.styles import load_styles
from pipeline.writers.html import bibliography
from pipeline.writers.html.inlines import inlines_to_html
from pipeline.writers.pdf import lay_out
from pipeline.writers.pdf.faults import layout_faults
from pipeline.writers.pdf.print_page import PrintPage, write_print_page
from pipeline.writers.pdf.structure import read_structure

STYLES = load_styles(None)[0]
SPAN = Span.on_line("a.md", 1, 1, 1)
NBSP = "\N{NO-BREAK SPACE}"


pytestmark = pytest.mark.usefixtures("entries_are_titles")


def sized(points):
    return replace(
        STYLES, house=replace(STYLES.house, sizes={**STYLES.house.sizes, "body": points})
    )


# Tables -----------------------------------------------------------------------------------------


def test_a_row_taller_than_a_page_breaks_and_the_head_is_repeated():
    items = "\n".join(f"| | - measure {i:02} |" for i in range(70))
    edge = "+---+--------------+\n"
    table = f"{edge}| A | Measures     |\n+===+==============+\n{items}\n{edge}"
    brief, wrong = read_markdown(f"---\ntitle: T\n---\n\nText.\n\n{table}", "a.md")
    assert wrong == []
    document = lay_out(prepare(brief, LIBRARY)[0], STYLES)
    pages = [[*page._page_box.descendants()] for page in document.pages]
    lines = [box for page in pages for box in page if isinstance(box, boxes.TextBox)]
    assert sum(box.text.startswith("measure") for box in lines) == 70
    distances = []
    for page in pages:
        head, first = (
            next(b for b in page if isinstance(b, boxes.TextBox) and b.text.startswith(word))
            for word in ("Measures", "measure ")
        )
        distances.append(round(first.position_y - head.position_y))
    assert len(distances) == 2
    assert distances[0] == pytest.approx(
        distances[1], abs=1
    )  # nothing is printed on the rule below the head


def test_pages_in_landscape_are_those_of_their_part():
    table = "| a | b |\n|---|---|\n| c | d |\n\n: Wide {.landscape}\n"
    text = f"---\ntitle: T\n---\n\nA.\n\n{table}\n::: landscape\nB.\n:::\n\n## C\n"
    brief, _ = read_markdown(text, "a.md")
    document = lay_out(prepare(brief, LIBRARY)[0], STYLES)
    assert [page.width > page.height for page in document.pages] == [False, True, False]


# Footnotes --------------------------------------------------------------------------------------

NOTED = tuple(
    par(PROSE * (2 + place % 3), footnote(f"n{place}", PROSE * (1 + place % 4)), " ", PROSE)
    for place in range(18)
)


@pytest.mark.parametrize("size", [9, 10, 11, 12.5])
@pytest.mark.parametrize("columns", [1, 2])
def test_no_footnote_leaves_its_call_at_any_size_of_type(size, columns):
    numbered = rich(blocks=NOTED, columns=columns)
    document = lay_out(numbered, sized(size))
    assert len(document.pages) > 2
    assert layout_faults(document, SPAN) == []


def test_footnotes_may_be_called_anywhere():
    text = """\
---
title: Rain
---

## Head[^1]

::: summary
Sum[^2]
:::

- item[^3]

| a[^4] | b |
|---|---|
| c[^5] | d |

: Caption[^6]

> quote[^7]

term[^8]
: meaning[^9]

"""
    text += "\n\n".join(f"[^{n}]: Note {n}." for n in range(1, 10))
    brief, _ = read_markdown(text, "a.md", files_of, "en-GB")
    brief = replace(brief, front=completed(brief.front, STYLES.house))
    document = lay_out(prepare(brief, LIBRARY)[0], STYLES)
    (area,) = (
        kid
        for kid in document.pages[0]._page_box.children
        if isinstance(kid, boxes.FootnoteAreaBox)
    )
    assert len(area.children) == 9
    assert layout_faults(document, SPAN) == []


# Two columns ------------------------------------------------------------------------------------


def test_two_columns_and_what_stands_across_both():
    document = lay_out(rich(columns=2), STYLES)
    page = document.pages[0]._page_box
    found = [box for each in document.pages for box in each._page_box.descendants()]
    sections = [box for box in found if box.element_tag == "h2" and isinstance(box, boxes.BlockBox)]
    starts = {
        round(box.position_x) for box in sections if box.element.get("id", "").startswith("sec")
    }
    part = next(box for box in found if "callout" in (box.element_tag, *_classes(box)))
    figure = next(box for box in found if box.element_tag == "figure")
    assert len(starts) == 2
    assert part.margin_width() == pytest.approx(page.width)
    assert figure.width < page.width / 2
    assert layout_faults(document, SPAN) == []


def _classes(box):
    return (box.element.get("class") or "").split() if box.element is not None else []


def test_columns_of_the_front_matter_and_of_the_house():
    for text, columns in (("columns: 2\n", 2), ("", 1)):
        brief, found = read_markdown(f"---\ntitle: A\n{text}---\n\nb", "a.md", files_of, "en-GB")
        assert found == []
        assert completed(brief.front, STYLES.house).columns == columns
    _, found = read_markdown("---\ntitle: A\ncolumns: 3\n---\n\nb", "a.md", files_of, "en-GB")
    assert [diagnostic.code for diagnostic in found] == ["bad-front-matter-value"]


# Contents ---------------------------------------------------------------------------------------


def test_the_dots_of_the_contents_are_no_text():
    document = lay_out(rich(), STYLES)
    dots = [
        box
        for page in document.pages
        for box in page._page_box.descendants()
        if getattr(box, "is_leader", False)
    ]
    assert len(dots) == 8
    texts = {box: {"mcid": number} for number, box in enumerate(_texts(dots))}
    structure = read_structure(document.pages, [texts, *({} for _ in document.pages[1:])])
    assert {found.content.mcid for found in structure.artifacts} == set(range(len(texts)))


def _texts(found):
    return [kid for box in found for kid in (box, *box.descendants()) if hasattr(kid, "text")]


# Words that stay together -----------------------------------------------------------------------

START = "Tariffs that come and go have made buyers look again at whom they depend on, and at "


@pytest.mark.parametrize(
    ("end", "held"),
    [
        ("the American market.", "market."),
        ("cheaper year by year.", "by~year."),
        ("what the house has it in.", "it~in."),
        ("an administration of it.", "of~it."),
        ("an administration.", "administration."),
    ],
)
def test_a_last_line_has_more_than_one_short_word(end, held):
    (found,) = with_full_last_line(inlines(START + end))
    assert found.text.replace(NBSP, "~").split(" ")[-1] == held


def test_marks_count_for_a_last_line_and_short_paragraphs_stay():
    mark = Citation(Anchor.parse("cite-1"), (Cite("lee", span=SPAN),), span=SPAN)
    for end, held in (("all to be", f"be{NBSP}"), ("all as of a", f"a{NBSP}")):
        text = f"{START}{end}{NBSP}"
        first, *_ = with_full_last_line((Text(text, span=SPAN), mark, Text(".", span=SPAN)))
        assert first.text.split(" ")[-1] == held
    short = inlines("A short one.")
    assert with_full_last_line(short) == short
    dressed = (*inlines(START), Emphasis(inlines("emphasis"), span=SPAN))
    assert with_full_last_line(dressed) == dressed
    crossed = (*inlines(f"{START}you can see it in "), cross("fig-a"))
    assert with_full_last_line(crossed)[0].text.endswith(f"it in{NBSP}")


@pytest.mark.parametrize(
    ("word", "keys", "held"),
    [
        ("view", ["lee", "okoye"], "view [1] [2]"),
        ("administration", ["lee", "okoye"], "administration [1]"),
        ("view", ["lee", "okoye", "six"], "view [1] … [2] [3]"),
        ("countries", ["lee"], "countries [1]"),
    ],
)
def test_a_word_stays_with_its_mark_and_the_last_of_a_group_with_the_one_before(word, keys, held):
    cites = tuple(Cite(key, span=SPAN) for key in keys)
    found = Citation(Anchor.parse("citation-1"), cites, span=SPAN)
    numbered = rich(blocks=(par(f"{START}in {word}{NBSP}", found, "."),))
    page = "".join(PrintPage(numbered, STYLES.house).pieces(numbered.brief.blocks[0].inlines))
    kept = re.findall('<span class="kept">(.*?</a>(?: <a.*?</a>)?)</span>', page)
    assert " … ".join(re.sub("<.*?>", "", words) for words in kept) == held
    assert page.count("<a ") == len(keys)


@pytest.mark.parametrize(
    ("typed", "held"),
    [
        ("It matters — and has limits", "It matters~— and has limits"),
        ("It matters – and has limits", "It matters~– and has limits"),
        ("It matters —", "It matters~—"),
        ("Es importa —y tiene límites—", "Es importa —y tiene límites—"),
        ("a cut of –4", "a cut of –4"),
    ],
)
def test_no_line_begins_with_a_dash_between_blanks(typed, held):
    (text,) = with_dashes_held((Text(typed, span=SPAN),))
    (run,) = entry_held((Run(typed),))
    printed = inlines_to_html(inlines(typed), PrintPage(rich(), STYLES.house))
    assert text.text == run.text == printed == held.replace("~", NBSP)


def test_the_numbers_of_an_entry_stay_with_what_they_count():
    runs = entry_held((Run("vol. 44, no. 2, pp. 240–250, Jan. 03, in C. 4"),))
    assert runs[0].text.replace(NBSP, "~") == "vol.~44, no.~2, pp.~240–250, Jan. 03, in C.~4"
    names = entry_held((Run("Y. K. Youn and Ann B. Lee, Rain. 2021"),))
    assert names[0].text.replace(NBSP, "~") == "Y.~K.~Youn and Ann B.~Lee, Rain. 2021"
    page = PrintPage(rich(), STYLES.house)
    pages = bibliography.richtext_to_html((Run("pp. 2–5, 6"),), page)
    assert pages == '<span><span class="kept">pp. 2–5</span>, 6</span>'
    link = Run("https://a.org/b", href="https://a.org/b")
    address = bibliography.richtext_to_html((link,), page)
    assert '><span class="kept">https://a.org</span>/b</a>' in address


def test_latin_entries_of_a_page_from_right_to_left_read_from_left_to_right():
    blocks = BLOCKS[:1]
    arabic, english = (
        write_print_page(PrintPage(rich(blocks=blocks, lang=lang), STYLES.house), STYLES)
        for lang in ("ar", "en-GB")
    )
    assert '<span class="entry" lang="en-GB" dir="ltr">' in arabic
    assert 'dir="ltr"' not in english


@pytest.mark.parametrize(
    "words", ["内閣は、契約、輸送距離、国際化を比較した後、枠組みを承認した。", "x/" * 90]
)
def test_a_sentence_without_blanks_breaks_although_a_mark_follows_it(words):
    citation = Citation(Anchor.parse("cite-1"), (Cite("lee", span=SPAN),), span=SPAN)
    numbered = rich(blocks=(par(words * 5, " ", citation, "."),), lang="ja")
    assert layout_faults(lay_out(numbered, STYLES), SPAN) == []

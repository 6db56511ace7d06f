"""The web page: numbers by identity, links that lead somewhere, everything escaped."""

import re
from collections import Counter
from html.parser import HTMLParser
from itertools import pairwise
from urllib.parse import unquote

import pytest
from msgspec.structs import replace
from rich_brief import SPAN, b, cite, cross, footnote, heading, inlines, par, part, rich, table

from pipeline.language.typography import words as typeset
from pipeline.marks import PRESETS
from pipeline.model import Series
from pipeline.model.references import Run
from pipeline.numbering import with_draft
from pipeline.styles import load_styles
from pipeline.writers.html import write_html
from pipeline.writers.pdf.print_page import PrintPage, write_print_page

STYLES = load_styles(None)[0]
VOID = {"meta", "br", "img", "hr", "link"}


pytestmark = pytest.mark.usefixtures("entries_are_titles")


class Reading(HTMLParser):
    """What a page says: its elements, each with its attributes and text."""

    def __init__(self, html):
        super().__init__()
        self.elements = []  # (name, attributes, ancestors, texts)
        self._open = []
        self.feed(html)
        assert not self._open, f"never closed: {self._open}"

    def handle_starttag(self, tag, attrs):
        element = (tag, dict(attrs), [e[0] for e in self._open], [])
        self.elements.append(element)
        if tag not in VOID:
            self._open.append(element)

    def handle_endtag(self, tag):
        assert self._open.pop()[0] == tag, f"</{tag}> closes another element"

    def handle_data(self, data):
        for element in self._open:
            element[3].append(data)

    def all(self, name):
        return [(attrs, "".join(texts)) for tag, attrs, _, texts in self.elements if tag == name]

    def of_class(self, name):
        return [
            (attrs, "".join(texts))
            for _, attrs, _, texts in self.elements
            if name in (attrs.get("class") or "").split()
        ]

    def printed(self):
        """Return (anchor, text) of everything that bears a number."""
        return [
            (attrs["data-anchor"], attrs.get("data-number") or "".join(texts))
            for _, attrs, _, texts in self.elements
            if "data-anchor" in attrs
        ]


def read(numbered, styles=STYLES):
    return Reading(write_html(numbered, styles).decode())


def read_print(numbered, styles=STYLES):
    return Reading(write_print_page(PrintPage(numbered, styles.house), styles))


both = pytest.mark.parametrize("read_page", [read, read_print])


@pytest.mark.parametrize("marks", PRESETS)
def test_each_number_stands_in_the_page_with_its_anchor(marks):
    numbered = rich(marks=marks)
    printed = read(numbered).printed()
    numbers = {a: number for a, number in numbered.numbers.items() if a.kind != "item"}
    for anchor, number in numbers.items():
        found = [text for said, text in printed if said == str(anchor)]
        assert found, f"{anchor} is nowhere"
        for text in found:
            assert number in re.findall(r"[\d.]*\d|[a-z]", text), (
                f"{anchor} is {number}, not {text}"
            )
    assert {anchor for anchor, _ in printed} == set(map(str, numbers))


@both
@pytest.mark.parametrize("marks", PRESETS)
def test_every_link_within_the_page_leads_to_one_place(read_page, marks):
    page = read_page(rich(marks=marks))
    ids = Counter(attrs["id"] for _, attrs, _, _ in page.elements if attrs.get("id"))
    assert not [name for name, count in ids.items() if count > 1]
    hrefs = [attrs["href"] for attrs, _ in page.all("a") if "href" in attrs]
    inner = [href[1:] for href in hrefs if href.startswith("#")]
    # A browser looks for the fragment as written, WeasyPrint for what it decodes to.
    wanted = inner if read_page is read else map(unquote, inner)
    assert set(wanted) <= set(ids)


@pytest.mark.parametrize("count", [1, 2, 3, 4])
def test_no_last_line_is_one_mark_of_a_group_nor_begins_with_a_dash(count):
    citation = cite("1", *("lee", "okoye", "six", "seven")[:count])
    page = write_html(rich(blocks=(par("Rain — and snow ", citation, "."),)), STYLES).decode()
    words = page.partition("<main")[2].partition("</p>")[0]
    assert "Rain\N{NO-BREAK SPACE}— and snow" in words
    assert (
        re.findall(r"<[^<>]*kept[^<>]*>|(?<=>)\[\d\]", words)[-3:]
        == {
            1: ["[1]"],
            2: ['<span class="kept">', "[1]", "[2]"],
            3: ['<span class="kept">', "[2]", "[3]"],
            4: ['<span class="kept">', "[3]", "[4]"],
        }[count]
    )


@both
def test_links_never_nest_and_paragraphs_hold_no_blocks(read_page):
    page = read_page(rich())
    for tag, _, ancestors, _ in page.elements:
        assert not (tag == "a" and "a" in ancestors)
        assert not (tag in {"p", "ul", "ol", "div", "table", "pre", "dl"} and "p" in ancestors)


def test_the_page_offers_the_files_that_are_built_beside_it():
    numbered = rich()
    named = replace(numbered, brief=replace(numbered.brief, name="a b#c"))
    files = [attrs["href"] for attrs, _ in read(named).of_class("download")]
    assert files == ["a%20b%23c.docx", "a%20b%23c.pdf"]
    assert not read_print(named).of_class("download")


def test_the_data_of_a_chart_can_be_saved_and_calculates_nothing():
    chart = b.Chart(
        b.Anchor("figure", "x"),
        "bar",
        inlines("A chart"),
        (),
        "Two bars",
        "Town",
        ("Bergen, west", "=1+1"),
        (Series("mm", (2250.0, None)),),
        span=SPAN,
    )
    [link] = [attrs for attrs, _ in read(rich(blocks=(chart,))).all("a") if attrs.get("download")]
    assert link["download"] == "fig-x.csv"
    data = unquote(link["href"].partition(",")[2])
    assert data == 'Town,mm\r\n"Bergen, west",2250\r\n\'=1+1,\r\n'


@pytest.mark.parametrize(
    ("media_type", "width", "scrolls"),
    [("image/png", 600, True), ("image/png", 200, False), ("image/jpeg", 600, False)],
)
def test_a_large_drawing_scrolls_on_a_phone_and_a_photo_is_scaled_down(media_type, width, scrolls):
    figure = b.Figure(
        b.Anchor("figure", "x"), b.Image("a", "Bars", span=SPAN), inlines("Rain"), span=SPAN
    )
    numbered = rich(blocks=(figure,))
    file = b.ImageFile("a", media_type, b"", width, 100)
    numbered = replace(numbered, brief=replace(numbered.brief, images=(file,)))
    found = [attrs["aria-label"] for attrs, _ in read(numbered).of_class("drawing")]
    assert found == (["Rain"] if scrolls else [])


def test_the_summary_stands_before_the_contents():
    sections = [heading(1, f"sec-{n}", f"Section {n}") for n in range(1, 7)]
    html = write_html(rich(blocks=(part("summary", par("In short")), *sections)), STYLES).decode()
    assert html.index("In short") < html.index('role="doc-toc"') < html.index('<h2 id="sec-1')


def test_the_page_asks_for_nothing_else_and_runs_nothing():
    page = read(rich())
    policy = next(a["content"] for a, _ in page.all("meta") if "http-equiv" in a)
    assert "default-src 'none'" in policy
    assert "script-src" not in policy
    assert not page.all("script")
    assert not page.all("link")
    sources = [attrs["src"] for attrs, _ in page.all("img")]
    assert len(sources) == 2
    assert all(source.startswith("data:image/") for source in sources)
    assert "url(" not in page.all("style")[0][1]
    assert "@import" not in page.all("style")[0][1]


EVIL = "</style><script>alert('1')</script>\"&"


def test_whatever_an_author_writes_is_text():
    blocks = (
        heading(1, "sec-x", EVIL),
        par(EVIL, b.Code(EVIL, span=SPAN), footnote("x", EVIL)),
        b.CodeBlock(EVIL, EVIL, span=SPAN),
        table("tbl-x", (EVIL,), (EVIL,), [(EVIL,)]),
        b.Figure(
            b.Anchor("figure", "x"),
            b.Image("photo.png", EVIL, span=SPAN),
            inlines(EVIL),
            span=SPAN,
        ),
        part("callout", par(b.Passage(inlines(EVIL), EVIL, span=SPAN)), title=(EVIL,)),
    )
    front = {"title": inlines(EVIL), "edition": EVIL, "keywords": (EVIL,), "contact": EVIL}
    page = read(rich(blocks=blocks, authors=(b.Person(EVIL),), licence=EVIL, **front))
    assert not page.all("script")
    printed = typeset(EVIL, "en-GB")
    assert page.all("title")[0][1] == printed
    in_no_language = typeset(EVIL, EVIL)
    assert page.of_class("callout")[0][1].split("\n") == [printed, in_no_language]


@both
def test_a_house_style_cannot_end_the_style_element(read_page):
    house = replace(STYLES.house, name=EVIL, colours={**STYLES.house.colours, "rule": EVIL})
    assert not read_page(rich(), replace(STYLES, house=house)).all("script")


@pytest.mark.parametrize("href", ["javascript:alert(1)", " JaVa\tScript:x", "file:///etc/passwd"])
def test_a_link_that_could_do_harm_is_text(monkeypatch, href):
    entry = (Run("An entry", href=href), Run("."))
    monkeypatch.setattr("pipeline.numbering.format_entry", lambda *_: entry)
    page = read(rich(blocks=(par(b.Link(href, inlines("words"), span=SPAN), cite("1", "lee")),)))
    links = [attrs.get("href", "#") for attrs, _ in page.all("a") if "download" not in attrs]
    assert all(link.startswith("#") for link in links)
    assert "words" in page.all("p")[-2][1] + page.all("p")[-1][1]


@pytest.mark.parametrize(
    ("lang", "direction"),
    [("en-GB", None), ("ar", "rtl"), ("he", "rtl"), ("fa-IR", "rtl"), ("ur", "rtl")],
)
def test_the_page_says_its_language_and_direction(lang, direction):
    attributes = read(rich(lang=lang)).all("html")[0][0]
    assert attributes["lang"] == lang
    assert attributes.get("dir") == direction


def test_there_is_one_h1_and_no_heading_level_is_skipped():
    page = read(rich())
    levels = [int(tag[1]) for tag, *_ in page.elements if re.fullmatch("h[1-6]", tag)]
    assert levels.count(1) == 1
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_the_page_has_landmarks_and_roles():
    page = read(rich())
    for landmark in ("header", "main", "nav", "footer"):
        assert len(page.all(landmark)) == 1
    roles = Counter(attrs.get("role") for _, attrs, _, _ in page.elements)
    assert roles["doc-bibliography"] == roles["doc-endnotes"] == roles["doc-toc"] == 1
    assert roles["doc-noteref"] == 8  # seven footnotes, one of them called twice
    assert roles["doc-backlink"] == 8  # to each call
    assert page.all("a")[0][0]["href"] == "#main"
    assert all(attrs["scope"] == "col" for attrs, _ in page.all("th"))
    assert all(attrs["alt"] for attrs, _ in page.all("img"))


def test_contents_appear_from_five_sections_on():
    sections = [heading(1, f"sec-{number}", f"Part {number}") for number in range(5)]
    assert read(rich(blocks=tuple(sections))).all("nav")
    assert not read(rich(blocks=tuple(sections[:4]))).all("nav")


def test_contents_list_headings_of_two_levels():
    levels = [heading(level, f"sec-{level}", f"Level {level}") for level in (1, 2, 3)]
    sections = [heading(1, f"sec-part-{number}", f"Part {number}") for number in range(4)]
    entries = read(rich(blocks=(*levels, *sections))).all("nav")[0][1]
    assert [f"Level {level}" in entries for level in (1, 2, 3)] == [True, True, False]


def test_contents_show_headings_without_citations():
    entries = read(rich()).all("nav")[0][1]
    assert "1. Why now" in entries
    assert "[" not in entries


def test_an_entry_of_the_contents_is_one_link():
    words = (
        "As ",
        cross("fig-a"),
        " and ",
        b.Emphasis(inlines(b.Link("https://example.org", inlines("they"), span=SPAN)), span=SPAN),
        " say",
    )
    long = tuple(heading(1, f"sec-{number}", f"Part {number}") for number in range(5))
    page = read(rich(blocks=(heading(1, "sec-x", *words), *long)))
    links = [
        (text, above) for tag, _, above, text in page.elements if tag == "a" and "nav" in above
    ]

    assert "".join(links[0][0]) == "1. As Figure ? and they say"
    assert not any("a" in above for _, above in links)
    assert len(links) == 6


def test_no_list_counts_its_items():
    page, numbers = read(rich()), ["3", "4", "2", "3"]
    assert [attrs["value"] for attrs, _ in page.all("li") if "value" in attrs] == numbers
    printed = read_print(rich())
    assert [attrs["style"] for attrs, _ in printed.all("li") if "style" in attrs] == [
        f"list-style-type:'{number}. '" for number in numbers
    ]


def test_a_footnote_stands_at_its_call_in_print_and_at_the_end_on_screen():
    screen, printed = read(rich()), read_print(rich())
    assert "The scope" not in " ".join(text for _, text in screen.all("p") if "strong" in text)
    assert "The scope" in " ".join(text for _, text in printed.all("p") if "strong" in text)
    assert not [attrs for attrs, _ in printed.all("section") if "footnotes" in attrs["class"]]


def test_back_references_lead_to_the_citation():
    entry = read(rich()).of_class("reference")[0]
    assert entry[1].endswith("Cited in Executive summary, Conclusion")


def test_a_draft_says_so_and_marks_what_is_unresolved():
    blocks = (par("Nothing ", cite("1", "nobody"), cross("fig-none")),)
    page = read(with_draft(rich(blocks=blocks)))
    assert page.of_class("draft-label")[0][1] == "DRAFT"
    assert [text for _, text in page.of_class("unresolved")] == ["[?]", "Figure ?"]
    assert not read(rich()).of_class("draft-label")


def test_a_code_block_keeps_its_first_empty_line():
    assert [text for _, text in read(rich()).all("code")][1] == "\nif a < b:\n    pass\n"

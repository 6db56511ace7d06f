"""A brief with every construct of the tree, for tests of the writers."""

import datetime
from io import BytesIO
from itertools import count

from msgspec.structs import replace

from pipeline import model as b
from pipeline.diagnostics import Span
from pipeline.marks import PRESETS
from pipeline.model.references import Date, Name, Reference, Run, library_of
from pipeline.project.stages import prepare

ITEMS = count(1)
SPAN = Span.on_line("rich.md", 1, 1, 1)
SVG = (
    b'<svg xmlns="http://www.w3.org/2000/svg" width="300" height="120">'
    b'<rect width="300" height="120" fill="#0b4f6c"/></svg>'
)
PROSE = (
    "The cabinet approved the procurement framework after a review that compared supply "
    "contracts, shipping distances and the resilience of the terminals on both coasts of the "
    "ocean, and it published the method with the figures so that others can repeat it. "
)
KEYS = ("lee", "okoye", "müller 2024", "100%sure", "a/b#c", "six", "seven", "eight", "nine")


def png():
    from PIL import Image

    content = BytesIO()
    Image.new("RGB", (60, 30), "#eef4f7").save(content, "PNG")
    return content.getvalue()


def inlines(*items):
    return tuple(b.Text(item, span=SPAN) if isinstance(item, str) else item for item in items)


def par(*items):
    return b.Paragraph(inlines(*items), span=SPAN)


def cite(anchor, *keys):
    """Return a citation; a key may come with a page: ("lee", "4")."""
    pairs = [(key, None) if isinstance(key, str) else key for key in keys]
    cites = tuple(
        b.Cite(key, locator=b.Locator("page", page) if page else None, span=SPAN)
        for key, page in pairs
    )
    return b.Citation(b.Anchor("citation", str(anchor)), cites, span=SPAN)


def cross(anchor):
    return b.CrossReference(b.Anchor.parse(anchor), span=SPAN)


def footnote(name, *blocks):
    blocks = tuple(par(block) if isinstance(block, str) else block for block in blocks)
    return b.Footnote(b.Anchor("footnote", name), blocks, span=SPAN)


def heading(level, anchor, *items, numbered=True):
    return b.Heading(level, b.Anchor.parse(anchor), inlines(*items), numbered, span=SPAN)


def listed(*items, ordered=False, start=1, tight=True):
    return b.List(
        ordered,
        start,
        tight,
        tuple(
            b.ListItem(
                (par(item),) if isinstance(item, str) else item,
                anchor=b.Anchor("item", str(next(ITEMS))) if ordered else None,
                span=SPAN,
            )
            for item in items
        ),
        span=SPAN,
    )


def part(kind, *blocks, title=()):
    return b.Part(kind, inlines(*title), blocks, span=SPAN)


def table(anchor, caption, head, rows):
    def cells(row):
        return tuple(b.Cell(inlines(cell), span=SPAN) for cell in row)

    sides = ("left", *("right",) * (len(head) - 1))
    return b.Table(
        b.Anchor.parse(anchor),
        inlines(*caption),
        (),
        (cells(head),),
        tuple(map(cells, rows)),
        sides,
        span=SPAN,
    )


def reference(key):
    return Reference(
        key,
        "report",
        {"title": (Run(f"The report of {key}"),)},
        {"author": (Name("Lee", "Ann"),)},
        {"issued": Date(((2024, 3, 5),))},
        f"@report{{{key},\n  title = {{The report of {key}}},\n}}",
        span=SPAN,
    )


LIBRARY = library_of({key: reference(key) for key in KEYS})
LONG_TABLE = table(
    "tbl-long",
    ("Forty commodities ", cite("7", "eight")),
    ("Commodity", "Value"),
    [(f"Commodity {row}", str(row)) for row in range(1, 41)],
)
STEPS = listed("measure", (par("count"), listed("by day", "by night")), ordered=True, start=2)
LISTS_IN_CELLS = b.Table(
    "tbl-lists",
    (),
    (),
    ((b.Cell(inlines("Who"), span=SPAN), b.Cell(inlines("What"), span=SPAN)),),
    (
        (b.Cell(inlines("Town"), span=SPAN), b.Cell((), (listed("roads", "drains"),), span=SPAN)),
        (
            b.Cell((), (par("State"), par("and province")), span=SPAN),
            b.Cell((), (STEPS, b.CodeBlock("x = 1\n", span=SPAN)), span=SPAN),
        ),
    ),
    ("left", "left"),
    span=SPAN,
)
BLOCKS = (
    part("summary", par("Distance agrees ", cite("1", "lee", ("okoye", "3-5")), ". ", PROSE)),
    part("key-findings", listed("One finding", "Another")),
    part("claim", par("All of it."), part("verdict", par("Half true"))),
    heading(1, "sec-why", "Why now ", cite("2", "müller 2024")),
    par(
        PROSE * 6, "See ", cross("fig-a"), ", ", cross("tbl-long"), " and ", cross("sec-cost"), "."
    ),
    par(
        b.Strong(inlines("strong"), span=SPAN),
        b.Emphasis(inlines("emphasis"), span=SPAN),
        b.Strikethrough(inlines("gone"), span=SPAN),
        b.Superscript(inlines("2"), span=SPAN),
        b.Subscript(inlines("3"), span=SPAN),
        b.Passage(inlines("mot juste"), "fr", span=SPAN),
        b.Passage(inlines("منطقة المحيط الهادئ"), "ar", span=SPAN),
        b.Code("a < b", span=SPAN),
        b.LineBreak(span=SPAN),
        b.Link("https://example.org/?a=1&b=2", inlines("a page"), span=SPAN),
        b.Link(
            b.Anchor("section", "cost"),
            inlines("the costs ", cite("3", "okoye"), " below"),
            span=SPAN,
        ),
        footnote("scope", "The scope is four years."),
    ),
    b.Figure(
        b.Anchor.parse("fig-a"),
        b.Image("chart.svg", "A bar", span=SPAN),
        inlines("Exports ", cite("4", "100%sure")),
        span=SPAN,
    ),
    heading(2, "sec-sub", "Steps"),
    listed("load", (par("cross"), listed("north", "south")), ordered=True, start=3),
    par(PROSE, footnote("list", "Two things:", listed("one", "two"))),
    heading(1, "sec-cost", "What it costs"),
    par(PROSE * 2, footnote("price", "Prices are delivered."), cite("5", "a/b#c", "six", "seven")),
    LONG_TABLE,
    par(PROSE, footnote("round", "Rounded."), PROSE, footnote("annex", PROSE), PROSE),
    b.Quote((par("A contract is only as good as its port."),), span=SPAN),
    b.DefinitionList(
        (b.Definition(inlines("FOB"), ((par("free on board"),), (par("risk"),)), span=SPAN),),
        span=SPAN,
    ),
    b.CodeBlock("\nif a < b:\n    pass\n", "python", span=SPAN),
    LISTS_IN_CELLS,
    b.ThematicBreak(span=SPAN),
    heading(1, "sec-law", "Law"),
    par(
        PROSE * 2,
        footnote("law", "With a pact."),
        b.FootnoteReference(b.Anchor("footnote", "law"), span=SPAN),
    ),
    b.Figure(
        b.Anchor.parse("fig-b"),
        b.Image("photo.png", "A ground", b.length_of("50%"), span=SPAN),
        (),
        span=SPAN,
    ),
    b.List(
        False,
        1,
        True,
        (
            b.ListItem((par("signed"),), True, span=SPAN),
            b.ListItem((par("open"),), False, span=SPAN),
        ),
        span=SPAN,
    ),
    heading(1, "sec-defence", "Defence"),
    par(PROSE * 9),
    part("callout", par(PROSE), title=("How we counted",)),
    heading(1, "sec-next", "What next"),
    par(PROSE * 8, footnote("next", "Soon."), PROSE),
    heading(1, "sec-end", "Conclusion", numbered=False),
    par(PROSE, cite("6", "lee", "nine")),
    part("follow-ups", listed("What then?")),
)
FRONT = b.FrontMatter(
    title=inlines("Why Japan chooses Canada: gas & trust"),
    subtitle=inlines("A fact check"),
    disclaimer=inlines("Checked against public sources."),
    checked_on=datetime.date(2026, 1, 28),
    lang="en-GB",
    edition="2",
    authors=(b.Person("Ann Lee", affiliation="Policy Institute"),),
    keywords=("Japan", "Canada"),
    licence="CC BY 4.0",
    paper="a4",
    marks="separate",
    citation_style="ieee",
    span=SPAN,
)
IMAGES = (
    b.ImageFile("chart.svg", "image/svg+xml", SVG, 300, 120),
    b.ImageFile("photo.png", "image/png", png(), 60, 30),
)
BRIEF = b.Brief("rich", FRONT, BLOCKS, IMAGES, "# Why Japan chooses Canada\n", span=SPAN)


def rich(*, blocks=BLOCKS, images=IMAGES, **front):
    """Return the brief numbered, with other blocks or front matter if asked for."""
    changed = replace(BRIEF, blocks=blocks, images=images, front=replace(FRONT, **front))
    return prepare(changed, LIBRARY, PRESETS[changed.front.marks])[0]

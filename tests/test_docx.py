"""The Word file: live numbers, native constructs, and bytes that do not change by themselves."""

import datetime
from dataclasses import replace
from pathlib import Path

from pipeline import brief as b
from pipeline.diagnostics import Span
from pipeline.marks import PRESETS
from pipeline.numbering import number, with_draft
from pipeline.ooxml import (
    NAMESPACES,
)
from pipeline.references import Date, Name, Reference, Run, library_of
from pipeline.styles import load_styles
from pipeline.writers.docx import write_docx

ROOT = Path(__file__).parents[1]
VALIDATOR = ROOT / "node_modules" / ".bin" / "ooxml-validator"
SPAN = Span("brief.md", 1, 1, 1)
STYLES = load_styles(None)[0]
W = f"{{{NAMESPACES['w']}}}"

PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de"
    "0000000c4944415408d763f8cfc000000301010018dd8db00000000049454e44ae426082"
)
SVG = (
    b'<svg xmlns="http://www.w3.org/2000/svg" width="200" height="100">'
    b'<rect width="200" height="100" fill="#0b4f6c"/></svg>'
)


# Trees ------------------------------------------------------------------------------------------


def text(words):
    return b.Text(words, span=SPAN)


def cite(*keys, anchor="cite-1", locator=None):
    cites = tuple(b.Cite(key, locator=locator, span=SPAN) for key in keys)
    return b.Citation(anchor, cites, span=SPAN)


def inlines(*items):
    return tuple(text(item) if isinstance(item, str) else item for item in items)


def par(*items):
    return b.Paragraph(inlines(*items), span=SPAN)


def heading(level, anchor, *items, numbered=True):
    return b.Heading(level, anchor, inlines(*items), numbered, span=SPAN)


def bullets(*items, ordered=False, start=1, tight=True, checked=None):
    blocks = [item if isinstance(item, tuple) else (par(item),) for item in items]
    boxes = checked or [None] * len(blocks)
    listed = tuple(b.ListItem(x, box, span=SPAN) for x, box in zip(blocks, boxes, strict=True))
    return b.List(ordered, start, tight, listed, span=SPAN)


def footnote(label, *items):
    return b.Footnote(f"fn-{label}", (par(*items),), span=SPAN)


def figure(anchor, src, caption, alt="A chart", width=""):
    image = b.Image(src, alt, width, span=SPAN)
    return b.Figure(anchor, image, inlines(*caption), span=SPAN)


def table(anchor, caption, head, *rows, alignments=None):
    def cells(words):
        return tuple(b.Cell(inlines(word), span=SPAN) for word in words)

    sides = alignments or ("",) * len(head)
    body = tuple(map(cells, rows))
    return b.Table(anchor, inlines(*caption), cells(head), body, sides, span=SPAN)


def part(kind, *blocks, title=(), lang=""):
    return b.Part(kind, inlines(*title), blocks, lang, span=SPAN)


def xref(anchor):
    return b.CrossReference(anchor, span=SPAN)


def reference(key, title="A title", **fields):
    values = {"title": (Run(title),), "publisher": (Run("A publisher"),)}
    values |= {name: (Run(value),) for name, value in fields.items()}
    names = {"author": (Name("Smith", "Ann"), Name(literal="The Office"))}
    issued = {"issued": Date(((2021, 5, 4),))}
    return Reference(key, "report", values, names, issued, span=SPAN)


LIBRARY = library_of(
    {
        "smith2021": reference("smith2021", "Tenure", URL="https://example.org/a?b=1&c=2"),
        "lee2019": reference("lee2019", "Rent & tax"),
        "Lee2019": reference("Lee2019", "Another Lee"),
        "iea_2022": reference("iea_2022", "Heat pumps"),
        "ons:2023/x": reference("ons:2023/x", "Rents"),
    }
)

FRONT = b.FrontMatter(
    title=(text("Heat pumps"),),
    subtitle=(text("Who pays"),),
    checked_on=datetime.date(2026, 1, 28),
    lang="en-GB",
    authors=(b.Person("Ann Author", affiliation="Institute"),),
    keywords=("heat", "homes"),
    paper="a4",
    marks="separate",
    citation_style="ieee",
    span=SPAN,
)

IMAGES = (
    b.ImageFile("chart.png", "image/png", PNG, 400, 300),
    b.ImageFile("plan.svg", "image/svg+xml", SVG, 200, 100),
)


def numbered_brief(*blocks, marks="separate", images=IMAGES, library=LIBRARY, **front):
    completed = replace(FRONT, marks=marks, **front)
    brief = b.Brief("heat", completed, blocks, images, "# source\n", span=SPAN)
    return number(brief, library, PRESETS[marks])[0]


def written(*blocks, draft=False, **options):
    found = numbered_brief(*blocks, **options)
    return write_docx(with_draft(found) if draft else found, STYLES)


RICH = (
    part(
        "summary",
        par("Pumps pay ", cite("smith2021", "lee2019"), "."),
        bullets("First point", "Second point"),
    ),
    part("key-findings", bullets("A finding ", "Another"), title=("What we found",)),
    heading(1, "sec-cost", "What it costs ", cite("smith2021", anchor="cite-2")),
    par(
        "See ",
        xref("fig-cost"),
        ", ",
        xref("tbl-cost"),
        " and ",
        xref("sec-more"),
        footnote("a", "A note ", cite("iea_2022", anchor="cite-3")),
        ", again",
        b.FootnoteReference("fn-a", span=SPAN),
        ".",
    ),
    figure("fig-cost", "chart.png", ("Costs ", cite("ons:2023/x", anchor="cite-4"))),
    table(
        "tbl-cost",
        ("Costs by year",),
        ("Year", "Cost"),
        ("2021", "4"),
        ("2022", "5"),
        alignments=("left", "right"),
    ),
    par("After the table."),
    heading(2, "sec-more", "More & <b>more</b>"),
    bullets("one", ("two" and (par("two"), bullets("a", "b", ordered=True, start=3))), "three"),
    bullets("x", "y", ordered=True),
    bullets("done", "open", checked=[True, False]),
    b.DefinitionList(
        (b.Definition(inlines("Term"), ((par("What it means."),),), span=SPAN),), span=SPAN
    ),
    b.Quote((par("Quoted words."), bullets("in a quote")), span=SPAN),
    b.CodeBlock("def f():\n\treturn 1\n", "python", span=SPAN),
    b.ThematicBreak(span=SPAN),
    figure("fig-plan", "plan.svg", ("The plan",), alt="A plan", width="40%"),
    heading(1, "sec-end", "Conclusion", numbered=False),
    par(
        b.Strong(inlines("Bold ", b.Emphasis(inlines("both"), span=SPAN)), span=SPAN),
        b.Passage(inlines("mot juste"), "fr", span=SPAN),
        b.Link("https://example.org/", inlines("a link"), span=SPAN),
        b.Link("#sec-cost", inlines("an inner link"), span=SPAN),
        b.Code("x = 1", span=SPAN),
        b.LineBreak(span=SPAN),
        cite("Lee2019", anchor="cite-5", locator=b.Locator("page", "3--5")),
    ),
    part("callout", par("Mind the gap."), title=("Note",)),
    part("follow-ups", bullets("What next?")),
)

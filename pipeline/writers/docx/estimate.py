"""Estimate page numbers, which are printed until Word updates their fields.

Lines are estimated from the number of characters and from the sizes and spaces of the styles, page
by page as Word fills them. What no style says, as the height of a formula, is a fair guess.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from math import ceil
from typing import assert_never

from msgspec import Struct, field

from ...contents import before_and_after, contents_entries, has_contents_on_pages
from ...model import (
    BIBLIOGRAPHY,
    Anchor,
    Block,
    Blocks,
    Cell,
    Chart,
    Citation,
    Code,
    CodeBlock,
    DefinitionList,
    DeletedBlocks,
    Equation,
    Figure,
    Footnote,
    Heading,
    ImageFile,
    Inlines,
    InsertedBlocks,
    List,
    Node,
    Paragraph,
    Part,
    Quote,
    Table,
    Text,
    ThematicBreak,
)
from ...numbering import NumberedBrief
from ...styles import House
from ...table_sizes import paragraphs_of
from ...text import wide_characters
from .paper import text_size
from .pictures import picture_size
from .style_metrics import StyleMetrics, style_metrics
from .style_rule import PART_STYLES
from .tables import PADDING, SHORT, column_widths

_CHARACTER = 0.42  # mean width of a character, in its size; an East Asian one has all of it
_MARK = 4.5  # characters of one number in brackets
_EMU = 12700  # to the point
_AROUND_ROW = 6.2  # points above and below the text of a row, with its rule
_INSET = 18.0  # points of a list or a definition


def estimated_pages(numbered: NumberedBrief, house: House, text_width: int) -> Mapping[Anchor, str]:
    """Return the page of each citation, heading and of the list of references by its anchor.

    `text_width` is in twips.
    """
    front = numbered.brief.front
    height = text_size(house, front.paper or house.paper, front.lang)[1] / 20
    images = {image.src: image for image in numbered.brief.images}
    pages = _Pages(numbered, text_width / 20, height, images, style_metrics(house, text_width))
    return {anchor: str(page) for anchor, page in pages.filled().items()}


class _Pages(Struct):
    """Pages while they are being filled, in points."""

    numbered: NumberedBrief
    width: float
    height: float
    images: Mapping[str, ImageFile]
    metrics: Mapping[str, StyleMetrics]
    found: dict[Anchor, int] = field(default_factory=dict)
    page: int = 1
    used: float = 0.0
    after: float = 0.0  # the space below the last paragraph

    def filled(self) -> dict[Anchor, int]:
        brief = self.numbered.brief
        front = brief.front
        for style, inlines in (
            ("Title", front.title),
            ("Subtitle", front.subtitle),
            ("Author", ()),
            ("Date", ()),
            ("Disclaimer", front.disclaimer),
        ):
            if inlines or (style == "Author" and front.authors) or style == "Date":
                self.text(style, inlines)
        opening, rest = before_and_after(brief.blocks)
        self.blocks(opening)
        if has_contents_on_pages(self.numbered):
            for style in ("TOCHeading", *["TOC1"] * len(contents_entries(self.numbered))):
                self.text(style, ())
        self.blocks(rest)
        self.heading("Heading1", BIBLIOGRAPHY, ())
        return self.found

    # One paragraph -----------------------------------------------------------------------------

    def text(self, style: str, inlines: Inlines, inset: float = 0.0) -> None:
        """Fill in a paragraph, line by line, and note where its citations stand."""
        metrics = self.metrics[style]
        self.used += max(self.after, metrics.before) if self.used else 0.0
        room = max((self.width - metrics.inset - inset) / (metrics.size * _CHARACTER), 8.0)
        length, notes = 0.0, []
        for node in _shallow(inlines):
            if isinstance(node, Text | Code):
                length += len(node.text) + 1.3 * wide_characters(node.text)
            elif isinstance(node, Citation):
                length += _MARK * len(node.cites)
                self.found[node.anchor] = self.page_of(
                    int(length / room) * metrics.line + metrics.line
                )
            elif isinstance(node, Footnote):
                notes.append(node)
        self.fill(max(ceil(length / room), 1), metrics)
        for note in notes:
            self.blocks(note.blocks, "FootnoteText")

    def page_of(self, below: float) -> int:
        """Return the page of content that ends this far below what is filled."""
        return self.page + int(max(self.used + below - 0.1, 0.0) // self.height)

    def fill(self, lines: int, metrics: StyleMetrics) -> None:
        for _ in range(lines):
            if self.used + metrics.line > self.height:
                self.turn()
            self.used += metrics.line
        self.after = metrics.after

    def whole(self, height: float, metrics: StyleMetrics, following: float = 0.0) -> None:
        """Fill in content that does not break, and stays with this much of what follows."""
        self.used += max(self.after, metrics.before) if self.used else 0.0
        if self.used and self.used + height + following > self.height:
            self.turn()
        self.used += min(height, self.height)
        self.after = metrics.after

    def turn(self) -> None:
        self.page, self.used = self.page + 1, 0.0

    def heading(self, style: str, anchor: Anchor, inlines: Inlines) -> None:
        metrics, body = self.metrics[style], self.metrics["BodyText"]
        self.whole(metrics.line, metrics, 2 * body.line)
        self.found[anchor] = self.page
        self.cited(inlines)

    def cited(self, inlines: Inlines) -> None:
        """Note the citations of what has been filled in whole, and fill in its footnotes."""
        for node in _shallow(inlines):
            if isinstance(node, Citation):
                self.found[node.anchor] = self.page
            elif isinstance(node, Footnote):
                self.blocks(node.blocks, "FootnoteText")

    # Blocks ------------------------------------------------------------------------------------

    def blocks(self, blocks: Blocks, style: str = "BodyText", inset: float = 0.0) -> None:
        for block in blocks:
            self.block(block, style, inset)

    def block(self, block: Block, style: str, inset: float) -> None:
        figure = self.metrics["Figure"]
        match block:
            case Heading(level=level, anchor=anchor, inlines=inlines, new_page=new_page):
                if new_page and self.used:
                    self.turn()
                self.heading(f"Heading{min(level, 6)}", anchor, inlines)
            case Paragraph(inlines=inlines):
                self.text(style, inlines, inset)
            case List(items=items, tight=tight):
                for item in items:
                    self.blocks(item.blocks, style, inset + _INSET)
                    self.after = min(self.after, 3.0) if tight else self.after
                self.after = self.metrics[style].after
            case DefinitionList(items=definitions):
                for definition in definitions:
                    self.text("DefinitionTerm", definition.term, inset)
                    for described in definition.descriptions:
                        self.blocks(described, "Definition", inset)
            case CodeBlock(text=text):
                code = self.metrics["SourceCode"]
                self.used += max(self.after, code.before)
                self.fill(text.rstrip("\n").count("\n") + 1, code)
            case Quote(blocks=blocks):
                self.blocks(blocks, "Quote", inset)
            case InsertedBlocks(blocks=blocks):
                self.blocks(blocks, style, inset)
            case DeletedBlocks():
                pass
            case ThematicBreak():
                self.text("ThematicBreak", ())
            case Table():
                self.table(block, inset)
            case Figure(image=image):
                file = self.images.get(image.src)
                room = round(self.width * 20), round(self.height * 20)
                height = picture_size(image, file, *room)[1] / _EMU if file else 15.0
                self.above(block, height)
                self.whole(height, figure)
                self.below(block)
            case Chart():
                from ...charts import HEIGHT, WIDTH  # for briefs that have one

                height = self.width * HEIGHT / WIDTH
                self.above(block, height)
                self.whole(height, figure)
                self.below(block)
            case Equation(tex=tex):
                rows = 1 + tex.count(r"\\")
                self.whole((22 if r"\frac" in tex else 15) * rows, self.metrics["Equation"])
            case Part(kind=kind, blocks=blocks):
                turned = kind == "landscape" and self.used
                if turned:
                    self.turn()
                box = PART_STYLES.get(kind, "")
                title = self.metrics[f"{box}Title" if box else "PartTitle"]
                if kind != "callout":
                    self.whole(title.line, title, 2 * title.line)
                self.blocks(blocks, box or style, inset)
                if turned:
                    self.turn()
            case _:
                assert_never(block)

    def above(self, captioned: Figure | Chart | Table, height: float) -> None:
        """Fill in title and subtitle, on the page on which as much as `height` fits below them."""
        if self.used + 30.0 + height > self.height:
            self.turn()
        for style, inlines in (
            ("Caption", captioned.caption),
            ("FigureSubtitle", captioned.subtitle),
        ):
            if inlines:
                self.text(style, inlines)

    def below(self, captioned: Figure | Chart | Table) -> None:
        for style, inlines in (
            ("FigureSource", captioned.source),
            ("FigureNotes", captioned.notes),
        ):
            if inlines:
                self.text(style, inlines)

    def table(self, table: Table, inset: float) -> None:
        metrics = self.metrics["TableText"]
        widths = column_widths(table, int((self.width - inset) * 20), metrics.size)
        rows = [*filter(any, (*table.head, *table.rows))]
        heights = [self.lines_of(row, widths, metrics) * metrics.line + _AROUND_ROW for row in rows]
        self.above(table, sum(heights[: None if len(table.rows) <= SHORT else 2]))
        for row, height in zip(rows, heights, strict=True):
            self.whole(height, metrics)
            for line in (line for cell in row for line in paragraphs_of(cell)):
                self.cited(line)
        self.after = 10.0
        self.below(table)

    def lines_of(self, row: tuple[Cell, ...], widths: list[int], metrics: StyleMetrics) -> int:
        def lines(cell: Cell, width: int) -> int:
            room = max((width - PADDING) / 20 / (metrics.size * _CHARACTER), 1.0)
            return sum(max(ceil(_characters(line) / room), 1) for line in paragraphs_of(cell))

        rooms = (sum(widths[i : i + max(cell.across, 1)]) for i, cell in enumerate(row))
        return max(1, *map(lines, row, rooms))


def _characters(inlines: Inlines) -> int:
    return sum(len(node.text) for node in _shallow(inlines) if isinstance(node, Text | Code))


def _shallow(inlines: Inlines) -> Iterable[Node]:
    """Yield the nodes of a line; a footnote is one node, as its text is elsewhere."""
    for inline in inlines:
        if isinstance(inline, Footnote):
            yield inline
        elif isinstance(inline, Citation):
            yield inline
            for cite in inline.cites:
                yield from _shallow((*cite.prefix, *cite.suffix))
        elif hasattr(inline, "inlines"):
            yield from _shallow(inline.inlines)
        else:
            yield inline

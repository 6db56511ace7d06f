"""The nodes of a document tree: inlines run within a line, blocks follow one below the other.

Terms follow pandoc (block, inline, heading, figure) and CSL (a citation holds cites).
"""

from __future__ import annotations

from .anchors import Anchor
from .enumerators import Enumerator
from .leaves import (
    Code,
    CodeBlock,
    CrossReference,
    Equation,
    FootnoteReference,
    Image,
    LineBreak,
    Math,
    Node,
    Text,
    ThematicBreak,
)
from .values import Alignment, Change, ChartKind, Locator, Series

# Inlines ---------------------------------------------------------------------------------------


class Emphasis(Node, frozen=True):
    inlines: Inlines


class Strong(Node, frozen=True):
    inlines: Inlines


class Strikethrough(Node, frozen=True):
    inlines: Inlines


class Superscript(Node, frozen=True):
    inlines: Inlines


class Subscript(Node, frozen=True):
    inlines: Inlines


class Passage(Node, frozen=True):
    """Words in a language other than the brief's: `[mot juste]{lang=fr}`."""

    inlines: Inlines
    lang: str  # BCP 47


class Link(Node, frozen=True):
    """`href` is an address that `text.link_target` allows, or an anchor of this brief."""

    href: str | Anchor
    inlines: Inlines


class Cite(Node, frozen=True):
    """One key of a citation. `suffix` begins with the space or comma that was written."""

    key: str
    prefix: Inlines = ()
    locator: Locator | None = None
    suffix: Inlines = ()

    @property
    def anchor(self) -> Anchor:
        """The bibliography entry that is cited."""
        return Anchor("reference", self.key)


class Citation(Node, frozen=True):
    """One bracket, `[see @smith2021, p. 4; @lee2019]`, or `@smith2021` in the running text.

    Links back from the bibliography lead to `anchor`.
    """

    BESIDE = ("span", "source")

    anchor: Anchor
    cites: tuple[Cite, ...]
    narrative: bool = False  # a part of its sentence: `@smith2021 says`
    source: str = ""  # as written


class Footnote(Node, frozen=True):
    """The first call of a footnote, with its text."""

    anchor: Anchor
    blocks: Blocks


class Inserted(Node, frozen=True):
    """Words that the older of two editions lacks; only in a redline."""

    inlines: Inlines


class Deleted(Node, frozen=True):
    """Words that only the older of two editions has. `walk` and `plain` do not enter them."""

    inlines: Inlines


Formatted = Emphasis | Strong | Strikethrough | Superscript | Subscript | Passage | Link
Changed = Inserted | Deleted
Pointing = Citation | CrossReference | Footnote | FootnoteReference
Inline = Text | LineBreak | Code | Math | Image | Formatted | Pointing | Changed
Inlines = tuple[Inline, ...]

# Blocks ----------------------------------------------------------------------------------------


class Heading(Node, frozen=True):
    """`level` 1 is a section of the brief, however many `#` the source uses for it."""

    level: int
    anchor: Anchor
    inlines: Inlines
    numbered: bool = True
    new_page: bool = False  # begins a page in print and in Word


class Paragraph(Node, frozen=True):
    BESIDE = ("span", "anchor")

    inlines: Inlines
    anchor: Anchor | None = None  # of one that has a number


class ListItem(Node, frozen=True):
    blocks: Blocks
    checked: bool | None = None  # a task: done, to do, or no task at all
    anchor: Anchor | None = None  # of an item of an ordered list


class List(Node, frozen=True):
    ordered: bool
    start: int  # the number of its first item, as written
    tight: bool
    items: tuple[ListItem, ...]
    enumerator: Enumerator = Enumerator()  # of an ordered list


class Definition(Node, frozen=True):
    term: Inlines
    descriptions: tuple[Blocks, ...]


class DefinitionList(Node, frozen=True):
    items: tuple[Definition, ...]


class Quote(Node, frozen=True):
    blocks: Blocks


class Cell(Node, frozen=True):
    """A line of text, or blocks: paragraphs, lists, code.

    It reaches over columns (`across`) and rows (`down`). A place that it reaches has a cell as
    well, without content: `down` is 0 in its first column below, `across` in all other places.
    """

    inlines: Inlines
    blocks: Blocks = ()
    across: int = 1
    down: int = 1

    @property
    def has_content(self) -> bool:
        return bool(self.inlines or self.blocks)

    @property
    def is_reached(self) -> bool:
        """Whether another cell reaches over its place."""
        return not (self.across and self.down)


Row = tuple[Cell, ...]


class Table(Node, frozen=True):
    """Every row has as many cells as `alignments`. Without a caption it has no number.

    Source and notes, as of figures and charts, are printed below, as written. The first cell of a
    row is its head where the author says so (`row_heads`), or where the corner above is empty.
    """

    anchor: Anchor
    caption: Inlines
    subtitle: Inlines
    head: tuple[Row, ...]
    rows: tuple[Row, ...]
    alignments: tuple[Alignment, ...]
    source: Inlines = ()
    notes: Inlines = ()
    changes: tuple[Change | None, ...] = ()  # of its rows, in a redline
    row_heads: bool = False

    @property
    def has_head(self) -> bool:
        return any(cell.has_content for row in self.head for cell in row)

    @property
    def has_row_heads(self) -> bool:
        under_corner = self.has_head and not any(row[0].has_content for row in self.head)
        return self.row_heads or (under_corner and any(row[0].has_content for row in self.rows))


class Figure(Node, frozen=True):
    """An image with a caption, its title, and a subtitle. Without a caption it has no number."""

    anchor: Anchor
    image: Image
    caption: Inlines
    subtitle: Inlines = ()
    source: Inlines = ()
    notes: Inlines = ()


class Chart(Node, frozen=True):
    """A chart with its data, numbered as a figure; without a caption it has no number.

    Every series has as many values as there are categories; those of a scatter chart are numbers.
    """

    anchor: Anchor
    kind: ChartKind
    caption: Inlines
    subtitle: Inlines
    alt: str
    heading: str  # of the categories, as the data names them
    categories: tuple[str, ...]
    series: tuple[Series, ...]
    x_title: str = ""
    y_title: str = ""
    unit: str = ""
    source: Inlines = ()
    notes: Inlines = ()


# Parts that make up a brief: they have a title by term.
MAIN_PARTS = ("summary", "key-findings", "follow-ups", "claim", "corrections")


class Part(Node, frozen=True):
    """A fenced part: `::: summary`. The house style names it, unless the author gave a title."""

    kind: str  # one of the parts that the guide for authors names, "landscape", or ""
    title: Inlines
    blocks: Blocks
    lang: str = ""


class InsertedBlocks(Node, frozen=True):
    """Blocks that the older of two editions lacks; `moved` if it has them elsewhere."""

    blocks: Blocks
    moved: bool = False


class DeletedBlocks(Node, frozen=True):
    """Blocks that only the older of two editions has here: see `Deleted`."""

    blocks: Blocks
    moved: bool = False


Block = (
    Heading | Paragraph | List | DefinitionList | CodeBlock | Quote | ThematicBreak | Table | Figure
    | Chart | Equation | Part | InsertedBlocks | DeletedBlocks
)  # fmt: skip
Blocks = tuple[Block, ...]

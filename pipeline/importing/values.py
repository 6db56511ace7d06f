"""What a Word file from elsewhere says, and what was lost on the way, as values."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Literal

from msgspec import Struct, field
from msgspec.structs import replace

from ..readers.docx import PLAIN, Format


class Words(Struct, frozen=True):
    text: str
    format: Format = PLAIN


class Break(Struct, frozen=True):
    """A line break."""


class Call(Struct, frozen=True):
    """The call of a footnote or an endnote."""

    note: str  # "footnote 2": kind and id


class Picture(Struct, frozen=True):
    """A picture: the name of its part, and of the vector drawing that it stands for, if any."""

    part: str
    alt: str = ""
    width: float = 0.0  # in cm; 0 if the file does not say
    vector: str = ""


class Formula(Struct, frozen=True):
    tex: str
    display: bool = False


class Work(Struct, frozen=True):
    """A work that a field cites. `source` is its key among the works that were found."""

    source: str
    prefix: str = ""
    locator: str = ""
    label: str = "page"  # CSL's word for the kind of locator
    suffix: str = ""
    suppress_author: bool = False


class Cited(Struct, frozen=True):
    """A citation: the works of one mark, and what the file prints for it."""

    works: tuple[Work, ...]
    shown: str
    format: Format = PLAIN


class Pointer(Struct, frozen=True):
    """A field that repeats what stands at a bookmark: REF, PAGEREF or NOTEREF."""

    kind: str
    bookmark: str
    shown: str
    format: Format = PLAIN


class Count(Struct, frozen=True):
    """A field that counts (SEQ), and what it shows."""

    sequence: str
    shown: str


Piece = Words | Break | Call | Picture | Formula | Cited | Pointer | Count

Kind = Literal[
    "text", "title", "subtitle", "author", "date", "heading", "quote", "code", "caption",
    "reference", "rule", "continued", "term", "definition",
]  # fmt: skip


class Item(Struct, frozen=True):
    """A place in a list. Items with one `list` belong together."""

    list: str
    level: int
    number: int = 0  # 0: a bullet
    format: str = ""  # "decimal", "lowerLetter", …: as in Word (17.18.59)
    before: str = ""
    after: str = "."
    box: str = ""  # of a task: "x" if it is done, else " "


class Paragraph(Struct, frozen=True):
    kind: Kind
    pieces: tuple[Piece, ...]
    level: int = 0  # of a heading, from 1
    item: Item | None = None
    bookmarks: tuple[str, ...] = ()
    alignment: str = ""  # "left", "center" or "right", where it says so
    indent: int = 0  # twips
    numbered: bool = False  # a heading, or text of ours, that Word numbers
    place: Place = field(default_factory=lambda: Place())
    captioned: str = ""  # by a caption: "table" or "figure", if its style says so
    unnumbered: bool = False  # a heading without a number among others with numbers

    @property
    def text(self) -> str:
        return "".join(map(text_of, self.pieces))


class Cell(Struct, frozen=True):
    blocks: tuple[Block, ...]
    column: int
    across: int = 1
    down: int = 1  # 0: a cell above reaches over it


class Row(Struct, frozen=True):
    cells: tuple[Cell, ...]
    is_head: bool = False


class Table(Struct, frozen=True):
    rows: tuple[Row, ...]
    place: Place

    @property
    def columns(self) -> int:
        return max((c.column + c.across for row in self.rows for c in row.cells), default=0)


Block = Paragraph | Table


class Place(Struct, frozen=True):
    """Where something stood: the heading above it, and which paragraph it is, from 1."""

    heading: str = ""
    paragraph: int = 0
    near: str = ""  # the first words of the paragraph


class Loss(Struct, frozen=True):
    """What the brief does not say as the Word file did.

    verdict
    "lost"     is not in the brief: `text` is what it said
    "changed"  is said in another way
    "check"    was taken from where it may be wrong
    "made"     is left out because the build makes it
    """

    verdict: Literal["lost", "changed", "check", "made"]
    kind: str
    message: str
    place: Place = Place()
    text: str = ""


class Source(Struct, frozen=True):
    """A work as a field or the file describes it: values of CSL-JSON, with a key if it has one."""

    values: Mapping[str, object]
    key: str = ""


class Document(Struct, frozen=True):
    """A Word file as it was read. `notes` by "footnote 2"."""

    blocks: tuple[Block, ...]
    notes: Mapping[str, tuple[Block, ...]] = field(default_factory=dict)
    sources: Mapping[str, Source] = field(default_factory=dict)  # by `Work.source`
    media: Mapping[str, bytes] = field(default_factory=dict)  # by name of the part
    note_calls: Mapping[str, str] = field(default_factory=dict)  # by bookmark of the call
    properties: Mapping[str, str] = field(default_factory=dict)
    lang: str = ""
    losses: tuple[Loss, ...] = ()


def paragraphs_of(blocks: Iterable[Block]) -> Iterator[Paragraph]:
    """Yield the paragraphs of blocks, those in the cells of tables too."""
    for block in blocks:
        if isinstance(block, Table):
            for row in block.rows:
                for cell in row.cells:
                    yield from paragraphs_of(cell.blocks)
        else:
            yield block


def with_pieces(block: Block, change: Callable[[Paragraph], tuple[Piece, ...]]) -> Block:
    """Return a block whose paragraphs, those in cells too, have the pieces that `change` makes."""
    if isinstance(block, Paragraph):
        return block if block.kind == "code" else replace(block, pieces=change(block))
    rows = []
    for row in block.rows:
        within = (tuple(with_pieces(b, change) for b in cell.blocks) for cell in row.cells)
        cells = (
            replace(cell, blocks=blocks) for cell, blocks in zip(row.cells, within, strict=True)
        )
        rows.append(replace(row, cells=tuple(cells)))
    return replace(block, rows=tuple(rows))


def text_of(piece: Piece) -> str:
    """Return what a piece prints as text."""
    match piece:
        case Words(text=text):
            return text
        case Break():
            return "\n"
        case Cited(shown=shown) | Pointer(shown=shown) | Count(shown=shown):
            return shown
        case Call() | Picture() | Formula():
            return ""

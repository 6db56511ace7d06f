"""How large a table is, in characters: what its columns need, and whether a row may be too tall.

Both printed outputs go by it: Word is told the widths of columns, and CSS which tables and rows
have to break.
"""

from __future__ import annotations

from collections.abc import Iterator
from math import ceil

from .model import (
    Blocks,
    Cell,
    Cite,
    CodeBlock,
    Deleted,
    Inlines,
    List,
    Paragraph,
    Row,
    Table,
    Text,
    plain,
    walk,
)
from .text import wide_characters

_CHARACTERS_PER_CITE = 5
_LINES_OF_BLOCK = 10  # of a picture, a formula or a table in a cell
_TALLEST = 20  # lines of a row that is kept on one page
_CHARACTER = 0.55  # width of a character, bold ones and capitals among them, in em
# Widths of letters, those of a bold sans serif; all others are of middling width.
_BREADTHS = (
    ("MWm@%—", 1.65),
    ("ABCDGHKNOQRUw&", 1.35),
    ("EPSVXYZ", 1.2),
    ("FJLTbdghnopqu", 1.1),
    ("r", 0.7),
    ("Ifijlt.,:;'’()[]|!/-", 0.65),
)
_TIGHT, _TIGHT_PADDING = 0.9, 0.7  # of the usual size of letters; in em
_PADDING = 1.2  # left and right of the text of a cell, in em
_LINE = 66  # characters of a line across the page
_NARROW = 4  # columns that fit a line of text
_MEASURE = 30  # em of the text of tables that a line of text is wide, at least


def longest_words(table: Table) -> list[float]:
    """Return the width of the longest word of each column, in characters of middling width."""
    return [
        max((_breadth(word) for cell in cells for word in _words(cell)), default=0.0)
        for cells in _columns(table)
    ]


def longest_lines(table: Table) -> list[int]:
    """Return the characters of the longest line of each column."""
    return [max(map(_length, cells), default=0) for cells in _columns(table)]


def least_width(table: Table, tight: bool = False) -> float:
    """Return the width that a table needs to break no word, in em.

    One that is `tight` has smaller letters and less room beside them.
    """
    padding = _TIGHT_PADDING if tight else _PADDING
    width = sum(_CHARACTER * word + padding for word in longest_words(table))
    return width * _TIGHT if tight else width


def is_wide(table: Table) -> bool:
    """Say whether a table needs more room than a line of text has, and begins in the gutter."""
    return len(table.alignments) > _NARROW or least_width(table) > _MEASURE


def is_joined(row: Row) -> bool:
    """Say whether a cell of the row above reaches into a row."""
    return any(cell.down == 0 for cell in row)


def is_tall(row: Row) -> bool:
    """Say whether a row may be too tall for the rest of a page, so that it has to break.

    Its columns are taken to be of one width.
    """
    room = max(_LINE // max(len(row), 1), 1)
    return any(_height(cell, room) > _TALLEST for cell in row)


def paragraphs_of(cell: Cell) -> list[Inlines]:
    """Return the paragraphs of a cell; lines of code are such, too."""
    return [cell.inlines] if cell.inlines else [*_paragraphs(cell.blocks)]


def lines_of(cell: Cell) -> list[str]:
    """Return the text of a cell, paragraph by paragraph."""
    return [plain(_with_deleted(inlines)) for inlines in paragraphs_of(cell)]


def _with_deleted(inlines: Inlines) -> Inlines:
    """Return a line with what a redline shows as deleted: it takes its room, too."""
    return tuple(
        inner
        for inline in inlines
        for inner in (inline.inlines if isinstance(inline, Deleted) else (inline,))
    )


def columns_of(text: str) -> int:
    """Return the width of a text in characters; one of East Asia has that of two."""
    return len(text) + wide_characters(text)


def _breadth(word: str) -> float:
    """Return the width of a word in characters of middling width."""
    return sum(next((w for letters, w in _BREADTHS if c in letters), 1.0) for c in word) + (
        wide_characters(word)
    )


def _paragraphs(blocks: Blocks) -> Iterator[Inlines]:
    for block in blocks:
        match block:
            case Paragraph(inlines=inlines):
                yield inlines
            case CodeBlock(text=text, span=span):
                yield from ((Text(line, span=span),) for line in text.rstrip("\n").split("\n"))
            case List(items=items):
                for item in items:
                    yield from _paragraphs(item.blocks)
            case _:
                pass


def _columns(table: Table) -> list[tuple[Cell, ...]]:
    """Return the cells of each column; those that reach over several are in none."""
    rows = (*table.head, *table.rows)
    return [
        tuple(row[place] for row in rows if row[place].across == 1)
        for place in range(len(table.alignments))
    ]


def _words(cell: Cell) -> list[str]:
    """Return what stays on one line: words, of scripts without spaces two characters."""
    words = " ".join(lines_of(cell)).split() or [""]
    return [word[:2] if wide_characters(word) else word for word in words]


def _length(cell: Cell) -> int:
    """Return how many characters a cell prints, roughly: marks are not in its plain text."""
    cites = sum(isinstance(node, Cite) for node in walk(cell))
    return max(map(columns_of, lines_of(cell)), default=0) + _CHARACTERS_PER_CITE * cites


def _height(cell: Cell, room: int) -> int:
    others = sum(not isinstance(block, Paragraph | CodeBlock | List) for block in cell.blocks)
    lines = sum(max(ceil(columns_of(line) / room), 1) for line in lines_of(cell))
    return lines + _LINES_OF_BLOCK * others

"""Tables: full width, the header row repeated on each page, no row broken over two."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...model import (
    Blocks,
    Cell,
    Cite,
    CodeBlock,
    Inlines,
    List,
    Paragraph,
    Table,
    Text,
    plain,
    walk,
)
from ...ooxml import TABLE_SEQUENCE, escape
from .captions import caption_runs
from .inlines import inlines_to_runs
from .runs import paragraph, wide_characters
from .surroundings import Surroundings
from .writing import Writing

_FULL = 'w:w="5000" w:type="pct"'
_NARROWEST, _WIDEST = 4, 60  # characters that a column is taken to hold
_CHARACTER = 0.56  # width of a character, bold ones and capitals among them, in its size
SHORT = 8  # rows of a table that is not broken over two pages
PADDING = 170  # twips left and right of the text of a cell
_CHARACTERS_PER_CITE = 5
_ABOVE = '<w:keepNext/><w:spacing w:before="240" w:after="80"/>'  # of a caption
_JUSTIFICATION = {"left": "left", "center": "center", "right": "right"}
_MIRRORED = {"left": "right", "center": "center", "right": "left"}  # 17.18.44: left is "start"


def table_to_xml(table: Table, writing: Writing, indent: int) -> str:
    """Return a table below its caption; `indent` is how far in it stands, in twips."""
    caption = ""
    if table.caption:
        inset = f'<w:ind w:left="{indent}"/>' if indent else ""
        runs = caption_runs(table, TABLE_SEQUENCE, writing)
        caption = paragraph("Caption", runs, _ABOVE + inset)
    size = writing.styles.house.sizes["small"] + 1
    widths = column_widths(table, writing.text_width - indent, size)
    has_head = any(cell.inlines or cell.blocks for cell in table.head)
    last = len(table.rows) - 1
    rows = [
        # No row stands alone at the foot or the head of a page, and a short table is whole.
        _row(row, table, widths, writing, kept=i < last and (last < SHORT or i in (0, last - 1)))
        for i, row in enumerate(table.rows)
    ]
    if has_head:
        rows.insert(0, _row(table.head, table, widths, writing, head=True))
    grid = "".join([f'<w:gridCol w:w="{width}"/>' for width in widths])
    xml = f"{_properties(table, has_head, indent, writing)}<w:tblGrid>{grid}</w:tblGrid>"
    return f"{caption}<w:tbl>{xml}{''.join(rows)}</w:tbl>"


def _properties(table: Table, has_head: bool, indent: int, writing: Writing) -> str:
    """Return `w:tblPr` (17.4.59), with what is read out for the table."""
    words = escape(plain(table.caption) or writing.term("table"))
    columns = "; ".join(filter(None, (" ".join(_lines(cell)) for cell in table.head)))
    direction = "<w:bidiVisual/>" if writing.right_to_left else ""
    inset = f'<w:tblInd w:w="{indent}" w:type="dxa"/>' if indent else ""
    width = f'w:w="{writing.text_width - indent}" w:type="dxa"' if indent else _FULL
    return (
        f'<w:tblPr><w:tblStyle w:val="BriefTable"/>{direction}<w:tblW {width}/>'
        f'{inset}<w:tblLook w:val="04{"2" if has_head else "0"}0" w:firstRow="{has_head:d}" '
        'w:lastRow="0" w:firstColumn="0" w:lastColumn="0" w:noHBand="1" w:noVBand="1"/>'
        f'<w:tblCaption w:val="{words}"/>'
        f'<w:tblDescription w:val="{escape(columns or plain(table.caption))}"/></w:tblPr>'
    )


def column_widths(table: Table, width: int, size: float) -> list[int]:
    """Share the width among the columns: each gets what its longest word needs, and of what is
    left as much as its longest line needs. `size` is that of the text, in points."""
    character = round(size * 20 * _CHARACTER)
    least, most = [], []
    for column in range(len(table.alignments)):
        cells = [row[column] for row in (table.head, *table.rows)]
        word = max(_columns(word) for cell in cells for word in _words(cell))
        line = min(max(map(_length, cells)), _WIDEST)
        least.append(max(word, _NARROWEST) * character + PADDING)
        most.append(max(word, line, _NARROWEST) * character + PADDING)
    left = width - sum(least)
    if left < 0:
        return [width * need // sum(least) for need in least]
    wanted = [high - low for low, high in zip(least, most, strict=True)]
    if sum(wanted) <= left:
        return [width * need // sum(most) for need in most]
    return [low + left * more // sum(wanted) for low, more in zip(least, wanted, strict=True)]


def paragraphs_of(cell: Cell) -> list[Inlines]:
    """Return the paragraphs of a cell; lines of code are such, too."""
    return [cell.inlines] if cell.inlines else [*_paragraphs(cell.blocks)]


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


def _lines(cell: Cell) -> list[str]:
    return [plain(inlines) for inlines in paragraphs_of(cell)]


def _words(cell: Cell) -> list[str]:
    """Return what stays on one line: words, of scripts without blanks two characters."""
    words = " ".join(_lines(cell)).split() or [""]
    return [word[:2] if wide_characters(word) else word for word in words]


def _columns(text: str) -> int:
    return len(text) + wide_characters(text)


def _length(cell: Cell) -> int:
    """Return how many characters a cell prints, roughly: marks are not in its plain text."""
    cites = sum(isinstance(node, Cite) for node in walk(cell))
    return max(map(_columns, _lines(cell)), default=0) + _CHARACTERS_PER_CITE * cites


def _row(
    cells: tuple[Cell, ...],
    table: Table,
    widths: list[int],
    writing: Writing,
    head: bool = False,
    kept: bool = False,
) -> str:
    """Return a row; one that is `kept` stands on the page of the next one."""
    properties = f"<w:trPr><w:cantSplit/>{'<w:tblHeader/>' if head else ''}</w:trPr>"
    content = "".join(
        [
            _cell(cell, alignment, width, writing, head, "<w:keepNext/>" if kept else "")
            for cell, alignment, width in zip(cells, table.alignments, widths, strict=True)
        ]
    )
    return f"<w:tr>{properties}{content}</w:tr>"


def _cell(cell: Cell, alignment: str, width: int, writing: Writing, head: bool, keep: str) -> str:
    sides = _MIRRORED if writing.right_to_left else _JUSTIFICATION
    justified = f'<w:jc w:val="{sides[alignment]}"/>' if alignment else ""
    style = "TableHeading" if head else "TableText"
    if cell.blocks:
        from .blocks import blocks_to_xml  # blocks hold tables

        # As in a box, lists keep the style that the text of tables has.
        text = blocks_to_xml(cell.blocks, writing, Surroundings(style, loose=False, boxed=True))
        own = rf'(<w:pStyle w:val="{style}"/>)(.*?)</w:pPr>'
        text = re.sub(own, rf"\1{keep}\2{justified}</w:pPr>", text)
    else:
        content = writing.block(cell, inlines_to_runs(cell.inlines, writing))
        text = paragraph(style, content, keep + justified)
    return f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr>{text}</w:tc>'

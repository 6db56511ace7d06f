"""Tables of a Word file: rows, merged cells, heads (ECMA-376, part 1, 17.4)."""

from __future__ import annotations

from collections.abc import Callable
from xml.etree.ElementTree import Element

from msgspec.structs import replace

from ..ooxml import qualified
from ..readers.docx.runs import text_in, value
from .values import Block, Cell, Place, Row, Table

Read = Callable[[Element], list[Block]]
Lose = Callable[[str, str, str, str], None]  # verdict, kind, message, text

_ROW, _CELL, _CONTROL = (qualified(f"w:{name}") for name in ("tr", "tc", "sdt"))
_CONTENT = qualified("w:sdtContent")
_FIRST_ROW = 0x0020
_MOST_COLUMNS = 1000


def read_table(element: Element, place: Place, read: Read, lose: Lose) -> Table | None:
    """Return a table, None if it has no cells. `read` returns the blocks of a cell."""
    rows: list[Row] = []
    for found in _inside(element, _ROW):
        properties = found.find(qualified("w:trPr"))
        if properties is not None and properties.find(qualified("w:del")) is not None:
            said = text_in(found, deleted=True)
            lose("lost", "tracked-change", "a row was deleted in a tracked change", said)
            continue
        if row := _row(found, properties, read):
            rows.append(row)
    rows = _reaching_down(rows)
    if not rows:
        return None
    if not rows[0].is_head and len(rows) > 1 and _has_first_row(element):
        rows[0] = replace(rows[0], is_head=True)
    return Table(tuple(rows), place)


def _inside(element: Element, tag: str) -> list[Element]:
    """Return children of a kind, also those in content controls and tracked changes."""
    found = []
    for child in element:
        if child.tag == tag:
            found.append(child)
        elif child.tag == _CONTROL:
            content = child.find(_CONTENT)
            found += _inside(content, tag) if content is not None else []
        elif child.tag in (qualified("w:ins"), qualified("w:customXml")):
            found += _inside(child, tag)
    return found


def _row(element: Element, properties: Element | None, read: Read) -> Row | None:
    column = _number(value(properties, "w:gridBefore"), 0)
    cells: list[Cell] = []
    for place in range(min(column, _MOST_COLUMNS)):
        cells.append(Cell((), place))
    for found in _inside(element, _CELL):
        own = found.find(qualified("w:tcPr"))
        across = max(_number(value(own, "w:gridSpan"), 1), 1)
        if column + across > _MOST_COLUMNS:
            break
        merge = own.find(qualified("w:vMerge")) if own is not None else None
        goes_on = merge is not None and merge.get(qualified("w:val"), "continue") == "continue"
        blocks = tuple(read(found))
        cells.append(Cell(blocks, column, across, 0 if goes_on else 1))
        column += across
    is_head = properties is not None and _is_on(properties.find(qualified("w:tblHeader")))
    return Row(tuple(cells), is_head) if cells else None


def _reaching_down(rows: list[Row]) -> list[Row]:
    """Give each cell the number of rows that it reaches over."""
    heads: dict[int, tuple[int, int]] = {}  # by column: row and place of the cell above
    grid = [list(row.cells) for row in rows]
    for number, cells in enumerate(grid):
        for place, cell in enumerate(cells):
            above = heads.get(cell.column)
            if cell.down or above is None or grid[above[0]][above[1]].across != cell.across:
                heads[cell.column] = number, place
                cells[place] = replace(cell, down=1)
            else:
                head = grid[above[0]][above[1]]
                blocks = head.blocks + tuple(b for b in cell.blocks if _says(b))
                grid[above[0]][above[1]] = replace(head, down=head.down + 1, blocks=blocks)
                cells[place] = replace(cell, blocks=())
        taken = {cell.column for cell in cells}
        heads = {column: head for column, head in heads.items() if column in taken}
    return [replace(row, cells=tuple(cells)) for row, cells in zip(rows, grid, strict=True)]


def _says(block: object) -> bool:
    return isinstance(block, Table) or bool(getattr(block, "pieces", ()))


def _has_first_row(table: Element) -> bool:
    """Say whether the first row looks like a head: the switch "Header Row" of Word (17.4.55)."""
    look = table.find(f"{qualified('w:tblPr')}/{qualified('w:tblLook')}")
    if look is None:
        return False
    if (first := look.get(qualified("w:firstRow"))) is not None:
        return first not in ("0", "false", "off")
    try:
        return bool(int(look.get(qualified("w:val"), "0"), 16) & _FIRST_ROW)
    except ValueError:
        return False


def _is_on(element: Element | None) -> bool:
    return element is not None and element.get(qualified("w:val"), "1") not in ("0", "false", "off")


def _number(text: str, otherwise: int) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 5 else otherwise

"""Tables as Markdown: with pipes where each cell is one line, else as a grid (as in pandoc)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from ..readers.markdown.grid_cells import LARGEST
from ..text import is_wide, wide_characters
from .values import Block, Paragraph, Table

_LONGEST_LINE = 60  # characters of a line in a cell of a grid
_ENDS = {"left": (":", ""), "right": ("", ":"), "center": (":", ":"), "": ("", "")}


class Drawn:
    """A table, and the Markdown of its cells: by row and by cell, the blocks of each."""

    def __init__(self, table: Table, cells: Sequence[Sequence[Sequence[str]]]) -> None:
        self.columns = table.columns
        self.heads = _heads(table)
        self.rows: list[list[tuple[int, int, int, Sequence[str]]]] = [
            [
                (cell.column, cell.across, cell.down, chunks)
                for cell, chunks in zip(row.cells, texts, strict=True)
            ]
            for row, texts in zip(table.rows, cells, strict=True)
        ]  # column, across, down, text
        self._fill()
        self.alignments = [_alignment(table, column, self.heads) for column in range(self.columns)]

    def _fill(self) -> None:
        """Put empty cells where a row has none: rows of Word's tables may end where they like."""
        taken = [[False] * self.columns for _ in self.rows]
        for number, row in enumerate(self.rows):
            for column, across, down, _ in row:
                for line in taken[number : number + max(down, 1)]:
                    line[column : column + across] = [True] * across
        for row, line in zip(self.rows, taken, strict=True):
            row += [(column, 1, 1, []) for column, is_taken in enumerate(line) if not is_taken]

    @property
    def is_plain(self) -> bool:
        """Say whether every cell is one line, and reaches over nothing else."""
        return self.heads <= 1 and all(
            across == down == 1 and len(chunks) <= 1 and "\n" not in "".join(chunks)
            for row in self.rows
            for _, across, down, chunks in row
        )


def _heads(table: Table) -> int:
    """Return how many rows are the head: also those that a cell of the head reaches into."""
    heads = 0
    for row in table.rows:
        if not row.is_head:
            break
        heads += 1
    for number, row in enumerate(table.rows):
        if number < heads:
            heads = max(heads, *(number + cell.down for cell in row.cells))
    return heads if heads < len(table.rows) else 0


def pipe_table(drawn: Drawn) -> str:
    """Return a table with pipes; of cells that are merged, the first has the words of all.

    Only that of a plain table says all that it should.
    """
    rows = [[""] * drawn.columns for _ in drawn.rows]
    for number, row in enumerate(drawn.rows):
        for column, _, _, chunks in row:
            rows[number][column] = "<br>".join(chunks).replace("\n", "<br>")
    if not drawn.heads:
        rows.insert(0, [""] * drawn.columns)
    widths = [max(3, *(_width(row[c]) for row in rows)) for c in range(drawn.columns)]
    rule = [_rule(width, side) for width, side in zip(widths, drawn.alignments, strict=True)]
    lines = [_piped(rows[0], widths), "|" + "|".join(rule) + "|"]
    return "\n".join((*lines, *(_piped(row, widths) for row in rows[1:])))


def grid_table(drawn: Drawn) -> str:
    """Return a table as a grid, whose cells may hold blocks, and reach over others.

    "" if it would be larger than what is read.
    """
    lines = [
        [[line for n, chunk in enumerate(chunks) for line in (*([""] if n else []),
          *_folded(chunk))] for _, _, _, chunks in row]
        for row in drawn.rows
    ]  # fmt: skip
    widths = [3] * drawn.columns
    heights = [1] * len(drawn.rows)
    wide, tall = [], []
    for number, row in enumerate(drawn.rows):
        for place, (column, across, down, _) in enumerate(row):
            needed = max((_width(text) for text in lines[number][place]), default=0) + 2
            if across == 1:
                widths[column] = max(widths[column], needed)
            else:
                wide.append((column, across, needed))
            if down == 1:
                heights[number] = max(heights[number], len(lines[number][place]))
            elif down:
                tall.append((number, down, len(lines[number][place])))
    for column, across, needed in wide:
        room = sum(widths[column : column + across]) + across - 1
        widths[column + across - 1] += max(needed - room, 0)
    for number, down, needed in tall:
        room = sum(heights[number : number + down]) + down - 1
        heights[number + down - 1] += max(needed - room, 0)
    width, height = sum(widths) + len(widths) + 1, sum(heights) + len(heights) + 1
    return _canvas(drawn, lines, widths, heights) if width * height <= LARGEST else ""


def _canvas(
    drawn: Drawn, lines: Sequence[Sequence[Sequence[str]]], widths: list[int], heights: list[int]
) -> str:
    left = [sum(widths[:c]) + c for c in range(drawn.columns + 1)]
    top = [sum(heights[:r]) + r for r in range(len(heights) + 1)]
    canvas = [[" "] * (left[-1] + 1) for _ in range(top[-1] + 1)]
    for number, row in enumerate(drawn.rows):
        for place, (column, across, down, _) in enumerate(row):
            if not down:
                continue
            x, end = left[column], left[column + across]
            y, bottom = top[number], top[number + down]
            for edge in (y, bottom):
                canvas[edge][x : end + 1] = [
                    sign if sign == "+" else "-" for sign in canvas[edge][x : end + 1]
                ]
            for at in range(y, bottom + 1):
                for side in (x, end):
                    canvas[at][side] = "+" if at in (y, bottom) or canvas[at][side] == "+" else "|"
            for at, text in enumerate(lines[number][place]):
                signs = list(text)
                drawn_signs = [
                    s for sign in signs for s in ((sign, "") if is_wide(sign) else (sign,))
                ]
                start = x + 2
                canvas[y + 1 + at][start : start + len(drawn_signs)] = drawn_signs
    _joints(canvas)
    rule = top[drawn.heads]
    if drawn.heads:
        canvas[rule] = ["=" if sign == "-" else sign for sign in canvas[rule]]
    for column, alignment in enumerate(drawn.alignments):
        first, last = _ENDS[alignment]
        if canvas[rule][left[column]] == "+" == canvas[rule][left[column + 1]]:
            if first:
                canvas[rule][left[column] + 1] = first
            if last:
                canvas[rule][left[column + 1] - 1] = last
    return "\n".join("".join(row).rstrip() for row in canvas)


def _joints(canvas: list[list[str]]) -> None:
    """Where a line crosses a border there is a `+`. Text never touches a border."""
    for row in canvas:
        for x, sign in enumerate(row):
            if sign == "|" and "-" in (row[x - 1 : x] + row[x + 1 : x + 2]):
                row[x] = "+"


def _folded(text: str) -> list[str]:
    """Return the lines of a cell; plain text is folded at blanks."""
    found = []
    for row in text.split("\n"):
        indent = row[: len(row) - len(row.lstrip(" "))]
        current = ""
        folds = not indent and _is_text(row)
        for word in row.strip(" ").split(" "):
            if folds and _is_text(word) and _width(current) + _width(word) >= _LONGEST_LINE:
                found.append(current)
                current = word
            else:
                current = f"{current} {word}" if current else word
        found.append(indent + current)
    return found


def _is_text(row: str) -> bool:
    """Say whether folding changes nothing: no list, no code, and no word that begins a block."""
    return (
        bool(row[:1]) and (row[0].isalpha() or row[0] in "“‘") and "`" not in row and "$" not in row
    )


def _piped(cells: Sequence[str], widths: Sequence[int]) -> str:
    padded = (c + " " * (w - _width(c)) for c, w in zip(cells, widths, strict=True))
    return "| " + " | ".join(padded) + " |"


def _rule(width: int, side: str) -> str:
    first, last = _ENDS[side]
    return (first or "-") + "-" * width + (last or "-")


def _width(text: str) -> int:
    return len(text) + wide_characters(text)


def _alignment(table: Table, column: int, heads: int) -> str:
    """Return the alignment that most cells of a column have, "" for what is usual."""
    found = Counter(
        _aligned(block)
        for row in table.rows[heads:]
        for cell in row.cells
        if cell.column == column and cell.across == 1
        for block in cell.blocks
        if isinstance(block, Paragraph) and block.text.strip()
    )
    side, count = found.most_common(1)[0] if found else ("", 0)
    return side if count * 2 > found.total() else ""


def _aligned(block: Block) -> str:
    side = block.alignment if isinstance(block, Paragraph) else ""
    return side if side in ("center", "right") else ""

"""Simple and multiline tables as in pandoc: lines of dashes say where the columns are.

A simple table has one source line for each row. Where blank lines divide the rows of a table that
a line of dashes closes, a row is all lines between them. (pandoc's User's Guide, "Tables")
"""

from __future__ import annotations

import re
from itertools import groupby, pairwise
from typing import NamedTuple

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock

from ...text import is_wide
from .block_rules import is_caption
from .grid_tables import PlacedLines, push_cell

DASHES = re.compile(r"[ \t]*-{2,}(?:[ \t]+-{2,})*[ \t]*")
COLUMNS = re.compile(r"[ \t]*-{2,}(?:[ \t]+-{2,})+[ \t]*")


class _Found(NamedTuple):
    """Where the pieces of a table stand. Line numbers, each `end` one behind the last."""

    columns: int  # the line of dashes that shows the columns
    head: range
    rows: list[range]
    end: int


def text_table_rules(md: MarkdownIt) -> None:
    md.block.ruler.before("table", "text_table", text_table, {"alt": []})


def text_table(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """A table without a head has its first row for one, as grid tables have."""
    found = _find(state, start, end)
    if found is None or silent:
        return found is not None
    rule = state.src[state.bMarks[found.columns] : state.eMarks[found.columns]]
    columns = [(run.start(), run.end()) for run in re.finditer(r"-+", rule)]
    rows = [found.head, *found.rows] if found.head else found.rows
    state.push("table_open", "table", 1).map = [start, found.end]
    alignments = _alignments(state, rows[0], columns)
    for number, lines in enumerate(rows):
        if number < 2:
            state.push("tbody_open" if number else "thead_open", "", 1)
        state.push("tr_open", "tr", 1).map = [lines.start, lines.stop]
        for cell, alignment in zip(_cells(state, lines, columns), alignments, strict=True):
            push_cell(state, cell, alignment, lines.start, "td" if number else "th")
        state.push("tr_close", "tr", -1)
        if number == 0:
            state.push("thead_close", "", -1)
    if len(rows) > 1:
        state.push("tbody_close", "", -1)
    state.push("table_close", "table", -1)
    state.line = found.end
    return True


def _find(state: StateBlock, start: int, end: int) -> _Found | None:
    if state.is_code_block(start):
        return None
    if not _is(DASHES, state, start):
        return _simple(state, start, end)
    second = _next_dashes(state, start + 1, end)
    if second is None:
        return None
    headed = _is(COLUMNS, state, second) and not _has_blank(state, start + 1, second)
    if headed and second > start + 1 and second + 1 < end and not state.isEmpty(second + 1):
        last = _next_dashes(state, second + 1, end)
        if last is not None and (last + 1 >= end or state.isEmpty(last + 1)):
            rows = _rows(state, second + 1, last)
            return _Found(second, range(start + 1, second), rows, last + 1)
    rows = _rows(state, start + 1, second)
    closed = second + 1 >= end or state.isEmpty(second + 1)
    if _is(COLUMNS, state, start) and closed and rows and not state.isEmpty(start + 1):
        return _Found(start, range(0), rows, second + 1)
    return None


def _simple(state: StateBlock, start: int, end: int) -> _Found | None:
    """Return a table that begins with its head, one line, and ends before a blank line."""
    if start + 2 >= end or not _is(COLUMNS, state, start + 1):
        return None
    last = start + 2
    while last < end and not _ends(state, last):
        last += 1
    rows = [range(line, line + 1) for line in range(start + 2, last)]
    closed = last < end and _is(DASHES, state, last)
    return _Found(start + 1, range(start, start + 1), rows, last + closed) if rows else None


def _ends(state: StateBlock, line: int) -> bool:
    outside = state.sCount[line] < state.blkIndent
    return outside or state.isEmpty(line) or is_caption(state, line) or _is(DASHES, state, line)


def _is(expression: re.Pattern[str], state: StateBlock, line: int) -> bool:
    return bool(expression.fullmatch(state.src, state.bMarks[line], state.eMarks[line]))


def _next_dashes(state: StateBlock, line: int, end: int) -> int | None:
    """Return the next line of dashes of the same container."""
    for other in range(line, end):
        if state.sCount[other] < state.blkIndent and not state.isEmpty(other):
            return None
        if _is(DASHES, state, other):
            return other
    return None


def _has_blank(state: StateBlock, line: int, end: int) -> bool:
    return any(state.isEmpty(other) for other in range(line, end))


def _rows(state: StateBlock, line: int, end: int) -> list[range]:
    if not _has_blank(state, line, end):
        return [range(other, other + 1) for other in range(line, end)]
    rows: list[range] = []
    for is_empty, lines in groupby(range(line, end), state.isEmpty):
        numbers = [*lines]
        if not is_empty:
            rows.append(range(numbers[0], numbers[-1] + 1))
    return rows


def _cells(state: StateBlock, lines: range, columns: list[tuple[int, int]]) -> list[PlacedLines]:
    cells: list[PlacedLines] = [[] for _ in columns]
    for line in lines:
        at = state.bMarks[line]
        row = state.src[at : state.eMarks[line]]
        for cell, (left, right) in zip(cells, pairwise(_cuts(row, columns)), strict=True):
            cell.append((row[left:right].rstrip(), at + left))
    return cells


def _cuts(row: str, columns: list[tuple[int, int]]) -> list[int]:
    """Return where the cells of a row begin, and its end. No word is cut in two.

    A word that crosses the beginning of a column belongs to it if it begins behind the dashes of
    the column before. East Asian characters take two columns.
    """
    at = [index for index, sign in enumerate(row) for _ in range(1 + is_wide(sign))]
    cuts = [0]
    for (_, stop), (start, _) in pairwise(columns):
        cut = at[start] if start < len(at) else len(row)
        first = cut
        while 0 < first < len(row) and not row[first - 1].isspace():
            first -= 1
        if first < cut < len(row) and not row[cut].isspace():
            if first < (at[stop] if stop < len(at) else len(row)):
                while cut < len(row) and not row[cut].isspace():
                    cut += 1
            else:
                cut = first
        cuts.append(max(cut, cuts[-1]))
    return [*cuts, len(row)]


def _alignments(state: StateBlock, lines: range, columns: list[tuple[int, int]]) -> list[str]:
    """Return how each column is aligned: as its dashes stand to the words of the first row."""
    alignments = []
    for cell, (start, stop) in zip(_cells(state, lines, columns), columns, strict=True):
        edges: list[tuple[int, int]] = []
        for (text, at), line in zip(cell, lines, strict=True):
            before = state.src[state.bMarks[line] : at + len(text) - len(text.lstrip())]
            left = sum(1 + is_wide(sign) for sign in before)
            if words := text.strip():
                edges.append((left, left + sum(1 + is_wide(sign) for sign in words)))
        left = min((edge for edge, _ in edges), default=start)
        right = max((edge for _, edge in edges), default=stop)
        sides = left <= start, right >= stop
        alignments.append(
            {(True, False): "left", (False, True): "right", (False, False): "center"}.get(sides, "")
        )
    return alignments

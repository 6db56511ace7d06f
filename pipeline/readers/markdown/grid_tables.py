"""Grid tables as in pandoc: `+---+---+` between rows, `+===+===+` below the head.

A cell holds text over any number of source lines, or paragraphs, lists and code.
(pandoc's User's Guide, "Tables")
"""

from __future__ import annotations

import re
from itertools import accumulate, pairwise

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.token import Token
from msgspec import Struct

from ...text import is_wide
from ..source import Source
from .grid_cells import Grid, GridCell, read_grid
from .origins import Origin, paragraph_origin
from .places import place_tokens

RULE = re.compile(r"\+(?::?[-=]+:?\+)+[ \t]*")
ALIGNMENTS = {(True, True): "center", (True, False): "left", (False, True): "right"}

ITEM = re.compile(r"(?:[-+*]|[0-9]{1,9}[.)])[ \t].*?[^\W\d_]")  # not "- 5 %" or "2020."
ONE_LINE = ["paragraph_open", "inline", "paragraph_close"]
BLOCKS = frozenset(
    f"{kind}{end}"
    for kind in ("paragraph", "bullet_list", "ordered_list", "list_item")
    for end in ("_open", "_close")
) | {"inline", "fence", "code_block"}

PlacedLines = list[
    tuple[str, int]
]  # its lines without spaces at the end, and their places in the source


class Placed(Struct, frozen=True):
    """What a cell holds, and how many columns and rows it reaches over; see `Cell`."""

    lines: PlacedLines
    spans: tuple[int, int] = (1, 1)


def grid_table_rules(md: MarkdownIt) -> None:
    md.block.ruler.before("table", "grid_table", grid_table, {"alt": ["paragraph", "reference"]})


def grid_table(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """A table in which every row has the columns of the first line. The first row is the head."""
    if start < state.env["no_grid_before"] or state.is_code_block(start):
        return False
    if not RULE.fullmatch(_row(state, start)):
        return False
    columns = [at for at, sign in enumerate(_row(state, start)) if sign == "+"]
    rules, line = [start], start + 1
    while line < end and _row(state, line)[:1] in ("|", "+"):
        row = _row(state, line)
        if RULE.fullmatch(row):
            spans = [at for at, sign in enumerate(row) if sign == "+"] != columns
            if spans or rules[-1] == line - 1:
                rules.clear()
                break
            rules.append(line)
        elif not _bars(row, columns):
            rules.clear()
            break
        line += 1
    if len(rules) < 2 or rules[-1] != line - 1:
        return _merged_table(state, start, end, silent)
    if silent:
        return True
    head = next((i for i, rule in enumerate(rules) if i and "=" in _row(state, rule)), 0)
    looks = _alignments(_row(state, rules[head]), columns)
    rows = [
        (above + 1, [Placed(cell) for cell in _cells(state, above + 1, below, columns)])
        for above, below in pairwise(rules)
    ]
    _push_table(state, (start, line), rows, looks, heads=1)
    return True


def _merged_table(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """A table with cells that reach over several columns or rows.

    The head ends at the line of `=`, else below the first row that no cell reaches out of.
    """
    stop = next((i for i in range(start, end) if _row(state, i)[:1] not in ("|", "+")), end)
    lines = [_row(state, i) for i in range(start, stop)]
    drawn = ["".join(f"{sign}\0" if is_wide(sign) else sign for sign in line) for line in lines]
    grid = read_grid(drawn)
    if grid is None:
        # No table begins at a rule passed here: trying again from each would take quadratic time.
        state.env["no_grid_before"] = stop
        return False
    if silent:
        return True
    boundaries = grid.boundaries()
    double = [row for row in boundaries if "=" in lines[grid.rows[row]]]
    heads = next(iter((*double, *boundaries)), len(grid.rows) - 1)
    ruled = drawn[grid.rows[heads]] if "=" in lines[grid.rows[heads]] else drawn[0]
    looks = _alignments(ruled, grid.columns)
    rows = []
    for row, top in enumerate(grid.rows[:-1]):
        cells: list[Placed] = []
        for column in range(len(grid.columns) - 1):
            cell = grid.cells.get((row, column))
            if cell:
                held = _held(state, start, cell, lines, drawn)
                cells.append(Placed(held, grid.spans(cell)))
                continue
            cells.append(Placed([("", state.bMarks[start + top])], _reached(grid, row, column)))
        rows.append((start + top + 1, cells))
    _push_table(state, (start, stop), rows, looks, heads)
    return True


def _reached(grid: Grid, row: int, column: int) -> tuple[int, int]:
    """Return the spans of a place that another cell reaches over."""
    for above in range(row - 1, -1, -1):
        cell = grid.cells.get((above, column))
        if cell:
            across, down = grid.spans(cell)
            return (across, 0) if above + down > row else (0, 1)
    return (0, 1)


def _held(
    state: StateBlock, start: int, cell: GridCell, lines: list[str], drawn: list[str]
) -> PlacedLines:
    """Return what a cell holds; a wide character takes two columns, the second of them `\\0`."""
    held: PlacedLines = []
    for line in range(cell.top + 1, cell.bottom):
        before = drawn[line][: cell.left + 1]
        inner = drawn[line][cell.left + 1 : cell.right].replace("\0", "").rstrip()
        place = state.bMarks[start + line] + state.tShift[start + line]
        held.append((inner, place + len(before) - before.count("\0")))
    return held


def _push_table(
    state: StateBlock,
    lines: tuple[int, int],
    rows: list[tuple[int, list[Placed]]],
    looks: list[str],
    heads: int,
) -> None:
    """Push the tokens of a table; a row comes with the line that it begins in."""
    state.push("table_open", "table", 1).map = [*lines]
    ends = [*(first for first, _ in rows[1:]), lines[1]]
    for number, ((first, cells), end) in enumerate(zip(rows, ends, strict=True)):
        if number in (0, heads):
            state.push("tbody_open" if number else "thead_open", "", 1)
        state.push("tr_open", "tr", 1).map = [first, end]
        for cell, look in zip(cells, looks, strict=True):
            opening = push_cell(state, cell.lines, look, first, "th" if number < heads else "td")
            if cell.spans != (1, 1):
                opening.meta["spans"] = cell.spans
        state.push("tr_close", "tr", -1)
        if number == heads - 1:
            state.push("thead_close", "", -1)
    if len(rows) > heads:
        state.push("tbody_close", "", -1)
    state.push("table_close", "table", -1)
    state.line = lines[1]


def _row(state: StateBlock, line: int) -> str:
    return state.src[state.bMarks[line] + state.tShift[line] : state.eMarks[line]].rstrip()


def _alignments(rule: str, columns: list[int]) -> list[str]:
    pieces = [rule[a + 1 : b] for a, b in pairwise(columns)]
    return [ALIGNMENTS.get((p.startswith(":"), p.endswith(":")), "") for p in pieces]


def _cells(state: StateBlock, first: int, end: int, columns: list[int]) -> list[PlacedLines]:
    cells: list[PlacedLines] = [[] for _ in columns[1:]]
    for line in range(first, end):
        row, place = _row(state, line), state.bMarks[line] + state.tShift[line]
        for cell, (left, right) in zip(cells, pairwise(_bars(row, columns)), strict=True):
            cell.append((row[left + 1 : right].rstrip(), place + left + 1))
    return cells


def _bars(row: str, columns: list[int]) -> list[int]:
    """Return the offsets of the bars of a row, [] if they are unclear; the last may be missing.

    East Asian characters take two columns. Misaligned bars count if their number is right.
    """
    widths = [2 if is_wide(sign) else 1 for sign in row]
    starts = {start: at for at, start in enumerate(accumulate(widths, initial=0))}
    bars = [starts.get(column, len(row)) for column in columns]
    if all(row[at : at + 1] == "|" for at in bars[:-1]) and row[bars[-1] :] in ("|", ""):
        return bars
    own = [at for at, sign in enumerate(row) if sign == "|"]
    return own if len(own) == len(columns) and row.endswith("|") else []


def push_cell(state: StateBlock, cell: PlacedLines, look: str, line: int, tag: str) -> Token:
    """Push the tokens of a cell, and return the first."""
    opening = state.push(f"{tag}_open", tag, 1)
    if look:
        opening.attrs["style"] = f"text-align:{look}"
    words = [(text.strip(), at + len(text) - len(text.lstrip())) for text, at in cell]
    words = [(text, at) for text, at in words if text] or words[:1]
    blocks = _blocks(state, cell, line) if len(words) > 1 or ITEM.match(words[0][0]) else []
    kinds = [token.type for token in blocks]
    if blocks and kinds != ONE_LINE and BLOCKS.issuperset(kinds):
        state.tokens += blocks
    else:
        token = state.push("inline", "", 0)
        token.content = "\n".join(text for text, _ in words)  # `\\` breaks a line
        token.map, token.children = [line, line + 1], []
        offsets = accumulate((len(text) + 1 for text, _ in words[:-1]), initial=0)
        token.meta["origin"] = Origin(state.env["source"], [*offsets], [at for _, at in words])
        token.meta["flat"] = not BLOCKS.issuperset(kinds)
    state.push(f"{tag}_close", tag, -1)
    return opening


def _blocks(state: StateBlock, cell: PlacedLines, first: int) -> list[Token]:
    """Return the tokens of what a cell holds; `first` is the line of the source it begins in."""
    margin = min((len(text) - len(text.lstrip()) for text, _ in cell if text), default=0)
    lines = [(text[margin:], at + margin) for text, at in cell]
    inner = Source("", "\n".join(text for text, _ in lines))
    outer = Origin(state.env["source"], inner.starts, [at for _, at in lines])
    env = {
        **state.env,
        "beginnings": {},
        "parts": [],
        "lists": [],
        "unread": [],
        "no_grid_before": 0,
    }
    env["last_comment_end"] = inner.text.rfind("-->")
    tokens: list[Token] = []
    state.md.block.parse(inner.text, state.md, env, tokens)
    for name in env.keys() - state.env.keys():
        state.env[name] = env[name]
    place_tokens(inner, tokens, env["beginnings"])
    for token in tokens:
        for end in token.meta.keys() & ("beginning", "ending"):
            token.meta[end] = outer.at(token.meta[end])
        at = token.map[0] if token.map else 0
        if token.type == "inline":
            token.meta["origin"] = paragraph_origin(inner, token.content, at).within(outer)
        token.map = [line + first for line in token.map] if token.map else None
        token.level += state.level
    return tokens

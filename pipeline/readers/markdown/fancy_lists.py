"""Lists that are numbered by letters, Roman numbers or in brackets, and line blocks, as in pandoc.

(pandoc's User's Guide, "Extension: fancy_lists" and "Line blocks")
"""

from __future__ import annotations

import re
from typing import NamedTuple, cast

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.rules_block.list import markTightParagraphs

from ...model.enumerators import ROMAN, Enumerator, NumberFormat
from .origins import Origin

MARKER = re.compile(
    r"(?P<before>\(?)(?P<number>[0-9]{1,9}|[a-z]{1,7}|[A-Z]{1,7}|\#|@[\w-]*)(?P<after>[.)])"
    r"(?P<blanks>[ \t]+)(?=\S)"
)
EXAMPLE = re.compile(r"^[ \t]*(?P<before>\(?)@(?P<label>[\w-]*)[.)][ \t]+(?=\S)", re.MULTILINE)
ABBREVIATED = re.compile(r"\w\.")  # what follows the first letter of "i. e." and "z. B."
ROW = re.compile(r"\|(?: .*|[ \t]*)")
NUMERALS = re.compile(r"m{0,3}(?:cm|cd|d?c{0,3})(?:xc|xl|l?x{0,3})(?:ix|iv|v?i{0,3})")


AUTO = -1  # of `#.`: the next number


class _Marker(NamedTuple):
    numbers: dict[NumberFormat, int]  # what it may mean: "i" is 1 or 9
    before: str
    after: str
    end: int  # offset of the words
    blanks: int
    is_example: bool


def fancy_list_rules(md: MarkdownIt) -> None:
    ruler = md.block.ruler
    ruler.before(
        "list", "fancy_list", fancy_list, {"alt": ["paragraph", "reference", "blockquote"]}
    )
    ruler.before("paragraph", "line_block", line_block, {"alt": []})


def numbers_of_examples(text: str) -> tuple[dict[int, int], dict[str, int]]:
    """Return the numbers of `(@)` and `(@label)`, by the offset of their `@` and by their label.

    They run through the whole text (pandoc's User's Guide, "Extension: example_lists").
    """
    places: dict[int, int] = {}
    labels: dict[str, int] = {}
    for found in EXAMPLE.finditer(text):
        number = labels.get(found["label"], max(places.values(), default=0) + 1)
        places[found.end("before")] = number
        if found["label"]:
            labels[found["label"]] = number
    return places, labels


def fancy_list(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """A list like `a. one`, `(1) one`, `i) one`.

    It begins with its first number, or with two numbers in a row; a number out of order begins
    another list, so that what was typed is what is printed. It interrupts a paragraph in a list.
    """
    marker = _marker(state, start)
    if marker is None:
        return False
    open_lists: list[tuple[NumberFormat, str, str]] = state.env["lists"]
    goes_on = any(
        name in marker.numbers and (before, after) == marker[1:3]
        for name, before, after in open_lists
    )
    if silent:
        return goes_on or (state.listIndent >= 0 and 1 in marker.numbers.values())
    name = _format(state, start, end, marker, goes_on or state.env["list_ended"] == start)
    if name is None:
        return False
    enumerator = Enumerator(name, marker.before, marker.after)  # type: ignore[arg-type]
    opening = state.push("ordered_list_open", "ol", 1)
    opening.meta["enumerator"] = enumerator
    opening.attrs["start"] = number = max(marker.numbers[name], 1)
    lines = opening.map = [start, start]
    first_token = len(state.tokens) - 1
    open_lists.append((name, marker.before, marker.after))
    old_parent, state.parentType = state.parentType, "list"
    line, tight, blank_before = start, True, False
    following: _Marker | None = marker
    while following is not None and following.numbers.get(name) in (number, AUTO):
        is_tight = _item(state, line, end, following)
        tight = tight and is_tight and not blank_before
        blank_before = state.line - line > 1 and state.isEmpty(state.line - 1)
        line, number = state.line, number + 1
        following = _next_item(state, line, end, open_lists[-1])
    state.parentType = old_parent
    open_lists.pop()
    state.env["list_ended"] = line if following else -1
    state.push("ordered_list_close", "ol", -1)
    lines[1] = state.line = line
    if tight:
        markTightParagraphs(state, first_token)
    return True


def _next_item(
    state: StateBlock, line: int, end: int, kind: tuple[NumberFormat, str, str]
) -> _Marker | None:
    if line >= end or state.sCount[line] < state.blkIndent:
        return None
    found = _marker(state, line)
    return found if found and (found.before, found.after) == kind[1:] else None


def _item(state: StateBlock, line: int, end: int, marker: _Marker) -> bool:
    """Read an item, and say whether it is tight."""
    begin = state.bMarks[line] + state.tShift[line]
    width = marker.end - begin - (marker.blanks - 1 if marker.blanks > 4 else 0)
    token = state.push("list_item_open", "li", 1)
    lines = token.map = [line, line]
    old = state.tight, state.tShift[line], state.sCount[line], state.listIndent, state.blkIndent
    state.listIndent, state.blkIndent = state.blkIndent, state.sCount[line] + width
    state.tight = True
    state.sCount[line] += marker.end - begin
    state.tShift[line] = marker.end - state.bMarks[line]
    state.md.block.tokenize(state, line, end)
    tight = state.tight
    state.tight, state.tShift[line], state.sCount[line], state.listIndent, state.blkIndent = old
    lines[1] = state.line
    state.push("list_item_close", "li", -1)
    return tight


def _marker(state: StateBlock, line: int) -> _Marker | None:
    if state.is_code_block(line):
        return None
    found = MARKER.match(state.src, state.bMarks[line] + state.tShift[line], state.eMarks[line])
    if not found:
        return None
    written, before, after = found["number"], found["before"], found["after"]
    numbers: dict[NumberFormat, int] = {}
    if written.startswith("@"):
        number = state.env["examples"].get(found.start("number"))
        if not (before and number):
            return None
        numbers["decimal"] = number
    elif written.isdigit() or written == "#":
        if written.isdigit() and not before:
            return None  # CommonMark's own
        numbers["decimal"] = AUTO if written == "#" else int(written)
    else:
        case = "lower" if written.islower() else "upper"
        if NUMERALS.fullmatch(written.lower()):
            numbers[cast("NumberFormat", f"{case}-roman")] = _roman(written.lower())
        if len(written) == 1:
            numbers[cast("NumberFormat", f"{case}-alpha")] = ord(written.lower()) - ord("a") + 1
    if after == "." and before:
        return None
    blanks = len(found["blanks"])
    is_example = written.startswith("@")
    return _Marker(numbers, before, after, found.end(), blanks, is_example) if numbers else None


def _roman(written: str) -> int:
    total, at = 0, 0
    for value, letters in ROMAN:
        while written.startswith(letters, at):
            total, at = total + value, at + len(letters)
    return total


def _format(
    state: StateBlock, start: int, end: int, marker: _Marker, certain: bool
) -> NumberFormat | None:
    """Return what the first marker of a list means, None if it begins no list."""
    if marker.is_example:
        return "decimal"
    following = _following(state, start, end, marker)
    for name, number in marker.numbers.items():
        if following.get(name) == number + 1:
            return name
    first = next((name for name, number in marker.numbers.items() if number in (1, AUTO)), None)
    if certain and not first:
        return next(reversed(marker.numbers))
    # pandoc wants two spaces, too: "A. Smith", "I. Newton".
    is_initial = marker.after == "." and marker.blanks < 2 and not (first or "").startswith("lower")
    is_abbreviation = marker.after == "." and ABBREVIATED.match(state.src, marker.end)
    if first != "decimal" and (is_initial or is_abbreviation):
        return None
    return first


def _following(state: StateBlock, start: int, end: int, marker: _Marker) -> dict[NumberFormat, int]:
    """Return what the next marker of the same looks and indentation means."""
    for line in range(start + 1, end):
        if state.isEmpty(line) or state.sCount[line] > state.sCount[start]:
            continue
        found = _marker(state, line)
        if found and found[1:3] == marker[1:3]:
            return found.numbers
        if state.isEmpty(line - 1) or state.sCount[line] < state.blkIndent:
            break
    return {}


def line_block(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Lines that begin with `| ` are kept as lines; the spaces that begin them are kept, too.

    It interrupts nothing, and is never asked to be silent. Bars at both ends are noted: that was
    meant as a table.
    """
    rows: list[tuple[str, int]] = []
    line = start
    while line < end and not state.is_code_block(line):
        at = state.bMarks[line] + state.tShift[line]
        row = state.src[at : state.eMarks[line]].rstrip()
        if line == start and row.startswith("|") and row.endswith("|") and row.count("|") > 2:
            message = "this looks like a table, and is printed as text"
            hint = "write a line such as `|---|---|` below its head"
            state.env["unread"].append((at, at + len(row), message, hint))
            return False
        if state.sCount[line] >= state.blkIndent and ROW.fullmatch(row):
            rows.append((row[2:], at + 2))
        elif rows and row and state.sCount[line] > state.blkIndent:
            text, place = rows[-1]  # a line of the block that goes on
            rows[-1] = f"{text}\n{row}", place
        else:
            break
        line += 1
    if not any(text.strip() for text, _ in rows):
        return False
    while not rows[-1][0].strip():
        rows.pop()
    content, offsets, places = "", list[int](), list[int]()
    for text, place in rows:
        offsets.append(len(content))
        places.append(place)
        indent = len(text) - len(text.lstrip(" "))
        content += "\N{NO-BREAK SPACE}" * indent + text[indent:] + "\\\n"
    opening = state.push("paragraph_open", "p", 1)
    opening.map = [start, line]
    token = state.push("inline", "", 0)
    token.content, token.map, token.children = content[: -len("\\\n")], [start, line], []
    token.meta["origin"] = Origin(state.env["source"], offsets, places)
    state.push("paragraph_close", "p", -1)
    state.line = line
    return True

"""Lists as Markdown, with the numbers that the Word file prints."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec import Struct

from .values import Item

SEPARATOR = "<!-- -->"  # between two lists, which would be one
_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_FORMATS = {"lowerLetter": "a", "upperLetter": "A", "lowerRoman": "i", "upperRoman": "I"}
_ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"),
          (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))  # fmt: skip


class Entry(Struct):
    item: Item
    chunks: list[str]
    inside: list[Entry]


def written_lists(entries: Sequence[Entry]) -> Iterator[str]:
    """Yield one list after the other, with separators between them."""
    start = 0
    while start < len(entries):
        end = start + 1
        while end < len(entries) and _goes_on(entries[end - 1].item, entries[end].item):
            end += 1
        if start:
            yield SEPARATOR
        yield _one_list(entries[start:end])
        start = end


def _one_list(entries: Sequence[Entry]) -> str:
    tight = all(len(entry.chunks) <= 1 for entry in entries)
    items = []
    for entry in entries:
        marker = _marker(entry.item)
        inner = list(written_lists(entry.inside))
        chunks = [*entry.chunks, *inner] or [""]
        between = "\n" if tight and len(inner) < 2 else "\n\n"
        inner_indent = "  " if entry.item.box else " " * len(marker)
        items.append(prefixed(between.join(chunks), marker, inner_indent))
    return ("\n" if tight else "\n\n").join(items)


def prefixed(text: str, first: str, others: str) -> str:
    """Return lines with something before each of them; empty ones stay without blanks."""
    lines = text.split("\n")
    rows = [first + lines[0], *(others + row for row in lines[1:])]
    return "\n".join(row.rstrip(" ") for row in rows)


def nested(entries: Sequence[Entry]) -> list[Entry]:
    """Put items of a deeper level into the item before them."""
    top: list[Entry] = []
    open_: list[Entry] = []
    for entry in entries:
        while open_ and open_[-1].item.level >= entry.item.level:
            open_.pop()
        (open_[-1].inside if open_ else top).append(entry)
        open_.append(entry)
    return top


def _goes_on(one: Item, other: Item) -> bool:
    """Say whether an item belongs to the list of the one before it."""
    if (one.number == 0) != (other.number == 0):
        return False
    if one.number == 0:
        return one.list == other.list or one.level == other.level
    same = (one.format, one.before, one.after) == (other.format, other.before, other.after)
    return same and other.number == one.number + 1


def _marker(item: Item) -> str:
    if not item.number:
        return f"- [{item.box}] " if item.box else "- "
    shown = str(item.number)
    match _FORMATS.get(item.format):
        case "a" | "A" as case if item.number <= len(_LETTERS):
            shown = _LETTERS[item.number - 1]
            shown = shown.upper() if case == "A" else shown
        case "i" | "I" as case if item.number < 50:
            shown = _roman(item.number)
            shown = shown.upper() if case == "I" else shown
        case _:
            pass
    after = item.after if item.after in (".", ")") else "."
    wide = "  " if len(shown) == 1 and shown.isupper() and after == "." else " "
    return f"{item.before}{shown}{after}{wide}"


def _roman(number: int) -> str:
    found = ""
    for value, sign in _ROMAN:
        found += sign * (number // value)
        number %= value
    return found

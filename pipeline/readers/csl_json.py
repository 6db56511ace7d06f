"""Read CSL-JSON, as Zotero, Better BibTeX, Mendeley, Crossref and pandoc write it.

In: the content of a file: an array of items, an object that holds one in `items` or `references`,
or a single item. Out: a `Library` that decodes an item when it is cited, and diagnostics.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any, NamedTuple, NoReturn

from ..diagnostics import Diagnostic, Span
from ..model.references import Library, Reference
from ..text import without_controls
from .decoding import read_decoded
from .items import Item, read_item
from .source import Source

MOST = 100_000  # items of one file
_BLANKS = re.compile(r"[ \t\n\r]*")
_LISTS = ("items", "references")
_KEYS = ("citation-key", "id")  # Zotero's `id` may be an address; the key is what people cite


class _Item(NamedTuple):
    start: int
    end: int
    values: dict[str, Any]


class _BadJson(Exception):
    def __init__(self, message: str, offset: int) -> None:
        super().__init__(message)
        self.offset = offset


def read_csl_json(content: bytes, path: str) -> tuple[Library, list[Diagnostic]]:
    """Read a file of CSL-JSON. What is wrong with one item is said of those who cite it, too."""
    source, diagnostics = read_decoded(content, path)
    items: dict[str, tuple[_Item, Span]] = {}
    others: dict[str, list[Diagnostic]] = {}
    try:
        for item in _items(source.text):
            key, span = _key(item, source)
            if not key:
                message = "a reference without `id` cannot be cited"
                diagnostics.append(Diagnostic("bad-reference", message, span))
            elif key in items:
                message = f"the key `{key}` is already used at {_place(items[key][1])}"
                hint = "give one of them another key, or remove it"
                found = Diagnostic("duplicate-citation-key", f"{message}; that is read", span, hint)
                others.setdefault(key, []).append(found)
            else:
                items[key] = item, span
    except _BadJson as error:
        place = source.span(error.offset, error.offset + 1)
        diagnostics.append(Diagnostic("bad-library", f"this is not CSL-JSON: {error}", place))

    def decode(key: str) -> tuple[Reference, list[Diagnostic]]:
        item, span = items[key]
        places = {
            name: source.span(start, end) for name, start, end in _members(source.text, item.start)
        }
        reference, found = read_item(Item(key, item.values, span, places))
        return reference, [*others.get(key, ()), *found]

    return Library({key: span for key, (_, span) in items.items()}, decode), diagnostics


def _place(span: Span) -> str:
    return f"{span.path}:{span.line}"


def _key(item: _Item, source: Source) -> tuple[str, Span]:
    """Return the citation key of an item and its place, "" and that of the item for none."""
    for name in _KEYS:
        value = item.values.get(name)
        key = without_controls(str(value)).strip() if isinstance(value, str | int) else ""
        if key:
            # The name stands in every item, mostly near its beginning.
            found = re.compile(rf'"{name}"\s*:\s*"?').search(source.text, item.start, item.end)
            start = found.end() if found else item.start
            return key, source.span(start, start + len(key))
    return "", source.span(item.start, item.start + 1)


def _items(text: str) -> Iterator[_Item]:
    """Yield the items of a file; raises `_BadJson` where it ends to be JSON, or to have items."""
    start = _after_blanks(text, 0)
    is_array = text.startswith("[", start)
    if text[start : start + 1] == "{":
        whole, end = _value(text, start)
        _expect_end(text, end)
        inside = [name for name in _LISTS if isinstance(whole.get(name), list)]
        if not inside:
            if not whole.keys() & {"type", "title", "id"}:
                raise _BadJson("it has no `items`", start)
            yield _Item(start, end, whole)
            return
        start = next(v for name, _, v, _ in _pairs(text, start) if name == inside[0])
    elif not is_array:
        raise _BadJson("it does not begin with [ or {", start)
    count = 0
    position = _after_blanks(text, start + 1)
    while text[position : position + 1] != "]":
        if count >= MOST:
            raise _BadJson(f"it has more than {MOST} references", position)
        value, end = _value(text, position)
        if not isinstance(value, dict):
            raise _BadJson("each reference should be an object in braces", position)
        yield _Item(position, end, value)
        count += 1
        position = _after_comma(text, end, "]")
    if is_array:
        _expect_end(text, position + 1)


def _members(text: str, start: int) -> Iterator[tuple[str, int, int]]:
    """Yield the names in an object that begins at an offset, with where each stands."""
    for name, at, _, _ in _pairs(text, start):
        yield name, at + 1, at + 1 + len(name)


def _pairs(text: str, start: int) -> Iterator[tuple[str, int, int, int]]:
    """Yield (name, where it begins, where its value begins, where it ends) of an object."""
    position = _after_blanks(text, start + 1)
    while text[position : position + 1] == '"':
        name, end = _value(text, position)
        value = _after_blanks(text, _after_blanks(text, end) + 1)
        _, after = _value(text, value)
        yield name, position, value, after
        position = _after_comma(text, after, "}")


def _expect_end(text: str, position: int) -> None:
    position = _after_blanks(text, position)
    if position != len(text):
        raise _BadJson("something follows its end", position)


def _after_comma(text: str, position: int, close: str) -> int:
    """Return where the next member begins, or the bracket that ends them."""
    position = _after_blanks(text, position)
    if text[position : position + 1] == close:
        return position
    if text[position : position + 1] != ",":
        raise _BadJson(f"a comma or {close} is missing", position)
    return _after_blanks(text, position + 1)


def _after_blanks(text: str, position: int) -> int:
    found = _BLANKS.match(text, position)
    return found.end() if found else position


def _refuse(constant: str) -> NoReturn:
    raise ValueError(f"{constant} is no number")


_DECODER = json.JSONDecoder(strict=False, parse_constant=_refuse)


def _value(text: str, position: int) -> tuple[Any, int]:
    try:
        return _DECODER.raw_decode(text, position)
    except json.JSONDecodeError as error:
        raise _BadJson(error.msg[:1].lower() + error.msg[1:], error.pos) from None
    except RecursionError:
        raise _BadJson("it is nested too deeply", position) from None
    except ValueError as error:  # a number of a thousand digits
        raise _BadJson(str(error)[:80], position) from None

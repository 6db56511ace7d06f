"""Read RIS, the format of Web of Science, EndNote and library catalogues.

In: the content of a file: lines "TAG  - value", an entry from `TY` to `ER`. Out: a `Library` that
decodes an entry when it is cited, and diagnostics. The lines are read here and not by a library
such as rispy, because diagnostics must name them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from ...diagnostics import Diagnostic, Span
from ...model.references import Library, Reference
from ..decoding import read_decoded
from ..items import Item, read_item
from ..source import Source
from .tags import BY_TYPE, MANY, SINGLE, TYPES, UNREAD

MOST = 100_000  # entries of one file
_LINE = re.compile(r"(?P<tag>[A-Z][A-Z0-9]) {1,2}-(?: (?P<value>.*)|[ \t]*)")
_WORD = re.compile(r"[^\W\d_]+")
_DATE = re.compile(r"(?P<year>\d{4})(?:[/-](?P<month>\d{0,2}))?(?:[/-](?P<day>\d{0,2}))?")
_SHORT = frozenset(("a", "an", "the", "on", "in", "of", "der", "die", "das", "le", "la", "les"))


class Line(NamedTuple):
    tag: str
    value: str
    span: Span  # of the value


class _Entry(NamedTuple):
    lines: tuple[Line, ...]
    span: Span  # of its first line


def read_ris(content: bytes, path: str) -> tuple[Library, list[Diagnostic]]:
    """Read a file of RIS. An entry without `ID` gets a key: family name, year, first word."""
    source, diagnostics = read_decoded(content, path)
    entries: dict[str, _Entry] = {}
    spans: dict[str, Span] = {}
    others: dict[str, list[Diagnostic]] = {}
    for entry in _entries(source, diagnostics):
        key, span = _key(entry)
        if key not in entries:
            entries[key], spans[key] = entry, span
            continue
        message = f"the key `{key}` is already used at {path}:{spans[key].line}; that is read"
        hint = "remove one of them, or give it a key of its own in a line `ID  - key`"
        found = Diagnostic("duplicate-citation-key", message, span, hint)
        others.setdefault(key, []).append(found)

    def decode(key: str) -> tuple[Reference, list[Diagnostic]]:
        reference, found = read_item(_item(key, spans[key], entries[key]))
        return reference, [*others.get(key, ()), *found]

    return Library(spans, decode), diagnostics


def _entries(source: Source, diagnostics: list[Diagnostic]) -> Iterator[_Entry]:
    """Yield the entries; what is in no entry is reported, and so is an entry without an end."""
    lines: list[Line] = []
    found = 0
    for number, text in enumerate(source.text.split("\n")):
        matched = _LINE.fullmatch(text.rstrip())
        place = source.span(source.starts[number], source.line_end(number))
        if not matched:
            if text.strip() and lines:  # a value goes on
                lines.append(Line("", text.strip(), place))
            elif text.strip():
                message = "this line is in no reference: one begins with `TY  - `"
                diagnostics.append(Diagnostic("bad-library", message, place))
                return
            continue
        tag, value = matched["tag"], (matched["value"] or "").strip()
        if tag == "ER" or (tag == "TY" and lines):
            if tag == "TY":
                message = "a reference begins before the one above has ended with `ER  - `"
                diagnostics.append(Diagnostic("bad-reference", message, place))
            if lines:
                yield _entry(lines)
                found += 1
            lines = []
        if found >= MOST:
            message = f"it has more than {MOST} references"
            diagnostics.append(Diagnostic("bad-library", message, place))
            return
        if tag == "TY" or (lines and tag != "ER"):
            lines.append(Line(tag, value, place))
        elif tag != "ER":
            message = f"`{tag}` stands in no reference: one begins with `TY  - `"
            diagnostics.append(Diagnostic("bad-reference", message, place))
    if lines:
        message = "the last reference does not end with `ER  - `"
        diagnostics.append(Diagnostic("bad-reference", message, lines[0].span))
        yield _entry(lines)


def _entry(lines: list[Line]) -> _Entry:
    """Return an entry, with what stands in lines without a tag in the line above."""
    whole: list[list[Line]] = []
    for line in lines:
        if line.tag:
            whole.append([])
        whole[-1].append(line)
    joined = (each[0]._replace(value="\n".join(line.value for line in each)) for each in whole)
    return _Entry(tuple(joined), lines[0].span)


def _key(entry: _Entry) -> tuple[str, Span]:
    for line in entry.lines:
        if line.tag == "ID" and line.value and not re.search(r"\s", line.value):
            return line.value, line.span
    values = {line.tag: line.value for line in reversed(entry.lines)}
    first = next((values[tag] for tag in ("AU", "A1", "A2", "ED") if values.get(tag)), "")
    year = next((found[0] for tag in ("PY", "Y1", "DA") if (found := _year(values.get(tag)))), "")
    title = next((values[tag] for tag in ("TI", "T1", "BT", "CT") if values.get(tag)), "")
    words = (word.lower() for word in _WORD.findall(title))
    word = next((word for word in words if word not in _SHORT), "")
    name = "".join(_WORD.findall(first.partition(",")[0])).lower()
    return f"{name}{year}{word}" or "untitled", entry.span


def _year(value: str | None) -> re.Match[str] | None:
    return re.match(r"\d{4}", value or "")


def _item(key: str, span: Span, entry: _Entry) -> Item:
    """Return an entry as an item of CSL variables."""
    kind = entry.lines[0].value.upper()
    csl = TYPES.get(kind, "")
    values: dict[str, object] = {"type": csl or f"TY {kind}"}
    places: dict[str, Span] = {"type": entry.lines[0].span}
    own = BY_TYPE.get(csl, {})
    lists: dict[str, list[str]] = {}
    # Where a journal is given in two ways, JO is the abbreviation.
    for line in sorted(entry.lines[1:], key=lambda line: line.tag == "JO"):
        variable = own.get(line.tag, SINGLE.get(line.tag, "")) if line.value else ""
        if not line.value or line.tag in UNREAD or line.value.startswith(("<p>", "<div")):
            continue  # Zotero's notes of readers are HTML
        if many := own.get(line.tag, MANY.get(line.tag, "")) if line.tag in MANY else "":
            lists.setdefault(many, []).append(line.value)
            places.setdefault(many, line.span)
        elif variable:
            _add(values, places, variable, line)
    values |= {name: list(people) for name, people in lists.items()}
    _join_pages(values)
    return Item(key, values, span, places)


def _add(values: dict[str, object], places: dict[str, Span], variable: str, line: Line) -> None:
    """Add a value; of several, the first counts, but a date with a day rather than a year."""
    value: object = line.value
    if variable in ("issued", "accessed", "original-date"):
        value = _date(line.value)
        before = values.get(variable)
        if isinstance(before, dict) and isinstance(value, dict):
            if len(str(before)) >= len(str(value)):
                return
            values.pop(variable)
    if variable == "note" and "note" in values:
        values["note"] = f"{values['note']}\n{line.value}"
    values.setdefault(variable, value)
    places.setdefault(variable, line.span)


def _date(text: str) -> object:
    """Return "2019/05/12/Spring" as CSL-JSON, without the words; what is no date is all words."""
    parts = text.strip().split("/")
    for count in (3, 2, 1):
        found = _DATE.fullmatch("/".join(parts[:count]).partition("T")[0].rstrip("/"))
        if found and not any(part.strip().isdigit() for part in parts[count:]):
            return {"date-parts": [[part for part in found.groups() if part]]}
    return text.strip("/ ")


def _join_pages(values: dict[str, object]) -> None:
    """Join `SP`, which may be a range already, and `EP`."""
    first, last = values.pop("page-first", ""), values.pop("page-last", "")
    if first or last:
        joined = f"{first}-{last}" if first and last and "-" not in str(first) else first or last
        values.setdefault("page", joined)

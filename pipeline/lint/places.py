"""A field of a reference as its file has it: what was written, and where."""

from __future__ import annotations

import re

from msgspec import Struct

from ..diagnostics import Span
from ..model.references import Reference

_OPENING = re.compile(r"[{(]\s*")
_BARE = re.compile(r"[^,\n}]*")


class Written(Struct, frozen=True):
    """A value without its outer braces or quotes, LaTeX and all, and the place of its name."""

    text: str
    span: Span


def written(reference: Reference, *names: str) -> Written | None:
    """Return the first of these fields that stands in the entry itself, not in a parent."""
    source = reference.source
    for name in names:
        if name in source.lower():
            found = re.search(rf"(?<![\w-]){name}(?=\s*=)", source, re.IGNORECASE)
            if found:
                value = _value(source, source.index("=", found.end()) + 1)
                return Written(value, _span(reference, found.start(), len(name)))
    return None


def place(reference: Reference, *names: str) -> Span:
    """Return where the first of these fields stands; the key of the entry if none does."""
    found = written(reference, *names)
    return found.span if found else reference.span


def _value(source: str, start: int) -> str:
    text = source[start:].lstrip()
    if text.startswith('"'):
        return text[1:].partition('"')[0].strip()
    if not text.startswith("{"):
        bare = _BARE.match(text)
        return bare[0].strip() if bare else ""
    depth = 0
    for offset, character in enumerate(text):
        depth += (character == "{") - (character == "}")
        if depth == 0:
            return text[1:offset].strip()
    return text[1:].strip()


def _span(reference: Reference, offset: int, length: int) -> Span:
    """Return the place of an offset in the entry; that of its key is known."""
    source, span = reference.source, reference.span
    opening = _OPENING.search(source)
    key = opening.end() if opening else 0
    between = source[key:offset]
    newlines = between.count("\n")
    column = len(between) - between.rfind("\n") if newlines else span.column + offset - key
    return Span.on_line(span.path, span.line + newlines, column, length)

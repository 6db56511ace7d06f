"""Rows of comma-separated values (RFC 4180), for tables and for charts."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

DELIMITERS = ",;\t"
WIDEST = 1000  # fields of a row; a small file may hold millions


class Field(NamedTuple):
    """One value, and the offsets at which it begins and ends, without spaces and quotes."""

    text: str
    start: int
    end: int

    @property
    def line(self) -> str:
        """The text with spaces for its line breaks."""
        return self.text.replace("\n", " ")


class BadCsv(Exception):
    """Why a text cannot be read as rows, and at which offset."""

    def __init__(self, message: str, offset: int) -> None:
        super().__init__(message)
        self.offset = offset


def read_rows(text: str, start: int = 0) -> Iterator[list[Field]]:
    """Yield the rows from an offset on, without empty ones; raise BadCsv where one is malformed.

    The delimiter is a comma, a semicolon or a tab. A field in quotes may hold anything, and `""` in
    it is a quote.
    """
    delimiter = _delimiter(text[start:])
    plain = re.compile(rf"[^{re.escape(delimiter)}\n]*")
    quoted = re.compile(r'[ ]*"([^"]*(?:""[^"]*)*)"[ ]*')
    row: list[Field] = []
    while start <= len(text):
        if found := quoted.match(text, start):
            row.append(Field(found[1].replace('""', '"'), *found.span(1)))
        else:
            found = plain.match(text, start)
            if found is None or found[0].lstrip().startswith('"'):
                raise BadCsv("a quotation mark is never closed", start)
            words = found[0].strip()
            first = start + len(found[0]) - len(found[0].lstrip())
            row.append(Field(words, first, first + len(words)))
        if len(row) > WIDEST:
            raise BadCsv(f"this row has more than {WIDEST} fields", row[WIDEST].start)
        sign = text[found.end() : found.end() + 1]
        if sign not in ("", "\n", delimiter):
            raise BadCsv("there is text after a closing quotation mark", found.end())
        if sign != delimiter:
            if any(field.text for field in row):
                yield row
            row = []
        start = found.end() + 1


def _delimiter(text: str) -> str:
    """Return the delimiter that is most frequent in the first line, outside quotes."""
    first = re.sub(r'"[^"]*"', "", text.lstrip("\n")).partition("\n")[0]
    return max(DELIMITERS, key=first.count)


def rectangle(rows: Iterable[list[Field]]) -> list[list[Field]]:
    """Return rows as long as the first one; raise BadCsv for one that is longer."""
    filled: list[list[Field]] = []
    for row in rows:
        width = len(filled[0]) if filled else len(row)
        if len(row) > width:
            message = f"this row has {len(row)} fields, the head {width}"
            raise BadCsv(message, row[width].start)
        end = row[-1].end
        filled.append([*row, *[Field("", end, end)] * (width - len(row))])
    return filled

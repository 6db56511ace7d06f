"""How headings, captions, equations and cross-references begin in the text of a PDF."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from ..language.terms import LANGUAGES, term
from .pdf_text import Line
from .printed import PrintedNumber
from .texts import NUMBER


def heading_number(anchor: str, text: str) -> PrintedNumber | None:
    """Return the number of a heading, "2." or "2.1", but nothing of "2025 in review"."""
    found = re.match(r"\s*([0-9]+(?:\.[0-9]+)+|[0-9]+(?=\.))\.?(?:\s|$)", text)
    return PrintedNumber(anchor, found[1], "", found[1]) if found else None


def equation_number(anchor: str, text: str) -> PrintedNumber | None:
    """Return the number beside an equation, "(1)": its formula is a picture, and no text."""
    found = re.fullmatch(r"\s*\(([0-9]+)\)\s*", text)
    return PrintedNumber(anchor, found[1], "", found[1]) if found else None


def words(text: str) -> str:
    return re.sub(r"[\W0-9_]+", "", text)


@cache
def cross_reference() -> re.Pattern[str]:
    return re.compile(rf"(?:{_terms('section', 'figure', 'table', 'equation')})\s*(?:{NUMBER})")


@cache
def caption_label(prefix: str) -> re.Pattern[str]:
    name = "figure" if prefix == "fig-" else "table"
    return re.compile(rf"\s*((?:{_terms(name)})\s*(?:{NUMBER}))\.(?:\s|$)")


def rows(lines: list[Line]) -> Iterator[list[Line]]:
    """Yield the lines that follow each other at one height: pdfium cuts some rows to pieces."""
    row: list[Line] = []
    for line in lines:
        if row and abs(line.centre[1] - row[0].centre[1]) > 1:
            yield row
            row = []
        row.append(line)
    if row:
        yield row


def _terms(*names: str) -> str:
    return "|".join({re.escape(term(name, lang)) for name in names for lang in LANGUAGES})

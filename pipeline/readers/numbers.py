"""Numbers of .bib fields: pages, issues that are words, identifiers in a note."""

from __future__ import annotations

import re
from collections.abc import Mapping

from ..language.dates import SEASONS, month_number

_DASH = re.compile(r"\s*(?:\u2013|\u2014|\u2212|(?<=\d)\s*-\s*(?=\d))\s*")
_PP = re.compile(r"pp?\.\s*(?=\w*\d)", re.IGNORECASE)
_WORD = re.compile(r"\w+")
_IDENTIFIER = re.compile(
    r"\s*(?P<name>pmid|pmcid|doi)\s*:\s*(?P<value>(?:PMC)?\d+|10\.\d+/\S+?)[.,;]?(?:\s+|$)",
    re.IGNORECASE,
)


def pages(written: str) -> str:
    """Return pages with plain hyphens in ranges, as CSL wants them, and without "pp.".

    A range from a page to itself is that page.
    """
    text = re.sub(r"--+", "-", _DASH.sub("-", written))
    found = _PP.match(text)
    text = text[found.end() :] if found else text
    text = re.sub(r"^\s*(\w+)-\1\s*$", r"\1", text)
    return text if _WORD.search(text) else ""


def is_article_number(page: str) -> bool:
    """Is a page the number of an article: "e2019WR024918", "023456"? No volume has such pages."""
    return bool(re.fullmatch(r"[A-Za-z]{0,3}\d+[A-Za-z]+\d{3,}|[A-Za-z]{0,3}\d{5,}", page))


def is_time_of_year(issue: str) -> bool:
    """Say whether the issue of a journal is a month or season: "March", "Jul/Aug", "Spring"?

    It belongs to the date then: no style says "no. March".
    """
    words = _WORD.findall(issue.lower())
    return bool(words) and all(word in SEASONS or month_number(word) for word in words)


def with_identifiers(values: Mapping[str, str]) -> Mapping[str, str]:
    """Return the fields, with an identifier in a note (`PMID: 23635051`) moved to its own field."""
    found = _IDENTIFIER.match(values.get("note", ""))
    if not found or found["name"].lower() in values:
        return values
    rest = values["note"][found.end() :]
    others = {name: value for name, value in values.items() if name != "note"}
    return others | {found["name"].lower(): found["value"]} | ({"note": rest} if rest else {})

"""Slips in the fields of .bib files that can be put right in one way only.

Each keeps what our reader reads; whoever applies them proves that. What other programs make of a
value counts as well: braces that protect capitals of a title, or the name of an organisation, stay.
"""

from __future__ import annotations

import re

from ...language.dates import month_number
from ...text import DOI, bare_doi

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
# Fields whose values have no capitals to protect, and are no names.
_BARE = frozenset(
    (
        *("date", "day", "doi", "eissn", "isbn", "issn", "issue", "month", "number", "pages"),
        *("pagetotal", "url", "urldate", "volume", "volumes", "year"),
    )
)
_DELIMITED = re.compile(r'\{(?P<braced>[^{}]*)\}|"(?P<quoted>[^"{}]*)"', re.DOTALL)
_DOUBLED = re.compile(r"\{\s*\{([^{}]*)\}\s*\}", re.DOTALL)
_RANGE = re.compile(r"(?<![\d–—-])(\d+)\s*[-–—]\s*(\d+)(?![\d–—-])")
_PAGES = re.compile(r"\s*\d+(?:\s*[-–—]\s*\d+)?(?:\s*,\s*\d+(?:\s*[-–—]\s*\d+)?)*\s*")
_URL = re.compile(r"\{\s*\\url\s*\{([^{}]*)\}\s*\}")


def mended(name: str, value: str) -> str:
    """Return the value of a field, as written with its delimiters, without such slips."""
    if name in _BARE and (doubled := _DOUBLED.fullmatch(value)):
        value = f"{{{doubled[1]}}}"
    if name == "url" and (wrapped := _URL.fullmatch(value)):
        value = f"{{{wrapped[1]}}}"
    found = _DELIMITED.fullmatch(value)
    if not found:
        return value
    text = found["braced"] if found["braced"] is not None else found["quoted"]
    match name:
        case "doi":
            doi = bare_doi(text.strip())
            return f"{{{doi}}}" if DOI.fullmatch(doi) else value
        case "pages" if _PAGES.fullmatch(text):
            ranges = _RANGE.sub(r"\1--\2", text.strip())
            return f"{{{ranges}}}" if _RANGE.search(text) else value
        case "month":
            return _month(text.strip().rstrip(".").lower()) or value
        case _:
            return value


def _month(text: str) -> str:
    """Return the macro of a month that is written as a number or a word, "" for anything else."""
    number = int(text) if re.fullmatch("0?[0-9]|1[0-2]", text) else month_number(text)
    return MONTHS[number - 1] if number else ""

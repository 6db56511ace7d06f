"""The places of publishers: a field may name several."""

from __future__ import annotations

import re

from .names import split_list

PLACES = ("address", "location")
# Not the `and` of places that are one.
_BETWEEN = re.compile(
    r"\s+and\s+(?!(?:Barbuda|Caicos|Futuna|Herzegovina|Labrador|Miquelon|Nevis|Pr[ií]ncipe"
    r"|the Grenadines|Tobago|Wear)\b)"
)
# And not that of an office: "Department of Fish and Wildlife, Salem, OR".
_OFFICES = re.compile(r"\b(?:Agency|Bureau|Department|Dept|Institute|Ministry|Office|Service)s?\b")


def places_of(written: str) -> list[str]:
    """Return the places in a field, as LaTeX text; an `and` in braces parts none."""
    return [written] if _OFFICES.search(written) else split_list(written, _BETWEEN)

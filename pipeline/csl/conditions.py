"""Which branch of `cs:choose` holds (CSL 1.0.2, choose)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from .elements import Branch, Choose, Element
from .marked import bare
from .scope import Scope

# A number with letters before or after it, or several of them.
_NUMBER = r"[^\W\d_]*\d+[^\W\d_]*"
_NUMERIC = re.compile(rf"\s*{_NUMBER}(?:\s*[-–—,&]\s*{_NUMBER})*\s*")


def chosen(choose: Choose, scope: Scope) -> tuple[Element, ...]:
    """Return what the first branch that holds would render."""
    return next((branch.children for branch in choose.branches if _holds(branch, scope)), ())


def _holds(branch: Branch, scope: Scope) -> bool:
    results = _results(branch, scope)
    match branch.match:
        case "any":
            return any(results)
        case "none":
            return not any(results)
        case _:
            return all(results)


def _results(branch: Branch, scope: Scope) -> Iterator[bool]:
    types = [asked for condition, asked in branch.tests if condition == "type"]
    if types:  # no reference is of several types: they are alternatives in any match
        yield scope.type in types
    for condition, asked in branch.tests:
        match condition:
            case "type":
                pass
            case "variable":
                yield scope.has(asked)
            case "is-numeric":
                yield is_numeric(scope.fields.get(asked, ""))
            case "is-uncertain-date":
                date = scope.dates.get(asked)
                yield date is not None and (date.circa or date.uncertain)
            case _:  # an entry has no locator, and stands after no other citation
                yield False


def is_numeric(text: str) -> bool:
    """Say whether a text is a number, or several: `1–3`, `2nd & 3rd`."""
    return _NUMERIC.fullmatch(bare(text)) is not None

"""Rules on the entries of the reference list, as the citation style prints them."""

from __future__ import annotations

from collections.abc import Iterator

from ..csl import omitted
from ..diagnostics import Diagnostic
from ..numbering import NumberedBrief


def left_out_by_style(numbered: NumberedBrief) -> Iterator[Diagnostic]:
    """Name what of the references their entries do not say: nobody sees what is not there."""
    keys: dict[str, list[str]] = {}
    first = None
    for reference in numbered.bibliography:
        for words in omitted(reference, numbered.entry(reference)):
            keys.setdefault(words, []).append(f"`{reference.key}`")
            first = first or reference
    if first is None:
        return
    left_out = "; ".join(f"no {words} of {_listed(found)}" for words, found in keys.items())
    message = f"{numbered.citation_style.name} prints {left_out}"
    hint = "if readers need it, write it into a field that the style prints, or the title"
    yield Diagnostic("left-out-by-style", message, first.span, hint)


def _listed(keys: list[str]) -> str:
    """Return the first three keys, and how many there are besides."""
    more = [f"{len(keys) - 3} more"] if len(keys) > 3 else []
    *others, last = [*keys[:3], *more]
    return f"{', '.join(others)} and {last}" if others else last

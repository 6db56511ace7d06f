"""Rules on the entries of the reference list, as the citation style prints them."""

from __future__ import annotations

from collections.abc import Iterator

from ..csl import omitted
from ..diagnostics import Diagnostic
from ..numbering import NumberedBrief


def left_out_by_style(numbered: NumberedBrief) -> Iterator[Diagnostic]:
    """Name what of a reference its entry does not say: nobody sees what is not there."""
    for reference in numbered.bibliography:
        if left_out := omitted(reference, numbered.entry(reference)):
            style = numbered.citation_style.name
            message = f"{style} prints no {' and no '.join(left_out)} of `{reference.key}`"
            hint = "if readers need it, write it into a field that the style prints, or the title"
            yield Diagnostic("left-out-by-style", message, reference.span, hint)

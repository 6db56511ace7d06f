"""A rule on formulas: which of them cannot be edited in Word."""

from __future__ import annotations

from collections.abc import Iterator

from ..diagnostics import Diagnostic
from ..model import Brief, Equation, Math, walk
from ..styles import House


def math_as_image(brief: Brief, house: House) -> Iterator[Diagnostic]:
    for node in walk(brief):
        if isinstance(node, Math | Equation):
            from ..maths import to_omml  # for those briefs only that have formulas

            if to_omml(node.tex, isinstance(node, Equation)) is None:
                yield Diagnostic(
                    "math-as-image",
                    "this formula is a picture in Word, which has no object for it",
                    node.span,
                    "write it with simpler commands if the team should edit it there",
                )

"""Rules on formulas: those that are prose, and those that cannot be edited in Word."""

from __future__ import annotations

import re
from collections.abc import Iterator
from textwrap import shorten

from ..diagnostics import Diagnostic
from ..model import Brief, Equation, Math, walk
from ..styles import House

# What TeX itself reads as words, and its commands.
_TEX = r"\\(?:text\w*|math(?:rm|it|sf|bf)|mbox|operatorname|begin|end)\*?\s*\{[^{}]*\}|\\[A-Za-z]+"
_LETTER = r"[^\W\d_]"
# Emphasis, two words in a row, a small word between blanks, letters without case, a citation.
_PROSE = (
    rf"\*\*|(?<!{_LETTER}){_LETTER}{{3,}} +{_LETTER}{{2}}|{_LETTER}{{2}} +{_LETTER}{{3}}"
    r"|(?:^| )(?:and|or|to|per|by|of|et|ou|und|bis|oder|à) |(?<!\w)@\w"
    r"|^\d.*\W(?:US|NZ|HK|CA|AU)\Z"  # "$6, US$7"
    r"|[\u0590-\u1fff\u3041-\u30ff\u3400-\u9fff\uac00-\ud7a3]"
)
_LONGEST = 40  # characters that a message quotes


def words_in_formula(brief: Brief, house: House) -> Iterator[Diagnostic]:
    """`35$ to 40$` is a formula to every program that reads dollars as mathematics."""
    for node in walk(brief):
        if isinstance(node, Math | Equation) and re.search(_PROSE, re.sub(_TEX, "", node.tex)):
            shown = shorten(node.tex, _LONGEST, placeholder="…")
            yield Diagnostic(
                "words-in-formula",
                f"`{shown}` is read as a formula, and holds words",
                node.span,
                r"write `\$` for a dollar sign, and `\text{…}` for words in a formula",
            )


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

"""Convert formulas. In: TeX. Out: MathML for browsers, a vector picture for print, OMML for Word.

All three are made from one MathML tree (W3C MathML Core), so every output shows the same formula.
"""

from __future__ import annotations

from .omml import displayed_in_line, to_omml
from .picture import Picture, draw
from .tex import BadMath, mathml_file, to_mathml
from .words import in_words

__all__ = [
    "BadMath",
    "Picture",
    "displayed_in_line",
    "draw",
    "in_words",
    "mathml_file",
    "problem_in",
    "to_mathml",
    "to_omml",
]


def problem_in(tex: str, display: bool) -> str:
    """Return what is wrong with a formula, "" if every output can show it."""
    try:
        draw(tex, display)
    except BadMath as problem:
        return str(problem)
    return ""

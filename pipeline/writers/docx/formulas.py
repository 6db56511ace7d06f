"""Formulas as OMML, which Word edits; where it has no object for one, as a picture of it."""

from __future__ import annotations

from ...diagnostics import Span
from ...maths import displayed_in_line, draw, in_words, to_omml
from ...model import Equation, Image, ImageFile
from ...ooxml import EQUATION_SEQUENCE, m, sequence_field, w
from ...xml import Element
from .context import Context
from .fields import field_runs
from .pictures import file_run
from .runs import TAB, inset, paragraph, text_runs

_PIXELS = 96 / 72  # CSS pixels to the point


def formula_runs(tex: str, context: Context, display: bool) -> list[Element]:
    """Return what stands in a paragraph: `m:oMath` (22.1.2.77), or the run of a picture."""
    return [to_omml(tex, display) or _picture_run(tex, context, display)]


def _picture_run(tex: str, context: Context, display: bool, alt: str = "") -> Element:
    picture = draw(tex, display)
    em = context.house.sizes["body"] * _PIXELS
    name = f"{'equation' if display else 'formula'}:{tex}"
    file = ImageFile(name, "image/svg+xml", picture.svg, picture.width * em, picture.height * em)
    return file_run(
        Image(name, alt or in_words(tex, display, context.lang), span=Span.of_file("")),
        file,
        context,
    )


def equation_to_element(equation: Equation, context: Context, indent: int) -> Element:
    """Return the paragraph of an equation.

    A number stands behind a tab at the end of the line; a displayed formula of Word (22.1.2.78)
    would allow nothing beside it, so one with a number is a formula in a line between two tabs,
    set as if displayed. Word's own way, a number inside the formula behind `#`, is no field in
    LibreOffice, and no number for screen readers.
    """
    formula = to_omml(equation.tex, display=True)
    shown = formula or _picture_run(equation.tex, context, True, equation.alt)
    number = context.number(equation.anchor) if equation.anchor else ""
    if not (equation.anchor and number):
        content = context.bookmarks.block(equation, [m("oMathPara", formula) if formula else shown])
        centred = None if formula else w("jc", val="center")
        return paragraph("Equation", content, inset(indent), centred)
    run_format = context.run_format
    sequence = sequence_field(EQUATION_SEQUENCE, context.restart(equation.anchor))
    field = field_runs(sequence, number, run_format)
    label = [
        *text_runs("(", run_format),
        *context.bookmarks.anchor(equation.anchor, field),
        *text_runs(")", run_format),
    ]
    in_line = displayed_in_line(formula) if formula else shown
    content = context.bookmarks.block(equation, [TAB, in_line, TAB, *label])
    return paragraph("Equation", content, inset(indent))

"""Formulas as OMML, which Word edits; where it has no object for one, as a picture of it."""

from __future__ import annotations

from ...diagnostics import Span
from ...maths import displayed_in_line, draw, to_omml
from ...model import Equation, Image, ImageFile
from ...ooxml import EQUATION_SEQUENCE, sequence_field
from .pictures import picture_run
from .runs import field_run, paragraph, tab_run, text_run
from .writing import Writing

_PIXELS = 96 / 72  # CSS pixels to the point


def formula_run(tex: str, writing: Writing, display: bool) -> str:
    """Return what stands in a paragraph: `m:oMath` (22.1.2.77), or the run of a picture."""
    found = to_omml(tex, display)
    return found if found is not None else _picture_run(tex, writing, display)


def _picture_run(tex: str, writing: Writing, display: bool) -> str:
    picture = draw(tex, display)
    em = writing.styles.house.sizes["body"] * _PIXELS
    name = f"{'equation' if display else 'formula'}:{tex}"
    size = picture.width * em, picture.height * em
    writing.add_image(ImageFile(name, "image/svg+xml", picture.svg, *size))
    image = Image(name, tex, span=Span.on_line("", 1, 1, 1))
    return picture_run(image, writing, writing.dress)


def equation_to_xml(equation: Equation, writing: Writing, indent: int) -> str:
    """Return the paragraph of an equation.

    A number stands behind a tab at the end of the line; a displayed formula of Word (22.1.2.78)
    would allow nothing beside it, so one with a number is a formula in a line between two tabs,
    set as if displayed. Word's own way, a number inside the formula behind `#`, is no field in
    LibreOffice, and no number for screen readers.
    """
    inset = f'<w:ind w:left="{indent}"/>' if indent else ""
    formula = formula_run(equation.tex, writing, display=True)
    number = writing.number(equation.anchor) if equation.anchor else ""
    if not (equation.anchor and number):
        displayed = formula.startswith("<m:oMath>")
        content = f"<m:oMathPara>{formula}</m:oMathPara>" if displayed else formula
        centred = inset + ("" if displayed else '<w:jc w:val="center"/>')
        return paragraph("Equation", writing.block(equation, content), centred)
    field = field_run(sequence_field(EQUATION_SEQUENCE), number, writing.dress)
    label = (
        text_run("(", writing.dress)
        + writing.anchored(equation.anchor, field)
        + text_run(")", writing.dress)
    )
    content = writing.block(equation, tab_run() + displayed_in_line(formula) + tab_run() + label)
    return paragraph("Equation", content, inset)

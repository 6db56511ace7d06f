"""Formulas as pictures.

WeasyPrint sets no MathML, and a browser without a mathematical font silently leaves signs out: a
root without its sign is another number.
"""

from __future__ import annotations

from ...maths import draw, in_words
from ...model import Equation, ImageFile
from .markup import element, start_tag, text
from .page import Page

_EM = 16  # CSS pixels


def formula_to_html(tex: str, page: Page, display: bool, alt: str = "") -> str:
    """Return a formula, its picture aligned with the baseline of the text.

    `alt` are the author's words for it; without any, it is read as `in_words` says.
    """
    picture = draw(tex, display)
    alt, beside = page.formula_words(tex, display, alt or in_words(tex, display, page.lang))
    attributes = {
        "class": "formula",
        "src": page.source(formula_image(tex, display)),
        "alt": alt,
        "style": f"width:{picture.width:.4f}em;height:{picture.height:.4f}em;"
        f"vertical-align:{-picture.depth:.4f}em",
        **page.formula_file(tex, display),
    }
    return start_tag("img", attributes) + beside


def equation_to_html(equation: Equation, page: Page) -> str:
    """Return an equation, with its number in brackets at the end of the line."""
    content = formula_to_html(equation.tex, page, True, equation.alt)
    if equation.anchor and (number := page.number(equation.anchor)):
        found = element("span", text(number), page.anchored(equation.anchor))
        content += element("span", f"({found})", {"class": "equation-number"})
    attributes = {
        "class": "equation",
        "id": page.id(equation.anchor) if equation.anchor else None,
        **page.place(equation.span),
    }
    return element("div", content, attributes)


def formula_image(tex: str, display: bool) -> ImageFile:
    """Return the picture of a formula. The print page asks for it by its name."""
    picture = draw(tex, display)
    name = ("equation:" if display else "formula:") + tex
    width, height = picture.width * _EM, picture.height * _EM
    return ImageFile(name, "image/svg+xml", picture.svg, width, height)

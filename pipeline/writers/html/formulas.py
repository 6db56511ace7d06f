"""Formulas as pictures, and beside them as MathML for those who do not see them.

WeasyPrint sets no MathML, and a browser without a mathematical font leaves out signs in silence: a
root without its sign is another number.
"""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterator

from ...maths import draw, to_mathml
from ...model import Brief, Equation, ImageFile, Math, walk
from .markup import element, fragment, start_tag, text
from .medium import IMAGE_SCHEME, Page

_EM = 16  # CSS pixels
_NAMES = {False: "formula:", True: "equation:"}  # begin the names of pictures, before the TeX


def formula_to_html(tex: str, page: Page, display: bool) -> str:
    """Return a formula; its picture hangs as deep below the line as its lowest sign."""
    picture = draw(tex, display)
    if page.printed:
        source = IMAGE_SCHEME + fragment(_NAMES[display] + tex)
    else:
        source = f"data:image/svg+xml;base64,{b64encode(picture.svg).decode('ascii')}"
    attributes = {
        "class": "formula",
        "src": source,
        "alt": tex if page.printed else "",
        "style": f"width:{picture.width:.4f}em;height:{picture.height:.4f}em;"
        f"vertical-align:{-picture.depth:.4f}em",
    }
    shown = start_tag("img", attributes)
    if page.printed:
        return shown
    return shown + element("span", to_mathml(tex, display), {"class": "for-readers"})


def equation_to_html(equation: Equation, page: Page) -> str:
    """Return an equation, with its number in brackets at the end of the line."""
    content = formula_to_html(equation.tex, page, display=True)
    if equation.anchor and (number := page.number(equation.anchor)):
        found = element("span", text(number), {"data-anchor": str(equation.anchor)})
        content += element("span", f"({found})", {"class": "equation-number"})
    attributes = {
        "class": "equation paragraph" if page.printed else "equation",
        "id": page.id(equation.anchor) if equation.anchor else None,
        **page.place(equation.span),
    }
    return element("div", content, attributes)


def formula_images(brief: Brief) -> Iterator[ImageFile]:
    """Yield the pictures of all formulas, by the names that the printed page has for them."""
    for node in walk(brief):
        if isinstance(node, Math | Equation):
            display = isinstance(node, Equation)
            picture = draw(node.tex, display)
            name, size = _NAMES[display] + node.tex, (picture.width * _EM, picture.height * _EM)
            yield ImageFile(name, "image/svg+xml", picture.svg, *size)

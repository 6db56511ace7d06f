"""A tree of MathML as OMML, the formulas of Word (ECMA-376, part 1, 22.1).

Each object is built whole, its properties and arguments in the order of the schema, so that what
comes out is valid; `None` comes out for a formula that OMML has no object for.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from xml.etree.ElementTree import Element as MathML

from ..ooxml import m
from ..xml import Element
from .grouping import (
    OPERATORS,
    end_of_argument,
    end_of_operand,
    grouped,
    is_function,
    lacks_operand,
    text_of,
)
from .omml_runs import UPRIGHT, NoObject, nothing, run, signs, space
from .tex import is_limit, tree

_NARY = frozenset("∑∏∐∫∬∭∮∯∰⋀⋁⋂⋃⨁⨂⨀⨄⨆")
_INTEGRALS = frozenset("∫∬∭∮∯∰")
_ACCENTS = {  # what TeX's commands set above a sign: the combining sign that Word has for it
    "^": "\u0302",
    "~": "\u0303",
    "˙": "\u0307",
    "¨": "\u0308",
    "ˇ": "\u030c",
    "´": "\u0301",
    "`": "\u0300",
    "˘": "\u0306",
    "→": "\u20d7",
}
_LINES = frozenset("¯‾_\N{LOW LINE}")
_BRACES = {"⏞": "top", "⏟": "bot"}
# Arguments that are set smaller than text.
_SMALLER = frozenset(f"m:{name}" for name in ("num", "den", "sub", "sup", "lim", "deg"))


@lru_cache(maxsize=512)
def to_omml(tex: str, display: bool) -> Element | None:
    """Return the element `m:oMath` of a formula, or None. Raises `BadMath`."""
    try:
        found = m("oMath", *_sequence(list(tree(tex, display))))
    except NoObject:
        return None
    return found if display else _with_limits_beside(found)


def _with_limits_beside(found: Element) -> Element:
    """Return a formula in a line of text: limits stand beside the sum, as TeX sets them."""
    if found.tag == "m:limLoc":
        return m("limLoc", val="subSup")
    children = (_with_limits_beside(x) if isinstance(x, Element) else x for x in found.children)
    return Element(found.tag, found.attributes, tuple(children))


def displayed_in_line(found: Element, outermost: bool = True) -> Element:
    """Return a formula that stands beside its number: in a line, but set as in a display.

    There Word makes fractions small; their parts get back their size (22.1.2.6), those of
    fractions in fractions and in scripts do not.
    """
    inner = outermost and found.tag not in _SMALLER
    children = [
        displayed_in_line(x, inner) if isinstance(x, Element) else x for x in found.children
    ]
    if outermost and found.tag in ("m:num", "m:den"):
        children.insert(0, m("argPr", m("argSz", val=1)))
    return Element(found.tag, found.attributes, tuple(children))


def _sequence(elements: Sequence[MathML]) -> list[Element]:
    """Return elements one after the other; sums and functions take in what follows them."""
    elements = grouped(elements)
    if len(elements) == 1 and elements[0].tag == "mo" and text_of(elements[0]) in OPERATORS:
        return [signs(text_of(elements[0]), UPRIGHT)]
    before, after = lacks_operand(elements)
    parts = [nothing()] if before else []
    i = 0
    while i < len(elements):
        element = elements[i]
        if nary := _nary_parts(element):
            end = end_of_operand(elements, i + 1)
            parts.append(_nary(*nary, elements[i + 1 : end]))
        elif is_function(element) and (end := end_of_argument(elements, i + 1)) > i + 1:
            parts.append(_function(element, elements[i + 1 : end]))
        else:
            parts += _one(element)
            end = i + 1
        i = end
    if after or not elements:
        parts.append(nothing())
    return parts


def _function(name: MathML, argument: Sequence[MathML]) -> Element:
    """Return a function (22.1.2.39): Word sets a space between its name and its argument."""
    if name.tag == "msub" and is_limit(name[0]):
        written = [_below(_e(name[:1]), name[1])]
    else:
        written = _one(name)
    return m("func", m("fName", *written), _e(argument))


def _one(element: MathML) -> list[Element]:
    """Return what one element of MathML is: mostly one, of a row all that is in it."""
    match element.tag:
        case "mi" | "mn" | "mo" | "mtext":
            return run(element)
        case "mspace":
            return space(element)
        case "mrow" | "mstyle":
            return _row(list(element))
        case _:
            return [_object(element)]


def _object(element: MathML) -> Element:
    children = list(element)
    match element.tag:
        case "mfrac":
            bar = m("fPr", m("type", val="noBar")) if _is_stack(element) else None
            above, below = (_argument([child]) for child in children)
            return m("f", bar, m("num", *above), m("den", *below))
        case "msqrt":
            return m("rad", m("radPr", m("degHide", val=1)), m("deg"), _e(children))
        case "mroot":
            return m("rad", m("deg", *_argument([children[1]])), _e(children[:1]))
        case "msub":
            return m("sSub", _e(children[:1]), _script("sub", children[1]))
        case "msup":
            return m("sSup", _e(children[:1]), _script("sup", children[1]))
        case "msubsup":
            scripts = _script("sub", children[1]), _script("sup", children[2])
            return m("sSubSup", _e(children[:1]), *scripts)
        case "mover":
            return _above(children[0], children[1])
        case "munder":
            return _below(_e(children[:1]), children[1])
        case "munderover":
            inner = _below(_e(children[:1]), children[1])
            return _limit("Upp", m("e", inner), children[2])
        case "mtable":
            return _matrix(children)
        case "mphantom":
            return m("phant", m("phantPr", m("show", val=0)), _e(children))
        case "menclose" if element.get("notation") == "box":
            return m("borderBox", _e(children))
        case _:
            raise NoObject


def _argument(elements: Sequence[MathML]) -> list[Element]:
    """Return what fills an argument; a row that only groups is left out."""
    if len(elements) == 1 and elements[0].tag in ("mrow", "mstyle"):
        return _row(list(elements[0]))
    return _sequence(elements)


def _e(elements: Sequence[MathML]) -> Element:
    return m("e", *_argument(elements))


def _script(name: str, element: MathML | None) -> Element:
    return m(name, *(() if element is None else _argument([element])))


# Brackets --------------------------------------------------------------------------------------


def _row(children: Sequence[MathML]) -> list[Element]:
    """Return a row; brackets round it grow with what they hold."""
    first = children[0] if children else None
    if first is None or first.tag != "mo" or first.get("form") != "prefix":
        return _sequence(children)
    last = children[-1]
    closed = last.tag == "mo" and last.get("form") == "postfix"
    inner = children[1:-1] if closed else children[1:]
    return [_delimited(text_of(first), text_of(last) if closed else "", inner)]


def _is_stack(element: MathML) -> bool:
    return element.tag == "mfrac" and element.get("linethickness") == "0"


def _delimited(opening: str, closing: str, inner: Sequence[MathML]) -> Element:
    return m("d", m("dPr", m("begChr", val=opening), m("endChr", val=closing)), _e(inner))


# Sums ------------------------------------------------------------------------------------------


def _nary_parts(element: MathML) -> tuple[str, MathML | None, MathML | None] | None:
    """Return the sign of a sum or integral and its limits, None for other elements."""
    if element.tag == "mo" and text_of(element) in _NARY:
        return text_of(element), None, None
    if not len(element) or element[0].tag != "mo" or text_of(element[0]) not in _NARY:
        return None
    sign = text_of(element[0])
    match element.tag:
        case "msub" | "munder":
            return sign, element[1], None
        case "msup" | "mover":
            return sign, None, element[1]
        case "msubsup" | "munderover":
            return sign, element[1], element[2]
        case _:
            return None


def _nary(sign: str, low: MathML | None, high: MathML | None, operand: Sequence[MathML]) -> Element:
    properties = m(
        "naryPr",
        m("chr", val=sign),
        m("limLoc", val="subSup" if sign in _INTEGRALS else "undOvr"),
        m("subHide", val=1) if low is None else None,
        m("supHide", val=1) if high is None else None,
    )
    limits = _script("sub", low), _script("sup", high)
    return m("nary", properties, *limits, m("e", *_sequence(operand)))


# Above and below -------------------------------------------------------------------------------


def _above(base: MathML, over: MathML) -> Element:
    sign = text_of(over) if over.tag == "mo" else ""
    if sign in _ACCENTS:
        return m("acc", m("accPr", m("chr", val=_ACCENTS[sign])), _e([base]))
    if sign in _LINES and sign:
        return m("bar", m("barPr", m("pos", val="top")), _e([base]))
    if sign in _BRACES:
        return _brace(sign, _e([base]))
    return _limit("Upp", _e([base]), over)


def _below(base: Element, under: MathML) -> Element:
    """Return something with what stands below it; `base` is its finished argument."""
    sign = text_of(under) if under.tag == "mo" else ""
    if sign in _LINES and sign:
        return m("bar", m("barPr", m("pos", val="bot")), base)
    if sign in _BRACES:
        return _brace(sign, base)
    return _limit("Low", base, under)


def _brace(sign: str, base: Element) -> Element:
    side = _BRACES[sign]
    on_line = m("vertJc", val="bot") if side == "top" else None
    return m("groupChr", m("groupChrPr", m("chr", val=sign), m("pos", val=side), on_line), base)


def _limit(kind: str, base: Element, limit: MathML) -> Element:
    return m(f"lim{kind}", base, m("lim", *_argument([limit])))


# Matrices --------------------------------------------------------------------------------------


def _matrix(rows: Sequence[MathML]) -> Element:
    """Return a matrix; a short row is filled up, as each must have all columns."""
    count = max((len(row) for row in rows), default=0)
    if not count:
        raise NoObject
    widest = next(row for row in rows if len(row) == count)
    columns = (
        m("mc", m("mcPr", m("count", val=1), m("mcJc", val=cell.get("columnalign", "center"))))
        for cell in widest
    )
    # An aligned formula has no gap between its columns.
    aligned = widest[0].get("columnalign") == "right"
    gap = (m("cGpRule", val=3), m("cGp", val=0)) if aligned else ()
    lines = (
        m("mr", *map(_e, map(list, row)), *(_e([]) for _ in range(count - len(row))))
        for row in rows
    )
    return m("m", m("mPr", *gap, m("mcs", *columns)), *lines)

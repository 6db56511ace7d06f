"""A tree of MathML as OMML, the formulas of Word (ECMA-376, part 1, 22.1).

Each object is built whole, its properties and arguments in the order of the schema, so that what
comes out is valid; `None` comes out for a formula that OMML has no object for.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from html import escape
from xml.etree.ElementTree import Element

from .grouping import (
    OPERATORS,
    end_of_argument,
    end_of_operand,
    grouped,
    is_function,
    lacks_operand,
    text_of,
)
from .omml_runs import NoObject, nothing, run, signs, space
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
_NO_GAP = '<m:cGpRule m:val="3"/><m:cGp m:val="0"/>'  # between columns of an aligned formula
_BRACES = {"⏞": "top", "⏟": "bot"}
_LIMITS_ABOVE, _LIMITS_BESIDE = '<m:limLoc m:val="undOvr"/>', '<m:limLoc m:val="subSup"/>'
_SMALLER = re.compile("<(/?)m:(num|den|sub|sup|lim|deg)>")  # arguments set smaller than text
_LARGER = '<m:argPr><m:argSz m:val="1"/></m:argPr>'


@lru_cache(maxsize=512)
def to_omml(tex: str, display: bool) -> str | None:
    """Return the element `m:oMath` of a formula, or None. Raises `BadMath`."""
    try:
        found = f"<m:oMath>{_sequence(list(tree(tex, display)))}</m:oMath>"
    except NoObject:
        return None
    # In a line of text the limits of sums stand beside them, as TeX sets them there.
    return found if display else found.replace(_LIMITS_ABOVE, _LIMITS_BESIDE)


def displayed_in_line(omml: str) -> str:
    """Return a formula that stands beside its number: in a line, but set as in a display.

    There Word makes fractions small; their parts get back their size (22.1.2.6), those of
    fractions in fractions and in scripts do not.
    """
    depth = 0

    def enlarged(tag: re.Match[str]) -> str:
        nonlocal depth
        depth += -1 if tag[1] else 1
        outermost = depth == 1 and not tag[1] and tag[2] in ("num", "den")
        return tag[0] + _LARGER if outermost else tag[0]

    return _SMALLER.sub(enlarged, omml)


def _sequence(elements: Sequence[Element]) -> str:
    """Return elements one after the other; sums and functions take in what follows them."""
    elements = grouped(elements)
    if len(elements) == 1 and elements[0].tag == "mo" and text_of(elements[0]) in OPERATORS:
        return signs(text_of(elements[0]), "<m:nor/>")
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
            parts.append(_one(element))
            end = i + 1
        i = end
    if after or not elements:
        parts.append(nothing())
    return "".join(parts)


def _function(name: Element, argument: Sequence[Element]) -> str:
    """Return a function (22.1.2.39): Word sets a blank between its name and its argument."""
    if name.tag == "msub" and is_limit(name[0]):
        written = _below(_e(name[:1]), name[1])
    else:
        written = _one(name)
    return f"<m:func><m:fName>{written}</m:fName>{_e(argument)}</m:func>"


def _one(element: Element) -> str:
    children = list(element)
    match element.tag:
        case "mi" | "mn" | "mo" | "mtext":
            return run(element)
        case "mspace":
            return space(element)
        case "mrow" | "mstyle":
            return _row(children)
        case "mfrac":
            bar = '<m:fPr><m:type m:val="noBar"/></m:fPr>' if _is_stack(element) else ""
            above, below = (_argument([child]) for child in children)
            return f"<m:f>{bar}<m:num>{above}</m:num><m:den>{below}</m:den></m:f>"
        case "msqrt":
            hidden = '<m:radPr><m:degHide m:val="1"/></m:radPr><m:deg/>'
            return f"<m:rad>{hidden}{_e(children)}</m:rad>"
        case "mroot":
            degree = _argument([children[1]])
            return f"<m:rad><m:deg>{degree}</m:deg>{_e(children[:1])}</m:rad>"
        case "msub":
            return f"<m:sSub>{_e(children[:1])}{_script('sub', children[1])}</m:sSub>"
        case "msup":
            return f"<m:sSup>{_e(children[:1])}{_script('sup', children[1])}</m:sSup>"
        case "msubsup":
            scripts = _script("sub", children[1]) + _script("sup", children[2])
            return f"<m:sSubSup>{_e(children[:1])}{scripts}</m:sSubSup>"
        case "mover":
            return _above(children[0], children[1])
        case "munder":
            return _below(_e(children[:1]), children[1])
        case "munderover":
            inner = _below(_e(children[:1]), children[1])
            return _limit("Upp", f"<m:e>{inner}</m:e>", children[2])
        case "mtable":
            return _matrix(children)
        case "mphantom":
            return f'<m:phant><m:phantPr><m:show m:val="0"/></m:phantPr>{_e(children)}</m:phant>'
        case "menclose" if element.get("notation") == "box":
            return f"<m:borderBox>{_e(children)}</m:borderBox>"
        case _:
            raise NoObject


def _argument(elements: Sequence[Element]) -> str:
    """Return what fills an argument; a row that only groups is left out."""
    if len(elements) == 1 and elements[0].tag in ("mrow", "mstyle"):
        return _row(list(elements[0]))
    return _sequence(elements)


def _e(elements: Sequence[Element]) -> str:
    return f"<m:e>{_argument(elements)}</m:e>"


def _script(name: str, element: Element | None) -> str:
    return f"<m:{name}>{_argument([element]) if element is not None else ''}</m:{name}>"


# Brackets --------------------------------------------------------------------------------------


def _row(children: Sequence[Element]) -> str:
    """Return a row; brackets round it grow with what they hold."""
    first = children[0] if children else None
    if first is None or first.tag != "mo" or first.get("form") != "prefix":
        return _sequence(children)
    last = children[-1]
    closed = last.tag == "mo" and last.get("form") == "postfix"
    inner = children[1:-1] if closed else children[1:]
    return _delimited(text_of(first), text_of(last) if closed else "", inner)


def _is_stack(element: Element) -> bool:
    return element.tag == "mfrac" and element.get("linethickness") == "0"


def _delimited(opening: str, closing: str, inner: Sequence[Element]) -> str:
    return (
        f'<m:d><m:dPr><m:begChr m:val="{escape(opening)}"/><m:endChr m:val="{escape(closing)}"/>'
        f"</m:dPr>{_e(inner)}</m:d>"
    )


# Sums ------------------------------------------------------------------------------------------


def _nary_parts(element: Element) -> tuple[str, Element | None, Element | None] | None:
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


def _nary(sign: str, low: Element | None, high: Element | None, operand: Sequence[Element]) -> str:
    place = "subSup" if sign in _INTEGRALS else "undOvr"
    hidden = "".join(
        f'<m:{name}Hide m:val="1"/>'
        for name, limit in (("sub", low), ("sup", high))
        if limit is None
    )
    limits = _script("sub", low) + _script("sup", high)
    properties = f'<m:chr m:val="{sign}"/><m:limLoc m:val="{place}"/>{hidden}'
    inner = f"<m:e>{_sequence(operand)}</m:e>"
    return f"<m:nary><m:naryPr>{properties}</m:naryPr>{limits}{inner}</m:nary>"


# Above and below -------------------------------------------------------------------------------


def _above(base: Element, over: Element) -> str:
    sign = text_of(over) if over.tag == "mo" else ""
    if sign in _ACCENTS:
        properties = f'<m:accPr><m:chr m:val="{_ACCENTS[sign]}"/></m:accPr>'
        return f"<m:acc>{properties}{_e([base])}</m:acc>"
    if sign in _LINES and sign:
        return f'<m:bar><m:barPr><m:pos m:val="top"/></m:barPr>{_e([base])}</m:bar>'
    if sign in _BRACES:
        return _brace(sign, _e([base]))
    return _limit("Upp", _e([base]), over)


def _below(base: str, under: Element) -> str:
    """Return something with what stands below it; `base` is its finished argument."""
    sign = text_of(under) if under.tag == "mo" else ""
    if sign in _LINES and sign:
        return f'<m:bar><m:barPr><m:pos m:val="bot"/></m:barPr>{base}</m:bar>'
    if sign in _BRACES:
        return _brace(sign, base)
    return _limit("Low", base, under)


def _brace(sign: str, base: str) -> str:
    side = _BRACES[sign]
    properties = f'<m:chr m:val="{sign}"/><m:pos m:val="{side}"/>'
    if side == "top":
        properties += '<m:vertJc m:val="bot"/>'
    return f"<m:groupChr><m:groupChrPr>{properties}</m:groupChrPr>{base}</m:groupChr>"


def _limit(kind: str, base: str, limit: Element) -> str:
    return f"<m:lim{kind}>{base}<m:lim>{_argument([limit])}</m:lim></m:lim{kind}>"


# Matrices --------------------------------------------------------------------------------------


def _matrix(rows: Sequence[Element]) -> str:
    """Return a matrix; a short row is filled up, as each must have all columns."""
    count = max((len(row) for row in rows), default=0)
    if not count:
        raise NoObject
    widest = next(row for row in rows if len(row) == count)
    columns = "".join(
        f'<m:mc><m:mcPr><m:count m:val="1"/><m:mcJc m:val="{side}"/></m:mcPr></m:mc>'
        for side in (cell.get("columnalign", "center") for cell in widest)
    )
    gap = _NO_GAP if widest[0].get("columnalign") == "right" else ""
    lines = "".join(
        "<m:mr>" + "".join(map(_e, map(list, row))) + _e([]) * (count - len(row)) + "</m:mr>"
        for row in rows
    )
    return f"<m:m><m:mPr>{gap}<m:mcs>{columns}</m:mcs></m:mPr>{lines}</m:m>"

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

from pipeline.maths.tex import tree

_NARY = frozenset("∑∏∐∫∬∭∮∯∰⋀⋁⋂⋃⨁⨂⨀⨄⨆")
_INTEGRALS = frozenset("∫∬∭∮∯∰")
_OPENING = frozenset("([{⟨⌈⌊|‖∥")
_CLOSING = frozenset(")]}⟩⌉⌋|‖∥")
_ENDS_OPERAND = frozenset("=<>≤≥≠≈≡∼≃≅∝→⇒⇔↔∈∉⊂⊆⊃⊇+-−±∓,;:")
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
_STYLES = {"normal": "p", "bold": "b", "italic": "i", "bold-italic": "bi"}
_SPACES = ((0.9, "\N{EM SPACE}"), (0.25, "\N{FOUR-PER-EM SPACE}"), (0.1, "\N{THIN SPACE}"))
_FONT = '<w:rPr><w:rFonts w:ascii="Cambria Math" w:hAnsi="Cambria Math"/></w:rPr>'


class _NoObject(Exception):
    """OMML has no object for an element."""


@lru_cache(maxsize=512)
def to_omml(tex: str, display: bool) -> str | None:
    """Return the element `m:oMath` of a formula, or None. Raises `BadMath`."""
    try:
        return f"<m:oMath>{_sequence(list(tree(tex, display)))}</m:oMath>"
    except _NoObject:
        return None


def _sequence(elements: Sequence[Element]) -> str:
    """Return elements one after the other; sums and brackets take in what follows them."""
    parts: list[str] = []
    i = 0
    while i < len(elements):
        element = elements[i]
        if nary := _nary_parts(element):
            end = _end_of_operand(elements, i + 1)
            parts.append(_nary(*nary, elements[i + 1 : end]))
            i = end
        elif _is_bracketed(elements[i : i + 3]):
            opening, inner, closing = elements[i : i + 3]
            parts.append(_delimited(_text(opening), _text(closing), [inner]))
            i += 3
        else:
            parts.append(_one(element))
            i += 1
    return "".join(parts)


def _text(element: Element) -> str:
    return (element.text or "").strip()


def _one(element: Element) -> str:
    children = list(element)
    match element.tag:
        case "mi" | "mn" | "mo" | "mtext":
            return _run(element)
        case "mspace":
            return _space(element)
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
            raise _NoObject


def _argument(elements: Sequence[Element]) -> str:
    """Return what fills an argument; a row that only groups is left out."""
    if len(elements) == 1 and elements[0].tag in ("mrow", "mstyle"):
        return _row(list(elements[0]))
    return _sequence(elements)


def _e(elements: Sequence[Element]) -> str:
    return f"<m:e>{_argument(elements)}</m:e>"


def _script(name: str, element: Element | None) -> str:
    return f"<m:{name}>{_argument([element] if element is not None else [])}</m:{name}>"


# Text ------------------------------------------------------------------------------------------


def _run(element: Element) -> str:
    """Return a run of signs. Word sets letters in italics, and all else upright, by itself."""
    text = _text(element) if element.tag != "mtext" else (element.text or "")
    if not text:
        return ""
    style = _STYLES.get(element.get("mathvariant", ""), "")
    if element.get("mathvariant") and not style:
        raise _NoObject
    if element.tag == "mtext":
        properties = "<m:nor/>"
    elif not style and len(text) > 1 and text.isalpha():
        properties = '<m:sty m:val="p"/>'  # the name of a function
    else:
        properties = f'<m:sty m:val="{style}"/>' if style else ""
    return _signs(text, properties)


def _signs(text: str, properties: str = "") -> str:
    described = f"<m:rPr>{properties}</m:rPr>" if properties else ""
    return f'<m:r>{described}{_FONT}<m:t xml:space="preserve">{escape(text)}</m:t></m:r>'


def _space(element: Element) -> str:
    found = re.fullmatch(r"(-?[\d.]+)em", element.get("width", ""))
    if not found:
        raise _NoObject
    width = float(found[1])
    return next((_signs(sign) for least, sign in _SPACES if width >= least), "")


# Brackets --------------------------------------------------------------------------------------


def _row(children: Sequence[Element]) -> str:
    """Return a row; one between `\\left` and `\\right` has brackets that grow."""
    first = children[0] if children else None
    if first is None or first.tag != "mo" or first.get("form") != "prefix":
        return _sequence(children)
    last = children[-1]
    closed = last.tag == "mo" and last.get("form") == "postfix"
    inner = children[1:-1] if closed else children[1:]
    return _delimited(_text(first), _text(last) if closed else "", inner)


def _is_bracketed(elements: Sequence[Element]) -> bool:
    """Say whether a matrix or a binomial stands between brackets of its own."""
    if len(elements) < 3 or not (elements[0].tag == elements[2].tag == "mo"):
        return False
    inner = elements[1]
    brackets = _text(elements[0]) in _OPENING and _text(elements[2]) in _CLOSING
    return brackets and (inner.tag == "mtable" or _is_stack(inner))


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
    if element.tag == "mo" and _text(element) in _NARY:
        return _text(element), None, None
    if not len(element) or element[0].tag != "mo" or _text(element[0]) not in _NARY:
        return None
    sign = _text(element[0])
    match element.tag:
        case "msub" | "munder":
            return sign, element[1], None
        case "msup" | "mover":
            return sign, None, element[1]
        case "msubsup" | "munderover":
            return sign, element[1], element[2]
        case _:
            return None


def _end_of_operand(elements: Sequence[Element], start: int) -> int:
    """Return where the operand of a sum ends: before the next relation or sign of its own."""
    for i in range(start, len(elements)):
        if i > start and elements[i].tag == "mo" and _text(elements[i]) in _ENDS_OPERAND:
            return i
    return len(elements)


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
    sign = _text(over) if over.tag == "mo" else ""
    if sign in _ACCENTS:
        properties = f'<m:accPr><m:chr m:val="{_ACCENTS[sign]}"/></m:accPr>'
        return f"<m:acc>{properties}{_e([base])}</m:acc>"
    if sign in _LINES and sign:
        return f'<m:bar><m:barPr><m:pos m:val="top"/></m:barPr>{_e([base])}</m:bar>'
    if sign in _BRACES:
        return _brace(sign, _e([base]))
    return _limit("Upp", _e([base]), over)


def _below(base: str, under: Element) -> str:
    """Return what stands above something; `base` is its finished argument."""
    sign = _text(under) if under.tag == "mo" else ""
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
        raise _NoObject
    widest = next(row for row in rows if len(row) == count)
    columns = "".join(
        f'<m:mc><m:mcPr><m:count m:val="1"/><m:mcJc m:val="{side}"/></m:mcPr></m:mc>'
        for side in (cell.get("columnalign", "center") for cell in widest)
    )
    lines = "".join(
        "<m:mr>" + "".join(map(_e, map(list, row))) + "<m:e/>" * (count - len(row)) + "</m:mr>"
        for row in rows
    )
    return f"<m:m><m:mPr><m:mcs>{columns}</m:mcs></m:mPr>{lines}</m:m>"

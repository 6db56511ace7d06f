"""TeX as a tree of MathML, read by latex2mathml; what that silently accepts is refused here."""

from __future__ import annotations

import re
from functools import lru_cache
from html import unescape
from xml.etree import ElementTree
from xml.etree.ElementTree import Element


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


LONGEST = 4000  # characters of one formula
DEEPEST = 30  # levels of braces
_COMMAND = re.compile(r"\\(?:[A-Za-z]+\*?|.)", re.DOTALL)
_ENVIRONMENT = re.compile(r"\\(begin|end)\s*\{([^{}]*)\}")
_SCRIPT = re.compile(r"\s*[\^_]")
# There latex2mathml reads plain words only, and takes the star for a symbol.
_NAME = re.compile(r"\\operatorname\*?\s*\{([^{}]*)\}")
_BLANK = re.compile(r"\\[,:; ]|~")
_ESCAPED = re.compile(r"\\([&%$#_{}])")
_THIN = "\N{THIN SPACE}"
_RENAMED = {  # environments by the name that latex2mathml has for their shape
    "aligned": "split",
    "align": "split",  # numbered in LaTeX: here the equation is, by its anchor
    "align*": "split",
    "gathered": "matrix",
    "gather*": "matrix",
}
_MATRICES = ("matrix", "pmatrix", "bmatrix", "Bmatrix", "vmatrix", "Vmatrix", "smallmatrix")
_ENVIRONMENTS = frozenset({*_MATRICES, "array", "cases", "split", *_RENAMED})
# Commands that define others, link, print numbers of their own, or change the appearance.
_REFUSED = _words(
    r"\class \color \colorbox \cssId \DeclareMathOperator \def \edef \eqalignno \fcolorbox \gdef "
    r"\href \include \input \label \leqalignno \let \newcommand \newenvironment \providecommand "
    r"\ref \renewcommand \require \style \tag \textcolor \url"
)
_CHILDREN = {"mfrac": 2, "mroot": 2, "msub": 2, "msup": 2, "munder": 2, "mover": 2}
_CHILDREN |= {"msubsup": 3, "munderover": 3}
_KNOWN = _words(
    "math mrow mi mn mo mtext mspace mstyle mpadded mphantom menclose msqrt mtable mtr mtd"
) | set(_CHILDREN)
_ATTRIBUTES = _words(
    "accent columnalign columnspacing depth displaystyle fence form height linethickness lspace "
    "mathvariant maxsize minsize notation rowspacing scriptlevel stretchy voffset width"
)
_PROBLEMS = {  # by the name of an exception of latex2mathml
    "DenominatorNotFoundError": "a fraction has nothing below its line",
    "DoubleSubscriptsError": "one symbol has two subscripts: put braces around the inner one",
    "DoubleSuperscriptsError": "one symbol has two superscripts: put braces around the inner one",
    "ExtraLeftOrMissingRightError": r"a `\left` has no `\right`",
    "MissingEndError": r"a `\begin` has no `\end`",
    "MissingSuperScriptOrSubscriptError": "nothing follows `^` or `_`",
    "NoAvailableTokensError": "there is nothing in it",
    "NumeratorNotFoundError": "a fraction has nothing above its line",
}
_LIMITS = _words("lim max min sup inf argmax argmin limsup liminf det gcd Pr")
_LARGE = frozenset("∑∏∐⋀⋁⋂⋃⨀⨁⨂⨄⨆")
_PLACED = {"msub": "munder", "msup": "mover", "msubsup": "munderover"}
_OVERLINE = "\N{HORIZONTAL BAR}"


class BadMath(Exception):
    """A formula that cannot be read or shown; the message is one clause."""


@lru_cache(maxsize=512)
def to_mathml(tex: str, display: bool, alttext: str) -> str:
    """Return a formula as `<math>`, with words for those who cannot see it. Raises `BadMath`."""
    found = tree(tex, display)
    found.set("alttext", alttext)
    return ElementTree.tostring(found, encoding="unicode")


def mathml_file(tex: str, display: bool) -> str:
    """Return a formula as a file of MathML 3. Raises `BadMath`."""
    found = tree(tex, display)
    found.set("xmlns", "http://www.w3.org/1998/Math/MathML")
    return ElementTree.tostring(found, encoding="unicode")


def tree(tex: str, display: bool) -> Element:
    """Return a formula as an element `math` of MathML, without namespace. Raises `BadMath`."""
    from latex2mathml.converter import Converter

    _check_source(tex)
    tex = _NAME.sub(lambda m: rf"\operatorname{{{_BLANK.sub(_THIN, m[1])}}}", _scripted(tex))
    tex = _ENVIRONMENT.sub(lambda m: rf"\{m[1]}{{{_RENAMED.get(m[2], m[2])}}}", tex)
    layout = "block" if display else "inline"
    try:
        found = Converter(display=layout).convert_to_element(tex)
    except Exception as error:  # latex2mathml also fails by IndexError and the like
        problem = _PROBLEMS.get(type(error).__name__, "it cannot be read")
        raise BadMath(problem) from error
    found.attrib = {"display": layout}
    for element in found.iter():
        if element.tag == "mi" and element.text == "&":
            raise BadMath("`&` is outside an environment such as `aligned`")
        element.text = unescape(element.text or "")  # latex2mathml writes signs as `&#x02211;`
    for element in found.iter():
        _check_element(element)
        if display:
            _set_limits(element)
    return found


def _scripted(tex: str) -> str:
    """Return TeX with braces around environments that have a script; it would end up inside."""
    opened: list[int] = []
    braces: list[tuple[int, str]] = []
    for found in _ENVIRONMENT.finditer(tex):
        if found[1] == "begin":
            opened.append(found.start())
        elif opened:
            start = opened.pop()
            if _SCRIPT.match(tex, found.end()):
                braces += [(start, "{"), (found.end(), "}")]
    for place, brace in sorted(braces, reverse=True):
        tex = tex[:place] + brace + tex[place:]
    return tex


def _check_source(tex: str) -> None:
    if len(tex) > LONGEST:
        raise BadMath(f"it has more than {LONGEST} characters")
    for command in _COMMAND.findall(tex):
        if command in _REFUSED:
            raise BadMath(f"the command `{command}` is not allowed in a brief")
    for _, name in _ENVIRONMENT.findall(tex):
        if name not in _ENVIRONMENTS:
            raise BadMath(f"there is no environment `{name}`")
    depth = 0
    for brace in re.findall(r"[{}]", _COMMAND.sub("", tex)):
        depth += 1 if brace == "{" else -1
        if depth < 0:
            raise BadMath("a brace `}` has no opening brace")
        if depth > DEEPEST:
            raise BadMath(f"braces are nested deeper than {DEEPEST} levels")
    if depth:
        raise BadMath("a brace `{` is never closed")


def _check_element(element: Element) -> None:
    """Refuse what is incomplete or unknown, and keep only attributes that matter."""
    text = element.text or ""
    if found := re.search(r"\\[A-Za-z]+", text):
        raise BadMath(f"there is no command `{found[0]}`")
    if element.tag not in _KNOWN or len(element) != _CHILDREN.get(element.tag, len(element)):
        raise BadMath("a command lacks its arguments: `\\frac{above}{below}` needs both")
    if element.tag != "math":
        element.attrib = {k: v for k, v in element.attrib.items() if k in _ATTRIBUTES}
    if element.tag == "mtext":
        element.text = _ESCAPED.sub(r"\1", text)
    if element.tag == "mo" and text == _OVERLINE:
        element.text = "\N{OVERLINE}"  # the sign that stretches
        element.set("stretchy", "true")


def _set_limits(element: Element) -> None:
    """Move the scripts of `lim` or a sum below and above it, as TeX does in a displayed formula.

    ziamath does so too, but makes brackets around a sum with a subscript a hundred lines high.
    """
    if element.tag in _PLACED and (is_limit(element[0]) or (element[0].text or "") in _LARGE):
        element.tag = _PLACED[element.tag]


def is_limit(element: Element) -> bool:
    """Whether a function has its limits below it: "lim", "lim sup", "argmax"."""
    return "".join((element.text or "").split()) in _LIMITS

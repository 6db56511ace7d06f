"""Formulas of Word → TeX, as far as they are simple (ECMA-376, part 1, 22.1)."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from xml.etree.ElementTree import Element

from ..maths import problem_in
from ..ooxml import qualified

_M = qualified("m:r").removesuffix("r")
_SIGNS: Mapping[str, str] = {
    "\\": r"\backslash ", "{": r"\{", "}": r"\}", "$": r"\$", "%": r"\%", "#": r"\#", "&": r"\&",
    "_": r"\_", "~": r"\sim ", "^": r"\hat{}", "−": "-", "×": r"\times ", "÷": r"\div ",
    "·": r"\cdot ", "⋅": r"\cdot ", "±": r"\pm ", "∓": r"\mp ", "≤": r"\leq ", "≥": r"\geq ",
    "≠": r"\neq ", "≈": r"\approx ", "≡": r"\equiv ", "∼": r"\sim ", "∝": r"\propto ",
    "∞": r"\infty ", "∂": r"\partial ", "∇": r"\nabla ", "∈": r"\in ", "∉": r"\notin ",
    "⊂": r"\subset ", "⊆": r"\subseteq ", "∪": r"\cup ", "∩": r"\cap ", "∀": r"\forall ",
    "∃": r"\exists ", "→": r"\to ", "←": r"\leftarrow ", "⇒": r"\Rightarrow ",
    "⇔": r"\Leftrightarrow ", "↔": r"\leftrightarrow ", "…": r"\ldots ", "⋯": r"\cdots ",
    "∗": "*", "′": "'", "\u2061": "", "\u2062": "", "\u2063": "", "\u00a0": r"\ ", " ": r"\ ",
    "ϵ": r"\epsilon ", "ϕ": r"\phi ", "ϑ": r"\vartheta ", "ς": r"\varsigma ",
}  # fmt: skip
# Greek letters, whose names in Unicode are those of TeX: "α" is `\alpha`.
_GREEK = re.compile(r"GREEK (SMALL|CAPITAL) LETTER (?!FINAL)(\w+)")
_LATIN = frozenset("ΑΒΕΖΗΙΚΜΝΟΡΤΧο")  # for which TeX has no signs of their own
_NARY: Mapping[str, str] = {
    "∑": r"\sum", "∏": r"\prod", "∐": r"\coprod", "∫": r"\int", "∬": r"\iint", "∭": r"\iiint",
    "∮": r"\oint", "⋃": r"\bigcup", "⋂": r"\bigcap", "⋁": r"\bigvee", "⋀": r"\bigwedge",
}  # fmt: skip
_ACCENTS: Mapping[str, str] = {
    "\u0302": r"\hat", "\u0303": r"\tilde", "\u0304": r"\bar", "\u0305": r"\bar",
    "\u0307": r"\dot", "\u0308": r"\ddot", "\u20d7": r"\vec", "\u030c": r"\check",
    "\u0306": r"\breve", "^": r"\hat", "~": r"\tilde", "¯": r"\bar", "→": r"\vec",
}  # fmt: skip
_BRACES: Mapping[str, str] = {"⏟": r"\underbrace", "⏞": r"\overbrace"}
_FUNCTIONS = frozenset(
    (
        *("sin", "cos", "tan", "cot", "sec", "csc", "sinh", "cosh", "tanh", "arcsin", "arccos"),
        *("arctan", "log", "ln", "lg", "exp", "lim", "min", "max", "sup", "inf", "det", "dim"),
        *("ker", "gcd", "arg", "Pr"),
    )
)
_FENCES: Mapping[str, str] = {"{": r"\{", "}": r"\}", "": ".", "‖": r"\|", "⟨": r"\langle ",
                              "⟩": r"\rangle ", "⌊": r"\lfloor ", "⌋": r"\rfloor ",
                              "⌈": r"\lceil ", "⌉": r"\rceil "}  # fmt: skip


def tex_of(element: Element, display: bool) -> str:
    """Return a formula in TeX, "" if it is not simple enough for every output to show it."""
    try:
        tex = " ".join(_row(element).split())
    except (_TooHardError, RecursionError):
        return ""
    return tex if tex and not problem_in(tex, display) else ""


def signs_in(element: Element) -> str:
    """Return the characters of a formula."""
    return "".join(text.text or "" for text in element.iter(f"{_M}t"))


class _TooHardError(Exception):
    pass


def _row(children: Iterable[Element] | None) -> str:
    return "".join(map(_one, children)) if children is not None else ""


def _one(element: Element) -> str:
    name = element.tag.removeprefix(_M) if isinstance(element.tag, str) else ""
    match name:
        case "r":
            return _run(element)
        case "f":
            kind = _value(element, "fPr", "type")
            if kind == "noBar":
                return rf"\binom{_in(element, 'num')}{_in(element, 'den')}"
            if kind in ("lin", "skw"):
                return f"{_in(element, 'num')}/{_in(element, 'den')}"
            return rf"\frac{_in(element, 'num')}{_in(element, 'den')}"
        case "sSup":
            return f"{_in(element, 'e')}^{_in(element, 'sup')}"
        case "sSub":
            return f"{_in(element, 'e')}_{_in(element, 'sub')}"
        case "sSubSup":
            return f"{_in(element, 'e')}_{_in(element, 'sub')}^{_in(element, 'sup')}"
        case "sPre":
            return f"{{}}_{_in(element, 'sub')}^{_in(element, 'sup')}{_in(element, 'e')}"
        case "rad":
            degree = _in(element, "deg")
            root = f"[{degree[1:-1]}]" if degree != "{}" else ""
            return rf"\sqrt{root}{_in(element, 'e')}"
        case "nary":
            sign = _value(element, "naryPr", "chr", "∫")
            if sign not in _NARY:
                raise _TooHardError
            found = _NARY[sign]
            for part, mark in (("sub", "_"), ("sup", "^")):
                if (inner := _in(element, part)) != "{}":
                    found += mark + inner
            return f"{found} {_row(element.find(f'{_M}e'))}"
        case "d":
            opening = _value(element, "dPr", "begChr", "(")
            closing = _value(element, "dPr", "endChr", ")")
            between = _FENCES.get(sep := _value(element, "dPr", "sepChr", "|"), sep)
            parts = between.join(_row(e) for e in element.findall(f"{_M}e"))
            left, right = (_FENCES.get(sign, sign) for sign in (opening, closing))
            return rf"\left{left}{parts}\right{right}"
        case "func":
            return f"{_row(element.find(f'{_M}fName'))} {_row(element.find(f'{_M}e'))}"
        case "acc":
            sign = _value(element, "accPr", "chr", "\u0302")
            if sign not in _ACCENTS:
                raise _TooHardError
            return f"{_ACCENTS[sign]}{_in(element, 'e')}"
        case "bar":
            command = (
                r"\overline" if _value(element, "barPr", "pos", "bot") == "top" else r"\underline"
            )
            return f"{command}{_in(element, 'e')}"
        case "limLow":
            base = _in(element, "e")
            bare = base[1:-1].strip()
            if bare.startswith("\\") and bare[1:] in _FUNCTIONS:
                return f"{bare}_{_in(element, 'lim')}"
            return rf"\underset{_in(element, 'lim')}{base}"
        case "limUpp":
            return rf"\overset{_in(element, 'lim')}{_in(element, 'e')}"
        case "m":
            rows = (" & ".join(_row(e) for e in row.findall(f"{_M}e"))
                    for row in element.findall(f"{_M}mr"))  # fmt: skip
            return r"\begin{matrix}" + r" \\ ".join(rows) + r"\end{matrix}"
        case "eqArr":
            lines = r" \\ ".join(_row(e) for e in element.findall(f"{_M}e"))
            return rf"\begin{{aligned}}{lines}\end{{aligned}}"
        case "groupChr":
            sign = _value(element, "groupChrPr", "chr", "⏟")
            if sign not in _BRACES:
                raise _TooHardError
            return f"{_BRACES[sign]}{_in(element, 'e')}"
        case "box":
            return _row(element.find(f"{_M}e"))
        case "e" | "oMath":
            return _row(element)
        case _ if name.endswith("Pr"):
            return ""
        case _:
            if signs_in(element):
                raise _TooHardError
            return ""


def _in(element: Element, name: str) -> str:
    return "{" + _row(element.find(f"{_M}{name}")).strip() + "}"


def _run(run: Element) -> str:
    text = "".join(t.text or "" for t in run.iter(f"{_M}t"))
    properties = run.find(f"{_M}rPr")
    if properties is not None and properties.find(f"{_M}nor") is not None:
        if any(sign in text for sign in "\\{}$"):
            raise _TooHardError
        return rf"\text{{{text}}}" if text.strip() else r"\ "
    if text.strip() in _FUNCTIONS:
        return rf"\{text.strip()} "
    found = "".join(_sign(character) for character in text)
    upright = properties is not None and _value(run, "rPr", "sty") == "p" and text.strip().isalpha()
    return rf"\mathrm{{{found}}}" if upright and text.isascii() else found


def _sign(character: str) -> str:
    if character in _NARY:
        return _NARY[character] + " "
    plain = _upright(character)
    found = _GREEK.fullmatch(unicodedata.name(plain, ""))
    if found and plain not in _LATIN and plain not in _SIGNS:
        name = found[2].lower().replace("lamda", "lambda")
        return f"\\{name if found[1] == 'SMALL' else name.capitalize()} "
    return _SIGNS.get(plain, plain)


def _upright(character: str) -> str:
    """Return the letter that a mathematical italic letter is: Word stores "𝑥" for x."""
    code = ord(character)
    if 0x1D434 <= code <= 0x1D467:
        place = code - 0x1D434
        return chr(ord("A") + place) if place < 26 else chr(ord("a") + place - 26)
    if 0x1D6E2 <= code <= 0x1D71B:
        greek = "ΑΒΓΔΕΖΗΘΙΚΛΜΝΞΟΠΡΘΣΤΥΦΧΨΩ∇αβγδεζηθικλμνξοπρςστυφχψω∂ϵϑϰϕϱϖ"
        place = code - 0x1D6E2
        return greek[place] if place < len(greek) else character
    return "h" if character == "ℎ" else character


def _value(element: Element, properties: str, name: str, otherwise: str = "") -> str:
    found = element.find(f"{_M}{properties}/{_M}{name}")
    return found.get(f"{_M}val", "") if found is not None else otherwise

"""A formula in words, for those who do not see it: "v equals w times r sub i over 2".

The words are those of a language file (`formulas`). In a language that has none, the formula is
written on one line, as `v = w · r_i/2`: signs that screen readers know, and no TeX.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from xml.etree.ElementTree import Element

from ..language.files import language_of
from .grouping import text_of
from .tex import tree

_IN_LINE: Mapping[str, str] = {
    "fraction": "{}/{}",
    "long-fraction": "({})/({})",
    "power": "{}^{}",
    "long-power": "{}^({})",
    "index": "{}_{}",
    "long-index": "{}_({})",
    "root": "√{}",
    "long-root": "√({})",
    "nth-root": "√[{}]({})",
    "above": "{} ({})",
    "below": "{} ({})",
    "from": "{} ({} …)",
    "from-to": "{} ({} … {})",
    "up-to": "{} (… {})",
    "row": "{1}",
}
_LARGE = frozenset("∑∏∐∫∬∭∮⋃⋂⋁⋀")
_UNSAID = frozenset("\N{INVISIBLE TIMES}\N{FUNCTION APPLICATION}\N{ZERO WIDTH SPACE}")


@lru_cache(maxsize=512)
def in_words(tex: str, display: bool, lang: str) -> str:
    """Return what is read aloud for a formula in a language (BCP 47). Raises `BadMath`."""
    speaking = _Speaking(language_of(lang).formulas or _IN_LINE)
    return " ".join(speaking.row(list(tree(tex, display))).split())


class _Speaking:
    def __init__(self, words: Mapping[str, str]) -> None:
        self._words = words

    def row(self, elements: Sequence[Element]) -> str:
        return " ".join(filter(None, map(self._said, elements)))

    def _said(self, element: Element) -> str:
        kids = list(element)
        match element.tag:
            case "mi" | "mo" | "mn" | "mtext":
                return self._sign(text_of(element))
            case "mspace" | "mphantom":
                return ""
            case "mfrac":
                return self._put("fraction", *kids)
            case "msqrt":
                return self._put("root", *_only(kids))
            case "mroot":
                return self._format("nth-root", self._said(kids[1]), self._said(kids[0]))
            case "msup" if name := self._power(kids[1]):
                return self._format(name, self._said(kids[0]))
            case "msub" | "msup" | "msubsup" | "munder" | "mover" | "munderover":
                return self._scripted(element.tag, kids)
            case "mtable":
                rows = (self._row(i, row) for i, row in enumerate(kids, start=1))
                return "; ".join(rows)
            case _:
                return self.row(kids)

    def _row(self, number: int, row: Element) -> str:
        cells = ", ".join(filter(None, (self.row(list(cell)) for cell in row)))
        return self._words["row"].format(number, cells)

    def _power(self, script: Element) -> str:
        """Return what a power is called by a name of its own, "" if it has none."""
        name = {"2": "squared", "3": "cubed", "′": "prime"}.get("".join(script.itertext()), "")
        return name if name in self._words else ""

    def _scripted(self, tag: str, kids: Sequence[Element]) -> str:
        base, *scripts = kids
        low = scripts[0] if "sub" in tag or "under" in tag else None
        high = scripts[-1] if "sup" in tag or "over" in tag else None
        said = self._said(base)
        if text_of(base) in _LARGE:
            name = "up-to" if low is None else "from" if high is None else "from-to"
            return self._format(name, said, *map(self._said, scripts))
        accent = f"accent {text_of(scripts[0])}"
        if tag == "mover" and accent in self._words:
            return self._format(accent, said)
        names = ("below", "above") if "under" in tag or "over" in tag else ("index", "power")
        for name, script in zip(names, (low, high), strict=True):
            if script is not None:
                said = self._format(_long(name, self._words, [script]), said, self._said(script))
        return said

    def _put(self, name: str, *parts: Element) -> str:
        return self._format(_long(name, self._words, parts), *map(self._said, parts))

    def _format(self, name: str, *parts: str) -> str:
        return self._words[name].format(*parts)

    def _sign(self, sign: str) -> str:
        return "" if sign in _UNSAID else self._words.get(sign, sign)


def _long(name: str, words: Mapping[str, str], parts: Sequence[Element]) -> str:
    """Return the form that says where a part ends, if one of them has more than one sign."""
    leaves = (sum(1 for e in part.iter() if text_of(e)) for part in parts)
    long = f"long-{name}"
    return long if long in words and any(count > 1 for count in leaves) else name


def _only(kids: Sequence[Element]) -> Sequence[Element]:
    """Return what stands below a root as one element."""
    if len(kids) == 1:
        return kids
    row = Element("mrow")
    row.extend(kids)
    return [row]

"""Declarations that hide, move or replace what an element prints, whatever the rest says."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any
from xml.etree.ElementTree import Element

import tinycss2

from .rules import Rule

_PIXELS = {"px": 1, "pt": 4 / 3, "pc": 16, "in": 96, "cm": 37.8, "mm": 3.78, "q": 0.945}
_PIXELS |= {"em": 16, "rem": 16, "ex": 8, "rex": 8, "ch": 8, "rch": 8, "lh": 24, "ic": 16}
_NONE = frozenset({"none", "normal", "auto", "0", "unset", "initial", "inherit", "revert", "1"})
_ABSOLUTE = ("px", "pt", "pc", "in", "cm", "mm", "q")
BESIDE = ("before", "after", "marker")  # pseudo-elements that print beside an element
_COUNTING = re.compile("decimal|.*-(?:roman|alpha|latin|greek)")
_LEAST_SIZE, _LEAST_RELATIVE = 6, 7  # px of a letter, and of one in parts of others
JUDGED = re.compile(
    r"--|@import$|display$|visibility$|content|opacity$|position$|float$|top$|right$|bottom$|left$"
    r"|translate$|margin|text-indent$|inset|transform$|scale$|rotate$|zoom$|perspective$|clip"
    r"|filter$|mix-blend|-?(?:webkit-)?mask|font$|font-size$|line-height$|(?:letter|word)-spacing$"
    r"|(?:max-)?(?:width|height|inline-size|block-size)$|z-index$|unicode-bidi$|order$|flex-"
    r"|list-style|-webkit-text|text-security$|animation|background|color$"
)


def problem(rule: Rule, pseudo: str | None, role: str, element: Element) -> str:
    """Return why a declaration keeps a number from sight; "" if it does not."""
    values = [token.lower_value for token in rule.value if token.type == "ident"]
    words = frozenset(values)
    name, is_number = rule.name, role == "number"
    if "mark-within" in element.get("class", "").split():
        # The link to a number that a range hides: it prints nothing, or that number.
        return "it prints other text" if name == "content" and not _is_own_number(rule) else ""
    if pseudo in BESIDE:
        if name == "content" and is_number and _prints(rule.value):
            return "it prints text beside a number"
        covers = name == "position" and words & {"absolute", "fixed"}
        return "it may cover a number" if covers and is_number else ""
    match name:
        case "display" if "none" in words:
            return "it hides numbers"
        case "visibility" if words & {"hidden", "collapse"}:
            return "it hides numbers"
        case "content-visibility" if "hidden" in words:
            return "it hides numbers"
        case "content" if not words <= {"none", "normal"} or not values:
            return "it prints other text in place of a number" if is_number else ""
        case "opacity" if _least(rule.value, 100) < 0.6:
            return "it makes numbers too faint"
        case "position" if is_number and words & {"absolute", "fixed"}:
            return "it moves numbers"
        case "float" if is_number and words & {"left", "right", "inline-start", "inline-end"}:
            return "it moves numbers" if "reference" not in element.get("class", "") else ""
        case "top" | "right" | "bottom" | "left" | "translate" | "margin" | "text-indent":
            return _moved(rule, is_number)
        case _ if name.startswith(("inset", "margin-")):
            return _moved(rule, is_number)
        case "transform" | "scale" | "rotate" | "zoom" | "perspective" if not words & _NONE:
            numbers = [t.value for t in rule.value if t.type in ("number", "percentage")]
            return "" if numbers and set(numbers) <= {1, 100} else "it moves or changes numbers"
        case "clip" | "clip-path" | "filter" | "mix-blend-mode" if not words & _NONE:
            return "it cuts or recolours numbers"
        case _ if name.startswith(("mask", "-webkit-mask")) and not words & _NONE:
            return "it cuts numbers"
        case "font-size" | "font" | "-webkit-text-size-adjust" if _too_small(rule.value):
            return "it makes numbers too small"
        case "line-height" if 0 <= _least(rule.value, 100) < 0.5:
            return "it makes lines overlap"
        case "letter-spacing" | "word-spacing" if min(_lengths(rule.value), default=0) < -3:
            return "it makes letters overlap"
        case "width" | "height" | "max-width" | "max-height" | "inline-size" | "block-size":
            return _no_room(rule)
        case "max-inline-size" | "max-block-size":
            return _no_room(rule)
        case "z-index" if _least(rule.value) < 0:
            return "it puts numbers behind other content"
        case "unicode-bidi" if words & {"bidi-override", "isolate-override"}:
            return "it reverses numbers"
        case "order" if _least(rule.value) != 0:
            return "it changes the order of entries"
        case "flex-direction" | "flex-flow" if any(w.endswith("-reverse") for w in words):
            return "it changes the order of entries"
        case "-webkit-text-security" | "text-security" if not words & _NONE:
            return "it hides numbers"
        case "list-style" | "list-style-type" if any(map(_COUNTING.match, words)):
            is_list = "reference" in element.get("class", "")
            return "it prints other numbers beside entries" if is_list else ""
        case "animation" | "animation-name" if not words & {"none", "inherit", "unset", "initial"}:
            return "it animates numbers"
        case "background" | "background-image" if is_number and is_picture(rule.value):
            return "it puts a picture behind numbers"
        case _:
            return ""


def _is_own_number(rule: Rule) -> bool:
    text = tinycss2.serialize(rule.value).strip()
    return text in ("attr(data-number)", "none", "normal")


def _prints(value: Sequence[Any]) -> bool:
    """Say whether `content` prints letters or digits: ornaments may stand beside a number."""
    for token in value:
        if token.type == "string" and any(c.isalnum() for c in token.value):
            return True
        if token.type in ("function", "url"):
            return True
    return False


def is_picture(value: Sequence[Any]) -> bool:
    return any(
        token.type == "url" or (token.type == "function" and _is_image(token.lower_name))
        for token in value
    )


def _is_image(name: str) -> bool:
    return name in ("url", "image", "image-set", "element", "cross-fade") or "gradient" in name


def _tokens(value: Iterable[Any]) -> Iterator[Any]:
    for token in value:
        yield token
        yield from _tokens(getattr(token, "arguments", None) or ())


def _lengths(value: Iterable[Any]) -> list[float]:
    """Return the lengths in a value in pixels, roughly; parts of the page's size by a thousand."""
    found = []
    for token in _tokens(value):
        if token.type == "dimension":
            found.append(token.value * _PIXELS.get(token.lower_unit, 10))
        elif token.type == "percentage":
            found.append(token.value * 5)
        elif token.type == "number" and token.value == 0:
            found.append(0.0)
    return found


def _least(value: Iterable[Any], percent: float = 1) -> float:
    """Return the least number of a value, percentages as parts of `percent`; 1 if it has none."""
    found = [
        token.value / (percent if token.type == "percentage" else 1)
        for token in _tokens(value)
        if token.type in ("number", "percentage")
    ]
    return min(found, default=1.0)


def _moved(rule: Rule, is_number: bool) -> str:
    allowed = 60 if is_number else 150
    lengths = _lengths(rule.value)
    if rule.name in ("margin", "text-indent") or rule.name.startswith("margin"):
        far = any(length < -allowed for length in lengths)
        far = far or (rule.name == "text-indent" and any(length > 400 for length in lengths))
    else:
        far = any(abs(length) > allowed for length in lengths) and (
            is_number or any(length < -allowed for length in lengths)
        )
    return "it moves numbers away" if far else ""


def _too_small(value: Sequence[Any]) -> bool:
    """Judge the first length that stands alone; what is added to a custom property is none."""
    tokens = list(_tokens(value))
    if any(token.type == "function" and token.lower_name == "var" for token in tokens):
        return False
    for token in tokens:
        if token.type == "dimension":
            pixels = float(token.value) * _PIXELS.get(token.lower_unit, 10)
            return pixels < (_LEAST_SIZE if token.lower_unit in _ABSOLUTE else _LEAST_RELATIVE)
        if token.type == "percentage":
            return bool(token.value < 45)
        if token.type in ("number", "literal") and getattr(token, "value", None) == 0:
            return True
    return False


def _no_room(rule: Rule) -> str:
    lengths = [abs(length) for length in _lengths(rule.value)]
    return "it leaves no room for numbers" if lengths and max(lengths) < 4 else ""

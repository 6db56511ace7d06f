"""Colours as they are seen: those of numbers, and those of what they stand on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any
from xml.etree.ElementTree import Element

from tinycss2.color4 import parse_color

from ..colours import luminance
from .elements import Matches, is_numbered
from .properties import BESIDE, is_picture
from .rules import Hidden, Rule

LEAST = 3.0  # contrast of a number with its ground (WCAG 2.2, 1.4.11)
Colour = tuple[float, float, float]


def low_contrasts(
    root: Element,
    matched: Matches,
    rules: Sequence[Rule],
) -> Iterator[Hidden]:
    """Yield the rules that give numbers a colour like their ground, under each condition."""
    conditions = dict.fromkeys(
        rule.condition for rule in rules if rule.name in ("color", "background", "background-color")
    )
    for condition in dict.fromkeys(("", *conditions)):
        holding = {"", condition}
        names = _variables(matched.get(root, ()), holding)
        yield from _contrasts(root, matched, holding, names, (0.0, 0.0, 0.0), (1.0, 1.0, 1.0), None)


def _variables(
    applied: Sequence[tuple[Rule, str | None]], holding: set[str]
) -> dict[str, Sequence[Any]]:
    return {
        rule.name: rule.value
        for rule, pseudo in applied
        if rule.name.startswith("--") and rule.condition in holding and pseudo is None
    }


def _contrasts(
    element: Element,
    matched: Matches,
    holding: set[str],
    names: Mapping[str, Sequence[Any]],
    ink: Colour | None,
    ground: Colour | None,
    cause: Rule | None,
    inside: bool = False,  # a number
) -> Iterator[Hidden]:
    inherited, below = ink, ground
    for rule, pseudo in matched.get(element, ()):
        if rule.condition not in holding or pseudo in BESIDE:
            continue
        if rule.name in ("color", "-webkit-text-fill-color"):
            ink, cause = _colour(rule.value, names, inherited, ground), rule
        elif rule.name in ("background", "background-color"):
            ground, cause = _ground(rule.value, names, below), rule
    if "back-references" in element.get("class", "").split():
        return  # a house may do without them
    inside = inside or is_numbered(element)
    if ink and ground and cause and inside:
        lighter, darker = sorted((luminance(ink), luminance(ground)), reverse=True)
        ratio = (lighter + 0.05) / (darker + 0.05)
        if ratio < LEAST:
            yield Hidden(
                cause, f"numbers have a contrast of {ratio:.2f}:1; they need {LEAST:.0f}:1"
            )
    for child in element:
        yield from _contrasts(child, matched, holding, names, ink, ground, cause, inside)


def _colour(
    value: Sequence[Any],
    names: Mapping[str, Sequence[Any]],
    inherited: Colour | None,
    ground: Colour | None,
) -> Colour | None:
    """Return a colour as it is seen on its ground; None where it cannot be told."""
    value = _resolved(value, names)
    if len(value) != 1:
        return None
    if value[0].type == "ident" and value[0].lower_value in ("inherit", "unset", "currentcolor"):
        return inherited
    try:
        found = parse_color(value[0])
        parts: list[Any] = [*found.to("srgb").coordinates, found.alpha]
    except (AttributeError, TypeError, ValueError, NotImplementedError):
        return None
    if any(part is None for part in parts):
        return None
    red, green, blue, alpha = (float(part) for part in parts)
    if alpha >= 1:
        return red, green, blue
    if ground is None:
        return None
    pairs = zip((red, green, blue), ground, strict=True)
    mixed = [part * alpha + below * (1 - alpha) for part, below in pairs]
    return mixed[0], mixed[1], mixed[2]


def _ground(
    value: Sequence[Any], names: Mapping[str, Sequence[Any]], below: Colour | None
) -> Colour | None:
    value = _resolved(value, names)
    if is_picture(value):
        return None
    words = [token.lower_value for token in value if token.type == "ident"]
    if words in (["none"], ["inherit"], ["unset"], ["initial"], ["transparent"]):
        return below
    for token in value:
        if (found := _colour((token,), {}, None, below)) is not None:
            return found
    return None


def _resolved(
    value: Sequence[Any], names: Mapping[str, Sequence[Any]], depth: int = 8
) -> tuple[Any, ...]:
    """Return a value with its variables replaced by what the page gives them."""
    found: list[Any] = []
    for token in value:
        if token.type == "function" and token.lower_name == "var" and depth:
            arguments = [t for t in token.arguments if t.type not in ("whitespace", "comment")]
            name = getattr(arguments[0], "value", "") if arguments else ""
            found += _resolved(names.get(name, tuple(arguments[2:])), names, depth - 1)
        elif token.type not in ("whitespace", "comment"):
            found.append(token)
    return tuple(found)

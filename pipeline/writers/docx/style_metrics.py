"""Line heights, spaces and indents of each style: what the estimate of pages is based on."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct

from ...styles import House
from .design import rules
from .style_rule import StyleRule

_LINE = 1.235  # height of a line, in its size: 1.22 of Carlito, and what raised numbers add


class StyleMetrics(Struct, frozen=True):
    """Sizes of one paragraph style, in points."""

    size: float
    line: float
    before: float
    after: float
    inset: float  # left and right together


def style_metrics(house: House, text_width: int) -> Mapping[str, StyleMetrics]:
    """Return the metrics of every paragraph style by its id; `text_width` is in twips."""
    by_id = {rule.id: rule for rule in rules(house, text_width, False) if not rule.character}
    return {name: _metrics(_with_bases(rule, by_id), house) for name, rule in by_id.items()}


def _with_bases(rule: StyleRule, by_id: Mapping[str, StyleRule]) -> list[StyleRule]:
    """Return a style and the styles it is based on, itself first."""
    chain = [rule]
    while chain[-1].based_on in by_id:
        chain.append(by_id[chain[-1].based_on])
    return chain


def _metrics(chain: list[StyleRule], house: House) -> StyleMetrics:
    def twips(name: str, default: int = 0) -> int:
        values = (getattr(rule, name) for rule in chain)
        return next((value for value in values if value is not None), default)

    size = next((rule.size for rule in chain if rule.size), house.sizes["body"])
    return StyleMetrics(
        size,
        size * _LINE * twips("line", 240) / 240,
        twips("before") / 20,
        twips("after") / 20,
        (twips("left") + twips("right")) / 20,
    )

"""How high and how far in the lines of each style are: what the pages are reckoned from."""

from __future__ import annotations

import re
from collections.abc import Mapping

from msgspec import Struct

from ...styles import House
from .design import rules
from .rule import Rule

_LINE = 1.235  # height of a line, in its size: 1.22 of Carlito, and what raised numbers add
_VALUE = re.compile(r'w:(\w+)="(-?\d+)"')


class Look(Struct, frozen=True):
    """Sizes of one paragraph style, in points."""

    size: float
    line: float
    before: float
    after: float
    inset: float  # left and right together


def looks(house: House, text_width: int) -> Mapping[str, Look]:
    """Return the look of every paragraph style by its id; `text_width` is in twips."""
    by_id = {rule.id: rule for rule in rules(house, text_width, False) if not rule.character}
    return {name: _look(_inherited(rule, by_id), house) for name, rule in by_id.items()}


def _inherited(rule: Rule, by_id: Mapping[str, Rule]) -> list[Rule]:
    """Return a style and those that it is based on, the last one first."""
    chain = [rule]
    while chain[0].based_on in by_id:
        chain.insert(0, by_id[chain[0].based_on])
    return chain


def _look(chain: list[Rule], house: House) -> Look:
    values: dict[str, int] = {}
    for rule in chain:
        values |= {name: int(value) for name, value in _VALUE.findall(rule.spacing + rule.indent)}
    size = next((rule.size for rule in reversed(chain) if rule.size), house.sizes["body"])
    return Look(
        size,
        size * _LINE * values.get("line", 240) / 240,
        values.get("before", 0) / 20,
        values.get("after", 0) / 20,
        (values.get("left", 0) + values.get("right", 0)) / 20,
    )

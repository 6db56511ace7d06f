"""The elements of a page that print numbers, and the rules that apply to each."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any
from xml.etree.ElementTree import Element

import cssselect2
from msgspec.structs import replace

from .properties import JUDGED
from .rules import Rule

_NUMBERED = frozenset(
    (
        *("mark", "citation", "mark-range", "cross-reference", "footnote-call"),
        *("reference", "label", "entry", "number"),
    )
)
_STATES = re.compile(
    r":(?:hover|focus-within|focus-visible|focus|active|target-within|target|visited|any-link|link"
    r"|local-link|open|enabled|checked|default|fullscreen|popover-open|defined)(?![\w-])"
)
_NOT_STATE = re.compile(rf":not\({_STATES.pattern}\)")
_OTHER_PSEUDO = re.compile(r"::(?!before|after|marker|first-line|first-letter)[\w-]+")

# The rules that apply to each element, weakest first, with their pseudo-element.
Matches = Mapping[Element, Sequence[tuple[Rule, str | None]]]


def matched(rules: Sequence[Rule], root: Element) -> Matches:
    """Return the rules that apply to each element, weakest first, with their pseudo-element."""
    matcher = cssselect2.Matcher()
    everywhere: list[Rule] = []
    for rule in rules:
        if not JUDGED.match(rule.name):
            continue
        stateless = _without_states(rule.selector)
        changed = rule
        if stateless != rule.selector:
            changed = replace(rule, condition=f"{rule.condition} :state")
        if _OTHER_PSEUDO.search(stateless):
            continue  # a part of its own: it holds no number
        try:
            for selector in _selectors(stateless):
                matcher.add_selector(selector, changed)
        except cssselect2.SelectorError:
            if rule.name != "@import":
                everywhere.append(changed)
    found: dict[Element, list[tuple[Rule, str | None]]] = {}
    for wrapper in cssselect2.ElementWrapper.from_html_root(root).iter_subtree():
        hits = sorted(matcher.match(wrapper), key=lambda hit: (hit[3].important, hit[0], hit[1]))
        applied = [(hit[3], hit[2]) for hit in hits] + [(rule, None) for rule in everywhere]
        if applied:
            found[wrapper.etree_element] = applied
    return found


def _without_states(selector: str) -> str:
    """Return a selector as if its states held; one that is nothing else holds for all elements."""

    def held(found: re.Match[str]) -> str:
        return "" if re.search(r"[^\s>+~,(]$", found.string[: found.start()]) else "*"

    return _STATES.sub(held, _NOT_STATE.sub(held, selector.strip()))


@lru_cache(maxsize=4096)
def _selectors(text: str) -> tuple[Any, ...]:
    return tuple(cssselect2.compile_selector_list(text))


def judged_elements(root: Element) -> Iterator[tuple[Element, str]]:
    """Yield what holds numbers, or is inside that ("number"), and what is round it ("around")."""
    around: dict[Element, None] = {}

    def look(element: Element, ancestors: tuple[Element, ...], inside: bool) -> Iterator[Element]:
        numbered = inside or is_numbered(element)
        if "back-references" in element.get("class", "").split():
            return  # a house may do without them
        if numbered:
            around.update(dict.fromkeys(ancestors))
            yield element
        for child in element:
            yield from look(child, ancestors if numbered else (*ancestors, element), numbered)

    numbered = dict.fromkeys(look(root, (), False))
    yield from ((element, "number") for element in numbered)
    yield from ((element, "around") for element in around if element not in numbered)


def is_numbered(element: Element) -> bool:
    """Say whether an element of a page is a mark, an entry, or another number of ours."""
    classes = element.get("class", "").split()
    return not _NUMBERED.isdisjoint(classes) or "data-anchor" in element.attrib

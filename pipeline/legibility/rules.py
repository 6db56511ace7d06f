"""A style sheet as single rules, each for one selector: groups and nesting are taken apart."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import Any

import tinycss2
from msgspec import Struct

_GROUPS = frozenset({"media", "supports", "layer", "container", "scope", "starting-style"})


class Rule(Struct, frozen=True):
    """One rule for one selector, and where it stands. `condition` is that of its `@media`."""

    selector: str
    name: str
    value: tuple[Any, ...]  # tokens of tinycss2
    important: bool
    path: str
    line: int
    condition: str = ""

    @property
    def shown(self) -> str:
        value = tinycss2.serialize(self.value).strip()
        return f"{' '.join(self.selector.split())} {{ {self.name}: {value} }}"


class Hidden(Struct, frozen=True):
    """A rule that a number would not be seen by, and why, as one clause."""

    rule: Rule
    reason: str


@lru_cache(maxsize=16)
def read_rules(text: str, path: str) -> tuple[Rule, ...]:
    """Return the rules of a style sheet in order, once for all pages that have the same."""
    return tuple(_rules(tinycss2.parse_stylesheet(text, True, True), path))


def _rules(
    nodes: Iterable[Any], path: str, condition: str = "", parent: str = ""
) -> Iterator[Rule]:
    for node in nodes:
        if node.type == "at-rule":
            name = node.lower_at_keyword
            if name == "import":
                prelude = tuple(node.prelude)
                yield Rule("@import", "@import", prelude, False, path, node.source_line)
            elif name in _GROUPS and node.content is not None:
                inner = tinycss2.parse_blocks_contents(node.content, True, True)
                inside = f"{condition} @{name} {tinycss2.serialize(node.prelude)}".strip()
                inside = condition if name == "layer" else inside
                yield from _rules(_with_parent(inner, parent, node), path, inside, parent)
        elif node.type == "qualified-rule":
            selector = _nested(tinycss2.serialize(node.prelude).strip(), parent)
            content = tinycss2.parse_blocks_contents(node.content, True, True)
            for inner in content:
                if inner.type == "declaration":
                    yield _rule(selector, inner, path, condition)
            yield from _rules(
                [n for n in content if n.type in ("qualified-rule", "at-rule")],
                path,
                condition,
                selector,
            )
        elif node.type == "declaration" and parent:
            yield _rule(parent, node, path, condition)


def _with_parent(nodes: Sequence[Any], parent: str, group: Any) -> list[Any]:
    """Return what a group holds; declarations straight in one count inside a rule only."""
    return [n for n in nodes if n.type != "declaration" or parent]


def _rule(selector: str, node: Any, path: str, condition: str) -> Rule:
    return Rule(
        selector,
        node.lower_name if not node.name.startswith("--") else node.name,
        tuple(token for token in node.value if token.type not in ("whitespace", "comment")),
        node.important,
        path,
        node.source_line,
        condition,
    )


def _nested(selector: str, parent: str) -> str:
    if not parent:
        return selector
    if "&" in selector:
        return selector.replace("&", f":is({parent})")
    return f":is({parent}) {selector}"

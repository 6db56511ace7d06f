"""Anchors: what citations, cross-references and links point to, and where numbers are printed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from msgspec import Struct

AnchorKind = Literal[
    "section",
    "figure",
    "table",
    "equation",
    "reference",  # an entry of the bibliography
    "citation",  # the place of a citation: links back from the bibliography lead there
    "footnote",
    "call",  # the first call of a footnote: a link back from the footnote leads there
    "item",  # an item of an ordered list
    "paragraph",  # one with a number
    "other",  # a heading that its author named freely, and the bibliography
]
# The identifier of an anchor is its prefix and its name. What begins with no prefix is "other".
PREFIXES: Mapping[AnchorKind, str] = {
    "section": "sec-",
    "figure": "fig-",
    "table": "tbl-",
    "equation": "eq-",
    "reference": "ref-",
    "citation": "cite-",
    "footnote": "fn-",
    "call": "call-fn-",
    "item": "li-",
    "paragraph": "pn-",
    "other": "",
}
CROSS_REFERENCED: tuple[AnchorKind, ...] = ("section", "figure", "table", "equation")


class Anchor(Struct, frozen=True):
    """A place in a brief.

    Every output prints it as its identifier, `str(anchor)`: as an HTML id, as `data-anchor`, as the
    name of a PDF destination, in the source map of a Word file.
    """

    kind: AnchorKind
    name: str

    def __str__(self) -> str:
        return PREFIXES[self.kind] + self.name

    @classmethod
    def parse(cls, identifier: str) -> Anchor:
        """Return the anchor that has this identifier; every text is the identifier of one."""
        kind = next(kind for kind, prefix in PREFIXES.items() if identifier.startswith(prefix))
        return cls(kind, identifier.removeprefix(PREFIXES[kind]))

    @property
    def call(self) -> Anchor:
        """Where a footnote is called first."""
        return Anchor("call", self.name)


BIBLIOGRAPHY = Anchor("other", "bibliography")  # the heading of the list

"""Anchors: those that the author wrote, made unique, and those that the reader makes up."""

from __future__ import annotations

import re
from collections.abc import Container, Mapping

from ...diagnostics import Diagnostic, Span
from ...model import (
    BIBLIOGRAPHY,
    CROSS_REFERENCED,
    PREFIXES,
    Anchor,
    AnchorKind,
    Inlines,
    plain,
    without_citations,
)

WRITTEN = re.compile(r"(?:\{[^{}\n]*#|\\label\{)([^\s{}]+)")
# What labels of LaTeX begin with, beside the prefixes of pandoc-crossref: `fig:x`.
LABELS: Mapping[AnchorKind, tuple[str, ...]] = {
    "table": ("tab", "table"),
    "figure": ("figure",),
    "section": ("section",),
    "equation": ("eqn", "equation"),
}
# Kinds of anchors that are reserved for the program.
RESERVED = (
    "citation",
    "reference",
    "footnote",
    "call",
    "item",
    "paragraph",
)
_OURS = (BIBLIOGRAPHY, Anchor("other", "main"))  # places that every output has itself
LONGEST_SLUG = 60


class Anchors:
    """The anchors of one brief. Made-up anchors avoid every written one."""

    def __init__(self, text: str, diagnostics: list[Diagnostic]) -> None:
        self.places: dict[Anchor, Span] = {}
        self.written: set[str] = set()  # identifiers
        self._avoided = {written_anchor(identifier) for identifier in WRITTEN.findall(text)}
        self._numbers: dict[Anchor, int] = {}  # the last that made each anchor unique
        self._diagnostics = diagnostics

    def add(self, anchor: Anchor, span: Span, kind: AnchorKind) -> Anchor:
        """Enter an anchor that the author wrote, and return it as it is in the tree.

        All but headings get the prefix of their kind, by which each output knows what they are.
        """
        if anchor.kind in CROSS_REFERENCED and anchor.kind != kind:
            of, this = ("heading" if k == "section" else k for k in (anchor.kind, kind))
            message = f"the anchor `{anchor}` is for a {of}, but this is a {this}"
            hint = f"write {{#{Anchor(kind, anchor.name)}}}"
            self._diagnostics.append(Diagnostic("bad-anchor", message, span, hint))
        if anchor.kind in CROSS_REFERENCED or kind != "section":
            self.written.add(str(anchor))
            anchor = of_kind(anchor, kind)
        if anchor.kind in RESERVED:
            prefix = PREFIXES[anchor.kind]
            self._report(f"anchors that begin with `{prefix}` are reserved", span)
            return self._enter(Anchor("other", f"x-{anchor}"), span)
        if anchor in _OURS:
            self._report(f"the anchor `{anchor}` is reserved", span)
            return self._enter(Anchor("other", f"x-{anchor}"), span)
        if anchor in self.places:
            first = self.places[anchor]
            where = f"first in line {first.line}, column {first.column}"
            self._report(f"the anchor `{anchor}` is used twice, {where}", span)
            return self._enter(anchor, span)
        self.written.add(str(anchor))
        self.places[anchor] = span
        return anchor

    def make(self, kind: AnchorKind, words: str, span: Span) -> Anchor:
        """Make up an anchor, "sec-the-cost", that is not used or written anywhere."""
        return self._enter(Anchor(kind, slug(words)), span)

    def _enter(self, anchor: Anchor, span: Span) -> Anchor:
        number = self._numbers.get(anchor, 0)
        free = anchor
        while free in self.places or free in self._avoided:
            number += 1
            free = Anchor(anchor.kind, f"{anchor.name}-{number}")
        self._numbers[anchor] = number
        self.places[free] = span
        return free

    def _report(self, message: str, span: Span) -> None:
        hint = "choose another one, and change the references to it"
        self._diagnostics.append(Diagnostic("duplicate-anchor", message, span, hint))


def written_anchor(identifier: str) -> Anchor:
    """Return what an author means by `fig-x`, or by pandoc-crossref's `fig:x`."""
    prefix, colon, name = identifier.partition(":")
    anchor = Anchor.parse(f"{prefix}-{name}")
    if colon and anchor.kind in CROSS_REFERENCED and anchor.name == name != "":
        return anchor
    return Anchor.parse(identifier)


def label_anchor(label: str) -> Anchor:
    """Return what LaTeX's label means: `fig:x`, `tab:x`."""
    identifier = "-".join(label.split())
    word, _, name = identifier.partition(":")
    kind = next((kind for kind, words in LABELS.items() if word in words), None)
    return Anchor(kind, name) if kind and name else written_anchor(identifier)


def of_kind(anchor: Anchor, kind: AnchorKind) -> Anchor:
    """Return the anchor of a kind whose name an author wrote with or without its prefix."""
    return anchor if anchor.kind == kind else Anchor(kind, str(anchor))


def full_anchor(anchor: Anchor, known: Container[Anchor]) -> Anchor | None:
    """Return what has an anchor that may lack its prefix, None if nothing does."""
    anchors = (anchor, *(Anchor(kind, str(anchor)) for kind in CROSS_REFERENCED))
    return next((found for found in anchors if found in known), None)


def slug(words: str) -> str:
    """Return the identifier that pandoc makes of a heading (User's Guide, auto_identifiers)."""
    kept = "".join(c for c in words.lower() if c.isalnum() or c.isspace() or c in "_-.")
    joined = "-".join(kept.split())
    while joined and not joined[0].isalpha():
        joined = joined[1:]
    return joined[:LONGEST_SLUG].rstrip("-.") or "section"


def heading_words(inlines: Inlines) -> str:
    return plain(without_citations(inlines))

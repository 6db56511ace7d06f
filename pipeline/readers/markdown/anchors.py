"""Anchors: those an author wrote, each once, and those that the reader makes up."""

from __future__ import annotations

import re
from collections.abc import Container

from ...diagnostics import Diagnostic, Span
from ...model import Inlines, plain, without_citations

WRITTEN = re.compile(r"(?:\{[^{}\n]*#|\\label\{)([^\s{}]+)")
KINDS = {"sec": "heading", "fig": "figure", "tbl": "table", "eq": "equation"}
ALIAS = re.compile(rf"({'|'.join(KINDS)}):(?=.)")
# What labels of LaTeX begin with, beside the above.
LABELS = {
    "tbl": ("tab", "table"),
    "fig": ("figure",),
    "sec": ("section",),
    "eq": ("eqn", "equation"),
}
RESERVED = ("cite-", "ref-", "fn-", "call-")  # what the product names by itself
LONGEST_SLUG = 60


class Anchors:
    """The anchors of one brief. Made-up ones give way to those that are written anywhere."""

    def __init__(self, text: str, diagnostics: list[Diagnostic]) -> None:
        self.places: dict[str, Span] = {}
        self.written: set[str] = set()
        self._avoided = {normal_anchor(anchor) for anchor in WRITTEN.findall(text)}
        self._numbers: dict[str, int] = {}  # the last that made each anchor unique
        self._diagnostics = diagnostics

    def add(self, anchor: str, span: Span, kind: str) -> str:
        """Enter an anchor that the author wrote, and return it as the tree bears it.

        All but headings get the prefix of their kind, by which each output knows what they are.
        """
        anchor = normal_anchor(anchor)
        other = anchor.partition("-")[0]
        if other in KINDS and other != kind:
            message = (
                f"the anchor `{anchor}` is that of a {KINDS[other]}, and this is a {KINDS[kind]}"
            )
            hint = f"write {{#{kind}-{anchor.partition('-')[2]}}}"
            self._diagnostics.append(Diagnostic("bad-anchor", message, span, hint))
        if other != kind and (other in KINDS or kind != "sec"):
            self.written.add(anchor)
            anchor = f"{kind}-{anchor}"
        if anchor.startswith(RESERVED):
            kind = anchor.partition("-")[0]
            self._report(f"anchors that begin with `{kind}-` are made by the program", span)
            return self._enter(f"x-{anchor}", span)
        if anchor in self.places:
            first = self.places[anchor]
            where = f"first in line {first.line}, column {first.column}"
            self._report(f"the anchor `{anchor}` is used twice, {where}", span)
            return self._enter(anchor, span)
        self.written.add(anchor)
        self.places[anchor] = span
        return anchor

    def make(self, prefix: str, words: str, span: Span) -> str:
        """Make up an anchor, "sec-the-cost", that is not used or written anywhere."""
        return self._enter(f"{prefix}-{slug(words)}", span)

    def _enter(self, anchor: str, span: Span) -> str:
        number = self._numbers.get(anchor, 0)
        free = anchor
        while free in self.places or free in self._avoided:
            number += 1
            free = f"{anchor}-{number}"
        self._numbers[anchor] = number
        self.places[free] = span
        return free

    def _report(self, message: str, span: Span) -> None:
        hint = "choose another, and change what points to it"
        self._diagnostics.append(Diagnostic("duplicate-anchor", message, span, hint))


def normal_anchor(anchor: str) -> str:
    """Return `fig-x` for pandoc-crossref's `fig:x`."""
    return ALIAS.sub(r"\1-", anchor, count=1) if ALIAS.match(anchor) else anchor


def label_anchor(label: str) -> str:
    """Return `fig-x` for LaTeX's label `fig:x`, and `tbl-x` for `tab:x`."""
    anchor = "-".join(label.split())
    for kind, words in LABELS.items():
        for word in words:
            if anchor.startswith(f"{word}:") and anchor != f"{word}:":
                return f"{kind}-{anchor.partition(':')[2]}"
    return normal_anchor(anchor)


def full_anchor(anchor: str, known: Container[str]) -> str:
    """Return what bears an anchor that may lack its prefix, "" if nothing does."""
    names = (anchor, *(f"{kind}-{anchor}" for kind in KINDS))
    return next((name for name in names if name in known), "")


def slug(words: str) -> str:
    """Return the identifier that pandoc makes of a heading (User's Guide, auto_identifiers)."""
    kept = "".join(c for c in words.lower() if c.isalnum() or c.isspace() or c in "_-.")
    joined = "-".join(kept.split())
    while joined and not joined[0].isalpha():
        joined = joined[1:]
    return joined[:LONGEST_SLUG].rstrip("-.") or "section"


def heading_words(inlines: Inlines) -> str:
    return plain(without_citations(inlines))

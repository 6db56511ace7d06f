"""Decide every number of a brief, once. No other module counts anything."""

from __future__ import annotations

from collections.abc import Mapping
from textwrap import shorten

from msgspec import Struct, field
from msgspec.structs import replace

from .diagnostics import Diagnostic, did_you_mean
from .language.terms import term
from .language.typography import typeset
from .marks import SEPARATE, UNRESOLVED, Marks, placed
from .model import (
    CROSS_REFERENCED,
    Anchor,
    Brief,
    Chart,
    Citation,
    Cite,
    CrossReference,
    Equation,
    Figure,
    Footnote,
    Heading,
    Inlines,
    Node,
    Part,
    Table,
    plain,
    transform,
    walk,
)
from .model.references import Library, Reference


class Place(Struct, frozen=True):
    """Where a reference is cited: the citation's anchor, and what its section is called."""

    citation: Anchor
    label: str  # "Section 2", "Conclusion", "Executive summary", or the title of the brief


class NumberedBrief(Struct, frozen=True):
    """A brief with every number decided. Writers accept nothing less.

    `numbers` holds what is printed at each anchor: "1.2" at a section, "3" at a reference. What
    has no number (an unnumbered heading, a figure without caption) has no key there.
    """

    brief: Brief
    numbers: Mapping[Anchor, str]
    bibliography: tuple[Reference, ...]  # in number order
    marks: Marks = SEPARATE
    # by reference, as its entry says; empty where the house prints no back-references
    cited_at: Mapping[Anchor, tuple[Place, ...]] = field(default_factory=dict)
    draft: bool = False  # written in spite of errors; what is unresolved is marked


PARTS = (
    "summary",
    "key-findings",
    "follow-ups",
    "claim",
    "corrections",
)  # have a title by term
_LONGEST_TITLE = 80  # characters of a title in what a link says: one line


def cross_reference_term(anchor: Anchor, lang: str) -> str:
    """Return the word printed before the number of a cross-reference: "Figure"."""
    return term(anchor.kind if anchor.kind in CROSS_REFERENCED else "section", lang)


def reference_words(numbered: NumberedBrief, *anchors: Anchor) -> str:
    """Return what a link to references says, since `[3]` says too little.

    "Reference 3: Rain on roofs"; of a range, each that the dash stands for.
    """
    lang, said = numbered.brief.front.lang, []
    for anchor in anchors:
        number = numbered.numbers.get(anchor, "")
        place = int(number) - 1 if number.isdecimal() else len(numbered.bibliography)
        for found in numbered.bibliography[place : place + 1]:
            title = " ".join(found.title.split())
            if len(title) > _LONGEST_TITLE:
                title = shorten(title, _LONGEST_TITLE, placeholder="…")
            said.append(f"{term('reference', lang)} {number}: {title}")
    return "; ".join(said)


def number(
    brief: Brief, library: Library, marks: Marks = SEPARATE, back_references: bool = True
) -> tuple[NumberedBrief, list[Diagnostic]]:
    """Number references, sections, figures, tables, equations and footnotes by place.

    What cannot be resolved gets the number `?` and a diagnostic, so that later stages go on.
    """
    brief = typeset(_under_main_keys(brief, library))
    counts = _Counts()
    diagnostics: list[Diagnostic] = []
    numbers: dict[Anchor, str] = {}
    cited: dict[str, Reference] = {}
    cited_at: dict[Anchor, list[Place]] = {}
    label, citation = brief.title, Anchor("citation", "")
    unnumbered: set[Anchor] = set()

    for node in walk(brief):
        match node:
            case Heading(anchor=anchor, inlines=inlines):
                if found := counts.section(node):
                    numbers[anchor] = found
                    label = f"{term('section', brief.front.lang)} {found}"
                else:
                    unnumbered.add(anchor)
                    label = plain(inlines) or label
            case Part(kind=kind, title=title) if kind in PARTS:
                label = plain(title) or term(kind, brief.front.lang)
            case (
                Figure(anchor=anchor, caption=caption)
                | Chart(anchor=anchor, caption=caption)
                | Table(anchor=anchor, caption=caption)
            ):
                if caption:
                    numbers[anchor] = counts.next("Table" if isinstance(node, Table) else "Figure")
                else:
                    unnumbered.add(anchor)
            case Equation(anchor=anchor) if anchor:
                numbers[anchor] = counts.next("Equation")
            case Footnote(anchor=anchor):
                numbers[anchor] = counts.next("Footnote")
            case Citation(anchor=anchor):
                citation = anchor
            case Cite(key=key, anchor=anchor) if key in library:
                cited.setdefault(key, library[key])
                numbers.setdefault(anchor, str(len(cited)))
                places = cited_at.setdefault(anchor, [])
                if label not in [place.label for place in places]:
                    places.append(Place(citation, label))
            case Cite(anchor=anchor):
                numbers[anchor] = UNRESOLVED
                diagnostics.append(_unknown_citation(node, library))

    for key in library if "*" in brief.front.nocite else brief.front.nocite:
        if key not in library:
            unknown = Cite(key, span=brief.front.place("nocite", key))
            diagnostics.append(_unknown_citation(unknown, library))
        elif key not in cited:
            cited[key] = library[key]
            numbers[library[key].anchor] = str(len(cited))

    diagnostics += _cross_references(brief, numbers, unnumbered)
    numbered = NumberedBrief(
        transform(brief, lambda inlines: placed(inlines, marks)),
        numbers,
        tuple(cited.values()),
        marks,
        {a: tuple(places) for a, places in cited_at.items()} if back_references else {},
    )
    return numbered, diagnostics + [found for key in cited for found in library.diagnostics(key)]


def _under_main_keys(brief: Brief, library: Library) -> Brief:
    """Return the brief with each alias of a citation key replaced by the key itself."""
    aliases = library.aliases
    if not aliases:
        return brief

    def changed(inlines: Inlines) -> Inlines:
        return tuple(
            replace(
                inline,
                cites=tuple(replace(c, key=aliases.get(c.key, c.key)) for c in inline.cites),
            )
            if isinstance(inline, Citation) and any(c.key in aliases for c in inline.cites)
            else inline
            for inline in inlines
        )

    nocite = tuple(dict.fromkeys(aliases.get(key, key) for key in brief.front.nocite))
    return transform(replace(brief, front=replace(brief.front, nocite=nocite)), changed)


class _Counts:
    """The counters of one brief."""

    def __init__(self) -> None:
        self._counts: dict[str, int] = {}
        self._sections: list[int] = []
        self._unnumbered_level = 0  # level of the unnumbered heading that we are below, or 0

    def next(self, kind: str) -> str:
        self._counts[kind] = self._counts.get(kind, 0) + 1
        return str(self._counts[kind])

    def section(self, heading: Heading) -> str:
        """Return "2.1", or "" for a heading without a number, or below one."""
        level = heading.level
        if self._unnumbered_level and level > self._unnumbered_level:
            return ""
        self._unnumbered_level = 0 if heading.numbered else level
        if not heading.numbered:
            return ""
        counts = self._sections[:level] + [0] * (level - len(self._sections))
        counts[level - 1] += 1
        self._sections = counts
        # A skipped level (an error, but drafts are written) shows as 1, uncounted: as in Word.
        return ".".join(str(max(count, 1)) for count in counts)


def _cross_references(
    brief: Brief, numbers: dict[Anchor, str], unnumbered: set[Anchor]
) -> list[Diagnostic]:
    """Resolve cross-references; they may point forward, so all anchors must be known."""
    diagnostics = []
    for node in walk(brief):
        if not isinstance(node, CrossReference) or node.anchor in numbers:
            if isinstance(node, CrossReference) and numbers[node.anchor] == UNRESOLVED:
                diagnostics.append(_unknown_anchor(node, numbers, unnumbered))
            continue
        diagnostics.append(_unknown_anchor(node, numbers, unnumbered))
        numbers[node.anchor] = UNRESOLVED
    return diagnostics


def _unknown_citation(cite: Cite, library: Library) -> Diagnostic:
    message = f"no reference has the key `{cite.key}`"
    return Diagnostic("unknown-citation", message, cite.span, did_you_mean(cite.key, library))


def _unknown_anchor(
    node: CrossReference, numbers: Mapping[Anchor, str], unnumbered: set[Anchor]
) -> Diagnostic:
    if node.anchor in unnumbered:
        return Diagnostic(
            "unnumbered-anchor",
            f"what is anchored at `{node.anchor}` has no number",
            node.span,
            "give the figure or table a caption, or link to the heading: [words](#anchor)",
        )
    known = [
        str(anchor)
        for anchor, found in numbers.items()
        if found != UNRESOLVED and anchor.kind not in ("reference", "footnote")
    ]
    message = f"nothing is anchored at `{node.anchor}`"
    return Diagnostic("unknown-anchor", message, node.span, did_you_mean(str(node.anchor), known))


def with_draft(numbered: NumberedBrief) -> NumberedBrief:
    return replace(numbered, draft=True)


def anchors(brief: Brief) -> list[tuple[Anchor, Node]]:
    """Return every anchor of a brief with the node that bears it, in reading order."""
    return [
        (node.anchor, node)
        for node in walk(brief)
        if isinstance(node, Heading | Figure | Chart | Table | Equation | Footnote | Citation)
        if node.anchor
    ]

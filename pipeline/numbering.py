"""Decide every number of a brief, once. No other module counts anything."""

from __future__ import annotations

import datetime
import re
from collections import Counter
from collections.abc import Mapping, Sequence

from msgspec import Struct, field
from msgspec.structs import replace

from .csl import DEFAULT, CitationStyle, format_entry
from .diagnostics import Diagnostic, did_you_mean
from .marks import SEPARATE, UNRESOLVED, Marks
from .model import (
    CROSS_REFERENCED,
    Anchor,
    AnchorKind,
    Brief,
    Chart,
    Cite,
    CodeBlock,
    CrossReference,
    Equation,
    Figure,
    Footnote,
    Heading,
    ImageFile,
    List,
    Paragraph,
    ReviewComment,
    Table,
    walk,
)
from .model.enumerators import written
from .model.references import Library, Reference, RichText


class Place(Struct, frozen=True):
    """Where a reference is cited: the citation's anchor, and what its section is called."""

    citation: Anchor
    label: str  # "Section 2", "Conclusion", "Executive summary", or the title of the brief


class NumberedBrief(Struct, frozen=True):
    """A brief with every number decided. Writers accept nothing less.

    `numbers` holds what is printed at each anchor: "1.2" at a section, "3" at a reference. What
    has no number (an unnumbered heading, a figure without caption) has no key there. `marks` and
    `cited_at` are the work of later stages: see `placement` and `labels`.
    """

    brief: Brief
    numbers: Mapping[Anchor, str]
    bibliography: tuple[Reference, ...]  # in number order
    labels: Mapping[AnchorKind, str] = field(default_factory=dict)  # of the house: "Fig. {number}"
    marks: Marks = SEPARATE
    # by reference, as its entry says; empty where the house prints no back-references
    cited_at: Mapping[Anchor, tuple[Place, ...]] = field(default_factory=dict)
    draft: bool = False  # written in spite of errors; what is unresolved is marked
    citation_style: CitationStyle = DEFAULT
    comments: tuple[ReviewComment, ...] = ()  # of reviewers, which Word files show
    redline: Redline | None = None

    @property
    def settled(self) -> NumberedBrief:
        """The brief with all changes accepted, if it is a redline: its length, for example."""
        return self.redline.newer if self.redline else self

    @property
    def all_images(self) -> tuple[ImageFile, ...]:
        """The images of the brief, and in a redline those of its older edition, too."""
        if self.redline is None:
            return self.brief.images
        return self.redline.older.brief.images + self.brief.images

    @property
    def cited_library(self) -> str:
        """The BibTeX text of the bibliography, as its files have it."""
        sources = (found.source.strip() for found in self.bibliography)
        return "".join(f"{source}\n\n" for source in sources if source)[:-1]

    def entry(self, reference: Reference) -> RichText:
        """Return the entry of a reference of the bibliography."""
        if self.redline and reference.anchor in self.redline.entries:
            return self.redline.entries[reference.anchor]
        place = int(self.numbers[reference.anchor]) - 1
        before = self.bibliography[place - 1] if place else None
        return format_entry(reference, self.citation_style, self.brief.front.lang, before)


class Redline(Struct, frozen=True):
    """What the redline of two editions has besides the changes in its tree.

    The brief and its numbers are those of the newer edition. `gone` are references that only the
    older one cites; they are listed below the others, with their old numbers.
    """

    older: NumberedBrief
    newer: NumberedBrief  # without the changes
    author: str  # of the changes, in Word
    date: datetime.date  # of the changes, in Word
    summary: str  # "3 sentences changed, 1 source added"
    new: frozenset[Anchor]  # references that only the newer edition cites
    gone: tuple[Reference, ...]
    entries: Mapping[Anchor, RichText]  # of references that both cite, where they differ
    unsure: frozenset[Anchor]  # of what was inserted: nothing is there if that is rejected


def number(
    brief: Brief, library: Library, marks: Marks = SEPARATE
) -> tuple[NumberedBrief, list[Diagnostic]]:
    """Number references, sections, figures, tables, equations, footnotes, items and paragraphs.

    `marks` say how footnotes are numbered. What points to nothing gets the number `?`, so that
    later stages go on. The diagnostics name the cross-references among it; `resolve_citations`
    names the citations.
    """
    numbers: dict[Anchor, str] = {}
    cited: dict[str, Reference] = {}
    sections, counts = _Sections(), Counter[AnchorKind]()

    def count(anchor: Anchor) -> None:
        counts[anchor.kind] += 1
        numbers[anchor] = str(counts[anchor.kind])

    def cite(key: str) -> None:
        if key in library and key not in cited:
            cited[key] = library[key]
            count(cited[key].anchor)

    for node in walk(brief):
        match node:
            case Heading(anchor=anchor):
                if found := sections.next(node):
                    numbers[anchor] = found
            case Figure(anchor=anchor) | Chart(anchor=anchor) | Table(anchor=anchor):
                if node.caption:
                    count(anchor)
            case Equation(anchor=Anchor() as anchor) | Paragraph(anchor=Anchor() as anchor):
                count(anchor)
            case Footnote(anchor=anchor):
                count(anchor)
                numbers[anchor] = written(counts["footnote"], marks.footnotes)
            case List(ordered=True, start=start, items=items):
                places = enumerate(items, start)
                numbers |= {item.anchor: str(n) for n, item in places if item.anchor}
            case Cite(key=key):
                cite(key)
                numbers.setdefault(node.anchor, UNRESOLVED)
    for key in library if "*" in brief.front.nocite else brief.front.nocite:
        cite(key)

    dangling = [
        node
        for node in walk(brief)
        if isinstance(node, CrossReference)
        and numbers.setdefault(node.anchor, UNRESOLVED) == UNRESOLVED
    ]
    return NumberedBrief(brief, numbers, tuple(cited.values())), _unknown(dangling, brief, numbers)


class _Sections:
    """The counters of headings, one for each level."""

    def __init__(self) -> None:
        self._counts: list[int] = []
        self._unnumbered_level = 0  # level of the unnumbered heading that we are below, or 0

    def next(self, heading: Heading) -> str:
        """Return "2.1", or "" for a heading without a number, or below one."""
        level = heading.level
        if self._unnumbered_level and level > self._unnumbered_level:
            return ""
        self._unnumbered_level = 0 if heading.numbered else level
        if not heading.numbered:
            return ""
        counts = self._counts[:level] + [0] * (level - len(self._counts))
        counts[level - 1] += 1
        self._counts = counts
        # A skipped level, which no brief has that was read, shows as 1, uncounted: as in Word.
        return ".".join(str(max(count, 1)) for count in counts)


def _unknown(
    dangling: Sequence[CrossReference], brief: Brief, numbers: Mapping[Anchor, str]
) -> list[Diagnostic]:
    if not dangling:
        return []
    bearers = (node for node in walk(brief) if isinstance(node, Heading | Figure | Chart | Table))
    unnumbered = {node.anchor for node in bearers}
    known = [
        str(anchor)
        for anchor, found in numbers.items()
        if found != UNRESOLVED and anchor.kind in CROSS_REFERENCED
    ]
    return [
        Diagnostic(
            "unnumbered-anchor",
            f"`{node.anchor}` has no number",
            node.span,
            "give the figure or table a caption, or link to the heading: [words](#anchor)",
        )
        if node.anchor in unnumbered
        else Diagnostic(
            "unknown-anchor",
            f"there is no anchor `{node.anchor}`",
            node.span,
            _of_code(node.anchor, brief) or did_you_mean(str(node.anchor), known),
        )
        for node in dangling
    ]


def _of_code(anchor: Anchor, brief: Brief) -> str:
    """Return what to do if code that is not run would make what an anchor leads to."""
    label = re.compile(rf"#\|\s*label:\s*{re.escape(str(anchor))}\s*$", re.MULTILINE)
    for node in walk(brief):
        if isinstance(node, CodeBlock) and label.search(node.text):
            made = "![Caption](file.png)" if anchor.kind == "figure" else ": Caption"
            return f"the code for it is not run: save its result, and write {made}{{#{anchor}}}"
    return ""


def with_draft(numbered: NumberedBrief) -> NumberedBrief:
    return replace(numbered, draft=True)

"""What is known before a file is written, and what is collected meanwhile."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from msgspec import Struct

from ...direction import is_right_to_left
from ...language.terms import term
from ...marks import UNRESOLVED
from ...model import Anchor, Blocks, Change, Enumerator, ImageFile
from ...numbering import NumberedBrief
from ...styles import House
from ...text import link_target
from ...xml import Element
from .bookmarks import Bookmarks, Identities
from .footnotes import Footnotes
from .list_numbering import ListNumbers
from .relationships import Relationships
from .runs import RunFormat
from .template import Template


class Context(Struct, frozen=True):
    """What everything in the text is written with: the brief, the file it goes into, and one
    collector for each kind of thing that other parts of the file must hold."""

    numbered: NumberedBrief
    house: House
    template: Template
    given_styles: frozenset[str]  # of a reference docx that the house brought: looks unknown
    pages: Mapping[Anchor, str]  # of anchors, estimated
    images: Mapping[str, ImageFile]  # by `src`; a draft may lack some
    write_blocks: Callable[[Blocks, Context, str], list[Element]]  # in paragraphs of a style
    bookmarks: Bookmarks
    footnotes: Footnotes
    lists: list[ListNumbers]
    drawings: Identities
    controls: Identities
    relationships: Relationships  # of the part being written
    restarts: frozenset[Anchor] = frozenset()  # whose numbers do not follow the ones before
    strong: str = "Strong"  # the character style of what is strong
    inner_calls: list[list[Element]] | None = None  # in a footnote: calls of footnotes inside it
    change: Change | None = None  # in a redline: what happened to the content that is written

    @property
    def lang(self) -> str:
        return self.numbered.brief.front.lang

    @property
    def paper(self) -> str:
        return self.numbered.brief.front.paper or self.house.paper

    @property
    def word_citations(self) -> str:
        """What manages the citations: one of `pipeline.model.WORD_CITATIONS`."""
        return self.numbered.brief.front.word_citations or "ref"

    @property
    def right_to_left(self) -> bool:
        return is_right_to_left(self.lang)

    @property
    def run_format(self) -> RunFormat:
        """The format of ordinary text."""
        return RunFormat(right_to_left=self.right_to_left)

    def term(self, name: str) -> str:
        return term(name, self.lang)

    def number(self, anchor: Anchor) -> str:
        """Return the number at an anchor, or "" where it has none."""
        return self.numbered.numbers.get(anchor, "")

    def restart(self, anchor: Anchor) -> str:
        """Return the number at an anchor if Word must be told it, else ""."""
        return self.number(anchor) if anchor in self.restarts else ""

    def is_unsure(self, anchor: Anchor) -> bool:
        """Say whether what is at an anchor may be rejected, and what points at it not."""
        redline = self.numbered.redline
        return self.change is None and redline is not None and anchor in redline.unsure

    def unresolved(self, anchor: Anchor) -> bool:
        return self.number(anchor) == UNRESOLVED

    def list_numbers(self, kind: str, level: int, start: str, enumerator: Enumerator) -> int:
        """Return the `w:numId` of a new list."""
        self.lists.append(ListNumbers(kind, level, start, enumerator))
        return self.template.numbering.first + len(self.lists) - 1

    def outside_link(self, href: str) -> str | None:
        """Return the relationship id of a URL, None if it must not be followed."""
        target = link_target(href)
        return self.relationships.link(target) if target else None

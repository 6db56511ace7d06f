"""What every part of a page needs to know: the numbered brief, and the medium it is written for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import Literal

from msgspec import Struct, field

from ...diagnostics import Span
from ...language.terms import term
from ...marks import UNRESOLVED
from ...model import (
    Anchor,
    Code,
    CodeBlock,
    Footnote,
    FrontMatter,
    Heading,
    ImageFile,
    Text,
    walk,
)
from ...numbering import NumberedBrief
from ...styles import House
from .markup import fragment

Medium = Literal["screen", "print"]  # as in CSS: the web page, or the pages of the PDF

IMAGE_SCHEME = "brief-image:"  # where the PDF's pages ask for images; served from memory
LONG_BRIEF = 5  # numbered sections from which on the web page has contents
CHARACTERS_PER_PAGE = 3000
PAGES_WITHOUT_CONTENTS = 4


class Page(Struct, frozen=True, dict=True):
    """One page to write. `pages` says on which printed page an anchor stands, where it is known."""

    numbered: NumberedBrief
    medium: Medium
    pages: Mapping[Anchor, str] = field(default_factory=dict)
    house: House | None = None  # its colours, for charts

    @property
    def front(self) -> FrontMatter:
        return self.numbered.brief.front

    @property
    def lang(self) -> str:
        return self.front.lang

    @property
    def printed(self) -> bool:
        return self.medium == "print"

    def term(self, name: str) -> str:
        return term(name, self.lang)

    def number(self, anchor: Anchor) -> str:
        """Return the number at an anchor, or "" where it has none."""
        return self.numbered.numbers.get(anchor, "")

    def unresolved(self, anchor: Anchor) -> bool:
        return self.number(anchor) == UNRESOLVED

    def id(self, anchor: Anchor) -> str:
        """Return the id of an anchor; in the PDF it is the name of a destination, kept as it is."""
        return str(anchor) if self.printed else fragment(str(anchor))

    def href(self, anchor: Anchor) -> str | None:
        """Return the link to an anchor, None where there is nothing to go to."""
        return None if self.unresolved(anchor) else f"#{fragment(str(anchor))}"

    def place(self, span: Span) -> dict[str, str | None]:
        """Return where a block was written: in print, so that faults of the layout have a line."""
        place = f"{span.line}:{span.column}:{span.length}:{span.path}"
        return {"data-place": place if self.printed else None}

    def lines(self, parts: Iterable[str]) -> str:
        """Return parts one below the other; in print WeasyPrint would show blanks in footnotes."""
        return ("" if self.printed else "\n").join(filter(None, parts))

    def image(self, src: str) -> ImageFile:
        return self._images[src]

    @cached_property
    def footnotes(self) -> tuple[Footnote, ...]:
        """Every footnote, in the order of the calls."""
        return tuple(node for node in walk(self.numbered.brief) if isinstance(node, Footnote))

    @cached_property
    def headings(self) -> tuple[Heading, ...]:
        """The headings that contents and bookmarks list."""
        return tuple(node for node in walk(self.numbered.brief) if isinstance(node, Heading))

    @cached_property
    def has_contents(self) -> bool:
        """A long brief has contents. For print its length is estimated, so that one layout does."""
        if self.printed:
            return self._characters > CHARACTERS_PER_PAGE * PAGES_WITHOUT_CONTENTS
        sections = [found for found in self.headings if found.level == 1 and found.numbered]
        return len(sections) >= LONG_BRIEF

    @cached_property
    def _characters(self) -> int:
        brief = self.numbered.brief
        words = sum(
            len(node.text) for node in walk(brief) if isinstance(node, Text | Code | CodeBlock)
        )
        return words + 250 * len(self.numbered.bibliography) + 700 * len(brief.images)

    @cached_property
    def _images(self) -> Mapping[str, ImageFile]:
        return {image.src: image for image in self.numbered.brief.images}

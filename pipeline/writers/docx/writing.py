"""The state of one file being written: what the body has asked for, and where it points."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from msgspec import Struct, field

from ...language.direction import is_right_to_left
from ...language.terms import term
from ...marks import UNRESOLVED
from ...model import Anchor, Chart, Citation, ImageFile, Node
from ...numbering import NumberedBrief
from ...ooxml import block_bookmark, bookmark_name, citation_bookmark
from ...styles import Styles
from ...text import link_target
from .runs import Dress, projection

# Paper sizes in twips (1/20 point): width, height.
_PAPERS = {"a4": (11906, 16838), "letter": (12240, 15840)}
MARGIN = 1417  # twips: 25 mm, as on the PDF's pages


class Relations(Struct):
    """What one part points at outside itself: URLs and pictures, by relationship id."""

    links: dict[str, str] = field(default_factory=dict)  # URL to id
    pictures: dict[tuple[str, str], str] = field(default_factory=dict)  # (src, kind) to id
    charts: dict[str, Chart] = field(default_factory=dict)  # id to chart

    def chart(self, chart: Chart) -> str:
        identity = f"rIdChart{len(self.charts) + 1}"
        self.charts[identity] = chart
        return identity

    def link(self, url: str) -> str:
        return self.links.setdefault(url, f"rIdLink{len(self.links) + 1}")

    def picture(self, src: str, kind: str) -> str:
        """Return the id of a picture; `kind` is "image", or "vector" for the SVG itself."""
        return self.pictures.setdefault((src, kind), f"rIdPicture{len(self.pictures) + 1}")


class ListNumbers(Struct, frozen=True):
    """One list of the file: its shape, and for an ordered list where it starts."""

    kind: str  # "bullet", "number", "task"
    level: int  # from 0
    start: int


class Writing(Struct):
    """Gathers what the other parts need while the body is written. Word's ids are no numbers."""

    numbered: NumberedBrief
    styles: Styles
    relations: Relations = field(default_factory=Relations)  # of the part being written
    note_relations: Relations = field(default_factory=Relations)
    lists: list[ListNumbers] = field(default_factory=list)
    footnotes: list[str] = field(default_factory=list)  # w:footnote elements
    pending_calls: list[str] | None = None  # inside a footnote: calls of footnotes of its own
    anchors: dict[str, Anchor] = field(default_factory=dict)  # bookmark to anchor
    # Bookmark, node, and what it says.
    blocks: list[tuple[str, Node, str]] = field(default_factory=list)
    citations: list[tuple[str, Citation]] = field(default_factory=list)
    citation_bookmarks: dict[Anchor, str] = field(default_factory=dict)  # anchor to bookmark
    in_footnotes: set[str] = field(default_factory=set)  # bookmarks of citations there
    pages: Mapping[Anchor, str] = field(default_factory=dict)  # of anchors, estimated
    pictures: int = 0
    given_width: int = 0  # twips between the margins of a reference docx, 0 for the house's
    given_styles: frozenset[str] = frozenset()  # the paragraph styles of a reference docx, by id
    placed: frozenset[str] = frozenset()  # what a reference docx prints itself: "title", …
    _bookmarks: int = 0
    _images: Mapping[str, ImageFile] | None = None

    @property
    def lang(self) -> str:
        return self.numbered.brief.front.lang

    @property
    def word_citations(self) -> str:
        """How citations stand: one of `pipeline.model.WORD_CITATIONS`."""
        return self.numbered.brief.front.word_citations or "ref"

    @property
    def right_to_left(self) -> bool:
        return is_right_to_left(self.lang)

    @property
    def dress(self) -> Dress:
        """The dress of ordinary text."""
        return Dress(right_to_left=self.right_to_left)

    @property
    def page_size(self) -> tuple[int, int]:
        """Width and height of the paper, in twips."""
        return _PAPERS.get(self.numbered.brief.front.paper, _PAPERS["a4"])

    @property
    def text_width(self) -> int:
        """Twips between the margins."""
        return self.given_width or self.page_size[0] - 2 * MARGIN

    def term(self, name: str) -> str:
        return term(name, self.lang)

    def number(self, anchor: Anchor) -> str:
        """Return the number at an anchor, or "" where it has none."""
        return self.numbered.numbers.get(anchor, "")

    def unresolved(self, anchor: Anchor) -> bool:
        return self.number(anchor) == UNRESOLVED

    def image(self, src: str) -> ImageFile | None:
        """Return an image; a draft may lack one."""
        if self._images is None:
            self._images = {image.src: image for image in self.numbered.brief.images}
        return self._images.get(src)

    def add_image(self, image: ImageFile) -> None:
        """Take in a picture that is made for this file."""
        self.image(image.src)
        self._images = {**(self._images or {}), image.src: image}

    # Bookmarks ---------------------------------------------------------------------------------

    def bookmarked(self, bookmark: str, content: str) -> str:
        """Return content inside a bookmark (17.13.6)."""
        self._bookmarks += 1
        identity = self._bookmarks
        return (
            f'<w:bookmarkStart w:id="{identity}" w:name="{bookmark}"/>{content}'
            f'<w:bookmarkEnd w:id="{identity}"/>'
        )

    def anchored(self, anchor: Anchor, content: str) -> str:
        """Return content inside the bookmark of an anchor."""
        bookmark = bookmark_name(anchor)
        self.anchors[bookmark] = anchor
        return self.bookmarked(bookmark, content)

    def block(self, node: Node, content: str) -> str:
        """Return the content of one paragraph inside the hidden bookmark of its source."""
        bookmark = block_bookmark(len(self.blocks) + 1)
        self.blocks.append((bookmark, node, projection(content)))
        return self.bookmarked(bookmark, content)

    def citation(self, citation: Citation, content: str) -> str:
        """Return a citation inside its hidden bookmark, the goal of links back."""
        bookmark = citation_bookmark(len(self.citations) + 1)
        self.citations.append((bookmark, citation))
        self.citation_bookmarks[citation.anchor] = bookmark
        if self.pending_calls is not None:
            self.in_footnotes.add(bookmark)
        return self.bookmarked(bookmark, content)

    @contextmanager
    def inside_footnote(self, calls: list[str]) -> Iterator[None]:
        """Write into the footnotes' part; calls of footnotes inside it are put into `calls`."""
        relations, outer_calls = self.relations, self.pending_calls
        self.relations, self.pending_calls = self.note_relations, calls
        yield
        self.relations, self.pending_calls = relations, outer_calls

    # Numbered lists and links ------------------------------------------------------------------

    def list_numbers(self, kind: str, level: int, start: int) -> int:
        """Return the `w:numId` of a new list. 1 is that of the headings."""
        self.lists.append(ListNumbers(kind, level, start))
        return len(self.lists) + 1

    def outside_link(self, href: str) -> str | None:
        """Return the relationship id of a URL, None if it must not be followed."""
        target = link_target(href)
        return self.relations.link(target) if target else None

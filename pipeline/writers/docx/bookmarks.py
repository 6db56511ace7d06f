"""Bookmarks: targets of fields and links, and records of where text was written."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from msgspec import Struct, field

from ...diagnostics import Span
from ...model import Anchor, Citation, FrontMatter, Node
from ...ooxml import block_bookmark, bookmark_name, citation_bookmark, read_field, w
from ...xml import Content, Element
from .comments import Comments
from .runs import said_by


class Identities(Struct):
    """Issues unique numbers that identify things in the file."""

    taken: frozenset[int] = frozenset()  # by the reference docx
    last: int = 0

    def next(self) -> int:
        self.last += 1
        while self.last in self.taken:
            self.last += 1
        return self.last


class BlockBookmark(Struct, frozen=True):
    """The bookmark of one block, or of one key of the front matter."""

    name: str
    kind: str  # of node: "Paragraph"
    key: str  # "title", of a node of the kind "FrontMatter"
    span: Span
    said: str  # its projection


class Bookmarks(Struct):
    """Collects the bookmarks of the file while its text is written."""

    identities: Identities
    anchors: dict[str, Anchor] = field(default_factory=dict)  # bookmark to anchor
    blocks: list[BlockBookmark] = field(default_factory=list)
    citations: list[tuple[str, Citation]] = field(default_factory=list)
    of_citations: dict[Anchor, str] = field(default_factory=dict)  # bookmark by anchor
    unsure: set[str] = field(default_factory=set)  # those that a program may rename or remove
    comments: Comments = field(default_factory=Comments)  # by the blocks that they are about

    def anchor(self, anchor: Anchor, content: Sequence[Element]) -> list[Element]:
        """Return content inside the bookmark of an anchor."""
        bookmark = bookmark_name(anchor)
        self.anchors[bookmark] = anchor
        return self._around(bookmark, content)

    def block(self, node: Node, content: Sequence[Element]) -> list[Element]:
        """Return the content of one paragraph inside the hidden bookmark of its source."""
        return self._block(type(node).__name__, "", node.span, content)

    def key(self, front: FrontMatter, key: str, content: Sequence[Element]) -> list[Element]:
        """Return what a key of the front matter prints inside its hidden bookmark."""
        return self._block(type(front).__name__, key, front.place(key), content)

    def _block(self, kind: str, key: str, span: Span, content: Sequence[Element]) -> list[Element]:
        name = block_bookmark(len(self.blocks) + 1)
        self.blocks.append(BlockBookmark(name, kind, key, span, projection(content)))
        return self._around(name, self.comments.around(span, content))

    def citation(
        self, citation: Citation, content: Sequence[Element], unsure: bool
    ) -> list[Element]:
        """Return a citation inside its hidden bookmark, which links back lead to."""
        bookmark = citation_bookmark(len(self.citations) + 1)
        self.citations.append((bookmark, citation))
        self.of_citations[citation.anchor] = bookmark
        if unsure:
            self.unsure.add(bookmark)
        return self._around(bookmark, content)

    def commented(self, elements: Sequence[Element]) -> list[Element]:
        """Return elements with the comments that no words in them have got."""
        first: dict[Span, str] = {}
        for block in self.blocks:
            first.setdefault(block.span, block.name)
        return self.comments.rest(elements, first)

    def names(self) -> set[str]:
        blocks, citations = (block.name for block in self.blocks), self.of_citations.values()
        return {*self.anchors, *blocks, *citations}

    def _around(self, name: str, content: Sequence[Element]) -> list[Element]:
        """Return content inside a bookmark (17.13.6)."""
        identity = self.identities.next()
        return [w("bookmarkStart", id=identity, name=name), *content, w("bookmarkEnd", id=identity)]


def projection(content: Iterable[Element]) -> str:
    """Return text, and for each field the instruction without switches: "Rain [{REF ref_lee}]".

    The result of a field is left out, so that renumbering is not an edit.
    """
    parts, depth = [], 0
    left = list[Content](content)[::-1]
    while left:
        element = left.pop()
        match element:
            case Element("w:t" | "w:noBreakHyphen" | "w:softHyphen") if not depth:
                parts.append(said_by(element))
            case Element("w:fldChar", {"w:fldCharType": kind}):
                depth += {"begin": 1, "end": -1}.get(kind, 0)
            case Element("w:instrText", children=children) if depth == 1:
                field = read_field(_text(children))
                named = field.arguments[:1] if field.kind != "ADDIN" else field.arguments
                parts.append("{" + " ".join((field.kind, *named)) + "}")
            case Element("w:tab" | "w:br") if not depth:
                parts.append(" ")
            case Element("m:oMath") if not depth:
                parts.append("{MATH}")
            case Element(
                "w:ins" | "w:r" | "w:hyperlink" | "w:sdt" | "w:sdtContent" | "m:oMathPara"
            ):
                left += element.children[::-1]
            case _:
                pass
    return " ".join("".join(parts).split())


def _text(children: Iterable[Content]) -> str:
    return "".join(child for child in children if isinstance(child, str))

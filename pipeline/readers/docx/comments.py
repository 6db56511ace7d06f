"""The comments of a Word file, with their replies and whether they are resolved."""

from __future__ import annotations

from collections.abc import Iterable

from ...ooxml import qualified
from .package import Package
from .runs import text_in
from .story import Story
from .values import Comment

_W15 = "{http://schemas.microsoft.com/office/word/2012/wordml}"
_W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"


def comments_of(package: Package, stories: Iterable[Story]) -> tuple[Comment, ...]:
    """Return the comments in the order of the file ([MS-DOCX] 2.5.4 says which answers which)."""
    words: dict[str, list[str]] = {}
    places: dict[str, list[str]] = {}
    for story in stories:
        words |= story.commented
        places |= story.comment_places
    extended = {
        found.get(f"{_W15}paraId", ""): found
        for _, root in package.related("commentsExtended")
        for found in root.iter(f"{_W15}commentEx")
    }
    roots = [root for _, root in package.related("comments")]
    elements = [found for root in roots for found in root.iter(qualified("w:comment"))]
    of_paragraph = {
        paragraph.get(f"{_W14}paraId", ""): element.get(qualified("w:id"), "")
        for element in elements
        for paragraph in element.iter(qualified("w:p"))
        if paragraph.get(f"{_W14}paraId")
    }
    found = []
    for element in elements:
        identity = element.get(qualified("w:id"), "")
        paragraphs = list(element.iter(qualified("w:p")))
        last = paragraphs[-1].get(f"{_W14}paraId", "") if paragraphs else ""
        more = extended.get(last) if last else None
        parent = more.get(f"{_W15}paraIdParent", "") if more is not None else ""
        found.append(
            Comment(
                identity,
                element.get(qualified("w:author"), ""),
                element.get(qualified("w:date"), ""),
                "\n".join(map(text_in, paragraphs)),
                " ".join("".join(words.get(identity, ())).split()),
                tuple(places.get(identity, ())),
                of_paragraph.get(parent, ""),
                more is not None and more.get(f"{_W15}done", "0") in ("1", "true"),
            )
        )
    return tuple(found)

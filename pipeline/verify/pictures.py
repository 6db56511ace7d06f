"""Whether a file has the pictures of its brief, by what is read out for them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from msgspec import Struct

from ..model import Brief, Chart, Figure, Footnote, Image, walk
from .forms import letters
from .messages import quote

UNREAD = "\N{OBJECT REPLACEMENT CHARACTER}"  # a chart whose words LibreOffice lost on saving


class Picture(Struct, frozen=True):
    """A picture or chart. `in_order`: it stands in every file before those that follow it."""

    alt: str
    in_order: bool


def pictures_of(brief: Brief) -> Iterator[Picture]:
    """Yield the pictures whose files are there, and the charts that are described. The figures of
    the text are in order."""
    known = {file.src for file in brief.images}
    aside = {id(n) for note in walk(brief) if isinstance(note, Footnote) for n in walk(note.blocks)}
    of_figures = {id(n.image) for n in walk(brief) if isinstance(n, Figure)}
    for node in walk(brief):
        match node:
            case Image() if node.src in known:
                alt = node.alt if node.alt.strip() else node.file_name
                in_order = id(node) in of_figures and id(node) not in aside
            case Chart(alt=alt):
                in_order = id(node) not in aside
            case _:
                continue
        if letters(alt):
            yield Picture(alt, in_order)


def wrong_pictures(expected: tuple[Picture, ...], found: tuple[str, ...]) -> Iterator[str]:
    """Yield each picture that a file lacks, or has before one that it should follow."""
    read = [letters(alt) for alt in found]
    lacking = Counter(letters(one.alt) for one in expected) - Counter(read)
    if unread := found.count(UNREAD):
        if lacking.total() > unread:
            yield f"{lacking.total() - unread} pictures are missing"
        return
    if lacking:
        alt = next(one.alt for one in expected if letters(one.alt) in lacking)
        yield f"the picture {quote(alt)} is missing"
        return
    rest = iter(read)
    for one in expected:
        if one.in_order and letters(one.alt) not in rest:
            yield f"the picture {quote(one.alt)} is not where it should be"
            return

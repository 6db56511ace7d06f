"""Where a block stands in others, and what its paragraphs therefore say beside their style."""

from __future__ import annotations

from msgspec import Struct

from ...language.direction import is_right_to_left
from ...model import Block, List, Part, Quote, Table
from .design import box_edges
from .rule import INSETS
from .runs import Dress
from .writing import Writing

CELLS = ("TableHeading", "TableText")  # styles of paragraphs in cells: they have no space below


class Surroundings(Struct, frozen=True):
    """Where a block stands: the style of its paragraphs, and how far in (twips)."""

    style: str = "BodyText"
    indent: int = 0
    depth: int = 0  # of lists
    loose: bool = True  # paragraphs of a list item keep their distance
    boxed: bool = False  # inside a part or a quote, whose style the paragraphs of lists keep
    lang: str = ""  # of a part in another language
    closing: bool = False  # ends the outermost list, and so keeps its distance from what follows
    below_table: bool = False  # right below one: tables have no space of their own
    leading: bool = False  # right before a list, and on a page with its beginning
    flush: bool = False  # ends where the indent changes in a box: space would part its ground

    @property
    def on_ground(self) -> bool:
        """Whether it stands on the ground of a box, or beside its bar: a cell has neither."""
        return self.boxed and not self.in_cell

    @property
    def in_cell(self) -> bool:
        return self.style in CELLS


OUTSIDE = Surroundings()


def spacing(around: Surroundings) -> str:
    before = ' w:before="200"' if around.below_table else ""
    spacious = (around.loose or around.closing) and not around.in_cell
    after = ' w:after="0"' if around.flush else "" if spacious else ' w:after="60"'
    return f"<w:spacing{before}{after}/>" if before or after else ""


def edges(around: Surroundings, start: int, writing: Writing) -> str:
    """Return the borders of a paragraph that begins `start` twips in, further than its box, or
    on the other side of the page."""
    further = max(start - INSETS.get(around.style, 0), 0)
    if not around.boxed or not (further or direction(around, writing)):
        return ""
    if around.style in writing.given_styles:
        return ""  # what a box looks like in a reference docx is not known
    from_right = dress_in(writing, around).right_to_left
    borders = box_edges(around.style, writing.styles.house, from_right, further)
    return f"<w:pBdr>{borders}</w:pBdr>" if borders else ""


def dress_in(writing: Writing, around: Surroundings) -> Dress:
    if not around.lang:
        return writing.dress
    return Dress(lang=around.lang, right_to_left=is_right_to_left(around.lang))


def direction(around: Surroundings, writing: Writing) -> str:
    """Return the direction of a paragraph where it is not that of the brief."""
    turned = dress_in(writing, around).right_to_left
    if turned == writing.right_to_left:
        return ""
    return "<w:bidi/>" if turned else '<w:bidi w:val="0"/>'


def ends_in_table(block: Block | None) -> bool:
    """Say whether a table is the last thing of a block: what follows needs space above itself."""
    match block:
        case Table():
            return True
        case Quote(blocks=blocks) | Part(blocks=blocks):
            return bool(blocks) and ends_in_table(blocks[-1])
        case List(items=items):
            last = items[-1].blocks if items else ()
            return bool(last) and ends_in_table(last[-1])
        case _:
            return False

"""Where a block stands in others, and what its paragraphs therefore say beside their style."""

from __future__ import annotations

from msgspec import Struct

from pipeline.brief import Block, List, Part, Quote, Table
from pipeline.writers.docx.design import box_edges
from pipeline.writers.docx.rule import INSETS
from pipeline.writers.docx.runs import Dress, is_right_to_left
from pipeline.writers.docx.writing import Writing


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
    flush: bool = False  # ends where the indent changes in a box: space would part its ground


OUTSIDE = Surroundings()


def spacing(around: Surroundings) -> str:
    before = ' w:before="200"' if around.below_table else ""
    spacious = around.loose or around.closing
    after = ' w:after="0"' if around.flush else "" if spacious else ' w:after="60"'
    return f"<w:spacing{before}{after}/>" if before or after else ""


def edges(around: Surroundings, start: int, writing: Writing) -> str:
    """Return the borders of a paragraph that begins `start` twips in, further than its box."""
    further = start - INSETS.get(around.style, 0)
    if not around.boxed or further <= 0 or around.style in writing.given_styles:
        return ""  # what a box looks like in a reference docx is not known
    house = writing.styles.house
    borders = box_edges(around.style, house, writing.right_to_left, further)
    return f"<w:pBdr>{borders}</w:pBdr>" if borders else ""


def dress_in(writing: Writing, around: Surroundings) -> Dress:
    if not around.lang:
        return writing.dress
    return Dress(lang=around.lang, right_to_left=is_right_to_left(around.lang))


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

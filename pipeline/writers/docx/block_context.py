"""The blocks around a block, and the paragraph properties that follow from them."""

from __future__ import annotations

from msgspec import Struct
from msgspec.structs import replace

from ...direction import is_right_to_left
from ...model import Block, List, Part, Quote, Table
from ...ooxml import w
from ...xml import Element, walk
from .boxes import box_edges, box_inset
from .context import Context
from .key_figures import strip_of
from .runs import RunFormat, with_properties
from .word_styles import borders

_MOST_PARAGRAPHS = 15  # of a box that no page divides
CELLS = ("TableHeading", "TableText")  # styles of paragraphs in cells: they have no space below


class BlockContext(Struct, frozen=True):
    """The context of a block: the style of its paragraphs, and their indent (twips)."""

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


def spacing(around: BlockContext) -> Element | None:
    before = 200 if around.below_table else None
    spacious = (around.loose or around.closing) and not around.in_cell
    after = 0 if around.flush else None if spacious else 60
    return None if before is after is None else w("spacing", before=before, after=after)


def edges(around: BlockContext, start: int, context: Context) -> Element | None:
    """Return the borders of a paragraph that begins `start` twips in, further than its box, or
    on the other side of the page."""
    further = max(start - box_inset(around.style, context.house), 0)
    if not around.boxed or not (further or direction(around, context)):
        return None
    if around.style in context.given_styles:
        return None  # what a box looks like in a reference docx is not known
    from_right = format_in(context, around).right_to_left
    found = box_edges(around.style, context.house, from_right, further)
    return borders(found) if found else None


def format_in(context: Context, around: BlockContext) -> RunFormat:
    if not around.lang:
        return context.run_format
    return RunFormat(lang=around.lang, right_to_left=is_right_to_left(around.lang))


def direction(around: BlockContext, context: Context) -> Element | None:
    """Return the direction of a paragraph if it differs from the brief's."""
    turned = format_in(context, around).right_to_left
    if turned == context.right_to_left:
        return None
    return w("bidi", val=None if turned else 0)


def ends_in_table(block: Block | None) -> bool:
    """Say whether a block ends with a table: what follows needs space above it."""
    match block:
        case Table():
            return True
        case Part() if strip_of(block):
            return True
        case Quote(blocks=blocks) | Part(blocks=blocks):
            return bool(blocks) and ends_in_table(blocks[-1])
        case List(items=items):
            last = items[-1].blocks if items else ()
            return bool(last) and ends_in_table(last[-1])
        case _:
            return False


def on_one_page(found: list[Element]) -> list[Element]:
    """Return the paragraphs of a short box so that no page ends between them (17.3.1.15)."""
    paragraphs = [inner for element in found for inner in walk(element) if inner.tag == "w:p"]
    if not 1 < len(paragraphs) <= _MOST_PARAGRAPHS:
        return found

    def kept(element: Element) -> Element:
        if element.tag == "w:p":
            return element if element is paragraphs[-1] else with_properties(element, w("keepNext"))
        children = (
            kept(child) if isinstance(child, Element) else child for child in element.children
        )
        return replace(element, children=tuple(children))

    return [kept(element) for element in found]

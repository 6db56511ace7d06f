"""What may fill a hole at the foot of a page or column: see `floats`."""

from __future__ import annotations

from abc import ABC, abstractmethod
from itertools import pairwise, takewhile
from typing import Any

from weasyprint.formatting_structure import boxes
from weasyprint.layout.block import block_level_page_break

from .holes import is_in_columns
from .source_order import rearrange

_TEXT = {"p", "ul", "ol", "dl", "blockquote", "div paragraph", "aside"}
_FLOATS = {"figure", "table", "div with-notes", "div across"}
_HEADINGS = {"h2", "h3", "h4", "h5", "h6"}
_CALL = "footnote-call"  # its class
_AVOID = {"avoid", "avoid-page"}


class Filling(ABC):
    """What may fill a hole: the order of boxes, or where they may break, can be another."""

    @abstractmethod
    def apply(self) -> None: ...


class Order(Filling):
    """An order of the children of a box in which a text stands before figures.

    `receiver` is the box that takes the text in, at `place`; `giver` has it in the source, in a
    `run` of text and figures that begins at `start`. A heading in it passes those in `passed`.
    """

    def __init__(
        self, receiver: Any, place: int, giver: Any, start: int, run: list[Any], passed: list[Any]
    ) -> None:
        self.receiver, self.place = receiver, place
        self.text = [box for box in run if _is_text(box) or _is_heading(box)]
        self.leaves_its_box = giver is not receiver
        self._giver, self._run = giver, run
        self._received = receiver.children[:place], receiver.children[place:]
        self._given = giver.children[:start], giver.children[start + len(run) :]
        self._passed = [(box, _is_past_heading(box), _is_overtaken(box)) for box in passed]

    def apply(self) -> None:
        self.only(len(self.text))

    def only(self, count: int) -> None:
        """Let the first boxes of the text go ahead, and no more."""
        ahead = self.text[: max(count, 0)]
        rest = [box for box in self._run if not any(box is other for other in ahead)]
        (before, after), (above, below) = self._received, self._given
        if self.leaves_its_box:
            rearrange(self.receiver, [*before, *ahead, *after])
            rearrange(self._giver, [*above, *rest, *below])
        else:
            rearrange(self.receiver, [*before, *ahead, *rest, *below])
        for box, is_past_heading, is_overtaken in self._passed:
            box.is_past_heading = is_past_heading or any(map(_is_heading, ahead))
            box.is_overtaken = is_overtaken or bool(ahead)


class PassedOn(Filling):
    """Figures that end a box in columns, and may begin the next one instead."""

    def __init__(self, giver: Any, first: int, receiver: Any) -> None:
        self._giver, self._first, self._receiver = giver, first, receiver

    def apply(self) -> None:
        stay, go = self._giver.children[: self._first], self._giver.children[self._first :]
        rearrange(self._giver, stay)
        rearrange(self._receiver, [*go, *self._receiver.children])


class Earlier(Filling):
    """Figures before the text that precedes them in the source."""

    def __init__(self, parent: Any, first: int, count: int) -> None:
        self._parent, self._children = parent, parent.children
        text, *figures = parent.children[first - 1 : first + count]
        after = parent.children[first + count :]
        self._moved = [*parent.children[: first - 1], *figures, text, *after]

    def apply(self) -> None:
        rearrange(self._parent, self._moved)

    def undo(self) -> None:
        rearrange(self._parent, self._children)


class Unkept(Filling):
    """A box that may break after all, inside or before it."""

    def __init__(self, box: Any, side: str) -> None:
        self._box, self._side = box, side

    def apply(self) -> None:
        self._box.style = self._box.style.copy()
        self._box.style[f"break_{self._side}"] = "auto"


def text_ahead(parent: Any, first: int) -> list[Order]:
    """Return orders in which text stands before the figures that begin at a place in a box: the
    text up to the next heading, and the text up to the one after that, if no heading has gone
    ahead of them yet.

    Headings right before the figures stay before them and the text.
    """
    place = first + len(list(takewhile(_is_heading, parent.children[first:])))
    floats = list(takewhile(_may_move, parent.children[place:]))
    receiver, giver, start = parent, parent, place
    sides = parent.children[first - 1 : first], parent.children[first + len(floats) :][:1]
    if floats and place == first and all(map(is_in_columns, [*sides[0], *sides[1]])):
        if not all(sides) or is_in_columns(parent):
            return []
        ((receiver,), (giver,)), start = sides, 0  # a table across both columns
        place = len(receiver.children)
    if not floats:
        return []
    run = list(takewhile(_is_run, giver.children[start:]))
    passed = [*floats, *run]
    orders = [Order(receiver, place, giver, start, run, passed)]
    following = giver.children[start + len(run) :]
    below = list(takewhile(_is_run, following[1:]))
    is_next = any(map(_is_text, below)) and _is_heading(following[0])
    if is_next and not any(map(_is_past_heading, passed)):
        run = [*run, following[0], *below]
        orders.append(Order(receiver, place, giver, start, run, passed))
    return [order for order in orders if order.text]


def passed_on(parent: Any, source: Any, first: int) -> list[PassedOn]:
    """Return what lets the figures at the end of a box in columns begin the next such box.

    Parts of a brief and tables across both columns stand between the two, and no headings. `parent`
    holds them, `first` is the place of the first figure.
    """
    figures = source.children[first:]
    if not figures or not all(map(_may_move, figures)):
        return []
    place = next(i for i, box in enumerate(parent.children) if box is source)
    after = parent.children[place + 1 :]
    between = list(takewhile(lambda box: not is_in_columns(box), after))
    following = after[len(between) :]
    is_overtaken = any(map(_is_table, between)) and any(map(_is_table, figures))
    if not between or not following or is_overtaken or any(box.style["page"] for box in between):
        return []
    return [PassedOn(source, first, following[0])]


def earlier(parent: Any, first: int, page: Any) -> list[Earlier]:
    """Return what lets figures stand before the text above them, if they follow it in the source,
    it begins on the page, and no heading stands right above it."""
    figures = list(takewhile(_may_move, parent.children[first:]))
    above = parent.children[max(first - 2, 0) : first]
    on_page = {id(box.element) for box in page.descendants()}
    begins_here = len(above) == 2 and all(id(box.element) in on_page for box in above)
    if not (figures and begins_here) or any(map(_is_overtaken, figures)):
        return []
    may_follow = _is_text(above[1]) and not _is_heading(above[0])
    return [Earlier(parent, first, len(figures))] if may_follow else []


def unkept(parent: Any, first: int) -> list[Unkept]:
    """Return what lets break what is kept whole where a page begins, or a list that is kept with
    what stands before it. A figure is never broken."""
    if box := _first_kept_whole(parent.children[first]):
        return [Unkept(box, "inside")]
    for before, box in pairwise(parent.children[first:]):
        if block_level_page_break(before, box) not in _AVOID:
            break
        if box.style["break_before"] in _AVOID and _is_text(box):
            return [Unkept(box, "before")]
    return []


def _first_kept_whole(box: Any) -> Any | None:
    """Return what does not break where a page begins, such as a callout: a figure is none."""
    if _kind(box) in _FLOATS or not isinstance(box, boxes.ParentBox):
        return None
    if box.style["break_inside"] in _AVOID and not _is_heading(box):
        return box
    kids = (kid for kid in box.children if not _is_heading(kid))
    inside = next(kids, None)
    return None if inside is None else _first_kept_whole(inside)


def _may_move(box: Any) -> bool:
    """Say whether a box is a figure that may stand behind text that follows it: the numbers of its
    footnotes would be out of order."""
    if box.style["page"] or _kind(box) not in _FLOATS:  # of pages of its own, such as in landscape
        return False
    return all(_CALL not in part.get("class", "").split() for part in box.element.iter())


def _is_text(box: Any) -> bool:
    return _kind(box) in _TEXT


def _is_run(box: Any) -> bool:
    return _is_text(box) or _may_move(box)


def _is_heading(box: Any) -> bool:
    return _kind(box) in _HEADINGS and box.style["break_before"] == "auto"


def _kind(box: Any) -> str:
    """Return the name of the element of a box; of a `div`, with its class."""
    element = box.element
    return f"div {element.get('class')}" if element.tag == "div" else str(element.tag)


def _is_past_heading(box: Any) -> bool:
    """Say whether a heading that follows a figure in the source stands before it."""
    return getattr(box, "is_past_heading", False)


def _is_overtaken(box: Any) -> bool:
    """Say whether text that follows a figure in the source stands before it."""
    return getattr(box, "is_overtaken", False)


def _is_table(box: Any) -> bool:
    return _kind(box) in _FLOATS - {"figure"}

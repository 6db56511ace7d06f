"""Holes at the feet of pages and columns, and what may fill them: see `floats`."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from copy import copy
from itertools import dropwhile, takewhile
from typing import Any

from weasyprint.formatting_structure import boxes

_TEXT = {"p", "ul", "ol", "dl", "blockquote", "div paragraph", "aside"}
_FLOATS = {"figure", "table", "div with-notes", "div across"}
_HEADINGS = {"h2", "h3", "h4", "h5", "h6"}
_CALL = "footnote-call"  # its class
_STATE = ("footnotes", "reported_footnotes", "rendered_notes", "broken_out_of_flow")
_AVOID = {"avoid", "avoid-page"}

Path = Sequence[tuple[Any, int]]


def room(page: Any, path: Path = ()) -> float:
    """Return the height that is empty at the foot of a page, in CSS pixels; in columns that go on
    on the next page, at the foot of the last one. `path`: see `continued`."""
    notes = [kid for kid in page.children if isinstance(kid, boxes.FootnoteAreaBox)]
    bottom = page.content_box_y() + page.height
    if notes and notes[0].children:
        bottom = notes[0].position_y
    for box, _ in path:
        for element, columns in columns_on(page):
            if has_columns(box, element):
                return float(bottom - _foot(columns[-1:], bottom))
    flow = [k for k in page.children if not isinstance(k, boxes.MarginBox | boxes.FootnoteAreaBox)]
    return float(bottom - _foot(flow, bottom))


def room_in(column: Any) -> float:
    """Return the height that is empty at the foot of a column, in CSS pixels."""
    bottom = column.position_y + column.height
    return float(bottom - _foot([column], column.position_y))


def _foot(parents: Sequence[Any], default: float) -> float:
    leaves = (
        box.position_y + box.height
        for parent in parents
        for box in parent.descendants()
        if isinstance(box, boxes.TextBox | boxes.ReplacedBox)
    )
    return max(leaves, default=default)


def columns_on(page: Any) -> Iterator[tuple[Any, list[Any]]]:
    """Yield the element of each box on a page that is set in columns, and its columns."""
    for box in page.descendants():
        if isinstance(box, boxes.ParentBox):
            columns = [kid for kid in box.children if getattr(kid, "is_column", False)]
            if columns:
                yield box.element, columns


def is_in_columns(box: Any) -> bool:
    """Say whether a box of the document is set in columns."""
    return bool(box.style["column_count"] != "auto")


def has_columns(box: Any, element: Any) -> bool:
    """Say whether a box of the document sets an element in columns."""
    return box.element is element and is_in_columns(box)


def shown(page: Any, source: Any, last: int, text: Sequence[Any]) -> int:
    """Return how many boxes of a text begin in the columns of a box up to the one numbered."""
    found = (columns for element, columns in columns_on(page) if element is source.element)
    elements = [kid.element for columns in found for c in columns[: last + 1] for kid in c.children]
    return sum(any(box.element is element for element in elements) for box in text)


def kept(context: Any, page: int) -> Callable[[], None]:
    """Return what takes back all that making a page changes in its context."""
    state = {name: copy(getattr(context, name)) for name in _STATE}
    elements = context.running_elements.values()
    running = [(pages, copy(pages.get(page))) for pages in elements]

    def restore() -> None:
        for name, value in state.items():
            setattr(context, name, copy(value))
        for pages in elements:
            pages.pop(page, None)
        for pages, there in running:
            if there is not None:
                pages[page] = copy(there)

    return restore


def continued(box: Any, resume_at: Any) -> Iterator[tuple[Any, int]]:
    """Yield the boxes that go on on the next page, from the root on, with the place of the child
    that begins it or goes on there. `resume_at` is as `make_page` returns it."""
    while resume_at and len(resume_at) == 1 and isinstance(box, boxes.ParentBox):
        ((place, resume_at),) = resume_at.items()
        yield box, place
        box = box.children[place]


class Order:
    """An order of the children of a box in which a text stands before figures.

    `receiver` is the box that takes the text in, at `place`; `giver` has it in the source, in a
    `run` of text and figures that begins at `start`.
    """

    def __init__(
        self, receiver: Any, place: int, giver: Any, start: int, run: list[Any], text: list[Any]
    ) -> None:
        self.receiver, self.place, self.text = receiver, place, text
        self.leaves_its_box = giver is not receiver
        self._giver, self._run = giver, run
        self._received = receiver.children[:place], receiver.children[place:]
        self._given = giver.children[:start], giver.children[start + len(run) :]

    def all_ahead(self) -> None:
        self.only(len(self.text))

    def only(self, count: int) -> None:
        """Let the first boxes of the text stand ahead."""
        ahead = self.text[: max(count, 0)]
        rest = [box for box in self._run if not any(box is other for other in ahead)]
        (before, after), (above, below) = self._received, self._given
        if self.leaves_its_box:
            self.receiver.children = [*before, *ahead, *after]
            self._giver.children = [*above, *rest, *below]
        else:
            self.receiver.children = [*before, *ahead, *rest, *below]


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
    text = [box for box in run if _is_text(box)]
    orders = [Order(receiver, place, giver, start, run, text)] if text else []
    following = giver.children[start + len(run) :]
    below = list(takewhile(_is_run, following[1:]))
    more = [box for box in below if _is_text(box)]
    has_let_by = _has_let_by(floats[0], receiver.children[:place], parent)
    if more and _is_heading(following[0]) and not has_let_by:
        run, text = [*run, following[0], *below], [*text, following[0], *more]
        orders.append(Order(receiver, place, giver, start, run, text))
    return orders


def _has_let_by(figure: Any, before: Sequence[Any], around: Any) -> bool:
    """Say whether one of the boxes before a figure is a heading that followed it."""
    following = set(dropwhile(lambda part: part is not figure.element, around.element.iter()))
    return any(_is_heading(box) and box.element in following for box in before)


def first_kept_whole(box: Any) -> Any | None:
    """Return what does not break where a page begins, such as a callout: a figure is none."""
    if _kind(box) in _FLOATS or not isinstance(box, boxes.ParentBox):
        return None
    if box.style["break_inside"] in _AVOID and not _is_heading(box):
        return box
    kids = (kid for kid in box.children if not _is_heading(kid))
    inside = next(kids, None)
    return None if inside is None else first_kept_whole(inside)


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

"""Holes at the feet of pages and columns: see `floats`."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from copy import copy
from typing import Any

from weasyprint.formatting_structure import boxes

_STATE = ("footnotes", "reported_footnotes", "rendered_notes", "broken_out_of_flow")
_COLUMNS = 2  # of a page that has any

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


def empty(page: Any, resume_at: Any, root_box: Any) -> float:
    """Return the height that is empty in the columns of a page and at its foot, where text might
    stand; where no columns stand, as if two did."""
    path = list(continued(root_box, resume_at))
    total = room(page, path) if path else 0.0
    if path and not any(is_in_columns(box) for box, _ in path):
        total *= _COLUMNS
    for element, columns in columns_on(page):
        goes_on = any(has_columns(box, element) for box, _ in path)
        total += sum(map(room_in, columns[:-1] if goes_on else columns))
        total += 0.0 if goes_on else (_COLUMNS - len(columns)) * columns[0].height
    return total


def order_of_columns(root_box: Any) -> Callable[[], None]:
    """Return what gives the boxes that are set in columns the children that they have now, and
    these children what is known of them."""
    before = [(box, box.children) for box in root_box.descendants() if is_in_columns(box)]
    known = [(kid, dict(vars(kid))) for _, children in before for kid in children]

    def restore() -> None:
        for box, children in before:
            box.children = children
        for kid, values in known:
            vars(kid).clear()
            vars(kid).update(values)

    return restore


def parent_of(child: Any, root_box: Any) -> Any:
    """Return the box of the document that holds another one."""
    parents = (box for box in root_box.descendants() if isinstance(box, boxes.ParentBox))
    return next(box for box in parents if any(kid is child for kid in box.children))

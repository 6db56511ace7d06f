"""A figure or table that does not fit on a page or in a column leaves a hole at the foot of it.

WeasyPrint has no floats that move to the top of the next page. Here a page with a hole is made
again: the paragraphs, lists and boxes that follow stand before the figure, as many as begin before
the foot. If none follow, or too few, the next heading goes ahead with the text below it. Numbers,
and the order of figures among themselves, stay. What else is kept whole may break instead.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from itertools import pairwise
from typing import Any

from .holes import (
    columns_on,
    continued,
    first_kept_whole,
    has_columns,
    is_in_columns,
    kept,
    room,
    room_in,
    shown,
    text_ahead,
)

_HOLE = 0.09  # of the height of a page: what nobody would call a hole
_GAP = 0.12  # of that height: what is kept whole may not leave more
_MOST = 6  # figures that may move in the columns of one page

_Make = Callable[[], tuple[Any, Any]]


def with_text_ahead(theirs: Any) -> Any:
    """Replace `remake_page`, which makes one page."""

    def remake_page(index: int, context: Any, root_box: Any, html: Any) -> Any:
        restore = kept(context, index + 1)
        make = partial(theirs, index, context, root_box, html)

        def again() -> tuple[Any, Any]:
            restore()
            return make()  # type: ignore[no-any-return]

        made = _columns_filled(make(), again, root_box)
        if made[1] and context.page_maker[index + 1][1]["break"] == "any":
            made = _foot_filled(made, again, root_box)
        return made

    return remake_page


def _foot_filled(made: tuple[Any, Any], again: _Make, root_box: Any) -> tuple[Any, Any]:
    """Return a page whose foot is filled, with the place where the next page begins."""
    page, resume_at = made
    path = list(continued(root_box, resume_at))
    if room(page, path) <= _HOLE * page.height:
        return made
    parent, first = path[-1]
    inside = any("data-place" in box.element.attrib for box, _ in path)  # a part of the brief
    for order in [] if inside else text_ahead(parent, first):
        order.all_ahead()
        made = again()
        order.only(_begun(root_box, made[1], order.receiver) - order.place)
        if order.leaves_its_box:  # where the next page begins is counted in boxes that changed
            made = again()
        path = list(continued(root_box, made[1]))
        if room(made[0], path) <= _HOLE * page.height:
            break
    if path and room(made[0], path) > _GAP * page.height:
        parent, first = path[-1]
        if box := first_kept_whole(parent.children[first]):
            box.style = box.style.copy()
            box.style["break_inside"] = "auto"
            made = again()
    return made


def _columns_filled(made: tuple[Any, Any], again: _Make, root_box: Any) -> tuple[Any, Any]:
    """Return a page whose columns are filled where the next column begins with a figure."""
    tried: list[Any] = []
    while len(tried) < _MOST and (hole := _hole_in_columns(made[0], root_box, tried)):
        source, number, first = hole
        tried.append(source.children[first].element)
        empty = _empty_within(made[0], source)
        before = [(box, box.children) for box in root_box.descendants() if is_in_columns(box)]
        for order in text_ahead(source, first):
            order.all_ahead()
            page, _ = again()
            order.only(shown(page, source, number, order.text))
            filled = _foot_filled(again(), again, root_box)
            if _empty_within(filled[0], source) + _empty_below(filled, root_box, source) < empty:
                made = filled
                break
            for box, children in before:
                box.children = children
        else:
            made = again()
    return made


def _hole_in_columns(page: Any, root_box: Any, tried: list[Any]) -> tuple[Any, int, int] | None:
    """Return the box that is set in columns, the number of the column with the hole, and the place
    of the child that begins the next one."""
    for element, columns in columns_on(page):
        source = next(box for box in root_box.descendants() if has_columns(box, element))
        for number, (column, after) in enumerate(pairwise(columns)):
            begun = after.children[0].element if after.children else None
            places = (i for i, box in enumerate(source.children) if box.element is begun)
            first = next(places, None)
            if first is None or begun in tried or column.children[-1].element is begun:
                continue
            if room_in(column) > _HOLE * page.height and any(text_ahead(source, first)):
                return source, number, first
    return None


def _empty_within(page: Any, source: Any) -> float:
    """Return the height that is empty in the columns of a box on a page, but for the last one."""
    found = (columns for element, columns in columns_on(page) if element is source.element)
    return sum(room_in(column) for columns in found for column in columns[:-1])


def _empty_below(made: tuple[Any, Any], root_box: Any, source: Any) -> float:
    """Return the height that is empty in the last column of a box that goes on on the next page."""
    page, resume_at = made
    path = list(continued(root_box, resume_at))
    return room(page, path) if any(box is source for box, _ in path) else 0.0


def _begun(root_box: Any, resume_at: Any, parent: Any) -> int:
    """Return how many children of a box begin before the next page."""
    path = list(continued(root_box, resume_at))
    for number, (box, place) in enumerate(path, start=1):
        if box is parent:
            return place + (number < len(path))
    return len(parent.children)

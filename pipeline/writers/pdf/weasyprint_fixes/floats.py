"""A figure or table that does not fit on a page or in a column leaves a hole at the foot of it.

WeasyPrint has no floats that move to the top of the next page. Here a page with a hole is made
again: the paragraphs, lists and boxes that follow stand before the figure, as many as begin before
the foot. If none follow, or too few, the next heading goes ahead with the text below it, or the
figure goes ahead of the text above it. A figure that ends a run of columns may begin the next one.
Numbers, and the order of figures of one kind, stay. What else is kept whole, or with what stands
before it, may break instead.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from itertools import pairwise
from typing import Any

from . import source_order
from .fillings import Filling, Order, earlier, passed_on, text_ahead, unkept
from .holes import (
    Path,
    columns_on,
    continued,
    empty,
    has_columns,
    is_in_columns,
    kept,
    order_of_columns,
    parent_of,
    room,
    room_in,
    shown,
)

_HOLE = 0.09  # of the height of a page: what nobody would call a hole
_GAP = 0.12  # of that height: what is kept whole may not leave more
_GAP_BEFORE_CONTENTS = 0.25  # a list of contents is read at one glance
_MOST = 6  # figures that may move in the columns of one page

_Made = tuple[Any, Any]  # a page, and the place where the next one begins
_Make = Callable[[], _Made]


def with_text_ahead(theirs: Any) -> Any:
    """Replace `remake_page`, which makes one page."""

    def remake_page(index: int, context: Any, root_box: Any, html: Any) -> Any:
        source_order.restore(index, context, root_box)
        restore = kept(context, index + 1)
        make = partial(theirs, index, context, root_box, html)

        def again() -> _Made:
            restore()
            return make()  # type: ignore[no-any-return]

        made = _columns_filled(make(), again, root_box)
        if made[1] and context.page_maker[index + 1][1]["break"] == "any":
            made = _foot_filled(made, again, root_box)
            made = _columns_filled(made, again, root_box)  # which may be longer now
        return made

    return remake_page


def _foot_filled(made: _Made, again: _Make, root_box: Any) -> _Made:
    """Return a page whose foot is filled, with the place where the next page begins."""
    page, resume_at = made
    path = list(continued(root_box, resume_at))
    if not _has_hole(page, path):
        return _foot_passed_on(made, again, root_box)
    parent, first = path[-1]
    inside = any("data-place" in box.element.attrib for box, _ in path)  # a part of the brief
    for order in [] if inside else text_ahead(parent, first):
        order.apply()
        made = again()
        order.only(_begun(root_box, made[1], order.receiver) - order.place)
        if order.leaves_its_box:  # where the next page begins is counted in boxes that changed
            made = again()
        if not _has_hole(made[0], list(continued(root_box, made[1]))):
            break
    made = _foot_passed_on(made, again, root_box)
    path = list(continued(root_box, made[1]))
    if path and room(made[0], path) > _gap(*path[-1]) * page.height:
        for box in unkept(*path[-1]):
            box.apply()
            made = again()
        before = room(made[0], path)
        for figures in [] if inside else earlier(*path[-1], made[0]):
            figures.apply()
            made = again()
            if room(made[0], list(continued(root_box, made[1]))) >= before:
                figures.undo()
                made = again()
    return made


def _gap(parent: Any, first: int) -> float:
    is_contents = parent.children[first].element.get("class") == "contents"
    return _GAP_BEFORE_CONTENTS if is_contents else _GAP


def _has_hole(page: Any, path: Path) -> bool:
    return bool(path) and room(page, path) > _HOLE * page.height


def _foot_passed_on(made: _Made, again: _Make, root_box: Any) -> _Made:
    """Return a page after which the next run of columns begins with the figures that do not fit."""
    page, resume_at = made
    path = list(continued(root_box, resume_at))
    if len(path) < 2 or not is_in_columns(path[-1][0]):
        return made
    (parent, _), (source, first) = path[-2:]
    is_alone = len(source.children) == first + 1  # beside an empty column
    if not (is_alone or _has_hole(page, path)):
        return made
    restore = order_of_columns(root_box)
    for filling in passed_on(parent, source, first):
        filling.apply()
        filled = _foot_filled(again(), again, root_box)
        if is_alone or empty(*filled, root_box) < empty(*made, root_box):
            return filled
        restore()
        made = again()
    return made


def _columns_filled(made: _Made, again: _Make, root_box: Any) -> _Made:
    """Return a page whose columns are filled where the next column begins with a figure."""
    tried: list[Any] = []
    for _ in range(_MOST):
        if not (hole := _hole_in_columns(made[0], root_box, tried)):
            break
        source, number, first = hole
        before = empty(*made, root_box)
        restore = order_of_columns(root_box)
        for filling in _fillings(root_box, source, first, made[0]):
            filling.apply()
            if isinstance(filling, Order):
                filling.only(shown(again()[0], source, number, filling.text))
            made = _foot_filled(again(), again, root_box)
            if empty(*made, root_box) < before:
                break
            if isinstance(filling, Order):
                filling.only(0)
            restore()
        else:
            tried.append(source.children[first].element)
            made = again()
    return made


def _fillings(root_box: Any, source: Any, first: int, page: Any) -> list[Filling]:
    """Return what may fill a hole in columns before a child of their box."""
    parent = parent_of(source, root_box)
    return [
        *text_ahead(source, first),
        *passed_on(parent, source, first),
        *earlier(source, first, page),
        *unkept(source, first),
    ]


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
            if room_in(column) > _HOLE * page.height and _fillings(root_box, source, first, page):
                return source, number, first
    return None


def _begun(root_box: Any, resume_at: Any, parent: Any) -> int:
    """Return how many children of a box begin before the next page."""
    path = list(continued(root_box, resume_at))
    for number, (box, place) in enumerate(path, start=1):
        if box is parent:
            return place + (number < len(path))
    return len(parent.children)

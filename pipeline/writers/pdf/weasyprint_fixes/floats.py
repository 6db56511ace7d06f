"""A figure or table that does not fit on a page leaves a hole at the foot of it.

WeasyPrint has no floats that move to the top of the next page. Here a page with a hole is made
again: the paragraphs, lists and boxes that follow stand before the figure, up to the next heading,
as many as begin on the page. Numbers, and the order of figures among themselves, stay.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from copy import copy
from itertools import takewhile
from typing import Any

from weasyprint.formatting_structure import boxes

_HOLE = 0.09  # of the height of a page: what nobody would call a hole
_TEXT, _FLOATS = {"p", "ul", "ol", "div paragraph", "aside"}, {"figure", "table", "div with-notes"}
_CALL = "footnote-call"  # its class
_STATE = ("footnotes", "reported_footnotes", "rendered_notes", "broken_out_of_flow")


def with_text_ahead(theirs: Any) -> Any:
    """Replace `remake_page`, which makes one page."""

    def remake_page(index: int, context: Any, root_box: Any, html: Any) -> Any:
        restore = _kept(context, index + 1)
        page, resume_at = made = theirs(index, context, root_box, html)
        is_natural = resume_at and context.page_maker[index + 1][1]["break"] == "any"
        if not is_natural or room(page) <= _HOLE * page.height:
            return made
        path = list(_path(root_box, resume_at))
        parent, first = path[-1]
        floats = list(takewhile(_may_move, parent.children[first:]))
        following = parent.children[first + len(floats) :]
        text = list(takewhile(lambda box: _kind(box) in _TEXT, following))
        if not (floats and text) or any(_is_within(box) for box, _ in path):
            return made
        before, after = parent.children[:first], following[len(text) :]
        parent.children = [*before, *text, *floats, *after]
        restore()
        made = theirs(index, context, root_box, html)
        begun = text[: _begun(root_box, made[1], parent) - first]
        parent.children = [*before, *begun, *floats, *text[len(begun) :], *after]
        return made

    return remake_page


def room(page: Any) -> float:
    """Return the height that is empty at the foot of a page, in CSS pixels."""
    notes = [kid for kid in page.children if isinstance(kid, boxes.FootnoteAreaBox)]
    bottom = page.content_box_y() + page.height
    if notes and notes[0].children:
        bottom = notes[0].position_y
    leaves = (
        box.position_y + box.height
        for kid in page.children
        if not isinstance(kid, boxes.MarginBox | boxes.FootnoteAreaBox)
        for box in kid.descendants()
        if isinstance(box, boxes.TextBox | boxes.ReplacedBox)
    )
    return float(bottom - max(leaves, default=bottom))


def _kept(context: Any, page: int) -> Callable[[], None]:
    """Return what takes back all that making a page changes in its context."""
    state = {name: copy(getattr(context, name)) for name in _STATE}
    elements = context.running_elements.values()
    running = [(pages, copy(pages.get(page))) for pages in elements]

    def restore() -> None:
        for name, value in state.items():
            setattr(context, name, value)
        for pages in elements:
            pages.pop(page, None)
        for pages, there in running:
            if there is not None:
                pages[page] = there

    return restore


def _path(box: Any, resume_at: Any) -> Iterator[tuple[Any, int]]:
    """Yield the boxes that go on on the next page, from the root on, with the place of the child
    that begins it or goes on there. `resume_at` is as `make_page` returns it."""
    while resume_at and len(resume_at) == 1 and isinstance(box, boxes.ParentBox):
        ((place, resume_at),) = resume_at.items()
        yield box, place
        box = box.children[place]


def _begun(root_box: Any, resume_at: Any, parent: Any) -> int:
    """Return how many children of a box begin before the next page."""
    path = list(_path(root_box, resume_at))
    for number, (box, place) in enumerate(path, start=1):
        if box is parent:
            return place + (number < len(path))
    return len(parent.children)


def _may_move(box: Any) -> bool:
    """Say whether a box is a figure that may stand behind text that follows it: the numbers of its
    footnotes would be out of order."""
    if box.style["page"] or _kind(box) not in _FLOATS:  # of pages of its own, such as in landscape
        return False
    return all(_CALL not in part.get("class", "").split() for part in box.element.iter())


def _is_within(box: Any) -> bool:
    """Say whether a box is one of several columns, or a part of the brief, such as a callout."""
    return box.style["column_count"] != "auto" or "data-place" in box.element.attrib


def _kind(box: Any) -> str:
    """Return the name of the element of a box; of a `div`, with its class."""
    element = box.element
    return f"div {element.get('class')}" if element.tag == "div" else str(element.tag)

"""The order of the source, where figures have moved: see `floats`.

A page whose numbers lack room is made again, and those behind it, if they begin elsewhere now (see
`known_pages`). What was moved to fill them is put back first: it might not begin there any more.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product
from typing import Any

from weasyprint.formatting_structure import boxes

_FLAGS = ("is_past_heading", "is_overtaken")


def rearrange(box: Any, children: list[Any]) -> None:
    """Give a box other children, or the same in another order."""
    if not hasattr(box, "in_source"):
        box.in_source = box.children
    box.children = children


def restore(index: int, context: Any, root_box: Any) -> None:
    """Put back what is not on a page yet, if the page begins elsewhere than when it was made, and
    let the pages behind it be made again."""
    starts = vars(context).setdefault("starts", {})
    start = context.page_maker[index][0]
    if starts.setdefault(index, start) == start:
        return
    context.starts = {page: at for page, at in starts.items() if page < index} | {index: start}
    ahead = list(_ahead(root_box, start))
    free = {id(kid) for box, place in ahead for kid in box.children[place:]}
    moved = [(box, place) for box, place in ahead if hasattr(box, "in_source")]
    for box, place in moved:
        rest = [kid for kid in box.in_source if id(kid) in free]
        box.children = [*box.children[:place], *rest]
        for kid, flag in product(rest, _FLAGS):
            vars(kid).pop(flag, None)
    for *_, remake_state in context.page_maker[index + 1 :] if moved else ():
        remake_state["content_changed"] = True


def _ahead(box: Any, resume_at: Any) -> Iterator[tuple[Any, int]]:
    """Yield the boxes that go on on a page or later, with the place of their first child of which
    nothing stands before."""
    if not isinstance(box, boxes.ParentBox):
        return
    ((place, inside),) = (resume_at or {0: None}).items()
    if inside:
        yield from _ahead(box.children[place], inside)
        place += 1
    yield box, place
    for kid in box.children[place:]:
        yield from _ahead(kid, None)

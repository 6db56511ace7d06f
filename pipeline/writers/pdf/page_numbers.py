"""The page numbers that a brief prints: guessed before layout, then corrected in its lines."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from weasyprint.formatting_structure.boxes import TextBox
from weasyprint.text.line_break import line_size

from ...model import Anchor


def pages_of(document: Any) -> Mapping[Anchor, str]:
    """Return the number of the first page that each anchor is on: links lead there."""
    found: dict[Anchor, str] = {}
    for number, page in enumerate(document.pages, start=1):
        for identifier in page.anchors:
            found.setdefault(Anchor.parse(identifier), str(number))
    return found


def print_pages(document: Any, guesses: Mapping[Anchor, str], found: Mapping[Anchor, str]) -> bool:
    """Replace the guesses by the pages that were found; return whether all of them fit.

    A number as wide as its guess moves nothing. A number of another width needs another layout,
    and the document must not be used.
    """
    if guesses.keys() != found.keys():
        return False
    wrong = {str(a): (guess, found[a]) for a, guess in guesses.items() if guess != found[a]}
    links = set()  # a link on two lines has two boxes
    for box in _boxes(document) if wrong else ():
        guess, page = wrong.get(box.element.get("data-page-of", ""), ("", ""))
        if guess and box.element.tag == "a":
            links.add((box.element, guess, page))
        elif _prints(box, guess) and not _reprinted(box, guess, page):
            return False
    for link, guess, page in links:
        before, _, after = link.get("title").rpartition(guess)
        link.set("title", before + page + after)
    return True


def _boxes(document: Any) -> Any:
    for page in document.pages:
        yield from (box for box in page._page_box.descendants() if box.element is not None)


def _prints(box: Any, guess: str) -> bool:
    return isinstance(box, TextBox) and bool(guess) and guess in box.text


def _reprinted(box: Any, guess: str, page: str) -> bool:
    """Replace a guess by the page; return whether it is as wide."""
    layout = box.pango_layout
    before = _width(box)
    layout.text = layout.text.replace(guess, page)
    box.text = box.text.replace(guess, page)
    return _width(box) == before


def _width(box: Any) -> float:
    """Return the width of a line, in CSS pixels."""
    layout = box.pango_layout
    layout.reactivate(box.style)
    width: float = line_size(layout.get_first_line()[0], box.style)[0]
    layout.deactivate()
    return width

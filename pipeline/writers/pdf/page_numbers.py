"""The page numbers that a brief prints: guessed before layout, then corrected in its lines."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from weasyprint.text.line_break import line_size

from ...model import Anchor
from .weasyprint_fixes.known_pages import ATTRIBUTE, printed


def pages_of(document: Any) -> Mapping[Anchor, str]:
    """Return the number of the first page that each anchor is on: links lead there."""
    found: dict[Anchor, str] = {}
    for number, page in enumerate(document.pages, start=1):
        for identifier in page.anchors:
            found.setdefault(Anchor.parse(identifier), str(number))
    return found


def print_pages(document: Any, found: Mapping[Anchor, str]) -> bool:
    """Replace the guesses by the pages that were found; return whether all of them fit.

    A number as wide as its guess moves nothing. A number of another width needs another layout,
    and the document must not be used.
    """
    pages = {str(anchor): page for anchor, page in found.items()}
    for box in _boxes(document):
        page = pages.get(box.element.get(ATTRIBUTE, ""), "")
        if box.element.tag == "a" and page:
            _say(box.element, page)
        elif (guess := printed(box)) and guess != page and not _reprinted(box, guess, page):
            return False
    return True


def _boxes(document: Any) -> Any:
    for page in document.pages:
        yield from (box for box in page._page_box.descendants() if box.element is not None)


def _say(link: Any, page: str) -> None:
    """Put a page into the title of a link, in which it is the last number."""
    link.set("title", re.sub(r"\d+(?=\D*$)", page, link.get("title")))


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

"""Paper and margins, in twips (1/20 point)."""

from __future__ import annotations

_PAPERS = {"a4": (11906, 16838), "letter": (12240, 15840)}  # width, height
MARGIN = 1417  # 25 mm, as on the PDF's pages


def page_size(paper: str) -> tuple[int, int]:
    """Return width and height."""
    return _PAPERS.get(paper, _PAPERS["a4"])


def text_size(paper: str) -> tuple[int, int]:
    """Return width and height of the area between the margins."""
    width, height = page_size(paper)
    return width - 2 * MARGIN, height - 2 * MARGIN

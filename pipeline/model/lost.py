"""The exception for an image that a writer cannot show and must not leave out."""

from __future__ import annotations

from ..diagnostics import Span
from .front import Brief
from .leaves import Image
from .walking import walk

NEW_IMAGE = "save it again as PNG, JPEG or plain SVG"  # of one refused or lost


class LostImageError(Exception):
    """Why an image cannot be shown: words that follow its name."""

    def __init__(self, src: str, reason: str) -> None:
        shown = "a picture inside a drawing" if src.startswith("data:") else f"`{src}`"
        super().__init__(f"{shown} {reason}")
        self.src = src
        self.reason = reason

    def span(self, brief: Brief) -> Span:
        """Return where the image, or the drawing that holds it, is first used; else the brief."""
        address = self.src.encode()
        names = {
            file.src for file in brief.images if file.src == self.src or address in file.content
        }
        images = (node for node in walk(brief) if isinstance(node, Image))
        found = (image.span for image in images if image.src in names)
        return next(found, Span.of_file(brief.front.span.path))

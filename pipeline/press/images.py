"""Findings on the pictures of a press file, each with its line in the brief."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator

from ..diagnostics import Diagnostic, Span
from ..model import Brief, Image, walk
from ..preflight import INK_TOLERANCE, LEAST_RESOLUTION, PlacedImage, Report
from ..writers.pdf.print_page import image_address

OF_IMAGES = ("image-resolution", "image-ink")  # the rules whose findings come from here
_INSIDE = re.compile(rb"href\s*=\s*[\"'](data:[^\"']+)")


def image_findings(report: Report, brief: Brief) -> Iterator[Diagnostic]:
    """Yield a finding for each picture that has too few dots or too much ink on paper."""
    sources = _sources(brief)
    spans = {node.src: node.span for node in walk(brief) if isinstance(node, Image)}
    for name in dict.fromkeys(image.name for image in report.images):
        placed = [image for image in report.images if image.name == name]
        src = sources.get(name[: len("/i") + 32], "")
        said = f"`{src}`" if src else f"a picture ({placed[0].place})"
        span = spans.get(src, Span.of_file(brief.front.span.path))
        dots = [image.resolution for image in placed if image.resolution is not None]
        if dots and (least := min(dots)) < LEAST_RESOLUTION:
            hint = (
                f"give it {LEAST_RESOLUTION / least:.1f} times the pixels, "
                "a smaller width, or draw it as SVG"
            )
            message = f"{said} is printed at {least:.0f} dots per inch"
            yield Diagnostic("low-resolution", message, span, hint)
        if worst := _too_much_ink(placed, report):
            message = (
                f"{said} puts {worst.ink * 100:.0f} % of ink on one spot "
                f"({worst.spot}); only {report.ink_limit * 100:.0f} % dry on this paper"
            )
            hint = "provide it in RGB, or in CMYK converted with the print shop's own profile"
            yield Diagnostic("too-much-ink", message, span, hint)


def _too_much_ink(placed: list[PlacedImage], report: Report) -> PlacedImage | None:
    worst = max(placed, key=lambda image: image.ink)
    return worst if worst.ink > report.ink_limit + INK_TOLERANCE else None


def _sources(brief: Brief) -> dict[str, str]:
    """Return the name in the brief of each picture in a PDF, or of the drawing that holds it.

    WeasyPrint 70.0 names a picture by a hash of its address.
    """
    found = {}
    for image in brief.images:
        found[_name(image_address(image).encode())] = image.src
        if image.media_type == "image/svg+xml":
            found |= {_name(url): image.src for url in _INSIDE.findall(image.content)}
    return found


def _name(address: bytes) -> str:
    return f"/i{hashlib.md5(address, usedforsecurity=False).hexdigest()}"

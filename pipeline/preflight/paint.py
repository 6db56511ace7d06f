"""Rules on what the pages paint."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from typing import Any

import pikepdf

from .document import Box
from .found import Painting
from .report import Rule, rule

LEAST_RESOLUTION = 220.0  # dots per inch
LEAST_TEXT, LEAST_INKED_TEXT, FEW_INKS = 4.0, 7.0, 2  # points; more inks need larger letters
LEAST_LINE = 0.25  # points
_ROUNDING = 0.01
INK_TOLERANCE = 0.01  # of the ink of one plate: rounding
_SCREEN = ("DeviceRGB", "CalRGB", "Lab", "ICCBased (3)")
_EMBEDDED = ("/FontFile", "/FontFile2", "/FontFile3")


def colours(painting: Painting) -> Iterator[Rule]:
    wrong = [f"{place} ({space})" for space in _SCREEN for place in painting.spaces.get(space, [])]
    wrong += [
        f"{place} (blended in {space})"
        for space in _SCREEN
        for place in painting.blended.get(space, [])
    ]
    said = ", ".join(sorted(painting.spaces)) or "nothing is painted"
    yield rule("colours", not wrong, said, wrong)
    images = sorted({image.space for image in painting.images})
    wrong = [f"{image.place}: {image.space}" for image in painting.images if image.space in _SCREEN]
    yield rule("image-colours", not wrong if images else None, ", ".join(images) or "none", wrong)


def ink(painting: Painting, limit: float) -> Iterator[Rule]:
    """Compare the ink on one spot with `limit`, that of the output profile: 3.0 is 300 %."""
    flat = painting.inks
    places = [
        f"{place}: {ink * 100:.0f} %" for place, ink in flat.items() if ink > limit + INK_TOLERANCE
    ]
    said = f"{max(flat.values(), default=0) * 100:.0f} % at most in one colour"
    yield rule("total-ink", not places, f"{said}, of {limit * 100:.0f} %", places)
    inked = [image for image in painting.images if image.spot]
    places = [
        f"{image.place}: {_percent(image.ink)}{image.spot}"
        for image in inked
        if image.ink > limit + INK_TOLERANCE
    ]
    most = max((image.ink for image in inked), default=0.0)
    known = f"{_percent(most)}at most" if most < math.inf else "not known"
    said = f"{known} in one square millimetre, of {limit * 100:.0f} %" if inked else "none in inks"
    yield rule("image-ink", not places if inked else None, said, places)


def _percent(ink: float) -> str:
    return f"{ink * 100:.0f} % " if ink < math.inf else ""


def transparency(painting: Painting, standard: str) -> Rule:
    """PDF/X-4 allows it; PDF/X-1a and X-3 do not."""
    places = painting.transparency
    said = f"in {len(set(places))} places" if places else "none"
    if "PDF/X-4" in standard or "PDF/X-6" in standard or not places:
        return rule("transparency", True, said)
    return rule("transparency", False, f"{said}; only PDF/X-4 allows it", places)


def overprint(painting: Painting) -> Rule:
    if not painting.black_texts:
        return rule("black-overprint", None, "no text in black ink alone")
    places = painting.knocked_out
    said = f"{painting.black_texts} black texts, {len(places)} without overprint"
    return rule("black-overprint", not places, said, places)


def white_text(painting: Painting) -> Rule:
    """White text that overprints lets what is below it show: nothing of it is seen."""
    places = painting.vanishing
    if not painting.small_texts and not places:
        return rule("white-overprint", None, "no text")
    said = f"{len(places)} white texts that overprint" if places else "no white text overprints"
    return rule("white-overprint", not places, said, places)


def small_text(painting: Painting) -> Rule:
    """Plates never meet exactly: the edges of small letters of several inks are coloured."""
    found = painting.small_texts
    if not found:
        return rule("small-text", None, "no text")
    places = [
        f"{place}: {points:.1f} pt" + (f" in {inks} inks" if inks > 1 else "")
        for (place, inks), points in found.items()
        if points < (LEAST_TEXT if inks <= FEW_INKS else LEAST_INKED_TEXT) - _ROUNDING
    ]
    return rule("small-text", not places, f"{min(found.values()):.1f} pt at least", places)


def hairlines(painting: Painting) -> Rule:
    found = painting.thin_lines
    if not found:
        return rule("hairlines", None, "no lines")
    places = [f"{p}: {w:.2f} pt" for p, w in found.items() if w < LEAST_LINE - _ROUNDING]
    return rule("hairlines", not places, f"{min(found.values()):.2f} pt at least", places)


def resolution(painting: Painting) -> Rule:
    found = [(i.resolution, i.place) for i in painting.images if i.resolution is not None]
    if not found:
        return rule("image-resolution", None, "no images")
    places = [f"{place}: {dots:.0f} dpi" for dots, place in found if dots < LEAST_RESOLUTION]
    return rule("image-resolution", not places, f"{min(found)[0]:.0f} dpi at least", places)


def marks(painting: Painting, bleeds: Sequence[Box | None]) -> Rule:
    if not painting.marks:
        return rule("marks", None, "no marks in registration colour")
    places = [
        f"page {number}"
        for number, x, y in painting.marks
        if (bleed := bleeds[number - 1]) and bleed[0] < x < bleed[2] and bleed[1] < y < bleed[3]
    ]
    said = "inside the bleed" if places else "outside the bleed"
    return rule("marks", not places, said, places)


def fonts(painting: Painting) -> Rule:
    missing = [
        f"{place}: {str(font.get('/BaseFont', 'a font'))[:60]}"
        for font, place in painting.fonts.values()
        if not _is_embedded(font)
    ]
    if not (count := len(painting.fonts)):
        return rule("fonts", None, "no text")
    said = f"{count - len(missing)} of {count} embedded"
    return rule("fonts", not missing, said, missing)


def _is_embedded(font: Any) -> bool:
    if font.get("/Subtype") == "/Type3":
        return True  # its glyphs are content streams
    descendants = font.get("/DescendantFonts")
    found = descendants[0] if isinstance(descendants, pikepdf.Array) and len(descendants) else font
    descriptor = found.get("/FontDescriptor", pikepdf.Dictionary())
    return any(isinstance(descriptor.get(name), pikepdf.Stream) for name in _EMBEDDED)

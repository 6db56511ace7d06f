"""The cover: a section of its own before the brief. Its grounds are pictures behind the text."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Mapping

from msgspec import Struct

from ...colours import rgb_of_hex
from ...cover import TALLEST_LOGO, CoverPlaces, cover_places, cover_text
from ...model import ImageFile
from ...ooxml import w
from ...xml import Element, element
from .context import Context
from .paper import EMU_PER_TWIP, twips
from .pictures import anchored_run, embedded, vector_of
from .runs import paragraph, text_runs
from .schema import in_order
from .sections import end_of_cover
from .word_styles import half_points

_AROUND = 12.0  # millimetres between the edge of the ground and its text
_EMU = EMU_PER_TWIP * 1440 / 25.4  # to the millimetre
_WHOLE = 100_000  # of a picture, for what is cut off its edges (20.1.8.55)


def cover(context: Context, pictures: Mapping[str, ImageFile]) -> list[Element]:
    """Return the paragraphs of the cover, up to the end of its section."""
    house, brief = context.house, context.numbered.brief
    places, said = cover_places(house, brief), cover_text(brief)
    page = house.page[context.paper]
    ground = _ground(house.colours[house.cover.ground])
    masthead = [_behind(ground, _Band(places.ground, places.height), places, context)]
    if photo := pictures.get("cover"):
        masthead.append(_behind(photo, _Band(places.picture, places.ground), places, context))
    logo = pictures.get("logo")
    high = min(house.logo.height, TALLEST_LOGO) if logo else house.sizes["heading-1"] * 25.4 / 72
    masthead += _logo(logo, high, context) if logo else text_runs(house.name, context.run_format)
    lines = (
        ("CoverText", said.series),
        ("CoverTitle", said.title),
        ("CoverSubtitle", said.subtitle),
        ("CoverText", said.authors),
        ("CoverText", said.date),
    )
    found = [paragraph("CoverMasthead", masthead)]
    above: Element | None = w("spacing", before=twips(places.ground + _AROUND - page.top - high))
    for style, words in lines:
        if words:
            runs = text_runs(words, context.run_format)
            if style == "CoverTitle":
                runs = [_sized(each, places.title_size) for each in runs]
            found.append(paragraph(style, runs, above))
            above = None
    return [*found, end_of_cover()]


def _sized(run: Element, points: float) -> Element:
    """Return a run in a size: the title is smaller than in its style where it is long."""
    size = half_points(points)
    own = [child for child in run.children if isinstance(child, Element) and child.tag == "w:rPr"]
    rest = [child for child in run.children if child not in own]
    formats = [child for each in own for child in each.children if isinstance(child, Element)]
    ordered = in_order("rPr", [*formats, w("sz", val=size), w("szCs", val=size)])
    return w("r", w("rPr", *ordered), *rest)


def _logo(logo: ImageFile, height: float, context: Context) -> list[Element]:
    house = context.house
    size = round(height * logo.width / logo.height * _EMU), round(height * _EMU)
    vector = vector_of(logo, context)
    bitmap = context.relationships.picture(logo, "bitmap")
    alt = house.logo.alt or house.name
    return [embedded(alt, context.drawings.next(), size, bitmap, vector)]


class _Band(Struct, frozen=True):
    """What a ground covers, over the whole width: millimetres from the top of the paper."""

    top: float
    bottom: float


def _behind(file: ImageFile, band: _Band, places: CoverPlaces, context: Context) -> Element:
    """Return the run of a picture that fills a band of the page behind the text."""
    height = band.bottom - band.top
    size = round(places.width * _EMU), round(height * _EMU)
    vector = vector_of(file, context)
    cut = _cut(file, places.width / height)
    identity, bitmap = context.drawings.next(), context.relationships.picture(file, "bitmap")
    return anchored_run(identity, size, round(band.top * _EMU), bitmap, vector, cut)


def _cut(file: ImageFile, ratio: float) -> Element:
    """Return what is cut off a picture so that it has this ratio of width to height."""
    own = file.width / file.height
    if own > ratio:
        side = round((1 - ratio / own) / 2 * _WHOLE)
        return element("a:srcRect", l=side, r=side)
    side = round((1 - own / ratio) / 2 * _WHOLE)
    return element("a:srcRect", t=side, b=side)


def _ground(colour: str) -> ImageFile:
    """Return a picture of one pixel (PNG, third edition), which is stretched to a ground."""
    pixel = bytes(round(level * 255) for level in rgb_of_hex(colour))
    header = struct.pack(">IIBBBBB", 1, 1, 8, 2, 0, 0, 0)
    chunks = ((b"IHDR", header), (b"IDAT", zlib.compress(b"\0" + pixel)), (b"IEND", b""))
    content = b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        for kind, data in chunks
    )
    return ImageFile("house:ground", "image/png", content, 1.0, 1.0)

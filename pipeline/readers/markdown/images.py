"""Images that a brief shows: found, recognised by their content, measured, each kept once."""

from __future__ import annotations

import re
import struct
import zlib
from base64 import b64decode
from typing import Literal
from urllib.parse import unquote

from markdown_it.token import Token

from ...diagnostics import Span
from ...model import MOST_PIXELS, NEW_IMAGE, Image, ImageFile, Length, length_of
from .attributes import Attributes
from .links import report_title
from .reading import BadImage, FileProblem, Nested, Reading, nested

PNG_SIGNATURE = b"\x89PNG\r\n\x1a\n"
JPEG_SIGNATURE = b"\xff\xd8\xff"
INCH = 96.0  # CSS pixels
# JPEG markers that begin a frame header (ITU-T T.81, table B.1): SOF0 to SOF15 but DHT, JPG, DAC.
FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
ALONE = frozenset((0x01, *range(0xD0, 0xD9)))  # markers without a segment behind them
# GIF, TIFF, BMP; of WebP, the container.
_OTHER_BITMAPS = (b"GIF8", b"II*\0", b"MM\0*", b"BM", b"RIFF")
_PDF = b"%PDF-"
_DRAWING_OF_PDF = "turn it into an SVG, such as with `pdftocairo -svg`, or into a PNG"
_HEAD = 70_000  # bytes in which EXIF data begin
WIDEST = 1_000_000.0  # CSS pixels: a quarter of a kilometre


def read_image(reading: Reading, token: Token, words: str, span: Span) -> Image:
    """Return an image whose alternative text is its `alt` attribute, or else `words`."""
    attributes = token.meta.get("attributes") or Attributes()
    values = attributes.values
    alt = values.get("alt", values.get("fig-alt", " ".join(words.split())))
    report_title(reading, token, "an image", span)
    src = image_name(token)
    if src not in reading.images:
        written = unquote(str(token.attrs["src"]))
        content = _embedded(written) if _is_embedded(written) else _content(reading, src)
        reading.images[src] = _load(reading, src, content, span)
    return Image(src, alt, _width(reading, attributes, span), span=span)


def _width(reading: Reading, attributes: Attributes, span: Span) -> Length | None:
    """Return the width that an image is given; one that is not a length is reported."""
    written = attributes.values.get("width", "")
    width = length_of(written)
    if written and (width is None or width.pixels(room=WIDEST) > WIDEST):
        message = f"the width of an image cannot be `{written}`"
        reading.report("bad-width", message, span, "write a percentage or a length: 60%, 8cm")
        return None
    return width


def lone_image(reading: Reading, paragraph: Nested) -> Nested | None:
    """Return the image that a paragraph consists of, if it does.

    One with an anchor in a link is a figure, which leads nowhere.
    """
    kept = _words(nested(paragraph.children[0].token.children or []))
    if len(kept) != 1:
        return None
    inside = _words(kept[0].children)
    if kept[0].token.type == "link_open" and len(inside) == 1 and _has_anchor(inside[0].token):
        message = f"a figure is no link, and does not lead to `{kept[0].token.attrs['href']}`"
        span = reading.block_span(paragraph.token)
        reading.report("unread-markup", message, span, "put the link into its caption")
        kept = inside
    return kept[0] if kept[0].token.type == "image" else None


def _words(nodes: list[Nested]) -> list[Nested]:
    ignored = ("comment", "softbreak")
    return [n for n in nodes if n.token.type not in ignored and n.token.content != " "]


def _has_anchor(token: Token) -> bool:
    return bool((token.meta.get("attributes") or Attributes()).anchor)


def image_name(token: Token) -> str:
    """Return the name of the file as the author wrote it; one of our own for a `data:` address."""
    src = unquote(str(token.attrs["src"]))
    if not _is_embedded(src):
        return src
    # Loaded only for briefs with such an image.
    from hashlib import sha256

    kind = re.match(r"[\w:]+/(\w+)", src)
    return f"embedded-{sha256(src.encode()).hexdigest()[:8]}.{kind[1] if kind else 'txt'}"


def _is_embedded(src: str) -> bool:
    return src[:5].lower() == "data:"


def _embedded(src: str) -> bytes | FileProblem:
    """Return the content of a `data:` address (RFC 2397)."""
    kind, _, data = src.partition(",")
    try:
        return b64decode(data, validate=True) if kind.endswith(";base64") else data.encode()
    except ValueError:
        return FileProblem("bad-image", "the data of an image are not base64", NEW_IMAGE)


def _content(reading: Reading, src: str) -> bytes | FileProblem:
    return reading.files(src) if src else FileProblem("missing-file", "an image has no file")


def _load(reading: Reading, src: str, content: bytes | FileProblem, span: Span) -> ImageFile:
    if isinstance(content, FileProblem):
        reading.report(content.code, content.message, span, content.hint)
        return _placeholder(src)
    is_pdf = content.startswith(_PDF)
    try:
        content, count = _readable(content)
        file = measure(src, content)
    except BadImage as problem:
        hint = _DRAWING_OF_PDF if is_pdf else NEW_IMAGE
        reading.report("bad-image", f"`{src}` {problem}", span, hint)
        return _placeholder(src)
    if count > 1:
        parts = "pages" if is_pdf else "pictures"
        message = f"`{src}` has {count} {parts}, of which only the first is shown"
        hint = f"choose one, and save it as a {'file of its own' if is_pdf else 'PNG'}"
        reading.report("first-picture-only", message, span, hint)
    if file.media_type == "image/svg+xml":
        from .vector_images import not_in_pdf

        if lost := " and ".join(not_in_pdf(content)):
            message = f"`{src}` has {lost}, which the PDF does not show"
            reading.report("svg-not-drawn", message, span, "save it as a plain SVG, or as a PNG")
    return file


def measure(src: str, content: bytes) -> ImageFile:
    """Return an image with its size, upright, one of another format as PNG.

    Raises `BadImage` with the reason if it cannot be read.
    """
    content, _ = _readable(content)
    file = _measured(src, content)
    if file.media_type == "image/svg+xml" or not _is_turned(content):
        return file
    # An image library is loaded only for briefs with such an image, whose size is no bomb's.
    from .upright import upright

    return _measured(src, upright(content))


def _readable(content: bytes) -> tuple[bytes, int]:
    """Return a picture, one of another format as PNG, and how many pictures its file has."""
    if content.startswith(_PDF):
        from .pdf_pictures import first_page

        return first_page(content)
    if not content.startswith(_OTHER_BITMAPS):
        return content, 1
    from .other_bitmaps import as_png  # an image library is loaded for few briefs

    return as_png(content)


def _measured(src: str, content: bytes) -> ImageFile:
    media_type: Literal["image/png", "image/jpeg", "image/svg+xml"]
    if content.startswith(PNG_SIGNATURE):
        media_type, size = "image/png", _measure_png(content)
    elif content.startswith(JPEG_SIGNATURE):
        media_type, size = "image/jpeg", _measure_jpeg(content)
    elif b"<svg" in content[:100_000] or content.lstrip().startswith(b"<?xml"):
        # An XML reader is loaded only for briefs with such an image.
        from .vector_images import measure_svg

        media_type, size = "image/svg+xml", measure_svg(content)
    else:
        raise BadImage("is not a PNG, JPEG or SVG image")
    if not all(0 < length < WIDEST for length in size):
        raise BadImage("has an impossible width or height")
    return ImageFile(src, media_type, content, *size)


def _is_turned(content: bytes) -> bool:
    """Say whether EXIF data at the head of a PNG or JPEG ask for the picture to be turned.

    The tag Orientation (0x0112) is a short in the first directory (Exif 3.0, 4.6.4).
    """
    start = content.find(b"Exif\0\0", 0, _HEAD)
    chunk = content.find(b"eXIf", 0, _HEAD)
    data = content[start + 6 :] if start >= 0 else content[chunk + 4 :] if chunk >= 0 else b""
    order = {b"II*\0": "<", b"MM\0*": ">"}.get(data[:4])
    if order is None or len(data) < 8:
        return False
    (directory,) = struct.unpack(f"{order}I", data[4:8])
    count = data[directory : directory + 2]
    if len(count) < 2:
        return False
    for number in range(*struct.unpack(f"{order}H", count)):
        entry = data[directory + 2 + 12 * number :][:12]
        if len(entry) == 12:
            tag, _, _, value = struct.unpack(f"{order}HHIH", entry[:10])
            if tag == 0x0112:
                return bool(1 < value <= 8)
    return False


def _measure_png(content: bytes) -> tuple[float, float]:
    """Read IHDR and pHYs (PNG, third edition, 11.2.1 and 11.3.4.3)."""
    position, size, scale = len(PNG_SIGNATURE), (0, 0), (1.0, 1.0)
    has_pixels = False
    while position + 12 <= len(content):
        length, kind = struct.unpack(">I4s", content[position : position + 8])
        chunk = content[position + 8 : position + 8 + length]
        check = content[position + 8 + length : position + 12 + length]
        if len(chunk) < length or len(check) < 4:
            raise BadImage("is cut off: it was not saved or copied completely")
        if kind in (b"IHDR", b"pHYs") and zlib.crc32(kind + chunk) != int.from_bytes(check, "big"):
            raise BadImage("is damaged: a checksum is wrong")
        if kind == b"IHDR" and length == 13:
            size = struct.unpack(">II", chunk[:8])
        elif kind == b"pHYs" and length == 9:
            across, down, unit = struct.unpack(">IIB", chunk)
            if unit == 1 and across and down:
                scale = INCH / (across * 0.0254), INCH / (down * 0.0254)
        elif kind == b"IDAT":
            has_pixels = True
        elif kind == b"IEND":
            break
        position += 12 + length
    else:
        raise BadImage("is cut off: it was not saved or copied completely")
    if not has_pixels:
        raise BadImage("has no pixels")
    return _scaled(size, scale)


def _measure_jpeg(content: bytes) -> tuple[float, float]:
    """Read the frame header and JFIF's density (ITU-T T.81, B.2.2; T.871, 10.1)."""
    position, scale = 2, (1.0, 1.0)
    while position + 4 <= len(content):
        if content[position] != 0xFF:
            raise BadImage("is damaged: a marker is missing")
        marker = content[position + 1]
        if marker == 0xFF or marker in ALONE:
            position += 1 if marker == 0xFF else 2
            continue
        length = int.from_bytes(content[position + 2 : position + 4], "big")
        segment = content[position + 4 : position + 2 + length]
        if marker in FRAMES and len(segment) >= 5:
            height, width = struct.unpack(">HH", segment[1:5])
            return _scaled((width, height), scale)
        if marker == 0xE0 and segment.startswith(b"JFIF\0") and len(segment) >= 12:
            unit, across, down = struct.unpack(">BHH", segment[7:12])
            inches = {1: 1.0, 2: 2.54}.get(unit)
            if inches and across and down:
                scale = INCH / (across * inches), INCH / (down * inches)
        position += 2 + max(length, 2)
    raise BadImage("is cut off: it was not saved or copied completely")


def _scaled(size: tuple[int, int], scale: tuple[float, float]) -> tuple[float, float]:
    if size[0] * size[1] > MOST_PIXELS:
        raise BadImage(f"has {size[0] * size[1] // 1_000_000} million pixels, more than any page")
    return size[0] * scale[0], size[1] * scale[1]


def _placeholder(src: str) -> ImageFile:
    """Return a grey pixel for an image that was not read, so that a draft can be written."""
    header = struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0)
    chunks = ((b"IHDR", header), (b"IDAT", zlib.compress(b"\0\xcc")), (b"IEND", b""))
    content = PNG_SIGNATURE + b"".join(
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        for kind, data in chunks
    )
    return ImageFile(src, "image/png", content, 160.0, 90.0)

"""The links of a PDF: annotations and named destinations, read with pikepdf."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from io import BytesIO
from typing import Any
from urllib.parse import unquote

import pikepdf
from msgspec import Struct

from ...model import Anchor
from ..messages import quote
from ..readback import Remark, Unreadable
from .outline import levels, pictures, tags_of

_PROGRAMS = ("/JavaScript", "/Launch", "/SubmitForm")
_QUIET = ("/Link", "/Popup", "/PrinterMark", "/TrapNet")
_COVERING = frozenset(
    ("/FreeText", "/Square", "/Circle", "/Polygon", "/Stamp", "/Ink", "/Redact", "/Watermark")
)
_TO_TEXT = re.compile(rb"<([0-9a-fA-F]{2,4})>\s+<([0-9a-fA-F]+)>")
_SOURCES = (".md", ".bib")
_MOST_FILES = 20
_LARGEST_FILE = 8 * 1024 * 1024  # bytes


class Area(Struct, frozen=True):
    """The rectangle of a link to a named destination, in points from the lower left corner."""

    anchor: Anchor
    left: float
    bottom: float
    right: float
    top: float


class Outward(Struct, frozen=True):
    """A link to elsewhere: the page, from 0, and left, bottom, right, top in points."""

    address: str
    page: int
    box: tuple[float, float, float, float]


class Destination(Struct, frozen=True):
    """A place with a name. `page` counts from 0."""

    anchor: Anchor
    page: int
    left: float
    top: float


class Links(Struct, frozen=True):
    """Links by page, in the order of the file; destinations by name; what the text is like."""

    areas: list[list[Area]]
    destinations: dict[str, Destination]
    lang: str  # BCP 47, "" where the file does not say
    columns: int = 1  # of text, side by side
    attached: Mapping[str, bytes] = {}  # sources, by name
    remarks: tuple[Remark, ...] = ()
    outward: tuple[Outward, ...] = ()
    pictures: tuple[str, ...] = ()  # what is read out for them
    levels: tuple[tuple[str, int], ...] = ()  # of headings, by number and words


def read_links(content: bytes) -> Links:
    """Return what a PDF links. Raises `Unreadable`."""
    try:
        with pikepdf.open(BytesIO(content)) as pdf:
            destinations = _destinations(pdf)
            areas = [_areas(page, destinations) for page in pdf.pages]
            lang = str(pdf.Root.get("/Lang", ""))
            tags = tags_of(pdf)
            return Links(
                areas,
                destinations,
                lang,
                _columns(pdf),
                _attached(pdf),
                tuple(_remarks(pdf)),
                tuple(_outward(pdf)),
                tuple(pictures(tags)),
                tuple(levels(pdf, tags)),
            )
    except pikepdf.PasswordError:
        raise Unreadable("it asks for a password") from None
    except (
        pikepdf.PdfError,
        ArithmeticError,
        AttributeError,
        LookupError,
        RuntimeError,
        TypeError,
        ValueError,
    ) as error:
        # An object of the wrong kind may be anywhere; pikepdf finds it when it is asked for.
        raise Unreadable("it is not a PDF that can be read") from error


def _remarks(pdf: pikepdf.Pdf) -> Iterator[Remark]:
    """Yield annotations that cover pages, scripts, and fonts whose text is false."""
    root: Any = pdf.Root
    for key in ("/OpenAction", "/AA"):
        action = root.get(key)
        if isinstance(action, pikepdf.Dictionary) and action.get("/S") in _PROGRAMS:
            yield Remark("it has a script or action that runs when it is opened", certain=False)
    if "/AcroForm" in root and root.AcroForm.get("/XFA") is not None:
        yield Remark("it contains an XFA form, which was not read")
    for number, page in enumerate(pdf.pages, start=1):
        for annotation in page.obj.get("/Annots", ()):
            kind = str(annotation.get("/Subtype", ""))
            if kind not in _QUIET:
                where = f"page {number} has a note or drawing laid over it ({kind[1:]})"
                yield Remark(where, certain=kind in _COVERING)
    yield from _two_texts(pdf)


def _two_texts(pdf: pikepdf.Pdf) -> Iterator[Remark]:
    """Yield the fonts that give one glyph two texts, so that copied text differs from the page."""
    said: dict[tuple[int, int], dict[bytes, bytes]] = {}
    for item in pdf.objects:
        if not isinstance(item, pikepdf.Dictionary) or item.get("/Type") != "/Font":
            continue
        texts, inner = item.get("/ToUnicode"), item.get("/DescendantFonts")
        holder: Any = inner[0] if isinstance(inner, pikepdf.Array) and len(inner) else item
        descriptor = holder.get("/FontDescriptor")
        if not isinstance(texts, pikepdf.Stream) or not isinstance(descriptor, pikepdf.Dictionary):
            continue
        known = said.setdefault(descriptor.objgen, {})
        for code, text in _TO_TEXT.findall(texts.read_bytes()):
            if known.setdefault(code.lower(), text.lower()) != text.lower():
                name = str(item.get("/BaseFont", ""))[1:]
                yield Remark(f"text copied from the font {quote(name)} differs from what it shows")
                break


def _attached(pdf: pikepdf.Pdf) -> dict[str, bytes]:
    """Return the Markdown and the libraries that a PDF carries, as far as they are small."""
    found = {}
    for name, file in list(pdf.attachments.items())[:_MOST_FILES]:
        attached = file.get_file()
        if name.endswith(_SOURCES) and attached.size <= _LARGEST_FILE:
            found[name] = attached.read_bytes()
    return found


def _columns(pdf: pikepdf.Pdf) -> int:
    """Return how many columns the document says it has (ISO 32000-1, table 349)."""
    tree: Any = pdf.Root.get("/StructTreeRoot", pikepdf.Dictionary())
    document: Any = tree.get("/K")
    document = document[0] if isinstance(document, pikepdf.Array) and len(document) else document
    attributes = document.get("/A") if isinstance(document, pikepdf.Dictionary) else None
    said = attributes.get("/ColumnCount") if isinstance(attributes, pikepdf.Dictionary) else 1
    return 2 if said == 2 else 1


def _areas(page: pikepdf.Page, destinations: dict[str, Destination]) -> list[Area]:
    found = []
    annotations: Any = page.obj.get("/Annots", ())
    for annotation in annotations:
        if annotation.get("/Subtype") != "/Link":
            continue
        target, action = annotation.get("/Dest"), annotation.get("/A")
        if target is None and action is not None and action.get("/S") == "/GoTo":
            target = action.get("/D")
        if isinstance(target, pikepdf.String | pikepdf.Name):
            name = str(target)
            # WeasyPrint keeps a name as the link wrote it if no element has it.
            target = name if name in destinations else unquote(name)
            x0, y0, x1, y1 = (float(number) for number in annotation["/Rect"])
            found.append(
                Area(Anchor.parse(target), min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1))
            )
    return found


def _outward(pdf: pikepdf.Pdf) -> Iterator[Outward]:
    """Yield the links to elsewhere (ISO 32000-1, 12.6.4.7), in the order of the file."""
    for number, page in enumerate(pdf.pages):
        annotations: Any = page.obj.get("/Annots", ())
        for annotation in annotations:
            action = annotation.get("/A")
            if isinstance(action, pikepdf.Dictionary) and action.get("/S") == "/URI":
                x0, y0, x1, y1 = (float(side) for side in annotation["/Rect"])
                box = (min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1))
                yield Outward(str(action.get("/URI", "")), number, box)


def _destinations(pdf: pikepdf.Pdf) -> dict[str, Destination]:
    """Return the named destinations that say a place on a page (ISO 32000-1, 12.3.2.3)."""
    pages = {page.obj.objgen: number for number, page in enumerate(pdf.pages)}
    root: Any = pdf.Root
    tree: Any = root.Names.get("/Dests") if "/Names" in root else None
    found: dict[str, Destination] = {}
    for key, value in pikepdf.NameTree(tree).items() if tree is not None else ():
        name = key if isinstance(key, str) else str(key, "utf-8", "replace")
        target: Any = value.get("/D") if isinstance(value, pikepdf.Dictionary) else value
        if len(target) >= 4 and target[1] == "/XYZ" and target[0].objgen in pages:
            page = pages[target[0].objgen]
            found[name] = Destination(Anchor.parse(name), page, float(target[2]), float(target[3]))
    return found

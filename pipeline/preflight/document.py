"""Rules on a file as a whole and on the boxes of its pages."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pikepdf

from . import coverage
from .report import Rule, rule
from .spaces import get

_NEWEST = 1.7
_NEWEST_OF = {"PDF/X-1": 1.4, "PDF/X-3": 1.4, "PDF/X-4": 1.6, "PDF/X-5": 1.6, "PDF/X-6": 2.0}
# What no PDF/X may hold (ISO 15930-7, 6): by the key that shows it, and its harmless values.
_FORBIDDEN: dict[str, tuple[str, ...]] = {
    "/OPI": (), "/Alternates": (), "/Ref": (), "/TR": ("/Identity",), "/TR2": ("/Default",),
    "/HTP": (), "/PS": (),
}  # fmt: skip
_FILTERS = ("/LZWDecode", "/Crypt")
_BLEED = 3 * 72 / 25.4  # points: 3 mm
_SLACK = 0.1
_FOLDED = 4  # pages of a sheet that is folded; what is stitched has a multiple of it
_SHEET = 2  # pages of a sheet that is not
_ACTIVE = ("/OpenAction", "/AA", "/AcroForm", "/Collection")
_INACTIVE_NAMES = ("/JavaScript", "/EmbeddedFiles")
_BOXES = ("/MediaBox", "/CropBox", "/BleedBox", "/TrimBox")

Box = tuple[float, float, float, float]


def version(pdf: pikepdf.Pdf) -> Rule:
    claim = str(standard(pdf).said)[: len("PDF/X-4")]
    newest = _NEWEST_OF.get(claim, _NEWEST)
    good = float(pdf.pdf_version) <= newest
    said = f"PDF {pdf.pdf_version}"
    return rule("version", good, said if good else f"{said}, newer than {newest}")


def forbidden(pdf: pikepdf.Pdf) -> Rule:
    """Find what PDF/X does not allow: old filters, PostScript, other files."""
    places = []
    for found in pdf.objects:
        if not isinstance(found, pikepdf.Dictionary | pikepdf.Stream):
            continue
        where = f"object {found.objgen[0]}"
        if found.get("/Subtype") == "/PS" or found.get("/Subtype2") == "/PS":
            places.append(f"{where}: PostScript")
        for key, harmless in _FORBIDDEN.items():
            if key in found and str(found[key]) not in harmless and not _means_another(found):
                places.append(f"{where}: {key[1:]}")
        filters = found.get("/Filter")
        named = list(filters) if isinstance(filters, pikepdf.Array) else [filters]
        places += [f"{where}: {str(name)[1:]}" for name in named if str(name) in _FILTERS]
    return rule("objects", not places, "forbidden ones" if places else "none forbidden", places)


def _means_another(found: Any) -> bool:
    """Say whether such a key means something else here, as `/Ref` of a structure element does."""
    return bool(found.get("/Type") in ("/Font", "/FontDescriptor", "/StructElem"))


def encryption(pdf: pikepdf.Pdf) -> Rule:
    return rule("encryption", not pdf.is_encrypted, "encrypted" if pdf.is_encrypted else "none")


def standard(pdf: pikepdf.Pdf) -> Rule:
    """Find the claim of PDF/X: in the metadata (PDF/X-4) or in the properties (PDF/X-1a, X-3)."""
    found = re.search(r"GTS_PDFXVersion\s*(?:>|=\s*[\"'])\s*([^<\"']+)", _metadata(pdf))
    said = found[1] if found else str(get(pdf.docinfo, "/GTS_PDFXVersion") or "")
    return rule("standard", bool(said), said or "no claim of PDF/X")


def trapped(pdf: pikepdf.Pdf) -> Rule:
    said = str(get(pdf.docinfo, "/Trapped") or "")
    good = said in ("/True", "/False")
    return rule("trapped", good, f"Trapped is {said[1:]}" if good else "not stated")


def dates(pdf: pikepdf.Pdf) -> Rule:
    wanted = ("Title", "CreationDate", "ModDate")
    missing = [name for name in wanted if not get(pdf.docinfo, f"/{name}")]
    missing += [] if "/ID" in pdf.trailer else ["ID"]
    said = f"missing: {', '.join(missing)}" if missing else "title and dates"
    return rule("properties", not missing, said)


def output_intent(pdf: pikepdf.Pdf) -> Iterator[Rule]:
    intents = [i for i in pdf.Root.get("/OutputIntents", []) if get(i, "/S") == "/GTS_PDFX"]
    if len(intents) != 1:
        said = f"{len(intents)} of PDF/X" if intents else "none of PDF/X"
        yield rule("output-intent", False, said)
        yield rule("output-profile", None, "no output intent")
        return
    (intent,) = intents
    condition = str(get(intent, "/OutputConditionIdentifier") or "")
    info = get(intent, "/Info") or get(intent, "/RegistryName")
    yield rule("output-intent", bool(condition and info), condition or "it names no condition")
    profile = get(intent, "/DestOutputProfile")
    if profile is None:
        yield rule("output-profile", False, "the output intent has no profile")
        return
    header = bytes(profile.read_bytes()[:128]).ljust(128, b"\0")
    kinds = (header[12:16] + b" " + header[16:20]).decode("latin-1")
    good = header[36:40] == b"acsp" and header[12:16] == b"prtr"
    components = {b"CMYK": 4, b"RGB ": 3, b"GRAY": 1}.get(header[16:20])
    good = good and components == get(profile, "/N")
    yield rule("output-profile", good, f"{kinds.strip()}, ICC {header[8]}.{header[9] >> 4}")


def ink_limit(pdf: pikepdf.Pdf) -> float:
    """Return how much ink the output profile allows on one spot: 3.0 is 300 %."""
    for intent in pdf.Root.get("/OutputIntents", []):
        profile = get(intent, "/DestOutputProfile")
        if get(intent, "/S") == "/GTS_PDFX" and isinstance(profile, pikepdf.Stream):
            return coverage.limit(profile.read_bytes())
    return coverage.USUAL


def active_content(pdf: pikepdf.Pdf) -> Rule:
    """Find scripts, actions, forms and attachments, which have no place on paper."""
    found = [name[1:] for name in _ACTIVE if name in pdf.Root]
    names = pdf.Root.get("/Names", pikepdf.Dictionary())
    found += [name[1:] for name in _INACTIVE_NAMES if name in names]
    found += ["AF"] if "/AF" in pdf.Root else []
    return rule("active-content", not found, ", ".join(found) or "none")


def screen_notes(pdf: pikepdf.Pdf) -> Rule:
    """Find annotations inside the bleed, where none may be (ISO 15930-7, 6.17)."""
    places, count = [], 0
    for number, page in enumerate(pdf.pages, start=1):
        bleed = _box(page, "/BleedBox") or _box(page, "/TrimBox") or _box(page, "/MediaBox")
        for found in page.obj.get("/Annots", []):
            count += 1
            kind = str(get(found, "/Subtype"))
            rectangle = _rectangle(get(found, "/Rect"))
            inside = rectangle is None or bleed is None or _overlap(rectangle, bleed)
            if inside and kind != "/TrapNet":
                places.append(f"page {number}: {kind[1:]}")
        if "/AA" in page.obj:
            places.append(f"page {number}: an action")
    return rule("annotations", not places, f"{count} annotations" if count else "none", places)


def boxes(pdf: pikepdf.Pdf) -> Iterator[Rule]:
    missing, outside, narrow, widths, origins = [], [], [], [], []
    for number, page in enumerate(pdf.pages, start=1):
        found = {name: _box(page, name) for name in _BOXES}
        media, trim, bleed = found["/MediaBox"], found["/TrimBox"], found["/BleedBox"]
        if media is None or trim is None:
            missing.append(f"page {number}: no {'TrimBox' if trim is None else 'MediaBox'}")
            continue
        if media[0] < 0 or media[1] < 0:
            origins.append(f"page {number}")
        for outer, inner in (("/MediaBox", "/CropBox"), ("/MediaBox", "/BleedBox"),
                             ("/BleedBox", "/TrimBox"), ("/CropBox", "/BleedBox"),
                             ("/MediaBox", "/TrimBox")):  # fmt: skip
            one, other = found[outer], found[inner]
            if one and other and not _within(other, one):
                outside.append(f"page {number}: {inner[1:]} outside {outer[1:]}")
        width = min(
            trim[0] - bleed[0], trim[1] - bleed[1], bleed[2] - trim[2], bleed[3] - trim[3]
        ) if bleed else 0.0  # fmt: skip
        widths.append(width)
        if width < _BLEED - _SLACK:
            narrow.append(f"page {number}: {width * 25.4 / 72:.1f} mm")
    yield rule("trim-box", not missing, "some lack one" if missing else "on each page", missing)
    yield rule(
        "box-nesting", not outside, "wrong" if outside else "trim in bleed in media", outside
    )
    yield rule("origin", not origins, "negative" if origins else "not negative", origins)
    least = f"{min(widths) * 25.4 / 72:.1f} mm at least" if widths else "no trim, no bleed"
    yield rule("bleed", bool(widths) and not narrow, least, narrow)


def page_count(pdf: pikepdf.Pdf) -> Rule:
    count = len(pdf.pages)
    trim = _rectangle(pdf.pages[0].trimbox)
    if trim and trim[2] - trim[0] > trim[3] - trim[1]:
        # Spreads: of a booklet, or the one of a cover.
        said, good = f"{count} sides of sheets", count == 1 or count % 2 == 0
    else:
        said, good = f"{count} pages", count <= _SHEET or count % _FOLDED == 0
    return rule("page-count", good, said if good else f"{said}, not a multiple of 4")


def bleed_boxes(pdf: pikepdf.Pdf) -> list[Box | None]:
    return [_box(page, "/BleedBox") or _box(page, "/TrimBox") for page in pdf.pages]


def _metadata(pdf: pikepdf.Pdf) -> str:
    metadata = pdf.Root.get("/Metadata")
    found = metadata.read_bytes() if isinstance(metadata, pikepdf.Stream) else b""
    return bytes(found).decode("utf-8", "replace")


def _box(page: Any, name: str) -> Box | None:
    """Return a box of a page; it inherits the MediaBox from its parents."""
    found = page.obj.get(name)
    if found is None and name == "/MediaBox":
        found = page.mediabox
    return _rectangle(found)


def _rectangle(found: Any) -> Box | None:
    if not isinstance(found, pikepdf.Array) or len(found) != 4:
        return None
    x1, y1, x2, y2 = (float(value) for value in found)
    return (min(x1, x2), min(y1, y2), max(x1, x2), max(y1, y2))


def _within(inner: Box, outer: Box) -> bool:
    return (
        inner[0] >= outer[0] - _SLACK
        and inner[1] >= outer[1] - _SLACK
        and inner[2] <= outer[2] + _SLACK
        and inner[3] <= outer[3] + _SLACK
    )


def _overlap(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]

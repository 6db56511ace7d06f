"""Checks of a PDF. In: its structure and pages. Out: a `Checked` for each name of `CHECKS`.

They are rules of PDF/UA-1 (ISO 14289-1); a clause stands beside each.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from io import BytesIO
from typing import Any

import pikepdf

from ..direction import has_letters_from_right
from ..verify.readback import Unreadable
from .pdf_pages import Painted, read_pages
from .results import (
    Checked,
    check_headings,
    check_languages,
    checked,
    is_language,
    one,
    quoted,
    says_something,
)

_HEADING = re.compile("H[1-6]")
_KINDS = {"L": ("LI",), "LI": ("Lbl", "LBody"), "TOC": ("TOCI", "TOC", "Caption")}
_MEDIA = ("/RichMedia", "/Screen", "/Sound", "/Movie", "/3D")


class PdfFile:
    """The structure of a tagged PDF, and what its pages paint. Raises `Unreadable`."""

    def __init__(self, content: bytes) -> None:
        try:
            self.pdf = pikepdf.open(BytesIO(content))
            self.painted: Painted = read_pages(self.pdf)
        except (pikepdf.PdfError, ValueError, KeyError, AttributeError) as error:
            raise Unreadable("it is not a PDF that can be read") from error
        root = self.pdf.Root.get("/StructTreeRoot")
        self.elements: list[Any] = [] if root is None else [*_below(root)]

    def of_tag(self, *tags: str) -> list[Any]:
        return [element for element in self.elements if tag_of(element) in tags]

    def text(self, element: Any) -> str:
        """Return the text of an element, as it is read out."""
        if "/ActualText" in element:
            return str(element.ActualText)
        return "".join(
            self.text(kid) if isinstance(kid, pikepdf.Dictionary) and "/S" in kid
            else self.painted.texts.get(place, "") if (place := content_of(element, kid)) else ""
            for kid in kids_of(element)
        )  # fmt: skip

    def annotations(self) -> Iterator[Any]:
        for page in self.pdf.pages:
            yield from page.obj.get("/Annots", [])


def tag_of(element: Any) -> str:
    return str(element.S)[1:]


def kids_of(element: Any) -> list[Any]:
    kids = element.get("/K", [])
    return [*kids] if isinstance(kids, pikepdf.Array) else [kids]


def children_of(element: Any) -> list[Any]:
    """Return the structure elements right below one."""
    kids = (kid for kid in kids_of(element) if isinstance(kid, pikepdf.Dictionary))
    return [kid for kid in kids if "/S" in kid]


def content_of(element: Any, kid: Any) -> tuple[tuple[int, int], int] | None:
    """Return the page object and number of marked content that is a kid of an element."""
    if isinstance(kid, int):
        return element.Pg.objgen, kid
    if isinstance(kid, pikepdf.Dictionary) and "/MCID" in kid:
        return kid.Pg.objgen, int(kid.MCID)
    return None


def _below(element: Any) -> Iterator[Any]:
    for kid in children_of(element):
        yield kid
        yield from _below(kid)


def _catalog(file: PdfFile, name: str, key: str) -> Any:
    """Return a value of a dictionary of the catalogue, None if there is none."""
    found = file.pdf.Root.get(name)
    return None if found is None else found.get(key)


def _pictures(file: PdfFile) -> Checked:
    """7.3 and 7.7."""
    found = file.of_tag("Figure", "Formula")
    said = ((e, str(e.get("/Alt", e.get("/ActualText", "")))) for e in found)
    silent = (e for e, words in said if not says_something(words))
    return checked(len(found), (f"a {tag_of(e)} has no alternative in words" for e in silent))


def _headings(file: PdfFile) -> Checked:
    """7.4.2."""
    found = [e for e in file.elements if _HEADING.fullmatch(tag_of(e))]
    return check_headings([(int(tag_of(e)[1]), file.text(e)) for e in found])


def _tables(file: PdfFile) -> Checked:
    """7.5."""
    faults = []
    tables = file.of_tag("Table")
    for number, table in enumerate(tables, start=1):
        heads = [cell for cell in _below(table) if tag_of(cell) == "TH"]
        if not heads:
            faults.append(f"table {number} has no headers")
        if not all(map(_has_scope, heads)):
            faults.append(f"a header of table {number} does not say what it is for")
    return checked(len(tables), faults)


def _has_scope(head: Any) -> bool:
    attributes = head.get("/A", pikepdf.Array())
    owners = [*attributes] if isinstance(attributes, pikepdf.Array) else [attributes]
    return any("/Scope" in owner for owner in owners)


def _lists(file: PdfFile) -> Checked:
    """7.6."""
    found = file.of_tag(*_KINDS)
    faults = [
        f"a {tag_of(e)} holds a {tag_of(kid)}"
        for e in found
        for kid in children_of(e)
        if tag_of(kid) not in _KINDS[tag_of(e)]
    ]
    return checked(len(found), faults)


def _tagged(file: PdfFile) -> Checked:
    """7.1."""
    loose = file.painted.loose
    held = {place for e in file.elements for kid in kids_of(e) if (place := content_of(e, kid))}
    lost = [text for place, text in file.painted.texts.items() if place not in held]
    faults = [f"{quoted(text) if text.strip() else 'a drawing'} is not tagged" for text in loose]
    faults += [f"{quoted(text)} is in no structure element" for text in lost if text.strip()]
    if not _catalog(file, "/MarkInfo", "/Marked") or not file.elements:
        faults.append("it is not a tagged PDF")
    return checked(len(file.painted.texts) + len(loose), faults)


def _characters(file: PdfFile) -> Checked:
    """7.21.7."""
    fonts = file.painted.fonts
    return checked(len(fonts), (f"the font {n} does not" for n, maps in fonts.items() if not maps))


def _reading_order(file: PdfFile) -> Checked:
    """ISO 32000-1, 14.8.2.3.3: glyphs stand from left to right, so the order of reading is told."""
    faults, found = [], 0
    for element in file.elements:
        for kid in kids_of(element):
            place = content_of(element, kid)
            text = file.painted.texts.get(place, "") if place else ""
            if has_letters_from_right(text):
                found += 1
                if "/ActualText" not in element:
                    faults.append(f"{quoted(text)} is stored as it is painted")
    return checked(found, faults)


def _language(file: PdfFile) -> Checked:
    """7.2."""
    return one(is_language(str(file.pdf.Root.get("/Lang", ""))), "it does not state its language")


def _passages(file: PdfFile) -> Checked:
    return check_languages([str(e.Lang) for e in file.elements if "/Lang" in e])


def _title(file: PdfFile) -> Checked:
    """7.1."""
    shown = bool(_catalog(file, "/ViewerPreferences", "/DisplayDocTitle"))
    with file.pdf.open_metadata() as metadata:
        title = str(metadata.get("dc:title") or "")
    return one(shown and bool(title.strip()), "it shows its file name instead of a title")


def _links(file: PdfFile) -> Checked:
    """7.18.5."""
    links = [link for link in file.annotations() if link.get("/Subtype") == "/Link"]
    faults = ["a link has no description" for e in links if not str(e.get("/Contents", "")).strip()]
    faults += ["a link is not tagged" for e in links if "/StructParent" not in e]
    return checked(len(links), faults)


def _tab_order(file: PdfFile) -> Checked:
    """7.18.3."""
    pages = enumerate(file.pdf.pages, start=1)
    wrong = [number for number, page in pages if page.obj.get("/Tabs") != "/S"]
    return checked(len(file.pdf.pages), (f"on page {number} it does not" for number in wrong))


def _identifiers(file: PdfFile) -> Checked:
    """7.9."""
    found = [str(e.ID) for e in file.elements if "/ID" in e]
    twice = {name for name in found if found.count(name) > 1}
    return checked(len(found), (f"`{name}` is used twice" for name in sorted(twice)))


def _open(file: PdfFile) -> Checked:
    """7.16."""
    return one(file.pdf.allow.accessibility, "its protection forbids it")


CHECKS: Mapping[str, Callable[[PdfFile], Checked]] = {
    "pictures": _pictures,
    "headings": _headings,
    "tables": _tables,
    "lists": _lists,
    "tagged": _tagged,
    "characters": _characters,
    "reading-order": _reading_order,
    "language": _language,
    "passages": _passages,
    "title": _title,
    "links": _links,
    "tab-order": _tab_order,
    "identifiers": _identifiers,
    "open": _open,
}


def _media(file: PdfFile) -> int:
    return sum(1 for found in file.annotations() if found.get("/Subtype") in _MEDIA)


def _forms(file: PdfFile) -> int:
    return len(_catalog(file, "/AcroForm", "/Fields") or ())


def _scripts(file: PdfFile) -> int:
    """Count actions that run a script, wherever in the file: by themselves, or in other objects."""
    holders = (pikepdf.Dictionary, pikepdf.Array)
    return sum(
        found.unparse(resolved=True).count(b"/S /JavaScript")
        for found in file.pdf.objects
        if isinstance(found, holders)
    )


def _motion(file: PdfFile) -> int:
    return _media(file) + sum(1 for page in file.pdf.pages if "/Trans" in page.obj)


ABSENT: Mapping[str, Callable[[PdfFile], int]] = {
    "media": _media,
    "forms": _forms,
    "scripts": _scripts,
    "motion": _motion,
}

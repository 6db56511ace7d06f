"""Checks of a Word file. In: its parts. Out: a `Checked` for each name of `CHECKS`.

They are the rules of Word's own accessibility checker that can be read from a file.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from xml.etree.ElementTree import Element

from ..colours import contrast, rgb_of_hex
from ..lint.accessible import says_nothing
from ..ooxml import KEY_FIGURES_TABLE, NAMESPACES
from ..verify.docx.contract import text_in
from ..verify.docx.package import Package
from ..verify.readback import Unreadable
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

_NAMES = dict(NAMESPACES)
_W = f"{{{NAMESPACES['w']}}}"
_DC = "{http://purl.org/dc/elements/1.1/}"
_LEAST = 4.5


class WordFile:
    """The parts of a Word file that checks read. Raises `Unreadable`."""

    def __init__(self, content: bytes) -> None:
        package = Package(content)
        self.document = package.document
        notes = (*package.related("footnotes"), *package.related("endnotes"))
        margins = (*package.related("header"), *package.related("footer"))
        self.stories = [self.document, *notes, *margins]
        styles = next(package.related("styles"), None)
        if styles is None:
            raise Unreadable("it is not a Word file: it has no styles")
        self.styles = styles
        self.properties = package.part("docProps/core.xml")
        self.has_macros = next(package.related("vbaProject"), None) is not None
        found = self.styles.iter(f"{_W}style")
        self.by_id = {style.get(f"{_W}styleId") or "": style for style in found}

    def property(self, name: str) -> str:
        found = self.properties.find(f"{_DC}{name}") if self.properties is not None else None
        return (found.text or "").strip() if found is not None else ""

    def inherited(self, style: str, path: str, attribute: str) -> str:
        """Return the value of an attribute of a style, or of those that it is based on."""
        while style in self.by_id:
            found = self.by_id[style].find(path, _NAMES)
            if found is not None and found.get(f"{_W}{attribute}"):
                return found.get(f"{_W}{attribute}") or ""
            based = self.by_id[style].find("w:basedOn", _NAMES)
            style = (based.get(f"{_W}val") or "") if based is not None else ""
        return ""

    def all(self, name: str) -> Iterator[Element]:
        """Yield elements of a name such as `w:tbl` in all parts with text."""
        prefix, _, local = name.partition(":")
        for story in self.stories:
            yield from story.iter(f"{{{NAMESPACES[prefix]}}}{local}")


def _pictures(file: WordFile) -> Checked:
    found = [drawing for drawing in file.all("wp:docPr") if not _is_ornament(drawing)]
    silent = (e for e in found if not says_something(e.get("descr") or ""))
    return checked(len(found), (f"{quoted(e.get('name') or 'a picture')} has none" for e in silent))


def _is_ornament(drawing: Element) -> bool:
    """Say whether a drawing is marked as decorative ([MS-ODRAWXML], 2.3.8)."""
    return any(e.tag.endswith("}decorative") and e.get("val") == "1" for e in drawing.iter())


def _headings(file: WordFile) -> Checked:
    found = []
    for paragraph in file.document.iter(f"{_W}p"):
        style = paragraph.find("w:pPr/w:pStyle", _NAMES)
        name = (style.get(f"{_W}val") or "") if style is not None else ""
        level = file.inherited(name, "w:pPr/w:outlineLvl", "val")
        if level:
            found.append((int(level) + 1, text_in(paragraph).strip()))
    return check_headings(found)


def _tables(file: WordFile) -> Checked:
    faults = []
    tables = [*file.all("w:tbl")]
    for number, table in enumerate(tables, start=1):
        style = table.find("w:tblPr/w:tblStyle", _NAMES)
        is_data = style is None or style.get(f"{_W}val") != KEY_FIGURES_TABLE
        if is_data and table.find("w:tr/w:trPr/w:tblHeader", _NAMES) is None:
            faults.append(f"table {number} has no header row")
        said = (table.find(f"w:tblPr/w:{n}", _NAMES) for n in ("tblCaption", "tblDescription"))
        if all(found is None for found in said):
            faults.append(f"table {number} has no alternative text")
    return checked(len(tables), faults)


def _in_line(file: WordFile) -> Checked:
    drawings = [drawing for drawing in file.all("wp:anchor") if not _is_ornament(drawing)]
    floating = [*drawings, *file.all("w:framePr"), *file.all("w:tblpPr")]
    lines = [*file.all("wp:inline"), *file.all("w:tbl")]
    return checked(len(lines) + len(floating), ("something floats" for _ in floating))


def _language(file: WordFile) -> Checked:
    found = file.styles.find("w:docDefaults//w:lang", _NAMES)
    stated = (found.get(f"{_W}val") or "") if found is not None else ""
    return one(is_language(stated), "the file does not state its language")


def _passages(file: WordFile) -> Checked:
    found = [value for e in file.all("w:lang") for value in e.attrib.values()]
    return check_languages(found)


def _title(file: WordFile) -> Checked:
    return one(bool(file.property("title")), "its properties have no title")


def _links(file: WordFile) -> Checked:
    found = [link for link in file.all("w:hyperlink") if link.find(f"{_W}r") is not None]
    return checked(len(found), ("a link is empty" for link in found if not text_in(link).strip()))


def _link_words(file: WordFile) -> Checked:
    found = [words for link in file.all("w:hyperlink") if (words := text_in(link).strip())]
    weak = (words for words in found if says_nothing(words, file.property("language")))
    return checked(len(found), (f"a link says only {quoted(words)}" for words in weak))


def _contrast(file: WordFile) -> Checked:
    """Check the colour of each style with the ground that it states, or with white.

    Those of the cover are left out: their ground is a picture, which the house style is asked of.
    """
    default = file.styles.find("w:docDefaults//w:color", _NAMES)
    ink = (default.get(f"{_W}val") or "") if default is not None else ""
    faults = []
    names = [name for name in file.by_id if not name.startswith("Cover")]
    for name in names:
        colour = file.inherited(name, "w:rPr/w:color", "val") or ink or "000000"
        ground = file.inherited(name, "w:pPr/w:shd", "fill") or "FFFFFF"
        pair = [("000000" if c == "auto" and c is colour else c) for c in (colour, ground)]
        pair = ["FFFFFF" if c == "auto" else c for c in pair]
        ratio = contrast(*(rgb_of_hex(f"#{c}") for c in pair))
        if ratio < _LEAST:
            faults.append(f"the style `{name}` has a contrast of {ratio:.1f}:1")
    return checked(len(names), faults)


CHECKS: Mapping[str, Callable[[WordFile], Checked]] = {
    "pictures": _pictures,
    "headings": _headings,
    "tables": _tables,
    "in-line": _in_line,
    "language": _language,
    "passages": _passages,
    "title": _title,
    "links": _links,
    "link-words": _link_words,
    "contrast": _contrast,
}


def _embedded(file: WordFile) -> int:
    """Return how many objects are embedded that may play something; charts are drawings."""
    return sum(1 for _ in file.all("w:object")) + sum(1 for _ in file.all("w:movie"))


def _controls(file: WordFile) -> int:
    legacy = sum(1 for _ in file.all("w:ffData"))
    kinds = ("w:text", "w:comboBox", "w:dropDownList", "w:date")
    typed = [e for e in file.all("w:sdtPr") if any(e.find(k, _NAMES) is not None for k in kinds)]
    return legacy + len(typed)


def _macros(file: WordFile) -> int:
    return int(file.has_macros)


ABSENT: Mapping[str, Callable[[WordFile], int]] = {
    "media": _embedded,
    "forms": _controls,
    "scripts": _macros,
    "motion": _embedded,
}

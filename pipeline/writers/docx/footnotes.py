"""footnotes.xml: the texts of footnotes, and the lines that Word draws above them (17.11)."""

from __future__ import annotations

from typing import Any

from docx.document import Document
from msgspec import Struct, field

from ...model.enumerators import NumberFormat
from ...ooxml import qualified, w
from ...xml import Element
from .list_numbering import as_number
from .package import parsed, part_of, word_part
from .relationships import Relationships
from .schema import child_of, insert
from .settings import footnote_separators, settings

_FORMATS = {"lower-alpha": "lowerLetter"}  # 17.18.59; others are counted in digits
_COUNTING = tuple(map(qualified, ("w:numFmt", "w:numStart", "w:numRestart")))
_SEPARATORS = (("separator", -1), ("continuationSeparator", 0))


class Footnotes(Struct):
    """Collects the footnotes while the text that calls them is written."""

    relationships: Relationships
    highest: int  # number of a footnote of the reference docx
    notes: list[Element | None] = field(default_factory=list)

    def reserve(self) -> int:
        """Return the id of a new footnote, before those that are called inside it."""
        self.notes.append(None)
        return self.highest + len(self.notes)

    def put(self, identity: int, content: list[Element]) -> None:
        self.notes[identity - self.highest - 1] = w("footnote", *content, id=identity)


def merge_footnotes(document: Document, lang: str) -> Any:
    """Return the part of the footnotes of a file, with what Word wants to find there first."""
    is_new = part_of(document.part, "footnotes") is None
    declared = word_part(document, "settings", settings(lang)).element
    if is_new and declared.find(qualified("w:footnotePr")) is None:
        insert(declared, parsed(footnote_separators()))
    separators = (_separator(name, identity) for name, identity in _SEPARATORS)
    return word_part(document, "footnotes", w("footnotes", *separators))


def number_footnotes(document: Document, numbers: NumberFormat) -> None:
    """Count all footnotes of a file in one series (17.11.17 to 17.11.20).

    Each section says so, and the settings for all of them: programs look at one or the other.
    """
    declared = part_of(document.part, "settings").element
    for place in (declared, *document.element.iter(qualified("w:sectPr"))):
        for found in place.findall(qualified("w:footnotePr")):
            for said in [*found.iterchildren(*_COUNTING)]:
                found.remove(said)
        if numbers in _FORMATS:
            insert(child_of(place, "w:footnotePr"), parsed(w("numFmt", val=_FORMATS[numbers])))


def highest_footnote(root: Any) -> int:
    return max((as_number(found.get(qualified("w:id"))) for found in root), default=0)


def _separator(kind: str, identity: int) -> Element:
    spacing = w("spacing", after=0, line=240, lineRule="auto")
    line = w("p", w("pPr", spacing), w("r", w(kind)))
    return w("footnote", line, type=kind, id=identity)

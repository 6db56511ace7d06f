"""footnotes.xml: the texts of footnotes, and the lines that Word draws above them (17.11)."""

from __future__ import annotations

from typing import Any

from docx.document import Document
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from msgspec import Struct, field

from ...ooxml import qualified, w
from ...xml import Element
from .list_numbering import as_number
from .package import add_part, parsed, part_of
from .relationships import Relationships
from .schema import insert
from .settings import footnote_separators, settings

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
    part = part_of(document.part, "footnotes")
    declared = part_of(document.part, "settings")
    if declared is None:
        kind, content_type = RELATIONSHIP_TYPE.SETTINGS, CONTENT_TYPE.WML_SETTINGS
        add_part(document.part, kind, "/word/settings.xml", content_type, settings(lang))
    elif part is None and declared.element.find(qualified("w:footnotePr")) is None:
        insert(declared.element, parsed(footnote_separators()))
    if part is None:
        kind, content_type = RELATIONSHIP_TYPE.FOOTNOTES, CONTENT_TYPE.WML_FOOTNOTES
        root = w("footnotes", *(_separator(name, identity) for name, identity in _SEPARATORS))
        part = add_part(document.part, kind, "/word/footnotes.xml", content_type, root)
    return part


def highest_footnote(root: Any) -> int:
    return max((as_number(found.get(qualified("w:id"))) for found in root), default=0)


def _separator(kind: str, identity: int) -> Element:
    spacing = w("spacing", after=0, line=240, lineRule="auto")
    line = w("p", w("pPr", spacing), w("r", w(kind)))
    return w("footnote", line, type=kind, id=identity)

"""What a reader would want of a source, and an entry does not print."""

from __future__ import annotations

import re

from ..model.references import Date, Name, Reference, RichText, plain
from .corrections import ADDRESSES, GREY

# By CSL variable, as messages call them. Series, places and the like are for the style to choose.
_FIELDS = {
    "title": "title",
    "volume-title": "title of the volume",
    "container-title": "journal or book",
    "event-title": "conference",
    "publisher": "publisher",
    "number": "number",
    "version": "version",
    "status": "status",
    "note": "note",
}
_OF_GREY = frozenset(["publisher", "number"])  # of other sources, styles may do without
_NAMES = {"author": "author", "editor": "editor", "translator": "translator"}
_FOR_ONES_WITHOUT_AUTHOR = frozenset(["editor"])


def omitted(reference: Reference, entry: RichText) -> list[str]:
    """Return in words what of a reference its entry leaves out: "note", "date"."""
    printed = _letters(plain(entry))
    links = _letters(" ".join(run.href for run in entry))
    found = [
        words
        for name, words in _FIELDS.items()
        if (name not in _OF_GREY or reference.type in GREY)
        and not _is_in(plain(reference.fields.get(name, ())), printed)
    ]
    authored = bool(reference.names.get("author"))
    found += [
        words
        for name, words in _NAMES.items()
        if not (authored and name in _FOR_ONES_WITHOUT_AUTHOR)
        and (people := reference.names.get(name))
        and not _is_in(_name(people[0]), printed)
    ]
    if not _is_in(_year(reference.dates.get("issued", Date())), printed):
        found.append("date")
    addresses = [plain(reference.fields.get(name, ())) for name in ADDRESSES]
    if any(addresses) and not any(a and _is_in(a, printed + links) for a in addresses):
        found.append("address")
    return found


def _is_in(text: str, printed: str) -> bool:
    return _letters(text) in printed


def _name(name: Name) -> str:
    return name.literal or name.family


def _year(date: Date) -> str:
    return str(abs(date.parts[0][0])) if date.parts and date.parts[0] else date.literal


def _letters(text: str) -> str:
    text = re.sub(r"\b(\d+)(?:st|nd|rd|th)\b", r"\1", text)
    return "".join(character for character in text.casefold() if character.isalnum())

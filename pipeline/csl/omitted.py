"""What a reader would want of a source, and an entry does not print."""

from __future__ import annotations

import re
from urllib.parse import unquote

from msgspec import Struct

from ..model.references import Date, Name, Reference, RichText, plain
from ..text import bare_doi
from .corrections import ADDRESSES, GREY

# By CSL variable, as messages call them.
_FIELDS = {
    "title": "title",
    "volume-title": "title of the volume",
    "container-title": "journal or book",
    "event-title": "conference",
    "publisher": "publisher",
    "number": "number",
    "volume": "volume",
    "issue": "issue",
    "page": "pages",
    "edition": "edition",
    "collection-title": "series",
    "jurisdiction": "jurisdiction",
    "version": "version",
    "status": "status",
    "note": "note",
}
OF_GREY = frozenset(["publisher", "number"])  # of other sources, styles may do without
_NAMES = {"author": "author", "editor": "editor", "translator": "translator"}
_FOR_ONES_WITHOUT_AUTHOR = frozenset(["editor"])


class _Printed(Struct, frozen=True):
    """What an entry prints, and the letters and digits of it."""

    text: str
    letters: str


def _printed(text: str) -> _Printed:
    return _Printed(text, _letters(text))


def omitted(reference: Reference, entry: RichText) -> list[str]:
    """Return in words what of a reference its entry leaves out: "note", "date"."""
    printed = _printed(plain(entry))
    linked = _printed(" ".join((plain(entry), *(run.href for run in entry))))
    found = [
        words
        for name, words in _FIELDS.items()
        if (name not in OF_GREY or reference.type in GREY)
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
    addresses += [bare_doi(unquote(address)) for address in addresses]
    if any(addresses) and not any(a and _is_in(a, linked) for a in addresses):
        found.append("address")
    return [*found, *(f"`{name}`" for name in reference.unread)]


def _is_in(text: str, printed: _Printed) -> bool:
    """Say whether a text is printed; of pages, the first is enough: 45–58, or 45-8.

    The volume 2 is not in the year 1922.
    """
    text = re.sub(r"(?<=\d)-\w+$", "", text)
    if text.isdecimal():
        return re.search(rf"(?<!\d){text}(?!\d)", printed.text) is not None
    return _letters(text) in printed.letters


def _name(name: Name) -> str:
    return name.literal or name.family


def _year(date: Date) -> str:
    return str(abs(date.parts[0][0])) if date.parts and date.parts[0] else date.literal


def _letters(text: str) -> str:
    text = re.sub(r"\b(\d+)(?:st|nd|rd|th)\b", r"\1", text)
    return re.sub(r"[\W_]+", "", text.casefold())

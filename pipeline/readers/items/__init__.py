"""An item of CSL variables, whatever format it was written in → a reference.

In: an `Item`, which is the values of CSL-JSON with their places. Out: a `Reference` that prints
as the same entry in BibTeX does, and diagnostics.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from textwrap import shorten

from msgspec import Struct
from msgspec.structs import replace

from ...bibtex import bibtex_entry
from ...diagnostics import Diagnostic, Span, did_you_mean
from ...language.tags import language_tag
from ...model.references import OTHERS, Date, Name, Reference, RichText, Run, Written, plain
from ...text import UNSAFE, doi_address, on_one_line, scheme, without_controls
from ..addresses import cleaned_address, cleaned_doi
from ..misplaced import put_right
from ..numbers import pages
from ..runs import link, run
from ..web_text import without_html
from .dates import read_date
from .people import name_in_line, read_name
from .variables import ALIASES, DATES, FIELDS, NAMES, OTHER_TYPES, TEXTS, TYPES, VARIABLES

__all__ = ["LONGEST", "Item", "name_in_line", "read_item"]

LONGEST = 10_000  # characters of one value
# A line of Zotero's field "Extra", which is exported as `note`: "PMID: 23635051".
_EXTRA = re.compile(r"[ \t]*(?P<name>[A-Za-z][\w .-]{0,40}?)[ \t]*:[ \t]*(?P<value>\S.*)")
_SETTINGS = ("citation key", "tex.")  # in such lines, for other programs
# Fields of BibTeX, by which what stands in the wrong place is found ← variables.
_MAY_BE_MISPLACED: Mapping[str, str] = {
    "volume": "volume",
    "number": "issue",
    "edition": "edition",
    "chapter": "chapter-number",
    "pages": "page",
    "pagetotal": "number-of-pages",
    "series": "collection-title",
    "publisher": "publisher",
    "location": "publisher-place",
    "doi": "DOI",
    "url": "URL",
    "isbn": "ISBN",
    "issn": "ISSN",
    "note": "note",
    "type": "genre",
    "journal": "container-title",
}
_LANGUAGES: Mapping[str, str] = {"english": "en", "french": "fr", "german": "de", "spanish": "es"}


class Item(Struct, frozen=True):
    """`values` are those of CSL-JSON by variable; `places` says where each of them was written."""

    key: str
    values: Mapping[str, object]
    span: Span  # of the key
    places: Mapping[str, Span] = {}


def read_item(item: Item) -> tuple[Reference, list[Diagnostic]]:
    """Return the reference that an item is. What cannot be read is reported, and left out."""
    return _Reading(item).reference()


class _Reading:
    def __init__(self, item: Item) -> None:
        self.item = item
        self.diagnostics: list[Diagnostic] = []
        self.values = _variables(item.values)

    def reference(self) -> tuple[Reference, list[Diagnostic]]:
        self._take_from_note()
        self._put_right()
        fields: dict[str, RichText] = {}
        names: dict[str, tuple[Name, ...]] = {}
        dates: dict[str, Date] = {}
        for name, value in self.values.items():
            if value in (None, "", [], {}):
                continue
            if name in NAMES and (people := self._names(name, value)):
                names[name] = people
            elif name in DATES and (date := self._date(name, value)):
                dates[name] = date
            elif name in TEXTS and (text := self._text(name, value)):
                fields[name] = text
        title = plain(fields.get("title", ()))
        if title and plain(fields.get("container-title", ())).casefold() == title.casefold():
            del fields["container-title"]
        reference = Reference(
            key=self.item.key,
            type=self._type(),
            fields=fields,
            names=names,
            dates=dates,
            written=self._written(),
            span=self.item.span,
        )
        return replace(reference, source=bibtex_entry(reference)), self.diagnostics

    def _report(self, code: str, message: str, name: str, hint: str = "") -> None:
        place = self.item.places.get(name, self.item.span)
        self.diagnostics.append(Diagnostic(code, message, place, hint))

    def _wrong(self, name: str, expected: str) -> None:
        message = f"`{name}` of `{self.item.key}` is not {expected}, and is left out"
        self._report("bad-reference", message, name)

    def _type(self) -> str:
        written = self.item.values.get("type")
        kind = written.strip() if isinstance(written, str) else ""
        kind = OTHER_TYPES.get(kind, kind)
        if kind in TYPES:
            return kind
        if kind:
            message = f"`{kind[:60]}` is an unknown type; it is treated as `document`"
            self._report("unknown-entry-type", message, "type", did_you_mean(kind, TYPES))
        return "document"

    def _text(self, name: str, value: object) -> RichText:
        if isinstance(value, list) and len(value) == 1:  # Crossref's titles
            value = value[0]
        if isinstance(value, bool) or not isinstance(value, str | int | float):
            self._wrong(name, "a text")
            return ()
        text = without_controls(on_one_line(str(value))).strip()
        if len(text) > LONGEST:
            self._wrong(name, f"a text of up to {LONGEST} characters")
            return ()
        match name:
            case "DOI":
                doi = cleaned_doi(text)
                return (Run(doi, href=doi_address(doi)),) if doi else ()
            case "URL" | "archive-url":
                return self._address(name, cleaned_address(text))
            case "page":
                return run(pages(text))
            case "language":
                return run(_LANGUAGES.get(text.lower(), "") or language_tag(text))
            case _:
                return without_html((Run(text),)) if text else ()

    def _address(self, name: str, address: str) -> RichText:
        if scheme(address) in UNSAFE:
            message = f"`{name}` contains `{address[:60]}`, which is not a web address"
            hint = "an address begins with https://, http:// or ftp://"
            self._report("unsafe-link", message, name, hint)
        return link(address)

    def _names(self, name: str, value: object) -> tuple[Name, ...]:
        found = [read_name(each) for each in (value if isinstance(value, list) else [value])]
        if None in found:
            self._wrong(name, "a list of names")
        people = [person for person in dict.fromkeys(found) if person is not None]
        others = [OTHERS] if OTHERS in people else []
        clean = (_clean(person) for person in people if person != OTHERS)
        return (*clean, *others)

    def _date(self, name: str, value: object) -> Date | None:
        date = read_date(value)
        if date is None:
            self._wrong(name, "a date")
        elif date.literal:
            message = (
                f"`{date.literal[:60]}` is not a date that can be read; it is printed as it is"
            )
            self._report("bad-bibtex-date", message, name, "write it like 2026-01-28 or 2026")
            date = replace(date, literal=without_controls(date.literal))
        return date

    def _take_from_note(self) -> None:
        """Move lines like "PMID: 23635051" in a note to the variables that they name."""
        note = self.values.get("note")
        if not isinstance(note, str):
            return
        rest = []
        for line in note.splitlines():
            found = _EXTRA.fullmatch(line)
            name = _variable(found["name"]) if found else ""
            if found and found["name"].lower().startswith(_SETTINGS):
                continue
            if found and name in VARIABLES - NAMES and not self.values.get(name):
                self.values[name] = found["value"].strip()
            else:
                rest.append(line)
        self.values["note"] = "\n".join(rest).strip()

    def _put_right(self) -> None:
        """Move what stands in a variable where it does not belong, as in a .bib file."""
        texts = {
            name: str(self.values[variable])
            for name, variable in _MAY_BE_MISPLACED.items()
            if isinstance(self.values.get(variable), str | int) and self.values[variable]
        }
        if self.values.get("accessed"):
            texts["urldate"] = "given"
        put, left_out = put_right(texts)
        for name, variable in _MAY_BE_MISPLACED.items():
            if put.get(name) != texts.get(name):
                self.values[variable] = put.get(name, "")
        if (day := put.get("urldate", "given")) != "given":
            self.values["accessed"] = day
        for name, words in dict.fromkeys(left_out):
            message = f"`{shorten(words, 60, placeholder='…')}` in `{name}` is left out"
            variable = _MAY_BE_MISPLACED.get(name, name)
            self._report("repaired-bibtex", message, variable, "write only what belongs there")

    def _written(self) -> dict[str, Written]:
        return {
            FIELDS.get(name, name): Written(_as_written(value), place, place)
            for name, place in self.item.places.items()
            if (value := self.item.values.get(name)) is not None
        }


def _variables(values: Mapping[str, object]) -> dict[str, object]:
    """Return the values by today's names of the variables; what has such a name goes first."""
    found = {name: value for name, value in values.items() if name in VARIABLES}
    for alias, name in ALIASES.items():
        if alias in values:
            found.setdefault(name, values[alias])
    return found


def _variable(written: str) -> str:
    """Return the variable that a line of Zotero's "Extra" names: "Original Date", "doi"."""
    name = written.strip().lower().replace(" ", "-")
    return name.upper() if name.upper() in TEXTS else name


def _as_written(value: object) -> str:
    return without_controls(value) if isinstance(value, str) else ""


def _clean(name: Name) -> Name:
    return Name(*(without_controls(getattr(name, part)) for part in Name.__struct_fields__))

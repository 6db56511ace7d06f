"""One reference while its entry is rendered: its variables, and which of them were printed."""

from __future__ import annotations

import re
from typing import NamedTuple

from msgspec import Struct, field
from msgspec.structs import astuple, replace

from ..model.references import Date, Name, Reference, RichText, plain
from ..text import doi_address
from .elements import Style
from .localisation import Locale
from .marked import clean, encode, link
from .quotes import mark_quotes, without_stop

# What the engine calculates with: no dress, no quotes.
_CALCULATED = frozenset(["language", "number-of-pages", "number-of-volumes", "page"])
_BEHIND_FIRST_PAGE = re.compile(r"(?<=\w)\s*[-–,&].*", re.DOTALL)
_NO_DATE, _NO_NAME = Date(), Name()


class Output(NamedTuple):
    """What an element gives: a text with marks, whether it asks for variables, and finds one."""

    text: str
    asked: bool = False
    found: bool = False


NOTHING = Output("")


class Scope(Struct):
    """A reference in a style and a locale. `links` are the targets of the links in its texts."""

    style: Style
    locale: Locale
    type: str
    fields: dict[str, str]
    names: dict[str, tuple[Name, ...]]
    dates: dict[str, Date]
    links: list[str]
    corrected: bool = False  # by `corrections`
    suppressed: set[str] = field(default_factory=set)  # substituted (CSL 1.0.2, substitute)
    printed: list[str] = field(default_factory=list)  # variables in the order of the entry
    first_names: tuple[Name, ...] = ()  # of the first names that are printed
    names_before: tuple[Name, ...] = ()  # those of the entry before

    def has(self, variable: str) -> bool:
        return variable in self.fields or variable in self.names or variable in self.dates

    def field(self, variable: str) -> str:
        """Return the text of a variable that is going to be printed; "" for none."""
        text = self.fields.get(variable, "")
        if not text or variable in self.suppressed:
            return ""
        self.printed.append(variable)
        return text

    def people(self, variable: str) -> tuple[Name, ...]:
        people = self.names.get(variable, ())
        if not people or variable in self.suppressed:
            return ()
        self.printed.append(variable)
        return people

    def date(self, variable: str) -> Date | None:
        date = self.dates.get(variable)
        if date is None or variable in self.suppressed:
            return None
        self.printed.append(variable)
        return date


def scope_of(reference: Reference, style: Style, locale: Locale, corrected: bool = False) -> Scope:
    """Return a reference ready to be rendered; what is empty is not there."""
    links: list[str] = []
    fields = {
        name: encoded
        for name, text in reference.fields.items()
        if (encoded := _field(name, text, links))
    }
    if "event-title" in fields:
        fields.setdefault("event", fields["event-title"])  # its name until CSL 1.0.1
    if "page" in fields:
        fields.setdefault("page-first", _BEHIND_FIRST_PAGE.sub("", fields["page"]))
    people = (
        (name, tuple(_name(person) for person in persons if person != _NO_NAME))
        for name, persons in reference.names.items()
    )
    dates = {
        name: replace(date, literal=mark_quotes(clean(date.literal)))
        for name, date in reference.dates.items()
        if date != _NO_DATE
    }
    return Scope(
        style,
        locale.for_type(reference.type),
        reference.type,
        fields,
        {name: persons for name, persons in people if persons},
        dates,
        links,
        corrected,
    )


def _field(name: str, text: RichText, links: list[str]) -> str:
    bare = clean(plain(text)).strip()
    match name:
        case _ if not bare:
            return ""
        case "URL":
            return link(bare, bare, links)
        case "DOI":
            return link(bare, doi_address(bare) or bare, links)
        case "title":
            return without_stop(mark_quotes(encode(text, links)))
        case _ if name in _CALCULATED:
            return bare.replace("--", "-")
        case _:
            return mark_quotes(encode(text, links))


def _name(name: Name) -> Name:
    """Return a name without what no output can hold; one that is given alone is a family."""
    if not name.family and not name.literal:
        name = replace(name, family=name.given, given="")
    return Name(*(mark_quotes(clean(part)) for part in astuple(name)))

"""A reference as the engine reads it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from msgspec.structs import replace

from ..model.references import Date, Name, Reference, RichText, plain
from .dress import clean, doi_address, encode, is_web_address, link
from .punctuation import mark_quotes, without_stop

# What the engine calculates with: no dress, no quotes.
_PLAIN = frozenset(["language", "number-of-pages", "number-of-volumes", "page"])


class Missing(Exception):
    """A variable that is wanted has no value."""


class Variables:
    """The variables of a reference by CSL name."""

    def __init__(self, type_: str, values: dict[str, Any]) -> None:
        self.type, self._values = type_, values
        self._read: set[str] = set()

    def __contains__(self, name: str) -> bool:
        return name in self._values

    def __getitem__(self, name: str) -> Any:
        if name not in self._values:
            raise Missing
        self._read.add(name)
        return self._values[name]

    def get(self, name: str, default: Any = None) -> Any:
        self._read.add(name)
        return self._values.get(name, default)

    @contextmanager
    def reading(self) -> Iterator[set[str]]:
        """Give the set of the variables that are read from now on."""
        before, self._read = self._read, set()
        yield self._read
        self._read |= before

    def forget(self, names: Iterable[str]) -> None:
        for name in names:
            self._values.pop(name, None)


def item_of(reference: Reference, links: list[str]) -> Variables:
    """Return a reference for the engine; the targets of its links are added to `links`."""
    values: dict[str, Any] = {}
    for name, text in reference.fields.items():
        if encoded := _field(name, text, links):
            values[name] = encoded
    if "event-title" in values:
        values.setdefault("event", values["event-title"])  # its name until CSL 1.0.1
    for name, people in reference.names.items():
        if known := tuple(_name(person) for person in people if person != Name()):
            values[name] = known
    for name, date in reference.dates.items():
        if date != Date():
            values[name] = replace(date, literal=mark_quotes(clean(date.literal)))
    return Variables(reference.type, values)


def _field(name: str, text: RichText, links: list[str]) -> str:
    bare = clean(plain(text)).strip()
    match name:
        case _ if not bare:
            return ""
        case "URL":
            return link(bare, bare, links) if is_web_address(bare) else bare
        case "DOI":
            return link(bare, doi_address(bare), links)
        case "title":
            return without_stop(mark_quotes(encode(text, links)))
        case _ if name in _PLAIN:
            return bare.replace("--", "-")
        case _:
            return mark_quotes(encode(text, links))


def _name(name: Name) -> Name:
    return Name(
        *(
            mark_quotes(clean(part))
            for part in (
                name.family,
                name.given,
                name.dropping_particle,
                name.non_dropping_particle,
                name.suffix,
                name.literal,
            )
        )
    )

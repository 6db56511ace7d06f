"""A brief as a reference, for those who cite it."""

from __future__ import annotations

import datetime

from msgspec.structs import replace

from .csl import CitationStyle, format_entry
from .diagnostics import Span
from .model import Brief, Person
from .model.references import Date, Name, Reference, RichText, Run, plain


def as_reference(brief: Brief, publisher: str, key: str, url: str) -> Reference:
    """Return a brief as a report. `publisher` is the name of the house, `url` the address of the
    page, "" if it is unknown."""
    front = brief.front
    texts = {
        "title": brief.title,
        "publisher": publisher,
        "URL": url,
        "language": front.lang,
        "version": front.edition,
    }
    fields: dict[str, RichText] = {name: (Run(words),) for name, words in texts.items() if words}
    names = tuple(map(_name, front.authors)) or (Name(literal=publisher),)
    dates = {"issued": Date((_parts(front.created),))} if front.created else {}
    return Reference(
        key, "report", fields, {"author": names}, dates, entry_type="report", span=Span.of_file("")
    )


def in_words(reference: Reference, style: CitationStyle, lang: str) -> str:
    """Return the entry of a brief; a publisher that is its author, too, is named once."""
    (author, *others) = reference.names["author"]
    if not others and author.literal == plain(reference.fields.get("publisher", ())):
        fields = {k: field for k, field in reference.fields.items() if k != "publisher"}
        reference = replace(reference, fields=fields)
    return plain(format_entry(reference, style, lang))


def _name(person: Person) -> Name:
    """Return a name as CSL has it; of one in several words, the last is the family name."""
    given, _, family = person.name.rpartition(" ")
    return Name(family=family, given=given) if given else Name(literal=person.name)


def _parts(day: datetime.date) -> tuple[int, int, int]:
    return day.year, day.month, day.day

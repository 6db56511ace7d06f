"""How to cite a brief of a site: in words, and for reference managers."""

from __future__ import annotations

import datetime
import re

from msgspec import Struct

from ..csl import CitationStyle, format_entry
from ..csl.item import csl_item
from ..diagnostics import Span
from ..diagnostics.render import json_text
from ..model import Brief, Person
from ..model.references import Date, Name, Reference, RichText, Run, plain

_SPECIAL = re.compile(r"[\\{}#$%&_~^]")
_ESCAPES = {"\\": r"\textbackslash{}", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}"}


class HowToCite(Struct, frozen=True):
    text: str
    bibtex: str
    csl_json: str


def how_to_cite(
    brief: Brief, style: CitationStyle, publisher: str, key: str, url: str
) -> HowToCite:
    """Return how to cite a brief: its entry in a citation style, as BibTeX, and as CSL-JSON.

    `publisher` is the name of the house, `url` the address of the page, "" if it is unknown.
    """
    reference = as_reference(brief, publisher, key, url)
    text = plain(format_entry(reference, style, brief.front.lang))
    return HowToCite(text, _bibtex(reference, brief), json_text([csl_item(reference)]))


def as_reference(brief: Brief, publisher: str, key: str, url: str) -> Reference:
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


def _name(person: Person) -> Name:
    """Return a name as CSL has it; of one in several words, the last is the family name."""
    given, _, family = person.name.rpartition(" ")
    return Name(family=family, given=given) if given else Name(literal=person.name)


def _parts(day: datetime.date) -> tuple[int, int, int]:
    return day.year, day.month, day.day


def _bibtex(reference: Reference, brief: Brief) -> str:
    names = " and ".join(
        f"{name.family}, {name.given}" if name.family else f"{{{_tex(name.literal)}}}"
        for name in reference.names["author"]
    )
    day = brief.front.created
    fields = {
        "author": names if "{" in names else _tex(names),
        "title": f"{{{_tex(brief.title)}}}",
        "institution": _tex(plain(reference.fields["publisher"])),
        "year": str(day.year) if day else "",
        "date": day.isoformat() if day else "",
        "version": _tex(brief.front.edition),
        "url": plain(reference.fields.get("URL", ())),
    }
    lines = [f"  {name} = {{{value}}}," for name, value in fields.items() if value]
    return "\n".join((f"@techreport{{{reference.key},", *lines, "}")) + "\n"


def _tex(words: str) -> str:
    return _SPECIAL.sub(lambda found: _ESCAPES.get(found[0], "\\" + found[0]), words)

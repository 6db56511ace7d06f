"""How to cite a brief of a site: in words, and for reference managers."""

from __future__ import annotations

import re

from msgspec import Struct

from ..citing import as_reference, in_words
from ..csl import CitationStyle
from ..csl.item import csl_item
from ..diagnostics.render import json_text
from ..model import Brief
from ..model.references import Reference, plain

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
    text = in_words(reference, style, brief.front.lang)
    return HowToCite(text, _bibtex(reference, brief), json_text([csl_item(reference)]))


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

"""What the first page says below the facts of a brief, if the house wants it: topics, how to cite
the brief, and the address of its page."""

from __future__ import annotations

from collections.abc import Iterator

from .citing import as_reference, in_words
from .language.terms import term
from .numbering import NumberedBrief
from .page_names import page_address
from .running import without_scheme
from .styles import House
from .title_block import ImprintLine, keywords


def first_page_lines(numbered: NumberedBrief, house: House) -> tuple[ImprintLine, ...]:
    """Return the lines in the order in which they are printed; an empty one is left out."""
    return tuple(line for line in _lines(numbered, house) if line.text)


def _lines(numbered: NumberedBrief, house: House) -> Iterator[ImprintLine]:
    front, wanted = numbered.brief.front, house.first_page
    if wanted.topics == "on":
        yield ImprintLine("keywords", term("keywords", front.lang), keywords(front))
    if wanted.cite_as == "on":
        yield ImprintLine("cite-as", term("cite-this", front.lang), cite_as(numbered, house))
    if wanted.url == "on":
        address = page_address(house.site["url"], numbered.brief.name)
        yield ImprintLine("url", "", without_scheme(address))


def cite_as(numbered: NumberedBrief, house: House) -> str:
    """Return the entry of a brief in its own citation style."""
    brief = numbered.brief
    address = page_address(house.site["url"], brief.name)
    reference = as_reference(brief, house.name, brief.name, address)
    return in_words(reference, numbered.citation_style, brief.front.lang)

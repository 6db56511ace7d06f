"""The list of references, and the links back to where each is cited."""

from __future__ import annotations

import re

from ...csl import entry_language, format_entry
from ...language.terms import locator_text
from ...model import Anchor
from ...model.references import Reference, RichText, Run
from ...numbering import Place
from ...text import link_target
from .last_lines import entry_held
from .markup import Attributes, element, language, text
from .medium import Page

_FEW_PLACES = 4  # of a work that is cited more often, the web page shows the list folded


def bibliography_to_html(page: Page) -> str:
    """Return one list item for each reference, in number order."""
    return "\n".join(_reference(reference, page) for reference in page.numbered.bibliography)


def _reference(reference: Reference, page: Page) -> str:
    anchor = reference.anchor
    identity = {"class": "label", "data-anchor": str(anchor)}
    label = element("span", text(_label(anchor, page)), identity)
    runs = format_entry(reference, page.front.citation_style, page.lang)
    runs = entry_held(runs) if page.printed else runs
    lang = entry_language(reference, page.lang)
    other = language(lang, page.lang) if lang != page.lang else {}
    attributes = {"class": "entry", **other}
    entry = element("span", richtext_to_html(runs), attributes)
    places = _back_references(page.numbered.cited_at.get(anchor, ()), page)
    attributes = {"class": "reference", "id": page.id(anchor), **page.place(reference.span)}
    return element("li", f"{label} {entry} {places}".rstrip(), attributes)


def _label(anchor: Anchor, page: Page) -> str:
    """Return a number as the list shows it: as the house's marks do, or "3."."""
    marks = page.numbered.marks
    if marks.each or marks.opening == "[":
        return marks.opening + page.number(anchor) + marks.closing
    return f"{page.number(anchor)}."


def _back_references(places: tuple[Place, ...], page: Page) -> str:
    if not places:
        return ""
    cited_in = page.term("cited-in")
    places_said = ", ".join(_back_reference(place, page) for place in places)
    attributes: Attributes = {"class": "back-references", "open": len(places) <= _FEW_PLACES}
    if page.printed:
        return element("span", f"{text(cited_in)} {places_said}", {"class": "back-references"})
    return element("details", f"{element('summary', text(cited_in))} {places_said}", attributes)


def _back_reference(place: Place, page: Page) -> str:
    """Return "Section 2 (p. 3)": the page where it is known. The link says both in words."""
    number = page.pages.get(place.citation)
    said = f"{page.term('cited-in')} {place.label}"
    href = page.href(place.citation)
    if not number:
        return element("a", text(place.label), {"href": href, "title": said})
    mark = {"data-page-of": str(place.citation)}
    title = f"{said}, {page.term('page-number').format(page=number)}"
    link = element("a", text(place.label), {"href": href, "title": title, **mark})
    before, _, after = locator_text("page", number, page.lang).partition(number)
    printed = element("span", number, {"class": "page-number", **mark})
    return f"{link} ({text(before)}{printed}{text(after)})"


def richtext_to_html(runs: RichText) -> str:
    return "".join(_run(run) for run in runs)


def _run(run: Run) -> str:
    """Return one run, its outer blanks outside every tag.

    WeasyPrint breaks a line too early after a run that ends with a blank before a tag opens.
    """
    bare = run.text.strip(" ")
    if not bare:
        return run.text
    before, _, after = run.text.partition(bare)
    return f"{before}{_dressed(run, _kept(bare))}{after}"


def _kept(words: str) -> str:
    """Return text whose pages, and the hosts of addresses, stay on one line."""
    pieces = re.split(r"(https?://[^/]{,40}|(?:\w{1,4}\.[ \xa0])?\d+–\d+)", words)
    for place, piece in enumerate(pieces):
        kept = place % 2 and piece != words
        pieces[place] = element("span", text(piece), {"class": "kept"}) if kept else text(piece)
    return "".join(pieces)


def _dressed(run: Run, content: str) -> str:
    if run.position in ("super", "sub"):
        content = element("sup" if run.position == "super" else "sub", content)
    if run.small_caps:
        content = element("span", content, {"class": "small-caps"})
    if run.underline:
        content = element("u", content)
    if run.italic:
        content = element("i", content)
    if run.bold:
        content = element("b", content)
    if href := link_target(run.href):
        # WeasyPrint cuts the first word of a link that may break anywhere, rather than moving it.
        longest = max(map(len, re.split(r"(?<=[-/?])", run.text)))
        return element("a", content, {"href": href, "class": "long" if longest > 60 else None})
    bare = not (run.position or run.small_caps or run.underline or run.italic or run.bold)
    return element("span", content) if bare else content

"""The list of references, and the links back to where each is cited."""

from __future__ import annotations

import re

from ...csl import entry_language
from ...direction import is_upright
from ...kept_words import entry_held
from ...model import Anchor, Change
from ...model.references import Reference, RichText, Run
from ...numbering import Place
from ...text import link_target
from .changes import in_change, marked
from .markup import KEPT, Attributes, element, language, link_direction, prose, text
from .page import Page


def bibliography_to_html(page: Page) -> str:
    """Return one list item for each reference, in number order; below them those of a redline that
    only the older edition cites."""
    redline, found = page.numbered.redline, page.numbered.bibliography
    listed = [_reference(reference, page) for reference in found]
    if redline:
        older = in_change(page, "deleted")
        listed += [_reference(reference, older) for reference in redline.gone]
    return "\n".join(listed)


def _reference(reference: Reference, page: Page) -> str:
    anchor, redline = reference.anchor, page.numbered.redline
    change: Change | None = "deleted" if page.is_deleted else None
    if redline and anchor in redline.new:
        change = "inserted"
    identity = {"class": "label", **page.anchored(anchor)}
    printed = text(_label(anchor, page))
    label = element("span", element("del", printed) if page.is_deleted else printed, identity)
    runs = entry_held(page.numbered.entry(reference))
    lang = entry_language(reference, page.lang)
    other = language(lang, page.lang) if lang != page.lang else {}
    attributes = {"class": "entry", **other}
    words = richtext_to_html(runs, page)
    if change:
        words = marked(words, change, page, labelled=False)
    entry = element("span", words, attributes)
    cited_at = page.numbered.cited_at.get(anchor)
    places = ""
    if cited_at and not page.is_deleted:
        places = page.back_references(cited_at, _label(anchor, page))
    item = {"class": "reference", "id": page.id(anchor), **page.place(reference.span)}
    return element("li", f"{label} {entry} {places}".rstrip(), item)


def _label(anchor: Anchor, page: Page) -> str:
    """Return a number as the list shows it: as the house's marks do, or "3."."""
    marks = page.numbered.marks
    if marks.each or marks.opening == "[":
        return marks.opening + page.number(anchor) + marks.closing
    return f"{page.number(anchor)}."


def back_reference(place: Place, page: Page, words: str, attributes: Attributes) -> str:
    """Return the link to where a reference is cited: "Section 2". `words` are its title."""
    href = page.href(place.citation)
    return element("a", text(place.label), {"href": href, "title": words, **attributes})


def richtext_to_html(runs: RichText, page: Page) -> str:
    return "".join(_changed(run, page) for run in runs)


def _changed(run: Run, page: Page) -> str:
    """Return one run with its language, and as what it is in a redline."""
    content = _run(run, page.lang)
    if run.lang:
        content = element("span", content, language(run.lang, page.lang))
    return marked(content, run.change, page, labelled=False) if run.change else content


def _run(run: Run, around: str) -> str:
    """Return one run, its outer spaces outside every tag.

    WeasyPrint breaks a line too early after a run that ends with a space before a tag opens.
    """
    bare = run.text.strip(" ")
    if not bare:
        return run.text
    before, _, after = run.text.partition(bare)
    return f"{before}{_formatted(run, _kept(bare), around)}{after}"


def _kept(words: str) -> str:
    """Return text with pages and their word, and hosts of addresses, that stay on one line."""
    pieces = re.split(r"(https?://[^/]{,40}|\w{1,4}\.[ \xa0]\d+–\d+)", words)
    for place, piece in enumerate(pieces):
        kept = place % 2 and piece != words
        pieces[place] = element("span", text(piece), KEPT) if kept else prose(piece)
    return "".join(pieces)


def _formatted(run: Run, content: str, around: str) -> str:
    bare = content
    for tag, wanted in (
        ("sup", run.position == "super"),
        ("sub", run.position == "sub"),
        ("span", run.small_caps),
        ("u", run.underline),
        ("i", run.italic and not is_upright(run.text)),
        ("b", run.bold),
    ):
        if wanted:
            content = element(tag, content, {"class": "small-caps"} if tag == "span" else None)
    if href := link_target(run.href):
        # WeasyPrint cuts the first word of a link that may break anywhere, rather than moving it.
        longest = max(map(len, re.split(r"(?<=[-/?])", run.text)))
        style = "long" if longest > 60 else None
        direction = link_direction(run.text, around)
        return element("a", content, {"href": href, "class": style, "dir": direction})
    return element("span", content) if content == bare else content

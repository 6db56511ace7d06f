"""What stands round the text of a brief: the values that `styles/brief.html.j2` puts in place."""

from __future__ import annotations

import datetime
from typing import Any

from markupsafe import Markup

from ...labels import heading_label
from ...language.dates import long_date
from ...model import BIBLIOGRAPHY, Anchor, Footnote, Heading, Person, plain
from ...styles import Styles
from .bibliography import bibliography_to_html
from .blocks import blocks_to_html
from .inlines import as_listed, inlines_to_html
from .looks import looks
from .markup import element, language, text
from .medium import Page

_CONTENTS_LEVELS = 2
_TERMS = ("skip-to-text", "contents", "footnotes", "references", "draft", "licence", "contact")


def frame(page: Page, styles: Styles) -> dict[str, Any]:
    """Return the values of the template; a value that is `Markup` is HTML already."""
    front = page.front
    brief = page.numbered.brief
    opening = _opening(page)
    return {
        "root": {**language(page.lang), "class": _layout_class(page)},
        "title": brief.title,
        "house": styles.house,
        "front": front,
        "terms": {name: page.term(name) for name in _TERMS},
        "printed": page.printed,
        "draft": page.numbered.draft,
        "css": Markup(looks(page, styles)),
        "title_html": Markup(inlines_to_html(front.title, page)) or brief.title,
        "subtitle": Markup(inlines_to_html(front.subtitle, page)),
        "description": plain(front.subtitle),
        "disclaimer": Markup(inlines_to_html(front.disclaimer, page)),
        "checked_on": _date_line(page, "checked-on", front.checked_on),
        "date": _date_line(page, "", None if front.checked_on else front.date),
        "created": front.date or front.checked_on,
        "modified": front.checked_on or front.date,
        "edition": page.term("edition").format(edition=front.edition) if front.edition else "",
        "authors": [_person(person) for person in front.authors],
        "reviewed_by": _reviewed_by(page),
        "opening": Markup(blocks_to_html(brief.blocks[:opening], page)),
        "contents": Markup(_contents(page)) if page.has_contents else "",
        "body": Markup(blocks_to_html(brief.blocks[opening:], page)),
        "footnotes": Markup("" if page.printed else _footnotes(page)),
        "bibliography": Markup(bibliography_to_html(page)),
    }


def _layout_class(page: Page) -> str | None:
    return "two-columns" if page.printed and page.front.columns == 2 else None


# The title block -------------------------------------------------------------------------------


def _opening(page: Page) -> int:
    """Return how many blocks stand before the contents: all before the first heading."""
    blocks = page.numbered.brief.blocks
    return next((i for i, block in enumerate(blocks) if isinstance(block, Heading)), len(blocks))


def _person(person: Person) -> str:
    return ", ".join(filter(None, (person.name, person.affiliation)))


def _reviewed_by(page: Page) -> str:
    names = ", ".join(person.name for person in page.front.reviewers)
    return page.term("reviewed-by").format(names=names) if names else ""


def _date_line(page: Page, name: str, date: datetime.date | None) -> Markup:
    """Return a date in words, in the sentence of a term if one is named."""
    if date is None:
        return Markup("")
    words = element("time", text(long_date(date, page.lang)), {"datetime": date.isoformat()})
    sentence = text(page.term(name)) if name else "{date}"
    return Markup(sentence.replace("{date}", words))


# Contents and footnotes ------------------------------------------------------------------------


def _contents(page: Page) -> str:
    """Return the list of headings, without citations; in print with the pages they stand on."""
    entries = [
        (
            heading.level,
            heading.anchor,
            heading_label(page.number(heading.anchor)),
            inlines_to_html(as_listed(heading, page), page),
        )
        for heading in page.headings
        if heading.level <= _CONTENTS_LEVELS
    ]
    if page.numbered.bibliography:
        entries.append((1, BIBLIOGRAPHY, "", text(page.term("references"))))
    return "\n".join(_contents_entry(page, *entry) for entry in entries)


def _contents_entry(page: Page, level: int, anchor: Anchor, label: str, words: str) -> str:
    link = element("a", f"{text(label)} {words}".strip(), {"href": page.href(anchor)})
    if page.printed:
        link = element("span", link)  # WeasyPrint loses a link that is a flex item itself
    attributes = {"class": f"level-{level}"}
    if page.printed:
        attributes |= {"data-page": page.pages.get(anchor, "0"), "data-page-of": str(anchor)}
    return element("li", link, attributes)


def _footnotes(page: Page) -> str:
    return "\n".join(_footnote(footnote, page) for footnote in page.footnotes)


def _footnote(footnote: Footnote, page: Page) -> str:
    """Return a footnote as the web page lists it, with the way back to its call."""
    anchor = footnote.anchor
    number = element("span", text(page.number(anchor)), {"class": "number"})
    attributes = {
        "class": "back",
        "href": page.href(anchor.call),
        "role": "doc-backlink",
        "aria-label": f"{page.term('back-to-text')} ({page.number(anchor)})",
    }
    back = element("a", "↩", attributes)
    content = f"{blocks_to_html(footnote.blocks, page)} {back}"
    body = element("div", content, {"class": "footnote-text"})
    return element("li", f"{number} {body}", {"class": "footnote", "id": page.id(anchor)})

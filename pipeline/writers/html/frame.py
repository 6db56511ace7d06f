"""What stands round the text of a brief: values for `styles/brief.html.j2`."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any

import jinja2
from markupsafe import Markup

from ...labels import heading_label
from ...language.dates import long_date
from ...model import BIBLIOGRAPHY, Anchor, Heading, Person, plain
from ...styles import BadTemplate, Styles
from .bibliography import bibliography_to_html
from .blocks import blocks_to_html
from .inlines import as_listed, inlines_to_html
from .markup import element, language, text
from .page import Page

_CONTENTS_LEVELS = 2
_TERMS = ("skip-to-text", "contents", "footnotes", "references", "draft", "licence", "contact")


def fill_template(page: Page, styles: Styles, values: Mapping[str, Any]) -> str:
    """Return a whole page. `values` are those that the web page and the print page differ in.

    Raises `BadTemplate` for a mistake in the template of a house style.
    """
    environment = jinja2.Environment(
        autoescape=True, undefined=jinja2.StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    try:
        template = environment.from_string(styles.files["brief.html.j2"])
        return template.render({**_frame(page), **values}) + "\n"
    except jinja2.TemplateError as error:
        line = getattr(error, "lineno", None)
        place = f"brief.html.j2:{line}" if line else "brief.html.j2"
        raise BadTemplate(f"{place}: {error}") from None


def _frame(page: Page) -> dict[str, Any]:
    """Return the values that both pages have; one that is `Markup` is HTML already."""
    front = page.front
    brief = page.numbered.brief
    opening = _opening(page)
    return {
        "root": language(page.lang),
        "title": brief.title,
        "house": page.house,
        "front": front,
        "terms": {name: page.term(name) for name in _TERMS},
        "draft": page.numbered.draft,
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
        "body": Markup(blocks_to_html(brief.blocks[opening:], page)),
        "bibliography": Markup(bibliography_to_html(page)),
    }


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


# Contents --------------------------------------------------------------------------------------


def contents_to_html(page: Page) -> str:
    """Return one list item for each heading, without citations, and for the references."""
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
    content, attributes = page.contents_entry(anchor, link)
    return element("li", content, {"class": f"level-{level}", **attributes})

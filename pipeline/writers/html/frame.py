"""What surrounds the text of a brief: values for `styles/brief.html.j2`."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Any

import jinja2
from markupsafe import Markup
from msgspec.structs import replace

from ...contents import Entry, before_and_after, contents_entries
from ...first_page import first_page_lines
from ...language.dates import long_date
from ...model import Change, ImageFile, plain
from ...styles import BadTemplate, Styles
from ...title_block import (
    BETWEEN_FACTS,
    Fact,
    ImprintLine,
    between_authors,
    title_block,
    versions,
    versions_of_facts,
    versions_of_lines,
)
from .bibliography import bibliography_to_html
from .blocks import blocks_to_html
from .changes import marked, summary_to_html
from .inlines import inlines_to_html
from .markup import element, language, start_tag, text
from .page import Page

_TERMS = ("skip-to-text", "contents", "footnotes", "references", "draft")


def fill_template(page: Page, styles: Styles, values: Mapping[str, Any]) -> str:
    """Return a whole page. `values` are those in which the web page and the print page differ.

    Raises `BadTemplate` for a mistake in the template of a house style.
    """
    try:
        template = _template(styles.files["brief.html.j2"])
        return template.render({**_frame(page), **values, "logo": logo(styles, page.source)}) + "\n"
    except jinja2.TemplateError as error:
        line = getattr(error, "lineno", None)
        place = f"brief.html.j2:{line}" if line else "brief.html.j2"
        raise BadTemplate(f"{place}: {error}") from None


@lru_cache(maxsize=4)
def _template(source: str) -> jinja2.Template:
    """Return a compiled template: a process that writes many pages compiles it once."""
    environment = jinja2.Environment(
        autoescape=True, undefined=jinja2.StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    return environment.from_string(source)


def _frame(page: Page) -> dict[str, Any]:
    """Return the values that both pages share; `Markup` is already HTML."""
    front = page.front
    brief = page.numbered.brief
    block = title_block(brief)
    redline = page.numbered.redline
    sides = (redline.older if redline else page.numbered, page.numbered)
    older = title_block(sides[0].brief)
    about = first_page_lines(page.numbered, page.house)
    opening, body = before_and_after(brief.blocks)
    return {
        "root": language(page.lang),
        "title": brief.title,
        "house": page.house,
        "front": front,
        "terms": {name: page.term(name) for name in _TERMS},
        "draft": page.numbered.draft,
        "title_html": Markup(inlines_to_html(block.title, page)) or brief.title,
        "subtitle": Markup(inlines_to_html(block.subtitle, page)),
        "description": plain(block.subtitle),
        "authors": _authors(older.authors, block.authors, page),
        "between_authors": between_authors(page.lang),
        "facts": [_facts(said, page) for said in versions_of_facts(older.facts, block.facts)],
        "between_facts": BETWEEN_FACTS,
        "disclaimer": Markup(inlines_to_html(block.disclaimer, page)),
        "about": _lines(first_page_lines(sides[0], page.house), about, page),
        "imprint": _lines(older.imprint, block.imprint, page),
        "opening": Markup(page.lines((summary_to_html(page), blocks_to_html(opening, page)))),
        "body": Markup(blocks_to_html(body, page)),
        "bibliography": Markup(bibliography_to_html(page)),
    }


def logo(styles: Styles, source: Callable[[ImageFile], str]) -> Markup:
    """Return the logo of the house, or nothing. `source` returns the address of an image."""
    file = styles.pictures.get("logo")
    if file is None:
        return Markup("")
    alt = styles.house.logo.alt or styles.house.name
    return Markup(start_tag("img", {"class": "logo", "src": source(file), "alt": alt}))


def _version(html: str, change: Change | None, page: Page) -> str:
    return marked(html, change, page) if change else html


def _authors(old: tuple[str, ...], new: tuple[str, ...], page: Page) -> Sequence[str]:
    if old == new:
        return [Markup(text(name)) for name in new]
    between = between_authors(page.lang)
    lines = versions(between.join(old), between.join(new))
    return [Markup(" ".join(_version(text(line), change, page) for line, change in lines))]


def _facts(said: Iterable[tuple[Sequence[Fact], Change | None]], page: Page) -> Markup:
    lines = (
        _version(BETWEEN_FACTS.join(_fact(fact, page.lang) for fact in facts), change, page)
        for facts, change in said
    )
    return Markup(" ".join(lines))


def _lines(old: Sequence[ImprintLine], new: Sequence[ImprintLine], page: Page) -> list[ImprintLine]:
    return [_line(said, page) for said in versions_of_lines(old, new)]


def _line(said: Sequence[tuple[ImprintLine, Change | None]], page: Page) -> ImprintLine:
    lines = (_version(text(line.text), change, page) for line, change in said)
    return replace(said[-1][0], text=Markup(" ".join(lines)))


def _fact(fact: Fact, lang: str) -> Markup:
    """Return a fact with its date in a `time` element."""
    if fact.day is None:
        return Markup(text(fact.text))
    words = long_date(fact.day, lang)
    before, _, after = fact.text.partition(words)
    day = element("time", text(words), {"datetime": fact.day.isoformat()})
    return Markup(f"{text(before)}{day}{text(after)}")


def contents_to_html(page: Page) -> str:
    """Return one list item for each heading, without citations, and for the references."""
    entries = contents_entries(page.numbered)
    listed = (entry for entry in entries if entry.change != "deleted")
    return "\n".join(_contents_entry(entry, page) for entry in listed)


def _contents_entry(entry: Entry, page: Page) -> str:
    said = _version(inlines_to_html(entry.inlines, page), entry.change, page)
    words = f"{text(entry.label)} {said}".strip()
    link = element("a", words, {"href": page.href(entry.anchor)})
    content, attributes = page.contents_entry(entry.anchor, link)
    return element("li", content, {"class": f"level-{entry.level}", **attributes})

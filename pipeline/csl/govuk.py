"""Entries as GOV.UK prints them (GOV.UK style guide, "References"; ONS style guide).

No CSL file says this style: the title is the link, in single quotes; plain English for Latin
("and others", "page" for "p."); no italics, no stops after initials or at the end; "(viewed on
18 November 2014)". Its words are English whatever the language of the brief.
"""

from __future__ import annotations

import re

from msgspec.structs import replace

from ..language.dates import SEASONS, months
from ..language.numbers import english_ordinal
from ..model.references import OTHERS, Date, Name, Reference, RichText, plain
from ..text import doi_address, link_target
from .corrections import said_by_title
from .initials import HYPHENS
from .marked import (
    BEGIN,
    CLOSE,
    CLOSE_QUOTE,
    END,
    FOREIGN,
    OPEN_QUOTE,
    bare,
    clean,
    decode,
    encode,
    foreign_language,
    link,
)
from .native import native_name
from .numbers import are_words
from .punctuation import Quotes, tidy
from .quotes import mark_quotes, without_stop

QUOTES = Quotes(("‘", "’"), ("“", "”"), points_inside=False)

_MONTHS = {
    **dict(enumerate(months("en"), start=1)),
    **{number: word.capitalize() for word, number in SEASONS.items()},
}
_MOST_NAMES = 3  # more are the first "and others"
_DATED_BY_DAY = frozenset(
    [
        "article-newspaper",
        "article-magazine",
        "broadcast",
        "hearing",
        "interview",
        "legal_case",
        "motion_picture",
        "post",
        "post-weblog",
        "speech",
        "webpage",
    ]
)


def govuk_entry(reference: Reference) -> RichText:
    """Return the entry of a reference, without its number."""
    links: list[str] = []
    names = _names(reference.names.get("author", ()))
    if not names and (editors := reference.names.get("editor")):
        names = _names(editors) + (" (editors)" if len(editors) > 1 else " (editor)")
    work = " ".join(filter(None, [_title(reference, links), _where(reference, links)]))
    details = ", ".join(filter(None, _details(reference, links)))
    entry = ". ".join(filter(None, [names, ": ".join(filter(None, [work, details]))]))
    if reference.type in ("manuscript", "personal_communication"):
        entry = ". ".join(filter(None, [entry, _field(reference, "note", links)]))
    if status := _field(reference, "status", links) if _issued(reference) else "":
        entry += f". {status}"
    viewed = _date(reference.dates.get("accessed", Date()))
    if viewed:
        entry += f" (viewed {'on ' if viewed[0].isdigit() and ' ' in viewed else 'in '}{viewed})"
    return decode(tidy(entry, QUOTES), links, foreign_language(reference, "en"))


def _field(reference: Reference, name: str, links: list[str]) -> str:
    runs = tuple(replace(run, italic=False) for run in reference.fields.get(name, ()))
    text = mark_quotes(encode(runs, links)).strip()
    return BEGIN + text + END if text else ""


def _title(reference: Reference, links: list[str]) -> str:
    """Return the title as a link: to the source, or by its DOI."""
    unlinked = tuple(replace(run, href="") for run in reference.fields.get("title", ()))
    bare = replace(reference, fields={**reference.fields, "title": unlinked})
    title = without_stop(_field(bare, "title", links))
    url, doi = (clean(plain(reference.fields.get(name, ()))).strip() for name in ("URL", "DOI"))
    if not title:
        return link(url, url, links)
    title = FOREIGN + title + CLOSE
    return OPEN_QUOTE + link(title, link_target(url) or doi_address(doi), links) + CLOSE_QUOTE


def _where(reference: Reference, links: list[str]) -> str:
    """Return what holds the work, who published it and when: "in Book, Publisher 2018"."""
    container = _field(reference, "container-title", links)
    container = container or _field(reference, "event-title", links)
    if container and reference.type in ("chapter", "paper-conference"):
        editors = _names(reference.names.get("editor", ()))
        container = f"in {container}" + (f", edited by {editors}" if editors else "")
    names = ["genre"]
    if reference.fields.get("number") and not _is_numbered_article(reference):
        names.append("number")
    kind = " ".join(filter(None, (_field(reference, name, links) for name in names)))
    publisher = _field(reference, "publisher", links)
    authors = {name.literal for name in reference.names.get("author", ())}
    if plain(reference.fields.get("publisher", ())) in authors:
        publisher = ""
    issued = _issued(reference) or _field(reference, "status", links)
    *others, last = [*filter(None, [container, _edition(reference), kind, publisher])] or [""]
    numbered = bare(last)[-1:].isdigit() or (not publisher and "number" in names)
    comma = "," if issued and numbered and last else ""
    return ", ".join([*others, f"{last}{comma} {issued}".strip()])


def _edition(reference: Reference) -> str:
    edition = mark_quotes(clean(plain(reference.fields.get("edition", ())))).strip()
    if re.fullmatch(r"\d+(?:st|nd|rd|th)", edition):
        return f"{edition} edition"
    return f"{english_ordinal(edition)} edition" if edition.isdecimal() else edition


def _details(reference: Reference, links: list[str]) -> list[str]:
    pages = clean(plain(reference.fields.get("page", ()))).strip()
    pages = re.sub(r"\s*(?:--?|–)\s*", "-", pages)
    details = [(name, _field(reference, name, links)) for name in ("volume", "issue")]
    article = "article" if _is_numbered_article(reference) else "page"
    label = "" if are_words(pages) else "pages" if "-" in pages else article
    details.append((label, pages))
    return [f"{name} {text}".lstrip() for name, text in details if text]


def _is_numbered_article(reference: Reference) -> bool:
    """Say whether an article has a number in place of pages; it is in both variables."""
    number, page = (plain(reference.fields.get(name, ())) for name in ("number", "page"))
    return reference.type == "article-journal" and number != "" and number == page


def _issued(reference: Reference) -> str:
    issued = Date() if said_by_title(reference) else reference.dates.get("issued", Date())
    if reference.type not in _DATED_BY_DAY:
        # A quarterly has seasons.
        parts = (part[: 1 + (part[1:2] > (20,))] for part in issued.parts)
        issued = replace(issued, parts=tuple(parts))
    return _date(issued)


def _date(date: Date) -> str:
    if date.literal or not date.parts:
        return mark_quotes(clean(date.literal))
    ends = [_day(part) for part in date.parts]
    year = f" {date.parts[0][0]}" if len({part[:1] for part in date.parts}) == 1 else ""
    if len(set(ends)) == 2 and year and ends[0].endswith(year):
        ends[0] = ends[0].removesuffix(year)
    text = ends[0] if len(set(ends)) == 1 else " to ".join(end or "now" for end in ends)
    return ("c. " if date.circa else "") + text + ("?" if date.uncertain else "")


def _day(parts: tuple[int, ...]) -> str:
    """Return "18 November 2014", or as much of it as is known."""
    day = [str(parts[2])] if len(parts) > 2 else []
    month = [_MONTHS[number] for number in parts[1:2] if number in _MONTHS]
    year = [str(part) if part > 0 else f"{-part} BC" for part in parts[:1]]
    return " ".join([*day, *month, *year])


def _names(names: tuple[Name, ...]) -> str:
    known = [_name(name) for name in names if name not in (OTHERS, Name())]
    if not known:
        return ""
    if OTHERS in names or len(known) > _MOST_NAMES:
        shown = known[:1] if len(known) > _MOST_NAMES else known
        return ", ".join(shown) + " and others"
    return ", ".join(known[:-1]) + (" and " if len(known) > 1 else "") + known[-1]


def _name(name: Name) -> str:
    """Return "Corallo AN": initials without stops, after the name."""
    if whole := name.literal or native_name(name):
        return BEGIN + mark_quotes(clean(whole)) + END
    words = re.split(rf"[{HYPHENS}.\s]+", name.given.strip())
    initials = "".join(word[0] for word in words if word and not word[0].islower())
    particles = (name.dropping_particle, name.non_dropping_particle)
    parts = [*particles, name.family, initials, name.suffix.rstrip(".")]
    return BEGIN + mark_quotes(clean(" ".join(filter(None, parts)))) + END

"""Look up what a DOI, an ISBN or a web address is, in public catalogues or on the page itself.

The only requests go out from `look_up`, within the limits of `sources`.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from html import unescape
from urllib.parse import quote, unquote, urlsplit

from msgspec import Struct

from ..diagnostics import Diagnostic, Span
from ..lint.names import is_organisation
from ..model.references import Name, Reference
from ..readers.csl_json import read_csl_json
from ..readers.items import Item, read_item
from ..sources.fetch import Limits, get
from ..sources.pages import title_of
from ..text import DOI, DOI_HOSTS, WEB, bare_doi, scheme

_CSL = "application/vnd.citationstyles.csl+json"
_META = re.compile(r"<meta\b[^<>]{1,2000}>", re.IGNORECASE)
_ATTRIBUTE = re.compile(r"""([\w:.-]+)\s*=\s*("[^"]*"|'[^']*'|[^\s"'>]+)""")
# What pages say of themselves (Google Scholar's, Dublin Core's and Open Graph's names) → CSL.
_NAMES: Mapping[str, str] = {
    "citation_title": "title",
    "citation_journal_title": "container-title",
    "citation_conference_title": "container-title",
    "citation_technical_report_institution": "publisher",
    "citation_publisher": "publisher",
    "citation_volume": "volume",
    "citation_issue": "issue",
    "citation_publication_date": "issued",
    "citation_date": "issued",
    "dc.title": "title",
    "dc.date": "issued",
    "dc.publisher": "publisher",
    "dcterms.issued": "issued",
    "article:published_time": "issued",
    "og:title": "title",
    "og:site_name": "publisher",
}
_AUTHORS = ("citation_author", "dc.creator", "author")


class Services(Struct, frozen=True):
    """Where DOIs and ISBNs are looked up; each address ends where the identifier begins."""

    doi: str = "https://doi.org/"
    isbn: str = "https://openlibrary.org/api/books?jscmd=data&format=json&bibkeys=ISBN:"


class LookUpError(Exception):
    """Why nothing was found."""


def doi_in(text: str) -> str:
    """Return the DOI that a text is, or that an address leads to; "" for none."""
    if scheme(text) in WEB and urlsplit(text).hostname in DOI_HOSTS:
        text = unquote(urlsplit(text).path).lstrip("/")
    doi = bare_doi(text.strip())
    return doi if DOI.fullmatch(doi) else ""


def isbn_in(text: str) -> str:
    """Return the digits of an ISBN whose check digit is right (ISO 2108), "" for none."""
    text = re.sub(r"^ISBN(?:-1[03])?:?\s*", "", text.strip(), flags=re.IGNORECASE)
    digits = re.sub(r"[\s-]", "", text).upper()
    if re.fullmatch(r"\d{9}[\dX]", digits):
        total = sum((10 - n) * (10 if d == "X" else int(d)) for n, d in enumerate(digits))
        return digits if total % 11 == 0 else ""
    if re.fullmatch(r"97[89]\d{10}", digits):
        return digits if sum(int(d) * (1, 3)[n % 2] for n, d in enumerate(digits)) % 10 == 0 else ""
    return ""


def look_up(
    text: str, today: str, limits: Limits, services: Services | None = None
) -> tuple[Reference, list[Diagnostic]]:
    """Return the reference of a DOI, an ISBN or a web address. Raises `LookUpError`."""
    services = services or Services()
    if doi := doi_in(text):
        return _by_doi(doi, limits, services)
    if isbn := isbn_in(text):
        return _by_isbn(isbn, limits, services)
    page = _get(text, limits).decode("utf-8", "replace")
    said = dict(_said(page))
    if doi := doi_in(said.get("citation_doi", [""])[0]):
        return _by_doi(doi, limits, services)
    return _read(_values_of_page(text, page, said, today), text)


def _get(url: str, limits: Limits, accept: str = "*/*") -> bytes:
    body = get(url, limits, accept)
    if isinstance(body, str):
        raise LookUpError(f"{url}: {body}")
    return body


def _by_doi(doi: str, limits: Limits, services: Services) -> tuple[Reference, list[Diagnostic]]:
    content = _get(services.doi + quote(doi, safe="/:;().,+=@!*'$&~"), limits, _CSL)
    library, found = read_csl_json(content, doi)
    if not library:
        words = found[0].message if found else "it has no reference"
        raise LookUpError(f"the answer for {doi} cannot be read: {words}")
    key = next(iter(library))
    return library[key], library.diagnostics(key)


def _by_isbn(isbn: str, limits: Limits, services: Services) -> tuple[Reference, list[Diagnostic]]:
    try:
        answer = json.loads(_get(services.isbn + isbn, limits))
        book = next(iter(answer.values())) if answer else None
    except (ValueError, RecursionError, AttributeError):
        raise LookUpError(f"the answer for {isbn} cannot be read") from None
    if not isinstance(book, dict):
        raise LookUpError(f"no book is known by {isbn}")
    title = ": ".join(_texts([book.get("title"), book.get("subtitle")]))
    return _read(
        {
            "type": "book",
            "title": title,
            "author": [_person(name) for name in _named(book.get("authors"))],
            "publisher": "; ".join(_named(book.get("publishers"))),
            "publisher-place": "; ".join(_named(book.get("publish_places"))),
            "issued": _year_of(book.get("publish_date")),
            "ISBN": isbn,
        },
        isbn,
    )


def _named(value: object) -> list[str]:
    """Return the names in Open Library's lists of objects with a `name`."""
    items = value if isinstance(value, list) else []
    return _texts([item.get("name") for item in items if isinstance(item, dict)])


def _texts(values: list[object]) -> list[str]:
    return [value.strip() for value in values if isinstance(value, str) and value.strip()]


def _year_of(value: object) -> str:
    found = re.search(r"\b\d{4}\b", value) if isinstance(value, str) else None
    return found[0] if found else ""


def _said(page: str) -> Iterator[tuple[str, list[str]]]:
    """Yield what a page says of itself: names of `meta` elements, and their contents."""
    found: dict[str, list[str]] = {}
    for element in _META.finditer(page):
        pairs = _ATTRIBUTE.findall(element[0])
        attributes = {name.lower(): unescape(value.strip("\"'")) for name, value in pairs}
        name = attributes.get("name") or attributes.get("property") or ""
        if content := " ".join(attributes.get("content", "").split()):
            found.setdefault(name.lower(), []).append(content)
    yield from found.items()


def _values_of_page(
    url: str, page: str, said: Mapping[str, list[str]], today: str
) -> dict[str, object]:
    values: dict[str, object] = {}
    for name, variable in _NAMES.items():
        if name in said:
            values.setdefault(
                variable, said[name][0][:10] if variable == "issued" else said[name][0]
            )
    if not values.setdefault("title", title_of(page)):
        raise LookUpError(f"{url}: the page has no title")
    authors = next((said[name] for name in _AUTHORS if name in said), [])
    first, last = said.get("citation_firstpage"), said.get("citation_lastpage")
    return {
        "type": "article-journal" if "citation_journal_title" in said else "webpage",
        **values,
        "author": [_person(name) for name in authors],
        "page": "-".join(part[0] for part in (first, last) if part),
        "URL": url,
        "accessed": today,
    }


def _person(name: str) -> dict[str, str]:
    """Return a name in the order in which people say it, or "Family, Given", as CSL-JSON."""
    if "," in name:
        family, _, given = name.partition(",")
    else:
        given, _, family = name.rpartition(" ")
    found = Name(family=family.strip(), given=given.strip())
    if not found.given or is_organisation(found):
        return {"literal": name}
    return {"family": found.family, "given": found.given}


def _read(values: dict[str, object], source: str) -> tuple[Reference, list[Diagnostic]]:
    return read_item(Item("new", values, Span.of_file(source)))

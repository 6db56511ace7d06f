"""What the page of a brief says to machines: schema.org, Open Graph, and tags for citing it.

Sources: schema.org 29 (Report, ClaimReview, CorrectionComment), ogp.me, and the Highwire Press tags
that Google Scholar and Zotero read ("Inclusion guidelines for webmasters", Indexing).
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from ..model.references import Name, Reference, plain
from ..numbering import NumberedBrief
from ..text import doi_address, link_target
from .entries import TYPES, Entry


def json_for_page(value: object) -> str:
    """Return JSON for a `script` element, which nothing in it can end (HTML, 4.12.1.3)."""
    text = json.dumps(value, ensure_ascii=False, indent=1)
    return text.translate({ord(c): f"\\u{ord(c):04x}" for c in "<>&\u2028\u2029"})


def schema_org(numbered: NumberedBrief, entry: Entry, publisher: str, site: str) -> dict[str, Any]:
    """Return JSON-LD. `site` is the address of the site, "" if unknown: links are relative then."""
    front = numbered.brief.front
    house = {"@type": "Organization", "name": publisher}
    report = {
        "@type": "Report",
        "@id": f"{site}{entry.page}",
        "url": f"{site}{entry.page}",
        "name": entry.title,
        "headline": entry.title,
        "alternativeHeadline": entry.subtitle,
        "abstract": entry.summary,
        "inLanguage": entry.lang,
        "datePublished": entry.date,
        "dateModified": entry.changed,
        "version": entry.edition,
        "author": [_person(person.name, person.affiliation) for person in front.authors] or house,
        "publisher": house,
        "keywords": list(entry.keywords),
        "license": _licence(front.licence),
        "encoding": [_media(file.kind, f"{site}{file.name}", file) for file in entry.files],
        "citation": [_work(reference) for reference in numbered.bibliography],
        "correction": [
            _without_empty(
                {
                    "@type": "CorrectionComment",
                    "text": correction.text,
                    "datePublished": correction.date.isoformat() if correction.date else "",
                }
            )
            for correction in front.stated_corrections
        ],
    }
    graph = [_without_empty(report), *_claim_review(numbered, entry, house, site)]
    return {"@context": "https://schema.org", "@graph": graph}


def _claim_review(
    numbered: NumberedBrief, entry: Entry, house: dict[str, str], site: str
) -> Iterator[dict[str, Any]]:
    """Yield the review of a claim, if the front matter states both the claim and the verdict."""
    claim = numbered.brief.front.claim
    if claim is None or not claim.verdict:
        return
    appeared = _without_empty(
        {
            "@type": "Claim",
            "author": {"@type": "Person", "name": claim.by} if claim.by else "",
            "datePublished": claim.date,
        }
    )
    yield _without_empty(
        {
            "@type": "ClaimReview",
            "url": f"{site}{entry.page}",
            "claimReviewed": claim.text,
            "reviewRating": {"@type": "Rating", "alternateName": claim.verdict},
            "itemReviewed": appeared if len(appeared) > 1 else "",
            "datePublished": entry.changed,
            "author": house,
        }
    )


def _licence(licence: str) -> str | dict[str, str]:
    """Return the address of a licence, else a work of that name: a text is not allowed."""
    address = link_target(licence)
    return address if address or not licence else {"@type": "CreativeWork", "name": licence}


def _without_empty(value: dict[str, Any]) -> dict[str, Any]:
    return {name: inner for name, inner in value.items() if inner not in ("", [], None)}


def _person(name: str, affiliation: str = "") -> dict[str, Any]:
    works_for = {"@type": "Organization", "name": affiliation} if affiliation else ""
    return _without_empty({"@type": "Person", "name": name, "affiliation": works_for})


def _media(kind: str, address: str, file: Any) -> dict[str, Any]:
    return {
        "@type": "MediaObject",
        "contentUrl": address,
        "encodingFormat": TYPES[kind],
        "contentSize": f"{file.size} B",
        "sha256": file.sha256,
    }


def _work(reference: Reference) -> dict[str, Any]:
    issued = reference.dates.get("issued")
    year = str(issued.parts[0][0]) if issued and issued.parts and issued.parts[0] else ""
    doi, url = (plain(reference.fields.get(name, ())) for name in ("DOI", "URL"))
    return _without_empty(
        {
            "@type": "CreativeWork",
            "name": reference.title,
            "author": [_author(name) for name in reference.names.get("author", ())],
            "datePublished": year,
            "url": doi_address(doi) or link_target(url),
        }
    )


def _author(name: Name) -> dict[str, str]:
    if name.literal:
        return {"@type": "Organization", "name": name.literal}
    return {"@type": "Person", "name": f"{name.given} {name.family}".strip()}


def citation_tags(entry: Entry, publisher: str, site: str) -> Iterator[tuple[str, str]]:
    """Yield names and contents of `meta` elements for Google Scholar and Zotero."""
    yield "citation_title", entry.title
    for author in entry.authors or (publisher,):
        yield "citation_author", author
    if day := entry.day:
        yield "citation_publication_date", f"{day:%Y/%m/%d}"
        yield "citation_year", f"{day:%Y}"
    yield "citation_technical_report_institution", publisher
    yield "citation_publisher", publisher
    yield "citation_language", entry.lang
    if entry.keywords:
        yield "citation_keywords", "; ".join(entry.keywords)
    yield "citation_abstract_html_url", f"{site}{entry.page}"
    for file in entry.files:
        if file.kind == "pdf":
            yield "citation_pdf_url", f"{site}{file.name}"


def open_graph(entry: Entry, publisher: str, site: str) -> Iterator[tuple[str, str]]:
    """Yield properties and contents of `meta` elements for programs that show a link."""
    yield "og:type", "article"
    yield "og:title", entry.title
    yield "og:site_name", publisher
    yield "og:locale", entry.lang.replace("-", "_")
    if entry.summary:
        yield "og:description", entry.summary
    if site:
        yield "og:url", f"{site}{entry.page}"
    if entry.date:
        yield "article:published_time", entry.date
    for word in entry.keywords:
        yield "article:tag", word

"""The lists of a site for machines: an Atom feed, a sitemap, and all briefs as JSON."""

from __future__ import annotations

import uuid
from collections.abc import Sequence

import msgspec
from msgspec import Struct

from ..xml import element, serialised
from .entries import TYPES, Entry

_NEWEST = 50  # briefs in the feed
_XML = '<?xml version="1.0" encoding="utf-8"?>\n'


class Listing(Struct, frozen=True):
    """All that the site says of its briefs: `briefs.json`."""

    name: str  # of the house
    url: str
    briefs: tuple[Entry, ...]
    version: int = 1


def briefs_json(listing: Listing) -> bytes:
    return msgspec.json.format(msgspec.json.encode(listing), indent=1) + b"\n"


def atom(entries: Sequence[Entry], house: str, lang: str, site: str) -> bytes:
    """Return the feed of the newest briefs (RFC 4287). It must state a day for each brief."""
    dated = [entry for entry in entries if entry.changed][:_NEWEST]
    latest = max((entry.changed for entry in dated), default="2000-01-01")
    found = element(
        "feed",
        element("id", _identity(site, house, "")),
        element("title", house),
        element("updated", _moment(latest)),
        element("link", rel="alternate", type="text/html", href=f"{site}index.html"),
        element("link", rel="self", href=f"{site}feed.xml") if site else None,
        *(
            element(
                "entry",
                element("id", _identity(site, house, entry.page)),
                element("title", entry.title),
                element("updated", _moment(entry.changed)),
                element("published", _moment(entry.date)),
                *(element("author", element("name", name)) for name in entry.authors or (house,)),
                *(element("category", term=word) for word in entry.keywords),
                element("link", rel="alternate", type=TYPES["html"], href=f"{site}{entry.page}"),
                element("summary", entry.summary) if entry.summary else None,
                **{"xml:lang": entry.lang},
            )
            for entry in dated
        ),
        **{"xmlns": "http://www.w3.org/2005/Atom", "xml:lang": lang},
    )
    return f"{_XML}{serialised(found)}\n".encode()


def _identity(site: str, house: str, page: str) -> str:
    """Return the id of the feed or of an entry: its address, or one made from names (RFC 4122)."""
    return f"{site}{page}" if site else uuid.uuid5(uuid.NAMESPACE_URL, f"{house}/{page}").urn


def _moment(day: str) -> str:
    return f"{day}T00:00:00Z"


def sitemap(entries: Sequence[Entry], site: str) -> bytes:
    """Return the list of pages for search engines (sitemaps.org); it needs whole addresses."""
    pages = (
        element(
            "url",
            element("loc", f"{site}{entry.page}"),
            element("lastmod", entry.changed) if entry.changed else None,
        )
        for entry in entries
    )
    home = element("url", element("loc", site))
    found = element("urlset", home, *pages, xmlns="http://www.sitemaps.org/schemas/sitemap/0.9")
    return f"{_XML}{serialised(found)}\n".encode()

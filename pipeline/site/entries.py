"""What a website says of a brief: in its index, its feeds and its list for machines."""

from __future__ import annotations

import datetime
from collections.abc import Iterable

from msgspec import Struct, field

from ..model import Brief, Paragraph, Part, plain, walk, without_citations

_SUMMARY = 280  # characters
TYPES = {
    "html": "text/html",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
    "press": "application/pdf",
    "md": "text/markdown",
    "bib": "application/x-bibtex",
}


class File(Struct, frozen=True):
    """A file that readers can download. `kind` is a key of `TYPES`, `size` is in bytes."""

    name: str
    kind: str
    size: int
    sha256: str
    pages: int | None = None


class Entry(Struct, frozen=True, omit_defaults=True):
    """A brief of the site, in plain text. Dates are days of the calendar (ISO 8601)."""

    name: str  # of the brief in its project
    page: str  # the file name of its page
    title: str
    lang: str
    subtitle: str = ""
    summary: str = ""
    date: str = ""
    changed: str = ""
    edition: str = ""
    authors: tuple[str, ...] = ()
    keywords: tuple[str, ...] = ()
    files: tuple[File, ...] = field(default=())
    replaced_by: str = ""  # the page of the newer brief
    aliases: tuple[str, ...] = ()  # former names of the page

    @property
    def day(self) -> datetime.date | None:
        return datetime.date.fromisoformat(self.date) if self.date else None


def entry_of(brief: Brief, page: str, files: Iterable[File], replaced_by: str) -> Entry:
    """Return what the site says of a brief. Its date is that of publication, or of the check."""
    front = brief.front
    return Entry(
        name=brief.name,
        page=page,
        title=brief.title,
        lang=front.lang,
        subtitle=plain(front.subtitle),
        summary=summary_of(brief),
        date=front.created.isoformat() if front.created else "",
        changed=front.modified.isoformat() if front.modified else "",
        edition=front.edition,
        authors=tuple(person.name for person in front.authors),
        keywords=front.keywords,
        files=tuple(files),
        replaced_by=replaced_by,
        aliases=front.aliases,
    )


def summary_of(brief: Brief) -> str:
    """Return the summary of a brief in one line, else its subtitle, else its first paragraph."""
    part = next((b for b in brief.blocks if isinstance(b, Part) and b.kind == "summary"), None)
    around = part.blocks if part else () if plain(brief.front.subtitle) else brief.blocks
    found = (
        plain(without_citations(node.inlines))
        for block in around
        for node in walk(block)
        if isinstance(node, Paragraph)
    )
    words = " ".join(next(filter(None, found), plain(brief.front.subtitle)).split())
    if len(words) <= _SUMMARY:
        return words
    return words[:_SUMMARY].rpartition(" ")[0].rstrip(",;:–—-") + " …"

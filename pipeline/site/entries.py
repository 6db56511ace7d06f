"""What a website says of a brief: in its index, its feeds and its list for machines."""

from __future__ import annotations

import datetime
from collections.abc import Iterable

from msgspec import Struct, field

from ..language.terms import detailed, term
from ..model import Brief, Paragraph, Part, plain, walk, without_citations

_SUMMARY = 280  # characters
MINOR = ("md", "bib")  # kinds of files for few readers
_UNIT = "\N{LEFT-TO-RIGHT MARK}\N{NO-BREAK SPACE}"  # keeps a number before its unit, in Arabic too
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


class Issued(Struct, frozen=True, omit_defaults=True):
    """A release of a brief. `changes` counts what it has changed, which `file` shows."""

    edition: str
    date: str
    state: str = ""  # "superseded" or "withdrawn"
    changes: str = ""
    file: File | None = None


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
    releases: tuple[Issued, ...] = ()  # in their order

    @property
    def day(self) -> datetime.date | None:
        return datetime.date.fromisoformat(self.date) if self.date else None

    @property
    def names(self) -> list[str]:
        """The names of all its files."""
        changes = (issued.file for issued in self.releases if issued.file)
        return [self.page, *(file.name for file in (*self.files, *changes))]


def entry_of(
    brief: Brief,
    page: str,
    files: Iterable[File],
    replaced_by: str,
) -> Entry:
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


def label_of(file: File, lang: str) -> tuple[str, str]:
    """Return the words on the button of a file: what it is, and its pages and size."""
    labels = {
        "docx": "Word (.docx)",
        "pdf": "PDF",
        "press": term("press-pdf", lang),
        "md": f"{term('source-text', lang)} (.md)",
        "bib": f"{term('references', lang)} (.bib)",
    }
    pages = ""
    if file.pages:
        pages = term("page-count" if file.pages == 1 else "pages-count", lang)
    details = (pages.format(count=file.pages), _shown_size(file.size))
    return labels[file.kind], detailed(details, lang)


def _shown_size(size: int) -> str:
    """Return a number of bytes as people read it: "340 kB", "1.2 MB"."""
    if size < 1_000_000:
        return f"{max(1, round(size / 1000))}{_UNIT}kB"
    return f"{size / 1_000_000:.1f}{_UNIT}MB"

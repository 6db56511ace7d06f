"""The web addresses that readers of a brief may follow: those of its references and of its text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from msgspec import Struct

from ..diagnostics import Span
from ..model import Link, walk
from ..model.references import Reference, plain
from ..numbering import NumberedBrief
from ..text import WEB, doi_address, scheme


class Address(Struct, frozen=True):
    """An address, who has it ("`smith2021`", "a link"), and where it was written."""

    url: str
    owner: str
    span: Span


def addresses_of(briefs: Iterable[NumberedBrief]) -> list[Address]:
    """Return every address once for each reference and each link that has it."""
    found: dict[Address, None] = {}
    for numbered in briefs:
        for reference in numbered.bibliography:
            found.update(dict.fromkeys(_of_reference(reference)))
        for node in walk(numbered.brief):
            if isinstance(node, Link) and isinstance(node.href, str) and scheme(node.href) in WEB:
                found[Address(node.href, "a link", node.span)] = None
    return list(found)


def _of_reference(reference: Reference) -> Iterator[Address]:
    fields = reference.fields
    urls = {
        plain(fields.get("URL", ())): ("url", "howpublished", "doi", "eprint"),
        doi_address(plain(fields.get("DOI", ()))): ("doi", "url"),
        plain(fields.get("archive-url", ())): ("archiveurl",),
    }
    for runs in fields.values():
        for run in runs:
            urls.setdefault(run.href, ("note", "addendum", "howpublished"))
    for url, names in urls.items():
        if scheme(url) in WEB:
            yield Address(url, f"`{reference.key}`", reference.place(*names))

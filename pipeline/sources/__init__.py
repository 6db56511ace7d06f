"""Report whether cited sources are still at their addresses.

In: addresses and `sources.lock`, which records what each of them answered. Out: a finding for each
source that is dead, moved, changed or doubtful. The network is used only by `ask`.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import urlsplit

from msgspec import Struct
from msgspec.structs import asdict, replace

from ..diagnostics import Diagnostic
from ..diagnostics.values import read_values
from ..text import DOI_HOSTS
from .addresses import Address, addresses_of
from .fetch import Answer, Limits, fetch

__all__ = [
    "Address",
    "Limits",
    "Record",
    "addresses_of",
    "ask",
    "findings",
    "read_lock",
    "write_lock",
]

FILENAME = "sources.lock"
GONE = (404, 410)


class Record(Struct, frozen=True):
    """What one URL answered. `first` is the hash of its text at the first time of asking."""

    checked_on: str  # the first day on which it answered this, as 2026-01-28
    status: int
    final_url: str
    title: str
    sha256: str
    first: str
    problem: str = ""
    doubt: str = ""  # why the page may not be the one that was cited


Lock = Mapping[str, Record]


class _File(Struct):
    sources: dict[str, Record]


def read_lock(content: bytes, path: str) -> Lock | Diagnostic:
    """Return the answers of a `sources.lock`, or why the file at `path` is not one."""
    read = read_values(content, _File, path, "bad-lock", "delete it, and check again: --check")
    return read if isinstance(read, Diagnostic) else read.sources


def write_lock(lock: Lock) -> str:
    sources = {url: asdict(record) for url, record in sorted(lock.items())}
    return json.dumps({"version": 1, "sources": sources}, indent=2, ensure_ascii=False) + "\n"


def ask(addresses: Iterable[Address], lock: Lock, today: str, limits: Limits) -> dict[str, Record]:
    """Ask every address; return the lock with their answers in it.

    The record of an address that answers what it did before stays as it is.
    """
    urls = list(dict.fromkeys(address.url for address in addresses))
    with ThreadPoolExecutor(8) as pool:
        answers = pool.map(lambda url: fetch(url, limits), urls)
        answered = zip(urls, answers, strict=True)
        return {**lock, **{url: _record(a, lock.get(url), today) for url, a in answered}}


def _record(answer: Answer, before: Record | None, today: str) -> Record:
    text = answer.sha256 if 200 <= answer.status < 300 else ""  # not that of a 404
    found = Record(
        today,
        answer.status,
        answer.final_url,
        answer.title,
        answer.sha256,
        before.first if before and before.first else text,
        answer.problem,
        answer.doubt,
    )
    return before if before and replace(before, checked_on=today) == found else found


def findings(addresses: Iterable[Address], lock: Lock) -> list[Diagnostic]:
    """Return what the lock says of addresses."""
    found = []
    for address in addresses:
        if problem := _problem(address.url, lock.get(address.url)):
            code, message, hint = problem
            found.append(Diagnostic(code, f"{address.owner}: {message}", address.span, hint))
    return found


def _problem(url: str, record: Record | None) -> tuple[str, str, str] | None:
    if record is None:
        return (
            "source-unchecked",
            f"{url} has never been checked",
            "brief sources --check requests it",
        )
    archive = "cite an archived copy: archiveurl = {…}, archivedate = {…}"
    if record.status in GONE:
        return "source-dead", f"{url} answered {record.status} on {record.checked_on}", archive
    if record.problem or not 200 <= record.status < 300:
        said = record.problem or f"status {record.status}"
        return "source-unreachable", f"{url} returned no page on {record.checked_on}: {said}", ""
    if record.doubt:
        hint = "open it: is this still the page that is cited?"
        return "source-doubtful", f"{url}: {record.doubt}", hint
    if record.final_url != url and urlsplit(url).hostname not in DOI_HOSTS:
        return "source-moved", f"{url} moved", f"it is now at {record.final_url}"
    if record.first and record.sha256 != record.first:
        hint = f"read it again; if it still says the same, delete its record from {FILENAME}"
        return "source-changed", f"{url} has changed since it was first checked", hint
    return None

"""Examine files, and find out for each criterion what the checks of all files say."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any, Literal

import msgspec
from msgspec import Struct

from . import pdf_file, web_page, word_file
from .results import Checked

Verdict = Literal["fault", "no fault", "nothing to check", "not applicable", "not checked"]
FORMATS = ("html", "pdf", "docx")
_READERS: Mapping[str, tuple[Callable[[bytes], Any], Mapping[str, Any], Mapping[str, Any]]] = {
    "html": (web_page.WebPage, web_page.CHECKS, web_page.ABSENT),
    "pdf": (pdf_file.PdfFile, pdf_file.CHECKS, pdf_file.ABSENT),
    "docx": (word_file.WordFile, word_file.CHECKS, word_file.ABSENT),
}


class Criterion(Struct, frozen=True, rename="kebab"):
    """A criterion of WCAG. `checks` and `absent` are names of checks, `person` what only somebody
    who looks can say."""

    title: str
    level: str = "A"
    since: str = "2.1"  # the version of WCAG; EN 301 549 has those of 2.1
    web_only: bool = False  # clause 10 has none of that number
    checks: tuple[str, ...] = ()
    absent: tuple[str, ...] = ()
    person: str = ""


class Criteria(Struct, frozen=True):
    checks: Mapping[str, str]  # what holds if a check finds nothing, as a sentence
    absent: Mapping[str, str]  # without an article: “There is no …”
    criteria: Mapping[str, Criterion]  # by number


class Examined(Struct, frozen=True):
    """What all checks say of one file."""

    name: str
    sha256: str
    checks: Mapping[str, Checked]
    counts: Mapping[str, int]  # of what need not be there: {"media": 0, …}

    @property
    def format(self) -> str:
        return self.name.rpartition(".")[2]


class Finding(Struct, frozen=True):
    """What was found for a criterion in all files of a format."""

    number: str
    criterion: Criterion
    verdict: Verdict
    checked: tuple[str, ...]  # sentences
    faults: tuple[tuple[str, str], ...] = ()  # a file, and a clause


@cache
def criteria() -> Criteria:
    path = Path(__file__).with_name("criteria.toml")
    return msgspec.toml.decode(path.read_bytes(), type=Criteria)


def examine(file: tuple[str, bytes]) -> Examined:
    """Run all checks on a file, by its name and content. Raises `Unreadable`."""
    name, content = file
    read, checks, counting = _READERS[name.rpartition(".")[2]]
    found = read(content)
    return Examined(
        name,
        hashlib.sha256(content).hexdigest(),
        {check: run(found) for check, run in checks.items()},
        {thing: count(found) for thing, count in counting.items()},
    )


def findings(files: Sequence[Examined]) -> Iterator[Finding]:
    """Yield what was found in files of one format, criterion by criterion."""
    for number, criterion in criteria().criteria.items():
        if not (criterion.web_only and files[0].format != "html"):
            yield _finding(number, criterion, files)


def _finding(number: str, criterion: Criterion, files: Sequence[Examined]) -> Finding:
    said = criteria()
    if criterion.absent:
        there = [n for n in criterion.absent if any(file.counts[n] for file in files)]
        if not there:
            *others, last = (f"no {said.absent[name]}" for name in criterion.absent)
            words = f"There is {', '.join(others)}{' and ' * bool(others)}{last}."
            return Finding(number, criterion, "not applicable", (words,))
        words = f"Found: {', '.join(said.absent[name] for name in there)}."
        return Finding(number, criterion, "not checked", (words,))
    names = [name for name in criterion.checks if name in files[0].checks]
    counts = {name: sum(file.checks[name].looked_at for file in files) for name in names}
    faults = tuple(
        (file.name, fault) for file in files for name in names for fault in file.checks[name].faults
    )
    verdict: Verdict = "fault" if faults else "no fault"
    if not faults and not any(counts.values()):
        verdict = "nothing to check" if names else "not checked"
    sentences = tuple(_sentence(said.checks[name], count) for name, count in counts.items())
    return Finding(number, criterion, verdict, sentences, faults)


def _sentence(words: str, count: int) -> str:
    return f"{words.removesuffix('.')} ({count or 'none'} found)." if count != 1 else words

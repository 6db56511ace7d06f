"""The report as a brief: the writers make an accessible page, PDF or Word file of it."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping, Sequence

from msgspec.structs import replace

from ..diagnostics import Span
from ..model import (
    Alignment,
    Anchor,
    Block,
    Brief,
    Cell,
    Code,
    FrontMatter,
    Heading,
    Inline,
    Inlines,
    List,
    ListItem,
    Paragraph,
    Part,
    Row,
    Strong,
    Table,
    Text,
)
from ..model.references import library_of
from ..numbering import NumberedBrief
from ..project.loading import completed
from ..project.stages import prepare
from ..styles import House
from .conformance import FORMATS, Examined, Finding, Verdict, findings

_NOWHERE = Span.of_file("accessibility")
_NAMES: Mapping[str, str] = {"html": "Web page", "pdf": "PDF", "docx": "Word file"}
_VERDICTS: Mapping[Verdict, str] = {
    "fault": "Fault found",
    "no fault": "No fault found",
    "nothing to check": "Nothing of the kind found",
    "not applicable": "Not applicable",
    "not checked": "Not checked",
}
_LEFT: tuple[Alignment, ...] = ("",)
_PRINCIPLES = ("Perceivable", "Operable", "Understandable", "Robust")
_LIMITS = (
    "Checks were run on the files listed above, as they were when this report was written, and on "
    "no others. A file that differs has another check sum.",
    "No browser, no screen reader and no validator was run. How the page behaves with a keyboard, "
    "at 320 pixels or in forced colours, and whether a validator of PDF/UA accepts the PDF, is not "
    "known from this report.",
    "“No fault found” is not “met”: it says that the checks that are named found nothing. What the "
    "last column asks is for a person to check.",
    "Clauses 5 to 8 and 11 to 13 of EN 301 549 concern products that are not documents. WCAG 2.2 "
    "has criteria that EN 301 549 V3.2.1 has not; they are listed under their own numbers.",
)


def report_brief(name: str, title: str, files: Sequence[Examined], day: datetime.date) -> Brief:
    """Return the report on files as a brief. `name` is that of its own files."""
    by_format = {kind: [f for f in files if f.format == kind] for kind in FORMATS}
    found = {kind: [*findings(of_kind)] for kind, of_kind in by_format.items() if of_kind}
    blocks: list[Block] = [
        _part("summary", _summary(found, files)),
        _heading("files", "What was examined"),
        _files(files),
        _heading("limits", "What this report does not say"),
        _list(_LIMITS),
        _heading("faults", "Faults"),
        *_faults(found),
    ]
    for kind, of_kind in found.items():
        blocks += _of_format(kind, of_kind)
    front = FrontMatter(
        span=_NOWHERE,
        title=_text(title),
        subtitle=_text("Conformance report, modelled on the annexes of EN 301 549 V3.2.1"),
        lang="en-GB",
        checked_on=day,
        embed_source=False,
    )
    return Brief(span=_NOWHERE, name=name, front=front, blocks=tuple(blocks))


def numbered_report(brief: Brief, house: House) -> NumberedBrief:
    """Return a report as the writers take it."""
    brief = replace(brief, front=completed(brief.front, house))
    return prepare(brief, library_of({}))[0]


def _summary(found: Mapping[str, Sequence[Finding]], files: Sequence[Examined]) -> list[str]:
    every = [finding for of_kind in found.values() for finding in of_kind]
    checks = sum(len(file.checks) + len(file.counts) for file in files)
    faults = sum(len(finding.faults) for finding in every)
    unsure = sum(f.verdict == "not checked" or bool(f.criterion.person) for f in every)
    said = "They found no fault." if not faults else f"They found {_many(faults, 'fault')}."
    return [
        f"{_many(checks, 'check')} of {_many(len(files), 'file')} were run. {said}",
        f"Of {_many(len(every), 'criterion')}, counted for each format, {unsure} need a person who "
        "looks; the tables say at what.",
    ]


def _many(count: int, noun: str) -> str:
    several = "criteria" if noun == "criterion" else f"{noun}s"
    return f"{count} {noun if count == 1 else several}"


def _files(files: Sequence[Examined]) -> Table:
    rows = [
        (_cell(file.name), _cell(_NAMES[file.format]), Cell(span=_NOWHERE, inlines=(_code(file),)))
        for file in files
    ]
    return _table("files", "Files", ("File", "Kind", "SHA-256"), rows)


def _code(file: Examined) -> Code:
    return Code(span=_NOWHERE, text=file.sha256)


def _faults(found: Mapping[str, Sequence[Finding]]) -> Iterator[Block]:
    every = [
        f"{file}: {words} ({_number(kind, finding)} {finding.criterion.title})"
        for kind, of_kind in found.items()
        for finding in of_kind
        for file, words in finding.faults
    ]
    yield _list(every) if every else _paragraph("The checks found none.")


def _of_format(kind: str, found: Sequence[Finding]) -> Iterator[Block]:
    clause = 9 if kind == "html" else 10
    yield _heading(kind, f"{_NAMES[kind]} (clause {clause})")
    for number, principle in enumerate(_PRINCIPLES, start=1):
        of_principle = [f for f in found if f.number.startswith(f"{number}.")]
        rows = [_row(kind, finding) for finding in of_principle]
        head = ("Criterion", "Result", "Checked by this program", "For a person to check")
        yield _heading(f"{kind}-{number}", f"{principle} ({clause}.{number})", level=2)
        yield _table(f"{kind}-{number}", f"{_NAMES[kind]}: {principle.lower()}", head, rows)


def _row(kind: str, finding: Finding) -> Row:
    criterion = finding.criterion
    verdict: Inline = Text(span=_NOWHERE, text=_VERDICTS[finding.verdict])
    if finding.verdict == "fault":
        verdict = Strong(span=_NOWHERE, inlines=(verdict,))
    person = criterion.person
    if finding.verdict == "not checked" and not person:
        person = "Whether it is met: this program does not judge what it found."
    return (
        _cell(f"{_number(kind, finding)} {criterion.title} ({criterion.level})"),
        Cell(span=_NOWHERE, inlines=(verdict,)),
        _cell(" ".join(finding.checked) or "–"),
        _cell(person or "–"),
    )


def _number(kind: str, finding: Finding) -> str:
    """Return the clause of EN 301 549, or the number of a criterion that only WCAG 2.2 has."""
    if finding.criterion.since != "2.1":
        return f"WCAG {finding.criterion.since}, {finding.number}"
    return f"{9 if kind == 'html' else 10}.{finding.number}"


# Nodes ------------------------------------------------------------------------------------------


def _text(words: str) -> Inlines:
    return (Text(span=_NOWHERE, text=words),)


def _paragraph(words: str) -> Paragraph:
    return Paragraph(span=_NOWHERE, inlines=_text(words))


def _part(kind: str, sentences: Sequence[str]) -> Part:
    return Part(span=_NOWHERE, kind=kind, title=(), blocks=(_paragraph(" ".join(sentences)),))


def _heading(name: str, words: str, level: int = 1) -> Heading:
    anchor = Anchor("section", name)
    return Heading(span=_NOWHERE, level=level, anchor=anchor, inlines=_text(words), numbered=False)


def _list(items: Sequence[str]) -> List:
    made = tuple(ListItem(span=_NOWHERE, blocks=(_paragraph(words),)) for words in items)
    return List(span=_NOWHERE, ordered=False, start=1, tight=True, items=made)


def _cell(words: str) -> Cell:
    return Cell(span=_NOWHERE, inlines=_text(words))


def _table(name: str, caption: str, head: Sequence[str], rows: Sequence[Row]) -> Table:
    return Table(
        span=_NOWHERE,
        anchor=Anchor("table", name),
        caption=_text(caption),
        subtitle=(),
        head=(tuple(map(_cell, head)),),
        rows=tuple(rows),
        alignments=_LEFT * len(head),
        row_heads=True,
    )

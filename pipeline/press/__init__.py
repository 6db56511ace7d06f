"""Write the press edition of briefs, prove it, and publish it in the build folder.

In: a project. Out: PDF files, and an outcome for each brief. A press file has no links by which its
numbers could be read back. Instead, the numbers of the screen edition are proved, and every page
must have the same text in both editions.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from msgspec import Struct, field

from ..build import workers
from ..build.proof import Witness, witness
from ..build.publishing import publish
from ..build.unwritable import UNWRITABLE, failure_of
from ..diagnostics import Diagnostic, has_errors
from ..disk import shown_path
from ..numbering import NumberedBrief
from ..preflight import Report, preflight
from ..project import LoadedBrief, Project
from ..styles import Styles
from ..verify.pdf.text import read_pages
from ..writers.pdf import write_pdf
from ..writers.press import (
    STANDARDS,
    PressFile,
    Profile,
    in_grey,
    write_booklet,
    write_cover,
    write_press,
)
from .images import image_findings
from .profiles import NoProfileError, find_profile
from .proof import booklet_faults, cover_faults, lost_text, press_faults, screen_faults
from .separations import inking, separated, soft_proof
from .ticket import spine_of, ticket_of, to_brief, to_json

__all__ = ["NoProfileError", "Order", "Outcome", "make_press"]


class Order(Struct, frozen=True):
    """What to write. `edition` is "press", "cover", "booklet" or "grey"; `standard` a key of
    `STANDARDS`.

    With a press edition, `job` asks for a job ticket and `soft_proof` for pictures of its pages.
    """

    edition: str = "press"
    standard: str = "x4"
    job: bool = False
    soft_proof: bool = False


class Outcome(Struct, frozen=True):
    name: str
    filename: str = ""  # "" where nothing was written
    facts: tuple[str, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()


class _Task(Struct, frozen=True):
    numbered: NumberedBrief
    witness: Witness
    styles: Styles
    profile: Profile
    order: Order

    @property
    def filename(self) -> str:
        return f"{self.numbered.brief.name}.{self.order.edition}.pdf"


class _Made(Struct, frozen=True):
    content: bytes
    facts: tuple[str, ...]
    diagnostics: tuple[Diagnostic, ...]
    beside: Mapping[str, bytes] = field(default_factory=dict)  # further files, by name


def make_press(project: Project, order: Order) -> Iterator[Outcome]:
    """Yield the outcome of each brief. Raises `NoProfileError` before anything is written."""
    profile = find_profile(project.styles.house, project.root)
    ready = [brief for brief in project.briefs if brief.numbered and not brief.has_errors]
    tasks = [
        _Task(brief.numbered, witness(brief, project.styles), project.styles, profile, order)
        for brief in ready
        if brief.numbered
    ]
    made = workers.run(_make, tasks, 0, _seconds_allowed)
    waiting = iter(tasks)
    for brief in project.briefs:
        if brief not in ready:
            yield Outcome(brief.name)
            continue
        yield _published(project, brief, next(waiting), next(made))


def _published(
    project: Project, brief: LoadedBrief, task: _Task, made: _Made | workers.Failure
) -> Outcome:
    if isinstance(made, workers.Failure):
        failure = made.diagnostic(task.filename, brief.path)
        return Outcome(brief.name, diagnostics=(failure,))
    found = tuple(project.judged(made.diagnostics))
    if has_errors(found):
        return Outcome(brief.name, diagnostics=found)
    published = publish(project.out, {task.filename: made.content, **made.beside}, {})
    if isinstance(published, Diagnostic):
        return Outcome(brief.name, diagnostics=(*found, published))
    return Outcome(brief.name, shown_path(project.out / task.filename), made.facts, found)


def _make(task: _Task) -> _Made | workers.Failure:
    """Write and prove one file: runs in a child process."""
    try:
        return _made(task)
    except UNWRITABLE as error:
        return failure_of(error, task.numbered.brief)


def _made(task: _Task) -> _Made:
    facts: tuple[str, ...]
    screen = write_pdf(task.numbered, task.styles)
    found = screen_faults(screen, task.numbered, task.witness)
    if task.order.edition == "grey":
        grey = in_grey(screen)
        found += [
            *screen_faults(grey, task.numbered, task.witness),
            *lost_text(grey, screen, task.filename),
        ]
        facts = (_pages(len(read_pages(grey))), "in greys")
        return _Made(grey, facts, tuple(found))
    folded = task.order.edition == "booklet"
    press = write_press(task.numbered, task.styles, task.profile, task.order.standard, folded)
    report = preflight(press.content)
    found += press_faults(press.content, report, screen, task.filename)
    found += image_findings(report, task.numbered.brief)
    facts = (
        f"{_pages(press.pages)}{_blanks(press.blanks)}",
        STANDARDS[task.order.standard],
        task.profile.description,
    )
    if task.order.edition == "press":
        beside = dict(_beside(task, press, report))
        facts += ("with a job ticket",) if task.order.job else ()
        facts += ("with a soft proof",) if task.order.soft_proof else ()
        return _Made(press.content, facts, tuple(found), beside)
    if task.order.edition == "cover":
        spine = spine_of(press.pages - 1, task.styles.house.press)  # without its first page
        cover = write_cover(task.numbered, task.styles, task.profile, spine, task.order.standard)
        found += cover_faults(cover, press.content, task.filename)
        facts = (f"a spine of {spine:g} mm for {press.pages - 1} pages", *facts[1:])
        return _Made(cover, facts, tuple(found))
    booklet = write_booklet(press, task.numbered, task.styles, task.order.standard)
    found += booklet_faults(booklet, press.content, task.filename)
    sheets = press.pages // 4
    facts = (f"{sheets} sheet{'' if sheets == 1 else 's'}", *facts)
    return _Made(booklet, facts, tuple(found))


def _beside(task: _Task, press: PressFile, report: Report) -> Iterator[tuple[str, bytes]]:
    """Yield the job ticket and the soft proof of a press file, as far as they are asked for."""
    order, name = task.order, task.numbered.brief.name
    if not (order.job or order.soft_proof):
        return
    pages = separated(press.content)
    if order.job:
        ticket = ticket_of(
            task.numbered,
            press,
            report,
            [inking(page) for page in pages],
            file=task.filename,
            standard=STANDARDS[order.standard],
            profile=task.profile,
            styles=task.styles,
        )
        yield f"{name}.job.json", to_json(ticket)
        yield f"{name}.job.pdf", write_pdf(to_brief(ticket), task.styles)
    if order.soft_proof:
        for number, picture in enumerate(soft_proof(pages, task.profile), start=1):
            yield f"{name}.proof-{number}.png", picture


def _pages(count: int) -> str:
    return f"{count} page{'' if count == 1 else 's'}"


def _blanks(blanks: tuple[int, ...]) -> str:
    if not blanks:
        return ""
    numbers = ", ".join(map(str, blanks))
    return f", of which {numbers} {'is' if len(blanks) == 1 else 'are'} blank"


def _seconds_allowed(task: _Task) -> float:
    return 60 + len(task.numbered.brief.source) / 1000

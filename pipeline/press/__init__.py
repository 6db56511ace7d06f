"""Make the press edition of briefs, prove it, and put it into the build folder.

A press file has no links, so its numbers cannot be read back by identity. Its pages must say what
those of the screen edition say, page by page, and the numbers of that edition are read back.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from pipeline.brief import Image, walk
from pipeline.build import workers
from pipeline.build.publishing import publish
from pipeline.diagnostics import Diagnostic, Span, has_errors
from pipeline.numbering import NumberedBrief
from pipeline.preflight import preflight
from pipeline.press.profiles import NoProfileError, find_profile
from pipeline.project import LoadedBrief, Project, shown_path
from pipeline.styles import Styles
from pipeline.verify import Unreadable, compare, expected, read_numbers
from pipeline.verify.pdf_text import read_pages
from pipeline.writers.press import PressFile, Profile, write_press

__all__ = ["NoProfileError", "Outcome", "make_press"]

LEAST_RESOLUTION = 220  # dots per inch
_RESOLUTION_RULE = "image-resolution"  # of the preflight: said with the image's line instead


@dataclass(frozen=True, slots=True)
class Order:
    """What is asked for. `edition`: "press", "booklet" or "grey"."""

    edition: str = "press"
    standard: str = "x4"


@dataclass(frozen=True, slots=True)
class Outcome:
    name: str
    filename: str = ""  # "" where nothing was written
    facts: tuple[str, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()


@dataclass(frozen=True, slots=True)
class _Task:
    numbered: NumberedBrief
    styles: Styles
    profile: Profile
    order: Order

    @property
    def filename(self) -> str:
        return f"{self.numbered.brief.name}.{self.order.edition}.pdf"


@dataclass(frozen=True, slots=True)
class _Made:
    content: bytes
    facts: tuple[str, ...]
    diagnostics: tuple[Diagnostic, ...]


def make_press(project: Project, order: Order) -> Iterator[Outcome]:
    """Yield what becomes of each brief. Raises `NoProfileError` before anything is written."""
    profile = find_profile(project.styles.house, project.root)
    ready = [brief for brief in project.briefs if brief.numbered and not brief.has_errors]
    tasks = [
        _Task(brief.numbered, project.styles, profile, order) for brief in ready if brief.numbered
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
        message = f"{task.filename}: {made.message}"
        failure = Diagnostic("cannot-render", message, Span(brief.path, 0, 0, 0), made.hint)
        return Outcome(brief.name, diagnostics=(failure,))
    found = tuple(project.judged(made.diagnostics))
    if has_errors(found):
        return Outcome(brief.name, diagnostics=found)
    if problem := publish(project.out, {task.filename: made.content}, {}):
        return Outcome(brief.name, diagnostics=(*found, problem))
    return Outcome(brief.name, shown_path(project.out / task.filename), made.facts, found)


def _make(task: _Task) -> _Made:
    """Write and prove one file: runs in a child process."""
    from pipeline.writers.pdf import write_pdf

    screen = write_pdf(task.numbered, task.styles)
    press = write_press(task.numbered, task.styles, task.profile, task.order.standard)
    found = [
        *screen_faults(screen, task.numbered),
        *press_faults(press.content, screen, task.filename),
        *_coarse_images(press, task.numbered),
    ]
    return _Made(press.content, _facts(press, task), tuple(found))


def _facts(press: PressFile, task: _Task) -> tuple[str, ...]:
    from pipeline.writers.press import STANDARDS

    return (
        f"{press.pages} pages" + _blanks(press.blanks),
        STANDARDS[task.order.standard],
        task.profile.description,
    )


def _blanks(blanks: tuple[int, ...]) -> str:
    if not blanks:
        return ""
    numbers = ", ".join(map(str, blanks))
    return f", of which {numbers} {'is' if len(blanks) == 1 else 'are'} blank"


# The proof -------------------------------------------------------------------------------------


def screen_faults(screen: bytes, numbered: NumberedBrief) -> list[Diagnostic]:
    """Return where the screen edition bears other numbers than were decided."""
    name = f"{numbered.brief.name}.pdf"
    return list(compare(expected(numbered), read_numbers(screen, ".pdf"), name, ordered=False))


def press_faults(press: bytes, screen: bytes, name: str) -> Iterator[Diagnostic]:
    """Yield where a press file does not say what the screen edition says, or fails preflight."""
    nowhere = Span(name, 0, 0, 0)
    try:
        wanted = [_words(page.text) for page in read_pages(screen)]
        found = [_words(page.text) for page in read_pages(press)]
    except Unreadable as error:
        yield Diagnostic("bad-output", str(error), nowhere)
        return
    wanted += [""] * (len(found) - len(wanted))
    if len(found) < len(wanted):
        yield Diagnostic("number-mismatch", f"{len(wanted) - len(found)} pages are lost", nowhere)
    for number, (one, other) in enumerate(zip(wanted, found, strict=False), start=1):
        if one != other:
            message = f"page {number} does not say what it says in the screen edition"
            yield Diagnostic("number-mismatch", message, nowhere)
    for rule in preflight(press).failures:
        if rule.name != _RESOLUTION_RULE:
            yield Diagnostic("failed-preflight", f"{rule.name}: {rule.said}", nowhere)


def _words(text: str) -> str:
    return " ".join(text.split())


def _coarse_images(press: PressFile, numbered: NumberedBrief) -> Iterator[Diagnostic]:
    """Yield the images that have too few dots for the size in which they are printed."""
    spans = {node.src: node.span for node in walk(numbered.brief) if isinstance(node, Image)}
    for src, resolution in press.resolutions:
        if resolution < LEAST_RESOLUTION and src in spans:
            message = f"`{src}` is printed with {resolution:.0f} dots per inch"
            hint = (
                f"give it {LEAST_RESOLUTION / resolution:.1f} times the pixels, "
                "a smaller width, or draw it as SVG"
            )
            yield Diagnostic("low-resolution", message, spans[src], hint)


def _seconds_allowed(task: _Task) -> float:
    return 60 + len(task.numbered.brief.source) / 1000

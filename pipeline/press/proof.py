"""Prove a press file: it has the text of the screen edition, and a print shop would accept it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from ..build.proof import Witness, faults_of, read_back
from ..diagnostics import Diagnostic, Span
from ..numbering import NumberedBrief
from ..preflight import Report, preflight
from ..verify import Unreadable
from ..verify.pdf.text import read_pages
from .images import OF_IMAGES

_HINTS = {
    "total-ink": "lower a colour of [press-colours] in house.toml, or of a drawing in CMYK",
    "transparency": "print it as PDF/X-4, or draw without opacity, masks and transparent gradients",
}


def screen_faults(screen: bytes, numbered: NumberedBrief, witness: Witness) -> list[Diagnostic]:
    """Return where the screen edition does not print what the brief says."""
    found = read_back(screen, "pdf", numbered.labels)
    return faults_of(found, numbered, witness, f"{numbered.brief.name}.pdf")


def press_faults(press: bytes, report: Report, screen: bytes, name: str) -> list[Diagnostic]:
    """Return where a press file differs from the screen edition in its text, or fails preflight."""
    return [*lost_text(press, screen, name), *_refusals(report, name)]


def booklet_faults(booklet: bytes, press: bytes, name: str) -> list[Diagnostic]:
    """Return where a booklet differs from its pages in its text, or fails preflight."""
    wanted = sorted(word for page in read_pages(press) for word in page.text.split())
    found = sorted(word for side in read_pages(booklet) for word in side.text.split())
    lost = [] if wanted == found else [_mismatch("its text differs from that of the pages", name)]
    return [*lost, *_refusals(preflight(booklet), name)]


def cover_faults(cover: bytes, press: bytes, name: str) -> list[Diagnostic]:
    """Return what a cover on one sheet lacks of the first page, or why preflight fails it."""
    (sheet,), first = read_pages(cover), read_pages(press)[0]
    lost = Counter(first.text.split()) - Counter(sheet.text.split())
    found = [_mismatch(f"it lacks words of the cover: {' '.join(lost)}", name)] if lost else []
    return [*found, *_refusals(preflight(cover), name)]


def lost_text(content: bytes, screen: bytes, name: str) -> Iterator[Diagnostic]:
    """Yield the pages whose text differs from that of the screen edition."""
    try:
        wanted = [_words(page.text) for page in read_pages(screen)]
        found = [_words(page.text) for page in read_pages(content)]
    except Unreadable as error:
        yield Diagnostic("bad-output", str(error), Span.of_file(name))
        return
    if len(found) < len(wanted):
        yield _mismatch(f"{len(wanted) - len(found)} pages are missing", name)
    wanted += [""] * (len(found) - len(wanted))
    for number, (one, other) in enumerate(zip(wanted, found, strict=False), start=1):
        if one != other:
            yield _mismatch(f"the text of page {number} differs from the screen edition", name)


def _refusals(report: Report, name: str) -> Iterator[Diagnostic]:
    """Yield what a print shop would refuse, except findings on pictures: see `images`."""
    for rule in report.failures:
        if rule.name not in OF_IMAGES:
            where = f" ({rule.places[0]})" if rule.places else ""
            message = f"{rule.name}: {rule.said}{where}"
            yield Diagnostic(
                "failed-preflight", message, Span.of_file(name), _HINTS.get(rule.name, "")
            )


def _mismatch(message: str, name: str) -> Diagnostic:
    return Diagnostic("number-mismatch", message, Span.of_file(name))


def _words(text: str) -> str:
    return " ".join(text.split())

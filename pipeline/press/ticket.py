"""The job ticket of a press file: on one page, what a print shop asks before it prints.

In: a brief and its press file with what was found in it. Out: the facts as values, as JSON, and as
a brief of their own, which is written as a PDF like any other.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping, Sequence

from msgspec import Struct, json

from ..diagnostics import Span
from ..model import (
    Anchor,
    Brief,
    Cell,
    Citation,
    FrontMatter,
    Inlines,
    Paragraph,
    Table,
    Text,
    walk,
)
from ..numbering import NumberedBrief
from ..preflight import Report
from ..styles import PAPER_SIZES, Press, Styles
from ..writers.press import BLEED_WIDTH, FOLDED, SHEET, PressFile, Profile
from ..writers.press.plates import INKS
from .separations import Inking

_LANG = "en-GB"  # of the ticket: print shops abroad read English
_SPAN = Span.of_file("")
_NOT_CHECKED = (
    "Not checked: trapping, colours on the press, and whether the output condition suits the "
    "paper. Please make a proof."
)


class Ticket(Struct, frozen=True, rename="kebab"):
    """What is printed, and how. Lengths are in millimetres, shares of ink from 0 to 4."""

    title: str
    edition: str
    file: str
    sha256: str
    standard: str
    condition: str  # the output condition
    trim: tuple[float, float]  # width and height
    bleed: float
    pages: int
    blank_pages: tuple[int, ...]
    process: str  # "offset" or "digital"
    sheets: int  # of the paper, printed on both sides
    folds: int  # of each sheet
    stock: str
    calliper: float  # of one leaf
    spine: float
    coverage: Mapping[str, float]  # of each ink, the mean of all pages
    most_ink: float  # on any square millimetre
    ink_limit: float
    rules_passed: int  # of preflight
    references: int  # whose numbers were read back from the PDF for the screen
    marks: int


def ticket_of(
    numbered: NumberedBrief,
    press: PressFile,
    report: Report,
    inkings: Sequence[Inking],
    *,
    file: str,
    standard: str,
    profile: Profile,
    styles: Styles,
) -> Ticket:
    """Return the ticket of a press file that passed its proof."""
    house, chosen = styles.house, styles.house.press
    paper = numbered.brief.front.paper or house.paper
    folds = 1 if chosen.process == "offset" and press.pages >= FOLDED else 0
    on_sheet = FOLDED if folds else SHEET
    shares = zip(*(found.coverage for found in inkings), strict=True)
    means = [round(sum(share) / len(inkings), 4) for share in shares]
    return Ticket(
        title=numbered.brief.title,
        edition=numbered.brief.front.edition,
        file=file,
        sha256=hashlib.sha256(press.content).hexdigest(),
        standard=standard,
        condition=profile.description,
        trim=PAPER_SIZES[paper],
        bleed=BLEED_WIDTH,
        pages=press.pages,
        blank_pages=press.blanks,
        process=chosen.process,
        sheets=-(-press.pages // on_sheet),
        folds=folds,
        stock=chosen.stock,
        calliper=chosen.calliper,
        spine=spine_of(press.pages, chosen),
        coverage=dict(zip(INKS, means, strict=True)),
        most_ink=round(max(found.most for found in inkings), 3),
        ink_limit=report.ink_limit,
        rules_passed=len(report.rules) - len(report.failures),
        references=len(numbered.bibliography),
        marks=sum(isinstance(node, Citation) for node in walk(numbered.brief)),
    )


def spine_of(pages: int, chosen: Press) -> float:
    """Return the thickness of pages that are bound, in millimetres."""
    return round(-(-pages // 2) * chosen.calliper, 2)


def to_json(ticket: Ticket) -> bytes:
    """Return a ticket as JSON, its keys in kebab case."""
    return json.format(json.encode(ticket), indent=2) + b"\n"


def to_brief(ticket: Ticket) -> NumberedBrief:
    """Return a ticket as a brief of one page, in which nothing has a number."""
    rows = tuple((_cell(label), _cell(value)) for label, value in _facts(ticket) if value)
    table = Table(
        anchor=Anchor("table", ""),
        caption=(),
        subtitle=(),
        head=((_cell("Item"), _cell("Value")),),
        rows=rows,
        alignments=("left", "left"),
        span=_SPAN,
    )
    front = FrontMatter(
        title=_text("Job ticket"), subtitle=_text(ticket.title), lang=_LANG,
        embed_source=False, span=_SPAN,
    )  # fmt: skip
    blocks = (table, Paragraph(_text(_NOT_CHECKED), span=_SPAN))
    brief = Brief(name="job", front=front, blocks=blocks, span=_SPAN)
    return NumberedBrief(brief, {}, ())


def _facts(ticket: Ticket) -> Iterator[tuple[str, str]]:
    """Yield what the ticket says, in words: (item, value), "" for what it does not know."""
    width, height = ticket.trim
    yield "File", ticket.file
    yield "SHA-256", " ".join(re.findall(".{16}", ticket.sha256))  # it has to fit in its column
    yield "Edition", ticket.edition
    yield "Standard", ticket.standard
    yield "Output condition", ticket.condition
    yield "Trim size", f"{width:g} × {height:g} mm, portrait"
    yield "Bleed", f"{ticket.bleed:g} mm on all sides, with crop marks outside it"
    yield "Pages", _pages(ticket)
    yield "Process", "offset" if ticket.process == "offset" else "digital, short run"
    folded = ", each folded once" if ticket.folds else ""
    yield "Sheets", f"{ticket.sheets}, printed on both sides{folded}"
    yield "Stock", ticket.stock
    yield "Thickness of a leaf", f"{ticket.calliper:g} mm"
    yield "Spine, if glued", f"{ticket.spine:g} mm"
    yield "Inks", "four process colours, no spot colours; text in black"
    shares = (f"{ink} {share:.1%}" for ink, share in ticket.coverage.items())
    yield "Mean ink coverage", ", ".join(shares).replace("%", " %")
    most, limit = f"{ticket.most_ink:.0%}", f"{ticket.ink_limit:.0%}"
    yield "Most ink anywhere", f"{most} of {limit} that the paper takes".replace("%", " %")
    yield "Preflight", f"{ticket.rules_passed} rules, none failed"
    counted = f"{ticket.references} references and {ticket.marks} citations"
    yield "Numbers", f"{counted}, read back from the PDF for the screen, whose text this file has"


def _pages(ticket: Ticket) -> str:
    blanks = ", ".join(map(str, ticket.blank_pages))
    return f"{ticket.pages}" + (f", of which blank: {blanks}" if blanks else ", none blank")


def _cell(text: str) -> Cell:
    return Cell(_text(text), span=_SPAN)


def _text(text: str) -> Inlines:
    return (Text(text, span=_SPAN),)

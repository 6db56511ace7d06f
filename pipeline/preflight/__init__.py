"""Check whether a print shop would refuse a PDF, one of ours or any other.

In: the bytes of a PDF. Out: a report with a verdict, the value found and the places for each rule.
Damaged and hostile files get verdicts, too, never an exception. `NOT_CHECKED` lists what is left to
the print shop.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import partial
from io import BytesIO

import pikepdf

from . import document, paint
from .found import Painting, PlacedImage, TooMuchError
from .paint import INK_TOLERANCE, LEAST_RESOLUTION
from .painting import read_painting
from .report import (
    NOT_CHECKED,
    Report,
    Rule,
    Verdict,
    report_to_json,
    report_to_text,
    rule,
)

__all__ = [
    "INK_TOLERANCE",
    "LARGEST",
    "LEAST_RESOLUTION",
    "NOT_CHECKED",
    "PlacedImage",
    "Report",
    "Rule",
    "Verdict",
    "preflight",
    "report_to_json",
    "report_to_text",
    "rule",
]

LARGEST = 512 * 1024 * 1024  # bytes
MOST_PAGES = 5000
_OF_FILE: Mapping[str, Callable[[pikepdf.Pdf], Rule | Iterable[Rule]]] = {
    "version": document.version,
    "objects": document.forbidden,
    "encryption": document.encryption,
    "standard": document.standard,
    "trapped": document.trapped,
    "properties": document.dates,
    "output-intent": document.output_intent,
    "boxes": document.boxes,
    "page-count": document.page_count,
    "annotations": document.screen_notes,
    "active-content": document.active_content,
}


def preflight(content: bytes) -> Report:
    """Return the verdict of each rule on the bytes of a PDF."""
    try:
        with pikepdf.open(BytesIO(content)) as pdf:
            if not 0 < len(pdf.pages) <= MOST_PAGES:
                return Report((rule("readable", False, f"it has {len(pdf.pages)} pages"),))
            return _report(pdf)
    except pikepdf.PasswordError:
        return Report((rule("encryption", False, "it asks for a password"),))
    except Exception as error:  # a damaged file may raise anything
        reason = str(error).rpartition(": ")[2] or type(error).__name__
        return Report((rule("readable", False, f"this PDF cannot be read: {reason}"),))


def _report(pdf: pikepdf.Pdf) -> Report:
    of_file = _judged({name: partial(judge, pdf) for name, judge in _OF_FILE.items()})
    rules = [rule("readable", True, "a PDF"), *of_file]
    painting = _painting(pdf)
    if isinstance(painting, Rule):
        return Report((*rules, painting))
    limit = document.ink_limit(pdf)
    claim = next((found.said for found in rules if found.name == "standard"), "")
    rules += _judged(
        {
            "colours": lambda: paint.colours(painting),
            "total-ink": lambda: paint.ink(painting, limit),
            "transparency": lambda: paint.transparency(painting, claim),
            "black-overprint": lambda: paint.overprint(painting),
            "white-overprint": lambda: paint.white_text(painting),
            "small-text": lambda: paint.small_text(painting),
            "hairlines": lambda: paint.hairlines(painting),
            "image-resolution": lambda: paint.resolution(painting),
            "fonts": lambda: paint.fonts(painting),
            "marks": lambda: paint.marks(painting, document.bleed_boxes(pdf)),
        }
    )
    return Report(tuple(rules), tuple(painting.images), limit)


def _judged(judges: Mapping[str, Callable[[], Rule | Iterable[Rule]]]) -> list[Rule]:
    """Return the verdict of each rule; where a file is broken, that rule fails and no other."""
    rules: list[Rule] = []
    for name, judge in judges.items():
        try:
            found = judge()
            rules += [found] if isinstance(found, Rule) else list(found)
        except Exception as error:
            rules.append(rule(name, False, f"it could not be read: {type(error).__name__}"))
    return rules


def _painting(pdf: pikepdf.Pdf) -> Painting | Rule:
    try:
        return read_painting(pdf)
    except TooMuchError:
        return rule("content", False, "a page has more operators than can be checked")
    except Exception as error:  # a damaged content stream may raise anything
        reason = str(error).rpartition(": ")[2] or type(error).__name__
        return rule("content", False, f"the pages cannot be read: {reason}")

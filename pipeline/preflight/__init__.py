"""Look whether a print shop would refuse a PDF, ours or any other.

Each rule gives a verdict, the value found and the places. A file that is broken or hostile gets
verdicts too, never an exception; `NOT_CHECKED` says what is left to the print shop.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
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


def preflight(content: bytes) -> Report:
    """Return the verdict of each rule on the bytes of a PDF."""
    try:
        with pikepdf.open(BytesIO(content)) as pdf:
            if not 0 < len(pdf.pages) <= MOST_PAGES:
                said = f"it has {len(pdf.pages)} pages"
                return Report((rule("readable", False, said),))
            return _report(pdf)
    except pikepdf.PasswordError:
        return Report((rule("encryption", False, "it asks for a password"),))
    except Exception as error:  # of a broken file anything may come
        reason = str(error).rpartition(": ")[2] or type(error).__name__
        return Report((rule("readable", False, f"it is not a PDF that can be read: {reason}"),))


def _report(pdf: pikepdf.Pdf) -> Report:
    rules = [rule("readable", True, "a PDF")]

    def look(name: str, judge: Callable[[], Rule | Iterable[Rule]]) -> None:
        try:
            found = judge()
            rules.extend([found] if isinstance(found, Rule) else list(found))
        except Exception as error:  # broken in this place; the other rules are still judged
            said = f"it could not be read: {type(error).__name__}"
            rules.append(rule(name, False, said))

    look("version", lambda: document.version(pdf))
    look("objects", lambda: document.forbidden(pdf))
    look("encryption", lambda: document.encryption(pdf))
    look("standard", lambda: document.standard(pdf))
    look("trapped", lambda: document.trapped(pdf))
    look("properties", lambda: document.dates(pdf))
    look("output-intent", lambda: document.output_intent(pdf))
    look("boxes", lambda: document.boxes(pdf))
    look("page-count", lambda: document.page_count(pdf))
    look("annotations", lambda: document.screen_notes(pdf))
    look("active-content", lambda: document.active_content(pdf))
    painting = _painting(pdf)
    if isinstance(painting, Rule):
        return Report((*rules, painting))
    claim = next((found.said for found in rules if found.name == "standard"), "")
    look("colours", lambda: paint.colours(painting))
    limit = document.ink_limit(pdf)
    look("total-ink", lambda: paint.ink(painting, limit))
    look("transparency", lambda: paint.transparency(painting, claim))
    look("black-overprint", lambda: paint.overprint(painting))
    look("image-resolution", lambda: paint.resolution(painting))
    look("fonts", lambda: paint.fonts(painting))
    look("marks", lambda: paint.marks(painting, document.bleed_boxes(pdf)))
    return Report(tuple(rules), tuple(painting.images), limit)


def _painting(pdf: pikepdf.Pdf) -> Painting | Rule:
    try:
        return read_painting(pdf)
    except TooMuchError:
        return rule("content", False, "a page has more operators than can be looked at")
    except Exception as error:  # of a broken content stream anything may come
        reason = str(error).rpartition(": ")[2] or type(error).__name__
        return rule("content", False, f"the pages cannot be read: {reason}")

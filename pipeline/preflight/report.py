"""The report of a preflight: a verdict for each rule, with the value found and the places."""

from __future__ import annotations

from enum import Enum
from typing import Any

from msgspec import Struct

from .found import PlacedImage

MOST_PLACES = 20  # of one rule; the rest are only counted


class Verdict(Enum):
    PASS = "pass"
    FAIL = "fail"
    NONE = "not applicable"


class Rule(Struct, frozen=True):
    """The verdict on one rule. `said` is the value that was found, in words."""

    name: str
    verdict: Verdict
    said: str
    places: tuple[str, ...] = ()  # "page 2: image /x0"


class Report(Struct, frozen=True):
    """The verdicts, and the data behind them for callers that need more than words."""

    rules: tuple[Rule, ...]
    images: tuple[PlacedImage, ...] = ()
    ink_limit: float = 0.0  # of the paper: 3.0 is 300 %

    @property
    def failures(self) -> tuple[Rule, ...]:
        return tuple(rule for rule in self.rules if rule.verdict is Verdict.FAIL)


NOT_CHECKED = (
    "conformance with all of ISO 15930: there is no free validator for PDF/X, nor is this one",
    "the syntax of the file byte by byte, and whether fonts have every glyph in the right width",
    "whether the output profile suits the paper and the press, and whether its tables are sound",
    "the total ink where colours overprint, blend, or form calculated gradients",
    "spot colours: what they become if printed in process colours, and pictures in them",
    "whether pictures and colours reach into the bleed where they touch the trim",
    "trapping, and each layer of optional content",
    "the text, and whether its numbers are right: use `brief verify`",
)


def rule(name: str, good: bool | None, said: str, places: Any = ()) -> Rule:
    """Return the verdict on a rule; `good` is None if the rule does not apply."""
    verdict = Verdict.NONE if good is None else Verdict.PASS if good else Verdict.FAIL
    found = tuple(dict.fromkeys(places))
    if len(found) > MOST_PLACES:
        found = (*found[:MOST_PLACES], f"and {len(found) - MOST_PLACES} more")
    return Rule(name, verdict, said, found)


def report_to_text(report: Report) -> str:
    lines = []
    for found in report.rules:
        lines.append(f"{_SIGNS[found.verdict]} {found.name:<20} {found.said}")
        if found.verdict is Verdict.FAIL:
            lines += [f"       {'':<20} {place}" for place in found.places]
    failed = len(report.failures)
    lines += ["", f"{failed} of {len(report.rules)} rules failed" if failed else "no rule failed"]
    lines += ["", "not checked:", *(f"  - {what}" for what in NOT_CHECKED)]
    return "\n".join(lines)


_SIGNS = {Verdict.PASS: "  pass", Verdict.FAIL: "  FAIL", Verdict.NONE: "     –"}


def report_to_json(report: Report) -> dict[str, Any]:
    return {
        "passed": not report.failures,
        "rules": [
            {
                "name": found.name,
                "verdict": found.verdict.value,
                "value": found.said,
                "places": list(found.places),
            }
            for found in report.rules
        ],
        "not-checked": list(NOT_CHECKED),
    }

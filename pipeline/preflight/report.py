"""What a preflight says: one verdict for each rule, with the value found and the places."""

from __future__ import annotations

from enum import Enum
from typing import Any

from msgspec import Struct

from .found import PlacedImage

MOST_PLACES = 20  # of one rule; of more only the count is said


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
    """The verdicts, and what they are about for those who know more of it."""

    rules: tuple[Rule, ...]
    images: tuple[PlacedImage, ...] = ()
    ink_limit: float = 0.0  # of the paper: 3.0 is 300 %

    @property
    def failures(self) -> tuple[Rule, ...]:
        return tuple(rule for rule in self.rules if rule.verdict is Verdict.FAIL)


NOT_CHECKED = (
    "conformance with ISO 15930 as a whole: there is no free validator of PDF/X, and this is none",
    "the syntax of the file byte by byte, and whether fonts hold every glyph in the right width",
    "whether the output profile is right for the paper and the press, and its tables are sound",
    "the total ink where colours overprint, blend or shade into each other by a calculation",
    "spot colours: what they become if they are not printed as such, and pictures in them",
    "whether pictures and colours reach into the bleed where they touch the trim",
    "hairlines, smallest text, trapping, optional content (layers) one by one",
    "what the text says, and whether its numbers are right: that is `brief verify`",
)


def rule(name: str, good: bool | None, said: str, places: Any = ()) -> Rule:
    """Return a rule's verdict; `good` is None where the rule does not apply."""
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

"""House marks: how a citation looks in the text: `[1] [2]`, `[1], [2]`, `[1]–[3]`, `(14 to 16)`.

CSL styles cannot express what publishers want here, and most numeric ones drop locators, so marks
are ours. A house style names a preset and can change single fields of it. The choices are limited,
so that `verify` recognises every mark.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from itertools import groupby

from msgspec import Struct
from msgspec.structs import replace

from .language.files import language_of
from .language.locators import locator_text
from .model import (
    Anchor,
    Citation,
    Cite,
    Inline,
    Text,
)
from .model.enumerators import NumberFormat


class Marks(Struct, frozen=True):
    """One house's way to set a citation. The defaults are the preset `separate`."""

    opening: str = "["
    closing: str = "]"
    each: bool = True  # brackets round each number, or round the group
    separator: str = " "
    range: str = ""  # between the ends of three or more numbers in a row; "" for no ranges
    superscript: bool = False
    after_punctuation: bool = False  # printed right of a full stop or comma, without a blank
    order: str = "number"  # of the cites in a group: "number", or "written" as the author did
    before: str = "keep"  # the space before a mark: "keep", "none", or "thin"
    comma: str = ", "  # between a number and its locator

    @property
    def footnotes(self) -> NumberFormat:
        """How footnotes are numbered: in letters where marks are raised numbers, as calls are."""
        return "lower-alpha" if self.superscript else "decimal"


SEPARATE = Marks()
PRESETS: Mapping[str, Marks] = {
    "separate": SEPARATE,
    "ieee": Marks(separator=", "),
    "ieee-ranges": Marks(separator=", ", range="–"),
    "elsevier": Marks(each=False, separator=",", range="–"),
    "vancouver": Marks("(", ")", each=False, separator=",", range="-", after_punctuation=True),
    "ukhsa": Marks("(", ")", each=False, separator=", ", range=" to "),
    "full-width": Marks("［", "］", separator="", before="none"),
    "superscript": Marks(
        "",
        "",
        each=False,
        separator=",",
        range="–",
        superscript=True,
        after_punctuation=True,
    ),
}
BRACKETS: Mapping[str, str] = {
    "": "",
    "[": "]",
    "(": ")",
    "［": "］",
    "（": "）",
    "【": "】",
    "〔": "〕",
}
RANGES = ("", "–", "-", "—", "~", "〜", " to ", " bis ", " à ", " a ")
ORDERS = ("number", "written")
BEFORE = ("keep", "none", "thin")
_COMMA = r"[,、，،:] ?"
_SEPARATOR = r"[\s,;·/、，；،؛]{0,3}"


def in_language(marks: Marks, lang: str) -> Marks:
    """Return marks with the comma of a language: "[1، ص. 4]" in Arabic."""
    comma = language_of(lang).comma
    if comma == ",":
        return marks
    separator, after = (text.replace(",", comma) for text in (marks.separator, marks.comma))
    return replace(marks, separator=separator, comma=after)


def marks_problem(marks: Marks) -> tuple[str, str, str] | None:
    """Return the field that is wrong in marks, what is wrong, and a hint; None if all is well."""
    choices = {"opening": tuple(BRACKETS), "range": RANGES, "order": ORDERS, "before": BEFORE}
    for name, allowed in choices.items():
        if (found := getattr(marks, name)) not in allowed:
            shown = ", ".join(f'"{choice}"' for choice in allowed)
            return name, f"cannot be `{found}`", f"choose one of: {shown}"
    if marks.closing != BRACKETS[marks.opening]:
        hint = f'closing = "{BRACKETS[marks.opening]}"'
        return "closing", f"does not close `{marks.opening}`", hint
    if not re.fullmatch(_COMMA, marks.comma):
        return "comma", f"cannot be `{marks.comma}`", "a comma, and a space if you like"
    reopens = not marks.each and is_reopening(marks.separator, marks.opening)
    if not re.fullmatch(_SEPARATOR, marks.separator[1:-1] if reopens else marks.separator):
        return "separator", f"cannot be `{marks.separator}`", "a comma or semicolon, and spaces"
    if not marks.separator and not (marks.each and marks.opening):
        return "separator", "is empty, so that 1 and 2 would be printed as 12", 'separator = ","'
    return None


def is_reopening(separator: str, opening: str) -> bool:
    """Whether a separator closes the group's brackets and opens them again: `[1–3], [5]`."""
    closing = BRACKETS.get(opening, "")
    return bool(closing) and separator.startswith(closing) and separator.endswith(opening)


UNRESOLVED = "?"  # the number of what points to nothing


class MarkNumber(Struct, frozen=True):
    """A number in a mark, with what belongs to it; all of `text` is the link to its reference."""

    anchor: Anchor
    number: str
    locator: str = ""  # "p. 4"
    opening: str = ""
    closing: str = ""
    comma: str = ", "

    @property
    def tail(self) -> str:
        """What follows the number."""
        return (f"{self.comma}{self.locator}" if self.locator else "") + self.closing

    @property
    def text(self) -> str:
        return self.opening + self.number + self.tail


class MarkRange(Struct, frozen=True):
    """What stands for the middle of a range, `–`, and the references it stands for."""

    text: str
    anchors: tuple[Anchor, ...]


MarkPart = MarkNumber | MarkRange | Inline


def mark(
    citation: Citation, numbers: Mapping[Anchor, str], marks: Marks, lang: str
) -> tuple[MarkPart, ...]:
    """Return what a citation prints, in order. A key said twice with one locator prints once."""
    cites = cites_in_order(citation.cites, numbers, marks)
    if not cites:
        return ()
    parts: list[MarkPart] = []
    span = citation.span
    if not marks.each and marks.opening:
        parts.append(Text(marks.opening, span=span))
    # Between brackets of the group a locator's comma would look like the separator.
    in_brackets = marks.each or is_reopening(marks.separator, marks.opening)
    plain_group = in_brackets or all(_bare(cite) for cite in cites)
    separator = marks.separator if plain_group else "; "
    for position, run in enumerate(_runs(cites, numbers, marks)):
        if position:
            parts.append(Text(separator, span=span))
        parts += _run_parts(run, numbers, marks, lang)
    if not marks.each and marks.closing:
        parts.append(Text(marks.closing, span=span))
    return tuple(parts)


def cites_in_order(
    cites: Iterable[Cite], numbers: Mapping[Anchor, str], marks: Marks
) -> list[Cite]:
    """Return the cites of a citation as it prints them, none said twice."""
    once = _once(cites)
    if marks.order == "written":
        return once
    ordered: list[Cite] = []
    # Words belong where they were written: only what stands between them is sorted.
    for worded, group in groupby(once, key=_worded):
        cites = list(group)
        ordered += cites if worded else sorted(cites, key=lambda cite: _order(cite, numbers))
    return ordered


def _once(cites: Iterable[Cite]) -> list[Cite]:
    """Leave out what is said already: never a cite with words of its own."""
    once: list[Cite] = []
    for cite in cites:
        said = [(found.key, found.locator) for found in once]
        if _worded(cite) or (cite.key, cite.locator) not in said:
            once.append(cite)
    # A key with a locator and the same key without one: the bare one says nothing more.
    located = {cite.key for cite in once if cite.locator}
    return [c for c in once if c.locator or _worded(c) or c.key not in located]


def _worded(cite: Cite) -> bool:
    return bool(cite.prefix or cite.suffix)


def _order(cite: Cite, numbers: Mapping[Anchor, str]) -> int:
    number = numbers.get(cite.anchor, UNRESOLVED)
    return int(number) if number.isdigit() else 1_000_000


def _runs(cites: list[Cite], numbers: Mapping[Anchor, str], marks: Marks) -> list[list[Cite]]:
    """Group cites that stand as one range; a locator, prefix or suffix breaks a range."""
    runs: list[list[Cite]] = []
    for cite in cites:
        previous = runs[-1][-1] if runs else None
        if (
            marks.range
            and previous
            and _bare(previous)
            and _bare(cite)
            and _order(cite, numbers) == _order(previous, numbers) + 1
        ):
            runs[-1].append(cite)
        else:
            runs.append([cite])
    return [part for run in runs for part in ([run] if len(run) > 2 else [[c] for c in run])]


def _bare(cite: Cite) -> bool:
    return not (cite.locator or cite.prefix or cite.suffix)


def _run_parts(
    run: list[Cite], numbers: Mapping[Anchor, str], marks: Marks, lang: str
) -> list[MarkPart]:
    if len(run) == 1:
        return _cite_parts(run[0], numbers, marks, lang)
    middle = MarkRange(marks.range, tuple(cite.anchor for cite in run[1:-1]))
    first, last = (_cite_parts(cite, numbers, marks, lang) for cite in (run[0], run[-1]))
    return [*first, middle, *last]


def _cite_parts(
    cite: Cite, numbers: Mapping[Anchor, str], marks: Marks, lang: str
) -> list[MarkPart]:
    found = cite.locator
    locator = locator_text(found.label, found.value, lang, found.several) if found else ""
    shown = numbers.get(cite.anchor, UNRESOLVED)
    number = MarkNumber(cite.anchor, shown, locator, comma=marks.comma)
    opening, closing = (marks.opening, marks.closing) if marks.each else ("", "")
    if not cite.prefix and not cite.suffix:
        return [replace(number, opening=opening, closing=closing)]
    before = [Text(opening, span=cite.span)] if opening else []
    blank = [Text(" ", span=cite.span)] if cite.prefix else []
    after = [Text(closing, span=cite.span)] if closing else []
    return [*before, *cite.prefix, *blank, number, *cite.suffix, *after]

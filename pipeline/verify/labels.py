"""The words around the numbers of captions and cross-references: "Figure 2"."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping

from ..direction import has_letters_from_right
from ..model import CROSS_REFERENCED, Anchor, AnchorKind
from ..text import with_capital
from .expected import Expected
from .forms import letters, spelled
from .grammar import UNRESOLVED
from .messages import name, quote
from .readback import Readback, ReadNumber
from .sentences import Position


def wrong_labels(expected: Expected, found: Readback) -> Iterator[str]:
    """Yield each number that is printed with other words than its label, or with none.

    An author may write words before a bare number: only how often the label is missing counts.
    """
    wanted: dict[Anchor, Counter[Position]] = defaultdict(Counter)
    for (anchor, position), count in expected.labelled.items():
        wanted[anchor][position] += count
    shown: dict[Anchor, Counter[Position]] = defaultdict(Counter)
    others: dict[Anchor, ReadNumber] = {}
    for number in found.numbers:
        if number.heads or number.anchor not in wanted:
            continue
        if number.number == UNRESOLVED or _has_label(number, expected, found):
            shown[number.anchor][_position(number, expected)] += 1
        else:
            others.setdefault(number.anchor, number)
    for anchor, counts in wanted.items():
        before, after = expected.labels.get(_kind(anchor.kind), ("", ""))
        label = f"{before}{expected.by_anchor[anchor]}{after}"
        if counts.total() > shown[anchor].total():
            if anchor in others:
                text = quote(others[anchor].text)
                yield f"{text} is printed for {name(anchor)}, whose label is {quote(label)}"
        elif lacking := _wrong_case(counts, shown[anchor], before):
            capital = quote(with_capital(label))
            at, within = f"{capital} at the start of a sentence", f"{quote(label)} within one"
            has, wants = (within, at) if lacking == "start" else (at, within)
            yield f"{name(anchor)} is {has} where it must be {wants}"


def _wrong_case(
    wanted: Mapping[Position, int], shown: Mapping[Position, int], before: str
) -> Position | None:
    """Return which form of a label is printed too rarely, None if both are there."""
    if not before[:1].islower():
        return None
    places: tuple[Position, ...] = ("start", "within")
    lacking = {place: wanted.get(place, 0) - shown.get(place, 0) for place in places}
    if sum(max(0, count) for count in lacking.values()) <= shown.get("any", 0):
        return None
    return max(places, key=lacking.__getitem__)


def _position(number: ReadNumber, expected: Expected) -> Position:
    """Return where a label stands by its first letter, "any" where style sheets set capitals."""
    before, after = expected.labels.get(_kind(number.anchor.kind), ("", ""))
    word, text = _cased(before), _cased(number.text)
    rest = len(_cased(number.number)) + (0 if number.guessed else len(_cased(after)))
    said = text[: len(text) - rest][-len(word) :]
    if said.casefold() != word.casefold() or (said.isupper() and len(said) > 1):
        return "any"
    return "within" if said[:1].islower() else "start"


def _has_label(number: ReadNumber, expected: Expected, found: Readback) -> bool:
    kind = _kind(number.anchor.kind)
    if kind not in expected.labels:
        return True
    before, after = expected.labels[kind]
    if found.pages is not None:
        label = before + number.number + after
        wanted, said = spelled(label), spelled(number.text)
        if found.shuffled or has_letters_from_right(label) or has_letters_from_right(number.text):
            return sorted(wanted) == sorted(said)
        return wanted == said
    wanted, said = letters(before + number.number), letters(number.text)
    if number.guessed:
        return said.endswith(wanted) and letters(number.follows).startswith(letters(after))
    return wanted + letters(after) == said


def _cased(text: str) -> str:
    """Return the letters and digits of a text, in the case that they have."""
    return re.sub(r"[\W_]+", "", unicodedata.normalize("NFKC", text))


def _kind(kind: AnchorKind) -> AnchorKind:
    return kind if kind in CROSS_REFERENCED else "section"

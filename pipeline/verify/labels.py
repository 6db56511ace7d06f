"""The words around the numbers of captions and cross-references: "Figure 2"."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from ..direction import has_letters_from_right
from ..model import CROSS_REFERENCED, AnchorKind
from .expected import Expected
from .forms import letters, spelled
from .grammar import UNRESOLVED
from .messages import name, quote
from .readback import Readback, ReadNumber


def wrong_labels(expected: Expected, found: Readback) -> Iterator[str]:
    """Yield each number that is printed with other words than its label, or with none.

    An author may write words before a bare number: only how often the label is missing counts.
    """
    lacking = Counter(expected.labelled)
    others: dict[str, ReadNumber] = {}
    for number in found.numbers:
        if number.heads or number.anchor not in expected.labelled:
            continue
        if number.number == UNRESOLVED or _has_label(number, expected, found.pages is not None):
            lacking[number.anchor] -= 1
        else:
            others.setdefault(str(number.anchor), number)
    for anchor, count in lacking.items():
        before, after = expected.labels.get(_kind(anchor.kind), ("", ""))
        if count > 0 and str(anchor) in others:
            label = f"{before}{expected.by_anchor[anchor]}{after}"
            text = others[str(anchor)].text
            yield f"{quote(text)} is printed for {name(anchor)}, whose label is {quote(label)}"


def _has_label(number: ReadNumber, expected: Expected, is_drawn: bool) -> bool:
    kind = _kind(number.anchor.kind)
    if kind not in expected.labels:
        return True
    before, after = expected.labels[kind]
    if is_drawn:
        label = before + number.number + after
        wanted, said = spelled(label), spelled(number.text)
        if has_letters_from_right(label) or has_letters_from_right(number.text):
            return sorted(wanted) == sorted(said)
        return wanted == said
    wanted, said = letters(before + number.number), letters(number.text)
    if number.guessed:
        return said.endswith(wanted) and letters(number.follows).startswith(letters(after))
    return wanted + letters(after) == said


def _kind(kind: AnchorKind) -> AnchorKind:
    return kind if kind in CROSS_REFERENCED else "section"

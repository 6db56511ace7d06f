"""What was decided, held against what a file bears."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from itertools import zip_longest

from msgspec import Struct

from ..diagnostics import Diagnostic, Span
from ..marks import UNRESOLVED
from .printed import Printed, PrintedEntry, PrintedNumber
from .texts import squeezed

LONGEST = 60  # characters of a text that a message quotes


def compare(expected: Printed, printed: Printed, path: str, ordered: bool) -> list[Diagnostic]:
    """Return a finding for each number, label or entry that is not as it was decided.

    `ordered` says that the file is read in its own order, blanks and hyphens included. The text of
    a PDF stands in lines: there the order of the text and the blanks at line ends are unknown, and
    a number may be right more often than once (a table's head is repeated on each page).
    """
    form = _strict if ordered else _shuffled if printed.shuffled else _as_seen
    return [
        *_numbers(expected.numbers, printed.numbers, path, ordered, form),
        *_repeated(expected, printed, path, form),
        *_bibliography(expected.bibliography, printed.bibliography, path, form),
    ]


def mismatch(message: str, path: str) -> Diagnostic:
    return Diagnostic("number-mismatch", message, Span.of_file(path))


# Numbers ---------------------------------------------------------------------------------------


def _numbers(
    expected: Sequence[PrintedNumber],
    printed: Sequence[PrintedNumber],
    path: str,
    ordered: bool,
    form: Callable[[str], str],
) -> Iterator[Diagnostic]:
    # What is unresolved leads nowhere, so that only HTML can say what it stands for.
    expected, printed = (
        [number for number in side if number.number != UNRESOLVED] for side in (expected, printed)
    )
    literal = all(number.follows is not None for number in (*expected, *printed))
    decided = [_Form.of(number, form, literal) for number in expected]
    found = [_Form.of(number, form, literal) for number in printed]
    missing, extra = Counter(decided) - Counter(found), Counter(found) - Counter(decided)
    if not ordered:
        known = {number.anchor for number in expected}
        for number in list(extra):
            # The head of a table is repeated; an unnumbered heading may begin with a year.
            if number in decided or (number.anchor not in known and not number.is_link):
                del extra[number]
    yield from (mismatch(message, path) for message in _differences(missing, extra))
    if ordered and not missing and not extra and decided != found:
        i = next(i for i, pair in enumerate(zip(decided, found, strict=True)) if pair[0] != pair[1])
        yield mismatch(f"{found[i]} stands where {decided[i]} should, as number {i + 1}", path)


class _Form(Struct, frozen=True):
    """A number as it is compared. Blanks between a word and its number are typography."""

    anchor: str
    number: str
    locator: str
    text: str

    @classmethod
    def of(cls, number: PrintedNumber, form: Callable[[str], str], literal: bool) -> _Form:
        """Return the form of a number; `literal` where what follows it stands for its locator."""
        if literal:
            text = number.number + _bare(number.follows or "")
            return cls(number.anchor, number.number, "", text)
        return cls(number.anchor, number.number, form(number.locator), _bare(form(number.text)))

    @property
    def is_link(self) -> bool:
        return self.anchor.startswith(("ref-", "fn-"))

    def __str__(self) -> str:
        return f"“{self.text}” for `{self.anchor}`"


def _bare(text: str) -> str:
    return "".join(squeezed(text).split())


def _differences(missing: Counter[_Form], extra: Counter[_Form]) -> Iterator[str]:
    """Yield a message for each difference; a wrong number is one difference, not two."""
    left = list(extra.elements())
    for number in missing.elements():
        twin = next((found for found in left if found.anchor == number.anchor), None)
        if twin is None:
            yield f"{number} is missing"
            continue
        left.remove(twin)
        if twin.number != number.number:
            decided = number.number or "none"
            yield f"`{number.anchor}` has the number {decided}, but “{twin.text}” is printed"
        else:
            yield f"`{number.anchor}`: “{number.text}” was decided, but “{twin.text}” is printed"
    for number in left:
        yield f"{number} is printed, but nothing was decided to stand there"


def _repeated(
    expected: Printed, printed: Printed, path: str, form: Callable[[str], str]
) -> Iterator[Diagnostic]:
    """Yield what the contents and the links back say otherwise than the text."""
    decided: dict[str, set[str]] = {}
    for number in expected.repeated:
        decided.setdefault(number.anchor, set()).add(_bare(form(number.text)))
    for number in printed.repeated:
        texts = decided.get(number.anchor)
        if texts and _bare(form(number.text)) not in texts:
            message = f"“{number.text}” is printed for `{number.anchor}` in a list of links"
            yield mismatch(message, path)


# The reference list ----------------------------------------------------------------------------


def _bibliography(
    expected: Sequence[PrintedEntry],
    printed: Sequence[PrintedEntry],
    path: str,
    form: Callable[[str], str],
) -> Iterator[Diagnostic]:
    for decided, found in zip_longest(expected, printed):
        if found is None:
            yield mismatch(f"the reference list lacks {_entry(decided)}", path)
        elif decided is None:
            yield mismatch(f"the reference list has {_entry(found)} too many", path)
        elif decided.key != found.key:
            yield mismatch(
                f"the reference list has {_entry(found)} in place of {_entry(decided)}", path
            )
        elif decided.number != found.number:
            yield mismatch(
                f"the reference `{found.key}` has the number {decided.number}, "
                f"but {found.number or 'none'} is printed",
                path,
            )
        elif form(decided.text) != form(found.text):
            yield mismatch(_text_difference(decided, found, form), path)


def _entry(entry: PrintedEntry) -> str:
    return f"`{entry.key}` ({entry.number or 'no number'})"


def _text_difference(decided: PrintedEntry, found: PrintedEntry, form: Callable[[str], str]) -> str:
    """Return a message that quotes both texts from shortly before their first difference."""
    one, other = form(decided.text), form(found.text)
    pairs = zip_longest(one, other)
    place = max(next(i for i, (a, b) in enumerate(pairs) if a != b) - 10, 0)
    return (
        f"the text of the reference `{found.key}` differs: “{one[place : place + LONGEST]}” "
        f"was decided, but “{other[place : place + LONGEST]}” is printed"
    )


# Forms -----------------------------------------------------------------------------------------


def _strict(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).split())


_INVISIBLE = dict.fromkeys(
    map(ord, "\x02\u00ad\u2010\u200b\u200c\u200d\u200e\u200f\u2060\ufeff\ufffe")
)
_HYPHEN = r"(?<![0-9])-|-(?![0-9])"


def _loose(text: str) -> str:
    """Return text without what lines do to it: blanks, hyphens, ligatures.

    A hyphen between digits stays: "3-5" is not "35".
    """
    text = unicodedata.normalize("NFKC", text).translate(_INVISIBLE)
    return re.sub(_HYPHEN, "", "".join(text.split()))


_BRACKETS = str.maketrans("])}»」』", "[({«「『")
_FROM_RIGHT = "[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]"


def _as_seen(text: str) -> str:
    """Return text as lines have it; words from right to left stand there in another order."""
    return _shuffled(text) if re.search(_FROM_RIGHT, text) else _loose(text)


def _shuffled(text: str) -> str:
    """Return the characters of a text whose order is not sure."""
    return "".join(sorted(_loose(text).translate(_BRACKETS)))

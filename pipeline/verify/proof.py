"""Compare what a file prints with what its brief requires."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise, zip_longest

from msgspec.structs import replace

from ..diagnostics import Diagnostic, Span
from ..model import Anchor
from .consistency import contradictions
from .drawn_rows import wrong_rows
from .expected import Expected, ExpectedHeading, ExpectedMark
from .facts import lost_facts, lost_from_cover
from .forms import Form, as_drawn, letters, shuffled, spelled, strict
from .grammar import UNRESOLVED, Located, Token, Words, shown, wrong_among, wrong_in
from .grids import wrong_charts, wrong_grids
from .items import wrong_items
from .labels import wrong_labels
from .listing import wrong_entries, wrong_places
from .lost_words import lost_words
from .messages import mismatch, name, quote
from .readback import DrawnMark, Readback, ReadNumber

_LINKS = ("reference", "footnote")  # kinds of anchors to which only links of ours lead
_Pair = tuple[Anchor, str]


def faults(
    found: Readback, expected: Expected, path: str, is_draft: bool = False
) -> list[Diagnostic]:
    """Return where a file that was just built is not what its brief says, contradicts itself, or
    keeps a number from sight. In a draft, what is unresolved prints "?"."""
    found = without_own_links(expected, found)
    seen = [
        Diagnostic("seen-otherwise", r.message, Span.of_file(path))
        for r in found.remarks
        if r.certain or (r.struck and not expected.struck)
    ]
    grids = (*expected.grids, *(expected.strips if path.endswith(".docx") else ()))
    messages = (
        *lost_words(expected, found),
        *(() if found.grids is None else wrong_grids(grids, found.grids)),
        *(() if found.charts is None else wrong_charts(expected.charts, found.charts)),
        *(() if found.shuffled else wrong_rows(expected.grids, found.spots)),
        *lost_facts(expected.facts, found, path),
        *lost_from_cover(expected.cover, found),
        *wrong_items(expected, found, path.endswith(".html")),
        *contradictions(_without_guesses(expected, found), is_draft),
        *wrong_labels(expected, found),
    )
    own = [mismatch(message, path) for message in messages]
    return list(dict.fromkeys((*prove(expected, found, path), *own, *seen)))


def _without_guesses(expected: Expected, found: Readback) -> Readback:
    """Return what was read in a PDF without the numbers that unnumbered headings begin with."""
    if found.pages is None:
        return found
    numbered = {anchor for anchor, _ in expected.numbers}
    kept = (n for n in found.numbers if not n.heads or n.anchor in numbered)
    return replace(found, numbers=tuple(kept))


def prove(expected: Expected, found: Readback, path: str) -> list[Diagnostic]:
    """Return a finding for each number, mark, entry or list that is not as it must be.

    The text of a PDF stands in lines: there the order of numbers and the spaces at line ends are
    unknown, and a number may be right more often than once (a table's head is repeated on each
    page).
    """
    is_drawn = path.endswith(".pdf")
    form = strict if not is_drawn else shuffled if found.shuffled else as_drawn
    marks = _drawn_marks if is_drawn else _marks
    return [
        mismatch(message, path)
        for message in dict.fromkeys(
            (
                *_numbers(expected, found, ordered=not is_drawn),
                *marks(expected, found),
                *wrong_entries(expected, found, form),
                *wrong_places(expected, found),
                *_contents(expected.headings, found),
                *_repeated(expected, found),
            )
        )
    ]


def without_own_links(expected: Expected, found: Readback) -> Readback:
    """Return what was read without the author's own links, whatever they say.

    In a PDF, "[Section 2](#options)" looks like a cross-reference, "[Options](#options)" like an
    entry of the contents. Two in a row that lead to one place may be read as one.
    """
    if found.pages is None or not expected.links:
        return found
    rows = pairwise(expected.links)
    links = [*expected.links, *((one, f"{a} {b}") for (one, a), (other, b) in rows if one == other)]
    extra = Counter((n.anchor, n.number) for n in found.numbers) - Counter(expected.numbers)

    def kept(numbers: Sequence[ReadNumber], form: Form, is_extra: bool) -> Iterator[ReadNumber]:
        left, own = Counter(extra), Counter((a, form(words)) for a, words in links)
        for number in reversed(numbers):  # the contents come first
            link, pair = (number.anchor, form(number.text)), (number.anchor, number.number)
            if own[link] and (left[pair] or not is_extra):
                own[link] -= 1
                left[pair] -= 1
            else:
                yield number

    texts = {spelled(words) for _, words in expected.links}
    return replace(
        found,
        numbers=tuple(kept(found.numbers, spelled, is_extra=True))[::-1],
        contents=tuple(kept(found.contents, _without_page, is_extra=False))[::-1],
        misled=tuple(
            (text, page, right)
            for text, page, right in found.misled
            if texts.isdisjoint((spelled(text), spelled(text + page)))
        ),
    )


def _without_page(text: str) -> str:
    return spelled(text).rstrip("0123456789")


# Numbers ---------------------------------------------------------------------------------------


def _numbers(expected: Expected, found: Readback, ordered: bool) -> Iterator[str]:
    # Unresolved numbers have no link, so only HTML can say what they refer to.
    wanted = [pair for pair in expected.numbers if pair[1] != UNRESOLVED]
    read = [(n.anchor, n.number) for n in found.numbers if n.number != UNRESOLVED]
    missing, extra = Counter(wanted) - Counter(read), Counter(read) - Counter(wanted)
    if not ordered:
        known = {anchor for anchor, _ in wanted}
        for pair in list(extra):
            # The head of a table is repeated; an unnumbered heading may begin with a year.
            is_link = pair[0].kind in _LINKS
            if pair in (expected.heads if is_link else wanted) or not (is_link or pair[0] in known):
                del extra[pair]
    yield from _differences(missing, extra)
    if ordered and not missing and not extra and wanted != read:
        place = next(i for i, (a, b) in enumerate(zip(wanted, read, strict=True)) if a != b)
        yield (
            f"{_said(read[place])} is printed where {_said(wanted[place])} should be, "
            f"as number {place + 1}"
        )


def _said(pair: _Pair) -> str:
    return f"{pair[1] or 'a range'} for {name(pair[0])}"


def _differences(missing: Counter[_Pair], extra: Counter[_Pair]) -> Iterator[str]:
    """Yield a message for each difference; a wrong number is one difference, not two."""
    left = list(extra.elements())
    for pair in missing.elements():
        twin = next((found for found in left if found[0] == pair[0]), None)
        if twin is None:
            yield f"{_said(pair)} is missing"
            continue
        left.remove(twin)
        yield (
            f"{name(pair[0])} has the number {pair[1] or 'none, inside a range'}, "
            f"but {quote(twin[1]) if twin[1] else 'none'} is printed"
        )
    for pair in left:
        yield f"{_said(pair)} should not be printed"


# Marks -----------------------------------------------------------------------------------------


def _marks(expected: Expected, found: Readback) -> Iterator[str]:
    """Yield each citation that is not printed as the house prints it."""
    read = {mark.anchor: mark.text for mark in found.marks}
    for mark in expected.marks:
        if mark.anchor not in read:
            if mark.tokens:
                yield f"the mark {quote(shown(mark.tokens))} is missing from the file"
        elif reason := wrong_in(mark.tokens, read[mark.anchor]):
            yield f"the mark {quote(read[mark.anchor])} is wrong: {reason}"


def _drawn_marks(expected: Expected, found: Readback) -> Iterator[str]:
    """Yield each citation of a PDF whose numbers do not stand together, in order, as they must."""
    drawn = [mark for mark in found.drawn if mark.number != UNRESOLVED]
    pairs = [(mark.anchor, mark.number) for mark in drawn]
    free = [True] * len(drawn)
    places: dict[_Pair, list[int]] = {}
    for place, pair in enumerate(pairs):
        places.setdefault(pair, []).append(place)
    # The longest first, or a single number could be taken from the middle of a group, and the page
    # in "[1, p. 3]" from "[1, annex 3]".
    for mark in sorted(expected.marks, key=_length, reverse=True):
        numbers = [pair for pair in mark.numbers if pair[1] != UNRESOLVED]
        count = len(numbers)
        run: list[DrawnMark] = []
        reason = ""
        for start in places.get(numbers[0], ()) if numbers else ():
            if all(free[start : start + count]) and pairs[start : start + count] == numbers:
                run = drawn[start : start + count]
                reason = _wrong_when_drawn(mark, run, found.shuffled)
                if not reason:
                    free[start : start + count] = [False] * count
                    break
        if any(_holds_more(token) for token in mark.tokens):
            continue  # words may have numbers of their own
        if numbers and not run:
            yield f"the numbers of {quote(shown(mark.tokens))} are not in this order"
        elif reason:
            yield f"the mark {quote(_text(run) or '')} is wrong: {reason}"


def _length(mark: ExpectedMark) -> tuple[int, int, int]:
    """Return how many numbers a mark has, how many characters of words, and how many tokens."""
    said = 0
    for token in mark.tokens:
        match token:
            case Words(text=str(text)):
                said += len(text)
            case Located(locator=locator):
                said += len(locator.value)
            case _:
                pass
    return len(mark.numbers), said, len(mark.tokens)


def _wrong_when_drawn(mark: ExpectedMark, run: Sequence[DrawnMark], is_shuffled: bool) -> str:
    text, before, after = _text(run), run[0].before, run[-1].after
    if is_shuffled or text is None or before is None or after is None:
        return ""
    if len(run) != len(mark.numbers):
        return ""  # what is unresolved has no link
    return wrong_among(mark.tokens, before, text + after)


def _holds_more(token: Token) -> bool:
    return isinstance(token, Words) and token.text is None


def _text(run: Sequence[DrawnMark]) -> str | None:
    """Return what is printed from the first number of a citation to its last."""
    pieces: list[str] = []
    for number, following in zip_longest(run, run[1:]):
        is_dash_again = not number.number and pieces and pieces[-1] == number.text
        if not is_dash_again:
            pieces.append(number.text)
        if following is None:
            break
        if number.after is None:
            return None
        if number.after:
            pieces.append(number.after)
    return "".join(pieces)


# Contents and repeated numbers ------------------------------------------------------------------


def _contents(headings: Sequence[ExpectedHeading], found: Readback) -> Iterator[str]:
    """Yield errors in the table of contents, if there is one."""
    by_anchor = {heading.anchor: heading for heading in headings}
    listed = [by_anchor[number.anchor] for number in found.contents if number.anchor in by_anchor]
    for number in found.contents:
        heading = by_anchor.get(number.anchor)
        if heading is None:
            continue
        said = letters(f"{heading.number}{heading.text}") if heading.text else ""
        if said and said == letters(number.text):
            continue
        if number.number != heading.number:
            yield (
                f"the contents say {quote(number.text)}, but that heading has the number "
                f"{heading.number or 'none'}"
            )
        elif said:
            yield f"the contents say {quote(number.text)} for {quote(heading.text or '')}"
    deepest = max((heading.level for heading in listed), default=0)
    wanted = [heading for heading in headings if heading.level <= deepest]
    if listed and found.contents and list(dict.fromkeys(listed)) != wanted:
        missing = next((heading for heading in wanted if heading not in listed), None)
        if missing is not None:
            yield f"the contents lack the heading {name(missing.anchor)}"
        else:
            yield "the contents are in another order than the headings"


def _repeated(expected: Expected, found: Readback) -> Iterator[str]:
    """Yield numbers that differ between lists of links, or what is said of a link, and the text."""
    known = {entry.anchor: entry.number for entry in expected.bibliography}
    known |= expected.by_anchor
    for number in found.repeated:
        if number.anchor in known and known[number.anchor] != number.number:
            yield f"{quote(number.text)} is said for {name(number.anchor)} in a list or a tip"

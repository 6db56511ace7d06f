"""The verdict on a file: what it was compared with, and what differs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice, zip_longest

from msgspec import Struct
from msgspec.structs import replace

from ..diagnostics import Diagnostic, Span, has_errors
from ..model import Anchor
from .consistency import contradictions, disagreements
from .docx.contract import bookmark_name
from .expected import Expected
from .forms import letters, strict
from .lost_words import lost_words
from .messages import mismatch, name, quote
from .proof import prove, without_own_links
from .readback import Block, Carried, Readback, ReadEntry, ReadNumber
from .records import Recorded, drawn_by

AS_BUILT = "as built"
AGREES = "agrees with the brief"
TABLE = "agrees with the table it carries"
ALONE = "self-consistent only"
CHANGED = "changed since it was built"
WRONG = "does not agree"
UNREADABLE = "cannot be read"

WORDS: Mapping[str, str] = {
    AS_BUILT: "as built: it is byte for byte the file that `brief build` wrote",
    AGREES: "agrees with the brief {against}: it was compared with the brief itself",
    TABLE: "agrees with the table it carries, whose origin is unknown; "
    "not compared with the brief itself",
    ALONE: "self-consistent only; not compared with any brief",
    CHANGED: "changed since it was built{against}",
    WRONG: "does not agree with {against}",
    UNREADABLE: "cannot be read",
}
_MOST = 20  # differences of one kind that are listed


class Verdict(Struct, frozen=True):
    """The verdict on one file. `against` is what it was compared with."""

    kind: str  # a key of `WORDS`
    against: str = ""
    diagnostics: tuple[Diagnostic, ...] = ()

    @property
    def words(self) -> str:
        return WORDS[self.kind].format(against=self.against)


def judge(
    found: Readback,
    path: str,
    *,
    recorded: Recorded | None = None,
    expected: Expected | None = None,
    brief: str = "",
    carried: Expected | None = None,
    unnumbered: bool = False,
) -> Verdict:
    """Judge a file that was changed since it was built, or may have been.

    `recorded` is what the manifest beside it says; `expected` what the brief at the path `brief`
    says; `carried` what the source says that the file carries. Nothing has a number in a brief
    that is `unnumbered`.
    """
    remarks = [_remark(r.message, r.certain, path) for r in dict.fromkeys(found.remarks)]
    own = [mismatch(message, path) for message in contradictions(found)]
    if recorded is not None:
        found = with_anchors(found, _anchors_of(recorded.numbers, recorded.bibliography))
        own = [mismatch(message, path) for message in contradictions(found)]
        differences = [
            mismatch(message, path)
            for message in (*_since(recorded, found), *_against_table(found, brief))
        ]
        changed = _changed(recorded, found, path)
        words = "its bytes differ from those that were built"
        said = Diagnostic("changed-output", words, Span.of_file(path))
        everything = (said, *_once((*differences, *own, *remarks, *changed)))
        same = (
            "" if has_errors(everything) else ": its numbers and entries are those that were built"
        )
        return Verdict(CHANGED, same, everything)
    if expected is not None:
        found = without_own_links(expected, with_anchors(found, expected.by_anchor))
        proof = prove(expected, found, path)
        own = [mismatch(message, path) for message in contradictions(found)]
        edited = [*_lost(expected, found, path), *_changed_blocks((), found.blocks, path)]
        everything = _once((*proof, *own, *remarks, *edited))
        kind = WRONG if has_errors(everything) else AGREES
        return Verdict(kind, brief if kind == AGREES else f"the brief {brief}", everything)
    if carried is not None or (found.carried and found.carried.marks):
        proof = []
        if carried is not None:
            found = without_own_links(carried, found)
            proof = prove(carried, found, path)
            own = [mismatch(message, path) for message in contradictions(found)]
        table = [mismatch(message, path) for message in _against_table(found, brief)]
        lost = _lost(carried, found, path) if carried else ()
        edited = [*lost, *_changed_blocks((), found.blocks, path)]
        everything = _once((*proof, *table, *own, *remarks, *edited))
        kind = WRONG if has_errors(everything) else TABLE
        return Verdict(kind, "the table it carries" if kind == WRONG else "", everything)
    if not (found.numbers or found.bibliography or unnumbered):
        own = [mismatch("none of its numbers is linked to what it refers to", path)]
    everything = _once((*own, *remarks))
    kind = WRONG if has_errors(everything) else ALONE
    return Verdict(kind, "itself" if kind == WRONG else "", everything)


def disagree(verdict: Verdict, one: Readback, other: Readback, fellow: str, path: str) -> Verdict:
    """Return a verdict with the differences from the same brief's file in another format."""
    found = tuple(mismatch(message, path) for message in disagreements(one, other, fellow))
    if not found:
        return verdict
    kind = verdict.kind if verdict.kind in (AS_BUILT, CHANGED) else WRONG
    against = verdict.against if verdict.kind == kind else fellow
    return Verdict(kind, against, (*verdict.diagnostics, *found))


def _lost(expected: Expected, found: Readback, path: str) -> Iterator[Diagnostic]:
    for message in islice(lost_words(expected, found), _MOST):
        yield Diagnostic("changed-output", message, Span.of_file(path))


def _remark(message: str, certain: bool, path: str) -> Diagnostic:
    return Diagnostic("seen-otherwise" if certain else "look-at", message, Span.of_file(path))


def _once(diagnostics: Sequence[Diagnostic]) -> tuple[Diagnostic, ...]:
    return tuple(dict.fromkeys(diagnostics))


# A file without its source map --------------------------------------------------------------------


def with_anchors(found: Readback, known: Iterable[Anchor]) -> Readback:
    """Return what was read, with the anchors that the names of bookmarks represent.

    A Word file without its source map has only those names.
    """
    if found.carried is not None:
        return found
    names = {Anchor.parse(bookmark_name(anchor).replace("_", "-")): anchor for anchor in known}
    names = {shown: anchor for shown, anchor in names.items() if shown != anchor}
    if not names:
        return found

    def renamed(numbers: Sequence[ReadNumber]) -> tuple[ReadNumber, ...]:
        return tuple(replace(n, anchor=names.get(n.anchor, n.anchor)) for n in numbers)

    return replace(
        found,
        numbers=renamed(found.numbers),
        repeated=renamed(found.repeated),
        contents=renamed(found.contents),
        anchors=frozenset(names.get(anchor, anchor) for anchor in found.anchors),
        bibliography=tuple(
            replace(
                entry,
                key=names.get(entry.anchor, entry.anchor).name,
                places=renamed(entry.places),
            )
            for entry in found.bibliography
        ),
    )


def _anchors_of(numbers: Sequence[ReadNumber], entries: Sequence[ReadEntry]) -> tuple[Anchor, ...]:
    anchors = (*(n.anchor for n in numbers), *(entry.anchor for entry in entries))
    return tuple(dict.fromkeys(anchors))


# What was built ----------------------------------------------------------------------------------


def _since(recorded: Recorded, found: Readback) -> Iterator[str]:
    """Yield each number and entry that has changed since the build."""
    before, now = (
        Counter((n.anchor, n.number) for n in side) for side in (recorded.numbers, found.numbers)
    )
    texts = {(n.anchor, n.number): n.text for n in (*recorded.numbers, *found.numbers)}
    for pair in (before - now).elements():
        yield f"{quote(texts[pair])} for {name(pair[0])} was built, but is missing now"
    for pair in (now - before).elements():
        yield f"{quote(texts[pair])} for {name(pair[0])} is there now, but was not built"
    order = [[(n.anchor, n.number) for n in side] for side in (recorded.numbers, found.numbers)]
    if before == now and order[0] != order[1] and found.pages is None:
        yield "its numbers are not in the order in which they were built"
    for old, new in zip_longest(recorded.bibliography, found.bibliography):
        if old is None or new is None or (old.key, old.number) != (new.key, new.number):
            said = [f"{name(e.key)} ({e.number})" if e else "nothing" for e in (old, new)]
            yield f"the reference list has {said[1]} where {said[0]} was built"
        elif not _same_text(old.text, new.text, found):
            yield f"the text of the reference {name(new.key)} has changed since it was built"


def _same_text(old: str, new: str, found: Readback) -> bool:
    """Say whether two texts of an entry are the same, apart from its links back."""
    if found.pages is not None:
        one, other = letters(old), letters(new)
        return one == other or (other.startswith(one) and len(other) - len(one) < _TAIL)
    return strict(old) == strict(new)


_TAIL = 40  # characters


def _changed(recorded: Recorded, found: Readback, path: str) -> list[Diagnostic]:
    """Return a finding for each paragraph and page that has changed since the build."""
    messages = list(_changed_blocks(recorded.blocks, found.blocks, path))
    for place, (old, new) in enumerate(zip_longest(recorded.looks, found.looks), start=1):
        if recorded.drawn_by == drawn_by() and old != new:
            messages.append(
                Diagnostic(
                    "seen-otherwise",
                    f"page {place} looks different from the page that was built",
                    Span.of_file(path),
                )
            )
    return messages


def _changed_blocks(before: Sequence[str], now: Sequence[Block], path: str) -> Iterator[Diagnostic]:
    left = Counter(before)
    changed = []
    for block in now:
        if left[block.hash]:
            left[block.hash] -= 1
        else:
            changed.append(block)
    edited = [block for block in now if block.edited]
    for block in (changed if before else edited)[:_MOST]:
        yield Diagnostic("changed-output", _edited(block), Span.of_file(path))
    lost = sum((+left).values()) - len(changed) if before else 0
    if lost > 0:
        words = f"{lost} paragraphs are" if lost > 1 else "1 paragraph is"
        yield Diagnostic(
            "changed-output", f"{words} missing that the build had", Span.of_file(path)
        )


def _edited(block: Block) -> str:
    where = f", line {block.line} of the Markdown," if block.line else ""
    return f"the paragraph {quote(block.text)}{where} has changed since it was built"


# The table that a file carries -------------------------------------------------------------------


def _against_table(found: Readback, brief: str) -> Iterator[str]:
    """Yield where a file differs from its own record of how it was made."""
    carried = found.carried or Carried()
    read = {mark.anchor: mark.text for mark in found.marks}
    cited = Counter(a for mark in carried.marks.values() for a in dict.fromkeys(mark.anchors))
    there = Counter(number.anchor for number in found.numbers)
    for anchor, mark in carried.marks.items():
        where = f"line {mark.line} of the Markdown"
        if not read.get(anchor, "").strip():
            # A program may have left the bookmark out, or a reviewer moved the mark out of it.
            if mark.text and any(there[a] < cited[a] for a in mark.anchors):
                gone = "is deleted" if anchor in read else "is missing"
                yield f"the mark {quote(mark.text)} ({where}) {gone}"
        elif strict(read[anchor]) != strict(mark.text):
            yield f"the mark {quote(mark.text)} ({where}) now reads {quote(read[anchor])}"
    numbers = {number.anchor: number for number in found.numbers if number.number}
    for anchor, number in carried.numbers.items():
        if anchor in numbers and numbers[anchor].number != number:
            yield f"{name(anchor)} had the number {number}, and has {numbers[anchor].number} now"
    for entry in found.bibliography:
        was = carried.numbers.get(entry.anchor)
        if was and was != entry.number:
            yield f"the entry {name(entry.key)} had the number {was}, and has {entry.number} now"
        title = carried.titles.get(entry.anchor, "")
        if title and letters(title) not in letters(entry.text):
            yield f"the entry {name(entry.key)} does not contain its title, {quote(title)}"

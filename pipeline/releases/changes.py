"""What a brief says otherwise than an edition of it that was released."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from itertools import islice, zip_longest

from ..diagnostics import Diagnostic, Span
from ..model import Brief
from .sentences import Sentence, sentences

_MOST = 10  # sentences that are named one by one
_MOST_PAIRS = 400  # that are compared letter by letter
_ALIKE = 0.6  # the part of the letters that two states of a sentence share
_LONGEST = 160  # characters of a sentence that are quoted


def changes(brief: Brief, released: Brief, edition: str, hint: str) -> list[Diagnostic]:
    """Return a finding for each sentence that differs from a release, up to ten, and one for the
    rest. `hint` says what such a change needs."""
    before, now = list(sentences(released)), list(sentences(brief))
    found = list(_changed(before, now, brief.span, edition))
    shown = [Diagnostic("changed-since-release", said, span, hint) for said, span in found[:_MOST]]
    if len(found) > _MOST:
        message = f"{len(found) - _MOST} more sentences differ from edition {edition}"
        shown.append(Diagnostic("changed-since-release", message, found[_MOST][1], hint))
    return shown


def _changed(
    before: Sequence[Sentence], now: Sequence[Sentence], whole: Span, edition: str
) -> Iterator[tuple[str, Span]]:
    since = f"since edition {edition} was released,"
    texts = [sentence.text for sentence in before], [sentence.text for sentence in now]
    for kind, start, end, first, last in SequenceMatcher(None, *texts, False).get_opcodes():
        if kind == "equal":
            continue
        for old, new in _paired(before[start:end], now[first:last]):
            if old and new:
                yield f"{since} this sentence has changed; it was {_quoted(old)}", new.span
            elif new:
                yield f"{since} this sentence was added", new.span
            elif old:
                after = next(islice(now, last, None), now[-1] if now else None)
                span = Span.on_line(after.span.path, after.span.line, 1, 1) if after else whole
                yield f"{since} a sentence before this line was removed: {_quoted(old)}", span


def _paired(
    before: Sequence[Sentence], now: Sequence[Sentence]
) -> Iterator[tuple[Sentence | None, Sentence | None]]:
    """Yield sentences that took the place of others: those that are alike, in their order."""
    if len(before) == len(now) == 1 or len(before) * len(now) > _MOST_PAIRS:
        yield from zip_longest(before, now)
        return
    left = list(before)
    for new in now:
        matcher = SequenceMatcher(None, b=new.text, autojunk=False)
        for place, old in enumerate(left):
            matcher.set_seq1(old.text)
            if matcher.ratio() > _ALIKE:
                yield from ((gone, None) for gone in left[:place])
                yield old, new
                del left[: place + 1]
                break
        else:
            yield None, new
    yield from ((gone, None) for gone in left)


def _quoted(sentence: Sentence) -> str:
    text = sentence.text
    return f"“{text}”" if len(text) <= _LONGEST else f"“{text[: _LONGEST - 1]}…”"

"""How a house sets its marks, written down a second time on purpose.

`marks` decides what a citation prints; this module says what it must print, from the tree and the
house's settings alone. They share no code, so that a mistake in one is seen by the other.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence

from msgspec import Struct

from ..model import (
    Anchor,
    Citation,
    Cite,
    CrossReference,
    Footnote,
    FootnoteReference,
    Image,
    Inlines,
    Locator,
    Math,
    plain,
    walk,
)
from .forms import letters

UNRESOLVED = "?"  # the number of what leads nowhere; only drafts print it
BRACKETS = {"[": "]", "(": ")", "［": "］", "（": "）", "【": "】", "〔": "〕"}
RANGES = frozenset({"–", "-", "—", "~", "〜", "to", "bis", "à", "a"})
_MORE_THAN_TEXT = (Citation, CrossReference, Footnote, FootnoteReference, Image, Math)
_FLAGS = re.DOTALL | re.IGNORECASE
_DASHES = "[-\u2010-\u2015\u2212]"
_LAST = 10**9  # where an unresolved cite stands among numbers


class MarkSettings(Struct, frozen=True):
    """The settings of the house's marks, by the names they have in `house.toml`."""

    opening: str
    closing: str
    each: bool  # brackets round each number, or round the group
    separator: str
    range: str  # between the ends of three or more numbers in a row; "" for no ranges
    superscript: bool
    after_punctuation: bool
    order: str  # "number", or "written"
    before: str
    comma: str = ", "  # between a number and its locator


class Literal(Struct, frozen=True):
    """Text that is printed exactly so."""

    text: str


class Number(Struct, frozen=True):
    """A number that is printed, or, inside a range, hidden behind its dash."""

    anchor: Anchor
    number: str
    hidden: bool = False


class Located(Struct, frozen=True):
    """A locator: its value is printed, with a word beside it that the language chooses."""

    locator: Locator


class Words(Struct, frozen=True):
    """The author's words before or after a number."""

    inlines: Inlines

    @property
    def text(self) -> str | None:
        """The words as text; None where they hold more than that: a footnote, a formula."""
        nodes = (node for inline in self.inlines for node in walk(inline))
        more = any(isinstance(node, _MORE_THAN_TEXT) for node in nodes)
        return None if more else plain(self.inlines)


Token = Literal | Number | Located | Words


def tokens(
    citation: Citation, numbers: Mapping[str, str], settings: MarkSettings
) -> tuple[Token, ...]:
    """Return what a citation prints. `numbers` holds those of references by citation key."""
    cites = _sorted(_said_once(citation.cites), numbers, settings)
    if not cites:
        return ()
    groups = list(_groups(cites, numbers, settings))
    grouped = not settings.each
    bare = all(_is_bare(cite) for cite in cites)
    reopens = settings.opening != "" and settings.separator.endswith(settings.opening)
    separator = settings.separator if bare or settings.each or reopens else "; "
    found: list[Token] = [Literal(settings.opening)] if grouped else []
    for place, group in enumerate(groups):
        if place:
            found.append(Literal(separator))
        found += _group_tokens(group, numbers, settings)
    if grouped:
        found.append(Literal(settings.closing))
    return tuple(token for token in found if token != Literal(""))


def _said_once(cites: Sequence[Cite]) -> list[Cite]:
    """Leave out each cite that says nothing new: the same key and locator, or the key alone."""
    kept: list[Cite] = []
    for cite in cites:
        same = [c for c in kept if (c.key, c.locator) == (cite.key, cite.locator)]
        if not same or _has_words(cite):
            kept.append(cite)
    located = {cite.key for cite in kept if cite.locator is not None}
    return [c for c in kept if not (_is_bare(c) and c.key in located)]


def _sorted(
    cites: Sequence[Cite], numbers: Mapping[str, str], settings: MarkSettings
) -> list[Cite]:
    """Sort by number what stands between cites with words of their own: those stay in place."""
    if settings.order != "number":
        return list(cites)
    done: list[Cite] = []
    pending: list[Cite] = []
    for cite in cites:
        if _has_words(cite):
            done += [*sorted(pending, key=lambda c: _value(c, numbers)), cite]
            pending = []
        else:
            pending.append(cite)
    return done + sorted(pending, key=lambda c: _value(c, numbers))


def _groups(
    cites: Sequence[Cite], numbers: Mapping[str, str], settings: MarkSettings
) -> Iterator[list[Cite]]:
    """Yield each cite alone, but three or more numbers in a row together, if the house wants it."""
    start = 0
    while start < len(cites):
        end = start + 1
        while (
            settings.range
            and end < len(cites)
            and _is_bare(cites[end - 1])
            and _is_bare(cites[end])
            and _value(cites[end], numbers) - _value(cites[end - 1], numbers) == 1
        ):
            end += 1
        if end - start >= 3:
            yield list(cites[start:end])
        else:
            yield from ([cite] for cite in cites[start:end])
        start = end


def _group_tokens(
    group: Sequence[Cite], numbers: Mapping[str, str], settings: MarkSettings
) -> Iterator[Token]:
    if len(group) == 1:
        yield from _cite_tokens(group[0], numbers, settings)
        return
    yield from _cite_tokens(group[0], numbers, settings)
    yield Literal(settings.range)
    for cite in group[1:-1]:
        yield Number(cite.anchor, numbers.get(cite.key, UNRESOLVED), hidden=True)
    yield from _cite_tokens(group[-1], numbers, settings)


def _cite_tokens(cite: Cite, numbers: Mapping[str, str], settings: MarkSettings) -> Iterator[Token]:
    if settings.each:
        yield Literal(settings.opening)
    if cite.prefix:
        yield Words(cite.prefix)
        yield Literal(" ")
    yield Number(cite.anchor, numbers.get(cite.key, UNRESOLVED))
    if cite.locator is not None:
        yield Literal(settings.comma)
        yield Located(cite.locator)
    if cite.suffix:
        yield Words(cite.suffix)
    if settings.each:
        yield Literal(settings.closing)


def _has_words(cite: Cite) -> bool:
    return bool(cite.prefix or cite.suffix)


def _is_bare(cite: Cite) -> bool:
    return cite.locator is None and not _has_words(cite)


def _value(cite: Cite, numbers: Mapping[str, str]) -> int:
    number = numbers.get(cite.key, UNRESOLVED)
    return int(number) if number.isdigit() else _LAST


# Marks that are printed ------------------------------------------------------------------------


def wrong_in(expected: Sequence[Token], text: str) -> str:
    """Return what is wrong with a printed mark, as one clause; "" if it is as it must be."""
    found = re.fullmatch(_pattern(expected, blanks=True), _comparable(text), _FLAGS)
    return _reason(expected, found)


def wrong_among(expected: Sequence[Token], before: str, text: str) -> str:
    """Return what is wrong with a mark in running text, as `wrong_in`.

    Its first number begins `text`, which goes on after the mark; words of the mark may end
    `before`. Blanks do not count: at the end of a line there are none.
    """
    lead, rest = ("".join(_comparable(part).split()) for part in (before, text))
    pattern = re.compile(_pattern(expected, blanks=False), _FLAGS)
    matches = (pattern.match(lead + rest, start) for start in range(len(lead), -1, -1))
    return _reason(expected, next((m for m in matches if m and m.end() > len(lead)), None))


def _reason(expected: Sequence[Token], found: re.Match[str] | None) -> str:
    if found is None:
        return f"“{shown(expected)}” should be printed"
    words = iter(found.groups())
    for token in expected:
        if isinstance(token, Located):
            word = (next(words) + next(words)).strip(" ,،、，:")
            value = token.locator.value.strip()
            if not word and value.isascii() and " " not in value:
                return f"“{value}” lacks the word before it, such as “p.”"
    return ""


def shown(expected: Sequence[Token]) -> str:
    """Return what a mark must print, for a message."""
    said = []
    for token in expected:
        match token:
            case Literal(text=text):
                said.append(text)
            case Number(number=number, hidden=False):
                said.append(number)
            case Located(locator=locator):
                said.append(f"… {locator.value}")
            case Words(text=words):
                said.append(words or "…")
            case _:
                pass
    return " ".join("".join(said).split())


def _pattern(expected: Sequence[Token], blanks: bool) -> str:
    pieces = []
    for token in expected:
        match token:
            case Literal(text=text):
                shown = re.sub(r"\s+", " " if blanks else "", text)
                pieces.append(re.escape(unicodedata.normalize("NFC", shown)))
            case Number(number=number, hidden=False):
                pieces.append(re.escape(number))
            case Located(locator=locator):
                pieces.append(rf"(\D*?){_value_pattern(locator.value)}({_BEHIND}?\D*?)")
            case Words(text=str(text)):
                said = (re.escape(letter) for letter in letters(text))
                pieces.append("[\\W_]*" + "".join(f"{letter}[\\W_]*?" for letter in said))
            case Words():
                pieces.append(".*?")
            case _:
                pass
    return "".join(pieces)


def _value_pattern(value: str) -> str:
    """Return what matches the value of a locator: typography may change its dashes and spaces."""
    pieces = re.findall(rf"{_DASHES}+|\s+|.", unicodedata.normalize("NFC", value.strip()))
    patterns = []
    for piece in pieces:
        if re.fullmatch(f"{_DASHES}+", piece):
            patterns.append(f"{_DASHES}+")
        else:
            patterns.append(re.escape(piece) if piece.strip() else "")
    return r"\s*".join(patterns)


_BEHIND = "[\u3040-\u9fff\uac00-\ud7af]"  # begins a word behind a value: 5頁, 5쪽
_UNSEEN = re.compile("[\x02\u00ad\u200b-\u200f\u2060-\u2064\u2066-\u2069\ufeff\ufffe]")


def _comparable(text: str) -> str:
    text = _UNSEEN.sub("", unicodedata.normalize("NFC", text))
    return re.sub(r"\s+", " ", text).strip()

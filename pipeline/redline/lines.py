"""Compare two lines of text: words, citations by their keys, everything else as a whole."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from difflib import SequenceMatcher
from itertools import groupby

from msgspec import Struct
from msgspec.structs import replace

from ..model import (
    Blocks,
    Change,
    Changed,
    Citation,
    Code,
    CrossReference,
    Deleted,
    Footnote,
    FootnoteReference,
    Formatted,
    Image,
    Inline,
    Inlines,
    Inserted,
    LineBreak,
    Math,
    Text,
)
from .saying import likeness, said, tokens, words_of

CompareBlocks = Callable[[Blocks, Blocks], Blocks]
Path = tuple[Formatted | Changed, ...]
_SHORT = 3  # characters that two versions share by chance between words that differ
_SAME_NOTE = 0.4  # of the words of two footnotes


class _Leaf(Struct, frozen=True):
    """A word, a blank or a thing, with the formatting round it, outermost first."""

    inline: Inline
    path: Path

    @property
    def key(self) -> Hashable:
        around = [
            (type(n).__name__, said(getattr(n, "href", getattr(n, "lang", "")))) for n in self.path
        ]
        return tuple(around), said(self.inline)


class _Token(Struct, frozen=True):
    """A word or a thing, with the blank before it; None stands for the end of the line."""

    leaf: _Leaf | None
    blank: tuple[_Leaf, ...]


_Piece = tuple[Change | None, _Leaf]


def compare_lines(old: Inlines, new: Inlines, compare_blocks: CompareBlocks) -> Inlines:
    """Return the newer line with what was inserted and deleted.

    What both say is the newer edition's own: only that has its anchors and numbers.
    """
    sides = _tokens(old), _tokens(new)
    notes = _same_notes(*sides)
    places: dict[Hashable, int] = {}
    keys = [[places.setdefault(_key(t, notes), len(places)) for t in side] for side in sides]
    if keys[0] == keys[1] and not notes and _blanks_agree(*sides):
        return new
    return _built(list(_pieces(*sides, keys, compare_blocks)))


def _pieces(
    old: Sequence[_Token],
    new: Sequence[_Token],
    keys: Sequence[Sequence[int]],
    compare_blocks: CompareBlocks,
) -> Iterator[_Piece]:
    for same, a, b, c, d in _stretches(keys, old):
        if not same:
            yield from (("deleted", leaf) for token in old[a:b] for leaf in _leaves(token))
            yield from (("inserted", leaf) for token in new[c:d] for leaf in _leaves(token))
            continue
        for was, now in zip(old[a:b], new[c:d], strict=True):
            if was.blank and not now.blank:
                yield from (("deleted", leaf) for leaf in was.blank)
            change: Change | None = None if was.blank or not now.blank else "inserted"
            yield from ((change, leaf) for leaf in now.blank)
            if now.leaf is None or was.leaf is None:
                continue
            match was.leaf.inline, now.leaf.inline:
                case Footnote(blocks=before), Footnote(blocks=after) as note:
                    changed = replace(note, blocks=compare_blocks(before, after))
                    yield None, replace(now.leaf, inline=changed)
                case _:
                    yield None, now.leaf


def _stretches(
    keys: Sequence[Sequence[int]], old: Sequence[_Token]
) -> Iterator[tuple[bool, int, int, int, int]]:
    """Yield stretches of both sides that are the same or differ, in turn.

    What two versions share by chance between words that differ, a comma or an article, differs too.
    """
    found: list[tuple[bool, int, int, int, int]] = []
    codes = SequenceMatcher(None, keys[0], keys[1], autojunk=False).get_opcodes()
    for place, (kind, a, b, c, d) in enumerate(codes):
        same = kind == "equal"
        if same and 0 < place < len(codes) - 1 and _is_chance(old[a:b]):
            same = False
        if found and not same and not found[-1][0]:
            _, a, _, c, _ = found.pop()
        found.append((same, a, b, c, d))
    yield from found


def _is_chance(shared: Sequence[_Token]) -> bool:
    texts = [
        t.leaf.inline.text if t.leaf and isinstance(t.leaf.inline, Text) else None for t in shared
    ]
    words = [text for text in texts if text is not None]
    return len(words) == len(texts) and len("".join(words)) <= _SHORT


# Tokens ----------------------------------------------------------------------------------------


def _tokens(inlines: Inlines) -> list[_Token]:
    found: list[_Token] = []
    blank: tuple[_Leaf, ...] = ()
    for leaf in _flat(inlines, ()):
        if isinstance(leaf.inline, Text) and leaf.inline.text.isspace():
            blank += (leaf,)
        else:
            found.append(_Token(leaf, blank))
            blank = ()
    return [*found, _Token(None, blank)]


def _flat(inlines: Inlines, path: Path) -> Iterator[_Leaf]:
    for inline in inlines:
        match inline:
            case Text(text=text):
                yield from (_Leaf(replace(inline, text=token), path) for token in tokens(text))
            case (
                Code()
                | LineBreak()
                | Math()
                | Image()
                | Citation()
                | CrossReference()
                | Footnote()
                | FootnoteReference()
            ):
                yield _Leaf(inline, path)
            case _:
                yield from _flat(inline.inlines, (*path, inline))


def _leaves(token: _Token) -> tuple[_Leaf, ...]:
    return token.blank if token.leaf is None else (*token.blank, token.leaf)


def _blanks_agree(old: Sequence[_Token], new: Sequence[_Token]) -> bool:
    return all(bool(a.blank) == bool(b.blank) for a, b in zip(old, new, strict=True))


def _key(token: _Token, notes: dict[int, int]) -> Hashable:
    if token.leaf is None:
        return None
    if isinstance(token.leaf.inline, Footnote):
        return notes.get(id(token.leaf.inline), id(token.leaf.inline))
    return token.leaf.key


def _same_notes(old: Iterable[_Token], new: Iterable[_Token]) -> dict[int, int]:
    """Return a number for each footnote that both lines call, though its text may have changed."""
    sides = [
        [t.leaf.inline for t in side if t.leaf and isinstance(t.leaf.inline, Footnote)]
        for side in (old, new)
    ]
    found: dict[int, int] = {}
    if not all(sides):
        return found
    bags = [[words_of(note) for note in side] for side in sides]
    pairs = sorted(
        (
            (
                max(
                    likeness(mine, theirs), _SAME_NOTE * (sides[0][i].anchor == sides[1][j].anchor)
                ),
                -i,
                -j,
            )
            for i, mine in enumerate(bags[0])
            for j, theirs in enumerate(bags[1])
        ),
        reverse=True,
    )
    for share, i, j in pairs:
        pair = id(sides[0][-i]), id(sides[1][-j])
        if share >= _SAME_NOTE and found.keys().isdisjoint(pair):
            found |= dict.fromkeys(pair, -1 - len(found))
    return found


# The line with its changes -----------------------------------------------------------------------


def _built(pieces: Sequence[_Piece]) -> Inlines:
    found: list[Inline] = []
    for change, group in groupby(pieces, key=lambda piece: piece[0]):
        inlines = _nested([leaf for _, leaf in group])
        if change is None:
            found += inlines
        else:
            kind = Inserted if change == "inserted" else Deleted
            found.append(kind(inlines, span=inlines[0].span))
    return tuple(found)


def _nested(leaves: Sequence[_Leaf]) -> Inlines:
    """Return leaves in the formatting round them, each piece of text in one node."""
    found: list[Inline] = []
    for _, group in groupby(leaves, key=lambda leaf: id(leaf.path[0]) if leaf.path else None):
        run = list(group)
        if path := run[0].path:
            inner = _nested([replace(leaf, path=leaf.path[1:]) for leaf in run])
            found.append(replace(path[0], inlines=inner))
            continue
        for leaf in run:
            last = found[-1] if found else None
            if isinstance(last, Text) and isinstance(leaf.inline, Text):
                found[-1] = replace(last, text=last.text + leaf.inline.text)
            else:
                found.append(leaf.inline)
    return tuple(found)

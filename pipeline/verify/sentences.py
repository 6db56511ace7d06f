"""Where sentences begin, read a second time: a word before a number may be small within one.

`language.sentences` decides it for the writers by what stands before a cross-reference; here a
paragraph is read from its beginning. They share no code.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Literal, assert_never

from ..model import (
    Brief,
    Citation,
    Code,
    CrossReference,
    Deleted,
    Emphasis,
    Footnote,
    FootnoteReference,
    Image,
    Inline,
    Inserted,
    LineBreak,
    Link,
    Math,
    Paragraph,
    Passage,
    Strikethrough,
    Strong,
    Subscript,
    Superscript,
    Text,
    walk,
)

Position = Literal["start", "within", "any"]  # "any": style sheets may change the case of titles

_WORD = "word"  # for what is no text, but a part of its sentence
_NEUTRAL = frozenset(
    " \n\t\u00a0\u2009\u200b\u200e\u200f\u202f\u2060\"'′″()[]{}«»‹›“”„‟‘’‚‛-–—¿¡"  # quotes, blanks
)


def positions(brief: Brief, short: frozenset[str]) -> dict[int, Position]:
    """Return where the cross-references of paragraphs stand, by the identity of the node.

    `short` are the last letters of abbreviations. Of one that stands in two places, nothing is
    said.
    """
    found: dict[int, Position] = {}
    for node in walk(brief):
        if isinstance(node, Paragraph):
            for reference, position in _read(node.inlines, _Sentence(short)):
                known = found.setdefault(id(reference), position)
                if known != position:
                    found[id(reference)] = "any"
    return found


class _Sentence:
    """The state of a reader who goes from letter to letter."""

    def __init__(self, short: frozenset[str]) -> None:
        self.short = short
        self.is_new = True
        self.has_begun = False  # anything was said
        self.letters = ""  # of the word that is being read
        self.has_digit = False  # right before the word, or the next one
        self.counted = False  # the word follows a digit

    @property
    def position(self) -> Position:
        return "start" if self.is_new or not self.has_begun else "within"

    def copy(self) -> _Sentence:
        other = _Sentence(self.short)
        vars(other).update(vars(self))
        return other

    def read(self, text: str) -> None:
        for character in text:
            if character.isalnum():
                self._read_letter(character)
            elif character in _NEUTRAL:
                self.letters = ""
            else:
                self.is_new = character in "!?…" or (character == "." and not self._is_short())
                self.letters, self.has_digit = "", False

    def _read_letter(self, character: str) -> None:
        self.is_new, self.has_begun = False, True
        if character.isdecimal():
            self.letters, self.has_digit = "", True
            return
        if not self.letters:
            self.counted, self.has_digit = self.has_digit, False
        self.letters += character

    def _is_short(self) -> bool:
        if not self.letters or self.counted:
            return False
        is_one = len(self.letters) == 1 and self.letters.islower()
        return is_one or self.letters.casefold() in self.short


def _read(
    inlines: Iterable[Inline], sentence: _Sentence
) -> Iterator[tuple[CrossReference, Position]]:
    for inline in inlines:
        match inline:
            case CrossReference():
                yield inline, sentence.position
                sentence.read(_WORD)
            case Text(text=text):
                sentence.read(text)
            case LineBreak():
                sentence.read(" ")
            case Code() | Math() | Image():
                sentence.read(_WORD)
            case Citation(cites=cites, narrative=narrative):
                for cite in cites:
                    yield from _read(cite.prefix, sentence.copy())
                    behind = _Sentence(sentence.short)
                    behind.read(_WORD)
                    yield from _read(cite.suffix, behind)
                if narrative:
                    sentence.read(_WORD)
            case Footnote() | FootnoteReference() | Deleted():
                pass  # the paragraphs of a footnote are read for themselves
            case (
                Emphasis()
                | Strong()
                | Strikethrough()
                | Superscript()
                | Subscript()
                | Passage()
                | Link()
                | Inserted()
            ):
                yield from _read(inline.inlines, sentence)
            case _:
                assert_never(inline)

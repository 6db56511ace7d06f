"""Say of each cross-reference whether it begins a sentence: "Figure 2 montre …, voir figure 2".

A run of inlines begins one: a paragraph, an item, a cell, a caption. So does what follows a full
stop, a question mark or an exclamation mark, unless the stop is that of an abbreviation. Marks,
calls of footnotes, brackets, quotation marks and dashes are passed over.
"""

from __future__ import annotations

import re
from functools import cache
from operator import is_not
from typing import Any, assert_never, cast

from msgspec.structs import replace

from ..model import (
    Brief,
    Citation,
    Cite,
    Code,
    CrossReference,
    Deleted,
    Emphasis,
    Footnote,
    FootnoteReference,
    Image,
    Inline,
    Inlines,
    Inserted,
    LineBreak,
    Link,
    Math,
    Node,
    Passage,
    Strikethrough,
    Strong,
    Subscript,
    Superscript,
    Text,
    children_of,
    is_run,
    walk,
)
from .files import language_of

_ENDS = ".!?…"
_AROUND = " \n\t\u00a0\u2009\u200b\u200e\u200f\u202f\u2060\"'′″()[]{}«»‹›“”„‟‘’‚‛-–—¿¡"
_WORD = "word"  # stands for what is no text, but a part of its sentence
# The letters before a stop, and the digit before them: "5 m." ends a sentence, "p. ex." does not.
_SHORT = re.compile(rf"(?P<count>\d[{re.escape(_AROUND)}]*)?(?P<letters>[^\W\d_]+)\.\Z")
_FAR = 200  # characters that are looked at


def with_sentence_starts(brief: Brief) -> Brief:
    """Return the brief with `starts_sentence` of each cross-reference as it is."""
    return cast(Brief, _marked(brief, abbreviations(brief.front.lang)))


@cache
def abbreviations(lang: str) -> frozenset[str]:
    """Return what the abbreviations of a language end with: "ex" of "p. ex." and "p.ex."."""
    language = language_of(lang)
    stopped = (word for word in (*language.joined, *language.abbreviations) if word[-1] == ".")
    return frozenset(re.split(r"[\W]", word[:-1].casefold())[-1] for word in stopped)


class _Said:
    """What a run has said so far: its end, blanks and brackets there as one blank."""

    def __init__(self, short: frozenset[str], end: str = "") -> None:
        self.short = short
        self._end = end
        self._has_words = any(map(str.isalnum, end))

    def add(self, text: str) -> None:
        whole = self._end + text
        end = whole.rstrip(_AROUND)
        self._end = end[-_FAR:] + " " * (len(end) < len(whole))
        self._has_words = self._has_words or any(map(str.isalnum, text))

    def copy(self) -> _Said:
        other = _Said(self.short, self._end)
        other._has_words = self._has_words
        return other

    def starts_sentence(self) -> bool:
        """Say whether what follows begins a sentence."""
        said = self._end.rstrip()
        if not self._has_words:
            return True
        if said[-1] not in _ENDS:
            return False
        found = _SHORT.search(said)
        if found is None or found["count"]:
            return True
        letters = found["letters"]
        is_one = len(letters) == 1 and letters.islower()
        return not (is_one or letters.casefold() in self.short)


def _marked(value: Any, short: frozenset[str]) -> Any:
    """Return a node, or a tuple, with every run of inlines in it marked, or itself."""
    if isinstance(value, tuple):
        if is_run(value):
            has_any = any(isinstance(node, CrossReference) for node in walk(value))
            return _line(value, _Said(short)) if has_any else value
        items = tuple([_marked(item, short) for item in value])
        return items if any(map(is_not, items, value)) else value
    if not isinstance(value, Node):
        return value
    changes = {
        name: changed
        for name in children_of(type(value))
        if (changed := _marked(inner := getattr(value, name), short)) is not inner
    }
    return replace(value, **changes) if changes else value


def _line(inlines: Inlines, said: _Said) -> Inlines:
    """Return inlines marked; adds to `said` what they say."""
    result: list[Inline] = []
    for inline in inlines:
        match inline:
            case CrossReference():
                inline = replace(inline, starts_sentence=said.starts_sentence())
                said.add(_WORD)
            case Text(text=text):
                said.add(text)
            case LineBreak():
                said.add(" ")
            case Code() | Math() | Image():
                said.add(_WORD)
            case Citation(cites=cites):
                cites = tuple(_cite(cite, said) for cite in cites)
                inline = replace(inline, cites=cites)
                if inline.narrative:
                    said.add(_WORD)
            case Footnote():
                inline = _marked(inline, said.short)
            case FootnoteReference() | Deleted():
                pass
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
                inline = replace(inline, inlines=_line(inline.inlines, said))
            case _:
                assert_never(inline)
        result.append(inline)
    return tuple(result)


def _cite(cite: Cite, said: _Said) -> Cite:
    """Return a cite with the words in its brackets marked, as if they stood in their sentence."""
    prefix = _line(cite.prefix, said.copy())
    return replace(cite, prefix=prefix, suffix=_line(cite.suffix, _Said(said.short, _WORD)))

"""What a piece of a brief says: a value that is the same in two editions if they say the same.

Numbers are not said: a citation is its keys, locators and words, a cross-reference its anchor. An
anchor that only names a place (of a heading, a citation, a footnote) is not said either, nor is
how things look: the alignment of a column, a new page.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterator, Mapping, Set

from ..model import (
    Chart,
    Citation,
    Cite,
    Code,
    CodeBlock,
    Equation,
    Figure,
    Footnote,
    Heading,
    Image,
    List,
    ListItem,
    Math,
    Node,
    Table,
    Text,
    walk,
)
from ..readers.docx import tokens as all_tokens

_IN_NUMBERS, _IN_WORDS = ".,", "'’"
_UNSAID: Mapping[type[Node], Set[str]] = {
    Chart: {"anchor"},
    Citation: {"anchor"},
    Equation: {"anchor"},
    Figure: {"anchor"},
    Footnote: {"anchor"},
    Heading: {"anchor", "numbered", "new_page"},
    Image: {"width"},
    List: {"start", "tight"},
    ListItem: {"anchor"},
    Table: {"anchor", "alignments"},
}


def said(value: object) -> Hashable:
    """Return what a node says, or a field of one."""
    if isinstance(value, tuple):
        return tuple(map(said, value))
    if isinstance(value, Text):
        return value.text
    if not isinstance(value, Node):
        assert isinstance(value, Hashable)
        return value
    kind = type(value)
    unsaid = {*kind.BESIDE, *_UNSAID.get(kind, ())}
    fields = [said(getattr(value, name)) for name in kind.__struct_fields__ if name not in unsaid]
    if isinstance(value, Citation) and not any(c.prefix or c.suffix for c in value.cites):
        return kind.__name__, value.narrative, frozenset(map(said, value.cites))
    return kind.__name__, *fields


def tokens(text: str) -> Iterator[str]:
    """Yield words, blanks and other characters; a number with its stops, and "don't", are one."""
    held = [token for _, token in all_tokens(text)]
    place = 0
    while place < len(held):
        token = held[place]
        while place + 2 < len(held) and _is_one(token, *held[place + 1 : place + 3]):
            token += held[place + 1] + held[place + 2]
            place += 2
        yield token
        place += 1


def _is_one(before: str, sign: str, after: str) -> bool:
    if sign in _IN_NUMBERS:
        return before[-1].isdigit() and after.isdigit()
    return sign in _IN_WORDS and before[-1].isalpha() and after.isalpha()


def words_of(node: Node | tuple[Node, ...]) -> Counter[str]:
    """Return how often a node, or several, have each of their words and keys of citations."""
    found: Counter[str] = Counter()
    for inner in walk(node):
        match inner:
            case Text(text=text) | Code(text=text) | CodeBlock(text=text):
                found.update(token for token in tokens(text) if token[0].isalnum())
            case Math(tex=tex) | Equation(tex=tex):
                found[tex] += 1
            case Cite(key=key):
                found[f"@{key}"] += 1
            case Image(src=src):
                found[src] += 1
            case Chart():
                found.update(inner.categories)
            case _:
                pass
    return found


def likeness(one: Counter[str], other: Counter[str]) -> float:
    """Return how many of their words two nodes share, from 0 to 1."""
    total = one.total() + other.total()
    return 2 * (one & other).total() / total if total else 1.0

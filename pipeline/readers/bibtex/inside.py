"""Read the inside of a closed entry with bibtexparser, when it is first asked for.

A library has many more entries than a brief cites, and bibtexparser is slow: of a Word file with 30
of 448 references, reading all of them was a fifteenth. So an entry is read only as far as to be
sure that bibtexparser will read it without a complaint.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Set
from functools import cached_property

from bibtexparser.model import Block
from bibtexparser.model import Entry as ParsedEntry
from bibtexparser.splitter import Splitter

from .entry import Field
from .repair import Repaired
from .source import BibSource

KEY = re.compile(r"[^\s,;={}()\"%#][^,;={}\"%\n]*")
FIELD_NAME = re.compile(r"[\s,]*+([^\W\d][\w.:+/-]*)\s*=\s*")
_BRACED = r"\{(?:[^{}\\]++|\\.|\{(?:[^{}\\]++|\\.|\{(?:[^{}\\]++|\\.)*+\})*+\})*+\}"
_QUOTED = rf"\"(?:[^{{}}\"\\]++|\\.|{_BRACED})*+\""
_PART = rf"(?:{_BRACED}|{_QUOTED}|[^\s,{{}}\"#=%]++)"
VALUE = re.compile(rf"{_PART}(?:\s*#\s*{_PART})*+", re.DOTALL)

_NAME = r"[A-Za-z][\w-]*+"
_PLAIN = r"[^{}\\@]++|\\[^{}\"\\@]"  # no escaped delimiters, nothing like the start of an entry
_VALUE = (
    rf"(?:\{{(?:{_PLAIN}|\{{(?:{_PLAIN}|\{{(?:{_PLAIN})*+\}})*+\}})*+\}}"
    r"|\"[^{}\"\\@]*+\"|\w++)"
)
_SURE = re.compile(
    rf"\{{\s*+([\w:.+/-]++)\s*+(?:,\s*+{_NAME}\s*+=\s*+{_VALUE}\s*+)++,?\s*+\}}", re.ASCII
)
_NAMES = re.compile(rf"(?<![\w-])({_NAME})\s*+=", re.ASCII)  # not from within a long word
_WORDS = re.compile(r"=\s*+(\w++)", re.ASCII)


def inside(source: BibSource, opening: int, end: int) -> Repaired | None:
    """Return a closed entry, to be read later; None if it is not well-formed beyond doubt."""
    found = _SURE.fullmatch(source.text, opening, end)
    if found is None:
        return None
    names = [name.lower() for name in _NAMES.findall(source.text, found.end(1), end)]
    if len(names) > len(set(names)):
        return None
    return Repaired(found[1], found.start(1), end, Inside(source, opening, end, frozenset(names)))


class Inside(Mapping[str, Field]):
    """The fields of an entry, by lower-cased name and in their order.

    Only what looks like a field in the text, `names`, can be one.
    """

    def __init__(self, source: BibSource, opening: int, end: int, names: frozenset[str]) -> None:
        self._place, self._names = (source, opening, end), names

    def may_use(self, macros: Set[str]) -> bool:
        """Say whether a value may be one of these macros, given in lower case."""
        source, opening, end = self._place
        words = _WORDS.findall(source.text, opening, end)
        return not macros.isdisjoint(word.lower() for word in words)

    @cached_property
    def _fields(self) -> Mapping[str, Field]:
        source, opening, end = self._place
        read = parsed(source.text, opening, end)
        assert read is not None, "bibtexparser reads what is well-formed"
        return read.fields

    def __getitem__(self, name: str) -> Field:
        return self._fields[name]

    def __contains__(self, name: object) -> bool:
        return name in self._names and name in self._fields

    def __iter__(self) -> Iterator[str]:
        return iter(self._fields)

    def __len__(self) -> int:
        return len(self._fields)


def parsed(text: str, opening: int, end: int) -> Repaired | None:
    """Read a closed entry with bibtexparser; None if its result is doubtful."""
    blocks: list[Block] = Splitter("@entry" + text[opening:end]).split().blocks
    if len(blocks) != 1 or type(blocks[0]) is not ParsedEntry:
        return None
    entry = blocks[0]
    if not KEY.fullmatch(entry.key):
        return None
    key_offset = text.index(entry.key, opening)
    fields: dict[str, Field] = {}
    position = key_offset + len(entry.key)
    for found in entry.fields:
        name = FIELD_NAME.match(text, position, end)
        if (
            name is None
            or name[1] != found.key
            or not text.startswith(found.value, name.end())
            or not (VALUE.fullmatch(found.value) or not found.value)
        ):
            return None
        position = name.end() + len(found.value)
        fields[found.key.lower()] = Field(found.value, name.start(1), position)
    is_whole = len(fields) == len(entry.fields)
    return Repaired(entry.key, key_offset, end, fields) if is_whole else None

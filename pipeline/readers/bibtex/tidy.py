"""Put a .bib file in order without a change of meaning: entries sorted, fields aligned.

Entries are sorted by key among those between which there is nothing but space; a comment, an
@string, a @preamble or a broken entry stays where it is, and what it divides stays divided. An
entry from which others inherit goes behind them, as BibTeX demands. Values are not touched, except
for slips that can be put right in one way only (`mending`).
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Mapping, Sequence
from itertools import groupby

from .blocks import Blocks, read_blocks
from .entry import Entry
from .mending import mended
from .source import BibSource

_PARENTS = ("crossref", "xdata", "xref")
_FREE = re.compile(r"[\s,]+")


def tidy_bibtex(text: str, path: str, kept: Container[str] = ()) -> str:
    """Return the text of a .bib file in order; its lines end with a line feed.

    The values of entries whose keys are in `kept` stay as they are.
    """
    source = BibSource(path, text)
    blocks = Blocks()
    read_blocks(source, blocks)
    parents = {word for entry in blocks.entries for word in _parents_of(entry)}
    pieces = list(_pieces(source.text, blocks.entries))
    tidied: list[str] = []
    for is_entry, group in groupby(pieces, lambda piece: isinstance(piece, Entry)):
        if is_entry:
            entries = [piece for piece in group if isinstance(piece, Entry)]
            entries.sort(key=lambda entry: (entry.key.lower() in parents, entry.key.lower()))
            tidied.append("\n\n".join(_written(entry, entry.key in kept) for entry in entries))
        else:
            tidied.append("".join(piece for piece in group if isinstance(piece, str)))
    return "".join(tidied).strip("\n") + "\n" if blocks.entries else text


def _parents_of(entry: Entry) -> Iterator[str]:
    for name in _PARENTS:
        if name in entry.fields:
            yield from re.split(r"[\s,{}\"]+", entry.fields[name].value.lower())


def _pieces(text: str, entries: Sequence[Entry]) -> Iterator[Entry | str]:
    """Yield entries and what stands between them, if that is more than space."""
    end = 0
    for entry in entries:
        if entry.diagnostics:  # broken or repaired: it stays as it is, where it is
            continue
        between = text[end : entry.start]
        if between.strip():
            yield between.rstrip(" \t") if between.endswith("\n") else f"{between.rstrip()}\n"
        yield entry
        end = entry.end
    if text[end:].strip():
        yield text[end:]


def _written(entry: Entry, is_kept: bool) -> str:
    """Return an entry with aligned fields, as it is if something in it would be lost."""
    values = {name: found.value for name, found in entry.fields.items()}
    if _letters(_aligned(entry, values)) != _letters(entry.text):
        return entry.text
    if not is_kept:
        values = {name: mended(name, value) for name, value in values.items()}
    return _aligned(entry, values)


def _aligned(entry: Entry, values: Mapping[str, str]) -> str:
    width = max(map(len, values), default=0)
    lines = [f"  {name:<{width}} = {value}," for name, value in values.items()]
    return "\n".join((f"@{entry.type.lower()}{{{entry.key},", *lines, "}"))


def _letters(text: str) -> str:
    """Return a text without what can stand between fields."""
    return _FREE.sub("", text).lower()

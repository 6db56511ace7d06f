"""One entry → its reference and diagnostics. Done for cited entries only."""

from __future__ import annotations

import re
from collections.abc import Mapping
from textwrap import shorten

from ...diagnostics import Diagnostic, Span, did_you_mean
from ...model.references import Reference, Written
from ..misplaced import put_right
from ..numbers import with_identifiers
from .asked import Values, unread
from .csl import Item
from .entry import Entry
from .entry_types import OF_NO_KIND, TYPES
from .inherit import inherited
from .latex import Definitions
from .strings import Macros

# Not printed: LaTeX is not read there, nor unknown macros reported.
UNREAD = frozenset(
    (
        "abstract",
        "annotation",
        "annote",
        "keywords",
        "keyword",
        "file",
        "timestamp",
        "groups",
        "owner",
        "comment",
    )
)


class Decoder:
    """Decodes the entries of a library. `others` are the findings about keys, by key."""

    def __init__(
        self,
        entries: Mapping[str, Entry],
        macros: Macros,
        definitions: Definitions,
        others: Mapping[str, list[Diagnostic]],
        aliases: Mapping[str, str],
    ) -> None:
        self.entries, self.macros, self.definitions = entries, macros, definitions
        self.others = others
        self._keys = {alias.lower(): key for alias, key in aliases.items()}
        self._keys |= {key.lower(): key for key in reversed(list(entries))}

    def decode(self, key: str) -> tuple[Reference, list[Diagnostic]]:
        entry = self.entries[key]
        diagnostics = [*self.others.get(key, ()), *entry.diagnostics]
        own, unknown = self._values(entry)
        diagnostics += [_unknown_string(entry.name_span(name), word) for name, word in unknown]
        parents: dict[str, Entry] = {}
        values, missing = inherited(entry.type, own, lambda name: self._find(name, parents))
        diagnostics += [self._missing_parent(entry, own, parent) for parent in missing]
        # A reference with fields from a broken entry is incomplete, too.
        diagnostics += [found for parent in parents.values() for found in parent.diagnostics]
        put, left_out = put_right(with_identifiers(values))
        item = Item(entry.type, Values(put), self.definitions)
        item.left_out += left_out
        reference = Reference(
            key=entry.key,
            type=item.type,
            fields=item.fields(),
            names=item.names(),
            dates=item.dates(),
            unread=unread(own, item.values),  # after all others, which ask for the values
            source=entry.text,
            entry_type=entry.type,
            written={name: _written(entry, name, text) for name, text in own.items()},
            span=entry.span,
        )
        return reference, diagnostics + _noticed(entry, item)

    def _values(self, entry: Entry) -> tuple[dict[str, str], list[tuple[str, str]]]:
        """Return the text of each field, and (field, word) for words that are not macros."""
        values: dict[str, str] = {}
        missed: list[tuple[str, str]] = []
        for name, found in entry.fields.items():
            text, unknown = self.macros.value(found.value, entry.macros)
            if name not in UNREAD and text.strip():
                values[name] = text
                missed += [(name, word) for word in unknown]
        return values, missed

    def _find(self, key: str, parents: dict[str, Entry]) -> tuple[str, Mapping[str, str]] | None:
        """Return a parent, and note it. BibTeX ignores the case of parents' keys."""
        entry = self.entries.get(key) or self.entries.get(self._keys.get(key.lower(), ""))
        if entry is None:
            return None
        parents[entry.key] = entry
        return entry.type, self._values(entry)[0]

    def _missing_parent(self, entry: Entry, own: Mapping[str, str], parent: str) -> Diagnostic:
        name = "crossref" if own.get("crossref", "").strip() == parent else "xdata"
        return Diagnostic(
            "unknown-crossref",
            f"`{entry.key}` takes fields from `{parent}`, but no entry has that key",
            entry.name_span(name),
            did_you_mean(parent, self.entries),
        )


def _written(entry: Entry, name: str, text: str) -> Written:
    found = entry.fields[name]
    return Written(text, entry.source.span(found.start, found.end), entry.name_span(name))


def _unknown_string(span: Span, word: str) -> Diagnostic:
    shown = word if len(word) <= 60 else word[:59] + "…"
    message = f"`{shown}` is not an @string; it is printed as it is"
    return Diagnostic(
        "unknown-bibtex-string", message, span, "put the text in braces, or define the @string"
    )


def _noticed(entry: Entry, item: Item) -> list[Diagnostic]:
    diagnostics = []
    if entry.type not in TYPES and entry.type not in OF_NO_KIND:
        message = f"`@{entry.type}` is an unknown entry type; it is treated as @misc"
        span = entry.source.span(entry.start, entry.start + 1 + len(entry.type))
        hint = did_you_mean(entry.type, TYPES)
        diagnostics.append(Diagnostic("unknown-entry-type", message, span, hint))
    diagnostics += [
        Diagnostic(
            "unknown-latex",
            f"the command `{command}` in `{name}` is not known; the text of its argument is kept",
            _command_span(entry, name, command),
            "write the text or the character itself",
        )
        for name, command in dict.fromkeys(item.unknown)
    ]
    diagnostics += [
        Diagnostic(
            "bad-bibtex-date",
            f"`{value}` is not a date that can be read; it is printed as it is",
            entry.name_span(name),
            "write it like 2026-01-28, 2026-01 or 2026",
        )
        for name, value in item.bad_dates
    ]
    diagnostics += [
        Diagnostic(
            "unsafe-link",
            f"`{name}` contains `{address[:60]}`, which is not a web address",
            entry.name_span(name),
            "an address begins with https://, http:// or ftp://",
        )
        for name, address in item.bad_links
    ]
    diagnostics += [
        Diagnostic(
            "repaired-bibtex",
            f"`{shorten(words, 60, placeholder='…')}` in `{name}` is left out",
            entry.name_span(name),
            "write only what belongs in the field",
        )
        for name, words in dict.fromkeys(item.left_out)
    ]
    return diagnostics


def _command_span(entry: Entry, name: str, command: str) -> Span:
    """Return where a command stands in a field; where the entry does, if that is inherited."""
    field, source = entry.fields.get(name), entry.source
    pattern = re.compile(re.escape(command) + r"(?![A-Za-z])")
    found = pattern.search(source.text, field.start, field.end) if field else None
    return source.span(*found.span()) if found else entry.name_span(name)

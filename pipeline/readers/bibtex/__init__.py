"""Read BibTeX and biblatex files.

In: the content of .bib files. Out: a `Library` that decodes an entry when it is cited and records
every place it was read from, and diagnostics. No input makes reading fail.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from msgspec.structs import replace

from ...diagnostics import Diagnostic, Severity
from ...model.references import Library
from .blocks import Blocks, read_blocks
from .decode import Decoder
from .entry import Entry
from .inside import Inside
from .preamble import read_preambles
from .source import read_source
from .strings import Macros, bare_words

__all__ = ["read_bibtex"]

# Entries that hold data for others or settings: never cited.
NOT_CITED = frozenset(("xdata", "control", "ieeetranbstctl"))


def read_bibtex(files: Sequence[tuple[bytes, str]]) -> tuple[Library, list[Diagnostic]]:
    """Read .bib files, given as content and path, in order.

    No diagnostic returned here is an error. A mistake in an entry is an error only for a brief that
    cites it: `Library.diagnostics(key)` then has the same code, message and span as the warning
    here.
    """
    blocks = Blocks()
    for content, path in files:
        source, diagnostics = read_source(content, path)
        blocks.diagnostics += diagnostics
        read_blocks(source, blocks)
    entries, others = _by_key(blocks.entries)
    macros = Macros(blocks.macros)
    aliases = _aliases(entries, macros, others)
    decoder = Decoder(entries, macros, read_preambles(blocks.preambles), others, aliases)
    spans = {key: entry.span for key, entry in entries.items() if entry.type not in NOT_CITED}
    found = [one for diagnostics in others.values() for one in diagnostics]
    found += [one for entry in blocks.entries for one in entry.diagnostics]
    warnings = [_as_warning(one) for one in found]
    blocks.diagnostics += _unused_macros(blocks)
    return Library(spans, decoder.decode, aliases), sorted(
        blocks.diagnostics + warnings, key=lambda one: one.span
    )


def _unused_macros(blocks: Blocks) -> list[Diagnostic]:
    """Report unused @strings; a file without entries is a list of them for others."""
    values = [value for _, value in blocks.macros]
    if values:
        names = {name.lower() for name, _ in blocks.macros}
        fields = (entry.fields for entry in blocks.entries)
        asked = (of for of in fields if not isinstance(of, Inside) or of.may_use(names))
        values += [found.value for of in asked for found in of.values()]
    used = {word for value in values for word in bare_words(value)}
    files = {entry.source.path for entry in blocks.entries}
    return [
        Diagnostic("unused-bibtex-string", f"no entry uses the @string `{name}`", span)
        for name, span in blocks.definitions
        if name.lower() not in used and span.path in files
    ]


def _as_warning(found: Diagnostic) -> Diagnostic:
    error = found.severity is Severity.ERROR
    return replace(found, override=Severity.WARNING) if error else found


def _by_key(
    entries: Sequence[Entry],
) -> tuple[dict[str, Entry], dict[str, list[Diagnostic]]]:
    """Return the first entry of each key, and diagnostics on keys."""
    first: dict[str, Entry] = {}
    folded: dict[str, str] = {}
    others: dict[str, list[Diagnostic]] = {}
    for entry in entries:
        key = entry.key
        if key in first:
            others.setdefault(key, []).append(_duplicate(entry, first[key]))
            continue
        first[key] = entry
        twin = folded.setdefault(key.lower(), key)
        if twin != key:
            others.setdefault(key, []).append(_differs_in_case(entry, first[twin]))
    return first, others


def _aliases(
    entries: Mapping[str, Entry], macros: Macros, others: dict[str, list[Diagnostic]]
) -> dict[str, str]:
    """Return further keys from biblatex's `ids`; the key of an entry takes precedence."""
    aliases: dict[str, str] = {}
    for entry in entries.values():
        if "ids" not in entry.fields or entry.type in NOT_CITED:
            continue
        text, _ = macros.value(entry.fields["ids"].value, entry.macros)
        for alias in filter(None, (name.strip() for name in text.split(","))):
            taken = alias if alias in entries else aliases.get(alias, entry.key)
            if taken == entry.key:
                aliases[alias] = entry.key
            else:
                others.setdefault(entry.key, []).append(_taken(entry, alias, entries[taken]))
    return {alias: key for alias, key in aliases.items() if alias != key}


def _taken(entry: Entry, alias: str, owner: Entry) -> Diagnostic:
    place = f"{owner.span.path}:{owner.span.line}"
    return Diagnostic(
        "duplicate-citation-key",
        f"`{alias}`, among the `ids` of `{entry.key}`, is also a key of `{owner.key}` ({place})",
        entry.name_span("ids"),
        "remove it from `ids`",
    )


def _duplicate(entry: Entry, first: Entry) -> Diagnostic:
    place = f"{first.span.path}:{first.span.line}"
    is_copy = entry.text.split() == first.text.split()  # whichever is meant, it is the same
    return Diagnostic(
        "duplicate-citation-key",
        f"the entry `{entry.key}` stands at {place}, too, word for word"
        if is_copy
        else f"the key `{entry.key}` is already used at {place}; that entry is read",
        entry.span,
        "remove one of them" if is_copy else "give one of them another key, or remove it",
        Severity.WARNING if is_copy else None,
    )


def _differs_in_case(entry: Entry, first: Entry) -> Diagnostic:
    place = f"{first.span.path}:{first.span.line}"
    return Diagnostic(
        "citation-key-case",
        f"the keys `{entry.key}` and `{first.key}` ({place}) differ only in case",
        entry.span,
        "they are two references here, but BibTeX treats them as one",
    )

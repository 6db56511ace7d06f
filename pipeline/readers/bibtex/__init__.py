"""BibTeX and biblatex files → a library whose references are decoded when they are cited."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from pipeline.diagnostics import Diagnostic, Severity
from pipeline.readers.bibtex.blocks import Blocks, read_blocks
from pipeline.readers.bibtex.decode import Decoder
from pipeline.readers.bibtex.entry import Entry
from pipeline.readers.bibtex.preamble import read_preambles
from pipeline.readers.bibtex.source import read_source
from pipeline.readers.bibtex.strings import Macros
from pipeline.references import Library

__all__ = ["read_bibtex"]

# Entries that hold data for others, or settings of a program: nobody cites them.
NOT_CITED = frozenset(("xdata", "control", "ieeetranbstctl"))


def read_bibtex(files: Sequence[tuple[bytes, str]]) -> tuple[Library, list[Diagnostic]]:
    """Read .bib files, given as content and path, in order.

    Returned are findings about the files, none of them an error. What is wrong with an entry is
    an error only for the brief that cites it: `Library.diagnostics(key)` says it then, with the
    same code, message and span as the warning here.
    """
    blocks = Blocks()
    for content, path in files:
        source, diagnostics = read_source(content, path)
        blocks.diagnostics += diagnostics
        read_blocks(source, blocks)
    entries, others = _by_key(blocks.entries)
    decoder = Decoder(entries, Macros(blocks.macros), read_preambles(blocks.preambles), others)
    spans = {key: entry.span for key, entry in entries.items() if entry.type not in NOT_CITED}
    found = [one for diagnostics in others.values() for one in diagnostics]
    found += [one for entry in blocks.entries for one in entry.troubles]
    warnings = [_as_warning(one) for one in found]
    return Library(spans, decoder.decode), sorted(
        blocks.diagnostics + warnings, key=lambda one: one.span
    )


def _as_warning(found: Diagnostic) -> Diagnostic:
    error = found.severity is Severity.ERROR
    return replace(found, override=Severity.WARNING) if error else found


def _by_key(
    entries: Sequence[Entry],
) -> tuple[dict[str, Entry], dict[str, list[Diagnostic]]]:
    """Return the first entry of each key, and what is to be said of the keys."""
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


def _duplicate(entry: Entry, first: Entry) -> Diagnostic:
    place = f"{first.span.path}:{first.span.line}"
    return Diagnostic(
        "duplicate-citation-key",
        f"the key `{entry.key}` stands at {place} already, and that entry is read",
        entry.span,
        "give one of them another key, or take it out",
    )


def _differs_in_case(entry: Entry, first: Entry) -> Diagnostic:
    place = f"{first.span.path}:{first.span.line}"
    return Diagnostic(
        "citation-key-case",
        f"the keys `{entry.key}` and `{first.key}` ({place}) differ in case only",
        entry.span,
        "they are two references here, but one for BibTeX",
    )

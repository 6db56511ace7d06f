"""Read the libraries that a brief may cite, in whatever formats they are, as one library."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import PurePath

from ..diagnostics import Diagnostic, Span
from ..model.references import Library, Reference
from ..readers.bibtex import read_bibtex

File = tuple[bytes, str]  # content and path
Read = tuple[Library, list[Diagnostic]]

# A project's library, if its briefs name none: the first of these that is there.
DEFAULTS = ("references.bib", "references.json", "references.ris", "references.yaml")


@lru_cache(maxsize=16)
def read_libraries(files: tuple[File, ...]) -> Read:
    """Read library files, from memory if this process has read the same ones before.

    Of a key that several have, the first in the order of the files counts.
    """
    others = [file for file in files if _ending(file) in _READERS]
    bibtex = tuple(file for file in files if file not in others)
    if not others:
        return read_bibtex(bibtex)
    found = [_READERS[_ending(file)](*file) for file in others]
    found += [read_bibtex(bibtex)] if bibtex else []
    libraries = [library for library, _ in found]
    order = {path: place for place, (_, path) in enumerate(files)}
    return one_library(libraries, order), [one for _, said in found for one in said]


def _ending(file: File) -> str:
    return PurePath(file[1]).suffix.lower()


def _csl_json(content: bytes, path: str) -> Read:
    from ..readers.csl_json import read_csl_json  # most briefs have only .bib files

    return read_csl_json(content, path)


def _ris(content: bytes, path: str) -> Read:
    from ..readers.ris import read_ris

    return read_ris(content, path)


def _csl_yaml(content: bytes, path: str) -> Read:
    from ..readers.markdown.yaml_library import read_csl_yaml

    return read_csl_yaml(content, path)


_READERS = {".json": _csl_json, ".ris": _ris, ".yaml": _csl_yaml, ".yml": _csl_yaml}


def one_library(libraries: Sequence[Library], order: Mapping[str, int]) -> Library:
    """Return one library of several; `order` is that of their files, by path."""
    owners: dict[str, Library] = {}
    spans: dict[str, Span] = {}
    others: dict[str, list[Diagnostic]] = {}
    entries = [(span, key, library) for library in libraries for key, span in library.spans.items()]
    for span, key, library in sorted(entries, key=lambda entry: order.get(entry[0].path, -1)):
        if key in owners:
            others.setdefault(key, []).append(_duplicate(key, span, spans[key]))
        else:
            owners[key], spans[key] = library, span
    aliases = {
        alias: key
        for library in libraries
        for alias, key in library.aliases.items()
        if owners.get(key) is library and alias not in owners
    }

    def decode(key: str) -> tuple[Reference, list[Diagnostic]]:
        library = owners[key]
        return library[key], [*others.get(key, ()), *library.diagnostics(key)]

    return Library(spans, decode, aliases)


def _duplicate(key: str, span: Span, first: Span) -> Diagnostic:
    place = f"{first.path}:{first.line}"
    message = f"the key `{key}` is already used at {place}; that entry is read"
    hint = "give one of them another key, or remove it"
    return Diagnostic("duplicate-citation-key", message, span, hint)

"""What a PDF must print according to the source attached to it, whoever attached that."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import product

from msgspec.structs import asdict, replace

from ..marks import PRESETS, in_language
from ..model import Anchor, Brief
from ..model.references import Library
from ..readers.bibtex import read_bibtex
from ..readers.markdown import read_markdown
from ..verify import Evidence, Expected, MarkSettings, Readback, expect, prove
from ..verify.lost_words import lost_words
from ..verify.words import Shown

_SVG = b'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>'


def carried_by(found: Readback, path: str) -> tuple[Expected, Mapping[Anchor, str]] | None:
    """Return what a file must print by its own source, and the titles of its references by anchor.

    None where it carries no source, or one that needs more than it carries. The marks, whether
    sections have numbers, and where corrections and captions stand are what fits best: the house's
    settings are not in the file.
    """
    sources = found.carried.sources if found.carried else {}
    texts = [text for name, text in sources.items() if name.endswith(".md")]
    libraries = tuple((text, name) for name, text in sources.items() if name.endswith(".bib"))
    if len(texts) != 1:
        return None
    try:
        text = texts[0].decode("utf-8")
        has_numbers = any(n.anchor.kind == "paragraph" for n in found.numbers)
        places = (True, False) if "corrections" in text else (True,)
        briefs = [
            read_markdown(text, "brief.md", _picture, "en", *settings)[0]
            for settings in product((True, False), places, (has_numbers,))
        ]
    except (UnicodeDecodeError, _NeedsTable):
        return None
    library, _ = read_bibtex(libraries)
    candidates = [evidence for brief in briefs for evidence in _evidence(brief, library)]
    likely = min(candidates, key=lambda evidence: len(prove(expect(evidence), found, path)))
    either = (expect(replace(likely, shown=Shown(captions_last=last))) for last in (False, True))
    best = min(either, key=lambda expected: len([*lost_words(expected, found)]))
    titles = {entry.anchor: library[entry.key].title for entry in best.bibliography}
    return best, titles


def _evidence(brief: Brief, library: Library) -> Iterator[Evidence]:
    named = brief.front.marks
    for marks in [PRESETS[named]] if named in PRESETS else PRESETS.values():
        settings = MarkSettings(**asdict(in_language(marks, brief.front.lang)))
        yield Evidence(
            brief,
            settings,
            lambda key, before: "",
            frozenset(library),
            tuple(library),
            library.aliases,
            back_references=False,
        )


class _NeedsTable(Exception):
    """The brief reads a table from a file that is not carried."""


def _picture(name: str) -> bytes:
    """Return a picture in place of each that a brief shows: only its place counts."""
    if name.lower().endswith(".csv"):
        raise _NeedsTable
    return _SVG

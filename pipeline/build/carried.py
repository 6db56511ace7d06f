"""What a PDF must print according to the source attached to it, whoever attached that."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import product

from msgspec.structs import asdict

from ..marks import PRESETS, in_language
from ..model import Anchor, Brief
from ..model.references import Library
from ..readers.bibtex import read_bibtex
from ..readers.markdown import read_markdown
from ..verify import Evidence, Expected, MarkSettings, Readback, expect, prove

_SVG = b'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>'


def carried_by(found: Readback, path: str) -> tuple[Expected, Mapping[Anchor, str]] | None:
    """Return what a file must print by its own source, and the titles of its references by anchor.

    None where it carries no source, or one that needs more than it carries. The marks, whether
    sections and paragraphs have numbers, and where corrections stand are what fits best: the
    house's settings are not in the file.
    """
    sources = found.carried.sources if found.carried else {}
    texts = [text for name, text in sources.items() if name.endswith(".md")]
    libraries = tuple((text, name) for name, text in sources.items() if name.endswith(".bib"))
    if len(texts) != 1:
        return None
    try:
        text = texts[0].decode("utf-8")
        places = (True, False) if "corrections" in text else (True,)
        briefs = [
            read_markdown(text, "brief.md", _picture, "en", *settings)[0]
            for settings in product((True, False), places, (False, True))
        ]
    except (UnicodeDecodeError, _NeedsTable):
        return None
    library, _ = read_bibtex(libraries)
    candidates = [found for brief in briefs for found in _expected(brief, library)]
    best = min(candidates, key=lambda expected: len(prove(expected, found, path)))
    titles = {entry.anchor: library[entry.key].title for entry in best.bibliography}
    return best, titles


def _expected(brief: Brief, library: Library) -> Iterator[Expected]:
    named = brief.front.marks
    for marks in [PRESETS[named]] if named in PRESETS else PRESETS.values():
        settings = MarkSettings(**asdict(in_language(marks, brief.front.lang)))
        yield expect(
            Evidence(
                brief,
                settings,
                lambda key, before: "",
                frozenset(library),
                tuple(library),
                library.aliases,
                back_references=False,
            )
        )


class _NeedsTable(Exception):
    """The brief reads a table from a file that is not carried."""


def _picture(name: str) -> bytes:
    """Return a picture in place of each that a brief shows: only its place counts."""
    if name.lower().endswith(".csv"):
        raise _NeedsTable
    return _SVG

"""Prove an output: compare what it prints with what the brief requires."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache

from msgspec import Struct
from msgspec.structs import asdict, replace

from ..csl import format_entry
from ..diagnostics import Diagnostic
from ..language.dates import long_date
from ..language.terms import term, translations
from ..legibility import hidden_by, sample_page
from ..model import AnchorKind, Brief
from ..model.references import plain
from ..numbering import NumberedBrief
from ..project import LoadedBrief
from ..styles import EXTRA, Styles
from ..verify import (
    Evidence,
    Expected,
    MarkSettings,
    Readback,
    expect,
    faults,
    read_file_content,
)

_SEEN = ("seen-otherwise", "number-mismatch")
_PHRASED = ("checked-on", "review-by", "edition", "reviewed-by", "supersedes", "contact", "licence")
_TITLED = ("summary", "key-findings", "follow-ups", "claim", "corrections", "verdict")
_FACTS = frozenset({"authors", "facts", "imprint"})  # as templates name them
_CAPTIONED: tuple[AnchorKind, ...] = ("figure", "table")


@cache
def captions() -> Mapping[AnchorKind, tuple[str, ...]]:
    """Return what a caption may begin with, in any language."""
    return {kind: translations(kind) for kind in _CAPTIONED}


class Witness(Struct, frozen=True):
    """What the proof needs besides the numbered brief: its state before any stage ran."""

    read: Brief
    keys: tuple[str, ...]  # of the library, in its order
    aliases: Mapping[str, str]
    back_references: bool
    shown: frozenset[str] = _FACTS  # that the template of the house prints


def witness(brief: LoadedBrief, styles: Styles) -> Witness:
    """Return the witness of a brief that was read."""
    if brief.read is None:
        raise ValueError("a brief that was not read has no witness")
    template = styles.files["brief.html.j2"]
    shown = frozenset(name for name in _FACTS if f"{{% if {name} %}}" in template)
    links_back = styles.house.back_references == "on"
    return Witness(brief.read, brief.keys, brief.aliases, links_back, shown)


def expected_of(numbered: NumberedBrief, seen: Witness) -> Expected:
    """Return what every output of a brief must print.

    The numbered brief provides the settings of its marks and the texts of its entries, as data:
    no numbers, no order and no marks.
    """
    style, lang = numbered.citation_style, numbered.brief.front.lang
    references = {reference.key: reference for reference in numbered.bibliography}

    def entry(key: str, before: str) -> str:
        if key not in references:
            return ""
        return plain(format_entry(references[key], style, lang, references.get(before)))

    return expect(
        Evidence(
            seen.read,
            MarkSettings(**asdict(numbered.marks)),
            entry,
            frozenset(seen.keys),
            seen.keys,
            seen.aliases,
            seen.back_references,
            {kind: term(kind, lang) for kind in _CAPTIONED},
            {kind: term(kind, lang) for kind in _TITLED},
            {name: term(name, lang) for name in _PHRASED},
            lambda day: long_date(day, lang),
            seen.shown,
            numbered.redline is not None,
        )
    )


def read_back(content: bytes, format: str) -> Readback:
    """Return what an output that was just written prints. Raises `Unreadable`."""
    return read_file_content(content, f".{format}", words=captions() if format == "pdf" else {})


def with_causes(diagnostics: Sequence[Diagnostic], styles: Styles) -> list[Diagnostic]:
    """Return diagnostics. Numbers that a PDF lacks or hides get a hint that names the rule
    that is the likely cause."""
    if all(found.code not in _SEEN for found in diagnostics):
        return list(diagnostics)
    sheets = {name: styles.files[name] for name in ("base.css", "print.css", EXTRA)}
    values = "".join(f"--colour-{n}: {c};" for n, c in styles.house.colours.items())
    hidden = hidden_by({"values": f":root {{ {values} }}", **sheets}, sample_page())
    if not hidden:
        return list(diagnostics)
    rule = hidden[0].rule
    hint = f"the likely cause: `{rule.shown}` ({rule.path}, line {rule.line})"
    return [replace(d, hint=hint) if d.code in _SEEN and not d.hint else d for d in diagnostics]


def faults_of(
    found: Readback, numbered: NumberedBrief, seen: Witness, filename: str
) -> list[Diagnostic]:
    """Return where an output that was read back differs from its brief."""
    return faults(found, expected_of(numbered, seen), filename, numbered.draft)

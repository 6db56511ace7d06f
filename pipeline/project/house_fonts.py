"""Characters of a brief that the font of its house cannot draw, so that another one does."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import chain

from msgspec.structs import replace

from ..diagnostics import Diagnostic, Span
from ..styles import Styles, characters_of
from .loading import LoadedBrief

# Latin, Greek and Cyrillic letters, and signs of texts in them: other scripts have their own fonts.
_RANGES = ((0x21, 0x530), (0x1E00, 0x2000), (0x2010, 0x2028), (0x2030, 0x205F), (0x20A0, 0x2150))
_EXPECTED = frozenset(map(chr, chain.from_iterable(range(*ends) for ends in _RANGES)))
_SOFT_HYPHEN = "\N{SOFT HYPHEN}"


def with_undrawn(briefs: Iterable[LoadedBrief], styles: Styles) -> list[LoadedBrief]:
    """Return briefs with a finding for each that has characters which the font of text lacks."""
    family = styles.house.fonts["body"].family
    faces = [face for face in styles.faces if face.family == family]
    if not faces:
        return list(briefs)
    drawn = frozenset.intersection(*(characters_of(face.content) for face in faces))
    missing = _EXPECTED - drawn - {_SOFT_HYPHEN}
    return [_judged(brief, missing, family) for brief in briefs]


def _judged(brief: LoadedBrief, missing: frozenset[str], family: str) -> LoadedBrief:
    source = brief.numbered.brief.source if brief.numbered else ""
    found = missing.intersection(source)
    if not found:
        return brief
    first = min(map(source.index, found))
    line, column = source.count("\n", 0, first) + 1, first - source.rfind("\n", 0, first)
    message = f"`{family}` cannot draw “{''.join(sorted(found))}”: another font does"
    hint = "write it otherwise, or use a font with these signs"
    span = Span.on_line(brief.path, line, column, 1)
    finding = Diagnostic("font-lacks-characters", message, span, hint)
    return replace(brief, diagnostics=(*brief.diagnostics, finding))

"""Resolve the citation keys of a brief: replace aliases, and report unknown keys."""

from __future__ import annotations

from msgspec.structs import replace

from .diagnostics import Diagnostic, did_you_mean
from .model import Brief, Citation, Cite, Inlines, transform, walk
from .model.references import Library


def resolve_citations(brief: Brief, library: Library) -> tuple[Brief, list[Diagnostic]]:
    """Return the brief with each alias of a citation key replaced by the key itself.

    The diagnostics name keys that no reference has, and faults of the entries that are cited.
    """
    brief = _under_main_keys(brief, library)
    cites = [node for node in walk(brief) if isinstance(node, Cite)]
    for key in brief.front.nocite:
        if key != "*":
            cites.append(Cite(key, span=brief.front.place("nocite", key)))
    unknown = [_unknown(cite, library) for cite in cites if cite.key not in library]
    keys = dict.fromkeys(cite.key for cite in cites if cite.key in library)
    if "*" in brief.front.nocite:
        keys |= dict.fromkeys(library)
    return brief, [*unknown, *(found for key in keys for found in library.diagnostics(key))]


def _under_main_keys(brief: Brief, library: Library) -> Brief:
    aliases = library.aliases
    if not aliases:
        return brief

    def changed(inlines: Inlines) -> Inlines:
        return tuple(
            replace(
                inline,
                cites=tuple(replace(c, key=aliases.get(c.key, c.key)) for c in inline.cites),
            )
            if isinstance(inline, Citation) and any(c.key in aliases for c in inline.cites)
            else inline
            for inline in inlines
        )

    nocite = tuple(dict.fromkeys(aliases.get(key, key) for key in brief.front.nocite))
    return transform(replace(brief, front=replace(brief.front, nocite=nocite)), changed)


def _unknown(cite: Cite, library: Library) -> Diagnostic:
    message = f"no reference has the key `{cite.key}`"
    return Diagnostic("unknown-citation", message, cite.span, did_you_mean(cite.key, library))

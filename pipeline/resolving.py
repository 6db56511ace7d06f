"""Resolve the citation keys of a brief: replace aliases, and report unknown keys."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from msgspec.structs import replace

from .diagnostics import Diagnostic, did_you_mean
from .model import Anchor, AnchorKind, Brief, Citation, Cite, Inlines, Node, Text, transform, walk
from .model.references import Library

_BRACKET = re.compile(r"\[#?(?P<key>[^\W\d][^\[\]\s,;@]{2,})(?:[,;][^\[\]\n]*)?\]")
# "(Smith 2021)"; with a comma, it is no year of an event and is found without a library.
_NAME_YEAR = re.compile(
    r"\((?:(?:see|cf\.) )?(?P<name>[^\W\d_][\w'’-]+) (?P<year>\d{4})[a-z]?(?=[),;:])[^()\n]*\)"
)
# Anchors of Quarto and of pandoc's filters, and what is typed for those that are numbered here.
_OTHER_ANCHORS = (
    r"(?i)(lst|lis|thm|lem|cor|prp|cnj|def|exm|exr|sol|rem|alg|tip|nte|wrn|imp|cau|tab|fig|tbl|sec|eq)"
    r"[-_:.]"
)
_LIKE: Mapping[str, AnchorKind] = {
    "tab": "table",
    "tbl": "table",
    "fig": "figure",
    "sec": "section",
    "eq": "equation",
}


def resolve_citations(brief: Brief, library: Library) -> tuple[Brief, list[Diagnostic]]:
    """Return the brief with each alias of a citation key replaced by the key itself.

    The diagnostics name keys that no reference has, and faults of the entries that are cited.
    """
    brief = _under_main_keys(brief, library)
    typed = [found for node in walk(brief) for found in _typed_keys(node, library)]
    typed += _typed_names(brief, library)
    cites = [node for node in walk(brief) if isinstance(node, Cite)]
    for key in brief.front.nocite:
        if key != "*":
            cites.append(Cite(key, span=brief.front.place("nocite", key)))
    unknown = [_unknown(cite, library) for cite in cites if cite.key not in library]
    keys = dict.fromkeys(cite.key for cite in cites if cite.key in library)
    if "*" in brief.front.nocite:
        keys |= dict.fromkeys(library)
    return brief, [*unknown, *typed, *(found for key in keys for found in library.diagnostics(key))]


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
    hint = did_you_mean(cite.key, library)
    if not hint and (found := re.match(_OTHER_ANCHORS, cite.key)):
        hint = "only sections, figures, tables and equations are numbered: link to it, [words](#…)"
        if kind := _LIKE.get(found[1].lower()):
            hint = f"write @{Anchor(kind, cite.key[found.end() :])}"
    hint = hint or r"add it to the library, or write \@ for the sign itself"
    return Diagnostic("unknown-citation", message, cite.span, hint)


def _typed_keys(node: Node, library: Library) -> Iterator[Diagnostic]:
    """`[smith2021]`: a key without its `@` is text."""
    for found in (
        _BRACKET.finditer(node.text) if isinstance(node, Text) and "[" in node.text else ()
    ):
        if found["key"] in library:
            message = f"`{found[0]}` is printed as typed: `@` makes a key a citation"
            place = node.span.piece(found.start(), len(found[0]))
            hint = f"write [@{found[0][1:].removeprefix('#')}"
            yield Diagnostic("hand-typed-mark", message, place, hint)


def _typed_names(brief: Brief, library: Library) -> Iterator[Diagnostic]:
    """`(Smith 2021)`, if the library has such a work."""
    for node in walk(brief):
        if not isinstance(node, Text) or "(" not in node.text:
            continue
        for found in _NAME_YEAR.finditer(node.text):
            if key := _work_of(library, found["name"], found["year"]):
                message = f"`{found[0]}` was typed by hand and will not be updated"
                place = node.span.piece(found.start(), len(found[0]))
                yield Diagnostic("hand-typed-mark", message, place, f"write [@{key}]")


def _work_of(library: Library, name: str, year: str) -> str:
    """Return the key of the first work of an author in a year, "" for none."""
    for key in library:
        reference = library[key]
        issued = reference.dates.get("issued")
        names = (n.family for names in reference.names.values() for n in names)
        years = [part[0] for part in issued.parts if part] if issued else []
        if int(year) in years and name.casefold() in map(str.casefold, names):
            return key
    return ""

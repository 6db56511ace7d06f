"""How the briefs of a site belong together: newer ones, translations, common references."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence

from msgspec import Struct

from ..model.references import Reference, plain
from ..numbering import NumberedBrief
from ..text import bare_doi

_MOST_RELATED = 4  # that a page lists
_LISTED = 20  # from which those are taken that it does not name for another reason
_EVERYWHERE = 50  # a reference that more briefs cite says nothing of what they have in common


class Relations(Struct, frozen=True):
    """The names of briefs that belong to one."""

    newer: str = ""  # the newest in the chain of briefs that replace this one
    older: tuple[str, ...] = ()  # those it replaces, the latest first
    translations: tuple[str, ...] = ()  # in other languages, by language; not itself
    related: tuple[str, ...] = ()  # by how many references they share


def relations_of(briefs: Sequence[NumberedBrief]) -> Mapping[str, Relations]:
    """Return the relations of each brief by name. Names that no brief has are left out."""
    fronts = {numbered.brief.name: numbered.brief.front for numbered in briefs}
    replaced = {
        old: name for name, front in fronts.items() for old in front.supersedes if old in fronts
    }
    groups = _groups((name, front.translation_of) for name, front in fronts.items())
    related = _related(briefs)
    supersedes = {name: front.supersedes for name, front in fronts.items()}

    def relations(name: str) -> Relations:
        newer, older = _last(name, replaced), _all_older(name, supersedes)
        others = [other for other in groups[name] if other != name]
        translations = tuple(sorted(others, key=lambda other: fronts[other].lang))
        known = {newer, *older, *translations}
        alike = tuple(other for other in related[name] if other not in known)
        return Relations(newer, older, translations, alike[:_MOST_RELATED])

    return {name: relations(name) for name in fronts}


def _last(name: str, replaced: Mapping[str, str]) -> str:
    """Return the end of a chain, "" if it does not begin; a circle has no newest brief."""
    seen = [name]
    while (newer := replaced.get(seen[-1])) is not None:
        if newer in seen:
            return ""
        seen.append(newer)
    return seen[-1] if len(seen) > 1 else ""


def _all_older(name: str, supersedes: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    found: dict[str, None] = {}
    left = [name]
    while left:
        for older in supersedes[left.pop(0)]:
            if older in supersedes and older != name and older not in found:
                found[older] = None
                left.append(older)
    return tuple(found)


def _groups(pairs: Iterable[tuple[str, str]]) -> Mapping[str, frozenset[str]]:
    """Return for each brief all versions of its text; `pairs` are briefs and their originals."""
    originals = dict(pairs)
    groups: dict[str, set[str]] = defaultdict(set)
    for name in originals:
        root, seen = name, {name}
        while (original := originals[root]) in originals and original not in seen:
            root = original
            seen.add(root)
        groups[root].add(name)
    return {name: frozenset(group) for group in groups.values() for name in group}


def _related(briefs: Sequence[NumberedBrief]) -> Mapping[str, tuple[str, ...]]:
    works = {b.brief.name: {_work(r) for r in b.bibliography} - {""} for b in briefs}
    citing: dict[str, list[str]] = defaultdict(list)
    for name, cited in works.items():
        for work in sorted(cited):
            citing[work].append(name)
    found: dict[str, tuple[str, ...]] = {}
    for name, cited in works.items():
        shared = Counter(
            other
            for work in cited
            if len(citing[work]) <= _EVERYWHERE
            for other in citing[work]
            if other != name
        )
        by_number = sorted(shared, key=lambda other: (-shared[other], other))
        found[name] = tuple(by_number[:_LISTED])
    return found


def _work(reference: Reference) -> str:
    """Return what identifies a work in libraries that may call it by different keys."""
    doi, url = (plain(reference.fields.get(name, ())) for name in ("DOI", "URL"))
    return bare_doi(doi).lower() or url or reference.title.casefold()

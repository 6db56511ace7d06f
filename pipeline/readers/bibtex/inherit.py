"""Fields that an entry has from others: `crossref` and `xdata` (biblatex manual, Appendix B)."""

from __future__ import annotations

from collections.abc import Callable, Mapping

TITLES = ("title", "subtitle", "titleaddon")
# Never inherited: they say what an entry is, not what it is a part of.
OWN = frozenset(
    (
        "ids",
        "crossref",
        "xref",
        "xdata",
        "entryset",
        "entrysubtype",
        "execute",
        "label",
        "options",
        "presort",
        "related",
        "relatedoptions",
        "relatedstring",
        "relatedtype",
        "shorthand",
        "shorthandintro",
        "sortkey",
        "shorttitle",
        "sorttitle",
        "indextitle",
        "indexsorttitle",
    )
)
IN_BOOK = frozenset(("inbook", "bookinbook", "suppbook"))
IN_COLLECTION = frozenset(("incollection", "inreference", "suppcollection"))
IN_PROCEEDINGS = frozenset(("inproceedings", "conference"))
# Which title of a parent is which of its child: {parent's type: [(children's types, prefix)]}.
RULES: Mapping[str, tuple[tuple[frozenset[str], str], ...]] = {
    "mvbook": ((IN_BOOK | {"book"}, "main"),),
    "mvcollection": ((IN_COLLECTION | {"collection", "reference"}, "main"),),
    "mvreference": ((IN_COLLECTION | {"collection", "reference"}, "main"),),
    "mvproceedings": ((IN_PROCEEDINGS | {"proceedings"}, "main"),),
    # BibTeX's @book holds papers as well: it has no @collection.
    "book": ((IN_BOOK | IN_COLLECTION | IN_PROCEEDINGS, "book"),),
    "collection": ((IN_COLLECTION | IN_BOOK, "book"),),
    "reference": ((IN_COLLECTION, "book"),),
    "proceedings": ((IN_PROCEEDINGS | IN_COLLECTION, "book"),),
    "periodical": ((frozenset(("article", "suppperiodical")), "journal"),),
}
DATES = frozenset(("date", "year", "month", "day"))
MOST_ANCESTORS = 20

Fields = Mapping[str, str]
Find = Callable[[str], tuple[str, Fields] | None]  # key → type and values of an entry


def inherited(kind: str, fields: Fields, find: Find) -> tuple[dict[str, str], list[str]]:
    """Return the fields with what parents give, and the keys of parents that are missing."""
    missing: list[str] = []
    result = _with_xdata(fields, find, missing)
    line: list[tuple[str, Fields]] = []  # parents, the nearest first
    seen: set[str] = set()
    key = result.get("crossref", "").strip()
    while key and key.lower() not in seen and len(seen) < MOST_ANCESTORS:
        seen.add(key.lower())
        parent = find(key)
        if parent is None:
            missing.append(key)
            break
        line.append((parent[0], _with_xdata(parent[1], find, missing)))
        key = line[-1][1].get("crossref", "").strip()
    inherited_so_far: dict[str, str] = {}
    kinds = [kind, *(parent_kind for parent_kind, _ in line)]
    for child_kind, (parent_kind, values) in reversed(list(zip(kinds, line, strict=False))):
        inherited_so_far = _from_parent(child_kind, parent_kind, _joined(inherited_so_far, values))
    return _joined(inherited_so_far, result), missing


def _from_parent(child: str, parent: str, values: Fields) -> dict[str, str]:
    """Return what a child of one type has from a parent of another."""
    prefix = next((prefix for kinds, prefix in RULES.get(parent, ()) if child in kinds), "")
    given = {name: value for name, value in values.items() if name not in OWN}
    if prefix:
        titles = {prefix + name: given.pop(name) for name in TITLES if name in given}
        # A parent written for BibTeX has `booktitle` itself.
        given = {**titles, **given}
    if parent in ("book", "mvbook") and child in IN_BOOK and "author" in given:
        given.setdefault("bookauthor", given["author"])
    return given


def _joined(given: Fields, own: Fields) -> dict[str, str]:
    """Merge fields; an entry's own date is never mixed with an inherited one."""
    dated = not DATES.isdisjoint(own)
    kept = {name: value for name, value in given.items() if not (dated and name in DATES)}
    return {**kept, **own}


def _with_xdata(fields: Fields, find: Find, missing: list[str]) -> dict[str, str]:
    """Return fields with those of the @xdata entries they name, and of those that these name."""
    result = dict(fields)
    seen: set[str] = set()
    waiting = _keys(fields)
    while waiting and len(seen) < MOST_ANCESTORS:
        key = waiting.pop(0)
        if key in seen:
            continue
        seen.add(key)
        data = find(key)
        if data is None:
            missing.append(key)
            continue
        given = {name: value for name, value in data[1].items() if name not in OWN}
        result = {**given, **result}
        waiting += _keys(data[1])
    return result


def _keys(fields: Fields) -> list[str]:
    return [key.strip() for key in fields.get("xdata", "").split(",") if key.strip()]

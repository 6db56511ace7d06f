"""Which fields of BibTeX and biblatex are read, found out by reading entries that have them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from pipeline.model.references import Reference
from pipeline.readers.bibtex import read_bibtex
from pipeline.readers.bibtex.entry_types import OF_NO_KIND, TYPES

from .markdown import code, table

# One entry type of each kind that is read differently.
_KINDS = ("article", "book", "incollection", "report", "patent", "misc")
# The fields of the manuals of BibTeX and biblatex and of usual exporters, by what they are about.
_FIELDS: Mapping[str, tuple[str, ...]] = {
    "people": (
        "author", "editor", "editora", "editorb", "editorc", "translator", "bookauthor",
        "director", "holder", "commentator", "annotator", "introduction", "foreword", "afterword",
        "shortauthor", "shorteditor",
    ),
    "titles": (
        "title", "subtitle", "titleaddon", "shorttitle", "journal", "journaltitle",
        "journalsubtitle", "journaltitleaddon", "shortjournal", "reporter", "booktitle",
        "booksubtitle", "booktitleaddon", "maintitle", "mainsubtitle", "maintitleaddon", "series",
        "eventtitle", "origtitle",
    ),
    "dates": ("date", "year", "month", "day", "urldate", "eventdate", "origdate", "archivedate"),
    "numbers": (
        "volume", "volumes", "part", "number", "issue", "pages", "eid", "chapter", "edition",
        "version", "pagetotal", "isbn", "issn", "isrn", "pmid", "pmcid",
    ),
    "who and where": (
        "publisher", "institution", "organization", "school", "court", "howpublished", "location",
        "address", "venue", "library", "origpublisher", "origlocation",
    ),
    "addresses": ("doi", "url", "eprint", "archiveurl"),
    "other": ("type", "pubstate", "note", "addendum", "langid", "annotation", "abstract"),
}  # fmt: skip
# CSL variables in words, in the order of the table.
_WORDS: Mapping[str, str] = {
    "author": "author",
    "editor": "editor",
    "translator": "translator",
    "container-author": "author of the book that a chapter is in",
    "director": "director",
    "title": "title",
    "title-short": "short title",
    "container-title": "journal, or the book that a chapter is in",
    "container-title-short": "journal, abbreviated",
    "volume-title": "title of one volume of several",
    "collection-title": "series",
    "collection-number": "number in the series",
    "volume": "volume",
    "issue": "issue",
    "number": "number",
    "number-of-volumes": "number of volumes",
    "page": "pages",
    "chapter-number": "chapter",
    "edition": "edition",
    "version": "version",
    "number-of-pages": "number of pages",
    "genre": "kind of report, thesis, patent",
    "status": "state: forthcoming, in press",
    "publisher": "publisher or organisation",
    "publisher-place": "place",
    "jurisdiction": "where a patent holds",
    "issued": "date",
    "accessed": "day on which you read it",
    "event-title": "event",
    "event-date": "date of the event",
    "event-place": "place of the event",
    "original-title": "original title",
    "original-date": "date of the original",
    "original-publisher": "publisher of the original",
    "original-publisher-place": "place of the original",
    "archive": "archive or library",
    "note": "note",
    "language": "language",
    "ISBN": "ISBN",
    "ISSN": "ISSN",
    "PMID": "PubMed number",
    "PMCID": "PubMed Central number",
    "DOI": "DOI",
    "URL": "web address",
    "archive-url": "archived copy",
    "archived": "day of the archived copy",
}
_VALUES: Mapping[str, str] = {
    "langid": "french",
    "year": "2020",
    "month": "5",
    "day": "6",
    "doi": "10.1000/xyz",
    "eprint": "2301.00001",
    "isbn": "9783161484100",
    "pages": "3--5",
    "url": "https://example.org/a",
    "archiveurl": "https://web.archive.org/a",
}
# What a field needs beside it to mean something.
_BESIDE: Mapping[str, Mapping[str, str]] = {
    "month": {"year": "2020"},
    "day": {"year": "2020", "month": "5"},
    "eprint": {"eprinttype": "arxiv"},
}


def fields() -> str:
    """Return a table of what is printed, with the fields it is read from; then all other fields."""
    found: dict[tuple[str, str], list[str]] = {}
    unread = []
    for name in [name for names in _FIELDS.values() for name in names]:
        made = _variables(name)
        for variable, kinds in made.items():
            found.setdefault((variable, _kinds(kinds)), []).append(code(name))
        if not made:
            unread.append(code(name))
    order = list(_WORDS)
    rows = [
        (f"{_WORDS[variable]}{kinds}", ", ".join(names), code(variable))
        for (variable, kinds), names in sorted(
            found.items(), key=lambda row: order.index(row[0][0])
        )
    ]
    printed = table(("what", "fields", "CSL variable"), rows)
    return f"{printed}\nNot printed: {', '.join(unread)}.\n"


def entry_types() -> str:
    """Return a table of entry types, by the CSL type that they are read as."""
    found: dict[str, list[str]] = {}
    for kind, csl in TYPES.items():
        found.setdefault(csl, []).append(code(f"@{kind}"))
    rows = [(", ".join(kinds), csl) for csl, kinds in found.items()]
    other = ", ".join(code(f"@{kind}") for kind in sorted(OF_NO_KIND) if len(kind) < 8)
    return table(("entry type", "is read as"), [*rows, (f"{other} and unknown ones", "document")])


def _kinds(kinds: Sequence[str]) -> str:
    """Return the kinds of entries, where it is not so in all of them."""
    return "" if tuple(kinds) == _KINDS else f" (in {', '.join(map(code, kinds))})"


def _variables(name: str) -> dict[str, list[str]]:
    """Return which variables a field changes, with the kinds of entries in which it does."""
    found: dict[str, list[str]] = {}
    beside = {"title": "Rain", **_BESIDE.get(name, {})}
    for kind in _KINDS:
        without = _values(_read(kind, {k: v for k, v in beside.items() if k != name}))
        with_it = _values(_read(kind, beside | {name: _value(name)}))
        for variable in without.keys() | with_it.keys():
            if without.get(variable) != with_it.get(variable):
                found.setdefault(variable, []).append(kind)
    return found


def _value(name: str) -> str:
    if name in _VALUES:
        return _VALUES[name]
    if name.endswith("date"):
        return "2020-05-06"
    return (
        "Lee, Ann" if name in _FIELDS["people"] else "12" if name in _FIELDS["numbers"] else "Snow"
    )


def _read(kind: str, values: Mapping[str, str]) -> Reference:
    written = ", ".join(f"{name} = {{{value}}}" for name, value in values.items())
    library, _ = read_bibtex([(f"@{kind}{{rain, {written}}}".encode(), "rain.bib")])
    return library["rain"]


def _values(reference: Reference) -> dict[str, object]:
    return {**reference.fields, **reference.names, **reference.dates}

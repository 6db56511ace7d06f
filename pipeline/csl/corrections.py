"""What citation styles leave out of the sources of policy briefs, and what is put right.

This is the one list of corrections, each with its reason. They hold for the styles that are
offered; a house may have them for all styles or for none (`corrections` in house.toml).

What no list of variables can say is done where it belongs, for corrected styles only:

- `dates`: "c. 1850" and "1723?" in styles that know no uncertain dates; in a language that is not
  the style's, a date written out as "2 January 2024" is that language's own;
- `localisation`: the style's own words are not printed in other languages, but its dates in digits;
- `names`: no stop after "Jr" in styles whose initials have none; the editors of a book without an
  author where a style names only authors;
- `rendering`: "3rd ed." where a style prints the edition as it is written, and that is a number; no
  "In" before nothing, and no DOI twice;
- `east_asian`: editions as "第2版" or "2nd ed." in Japanese styles;
- `punctuation`: points that stand alone, and commas before stops;
- `numbers`: no "vol." before a volume that is words, no "p." before "in press", and "no." before a
  report's number 20-35;
- `completing`: a stop between a title and "Online" (ISO 690) or the year (Elsevier);
- `bibliography`: blanks before stops, and before colons in languages that have none.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from urllib.parse import unquote

from msgspec import Struct
from msgspec.structs import replace

from ..model.references import Date, Reference, RichText, Run, plain
from ..text import bare_doi, doi_address
from .scope import Scope

LEGAL = frozenset(["bill", "legal_case", "legislation", "treaty", "regulation"])
# Sources that nobody finds in a catalogue: the day counts, and who is behind them.
GREY = frozenset(
    [
        *LEGAL,
        "article",
        "article-newspaper",
        "broadcast",
        "dataset",
        "document",
        "hearing",
        "manuscript",
        "motion_picture",
        "pamphlet",
        "personal_communication",
        "post",
        "post-weblog",
        "report",
        "software",
        "song",
        "speech",
        "standard",
        "webpage",
    ]
)


class Addition(Struct, frozen=True):
    """Variables that are printed where a style prints none of `unless`, in references of `types`.

    Several variables stand together, in this order. No types are all types.
    """

    variables: tuple[str, ...]
    reason: str
    types: frozenset[str] = frozenset()
    unless: tuple[str, ...] = ()


ADDITIONS: tuple[Addition, ...] = (
    Addition(
        ("container-title",),
        "an act or judgment is found by its gazette or reporter: OJ L 119, 410 U.S. 113",
        LEGAL,
    ),
    Addition(
        ("genre", "number"),
        "papers, standards, statutes and judgments are known by number: COM(2019) 640, c. 15",
        GREY - {"dataset", "software"},
        ("number",),
    ),
    Addition(
        ("genre",),
        "readers must know that a source is a press release, a bulletin or a podcast",
        frozenset(["broadcast", "motion_picture", "song", "speech", "webpage"]),
    ),
    Addition(
        ("publisher",),
        "readers judge a source by the organisation behind it",
        GREY,
    ),
    Addition(
        ("event-title", "event-place"),
        "a talk that was never printed is found by its conference",
        frozenset(["speech", "manuscript", "document"]),
        ("event-title",),
    ),
    Addition(("issued",), "an undated source cannot be judged, and some styles date few types"),
    Addition(("version",), "data and software change", frozenset(["dataset", "software"])),
    Addition(("volume",), "a volume of a work is found by its number", frozenset(["book"])),
    Addition(("status",), "readers must know that a work is forthcoming or withdrawn"),
    Addition(
        ("note",),
        "letters and uncatalogued papers are found only by their note",
        frozenset(["manuscript", "personal_communication"]),
    ),
)


def _whole_title(reference: Reference) -> Reference:
    """No CSL style prints the title of a volume beside that of the work: biblatex does."""
    volume = reference.fields.get("volume-title", ())
    name = "container-title" if reference.type in _INSIDE else "title"
    whole = reference.fields.get(name, ())
    if not plain(volume) or not plain(whole):
        return reference
    return _with(reference, {"volume-title": (), name: (*whole, Run(": "), *volume)})


_INSIDE = frozenset(["chapter", "paper-conference", "entry-encyclopedia", "entry-dictionary"])
# What a part can be in: its container, or what those made who are named.
_AROUND = ("container-title", "event-title", "collection-title", "editor", "container-author")


def is_in_nothing(scope: Scope) -> bool:
    """Say whether nothing can follow "In": styles print it before a container without a name."""
    return scope.type in _INSIDE and not any(map(scope.has, _AROUND))


def _reporter(reference: Reference) -> Reference:
    """Styles print series, issue and pages of a gazette as those of a book: "no. 119. in L"."""
    given = {name: plain(reference.fields.get(name, ())) for name in (*_OF_REPORTERS, "number")}
    number = "" if given["issue"] or not given["number"].isdecimal() else given["number"]
    given |= {"issue": given["issue"] or number, "number": ""}
    container = reference.fields.get("container-title", ())
    if reference.type not in LEGAL or not plain(container) or not any(given.values()):
        return reference
    first = given["page"].partition("-")[0]
    in_reporter = reference.type == "legal_case" and not (
        given["issue"] or given["collection-title"]
    )
    if in_reporter:
        volume = (Run(f"{given['volume']} "),) if given["volume"] else ()
        parts = (*volume, *container, Run(f" {first}" if first else ""))
    else:
        numbers = (given["collection-title"], given["volume"], given["issue"])
        words = " ".join(["", *filter(None, numbers)])
        parts = (*container, Run(words), Run(f", p. {first}" if first else ""))
    printed = (*_OF_REPORTERS, "number") if number else _OF_REPORTERS
    return _with(reference, {"container-title": parts, **dict.fromkeys(printed, ())})


_OF_REPORTERS = ("collection-title", "volume", "issue", "page")


def _conference(reference: Reference) -> Reference:
    """Styles print the place of a conference behind its date, or in no entry of proceedings.

    Proceedings without a title are those of their conference.
    """
    event, place = (reference.fields.get(name, ()) for name in ("event-title", "event-place"))
    if reference.type == "speech" and event and place:
        return _with(reference, {"event-title": (*event, Run(", "), *place), "event-place": ()})
    if reference.type != "paper-conference":
        return reference
    published = reference.fields.keys() & {"publisher", "publisher-place"}
    is_printed = bool(published or "page" in reference.fields or "editor" in reference.names)
    changes: dict[str, RichText] = {}
    if place and not published:
        changes["publisher-place"] = place
    if event and is_printed and "container-title" not in reference.fields:
        changes |= {"container-title": event, "event-title": ()}
    return _with(reference, changes)


def _one_address(reference: Reference) -> Reference:
    """The address of a DOI is the DOI once more, or the only place where it is written."""
    doi, url = (plain(reference.fields.get(name, ())) for name in ("DOI", "URL"))
    found = unquote(bare_doi(url)) if url != bare_doi(url) else ""
    address = doi_address(found)
    if not address or (doi and address.casefold() != doi_address(doi).casefold()):
        return reference
    own = reference.fields.get("DOI") or (Run(found, href=address),)
    return _with(reference, {"URL": (), "DOI": own})


def _named_once(reference: Reference) -> Reference:
    """A website that is called as its author or publisher needs no name."""
    container = plain(reference.fields.get("container-title", ())).casefold()
    others = {plain(reference.fields.get("publisher", ())).casefold()}
    others |= {name.literal.casefold() for name in reference.names.get("author", ())}
    if reference.type != "webpage" or container not in others:
        return reference
    return _with(reference, {"container-title": ()})


def _shown_retraction(reference: Reference) -> Reference:
    """A retraction must be seen in every style; few print notes."""
    note = reference.fields.get("note", ())
    words = plain(note).casefold()
    if not any(word in words for word in _STATES) or plain(reference.fields.get("status", ())):
        return reference
    return _with(reference, {"status": note, "note": ()})


_STATES = (
    "retracted",
    "retraction",
    "withdrawn",
    "superseded",
    "forthcoming",
    "in press",
    "expression of concern",
)


def said_by_title(reference: Reference) -> frozenset[str]:
    """Return what a title says already: the year of an act, "Equality Act 2010. 2010"."""
    issued = reference.dates.get("issued", Date())
    year = str(issued.parts[0][0]) if issued.parts and issued.parts[0] else ""
    only_year = [len(part) for part in issued.parts] == [1]
    in_title = year in re.findall(r"\d+", reference.title)
    said = reference.type in LEGAL and only_year and in_title
    return frozenset(["issued"]) if said else frozenset()


READINGS: tuple[Callable[[Reference], Reference], ...] = (
    _whole_title,
    _reporter,
    _conference,
    _one_address,
    _named_once,
    _shown_retraction,
)


def _with(reference: Reference, changes: Mapping[str, RichText]) -> Reference:
    """Return a reference with other fields; an empty one is left out."""
    fields = {**reference.fields, **changes}
    return replace(reference, fields={name: text for name, text in fields.items() if text})


def read_corrected(reference: Reference) -> Reference:
    """Return a reference as styles can print it."""
    for reading in READINGS:
        reference = reading(reference)
    return reference


# What a thesis is called by BibTeX, which has no words for it in other languages.
THESES: Mapping[str, str] = {"PhD thesis": "doctoral", "Master’s thesis": "master"}

ADDRESSES = ("DOI", "URL", "PMID", "PMCID")
# A journal article is found without its address, if these are printed.
ENOUGH_FOR_ARTICLES = ("container-title", "page")

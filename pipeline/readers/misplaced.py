"""What stands in a field where it does not belong → where it belongs, or out of the entry.

Labels that styles print themselves, words for "nothing", what reference managers leave in notes,
access dates and addresses in notes, numbers of pages in `pages`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from ..language.dates import find_day
from .addresses import is_address

Values = Mapping[str, str]
Moved = tuple[Values, list[tuple[str, str]]]  # the fields, and (field, what is left out of it)

_NOTHING = re.compile(
    r"\W*(?:n/?\.?a\.?|none|null|nil|unknown|tba|tbd|xxx+)\W*|[-–—?]+", re.IGNORECASE
)
_OFTEN_NOTHING = (
    "volume", "number", "issue", "pages", "edition", "chapter", "series", "publisher", "address",
    "location", "institution", "organization", "doi", "url", "isbn", "issn", "note",
)  # fmt: skip

_LABELS: Mapping[str, re.Pattern[str]] = {
    name: re.compile(rf"(?:{labels})(?:[.:]\s*|\s+|(?=\d))(?=[\divxlcIVXLC])", re.IGNORECASE)
    for name, labels in {
        "volume": r"volumes?|vols?|bände|band|bd|tome|tomo|v|t",
        "number": r"numbers?|numéro|nummer|nos?|nrs?|núm|n°|n\.?º|№|issue|iss",
        "issue": r"issue|iss|no|nr|heft|h",
        "chapter": r"chapters?|chapitre|kapitel|chaps?|ch|kap|cap",
    }.items()
}
_ORDINALS = (
    "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth",
)  # fmt: skip
_EDITION = re.compile(
    rf"(?P<which>{'|'.join(_ORDINALS)}|\d+)(?:st|nd|rd|th|\.)?\s*(?:edition|edn|ed|auflage|aufl)?\.?",
    re.IGNORECASE,
)
_TOTAL = re.compile(
    r"(?:[ivxlc]+\s*\+\s*)?(?P<total>\d+)\s*(?:pp?|pages|pgs|S|Seiten)\.?", re.IGNORECASE
)

# What Zotero and Google Scholar write into notes: "Number: 3", "Publisher: Springer", "tex.ids= …".
_LEFT_BY_PROGRAMS = re.compile(
    r"\s*(?:(?:Number|Issue|Volume|Pages?|Publisher|Place|Section|Edition|Series|ISBN|ISSN"
    r"|Publication Title|Journal Abbreviation|Library Catalog|Citation Key|Container-title"
    r"|Google-Books-ID|MAG ID|ZSCC|Read_Status(?:_Date)?|bibtex|_eprint|tex\.[\w.-]+)\s*[:=].*"
    r"|\[?TLDR\]?.*|Citations?:? ?\d+.*)",
    re.IGNORECASE,
)
_BRACES = re.compile("[{}]")
_ACCESSED = re.compile(
    r"\W*(?:online\W+)?(?:last |date )?(?:accessed|retrieved|visited|viewed|cited"
    r"|zugriff|abgerufen|consulté|consultado|accesso)\b(?: on| am| le| el| il)?\s*:?\s*"
    r"(?P<day>[^,;]{1,60}?(?:, \d{4})?)\W*",
    re.IGNORECASE,
)


# What EndNote calls kinds of references: it exports them as `type`, which says what a source is.
_KINDS_OF_ENDNOTE = re.compile(
    r"(?:Journal|Electronic) Article|(?:Edited |Electronic )?Book|(?:Electronic )?Book Section"
    r"|Generic|Web Page|Unused \d|Government Document|Computer Program|Serial|Report",
)
_KIND_AND_NUMBER = re.compile(
    r"(?P<kind>(?:[A-Z][\w&-]* )*(?:Paper|Brief|Report|Note|Memorandum|Bulletin|Study)),? "
    r"(?:[Nn]o\.? ?)?(?P<number>\d[\w./-]*)"
)
_JOURNALS = ("journal", "journaltitle", "series")
_VOLUME_AND_ISSUE = re.compile(
    r"(?:volume|vol|tome|t)(?:\.\s*|\s+)(?P<volume>\w[\w/–-]*)"  # but the report T-15-2020
    r"(?:\s*[,;/–-]?\s*(?:numéro|number|issue|no|n|nr|n°|nº|№)\s?[.°º]?\s*(?P<issue>\w[\w/–-]*))?",
    re.IGNORECASE,
)


def _nothing(values: Values) -> Moved:
    empty = [name for name in _OFTEN_NOTHING if _NOTHING.fullmatch(values.get(name, ""))]
    rest = {name: value for name, value in values.items() if name not in empty}
    return rest, [(name, values[name].strip()) for name in empty]


def _labels(values: Values) -> Moved:
    """A label stands once: styles print "ch. 13" of the number alone."""
    bare = {
        name: value[found.end() :]
        for name, label in _LABELS.items()
        if (found := label.match(value := values.get(name, "")))
    }
    edition = _EDITION.fullmatch(values.get("edition", "").strip())
    if edition:
        which = edition["which"].lower()
        if which in _ORDINALS:
            bare["edition"] = str(_ORDINALS.index(which) + 1)
        elif which.isdecimal():
            bare["edition"] = which
    return {**values, **bare}, []


def _volume_and_issue(values: Values) -> Moved:
    """ "Vol. 12, n°3" of OpenEdition's journals is a volume and an issue."""
    name = next((name for name in ("number", "issue") if values.get(name, "").strip()), "")
    found = _VOLUME_AND_ISSUE.fullmatch(values.get(name, "").strip())
    if not found or values.get("volume", "").strip():
        return values, []
    rest = {key: value for key, value in values.items() if key != name}
    issue = {name: found["issue"]} if found["issue"] else {}
    return {**rest, "volume": found["volume"], **issue}, []


def _kind_of_endnote(values: Values) -> Moved:
    kind = values.get("type", "").strip()
    if not _KINDS_OF_ENDNOTE.fullmatch(kind) or (kind == "Report" and values.get("number")):
        return values, []
    return {name: value for name, value in values.items() if name != "type"}, [("type", kind)]


def _kind_in_number(values: Values) -> Moved:
    """ "Working Paper 38" is a kind and a number, and no "Report Working Paper 38"."""
    found = _KIND_AND_NUMBER.fullmatch(values.get("number", "").strip())
    if not found or any(values.get(name, "").strip() for name in ("type", *_JOURNALS)):
        return values, []
    return {**values, "type": found["kind"], "number": found["number"]}, []


def _total_pages(values: Values) -> Moved:
    """ "viii + 262 p" says how many pages there are, and is no range."""
    found = _TOTAL.fullmatch(values.get("pages", "").strip())
    if not found or "pagetotal" in values:
        return values, []
    rest = {name: value for name, value in values.items() if name != "pages"}
    return {**rest, "pagetotal": found["total"]}, []


def _left_by_programs(values: Values) -> Moved:
    note = values.get("note", "")
    lines = [line for line in note.splitlines() if line.strip()]
    kept = [line for line in lines if not _LEFT_BY_PROGRAMS.fullmatch(_BRACES.sub("", line))]
    if len(kept) == len(lines):
        return values, []
    left = " ".join(" ".join(line for line in lines if line not in kept).split())
    return _with_note(values, " ".join(kept)), [("note", left)]


def _access_date(values: Values) -> Moved:
    found = _ACCESSED.fullmatch(values.get("note", ""))
    day = find_day(found["day"]) or find_day(found["day"].replace("-", " ")) if found else None
    if day is None or values.get("urldate") or values.get("urlyear"):
        return values, []
    return {**_with_note(values, ""), "urldate": day.isoformat()}, []


def _address(values: Values) -> Moved:
    note = values.get("note", "")
    others = ("url", "howpublished", "doi", "eprint")
    if not is_address(note) or any(values.get(name, "").strip() for name in others):
        return values, []
    return {**_with_note(values, ""), "url": note}, []


def _with_note(values: Values, note: str) -> Values:
    rest = {name: value for name, value in values.items() if name != "note"}
    return rest | ({"note": note} if note.strip() else {})


_STEPS: tuple[Callable[[Values], Moved], ...] = (
    _nothing,
    _volume_and_issue,
    _kind_of_endnote,
    _kind_in_number,
    _labels,
    _total_pages,
    _left_by_programs,
    _access_date,
    _address,
)


def put_right(values: Values) -> Moved:
    """Return the fields with each thing where it belongs, and what is left out of them."""
    left_out: list[tuple[str, str]] = []
    for step in _STEPS:
        values, left = step(values)
        left_out += left
    return values, left_out

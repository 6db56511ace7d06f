"""Word's own sources: `b:Sources` of a Word file (22.6) → values of CSL-JSON."""

from __future__ import annotations

from collections.abc import Mapping
from xml.etree.ElementTree import Element

from ..language.dates import month_number
from .values import Source

_B = "{http://schemas.openxmlformats.org/officeDocument/2006/bibliography}"
_TYPES: Mapping[str, str] = {
    "ArticleInAPeriodical": "article-magazine",
    "Book": "book",
    "BookSection": "chapter",
    "Case": "legal_case",
    "ConferenceProceedings": "paper-conference",
    "DocumentFromInternetSite": "webpage",
    "Film": "motion_picture",
    "InternetSite": "webpage",
    "Interview": "interview",
    "JournalArticle": "article-journal",
    "Patent": "patent",
    "Performance": "performance",
    "Report": "report",
    "SoundRecording": "song",
}
_FIELDS: Mapping[str, str] = {
    "Title": "title",
    "JournalName": "container-title",
    "PeriodicalTitle": "container-title",
    "BookTitle": "container-title",
    "ConferenceName": "container-title",
    "InternetSiteTitle": "container-title",
    "AlbumTitle": "container-title",
    "BroadcastTitle": "container-title",
    "Volume": "volume",
    "Issue": "issue",
    "Pages": "page",
    "Edition": "edition",
    "ChapterNumber": "chapter-number",
    "NumberVolumes": "number-of-volumes",
    "City": "publisher-place",
    "Publisher": "publisher",
    "Institution": "publisher",
    "ThesisType": "genre",
    "StandardNumber": "number",
    "PatentNumber": "number",
    "CaseNumber": "number",
    "ShortTitle": "title-short",
    "URL": "URL",
    "DOI": "DOI",
    "Medium": "medium",
    "Comments": "note",
}
_NAMES: Mapping[str, str] = {
    "Author": "author",
    "Artist": "author",
    "Inventor": "author",
    "Performer": "performer",
    "Editor": "editor",
    "BookAuthor": "container-author",
    "Translator": "translator",
    "Interviewee": "author",
    "Interviewer": "interviewer",
    "Director": "director",
    "Composer": "composer",
    "ProducerName": "producer",
}


def sources_in(root: Element) -> dict[str, Source]:
    """Return the sources of a custom XML part by tag; none if it is of another kind."""
    if root.tag != f"{_B}Sources":
        return {}
    found = {}
    for source in root.iter(f"{_B}Source"):
        if tag := _text(source, "Tag"):
            found[tag] = Source(_values(source), tag)
    return found


def _values(source: Element) -> dict[str, object]:
    kind = _TYPES.get(_text(source, "SourceType"), "document")
    values: dict[str, object] = {"type": kind}
    for name, variable in _FIELDS.items():
        if text := _text(source, name):
            values.setdefault(variable, text)
    if kind == "webpage" and "container-title" in values and "publisher" not in values:
        values["publisher"] = values.pop("container-title")
    for prefix, variable in (("", "issued"), ("Accessed", "accessed")):
        parts = [_part(_text(source, f"{name}{prefix}")) for name in ("Year", "Month", "Day")]
        known = parts[: parts.index(0)] if 0 in parts else parts
        if known:
            values[variable] = {"date-parts": [known]}
        elif year := _text(source, f"Year{prefix}"):
            values[variable] = year
    people: dict[str, list[dict[str, str]]] = {}
    for outer in source.findall(f"{_B}Author"):
        for role in outer:
            variable = _NAMES.get(role.tag.removeprefix(_B), "")
            if variable:
                people.setdefault(variable, []).extend(_people(role))
    return values | {variable: names for variable, names in people.items() if names}


def _people(role: Element) -> list[dict[str, str]]:
    found = []
    for person in role.iter(f"{_B}Person"):
        given = " ".join(filter(None, (_text(person, "First"), _text(person, "Middle"))))
        family = _text(person, "Last")
        if family or given:
            found.append({"family": family, "given": given} if family else {"literal": given})
    found += [
        {"literal": text}
        for each in role.iter(f"{_B}Corporate")
        if (text := " ".join((each.text or "").split()))
    ]
    return found


def _part(text: str) -> int:
    if text.isascii() and text.isdigit() and len(text) < 5:
        return int(text)
    return month_number(text)


def _text(parent: Element, name: str) -> str:
    found = parent.find(f"{_B}{name}")
    return " ".join((found.text or "").split()) if found is not None else ""

"""A record of EndNote, as it stands in the fields of a Word file → values of CSL-JSON."""

from __future__ import annotations

from collections.abc import Mapping
from xml.etree.ElementTree import Element

_TYPES: Mapping[str, str] = {
    "Journal Article": "article-journal",
    "Electronic Article": "article-journal",
    "Book": "book",
    "Edited Book": "book",
    "Electronic Book": "book",
    "Book Section": "chapter",
    "Conference Proceedings": "paper-conference",
    "Conference Paper": "paper-conference",
    "Report": "report",
    "Government Document": "report",
    "Thesis": "thesis",
    "Web Page": "webpage",
    "Newspaper Article": "article-newspaper",
    "Magazine Article": "article-magazine",
    "Dataset": "dataset",
    "Patent": "patent",
    "Statute": "legislation",
    "Standard": "standard",
    "Computer Program": "software",
    "Unpublished Work": "manuscript",
}
_FIELDS: Mapping[str, str] = {
    "titles/title": "title",
    "titles/secondary-title": "container-title",
    "titles/tertiary-title": "collection-title",
    "pages": "page",
    "volume": "volume",
    "edition": "edition",
    "publisher": "publisher",
    "pub-location": "publisher-place",
    "isbn": "ISBN",
    "electronic-resource-num": "DOI",
    "urls/related-urls/url": "URL",
    "language": "language",
}
_NAMES: Mapping[str, str] = {
    "contributors/authors/author": "author",
    "contributors/secondary-authors/author": "editor",
    "contributors/translated-authors/author": "translator",
}


def endnote_values(record: Element) -> dict[str, object]:
    """Return the values of a record (EndNote's RSXML)."""
    kind = record.find("ref-type")
    name = kind.get("name", "") if kind is not None else ""
    values: dict[str, object] = {"type": _TYPES.get(name, "document")}
    for path, variable in _FIELDS.items():
        if text := _text(record.find(path)):
            values[variable] = text
    is_article = values["type"] in ("article-journal", "article-magazine", "article-newspaper")
    if number := _text(record.find("number")):
        values["issue" if is_article else "number"] = number
    if is_article and "ISBN" in values:
        values["ISSN"] = values.pop("ISBN")
    for path, variable in _NAMES.items():
        if people := [person(_text(each)) for each in record.iterfind(path) if _text(each)]:
            values[variable] = people
    if year := _text(record.find("dates/year")):
        values["issued"] = year
    return values


def person(name: str) -> dict[str, str]:
    """Return a name of CSL-JSON; one that ends with a comma is an organisation."""
    family, comma, given = (part.strip() for part in name.partition(","))
    return {"family": family, "given": given} if comma and given else {"literal": family}


def _text(element: Element | None) -> str:
    return " ".join("".join(element.itertext()).split()) if element is not None else ""

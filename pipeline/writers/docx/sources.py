"""`b:Sources`: the references in Word's own source manager (22.6), for citing further in Word.

Where our own fields count, the selected style is APA: a citation that Word itself inserts then
reads "(Smith, 2021)", never a number, which would be wrong among ours. Where Word counts, IEEE.
"""

from __future__ import annotations

import hashlib
import re

from docx.document import Document

from ...language.dates import months
from ...model.references import OTHERS, Date, Name, Reference, plain
from ...numbering import NumberedBrief
from ...text import doi_address
from ...xml import Element, element
from .package import add_custom_xml

ITEM = "{7C1E5B52-9A04-4D5C-8C64-3F1B6A2D8E02}"
NAMESPACE = "http://schemas.openxmlformats.org/officeDocument/2006/bibliography"

_APA = {
    "SelectedStyle": r"\APASixthEditionOfficeOnline.xsl",
    "StyleName": "APA",
    "Version": "6",
}
_IEEE = {
    "SelectedStyle": r"\IEEE2006OfficeOnline.xsl",
    "StyleName": "IEEE",
    "Version": "2006",
}
_TYPES = {
    "article-journal": "JournalArticle",
    "article-magazine": "ArticleInAPeriodical",
    "article-newspaper": "ArticleInAPeriodical",
    "book": "Book",
    "pamphlet": "Book",
    "chapter": "BookSection",
    "entry-encyclopedia": "BookSection",
    "paper-conference": "ConferenceProceedings",
    "report": "Report",
    "thesis": "Report",
    "webpage": "InternetSite",
    "post-weblog": "InternetSite",
    "patent": "Patent",
    "legal_case": "Case",
}
# What names an author has, in the order of preference, and where the container's title goes.
_NAMES = {"author": "Author", "editor": "Editor", "translator": "Translator"}
_CONTAINERS = {
    "JournalArticle": "JournalName",
    "ArticleInAPeriodical": "PeriodicalTitle",
    "BookSection": "BookTitle",
    "ConferenceProceedings": "ConferenceName",
    "InternetSite": "InternetSiteTitle",
    "DocumentFromInternetSite": "InternetSiteTitle",
}
_FIELDS = {
    "volume": "Volume",
    "issue": "Issue",
    "edition": "Edition",
    "publisher-place": "City",
}
_NUMBERS = {"Patent": "PatentNumber", "Case": "CaseNumber"}  # of others: StandardNumber
_TAG = re.compile(r"[A-Za-z][A-Za-z0-9_-]{0,39}")


def add_sources(document: Document, numbered: NumberedBrief) -> None:
    if numbered.bibliography:
        add_custom_xml(document, ITEM, NAMESPACE, sources(numbered))


def sources(numbered: NumberedBrief) -> Element:
    style = _IEEE if numbered.brief.front.word_citations == "word" else _APA
    return Element(
        "b:Sources",
        {"xmlns:b": NAMESPACE, "xmlns": NAMESPACE, **style},
        tuple(_source(found, order) for order, found in enumerate(numbered.bibliography, start=1)),
    )


def source_tag(key: str) -> str:
    """Return the citation key if Word can hold it as a tag, or an alias that it can."""
    if _TAG.fullmatch(key) and key == key.lower():
        return key
    letters = re.sub("[^A-Za-z0-9]+", "", key)[:24]
    return f"s{letters}-{_digest(key)[:8]}"


def _digest(key: str) -> str:
    return hashlib.sha256(key.encode("utf-8", "replace")).hexdigest()


def _source(reference: Reference, order: int) -> Element:
    kind = _kind(reference)
    fields = {
        "Tag": source_tag(reference.key),
        "SourceType": kind,
        "Guid": _guid(reference.key),
        "Title": reference.title,
        _CONTAINERS.get(kind, "Comments"): _field(reference, "container-title"),
        **{name: _field(reference, variable) for variable, name in _FIELDS.items()},
        _NUMBERS.get(kind, "StandardNumber"): _field(reference, "number"),
        "ThesisType": _field(reference, "genre") if reference.type == "thesis" else "",
        "Pages": _field(reference, "page").replace("–", "-"),
        **_publisher(reference, kind),
        **_date(reference.dates.get("issued"), ""),
        **_date(reference.dates.get("accessed"), "Accessed"),
        "URL": _url(reference),
        "RefOrder": str(order),
    }
    content = (element(f"b:{name}", value) for name, value in fields.items() if value)
    return element("b:Source", *content, _contributors(reference))


def _kind(reference: Reference) -> str:
    """Return the source type. Only those of the internet print an address, so it decides."""
    kind = _TYPES.get(reference.type, "Misc")
    if kind in ("Report", "Misc") and _field(reference, "URL"):
        return "DocumentFromInternetSite"
    return kind


def _field(reference: Reference, variable: str) -> str:
    return plain(reference.fields.get(variable, ()))


def _url(reference: Reference) -> str:
    """Return the address. Word's schema has no place for a DOI of its own."""
    doi = _field(reference, "DOI")
    return _field(reference, "URL") or doi_address(doi)


def _publisher(reference: Reference, kind: str) -> dict[str, str]:
    publisher = _field(reference, "publisher")
    match kind:
        case "Report":
            return {"Publisher": publisher, "Institution": publisher}
        case "InternetSite" | "DocumentFromInternetSite":
            return {"ProductionCompany": publisher}
        case _:
            return {"Publisher": publisher}


def _date(date: Date | None, suffix: str) -> dict[str, str]:
    """Return year, month and day; the month in English, as Word stores it."""
    if date is None or not date.parts or not date.parts[0]:
        return {}
    year, *rest = date.parts[0]
    found = {f"Year{suffix}": str(year)}
    if rest and 1 <= rest[0] <= 12:
        found[f"Month{suffix}"] = months("en")[rest[0] - 1]
    if len(rest) > 1:
        found[f"Day{suffix}"] = str(rest[1])
    return found


def _contributors(reference: Reference) -> Element | None:
    found = [
        _people(name, names)
        for variable, name in _NAMES.items()
        if (names := [n for n in reference.names.get(variable, ()) if n != OTHERS])
    ]
    return element("b:Author", *found) if found else None


def _people(role: str, names: list[Name]) -> Element:
    """Return names; an organisation alone is `Corporate`, among people it is a last name."""
    if role == "Author" and len(names) == 1 and names[0].literal:
        inner = element("b:Corporate", names[0].literal)
    else:
        inner = element("b:NameList", *map(_person, names))
    return element(f"b:{role}", inner)


def _person(name: Name) -> Element:
    family = name.literal or " ".join(
        filter(None, (name.dropping_particle, name.non_dropping_particle, name.family, name.suffix))
    )
    first = element("b:First", name.given) if name.given else None
    return element("b:Person", element("b:Last", family), first)


def _guid(key: str) -> str:
    """Return a GUID that depends on the key alone."""
    found = _digest(key).upper()
    return f"{{{found[:8]}-{found[8:12]}-{found[12:16]}-{found[16:20]}-{found[20:32]}}}"

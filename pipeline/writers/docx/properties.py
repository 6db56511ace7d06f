"""The properties of the file, as Word and file managers show them. Dates are the brief's own."""

from __future__ import annotations

import datetime

from ...model import plain
from ...ooxml import escape
from .runs import word_language
from .source_map import source_hash
from .writing import Writing

_NO_DATE = datetime.date(2000, 1, 1)  # of a brief without a date: the clock would change the bytes
_DUBLIN_CORE = (
    'xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
    'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" '
    'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"'
)
_EXTENDED = "http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"
_CUSTOM = "http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"
_VALUES = "http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes"
_LONGEST_PROPERTY = 255  # characters that Word keeps of a property
_FORMAT = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"  # of user-defined properties ([MS-OLEPS] 2.21)


def core_properties(writing: Writing) -> str:
    """Return the core properties (part 2, 11.1)."""
    brief = writing.numbered.brief
    front = brief.front
    created = front.created or _NO_DATE
    modified = front.modified or _NO_DATE
    authors = "; ".join(person.name for person in front.authors)
    values = (
        ("dc:title", "", brief.title),
        ("dc:subject", "", plain(front.subtitle)),
        ("dc:creator", "", authors or writing.styles.house.name),
        ("cp:keywords", "", ", ".join(front.keywords)),
        ("cp:lastModifiedBy", "", authors or writing.styles.house.name),
        ("dcterms:created", ' xsi:type="dcterms:W3CDTF"', f"{created.isoformat()}T00:00:00Z"),
        ("dcterms:modified", ' xsi:type="dcterms:W3CDTF"', f"{modified.isoformat()}T00:00:00Z"),
        ("dc:identifier", "", brief.name),
        ("dc:language", "", word_language(writing.numbered.brief.front.lang)),
        ("cp:version", "", front.edition),
    )
    content = "".join(
        [f"<{name}{kind}>{escape(value)}</{name}>" for name, kind, value in values if value]
    )
    return f"<cp:coreProperties {_DUBLIN_CORE}>{content}</cp:coreProperties>"


def app_properties(writing: Writing) -> str:
    company = escape(writing.styles.house.name)
    return (
        f'<Properties xmlns="{_EXTENDED}"><Application>Briefwright</Application>'
        f"<Company>{company}</Company><AppVersion>16.0000</AppVersion></Properties>"
    )


def custom_properties(writing: Writing) -> str:
    """Return the hash of the source, a second anchor, which survives a journey through ODT; and
    what Zotero's plug-in looks for first."""
    values = {"briefwright-source-sha256": source_hash(writing)}
    if writing.word_citations == "zotero":
        values |= _zotero_preferences(writing)
    content = "".join(
        [
            f'<property fmtid="{_FORMAT}" pid="{identity}" name="{name}">'
            f"<vt:lpwstr>{escape(value)}</vt:lpwstr></property>"
            for identity, (name, value) in enumerate(values.items(), start=2)
        ]
    )
    return f'<Properties xmlns="{_CUSTOM}" xmlns:vt="{_VALUES}">{content}</Properties>'


def _zotero_preferences(writing: Writing) -> dict[str, str]:
    """Return Zotero's settings of the document, cut as Word needs its properties."""
    style = writing.numbered.citation_style.csl or "ieee"
    session = source_hash(writing)[:8]
    settings = (
        f'<data data-version="3" zotero-version="7.0.0"><session id="{session}"/>'
        f'<style id="http://www.zotero.org/styles/{style}" '
        f'locale="{escape(word_language(writing.numbered.brief.front.lang))}" hasBibliography="1" '
        'bibliographyStyleHasBeenSet="1"/><prefs><pref name="fieldType" value="Field"/></prefs>'
        "</data>"
    )
    cuts = range(0, len(settings), _LONGEST_PROPERTY)
    return {
        f"ZOTERO_PREF_{number}": settings[cut : cut + _LONGEST_PROPERTY]
        for number, cut in enumerate(cuts, start=1)
    }

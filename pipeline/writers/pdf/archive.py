"""PDF/A and PDF/UA at once: both claims in one metadata stream, and the sources attached.

WeasyPrint 70.0 claims one standard at a time; metadata given to it go into a second `rdf:RDF`,
which readers of XMP do not see.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from importlib.resources import files
from io import BytesIO
from typing import Any

import pydyf
import weasyprint
from weasyprint.css import ColorProfile

from ...model import UNDATED
from ...numbering import NumberedBrief
from .objects import object_of

_OUTPUT_INTENT = "brief"
_VARIANTS: Mapping[str, Mapping[str, Any]] = {
    "ua1-a3a": {"pdf_variant": "pdf/a-3a"},
    "ua2-a4f": {"pdf_variant": "pdf/a-4f", "pdf_tags": True},
}

# ISO 14289-1, 5, and the schema that PDF/A-3 requires for each property that it does not define
# (ISO 19005-3, 6.6.2.3.3).
_UA_1 = b"""\
<rdf:Description rdf:about="" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/">\
<pdfuaid:part>1</pdfuaid:part></rdf:Description>
<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/" \
xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" \
xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">\
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">\
<pdfaSchema:schema>PDF/UA identification</pdfaSchema:schema>\
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>\
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>\
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">\
<pdfaProperty:name>part</pdfaProperty:name>\
<pdfaProperty:valueType>Integer</pdfaProperty:valueType>\
<pdfaProperty:category>internal</pdfaProperty:category>\
<pdfaProperty:description>part of ISO 14289 that is followed</pdfaProperty:description>\
</rdf:li></rdf:Seq></pdfaSchema:property></rdf:li></rdf:Bag></pdfaExtension:schemas>\
</rdf:Description>
"""
# ISO 14289-2, 5. PDF/A-4 requires no schema.
_UA_2 = b"""\
<rdf:Description rdf:about="" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/">\
<pdfuaid:part>2</pdfuaid:part><pdfuaid:rev>2024</pdfuaid:rev></rdf:Description>
"""
_ATTACHING = b' pdfaid:conformance="F"'  # PDF/A-4f is PDF/A-4 with attachments (ISO 19005-4, A)
_END = b"</rdf:RDF>"
_MEDIA_TYPES = {".md": "text#2fmarkdown", ".bib": "text#2fx-bibtex"}  # as PDF names


def colour_profiles() -> dict[str, Any]:
    """Return the output intent, sRGB. WeasyPrint would leave its file open."""
    name = "sRGB2014.icc"
    content = BytesIO((files("weasyprint.pdf") / name).read_bytes())
    profile = ColorProfile(content, name, "relative-colorimetric", (["r"], ["g"], ["b"]))
    return {_OUTPUT_INTENT: profile}


def options(numbered: NumberedBrief) -> dict[str, Any]:
    """Return the options of WeasyPrint for the standards of a brief."""
    variant = _VARIANTS[numbered.brief.front.pdf_standard or "ua1-a3a"]
    return {**variant, "output_intent": _OUTPUT_INTENT}


def attachments(numbered: NumberedBrief) -> list[Any]:
    """Return the Markdown of a brief, and the cited part of its library, as associated files.

    None where the author does not want the source to travel: PDF/A-3 does not ask for any, and a
    PDF/A-4f without any is a PDF/A-4.
    """
    brief = numbered.brief
    if not brief.front.embed_source:
        return []
    found = []
    if brief.source:
        found.append(_attachment(numbered, f"{brief.name}.md", brief.source, "Source"))
    if library := numbered.cited_library:
        found.append(_attachment(numbered, f"{brief.name}.bib", library, "Data"))
    return found


def _attachment(numbered: NumberedBrief, name: str, content: str, relationship: str) -> Any:
    front = numbered.brief.front
    day = front.modified or UNDATED
    moment = datetime.datetime(day.year, day.month, day.day, tzinfo=datetime.UTC)
    return weasyprint.Attachment(
        string=content,
        name=name,
        description=f"{name}: what this file was made from",
        created=moment,
        modified=moment,
        relationship=relationship,
    )


def finish(document: Any, pdf: Any) -> None:
    """Complete a PDF just before it is written: WeasyPrint calls this with its objects."""
    _leave_images_as_they_are(pdf)
    _claim(object_of(pdf, pdf.catalog["Metadata"]), attaching="AF" in pdf.catalog)
    if "AF" in pdf.catalog:
        _once(pdf.catalog["AF"])
        for reference in pdf.catalog["AF"]:
            _say_media_type(pdf, object_of(pdf, reference))


def _leave_images_as_they_are(pdf: Any) -> None:
    """Forbid the interpolation of images, also in drawings and emoji (ISO 19005-3, 6.2.8)."""
    for found in pdf.objects:
        if isinstance(found, pydyf.Stream) and found.extra.get("Interpolate") == "true":
            found.extra["Interpolate"] = "false"


def _claim(metadata: Any, *, attaching: bool) -> None:
    """Add the claim of PDF/UA to the one `rdf:RDF`, and leave the stream uncompressed."""
    (content,) = metadata.stream
    before, end, after = content.rpartition(_END)
    if not end:
        raise RuntimeError("WeasyPrint writes XMP differently from version 70.0")
    claim = _UA_1 if b'pdfaid:part="3"' in content else _UA_2
    if not attaching:
        before = before.replace(_ATTACHING, b"")
    metadata.stream[:] = [before + claim + end + after]
    metadata.compress = False


def _once(files: list[bytes]) -> None:
    """List each attachment once among the associated files; WeasyPrint lists it twice."""
    files[:] = list(dict.fromkeys(files))


def _say_media_type(pdf: Any, specification: Any) -> None:
    name = specification["UF"].string
    file = object_of(pdf, specification["EF"]["F"])
    ending = name[name.rfind(".") :]
    file.extra["Subtype"] = f"/{_MEDIA_TYPES[ending]}"

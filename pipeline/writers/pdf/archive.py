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
from .files import chart_data, complete_files
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
_A_3 = b'pdfaid:part="3"'
_END = b"</rdf:RDF>"
_MEDIA_TYPES = {
    ".md": "text#2fmarkdown",
    ".bib": "text#2fx-bibtex",
    ".csv": "text#2fcsv",
}  # as PDF names


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
    """Return associated files: the data of charts, the Markdown, the cited part of the library.

    The last two only where the author lets the source travel. PDF/A-3 does not ask for any file,
    and a PDF/A-4f without any is a PDF/A-4.
    """
    brief = numbered.brief
    found = {name: (content, "Data", said) for name, content, said in chart_data(brief)}
    if brief.front.embed_source:
        sources = {
            f"{brief.name}.md": (brief.source, "Source"),
            f"{brief.name}.bib": (numbered.cited_library, "Data"),
        }
        for name, (content, relationship) in sources.items():
            if content:
                found[name] = content, relationship, f"{name}: what this file was made from"
    # A name tree is sorted (ISO 32000-1, 7.9.6).
    return [_attachment(numbered, name, *found[name]) for name in sorted(found)]


def _attachment(
    numbered: NumberedBrief, name: str, content: str, relationship: str, description: str
) -> Any:
    front = numbered.brief.front
    day = front.modified or UNDATED
    moment = datetime.datetime(day.year, day.month, day.day, tzinfo=datetime.UTC)
    return weasyprint.Attachment(
        string=content,
        name=name,
        description=description,
        created=moment,
        modified=moment,
        relationship=relationship,
    )


def finish(document: Any, pdf: Any) -> None:
    """Complete a PDF just before it is written: WeasyPrint calls this with its objects."""
    _leave_images_as_they_are(pdf)
    metadata = object_of(pdf, pdf.catalog["Metadata"])
    is_20 = _A_3 not in metadata.stream[0]
    _claim(metadata, is_20, attaching=complete_files(pdf, is_20=is_20))
    if "AF" in pdf.catalog:
        _once(pdf.catalog["AF"])
        for reference in pdf.catalog["AF"]:
            _say_media_type(pdf, object_of(pdf, reference))


def _leave_images_as_they_are(pdf: Any) -> None:
    """Forbid the interpolation of images, also in drawings and emoji (ISO 19005-3, 6.2.8)."""
    for found in pdf.objects:
        if isinstance(found, pydyf.Stream) and found.extra.get("Interpolate") == "true":
            found.extra["Interpolate"] = "false"


def _claim(metadata: Any, is_20: bool, *, attaching: bool) -> None:
    """Add the claim of PDF/UA to the one `rdf:RDF`, and leave the stream uncompressed."""
    (content,) = metadata.stream
    before, end, after = content.rpartition(_END)
    if not end:
        raise RuntimeError("WeasyPrint writes XMP differently from version 70.0")
    claim = _UA_2 if is_20 else _UA_1
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

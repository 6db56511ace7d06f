"""Metadata of a press file: the standard that it follows and its printing condition."""

from __future__ import annotations

import hashlib
from typing import Any
from xml.sax.saxutils import escape

import pikepdf
from pikepdf import Array, Dictionary, Name, String

from ...model import UNDATED, FrontMatter
from .inks import Profile

STANDARDS = {"x4": "PDF/X-4", "x1a": "PDF/X-1a:2003"}
VERSIONS = {"x4": "1.6", "x1a": "1.4"}
_PROGRAM = "Briefwright"

_XMP = """\
<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:pdf="http://ns.adobe.com/pdf/1.3/" xmlns:pdfxid="http://www.npes.org/pdfx/ns/id/"
 xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:xmpMM="http://ns.adobe.com/xap/1.0/mm/">
<dc:format>application/pdf</dc:format>
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
{creators}<pdf:Producer>{program}</pdf:Producer>
<pdf:Trapped>False</pdf:Trapped>
<pdfxid:GTS_PDFXVersion>{standard}</pdfxid:GTS_PDFXVersion>
<xmp:CreatorTool>{program}</xmp:CreatorTool>
<xmp:CreateDate>{date}</xmp:CreateDate>
<xmp:ModifyDate>{date}</xmp:ModifyDate>
<xmp:MetadataDate>{date}</xmp:MetadataDate>
<xmpMM:DocumentID>uuid:{identifier}</xmpMM:DocumentID>
<xmpMM:RenditionClass>default</xmpMM:RenditionClass>
<xmpMM:VersionID>1</xmpMM:VersionID>
</rdf:Description></rdf:RDF></x:xmpmeta>
<?xpacket end="w"?>"""


def identify(
    pdf: pikepdf.Pdf, title: str, front: FrontMatter, profile: Profile, standard: str
) -> None:
    """Write properties, metadata and the output intent of a press file."""
    day = front.modified or UNDATED
    authors = [person.name for person in front.authors]
    pdf.trailer.Info = pdf.make_indirect(
        Dictionary(
            Title=String(title),
            Creator=String(_PROGRAM),
            Producer=String(_PROGRAM),
            CreationDate=String(f"D:{day:%Y%m%d}000000Z"),
            ModDate=String(f"D:{day:%Y%m%d}000000Z"),
            Trapped=Name("/False"),
            GTS_PDFXVersion=String(STANDARDS[standard]),
        )
    )
    if authors:
        pdf.trailer.Info.Author = String("; ".join(authors))
    seqs = "".join(f"<rdf:li>{escape(name)}</rdf:li>" for name in authors)
    metadata = _XMP.format(
        title=escape(title),
        creators=f"<dc:creator><rdf:Seq>{seqs}</rdf:Seq></dc:creator>\n" if seqs else "",
        program=_PROGRAM,
        standard=STANDARDS[standard],
        date=f"{day.isoformat()}T00:00:00Z",
        identifier=_identifier(pdf),
    )
    stream = pdf.make_stream(metadata.encode())
    stream.Type, stream.Subtype = Name.Metadata, Name.XML
    pdf.Root.Metadata = stream
    pdf.Root.OutputIntents = Array([_intent(pdf, profile)])


def _identifier(pdf: pikepdf.Pdf) -> str:
    """Return a UUID (RFC 9562, version 8) made from the content of the pages."""
    digest = hashlib.sha256()
    for page in pdf.pages:
        digest.update(page.obj.Contents.read_bytes())
        forms: Any = page.obj.Resources.XObject
        for form in forms.values():
            digest.update(form.read_bytes())
    digits = digest.hexdigest()
    return f"{digits[:8]}-{digits[8:12]}-8{digits[13:16]}-8{digits[17:20]}-{digits[20:32]}"


def _intent(pdf: pikepdf.Pdf, profile: Profile) -> Any:
    content = pdf.make_stream(profile.content)
    content.N, content.Alternate = 4, Name.DeviceCMYK
    intent = Dictionary(
        Type=Name.OutputIntent,
        S=Name.GTS_PDFX,
        OutputConditionIdentifier=String(profile.condition),
        OutputCondition=String(profile.description),
        Info=String(profile.description),
        DestOutputProfile=content,
    )
    if profile.registered:
        intent.RegistryName = String("http://www.color.org")
    return pdf.make_indirect(intent)

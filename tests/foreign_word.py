"""Word documents as other programs make them, written with python-docx and pieces of XML."""

import io
import json

from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from PIL import Image


def picture():
    """Return a small picture as PNG."""
    out = io.BytesIO()
    Image.new("RGB", (40, 30), "navy").save(out, "PNG")
    return out.getvalue()


PNG = picture()


def saved(document):
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def add_field(paragraph, instruction, shown, data=""):
    """Add a complex field to a paragraph."""
    for kind in ("begin", None, "separate", "", "end"):
        run = paragraph.add_run()
        if kind is None:
            element = OxmlElement("w:instrText")
            element.text = instruction
            run._r.append(element)
        elif kind == "":
            run.text = shown
        else:
            element = OxmlElement("w:fldChar")
            element.set(qn("w:fldCharType"), kind)
            run._r.append(element)
    return paragraph


def zotero(paragraph, items, shown):
    citation = {"citationItems": items, "properties": {"formattedCitation": shown}}
    return add_field(paragraph, f" ADDIN ZOTERO_ITEM CSL_CITATION {json.dumps(citation)} ", shown)


def item(number, **more):
    data = {
        "id": number,
        "type": "article-journal",
        "title": f"Rain on roofs {number}",
        "author": [{"family": "Smith", "given": "Ann"}],
        "container-title": "Roofs",
        "issued": {"date-parts": [[2000 + number]]},
    }
    uris = [f"http://zotero.org/users/1/items/{number}"]
    return {"id": number, "uris": uris, "itemData": data, **more}


def add_bookmark(paragraph, name, start=0):
    """Put a bookmark round the runs of a paragraph from one on."""
    opening, closing = OxmlElement("w:bookmarkStart"), OxmlElement("w:bookmarkEnd")
    for element in (opening, closing):
        element.set(qn("w:id"), str(abs(hash(name)) % 10_000))
    opening.set(qn("w:name"), name)
    paragraph.runs[start]._r.addprevious(opening)
    paragraph._p.append(closing)


def add_xml(paragraph, xml):
    declared = nsdecls("w", "m", "r")
    first, rest = xml.split(">", 1)
    closes = first.endswith("/")
    head = f"{first.rstrip('/')} {declared}{'/' if closes else ''}>"
    paragraph._p.append(parse_xml(head + rest))


def add_part(document, kind, xml):
    """Add a part that the document relates to as `kind`."""
    base = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    content_type = f"application/vnd.openxmlformats-officedocument.wordprocessingml.{kind}+xml"
    name = PackURI(f"/word/{kind}.xml")
    part = Part(name, content_type, xml.encode(), document.part.package)
    document.part.relate_to(part, f"{base}/{kind}")


def add_notes(document, kind, notes):
    """Add footnotes or endnotes; return a function that calls one in a paragraph."""
    body = "".join(
        f'<w:{kind} w:id="{number}"><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:{kind}>'
        for number, text in enumerate(notes, 2)
    )
    xml = f"<w:{kind}s {nsdecls('w')}>{body}</w:{kind}s>"
    add_part(document, f"{kind}s", xml)

    def call(paragraph, number):
        add_xml(paragraph, f'<w:r><w:{kind}Reference w:id="{number + 2}"/></w:r>')

    return call

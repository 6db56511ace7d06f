"""Pictures of a template that are not in its file: Word would fetch them at each opening."""

from __future__ import annotations

from typing import Any

from docx.document import Document
from docx.opc.part import XmlPart

from ....ooxml import NAMESPACES, qualified
from ..package import related

_HOLDERS = tuple(qualified(f"w:{name}") for name in ("drawing", "pict", "object", "subDoc"))
_R = f"{{{NAMESPACES['r']}}}"


def drop_linked(document: Document) -> list[str]:
    """Drop what Word would fetch from elsewhere, and return the addresses.

    A picture that is in the file as well stays. Links that readers follow stay.
    """
    dropped = []
    kinds = ("header", "footer", "footnotes", "endnotes")
    for part in (document.part, *(found for _, found in related(document.part, *kinds))):
        for identity, relation in list(part.rels.items()):
            if relation.is_external and not relation.reltype.endswith("/hyperlink"):
                if _drop(part, identity):
                    dropped.append(str(relation.target_ref))
                del part.rels[identity]
    return dropped


def _drop(part: XmlPart, identity: str) -> bool:
    """Drop what names a relationship; return whether something that is seen went with it."""
    seen = False
    for element in list(part.element.iter()):
        names = [name for name, value in element.attrib.items() if value == identity]
        named = [name for name in names if name.startswith(_R)]
        if not named:
            continue
        for name in named:
            del element.attrib[name]
        if element.get(f"{_R}embed"):
            continue
        holder: Any = next((e for e in element.iterancestors(*_HOLDERS)), element)
        if holder.getparent() is not None:
            holder.getparent().remove(holder)
        seen = True
    return seen

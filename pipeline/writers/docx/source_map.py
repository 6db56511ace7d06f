"""The custom XML part that says what each bookmark stands for, and where it was written."""

from __future__ import annotations

import hashlib

from pipeline.brief import Citation
from pipeline.ooxml import SOURCE_MAP, escape
from pipeline.writers.docx.sources import source_tag
from pipeline.writers.docx.writing import Writing

# The part's own name among custom XML parts: fixed, as it is for programs to find it by.
ITEM = "{7C1E5B52-9A04-4D5C-8C64-3F1B6A2D8E01}"
_STORE = "http://schemas.openxmlformats.org/officeDocument/2006/customXml"


def source_hash(writing: Writing) -> str:
    """Return the SHA-256 of the brief's Markdown, in hexadecimal."""
    source = writing.numbered.brief.source.encode("utf-8", "surrogatepass")
    return hashlib.sha256(source).hexdigest()


def source_map_part(writing: Writing) -> str:
    """Return anchors, blocks and citations by bookmark; lines count from 1."""
    numbers = writing.numbered.numbers
    anchors = [
        f'<anchor bookmark="{bookmark}" anchor="{escape(anchor)}" '
        f'number="{escape(numbers.get(anchor, ""))}"/>'
        for bookmark, anchor in writing.anchors.items()
    ]
    blocks = [
        f'<block bookmark="{bookmark}" kind="{type(node).__name__}" line="{node.span.line}"/>'
        for bookmark, node in writing.blocks
    ]
    citations = [_citation(bookmark, citation) for bookmark, citation in writing.citations]
    sources = [
        f'<source tag="{source_tag(found.key)}" key="{escape(found.key)}"/>'
        for found in writing.numbered.bibliography
    ]
    brief = writing.numbered.brief
    return (
        f'<map xmlns="{SOURCE_MAP}" brief="{escape(brief.name)}" sha256="{source_hash(writing)}">'
        f"<anchors>{''.join(anchors)}</anchors><blocks>{''.join(blocks)}</blocks>"
        f"<citations>{''.join(citations)}</citations>"
        f"<sources>{''.join(sources)}</sources></map>"
    )


def _citation(bookmark: str, citation: Citation) -> str:
    keys = "".join([f'<cite key="{escape(cite.key)}"/>' for cite in citation.cites])
    span = citation.span
    return (
        f'<citation bookmark="{bookmark}" anchor="{escape(citation.anchor)}" line="{span.line}" '
        f'column="{span.column}" length="{span.length}">{keys}</citation>'
    )


def item_properties(item: str, schema: str) -> str:
    """Return the properties part of a custom XML part (22.5): its name, and its namespace."""
    return (
        f'<ds:datastoreItem ds:itemID="{item}" xmlns:ds="{_STORE}"><ds:schemaRefs>'
        f'<ds:schemaRef ds:uri="{schema}"/></ds:schemaRefs></ds:datastoreItem>'
    )

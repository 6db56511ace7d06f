"""The custom XML part that says what each bookmark stands for, and where it was written."""

from __future__ import annotations

import base64
import hashlib
import zlib
from pathlib import PurePosixPath

from ...marks import mark
from ...model import Citation
from ...ooxml import SOURCE_MAP, escape
from .managed import mark_text
from .sources import source_tag
from .writing import Writing

# The part's own name among custom XML parts: fixed, as it is for programs to find it by.
ITEM = "{7C1E5B52-9A04-4D5C-8C64-3F1B6A2D8E01}"
_STORE = "http://schemas.openxmlformats.org/officeDocument/2006/customXml"


def source_hash(writing: Writing) -> str:
    """Return the SHA-256 of the brief's Markdown, in hexadecimal."""
    return _hash(writing.numbered.brief.source)


def source_map_part(writing: Writing) -> str:
    """Return anchors, blocks and citations by bookmark; lines and columns count from 1.

    The hash of a block is that of its `projection`: another one, and the block was edited.
    """
    numbers = writing.numbered.numbers
    anchors = [
        f'<anchor bookmark="{bookmark}" anchor="{escape(str(anchor))}" '
        f'number="{escape(numbers.get(anchor, ""))}"/>'
        for bookmark, anchor in writing.anchors.items()
    ]
    blocks = [
        f'<block bookmark="{bookmark}" kind="{type(node).__name__}" line="{node.span.line}" '
        f'column="{node.span.column}" sha256="{_hash(said)}"/>'
        for bookmark, node, said in writing.blocks
    ]
    citations = [_citation(bookmark, citation, writing) for bookmark, citation in writing.citations]
    sources = [
        f'<source tag="{source_tag(found.key)}" key="{escape(found.key)}"/>'
        for found in writing.numbered.bibliography
    ]
    brief = writing.numbered.brief
    return (
        f'<map xmlns="{SOURCE_MAP}" brief="{escape(brief.name)}" sha256="{source_hash(writing)}">'
        f"<anchors>{''.join(anchors)}</anchors><blocks>{''.join(blocks)}</blocks>"
        f"<citations>{''.join(citations)}</citations>"
        f"<sources>{''.join(sources)}</sources>{_markdown(writing)}</map>"
    )


def _markdown(writing: Writing) -> str:
    """Return the Markdown itself, packed; nothing if it must not leave the house."""
    brief = writing.numbered.brief
    if not brief.front.embed_source:
        return ""
    packed = zlib.compress(brief.source.encode("utf-8", "surrogatepass"), 9)
    return f'<markdown encoding="zlib+base64">{base64.b64encode(packed).decode()}</markdown>'


def _citation(bookmark: str, citation: Citation, writing: Writing) -> str:
    """Return what a citation was, and what it prints; its Markdown as text or as hash only."""
    numbered, span = writing.numbered, citation.span
    brief = numbered.brief
    if span.path != brief.span.path:  # in a table that a CSV file holds
        written = f'file="{escape(PurePosixPath(span.path).name)}"'
    elif brief.front.embed_source:
        # A line break as it is would be read as a blank (XML 1.0, 3.3.3).
        kept = "&#10;".join([escape(line) for line in citation.source.split("\n")])
        written = f'source="{kept}"'
    else:
        written = f'sha256="{_hash(citation.source)}"'
    shown = mark_text(mark(citation, numbered.numbers, numbered.marks, writing.lang))
    keys = "".join([f'<cite key="{escape(cite.key)}"/>' for cite in citation.cites])
    return (
        f'<citation bookmark="{bookmark}" anchor="{escape(str(citation.anchor))}" '
        f'line="{span.line}" column="{span.column}" length="{span.length}" {written} '
        f'shown="{escape(shown)}">{keys}'
        "</citation>"
    )


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def item_properties(item: str, schema: str) -> str:
    """Return the properties part of a custom XML part (22.5): its name, and its namespace."""
    return (
        f'<ds:datastoreItem ds:itemID="{item}" xmlns:ds="{_STORE}"><ds:schemaRefs>'
        f'<ds:schemaRef ds:uri="{schema}"/></ds:schemaRefs></ds:datastoreItem>'
    )

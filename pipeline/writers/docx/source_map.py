"""The custom XML part that says what each bookmark stands for, and where it was written."""

from __future__ import annotations

import base64
import hashlib
import zlib
from pathlib import PurePosixPath

from docx.document import Document

from ...marks import mark
from ...model import Citation
from ...ooxml import SOURCE_MAP
from ...xml import Element, element
from .context import Context
from .custom_xml import add_custom_xml
from .managed_citations import mark_text
from .sources import source_tag

# The part's own name among custom XML parts: fixed, as it is for programs to find it by.
ITEM = "{7C1E5B52-9A04-4D5C-8C64-3F1B6A2D8E01}"


def add_source_map(document: Document, context: Context) -> None:
    add_custom_xml(document, ITEM, SOURCE_MAP, source_map(context))


def source_hash(source: str) -> str:
    """Return the SHA-256 of Markdown, in hexadecimal."""
    return hashlib.sha256(source.encode("utf-8", "surrogatepass")).hexdigest()


def source_map(context: Context) -> Element:
    """Return anchors, blocks and citations by bookmark; lines and columns count from 1.

    The hash of a block is that of its `projection`: another one, and the block was edited.
    """
    brief, numbers, bookmarks = context.numbered.brief, context.numbered.numbers, context.bookmarks
    anchors = (
        element("anchor", bookmark=bookmark, anchor=str(anchor), number=numbers.get(anchor, ""))
        for bookmark, anchor in bookmarks.anchors.items()
    )
    blocks = (
        element(
            "block",
            bookmark=bookmark,
            kind=type(node).__name__,
            line=node.span.line,
            column=node.span.column,
            sha256=source_hash(said),
        )
        for bookmark, node, said in bookmarks.blocks
    )
    citations = (_citation(name, citation, context) for name, citation in bookmarks.citations)
    sources = (
        element("source", tag=source_tag(found.key), key=found.key)
        for found in context.numbered.bibliography
    )
    return element(
        "map",
        element("anchors", *anchors),
        element("blocks", *blocks),
        element("citations", *citations),
        element("sources", *sources),
        _markdown(brief.source) if brief.front.embed_source else None,
        xmlns=SOURCE_MAP,
        brief=brief.name,
        sha256=source_hash(brief.source),
    )


def _markdown(source: str) -> Element:
    """Return the Markdown itself, packed."""
    packed = zlib.compress(source.encode("utf-8", "surrogatepass"), 9)
    return element("markdown", base64.b64encode(packed).decode(), encoding="zlib+base64")


def _citation(bookmark: str, citation: Citation, context: Context) -> Element:
    """Return what a citation was, and what it prints; its Markdown as text or as hash only."""
    numbered, span = context.numbered, citation.span
    if span.path != numbered.brief.span.path:  # in a table that a CSV file holds
        written = {"file": PurePosixPath(span.path).name}
    elif numbered.brief.front.embed_source:
        written = {"source": citation.source}
    else:
        written = {"sha256": source_hash(citation.source)}
    return element(
        "citation",
        *(element("cite", key=cite.key) for cite in citation.cites),
        bookmark=bookmark,
        anchor=str(citation.anchor),
        line=span.line,
        column=span.column,
        length=span.length,
        **written,
        shown=mark_text(mark(citation, numbered.numbers, numbered.marks, context.lang)),
    )

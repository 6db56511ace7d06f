"""The custom XML part that records what each bookmark represents, and where it was written."""

from __future__ import annotations

import base64
import zlib

from docx.document import Document

from ...diagnostics import Span
from ...marks import mark
from ...model import Brief, Citation
from ...ooxml import SOURCE_MAP
from ...provenance import Provenance, file_of, provenance_of, sha256
from ...styles import Styles
from ...xml import Element, element
from .bookmarks import BlockBookmark
from .context import Context
from .managed_citations import mark_text
from .package import add_custom_xml
from .sources import source_tag

# The part's own name among custom XML parts: fixed, as it is for programs to find it by.
ITEM = "{7C1E5B52-9A04-4D5C-8C64-3F1B6A2D8E01}"


def add_source_map(document: Document, context: Context, styles: Styles) -> None:
    numbered = context.numbered
    made_from = provenance_of(numbered.brief, numbered.bibliography, styles)
    add_custom_xml(document, ITEM, SOURCE_MAP, source_map(context, made_from))


def source_map(context: Context, made_from: Provenance) -> Element:
    """Return what each bookmark represents, where that was written, and what to merge with.

    Lines and columns count from 1; a stretch ends before its end column. A block whose `projection`
    has another hash was edited.
    """
    brief, numbers, bookmarks = context.numbered.brief, context.numbered.numbers, context.bookmarks
    anchors = (
        element("anchor", bookmark=bookmark, anchor=str(anchor), number=numbers.get(anchor, ""))
        for bookmark, anchor in bookmarks.anchors.items()
    )
    blocks = (_block(block, brief) for block in bookmarks.blocks)
    citations = (_citation(name, citation, context) for name, citation in bookmarks.citations)
    sources = (
        element("source", tag=source_tag(key), key=key, sha256=digest)
        for key, digest in made_from.references.items()
    )
    files = (element("file", path=path, sha256=digest) for path, digest in made_from.files.items())
    return element(
        "map",
        element("anchors", *anchors),
        element("blocks", *blocks),
        element("citations", *citations),
        element("sources", *sources),
        element("files", *files),
        element("house", name=context.house.name, sha256=made_from.house),
        _markdown(brief.source) if brief.front.embed_source else None,
        xmlns=SOURCE_MAP,
        brief=brief.name,
        sha256=made_from.markdown,
        redline="true" if context.numbered.redline else None,
    )


def _place(span: Span, brief: Brief) -> dict[str, str | int]:
    return {
        "file": file_of(span, brief),
        "line": span.line,
        "column": span.column,
        "end-line": span.end_line,
        "end-column": span.end_column,
    }


def _block(block: BlockBookmark, brief: Brief) -> Element:
    return element(
        "block",
        bookmark=block.name,
        kind=block.kind,
        key=block.key or None,
        **_place(block.span, brief),
        sha256=sha256(block.said),
    )


def _markdown(source: str) -> Element:
    """Return the Markdown itself, packed."""
    packed = zlib.compress(source.encode("utf-8", "surrogatepass"), 9)
    return element("markdown", base64.b64encode(packed).decode(), encoding="zlib+base64")


def _citation(bookmark: str, citation: Citation, context: Context) -> Element:
    """Return what a citation was, and what it prints; what was written as text or as hash only."""
    numbered, brief = context.numbered, context.numbered.brief
    embedded = brief.front.embed_source
    return element(
        "citation",
        *(element("cite", key=cite.key) for cite in citation.cites),
        bookmark=bookmark,
        anchor=str(citation.anchor),
        **_place(citation.span, brief),
        source=citation.source if embedded else None,
        sha256=None if embedded else sha256(citation.source),
        shown=mark_text(mark(citation, numbered.numbers, numbered.marks, context.lang)),
    )

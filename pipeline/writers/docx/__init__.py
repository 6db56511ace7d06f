"""Write a numbered brief as a Word file, for people who continue to edit it in Word.

In: a `NumberedBrief` and `Styles`. Out: the bytes of a .docx file. A reference docx is opened
(`package`), either ours (`house`) or the publisher's, and prepared (`template`). `blocks` and
`inlines` write the body as elements, every other part of the file has its own module, and `merge`
puts them into the file. Every printed number is a field: see `pipeline.ooxml`.
"""

from __future__ import annotations

from msgspec.structs import replace

from ...contents import before_and_after
from ...cover import has_cover
from ...model import Paragraph, walk
from ...numbering import NumberedBrief
from ...styles import House, Styles
from ...title_block import title_block
from .bibliography import bibliography_to_elements
from .blocks import blocks_to_elements, inner_blocks
from .bookmarks import Bookmarks, Identities
from .changes import with_kept_ends
from .comments import Comments, add_comments
from .contents import contents
from .context import Context
from .cover import cover
from .estimate import estimated_pages
from .footnotes import Footnotes
from .house import house_reference
from .merge import merge
from .package import opened, saved
from .paper import geometry, text_size, twips
from .properties import add_properties
from .relationships import Relationships
from .restarts import restarts
from .source_map import add_source_map
from .sources import add_sources
from .template import Template, prepare
from .title_lines import imprint, title_lines

__all__ = ["write_docx"]


def write_docx(numbered: NumberedBrief, styles: Styles) -> bytes:
    """Return a Word file; the same brief gives the same bytes."""
    house, front = _house(numbered, styles.house), numbered.brief.front
    paper = front.paper or house.paper
    reference = styles.reference_docx or house_reference(
        house, front.lang, paper, styles.pictures.get("logo"), styles.faces
    )
    document = opened(reference)
    # Of a reference docx that a house brought, only what lies between its margins is known.
    gutter = 0 if styles.reference_docx else twips(geometry(house, paper, front.lang).gutter)
    template = prepare(document, house, front.lang, text_size(house, paper, front.lang)[0], gutter)
    context = _context(numbered, replace(styles, house=house), template)
    block = title_block(numbered.brief)
    lines = title_lines(block, context)
    fields = {name: line for name, line in lines if name in template.placed}
    opening, rest = before_and_after(numbered.brief.blocks)
    covered = has_cover(house) and not styles.reference_docx
    body = [
        *(cover(context, styles.pictures) if covered else ()),
        *(line for name, line in lines if name not in fields),
        *blocks_to_elements(opening, context),
        *contents(context),
        *blocks_to_elements(rest, context),
        *bibliography_to_elements(context),
        *imprint(block, context),
    ]
    commented = context.bookmarks.commented([*body, *fields.values()])
    body, placed = commented[: len(body)], commented[len(body) :]
    fields = dict(zip(fields, placed, strict=True))
    merge(document, context, with_kept_ends(body, context), fields)
    add_comments(document, context.bookmarks.comments.written)
    add_source_map(document, context, styles)
    add_sources(document, numbered)
    add_properties(document, numbered, house.name)
    return saved(document)


def _house(numbered: NumberedBrief, house: House) -> House:
    """Return the house style with numbers of paragraphs if the brief has them, whoever said so."""
    briefs = (numbered.brief, *((numbered.redline.older.brief,) if numbered.redline else ()))
    has_numbers = any(isinstance(n, Paragraph) and n.anchor for b in briefs for n in walk(b))
    return replace(house, number_paragraphs="on") if has_numbers else house


def _context(numbered: NumberedBrief, styles: Styles, template: Template) -> Context:
    return Context(
        numbered,
        styles.house,
        template,
        given_styles=template.styles.own if styles.reference_docx else frozenset(),
        pages=estimated_pages(numbered.settled, styles.house, template.text_width),
        images={image.src: image for image in numbered.all_images},
        write_blocks=inner_blocks,
        bookmarks=Bookmarks(
            Identities(template.bookmarks), comments=Comments.of(numbered.comments)
        ),
        footnotes=Footnotes(Relationships(template.note_relationships), template.footnotes),
        lists=[],
        drawings=Identities(template.drawings),
        controls=Identities(template.controls),
        relationships=Relationships(template.relationships),
        restarts=restarts(numbered),
    )

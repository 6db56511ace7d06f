"""Write a numbered brief as a Word file, for people who go on working in Word.

`blocks` and `inlines` write the body as XML strings; `stylesheet`, `lists`, `pages` and `settings`
write the parts round it, and `package` puts them together. Every printed number is a field: see
`pipeline.ooxml`.
"""

from __future__ import annotations

from ...contents import before_and_after
from ...numbering import NumberedBrief
from ...ooxml import declarations
from ...styles import Styles
from ...title_block import title_block
from .bibliography import bibliography_to_xml
from .blocks import blocks_to_xml
from .contents import contents
from .estimate import estimated_pages
from .front import imprint_to_xml, title_block_to_xml
from .opc import zipped
from .package import word_file
from .pages import section_properties
from .writing import Writing

__all__ = ["write_docx"]


def write_docx(numbered: NumberedBrief, styles: Styles) -> bytes:
    """Return a Word file; the same brief gives the same bytes."""
    writing = Writing(numbered, styles)
    if not styles.reference_docx:
        return word_file(writing, _document(writing))
    from .reference import facts, fitted  # imports lxml

    found = facts(styles.reference_docx)
    writing.given_width, writing.placed = found.text_width, found.placed
    writing.given_styles = found.styles
    return zipped(fitted(word_file(writing, _document(writing)), writing))


def _document(writing: Writing) -> str:
    """Return the main part. The contents stand below what comes before the first heading."""
    brief = writing.numbered.brief
    opening, rest = before_and_after(brief.blocks)
    block = title_block(brief)
    writing.pages = estimated_pages(writing)
    body = (
        title_block_to_xml(block, writing),
        blocks_to_xml(opening, writing),
        contents(writing),
        blocks_to_xml(rest, writing),
        bibliography_to_xml(writing),
        imprint_to_xml(block, writing),
        section_properties(writing),
    )
    names = declarations("w", "m", "r", "wp", "a", "c", "pic", "asvg")
    return f"<w:document {names}><w:body>{''.join(body)}</w:body></w:document>"

"""Blocks as HTML."""

from __future__ import annotations

from typing import assert_never

from ...contents import as_listed
from ...labels import heading_label
from ...model import (
    MAIN_PARTS,
    Block,
    Blocks,
    Chart,
    CodeBlock,
    Definition,
    DefinitionList,
    DeletedBlocks,
    Equation,
    Figure,
    Heading,
    InsertedBlocks,
    List,
    ListItem,
    Paragraph,
    Part,
    Quote,
    Table,
    ThematicBreak,
    plain,
)
from .captions import below_to_html, caption_to_html
from .changes import in_change, marked_blocks
from .formulas import equation_to_html
from .inlines import image_to_html, inlines_to_html
from .margin_notes import is_margin_note
from .markup import Attributes, element, language, text, verbatim
from .page import Page
from .tables import table_to_html

_LIST_TYPES = {  # for readers that ignore our CSS (HTML, 4.4.5)
    "decimal": None,
    "lower-alpha": "a",
    "upper-alpha": "A",
    "lower-roman": "i",
    "upper-roman": "I",
}
_TITLED = (*MAIN_PARTS, "verdict")  # parts with a title by term
_ASIDES = ("callout", "aside", "pull-quote")


def blocks_to_html(blocks: Blocks, page: Page) -> str:
    return page.lines(block_to_html(block, page) for block in blocks)


def block_to_html(block: Block, page: Page) -> str:
    match block:
        case Heading():
            return _heading(block, page)
        case Paragraph():
            return _paragraph(block, page)
        case List():
            return _list(block, page)
        case DefinitionList(items=items):
            definitions = page.lines(_definition(item, page) for item in items)
            return element("dl", definitions, page.place(block.span))
        case CodeBlock(text=content, language=code):
            attributes = {"class": f"language-{code}" if code else None}
            # The HTML parser drops one line end right after `<pre>`; `<code>` keeps it.
            found = element("code", verbatim(content), attributes)
            return element("pre", found, page.place(block.span))
        case Quote(blocks=blocks):
            return element("blockquote", blocks_to_html(blocks, page), page.place(block.span))
        case ThematicBreak():
            return "<hr>"
        case Table():
            return table_to_html(block, page, blocks_to_html)
        case Figure() | Chart():
            return _figure(block, page)
        case Equation():
            return equation_to_html(block, page)
        case Part():
            return _part(block, page)
        case InsertedBlocks(blocks=blocks, moved=moved):
            content = blocks_to_html(blocks, in_change(page, "inserted"))
            return marked_blocks(content, "inserted", moved, page)
        case DeletedBlocks(blocks=blocks, moved=moved):
            content = blocks_to_html(blocks, in_change(page, "deleted"))
            return marked_blocks(content, "deleted", moved, page)
        case _:
            assert_never(block)


# Text ------------------------------------------------------------------------------------------


def _heading(heading: Heading, page: Page) -> str:
    number = page.number(heading.anchor)
    label = heading_label(number)
    content = inlines_to_html(heading.inlines, page)
    if number:
        found = element("span", text(number), {"class": "number", **page.anchored(heading.anchor)})
        content = f'<span class="label">{found}{text(label[len(number) :])}</span> {content}'
    attributes = {
        "id": page.id(heading.anchor),
        **page.bookmark(f"{label} {plain(as_listed(heading, page.numbered))}".strip()),
        **page.place(heading.span),
        "class": "new-page" if heading.new_page else None,
    }
    content += page.section_link(heading.anchor)
    return element(f"h{min(heading.level + 1, 6)}", content, attributes)


def _paragraph(paragraph: Paragraph, page: Page) -> str:
    name, class_name = page.paragraph_tag(paragraph)
    content = _text(paragraph, page)
    attributes = {"class": class_name, **page.place(paragraph.span)}
    if paragraph.anchor and (number := page.number(paragraph.anchor)):
        identity = {"class": "paragraph-number", **page.anchored(paragraph.anchor)}
        # The space is for those who copy it: at the end of an inline block, none is drawn.
        content = element("span", f"{text(number)} ", identity) + content
        attributes |= {"class": "numbered", "id": page.id(paragraph.anchor)}
    return element(name, content, attributes)


def _text(paragraph: Paragraph, page: Page) -> str:
    return inlines_to_html(page.paragraph_inlines(paragraph), page)


# Lists -----------------------------------------------------------------------------------------


def _list(found: List, page: Page) -> str:
    name = "ol" if found.ordered else "ul"
    tasks = any(item.checked is not None for item in found.items)
    classes = [("tight" if found.tight else ""), ("tasks" if tasks else "")]
    attributes = {
        "class": " ".join(filter(None, classes)) or None,
        "type": _LIST_TYPES[found.enumerator.format] if found.ordered else None,
        **page.place(found.span),
    }
    items = page.lines(_item(item, found, page) for item in found.items)
    return element(name, items, attributes)


def _item(item: ListItem, around: List, page: Page) -> str:
    content = _item_blocks(item.blocks, around.tight, page)
    match item.blocks:
        case (DeletedBlocks(),):
            page = in_change(page, "deleted")
    if item.checked is None:
        number: Attributes = {}
        if item.anchor:
            number = page.item_number(int(page.number(item.anchor)), around.enumerator)
        return element("li", content, {**number, **page.place(item.span)})
    words = page.term("done" if item.checked else "to-do")
    box = element(
        "span",
        "☑" if item.checked else "☐",
        {"class": "task-box", "role": "img", "aria-label": words},
    )
    return element("li", f"{box} {content}", {"class": "task", **page.place(item.span)})


def _item_blocks(blocks: Blocks, tight: bool, page: Page) -> str:
    """Return the content of a list item; in a tight list, paragraphs have no tags."""
    if not tight:
        return blocks_to_html(blocks, page)
    return page.lines(
        _text(block, page) if isinstance(block, Paragraph) else block_to_html(block, page)
        for block in blocks
    )


def _definition(item: Definition, page: Page) -> str:
    term = element("dt", inlines_to_html(item.term, page))
    descriptions = [
        element("dd", _item_blocks(blocks, len(blocks) == 1, page)) for blocks in item.descriptions
    ]
    return page.lines((term, *descriptions))


# Figures ---------------------------------------------------------------------------------------


def _figure(figure: Figure | Chart, page: Page) -> str:
    wide = isinstance(figure, Figure) and page.is_wide(figure.image)
    if isinstance(figure, Figure):
        drawing = page.figure_image(figure, image_to_html(figure.image, page))
    else:
        drawing = page.chart(figure)
    caption = caption_to_html("figcaption", figure, page)
    frame = "" if page.house.figure_frame == "plain" else page.house.figure_frame
    attributes = {
        "id": page.id(figure.anchor),
        "class": " ".join(filter(None, ("wide" if wide else "", frame))) or None,
        **page.place(figure.span),
    }
    below = below_to_html(figure, page)
    parts = (caption, drawing) if page.house.captions_at(figure) == "above" else (drawing, caption)
    return element("figure", page.lines((*parts, below)), attributes)


# Parts -----------------------------------------------------------------------------------------


def _part(part: Part, page: Page) -> str:
    """Return a fenced part: parts of a brief have a heading, a callout is an `aside`."""
    titled = part.kind in _TITLED
    words = inlines_to_html(part.title, page)
    name = plain(part.title)
    if titled and not words:
        words, name = text(page.term(part.kind)), page.term(part.kind)
    title = ""
    if words:
        # A verdict stands below its claim.
        tag = "p" if not titled else "h3" if part.kind == "verdict" else "h2"
        bookmark = page.bookmark(name) if tag == "h2" else {}
        title = element(tag, words, {"class": "part-title", **bookmark})
    is_ruled = part.kind == "summary" and page.house.has_ruled_summary
    is_beside = is_margin_note(part, page)
    classes = ("part", part.kind, "beside" if is_beside else "ruled" if is_ruled else "")
    attributes = {
        "class": " ".join(filter(None, classes)),
        "aria-label": name or None,
        # Without a name it is not worth a stop for those who go from landmark to landmark.
        "role": "note" if part.kind in _ASIDES and not name else None,
        **language(part.lang, page.lang),
        **page.place(part.span),
    }
    tag = "aside" if part.kind in _ASIDES else "section" if name else "div"
    content = page.lines((title, blocks_to_html(part.blocks, page)))
    return element(tag, content, attributes)

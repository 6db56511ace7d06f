"""Blocks as paragraphs and tables."""

from __future__ import annotations

import re
from itertools import zip_longest
from typing import assert_never

from msgspec.structs import replace

from ...labels import PARTS
from ...model import (
    Block,
    Blocks,
    Chart,
    CodeBlock,
    Definition,
    DefinitionList,
    Equation,
    Figure,
    Footnote,
    Heading,
    List,
    ListItem,
    Paragraph,
    Part,
    Quote,
    Table,
    ThematicBreak,
)
from ...ooxml import FIGURE_SEQUENCE
from .captions import caption_runs
from .design import FURTHEST
from .inlines import inlines_to_runs
from .pictures import picture_run
from .rule import INSETS, PART_STYLES
from .runs import (
    lines_run,
    paragraph,
    tab_run,
    text_run,
)
from .surroundings import (
    OUTSIDE,
    Surroundings,
    direction,
    dress_in,
    edges,
    ends_in_table,
    spacing,
)
from .tables import table_to_xml
from .writing import Writing

LIST_INDENT = 360  # twips per level
_WHOLE = frozenset({"callout", "follow-ups", "claim", "corrections"})  # parts that do not break
_MOST_PARAGRAPHS = 15  # of those; a longer one may
_PARAGRAPH = "<w:p><w:pPr>"
_STYLE = r'^(<w:pStyle w:val="\w+"/>)(?!<w:keepNext/>)'
_DEEPEST = 8  # Word's lists have nine levels, from 0


def blocks_to_xml(blocks: Blocks, writing: Writing, around: Surroundings = OUTSIDE) -> str:
    """Return blocks one after the other."""
    parts = []
    previous: Block | None = None
    for block, following in zip_longest(blocks, blocks[1:]):
        below = ends_in_table(previous)
        if isinstance(previous, Table) and isinstance(block, Table) and not block.caption:
            parts.append(_BETWEEN_TABLES)
        flush = around.flush
        if following:
            flush = around.on_ground and List in (type(block), type(following))
        closing = around.closing and not following
        leading = isinstance(following, List)
        stands = replace(around, below_table=below, leading=leading, flush=flush, closing=closing)
        parts.append(_block(block, writing, stands))
        previous = block
    return "".join(parts)


# Two tables in a row need a paragraph between them, or Word makes one table of them.
_BETWEEN_TABLES = (
    '<w:p><w:pPr><w:pStyle w:val="TableText"/><w:spacing w:line="120" w:lineRule="exact"/></w:pPr>'
    "</w:p>"
)


def _block(block: Block, writing: Writing, around: Surroundings) -> str:
    match block:
        case Heading():
            return _heading(block, writing)
        case Paragraph(inlines=inlines):
            content = inlines_to_runs(inlines, writing, dress_in(writing, around))
            return _text(writing.block(block, content), writing, around)
        case List():
            return _list(block, writing, around)
        case DefinitionList(items=items):
            return "".join([_definition(item, writing, around) for item in items])
        case CodeBlock(text=text):
            content = writing.block(block, lines_run(text.rstrip("\n")))
            inset = f'<w:ind w:left="{around.indent + 120}"/>' if around.indent else ""
            return paragraph("SourceCode", content, inset)
        case Quote(blocks=blocks):
            deeper = around.indent + INSETS["Quote"]
            quoted = replace(around, style="Quote", indent=deeper, boxed=True, loose=True)
            return blocks_to_xml(blocks, writing, quoted)
        case ThematicBreak():
            return paragraph("ThematicBreak", "")
        case Table():
            return table_to_xml(block, writing, around.indent)
        case Figure():
            return _figure(block, writing, around)
        case Chart():
            from .charts import chart_to_xml  # for briefs that have one

            return chart_to_xml(block, writing, around.indent)
        case Equation():
            from .formulas import equation_to_xml  # for briefs that have one

            return equation_to_xml(block, writing, around.indent)
        case Part():
            return _part(block, writing, around)
        case _:
            assert_never(block)


# Text ------------------------------------------------------------------------------------------


def _heading(heading: Heading, writing: Writing) -> str:
    """Return a heading; Word counts those with a number by itself, as the table of numbers does."""
    content = writing.anchored(heading.anchor, inlines_to_runs(heading.inlines, writing))
    unnumbered = ""
    if not heading.numbered or not writing.number(heading.anchor):
        unnumbered = (
            '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="0"/></w:numPr>'
            '<w:ind w:left="0" w:firstLine="0"/>'
        )
    new_page = "<w:pageBreakBefore/>" if heading.new_page else ""
    style = f"Heading{min(heading.level, 6)}"
    return paragraph(style, writing.block(heading, content), new_page + unnumbered)


def _text(content: str, writing: Writing, around: Surroundings) -> str:
    """Return a paragraph, with what differs from its style in the order of the schema."""
    own = INSETS.get(around.style, 0)
    indent = f'<w:ind w:left="{around.indent}"/>' if around.indent != own else ""
    borders = edges(around, around.indent, writing)
    kept = "<w:keepNext/>" if around.leading else ""
    turned = direction(around, writing)
    return paragraph(around.style, content, kept + borders + turned + spacing(around) + indent)


# Lists -----------------------------------------------------------------------------------------


def _list(found: List, writing: Writing, around: Surroundings) -> str:
    """Return a list with numbers of its own, so that it starts afresh."""
    level = min(around.depth, _DEEPEST)
    tasks = bool(found.items) and all(item.checked is not None for item in found.items)
    kind = "number" if found.ordered else "task" if tasks else "bullet"
    numbers = writing.list_numbers(kind, level, found.start)
    indent = around.indent + LIST_INDENT
    if around.boxed:
        indent = min(indent, INSETS.get(around.style, 0) + FURTHEST + LIST_INDENT)
    inside = replace(around, indent=indent, depth=around.depth + 1, loose=not found.tight)
    items = []
    for item in found.items:
        last = item is found.items[-1]
        flush = around.flush if last else around.on_ground and len(item.blocks) > 1
        closing = last and (around.closing or not around.depth)
        stands = replace(inside, flush=flush, closing=closing)
        items.append(_item(item, numbers, level, kind, writing, stands))
        inside = replace(inside, below_table=bool(item.blocks) and ends_in_table(item.blocks[-1]))
    return "".join(items)


def _item(
    item: ListItem, numbers: int, level: int, kind: str, writing: Writing, inside: Surroundings
) -> str:
    """Return a list item; only its first paragraph bears the number or bullet."""
    first = item.blocks[0] if item.blocks else None
    content = "" if item.checked is None else _task_box(item.checked, kind)
    rest = item.blocks
    if isinstance(first, Paragraph):
        content += inlines_to_runs(first.inlines, writing, dress_in(writing, inside))
        rest = item.blocks[1:]
    style = "ListNumber" if kind == "number" else "ListBullet"
    kept = "<w:keepNext/>" if rest and isinstance(rest[0], List) else ""
    properties = (
        f'{kept}<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{numbers}"/></w:numPr>'
        f"{edges(inside, inside.indent - LIST_INDENT, writing)}{direction(inside, writing)}"
        f"{spacing(replace(inside, flush=inside.on_ground, closing=False) if rest else inside)}"
        f'<w:ind w:left="{inside.indent}" w:hanging="{LIST_INDENT}"/>'
    )
    start = paragraph(
        inside.style if inside.boxed else style,
        writing.block(first if isinstance(first, Paragraph) else item, content),
        properties,
    )
    continued = replace(inside, below_table=False)
    if not inside.boxed:
        continued = replace(continued, style="ListContinue")
    return start + blocks_to_xml(rest, writing, continued)


def _task_box(checked: bool, kind: str) -> str:
    """Return the box of a task, as text: a content control could be ticked, but not merged."""
    box = text_run("☒" if checked else "☐")
    return box + (tab_run() if kind == "task" else text_run(" "))


def _definition(item: Definition, writing: Writing, around: Surroundings) -> str:
    dress = dress_in(writing, around)
    term = writing.block(item, inlines_to_runs(item.term, writing, dress))
    deeper = around.indent + INSETS["Definition"]
    described = replace(around, style="Definition", indent=deeper, loose=True, boxed=False)
    inset = f'<w:ind w:left="{around.indent}"/>' if around.indent else ""
    turned = direction(around, writing)
    return paragraph("DefinitionTerm", term, turned + inset) + "".join(
        [blocks_to_xml(blocks, writing, described) for blocks in item.descriptions]
    )


# Figures and parts -----------------------------------------------------------------------------


def _figure(figure: Figure, writing: Writing, around: Surroundings) -> str:
    picture = writing.block(figure, picture_run(figure.image, writing, writing.dress))
    inset = f'<w:ind w:left="{around.indent}"/>' if around.indent else ""
    if not figure.caption:
        return paragraph("Figure", writing.anchored(figure.anchor, picture), inset)
    caption = caption_runs(figure, FIGURE_SEQUENCE, writing)
    return paragraph("Figure", picture, "<w:keepNext/>" + inset) + paragraph(
        "Caption", caption, inset
    )


def _part(part: Part, writing: Writing, around: Surroundings) -> str:
    """Return a fenced part: a title if the house or the author gives one, and its paragraphs."""
    style = PART_STYLES.get(part.kind, "")
    inside = replace(around, lang=part.lang or around.lang)
    if style:
        inside = replace(inside, style=style, indent=INSETS.get(style, 0), boxed=True)
    title = inlines_to_runs(part.title, writing, dress_in(writing, inside))
    if not title and part.kind in (*PARTS, "verdict"):
        title = text_run(writing.term(part.kind), writing.dress)
    heading = ""
    if title:
        turned = edges(inside, 0, writing) + direction(inside, writing)
        named = f"{style}Title" if style else "PartTitle"
        heading = paragraph(named, writing.block(part, title), turned)
    content = heading + blocks_to_xml(part.blocks, writing, inside)
    return _on_one_page(content) if part.kind in _WHOLE else content


def _on_one_page(content: str) -> str:
    """Return the paragraphs of a short box so that no page ends between them (17.3.1.15)."""
    paragraphs = content.split(_PARAGRAPH)
    if not 1 < len(paragraphs) <= _MOST_PARAGRAPHS + 1:
        return content
    kept = [re.sub(_STYLE, r"\1<w:keepNext/>", text, count=1) for text in paragraphs[1:-1]]
    return _PARAGRAPH.join([paragraphs[0], *kept, paragraphs[-1]])


# Footnotes -------------------------------------------------------------------------------------


def footnote_to_paragraphs(footnote: Footnote, writing: Writing) -> str:
    """Return the text of a footnote; its first paragraph opens with Word's own number."""
    number = '<w:r><w:rPr><w:rStyle w:val="FootnoteReference"/></w:rPr><w:footnoteRef/></w:r>'
    opening = number + text_run(" ", writing.dress)
    rest = footnote.blocks
    if rest and isinstance(rest[0], Paragraph):
        opening += writing.block(rest[0], inlines_to_runs(rest[0].inlines, writing))
        rest = rest[1:]
    around = Surroundings(style="FootnoteText")
    return paragraph("FootnoteText", opening) + blocks_to_xml(rest, writing, around)

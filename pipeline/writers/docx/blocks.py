"""Blocks as paragraphs and tables."""

from __future__ import annotations

from itertools import zip_longest
from typing import assert_never

from msgspec.structs import replace

from ...kept_words import TITLE, with_full_last_line
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
    Link,
    List,
    ListItem,
    Paragraph,
    Part,
    Quote,
    Table,
    ThematicBreak,
    plain,
    walk,
)
from ...ooxml import w
from ...xml import Element
from .block_context import (
    CELLS,
    BlockContext,
    direction,
    edges,
    ends_in_table,
    format_in,
    on_one_page,
    spacing,
)
from .boxes import FURTHEST, box_inset
from .changes import in_change, marked, unwrapped, upright
from .context import Context
from .figures import figure_to_elements
from .inlines import inlines_to_runs
from .key_figures import strip, strip_of
from .runs import TAB, inset, lines_run, paragraph, text_runs, unnumbered
from .sections import in_landscape
from .style_rule import INSETS, NUMBERED_TEXT, PART_STYLES
from .tables import table_to_elements

LIST_INDENT = 360  # twips per level
_WHOLE = frozenset(  # parts that do not break
    {"callout", "figures", "aside", "pull-quote", "follow-ups", "claim", "corrections"}
)
# Two tables need a paragraph between them, or Word makes one of them; a strip needs its space.
_BETWEEN_TABLES = paragraph("TableText", (), w("spacing", line=120, lineRule="exact"))
_DEEPEST = 8  # Word's lists have nine levels, from 0


def blocks_to_elements(
    blocks: Blocks, context: Context, around: BlockContext | None = None
) -> list[Element]:
    """Return blocks one after the other."""
    around = around or BlockContext()
    found: list[Element] = []
    previous: Block | None = None
    for block, following in zip_longest(blocks, blocks[1:]):
        below = ends_in_table(previous) if previous else around.below_table
        if isinstance(previous, Table) and _begins_with_table(block, context):
            found.append(_BETWEEN_TABLES)
        flush = around.flush
        if following:
            flush = around.on_ground and List in (type(block), type(following))
        closing = around.closing and not following
        leading = isinstance(following, List)
        stands = replace(around, below_table=below, leading=leading, flush=flush, closing=closing)
        found += _block(block, context, stands)
        previous = block
    return found


def _begins_with_table(block: Block, context: Context) -> bool:
    if not isinstance(block, Table):
        return False
    return not block.caption or context.house.captions_at(block) == "below"


def inner_blocks(blocks: Blocks, context: Context, style: str) -> list[Element]:
    """Return blocks inside something else, a cell or a footnote, whose style they have.

    As in a box, lists in a cell keep the style that the text of tables has.
    """
    in_cell = style in CELLS
    return blocks_to_elements(
        blocks, context, BlockContext(style, loose=not in_cell, boxed=in_cell)
    )


def _block(block: Block, context: Context, around: BlockContext) -> list[Element]:
    match block:
        case Heading():
            return [_heading(block, context)]
        case Paragraph(inlines=inlines):
            content = inlines_to_runs(inlines, context, format_in(context, around))
            if block.anchor and context.number(block.anchor):
                around = replace(around, style=NUMBERED_TEXT)
                if context.change != "deleted":
                    content = context.bookmarks.anchor(block.anchor, content)
            return [_text(context.bookmarks.block(block, content), context, around)]
        case List():
            return _list(block, context, around)
        case DefinitionList(items=items):
            return [found for item in items for found in _definition(item, context, around)]
        case CodeBlock(text=text):
            content = context.bookmarks.block(block, [lines_run(text.rstrip("\n"))])
            indent = around.indent + 120 if around.indent else 0
            return [paragraph("SourceCode", content, inset(indent))]
        case Quote(blocks=blocks):
            deeper = around.indent + INSETS["Quote"]
            quoted = replace(around, style="Quote", indent=deeper, boxed=True, loose=True)
            return blocks_to_elements(blocks, context, quoted)
        case ThematicBreak():
            return [paragraph("ThematicBreak", ())]
        case Table():
            return table_to_elements(block, context, around.indent)
        case Figure():
            return figure_to_elements(block, context, around.indent)
        case Chart():
            from .charts import chart_to_elements  # for briefs that have one

            return chart_to_elements(block, context, around.indent)
        case Equation():
            from .formulas import equation_to_element  # for briefs that have one

            return [equation_to_element(block, context, around.indent)]
        case Part():
            return _part(block, context, around)
        case InsertedBlocks(blocks=blocks):
            content = blocks_to_elements(blocks, in_change(context, "inserted"), around)
            return marked(content, "inserted", context)
        case DeletedBlocks(blocks=blocks):
            deleted = in_change(context, "deleted")
            content = blocks_to_elements(upright(blocks), deleted, around)
            return marked(content, "deleted", context)
        case _:
            assert_never(block)


# Text ------------------------------------------------------------------------------------------


def _heading(heading: Heading, context: Context) -> Element:
    """Return a heading; Word numbers headings itself, in agreement with the table of numbers."""
    words = inlines_to_runs(with_full_last_line(heading.inlines, TITLE), context)
    content = context.bookmarks.anchor(heading.anchor, words)
    counted = heading.numbered and context.number(heading.anchor)
    return paragraph(
        f"Heading{min(heading.level, 6)}",
        context.bookmarks.block(heading, content),
        w("pageBreakBefore") if heading.new_page else None,
        *(() if counted else unnumbered()),
    )


def _text(content: list[Element], context: Context, around: BlockContext) -> Element:
    """Return a paragraph, with what differs from its style."""
    own = box_inset(around.style, context.house)
    return paragraph(
        around.style,
        content,
        w("keepNext") if around.leading else None,
        edges(around, around.indent, context),
        direction(around, context),
        spacing(around),
        w("ind", left=around.indent) if around.indent != own else None,
    )


# Lists -----------------------------------------------------------------------------------------


def _list(found: List, context: Context, around: BlockContext) -> list[Element]:
    """Return a list with its own numbering, so that it does not continue another list."""
    level = min(around.depth, _DEEPEST)
    tasks = bool(found.items) and all(item.checked is not None for item in found.items)
    kind = "number" if found.ordered else "task" if tasks else "bullet"
    first = found.items[0].anchor if found.items else None
    start = context.number(first) if first else ""
    numbers = context.list_numbers(kind, level, start, found.enumerator)
    indent = around.indent + LIST_INDENT
    if around.boxed:
        indent = min(indent, box_inset(around.style, context.house) + FURTHEST + LIST_INDENT)
    inside = replace(around, indent=indent, depth=around.depth + 1, loose=not found.tight)
    items: list[Element] = []
    for item in found.items:
        last = item is found.items[-1]
        flush = around.flush if last else around.on_ground and len(item.blocks) > 1
        closing = last and (around.closing or not around.depth)
        stands = replace(inside, flush=flush, closing=closing)
        items += _item(item, numbers, level, kind, context, stands)
        inside = replace(inside, below_table=bool(item.blocks) and ends_in_table(item.blocks[-1]))
    return items


def _item(
    item: ListItem, numbers: int, level: int, kind: str, context: Context, inside: BlockContext
) -> list[Element]:
    """Return a list item; only its first paragraph has the number or bullet."""
    blocks, change = unwrapped(item.blocks)
    if change:
        whole = replace(item, blocks=blocks)
        content = _item(whole, numbers, level, kind, in_change(context, change), inside)
        return marked(content, change, context)
    first = item.blocks[0] if item.blocks else None
    content = [] if item.checked is None else _task_box(item.checked, kind)
    rest = item.blocks
    if isinstance(first, Paragraph):
        content += inlines_to_runs(first.inlines, context, format_in(context, inside))
        rest = item.blocks[1:]
    style = "ListNumber" if kind == "number" else "ListBullet"
    start = paragraph(
        inside.style if inside.boxed else style,
        context.bookmarks.block(first if isinstance(first, Paragraph) else item, content),
        w("keepNext") if rest and isinstance(rest[0], List) else None,
        w("numPr", w("ilvl", val=level), w("numId", val=numbers)),
        edges(inside, inside.indent - LIST_INDENT, context),
        direction(inside, context),
        spacing(replace(inside, flush=inside.on_ground, closing=False) if rest else inside),
        w("ind", left=inside.indent, hanging=LIST_INDENT),
    )
    continued = replace(inside, below_table=False)
    if not inside.boxed:
        continued = replace(continued, style="ListContinue")
    return [start, *blocks_to_elements(rest, context, continued)]


def _task_box(checked: bool, kind: str) -> list[Element]:
    """Return the box of a task, as text: a content control could be ticked, but not merged."""
    return [*text_runs("☒" if checked else "☐"), *([TAB] if kind == "task" else text_runs(" "))]


def _definition(item: Definition, context: Context, around: BlockContext) -> list[Element]:
    run_format = format_in(context, around)
    term = context.bookmarks.block(item, inlines_to_runs(item.term, context, run_format))
    deeper = around.indent + INSETS["Definition"]
    described = replace(around, style="Definition", indent=deeper, loose=True, boxed=False)
    found = [paragraph("DefinitionTerm", term, direction(around, context), inset(around.indent))]
    for blocks in item.descriptions:
        found += blocks_to_elements(blocks, context, described)
    return found


# Parts -----------------------------------------------------------------------------------------


def _part(part: Part, context: Context, around: BlockContext) -> list[Element]:
    """Return a fenced part: a title if the house or the author gives one, and its paragraphs."""
    style = PART_STYLES.get(part.kind, "")
    inside = replace(around, lang=part.lang or around.lang)
    if style:
        inside = replace(inside, style=style, indent=box_inset(style, context.house), boxed=True)
    if part.kind == "figures":
        context = replace(context, strong="KeyNumber")
    title = inlines_to_runs(part.title, context, format_in(context, inside))
    if not title and part.kind in (*MAIN_PARTS, "verdict"):
        title = text_runs(context.term(part.kind), context.run_format)
    found = []
    if title:
        named = f"{style}Title" if style else "PartTitle"
        content = context.bookmarks.block(part, title)
        turned = edges(inside, 0, context), direction(inside, context)
        found.append(paragraph(named, content, *turned))
    if part.kind == "landscape":
        template = replace(context.template, text_width=context.template.turned_width)
        wide = replace(context, template=template)
        return in_landscape([*found, *blocks_to_elements(part.blocks, wide, inside)])
    if items := strip_of(part):
        return [*(found or [_BETWEEN_TABLES]), strip(items, plain(part.title), context)]
    blocks = part.blocks
    if part.kind == "verdict" and not any(isinstance(n, Link) for b in blocks[:1] for n in walk(b)):
        label = replace(inside, style="VerdictLabel")
        found, blocks = found + blocks_to_elements(blocks[:1], context, label), blocks[1:]
    found += blocks_to_elements(blocks, context, inside)
    return on_one_page(found) if part.kind in _WHOLE else found

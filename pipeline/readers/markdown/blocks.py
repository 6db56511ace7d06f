"""From block tokens to the blocks of the tree."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import zip_longest
from typing import Literal

from markdown_it.token import Token

from ...diagnostics import Span
from ...model import (
    Anchor,
    Block,
    Blocks,
    CodeBlock,
    Definition,
    DefinitionList,
    Enumerator,
    Figure,
    Heading,
    List,
    ListItem,
    Paragraph,
    Part,
    Text,
    ThematicBreak,
    plain,
)
from .anchors import heading_words, written_anchor
from .attributes import Attributes
from .beside import read_beside
from .charts import is_chart, read_chart
from .csv_tables import read_csv_table
from .directive_tables import is_list_table, read_list_table
from .foreign import add_label, read_environment, report_left_out
from .formulas import is_math_directive, read_equation, read_math_directive
from .images import image_name, lone_image, read_image
from .inlines import inlines_of, read_inlines
from .listings import read_code
from .parts import LANDSCAPE, part_kind, read_part, read_quote
from .reading import Nested, Reading
from .tables import read_table
from .texts import bare, drop_leading_blank


def read_blocks(reading: Reading, nodes: list[Nested], depth: int) -> Blocks:
    """Return the blocks of sibling tokens. Footnotes are read where they are called."""
    if nodes and reading.too_deep(depth, reading.block_span(nodes[0].token)):
        return ()
    blocks: list[Block] = []
    for node, following in zip_longest(nodes, nodes[1:]):
        token = node.token
        if token.meta.get("is_caption"):
            continue
        match token.type:
            case "footnote_reference_open":
                pass
            case "paragraph_open":
                blocks += _paragraphs(reading, node, depth)
            case "fence" if is_listing(token.info):
                blocks += read_code(reading, node)
            case "target":
                _label(reading, token, following)
            case "left_out":
                report_left_out(reading, f"`{token.content}`", reading.block_span(token))
            case "contents":
                what = f"`{token.content}`, a list of contents,"
                report_left_out(reading, what, reading.block_span(token))
            case _:
                blocks.append(_read_block(reading, node, depth))
    return tuple(blocks)


def is_listing(info: str) -> bool:
    return not is_chart(info.strip()) and not is_math_directive(info)


def _label(reading: Reading, label: Token, following: Nested | None) -> None:
    """Give a label on a line of its own to the heading below it."""
    if following is not None and following.token.type == "heading_open":
        attributes = following.token.meta.setdefault("attributes", Attributes())
        if not attributes.anchor:
            attributes.anchor, attributes.anchor_place = label.content, label.meta["place"]
            return
    message = f"`({label.content})=` labels no heading, and is left out"
    hint = "write {#anchor} behind a heading or a caption"
    reading.report("unread-markup", message, reading.block_span(label), hint)


def _read_block(reading: Reading, node: Nested, depth: int) -> Block:
    token, span = node.token, reading.block_span(node.token)
    match token.type:
        case "heading_open":
            return _heading(reading, node, depth)
        case "bullet_list_open" | "ordered_list_open":
            return _list(reading, node, depth)
        case "dl_open":
            return DefinitionList(_definitions(reading, node, depth), span=span)
        case "blockquote_open":
            return read_quote(reading, node, depth)
        case "part_open":
            table = read_list_table(reading, node, depth) if is_list_table(token) else None
            return table or read_part(reading, node, depth)
        case "table_open":
            table = read_table(reading, node, depth)
            classes = (token.meta.get("attributes") or Attributes()).classes
            if part_kind(reading, classes, span, depth) != LANDSCAPE:
                return table
            return Part(LANDSCAPE, (), (table,), span=span)
        case "fence" if is_chart(token.info.strip()):
            return read_chart(reading, node)
        case "fence" if is_math_directive(token.info):
            return read_math_directive(reading, token, span)
        case "code_block":
            return CodeBlock(token.content, span=span)
        case "latex_environment":
            return read_environment(reading, token, span)
        case "equation":
            return read_equation(reading, token, span)
        case "hr":
            return ThematicBreak(span=span)
        case _:
            raise ValueError(f"no block is read from {token.type}")


def _paragraphs(reading: Reading, node: Nested, depth: int) -> list[Block]:
    """Return a paragraph, divided at the equations in it, or the figure that it consists of."""
    alone = lone_image(reading, node)
    if alone is not None:
        figure = _figure(reading, node, alone, depth)
        return [figure] if figure else []
    content = node.children[0].token
    origin = reading.origin(content)
    pieces = [*_pieces(content.children or [])]
    blocks: list[Block] = []
    for piece, equation in pieces:
        if len(pieces) > 1 and all(token.nesting for token in piece):
            piece = []  # emphasis around the equation alone
        if blocks:
            drop_leading_blank(piece)
        inlines = read_inlines(reading, piece, origin, depth + 1)
        # A comment alone is not a paragraph.
        if any(not isinstance(inline, Text) or inline.text.strip() for inline in inlines):
            span = reading.block_span(node.token)
            if len(pieces) > 1:
                span = reading.source.around(*(inline.span for inline in inlines))
            blocks.append(Paragraph(inlines, span=span))
        if equation is not None:
            span = origin.span(equation.meta["start"], equation.meta["end"])
            blocks.append(read_equation(reading, equation, span))
    return blocks


def _pieces(tokens: list[Token]) -> Iterator[tuple[list[Token], Token | None]]:
    """Divide the tokens of a paragraph at its equations, which close and reopen what they part.

    A citation is not divided: its words stay with their key.
    """
    piece: list[Token] = []
    opened: list[Token] = []
    citing = False
    for token in tokens:
        if token.type in ("citation_open", "citation_close"):
            citing = token.nesting > 0
        if token.type == "formula" and token.meta["displayed"] and not citing:
            closing = [_cut(t, f"{t.type}_cut", -1, token.meta["start"]) for t in opened]
            yield [*piece, *closing], token
            opened = [_cut(t, t.type, 1, token.meta["end"]) for t in opened]
            piece = [*opened]
            continue
        piece.append(token)
        opened = [*opened, token] if token.nesting > 0 else opened[: token.nesting or None]
    yield piece, None


def _cut(token: Token, kind: str, nesting: Literal[-1, 1], at: int) -> Token:
    """Return a token that closes or reopens what an equation divides."""
    meta = {**token.meta, "start": at, "end": at}
    return Token(kind, token.tag, nesting, attrs=token.attrs, info=token.info, meta=meta)


def _figure(reading: Reading, node: Nested, image: Nested, depth: int) -> Block | None:
    token, origin = image.token, reading.origin(node.children[0].token)
    span = origin.span(token.meta["start"], token.meta["end"])
    # The text in the brackets is read separately: it begins after `![`.
    inside = origin.shifted(token.meta["start"] + len("!["))
    name = image_name(token)
    if name.lower().endswith(".csv"):
        caption = read_inlines(reading, token.children or [], inside, depth + 1)
        attributes: Attributes = token.meta.get("attributes") or Attributes()
        beside = read_beside(reading, attributes, origin)
        return read_csv_table(reading, name, caption, attributes, span, beside)
    label = add_label(reading, token, inside, "figure")
    # An image comes before its caption in the tree, but needs the caption's words.
    if below := token.meta.get("caption"):
        caption = read_inlines(reading, below.children or [], reading.origin(below), depth + 1)
    else:
        caption = read_inlines(reading, token.children or [], inside, depth + 1)
    words = bare(token.children or []) if below else ""
    picture = read_image(reading, token, words or plain(caption), span)
    stem = name.rpartition("/")[2].rpartition(".")[0]
    anchor = label or _anchor(reading, node, image, stem, span)
    beside = read_beside(reading, token.meta.get("attributes"), origin)
    texts = beside.subtitle, beside.source, beside.notes
    return Figure(anchor, picture, caption, *texts, span=span)


def _anchor(reading: Reading, node: Nested, image: Nested, words: str, span: Span) -> Anchor:
    attributes = image.token.meta.get("attributes") or Attributes()
    if not attributes.anchor:
        return reading.anchors.make("figure", words, span)
    place = _place(reading, node, attributes)
    return reading.anchors.add(written_anchor(attributes.anchor), place, "figure")


def _place(reading: Reading, node: Nested, attributes: Attributes) -> Span:
    """Return where an anchor is written: in the text of its block, or elsewhere."""
    at = attributes.anchor_place
    if at < 0:
        at = reading.origin(node.children[0].token).at(attributes.anchor_at)
    return reading.source.span(at, at + len(attributes.anchor))


def _heading(reading: Reading, node: Nested, depth: int) -> Heading:
    token, span = node.token, reading.block_span(node.token)
    attributes: Attributes = token.meta.get("attributes") or Attributes()
    content = node.children[0].token
    label = add_label(reading, content, reading.origin(content), "section")
    inlines = inlines_of(reading, node, depth)
    if label:
        anchor = label
    elif attributes.anchor:
        place = _place(reading, node, attributes)
        anchor = reading.anchors.add(written_anchor(attributes.anchor), place, "section")
    else:
        anchor = reading.anchors.make("section", heading_words(inlines), span)
    level, skipped = reading.levels.place(int(token.tag[1]), span)
    reading.diagnostics += skipped
    classes = attributes.classes
    numbered = reading.numbered and "unnumbered" not in classes
    return Heading(level, anchor, inlines, numbered, "new-page" in classes, span=span)


def _list(reading: Reading, node: Nested, depth: int) -> List:
    ordered = node.token.type == "ordered_list_open"
    items = tuple(_item(reading, item, ordered, depth + 1) for item in node.children)
    loose = any(
        block.token.type == "paragraph_open" and not block.token.hidden
        for item in node.children
        for block in item.children
    )
    start = int(node.token.attrs.get("start", 1))
    span = reading.block_span(node.token)
    default = Enumerator(after=")" if node.token.markup == ")" else ".")
    enumerator: Enumerator = node.token.meta.get("enumerator", default)
    return List(ordered, start, not loose, items, enumerator, span=span)


def _item(reading: Reading, node: Nested, ordered: bool, depth: int) -> ListItem:
    anchor = Anchor("item", str(reading.next("item"))) if ordered else None
    blocks = read_blocks(reading, node.children, depth + 1)
    checked: bool | None = node.token.meta.get("checked")
    return ListItem(blocks, checked, anchor, span=reading.block_span(node.token))


def _definitions(reading: Reading, node: Nested, depth: int) -> tuple[Definition, ...]:
    definitions: list[Definition] = []
    for child in node.children:
        span = reading.block_span(child.token)
        if child.token.type == "dt_open":
            term = inlines_of(reading, child, depth)
            span = reading.source.around(span, *(inline.span for inline in term))  # of a term ">"
            definitions.append(Definition(term, (), span=span))
        else:
            last = definitions[-1]
            description = read_blocks(reading, child.children, depth + 1)
            descriptions = (*last.descriptions, description)
            span = reading.source.around(last.span, span)
            definitions[-1] = Definition(last.term, descriptions, span=span)
    return tuple(definitions)

"""Fenced parts, callouts in quotes, and the figures and tables that Quarto puts in a part."""

from __future__ import annotations

from collections.abc import Sequence

from markdown_it.token import Token

from ...diagnostics import Span, did_you_mean
from ...model import MAIN_PARTS, Inlines, Part, Quote
from .anchors import written_anchor
from .attributes import Attributes
from .foreign import report_word_style
from .grammar import parse_inlines
from .inclusions import inclusion_hint
from .inlines import inlines_of, read_inlines
from .layouts import is_layout, read_tabs
from .origins import Origin
from .reading import Nested, Reading

LANDSCAPE = "landscape"
_THEOREMS = (  # how the anchors of theorems and their like begin in Quarto
    *("thm-", "lem-", "cor-", "prp-", "cnj-", "def-", "exm-", "exr-", "sol-", "rem-", "alg-"),
    "hyp-",
)
PARTS = (
    *("summary", "key-findings", "figures", "callout", "aside", "pull-quote", "follow-ups"),
    *("claim", "corrections", LANDSCAPE),
)


def read_part(reading: Reading, node: Nested, depth: int) -> Part:
    attributes: Attributes = node.token.meta["attributes"]
    span = reading.block_span(node.token)
    children = node.children
    kind = part_kind(reading, attributes.classes, span, depth)
    if any(name.startswith("callout-") for name in attributes.classes):
        kind = "callout"  # Quarto's notes, tips and warnings
    if not kind and attributes.anchor.startswith(_THEOREMS):
        kind = "callout"
        message = f"`{attributes.anchor}`, which Quarto numbers, is a callout without a number"
        hint = 'write `::: {.callout title="…"}`, and say in words where you refer to it'
        reading.report("unread-markup", message, span, hint)
    _give_caption(reading, node, attributes)
    report_word_style(reading, attributes, span)
    layout = not kind and is_layout(reading, attributes.classes, span)
    if not kind and not layout and {*attributes.classes} - {"table", LANDSCAPE}:
        name = attributes.classes[0]
        hint = inclusion_hint(f"{name} {attributes.values.get('title', '')}")
        hint = hint or did_you_mean(name, PARTS) or f"known are: {', '.join(PARTS)}"
        reading.report("unknown-part", f"there is no part `{name}`", span, hint)
    if not node.token.meta["closed"]:
        message = f"the part `{kind or 'here'}` is never closed"
        hint = f"close it with a line `{node.token.markup or ':::'}`"
        reading.report("unclosed-part", message, span, hint)
    if kind in MAIN_PARTS:
        reading.levels.begin_part(kind)
    title = _title(reading, attributes)
    if kind == "callout" and not title and children and children[0].token.type == "heading_open":
        title, children = inlines_of(reading, children[0], depth), children[1:]
    blocks = read_tabs(reading, attributes.classes, children, depth)
    return Part(kind, title, blocks, reading.lang_of(attributes, span), span=span)


def part_kind(reading: Reading, classes: Sequence[str], span: Span, depth: int) -> str:
    """Return the kind of part that classes ask for, "" for none.

    Pages are turned for what stands in nothing else; elsewhere, this is reported.
    """
    kind = next((name for name in classes if name in PARTS), "")
    if kind != LANDSCAPE or depth == 1:
        return kind
    message = "what stands in something else cannot have a page in landscape"
    reading.report("unread-markup", message, span, "put it between the other blocks of the text")
    return ""


def read_quote(reading: Reading, node: Nested, depth: int) -> Quote | Part:
    """Return a quotation, or the callout that GitHub and Obsidian write as one."""
    span = reading.block_span(node.token)
    title: Token | None = node.token.meta.get("callout")
    blocks = reading.read_blocks(node.children, depth + 1)
    if title is None:
        return Quote(blocks, span=span)
    tokens = parse_inlines(title.content, reading.env)
    inlines = read_inlines(reading, tokens, reading.origin(title), depth + 1)
    return Part("callout", inlines, blocks, span=span)


def _title(reading: Reading, attributes: Attributes) -> Inlines:
    """Return the title of a part, Markdown in an attribute: `::: {.callout title="So *what*"}`."""
    key = "title" if "title" in attributes.values else "name"  # the latter of theorems
    text = attributes.values.get(key, "")
    if not text:
        return ()
    origin = Origin(reading.source, [0], [attributes.values_at[key]])
    return read_inlines(reading, parse_inlines(text, reading.env), origin, 1)


def _share_anchor(reading: Reading, node: Nested, attributes: Attributes, first: Token) -> None:
    """Let the anchor of several figures lead to the first: each has a number of its own."""
    anchor = written_anchor(attributes.anchor)
    own: Attributes = first.meta.get("attributes") or Attributes()
    if own.anchor:
        reading.shared[anchor] = written_anchor(own.anchor)
    else:
        own.anchor, own.anchor_place = attributes.anchor, attributes.anchor_place
        first.meta["attributes"] = own
    message = f"the figures of `{anchor}` are numbered one by one; `@{anchor}` refers to the first"
    hint = "give each an anchor, or make them one picture"
    reading.report("unread-markup", message, reading.block_span(node.token), hint)


def _give_caption(reading: Reading, node: Nested, attributes: Attributes) -> None:
    """Give the anchor of `::: {#tbl-x}`, and the caption in it, to the table or figure inside.

    The caption is the last paragraph (Quarto, "Cross-reference divs"), or MyST's title.
    """
    kind = written_anchor(attributes.anchor).kind
    is_table = attributes.classes == ["table"]
    if kind not in ("table", "figure") and not is_table:
        return
    anchor = Attributes()
    anchor.anchor, anchor.anchor_place = attributes.anchor, attributes.anchor_place
    tables = [child.token for child in node.children if child.token.type == "table_open"]
    images = [image for child in node.children if (image := _image(child))]
    if len(images) > 1 and not tables and attributes.anchor:
        _share_anchor(reading, node, attributes, images[0])
    if len(tables) + len(images) != 1:
        return
    found = (tables or images)[0]
    if attributes.anchor:
        own = found.meta.get("attributes") or Attributes()
        anchor.classes, anchor.values, anchor.values_at = own.classes, own.values, own.values_at
        found.meta["attributes"] = anchor
    paragraph = node.children[-1]
    if is_table and attributes.values.get("title"):
        at = attributes.values_at.pop("title")
        found.meta["caption_text"] = attributes.values.pop("title"), at
        return
    is_caption = paragraph.token.type == "paragraph_open" and not _image(paragraph)
    if is_caption and "caption" not in found.meta:
        paragraph.token.meta["is_caption"] = True
        caption = paragraph.children[0].token
        found.meta.update(caption=caption, caption_paragraph=paragraph.token)


def _image(node: Nested) -> Token | None:
    if node.token.type != "paragraph_open":
        return None
    tokens = node.children[0].token.children or []
    return tokens[0] if len(tokens) == 1 and tokens[0].type == "image" else None

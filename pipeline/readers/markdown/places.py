"""After blocks are read and before inlines are: the place of each.

Attributes of headings and captions, the sign of a caption and the box of a task are removed here.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, MutableMapping
from typing import Any

from markdown_it.common.utils import normalizeReference
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

from ...model import Anchor
from ..source import Source
from .anchors import slug
from .attributes import Attributes, trailing_attributes
from .block_rules import CAPTION
from .origins import BLANKS, Origin, paragraph_origin

MARGIN = "> \t"  # what precedes the lines of a block in quotes and lists
CONTAINERS = frozenset((
    "blockquote_open", "bullet_list_open", "ordered_list_open", "list_item_open", "dl_open",
    "dd_open", "footnote_reference_open", "part_open",
))  # fmt: skip
CALLOUT = re.compile(r"\[!(?P<kind>[A-Za-z]+)\][+-]?[ \t]*(?P<title>[^\n]*)(?:\n|\Z)")
_EMPHASIS = re.compile(r"(?<!\w)_+|_+(?!\w)")
_SPAN = re.compile(r"\[[^\[\]@]*\]\Z")
TASK = re.compile(r"\[(?P<done>[ xX])\][ \t]+(?=\S)")


def place_tokens(source: Source, tokens: list[Token], beginnings: Mapping[int, int]) -> None:
    """Give tokens of blocks the offsets of their "beginning" and "ending".

    `beginnings` has those noted while reading, by index of the token. It lacks list items: they
    begin after the marks of quotes.
    """
    around: list[Token] = []  # the blocks that a token stands in
    for index, token in enumerate(tokens):
        if token.nesting < 0:
            around.pop()
        elif token.map is not None and "ending" not in token.meta:
            first, last = token.map[0], max(token.map[1] - 1, token.map[0])
            row = source.line(first)
            typed = source.starts[first] + len(row) - len(row.lstrip(MARGIN))
            outer = around[-1].meta["beginning"] if around else 0
            margin = MARGIN if token.type in CONTAINERS else BLANKS
            while last > first and not source.line(last).strip(margin):
                last -= 1
            ending = source.starts[last] + len(source.line(last).rstrip(BLANKS))
            token.meta.update(beginning=beginnings.get(index, max(typed, outer)), ending=ending)
            for container in around:
                container.meta["ending"] = max(container.meta["ending"], ending)
        if token.nesting > 0:
            around.append(token if "ending" in token.meta else around[-1])  # a cell: its table


def place_blocks(state: StateCore) -> None:
    """Give blocks their places, and inlines their "origin"."""
    source: Source = state.env["source"]
    tokens = state.tokens
    place_tokens(source, tokens, state.env["beginnings"])
    table: Token | None = None
    for index, token in enumerate(tokens):
        if token.type == "table_open":
            table = token
        if token.type != "inline":
            continue
        opening = tokens[index - 1]
        if "origin" not in token.meta:
            token.meta["origin"] = _origin(source, token, opening)
        if opening.type == "heading_open":
            whole = token.content
            _take_attributes(token, opening)
            if _SPAN.search(token.content) and not whole[len(token.content) :].startswith(" "):
                token.content = whole  # `[Words]{#anchor}`: those of a span in the heading
            _name(state.env, token.content, opening)
        elif opening.type == "paragraph_open":
            _take_caption(tokens, index, table)
            if tokens[index - 2].type == "blockquote_open" and index > 1:
                _take_callout(token, tokens[index - 2])
            if tokens[index - 2].type == "list_item_open" and index > 1:
                _take_task(token, tokens[index - 2])


def _origin(source: Source, token: Token, opening: Token) -> Origin:
    if opening.type == "heading_open" and opening.markup.startswith("#"):
        after_marks = opening.meta["beginning"] + len(opening.markup)
        return Origin(source, [0], [source.text.index(token.content, after_marks)])
    line, end = token.map or (0, 0)
    words = token.content.partition("\n")[0].strip(BLANKS)
    while line + 1 < end and words not in source.line(line):
        line += 1  # one of ideographic spaces alone, say, which markdown-it-py strips
    return paragraph_origin(source, token.content, line)


def _take_attributes(token: Token, opening: Token) -> None:
    found = trailing_attributes(token.content)
    if found:
        opening.meta["attributes"], start = found
        token.content = token.content[:start].rstrip()


def _name(env: MutableMapping[str, Any], words: str, heading: Token) -> None:
    """Let `[The cost]`, `[The cost][]` and `[there][The cost]` be links to a heading.

    A definition of these words comes first, then the first heading (pandoc's User's Guide,
    implicit_header_references). A heading with citations or links has no such name.
    """
    if "[" not in words and any(c.isalpha() for c in words):
        attributes: Attributes = heading.meta.get("attributes") or Attributes()
        made = Anchor("section", slug(_EMPHASIS.sub("", words)))
        address = f"#{attributes.anchor or made}"
        named = env.setdefault("references", {})
        named.setdefault(normalizeReference(words), {"title": "", "href": address})


def _take_caption(tokens: list[Token], index: int, previous: Token | None) -> None:
    """Give a caption to the table above it, or to the one below if that above has one."""
    paragraph, token = tokens[index - 1], tokens[index]
    found = CAPTION.match(token.content)
    if not found:
        return
    above = previous if tokens[index - 2].type == "table_close" and index > 1 else None
    below = tokens[index + 2] if index + 2 < len(tokens) else None
    if above is not None and "caption" not in above.meta:
        table = above
    elif below is not None and below.type == "table_open":
        table = below
    else:
        return
    table.meta.update(caption=token, caption_paragraph=paragraph)
    paragraph.meta["is_caption"] = True
    _take_attributes(token, table)
    token.content = token.content[found.end() :]
    token.meta["origin"] = token.meta["origin"].shifted(found.end())
    token.meta["cut"] = found.end()


def _take_callout(token: Token, quote: Token) -> None:
    """Give `[!NOTE] Title` of GitHub and Obsidian to the quote that it makes a callout."""
    found = CALLOUT.match(token.content)
    if not found:
        return
    origin: Origin = token.meta["origin"]
    title = Token("inline", "", 0)
    named = found["title"].strip()
    title.content = named or found["kind"].capitalize()
    start = found.start("title") if named else found.start("kind")
    title.meta["origin"] = origin.shifted(start)
    quote.meta["callout"] = title
    token.content = token.content[found.end() :]
    token.meta["origin"] = origin.shifted(found.end())


def _take_task(token: Token, item: Token) -> None:
    found = TASK.match(token.content)
    if found:
        item.meta["checked"] = found["done"] != " "
        token.content = token.content[found.end() :]
        token.meta["origin"] = token.meta["origin"].shifted(found.end())

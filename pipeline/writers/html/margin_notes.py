"""Asides that stand in the margin, beside the text that follows them, where a page has room."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import takewhile

from ...direction import is_right_to_left
from ...model import (
    Block,
    Code,
    Footnote,
    FootnoteReference,
    Heading,
    Image,
    List,
    Math,
    Paragraph,
    Part,
    Quote,
    Text,
    walk,
)
from .page import Page

LEAST_GUTTER = 30.0  # millimetres of a margin that has room for lines of words
_LONGEST = 600  # characters of a note: a quarter of a page
_BESIDE = 2.5  # characters of text that are as tall as one in the margin, with some to spare


def is_margin_note(part: Part, page: Page) -> bool:
    """Say whether an aside may stand in the margin: it is short, and the text after it is taller,
    up to whatever may need the margin itself.

    Text from right to left has its asides in boxes: the proof reads its lines as a whole.
    """
    blocks = page.numbered.brief.blocks
    place = next((i for i, block in enumerate(blocks) if block is part), -1)
    if part.kind != "aside" or place < 0 or is_right_to_left(page.lang) or part.lang:
        return False
    if any(isinstance(block, Paragraph) and block.anchor for block in blocks):
        return False  # numbers of paragraphs hang there
    if not all(isinstance(block, Paragraph | List) for block in part.blocks):
        return False
    if any(isinstance(n, Footnote | FootnoteReference | Image | Math) for n in walk(part)):
        return False
    after = takewhile(_is_text, blocks[place + 1 :])
    length = _characters([part])
    return length <= _LONGEST and _characters(after) >= length * _BESIDE


def _is_text(block: Block) -> bool:
    return isinstance(block, Heading | Paragraph | List | Quote)


def _characters(blocks: Iterable[Block]) -> int:
    nodes = (node for block in blocks for node in walk(block))
    return sum(len(node.text) for node in nodes if isinstance(node, Text | Code))

"""What stands above and below the text of a brief: title block and imprint."""

from __future__ import annotations

from collections.abc import Sequence

from ...model import Inlines
from ...title_block import BETWEEN_AUTHORS, BETWEEN_FACTS, Fact, TitleBlock
from ...xml import Element
from .context import Context
from .inlines import inlines_to_runs
from .runs import RunFormat, paragraph, text_runs


def title_lines(block: TitleBlock, context: Context) -> list[tuple[str, Element]]:
    """Return the lines of the title block, each with the name of the field of a reference docx that
    holds the same ("" for none). The title comes first: other programs expect it."""
    placed = context.template.placed
    authors = "" if "authors" in placed else BETWEEN_AUTHORS.join(block.authors)
    title = _inlines("title", block.title, context)
    lines = (
        ("title", "Title", title or _text(context.numbered.brief.title, context)),
        ("subtitle", "Subtitle", _inlines("subtitle", block.subtitle, context)),
        ("", "Author", _key("authors", _text(authors, context), context)),
        ("", "Date", _facts([f for f in block.facts if placed.isdisjoint(f.fields)], context)),
        ("disclaimer", "Disclaimer", _inlines("disclaimer", block.disclaimer, context)),
    )
    return [(name, paragraph(style, content)) for name, style, content in lines if content]


def _inlines(key: str, inlines: Inlines, context: Context) -> list[Element]:
    return _key(key, inlines_to_runs(inlines, context), context)


def _text(text: str, context: Context) -> list[Element]:
    return text_runs(text, context.run_format)


def _facts(facts: Sequence[Fact], context: Context) -> list[Element]:
    line: list[Element] = []
    for fact in facts:
        line += _text(BETWEEN_FACTS, context) if line else []
        line += _key(fact.key, _text(fact.text, context), context)
    return line


def _key(key: str, content: list[Element], context: Context) -> list[Element]:
    """Return what a key of the front matter prints inside its bookmark; nothing for nothing."""
    front = context.numbered.brief.front
    return context.bookmarks.key(front, key, content) if content else []


def imprint(block: TitleBlock, context: Context) -> list[Element]:
    """Return the lines below the list of references."""
    label = RunFormat(style="Strong", bold=True, right_to_left=context.right_to_left)
    return [
        paragraph(
            "Imprint",
            [
                *text_runs(f"{line.label} ", label),
                *_key(line.field, _text(line.text, context), context),
            ],
        )
        for line in block.imprint
        if line.field not in context.template.placed
    ]

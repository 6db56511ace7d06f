"""What stands above and below the text of a brief: title block and imprint."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from ...first_page import first_page_lines
from ...kept_words import TITLE, with_full_last_line
from ...model import Change, Inlines
from ...title_block import (
    BETWEEN_FACTS,
    Fact,
    ImprintLine,
    TitleBlock,
    between_authors,
    title_block,
    versions,
    versions_of_facts,
    versions_of_lines,
)
from ...xml import Element
from .changes import in_change, marked_line, with_own_end
from .context import Context
from .inlines import inlines_to_runs
from .runs import RunFormat, paragraph, text_runs


def title_lines(block: TitleBlock, context: Context) -> list[tuple[str, Element]]:
    """Return the lines of the title block, each with the name of the field of a reference docx that
    holds the same ("" for none). The title comes first: other programs expect it."""
    title = _inlines("title", block.title, context)
    lines = (
        ("title", "Title", title or _text(context.numbered.brief.title, context)),
        ("subtitle", "Subtitle", _inlines("subtitle", block.subtitle, context)),
        ("", "Author", _key("authors", _authors(block, context), context)),
        ("", "Date", _facts(block, context)),
    )
    disclaimer = _inlines("disclaimer", block.disclaimer, context)
    return [
        *(_line(*line, context) for line in lines if line[2]),
        *(("", line) for line in _first_page(context)),
        *((_line("disclaimer", "Disclaimer", disclaimer, context),) if disclaimer else ()),
    ]


def _line(name: str, style: str, content: list[Element], context: Context) -> tuple[str, Element]:
    return name, with_own_end(paragraph(style, content), context)


def _inlines(key: str, inlines: Inlines, context: Context) -> list[Element]:
    held = with_full_last_line(inlines, TITLE)
    return _key(key, inlines_to_runs(held, context), context)


def _text(text: str, context: Context) -> list[Element]:
    return text_runs(text, context.run_format)


def _older(block: TitleBlock, context: Context) -> TitleBlock:
    """Return the title block of the older edition of a redline; else the same one."""
    redline = context.numbered.redline
    return title_block(redline.older.brief) if redline else block


def _version(
    write: Callable[[Context], list[Element]], change: Change | None, context: Context
) -> list[Element]:
    if change is None:
        return write(context)
    return marked_line(write(in_change(context, change)), change, context)


def _authors(block: TitleBlock, context: Context) -> list[Element]:
    if "authors" in context.template.placed:
        return []
    line: list[Element] = []
    for authors, change in versions(_older(block, context).authors, block.authors):
        said = between_authors(context.lang).join(authors)
        line += _version(partial(_text, said), change, context)
    return line


def _facts(block: TitleBlock, context: Context) -> list[Element]:
    placed = context.template.placed
    sides = (_older(block, context).facts, block.facts)
    shown = ([fact for fact in side if placed.isdisjoint(fact.fields)] for side in sides)
    line: list[Element] = []
    for fact_versions in versions_of_facts(*shown):
        line += _text(BETWEEN_FACTS, context) if line else []
        for facts, change in fact_versions:
            line += _version(partial(_facts_line, facts), change, context)
    return line


def _facts_line(facts: Sequence[Fact], context: Context) -> list[Element]:
    line: list[Element] = []
    for fact in facts:
        line += _text(BETWEEN_FACTS, context) if line else []
        line += _key(fact.key, _text(fact.text, context), context)
    return line


def _key(key: str, content: list[Element], context: Context) -> list[Element]:
    """Return what a key of the front matter prints inside its bookmark; nothing for nothing."""
    front = context.numbered.brief.front
    return context.bookmarks.key(front, key, content) if content else []


def _first_page(context: Context) -> list[Element]:
    """Return what the first page says below the facts."""
    redline, house = context.numbered.redline, context.house
    new = first_page_lines(context.numbered, house)
    old = first_page_lines(redline.older, house) if redline else new
    return _lines("About", old, new, context)


def imprint(block: TitleBlock, context: Context) -> list[Element]:
    """Return the lines below the list of references."""
    return _lines("Imprint", _older(block, context).imprint, block.imprint, context)


def _lines(
    style: str, old: Sequence[ImprintLine], new: Sequence[ImprintLine], context: Context
) -> list[Element]:
    found = []
    for line_versions in versions_of_lines(old, new):
        content: list[Element] = []
        for line, change in line_versions:
            if line.field not in context.template.placed:
                content += _version(partial(_imprint_line, line), change, context)
        if content:
            found.append(with_own_end(paragraph(style, content), context))
    return found


def _imprint_line(line: ImprintLine, context: Context) -> list[Element]:
    label = RunFormat(style="Strong", bold=True, right_to_left=context.right_to_left)
    return [
        *(text_runs(f"{line.label} ", label) if line.label else ()),
        *_key(line.field, _text(line.text, context), context),
    ]

"""What stands above and below the text of a brief: title block and imprint."""

from __future__ import annotations

from ...model import Inlines
from ...title_block import BETWEEN_AUTHORS, BETWEEN_FACTS, TitleBlock
from ...xml import Element
from .context import Context
from .inlines import inlines_to_runs
from .languages import wide_characters
from .runs import RunFormat, paragraph, text_runs

_CHARACTER = 0.5  # width of a character of the header, in its size


def title_lines(block: TitleBlock, context: Context) -> list[tuple[str, Element]]:
    """Return the lines of the title block, each with the name of the field of a reference docx that
    holds the same ("" for none). The title comes first: other programs expect it."""
    placed = context.template.placed
    authors = "" if "authors" in placed else BETWEEN_AUTHORS.join(block.authors)
    facts = (fact.text for fact in block.facts if placed.isdisjoint(fact.fields))
    title = _inlines("Title", block.title, context)
    lines = (
        ("title", title or _line("Title", context.numbered.brief.title, context)),
        ("subtitle", _inlines("Subtitle", block.subtitle, context)),
        ("", _line("Author", authors, context)),
        ("", _line("Date", BETWEEN_FACTS.join(facts), context)),
        ("disclaimer", _inlines("Disclaimer", block.disclaimer, context)),
    )
    return [(name, line) for name, found in lines for line in found]


def _inlines(style: str, inlines: Inlines, context: Context) -> list[Element]:
    if not inlines:
        return []
    front = context.numbered.brief.front
    content = context.bookmarks.block(front, inlines_to_runs(inlines, context))
    return [paragraph(style, content)]


def _line(style: str, text: str, context: Context) -> list[Element]:
    return [paragraph(style, text_runs(text, context.run_format))] if text else []


def imprint(block: TitleBlock, context: Context) -> list[Element]:
    """Return the lines below the list of references."""
    label = RunFormat(style="Strong", bold=True, right_to_left=context.right_to_left)
    return [
        paragraph(
            "Imprint",
            [*text_runs(f"{line.label} ", label), *text_runs(line.text, context.run_format)],
        )
        for line in block.imprint
        if line.field not in context.template.placed
    ]


def running_title(context: Context) -> str:
    """Return the title so that it stands beside the name of the house on one line."""
    title, house = context.numbered.brief.title, context.house
    room = int(context.text_width / 20 / (house.sizes["small"] * _CHARACTER)) - len(house.name) - 4
    if len(title) + wide_characters(title) <= room:
        return title
    longest = room // 2 if wide_characters(title) else room
    return title[:longest].rsplit(" ", 1)[0].rstrip(" ,;:–—-") + "…"

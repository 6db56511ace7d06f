"""What stands above and below the text of a brief: title block and imprint."""

from __future__ import annotations

from ...model import Inlines
from ...title_block import BETWEEN_AUTHORS, BETWEEN_FACTS, TitleBlock
from .inlines import inlines_to_runs
from .runs import Dress, paragraph, text_run
from .writing import Writing


def title_block_to_xml(block: TitleBlock, writing: Writing) -> str:
    """Return the title and what belongs to it. The title comes first: other programs expect it."""
    placed = writing.placed
    authors = "" if "authors" in placed else BETWEEN_AUTHORS.join(block.authors)
    facts = (fact.text for fact in block.facts if placed.isdisjoint(fact.fields))
    parts = (
        _inlines("Title", block.title, writing)
        or _line("Title", writing.numbered.brief.title, writing),
        _inlines("Subtitle", block.subtitle, writing),
        _line("Author", authors, writing),
        _line("Date", BETWEEN_FACTS.join(facts), writing),
        _inlines("Disclaimer", block.disclaimer, writing),
    )
    return "".join(parts)


def _inlines(style: str, inlines: Inlines, writing: Writing) -> str:
    if not inlines:
        return ""
    front = writing.numbered.brief.front
    return paragraph(style, writing.block(front, inlines_to_runs(inlines, writing)))


def _line(style: str, text: str, writing: Writing) -> str:
    return paragraph(style, text_run(text, writing.dress)) if text else ""


def imprint_to_xml(block: TitleBlock, writing: Writing) -> str:
    """Return the lines below the list of references."""
    label = Dress(style="Strong", bold=True, right_to_left=writing.right_to_left)
    return "".join(
        [
            paragraph(
                "Imprint",
                text_run(f"{line.label} ", label) + text_run(line.text, writing.dress),
            )
            for line in block.imprint
            if line.field not in writing.placed
        ]
    )

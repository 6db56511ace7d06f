"""Rules on what the author wrote: headings, pictures, budgets."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..diagnostics import Diagnostic, Span
from ..model import (
    Brief,
    Chart,
    Figure,
    Heading,
    Image,
    Text,
    plain,
    walk,
)
from ..styles import House

HAND_TYPED_NUMBER = re.compile(r"\d{1,2}(?:\.\d{1,2})*\.\s|\d{1,2}(?:\.\d{1,2})+\s")


def missing_title(brief: Brief, house: House) -> Iterator[Diagnostic]:
    if brief.blocks and not plain(brief.front.title):
        yield Diagnostic(
            "missing-title",
            "the brief has no title",
            brief.span,
            "write `title: …` in the front matter, or begin with a `# Heading`",
        )


def missing_alt(brief: Brief, house: House) -> Iterator[Diagnostic]:
    for node in walk(brief):
        if isinstance(node, Image) and not node.alt.strip():
            yield Diagnostic(
                "missing-alt",
                f"the image `{node.src}` has no alternative text",
                node.span,
                'say what it shows: ![Caption](file.png){alt="…"}',
            )


def missing_chart_alt(brief: Brief, house: House) -> Iterator[Diagnostic]:
    for node in walk(brief):
        if isinstance(node, Chart) and not node.alt.strip():
            yield Diagnostic(
                "missing-alt",
                "the chart has no alternative text",
                node.span,
                "say what it shows in a line `alt: …` of the block",
            )


def repeated_alt(brief: Brief, house: House) -> Iterator[Diagnostic]:
    for node in walk(brief):
        match node:
            case Figure(image=image, caption=caption):
                alt, said = image.alt, [plain(caption), image.src.rpartition("/")[2]]
            case Chart(alt=alt, caption=caption):
                said = [plain(caption)]
            case _:
                continue
        if _bare(alt) and _bare(alt) in map(_bare, said):
            message = f"the alternative text says only “{alt}”, which is printed or named already"
            hint = 'say what it shows, with the figures that matter: {alt="…"}'
            yield Diagnostic("repeated-alt", message, node.span, hint)


def _bare(text: str) -> str:
    return "".join(filter(str.isalnum, text)).casefold()


def hand_typed_number(brief: Brief, house: House) -> Iterator[Diagnostic]:
    """One finding for all: who numbers one heading by hand numbers every one."""
    typed: list[tuple[str, Span]] = []
    for node in walk(brief):
        if isinstance(node, Heading) and node.numbered and node.inlines:
            first = node.inlines[0]
            if isinstance(first, Text) and (found := HAND_TYPED_NUMBER.match(first.text)):
                number = found[0].strip()
                typed.append((number, first.span.piece(0, len(number))))
    if not typed:
        return
    number, place = typed[0]
    subject, verb = f"the heading begins with `{number}`", "is"
    if len(typed) > 1:
        subject, verb = f"{len(typed)} headings begin with a number, the first `{number}`", "are"
    hint = "leave the numbers out, or write `number-sections: false` in the front matter"
    if len(typed) == 1:
        hint = "leave the number out, or mark the heading {.unnumbered}"
    message = f"{subject}, but {verb} numbered automatically"
    yield Diagnostic("hand-typed-number", message, place, hint)


def word_budget(brief: Brief, house: House) -> Iterator[Diagnostic]:
    words = sum(len(node.text.split()) for node in walk(brief) if isinstance(node, Text))
    if words > house.budgets["words"]:
        yield Diagnostic(
            "word-budget",
            f"the brief has {words} words; the house allows {house.budgets['words']:.0f}",
            brief.span,
        )

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
from ..text import names_picture

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
    """A picture or chart without alternative text, or with the name of a file in its place."""
    for node in walk(brief):
        match node:
            case Image(src=src) if not node.alt.strip() or _says_file(node):
                message = f"the image `{src}` has no alternative text"
                hint = 'say what it shows: ![Caption](file.png){alt="…"}'
            case Chart(alt=alt) if not alt.strip() or names_picture(alt):
                message = "the chart has no alternative text"
                hint = "say what it shows in a line `alt: …` of the block"
            case _:
                continue
        yield Diagnostic("missing-alt", message, node.span, hint)


def repeated_alt(brief: Brief, house: House) -> Iterator[Diagnostic]:
    for node in walk(brief):
        match node:
            case Figure(image=image, caption=caption):
                alt = "" if _says_file(image) else image.alt
            case Chart(alt=alt, caption=caption):
                pass
            case _:
                continue
        if _bare(alt) and _bare(alt) == _bare(plain(caption)):
            message = f"the alternative text says only “{alt}”, which is printed already"
            hint = 'say what it shows, with the figures that matter: {alt="…"}'
            yield Diagnostic("repeated-alt", message, node.span, hint)


def _says_file(image: Image) -> bool:
    return names_picture(image.alt) or _bare(image.alt) == _bare(image.file_name)


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

"""What a file should bear, by the one table of numbers."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Sequence
from itertools import islice

from ..labels import cross_reference_term
from ..language.terms import term
from ..marks import UNRESOLVED, MarkNumber, MarkPart, MarkRange, mark
from ..model import (
    Anchor,
    Chart,
    Citation,
    CrossReference,
    Equation,
    Figure,
    Footnote,
    FootnoteReference,
    Heading,
    Node,
    Table,
    walk,
)
from ..model import plain as bare
from ..model.references import plain
from ..numbering import NumberedBrief
from .printed import Printed, PrintedEntry, PrintedNumber
from .texts import label_number, squeezed


def expected(numbered: NumberedBrief) -> Printed:
    """Return what every output of a brief must bear."""
    return Printed(
        tuple(_numbers(numbered.brief, numbered)),
        tuple(
            PrintedEntry(
                reference.key,
                numbered.numbers[reference.anchor],
                squeezed(plain(numbered.entry(reference))),
            )
            for reference in numbered.bibliography
        ),
        tuple(_repeated(numbered)),
    )


def _repeated(numbered: NumberedBrief) -> Iterator[PrintedNumber]:
    """Yield what contents, links back from the reference list, and links of ranges may say."""
    for reference in numbered.bibliography:
        yield label_number(str(reference.anchor), numbered.numbers[reference.anchor])
    for node in walk(numbered.brief):
        if isinstance(node, Heading) and node.anchor in numbered.numbers:
            number = numbered.numbers[node.anchor]
            yield PrintedNumber(str(node.anchor), number, "", number)
    for places in numbered.cited_at.values():
        for place in places:
            yield label_number(str(place.citation), place.label)


def _numbers(top: Node, numbered: NumberedBrief) -> Iterator[PrintedNumber]:
    """Yield every number at and below a node, in reading order."""
    numbers, lang = numbered.numbers, numbered.brief.front.lang
    nodes = walk(top)
    for node in nodes:
        match node:
            case Citation():
                yield from _mark_numbers(node, numbered)
                # What stands below a citation is printed by its mark, in the order of the mark.
                below = sum(1 for _ in walk(node)) - 1
                deque(islice(nodes, below), maxlen=0)
            case CrossReference(anchor=anchor):
                number = numbers[anchor]
                text = f"{cross_reference_term(anchor, lang)} {number}"
                yield PrintedNumber(str(anchor), number, "", text, "")
            case Heading(anchor=anchor) | Equation(anchor=Anchor() as anchor) if anchor in numbers:
                yield PrintedNumber(str(anchor), numbers[anchor], "", numbers[anchor], "")
            case Figure(anchor=anchor) | Chart(anchor=anchor) | Table(anchor=anchor) if (
                anchor in numbers
            ):
                word = term("table" if isinstance(node, Table) else "figure", lang)
                yield PrintedNumber(
                    str(anchor), numbers[anchor], "", f"{word} {numbers[anchor]}", ""
                )
            case Footnote(anchor=anchor):
                call = PrintedNumber(str(anchor), numbers[anchor], "", numbers[anchor], "")
                yield from (call, call)  # the call, and the number before the text
            case FootnoteReference(anchor=anchor):
                yield PrintedNumber(str(anchor), numbers[anchor], "", numbers[anchor], "")
            case _:
                pass


def _mark_numbers(citation: Citation, numbered: NumberedBrief) -> Iterator[PrintedNumber]:
    lang = numbered.brief.front.lang
    parts = mark(citation, numbered.numbers, numbered.marks, lang)
    for i, part in enumerate(parts):
        match part:
            case MarkNumber(anchor=anchor, number=number, locator=locator, text=text, tail=tail):
                after = tail + _until_number(parts[i + 1 :])
                yield PrintedNumber(str(anchor), number, squeezed(locator), squeezed(text), after)
            case MarkRange(text=text, anchors=anchors):
                after = text + _until_number(parts[i + 1 :])
                for anchor in anchors:
                    yield PrintedNumber(str(anchor), "", "", squeezed(text), after)
            case _:
                yield from _numbers(part, numbered)


def _until_number(parts: Sequence[MarkPart]) -> str:
    """Return the text of parts up to the next number."""
    text: list[str] = []
    for part in parts:
        match part:
            case MarkNumber(number=number, opening=opening) if number != UNRESOLVED:
                return "".join((*text, opening))
            case MarkNumber(text=unresolved):
                text.append(unresolved)
            case MarkRange():
                break
            case _:
                text.append(bare((part,)))
    return "".join(text)

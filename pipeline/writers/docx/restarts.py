"""Numbers that Word must be told, since it counts what is in footnotes apart from the text.

"A Seq field in a header, footer, annotation, or footnote doesn't affect the sequence numbering that
results from Seq fields in the document text" (Microsoft, Field codes: Seq).
"""

from __future__ import annotations

from collections.abc import Iterator

from ...model import (
    Anchor,
    AnchorKind,
    Blocks,
    Brief,
    Chart,
    Equation,
    Figure,
    Footnote,
    Table,
    walk,
)
from ...numbering import NumberedBrief


def restarts(numbered: NumberedBrief) -> frozenset[Anchor]:
    """Return the anchors of figures, tables and equations in footnotes, and of the next of each
    kind in the text."""
    notes = (node for node in walk(numbered.brief) if isinstance(node, Footnote))
    inside = {anchor for note in notes for anchor in _counted(note.blocks, numbered)}
    found, interrupted = set(inside), set[AnchorKind]()
    for anchor in _counted(numbered.brief, numbered) if inside else ():
        if anchor in inside:
            interrupted.add(anchor.kind)
        elif anchor.kind in interrupted:
            found.add(anchor)
            interrupted.remove(anchor.kind)
    return frozenset(found)


def _counted(top: Brief | Blocks, numbered: NumberedBrief) -> Iterator[Anchor]:
    for node in walk(top):
        if isinstance(node, Figure | Chart | Table | Equation) and node.anchor in numbered.numbers:
            assert node.anchor
            yield node.anchor

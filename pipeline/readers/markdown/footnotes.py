"""Footnotes: their text is read where they are called first, and nowhere else."""

from __future__ import annotations

from ...diagnostics import Span, did_you_mean
from ...model import Anchor, Footnote, FootnoteReference, Inline, Text
from .reading import Nested, Reading


def collect_footnotes(reading: Reading, nodes: list[Nested]) -> None:
    """Note where the text of each footnote stands, before any of them is called."""
    waiting = list(reversed(nodes))
    while waiting:
        node = waiting.pop()
        waiting += reversed(node.children)
        if node.token.type != "footnote_reference_open":
            continue
        label = str(node.token.meta["label"])
        first = reading.definitions.setdefault(label, node)
        if first is not node:
            line = reading.block_span(first.token).line
            message = f"the footnote `{label}` is written twice, first in line {line}"
            reading.report("duplicate-anchor", message, reading.block_span(node.token))


def call_footnote(reading: Reading, label: str, written: str, span: Span, depth: int) -> Inline:
    """Return the call of a footnote; the first one holds its text.

    A footnote counts as called before its text is read, so that it can call itself.
    """
    definition = reading.definitions.get(label)
    if definition is None:
        message = f"there is no footnote `{label}`"
        hint = did_you_mean(label, reading.definitions) or f"write it: [^{label}]: …"
        reading.report("unknown-footnote", message, span, hint)
        return Text(written, span=span)
    if label in reading.called:
        return FootnoteReference(Anchor("footnote", label), span=span)
    reading.called.add(label)
    blocks = reading.read_blocks(definition.children, depth + 1)
    return Footnote(Anchor("footnote", label), blocks, span=span)


def note_anchor(reading: Reading) -> Anchor:
    """Return an anchor for a footnote that is written in place, and has no label."""
    label = f"note-{reading.next('note')}"
    while label in reading.definitions:
        label = f"note-{reading.next('note')}"
    return Anchor("footnote", label)


def report_unused_footnotes(reading: Reading) -> None:
    for label, node in reading.definitions.items():
        if label not in reading.called:
            message = f"the footnote `{label}` is never called"
            hint = f"call it where it belongs: [^{label}]"
            reading.report("unused-footnote", message, reading.block_span(node.token), hint)

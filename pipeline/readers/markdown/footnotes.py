"""Footnotes: their text is read where they are first called."""

from __future__ import annotations

from ...diagnostics import Diagnostic, Span, did_you_mean
from ...model import Anchor, Footnote, FootnoteReference, Inline, Text
from ..source import Source
from .reading import Nested, Reading, block_span


def footnote_texts(
    source: Source, nodes: list[Nested]
) -> tuple[dict[str, Nested], list[Diagnostic]]:
    """Return where the text of each footnote stands, by its label."""
    texts: dict[str, Nested] = {}
    diagnostics: list[Diagnostic] = []
    waiting = list(reversed(nodes))
    while waiting:
        node = waiting.pop()
        waiting += reversed(node.children)
        if node.token.type != "footnote_reference_open":
            continue
        label = str(node.token.meta["label"])
        first = texts.setdefault(label, node)
        if first is not node:
            line = block_span(source, first.token).line
            message = f"the footnote `{label}` is written twice, first in line {line}"
            span = block_span(source, node.token)
            diagnostics.append(Diagnostic("duplicate-anchor", message, span))
    return texts, diagnostics


def call_footnote(reading: Reading, label: str, written: str, span: Span, depth: int) -> Inline:
    """Return the call of a footnote; the first one holds its text.

    It counts as called before its text is read, which may call it again.
    """
    definition = reading.footnotes.get(label)
    if definition is None:
        message = f"there is no footnote `{label}`"
        hint = did_you_mean(label, reading.footnotes) or f"write it: [^{label}]: …"
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
    while label in reading.footnotes:
        label = f"note-{reading.next('note')}"
    return Anchor("footnote", label)


def report_unused_footnotes(reading: Reading) -> None:
    for label, node in reading.footnotes.items():
        if label not in reading.called:
            message = f"the footnote `{label}` is never called"
            hint = f"call it where it belongs: [^{label}]"
            reading.report("unused-footnote", message, reading.block_span(node.token), hint)

"""What spans cover: the laws that every tree keeps, and help for tests on places."""

from functools import lru_cache
from itertools import accumulate, pairwise
from typing import get_args

from pipeline.model import (
    Block,
    Brief,
    Citation,
    Cite,
    Footnote,
    FrontMatter,
    Node,
    Paragraph,
    Text,
    children_of,
)

BLOCKS = get_args(Block)


@lru_cache(maxsize=8)
def _starts(text):
    return [0, *accumulate(len(line) + 1 for line in text.split("\n"))]


def offsets(text, span):
    """Return the offsets in `text` at which a span begins and ends."""
    starts = _starts(text)
    assert 1 <= span.line <= span.end_line < len(starts), span
    start = starts[span.line - 1] + span.column - 1
    end = starts[span.end_line - 1] + span.end_column - 1
    assert starts[span.line - 1] <= start <= end <= len(text), span
    assert start < starts[span.line], span
    assert end < starts[span.end_line], span
    return start, end


def cut(text, span):
    """Return the text that a span covers; its length is what of it stands on the first line."""
    start, end = offsets(text, span)
    covered = text[start:end]
    assert covered.partition("\n")[0].rstrip() == covered[: span.length].rstrip(), span
    return covered


def check_places(brief, texts):
    """Assert the laws of places; `texts` are the sources by path."""
    waiting = [brief]
    while waiting:
        node = waiting.pop()
        _check_node(node, texts[node.span.path])
        for name in children_of(type(node)):
            run = list(_nodes(getattr(node, name)))
            waiting += run
            for child in run:
                if _holds(node) and child.span.path == node.span.path:
                    _check_inside(child, node, texts[node.span.path])
            if all(isinstance(child, BLOCKS) for child in run) and not isinstance(node, Brief):
                _check_order(run, texts)


def _nodes(value):
    if isinstance(value, Node):
        yield value
    elif isinstance(value, tuple):
        for item in value:
            yield from _nodes(item)


def _holds(node):
    """The title may be the first heading; notes stand below their calls; cites are their keys."""
    return not isinstance(node, FrontMatter | Footnote | Cite)


def _check_inside(child, node, text):
    (start, end), (first, last) = offsets(text, child.span), offsets(text, node.span)
    assert first <= start <= end <= last, (child, child.span, node, node.span)


def _check_order(blocks, texts):
    for one, other in pairwise(blocks):
        end = offsets(texts[one.span.path], one.span)[1]
        assert end <= offsets(texts[other.span.path], other.span)[0], (one, other)


def _check_node(node, text):
    covered = cut(text, node.span)
    match node:
        case Citation():
            assert covered == node.source
        case Cite(key=key):
            assert covered == key
        case Text(text=words) if len(words) == len(covered) > 1 and words[:2] != " (":
            assert covered.replace("\n", " ") == words  # else escaped, or made up: "(address)"
        case Brief() | FrontMatter() | Text():
            pass
        case Paragraph():
            assert covered.strip(" \t\n"), node
        case _ if isinstance(node, BLOCKS):
            assert covered == covered.strip(" \t\n"), node

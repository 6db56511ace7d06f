"""What a span covers, for tests on places."""


def offsets(text, span):
    """Return the offsets in `text` at which a span begins and ends."""
    starts = [0]
    for line in text.split("\n"):
        starts.append(starts[-1] + len(line) + 1)
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

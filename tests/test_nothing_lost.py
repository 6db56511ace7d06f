"""A law: every word of a brief is in its outputs, or where a diagnostic points.

HTML comments, and those of MyST, are the author's own.
"""

import re
from itertools import count
from pathlib import Path

from hypothesis import example, given, settings
from hypothesis import strategies as st
from test_spec import STYLES, as_brief

from pipeline.writers import WRITERS

# What pandoc, Quarto, R Markdown, MyST, GitHub and Obsidian write. Each `WORD` becomes a word of
# its own.
DIALECTS = Path(__file__).parent / "data" / "dialects.txt"
BLOCKS = tuple(DIALECTS.read_text("utf-8").removesuffix("\n").split("\n%%%%\n"))


def filled(text):
    numbers = count()
    return re.sub("WORD", lambda _: f"zq{next(numbers)}x", text)


def words_lost(text):
    """Return the words that are neither on the page nor on a line that a diagnostic points at."""
    numbered, found = as_brief(f"---\ntitle: T\n---\n\n{text}\n")
    page = WRITERS["html"](numbered, STYLES).decode().casefold()
    page += re.sub("<[^>]*>", "", page)  # the letters of a formula have elements of their own
    rows = dict(enumerate(f"---\ntitle: T\n---\n\n{text}\n".split("\n"), 1))
    named = "\n".join(
        rows.get(line, "") for d in found for line in range(d.span.line, d.span.end_line + 1)
    )
    return [w for w in re.findall(r"zq\d+x", text) if w not in page and w not in named]


@given(st.lists(st.sampled_from(BLOCKS), min_size=1, max_size=4))
@settings(max_examples=40, deadline=None)
@example([*BLOCKS])
def test_every_word_is_printed_or_named(blocks):
    assert words_lost(filled("\n\n".join(blocks))) == []

"""A mark or call stays on the line of the word before it on the printed page.

WeasyPrint breaks a line too early before a no-break space at the end of a text; a span that does
not wrap does the same well.
"""

from __future__ import annotations

import re
from itertools import takewhile

from ...kept_words import MOST_HELD
from ...model import Citation
from ..html.inlines import (
    citation_element,
    citation_to_html,
    ends_line,
    mark_part_to_html,
    mark_parts,
    part_length,
    with_pair_held,
)
from ..html.markup import KEPT, element, prose
from ..html.page import Page

_PAIR = 2  # cites; in a larger group there is a place to break the line
_SHORT_LABEL = 14  # characters: "Section 12.3"
_LONG_WORD = 40  # characters; a longer word, or text without spaces, may break before its mark
# What a mark stays with in scripts without spaces: the last two characters, and a full stop.
_LAST_SIGNS = re.compile(r"[\u3041-\u30ff\u3400-\u9fff]{2}[^\u3041-\u30ff\u3400-\u9fff]{0,8}$")


def word_with_mark(words: str, citation: Citation, page: Page) -> str:
    """Return text and the mark after it. Its last word stays with the first number.

    It stays with a pair of numbers where that leaves no hole in the line before. Of a larger group,
    the last two stay together, so that no last line is one mark.
    """
    if any(cite.prefix or cite.suffix for cite in citation.cites):
        return f"{prose(words)} {citation_to_html(citation, page)}"
    before, blank, word = words.rpartition(" ")
    if place := _LAST_SIGNS.search(word):
        before, blank, word = f"{before}{blank}{word[: place.start()]}", "", place[0]
    if len(word) > _LONG_WORD:
        return f"{prose(words)} {citation_to_html(citation, page)}"
    parts = mark_parts(citation, page)
    first = list(takewhile(lambda part: not ends_line(part), parts))
    is_short = len(word) + sum(map(part_length, first)) < MOST_HELD
    if page.numbered.marks.superscript or (len(citation.cites) <= _PAIR and is_short):
        kept = element("span", f"{prose(word)} {citation_to_html(citation, page)}", KEPT)
        return f"{prose(before)}{blank}{kept}"
    held = "".join(mark_part_to_html(part, page) for part in first)
    between, rest = parts[len(first) : len(first) + 1], parts[len(first) + 1 :]
    group = element("span", f"{prose(word)} {held}", KEPT)
    group += "".join(mark_part_to_html(part, page) for part in between)
    group += with_pair_held(rest, page)
    return f"{prose(before)}{blank}{citation_element(citation, group, page)}"


def word_with_call(words: str, call: str) -> str:
    """Return text, and the call of a footnote, which is HTML already, right after its last word."""
    before, blank, word = words.rpartition(" ")
    if not word or len(word) > _LONG_WORD:
        return f"{prose(words)}{call}"
    return f"{prose(before)}{blank}{element('span', prose(word) + call, KEPT)}"


def label_with_page(label: str, link: str, page: str) -> str:
    """Return the link back to a place, and its page: "Section 2 (p. 3)". A line may end between the
    two, and within a longer label."""
    link = element("span", link, KEPT) if len(label) <= _SHORT_LABEL else link
    return f"{link} {element('span', page, KEPT)}"

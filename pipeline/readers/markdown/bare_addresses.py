"""Addresses in running text: `https://…` is a link without any markup, as on GitHub.

(GitHub Flavored Markdown, "Autolinks (extension)")
"""

from __future__ import annotations

import re

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline

_SCHEME = re.compile(r"(?<![A-Za-z0-9])https?\Z", re.IGNORECASE)
_LONGEST_SCHEME = 6  # with the character before it
# Brackets, quotation marks and the punctuation of East Asia end an address.
_REST = re.compile(
    r"://(?:[^\W_][\w-]*\.)+[^\W_][\w-]*"
    r"(?:[:/?#][^\s<>\[\]{}|`\"“”„‘«»‹›\\、。，；：！？（）「」『』《》【】〈〉…]*)?"
)
_ENTITY = re.compile(r"&#?\w{1,31};")
_NOT_LAST = "?!.,:;*_~'’–—"


def bare_address_rules(md: MarkdownIt) -> None:
    md.inline.ruler.before("autolink", "bare_address", bare_address)


def bare_address(state: StateInline, silent: bool) -> bool:
    """`https://example.org/rain`; punctuation at its end belongs to the sentence."""
    if state.linkLevel or not state.src.startswith("://", state.pos):
        return False
    begins = _SCHEME.search(state.pending[-_LONGEST_SCHEME:])
    found = _REST.match(state.src, state.pos, state.posMax)
    if begins is None or found is None or state.src.startswith("\\", found.end()):
        return False
    rest = _without_end(found[0])
    if _ENTITY.search(rest):
        return False  # as a backslash does, it stands for another character
    if not silent:
        start, end = state.pos - len(begins[0]), state.pos + len(rest)
        address = begins[0] + rest
        state.pending = state.pending[: -len(begins[0])]
        opening = state.push("link_open", "a", 1)
        opening.attrs = {"href": address}
        opening.meta.update(start=start, whole_end=end)
        words = state.push("text", "", 0)
        words.content = address
        words.meta["start"] = start
        state.push("link_close", "a", -1).meta.update(start=end, end=end)
    state.pos += len(rest)
    return True


def _without_end(address: str) -> str:
    """Return an address without the punctuation, and the brackets it does not open, at its end."""
    while address:
        if address[-1] in _NOT_LAST or (
            address[-1] == ")" and address.count(")") > address.count("(")
        ):
            address = address[:-1]
        else:
            break
    return address

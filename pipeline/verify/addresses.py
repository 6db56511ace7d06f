"""Whether the links of a file lead out of it to where those of its brief do."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from urllib.parse import unquote

from ..model import Brief, Citation, CrossReference, Footnote, FootnoteReference, Link, plain, walk
from .forms import Form
from .messages import quote

_PARTING = (Citation, CrossReference, Footnote, FootnoteReference)  # they end a link round them
Leading = tuple[str, str]  # an address, and the words that lead there


def leading_of(brief: Brief) -> Iterator[Leading]:
    """Yield the links of a brief that lead out of it; no words where links in them part these."""
    for node in walk(brief):
        if isinstance(node, Link) and isinstance(node.href, str):
            is_whole = not any(isinstance(inner, _PARTING) for inner in walk(node.inlines))
            yield node.href, plain(node.inlines) if is_whole else ""


def wrong_addresses(
    expected: Sequence[Leading], found: Sequence[Leading], form: Form
) -> Iterator[str]:
    """Yield the words that lead elsewhere, or nowhere. What leads to one address is read as one:
    a link may be parted by the end of a line."""
    words = defaultdict[str, str](str)
    for address, text in found:
        words[_same(address)] += form(text)
    wanted = Counter((_same(address), form(text)) for address, text in expected)
    for address, text in expected:
        key = _same(address), form(text)
        if key[1] and words[key[0]].count(key[1]) < wanted.pop(key, 0):
            yield f"{quote(text)} does not lead to {quote(address)}"


def _same(address: str) -> str:
    """Return an address as every format has it."""
    address = unquote(address.strip()).rstrip("/")
    return f"https://{address}" if address[:4].lower() == "www." else address

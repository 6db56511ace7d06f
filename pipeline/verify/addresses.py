"""Whether the links of a file lead out of it to where those of its brief do."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from urllib.parse import unquote

from ..direction import has_letters_from_right
from ..model import (
    Brief,
    Citation,
    CrossReference,
    Deleted,
    Footnote,
    FootnoteReference,
    Image,
    Link,
    Math,
    plain,
    walk,
    walk_changes,
)
from .forms import letters, spelled
from .messages import quote

# What ends a link round it, and what is no words in every format.
_PARTING = (Citation, CrossReference, Footnote, FootnoteReference)
_WORDLESS = (Image, Math, Deleted)
Leading = tuple[str, str]  # an address, and the words that lead there


def leading_of(brief: Brief) -> Iterator[Leading]:
    """Yield the links that lead out of a brief. Those that others part are left out; those that
    hold more than words have none."""
    for node in walk(brief):
        if isinstance(node, Link) and isinstance(node.href, str):
            inner = [*walk_changes(node.inlines)]
            if not any(isinstance(one, _PARTING) for one, _ in inner):
                is_text = not any(isinstance(one, _WORDLESS) for one, _ in inner)
                yield node.href, plain(node.inlines) if is_text else ""


def wrong_addresses(
    expected: Sequence[Leading], found: Sequence[Leading], is_drawn: bool
) -> Iterator[str]:
    """Yield the words that lead elsewhere, or nowhere. What leads to one address is read as one:
    a link may be parted by the end of a line. In a PDF words from right to left are turned round.
    """
    form = spelled if is_drawn else letters
    words = defaultdict[str, str](str)
    for address, text in found:
        words[_same(address)] += form(text)
    wanted = Counter((_same(address), form(text)) for address, text in expected)
    for address, text in expected:
        key = _same(address), form(text)
        if key[0] not in words:
            yield f"nothing leads to {quote(address)}"
        elif is_drawn and has_letters_from_right(text):
            continue
        elif key[1] and words[key[0]].count(key[1]) < wanted.pop(key, 0):
            yield f"{quote(text)} does not lead to {quote(address)}"


def _same(address: str) -> str:
    """Return an address as every format has it."""
    address = unquote(address.strip()).rstrip("/")
    return f"https://{address}" if address[:4].lower() == "www." else address

"""Marks of reference managers: keys in the field's instruction, numbers in its result."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from ...model import Anchor
from ..texts import is_range
from .contract import read_field
from .source_map import tag_name
from .token import Token

_WORDS = r'"((?:[^"\\]|\\.)*)"|(\S+)'
_DASHES = str.maketrans("–\N{NO-BREAK SPACE}", "- ")
_BETWEEN = r"([\])]?)(\s*[^\s\])\[(]+\s*)([\[(]?)"


class _Cite(Struct, frozen=True):
    """One key of a field, and the words round its number that may have digits in them."""

    anchor: Anchor
    prefix: str = ""
    locator: str = ""
    suffix: str = ""


def mark_tokens(instruction: str, text: str, anchors: Mapping[str, Anchor]) -> list[Token]:
    """Return the numbers and words of a field of a reference manager; only words of any other."""
    cites = _cites(instruction, anchors)
    return list(_tokens(cites, text)) if cites else [Token("text", text=text)]


def _cites(instruction: str, anchors: Mapping[str, Anchor]) -> list[_Cite]:
    found = read_field(instruction)
    if found.kind == "CITATION":
        return list(_word_cites(instruction, anchors))
    if found.arguments[:2] == ("ZOTERO_ITEM", "CSL_CITATION"):
        return list(_zotero_cites(instruction[instruction.index("CSL_CITATION") + 12 :]))
    return []


def _word_cites(instruction: str, anchors: Mapping[str, Anchor]) -> Iterator[_Cite]:
    r"""Yield the cites of ` CITATION lee2019 \p 4 \m smith2021 ` (17.16.5.8)."""
    words = [
        re.sub(r"\\(.)", r"\1", quoted) if quoted else bare
        for quoted, bare in re.findall(_WORDS, instruction)
    ]
    cite, switch = None, r"\m"
    for word in words[1:]:
        if re.fullmatch(r"\\[a-z]", word):
            switch = word
            continue
        match switch:
            case r"\m":
                if cite:
                    yield cite
                cite = _Cite(anchors.get(tag_name(word), Anchor("reference", word)))
            case r"\f" if cite:
                cite = replace(cite, prefix=word)
            case r"\p" if cite:
                cite = replace(cite, locator=word)
            case r"\s" if cite:
                cite = replace(cite, suffix=word)
            case _:
                pass
        switch = ""
    if cite:
        yield cite


def _zotero_cites(value: str) -> Iterator[_Cite]:
    try:
        citation, _ = json.JSONDecoder().raw_decode(value.strip())
        for item in citation["citationItems"]:
            data = item.get("itemData", {})
            key = data.get("citation-key") or data.get("id") or item["id"]
            words = (_words(item.get(name)) for name in ("prefix", "locator", "suffix"))
            yield _Cite(Anchor("reference", str(key)), *words)
    except (ValueError, KeyError, TypeError, AttributeError):
        return


def _words(value: Any) -> str:
    return str(value) if isinstance(value, str | int) else ""


def _tokens(cites: list[_Cite], text: str) -> Iterator[Token]:
    """Yield the numbers in a mark by the order of its keys.

    A range prints two numbers for three or more keys; its ends tell how many it hides.
    """
    left, place, last = list(cites), 0, 0
    plain = text.translate(_DASHES)
    while left:
        prefix = left[0].prefix.strip().translate(_DASHES)
        start = plain.find(prefix, place) + len(prefix) if prefix in plain[place:] else place
        found = re.compile(r"[0-9]+|\?").search(text, start)
        if found is None:
            break
        between = re.fullmatch(_BETWEEN, text[place : found.start()])
        number = int(found[0]) if found[0].isdigit() else 0
        if between and is_range(between[2]) and last and len(left) > 1:
            hidden = min(number - last - 1, len(left) - 1)
            yield Token("text", text=between[1])
            yield from (Token("range", cite.anchor, between[2]) for cite in left[: max(hidden, 1)])
            yield Token("text", text=between[3])
            left = left[hidden:]
        else:
            yield Token("text", text=text[place : found.start()])
        cite = left.pop(0)
        yield Token("mark", cite.anchor, found[0])
        place, last = found.end(), number
        after = _end_of(plain, place, cite)
        yield Token("text", text=text[place:after])
        place = after
    yield from (Token("mark", cite.anchor) for cite in left)  # a key whose number is not there
    yield Token("text", text=text[place:])


def _end_of(plain: str, place: int, cite: _Cite) -> int:
    """Return where the locator and suffix of a cite end: digits in them are no numbers."""
    for words in (cite.locator, cite.suffix):
        words = words.strip().replace("--", "-").translate(_DASHES)
        found = plain.find(words, place)
        if words and found >= 0:
            place = found + len(words)
    return place

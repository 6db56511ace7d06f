"""Marks, `[1, p. 4]–[3]`, and fields of reference managers, taken apart: keys and locators."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from typing import Any

from msgspec import Struct

from ..language.locators import locator_text
from ..marks import Marks

_FIRST = 0xE000  # private characters stand for numbers while a mark is taken apart
_NUMBER = "[\ue000-\uf8ff]"
_WORDS = r'"((?:[^"\\]|\\.)*)"|(\S+)'


class ReadCite(Struct, frozen=True):
    """One key of a mark, and the words round its number: "see", ", p. 4"."""

    key: str
    before: str = ""
    after: str = ""
    number: str = ""  # as shown; "" in the field of a manager


def mark_cites(
    pieces: Sequence[tuple[str, str, str]], marks: Marks, by_number: Mapping[str, str]
) -> list[ReadCite]:
    """Return the cites of a mark, in the order in which it shows them; none if it is no mark.

    Pieces are ("text", words, ""), ("key", citation key, number) and ("hidden", citation key, "")
    for the middle of a range, which is also known by the numbers at its ends.
    """
    keys = [(key, number) for kind, key, number in pieces if kind == "key"]
    if not keys or len(keys) > 500:
        return []
    hidden = [key for kind, key, _ in pieces if kind == "hidden"]
    numbers = iter(range(_FIRST, _FIRST + len(keys)))
    text = "".join(
        chr(next(numbers)) if kind == "key" else said if kind == "text" else ""
        for kind, said, _ in pieces
    )
    around = _each(text, marks) if marks.each and marks.opening else _group(text, marks)
    if around is None or len(around) != len(keys):
        return []
    found: list[ReadCite] = []
    for place, (before, after, ranged) in enumerate(around):
        if ranged and place:
            between = _between(keys[place - 1], keys[place], hidden, by_number)
            found += [ReadCite(key) for key in between]
        key, number = keys[place]
        found.append(ReadCite(key, _squeezed(before), _squeezed(after), number))
    return found


def _squeezed(text: str) -> str:
    return " ".join(text.split())


def _each(text: str, marks: Marks) -> list[tuple[str, str, bool]] | None:
    """Return what stands before and after each number in brackets of its own."""
    opening, closing = re.escape(marks.opening), re.escape(marks.closing)
    inner = rf"[^{opening}{closing}\ue000-\uf8ff]*"
    one = re.compile(rf"{opening}({inner}){_NUMBER}({inner}){closing}")
    found: list[tuple[str, str, bool]] = []
    place = 0
    for match in one.finditer(text):
        between = text[place : match.start()].strip()
        ranged = bool(marks.range.strip()) and between == marks.range.strip()
        if not ranged and between not in ("", marks.separator.strip(), ";"):
            return None
        found.append((match[1], match[2], ranged))
        place = match.end()
    return found if not text[place:].strip() else None


def _group(text: str, marks: Marks) -> list[tuple[str, str, bool]] | None:
    """Return what stands before and after each number in the brackets of the group."""
    text = text.strip()
    if marks.opening:
        if not (text.startswith(marks.opening) and text.endswith(marks.closing)):
            return None
        text = text[len(marks.opening) : len(text) - len(marks.closing)]
    texts = re.split(_NUMBER, text)
    before, ranged = texts[0], False
    found = []
    for place, between in enumerate(texts[1:], start=1):
        if place == len(texts) - 1:
            found.append((before, between, ranged))
            break
        is_range = bool(marks.range) and between.strip() == marks.range.strip() != ""
        separator = "; " if "; " in between else marks.separator
        after, _, following = ("", "", "") if is_range else between.partition(separator)
        found.append((before, after, ranged))
        before, ranged = following, is_range
    return found


def _between(
    first: tuple[str, str],
    last: tuple[str, str],
    hidden: Sequence[str],
    by_number: Mapping[str, str],
) -> list[str]:
    """Return the keys in the middle of a range."""
    if first[1].isdigit() and last[1].isdigit() and len(first[1] + last[1]) < 12:
        numbers = range(int(first[1]) + 1, int(last[1]))
        if len(numbers) < 500 and all(str(number) in by_number for number in numbers):
            return [by_number[str(number)] for number in numbers]
    return list(dict.fromkeys(key for key in hidden if key not in (first[0], last[0])))


# Reference managers ------------------------------------------------------------------------------


def managed_cites(instruction: str, tags: Mapping[str, str], lang: str) -> tuple[ReadCite, ...]:
    """Return the cites of a field of Word's or Zotero's; none of any other field."""
    if instruction.startswith("CITATION"):
        return tuple(_word_cites(instruction, tags))
    kind, found, value = instruction.partition("CSL_CITATION")
    return tuple(_zotero_cites(value, lang)) if found and "ZOTERO_ITEM" in kind else ()


def _word_cites(instruction: str, tags: Mapping[str, str]) -> list[ReadCite]:
    r"""Return the cites of ` CITATION lee2019 \p 4 \m smith2021 ` (17.16.5.8)."""
    words = [
        re.sub(r"\\(.)", r"\1", quoted) if quoted else bare
        for quoted, bare in re.findall(_WORDS, instruction)
    ]
    found: list[dict[str, str]] = []
    switch = r"\m"
    for word in words[1:]:
        if re.fullmatch(r"\\[a-z]", word):
            switch = word
        elif switch == r"\m":
            found.append({"key": tags.get(word, word)})
            switch = ""
        elif found:
            found[-1][switch] = word
            switch = ""
    return [
        ReadCite(
            cite["key"],
            cite.get(r"\f", "").strip(),
            _after(_page(cite.get(r"\p", "")), cite.get(r"\s", "")),
        )
        for cite in found
    ]


def _page(locator: str) -> str:
    """Return a locator as Word shows it: a bare number is that of a page, hyphens are dashes."""
    if not locator[:1].isdigit():
        return locator
    return f"pp. {locator.replace('-', '–')}" if re.search("[-,]", locator) else f"p. {locator}"


def _after(locator: str, suffix: str) -> str:
    return (f", {locator}" if locator else "") + (f" {suffix.strip()}" if suffix.strip() else "")


def _zotero_cites(value: str, lang: str) -> list[ReadCite]:
    try:
        citation, _ = json.JSONDecoder().raw_decode(value.strip())
        return [_zotero_cite(item, lang) for item in citation["citationItems"]]
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return []


def _zotero_cite(item: Any, lang: str) -> ReadCite:
    data = item.get("itemData", {})
    key = str(data.get("citation-key") or data.get("id") or item["id"])
    locator = str(item.get("locator") or "")
    shown = locator_text(str(item.get("label") or "page"), locator, lang) if locator else ""
    return ReadCite(
        key, str(item.get("prefix") or "").strip(), _after(shown, str(item.get("suffix") or ""))
    )

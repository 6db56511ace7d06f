"""Citations that a program for references left in a Word file: Zotero, Mendeley, EndNote, Word."""

from __future__ import annotations

import base64
import binascii
import json
import re
from collections.abc import Iterator, Mapping
from typing import Any
from xml.etree.ElementTree import Element, ParseError, XMLParser

from ..model.references import Run, plain
from ..ooxml import read_field
from ..readers.web_text import without_html
from .endnote import endnote_values
from .values import Source, Work

_MENDELEY = "MENDELEY_CITATION_v3_"
_TAGS = ("MENDELEY_BIBLIOGRAPHY",)
_LISTS = ("ZOTERO_BIBL", "EN.REFLIST", "CSL_BIBLIOGRAPHY", "PAPERS2_BIBLIOGRAPHY")
# Switches of Word's CITATION field (17.16.5.7) → kinds of locators, and what is round them.
_LOCATORS: Mapping[str, str] = {"p": "page", "v": "volume"}

Found = tuple[dict[str, Source], tuple[Work, ...]]


def is_bibliography(instruction: str) -> bool:
    """Say whether a field prints a list of references."""
    found = read_field(instruction)
    if found.kind == "BIBLIOGRAPHY":
        return True
    return found.kind == "ADDIN" and any(word in _LISTS for word in found.arguments)


def is_bibliography_tag(tag: str) -> bool:
    return tag.startswith(_TAGS)


def is_citation(instruction: str) -> bool:
    """Say whether a field cites."""
    kind, _, rest = instruction.strip().partition(" ")
    return kind.upper() == "CITATION" or (
        kind.upper() == "ADDIN"
        and rest.lstrip().startswith(
            ("ZOTERO_ITEM", "CSL_CITATION", "EN.CITE", "Mendeley Citation")
        )
        and not rest.lstrip().startswith("EN.CITE.DATA")
    )


def is_citation_tag(tag: str) -> bool:
    return tag.startswith(_MENDELEY)


def cited_in(instruction: str, data: str) -> Found | None:
    """Return the works that a field cites, None if it cannot be read; `data` is its field data."""
    words = instruction.strip()
    if words[:8].upper() == "CITATION":
        return {}, tuple(_by_word(words))
    if "EN.CITE" in words[:20]:
        return _by_endnote(words, data)
    start = words.find("{")
    return _by_csl(words[start:]) if start >= 0 else None


def cited_in_tag(tag: str) -> Found | None:
    """Return the works that a content control of Mendeley Cite cites."""
    try:
        packed = tag.removeprefix(_MENDELEY)
        text = base64.b64decode(packed + "=" * (-len(packed) % 4), validate=True).decode("utf-8")
    except (binascii.Error, UnicodeDecodeError):
        return None
    return _by_csl(text)


def _by_csl(text: str) -> Found | None:
    """Read a citation of CSL (csl-citation.json), as Zotero and Mendeley write it."""
    try:
        value, _ = json.JSONDecoder(strict=False).raw_decode(text)
    except (ValueError, RecursionError):
        return None
    items = value.get("citationItems") if isinstance(value, dict) else None
    if not isinstance(items, list):
        return None
    sources: dict[str, Source] = {}
    works = []
    for item in items:
        if not isinstance(item, dict):
            return None
        values = item.get("itemData")
        if not isinstance(values, dict) or not values:
            return None
        identity = _identity(item, values)
        key = values.get("citation-key")
        sources[identity] = Source(values, key if isinstance(key, str) else "")
        works.append(
            Work(
                identity,
                _said(item.get("prefix")),
                _said(item.get("locator")),
                _said(item.get("label")) or "page",
                _said(item.get("suffix")),
                item.get("suppress-author") is True,
            )
        )
    return (sources, tuple(works)) if works else None


def _identity(item: Mapping[str, Any], values: Mapping[str, Any]) -> str:
    """Return what a work is known by in the whole file: its address in the library, or its id."""
    addresses = item.get("uris") or item.get("uri")
    if isinstance(addresses, list) and addresses and isinstance(addresses[0], str):
        return addresses[0]
    return str(values.get("id", json.dumps(values, sort_keys=True)))


def _said(value: object) -> str:
    """Return a text without HTML, its inner space as it is."""
    if not isinstance(value, str | int):
        return ""
    return plain(without_html((Run(str(value)),)))


def _by_word(words: str) -> Iterator[Work]:
    """Yield the works of a CITATION field: `CITATION Smi21 \\p 4 \\m Lee19`."""
    tokens = [quoted or bare for quoted, bare in re.findall(r'"([^"]*)"|(\S+)', words)][1:]
    parts: dict[str, Any] = {}
    place = 0
    while place < len(tokens):
        token, following = tokens[place], tokens[place + 1 : place + 2]
        if not token.startswith("\\"):
            parts.setdefault("source", token)
        elif (switch := token[1:].lower()) == "m":
            if "source" in parts:
                yield Work(**parts)
            parts = {}
        elif switch in ("n", "y", "t"):
            parts["suppress_author"] = parts.get("suppress_author", False) or switch == "n"
        elif following and not following[0].startswith("\\"):
            place += 1
            if switch in _LOCATORS:
                parts |= {"locator": following[0], "label": _LOCATORS[switch]}
            elif switch in ("f", "s"):
                parts["prefix" if switch == "f" else "suffix"] = following[0]
        place += 1
    if "source" in parts:
        yield Work(**parts)


def _by_endnote(words: str, data: str) -> Found | None:
    """Read `ADDIN EN.CITE <EndNote>…`; long ones are in the data of the field instead."""
    start = words.find("<EndNote")
    text = words[start:] if start >= 0 else _unpacked(data)
    root = _xml(text[: text.rfind(">") + 1])
    if root is None:
        return None
    sources: dict[str, Source] = {}
    works = []
    for cite in root.iter("Cite"):
        record = cite.find("record")
        number = cite.findtext("RecNum", "") or (
            record.findtext("rec-number", "") if record is not None else ""
        )
        if record is None:
            return None
        identity = f"endnote {number} {cite.findtext('Author', '')} {cite.findtext('Year', '')}"
        sources[identity] = Source(endnote_values(record))
        works.append(
            Work(
                identity,
                cite.findtext("Prefix", ""),
                cite.findtext("Pages", ""),
                "page",
                cite.findtext("Suffix", ""),
                cite.get("ExcludeAuth") == "1",
            )
        )
    return (sources, tuple(works)) if works else None


def _unpacked(data: str) -> str:
    try:
        return base64.b64decode("".join(data.split())).decode("utf-8", "replace").strip("\0")
    except (binascii.Error, ValueError):
        return ""


def _xml(text: str) -> Element | None:
    if not text or "<!" in text:
        return None
    parser = XMLParser()
    try:
        parser.feed(text)
        found: Element = parser.close()
    except (ParseError, ValueError):
        return None
    return found

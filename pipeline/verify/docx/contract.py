"""What a Word file of ours is agreed to contain, written down a second time for the proof.

Numbers are fields that point at bookmarks, and a custom XML part says which anchor each bookmark
stands for. Section numbers below are those of ECMA-376, part 1.
"""

from __future__ import annotations

import hashlib
import re
from functools import cache, lru_cache
from itertools import pairwise
from xml.etree.ElementTree import Element

from msgspec import Struct

from ...model import Anchor

SOURCE_MAP = "urn:briefwright:source-map:1"  # namespace of the custom XML part
CITATION = "_Bc"  # begins the names of bookmarks round citations
BACK_REFERENCE = "Back Reference"  # the character style of links back from the reference list
HYPHENS = {"noBreakHyphen": "\u2011", "softHyphen": "\u00ad"}  # 17.3.3.18, 17.3.3.29
SOURCES = "http://schemas.openxmlformats.org/officeDocument/2006/bibliography"
_NAMESPACES = {
    "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
    "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
    "w14": "http://schemas.microsoft.com/office/word/2010/wordml",
}
_RENAMED = re.compile(r"(_B[bc][0-9]+)_Copy_[0-9]+")
_PLAIN_IDENTIFIER = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")


@cache
def qualified(name: str) -> str:
    """Return `w:p` as ElementTree writes it: `{http://…}p`."""
    prefix, _, local = name.partition(":")
    return f"{{{_NAMESPACES[prefix]}}}{local}"


def symbol(code: str) -> str:
    """Return the character of `w:sym` (17.3.3.30): symbol fonts have theirs from F000 on."""
    if not re.fullmatch("[0-9A-Fa-f]{1,5}", code):
        return "\N{REPLACEMENT CHARACTER}"
    number = int(code, 16)
    number -= 0xF000 if 0xF000 <= number <= 0xF0FF else 0
    return chr(number) if number and not 0xD800 <= number < 0xE000 else "\N{REPLACEMENT CHARACTER}"


def text_in(element: Element) -> str:
    """Return the text in an element, whatever is tracked or hidden."""
    hyphens = {qualified(f"w:{name}"): character for name, character in HYPHENS.items()}
    return "".join(
        (found.text or "") if found.tag == qualified("w:t") else hyphens.get(found.tag, "")
        for found in element.iter()
    )


def bookmark_of(start: Element) -> tuple[str, str]:
    """Return the name and the id of a `w:bookmarkStart`.

    The name is the one that was written: LibreOffice renames `_Bc0002` in a footnote to
    `_Bc0002_Copy_1`.
    """
    name = start.get(qualified("w:name"), "")
    renamed = _RENAMED.fullmatch(name)
    return renamed[1] if renamed else name, start.get(qualified("w:id"), "")


def bookmark_name(anchor: Anchor) -> str:
    """Return the bookmark of an anchor: "ref-lee2019" → "ref_lee2019".

    Word allows 40 characters of `[A-Za-z0-9_]`, a letter first, and does not distinguish capitals.
    An anchor that has to be changed for that gets a hash, so that two never meet.
    """
    identifier = str(anchor)
    name = identifier.replace("-", "_")
    if len(name) <= 40 and _PLAIN_IDENTIFIER.fullmatch(identifier):
        return name
    letters = re.sub("[^A-Za-z0-9]+", "_", identifier).strip("_")
    start = letters if letters[:1].isalpha() else f"a_{letters}"
    digest = hashlib.sha256(identifier.encode("utf-8", "replace")).hexdigest()
    return f"{start[:31].rstrip('_')}_{digest[:8]}"


class Field(Struct, frozen=True):
    r"""A field instruction, taken apart: ` REF ref_lee2019 \h ` (17.16.5)."""

    kind: str  # "REF"
    words: tuple[str, ...] = ()  # all after the kind: arguments and switches, as they stand

    @property
    def arguments(self) -> tuple[str, ...]:
        return tuple(word for word in self.words if not word.startswith("\\"))

    @property
    def switches(self) -> tuple[str, ...]:
        return tuple(word.lower() for word in self.words if word.startswith("\\"))

    def after(self, switch: str) -> str | None:
        """Return the word after a switch, "" for none; None without the switch."""
        for word, following in pairwise((*self.words, "")):
            if word.lower() == switch:
                return "" if following.startswith("\\") else following
            if word.lower().startswith(switch) and len(switch) == 2 and word[2:].isdigit():
                return word[2:]  # `\r5`
        return None


@lru_cache(maxsize=1024)
def read_field(instruction: str) -> Field:
    """Return a field instruction taken apart; the kind in capitals, as Word ignores case."""
    words = [quoted or bare for quoted, bare in re.findall(r'"([^"]*)"|(\S+)', instruction)]
    return Field(words[0].upper() if words else "", tuple(words[1:]))


def is_container(instruction: str) -> bool:
    """Say whether a field holds whole paragraphs: the contents, or a reference list."""
    match instruction.split(None, 2)[:2]:
        case ["TOC" | "BIBLIOGRAPHY", *_] | ["ADDIN", "ZOTERO_BIBL"]:
            return True
        case _:
            return False


def link_target(instruction: str) -> str | None:
    """Return the bookmark that a HYPERLINK field leads to, "→" for elsewhere; None for others."""
    found = read_field(instruction)
    if found.kind != "HYPERLINK":
        return None
    is_outside = bool(found.words) and not found.words[0].startswith("\\")
    return "→" if is_outside else found.after(r"\l") or "→"

"""Values of fields: braces and quotes taken off, `#` joined, @string macros put in."""

from __future__ import annotations

import re
from collections.abc import Sequence

from msgspec import Struct

from ...language.dates import months

BETWEEN = re.compile(r"[\s#]*+")
WORDS = re.compile(r"[^#{}\"]+")
NUMBER = re.compile(r"\d+")
BARE = re.compile(r"\{[^{}]*\}|\"[^\"]*\"|#")
DELIMITER = re.compile(r"\\.|[{}\"]", re.DOTALL)
LONGEST = 10_000_000  # characters of a macro: thirty lines of @string can double to a gigabyte


class Macro(Struct, frozen=True):
    number: int  # its place among all definitions
    text: str
    unknown: tuple[str, ...] = ()  # words in its value that are not macros


class Macros:
    """The @string definitions of all files, in order. BibTeX ignores the case of their names."""

    def __init__(self, definitions: Sequence[tuple[str, str]]) -> None:
        self._macros = {month[:3].lower(): [Macro(-1, month)] for month in months("en")}
        for number, (name, written) in enumerate(definitions):
            text, unknown = self.value(written, number)
            macro = Macro(number, text[:LONGEST], tuple(unknown))
            self._macros.setdefault(name.lower(), []).append(macro)

    def find(self, name: str, before: int) -> Macro | None:
        """Return the macro in force at a place: the last before it, else the first.

        For BibTeX a macro must come before its use; sorted files break that rule.
        """
        found = self._macros.get(name.lower())
        if not found:
            return None
        return next((macro for macro in reversed(found) if macro.number < before), found[0])

    def value(self, written: str, before: int) -> tuple[str, list[str]]:
        """Return the text of a value as written, and its words that are not macros."""
        parts: list[str] = []
        unknown: list[str] = []
        pos = _after(BETWEEN, written, 0)
        while pos < len(written):
            if written[pos] in '{"':
                end = _closing(written, pos)
                parts.append(written[pos + 1 : end])
                end += 1
            else:
                end = max(_after(WORDS, written, pos), pos + 1)
                parts.append(self._words(written[pos:end].strip(), before, unknown))
            pos = _after(BETWEEN, written, end)
        return "".join(parts), unknown

    def _words(self, words: str, before: int, unknown: list[str]) -> str:
        if NUMBER.fullmatch(words):
            return words
        if macro := self.find(words, before):
            unknown += macro.unknown
            return macro.text
        unknown.append(words)
        return words


def bare_words(written: str) -> set[str]:
    """Return the words of a value outside braces and quotes, in lower case."""
    if written[:1] in ("{", '"') and "#" not in written:
        return set()
    return set(BARE.sub(" ", written).lower().split())


def _after(pattern: re.Pattern[str], text: str, pos: int) -> int:
    found = pattern.match(text, pos)
    return found.end() if found else pos


def _closing(written: str, start: int) -> int:
    """Return where the part that opens at `start` is closed."""
    depth = 0
    quoted = written[start] == '"'
    for found in DELIMITER.finditer(written, start + quoted):
        if found[0] == '"' and quoted and depth <= 0:
            return found.start()
        depth += {"{": 1, "}": -1}.get(found[0], 0)
        if found[0] == "}" and not depth and not quoted:
            return found.start()
    return len(written)

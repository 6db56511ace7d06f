"""Simple mathematics in a field → text with raised and lowered parts."""

from __future__ import annotations

import re

from . import latex_tables as tables
from .braces import closing_braces

TOKEN = re.compile(r"\\(?:[A-Za-z]++[ \t\n]*|.)|[{}^_'\-~$]|[^\\{}^_'\-~$]+", re.DOTALL)
FORMULA = r"[\\^_{}=<>]"
DEEPEST = 30

Pieces = list[tuple[str, str]]  # text, position: "super", "sub" or ""


def looks_like_maths(text: str) -> bool:
    """Say whether this is a formula, not the text between two sums of money."""
    return bool(re.search(FORMULA, text)) or not re.search(r"\s", text.strip())


def read_maths(text: str) -> tuple[Pieces, list[str]]:
    """Return the pieces of a formula, and its unknown commands."""
    reader = _Reader(text)
    reader.read(0, len(text), "", 0)
    return reader.pieces, list(reader.unknown)


class _Reader:
    def __init__(self, text: str) -> None:
        self.text = text
        self.closing = closing_braces(text)
        self.pieces: Pieces = []
        self.unknown: dict[str, None] = {}

    def read(self, pos: int, end: int, position: str, depth: int) -> None:
        while pos < end:
            found = TOKEN.match(self.text, pos, end)
            token = found[0] if found else self.text[pos]
            pos = found.end() if found else pos + 1
            if token in ("^", "_"):
                pos = self._shifted(pos, end, "super" if token == "^" else "sub", depth)
            elif token.startswith("\\") and len(token) > 1:
                name = token[1:].strip() or " "
                before = len(self.pieces)
                spaced = token[-1:].isspace() and self._ends_in_space()
                pos = self._command(name, pos, end, position, depth)
                if spaced and name in tables.MATHS and len(self.pieces) > before:
                    self._print(" ", position)
            elif token not in ("{", "}", "$"):
                self._print(
                    {"-": "\u2212", "'": "\u2032", "~": "\u00a0"}.get(token, token), position
                )

    def _ends_in_space(self) -> bool:
        """A sign with spaces on both sides, as in `a \\times b`, keeps both."""
        return bool(self.pieces) and self.pieces[-1][0].endswith(" ")

    def _print(self, text: str, position: str) -> None:
        self.pieces.append((text, position))

    def _argument(self, pos: int, end: int) -> tuple[int, int, int]:
        """Return where the next argument begins and ends, and where the formula goes on."""
        while pos < end and self.text[pos].isspace():
            pos += 1
        if pos < end and self.text[pos] == "{":
            closing = self.closing.get(pos, end)
            return (pos + 1, closing, closing + 1) if closing < end else (pos + 1, end, end)
        found = re.compile(r"\\(?:[A-Za-z]+|.)", re.DOTALL).match(self.text, pos, end)
        after = found.end() if found else min(pos + 1, end)
        return pos, after, after

    def _shifted(self, pos: int, end: int, position: str, depth: int) -> int:
        start, stop, after = self._argument(pos, end)
        inner = self.text[start:stop].strip()
        if inner in ("\\circ", "\\degree"):
            self._print("°", "")
        elif inner and not inner.strip("'"):
            self._print("\u2032" * len(inner), "")
        elif depth < DEEPEST:
            self.read(start, stop, position, depth + 1)
        return after

    def _command(self, name: str, pos: int, end: int, position: str, depth: int) -> int:
        if name in tables.MATH_ACCENTS:
            start, stop, after = self._argument(pos, end)
            if depth < DEEPEST:
                self.read(start, stop, position, depth + 1)
            self._print(tables.MATH_ACCENTS[name], position)
            return after
        if name in ("frac", "dfrac", "tfrac", "nicefrac", "sfrac"):
            for before in ("", "/"):
                self._print(before, position)
                start, stop, pos = self._argument(pos, end)
                if depth < DEEPEST:
                    self.read(start, stop, position, depth + 1)
            return pos
        for table in (tables.MATHS, tables.CHARACTERS):
            if name in table:
                self._print(table[name], position)
                return pos
        if name in tables.SPACES or name in tables.NOTHING or name in tables.MATH_TEXT:
            self._print(tables.SPACES.get(name, ""), position)
        elif not name.isalpha():
            self._print(name, position)  # \% \& \{ \}
        else:
            self.unknown[f"\\{name}"] = None
        return pos

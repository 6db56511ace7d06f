"""Read an entry that bibtexparser cannot: field by field, reporting mistakes, losing nothing.

An entry is read up to a limit (where the next one begins), so that it does not affect the rest.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from msgspec import Struct, field

from ...diagnostics import Diagnostic
from .braces import BRACE, closing_braces
from .entry import Field
from .source import BibSource

NAME = r"[^\W\d][\w.:+/-]*"
SPACE = re.compile(r"(?:\s|%[^\n]*)*+")
KEY_ALONE = re.compile(r"([^,;={}()\"%\n]*+)\s*+(?=[})])")
# Mendeley makes keys like `&na;_2010`: a semicolon before a field is meant as a comma.
KEY_THEN_COMMA = re.compile(r"((?:[^,;={}\"%\n]|;(?=[^\s,;={}\"%]+\s*,))*+)\s*+([,;])")
KEY_THEN_FIELD = re.compile(rf"([^\s,;={{}}\"%]++)\s++(?={NAME}\s*=)")
FIELD = re.compile(rf"({NAME})\s*=")
NEXT_FIELD = re.compile(rf"\n[ \t]*+{NAME}\s*+=|[,;]\s*+{NAME}\s*+=\s*+[{{\"\w]")
AFTER_CLOSING = re.compile(rf"\s*+,\s*+{NAME}\s*+=")
QUOTE_PARTS = re.compile(r"\\.|[{}\"]", re.DOTALL)
# Words as far as a comma or the end, or else one word (it may hold `=`, as addresses do).
BARE = {
    "}": re.compile(r"[^,{}\"#%\n=]*[^\s,{}\"#%=](?=\s*[,}\n])|[^\s,{}\"#%]+"),
    ")": re.compile(r"[^,{}\"#%\n=)]*[^\s,{}\"#%=)](?=\s*[,)\n])|[^\s,{}\"#%)]+"),
}


class Repaired(Struct):
    """What could be read of an entry. `key` is None if there is none."""

    key: str | None = None
    key_offset: int = 0
    end: int = 0
    fields: Mapping[str, Field] = field(default_factory=dict)
    diagnostics: list[Diagnostic] = field(default_factory=list)


def repair(source: BibSource, start: int, limit: int) -> Repaired:
    """Read the entry whose opening delimiter is at `start`, and which ends before `limit`."""
    reader = _Reader(source, start, limit)
    if reader.read_key():
        reader.read_fields()
    return reader.result


def repair_macros(source: BibSource, start: int, limit: int) -> Repaired:
    """Read the definitions in an `@string` whose opening delimiter is at `start`."""
    reader = _Reader(source, start, limit)
    reader.read_fields()
    return reader.result


class _Reader:
    def __init__(self, source: BibSource, start: int, limit: int) -> None:
        self.source, self.text, self.limit = source, source.text, limit
        self.closer = "}" if self.text[start] == "{" else ")"
        self.pos = start + 1
        self.miscounted = False  # a surplus or missing closing delimiter was reported already
        self.fields: dict[str, Field] = {}
        self.result = Repaired(key_offset=start, end=limit, fields=self.fields)

    def say(self, code: str, message: str, offset: int, length: int = 1, hint: str = "") -> None:
        start = min(offset, max(self.limit - 1, 0))
        span = self.source.span(start, start + length)
        self.result.diagnostics.append(Diagnostic(code, message, span, hint))

    def skip_space(self) -> None:
        found = SPACE.match(self.text, self.pos, self.limit)
        self.pos = found.end() if found else self.pos

    def here(self) -> str:
        return self.text[self.pos] if self.pos < self.limit else ""

    def read_key(self) -> bool:
        self.skip_space()
        self.result.key_offset = self.pos
        if FIELD.match(self.text, self.pos, self.limit):
            self.result.key = ""
        elif self.closer == ")" and (found := KEY_ALONE.match(self.text, self.pos, self.limit)):
            self._accept_key(found)
        elif found := KEY_THEN_COMMA.match(self.text, self.pos, self.limit):
            self._accept_key(found)
            if found[2] == ";":
                self._say_separator("the key", found.start(2), "a semicolon")
        elif found := KEY_ALONE.match(self.text, self.pos, self.limit):
            self._accept_key(found)
        elif found := KEY_THEN_FIELD.match(self.text, self.pos, self.limit):
            self._accept_key(found)
            self._say_separator("the key", found.start(1) + len(found[1]), "no comma")
        return self.result.key is not None

    def _accept_key(self, found: re.Match[str]) -> None:
        self.result.key = found[1].strip()
        self.pos = found.end()

    def _say_separator(self, after: str, offset: int, instead: str) -> None:
        message = f"{instead} follows {after}"
        self.say("repaired-bibtex", message, offset, 1, "write a comma there")

    def read_fields(self) -> None:
        while True:
            self._separators()
            if not self.here():
                self._unclosed()
                return
            if self.here() == self.closer:
                self.pos += 1
                if not AFTER_CLOSING.match(self.text, self.pos, self.limit):
                    self.result.end = self.pos
                    return
                self.miscounted = True
                message = f"the entry is closed by `{self.closer}` before its last field"
                hint = "remove the extra one"
                self.say("repaired-bibtex", message, self.pos - 1, 1, hint)
            elif found := FIELD.match(self.text, self.pos, self.limit):
                self.pos = found.end()
                self._field(found[1].lower(), found.start(1))
            else:
                self._skip_junk()

    def _separators(self) -> None:
        commas = 0
        while True:
            self.skip_space()
            if self.here() not in (",", ";") or not self.here():
                return
            commas += 1
            if commas == 2 and self.here() == ",":
                hint = "one is enough"
                self.say("repaired-bibtex", "there are two commas in a row", self.pos, 1, hint)
            self.pos += 1

    def _skip_junk(self) -> None:
        """Skip what is not a field, up to the next field or the end of the entry."""
        start = self.pos
        found = NEXT_FIELD.search(self.text, start, self.limit)
        self.pos = found.start() if found else self.limit
        junk = self.text[start : self.pos]
        if not found and junk.rstrip().endswith(self.closer):
            self.pos = start + junk.rindex(self.closer)
            junk = self.text[start : self.pos]
        if self.pos == start:  # a lone closer or comma: always move on
            self.pos += 1
        words = " ".join(junk.split())
        if words:
            shown = words if len(words) <= 40 else words[:39] + "…"
            length = len(junk.partition("\n")[0].rstrip()) or 1
            self.say("bad-bibtex", f"`{shown}` is not a field and was not read", start, length)

    def _field(self, name: str, offset: int) -> None:
        self.skip_space()
        start = self.pos
        closed = self._value()
        value = self.text[start : self.pos].strip()
        self._add(name, value if closed else self._cut(name, offset, start), offset)
        after = self.pos
        self.skip_space()
        if closed and self.here() == ";":
            self._say_separator(f"the field `{name}`", self.pos, "a semicolon")
        elif closed and FIELD.match(self.text, self.pos, self.limit):
            self._say_separator(f"the field `{name}`", max(after - 1, start), "no comma")

    def _add(self, name: str, value: str, offset: int) -> None:
        if name in self.fields:
            message = f"the field `{name}` appears twice; the first one is read"
            self.say("repaired-bibtex", message, offset, len(name))
        else:
            self.fields[name] = Field(value, offset, self.pos)

    def _value(self) -> bool:
        """Move past a value: parts joined by `#`. Return False if one is not closed."""
        while True:
            if not self._part():
                return False
            end = self.pos
            self.skip_space()
            if self.here() != "#":
                self.pos = end
                return True
            self.pos += 1
            self.skip_space()

    def _part(self) -> bool:
        match self.here():
            case "{":
                end = self.source.closing.get(self.pos, self.limit)
            case '"':
                end = self._closing_quote()
            case _:
                found = BARE[self.closer].match(self.text, self.pos, self.limit)
                self.pos = found.end() if found else self.pos
                return True
        if end >= self.limit or self._swallows_the_end(end):
            return False
        self.pos = end + 1
        return True

    def _swallows_the_end(self, end: int) -> bool:
        """Say whether the brace that closes a value is the one meant to close the entry.

        `title = {T {X}, year = 2020}`: only the next entry follows it, and a field is inside.
        """
        found = SPACE.match(self.text, end + 1, self.limit)
        nothing_after = (found.end() if found else end + 1) >= self.limit
        return nothing_after and bool(NEXT_FIELD.search(self.text, self.pos + 1, end))

    def _closing_quote(self) -> int:
        depth = 0
        for found in QUOTE_PARTS.finditer(self.text, self.pos + 1, self.limit):
            if found[0] == '"' and depth <= 0:
                return found.start()
            depth += {"{": 1, "}": -1}.get(found[0], 0)
            if depth < 0:  # the entry ends inside the quotes: they were never closed
                break
        return self.limit

    def _cut(self, name: str, offset: int, start: int) -> str:
        """End an unclosed value where the next field seems to begin, and report it."""
        self.miscounted = True
        opened = self.pos
        found = NEXT_FIELD.search(self.text, opened + 1, self.limit)
        self.pos = found.start() if found else self.limit
        inner = self.text[opened + 1 : self.pos].rstrip(" \t\n,;" if found else " \t\n,;}")
        message = f"the value of `{name}` begins with `{self.text[opened]}` and is never closed"
        self.say("bad-bibtex", message, offset, len(name), "close it before the next field")
        return f"{self.text[start:opened]}{{{_balanced(inner)}}}"

    def _unclosed(self) -> None:
        if not self.miscounted:
            message = f"the entry is not closed by `{self.closer}`"
            self.say("repaired-bibtex", message, self.result.key_offset, len(self.result.key or ""))


def _balanced(text: str) -> str:
    """Return text without unbalanced braces."""
    closing = closing_braces(text)
    kept = closing.keys() | closing.values()
    return BRACE.sub(
        lambda found: "" if found[0] in "{}" and found.start() not in kept else found[0], text
    )

"""Split a .bib file into blocks, so that a broken one does not affect the rest.

Our own rules find where each block begins and ends, and recover after mistakes; bibtexparser reads
the inside. Where it cannot, or would misread it, `repair` does.
"""

from __future__ import annotations

import logging
import re
from bisect import bisect_right

from msgspec import Struct, field

from ...diagnostics import Diagnostic, Span
from .entry import Entry
from .inside import inside, parsed
from .repair import AFTER_CLOSING, Repaired, repair, repair_macros
from .source import BibSource

# bibtexparser logs each block that it cannot read; we report it as a diagnostic.
logging.getLogger("bibtexparser").setLevel(logging.CRITICAL)

TYPE = r"@[ \t]*([^\W\d][\w-]*)\s*([{(])"
# A block start, or a line comment: BibTeX has none, but `%@article{…}` is meant as one.
START = re.compile(rf"%[^\n]*|{TYPE}")
# What can only be the beginning of a block, even inside a value that was never closed: an `=`
# comes before any brace or quote. `@foo{bar}` at the start of a line in a note is not.
CERTAIN = r"@[ \t]*(?:(?:string|preamble|comment)\s*[{(]|[^\W\d][\w-]*\s*[{(][^{}\"=]{0,300}=)"
LINE_LIMIT = re.compile(rf"\n[ \t]*{CERTAIN}", re.IGNORECASE)
LIMIT = re.compile(CERTAIN, re.IGNORECASE)
AT_LINE_START = re.compile(r"\n[ \t]*@")
LINE_SO_FAR = re.compile(r"(?:\A|\n|[})])[ \t]*\Z")

WRITTEN_KEY = re.compile(r"\s*([^\s,]+)\s*,")
NOT_IN_KEYS = r"[={}()\"%#]"

COMMENT_LINE = r"(?i)(?:%|@comment\b)[^\n]*"
LOST_FIELD = r"(?:^|[,{\s])[^\W\d][\w-]*\s*=\s*[{\"]"


class Blocks(Struct):
    """What the .bib files hold, in order. Offsets of macros say which stood before an entry."""

    entries: list[Entry] = field(default_factory=list)
    macros: list[tuple[str, str]] = field(default_factory=list)  # name, value as written
    definitions: list[tuple[str, Span]] = field(default_factory=list)  # where macros are named
    preambles: list[str] = field(default_factory=list)
    diagnostics: list[Diagnostic] = field(default_factory=list)


def read_blocks(source: BibSource, blocks: Blocks) -> None:
    """Add what a file holds to `blocks`."""
    count = len(blocks.entries)
    _Splitter(source, blocks).run()
    if len(blocks.entries) == count and not blocks.macros:
        message = "the file contains no reference"
        hint = "references are written like this: @book{key, title = {…}}"
        blocks.diagnostics.append(Diagnostic("bad-bibtex-block", message, source.span(0, 1), hint))


class _Splitter:
    def __init__(self, source: BibSource, blocks: Blocks) -> None:
        self.source, self.text, self.blocks = source, source.text, blocks
        self.line_limits = [found.start() + 1 for found in LINE_LIMIT.finditer(self.text)]
        self._limits: list[int] | None = None

    def run(self) -> None:
        end = gap = 0
        while found := START.search(self.text, end):
            if not found[1] or not self._begins(found):
                end = found.end()
                continue
            self._check_gap(gap, found.start())
            end = gap = self._block(found)
        self._check_gap(gap, len(self.text))

    def _begins(self, found: re.Match[str]) -> bool:
        """Say whether this is a block; `write to me@example (work)` is not."""
        line_so_far = self.text[max(0, found.start() - 40) : found.start()]
        return bool(LINE_SO_FAR.search(line_so_far) or LIMIT.match(self.text, found.start()))

    def _check_gap(self, start: int, end: int) -> None:
        """Text between blocks is a comment, unless it looks like a field that got lost."""
        gap = self.text[start:end]
        if "=" not in gap:
            return
        gap = re.sub(COMMENT_LINE, lambda comment: " " * len(comment[0]), gap)
        if found := re.search(LOST_FIELD, gap):
            message = "text between entries looks like fields, and is not read"
            hint = "each entry begins with `@` and its type, and ends with its closing brace"
            self._say(message, start + found.end() - len(found[0].lstrip(", \t\n{")), hint)

    def _say(self, message: str, offset: int, hint: str = "") -> None:
        found = Diagnostic("bad-bibtex-block", message, self.source.span(offset, offset + 1), hint)
        self.blocks.diagnostics.append(found)

    def _block(self, found: re.Match[str]) -> int:
        """Read the block that begins here, and return where it ends."""
        opening = found.start(2)
        match found[1].lower():
            case "comment":
                end = self.source.closing.get(opening)
                return end + 1 if end else self.text.find("\n", opening) % (len(self.text) + 1)
            case "preamble":
                end = self._closed_before_limit(opening) or self._limit(opening)
                self.blocks.preambles.append(self.text[opening + 1 : end])
                return end
            case "string":
                return self._string(opening)
            case kind:
                return self._entry(found.start(), opening, kind)

    def _limit(self, opening: int) -> int:
        """Return where the next block begins, for a block without an end.

        It may be in the middle of a line, which in a closed value would be a word.
        """
        if self._limits is None:
            self._limits = [found.start() for found in LIMIT.finditer(self.text)]
        return self._next(self._limits, opening)

    def _next(self, limits: list[int], opening: int) -> int:
        index = bisect_right(limits, opening)
        return limits[index] if index < len(limits) else len(self.text)

    def _closed_before_limit(self, opening: int) -> int:
        """Return the offset after the closing brace; 0 if the next block begins before it."""
        end = self.source.closing.get(opening, -1) + 1
        return end if end <= self._next(self.line_limits, opening) else 0

    def _string(self, opening: int) -> int:
        read = repair_macros(self.source, opening, self._limit(opening))
        for name, found in read.fields.items():
            self.blocks.macros.append((name, found.value))
            span = self.source.span(found.start, found.start + len(name))
            self.blocks.definitions.append((name, span))
        self.blocks.diagnostics += [
            Diagnostic("bad-bibtex-block", found.message, found.span, found.hint)
            for found in read.diagnostics
        ]
        return read.end

    def _entry(self, start: int, opening: int, kind: str) -> int:
        end = self._closed_before_limit(opening)
        read = self._parsed(opening, end) if end and self.text[opening] == "{" else None
        if read is None:
            limit = self._next(self.line_limits, opening) if end else self._limit(opening)
            read = repair(self.source, opening, limit)
        if not read.key:
            message = f"this `@{kind}` has no citation key, and cannot be cited"
            hint = f"write one after the brace: @{kind}{{key, …}}"
            written = WRITTEN_KEY.match(self.text, opening + 1)
            if read.key is None and written and (wrong := re.search(NOT_IN_KEYS, written[1])):
                message = (
                    f"the key `{written[1]}` cannot be cited: it must not contain `{wrong[0]}`"
                )
                hint = "use only letters, digits and - : . _ /"
            self._say(message, start, hint)
        else:
            entry = Entry(
                type=kind,
                key=read.key,
                fields=read.fields,
                source=self.source,
                start=start,
                end=read.end,
                key_offset=read.key_offset,
                macros=len(self.blocks.macros),
                diagnostics=tuple(read.diagnostics),
            )
            self.blocks.entries.append(entry)
        return read.end

    def _parsed(self, opening: int, end: int) -> Repaired | None:
        """Read a closed entry with bibtexparser, or later; None if its result is doubtful."""
        if AT_LINE_START.search(self.text, opening, end) or AFTER_CLOSING.match(self.text, end):
            return None
        return inside(self.source, opening, end) or parsed(self.text, opening, end)

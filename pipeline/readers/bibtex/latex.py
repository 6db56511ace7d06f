"""LaTeX text of a .bib field → runs."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping

from msgspec import Struct, field
from msgspec.structs import replace

from ...model.references import RichText, Run
from ...text import link_target
from ..addresses import cleaned_address
from ..web_text import without_html
from . import latex_tables as tables
from .braces import closing_braces
from .mathematics import looks_like_maths, read_maths

COMMAND = r"\\(?:[A-Za-z@]++|.)"
TOKEN = re.compile(
    rf"(?P<command>{COMMAND})|(?P<brace>[{{}}])|(?P<maths>\$\$?)"
    r"|(?P<ligature>---?|``|''|[?!]`|[`'~])",
    re.DOTALL,
)
SPECIAL = re.compile(r"[\\{}$`'~]|--")
LINE_COMMENT = re.compile(r"(?<!\\)%[ \t]*\n\s*")  # elsewhere a bare % is meant as printed
BLANKS = re.compile(r"[ \t\n]*+")
SPACES = re.compile(r"[ \t\n\r]{2,}|[\t\n\r]")  # all but a single space
ADDRESSES = frozenset(("url", "path", "nolinkurl", "burl", "href"))
MATHS_ENDS = {"(": "\\)", "[": "\\]"}
DEEPEST = 40  # nested groups; deeper ones are read without formatting
MOST_EXPANSIONS = 500

Definitions = Mapping[str, tuple[int, str]]  # command → how many arguments, body
Pieces = list[tuple[Run, str]]  # format, as a run without text, and text


class _Progress(Struct):
    """State shared while one field is read."""

    definitions: Definitions
    unknown: dict[str, None] = field(default_factory=dict)  # commands, in order, each once
    expansions: int = 0


def read_latex(text: str, definitions: Definitions | None = None) -> tuple[RichText, list[str]]:
    """Return the runs of a field, and its unknown commands.

    The argument of an unknown command is kept as text. No input is refused.
    """
    if not text:  # most of the fields that an entry may have
        return (), []
    text = LINE_COMMENT.sub("", text)
    if not SPECIAL.search(text):
        text = SPACES.sub(" ", text).strip(" ")
        return without_html((Run(text),) if text else ()), []
    progress = _Progress(definitions or {})
    pieces: Pieces = []
    _Reader(text, progress, pieces).read(0, len(text), Run(""), 0)
    return without_html(tidied(pieces)), list(progress.unknown)


def read_plain(text: str, definitions: Definitions | None = None) -> str:
    """Return the text of a field without formatting; unknown commands are not reported."""
    return "".join(run.text for run in read_latex(text, definitions)[0])


def tidied(pieces: Pieces) -> RichText:
    """Join pieces of equal format to runs; collapse spaces, and strip both ends."""
    runs: list[Run] = []
    texts: list[list[str]] = []
    after_space = True
    for run_format, piece in pieces:
        text = SPACES.sub(" ", piece)
        if after_space and text.startswith(" "):
            text = text[1:]
        if not text:
            continue
        after_space = text.endswith(" ")
        if runs and run_format == runs[-1]:
            texts[-1].append(text)
        else:
            runs.append(run_format)
            texts.append([text])
    joined = [
        replace(run, text=unicodedata.normalize("NFC", "".join(parts)))
        for run, parts in zip(runs, texts, strict=True)
    ]
    if joined:
        joined[-1] = replace(joined[-1], text=joined[-1].text.removesuffix(" "))
    return tuple(run for run in joined if run.text)


class _Reader:
    """Reads stretches of one text; what it prints is added to `pieces`."""

    def __init__(self, text: str, progress: _Progress, pieces: Pieces) -> None:
        self.text, self.progress, self.pieces = text, progress, pieces
        self.closing = closing_braces(text)
        self.without_end: set[str] = set()

    def read(self, start: int, end: int, run_format: Run, depth: int) -> None:
        pos = start
        while pos < end:
            found = TOKEN.search(self.text, pos, end)
            if not found:
                self._print(self.text[pos:end], run_format)
                return
            self._print(self.text[pos : found.start()], run_format)
            pos = found.end()
            match found.lastgroup:
                case "command":
                    name = found[0][1:]
                    if name in tables.DECLARATIONS:
                        run_format = replace(run_format, **tables.DECLARATIONS[name])
                        pos = self._after_blanks(pos, end)
                    else:
                        pos = self._command(name, pos, end, run_format, depth)
                case "brace":
                    closing = self.closing.get(found.start(), end) if found[0] == "{" else end
                    if closing < end and depth < DEEPEST:
                        self.read(pos, closing, run_format, depth + 1)
                        pos = closing + 1
                case "maths":
                    pos = self._maths(found[0], pos, end, run_format)
                case _:
                    self._print(tables.LIGATURES[found[0]], run_format)

    def _print(self, text: str, run_format: Run) -> None:
        if text:
            self.pieces.append((run_format, text))

    def _after_blanks(self, pos: int, end: int) -> int:
        found = BLANKS.match(self.text, pos, end)
        return found.end() if found else pos

    def _argument(self, pos: int, end: int) -> tuple[int, int, int]:
        """Return where the next argument begins and ends, and where the text goes on."""
        pos = self._after_blanks(pos, end)
        if pos >= end:
            return end, end, end
        if self.text[pos] == "{":
            closing = self.closing.get(pos, end)
            return (pos + 1, closing, closing + 1) if closing < end else (pos + 1, end, end)
        if self.text[pos] == "}":
            return pos, pos, pos
        found = re.compile(COMMAND, re.DOTALL).match(self.text, pos, end)
        after = found.end() if found else pos + 1
        return pos, after, after

    def _has_group(self, pos: int, end: int) -> bool:
        pos = self._after_blanks(pos, end)
        return pos < end and self.text[pos] == "{"

    def _plain(self, start: int, end: int, depth: int) -> str:
        """Return the text that a stretch prints, without formatting."""
        kept, self.pieces = self.pieces, []
        if depth < DEEPEST:
            self.read(start, end, Run(""), depth + 1)
        read, self.pieces = self.pieces, kept
        return "".join(text for _, text in read)

    def _command(self, name: str, pos: int, end: int, run_format: Run, depth: int) -> int:
        """Print what a command means, and return where the text goes on."""
        if name in self.progress.definitions:
            return self._expand(name, pos, end, run_format, depth)
        if name in tables.ACCENTS:
            return self._accent(name, pos, end, run_format, depth)
        if name in ADDRESSES:
            return self._address(name, pos, end, run_format, depth)
        if name in MATHS_ENDS and (stop := self._maths_end(name, pos, end)) >= 0:
            self._print_maths(self.text[pos:stop], run_format)
            return stop + 2
        if name == "ensuremath":
            start, stop, after = self._argument(pos, end)
            self._print_maths(self.text[start:stop], run_format)
            return after
        if name.isalpha():
            after_blanks = self._after_blanks(pos, end)
            if after_blanks < end and self.text[after_blanks] == "*" and name in tables.AROUND:
                pos = after_blanks + 1
        for table in (tables.CHARACTERS, tables.MATHS, tables.SPACES):
            if name in table:
                self._print(table[name], run_format)
                return self._after_blanks(pos, end) if name.isalpha() else pos
        if name in tables.NOTHING:
            for _ in range(tables.NOTHING[name]):
                pos = self._argument(pos, end)[2]
            return self._after_blanks(pos, end) if name.isalpha() else pos
        if not name.isalpha() and "@" not in name:
            self._print(name, run_format)  # \& \% \$ \# \_ \{ \}
            return pos
        return self._with_argument(name, pos, end, run_format, depth)

    def _with_argument(self, name: str, pos: int, end: int, run_format: Run, depth: int) -> int:
        before, after = tables.AROUND.get(name, ("", ""))
        known = name in tables.AROUND or name in tables.DRESSES or name in tables.CASES
        if not known:
            self.progress.unknown[f"\\{name}"] = None
            if not self._has_group(pos, end):
                return self._after_blanks(pos, end)
        start, stop, pos = self._argument(pos, end)
        changes = dict(tables.DRESSES.get(name, {}))
        if name in ("emph", "mkbibemph") and run_format.italic:
            changes = {"italic": False}
        inner = replace(run_format, **changes)
        self._print(before, inner)
        if change := tables.CASES.get(name):
            self._print(change(self._plain(start, stop, depth)), inner)
        elif depth < DEEPEST:
            self.read(start, stop, inner, depth + 1)
        self._print(after, inner)
        return pos

    def _accent(self, name: str, pos: int, end: int, run_format: Run, depth: int) -> int:
        start, stop, after = self._under_accent(pos, end)
        text = self._plain(start, stop, depth)
        if not text.strip():
            self._print(tables.SPACING.get(name, ""), run_format)
            return after
        base, rest = text[0], text[1:]
        if name in tables.ABOVE:
            base = {"\u0131": "i", "\u0237": "j"}.get(base, base)
        mark = tables.ACCENTS[name]
        rest = unicodedata.normalize("NFC", rest)
        self._print(unicodedata.normalize("NFC", base + mark) + rest, run_format)
        return after

    def _under_accent(self, pos: int, end: int) -> tuple[int, int, int]:
        """Return the argument of an accent, which may be an accent with its own: `\\~\\^e`."""
        start, stop, after = self._argument(pos, end)
        first, last = start, stop
        while self.text[first:last][:1] == "\\" and self.text[first + 1 : last] in tables.ACCENTS:
            first, last, after = self._argument(last, end)
            stop = after
        return start, stop, after

    def _address(self, name: str, pos: int, end: int, run_format: Run, depth: int) -> int:
        start, stop, pos = self._argument(pos, end)
        address = cleaned_address(self.text[start:stop])
        inner = replace(run_format, href=link_target(address))
        if name != "href":
            self._print(address, inner)
            return pos
        start, stop, pos = self._argument(pos, end)
        if depth < DEEPEST:
            self.read(start, stop, inner, depth + 1)
        return pos

    def _maths(self, opening: str, pos: int, end: int, run_format: Run) -> int:
        """Read `$…$`; a dollar that is money is printed as it is."""
        stop = self.text.find(opening, pos, end)
        while stop > 0 and self.text[stop - 1] == "\\":
            stop = self.text.find(opening, stop + 1, end)
        if stop < 0 or not looks_like_maths(self.text[pos:stop]):
            self._print(opening, run_format)
            return pos
        self._print_maths(self.text[pos:stop], run_format)
        return stop + len(opening)

    def _maths_end(self, name: str, pos: int, end: int) -> int:
        """Return where the maths that begins with `\\(` or `\\[` ends; -1 if it never does."""
        stop = -1 if name in self.without_end else self.text.find(MATHS_ENDS[name], pos)
        if stop < 0:
            self.without_end.add(name)  # a text of openings alone would be searched again and again
        return stop if stop < end else -1

    def _print_maths(self, text: str, run_format: Run) -> None:
        pieces, unknown = read_maths(text)
        self.progress.unknown.update(dict.fromkeys(unknown))
        for piece, position in pieces:
            self._print(piece, replace(run_format, position=position or run_format.position))

    def _expand(self, name: str, pos: int, end: int, run_format: Run, depth: int) -> int:
        """Print the body of a command that the file's @preamble defines."""
        count, body = self.progress.definitions[name]
        arguments = []
        for _ in range(count):
            start, stop, pos = self._argument(pos, end)
            arguments.append(self.text[start:stop])
        self.progress.expansions += 1
        if depth < DEEPEST and self.progress.expansions < MOST_EXPANSIONS:
            for number, argument in enumerate(arguments, start=1):
                body = body.replace(f"#{number}", argument)
            reader = _Reader(body, self.progress, self.pieces)
            reader.read(0, len(body), run_format, depth + 1)
        return pos if count else self._after_blanks(pos, end)

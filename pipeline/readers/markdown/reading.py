"""What the parts of the reader share while they read one brief."""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from markdown_it.token import Token

from ...diagnostics import Diagnostic, Span
from ...language.tags import language_tag
from ...model import Anchor, Blocks, DataFile, ImageFile
from ..csv import BadCsv
from ..source import Source, read_text
from .anchors import Anchors
from .attributes import Attributes
from .levels import Levels
from .origins import Origin

DEEPEST = 40  # levels of the tree: more than any page shows, and safe for every writer


class FileProblem(NamedTuple):
    """Why a file that a brief names is not read: a diagnostic without its span."""

    code: str
    message: str
    hint: str = ""


class BadImage(Exception):
    """Why an image is refused: words that follow its name."""


Files = Callable[[str], "bytes | FileProblem"]


def no_files(name: str) -> FileProblem:
    return FileProblem("missing-file", f"there is no file `{name}`")


class Nested:
    """A token with what is between it and its closing token."""

    __slots__ = ("children", "close", "token")

    def __init__(self, token: Token) -> None:
        self.token = token
        self.close = token
        self.children: list[Nested] = []


def nested(tokens: list[Token]) -> list[Nested]:
    """Return flat tokens as trees. No recursion: nesting has no limit."""
    root = Nested(Token("root", "", 0))
    stack = [root]
    for token in tokens:
        if token.nesting >= 0:
            node = Nested(token)
            stack[-1].children.append(node)
            if token.nesting > 0:
                stack.append(node)
        elif len(stack) > 1:
            stack.pop().close = token
    return root.children


def block_span(source: Source, token: Token) -> Span:
    """Return the span of a block, given its first token."""
    return source.span(token.meta["beginning"], token.meta["ending"])


class Reading:
    """One brief while it is read: its sources, diagnostics and counters."""

    def __init__(
        self,
        source: Source,
        files: Files,
        env: dict[str, Any],  # of the grammar: see `environment`
        footnotes: Mapping[str, Nested],  # their texts, by label
        heading_shift: int,  # how many `#` more than its level a heading has
        numbered: bool,  # whether headings have numbers
        read_blocks: Callable[[Reading, list[Nested], int], Blocks],
    ) -> None:
        self.source = source
        self.files = files
        self.env = env
        self.footnotes = footnotes
        self.levels = Levels(heading_shift)
        self.numbered = numbered
        self._read_blocks = read_blocks
        self.diagnostics: list[Diagnostic] = []
        self.anchors = Anchors(source.text, self.diagnostics)
        self.images: dict[str, ImageFile] = {}
        self.data: dict[str, tuple[DataFile, Source]] = {}  # CSV files by path
        self.links: list[tuple[Anchor, Span, bool]] = []  # to anchors, checked when all are known
        self.shared: dict[Anchor, Anchor] = {}  # of several figures, each to that of the first
        self.called: set[str] = set()  # labels of footnotes
        self.foreign: set[str] = set()  # commands of LaTeX that were reported
        self._counts: dict[str, int] = {}
        self._is_too_deep = False

    @property
    def lang(self) -> str:
        """The language of the brief, a BCP 47 tag."""
        return str(self.env["lang"])

    def read_blocks(self, nodes: list[Nested], depth: int) -> Blocks:
        """Return the blocks of a footnote or a cell (inlines and tables hold blocks)."""
        return self._read_blocks(self, nodes, depth)

    def report(self, code: str, message: str, span: Span, hint: str = "") -> None:
        self.diagnostics.append(Diagnostic(code, message, span, hint))

    def read_data(self, name: str, span: Span) -> Source | None:
        """Return a CSV file that the brief names; None if it cannot be read, which is reported."""
        path = posixpath.normpath(posixpath.join(posixpath.dirname(self.source.path), name))
        if path in self.data:
            return self.data[path][1]
        content = self.files(name)
        if isinstance(content, FileProblem):
            self.report(content.code, content.message, span, content.hint)
            return None
        try:
            source, found = read_text(content.decode("utf-8-sig"), path)
        except UnicodeDecodeError as problem:
            place = Span.on_line(path, content.count(b"\n", 0, problem.start) + 1, 1, 1)
            self.report("bad-csv", "the file is not UTF-8", place, "save it as CSV UTF-8")
            return None
        self.diagnostics += found
        self.data[path] = DataFile(path, content), source
        return source

    def report_csv(self, source: Source, problem: BadCsv) -> None:
        place = source.span(problem.offset, problem.offset + 1)
        self.report("bad-csv", str(problem), place, "open it in a spreadsheet, and save it again")

    def lang_of(self, attributes: Attributes, span: Span) -> str:
        """Return the language in braces, a BCP 47 tag, or "" for none."""
        written = attributes.values.get("lang", "")
        lang = language_tag(written)
        if written and not lang:
            hint = "write a tag such as `en`, `en-GB` or `fr`"
            self.report("bad-language", f"`{written}` is not a language tag", span, hint)
        return lang

    def next(self, kind: str) -> int:
        """Count what has no other name: citations, footnotes without label, items of lists."""
        self._counts[kind] = self._counts.get(kind, 0) + 1
        return self._counts[kind]

    def too_deep(self, depth: int, span: Span) -> bool:
        """Say whether the tree ends here, and report the first time."""
        if depth <= DEEPEST:
            return False
        if not self._is_too_deep:
            self._is_too_deep = True
            message = f"this is nested deeper than {DEEPEST} levels"
            self.report("nested-too-deep", message, span, "flatten the lists, quotes or emphasis")
        return True

    def block_span(self, token: Token) -> Span:
        return block_span(self.source, token)

    def origin(self, token: Token) -> Origin:
        found: Origin | None = token.meta.get("origin")
        return found or Origin(self.source, [0], [0])

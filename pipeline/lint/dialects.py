"""A rule on what other programs would follow, and is printed as text here."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import takewhile

from ..diagnostics import Diagnostic
from ..model import Brief, Code, Inline, Inlines, LineBreak, Paragraph, Table, Text, plain, walk
from ..styles import House

_TEX_QUOTES = 'LaTeX has such quotation marks: write "…"'
# Anywhere in a line: what it is, as a regular expression, and what to write.
SIGNS: Sequence[tuple[re.Pattern[str], str]] = tuple(
    (re.compile(expression), hint)
    for expression, hint in {
        # `:smile:` of GitHub, `:ref:` of reStructuredText; not 10:30:45 or a::b
        r"(?<![\w:/.-]):(?:[a-z][a-z0-9]+(?:[_-][a-z0-9]+)*|[+-]1):(?=[\s.,;!?)]|\Z)": (
            "write the sign itself, or words"
        ),
        r"\[\^[^\]\[\n]*\s[^\]\[\n]*\]": "a footnote has a label without blanks: [^rain]",
        r"<!--": "a comment is closed by `-->` before another block begins",
        r"``\w[^`\n]{0,80}?(?:\'\'|’’)": _TEX_QUOTES,
        r"\^\[": "a note in a line is closed by `]` in the same paragraph",
        r"\(ref:[a-z][\w-]*\)": "bookdown replaces it: write the words where they shall stand",
        r"(?:(?<=\S)[ \t]*|\A)\{:?\s?(?:#[A-Za-z][\w:.-]*|\.[A-Za-z][\w-]*)"
        r"(?:\s+[#.]?[\w-]+(?:=[^\s{}]+)?)*\s*\}[ \t]*\Z": (
            "only headings, pictures, tables and [words] in brackets have attributes"
        ),
    }.items()
)
# Where a line begins.
OPENINGS: Sequence[tuple[re.Pattern[str], str]] = tuple(
    (re.compile(expression), hint)
    for expression, hint in {
        r"[•●◦▪■‣∙⁃·](?=[ \t\u00a0]+\S)": "write `- ` for an item, below an empty line",
        r"\[[ xX]?\](?=[ \t]+\S)": "write `- [ ] ` for a task, below an empty line",
        r"(?:!!!|\?\?\?\+?)[ \t]+\w+": 'write `::: {.callout title="…"}`, the words, and `:::`',
        r"===[ \t]+[\"“”'‘’].*": "write a heading for the tab",
        r"\.\.[ \t]+[A-Za-z][\w-]*::.*": "it is reStructuredText: write it as Markdown",
        r"#\+[A-Za-z_]+:?.*": "it is Org: write it as Markdown",
        r":{3,}.*": "a part begins with `::: name` or `::: {.name}`, and ends with `:::`",
        r"\*\[[^\]\n]+\]:.*": "write the words where the abbreviation is first used",
        # not "import duties from “China” fell", nor "export default insurance"
        r"import[ \t]+(?:\w+|\*[ \t]as[ \t]+\w+|\{.*\})[ \t]+from[ \t]+['\"‘“]\S+['\"’”];?[ \t]*\Z"
        r"|export[ \t]+(?:const[ \t]+\w+[ \t]*=|default[ \t]+(?:function\b|\w+;|.*=>)).*": (
            "it is MDX: leave it out"
        ),
    }.items()
)
# Two such quotations in a paragraph are code for Markdown, from the first to the second.
_QUOTED_AS_CODE = re.compile(r"(?s)\A\w.*?\w''(?=[\s,.;:)])")
DASH = re.compile(r"[–—][ \t\u00a0]+(?=\S)")
LEFT_BY_CHAT = re.compile(
    r"\[cite_start\]|\[cite: ?\d[\d, ]*\]|【\d+[†:][^】\n]{0,80}】"
    r"|:contentReference\[oaicite:\d+\]\{index=\d+\}|\bturn\d+(?:search|view|news)\d+\b"
)


def foreign_signs(brief: Brief, house: House) -> Iterator[Diagnostic]:
    in_cells = {id(n) for t in walk(brief) if isinstance(t, Table) for n in walk(t)}
    for node in walk(brief):
        if isinstance(node, Text):
            for expression, hint in SIGNS:
                for found in expression.finditer(node.text):
                    yield _printed(node, found, hint)
            for found in LEFT_BY_CHAT.finditer(node.text):
                place = node.span.piece(found.start(), len(found[0]))
                message = f"`{found[0]}` is the mark of a chat program, and leads to no reference"
                hint = "find the source, and cite it by its key: [@key]"
                yield Diagnostic("hand-typed-mark", message, place, hint)
        elif isinstance(node, Code) and (quoted := _QUOTED_AS_CODE.match(node.text)):
            message = f"`{quoted[0]}` is read as the beginning of code"
            yield Diagnostic("unread-markup", message, node.span, _TEX_QUOTES)
        elif isinstance(node, Paragraph) and id(node) not in in_cells:
            yield from _openings(node.inlines)


def _openings(inlines: Inlines) -> Iterator[Diagnostic]:
    """Yield one finding of each kind for the lines of a paragraph."""
    lines = [*_lines(inlines)]
    for expression, hint in OPENINGS:
        found = next((m for line in lines if (m := expression.match(line.text))), None)
        if found:
            line = next(line for line in lines if line.text is found.string)
            yield _printed(line, found, hint)
    dashes = [(line, found) for line in lines if (found := DASH.match(line.text))]
    if len(dashes) > 1 and _ends_sentence(takewhile(lambda i: i is not dashes[0][0], inlines)):
        yield _printed(*dashes[0], "write `- ` for an item, below an empty line")


def _ends_sentence(before: Iterable[Inline]) -> bool:
    """Say whether a list may begin behind what stands before it: not in "rain –\\n– and snow –"."""
    said = plain(tuple(before)).rstrip()
    return not said or said[-1] in ".:;!?"


def _lines(inlines: Inlines) -> Iterator[Text]:
    """Yield the text with which each line of the source begins."""
    last = 0
    for inline in inlines:
        if isinstance(inline, Text) and inline.text.strip() and inline.span.line > last:
            yield inline
        if not isinstance(inline, LineBreak):
            last = max(last, inline.span.end_line)


def _printed(node: Text, found: re.Match[str], hint: str) -> Diagnostic:
    shown = found[0].strip()
    start = found.start() + len(found[0]) - len(found[0].lstrip())
    place = node.span.piece(start, len(shown)) if node.span.length >= len(node.text) else node.span
    return Diagnostic("unread-markup", f"`{shown}` is printed as text", place, hint)

"""Formulas: `$…$` in a line, and `$$…$$ {#eq-x}` on lines of its own.

The rules for single dollars are pandoc's (User's Guide, "Math"): no space inside, no digit after.
"""

from __future__ import annotations

import re

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.rules_inline import StateInline

from .anchors import of_kind, written_anchor
from .attributes import Attributes, parse_attributes
from .block_rules import INTERRUPTS

FORMULA = r"(?s)\$(?![\s$])(?P<tex>(?:[^\\$]|\\.)++)(?<!\s)\$(?!\d)"
DISPLAYED = r"(?s)\$\$(?P<tex>(?:[^\\$]|\\.)++)\$\$"
MYST_LABEL = r"\(([\w:.-]+)\)[ \t]*(?=\n|\Z)"


def formula_rules(md: MarkdownIt) -> None:
    md.inline.ruler.before("emphasis", "formula", formula)
    md.block.ruler.before("fence", "equation", equation, {"alt": INTERRUPTS})


def formula(state: StateInline, silent: bool) -> bool:
    """`$E = mc^2$`; `$$…$$` here is an equation within text, with the stop or comma after it."""
    start = state.pos
    if state.src[start] != "$":
        return False
    displayed = re.compile(DISPLAYED).match(state.src, start, state.posMax)
    found = displayed or re.compile(FORMULA).match(state.src, start, state.posMax)
    if not found:
        return False
    attributes, stop = Attributes(), found.end()
    end = stop
    if displayed:
        stop += state.src.startswith((",", ".", ";", ":"), stop)
        attributes, end = _attributes(state.src, stop, state.posMax)
    if not silent:
        token = state.push("formula", "math", 0)
        token.content = found["tex"].replace("\n", " ").strip() + state.src[found.end() : stop]
        token.meta.update(end=end, displayed=displayed is not None, attributes=attributes)
    state.pos = end
    return True


def equation(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """`$$`, a formula over any number of lines without a blank one, `$$`, and its attributes."""
    position = state.bMarks[start] + state.tShift[start]
    if not state.src.startswith("$$", position) or state.is_code_block(start):
        return False
    last = _closing_line(state, start, end)
    if last is None:
        return False
    text = state.getLines(start, last + 1, state.blkIndent, False).strip()
    found = re.match(DISPLAYED, text)
    if not found:
        return False
    attributes, after = _attributes(text, found.end(), len(text))
    if text[after:].strip():
        return False
    if not silent:
        token = state.push("equation", "math", 0)
        token.content = " ".join(found["tex"].split())
        token.map = [start, last + 1]
        token.meta["attributes"] = attributes
        state.line = last + 1
    return True


def _attributes(text: str, start: int, end: int) -> tuple[Attributes, int]:
    """Read `{#eq-x}` after an equation, or MyST's `(x)`; return where the text goes on."""
    rest = len(text[start:end]) - len(text[start:end].lstrip(" \t")) + start
    if label := re.compile(MYST_LABEL).match(text, rest, end):
        attributes = Attributes()
        attributes.anchor = str(of_kind(written_anchor(label[1]), "equation"))
        return attributes, label.end()
    return parse_attributes(text, rest, end) or (Attributes(), start)


def _closing_line(state: StateBlock, start: int, end: int) -> int | None:
    for line in range(start, end):
        if state.isEmpty(line) or state.sCount[line] < state.blkIndent:
            return None
        first = state.bMarks[line] + state.tShift[line] + (2 if line == start else 0)
        if state.src.find("$$", first, state.eMarks[line]) >= 0:
            return line
    return None

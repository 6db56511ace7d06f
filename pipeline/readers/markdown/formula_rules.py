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
# `\(…\)` and `\[…\]`, as R Markdown and LaTeX write formulas. Elsewhere a backslash makes a bracket
# text, so what is in it must look like a formula, and `\[sic\]` stays text.
BACKSLASH = re.compile(r"(?s)\\([(\[])(?P<tex>(?:[^\\$]|\\[^()\[\]])+?)\\([)\]])")
LIKE_FORMULA = {"(": r"[_^=<>]|\\[A-Za-z%]|\A[A-Za-z]\Z", "[": r"(?<!\\)[_^]|\\[A-Za-z]"}
IN_WORDS = r"(?<![\\{A-Za-z])[^\W\d_]{3,}\s+[^\W\d_]{2,}(?![^{}]*\})"
ENUMERATES = re.compile(r"(?:\A|[\n,;:.]|\b(?:and|or))[ \t]*\Z")
MYST_LABEL = r"\(([\w:.-]+)\)[ \t]*(?=\n|\Z)"


def formula_rules(md: MarkdownIt) -> None:
    md.inline.ruler.before("emphasis", "formula", formula)
    md.inline.ruler.before("escape", "backslash_formula", backslash_formula)
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


def backslash_formula(state: StateInline, silent: bool) -> bool:
    r"""`\(E = mc^2\)`, and `\[…\]`, an equation; a clause `\(a\)` is text."""
    start = state.pos
    closing = {"\\(": "\\)", "\\[": "\\]"}.get(state.src[start : start + 2])
    if closing is None or state.html_terminator_last(closing) < start:
        return False
    found = BACKSLASH.match(state.src, start, state.posMax)
    if not found or found[0][-1] != closing[-1]:
        return False
    tex = found["tex"].strip()
    on_its_own = found["tex"].startswith("\n")
    like_formula = LIKE_FORMULA["(" if on_its_own else found[1]]
    if not re.search(like_formula, tex) or re.search(IN_WORDS, tex):
        return False
    if len(tex) == 1 and ENUMERATES.search(state.src, 0, start):
        return False
    if not silent:
        token = state.push("formula", "math", 0)
        token.content = tex.replace("\n", " ")
        token.meta.update(end=found.end(), displayed=found[1] == "[", attributes=Attributes())
    state.pos = found.end()
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

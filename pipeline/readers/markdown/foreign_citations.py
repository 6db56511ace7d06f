"""Inline rules for citations in the syntax of MyST and LaTeX: `{cite:p}` and `\\citep`."""

from __future__ import annotations

import re

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline

from .anchors import label_anchor
from .citations import WrittenCite, close_token, open_token, push_citation

ROLE = re.compile(
    r"\{(?P<role>cite(?::[a-z]+)?|eq|math:numref|numref|ref)\}`(?P<keys>[^`{}<>\n]+)`"
)
ROLE_KEY = re.compile(r"[^\s,;]+")
# natbib's and biblatex's. What prints an author or a year alone is no mark.
COMMAND = re.compile(
    r"\\(?P<name>[Cc]ite(?:p|t|alp|alt)?|[Pp]arencite|[Tt]extcite|[Aa]utocite|[Ss]martcite"
    r"|supercite|footcite)\*?"
    r"(?:\[(?P<first>[^\[\]{}]*)\])?(?:\[(?P<last>[^\[\]{}]*)\])?\{(?P<keys>[^{}\\%#~]+)\}"
)
COMMAND_KEY = re.compile(r"(?P<bare>)(?P<braced>[^\s,]+)")
NARRATIVE = ("citet", "citealt", "textcite")


def foreign_citation_rules(md: MarkdownIt) -> None:
    md.inline.ruler.push("citation_role", citation_role)
    md.inline.ruler.before("escape", "citation_command", citation_command)


def citation_role(state: StateInline, silent: bool) -> bool:
    """MyST's `{cite:p}` and `{cite:t}` before keys in backticks."""
    if state.src[state.pos] != "{":
        return False
    found = ROLE.match(state.src, state.pos, state.posMax)
    if not found:
        return False
    if not silent:
        citation = open_token(state, "citation", found.start())
        citation["narrative"] = found["role"] == "cite:t"
        for key in ROLE_KEY.finditer(found["keys"]):
            start = found.start("keys") + key.start()
            cite = open_token(state, "cite", start)
            anchor = None if found["role"].startswith("cite") else label_anchor(key[0])
            cite.update(key=key[0], key_start=start, anchor=anchor, locator=None)
            cite.update(number_only=False, written=found[0] if anchor else "")
            close_token(state, "cite", start + len(key[0]))
        close_token(state, "citation", found.end())
    state.pos = found.end()
    return True


def citation_command(state: StateInline, silent: bool) -> bool:
    """`\\citep[see][p. 4]{a,b}`: the words stand before the first key and after the last one."""
    if state.src[state.pos] != "\\":
        return False
    found = COMMAND.match(state.src, state.pos, state.posMax)
    keys = list(COMMAND_KEY.finditer(state.src, *found.span("keys"))) if found else []
    if not found or not keys:
        return False
    if not silent:
        cites = [WrittenCite(key, (key.start(), key.start())) for key in keys]
        if found["last"] is not None:
            cites[0].before = found.span("first")
        after = "first" if found["last"] is None else "last"
        if found[after]:
            cites[-1].after = found.span(after)
        narrative = found["name"].lower() in NARRATIVE
        push_citation(state, cites, found.start(), found.end(), narrative)
    state.pos = found.end()
    return True

"""Our inline rules other than citations: sub- and superscript, spans, footnotes, HTML."""

from __future__ import annotations

import re

from markdown_it import MarkdownIt
from markdown_it.common.html_re import HTML_TAG_RE
from markdown_it.rules_inline import StateInline

from .attributes import parse_attributes
from .positions import label_end

SCRIPT = {"^": re.compile(r"\^(?:[^\s^\\]|\\.)+\^"), "~": re.compile(r"~(?:[^\s~\\]|\\.)+~")}
CALL = re.compile(r"\[\^(?P<label>[^\s\[\]^]+)\]")
# Each construct of HTML ends with one of these; without one ahead the expression is not tried.
HTML_END = (("<!--", "-->"), ("<![CDATA[", "]]>"), ("<?", "?>"), ("<", ">"))


def inline_rules(md: MarkdownIt) -> None:
    """Add the rules. Those that begin with `[` come after links, as in pandoc."""
    md.inline.ruler.before("emphasis", "script", script)
    md.inline.ruler.before("link", "footnote_call", footnote_call)
    md.inline.ruler.push("inline_note", inline_note)
    md.inline.ruler.push("span", span)
    md.inline.ruler.at("html_inline", html)


def script(state: StateInline, silent: bool) -> bool:
    """`x^2^` and `H~2~O`: no spaces inside, as in pandoc."""
    start = state.pos
    expression = SCRIPT.get(state.src[start])
    if not expression or state.src.startswith(("~~", "^["), start):
        return False
    found = expression.match(state.src, start, state.posMax)
    if not found or state.src[start - 1 : start] == state.src[start] == "~":
        return False
    if not silent:
        kind = "sup" if state.src[start] == "^" else "sub"
        push_around(state, kind, state.src[start], start + 1, found.end() - 1)
    state.pos = found.end()
    return True


def span(state: StateInline, silent: bool) -> bool:
    """`[words]{lang=fr}`."""
    start = state.pos
    if silent or state.src[start] != "[" or state.html_terminator_last("]{") < start:
        return False
    end = label_end(state, start)
    found = parse_attributes(state.src, end + 1, state.posMax) if end >= 0 else None
    if not found:
        return False
    attributes, after = found
    opening = len(state.tokens) + bool(state.pending)
    push_around(state, "span", "", start + 1, end)
    state.tokens[opening].meta.update(attributes=attributes, start=start)
    state.tokens[-1].meta["end"] = after
    state.pos = after
    return True


def footnote_call(state: StateInline, silent: bool) -> bool:
    """`[^label]`, whether or not there is such a footnote."""
    if silent or not state.src.startswith("[^", state.pos):
        return False
    found = CALL.match(state.src, state.pos, state.posMax)
    if not found:
        return False
    token = state.push("footnote_call", "", 0)
    token.meta.update(label=found["label"], end=found.end())
    token.content = found[0]
    state.pos = found.end()
    return True


def inline_note(state: StateInline, silent: bool) -> bool:
    """`^[The text of a footnote, in place.]`"""
    start = state.pos
    if silent or not state.src.startswith("^[", start):
        return False
    end = label_end(state, start + 1)
    if end < 0:
        return False
    opening = len(state.tokens) + bool(state.pending)
    push_around(state, "note", "", start + 2, end)
    state.tokens[opening].meta["start"] = start
    state.tokens[-1].meta["end"] = end + 1
    state.pos = end + 1
    return True


def html(state: StateInline, silent: bool) -> bool:
    """A tag, or a comment, which is the author's note and not printed."""
    start = state.pos
    if state.src[start] != "<":
        return False
    ending = next(end for begin, end in HTML_END if state.src.startswith(begin, start))
    if state.html_terminator_last(ending) < start:
        return False
    found = HTML_TAG_RE.match(state.src, start, state.posMax)
    if not found:
        return False
    if not silent:
        comment = found[0].startswith("<!--")
        token = state.push("comment" if comment else "html_inline", "", 0)
        token.content = found[0]
    state.pos = found.end()
    return True


def push_around(state: StateInline, kind: str, markup: str, start: int, end: int) -> None:
    """Push a pair of tokens, and between them those of the text from `start` to `end`."""
    state.push(f"{kind}_open", "", 1).markup = markup
    old = state.posMax
    state.pos, state.posMax = start, end
    state.md.inline.tokenize(state)
    state.pos, state.posMax = end, old
    state.push(f"{kind}_close", "", -1).markup = markup

"""HTML in a line: tags that mean what Markdown has signs for are read as such."""

from __future__ import annotations

import re
from html import unescape

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline

from .inline_rules import push_around

TAG = re.compile(
    r"<(?P<name>[A-Za-z][A-Za-z0-9]*)(?=[\s/>])(?P<attributes>(?:[^<>\"']|\"[^\"]*\"|'[^']*'){0,200})>"
)
ATTRIBUTE = r"(?<![\w:-]){}\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'<>]+))"
UNESCAPED = r"(?<!\\)(?:\\\\)*"  # before a sign that no backslash makes text
SIGNS = {
    "sub": "sub",
    "sup": "sup",
    **dict.fromkeys(("b", "strong"), "strong"),
    **dict.fromkeys(("i", "em", "u", "ins", "mark", "cite", "dfn", "var"), "em"),
    **dict.fromkeys(("s", "del", "strike"), "s"),
}
CODE = ("code", "kbd", "samp", "tt")


def html_rules(md: MarkdownIt) -> None:
    md.inline.ruler.before("html_inline", "tag", tag)


def tag(state: StateInline, silent: bool) -> bool:
    """`H<sub>2</sub>O`, `<a href="https://…">words</a>`, `<kbd>Esc</kbd>`, `<br>`."""
    found = TAG.match(state.src, state.pos, state.posMax) if state.src[state.pos] == "<" else None
    if found is None:
        return False
    name = found["name"].lower()
    if name == "br":
        if not silent:
            state.push("hardbreak", "br", 0).meta["end"] = found.end()
        state.pos = found.end()
        return True
    href = attribute(found["attributes"], "href") if name == "a" else ""
    if not (name in SIGNS or name in CODE or href) or state.html_terminator_last("</") < state.pos:
        return False
    closing = re.compile(rf"{UNESCAPED}(</{name}[ \t]*>)", re.IGNORECASE).search(
        state.src, found.end(), state.posMax
    )
    inside = state.src[found.end() : closing.start(1)] if closing else ""
    nested = re.search(rf"{UNESCAPED}<{name}[\s/>]", inside, re.IGNORECASE)
    if closing is None or not inside.strip() or nested or (href and "](" in inside):
        return False
    if not silent:
        _push(state, name, href, found, closing)
    state.pos = closing.end()
    return True


def attribute(attributes: str, name: str) -> str:
    """Return the value of an attribute of a tag, "" for none."""
    found = re.search(ATTRIBUTE.format(name), attributes, re.IGNORECASE)
    return unescape(found[found.lastindex or 0]).strip() if found else ""


def _push(
    state: StateInline, name: str, href: str, found: re.Match[str], closing: re.Match[str]
) -> None:
    start, end = found.end(), closing.start(1)
    if href:
        opening = len(state.tokens) + bool(state.pending)
        state.linkLevel += 1  # addresses in it are words
        push_around(state, "link", "", start, end)
        state.linkLevel -= 1
        state.tokens[opening].attrs = {"href": href}
        state.tokens[opening].meta["whole_end"] = closing.end()
        state.tokens[-1].meta.update(start=end, end=closing.end())
    elif name in CODE:
        token = state.push("code_inline", "", 0)
        token.content = unescape(" ".join(state.src[start:end].split()))
        token.meta["end"] = closing.end()
    else:
        push_around(state, SIGNS[name], found[0], start, end)
        state.tokens[-1].markup = closing[1]

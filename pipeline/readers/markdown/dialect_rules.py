"""Inline rules for what other dialects write: read where it has a meaning here, else recognised."""

from __future__ import annotations

import re

from markdown_it import MarkdownIt
from markdown_it.common.utils import normalizeReference
from markdown_it.rules_inline import StateInline

from .attributes import Attributes
from .inclusions import inclusion_hint
from .inline_rules import push_around

SHORTCODE = re.compile(
    r"\{\{[<%]?\s*(?P<name>[\w-]+)?.{0,300}?[>%]?\}\}|\{%.{1,300}?%\}|\{# .{0,300}? #\}"
)
SHORTCODES = {
    "embed": "save what the cell makes as an image, a table or text",
    **dict.fromkeys(("video", "youtube", "audio"), "write a link, [words](https://…)"),
    **dict.fromkeys(("fa", "bi", "iconify"), "leave the icon out, or write the word for it"),
    "pagebreak": "leave it out, or give the heading below it {.new-page}",
    "kbd": "write `words`",
    "lipsum": "leave it out",
}
WIKI = re.compile(r"!?\[\[(?P<name>[\w./][^\[\]\n]{0,200})\]\]")
HIGHLIGHT = re.compile(r"==(?=[^\s=])([^\n]{1,300}?)(?<=[^\s=])==(?!=)")
INSERTED = re.compile(r"(?<![\w+])\+\+(?=[^\s+])([^\n]{1,300}?)(?<=[^\s+])\+\+(?![\w+])")
# CriticMarkup: changes that nobody has decided on, words that a comment is about, comments.
CRITIC = re.compile(
    r"(?s)\{(?:\+\+.{1,2000}?\+\+|--.{1,2000}?--|~~.{1,2000}?~~|==(?P<words>.{1,2000}?)=="
    r"|>>(?P<comment>.{0,2000}?)<<)\}"
)
COMMENT = re.compile(r"(?s)(?<![\w%])(?<!\d )%%(?!%)(?:(?!%%).){1,2000}%%(?![\w%])")


def dialect_rules(md: MarkdownIt) -> None:
    for character in "=+%":
        md.inline.add_terminator_char(character)
    md.inline.ruler.before("escape", "blank", blank)
    md.inline.ruler.before("escape", "last_break", last_break)
    md.inline.ruler.push("wiki", wiki)
    md.inline.ruler.push("highlight", highlight)
    md.inline.ruler.push("inserted", inserted)
    md.inline.ruler.push("percent_comment", percent_comment)
    md.inline.ruler.push("critic", critic)
    md.inline.ruler.push("shortcode", shortcode)


def blank(state: StateInline, silent: bool) -> bool:
    r"""`Mr.\ Smith`: a blank at which no line breaks."""
    if not state.src.startswith("\\ ", state.pos) or state.pos + 2 > state.posMax:
        return False
    if not silent:
        token = state.push("text_special", "", 0)
        token.content, token.markup = "\N{NO-BREAK SPACE}", "\\ "
    state.pos += 2
    return True


def last_break(state: StateInline, silent: bool) -> bool:
    """A backslash at the end of a paragraph breaks a line behind which nothing comes."""
    if state.src[state.pos] != "\\" or state.pos + 1 != len(state.src):
        return False
    if not silent:
        state.pending = state.pending.rstrip(" ")
    state.pos += 1
    return True


def wiki(state: StateInline, silent: bool) -> bool:
    """Obsidian's `[[page]]` and `![[image.png]]`."""
    if state.src[state.pos] not in "![" or (found := _match(WIKI, state)) is None:
        return False
    if "@" in found[0] or normalizeReference(found["name"]) in state.env.get("references", ()):
        return False  # a citation or a link in brackets
    hint = "write [words](https://…), or [words](#anchor)"
    if found[0].startswith("!"):
        hint = f"write ![What it shows]({found[0][3:-2].partition('|')[0]})"
    return _push_foreign(state, found, hint, silent)


def highlight(state: StateInline, silent: bool) -> bool:
    """`==words==` is printed without its signs: nothing is highlighted here."""
    if state.src[state.pos] != "=" or (found := _match(HIGHLIGHT, state)) is None:
        return False
    if not silent:
        push_around(state, "em", "==", found.start(1), found.end(1))
    state.pos = found.end()
    return True


def inserted(state: StateInline, silent: bool) -> bool:
    """`++words++`, as `<ins>` has it: printed as those are."""
    if state.src[state.pos] != "+" or (found := _match(INSERTED, state)) is None:
        return False
    if not silent:
        push_around(state, "em", "++", found.start(1), found.end(1))
    state.pos = found.end()
    return True


def percent_comment(state: StateInline, silent: bool) -> bool:
    """Obsidian's `%%note%%`: the author's own."""
    if state.src[state.pos] != "%" or (found := _match(COMMENT, state)) is None:
        return False
    if not silent:
        state.push("comment", "", 0).meta["end"] = found.end()
    state.pos = found.end()
    return True


def critic(state: StateInline, silent: bool) -> bool:
    """CriticMarkup, `{++added++}`: words with a comment are words, a comment is left out."""
    if state.src[state.pos] != "{" or (found := _match(CRITIC, state)) is None:
        return False
    if found["words"] is None and found["comment"] is None:
        hint = "accept the change, or reject it: write the words that shall stand"
        return _push_foreign(state, found, hint, silent)
    if not silent and found["words"] is not None:
        opening = len(state.tokens) + bool(state.pending)
        push_around(state, "span", "", *found.span("words"))
        state.tokens[opening].meta["attributes"] = Attributes()
        state.tokens[-1].meta["end"] = found.end()
    elif not silent:
        token = state.push("left_out", "", 0)
        token.content = found[0]
        token.meta["end"] = found.end()
    state.pos = found.end()
    return True


def shortcode(state: StateInline, silent: bool) -> bool:
    """Quarto's `{{< include x >}}`, and the variables of Hugo and Jinja."""
    if state.src[state.pos] != "{" or (found := _match(SHORTCODE, state)) is None:
        return False
    name = found["name"].lower() if found["name"] else ""
    hint = inclusion_hint(found[0]) or SHORTCODES.get(name, "write what it stands for")
    return _push_foreign(state, found, hint, silent)


def _match(expression: re.Pattern[str], state: StateInline) -> re.Match[str] | None:
    return expression.match(state.src, state.pos, state.posMax)


def _push_foreign(state: StateInline, found: re.Match[str], hint: str, silent: bool) -> bool:
    if not silent:
        token = state.push("foreign", "", 0)
        token.content = found[0]
        token.meta.update(end=found.end(), hint=hint)
    state.pos = found.end()
    return True

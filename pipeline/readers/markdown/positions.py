"""Inline rules of markdown-it-py that remember where each token begins and ends.

markdown-it-py knows the lines of blocks only. Here every inline token carries in `meta` its
"start" and "end" in the content of its block; `source.Origin` leads on from there.
"""

from __future__ import annotations

from typing import Literal

from markdown_it import MarkdownIt
from markdown_it.helpers import parseLinkLabel
from markdown_it.parser_inline import ParserInline, RuleFuncInlineType
from markdown_it.rules_inline import StateInline
from markdown_it.rules_inline.state_inline import Scanned
from markdown_it.token import Token
from markdown_it.utils import EnvType

from ...text import is_wide
from .attributes import parse_attributes

LONGEST = 200_000  # characters of a paragraph: sixty pages; more takes minutes to read


class PositionedState(StateInline):
    """Notes the position at which a token was pushed, or its first character was put aside."""

    def __init__(self, src: str, md: MarkdownIt, env: EnvType, tokens: list[Token]) -> None:
        self._pending_start = 0
        super().__init__(src, md, env, tokens)

    def scanDelims(self, start: int, canSplitWord: bool) -> Scanned:
        """Let emphasis begin and end beside East Asian characters, as in `は**「重要」**で`.

        CommonMark wants spaces beside punctuation, which these scripts do not have; pandoc agrees.
        """
        found = super().scanDelims(start, canSplitWord)
        before = self.src[start - 1 : start] or " "
        after = self.src[start + found.length : self.posMax][:1] or " "
        if not canSplitWord or not (is_wide(before) or is_wide(after)):
            return found
        return Scanned(
            found.can_open or not after.isspace(),
            found.can_close or not before.isspace(),
            found.length,
        )

    def append_pending(self, text: str) -> None:
        if not self._pending_buffer and not self._pending:
            self._pending_start = self.pos
        super().append_pending(text)

    def pushPending(self) -> Token:
        token = super().pushPending()
        token.meta["start"] = self._pending_start
        return token

    def push(self, ttype: str, tag: str, nesting: Literal[-1, 0, 1]) -> Token:
        token = super().push(ttype, tag, nesting)
        token.meta["start"] = self.pos
        return token


class PositionedParser(ParserInline):
    """Reads inlines with `PositionedState`; an enormous paragraph stays one text."""

    def parse(self, src: str, md: MarkdownIt, env: EnvType, tokens: list[Token]) -> list[Token]:
        state = PositionedState(src, md, env, tokens)
        if len(src) > LONGEST:
            token = state.push("text", "", 0)
            token.content = src.replace("\n", " ")
            token.meta["too_long"] = True
        else:
            self.tokenize(state)
            for rule in self.ruler2.getRules(""):
                rule(state)
        _settle(state.tokens)
        return state.tokens


def _settle(tokens: list[Token]) -> None:
    """Give each token its end, and a start after the token before it.

    The delimiters of one run (`***`) are all pushed at its beginning.
    """
    end = 0
    for token in tokens:
        start = max(token.meta.get("start", end), end)
        length = len(token.markup if token.type in MARKED else token.content)
        token.meta["start"] = start
        token.meta["end"] = end = max(token.meta.get("end", start + length), start)


MARKED = frozenset(
    f"{kind}{side}" for kind in ("em", "strong", "s", "sup", "sub") for side in ("_open", "_close")
) | {"text_special"}


def text(state: StateInline, silent: bool) -> bool:
    """Collect plain text, but not beyond the end: a suffix may end at any character."""
    found = state.md.inline.terminator_re.search(state.src, state.pos, state.posMax)
    end = found.start() if found else state.posMax
    if end <= state.pos:
        return False
    if not silent:
        state.append_pending(state.src[state.pos : end])
    state.pos = end
    return True


def label_end(state: StateInline, start: int) -> int:
    """Return where the bracket that opens at `start` closes, or -1.

    Without a `]` ahead nothing is searched: many `[` would take quadratic time.
    """
    if state.html_terminator_last("]") < start:
        return -1
    return parseLinkLabel(state, start)


def whole(rule: RuleFuncInlineType, kind: str) -> RuleFuncInlineType:
    """Return a rule of markdown-it-py that notes the extent of its `kind` of token.

    Attributes in braces directly after it belong to it.
    """

    def positioned(state: StateInline, silent: bool) -> bool:
        start, first = state.pos, len(state.tokens)
        if state.src[start] in "[!" and state.html_terminator_last("]") < start:
            return False  # saves a search from each of many `[`
        if not rule(state, silent):
            return False
        pushed = state.tokens[first:] if not silent else []
        opening = next((token for token in pushed if token.type == kind), None)
        if opening is None:
            return True
        opening.meta["start"] = start
        if opening.info == "auto":
            pushed[-2].meta["start"] = start + 1  # the address, behind "<"
        elif found := parse_attributes(state.src, state.pos, state.posMax):
            opening.meta["attributes"], state.pos = found
        last = opening if opening.nesting == 0 else state.tokens[-1]
        last.meta["end"] = state.pos
        opening.meta["whole_end"] = state.pos
        return True

    return positioned

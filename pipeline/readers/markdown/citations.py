"""Inline rules for citations and cross-references: pandoc's grammar.

Source: pandoc's User's Guide, "Citation syntax", and the behaviour of pandoc 3.9. The rules push
tokens of five kinds: `citation` > `cite` > `prefix`, `suffix`, and `bad_citation`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline

from ...model import CROSS_REFERENCED, Anchor, Locator
from .anchors import written_anchor
from .attributes import parse_attributes
from .locators import COMMAS, split_locator, unlabelled
from .positions import label_end

KEY = re.compile(
    r"-?@(?:(?P<bare>\w(?:\w|[:.#$%&\-+?<>~/](?=\w)|[:/](?=/))*)"
    r"|\{(?P<braced>(?:[^{}\s]|\{[^{}\s]*\})+)\})"
)
BLANKS = re.compile(r"\s*")
SEMICOLONS = ";；؛"
# What precedes an `@` in an address: "https://…/", "example.org/".
ADDRESS = re.compile(r"(?:\w://|\bwww\.|\w\.\w{2,}/)")
LONGEST_ADDRESS = 300


class WrittenCite:
    """One key, with the stretches of text before and after it."""

    def __init__(self, key: re.Match[str], before: tuple[int, int]) -> None:
        self.key = key
        self.before = before
        self.after = (key.end(), key.end())


def citation_rules(md: MarkdownIt) -> None:
    """Add the rules after the one for links: `[@a](url)` is a link."""
    for semicolon in SEMICOLONS:
        md.inline.add_terminator_char(semicolon)
    md.inline.ruler.push("citation", bracketed_citation)
    md.inline.ruler.push("narrative_citation", narrative_citation)


def cross_reference_anchor(key: re.Match[str]) -> Anchor | None:
    """Return what the key `fig-x` or `fig:x` refers to, and None for a citation key.

    Braces say that a key is a citation key, whatever it looks like. `Fig-x` begins a sentence.
    """
    bare = key["bare"] or ""
    anchor = written_anchor(bare[:1].lower() + bare[1:])
    return anchor if anchor.kind in CROSS_REFERENCED else None


def bracketed_citation(state: StateInline, silent: bool) -> bool:
    """`[see @a, p. 4; @b]`. In silent mode it is a pair of brackets: links may hold it."""
    start = state.pos
    if silent or state.src[start] != "[" or state.src.find("@", start, state.posMax) < 0:
        return False
    end = label_end(state, start)
    if end < 0 or "@" not in state.src[start:end]:
        return False
    if parse_attributes(state.src, end + 1, state.posMax):
        return False  # a bracketed span
    first = _after_blanks(state.src, start + 1, end)
    cites = _split(state, first, end)
    if cites:
        push_citation(state, cites, start, end + 1)
    elif state.src.startswith(("@", "-@"), first):
        token = state.push("bad_citation", "", 0)
        token.content = state.src[start : end + 1]
    else:
        return False
    state.pos = end + 1
    return True


def narrative_citation(state: StateInline, silent: bool) -> bool:
    """`@a`, `-@a`, `@a [p. 4]`: a key in the running text, not in addresses or e-mail."""
    start = state.pos
    key = _key_at(state, start)
    if not key or (not silent and _in_address(state, start)):
        return False
    if silent:
        state.pos = key.end()
        return True
    if number := state.env.get("example_labels", {}).get(key["bare"]):
        state.push("text_special", "", 0).content = str(number)  # of an example: (@good)
        state.pos = key.end()
        return True
    cite = WrittenCite(key, (start, start))
    end, others = key.end(), list[WrittenCite]()
    if not cross_reference_anchor(key):
        end, others = _continuation(state, cite)
    push_citation(state, [cite, *others], start, end, narrative=True)
    state.pos = end
    return True


def _key_at(state: StateInline, position: int) -> re.Match[str] | None:
    """Return the key that begins here, unless it continues a word, as in an e-mail address."""
    if state.src[position] not in "@-" or (position and _continues_word(state.src[position - 1])):
        return None
    found = KEY.match(state.src, position, state.posMax)
    if not found or not found["bare"] or found["bare"].isascii():
        return found
    # In scripts without spaces a key ends where words go on: at a letter without case.
    for at, (before, sign) in enumerate(pairwise(found["bare"]), found.start("bare") + 1):
        if _is_caseless(sign) and not _is_caseless(before):
            return KEY.match(state.src, position, at)
    return found


def _continues_word(before: str) -> bool:
    return before.isalnum() and not _is_caseless(before)


def _is_caseless(sign: str) -> bool:
    """Say whether a letter is of a script without capitals: they join words without spaces."""
    return sign.isalpha() and sign.lower() == sign.upper()


def _in_address(state: StateInline, position: int) -> bool:
    if not position or state.src[position - 1].isspace():
        return False
    before = state.src[max(position - LONGEST_ADDRESS, 0) : position]
    return bool(ADDRESS.search(before.split()[-1])) and before[-1] in "/=:?&."


def _continuation(state: StateInline, cite: WrittenCite) -> tuple[int, list[WrittenCite]]:
    """Read the bracket after `@a`: `[p. 4]`, `[p. 4; @b]`, or `[@b]`, which joins it.

    Return where the citation ends, and further cites. A link or a span does not continue it.
    """
    alone: tuple[int, list[WrittenCite]] = (cite.key.end(), [])
    bracket = _after_blanks(state.src, cite.key.end(), state.posMax)
    if not state.src.startswith("[", bracket) or state.src.startswith("[^", bracket):
        return alone
    end = label_end(state, bracket)
    if end < 0 or state.src.startswith(("(", "["), end + 1, state.posMax):
        return alone
    if parse_attributes(state.src, end + 1, state.posMax):
        return alone
    others = _split(state, _after_blanks(state.src, bracket + 1, end), end)
    if any(cross_reference_anchor(other.key) for other in others):
        return alone
    if not others:
        stop = _first_stop(state, bracket + 1, end)
        if stop < end:
            others = _split(state, _after_blanks(state.src, stop + 1, end), end)
            if not others:
                return alone
        cite.after = (bracket + 1, stop)
    return end + 1, others


def _first_stop(state: StateInline, start: int, end: int) -> int:
    """Return the offset of the first semicolon outside other tokens, or `end`."""
    old = state.pos, state.posMax
    state.pos, state.posMax = start, end
    while state.pos < end and state.src[state.pos] not in SEMICOLONS:
        state.md.inline.skipToken(state)
    stop = min(state.pos, end)
    state.pos, state.posMax = old
    return stop


def _split(state: StateInline, start: int, end: int) -> list[WrittenCite]:
    """Split the inside of a bracket at semicolons and at keys; [] if a piece has no key."""
    cites: list[WrittenCite] = []
    piece, fresh, depth = start, True, 0
    old = state.pos, state.posMax
    state.pos, state.posMax = start, end
    while state.pos < end:
        position = state.pos
        character = state.src[position]
        depth += (character == "[") - (character == "]")
        key = _key_at(state, position) if depth == 0 and character in "@-" else None
        if key:
            before = (piece, position)
            if not fresh:
                cites[-1].after, before = _between(state.src, piece, position)
            cites.append(WrittenCite(key, before))
            piece, fresh, state.pos = key.end(), False, key.end()
        elif character in SEMICOLONS and depth == 0:
            if fresh:
                break
            cites[-1].after = (piece, position)
            piece, fresh, state.pos = (
                _after_blanks(state.src, position + 1, end),
                True,
                position + 1,
            )
        else:
            state.md.inline.skipToken(state)
    complete = state.pos >= end and not fresh
    state.pos, state.posMax = old
    if not complete:
        return []
    cites[-1].after = (piece, end)
    return cites


def _between(text: str, start: int, end: int) -> tuple[tuple[int, int], tuple[int, int]]:
    """Divide the words between two keys of one piece, at the last comma, between the two cites."""
    comma = max(text.rfind(sign, start, end) for sign in COMMAS)
    if comma < 0:
        return (start, start), (start, end)
    return (start, comma), (comma + 1, end)


def _after_blanks(text: str, start: int, end: int) -> int:
    found = BLANKS.match(text, start, end)
    return found.end() if found else start


def push_citation(
    state: StateInline, cites: list[WrittenCite], start: int, end: int, narrative: bool = False
) -> None:
    open_token(state, "citation", start)["narrative"] = narrative
    for cite in cites:
        _push_cite(state, cite)
    close_token(state, "citation", end)


def _push_cite(state: StateInline, cite: WrittenCite) -> None:
    key = cite.key
    after_start, after_end = cite.after
    anchor = cross_reference_anchor(key)
    locator: Locator | None = None
    braces: list[int] = []
    if not anchor and after_end > after_start:
        after = state.src[after_start:after_end].rstrip()
        locator, length = split_locator(after, state.env["lang"])
        braces = [after_start + at for at in unlabelled(after, state.env["lang"]) or ()]
        after_start, after_end = after_start + length, after_start + len(after)
    before_start = _after_blanks(state.src, *cite.before)
    before_end = before_start + len(state.src[before_start : cite.before[1]].rstrip())
    group = "bare" if key["bare"] else "braced"
    meta = open_token(state, "cite", min(before_start, key.start()))
    meta.update(key=key[group], key_start=key.start(group), anchor=anchor, locator=locator)
    meta["number_only"] = key[0].startswith("-")
    _push_inside(state, "prefix", before_start, before_end)
    _push_inside(state, "suffix", after_start, after_end, braces)
    close_token(state, "cite", key.end())


def _push_inside(
    state: StateInline, kind: str, start: int, end: int, left_out: Sequence[int] = ()
) -> None:
    """Read a stretch of the bracket as inlines: `*see*` is emphasis here too.

    The characters at `left_out` are no part of them.
    """
    if end <= start:
        return
    open_token(state, kind, start)
    if kind == "suffix" and _begins_word(state.src[start + (start in left_out)]):
        state.push("text_special", "", 0).content = ", "  # `@a [and more]` has no comma
    old = state.posMax
    for first, last in pairwise((start - 1, *left_out, end)):
        state.pos, state.posMax = first + 1, last
        state.md.inline.tokenize(state)
    state.posMax = old
    close_token(state, kind, end)


def _begins_word(character: str) -> bool:
    return character.isalnum() or character == "§"


def open_token(state: StateInline, kind: str, start: int) -> dict[str, object]:
    state.pos = start
    token = state.push(f"{kind}_open", "", 1)
    return token.meta


def close_token(state: StateInline, kind: str, end: int) -> None:
    state.pos = end
    state.push(f"{kind}_close", "", -1)

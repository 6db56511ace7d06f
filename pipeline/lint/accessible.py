"""What only the author can supply for those who do not see a brief.

Asked for by `brief check --accessibility`.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from functools import cache
from itertools import pairwise
from pathlib import Path

import msgspec
from msgspec import Struct

from ..diagnostics import Diagnostic
from ..language.files import language_of
from ..model import (
    Brief,
    Chart,
    Code,
    CodeBlock,
    DefinitionList,
    Image,
    Link,
    Node,
    Part,
    Passage,
    Table,
    Text,
    plain,
    walk,
)
from ..styles import House
from ..text import names_picture, wide_characters

_ABBREVIATION = re.compile(r"(?<![\w.@/-])[^\W\d_][\w]{1,6}(?![\w/@-])")
_ROMAN = re.compile("[IVXLCDM]+")
_ADDRESS = re.compile(r"(?:https?://|www\.)\S+")
_FEWEST_WORDS, _FEWEST_WIDE = 3, 6  # of an alternative text; in Japanese and Chinese, characters
_WORD = re.compile(r"[^\W\d_]+")


class Words(Struct, frozen=True):
    """Words by language, as `accessible_words.toml` lists them."""

    known: frozenset[str]
    links: Mapping[str, frozenset[str]]
    pictures: Mapping[str, tuple[str, ...]]
    colours: Mapping[str, frozenset[str]]
    drawn: Mapping[str, frozenset[str]]


@cache
def _words() -> Words:
    path = Path(__file__).with_name("accessible_words.toml")
    return msgspec.toml.decode(path.read_bytes(), type=Words)


def says_nothing(words: str, lang: str) -> bool:
    """Whether the words of a link say nothing of where it leads, in a language or in English."""
    bare = " ".join(words.split()).strip(" .:…>»→").casefold()
    listed = _words().links
    return bare in listed.get(lang.partition("-")[0], ()) or bare in listed["en"]


def weak_alt(brief: Brief, house: House) -> Iterator[Diagnostic]:
    """Alternative text that is too short, or of a chart without any figure."""
    openings = _words().pictures.get(_language(brief, house), ())
    for node in walk(brief):
        if not isinstance(node, Image | Chart) or not node.alt.strip() or names_picture(node.alt):
            continue  # what says nothing is `missing-alt`
        alt, hint = node.alt, "say what it shows, with the figures that matter"
        if alt.casefold().startswith(openings) and openings:
            message = f"the alternative text begins with “{' '.join(alt.split()[:2])}”"
            hint = "screen readers say that it is a picture: begin with what it shows"
        elif len(alt.split()) < _FEWEST_WORDS and wide_characters(alt) < _FEWEST_WIDE:
            message = f"the alternative text is short: “{alt}”"
        elif isinstance(node, Chart) and not any(map(str.isdigit, alt)):
            message = "the alternative text of the chart has no figures"
        else:
            continue
        yield Diagnostic("weak-alt", message, node.span, hint)


def weak_link_text(brief: Brief, house: House) -> Iterator[Diagnostic]:
    for node in walk(brief):
        if isinstance(node, Link) and (words := plain(node.inlines)):
            if says_nothing(words, _language(brief, house)):
                message = f"the link says only “{words}”"
            elif _ADDRESS.fullmatch(words):
                message = "the link is read aloud letter by letter"
            else:
                continue
            hint = "let its words say where it leads: [the report of 2024](https://…)"
            yield Diagnostic("weak-link-text", message, node.span, hint)


def unnamed_table(brief: Brief, house: House) -> Iterator[Diagnostic]:
    for node in walk(brief):
        if isinstance(node, Table) and not node.caption:
            hint = "write `: Caption {#tbl-name}` below it"
            yield Diagnostic("unnamed-table", "the table has no caption", node.span, hint)


def headless_table(brief: Brief, house: House) -> Iterator[Diagnostic]:
    for node in walk(brief):
        if isinstance(node, Table) and not (node.has_head or node.has_row_heads):
            message = "the table has no headers"
            hint = "say in its first row what each column holds"
            yield Diagnostic("headless-table", message, node.span, hint)


def unexplained_abbreviation(brief: Brief, house: House) -> Iterator[Diagnostic]:
    """The first use of an abbreviation that is never written beside its words."""
    texts = [node for node in walk(brief) if isinstance(node, Text)]
    whole = "\n".join(node.text for node in texts)
    terms = {plain(i.term) for n in walk(brief) if isinstance(n, DefinitionList) for i in n.items}
    seen = set(_words().known | terms)
    for node in texts:
        for found in _ABBREVIATION.finditer(node.text):
            short = found[0].removesuffix("s")
            if short in seen or not _is_abbreviation(short) or _shouted(found):
                continue
            seen.add(short)
            beside = rf"\(\W*{re.escape(short)}s?\b|\b{re.escape(short)}s? \("
            if not re.search(beside, whole):
                message = f"`{short}` is never written out"
                hint = f"write it out once, with the short form behind it: … ({short})"
                place = node.span.piece(found.start(), len(found[0]))
                yield Diagnostic("unexplained-abbreviation", message, place, hint)


def _is_abbreviation(word: str) -> bool:
    return word.isupper() and len(word) > 1 and not _ROMAN.fullmatch(word)


def _shouted(found: re.Match[str]) -> bool:
    """Say whether the words beside one are in capitals, too: a heading that shouts."""
    before, after = found.string[: found.start()].split(), found.string[found.end() :].split()
    beside = [*before[-1:], *after[:1]]
    return any(word.isupper() and len(word) > 2 for word in beside)


def colour_words(brief: Brief, house: House) -> Iterator[Diagnostic]:
    """ "The red line": whoever does not see colours, or prints the brief, cannot tell which."""
    colours = _words().colours.get(_language(brief, house), frozenset())
    drawn = _words().drawn.get(_language(brief, house), frozenset())
    for node in walk(brief):
        words = [*_WORD.finditer(node.text)] if isinstance(node, Text) else []
        for word, other in pairwise(words):
            pair = {word[0].casefold(), other[0].casefold()}
            if pair & colours and pair & drawn:
                message = f"“{word[0]} {other[0]}” is told apart by its colour alone"
                place = node.span.piece(word.start(), other.end() - word.start())
                hint = "name what it shows as well: the red line (Oslo)"
                yield Diagnostic("colour-words", message, place, hint)


def unmarked_language(brief: Brief, house: House) -> Iterator[Diagnostic]:
    """Words in a script that the language of the brief is not written in."""
    own = {
        _script(c)
        for words in language_of(brief.front.lang or house.lang).terms.values()
        for c in words
    }
    marked = {id(text) for node in walk(brief) if _has_language(node) for text in walk(node)}
    for node in walk(brief):
        if not isinstance(node, Text) or id(node) in marked:
            continue
        for found in _WORD.finditer(node.text):
            script = _script(found[0][0])
            if script in _SCRIPTS and script not in own:
                message = f"`{found[0]}` is in another script, and its language is not stated"
                hint = "mark it, so that it is read aloud in its language: [слово]{lang=ru}"
                place = node.span.piece(found.start(), len(found[0]))
                yield Diagnostic("unmarked-language", message, place, hint)
                break


_SCRIPTS = frozenset(
    {
        *("ARABIC", "HEBREW", "CYRILLIC", "DEVANAGARI", "BENGALI", "TAMIL", "TELUGU", "THAI"),
        *("HANGUL", "HIRAGANA", "KATAKANA", "CJK", "GEORGIAN", "ARMENIAN", "ETHIOPIC"),
    }
)


def _script(character: str) -> str:
    """Return the first word of the name of a character, which is its script."""
    return unicodedata.name(character, "").partition(" ")[0]


def _has_language(node: Node) -> bool:
    return isinstance(node, Code | CodeBlock) or (
        isinstance(node, Passage | Part) and bool(node.lang)
    )


def _language(brief: Brief, house: House) -> str:
    return (brief.front.lang or house.lang).partition("-")[0]

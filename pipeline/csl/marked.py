"""Formatted runs as one string with marks, and back: the text that the engine works on.

The marks are Unicode noncharacters (The Unicode Standard, 23.7): text that is exchanged never holds
them, so nothing that an author writes can pass for one, and nothing needs to be escaped.
"""

from __future__ import annotations

import re
from itertools import groupby
from operator import itemgetter

from msgspec.structs import replace

from ..language.tags import language_tag, primary
from ..model.references import Reference, RichText, Run, plain
from ..text import RESOLVER, link_target, on_one_line, without_controls

ITALIC, BOLD, SMALL_CAPS, SUPER, SUB, LINK, CLOSE = map(chr, range(0xFDD0, 0xFDD7))
OPEN_QUOTE, CLOSE_QUOTE = "\ufdd7", "\ufdd8"  # which quotes they are is known at the end
BEGIN, END = "\ufdd9", "\ufdda"  # round the value of a variable: what an author wrote
FOREIGN = "\ufddf"  # opens a title in another language than the entry's
ADDRESS = "\ufdde"  # before what gives the address of a source
UNDERLINE, UPRIGHT, REGULAR = "\ufddb", "\ufddc", "\ufddd"  # the last two end italics and bold
MARKS = frozenset(map(chr, range(0xFDD0, 0xFDF0)))

_OPENING = frozenset(
    {ITALIC, BOLD, SMALL_CAPS, SUPER, SUB, LINK, UNDERLINE, UPRIGHT, REGULAR, FOREIGN}
)
_PIECES = re.compile(f"{LINK}.|[\ufdd0-\ufdef]", re.DOTALL)
_FIRST_LINK = 0xF0000  # the character after LINK says which link it is


def clean(text: str) -> str:
    """Return text on one line, without control characters and so without any of our marks."""
    return without_controls(on_one_line(text))


def encode(text: RichText, links: list[str]) -> str:
    """Return runs as a string with marks; the targets of its links are added to `links`."""
    return "".join(_encode_run(run, links) for run in text)


def _encode_run(run: Run, links: list[str]) -> str:
    opening = (
        (ITALIC if run.italic else "")
        + (BOLD if run.bold else "")
        + (SMALL_CAPS if run.small_caps else "")
        + (UNDERLINE if run.underline else "")
        + {"super": SUPER, "sub": SUB}.get(run.position, "")
    )
    text = opening + clean(run.text) + CLOSE * len(opening)
    return link(text, run.href, links)


def link(text: str, href: str, links: list[str]) -> str:
    """Return a text with marks as a link; without one if nothing may link to the address."""
    if not (target := link_target(href)):
        return text
    links.append(target)
    return f"{LINK}{chr(_FIRST_LINK + len(links) - 1)}{text}{CLOSE}"


def foreign_language(reference: Reference, around: str) -> str:
    """Return the language of a title, "" if it is unknown or that of the entry, `around`."""
    lang = language_tag(plain(reference.fields.get("language", ())))
    return "" if primary(lang) == around else lang


def pieces(text: str) -> list[str]:
    """Return each character of a string with marks; LINK comes with the one that says which."""
    if LINK not in text:
        return list(text)
    found, position = [], 0
    while position < len(text):
        length = 2 if text[position] == LINK else 1
        found.append(text[position : position + length])
        position += length
    return found


def bare(text: str) -> str:
    """Return a string without its marks."""
    return _PIECES.sub("", text)


_RESOLVER = re.compile(rf"({re.escape(RESOLVER)})({BEGIN}?{LINK}.)", re.DOTALL)


def decode(text: str, links: list[str], lang: str = "") -> RichText:
    """Return a string with marks as runs. Italics within italics are upright, and so on.

    `lang` is the language of the title, if it is not that of the entry.
    """
    text = _RESOLVER.sub(r"\2\1", text)  # styles write it before the DOI, which is the link
    text = text.replace(BEGIN, "").replace(END, "")
    dressed: list[tuple[Run, str]] = []
    opened: list[str] = []
    dress = Run("")
    position = 0
    for mark in [*_PIECES.finditer(text), None]:
        plain = text[position : mark.start() if mark else None]
        if plain:
            dressed.append((dress, plain))
        if mark is None:
            break
        position = mark.end()
        if mark[0][0] in _OPENING:
            opened.append(mark[0])
        elif mark[0] == CLOSE:
            del opened[-1:]
        dress = _dress(opened, links, lang)
    return tuple(
        replace(dress, text="".join(plain for _, plain in same))
        for dress, same in groupby(dressed, key=itemgetter(0))
    )


def _dress(opened: list[str], links: list[str], lang: str) -> Run:
    targets = [links[ord(mark[1]) - _FIRST_LINK] for mark in opened if mark[0] == LINK]
    positions = [mark for mark in opened if mark in (SUPER, SUB)]
    return Run(
        "",
        italic=_after_last(opened, UPRIGHT).count(ITALIC) % 2 == 1,
        bold=_after_last(opened, REGULAR).count(BOLD) % 2 == 1,
        small_caps=opened.count(SMALL_CAPS) % 2 == 1,
        underline=UNDERLINE in opened,
        position={SUPER: "super", SUB: "sub"}[positions[-1]] if positions else "",
        href=targets[-1] if targets else "",
        lang=lang if FOREIGN in opened else "",
    )


def _after_last(opened: list[str], mark: str) -> list[str]:
    return opened[len(opened) - opened[::-1].index(mark) :] if mark in opened else opened

"""Pieces of a paragraph as a line of Markdown. What was text stays text."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence

from msgspec import Struct, field
from msgspec.structs import replace

from ..language.locators import is_several
from ..merge.writing import (
    Setting,
    Token,
    Unwritable,
    escaped,
    joined,
    without_block_start,
    written_cite,
)
from ..model import Anchor
from ..readers.docx import PLAIN
from ..text import link_target
from .values import (
    Break,
    Call,
    Cited,
    Count,
    Formula,
    Loss,
    Picture,
    Piece,
    Place,
    Pointer,
    Words,
    Work,
    text_of,
)

LINE_BREAK = "\\\n"
_BLANKS = re.compile(r"[ \t]+")
_STOP = re.compile(r"(?P<words>.*[^\s.,;:])(?P<stop>[.,;:])$", re.DOTALL)
_PLAIN_LOCATOR = re.compile(r"[0-9ivxlcdmIVXLCDM]+(?:\s*[-–—,]\s*[0-9ivxlcdmIVXLCDM]+)*")
# CSL's kinds of locators → the words for one and for several, which are read in every language.
_LOCATORS: Mapping[str, tuple[str, str]] = {
    "page": ("p.", "pp."), "chapter": ("ch.", "chs."), "section": ("sec.", "secs."),
    "paragraph": ("para.", "paras."), "figure": ("fig.", "figs."), "table": ("tbl.", "tbls."),
    "volume": ("vol.", "vols."), "issue": ("no.", "nos."), "part": ("pt.", "pts."),
    "note": ("n.", "nn."), "line": ("l.", "ll."), "verse": ("v.", "vv."), "book": ("bk.", "bks."),
    "column": ("col.", "cols."), "folio": ("fol.", "fols."), "opus": ("op.", "opp."),
    "sub-verbo": ("s.v.", "s.vv."), "sub verbo": ("s.v.", "s.vv."), "article": ("art.", "arts."),
    "appendix": ("app.", "apps."),
}  # fmt: skip
_LABELLED = re.compile(r"^\D*[^\W\d_]\D*[\s\u00a0]*[\dIVXivx]+(?:[.-]\d+)*$")
_AUTOLINK = re.compile(r"https?://[^\s<>|\\]+")
_NUMBER = re.compile(r"^[\d.\s-]+$")


class Context(Struct):
    """What lines are written with. What is lost is added to `losses`."""

    keys: Mapping[str, str]  # citation keys, by `Work.source`
    anchors: Mapping[str, Anchor] = field(default_factory=dict)  # by bookmark
    labels: dict[str, int] = field(default_factory=dict)  # of notes, in order of their calls
    notes: frozenset[str] = frozenset()  # that there are
    note_calls: Mapping[str, str] = field(default_factory=dict)  # notes by bookmark of their call
    pictures: Mapping[str, str] = field(default_factory=dict)  # files, by part
    sections_have_numbers: bool = False
    losses: list[Loss] = field(default_factory=list)
    image: Callable[[Picture, str, str, Place], str] | None = None

    def lose(self, verdict: str, kind: str, message: str, place: Place, text: str = "") -> None:
        self.losses.append(Loss(verdict, kind, message, place, text))  # type: ignore[arg-type]


def line(
    pieces: Sequence[Piece], context: Context, place: Place, setting: Setting | None = None
) -> str:
    """Return pieces as inline Markdown; its lines begin no blocks."""
    setting = replace(setting or Setting(), anchors=context.anchors, straight=True)
    tokens = list(_tokens(_before_stops(_trimmed(_merged(pieces))), context, place, setting))
    while tokens and tokens[0].written == " ":
        tokens.pop(0)
    while tokens and tokens[-1].written == " ":
        tokens.pop()
    try:
        found = joined(tokens, setting)
    except Unwritable:
        context.lose("changed", "struck-out", "words that were struck out are not", place)
        plain = [replace(t, format=t.format and replace(t.format, strike=False)) for t in tokens]
        found = joined(plain, setting)
    if setting.front:
        return found
    return "\n".join(without_block_start(part.strip(" ")) for part in found.split("\n"))


def words_of(pieces: Sequence[Piece]) -> str:
    return " ".join("".join(map(text_of, pieces)).split())


def _merged(pieces: Sequence[Piece]) -> list[Piece]:
    """Join stretches of text that look the same."""
    found: list[Piece] = []
    for piece in pieces:
        if isinstance(piece, Count):
            piece = Words(piece.shown)
        last = found[-1] if found else None
        if isinstance(piece, Words) and isinstance(last, Words) and last.format == piece.format:
            found[-1] = replace(last, text=last.text + piece.text)
        else:
            found.append(piece)
    return found


def _trimmed(pieces: list[Piece]) -> list[Piece]:
    """Take away breaks at the ends, and blanks before breaks."""
    while pieces and _is_empty(pieces[0]):
        pieces.pop(0)
    while pieces and _is_empty(pieces[-1]):
        pieces.pop()
    return pieces


def _is_empty(piece: Piece) -> bool:
    return isinstance(piece, Break) or (isinstance(piece, Words) and not piece.text.strip(" \t"))


def _before_stops(pieces: list[Piece]) -> list[Piece]:
    """Put a citation that follows a full stop before it, where our marks are written."""
    found: list[Piece] = []
    for piece in pieces:
        last = found[-1] if found else None
        if isinstance(piece, Cited) and isinstance(last, Words):
            stop = _STOP.match(last.text)
            if stop:
                found[-1] = replace(last, text=stop["words"])
                found += [piece, replace(last, text=stop["stop"])]
                continue
        found.append(piece)
    return found


def _tokens(
    pieces: Sequence[Piece], context: Context, place: Place, setting: Setting
) -> list[Token]:
    tokens: list[Token] = []
    texts = [text_of(piece) if isinstance(piece, Words | Pointer) else "" for piece in pieces]
    for number, piece in enumerate(pieces):
        before = "".join(texts[max(number - 2, 0) : number])[-2:]
        after = "".join(texts[number + 1 : number + 3])[:2]
        match piece:
            case Words():
                tokens += _words(piece, before, after, context, place, setting)
            case Break():
                tokens.append(Token("<br>" if setting.cell or setting.front else LINE_BREAK, None))
            case Cited():
                tokens += _cited(piece, tokens, context, place, setting)
            case Pointer():
                tokens += _pointer(piece, before, after, context, place, setting)
            case Call(note=note):
                tokens += _call(note, context, place, setting)
            case Formula(tex=tex):
                shown = tex.replace("|", r"\vert ") if setting.cell else tex
                tokens.append(Token(f"${shown}$", None))
            case Picture():
                assert context.image is not None
                tokens.append(Token(context.image(piece, "", "", place), None))
            case Count(shown=shown):
                tokens += _words(Words(shown), before, after, context, place, setting)
    return tokens


def _words(
    words: Words, before: str, after: str, context: Context, place: Place, setting: Setting
) -> list[Token]:
    look, text = words.format, words.text
    if look.link:
        look = replace(look, link=_link(look.link, words.text, context, place))
    if look.link and re.sub(r"^mailto:", "", look.link) == text.strip():
        look = replace(look, link="")
        if _AUTOLINK.fullmatch(text.strip()):
            return [Token(f"<{text.strip()}>", look)]
    tokens = []
    end = 0
    for found in (*_BLANKS.finditer(text), None):
        stop = found.start() if found else len(text)
        word = text[end:stop]
        if word:
            shown = word
            if not look.code:
                left, right = (before + text[:end])[-2:], (text[stop:] + after)[:2]
                shown = escaped(word, left, right, setting)
            elif setting.cell:
                shown = word.replace("|", r"\|")
            tokens.append(Token(shown, look))
        if found:
            tokens.append(Token(" ", look if look.code else None))
            end = found.end()
    return tokens


def _link(link: str, text: str, context: Context, place: Place) -> str:
    """Return an address that outputs may link to, "" for none."""
    if link.startswith("#"):
        if link[1:] in context.anchors:
            return link
        context.lose(
            "changed",
            "link",
            f"a link to a place of the document ({link[1:]}), which is text now",
            place,
            text,
        )
        return ""
    if link_target(link):
        return link
    message = f"a link to an address that no output may link to ({link})"
    context.lose("lost", "link", message, place, text)
    return ""


def _cited(
    cited: Cited, before: Sequence[Token], context: Context, place: Place, setting: Setting
) -> list[Token]:
    known = [work for work in cited.works if work.source in context.keys]
    if len(known) < len(cited.works):
        names = ", ".join(w.source for w in cited.works if w not in known)
        message = f"a citation of a source that the file does not describe ({names})"
        context.lose("changed", "citation", f"{message}; it is text now", place, cited.shown)
        return _words(Words(cited.shown, cited.format), "", "", context, place, setting)
    bracket = "[" + "; ".join(_cite(work, context.keys[work.source]) for work in known) + "]"
    if setting.cell:
        bracket = bracket.replace("|", r"\|")
    blank = before and before[-1].written[-1:] not in (" ", "(", "\n", "")
    return [
        *([Token(" ", None)] if blank else []),
        Token(bracket, PLAIN if setting.front else None),
    ]


def _cite(work: Work, key: str) -> str:
    suffix = work.suffix.strip()
    glue = "" if suffix[:1] in (",", ";", "") else " "
    after = ""
    if work.locator.strip():
        locator = " ".join(work.locator.split())
        one, many = _LOCATORS.get(work.label, ("", ""))
        word = many if is_several(locator) else one
        if not word:
            after = f", {work.label} {locator}"
        elif _PLAIN_LOCATOR.fullmatch(locator) and (not suffix or not glue):
            after = f", {word} {locator}"
        else:
            after = f", {{{word} {locator.replace('{', '').replace('}', '')}}}"
    prefix = work.prefix.strip()
    if suffix and not after and re.match(r"[\s,;]*[\dIVXivx]", suffix):
        tail = written_cite("k", "", suffix).removeprefix("@k")
        shown = f"{written_cite(key, prefix, '')}{{}}{tail}"  # or it would be a locator
    else:
        shown = written_cite(key, prefix, f"{after}{glue if after else ''}{suffix}")
    return f"-{shown}" if work.suppress_author and not prefix else shown


def _pointer(
    pointer: Pointer, before: str, after: str, context: Context, place: Place, setting: Setting
) -> list[Token]:
    shown = pointer.shown.strip()
    words = Words(pointer.shown, pointer.format)
    anchor = context.anchors.get(pointer.bookmark)
    if pointer.kind == "NOTEREF" and pointer.bookmark in context.note_calls:
        return _call(context.note_calls[pointer.bookmark], context, place, setting)
    if anchor is None or pointer.kind != "REF" or not shown:
        message = "a cross-reference, which is text now and will not follow"
        if pointer.kind == "PAGEREF":
            message = "the number of a page, which is text now and will not follow"
        context.lose("changed", "cross-reference", message, place, pointer.shown)
        return _words(words, before, after, context, place, setting)
    number = f"[-@{anchor}]"
    if anchor.kind == "section" and not (_NUMBER.match(shown) and context.sections_have_numbers):
        linked = replace(words, format=replace(pointer.format, link=f"#{pointer.bookmark}"))
        return _words(linked, before, after, context, place, setting)
    if _NUMBER.match(shown) or anchor.kind == "section":
        return [Token(number, PLAIN)]
    if _LABELLED.match(shown):
        return [Token(f"@{anchor}", PLAIN)]
    linked = replace(words, format=replace(pointer.format, link=f"#{pointer.bookmark}"))
    return _words(linked, before, after, context, place, setting)


def _call(note: str, context: Context, place: Place, setting: Setting) -> list[Token]:
    if note not in context.notes or setting.front:
        context.lose("lost", "footnote", "the call of a footnote that cannot be here", place)
        return []
    number = context.labels.setdefault(note, len(context.labels) + 1)
    return [Token(f"[^{number}]", PLAIN)]

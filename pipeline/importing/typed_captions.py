"""Captions whose numbers were typed, "Table 2. Sun by town", and the references to them.

A paragraph that begins so beside a table or a picture is its caption. Where the build prints the
number that was typed, "Table 2" and "Figures 1 and 3" in the text are references to the captions.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import cache

from msgspec.structs import replace

from ..language.terms import term
from .captions import counted_at, divided, either, owners_of, typed_label, words_for
from .values import Block, Document, Loss, Paragraph, Piece, Pointer, Table, Words, with_pieces

_LONGEST = 250  # characters of a caption that has no style of its own
_BETWEEN = re.compile(r"\s*[.:)–—|]\s*\w")  # a label and the words of its caption
_NEXT = r"(?:\s*(?:[,;&–-]|\b(?:and|to|or|und|bis|oder|et|à|ou|y|a|e|en|og|och)\b)\s*\d+)*"
# "Table 1 of the report", and in the languages whose words for tables are known.
_OF = "of|in|from|de|du|des|dans|del|dell|della|di|nel|en|do|da|der|im|aus|von|van|uit|i|av|af|fra"
_ELSEWHERE = rf"(?!\s+(?:{_OF})\b|[.-]?\d|[^\W\d_])"

Names = Mapping[tuple[str, int], str]  # bookmarks of captions, by kind and number


def with_typed_captions(document: Document) -> tuple[Document, list[Loss]]:
    """Return a document in which typed captions are captions that references point at."""
    blocks = divided(document.blocks)
    likely = _likely(blocks)
    names: dict[tuple[str, int], str] = {}
    losses: list[Loss] = []
    counts: Counter[str] = Counter()
    for body, place in sorted(owners_of(likely).items()):
        caption = likely[place]
        assert isinstance(caption, Paragraph)
        kind = "table" if isinstance(blocks[body], Table) else "figure"
        number = counts[kind] + 1
        typed = typed_label().match(caption.text) if counted_at(caption.pieces) is None else None
        if typed and typed["number"] == str(number):
            name = names[kind, number] = f"typed {kind} {number}"
            blocks[place] = replace(caption, bookmarks=(*caption.bookmarks, name))
        elif caption is not blocks[place]:
            continue  # it looks like a caption, but the build would print another number
        elif typed:
            message = f"a typed number of a caption, which the build prints as {number}"
            losses.append(Loss("check", "caption", message, caption.place, caption.text))
        counts[kind] = number
        if typed and not _is_of(typed[0].strip(), kind):
            message = f"a caption of “{typed[0].strip()}”, which the build calls a {kind}"
            losses.append(Loss("check", "caption", message, caption.place, caption.text))
    if not names:
        return replace(document, blocks=tuple(blocks)), losses

    def change(paragraph: Paragraph) -> tuple[Piece, ...]:
        return tuple(_with_references(paragraph, names, document.lang))

    return replace(
        document,
        blocks=tuple(with_pieces(block, change) for block in blocks),
        notes={
            k: tuple(with_pieces(b, change) for b in note) for k, note in document.notes.items()
        },
    ), losses


def _likely(blocks: Sequence[Block]) -> list[Block]:
    """Return blocks in which each paragraph that begins as a caption does is one."""
    return [
        replace(block, kind="caption")
        if isinstance(block, Paragraph)
        and block.kind == "text"
        and block.item is None
        and len(block.text) <= _LONGEST
        and (label := typed_label().match(block.text))
        and _BETWEEN.match(block.text, label.end())
        else block
        for block in blocks
    ]


def _with_references(paragraph: Paragraph, names: Names, lang: str) -> Iterator[Piece]:
    for place, piece in enumerate(paragraph.pieces):
        is_label = paragraph.kind == "caption" and place == 0
        if not isinstance(piece, Words) or piece.format.code or piece.format.link:
            yield piece
        else:
            label = typed_label().match(piece.text) if is_label else None
            yield from _in_words(piece, label.end() if label else 0, names, lang)


def _in_words(words: Words, start: int, names: Names, lang: str) -> Iterator[Piece]:
    """Yield words from `start` on as they are, and the references in them."""
    end = 0
    for found in _reference().finditer(words.text, start):
        kind = next(k for k in ("table", "figure") if _is_of(found["word"], k))
        numbers = list(re.finditer(r"\d+", found["numbers"]))
        if any((kind, int(number[0])) not in names for number in numbers):
            continue
        for number in numbers:
            first = found.start("numbers") + number.start()
            last = found.start("numbers") + number.end()
            if len(numbers) == 1 and found["word"] == term(kind, lang):
                first = found.start()
            if words.text[end:first]:
                yield replace(words, text=words.text[end:first])
            shown = words.text[first:last]
            yield Pointer("REF", names[kind, int(number[0])], shown, words.format)
            end = last
    if words.text[end:]:
        yield replace(words, text=words.text[end:])


def _is_of(word: str, kind: str) -> bool:
    return any(word.casefold().startswith(each) for each in words_for(kind))


@cache
def _reference() -> re.Pattern[str]:
    """Return the pattern of a word for figures or tables, in any number, and its numbers."""
    word = either(words_for("table") | words_for("figure"))
    return re.compile(
        rf"(?<![^\W\d_])(?P<word>(?:{word})[^\W\d_]{{0,2}})\.?[\s\u00a0]*"
        rf"(?P<numbers>\d+{_NEXT}){_ELSEWHERE}",
        re.IGNORECASE,
    )

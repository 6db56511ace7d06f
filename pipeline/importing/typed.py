"""Citations that were typed: `[3]` in the text, and a numbered list under "References".

They become citations where the two agree. Marks in brackets are taken one by one; numbers in
parentheses, and raised ones, mean other things as well, so they are taken only if all of them are
in the list and every entry of the list is cited.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache

from msgspec import Struct
from msgspec.structs import replace

from ..diagnostics import Span
from ..entering.keys import Pattern, key_of
from ..language.terms import translations
from ..readers.items import Item, read_item
from ..text import DOI, bare_doi
from .typed_marks import FORMS, marks_of
from .values import (
    Block,
    Cited,
    Document,
    Loss,
    Paragraph,
    Piece,
    Source,
    Table,
    Words,
    Work,
    with_pieces,
)

_MORE_HEADINGS = (
    "references", "reference list", "list of references", "bibliography", "works cited", "sources",
    "literature", "literature cited", "cited literature", "notes and references", "endnotes",
    "literatur", "literaturverzeichnis", "quellenverzeichnis", "bibliographie", "bibliografía",
    "referencias", "referências", "bibliografia", "riferimenti", "literatuur",
)  # fmt: skip
_NUMBER = re.compile(r"^\s*(?:\[(\d{1,4})\]|\((\d{1,4})\)|(\d{1,4})[.)]?)\s*(?=\S)")
_UNIT = re.compile(r"(?:\b(?:[kcmdµ]?m|km|ft|in|s|kg|ha|CO|CH|NO|SO|PM|R|χ|x|n)|\d|[)\]])$")
_ADDRESS = re.compile(r"https?://[^\s<>\"“”]+")
_DOI_AT = re.compile(r"(?:https?://(?:dx\.)?doi\.org/|doi:\s*)?(10\.\d{4,9}/[^\s<>\"“”]+)", re.I)
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_OF_KEYS = Pattern(("author", "year"))
_END = ".,;:)]"


class Reading(Struct, frozen=True):
    """A numbered list of references: entries by number, and which blocks it is made of."""

    entries: Mapping[int, str]
    blocks: frozenset[int]  # positions among the blocks of the document


def with_typed_citations(document: Document) -> tuple[Document, list[Loss]]:
    """Return a document whose typed citations are citations, without the list of references."""
    found = _list_of(document.blocks)
    if found is None:
        return document, []
    bodies = [b for n, b in enumerate(document.blocks) if n not in found.blocks]
    stories: list[Sequence[Block]] = [bodies, *document.notes.values()]
    form, losses = _form(stories, found.entries, document.lang)
    if not form:
        return document, losses
    marker = _Marker(form, found.entries, document.lang)
    blocks = tuple(marker.block(block) for block in bodies)
    notes = {k: tuple(map(marker.block, note)) for k, note in document.notes.items()}
    sources = {
        _name(n): entry_source(text) for n, text in found.entries.items() if n in marker.cited
    }
    losses += marker.losses
    first = next(document.blocks[n] for n in sorted(found.blocks))
    losses.append(
        Loss(
            "made",
            "references",
            "the numbered list of references, which the build makes of the "
            ".bib file: the text of each entry is its title there",
            first.place,
        )
    )
    for number, text in found.entries.items():
        if number not in marker.cited:
            message = f"entry {number} of the list of references, which nothing cites"
            losses.append(Loss("lost", "uncited-reference", message, first.place, text))
    after = replace(document, blocks=blocks, notes=notes, sources={**document.sources, **sources})
    return after, losses


def entry_source(text: str) -> Source:
    """Return what an entry is: its whole text as title, with DOI and address taken out."""
    values: dict[str, object] = {"type": "document"}
    rest = text
    if doi := _DOI_AT.search(text):
        found = bare_doi(doi[1].rstrip(_END))
        if DOI.fullmatch(found):
            values["DOI"] = found
            rest = _without(rest, doi.start(), doi.start() + len(doi[0].rstrip(_END)))
    if address := _ADDRESS.search(rest):
        values["URL"] = address[0].rstrip(_END)
        rest = _without(rest, address.start(), address.start() + len(address[0].rstrip(_END)))
    values["title"] = rest.strip().rstrip(".;,").strip() or text
    reference, _ = read_item(Item("", _key_hints(text), Span.of_file("")))
    return Source(values, key_of(reference, _OF_KEYS, ()))


def _key_hints(text: str) -> dict[str, object]:
    """Return what a key can be made of: the first word of an entry as author, and its year."""
    word = re.search(r"[^\W\d_]{2,}", text)
    year = _YEAR.findall(text)
    values: dict[str, object] = {"title": text}
    if word:
        values["author"] = [{"family": word[0]}]
    if year:
        values["issued"] = year[0]
    return values


def is_heading_of_references(text: str) -> bool:
    return re.sub(r"^[\d.\s]+", "", text).strip().rstrip(":").casefold() in _headings()


@cache
def _headings() -> frozenset[str]:
    return frozenset(word.casefold() for word in (*translations("references"), *_MORE_HEADINGS))


def _without(text: str, start: int, end: int) -> str:
    before = re.sub(
        r"\s*(?:\(?(?:doi|url|available (?:from|at)|retrieved from|at|in)?:?\s*)$",
        "",
        text[:start],
        flags=re.IGNORECASE,
    )
    return before + text[end:].lstrip(")")


def _list_of(blocks: Sequence[Block]) -> Reading | None:
    """Return the list under the last heading for references, if it is numbered from 1 on."""
    heads = [
        n
        for n, b in enumerate(blocks)
        if isinstance(b, Paragraph)
        and is_heading_of_references(b.text)
        and (b.kind in ("heading", "reference", "text", "title"))
    ]
    for head in reversed(heads):
        entries: dict[int, str] = {}
        taken = {head}
        for position in range(head + 1, len(blocks)):
            block = blocks[position]
            if isinstance(block, Table) or block.kind == "heading":
                break
            text = " ".join(block.text.split())
            if not text:
                taken.add(position)
                continue
            if block.item is not None and block.item.number and block.item.level == 0:
                number, said = block.item.number, text
            elif found := _NUMBER.match(text):
                number, said = int(next(filter(None, found.groups()))), text[found.end() :]
            else:
                break
            if number != len(entries) + 1:
                break
            links = (p.format.link for p in block.pieces if isinstance(p, Words))
            hidden = [f" {link}" for link in links if link.startswith("http") and link not in said]
            entries[number] = said + "".join(dict.fromkeys(hidden))
            taken.add(position)
        if entries:
            return Reading(entries, frozenset(taken))
    return None


def _form(
    stories: Sequence[Sequence[Block]], entries: Mapping[int, str], lang: str
) -> tuple[str, list[Loss]]:
    """Return which form of marks cites the list, "" for none."""
    seen = {form: [n for marks in _marks(stories, form, lang) for n in marks] for form in FORMS}
    if any(n in entries for n in seen["brackets"]):
        return "brackets", []
    for form in ("raised", "parentheses"):
        if seen[form] and set(seen[form]) == set(entries):
            return form, []
    message = "a numbered list of references, with which no marks in the text agree; it stays text"
    return "", [Loss("check", "typed-references", message)]


def _marks(stories: Sequence[Sequence[Block]], form: str, lang: str) -> Iterator[list[int]]:
    found: list[list[int]] = []

    def note(mark: str, words: Words) -> Piece | None:
        found.append([each.number for each in marks_of(mark, lang)])
        return None

    for blocks in stories:
        for block in blocks:
            _each(block, form, note)
    return iter(found)


class _Marker:
    def __init__(self, form: str, entries: Mapping[int, str], lang: str) -> None:
        self.form, self.entries, self.lang = form, entries, lang
        self.cited: set[int] = set()
        self.losses: list[Loss] = []
        self._paragraph: Paragraph | None = None

    def block(self, block: Block) -> Block:
        return _each(block, self.form, self._cite)

    def _cite(self, mark: str, words: Words) -> Piece | None:
        marks = marks_of(mark, self.lang)
        if not marks or any(each.number not in self.entries for each in marks):
            message = "a typed mark with a number that the list of references does not have"
            if not marks:
                message = "a typed mark that cannot be read"
            self.losses.append(Loss("check", "typed-mark", message, text=words.text))
            return None
        self.cited.update(each.number for each in marks)
        works = (
            Work(_name(each.number), locator=each.locator, label=each.label)
            for each in dict.fromkeys(marks)
        )
        look = replace(words.format, position="")
        return Cited(tuple(works), words.text, look)


def _name(number: int) -> str:
    return f"entry {number}"


def _each(block: Block, form: str, change: Callable[[str, Words], Piece | None]) -> Block:
    """Return a block in which each mark of a form is what `change` makes of it."""

    def pieces_of(paragraph: Paragraph) -> tuple[Piece, ...]:
        pieces: list[Piece] = []
        before = ""
        for piece in paragraph.pieces:
            is_raised = isinstance(piece, Words) and piece.format.position == "super"
            if isinstance(piece, Words) and is_raised == (form == "raised"):
                pieces += _in_words(piece, form, before, change)
            else:
                pieces.append(piece)
            before = getattr(piece, "text", "")
        return tuple(pieces)

    return with_pieces(block, pieces_of)


def _in_words(
    words: Words, form: str, before: str, change: Callable[[str, Words], Piece | None]
) -> Iterator[Piece]:
    pattern = FORMS[form]
    if words.format.code or words.format.link.startswith("http"):
        yield words
        return
    if form == "raised" and (
        not pattern.fullmatch(words.text.strip()) or _UNIT.search(before.rstrip())
    ):
        yield words
        return
    end = 0
    for found in pattern.finditer(words.text):
        made = change(found[1], replace(words, text=found[0]))
        if made is not None:
            if words.text[end : found.start()]:
                yield replace(words, text=words.text[end : found.start()])
            yield made
            end = found.end()
    if words.text[end:]:
        yield replace(words, text=words.text[end:])

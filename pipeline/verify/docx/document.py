"""The numbers of a Word file, by fields and the bookmarks they point to."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from xml.etree.ElementTree import Element

from msgspec import Struct
from msgspec.structs import replace

from ...model import Anchor
from ..messages import quote
from ..readback import (
    Block,
    Carried,
    CarriedMark,
    Readback,
    ReadNumber,
    Remark,
    Unreadable,
    spliced,
    unseen_remark,
)
from .content import paragraphs, projection
from .contract import qualified, read_field
from .ends import goes_on, with_whole_marks
from .grids import grids
from .marks import Read, first_anchor, is_ours, read_paragraph
from .numbering import Lists, count, place_of, read_lists
from .outline import leading, levels, pictures
from .package import Package, margins
from .pieces import Paragraph
from .seen import doubled, floating, laid_out, tracked, typed, unseen
from .source_map import SourceMap, source_map
from .styles import Styles, read_styles
from .tokens import AnchorOf
from .updates import after_update, call_numbers, other_fields

# Programs that leave empty links out when they save a file.
_RESAVED = ("libreoffice", "openoffice", "collabora")


class _Note(Struct, frozen=True):
    """A footnote: the number before its text, and its paragraphs."""

    call: ReadNumber
    paragraphs: tuple[Paragraph, ...]


class _Labels(Struct, frozen=True):
    """The numbers of headings and of text that has numbers, one for each paragraph of the body, and
    those of items.

    `ours` leaves out what somebody added: that shifts what Word prints, `in_word`.
    """

    ours: tuple[str, ...]
    in_word: tuple[str, ...]
    of_items: tuple[str, ...]  # of ordered lists
    kinds: tuple[str, ...]  # "section" or "paragraph"


def read_docx(content: bytes) -> Readback:
    """Return what a Word file prints. Raises `Unreadable`."""
    package = Package(content)
    try:
        return _read(package)
    except RecursionError:
        raise Unreadable("its parts are nested too deeply") from None


def _read(package: Package) -> Readback:
    carried = source_map(package)
    styles = read_styles(next(package.related("styles"), None))
    lists = read_lists(next(package.related("numbering"), None))
    part = next(package.related("footnotes"), None)
    roots = [package.document] if part is None else [package.document, part]

    def anchor_of(bookmark: str) -> Anchor:
        """Return what a bookmark stands for; without a source map its name must say it."""
        return carried.anchors.get(bookmark) or Anchor.parse(bookmark.replace("_", "-"))

    body = paragraphs(package.document, styles)
    for paragraph in body:
        paragraph.pieces = with_whole_marks(paragraph.pieces)
    labels = _labels(body, styles, lists)
    calls, remarks = _calls(body, [*package.related("settings"), package.document], anchor_of)
    notes = list(_notes(body, part, styles, calls))
    everything = [*body, *(paragraph for note in notes for paragraph in note.paragraphs)]
    listed = _listed(everything, anchor_of) if _is_resaved(package) else None

    def read(paragraph: Paragraph, label: str, note: ReadNumber | None) -> Read:
        return read_paragraph(paragraph, label, anchor_of, calls, note, carried.anchors, listed)

    of_body = [read(*pair, None) for pair in zip(body, labels.ours, strict=True)]
    of_notes = [[read(p, "", note.call) for p in note.paragraphs] for note in notes]
    found = [*of_body, *(one for inner in of_notes for one in inner)]
    footnotes: dict[Anchor, list[ReadNumber | None]] = {}
    for note, inner in zip(notes, of_notes, strict=True):
        numbers = footnotes.setdefault(note.call.anchor, [])
        numbers += [number for one in inner for number in one.numbers]
    in_order = spliced([number for one in of_body for number in one.numbers], footnotes)
    by_paragraph = {id(p): label for p, label in zip(body, labels.ours, strict=True)}
    by_bookmark = {bookmark: call.number for bookmark, call in _bookmarks_of(body, calls)}
    return Readback(
        numbers=tuple(_once_called(in_order, calls)),
        bibliography=tuple(entry for one in found for entry in one.entries),
        marks=tuple(mark for one in found for mark in one.marks),
        contents=tuple(number for one in found for number in one.contents),
        anchors=frozenset(
            anchor_of(p.name) for q in everything for p in q.pieces if p.kind == "open"
        ),
        items=(*labels.of_items, *(x for n in notes for x in _items(n.paragraphs, styles, lists))),
        words=tuple(
            paragraph.words
            for paragraph, one in zip(everything, found, strict=True)
            if not (one.entries or one.contents)
        ),
        margins=tuple(margins(package)),
        grids=tuple(grids(roots, everything)),
        pictures=tuple(pictures(roots, _is_resaved(package))),
        leading=tuple(leading(package, body, everything[len(body) :])),
        levels=tuple(levels(body, styles, anchor_of)),
        blocks=tuple(_blocks(everything, carried)),
        carried=_carried(carried),
        remarks=(
            *remarks,
            *tracked(roots),
            *_added(body, labels),
            *after_update(body, everything[len(body) :], by_paragraph, by_bookmark),
            *(remark for one in found for remark in one.remarks),
            *other_fields(everything),
            *unseen(everything),
            *doubled(everything),
            *typed(everything, styles),
            *floating([package.document]),
            *laid_out(roots),
        ),
    )


# Headings --------------------------------------------------------------------------------------


def _labels(body: Sequence[Paragraph], styles: Styles, lists: Lists) -> _Labels:
    places = [place_of(paragraph.element, styles, lists) for paragraph in body]
    ours = [
        not (place.is_heading or place.is_text) or is_ours(paragraph.pieces)
        for place, paragraph in zip(places, body, strict=True)
    ]
    counted = count((place for place, own in zip(places, ours, strict=True) if own), lists)
    found = tuple(next(counted) if own else "" for own in ours)
    is_known = [place.is_heading or place.is_text for place in places]
    in_word = count(places, lists)
    return _Labels(
        tuple(label * own for label, own in zip(found, is_known, strict=True)),
        tuple(label * own for label, own in zip(in_word, is_known, strict=True)),
        tuple(label for label, own in zip(found, is_known, strict=True) if label and not own),
        tuple("paragraph" if place.is_text else "section" for place in places),
    )


def _items(story: Sequence[Paragraph], styles: Styles, lists: Lists) -> Iterator[str]:
    """Yield the labels of the items of ordered lists in a footnote."""
    yield from filter(None, count([place_of(p.element, styles, lists) for p in story], lists))


def _added(body: Sequence[Paragraph], labels: _Labels) -> Iterator[Remark]:
    """Yield what somebody added that has a number, and the first number that it changes."""
    is_shifted = False
    lines = zip(body, labels.ours, labels.in_word, labels.kinds, strict=True)
    for paragraph, own, shown, kind in lines:
        if shown and not own and not is_ours(paragraph.pieces) and paragraph.text.strip():
            what = "heading" if kind == "section" else kind
            message = f"the {what} {quote(paragraph.text)} was added: Word prints it as {kind}"
            yield Remark(f"{message} {shown.rstrip('.')}", certain=False)
        elif own != shown and not is_shifted:
            is_shifted = True
            message = f"Word prints {kind} {own.rstrip('.')} as {shown.rstrip('.')}"
            follow = ": cross-references follow when fields are updated"
            yield Remark(message + follow * (kind == "section"), certain=False)


# Footnotes -------------------------------------------------------------------------------------


def _calls(
    body: Sequence[Paragraph], settings: Sequence[Element], anchor_of: AnchorOf
) -> tuple[dict[int, ReadNumber], list[Remark]]:
    """Return the calls of footnotes by the id of their piece, numbered as Word does (17.11)."""
    pieces = [piece for p in body for piece in p.pieces if piece.kind == "call"]
    numbers, remarks = call_numbers(pieces, settings)
    found = {}
    for paragraph in body:
        # LibreOffice ends the bookmark of a call right before the call.
        around: list[Anchor] = []
        for piece in paragraph.pieces:
            if piece.kind == "open" and anchor_of(piece.name).kind == "footnote":
                around.append(anchor_of(piece.name))
            elif piece.kind == "call":
                anchor = around.pop() if around else Anchor("footnote", piece.name)
                number = numbers[id(piece)]
                found[id(piece)] = ReadNumber(anchor, number, "", number)
                if piece.unseen:
                    remarks.append(unseen_remark(f"the call of footnote {number}", piece.unseen))
    return found, remarks


def _notes(
    body: Sequence[Paragraph],
    part: Element | None,
    styles: Styles,
    calls: Mapping[int, ReadNumber],
) -> Iterator[_Note]:
    """Yield the footnotes in the order of their calls, each once."""
    if part is None:
        return
    notes = {note.get(qualified("w:id")): note for note in part.iter(qualified("w:footnote"))}
    for paragraph in body:
        for piece in paragraph.pieces:
            if piece.kind == "call" and piece.name in notes:
                call = replace(calls[id(piece)])  # a number of its own, before the text
                yield _Note(call, tuple(paragraphs(notes.pop(piece.name), styles)))


def _bookmarks_of(
    body: Sequence[Paragraph], calls: Mapping[int, ReadNumber]
) -> Iterator[tuple[str, ReadNumber]]:
    """Yield each call with the bookmark round it."""
    for paragraph in body:
        around = ""
        for piece in paragraph.pieces:
            if piece.kind == "open" and piece.name[:1] != "_":
                around = piece.name
            elif piece.kind == "call" and around:
                yield around, calls[id(piece)]


def _once_called(
    numbers: Sequence[ReadNumber], calls: Mapping[int, ReadNumber]
) -> Iterator[ReadNumber]:
    """Yield the numbers in reading order.

    Word has no footnotes in footnotes: a writer repeats the number there and calls the inner
    footnote after the outer one. It has been read then, and the call says it once more.
    """
    known = {id(call) for call in calls.values()}
    seen: set[Anchor] = set()
    for number in numbers:
        if id(number) not in known or number.anchor not in seen:
            yield number
        seen.add(number.anchor)


# What the file carries -------------------------------------------------------------------------


def _blocks(everything: Sequence[Paragraph], carried: SourceMap) -> Iterator[Block]:
    """Yield the paragraphs, and whether they still say what the source map has a hash of."""
    for paragraph in everything:
        names = [p.name for p in paragraph.pieces if p.kind == "open" and p.name in carried.blocks]
        text = " ".join(paragraph.text.split())
        line, edited = 0, False
        for bookmark in names[:1]:
            line, written = carried.blocks[bookmark]
            # What stands after the bookmark was added, unless LibreOffice has moved its end.
            added = len(names) == 1 and goes_on(paragraph.pieces, bookmark)
            same = not added and _hash(projection(paragraph.pieces, bookmark)) == written
            edited = bool(written) and not same and _hash(projection(paragraph.pieces)) != written
        if text:
            yield Block(text, line, edited)


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def _carried(found: SourceMap) -> Carried | None:
    if not found.brief:
        return None
    marks = {c.anchor: CarriedMark(c.shown, c.line, c.anchors) for c in found.citations.values()}
    numbers = {anchor: number for anchor, number in found.numbers.items() if number}
    return Carried(found.brief, found.sha256, numbers, marks, found.titles)


def _listed(everything: Sequence[Paragraph], anchor_of: AnchorOf) -> dict[Anchor, str]:
    """Return the number of each reference in the list by its anchor."""
    found: dict[Anchor, str] = {}
    for paragraph in everything:
        anchor = first_anchor(paragraph.pieces, anchor_of)
        if anchor and anchor.kind == "reference":
            for piece in paragraph.pieces:
                if piece.kind == "field" and read_field(piece.name).kind == "SEQ":
                    found.setdefault(anchor, piece.seen.strip())
    return found


def _is_resaved(package: Package) -> bool:
    return any(program in package.application.lower() for program in _RESAVED)

"""A Word document as paragraphs of pieces: text, fields, links, bookmarks and calls of footnotes.

All tracked changes are taken as accepted. Text that is not printed is kept apart: a field that
repeats a bookmark repeats what is hidden in it as well.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import partial
from xml.etree.ElementTree import Element

from msgspec import Struct

from .contract import (
    BACK_REFERENCE,
    HYPHENS,
    bookmark_of,
    is_container,
    link_target,
    qualified,
    read_field,
    symbol,
    text_in,
)
from .pieces import Paragraph, Piece
from .styles import Styles, value

_W = qualified("w:p").removesuffix("p")
_MC = qualified("mc:Choice").removesuffix("Choice")
_TAKEN_OUT = frozenset({f"{_W}del", f"{_W}moveFrom"})
_SILENT = _TAKEN_OUT | {
    f"{_W}{name}" for name in ("pPr", "rPr", "sectPr", "tblPr", "sdtPr", "sdtEndPr", "trPr")
}
_MATHS = "{http://schemas.openxmlformats.org/officeDocument/2006/math}oMath"
_CHARACTERS = {f"{_W}{k}": v for k, v in {"tab": "\t", "br": " ", "cr": " ", **HYPHENS}.items()}
# What Word knows of the newer parts of its format: it shows the first choice of these.
_KNOWN = re.compile(r"(?:wps|wpg|wpc|wpi|w14|w15|w16\w*|cx\d*|aink|am3d|a14|c14|c16\w*|wp14|v)\Z")


class _Field(Struct):
    """An open field (17.16.18). `start` is where its pieces begin in its paragraph."""

    instruction: str = ""
    result: list[Piece] | None = None  # None as long as the instruction goes on


class _Event(Struct, frozen=True):
    kind: str
    name: str = ""
    text: str = ""
    unseen: str = ""
    back: bool = False
    element: Element | None = None
    place: str | None = None


def paragraphs(root: Element, styles: Styles) -> list[Paragraph]:
    """Return the paragraphs of a story in order, those of text boxes after the one they are in."""
    found: list[Paragraph] = []
    open_ones: list[Paragraph] = []
    fields: list[_Field] = []
    names: dict[str, str] = {}  # of open bookmarks by id
    waiting: list[Piece] = []  # bookmarks between paragraphs
    for event in _events(root, styles, ""):
        match event.kind:
            case "paragraph" if event.element is not None:
                around = (f.instruction for f in fields if is_container(f.instruction))
                open_ones.append(Paragraph(event.element, tuple(around), waiting))
                waiting = []
                found.append(open_ones[-1])
                continue
            case "end paragraph":
                open_ones.pop()
                continue
            case "begin":
                fields.append(_Field())
            case "instruction":
                if fields and fields[-1].result is None:
                    fields[-1].instruction += event.text
            case "separate":
                if fields and fields[-1].result is None:
                    fields[-1].result = []
                    if is_container(fields[-1].instruction) and open_ones:
                        open_ones[-1].inside += (fields[-1].instruction,)
                    if (target := link_target(fields[-1].instruction)) is not None:
                        _add(_link(fields[-1].instruction, target), open_ones, fields, waiting)
            case "end" if fields:
                done = fields.pop()
                if link_target(done.instruction) is not None:
                    _add(Piece("unlink"), open_ones, fields, waiting)
                elif not is_container(done.instruction):
                    _add(_field_piece(done), open_ones, fields, waiting)
            case "open":
                names[event.text] = event.name
                _add(Piece("open", event.name), open_ones, fields, waiting)
            case "close":
                name = names.pop(event.text, "")
                _add(Piece("close", name), open_ones, fields, waiting)
            case "end":
                pass
            case kind:
                piece = Piece(
                    kind, event.name, event.text, event.unseen, event.back, place=event.place
                )
                _add(piece, open_ones, fields, waiting)
    return found


def _add(
    piece: Piece, open_ones: list[Paragraph], fields: list[_Field], waiting: list[Piece]
) -> None:
    """Put a piece into its paragraph, and text into the result of the field it is in."""
    inner = next((f for f in reversed(fields) if not _is_transparent(f)), None)
    if inner is not None and piece.kind == "text":
        if inner.result is not None:
            inner.result.append(piece)
        return
    if inner is not None and piece.kind == "field":
        piece.nested = True
    if inner is not None and inner.result is not None and piece.kind == "field":
        inner.result.append(Piece("text", "", piece.text, piece.unseen, piece.back))
    if open_ones:
        open_ones[-1].pieces.append(piece)
    else:
        waiting.append(piece)


def _link(instruction: str, target: str) -> Piece:
    words = read_field(instruction).words if target == "→" else ()
    return Piece("link", target, next(iter(words), ""))


def _is_transparent(found: _Field) -> bool:
    """Say whether what a field holds belongs to the paragraph: a list, or a link."""
    holds = is_container(found.instruction) or link_target(found.instruction) is not None
    return holds and found.result is not None


def _field_piece(done: _Field) -> Piece:
    result = done.result or []
    seen = "".join(piece.seen for piece in result)
    pale = next((p.unseen for p in result if p.unseen not in ("", "hidden") and p.text), "")
    everything = "".join(piece.text for piece in result)
    unseen = "hidden" if everything and not seen else pale
    text = everything if unseen == "hidden" else seen
    return Piece("field", done.instruction, text, unseen, any(p.back for p in result))


def projection(pieces: Sequence[Piece], bookmark: str = "") -> str:
    """Return what a bookmark round a block encloses, as the source map has it hashed: text, and
    for each field its instruction without switches, "Rain [{REF ref_lee}]".

    Without a bookmark, that of the whole paragraph.
    """
    parts: list[str] = []
    inside = not bookmark
    for piece in pieces:
        match piece.kind:
            case "open" | "close" if piece.name == bookmark:
                inside = piece.kind == "open"
            case "text" if inside:
                parts.append(" " if piece.text == "\t" else piece.text)
            case "maths" if inside:
                parts.append("{MATH}")
            case "field" if inside and not piece.nested:
                found = read_field(piece.name)
                named = found.arguments if found.kind == "ADDIN" else found.arguments[:1]
                parts.append("{" + " ".join((found.kind, *named)) + "}")
            case _:
                pass
    return " ".join("".join(parts).split())


def _events(element: Element, styles: Styles, style: str) -> Iterator[_Event]:
    """Yield what an element holds, in order. `style` is that of the paragraph round it."""
    for child in element:
        tag = child.tag
        if tag in _SILENT:
            continue
        match tag.removeprefix(_W):
            case "p":
                properties = child.find(qualified("w:pPr"))
                own = value(properties, "w:pStyle") if properties is not None else ""
                yield _Event("paragraph", element=child)
                yield from _events(child, styles, own)
                yield _Event("end paragraph")
            case "r":
                yield from _run(child, styles, style)
            case "hyperlink":
                # With both, the anchor is the part of an address after its `#`.
                outside = child.get(qualified("r:id"), "")
                name = "→" if outside else child.get(qualified("w:anchor"), "")
                yield _Event("link", name, outside)
                yield from _events(child, styles, style)
                yield _Event("unlink")
            case "fldSimple":
                yield _Event("begin")
                yield _Event("instruction", text=child.get(qualified("w:instr"), ""))
                yield _Event("separate")
                yield from _events(child, styles, style)
                yield _Event("end")
            case "bookmarkStart":
                yield _Event("open", *bookmark_of(child))
            case "bookmarkEnd":
                yield _Event("close", text=child.get(qualified("w:id"), ""))
            case "tr" if _is_taken_out(child):
                continue
            case _ if tag.startswith(_MC):
                yield from _alternatives(child, styles, style)
            case _ if tag == _MATHS:
                yield _Event("maths")
            case "txbxContent":
                yield _Event("box", text=text_in(child))
            case _:
                yield from _events(child, styles, style)


def _is_taken_out(row: Element) -> bool:
    properties = row.find(qualified("w:trPr"))
    return properties is not None and properties.find(qualified("w:del")) is not None


def _alternatives(element: Element, styles: Styles, style: str) -> Iterator[_Event]:
    """Yield the branch that Word shows: the first whose needs it knows (ECMA-376, part 3, 10.2)."""
    choices = [c for c in element if c.tag == qualified("mc:Choice")]
    known = (c for c in choices if all(map(_KNOWN.match, c.get("Requires", "").split())))
    shown = next(known, element.find(qualified("mc:Fallback")))
    if shown is not None:
        yield from _events(shown, styles, style)


def _run(run: Element, styles: Styles, style: str) -> Iterator[_Event]:
    properties = run.find(qualified("w:rPr"))
    look = styles.run_look(style, properties)
    unseen = "hidden" if look.hidden else look.unseen
    back = properties is not None and styles.name(value(properties, "w:rStyle")) == BACK_REFERENCE
    said = partial(_Event, "text", unseen=unseen, back=back, place=look.place)
    for child in run:
        tag = child.tag
        match tag.removeprefix(_W):
            case "t":
                yield said(text=child.text or "")
            case "fldChar":
                kind = child.get(qualified("w:fldCharType"), "")
                if kind in ("begin", "separate", "end"):
                    yield _Event(kind)
            case "instrText":
                yield _Event("instruction", text=child.text or "")
            case "footnoteReference":
                own = child.get(qualified("w:customMarkFollows"), "0") not in ("0", "false", "off")
                follows = text_in(run)
                identity = child.get(qualified("w:id"), "")
                yield _Event("call", identity, follows if own else "", unseen, back)
            case "footnoteRef":
                yield _Event("note", unseen=unseen)
            case "sym":
                code = child.get(qualified("w:char"), "")
                yield said(text=symbol(code))
            case "AlternateContent" | "pict" | "drawing" | "object":
                yield from _events(child, styles, style)
            case _ if tag == qualified("mc:AlternateContent"):
                yield from _alternatives(child, styles, style)
            case _:
                if text := _CHARACTERS.get(tag, ""):
                    yield said(text=text)

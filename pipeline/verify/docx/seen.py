"""Numbers of a Word file that people do not see as its fields print them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from xml.etree.ElementTree import Element

from ..messages import cut, name, quote
from ..readback import Remark, unseen_remark
from ..texts import TYPED, squeezed
from .contract import CITATION, is_container, qualified, read_field, text_in
from .pieces import Paragraph, Piece
from .styles import Styles, value

_BARE = re.compile(r"[\[(［（【〔]?\s*\d{1,4}\s*[\])］）】〕]?")
_TRACKED = ("ins", "del", "moveFrom", "moveTo")
_CODE = ("Source Code", "Verbatim Char", "HTML Code", "HTML Preformatted")


def tracked(roots: Sequence[Element]) -> Iterator[Remark]:
    """Report tracked changes and their authors."""
    found = [
        element
        for root in roots
        for kind in _TRACKED
        for element in root.iter(qualified(f"w:{kind}"))
    ]
    if found:
        authors = dict.fromkeys(e.get(qualified("w:author"), "") or "somebody" for e in found)
        many = f"{len(found)} tracked change{'s' if len(found) > 1 else ''}"
        names = ", ".join(map(cut, list(authors)[:3]))
        yield Remark(f"it has {many} by {names}; it was read with all of them accepted", False)


def unseen(paragraphs: Sequence[Paragraph]) -> Iterator[Remark]:
    """Yield numbers that are hidden, too pale, or linked to something else."""
    for paragraph in paragraphs:
        in_list = any(map(is_container, paragraph.inside))
        is_entry = any(p.kind == "field" and _is_label(p) for p in paragraph.pieces)
        is_open, target = False, ""
        for piece in paragraph.pieces:
            match piece.kind:
                case "open" | "close" if piece.name.startswith(CITATION):
                    is_open = piece.kind == "open"
                case "link":
                    target = piece.name
                case "unlink":
                    target = ""
                case "field" if not in_list:
                    yield from _field(piece, target)
                case "text" if piece.unseen not in ("", "hidden") and (is_open or is_entry):
                    yield unseen_remark(quote(piece.text), piece.unseen)
                case "box":
                    text = squeezed(piece.text)
                    yield Remark(
                        f"a text box contains {quote(text)}"
                        if text
                        else "it has an empty text box",
                        certain=bool(_BARE.fullmatch(text)),
                    )
                case _:
                    pass


def _is_label(piece: Piece) -> bool:
    found = read_field(piece.name)
    return found.kind == "SEQ" and found.arguments[:1] == ("Ref",)


def _field(piece: Piece, target: str) -> Iterator[Remark]:
    found = read_field(piece.name)
    if found.kind not in ("REF", "SEQ", "NOTEREF") or not found.arguments:
        return
    if piece.unseen:
        yield unseen_remark(f"the number {quote(piece.text)}", piece.unseen)
    bookmark = found.arguments[0]
    if found.kind == "REF" and target and target != bookmark:
        where = "elsewhere" if target == "→" else name(target)
        yield Remark(f"the number {quote(piece.text)} of {name(bookmark)} is a link to {where}")


def doubled(paragraphs: Sequence[Paragraph]) -> Iterator[Remark]:
    """Yield bookmarks that appear twice: Word uses only the first."""
    names = Counter(
        piece.name
        for paragraph in paragraphs
        for piece in paragraph.pieces
        if piece.kind == "open" and piece.name[:1] != "_"
    )
    for bookmark, count in names.items():
        if count > 1:
            yield Remark(f"the bookmark {name(bookmark)} appears {count} times")


def typed(paragraphs: Sequence[Paragraph], styles: Styles) -> Iterator[Remark]:
    """Yield text that looks like a mark and is none."""
    found: dict[str, None] = {}
    for paragraph in paragraphs:
        properties = paragraph.element.find(qualified("w:pPr"))
        style = value(properties, "w:pStyle") if properties is not None else ""
        is_entry = any(p.kind == "field" and _is_label(p) for p in paragraph.pieces)
        if any(map(is_container, paragraph.inside)) or styles.name(style) in _CODE or is_entry:
            continue
        text, depth = "", 0
        for piece in paragraph.pieces:
            if piece.name.startswith(CITATION) and piece.kind in ("open", "close"):
                depth += 1 if piece.kind == "open" else -1
                text += "\0"
            elif piece.kind == "text" and depth <= 0:
                text += piece.seen
            elif piece.kind == "field":
                text += "\0"
        found.update(dict.fromkeys(TYPED.findall(text)))
    for text in found:
        yield Remark(f"{cut(text)} looks like a mark, but is not a field", certain=False)


def laid_out(roots: Sequence[Element]) -> Iterator[Remark]:
    """Yield lines and rows without room, turned text, and what Word takes from elsewhere."""
    for root in roots:
        for element in root.iter():
            match element.tag.rpartition("}")[2]:
                case "spacing" | "trHeight" as kind if _is_squeezed(element):
                    part = "line" if kind == "spacing" else "row of a table"
                    yield Remark(f"a {part} has no room for its text")
                case "bdo" if any(map(str.isdigit, text_in(element))):
                    text = quote(text_in(element))
                    yield Remark(f"the characters of {text} are shown in another order")
                case "sdt" if _is_bound(element):
                    yield Remark("Word puts other text in place of a number (w:dataBinding)")
                case "altChunk" | "subDoc":
                    yield Remark("it holds another document, which was not read", certain=False)
                case "textpath" if text := element.get("string", ""):
                    yield Remark(f"a drawing says {quote(text)}", bool(_BARE.fullmatch(text)))
                case "framePr" if element.get(qualified("w:dropCap")) is None:
                    yield Remark("a paragraph stands in a frame, and may cover text", certain=False)
                case _:
                    pass


def _is_squeezed(element: Element) -> bool:
    """Say whether a line (17.3.1.33) or a row (17.4.80) is cut to less than four points."""
    rule = element.get(qualified("w:lineRule")) or element.get(qualified("w:hRule"))
    height = element.get(qualified("w:line")) or element.get(qualified("w:val")) or ""
    return rule == "exact" and height.isdigit() and int(height[:6]) < 80


def _is_bound(control: Element) -> bool:
    """Say whether a content control that holds fields shows what is stored elsewhere (17.5.2.6)."""
    bound = control.find("/".join(map(qualified, ("w:sdtPr", "w:dataBinding"))))
    return bound is not None and next(control.iter(qualified("w:instrText")), None) is not None


def floating(roots: Sequence[Element]) -> Iterator[Remark]:
    """Yield shapes that may cover text, and alternatives of which programs show only one."""
    for root in roots:
        if next(root.iter(qualified("wp:anchor")), None) is not None:
            yield Remark("a floating shape or picture may cover text", certain=False)
        for element in root.iter(qualified("mc:AlternateContent")):
            branches = {squeezed(text_in(branch)) for branch in element}
            if len(branches) > 1:
                said = " or ".join(quote(text) for text in sorted(branches))
                yield Remark(f"some programs print one of these, some another: {said}")

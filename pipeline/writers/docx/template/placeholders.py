"""Where a reference docx wants the brief: `{{body}}` or a content control, and `{{title}}`-like
fields in the body, in headers and in footers, also where Word has split the braces over runs."""

from __future__ import annotations

import copy
import re
from collections.abc import Iterator, Mapping
from typing import Any

from lxml import etree

from .... import title_block
from ....ooxml import qualified
from ....xml import legal
from ..runs import in_elements, said_by, stretches

# The fields of our own headers and footers, by the names that house styles have for them. The title
# is cut where it would fill more than a line, the edition is in words, the address is of the page.
RUNNING: Mapping[str, str] = {
    "title": "running-title",
    "edition": "running-edition",
    "url": "running-url",
    **{name: name for name in ("date", "series", "number")},
}
FIELDS = tuple(dict.fromkeys((*title_block.FIELDS, *RUNNING.values())))
BODY = "body"
_FIELD = re.compile(r"\{\{\s*([A-Za-z][\w-]*)\s*\}\}")
_P, _T, _R, _SDT = (qualified(f"w:{name}") for name in ("p", "t", "r", "sdt"))
_PPR, _SECTION = qualified("w:pPr"), qualified("w:sectPr")
_VALUE = qualified("w:val")
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_SHOWN = tuple(qualified(f"w:{name}") for name in ("drawing", "pict", "object", "br", "sym"))


def named(root: Any) -> set[str]:
    """Return the fields that a part names, by braces or by the tags of content controls."""
    found = {match[1].lower() for p in root.iter(_P) for match in _FIELD.finditer(words_of(p))}
    return found | {name for sdt in root.iter(_SDT) for name in _tags(sdt) if name in FIELDS}


def body_place(root: Any) -> Any | None:
    """Return what the brief stands in for: a paragraph or a content control; None for the end."""
    for paragraph in root.iter(_P):
        match = _FIELD.fullmatch(words_of(paragraph).strip())
        if match and match[1].lower() == BODY:
            return paragraph
    for sdt in root.iter(_SDT):
        if BODY in _tags(sdt):
            inside = next(sdt.iterancestors(_P), None)
            return sdt if inside is None else inside
    return None


def fill(root: Any, values: Mapping[str, str], rich: dict[str, Any]) -> None:
    """Fill every field in. Each of `rich` (paragraphs by field) is moved to its first own line.

    A line that holds nothing but empty fields goes, unless its cell or header needs it.
    """
    for sdt in [*root.iter(_SDT)]:
        name = next((tag for tag in _tags(sdt) if tag in values), "")
        if name:
            _fill_control(sdt, values[name])
    for paragraph in [*root.iter(_P)]:
        texts = _texts(paragraph)
        words = _words(texts)
        found = [match for match in _FIELD.finditer(words) if match[1].lower() in values]
        if not found:
            continue
        alone = words.strip() == found[0][0]
        name = found[0][1].lower()
        if alone and name in rich:
            _put_rich(paragraph, texts[0], rich.pop(name))
            continue
        for match in reversed(found):
            value = legal(values[match[1].lower()])
            start, end = match.span() if value else _with_dot(_words(texts), *match.span())
            _replace(texts, start, end, value)
        for text in texts:
            _turn_latin(text)
        _part_hyphens(paragraph)
        if not _words(texts).strip() and not has_content(paragraph):
            _remove(paragraph)


def _with_dot(words: str, start: int, end: int) -> tuple[int, int]:
    """Return where an empty field stands together with the dot that parts it from another fact."""
    dot = title_block.BETWEEN_FACTS
    if words[:start].endswith(dot):
        return start - len(dot), end
    return start, end + len(dot) if words[end:].startswith(dot) else end


def has_content(paragraph: Any) -> bool:
    """Say whether a paragraph shows something, or ends a section."""
    if _words([*paragraph.iter(_T)]).strip():
        return True
    return any(True for _ in paragraph.iter(*_SHOWN, _SECTION))


def _tags(sdt: Any) -> list[str]:
    properties = sdt.find(qualified("w:sdtPr"))
    if properties is None:
        return []
    marks = (properties.find(qualified(f"w:{name}")) for name in ("tag", "alias"))
    return [mark.get(_VALUE, "").strip().lower() for mark in marks if mark is not None]


def _texts(paragraph: Any) -> list[Any]:
    """Return the text elements of a paragraph, without those of text boxes in it."""
    return [text for text in paragraph.iter(_T) if next(text.iterancestors(_P)) is paragraph]


def words_of(paragraph: Any) -> str:
    return _words(_texts(paragraph))


def _words(texts: list[Any]) -> str:
    return "".join(text.text or "" for text in texts)


def _replace(texts: list[Any], start: int, end: int, value: str) -> None:
    """Replace characters that may lie in several text elements; the first one gets the value."""
    position = 0
    for text in texts:
        words = text.text or ""
        first, last = max(start - position, 0), min(end - position, len(words))
        if first < last or (first == last == 0 and start == end):
            text.text = words[:first] + value + words[last:]
            text.set(_SPACE, "preserve")
            value = ""
        position += len(words)


def _turn_latin(text: Any) -> None:
    """Let the stretches of Latin script in a run from right to left be runs of their own."""
    run = text.getparent()
    turned = run.find(f"{qualified('w:rPr')}/{qualified('w:rtl')}")
    pieces = stretches(text.text or "", turned is not None)
    if len(pieces) < 2 or len(run.findall(_T)) > 1:
        return
    for piece, latin in pieces:
        own = copy.deepcopy(run)
        own.find(_T).text = piece
        own.find(_T).set(_SPACE, "preserve")
        if latin:
            properties = own.find(qualified("w:rPr"))
            properties.remove(properties.find(qualified("w:rtl")))
        run.addprevious(own)
    run.getparent().remove(run)


def _part_hyphens(found: Any) -> None:
    """Let hyphens that programs treat in their own way be elements in all texts of an element."""
    for text in [*found.iter(_T)]:
        pieces = in_elements(text.text or "")
        if all(piece.tag == "w:t" for piece in pieces):
            continue
        for piece in pieces:
            own = etree.Element(qualified(piece.tag))
            if piece.tag == "w:t":
                own.text = said_by(piece)
                own.set(_SPACE, "preserve")
            text.addprevious(own)
        text.getparent().remove(text)


def _put_rich(paragraph: Any, text: Any, ours: Any) -> None:
    """Move the runs of one of our paragraphs into theirs, with the look of the run they replace."""
    run = text.getparent()
    look = run.find(qualified("w:rPr"))
    for child in [child for child in paragraph if child.tag != _PPR]:
        paragraph.remove(child)
    for child in [child for child in ours if child.tag != _PPR]:
        paragraph.append(child)
    for new in paragraph.iter(_R):
        if look is not None and new.find(qualified("w:rPr")) is None:
            new.insert(0, copy.deepcopy(look))


def _fill_control(sdt: Any, value: str) -> None:
    """Put a value into a content control, with the look of its first run."""
    content = sdt.find(qualified("w:sdtContent"))
    if content is None or not value:
        return
    shown = sdt.find(f"{qualified('w:sdtPr')}/{qualified('w:showingPlcHdr')}")
    if shown is not None:
        shown.getparent().remove(shown)
    texts = [*content.iter(_T)]
    if texts:
        texts[0].text = legal(value)
        texts[0].set(_SPACE, "preserve")
        for rest in texts[1:]:
            rest.text = ""
        _part_hyphens(content)


def _remove(paragraph: Any) -> None:
    parent = paragraph.getparent()
    fellows = [child for child in parent if child.tag == _P]
    if len(fellows) > 1 and (parent.tag != qualified("w:tc") or parent[-1] is not paragraph):
        parent.remove(paragraph)


def insert_body(root: Any, content: list[Any]) -> None:
    """Put the brief where it belongs; without a place for it the body is empty but for its end."""
    place = body_place(root)
    if place is None:
        body = root.find(qualified("w:body"))
        end = body.find(_SECTION)
        position = len(body) if end is None else body.index(end)
        body[position:position] = content
        return
    for element in content:
        place.addprevious(element)
    break_after = place.find(f"{_PPR}/{_SECTION}") if place.tag == _P else None
    if break_after is not None:
        _end_section(place, break_after)
    else:
        parent = place.getparent()
        parent.remove(place)
        if parent.tag == qualified("w:tc") and parent[-1].tag != _P:
            etree.SubElement(parent, _P)


def _end_section(place: Any, section: Any) -> None:
    """Let the last paragraph of the brief end the section that the place ended."""
    last = place.getprevious()
    if last is None or last.tag != _P:
        for child in [child for child in place if child.tag != _PPR]:
            place.remove(child)
        return
    properties = last.find(_PPR)
    if properties is None:
        properties = etree.Element(_PPR)
        last.insert(0, properties)
    properties.append(section)
    place.getparent().remove(place)


def sections_after(root: Any) -> Iterator[Any]:
    """Yield the sections from the one on that the brief stands in."""
    place = body_place(root)
    reached = place is None
    last = root.find(f"{qualified('w:body')}/{_SECTION}")
    for element in root.iter():
        reached = reached or element is place
        if reached and element.tag == _SECTION and (place is not None or element is last):
            yield element

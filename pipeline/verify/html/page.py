"""The numbers of an HTML page, by `data-anchor` and by where links lead."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator
from urllib.parse import unquote
from xml.etree.ElementTree import Element

from msgspec import Struct, field

from ...model import Anchor
from ..forms import LOWERED, RAISED
from ..readback import Block, Readback, ReadEntry, ReadMark, ReadNumber, Remark, spliced
from ..texts import entry, label_number, leading_number, mark_number, number_before, squeezed
from .grids import chart_grids, grids
from .outline import leading, levels, pictures
from .seen import remarks
from .tree import classes, is_hidden, parse, tag, take_out_deleted, text_of, texts

_LONGEST_MARK = 2_000  # characters; longer texts are cut
_LONGEST_ENTRY = 4_000_000
_LONGEST_BLOCK = 20_000
_LABEL = re.compile(r"list-style-type: ?['\"]([^'\"]*?) ?['\"]")
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_MOVED = {"sup": RAISED, "sub": LOWERED}
_BLOCKS = frozenset(
    [
        "p",
        "li",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "td",
        "th",
        "caption",
        "figcaption",
        "dt",
        "dd",
        "pre",
        "summary",
    ]
)


class _Found(Struct):
    """What has been found so far. `footnotes` holds the numbers of each by its anchor."""

    body: list[ReadNumber | None] = field(default_factory=list)
    footnotes: dict[Anchor, list[ReadNumber | None]] = field(default_factory=dict)
    entries: list[ReadEntry] = field(default_factory=list)
    marks: list[ReadMark] = field(default_factory=list)
    repeated: list[ReadNumber] = field(default_factory=list)
    contents: list[ReadNumber] = field(default_factory=list)
    blocks: list[Block] = field(default_factory=list)
    items: list[str] = field(default_factory=list)  # labels of ordered lists


def read_html(content: bytes, scripts: Container[str] = ()) -> Readback:
    """Return what a page prints. `scripts` are the addresses of those that may be in it.

    Raises `Unreadable`.
    """
    root = parse(content)
    deleted = take_out_deleted(root)
    found = _Found()
    _read(root, found, found.body, None)
    return Readback(
        numbers=spliced(found.body, found.footnotes),
        bibliography=tuple(found.entries),
        marks=tuple(found.marks),
        repeated=tuple(found.repeated),
        contents=tuple(found.contents),
        anchors=frozenset(_named(e) for e in root.iter() if e.get("id")),
        items=tuple(found.items),
        words=("".join(texts(root, _is_apart, _BLOCKS, _MOVED)),),
        grids=tuple(grids(root)),
        charts=tuple(chart_grids(root)),
        pictures=tuple(pictures(root)),
        leading=tuple(leading(root)),
        levels=tuple(levels(root)),
        blocks=tuple(found.blocks),
        remarks=(*_of_deleted(deleted), *remarks(root, content, scripts)),
    )


def _of_deleted(count: int) -> Iterator[Remark]:
    if count:
        many = f"{count} passage{'s' if count > 1 else ''} marked as deleted"
        yield Remark(f"it has {many}; it was read without them", certain=False)


def _read(
    element: Element,
    found: _Found,
    sequence: list[ReadNumber | None],
    footnote: Anchor | None,
    heading: str = "",
) -> None:
    """Read an element and what it holds. `footnote` is the anchor of the one it belongs to,
    `heading` the text of the heading."""
    for child in element:
        if is_hidden(child):
            continue
        name, kinds = tag(child), classes(child)
        if name in _HEADINGS:
            heading = text_of(child, _LONGEST_MARK)
        identified = "data-anchor" in child.attrib
        if name in _BLOCKS:
            words = squeezed(text_of(child, _LONGEST_BLOCK, lambda e: tag(e) in _BLOCKS))
            found.blocks.append(Block(words))
        if name == "li" and "value" in child.attrib:
            own = _LABEL.search(child.get("style", ""))
            found.items.append(own[1] if own else f"{child.get('value')}.")
        if identified and name == "span" and "label" in classes(element):
            # All of a heading counts: a digit typed beside its number is read as part of it.
            sequence.append(leading_number(_anchor(child), heading))
        elif identified:
            sequence.append(_number(child))
            found.repeated += _said(child)
        elif "reference" in kinds and child.get("id"):
            found.entries.append(_entry(child))
            continue
        elif "contents" in kinds:
            found.contents += (
                leading_text(link) for link in child.iter("a") if _target(link) is not None
            )
            continue
        elif "mark-range" in kinds:
            sequence += _range(child, found)
            continue
        elif "footnote" in kinds and child.get("id"):
            footnote = _anchor(child)
            inner = found.footnotes.setdefault(footnote, [])
            _read(child, found, inner, footnote)
            footnote = None
            continue
        elif footnote and "number" in kinds and "footnote" in classes(element):
            sequence.append(label_number(footnote, text_of(child, _LONGEST_MARK)))
        elif "citation" in kinds:
            text = squeezed(text_of(child, _LONGEST_MARK))
            found.marks.append(ReadMark(_named(child), text))
        _read(child, found, sequence, footnote, heading)


def _is_apart(element: Element) -> bool:
    """Say whether an element is no part of the text: a number outside of marks, or a list."""
    kinds = classes(element)
    is_label = "data-anchor" in element.attrib and "mark" not in kinds
    return is_label or "reference" in kinds or "contents" in kinds


def _number(element: Element) -> ReadNumber:
    text, anchor = text_of(element, _LONGEST_MARK), _anchor(element)
    if anchor.kind == "reference":
        return mark_number(anchor, text)
    return label_number(anchor, text)


def _said(element: Element) -> Iterator[ReadNumber]:
    """Yield the number that a tip or a screen reader says for a mark, "Reference 3: Rain", or the
    call of a footnote, "Footnote b"."""
    anchor = _anchor(element)
    for words in filter(None, (element.get("title"), element.get("aria-label"))):
        number = re.search(r"\d+" if anchor.kind == "reference" else r"\w+\Z", words)
        if anchor.kind in ("reference", "footnote") and number:
            yield ReadNumber(anchor, number[0], "", words)


def _range(element: Element, found: _Found) -> Iterator[ReadNumber]:
    """Yield the numbers that a dash hides: a link for each, and its number for a style sheet."""
    text = text_of(element, _LONGEST_MARK)
    for link in element.iter():
        if "data-anchor" in link.attrib and not is_hidden(link):
            yield mark_number(_anchor(link), text)
            shown = link.get("data-number", "") or text_of(link, _LONGEST_MARK)
            found.repeated += (label_number(_anchor(link), shown), *_said(link))


def _entry(element: Element) -> ReadEntry:
    key = _anchor(element).name
    read = entry(key, text_of(element, _LONGEST_ENTRY, _leads_back))
    places = tuple(
        label_number(target, text_of(link, _LONGEST_MARK))
        for part in element.iter()
        if _leads_back(part)
        for link in part.iter("a")
        if (target := _target(link)) is not None
    )
    return ReadEntry(read.key, read.number, read.text, places)


def _leads_back(element: Element) -> bool:
    return "back-references" in classes(element)


def leading_text(link: Element) -> ReadNumber:
    """Return what an entry of the contents says: its number, and all its words."""
    text = squeezed(text_of(link, _LONGEST_MARK))
    return ReadNumber(_target(link) or Anchor.parse(""), number_before(text), "", text)


def _target(link: Element) -> Anchor | None:
    href = link.get("href", "").strip()
    return Anchor.parse(unquote(href[1:])) if href.startswith("#") else None


def _anchor(element: Element) -> Anchor:
    """Return what an element points to, or is.

    Where a link says one thing and leads to another, where it leads counts: that is what the reader
    of the page gets.
    """
    target = _target(element) if tag(element) == "a" else None
    if target is not None and target != Anchor.parse(""):
        return target
    said = element.get("data-anchor")
    return Anchor.parse(said) if said else _named(element)


def _named(element: Element) -> Anchor:
    return Anchor.parse(unquote(element.get("id", "")))

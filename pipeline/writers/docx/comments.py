"""Comments of reviewers: their ranges in the text, and the parts that hold them (17.13.4).

Answers and whether a comment is resolved are in a part of their own ([MS-DOCX] 2.5.4.3), which
names comments by an id of their last paragraph.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping, Sequence

from docx.document import Document
from msgspec import Struct, field
from msgspec.structs import replace

from ...diagnostics import Span
from ...model import Reply, ReviewComment
from ...ooxml import NAMESPACES, w
from ...xml import Content, Element, walk
from .package import add_part, xml_bytes
from .runs import in_elements, said_by, taken_apart

_WORD_2010 = "http://schemas.microsoft.com/office/word/2010/wordml"
_WORD_2012 = "http://schemas.microsoft.com/office/word/2012/wordml"
_COMPATIBILITY = "http://schemas.openxmlformats.org/markup-compatibility/2006"
_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/comments"
_EXTENDED_RELATION = "http://schemas.microsoft.com/office/2011/relationships/commentsExtended"
_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments"
_DATE = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)?")  # xsd:dateTime
_PIECE = re.compile(r"\d+|\s+|[^\d\s]+")


class Comments(Struct):
    """Collects the comments of the file while its text is written."""

    waiting: dict[Span, list[ReviewComment]] = field(default_factory=dict)  # by block
    written: list[ReviewComment] = field(default_factory=list)

    @classmethod
    def of(cls, comments: Sequence[ReviewComment]) -> Comments:
        found: dict[Span, list[ReviewComment]] = {}
        for comment in comments:
            found.setdefault(comment.span, []).append(comment)
        return cls(found)

    def around(self, span: Span, content: Sequence[Element]) -> list[Element]:
        """Return the content of a paragraph of the block at `span` with the ranges of comments on
        its words; others wait for the next paragraph of the block, such as a caption."""
        found, left = list(content), list[ReviewComment]()
        for comment in self.waiting.pop(span, ()):
            stretch = _stretch(comment.words, "".join(map(_said, _units(found))))
            if stretch is None:
                left.append(comment)
                continue
            before, after = self._range(comment)
            first, middle, last = _cut(found, *stretch)
            found = [*first, *before, *middle, *after, *last]
        if left:
            self.waiting[span] = left
        return found

    def rest(self, elements: Sequence[Element], names: Mapping[Span, str]) -> list[Element]:
        """Return elements with the comments that are on no words: each is about the first paragraph
        of its block. `names` are the bookmarks of these paragraphs, in their order."""
        ranges: dict[str, tuple[list[Element], list[Element]]] = {}
        for span, comments in self.waiting.items():
            name = names.get(span) or next(iter(names.values()))
            before, after = ranges.setdefault(name, ([], []))
            for comment in comments:
                begins, ends = self._range(comment)
                before += begins
                after += ends
        self.waiting.clear()
        return [_wrapped(found, ranges) for found in elements] if ranges else list(elements)

    def _range(self, comment: ReviewComment) -> tuple[list[Element], list[Element]]:
        """Return what begins and what ends the range of a comment; its answers have the same."""
        number = sum(1 + len(known.replies) for known in self.written)
        numbers = range(number, number + 1 + len(comment.replies))
        self.written.append(comment)
        ends = [
            found
            for n in numbers
            for found in (w("commentRangeEnd", id=n), w("r", w("commentReference", id=n)))
        ]
        return [w("commentRangeStart", id=n) for n in numbers], ends


def _wrapped(found: Element, ranges: Mapping[str, tuple[list[Element], list[Element]]]) -> Element:
    """Return an element in which the content of each bookmark that is named has its ranges."""
    children: list[Content] = []
    ends: dict[str, list[Element]] = {}
    for child in found.children:
        match child:
            case Element("w:bookmarkStart", {"w:name": name, "w:id": identity}) if name in ranges:
                before, ends[identity] = ranges[name]
                children += [child, *before]
            case Element("w:bookmarkEnd", {"w:id": identity}) if identity in ends:
                children += [*ends[identity], child]
            case Element():
                children.append(_wrapped(child, ranges))
            case _:
                children.append(child)
    return replace(found, children=tuple(children))


# The text that a comment is about -----------------------------------------------------------------


def _said(unit: Element | list[Element]) -> str:
    """Return the text that an element, or a whole field, shows."""
    elements = unit if isinstance(unit, list) else [unit]
    return "".join(
        " " if found.tag in ("w:tab", "w:br") else said_by(found)
        for top in elements
        for found in walk(top)
    )


def _stretch(words: str, text: str) -> tuple[int, int] | None:
    """Return where words stand in a text; their numbers may be others now."""
    pieces = (
        r"\d+" if piece.isdecimal() else r"\s+" if piece.isspace() else re.escape(piece)
        for piece in _PIECE.findall(words.strip())
    )
    pattern = "".join(pieces)
    found = re.search(pattern, text) if pattern else None
    return found.span() if found else None


def _units(content: Sequence[Element]) -> Iterator[list[Element]]:
    """Yield the elements one by one, those of a field together: a range must not begin in it."""
    depth, unit = 0, list[Element]()
    for top in content:
        unit.append(top)
        for found in walk(top):
            kind = found.attributes.get("w:fldCharType") if found.tag == "w:fldChar" else None
            depth += {"begin": 1, "end": -1}.get(kind or "", 0)
        if depth <= 0:
            yield unit
            unit = []
    if unit:
        yield unit


def _cut(
    content: Sequence[Element], start: int, end: int
) -> tuple[list[Element], list[Element], list[Element]]:
    """Return what stands before, in and after a stretch; what cannot be divided stands in it."""
    parts: tuple[list[Element], list[Element], list[Element]] = ([], [], [])
    offset = 0
    for unit in _units(content):
        length = len(_said(unit))
        first, last = start - offset, end - offset
        offset += length
        if not length:
            parts[0 if first > 0 else 1 if last > 0 else 2].extend(unit)
        elif last <= 0:
            parts[2].extend(unit)
        elif first >= length:
            parts[0].extend(unit)
        elif len(unit) == 1 and (pieces := _divided(unit[0], max(first, 0), min(last, length))):
            for part, piece in zip(parts, pieces, strict=True):
                part.extend(piece)
        else:
            parts[1].extend(unit)
    return parts


def _divided(run: Element, start: int, end: int) -> list[list[Element]] | None:
    """Return a run as three, with the text before, in and after a stretch; None if it holds more
    than text."""
    parts = taken_apart(run)
    if parts is None:
        return None
    properties, text = parts
    return [
        [replace(run, children=(*properties, *in_elements(piece)))] if piece else []
        for piece in (text[:start], text[start:end], text[end:])
    ]


# The parts ----------------------------------------------------------------------------------------


def add_comments(document: Document, comments: Sequence[ReviewComment]) -> None:
    if not comments:
        return
    texts, states = list[Element](), list[Element]()
    for comment in comments:
        parent = _paragraph_id(len(texts), comment)
        texts.append(_comment(len(texts), parent, comment))
        states.append(_state(parent))
        for reply in comment.replies:
            own = _paragraph_id(len(texts), reply)
            texts.append(_comment(len(texts), own, reply))
            states.append(_state(own, parent))
    declared = {"xmlns:w": NAMESPACES["w"], "xmlns:mc": _COMPATIBILITY}
    marked = {**declared, "xmlns:w14": _WORD_2010, "mc:Ignorable": "w14"}
    root = Element("w:comments", marked, tuple(texts))
    add_part(document.part, _RELATION, "/word/comments.xml", f"{_TYPE}+xml", xml_bytes(root))
    marked = {"xmlns:w15": _WORD_2012, "xmlns:mc": _COMPATIBILITY, "mc:Ignorable": "w15"}
    root = Element("w15:commentsEx", marked, tuple(states))
    name = "/word/commentsExtended.xml"
    add_part(document.part, _EXTENDED_RELATION, name, f"{_TYPE}Extended+xml", xml_bytes(root))


def _comment(number: int, identity: str, said: ReviewComment | Reply) -> Element:
    *lines, last = said.text.split("\n")
    paragraphs = [_paragraph(line, first=not n) for n, line in enumerate(lines)]
    ending = _paragraph(last, first=not lines)
    ending = replace(ending, attributes={**ending.attributes, "w14:paraId": identity})
    return w(
        "comment",
        *paragraphs,
        ending,
        id=number,
        author=said.author,
        date=said.date if _DATE.fullmatch(said.date) else None,
        initials="".join(name[0] for name in said.author.split())[:9] or None,
    )


def _paragraph(line: str, first: bool) -> Element:
    return w(
        "p",
        w("r", w("annotationRef")) if first else None,
        w("r", *in_elements(line)),
    )


def _state(identity: str, parent: str = "") -> Element:
    attributes = {"w15:paraId": identity, "w15:done": "0"}
    return Element("w15:commentEx", attributes | ({"w15:paraIdParent": parent} if parent else {}))


def _paragraph_id(number: int, said: ReviewComment | Reply) -> str:
    """Return a number that no other paragraph has, below 0x80000000 ([MS-DOCX] 2.6.2.3)."""
    digest = hashlib.sha256(
        f"{number}\0{said.author}\0{said.date}\0{said.text}".encode("utf-8", "surrogatepass")
    )
    return f"{int(digest.hexdigest()[:8], 16) % 0x7FFFFFFE + 1:08X}"

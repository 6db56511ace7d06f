"""Read a Word file that came back from a reviewer.

In: the bytes of a .docx file, which anybody may have changed. Out: its paragraphs, each with the
names of the blocks of the brief that it holds, its words, citations and fields, and what was
tracked and commented. Raises `BadWordFile`, with the reason, for what is no Word file, or hostile.
"""

from __future__ import annotations

import base64
import binascii
import zlib
from collections.abc import Iterable, Iterator
from xml.etree.ElementTree import Element

from ...ooxml import SOURCE_MAP, STYLE_NAMES, qualified
from .comments import comments_of
from .package import BadWordFile, Package
from .runs import value
from .story import Story
from .values import (
    PLAIN,
    Atom,
    Change,
    Comment,
    Format,
    Paragraph,
    Returned,
    Written,
    tokens,
    visible,
)

__all__ = [
    "PLAIN",
    "Atom",
    "BadWordFile",
    "Change",
    "Comment",
    "Format",
    "Paragraph",
    "Returned",
    "Written",
    "read_docx",
    "tokens",
    "visible",
]

_MAP = f"{{{SOURCE_MAP}}}"
_LARGEST_SOURCE = 16 * 1024 * 1024  # bytes of embedded Markdown
_RULE = "ThematicBreak"


def read_docx(content: bytes) -> Returned:
    """Return what a Word file says. Raises `BadWordFile`."""
    package = Package(content)
    document = package.root(package.main)
    if document is None:
        raise BadWordFile("it is not a Word file: it has no document")
    styles = _styles(root for _, root in package.related("styles"))
    body = Story(package.relations(package.main), styles, package.hash_of)
    body.read(document)
    notes: dict[str, list[Paragraph]] = {}
    stories = [body]
    for name, root in package.related("footnotes"):
        relations = package.relations(name)
        for note in root:
            identity = note.get(qualified("w:id"), "")
            stories.append(Story(relations, styles, package.hash_of, identity))
            stories[-1].read(note)
            notes[identity] = stories[-1].finished()
    mapped = _source_map(root for _, root in package.related("customXml"))
    if mapped is None:
        return Returned(tuple(_in_order(body.finished(), notes)))
    return Returned(
        paragraphs=tuple(_in_order(body.finished(), notes)),
        brief=mapped.get("brief", ""),
        sha256=mapped.get("sha256", ""),
        embedded=_embedded(mapped.find(f"{_MAP}markdown")),
        anchors=_pairs(mapped, "anchor", "bookmark", "anchor"),
        tags=_pairs(mapped, "source", "tag", "key"),
        hashes=_pairs(mapped, "block", "bookmark", "sha256"),
        places={e.get("bookmark", ""): _written(e) for e in mapped.iter(f"{_MAP}block")},
        sources=_pairs(mapped, "source", "key", "sha256")
        | _pairs(mapped, "file", "path", "sha256"),
        house=next((e.get("sha256", "") for e in mapped.iter(f"{_MAP}house")), ""),
        comments=comments_of(package, stories),
        unsettled=_is_redline(mapped) and _is_by_libreoffice(package) and _has_changes(document),
    )


def _is_redline(mapped: Element) -> bool:
    return mapped.get("redline") == "true"


def _is_by_libreoffice(package: Package) -> bool:
    root = package.root("docProps/app.xml")
    return root is not None and "LibreOffice" in "".join(root.itertext())


def _has_changes(document: Element) -> bool:
    tags = {qualified(name) for name in ("w:ins", "w:del", "w:moveFrom", "w:moveTo")}
    return any(element.tag in tags for element in document.iter())


def _in_order(
    paragraphs: Iterable[Paragraph], notes: dict[str, list[Paragraph]]
) -> Iterator[Paragraph]:
    """Yield paragraphs that say something, each followed by the footnotes that it calls."""
    for paragraph in paragraphs:
        if paragraph.atoms or paragraph.cell or paragraph.style == _RULE:
            yield paragraph
        for atom in paragraph.atoms:
            if atom.kind == "call":
                yield from _in_order(notes.pop(atom.text, ()), notes)


def _styles(roots: Iterable[Element]) -> dict[str, str]:
    """Return our ids of styles by those of the file: programs change ids and keep names."""
    ours = {name.casefold(): identity for identity, name in STYLE_NAMES.items()}
    found = {}
    for style in (style for root in roots for style in root.iter(qualified("w:style"))):
        name = value(style, "w:name").casefold()
        if name in ours:
            found[style.get(qualified("w:styleId"), "")] = ours[name]
    return found


def _source_map(roots: Iterable[Element]) -> Element | None:
    return next((root for root in roots if root.tag == f"{_MAP}map"), None)


def _pairs(mapped: Element, tag: str, name: str, value: str) -> dict[str, str]:
    found = ((e.get(name, ""), e.get(value, "")) for e in mapped.iter(f"{_MAP}{tag}"))
    return {key: said for key, said in found if key}


def _written(block: Element) -> Written:
    names = ("line", "column", "end-line", "end-column")
    line, column, end_line, end_column = (_number(block.get(name, "")) for name in names)
    kind, key, file = (block.get(name, "") for name in ("kind", "key", "file"))
    return Written(kind, key, file, (line, column, end_line, end_column))


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0


def _embedded(found: Element | None) -> str | None:
    """Return the Markdown that a file carries, None if there is none that can be read."""
    if found is None or found.get("encoding") != "zlib+base64":
        return None
    try:
        unpacker = zlib.decompressobj()
        packed = base64.b64decode(found.text or "", validate=True)
        content = unpacker.decompress(packed, _LARGEST_SOURCE)
        return content.decode("utf-8") if unpacker.eof else None
    except (binascii.Error, zlib.error, UnicodeDecodeError):
        return None

"""A page as browsers read it: a tree of elements, and what of it is shown."""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Iterator, Mapping
from xml.etree.ElementTree import Element

import tinyhtml5

from ..readback import Unreadable

DEEPEST = 200  # elements inside each other; a page of ours has about 20
MOST_COMMENTS = 2_000
MOST_ATTRIBUTES = 300  # of one element
_LONG = re.compile(r"<[a-zA-Z][^<>]{600,}")
_QUOTED = re.compile(r"\"[^\"]*\"|'[^']*'")
NO_TABLES: Mapping[str, Mapping[int, int]] = {}
_SILENT = frozenset(
    {
        *("head", "script", "style", "template", "noscript", "datalist", "dialog", "rp"),
        *("canvas", "video", "audio", "iframe"),  # what they hold is for browsers without them
    }
)
_HIDING = re.compile(
    r"(?:^|;)\s*(?:display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)"
    r"|content-visibility\s*:\s*hidden|opacity\s*:\s*0?\.?0*(?![.\d]))",
    re.IGNORECASE,
)
_TAG = re.compile(r"<(/?)([a-zA-Z][^\s/>]{0,30})")
_UNTOLD = frozenset(
    {
        *("html", "head", "body", "p", "li", "dt", "dd", "td", "th", "tr", "thead", "tbody"),
        *("tfoot", "colgroup", "option", "optgroup", "rt", "rp", "caption", "area", "base", "br"),
        *("col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr"),
        *("path", "rect", "line", "circle", "use", "polyline", "polygon", "ellipse"),
    }
)
# Images travel inside a page, as addresses of a megabyte.
_DATA = re.compile(r"""(["'])(data:image/[\w.+-]+;base64,)[\w+/=\s]{200,}\1""")


def parse(content: bytes) -> Element:
    """Return the root element of a page. Raises `Unreadable`."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise Unreadable("it is not UTF-8 text") from None
    if "<html" not in text[:2000].lower():
        raise Unreadable("it is not an HTML page")
    text = _DATA.sub(r"\1\2\1", text)
    # On these the parser would take without end.
    if _depth_of_tags(text) > DEEPEST:
        raise Unreadable("its elements are nested too deeply")
    if text.count("<!--") > MOST_COMMENTS:
        raise Unreadable("it has more comments than any page")
    if any(
        _QUOTED.sub("", found[0]).count(" ") > MOST_ATTRIBUTES for found in _LONG.finditer(text)
    ):
        raise Unreadable("a tag in it has more attributes than any page")
    root: Element = tinyhtml5.parse(text, namespace_html_elements=False)
    if _depth(root) > DEEPEST:
        raise Unreadable("its elements are nested too deeply")
    return root


def _depth_of_tags(text: str) -> int:
    """Return about how deep tags are nested; those that close without being told do not count."""
    deepest = depth = 0
    for closing, name in _TAG.findall(text):
        name = name.lower()
        if name not in _UNTOLD:
            depth = max(depth - 1, 0) if closing else depth + 1
            deepest = max(deepest, depth)
    return deepest


def _depth(root: Element) -> int:
    deepest, level = 0, [root]
    while level and deepest <= DEEPEST:
        deepest += 1
        level = [child for element in level for child in element]
    return deepest


def tag(element: Element) -> str:
    """Return the name of an element, "" for comments and the like."""
    return element.tag if isinstance(element.tag, str) else ""


def classes(element: Element) -> list[str]:
    return element.get("class", "").split()


def take_out_deleted(root: Element) -> int:
    """Empty the elements whose text is marked as deleted; return how many there are."""
    found = [e for e in root.iter() if tag(e) == "del" or e.get("role") == "deletion"]
    for element in found:
        after = element.tail
        element.clear()
        element.tail = after
    return len(found)


def is_hidden(element: Element) -> bool:
    """Say whether an element shows nothing, by its name or its own attributes."""
    name = tag(element)
    if not name or (name in _SILENT and not (name == "dialog" and "open" in element.attrib)):
        return True
    is_off = "hidden" in element.attrib or "popover" in element.attrib
    return is_off or bool(_HIDING.search(element.get("style", "")))


def texts(
    element: Element,
    skip: Callable[[Element], bool] = lambda element: False,
    parted: Container[str] = (),
    tables: Mapping[str, Mapping[int, int]] = NO_TABLES,
) -> Iterator[str]:
    """Yield the text that an element shows, piece by piece, without what `skip` names; a blank
    stands before elements with one of the names in `parted`, and `tables` has other characters
    by the name of the element that they stand in."""
    if element.text:
        yield element.text
    for child in element:
        if not is_hidden(child) and not skip(child):
            if tag(child) in parted:
                yield " "
            inner = texts(child, skip, parted, tables)
            table = tables.get(tag(child))
            yield from inner if table is None else (piece.translate(table) for piece in inner)
        if child.tail:
            yield child.tail


def text_of(
    element: Element,
    longest: int,
    skip: Callable[[Element], bool] = lambda element: False,
) -> str:
    """Return the text that an element shows, cut after `longest` characters."""
    found, length = [], 0
    for piece in texts(element, skip):
        found.append(piece)
        length += len(piece)
        if length > longest:
            break
    return "".join(found)[:longest]

"""XML of a CSL file → a small tree with lines. The file may come from anyone, and is bounded.

Expat asks nobody for anything by itself (Python, xml.parsers.expat); without a document type
declaration there are no entities but the five of XML, so nothing can grow while it is read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from xml.parsers import expat

from msgspec import Struct, field

CSL_NAMESPACE = "http://purl.org/net/xbiblio/csl"
LANG = "http://www.w3.org/XML/1998/namespace lang"  # the attribute xml:lang
LARGEST = 2_000_000  # bytes; the largest style of the public repository has 150,000
_TWICE = re.compile(r"&#(?:\d{1,6}|x[0-9A-Fa-f]{1,5});")
_MOST_ELEMENTS = 50_000
_DEEPEST = 100


class BadXml(Exception):
    """Why a file is no CSL file: a message, and the line and column it is about."""

    def __init__(self, message: str, line: int, column: int = 1) -> None:
        super().__init__(message)
        self.message, self.line, self.column = message, line, column


class Xml(Struct):
    """An element of the CSL namespace; elements of other namespaces are left out."""

    name: str
    attributes: dict[str, str]
    line: int
    text: str = ""
    children: list[Xml] = field(default_factory=list)

    def get(self, name: str, default: str = "") -> str:
        return self.attributes.get(name, default)

    def all(self, name: str) -> Iterator[Xml]:
        """Yield the children of a name."""
        return (child for child in self.children if child.name == name)

    def first(self, name: str) -> Xml | None:
        return next(self.all(name), None)


def _character(found: re.Match[str]) -> str:
    return unescape(found[0])


def read_xml(content: bytes) -> Xml:
    """Return the root element. Raises BadXml for what is no XML, is too large or has a DTD."""
    if len(content) > LARGEST:
        raise BadXml(f"the file has more than {LARGEST:,} bytes", 1)
    reader = _Reader()
    try:
        reader.parser.Parse(content, True)
    except expat.ExpatError as error:
        message = f"the file is not well-formed XML: {expat.ErrorString(error.code)}"
        raise BadXml(message, error.lineno, error.offset + 1) from None
    return reader.top.children[0]


class _Reader:
    def __init__(self) -> None:
        self.top = Xml("", {}, 1)
        self._opened = [self.top]
        self._foreign = 0  # how many elements of other namespaces are open
        self._count = 0
        self.parser = expat.ParserCreate(namespace_separator=" ")
        self.parser.buffer_text = True
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._text
        self.parser.StartDoctypeDeclHandler = self._doctype

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        line, column = self.parser.CurrentLineNumber, self.parser.CurrentColumnNumber + 1
        self._count += 1
        if self._count > _MOST_ELEMENTS or len(self._opened) + self._foreign > _DEEPEST:
            raise BadXml("the file has too many elements, or too many inside each other", line)
        namespace, _, local = name.rpartition(" ")
        if namespace != CSL_NAMESPACE:
            if len(self._opened) == 1:
                message = f"<{local}> is not in the namespace of CSL, {CSL_NAMESPACE}"
                raise BadXml(message, line, column)
            self._foreign += 1
        if not self._foreign:
            # Some styles have `&amp;#160;`: other processors print HTML, and a browser decodes it.
            plain = {key: _TWICE.sub(_character, value) for key, value in attributes.items()}
            element = Xml(local, plain, line)
            self._opened[-1].children.append(element)
            self._opened.append(element)

    def _end(self, name: str) -> None:
        if self._foreign:
            self._foreign -= name.rpartition(" ")[0] != CSL_NAMESPACE
        else:
            self._opened.pop()

    def _text(self, text: str) -> None:
        if not self._foreign:
            self._opened[-1].text += text

    def _doctype(self, *_: object) -> None:
        line = self.parser.CurrentLineNumber
        raise BadXml("a CSL file has no document type declaration (DOCTYPE)", line)

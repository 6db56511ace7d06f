"""The numbers of an HTML page, by `data-anchor` and by where links lead."""

from __future__ import annotations

from html.parser import HTMLParser
from urllib.parse import unquote

from msgspec import Struct, field

from .printed import Printed, PrintedEntry, PrintedNumber, Unreadable, spliced
from .texts import entry, label_number, leading_number, mark_number, squeezed

VOID = frozenset(
    {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "wbr"}
)
SILENT = frozenset({"head", "script", "style", "template"})
LONGEST_REST = 100_000  # characters that belong to no finished element or text
DEEPEST = 1000  # open elements; a page of ours has about 20


def read_html(content: bytes) -> Printed:
    """Return what a page bears. Raises `Unreadable`."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise Unreadable("it is not UTF-8 text") from None
    if "<html" not in text[:2000].lower():
        raise Unreadable("it is not an HTML page")
    page = _Page()
    page.feed(text)
    if len(page.rawdata) > LONGEST_REST:
        # The parser would look for the end of each open tag or comment to the end of the text.
        raise Unreadable("it breaks off inside a tag or a comment")
    page.close()
    return Printed(
        spliced(page.body, page.footnotes),
        tuple(page.entries),
        tuple(page.repeated),
        frozenset(page.anchors),
    )


class _Element(Struct):
    """An open element, and the text that is gathered in it."""

    tag: str
    kind: str = ""  # what it is to us, "" for most elements
    anchor: str = ""
    text: list[str] = field(default_factory=list)
    place: int = 0  # where its number stands in its sequence
    number: str = ""  # what a style sheet prints for a link inside a range
    within: list[_Element] = field(default_factory=list)  # the links of a range, without text


class _Page(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.body: list[PrintedNumber | None] = []
        self.footnotes: dict[str, list[PrintedNumber | None]] = {}
        self.entries: list[PrintedEntry] = []
        self.repeated: list[PrintedNumber] = []
        self.anchors: set[str] = set()
        self._open: list[_Element] = []

    # Elements ----------------------------------------------------------------------------------

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.anchors.update(unquote(value or "") for name, value in attrs if name == "id")
        if tag in VOID:
            return
        if len(self._open) >= DEEPEST:
            raise Unreadable("its elements are nested too deep")
        attributes = {name: value or "" for name, value in attrs}
        element = _Element(tag, self._kind(tag, attributes), _anchor(tag, attributes))
        element.number = attributes.get("data-number", "")
        match element.kind:
            case "number" | "within" | "footnote number":
                element.place = len(self._sequence)
                self._sequence.append(None)
            case "footnote":
                self.footnotes.setdefault(element.anchor, [])
            case _:
                pass
        self._open.append(element)

    def handle_data(self, data: str) -> None:
        if self._inside("silent"):
            return
        back = self._inside("back-references")
        for element in self._open:
            if element.kind and not (back and element.kind == "reference"):
                element.text.append(data)

    def handle_endtag(self, tag: str) -> None:
        if any(element.tag == tag for element in self._open):
            while self._finish().tag != tag:
                pass

    def close(self) -> None:
        super().close()
        while self._open:
            self._finish()

    # What they are to us -----------------------------------------------------------------------

    def _kind(self, tag: str, attributes: dict[str, str]) -> str:
        classes = attributes.get("class", "").split()
        identified = "data-anchor" in attributes
        if tag in SILENT:
            return "silent"
        if self._inside("back-references"):
            return "back-reference" if tag == "a" else ""
        if self._inside("reference"):
            return "back-references" if "back-references" in classes else ""
        if self._inside("contents"):
            return "contents entry" if tag == "a" and not identified else ""
        for name in ("reference", "footnote", "contents"):
            if name in classes and not identified:
                return name
        if "number" in classes and self._open and self._open[-1].kind == "footnote":
            return "footnote number"
        if "mark-range" in classes and not identified:
            return "range"
        if identified and self._open and self._open[-1].kind == "range":
            return "within"
        return "number" if identified else ""

    def _inside(self, kind: str) -> bool:
        return any(element.kind == kind for element in self._open)

    @property
    def _footnote(self) -> str:
        """The anchor of the innermost footnote that is open, or ""."""
        return next((e.anchor for e in reversed(self._open) if e.kind == "footnote"), "")

    @property
    def _sequence(self) -> list[PrintedNumber | None]:
        return self.footnotes[self._footnote] if self._footnote else self.body

    def _finish(self) -> _Element:
        element = self._open.pop()
        text = squeezed("".join(element.text))
        match element.kind:
            case "number":
                self._sequence[element.place] = _printed(element.anchor, text)
            case "within":
                self._open[-1].within.append(element)
                self.repeated.append(label_number(element.anchor, element.number or text))
            case "range":
                for link in element.within:
                    self._sequence[link.place] = _printed(link.anchor, text)
            case "footnote number":
                self._sequence[element.place] = label_number(self._footnote, text)
            case "contents entry":
                self.repeated.append(leading_number(element.anchor, text))
            case "back-reference":
                self.repeated.append(label_number(element.anchor, text))
            case "reference":
                self.entries.append(entry(element.anchor.removeprefix("ref-"), text))
            case _:
                pass
        return element


def _anchor(tag: str, attributes: dict[str, str]) -> str:
    """Return what an element points to, or is.

    Where a link says one thing and leads to another, where it leads counts: that is what the reader
    of the page gets.
    """
    href = attributes.get("href", "")
    if tag == "a" and href.startswith("#"):
        return unquote(href[1:])
    return attributes.get("data-anchor") or unquote(attributes.get("id", ""))


def _printed(anchor: str, text: str) -> PrintedNumber:
    if anchor.startswith("ref-"):
        return mark_number(anchor, text)
    return label_number(anchor, text)

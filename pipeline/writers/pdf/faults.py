"""Faults of a finished layout, found from the boxes of its pages, with the lines they come from.

WeasyPrint says nothing of a caption that stands alone, of a note that runs off the page, or of a
word that is too long for its column. Lengths are in CSS pixels.
"""

from __future__ import annotations

from itertools import zip_longest
from typing import Any

from msgspec import Struct, field
from weasyprint.formatting_structure import boxes
from weasyprint.layout.absolute import AbsolutePlaceholder

from ...diagnostics import Diagnostic, Span
from ...model import Anchor
from .lines import broken_early, is_overfull, shortened, text_of
from .objects import classes_of

_TOLERANCE = 2.0  # half a millimetre: what nobody sees
_HEADINGS = frozenset({"h2", "h3", "h4", "h5", "h6", "dt"})


def layout_faults(document: Any, brief: Span) -> list[Diagnostic]:
    """Return what a reader of the pages would stumble over. `brief`: where no block is known."""
    found = _Faults(brief)
    for number, page in enumerate(document.pages, start=1):
        found.read_page(page._page_box, number, last=page is document.pages[-1])
    found.compare_pages()
    found.look_for_lost(document.pages[0]._page_box.children[0].element)
    first: dict[tuple[str, Span], Diagnostic] = {}  # the cells of a wide table are one fault
    for diagnostic in found.diagnostics:
        first.setdefault((diagnostic.code, diagnostic.span), diagnostic)
    return sorted(first.values(), key=lambda diagnostic: diagnostic.span)


class _Note(Struct):
    """The pages of a footnote's call and of its text; 0 where there is none."""

    span: Span
    call: int = 0
    text: int = 0
    lost: bool = False


class _Page(Struct):
    number: int
    box: Any
    bottom: float  # where its text must end
    notes: bool  # whether footnotes begin there
    last: tuple[Any, Span] | None = None  # the innermost block that its last line stands in


class _Faults(Struct):
    """Walks the boxes of one page after the other."""

    brief: Span
    diagnostics: list[Diagnostic] = field(default_factory=list)
    _shown: set[Any] = field(default_factory=set)  # elements that have a box on some page
    _notes: dict[str, _Note] = field(default_factory=dict)  # by the names of their anchors
    # The fragments of a table by page, and whether one has a row.
    _tables: dict[Any, list[tuple[_Page, Span, bool]]] = field(default_factory=dict)

    def read_page(self, page_box: Any, number: int, last: bool) -> None:
        areas = [kid for kid in page_box.children if isinstance(kid, boxes.FootnoteAreaBox)]
        area = next((found for found in areas if found.children), None)
        top = page_box.content_box_y()
        bottom = area.position_y if area else top + page_box.height
        page = _Page(number, page_box, bottom, area is not None)
        for kid in page_box.children:
            if not isinstance(kid, boxes.MarginBox | boxes.FootnoteAreaBox):
                self._read(kid, page, self.brief, None)
        if page.last and not last and page.last[0] is not None:
            self._say(page, page.last[1], "a heading is alone at the foot")
        for note in area.children if area else ():
            self._read_note(note, page, top)

    def _say(self, page: _Page, span: Span, what: str, hint: str = "") -> None:
        message = f"page {page.number} of the PDF: {what}"
        self.diagnostics.append(Diagnostic("layout-fault", message, span, hint))

    def _lose(self, page: _Page, span: Span, what: str, hint: str = "") -> None:
        message = f"page {page.number} of the PDF: {what}"
        self.diagnostics.append(Diagnostic("off-page", message, span, hint))

    # Boxes ---------------------------------------------------------------------------------------

    def _read(self, box: Any, page: _Page, span: Span, heading: Any) -> None:
        """Look at a box and all in it. `heading`: the heading that it stands in, or None."""
        if isinstance(box, AbsolutePlaceholder):
            box = box._box
        element = box.element
        if element is not None:
            self._shown.add(element)
            span = _place(element) or span
            if box.element_tag in _HEADINGS or "part-title" in classes_of(element):
                heading = element
            if "footnote-call" in classes_of(element) and element.get("id"):
                call = Anchor.parse(element.get("id"))
                self._note(call.name, span).call = page.number
        if isinstance(box, boxes.TextBox | boxes.ReplacedBox):
            self._read_leaf(box, page, span)
            if isinstance(box, boxes.ReplacedBox) or box.text.strip():
                page.last = heading, span
            return
        match box.element_tag:
            case "table" if isinstance(box, boxes.BlockBox):
                self._read_table(box, page, span)
            case "figure":
                tags = {kid.element_tag for kid in box.descendants()}
                if "figcaption" in tags and not tags & {"img", "svg"}:
                    self._say(page, span, "a caption is separated from its figure")
            case _:
                self._read_lines(box, page, span)
        for kid in box.children:
            self._read(kid, page, span, heading)

    def _read_leaf(self, box: Any, page: _Page, span: Span) -> None:
        right, bottom = box.position_x + box.width, box.position_y + box.height
        width, height = page.box.margin_width(), page.box.margin_height()
        what = f"`{text_of(box)}`" if isinstance(box, boxes.TextBox) else "a picture"
        if min(box.position_x, box.position_y) < -_TOLERANCE or (
            right > width + _TOLERANCE or bottom > height + _TOLERANCE
        ):
            hint = "use fewer columns, a smaller picture, or a space in a long word"
            self._lose(page, span, f"{what} runs off the page", hint)
            return
        # The boxes of some fonts are much taller than their lines.
        middle = (box.position_y + bottom) / 2 if isinstance(box, boxes.TextBox) else bottom
        if middle > page.bottom + _TOLERANCE and page.notes:
            self._lose(page, span, f"{what} and footnotes are printed over each other")
        elif middle > page.bottom + _TOLERANCE:
            self._say(page, span, f"{what} runs into the foot of the page")

    def _read_table(self, box: Any, page: _Page, span: Span) -> None:
        begun = any(isinstance(kid, boxes.TableRowBox) for kid in box.descendants())
        self._tables.setdefault(box.element, []).append((page, span, begun))

    def _read_lines(self, box: Any, page: _Page, span: Span) -> None:
        lines = [kid for kid in box.children if isinstance(kid, boxes.LineBox)]
        for line, after in zip_longest(lines, lines[1:]):
            if is_overfull(line, box, _TOLERANCE):
                what = f"`{text_of(line)}` is too long for its line"
                self._say(page, span, what, "divide the word, or give its column more room")
            elif after and broken_early(line, after, box, _TOLERANCE):
                self._say(page, span, f"the line `{text_of(line)}` ends too early")

    # Footnotes -----------------------------------------------------------------------------------

    def _note(self, label: str, span: Span) -> _Note:
        return self._notes.setdefault(label, _Note(span))

    def _read_note(self, box: Any, page: _Page, top: float) -> None:
        span = _place(box.element) or self.brief
        note = self._note(Anchor.parse(box.element.get("id")).name, span)
        note.span, note.text = span, note.text or page.number
        if box.position_y < top - _TOLERANCE:
            note.lost = True
            hint = (
                "shorten it, or move it into the text: footnotes do not continue on the next page"
            )
            self._lose(page, span, "a footnote is taller than the page", hint)
            return
        self._read(box, _Page(page.number, page.box, top + page.box.height, False), span, None)

    # Over pages ----------------------------------------------------------------------------------

    def compare_pages(self) -> None:
        """Look for tables that begin without a row, and footnotes far from their call."""
        for fragments in self._tables.values():
            (page, span, begun), *others = fragments
            if others and not begun:
                self._say(page, span, "the caption of a table is alone at the foot")
        for note in self._notes.values():
            if note.text and note.call != note.text and not note.lost:
                what = f"its footnote is on page {note.text}"
                message = f"page {note.call} of the PDF: {what}"
                self.diagnostics.append(Diagnostic("layout-fault", message, note.span))

    def look_for_lost(self, root: Any) -> None:
        """Look for text of the body that stands on no page."""
        self._look_below(root.find("body"), self.brief)

    def _look_below(self, element: Any, span: Span) -> None:
        span = _place(element) or span
        if (element.text or "").strip() and element not in self._shown:
            message = f"`{shortened(element.text)}` is on no page of the PDF"
            hint = "is it, or its footnote, too tall for a page?"
            self.diagnostics.append(Diagnostic("off-page", message, span, hint))
            return
        for kid in element:
            self._look_below(kid, span)


def _place(element: Any) -> Span | None:
    """Return where the block of an element was written: see `Page.place`."""
    if not (written := element.get("data-place")):
        return None
    line, column, length, path = written.split(":", 3)
    return Span.on_line(path, int(line), int(column), int(length))

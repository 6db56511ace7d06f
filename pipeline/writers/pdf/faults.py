"""Faults of a finished layout, found in the boxes of its pages, with the lines they come from.

WeasyPrint reports neither a caption that stands alone, nor a footnote that runs off the page, nor
a word that is too long for its column. Lengths are in CSS pixels.
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
from .weasyprint_fixes.balanced_titles import is_title

_TOLERANCE = 2.0  # half a millimetre: nobody sees that
_LEAST_SHARE = 0.7  # of the size of a formula: smaller ones are hard to read
_HEADINGS = frozenset({"h2", "h3", "h4", "h5", "h6", "dt"})
_LAYOUT_FAULT, _OFF_PAGE = "layout-fault", "off-page"


def layout_faults(document: Any, brief: Span) -> list[Diagnostic]:
    """Return the faults of a `weasyprint.Document`, in the order of the source.

    The codes are "layout-fault", for what a reader would stumble over, and "off-page", for text
    that cannot be read. `brief` is the place of a fault whose block is unknown.
    """
    found = _Faults(brief)
    for number, page in enumerate(document.pages, start=1):
        found.read_page(page._page_box, number, last=page is document.pages[-1])
    found.compare_pages()
    found.look_for_lost(document.pages[0]._page_box.children[0].element.find("body"), brief)
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
    notes: bool = False  # whether footnotes begin there
    last: tuple[Any, Span] | None = None  # the innermost block that its last line stands in


class _Faults(Struct):
    """Walks the boxes of one page after the other."""

    brief: Span
    diagnostics: list[Diagnostic] = field(default_factory=list)
    _shown: set[Any] = field(default_factory=set)  # elements that have a box on some page
    _notes: dict[str, _Note] = field(default_factory=dict)  # by the names of their anchors
    # The fragments of a table by page, and whether one has a row.
    _tables: dict[Any, list[tuple[int, Span, bool]]] = field(default_factory=dict)

    def read_page(self, page_box: Any, number: int, last: bool) -> None:
        areas = [kid for kid in page_box.children if isinstance(kid, boxes.FootnoteAreaBox)]
        notes = [note for area in areas for note in area.children]
        top = page_box.content_box_y()
        bottom = areas[0].position_y if notes else top + page_box.height
        page = _Page(number, page_box, bottom, bool(notes))
        for kid in page_box.children:
            if not isinstance(kid, boxes.MarginBox | boxes.FootnoteAreaBox):
                self._read(kid, page, self.brief, None)
        if page.last and not last and page.last[0] is not None:
            self._say(number, page.last[1], "a heading is alone at the foot")
        for note in notes:
            self._read_note(note, page, top)

    def _say(
        self, page: int, span: Span, what: str, hint: str = "", code: str = _LAYOUT_FAULT
    ) -> None:
        self.diagnostics.append(Diagnostic(code, f"page {page} of the PDF: {what}", span, hint))

    # Boxes ---------------------------------------------------------------------------------------

    def _read(self, box: Any, page: _Page, span: Span, heading: Any, holder: Any = None) -> None:
        """Check a box and everything in it.

        `heading` is the heading that it stands in, or None; `holder` the box that holds it.
        """
        if isinstance(box, AbsolutePlaceholder):
            box = box._box
        element = box.element
        if element is not None:
            self._shown.add(element)
            span = _place(element) or span
            if box.element_tag in _HEADINGS or "part-title" in classes_of(element):
                heading = element
            if "footnote-call" in classes_of(element) and element.get("id"):
                self._note(element, span).call = page.number
        if isinstance(box, boxes.TextBox | boxes.ReplacedBox):
            self._read_leaf(box, page, span)
            if isinstance(box, boxes.ReplacedBox) or box.text.strip():
                page.last = heading, span
            return
        match box.element_tag:
            case "table" if isinstance(box, boxes.BlockBox):
                begun = any(isinstance(kid, boxes.TableRowBox) for kid in box.descendants())
                self._tables.setdefault(element, []).append((page.number, span, begun))
                if holder and _sticks_out(box, holder, page):
                    hint = "shorten its longest words, or give it fewer columns"
                    self._say(page.number, span, "a table is wider than its column", hint)
            case "figure":
                tags = {kid.element_tag for kid in box.descendants()}
                if "figcaption" in tags and not tags & {"img", "svg"}:
                    self._say(page.number, span, "a caption is separated from its figure")
            case _:
                self._read_lines(box, page, span)
        for kid in box.children:
            self._read(kid, page, span, heading, box)

    def _read_leaf(self, box: Any, page: _Page, span: Span) -> None:
        right, bottom = box.position_x + box.width, box.position_y + box.height
        width, height = page.box.margin_width(), page.box.margin_height()
        is_text = isinstance(box, boxes.TextBox)
        what = f"`{text_of(box)}`" if is_text else "a picture"
        # The boxes of some fonts are much taller than their lines.
        middle = (box.position_y + bottom) / 2 if is_text else bottom
        if min(box.position_x, box.position_y) < -_TOLERANCE or (
            right > width + _TOLERANCE or bottom > height + _TOLERANCE
        ):
            hint = "use fewer columns, a smaller picture, or a space in a long word"
            self._say(page.number, span, f"{what} runs off the page", hint, _OFF_PAGE)
        elif middle > page.bottom + _TOLERANCE and page.notes:
            overprinted = f"{what} and footnotes are printed over each other"
            hint = "move a picture, table or formula out of the notes, or make it smaller"
            self._say(page.number, span, overprinted, hint, _OFF_PAGE)
        elif middle > page.bottom + _TOLERANCE:
            self._say(page.number, span, f"{what} runs into the foot of the page")
        if "formula" in classes_of(box.element) and (share := _share(box)) < _LEAST_SHARE:
            shrunk = f"a formula is printed at {share:.0%} of its size".replace("%", " %")
            self._say(page.number, span, shrunk, "divide it: \\begin{aligned} … \\end{aligned}")

    def _read_lines(self, box: Any, page: _Page, span: Span) -> None:
        lines = [kid for kid in box.children if isinstance(kid, boxes.LineBox)]
        for line, after in zip_longest(lines, lines[1:]):
            if is_overfull(line, box, _TOLERANCE):
                what = f"`{text_of(line)}` is too long for its line"
                self._say(page.number, span, what, "divide the word, or give its column more room")
            elif is_title(box):
                continue  # its lines are balanced
            elif after and broken_early(line, after, box, _TOLERANCE):
                self._say(page.number, span, f"the line `{text_of(line)}` ends too early")

    # Footnotes -----------------------------------------------------------------------------------

    def _note(self, element: Any, span: Span) -> _Note:
        """Return what is known of the footnote whose call or text an element is."""
        return self._notes.setdefault(Anchor.parse(element.get("id")).name, _Note(span))

    def _read_note(self, box: Any, page: _Page, top: float) -> None:
        span = _place(box.element) or self.brief
        note = self._note(box.element, span)
        note.span, note.text = span, note.text or page.number
        if box.position_y < top - _TOLERANCE:
            note.lost = True
            hint = (
                "shorten it, or move it into the text: footnotes do not continue on the next page"
            )
            self._say(page.number, span, "a footnote is taller than the page", hint, code=_OFF_PAGE)
            return
        self._read(box, _Page(page.number, page.box, top + page.box.height), span, None)

    # Over pages ----------------------------------------------------------------------------------

    def compare_pages(self) -> None:
        """Look for tables that begin without a row, and footnotes far from their call."""
        for (page, span, begun), *others in self._tables.values():
            if others and not begun:
                self._say(page, span, "the caption of a table is alone at the foot")
        for note in self._notes.values():
            if note.text and note.call != note.text and not note.lost:
                self._say(note.call, note.span, f"its footnote is on page {note.text}")

    def look_for_lost(self, element: Any, span: Span) -> None:
        """Look for text of the body that is on no page."""
        span = _place(element) or span
        if (element.text or "").strip() and element not in self._shown:
            message = f"`{shortened(element.text)}` is on no page of the PDF"
            hint = "is it, or its footnote, too tall for a page?"
            self.diagnostics.append(Diagnostic(_OFF_PAGE, message, span, hint))
            return
        for kid in element:
            self.look_for_lost(kid, span)


def _share(box: Any) -> float:
    """Return how wide a picture is printed, as a share of its own width."""
    own = box.replacement.get_intrinsic_size(1, box.style["font_size"])[0]
    return float(box.width / own) if own else 1.0


def _sticks_out(box: Any, holder: Any, page: _Page) -> bool:
    """Say whether a table ends outside the box that holds it, but still on the page.

    It may begin outside: a wide one begins in the margin.
    """
    if holder.style["direction"] == "rtl":
        return bool(0 <= box.position_x < holder.content_box_x() - _TOLERANCE)
    end = box.position_x + box.margin_width()
    room = holder.content_box_x() + holder.width + _TOLERANCE
    return bool(room < end <= page.box.margin_width() + _TOLERANCE)


def _place(element: Any) -> Span | None:
    """Return where the block of an element was written: see `PrintPage.place`."""
    if not (written := element.get("data-place")):
        return None
    line, column, length, path = written.split(":", 3)
    return Span.on_line(path, int(line), int(column), int(length))

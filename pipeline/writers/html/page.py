"""What every piece of a page looks up, and what the two kinds of pages decide themselves."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterable, Mapping
from typing import ClassVar

from msgspec import Struct, field

from ...diagnostics import Span
from ...language.terms import term
from ...marks import UNRESOLVED
from ...model import (
    Anchor,
    Change,
    Chart,
    Enumerator,
    Figure,
    Footnote,
    FootnoteReference,
    FrontMatter,
    Image,
    ImageFile,
    Inlines,
    Paragraph,
    Table,
)
from ...numbering import NumberedBrief, Place
from ...styles import House
from .markup import Attributes, fragment, marker_style


class Page(Struct, frozen=True):
    """A brief on its way to HTML: the web page, or the page that is laid out as PDF.

    The modules of this package write what both have in common. Where they differ, they call a
    method of the page, which `web.WebPage` and `pdf.print_page.PrintPage` override. Nothing else
    tells the two apart.
    """

    numbered: NumberedBrief
    house: House
    pictures: Mapping[str, ImageFile] = field(default_factory=dict)  # the house's
    change: Change | None = None  # of what is written, in a redline

    line_break: ClassVar[str] = "<br>"
    opened: ClassVar[Attributes] = {}  # of a range that shows its numbers when it is chosen
    silent: ClassVar[Attributes] = {}  # of the sign of a change, if words are read out instead

    @property
    def front(self) -> FrontMatter:
        return self.numbered.brief.front

    @property
    def lang(self) -> str:
        return self.front.lang

    def term(self, name: str) -> str:
        return term(name, self.lang)

    def number(self, anchor: Anchor) -> str:
        """Return the number at an anchor, or "" where it has none."""
        return self.numbered.numbers.get(anchor, "")

    def unresolved(self, anchor: Anchor) -> bool:
        return self.number(anchor) == UNRESOLVED

    @property
    def is_deleted(self) -> bool:
        """Say whether deleted text is written: nothing points at it, and its numbers are text."""
        return self.change == "deleted"

    def href(self, anchor: Anchor) -> str | None:
        """Return the link to an anchor, None if it is unresolved, or deleted."""
        return None if self.is_deleted or self.unresolved(anchor) else f"#{fragment(str(anchor))}"

    # Where the two kinds of pages differ; plain HTML by default ----------------------------------

    def id(self, anchor: Anchor) -> str | None:
        """Return the id of the element at an anchor; what was deleted has none."""
        return None if self.is_deleted else fragment(str(anchor))

    def place(self, span: Span) -> Attributes:
        """Return attributes for where a block was written."""
        return {}

    def section_link(self, anchor: Anchor) -> str:
        """Return a link from a heading to itself, by which readers get its address."""
        return ""

    def figure_image(self, figure: Figure, html: str) -> str:
        """Return the HTML of the picture of a figure, wrapped if necessary."""
        return html

    def is_wide(self, image: Image) -> bool:
        """Say whether the picture of a figure needs more room than a line of text has."""
        return False

    def bookmark(self, words: str) -> Attributes:
        """Return attributes that make a heading a bookmark with these words."""
        return {}

    def lines(self, parts: Iterable[str]) -> str:
        """Return parts one below the other, without the empty ones."""
        return "\n".join(filter(None, parts))

    def paragraph_tag(self, paragraph: Paragraph) -> tuple[str, str | None]:
        """Return the name and the class of the element of a paragraph."""
        return "p", None

    def paragraph_inlines(self, paragraph: Paragraph) -> Inlines:
        """Return the content of a paragraph that is not in a footnote."""
        return paragraph.inlines

    def footnote_text(self, footnote: Footnote) -> str:
        """Return what follows the call of a footnote: its text, if it stands there."""
        return ""

    def later_call(self, call: FootnoteReference) -> str | None:
        """Return the id of a later call of a footnote, if a link leads back to it."""
        return None

    def item_number(self, number: int, enumerator: Enumerator) -> Attributes:
        """Return the attributes by which an item of an ordered list shows its number."""
        if enumerator == Enumerator():
            return {"value": str(number)}
        return {"value": str(number), "style": marker_style(number, enumerator)}

    def contents_entry(self, anchor: Anchor, link: str) -> tuple[str, Attributes]:
        """Return the content of an entry in the list of contents, and attributes of its item."""
        return link, {}

    def change_labels(self, words: str) -> tuple[str, str]:
        """Return what is read out before and after changed text, as HTML."""
        return "", ""

    def anchored(self, anchor: Anchor) -> Attributes:
        """Return the attribute by which `verify` finds a number; one that was deleted is text."""
        return {} if self.is_deleted else {"data-anchor": str(anchor)}

    @abstractmethod
    def pieces(self, inlines: Inlines) -> Iterable[str]:
        """Yield inlines as HTML, in order."""

    @abstractmethod
    def table(self, table: Table, html: str) -> str:
        """Return the HTML of a table, wrapped if necessary."""

    @abstractmethod
    def source(self, image: ImageFile) -> str:
        """Return the address of an image."""

    @abstractmethod
    def chart(self, chart: Chart) -> str:
        """Return the drawing of a chart."""

    @abstractmethod
    def formula_words(self, tex: str, display: bool, words: str) -> tuple[str, str]:
        """Return the alternative text of a formula's picture, and the HTML that follows it, if
        `words` are what is read aloud for it."""

    def formula_file(self, tex: str, display: bool) -> Attributes:
        """Return the attribute that holds a formula for a file of its own."""
        return {}

    @abstractmethod
    def back_references(self, places: tuple[Place, ...], label: str) -> str:
        """Return the links from an entry, by its label, to the places that cite it; there is at
        least one."""

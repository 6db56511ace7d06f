"""The page that is laid out as PDF, and what only it has."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain, groupby
from typing import ClassVar
from zlib import crc32

from markupsafe import Markup
from msgspec import field
from msgspec.structs import asdict

from ...charts import draw_chart, size_in_print
from ...charts.visual_order import in_visual_order
from ...contents import before_and_after, has_contents_on_pages
from ...cover import cover_text, has_cover
from ...diagnostics import Span
from ...kept_words import with_full_last_line
from ...labels import alternative
from ...language.locators import locator_text
from ...language.terms import listed
from ...maths import mathml_file
from ...model import (
    Anchor,
    Block,
    Chart,
    Citation,
    DeletedBlocks,
    Enumerator,
    Equation,
    Footnote,
    FootnoteReference,
    Image,
    ImageFile,
    Inlines,
    InsertedBlocks,
    Math,
    Paragraph,
    Part,
    Table,
    Text,
    walk,
)
from ...numbering import Place
from ...styles import EXTRA, FontFace, Styles
from ..html.bibliography import back_reference
from ..html.blocks import block_to_html
from ..html.changes import marked, rules_of
from ..html.formulas import formula_image
from ..html.frame import contents_to_html, fill_template
from ..html.inlines import inline_to_html, inlines_to_html
from ..html.margin_notes import LEAST_GUTTER
from ..html.markup import Attributes, element, fragment, language, marker_style, start_tag, text
from ..html.page import Page
from ..html.style_sheet import font_faces, house_rules, style_sheet
from ..html.tables import stands_across
from .files import chart_files
from .held_marks import label_with_page, word_with_call, word_with_mark
from .print_styles import column_width, geometry_of, page_rules

IMAGE_SCHEME = "brief-image:"  # begins the addresses of pictures, which are served from memory
FONT_SCHEME = "brief-font:"  # and those of fonts
_CHART = "chart:"  # begins the names of charts
_PIXELS = 96 / 25.4  # CSS pixels to the millimetre
_NBSP = "\N{NO-BREAK SPACE}"


def write_print_page(page: PrintPage, styles: Styles) -> str:
    """Return the HTML of a page. Raises `BadTemplate` for a mistake in a house's template."""
    layout = "two-columns" if page.front.columns == 2 else None
    has_margin = geometry_of(page).gutter >= LEAST_GUTTER
    css = style_sheet(
        font_faces(styles.faces, font_address),
        house_rules(styles.house),
        page_rules(page),
        rules_of(page),
        *(styles.files[name] for name in ("base.css", "print.css", EXTRA)),
    )
    listed = has_contents_on_pages(page.numbered)
    values = {
        "printed": True,
        "cover": _cover_lines(page) if has_cover(page.house) else None,
        "css": Markup(css),
        "root": {**language(page.lang), "class": layout or ("with-margin" if has_margin else None)},
        "contents": Markup(contents_to_html(page) if listed else ""),
        "footnotes": "",
    }
    if layout:
        values["body"] = Markup(_in_columns(page))
    return fill_template(page, styles, values)


def _cover_lines(page: PrintPage) -> dict[str, Markup]:
    lines = asdict(cover_text(page.numbered.brief))
    return {name: Markup(text(said)) for name, said in lines.items()}


def _chart_name(chart: Chart) -> str:
    """Return the name of the picture of a chart: in a redline, two may have one anchor."""
    return f"{_CHART}{chart.anchor}-{crc32(repr(chart).encode()):08x}"


def _in_columns(page: PrintPage) -> str:
    """Return the text in columns: an element for each run of blocks between those that span both.

    WeasyPrint prints over footnotes below a block that spans the columns it stands in.
    """
    _, body = before_and_after(page.numbered.brief.blocks)
    found = []
    for across, run in groupby(body, _stands_across):
        html = "".join(block_to_html(block, page) for block in run)
        found.append(html if across else element("div", html, {"class": "columns"}))
    return "".join(found)


def _stands_across(block: Block) -> bool:
    if isinstance(block, InsertedBlocks | DeletedBlocks):
        return any(map(_stands_across, block.blocks))
    return isinstance(block, Part) or (isinstance(block, Table) and stands_across(block))


def image_address(image: ImageFile) -> str:
    """Return the address under which the page asks for an image."""
    return IMAGE_SCHEME + fragment(image.src)


def font_address(face: FontFace) -> str:
    """Return the address under which the page asks for a font of the house."""
    return FONT_SCHEME + hashlib.sha256(face.content).hexdigest()


def pictures(page: PrintPage) -> Iterator[ImageFile]:
    """Yield all pictures of the page: images, formulas and charts."""
    yield from page.numbered.all_images
    redline = page.numbered.redline
    briefs = (page.numbered.brief, *((redline.older.brief,) if redline else ()))
    for node in chain.from_iterable(map(walk, briefs)):
        match node:
            case Math(tex=tex):
                yield formula_image(tex, display=False)
            case Equation(tex=tex):
                yield formula_image(tex, display=True)
            case Chart():
                # WeasyPrint draws the letters of an SVG from left to right, whatever the script.
                letters = (page.house.sizes["small"],) if page.house.edition else ()
                size = size_in_print(column_width(page), page.front.columns, *letters)
                svg = draw_chart(node, page.house, page.lang, {}, in_visual_order, size)
                content = svg.encode("utf-8")
                yield ImageFile(_chart_name(node), "image/svg+xml", content, *size)
            case _:
                pass


class PrintPage(Page, frozen=True):
    """A page for WeasyPrint. `pages`: page numbers by anchor, where they are known."""

    pages: Mapping[Anchor, str] = field(default_factory=dict)

    line_break: ClassVar[str] = " <br>"  # programs that read by tags ignore the break

    def id(self, anchor: Anchor) -> str | None:
        """Return the anchor as it is: it becomes the name of a destination."""
        return None if self.is_deleted else str(anchor)

    def place(self, span: Span) -> Attributes:
        """Return where a block was written: faults of the layout are reported with their line."""
        return {"data-place": f"{span.line}:{span.column}:{span.length}:{span.path}"}

    def bookmark(self, words: str) -> Attributes:
        return {} if self.is_deleted else {"data-bookmark": words}

    def lines(self, parts: Iterable[str]) -> str:
        """Return parts without line breaks: WeasyPrint shows white space in footnotes."""
        return "".join(parts)

    # Text ----------------------------------------------------------------------------------------

    def pieces(self, inlines: Inlines) -> Iterator[str]:
        waiting = [*inlines]
        while waiting:
            inline, after = waiting.pop(0), waiting[0] if waiting else None
            if (
                isinstance(inline, Text)
                and inline.text.endswith(_NBSP)
                and isinstance(after, Citation)
            ):
                yield word_with_mark(inline.text.removesuffix(_NBSP), after, self)
                waiting.pop(0)
            elif isinstance(inline, Text) and isinstance(after, Footnote | FootnoteReference):
                yield word_with_call(inline.text, inline_to_html(waiting.pop(0), self))
            else:
                yield inline_to_html(inline, self)

    def paragraph_tag(self, paragraph: Paragraph) -> tuple[str, str | None]:
        """A `p` cannot hold the list of a footnote; a `div` can."""
        nodes = chain.from_iterable(map(walk, paragraph.inlines))
        footnotes = (node for node in nodes if isinstance(node, Footnote))
        blocks = chain.from_iterable(footnote.blocks for footnote in footnotes)
        if all(isinstance(block, Paragraph) for block in blocks):
            return "p", None
        return "div", "paragraph"

    def paragraph_inlines(self, paragraph: Paragraph) -> Inlines:
        return with_full_last_line(paragraph.inlines)

    def footnote_text(self, footnote: Footnote) -> str:
        """Return the text of a footnote, which the layout moves to the foot of the page.

        Its paragraphs are `span` elements: only inlines may stand at the call.
        """

        def changed(html: str) -> str:
            return marked(html, self.change, self) if self.change else html

        number = element("span", text(self.number(footnote.anchor)), {"class": "number"})
        blocks = "".join(
            element("span", changed(inlines_to_html(block.inlines, self)), {"class": "paragraph"})
            if isinstance(block, Paragraph)
            else block_to_html(block, self)
            for block in footnote.blocks
        )
        first = footnote.blocks[0] if footnote.blocks else footnote
        attributes = {
            "class": "footnote",
            "id": self.id(footnote.anchor) or f"older-{footnote.anchor}",
            **self.place(first.span),
        }
        return element("span", f"{number} {blocks}", attributes)

    def item_number(self, number: int, enumerator: Enumerator) -> Attributes:
        """WeasyPrint ignores `value`."""
        return {"style": marker_style(number, enumerator)}

    # Tables and pictures -------------------------------------------------------------------------

    def table(self, table: Table, html: str) -> str:
        """A wide table in columns is wrapped: WeasyPrint lets no table span them."""
        if self.front.columns == 2 and stands_across(table):
            return element("div", html, {"class": "across"})
        return html

    def is_wide(self, image: Image) -> bool:
        file = next(file for file in self.numbered.brief.images if file.src == image.src)
        page = geometry_of(self)
        return image.width is None and file.width > page.measure * _PIXELS and page.gutter > 0

    def source(self, image: ImageFile) -> str:
        return image_address(image)

    def chart(self, chart: Chart) -> str:
        files = chart_files(self.numbered.brief).items()
        attributes = {
            "class": "chart",
            "src": IMAGE_SCHEME + fragment(_chart_name(chart)),
            "alt": alternative(chart, self.lang),
            "data-attachment": next((name for name, other in files if other == chart), None),
        }
        return start_tag("img", attributes)

    def formula_words(self, tex: str, display: bool, words: str) -> tuple[str, str]:
        return words, ""

    def formula_file(self, tex: str, display: bool) -> Attributes:
        return {"data-mathml": mathml_file(tex, display)}

    # References and contents ---------------------------------------------------------------------

    def back_references(self, places: tuple[Place, ...], label: str) -> str:
        links = listed(map(self._back_reference, places), self.lang)
        content = f"{text(self.term('cited-in'))} {links}"
        return element("span", content, {"class": "back-references"})

    def _back_reference(self, place: Place) -> str:
        """Return "Section 2 (p. 3)", with the page if it is known; the title has both in words."""
        words = f"{self.term('cited-in')} {place.label}"
        number = self.pages.get(place.citation)
        if not number:
            return back_reference(place, self, words, {})
        mark = {"data-page-of": str(place.citation)}
        words = f"{words}, {self.term('page-number').format(page=number)}"
        said = locator_text("page", number, self.lang).replace(" ", _NBSP)
        before, _, after = said.partition(number)
        printed = element("span", number, {"class": "page-number", **mark})
        link = back_reference(place, self, words, mark)
        return label_with_page(place.label, link, f"({text(before)}{printed}{text(after)})")

    def contents_entry(self, anchor: Anchor, link: str) -> tuple[str, Attributes]:
        """Return a link in a `span`: WeasyPrint loses one that is a flex item itself."""
        attributes = {"data-page": self.pages.get(anchor, "0"), "data-page-of": str(anchor)}
        return element("span", link), attributes

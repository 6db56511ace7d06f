"""The web page, and what only it has."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterable

from markupsafe import Markup

from ...charts import draw_chart
from ...contents import has_contents_on_screen
from ...maths import to_mathml
from ...model import Chart, Footnote, ImageFile, Inlines, Table, plain, walk
from ...numbering import NumberedBrief, Place
from ...styles import Styles
from .bibliography import back_reference
from .blocks import blocks_to_html
from .frame import contents_to_html, fill_template
from .inlines import inline_to_html
from .markup import Attributes, element, text
from .page import Page
from .style_sheet import house_rules, style_sheet

_FEW_PLACES = 4  # of a work that is cited more often, the list is folded
_COLUMNS = 5  # numbers that a range hides, shown in one row


def write_html(numbered: NumberedBrief, styles: Styles) -> bytes:
    """Return a page that needs no other file, no network and no script.

    Raises `BadTemplate` for a mistake in the template of a house style.
    """
    page = WebPage(numbered, styles.house)
    footnotes = (node for node in walk(numbered.brief) if isinstance(node, Footnote))
    values = {
        "printed": False,
        "css": Markup(
            style_sheet(
                house_rules(styles.house), styles.files["base.css"], styles.files["screen.css"]
            )
        ),
        "contents": Markup(contents_to_html(page) if has_contents_on_screen(numbered) else ""),
        "footnotes": Markup("\n".join(_footnote(node, page) for node in footnotes)),
    }
    return fill_template(page, styles, values).encode("utf-8")


def _footnote(footnote: Footnote, page: Page) -> str:
    """Return a footnote as it is listed below the text, with the way back to its call."""
    anchor = footnote.anchor
    number = element("span", text(page.number(anchor)), {"class": "number"})
    attributes = {
        "class": "back",
        "href": page.href(anchor.call),
        "role": "doc-backlink",
        "aria-label": f"{page.term('back-to-text')} ({page.number(anchor)})",
    }
    back = element("a", "↩", attributes)
    content = f"{blocks_to_html(footnote.blocks, page)} {back}"
    body = element("div", content, {"class": "footnote-text"})
    return element("li", f"{number} {body}", {"class": "footnote", "id": page.id(anchor)})


class WebPage(Page, frozen=True):
    """A page for browsers: it scrolls, folds, and carries its pictures."""

    def pieces(self, inlines: Inlines) -> Iterable[str]:
        return (inline_to_html(inline, self) for inline in inlines)

    def table(self, table: Table, html: str) -> str:
        """A table too wide for a phone scrolls by itself, with the keyboard too (WCAG 2.1.1)."""
        name = plain(table.caption) or self.term("table")
        attributes = {"class": "scroll", "role": "region", "aria-label": name, "tabindex": "0"}
        return element("div", html, attributes)

    def source(self, image: ImageFile) -> str:
        return f"data:{image.media_type};base64,{b64encode(image.content).decode('ascii')}"

    def chart(self, chart: Chart) -> str:
        attributes = {"class": "chart", "role": "img", "aria-label": chart.alt}
        return draw_chart(chart, self.house, self.lang, attributes)

    def formula_words(self, tex: str, display: bool) -> tuple[str, str]:
        """MathML stands beside the picture, for those who do not see it."""
        return "", element("span", to_mathml(tex, display), {"class": "for-readers"})

    def slice_style(self, place: int, count: int) -> str:
        """The number is shown above its slice, in rows, when the dash is pointed at."""
        row, column = divmod(place, _COLUMNS)
        row = (count - 1) // _COLUMNS - row  # from below: the last row stands on the dash
        columns, width = min(count, _COLUMNS), 100 / count
        return (
            f"inset-inline-start:{place * width:.4g}%;width:{width:.4g}%;"
            f"--row:{row};--column:{column};--columns:{columns}"
        )

    def back_references(self, places: tuple[Place, ...]) -> str:
        cited_in = self.term("cited-in")
        links = (back_reference(place, self, f"{cited_in} {place.label}", {}) for place in places)
        summary = element("summary", text(cited_in))
        attributes: Attributes = {"class": "back-references", "open": len(places) <= _FEW_PLACES}
        return element("details", f"{summary} {', '.join(links)}", attributes)

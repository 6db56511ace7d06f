"""The web page, and what only it has."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import ClassVar
from urllib.parse import quote

from markupsafe import Markup
from msgspec import Struct, field

from ...charts import csv_of, draw_chart, stated
from ...contents import has_contents_on_screen
from ...diagnostics import Span
from ...labels import alternative
from ...language.terms import listed
from ...maths import to_mathml
from ...model import (
    Anchor,
    Change,
    Chart,
    Figure,
    Footnote,
    FootnoteReference,
    ImageFile,
    Inlines,
    Part,
    Table,
    plain,
    walk,
    walk_changes,
)
from ...numbering import NumberedBrief, Place
from ...styles import EXTRA, Styles
from ...text import data_url
from .bibliography import back_reference
from .blocks import blocks_to_html
from .changes import in_change, marked_blocks, rules_of
from .frame import contents_to_html, fill_template
from .inlines import inline_to_html
from .margin_notes import is_margin_note
from .markup import Attributes, element, fragment, language, text
from .page import Page
from .style_sheet import house_rules, style_sheet
from .web_fonts import web_fonts

_FEW_PLACES = 4  # of a work that is cited more often, the list is folded
_LARGE = 480  # CSS pixels: a drawing that wide has letters that a phone would make too small
# What a browser may do for a page that stands alone (Content Security Policy 3): no script runs.
ALONE = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; font-src data:; base-uri 'none'"
)


class Download(Struct, frozen=True):
    """A file that a page offers. `detail` is what is known of it: "12 pages, 340 kB"."""

    href: str
    label: str
    detail: str = ""
    is_minor: bool = False  # for few readers


class Added(Struct, frozen=True):
    """What a website adds to the page of a brief: pieces of HTML, and the files that it offers."""

    downloads: tuple[Download, ...]
    head: str = ""
    top: str = ""
    bottom: str = ""
    policy: str = ALONE


def write_html(numbered: NumberedBrief, styles: Styles, added: Added | None = None) -> bytes:
    """Return a page that needs no other file, no network and no script, except by what is `added`.

    Raises `BadTemplate` for a mistake in the template of a house style.
    """
    page = WebPage(numbered, styles.house, later_calls=_later_calls(numbered))
    added = added or Added(_beside(page))
    parts = (block for block in numbered.brief.blocks if isinstance(block, Part))
    has_margin = any(is_margin_note(part, page) for part in parts)
    values = {
        "printed": False,
        "cover": None,
        "root": {**language(page.lang), "class": "with-margin" if has_margin else None},
        "css": Markup(
            style_sheet(
                web_fonts(styles, numbered),
                house_rules(styles.house),
                rules_of(page),
                *(styles.files[name] for name in ("base.css", "screen.css", EXTRA)),
            )
        ),
        "contents": Markup(contents_to_html(page) if has_contents_on_screen(numbered) else ""),
        "footnotes": Markup("\n".join(_footnotes(page))),
        "downloads": added.downloads,
        "policy": added.policy,
        "added": {name: Markup(getattr(added, name)) for name in ("head", "top", "bottom")},
    }
    return fill_template(page, styles, values).encode("utf-8")


def _beside(page: WebPage) -> tuple[Download, ...]:
    """Return the files that a build writes beside the page, by name."""
    if page.numbered.redline:
        return ()
    name = quote(page.numbered.brief.name)
    return Download(f"{name}.docx", "Word (.docx)"), Download(f"{name}.pdf", "PDF")


def in_page(image: ImageFile) -> str:
    """Return the address of an image that is part of the page."""
    return data_url(image.media_type, image.content)


def _scrolling(html: str, name: str, classes: str = "scroll") -> str:
    """Return what is too wide for a phone in a box that scrolls, with the keyboard too."""
    attributes = {"class": classes, "role": "group", "aria-label": name, "tabindex": "0"}
    return element("div", html, attributes)


def _data_table(chart: Chart, lang: str) -> str:
    """Return the data of a chart as a table."""
    columns = (element("th", text(s.name), {"scope": "col"}) for s in chart.series)
    corner = element("th", text(chart.heading), {"scope": "col"}) if chart.heading else "<td></td>"
    rows = [element("tr", "".join((corner, *columns)))]
    for place, category in enumerate(chart.categories):
        values = (series.values[place] for series in chart.series)
        cells = (element("td", "" if v is None else text(stated(v, lang))) for v in values)
        head = element("th", text(category), {"scope": "row"})
        rows.append(element("tr", "".join((head, *cells))))
    head, *body = rows
    return element("table", element("thead", head) + element("tbody", "".join(body)))


def _footnotes(page: WebPage) -> Iterator[str]:
    """Yield the footnotes in the order in which they are called, deleted ones among them."""
    for node, change in walk_changes(page.numbered.brief):
        if isinstance(node, Footnote):
            yield _footnote(node, page, change)


def _footnote(footnote: Footnote, page: WebPage, change: Change | None) -> str:
    """Return a footnote as it is listed below the text, with the way back to its call."""
    page = in_change(page, change) if change else page
    anchor = footnote.anchor
    number = element("span", text(page.number(anchor)), {"class": "number"})
    back = " ".join(_ways_back(anchor, page))
    content = f"{blocks_to_html(footnote.blocks, page)}{'' if page.is_deleted else f' {back}'}"
    if change:
        content = marked_blocks(content, change, moved=False, page=page)
    body = element("div", content, {"class": "footnote-text"})
    return element("li", f"{number} {body}", {"class": "footnote", "id": page.id(anchor)})


def _ways_back(anchor: Anchor, page: WebPage) -> Iterator[str]:
    """Yield a link back to each call of a footnote, in order."""
    number = page.number(anchor)
    later = page.later_calls.get(anchor, ())
    hrefs = [page.href(anchor.call), *(f"#{later_id(anchor, n)}" for n in range(len(later)))]
    for call, href in enumerate(hrefs, start=1):
        attributes = {
            "class": "back",
            "href": href,
            "role": "doc-backlink",
            "aria-label": f"{page.term('back-to-text')} ({number}{f', {call}' if later else ''})",
        }
        yield element("a", "↩", attributes)


def _later_calls(numbered: NumberedBrief) -> dict[Anchor, list[Span]]:
    """Return where each footnote is called again, in order."""
    found: dict[Anchor, list[Span]] = {}
    for node in walk(numbered.brief):
        if isinstance(node, FootnoteReference) and node.span not in found.get(node.anchor, ()):
            found.setdefault(node.anchor, []).append(node.span)
    return found


def later_id(anchor: Anchor, place: int) -> str:
    """Return the id of a later call of a footnote, by its place among them."""
    return fragment(f"{anchor.call}:{place + 2}")


class WebPage(Page, frozen=True):
    """A page for browsers: it scrolls, folds, and carries its pictures."""

    later_calls: Mapping[Anchor, Sequence[Span]] = field(default_factory=dict)  # of footnotes

    opened: ClassVar[Attributes] = {"tabindex": "-1"}
    silent: ClassVar[Attributes] = {"aria-hidden": "true"}

    def pieces(self, inlines: Inlines) -> Iterable[str]:
        return (inline_to_html(inline, self) for inline in inlines)

    def change_labels(self, words: str) -> tuple[str, str]:
        hidden = {"class": "for-readers"}
        return element("span", f"[{text(words)}: ", hidden), element("span", "]", hidden)

    def table(self, table: Table, html: str) -> str:
        """A table too wide for a phone scrolls by itself, with the keyboard too (WCAG 2.1.1)."""
        return _scrolling(html, plain(table.caption) or self.term("table"))

    def figure_image(self, figure: Figure, html: str) -> str:
        """A large drawing scrolls on a phone, where its letters would be too small to read.

        Photos are scaled down: what comes as JPEG is taken for one.
        """
        file = next(f for f in self.numbered.brief.images if f.src == figure.image.src)
        if file.media_type == "image/jpeg" or file.width < _LARGE:
            return html
        name = plain(figure.caption) or alternative(figure.image, self.lang)
        return _scrolling(html, name, "scroll drawing")

    def source(self, image: ImageFile) -> str:
        return in_page(image)

    def section_link(self, anchor: Anchor) -> str:
        attributes = {
            "class": "section-link",
            "href": self.href(anchor),
            "aria-label": self.term("link-to-section"),
        }
        return element("a", "#", attributes)

    def chart(self, chart: Chart) -> str:
        """A chart scrolls by itself where it would be too small to read. Its data stand folded
        below, for those who do not see it, and can be saved."""
        said = alternative(chart, self.lang)
        attributes = {"class": "chart", "role": "img", "aria-label": said}
        drawing = draw_chart(chart, self.house, self.lang, attributes)
        name, data = plain(chart.caption) or said, self.term("data")
        saved = {
            "download": f"{chart.anchor}.csv",
            "href": f"data:text/csv;charset=utf-8,{quote(csv_of(chart))}",
        }
        summary = element("summary", text(data), {"aria-label": f"{data}: {name}"})
        table = _scrolling(_data_table(chart, self.lang), f"{data}: {name}")
        link = element("p", element("a", text(f"{data} (CSV)"), saved))
        folded = element("details", f"{summary}\n{table}\n{link}", {"class": "chart-data"})
        return f"{_scrolling(drawing, name)}\n{folded}"

    def formula_words(self, tex: str, display: bool, words: str) -> tuple[str, str]:
        """MathML stands beside the picture, for those who do not see it."""
        return "", element("span", to_mathml(tex, display, words), {"class": "for-readers"})

    def later_call(self, call: FootnoteReference) -> str | None:
        places = self.later_calls.get(call.anchor, ())
        if self.is_deleted or call.span not in places:
            return None
        return later_id(call.anchor, places.index(call.span))

    def back_references(self, places: tuple[Place, ...], label: str) -> str:
        cited_in = self.term("cited-in")
        links = (back_reference(place, self, f"{cited_in} {place.label}", {}) for place in places)
        summary = element("summary", text(cited_in), {"aria-label": f"{cited_in}: {label}"})
        attributes: Attributes = {"class": "back-references", "open": len(places) <= _FEW_PLACES}
        return element("details", f"{summary} {listed(links, self.lang)}", attributes)

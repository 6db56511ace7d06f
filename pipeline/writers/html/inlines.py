"""Inlines as HTML."""

from __future__ import annotations

from collections.abc import Mapping
from typing import assert_never

from ...direction import is_upright
from ...kept_words import MOST_HELD, with_dashes_held
from ...labels import alternative, around_number, reference_words
from ...marks import MarkNumber, MarkPart, MarkRange, mark
from ...model import (
    Anchor,
    Citation,
    Code,
    CrossReference,
    Deleted,
    Emphasis,
    Footnote,
    FootnoteReference,
    Image,
    Inline,
    Inlines,
    Inserted,
    LineBreak,
    Link,
    Math,
    Passage,
    Strikethrough,
    Strong,
    Subscript,
    Superscript,
    Text,
    plain,
)
from ...nested_links import unnested
from ...text import link_target
from .changes import changed_text
from .formulas import formula_to_html
from .markup import (
    KEPT,
    Attributes,
    element,
    language,
    link_direction,
    prose,
    start_tag,
    text,
    verbatim,
)
from .page import Page

_LONG_MARK = 24  # characters; a longer mark may break across lines
_TAGS: Mapping[type[Inline], str] = {
    Emphasis: "em",
    Strong: "strong",
    Strikethrough: "s",
    Superscript: "sup",
    Subscript: "sub",
}


def inlines_to_html(inlines: Inlines, page: Page) -> str:
    return "".join(page.pieces(with_dashes_held(inlines)))


def inline_to_html(inline: Inline, page: Page) -> str:
    match inline:
        case Text(text=content):
            return prose(content)
        case LineBreak():
            return page.line_break
        case Emphasis(inlines=inlines) if is_upright(plain(inlines)):
            return element("em", inlines_to_html(inlines, page), {"class": "upright"})
        case Emphasis() | Strong() | Strikethrough() | Superscript() | Subscript():
            return element(_TAGS[type(inline)], inlines_to_html(inline.inlines, page))
        case Passage(inlines=inlines, lang=lang):
            return element("span", inlines_to_html(inlines, page), language(lang, page.lang))
        case Code(text=content):
            return element("code", verbatim(content))
        case Math(tex=tex):
            return formula_to_html(tex, page, display=False)
        case Link():
            return _link(inline, page)
        case Image():
            return image_to_html(inline, page)
        case Citation():
            return citation_to_html(inline, page)
        case CrossReference():
            return _cross_reference(inline, page)
        case Footnote(anchor=anchor):
            call = _footnote_call(anchor, page, page.id(anchor.call))
            return call + page.footnote_text(inline)
        case FootnoteReference(anchor=anchor):
            return _footnote_call(anchor, page, page.later_call(inline))
        case Inserted(inlines=inlines):
            return changed_text(lambda inside: inlines_to_html(inlines, inside), "inserted", page)
        case Deleted(inlines=inlines):
            return changed_text(lambda inside: inlines_to_html(inlines, inside), "deleted", page)
        case _:
            assert_never(inline)


# Links -----------------------------------------------------------------------------------------


def _link(link: Link, page: Page) -> str:
    href = _target(link.href, page)
    if href is None:
        return inlines_to_html(link.inlines, page)
    parts = [*unnested(link)]
    if parts == [link]:
        words = "" if isinstance(link.href, Anchor) else plain(link.inlines)
        direction = link_direction(words, page.lang)
        return element("a", inlines_to_html(link.inlines, page), {"href": href, "dir": direction})
    return "".join(inline_to_html(part, page) for part in parts)


def _target(href: str | Anchor, page: Page) -> str | None:
    return page.href(href) if isinstance(href, Anchor) else link_target(href) or None


def _cross_reference(found: CrossReference, page: Page) -> str:
    number = page.number(found.anchor)
    labels = page.numbered.labels
    before, after = around_number(found.anchor, page.lang, labels, found.starts_sentence)
    content = text(number if found.number_only else f"{before}{number}{after}")
    return element("a", content, _identity("cross-reference", found.anchor, page))


def _identity(kind: str, anchor: Anchor, page: Page) -> dict[str, str | bool | None]:
    """Return the attributes by which `verify` identifies a printed number, and its link.

    A number that was deleted is text.
    """
    if page.is_deleted:
        return {"class": kind}
    return {
        "class": f"{kind} unresolved" if page.unresolved(anchor) else kind,
        "href": page.href(anchor),
        "data-anchor": str(anchor),
    }


# Citations -------------------------------------------------------------------------------------


def citation_to_html(citation: Citation, page: Page) -> str:
    content = with_pair_held(mark_parts(citation, page), page)
    found = citation_element(citation, content, page)
    return element("sup", found) if page.numbered.marks.superscript else found


def mark_parts(citation: Citation, page: Page) -> tuple[MarkPart, ...]:
    return mark(citation, page.numbered.numbers, page.numbered.marks, page.lang)


def with_pair_held(parts: tuple[MarkPart, ...], page: Page) -> str:
    """Return the numbers of a group, its last two on one line if they are short."""
    starts = [0, *(place + 1 for place, part in enumerate(parts) if ends_line(part))]
    start = starts[-2] if len(starts) > 1 else len(parts)
    before, held = (
        "".join(mark_part_to_html(part, page) for part in half)
        for half in (parts[:start], parts[start:])
    )
    is_short = held and sum(map(part_length, parts[start:])) <= MOST_HELD
    return before + (element("span", held, KEPT) if is_short else held)


def ends_line(part: MarkPart) -> bool:
    """Say whether a line may end in what stands between two numbers."""
    return isinstance(part, Text) and " " in part.text


def part_length(part: MarkPart) -> int:
    return len(part.text) if isinstance(part, MarkNumber | MarkRange | Text) else 0


def citation_element(citation: Citation, content: str, page: Page) -> str:
    return element("span", content, {"class": "citation", "id": page.id(citation.anchor)})


def mark_part_to_html(part: MarkPart, page: Page) -> str:
    match part:
        case MarkNumber(anchor=anchor, text=content):
            attributes = _identity("mark", anchor, page) | {
                "role": "doc-biblioref",
                "title": reference_words(page.numbered, anchor) or None,
            }
            if len(content) > _LONG_MARK:
                attributes["class"] = f"{attributes['class']} long"
            return element("a", text(content), attributes)
        case MarkRange(text=content, anchors=anchors):
            links = "".join(_hidden(anchor, page) for anchor in anchors)
            attributes = {"class": "mark-range", **page.opened}
            return element("span", text(content) + links, attributes)
        case _:
            return inline_to_html(part, page)


def _hidden(anchor: Anchor, page: Page) -> str:
    """Return the link to one reference that a range hides, without text."""
    words = reference_words(page.numbered, anchor)
    attributes = _identity("mark-within", anchor, page) | {
        "data-number": page.number(anchor),
        "role": "doc-biblioref",
        "title": words,
        "aria-label": words or None,
    }
    return element("a", "", attributes)


# Footnotes -------------------------------------------------------------------------------------


def _footnote_call(anchor: Anchor, page: Page, call_id: str | None) -> str:
    number = page.number(anchor)
    attributes: Attributes = _identity("footnote-call", anchor, page) | {
        "id": call_id,
        "role": "doc-noteref",
        "aria-label": f"{page.term('footnote')} {number}",
    }
    return element("sup", element("a", text(number), attributes))


# Images ----------------------------------------------------------------------------------------


def image_to_html(image: Image, page: Page) -> str:
    found = next(found for found in page.numbered.brief.images if found.src == image.src)
    attributes = {
        "src": page.source(found),
        "alt": alternative(image, page.lang),
        "width": str(round(found.width)),
        "height": str(round(found.height)),
        "style": f"width:{image.width}" if image.width else None,
    }
    return start_tag("img", attributes)

"""Inlines as HTML."""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Sequence
from itertools import groupby
from typing import assert_never

from msgspec.structs import replace

from ...labels import cross_reference_term, reference_words
from ...marks import MarkNumber, MarkPart, MarkRange, mark
from ...model import (
    Anchor,
    Citation,
    Code,
    CrossReference,
    Emphasis,
    Footnote,
    FootnoteReference,
    Heading,
    Image,
    Inline,
    Inlines,
    LineBreak,
    Link,
    Math,
    Passage,
    Strikethrough,
    Strong,
    Subscript,
    Superscript,
    Text,
    transform,
    walk,
    without_citations,
)
from ...text import link_target
from .formulas import formula_to_html
from .markup import (
    Attributes,
    element,
    fragment,
    language,
    start_tag,
    text,
)
from .medium import IMAGE_SCHEME, Page

_LENGTH = re.compile(r"\d{1,4}(?:\.\d+)?(?:%|cm|mm|in|pt|px|em|rem)")
_LONG_MARK = 24  # characters; a longer mark may break over lines
_LONG_GROUP = 2  # cites; a longer group may break over lines
_LONG_WORD = 40  # characters; a longer word, or a sentence without blanks, may part from its mark
# What a mark holds to in scripts without blanks between words: the last two signs, and a full stop.
_LAST_SIGNS = re.compile(r"[\u3041-\u30ff\u3400-\u9fff]{2}[^\u3041-\u30ff\u3400-\u9fff]{0,8}$")
_COLUMNS = 5  # numbers that a range hides, shown in one row
_NBSP = "\N{NO-BREAK SPACE}"
_LINKING = Citation | CrossReference | Footnote | FootnoteReference


def inlines_to_html(inlines: Inlines, page: Page) -> str:
    if not page.printed:
        return "".join(inline_to_html(inline, page) for inline in inlines)
    pieces, waiting = [], list(inlines)
    while waiting:
        inline, after = waiting.pop(0), waiting[0] if waiting else None
        if isinstance(inline, Text) and inline.text.endswith(_NBSP) and isinstance(after, Citation):
            pieces.append(_word_with_mark(inline.text.removesuffix(_NBSP), after, page))
            waiting.pop(0)
        else:
            pieces.append(inline_to_html(inline, page))
    return "".join(pieces)


def _word_with_mark(words: str, citation: Citation, page: Page) -> str:
    """Keep a mark on the line of the word before it.

    WeasyPrint breaks a line too early before a no-break space at the end of a text; a span that
    does not wrap does the same well.
    """
    mark = _citation(citation, page)
    worded = any(cite.prefix or cite.suffix for cite in citation.cites)
    if worded or len(citation.cites) > _LONG_GROUP:
        return f"{text(words)} {mark}"
    before, blank, word = words.rpartition(" ")
    if place := _LAST_SIGNS.search(word):
        before, blank, word = f"{before}{blank}{word[: place.start()]}", "", place[0]
    if len(word) > _LONG_WORD:
        return f"{text(words)} {mark}"
    kept = element("span", f"{text(word)} {mark}", {"class": "kept"})
    return f"{text(before)}{blank}{kept}"


def inline_to_html(inline: Inline, page: Page) -> str:
    match inline:
        case Text(text=content):
            return text(content)
        case LineBreak():
            # A reader by tags knows of no lines: a blank parts the words.
            return " <br>" if page.printed else "<br>"
        case Emphasis(inlines=inlines):
            return element("em", inlines_to_html(inlines, page))
        case Strong(inlines=inlines):
            return element("strong", inlines_to_html(inlines, page))
        case Strikethrough(inlines=inlines):
            return element("s", inlines_to_html(inlines, page))
        case Superscript(inlines=inlines):
            return element("sup", inlines_to_html(inlines, page))
        case Subscript(inlines=inlines):
            return element("sub", inlines_to_html(inlines, page))
        case Passage(inlines=inlines, lang=lang):
            return element("span", inlines_to_html(inlines, page), language(lang, page.lang))
        case Code(text=content):
            return element("code", text(content))
        case Math(tex=tex):
            return formula_to_html(tex, page, display=False)
        case Link():
            return _link(inline, page)
        case Image():
            return image_to_html(inline, page)
        case Citation():
            return _citation(inline, page)
        case CrossReference(anchor=anchor):
            return _cross_reference(anchor, page)
        case Footnote(anchor=anchor):
            call = footnote_call(anchor, page, page.id(anchor.call))
            return call + (_footnote_at_call(inline, page) if page.printed else "")
        case FootnoteReference(anchor=anchor):
            return footnote_call(anchor, page, None)
        case _:
            assert_never(inline)


# Links -----------------------------------------------------------------------------------------


def _link(link: Link, page: Page) -> str:
    """Return a link; a mark or call inside it is a link of its own, and links do not nest."""
    href = _target(link.href, page)
    if href is None:
        return inlines_to_html(link.inlines, page)
    pieces = []
    for linking, run in groupby(link.inlines, key=_has_links):
        if linking:
            pieces += [inline_to_html(_with_link_inside(inline, link), page) for inline in run]
        else:
            pieces.append(element("a", inlines_to_html(tuple(run), page), {"href": href}))
    return "".join(pieces)


def _target(href: str | Anchor, page: Page) -> str | None:
    return page.href(href) if isinstance(href, Anchor) else link_target(href) or None


def _has_links(inline: Inline) -> bool:
    return any(isinstance(node, _LINKING) for node in walk(inline))


def _with_link_inside(inline: Inline, link: Link) -> Inline:
    match inline:
        case Emphasis() | Strong() | Strikethrough() | Superscript() | Subscript() | Passage():
            return replace(inline, inlines=(replace(link, inlines=inline.inlines),))
        case _:
            return inline


def _cross_reference(anchor: Anchor, page: Page) -> str:
    words = _cross_reference_words(anchor, page)
    return element("a", text(words), _identity("cross-reference", anchor, page))


def _cross_reference_words(anchor: Anchor, page: Page) -> str:
    return f"{cross_reference_term(anchor, page.lang)} {page.number(anchor)}"


def as_listed(heading: Heading, page: Page) -> Inlines:
    """Return a heading as contents and bookmarks list it: all of it is one link."""

    def worded(inlines: Inlines) -> Inlines:
        return tuple(
            Text(_cross_reference_words(inline.anchor, page), span=inline.span)
            if isinstance(inline, CrossReference)
            else inline
            for inline in inlines
        )

    return without_citations(transform(heading, worded).inlines)


def _identity(kind: str, anchor: Anchor, page: Page) -> dict[str, str | bool | None]:
    """Return the attributes by which a printed number is known again, and linked."""
    return {
        "class": f"{kind} unresolved" if page.unresolved(anchor) else kind,
        "href": page.href(anchor),
        "data-anchor": str(anchor),
    }


# Citations -------------------------------------------------------------------------------------


def _citation(citation: Citation, page: Page) -> str:
    parts = mark(citation, page.numbered.numbers, page.numbered.marks, page.lang)
    content = "".join(_mark_part(part, page) for part in parts)
    attributes = {"class": "citation", "id": page.id(citation.anchor)}
    found = element("span", content, attributes)
    return element("sup", found) if page.numbered.marks.superscript else found


def _mark_part(part: MarkPart, page: Page) -> str:
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
            links = "".join(_slice(i, anchors, page) for i in range(len(anchors)))
            return element("span", text(content) + links, {"class": "mark-range"})
        case _:
            return inline_to_html(part, page)


def _slice(place: int, anchors: Sequence[Anchor], page: Page) -> str:
    """Return the link to one reference that a range hides: a slice of the dash, without text.

    On the screen its number is shown, in rows, when the dash is pointed at.
    """
    row, column = divmod(place, _COLUMNS)
    row = (len(anchors) - 1) // _COLUMNS - row  # from below: the last row stands on the dash
    columns, width = min(len(anchors), _COLUMNS), 100 / len(anchors)
    style = (
        f"inset-inline-start:{place * width:.4g}%;width:{width:.4g}%;"
        f"--row:{row};--column:{column};--columns:{columns}"
    )
    attributes = _identity("mark-within", anchors[place], page) | {
        "data-number": page.number(anchors[place]),
        "role": "doc-biblioref",
        "title": reference_words(page.numbered, anchors[place]),
        "style": None if page.printed else style,  # the writer of PDFs parts the dash itself
    }
    return element("a", "", attributes)


# Footnotes -------------------------------------------------------------------------------------


def footnote_call(anchor: Anchor, page: Page, call_id: str | None) -> str:
    number = page.number(anchor)
    attributes: Attributes = _identity("footnote-call", anchor, page) | {
        "id": call_id,
        "role": "doc-noteref",
        "aria-label": f"{page.term('footnote')} {number}",
    }
    return element("sup", element("a", text(number), attributes))


def _footnote_at_call(footnote: Footnote, page: Page) -> str:
    """Return the text of a footnote at its call: the page layout takes it to the foot."""
    from .blocks import footnote_blocks  # blocks hold inlines, and here back

    number = element("span", text(page.number(footnote.anchor)), {"class": "number"})
    first = footnote.blocks[0] if footnote.blocks else footnote
    attributes = {
        "class": "footnote",
        "id": page.id(footnote.anchor),
        **page.place(first.span),
    }
    return element("span", f"{number} {footnote_blocks(footnote.blocks, page)}", attributes)


# Images ----------------------------------------------------------------------------------------


def image_to_html(image: Image, page: Page) -> str:
    """Return an image that travels inside the page; the PDF's pages ask the writer for it."""
    found = page.image(image.src)
    if page.printed:
        src = IMAGE_SCHEME + fragment(image.src)
    else:
        src = f"data:{found.media_type};base64,{b64encode(found.content).decode('ascii')}"
    width = image.width if _LENGTH.fullmatch(image.width) else ""
    attributes = {
        "src": src,
        "alt": image.alt,
        "width": str(round(found.width)),
        "height": str(round(found.height)),
        "style": f"width:{width}" if width else None,
    }
    return start_tag("img", attributes)

"""What a link may lead to: the web, e-mail, a place in this brief."""

from __future__ import annotations

from itertools import chain
from urllib.parse import unquote

from markdown_it.token import Token

from ...diagnostics import Span
from ...model import CrossReference, Inline, Inlines, Link, Pointing, Text, plain, transform
from ...text import UNSAFE, doi_address, link_target, scheme
from .anchors import written_anchor
from .reading import Reading


def read_link(
    reading: Reading, href: str, inlines: Inlines, span: Span, foreign: bool = False
) -> list[Inline]:
    """Return a link, or its words alone if its target is nothing that a brief can link to.

    One that is `foreign` may lead to another file of its project.
    """
    if (name := scheme(href)) in UNSAFE:
        message = f"a link leads to `{name}:`"
        reading.report("unsafe-link", message, span, "link to an https: address")
        return list(inlines)
    if not href:
        message = "a link leads nowhere"
        reading.report("empty-link", message, span, "write the address: [words](https://…)")
        return list(inlines)
    if href.startswith("#") and len(href) > 1:
        anchor = written_anchor(unquote(href[1:]))
        if not inlines:  # MyST's `[](#fig-x)`
            return [CrossReference(anchor, foreign=f"[]({href})", span=span)]
        reading.links.append((anchor, span, foreign))
        return [transform(Link(anchor, inlines, span=span), _unlinked)]
    # MyST has DOIs as addresses: `[words](doi:10.1000/x)`, `[words](10.1000/x)`.
    if target := link_target(href) or doi_address(unquote(href)):
        found = Link(target, inlines or _address(reading, href, span), span=span)
        return [transform(found, _unlinked)]
    message = f"readers of the output cannot open `{href}`"
    hint = "link to an https: address, or to a #place in this brief"
    reading.report("unreachable-link", message, span, hint)
    words = f" ({href})" if plain(inlines) and plain(inlines) != href else href
    return [*inlines, Text(words, span=span)] if plain(inlines) != href else list(inlines)


def _unlinked(inlines: Inlines) -> Inlines:
    """Return the words of a link without links in it: `[see <https://a.org>](https://b.org)`."""
    inner = (inline.inlines if isinstance(inline, Link) else (inline,) for inline in inlines)
    return tuple(chain.from_iterable(inner))


def report_title(reading: Reading, token: Token, what: str, span: Span) -> None:
    """Report the words in quotation marks behind an address: a page would show them as a tip."""
    if title := str(token.attrs.get("title", "")).strip():
        message = f"the title of {what} is printed nowhere: “{title}”"
        reading.report("unread-markup", message, span, "write it in the text or the caption")


def _address(reading: Reading, href: str, span: Span) -> Inlines:
    message = "a link has no words"
    reading.report("empty-link", message, span, "say where it leads: [words](https://…)")
    return (Text(href, span=span),)


def is_printed(inline: Inline) -> bool:
    """Say whether an inline gives a link words, which another link does not."""
    return not isinstance(inline, Pointing) and (not isinstance(inline, Text) or inline.text != " ")

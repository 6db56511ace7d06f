"""Elements, attributes and fragments of HTML: the only place that escapes."""

from __future__ import annotations

import re
from collections.abc import Mapping
from html import escape
from urllib.parse import quote

from ...direction import has_letters_from_right, is_right_to_left
from ...model import Enumerator
from ...text import WIDE_MARKS, with_drawn_hyphens

# Two numbers with a dash, each of a dozen signs at most: UAX 14 lets lines end behind a dash.
_NUMBER = r"\d(?:[\d.,:\u00a0\u202f]{0,11}\d)?"
_RANGE = re.compile(rf"(?<![\w–]){_NUMBER}\.?–{_NUMBER}(?!–)")

Attributes = Mapping[str, str | bool | None]
KEPT: Attributes = {"class": "kept"}  # no line breaks within


def text(content: str) -> str:
    """Return text as it stands between tags."""
    return verbatim(with_drawn_hyphens(content))


def verbatim(content: str) -> str:
    """Return code as it stands between tags."""
    return escape(content, quote=False)


def prose(content: str) -> str:
    """Return text of an author as it stands between tags.

    Quotation marks, ellipses and dashes of Chinese and Japanese have the width of a letter there
    (CLReq 3.1, JLReq 3.1): they are marked, since the font for Latin letters has narrow ones. A
    range of numbers, "27–28", stays on one line, and is copied as it was typed. Not so amid letters
    from right to left: WeasyPrint orders the text of each element for itself.
    """
    escaped = text(content)
    if content.isascii():
        return escaped
    if "–" in escaped and not has_letters_from_right(escaped):
        escaped = _RANGE.sub(lambda found: element("span", found[0], KEPT), escaped)
    return WIDE_MARKS.sub(lambda found: element("span", found[0], {"class": "wide"}), escaped)


def element(name: str, content: str, attributes: Attributes | None = None) -> str:
    """Return an element round content that is HTML already."""
    return f"{start_tag(name, attributes)}{content}</{name}>"


def start_tag(name: str, attributes: Attributes | None = None) -> str:
    """Return a start tag; an attribute that is None or False is left out, True stands bare."""
    found = []
    for attribute, value in (attributes or {}).items():
        if value is True:
            found.append(f" {attribute}")
        elif value is not None and value is not False:
            found.append(f' {attribute}="{escape(value)}"')
    return f"<{name}{''.join(found)}>"


def fragment(identifier: str) -> str:
    """Return an identifier as part of a URL. A browser finds an id by the fragment as written."""
    return quote(identifier, safe=":/+@!$&'()*,;=")


def marker_style(number: int, enumerator: Enumerator) -> str:
    """Return the CSS by which an item of a list shows the number that was decided."""
    return f"list-style-type:'{enumerator.label(number)} '"


def language(lang: str, around: str = "") -> dict[str, str | None]:
    """Return the attributes that say a language and its direction; `around` is that of the page."""
    direction = "rtl" if is_right_to_left(lang) else "ltr" if is_right_to_left(around) else None
    return {"lang": lang or None, "dir": direction if lang else None}


def link_direction(words: str, around: str) -> str | None:
    """Return the direction of an outward link: an address runs from left to right everywhere.

    Else `10.1000/x` would stand in an Arabic line as `x/10.1000`.
    """
    turned = words and is_right_to_left(around) and not has_letters_from_right(words)
    return "ltr" if turned else None

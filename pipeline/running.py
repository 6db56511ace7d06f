"""What stands at the head and foot of each page: the templates of a house, filled for a brief.

A slot is a text with fields in braces: "{name} · {date}". What stands between two dots is left out
with them where all its fields are empty. Page numbers and the logo stay in braces for the writers.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from .direction import set_apart
from .language.dates import long_date
from .language.terms import term
from .model import Brief
from .page_names import page_address
from .styles import House, Running
from .text import wide_characters
from .title_block import BETWEEN_FACTS

PAGE, PAGES, LOGO = "{page}", "{pages}", "{logo}"
TALLEST_LOGO = 8.0  # millimetres, in a margin
_FIELD = re.compile(r"\{([a-z-]+)\}")
_CHARACTER = 0.5  # width of a character of a header, in its size
_APART = ("name", "date", "edition", "url")
_LOGO = 12  # characters that a logo takes the place of


def running_values(house: House, brief: Brief) -> Mapping[str, str]:
    """Return a text for each field of a slot but those that stay; "" for what nobody said."""
    front = brief.front
    url = page_address(house.site["url"], brief.name)
    edition = term("edition", front.lang).format(edition=front.edition) if front.edition else ""
    said = {
        "title": brief.title,
        "name": house.name,
        "date": long_date(front.created, front.lang) if front.created else "",
        "edition": edition,
        "series": front.series,
        "number": front.number,
        "url": without_scheme(url),
    }
    apart = {name: set_apart(said[name], front.lang) for name in _APART}
    return {**said, **apart, "page-of": term("page-of", front.lang)}


def without_scheme(address: str) -> str:
    return address.partition("//")[2]


def filled(slot: str, values: Mapping[str, str]) -> str:
    """Return a slot with its fields filled in."""

    def value(found: re.Match[str]) -> str:
        return values.get(found[1], found[0])

    kept = []
    for part in slot.split(BETWEEN_FACTS):
        fields = _FIELD.findall(part)
        if not fields or any(values.get(name, name) for name in fields):
            kept.append(_FIELD.sub(value, part))
    return BETWEEN_FACTS.join(kept)


def fitting_title(house: House, brief: Brief, running: Running, width: float) -> str:
    """Return the title so that it stands on one line with the rest of a header or footer.

    `width` is that of the line, in points.
    """
    title, room = brief.title, _room(house, brief, running, width)
    if _length(title) <= room:
        return title
    longest = room // 2 if wide_characters(title) else room
    return title[: max(longest, 0)].rsplit(" ", 1)[0].rstrip(" ,;:–—-") + "…"


def _length(text: str) -> int:
    """Return how many characters a text is as wide as."""
    return len(text) + wide_characters(text)


def fits_line(house: House, brief: Brief, running: Running, width: float) -> bool:
    """Say whether a header or footer is short enough for a line `width` points wide."""
    return _room(house, brief, running, width) >= 0


def _room(house: House, brief: Brief, running: Running, width: float) -> int:
    """Return how many characters of the title a line has room for."""
    logo = "x" * _LOGO if house.logo.file else house.name
    values = {**running_values(house, brief), "title": "", "logo": logo}
    before, middle, after = (
        _length(filled(slot, values).replace(PAGES, "99").replace(PAGE, "99"))
        for slot in slots(running)
    )
    line = int(width / (house.sizes["small"] * _CHARACTER)) - 4
    if not running.center:
        return line - before - middle - after
    # What is in the middle of the line leaves half of the rest to each side.
    spare = line - middle - 2 * max(before, after)
    if spare < 0 or "{title}" in running.center:
        return spare
    return (line - middle) // 2 - (after if "{title}" in running.right else before)


def slots(running: Running) -> tuple[str, str, str]:
    """Return what stands where lines begin, in the middle, and where they end."""
    return running.left, running.center, running.right

"""The cover of a brief: what it says, and where on its page it stands, for PDF and Word alike.

From the top: a white band with the logo, the picture if the house has one, and a ground in a colour
of the house with the title. Where the words are many, the picture is lower and the title smaller.
What is shortened here stands in full in the title block. Lengths are in millimetres.
"""

from __future__ import annotations

from collections.abc import Iterator
from math import ceil
from textwrap import shorten

from msgspec import Struct

from .colours import WHITE, contrast, rgb_of_hex
from .direction import set_apart
from .language.dates import long_date
from .model import Brief, plain
from .styles import PAPER_SIZES, House
from .text import wide_characters
from .title_block import between_authors, series_and_number

BAND = 48.0  # the height of the white band
TALLEST_LOGO = 20.0
_POINT = 25.4 / 72
_CHARACTER = 0.56  # mean width of a character of a bold title, in its size
_LINE = 1.3  # height of a line, in its size
_GAPS = 48.0  # above, between and below the lines
_LONGEST = {"title": 200, "subtitle": 160, "authors": 160, "series": 90}  # characters
_FACTORS = (1.15, 1.0, 0.85, 0.7, 0.6)  # of the size of titles
_SHARES = (0.38, 0.3, 0.22)  # of the height of the paper, for the picture


class CoverText(Struct, frozen=True):
    """The lines of a cover, in order, as plain text; "" for one that is left out."""

    series: str
    title: str
    subtitle: str
    authors: str
    date: str


class CoverPlaces(Struct, frozen=True):
    """Where the picture and the ground begin, from the top of the paper, and the title's size."""

    width: float
    height: float  # of the paper
    picture: float
    ground: float  # the same where there is no picture
    title_size: float  # points


def has_cover(house: House) -> bool:
    return house.cover.show == "on"


def cover_text(brief: Brief) -> CoverText:
    front = brief.front
    names = (set_apart(person.name, front.lang) for person in front.authors)
    texts = {
        "series": series_and_number(front),
        "title": brief.title,
        "subtitle": plain(front.subtitle),
        "authors": between_authors(front.lang).join(names),
    }
    date = long_date(front.created, front.lang) if front.created else ""
    return CoverText(
        **{name: _cut(text, _LONGEST[name]) for name, text in texts.items()}, date=date
    )


def _cut(text: str, most: int) -> str:
    if len(text) <= most:
        return text
    return shorten(text, most, placeholder="…") if " " in text[:most] else text[: most - 1] + "…"


def cover_places(house: House, brief: Brief) -> CoverPlaces:
    """Return the places of the cover of a brief, so that its words have room."""
    paper = brief.front.paper or house.paper
    found = list(_places(house, paper))
    said = cover_text(brief)
    page = house.page[paper]
    width = PAPER_SIZES[paper][0] - (page.inner - page.gutter) - page.outer
    fitting = (at for at in found if _needed(said, house, at.title_size, width) <= _room(at))
    return next(fitting, found[-1])


def _places(house: House, paper: str) -> Iterator[CoverPlaces]:
    """Yield places, the best first."""
    width, height = PAPER_SIZES[paper]
    for factor in _FACTORS:
        for share in _SHARES if house.cover.picture else (0.0,):
            ground = BAND + round(height * share)
            yield CoverPlaces(width, height, BAND, ground, house.sizes["title"] * factor)


def _room(places: CoverPlaces) -> float:
    return places.height - places.ground


def _needed(said: CoverText, house: House, title_size: float, width: float) -> float:
    """Return about how high the words are."""
    body, middle = house.sizes["body"], house.sizes["heading-1"]
    lines = [(said.title, title_size), (said.subtitle, middle)]
    lines += [(text, body) for text in (said.series, said.authors, said.date)]
    return _GAPS + sum(_height(text, size * _POINT, width) for text, size in lines)


def _height(text: str, size: float, width: float) -> float:
    count = len(text) + wide_characters(text)
    return ceil(count * size * _CHARACTER / width) * size * _LINE


def cover_ink(house: House) -> str:
    """Return the colour of the text on the ground: white, or that of text, by their contrast."""
    ground = rgb_of_hex(house.colours[house.cover.ground])
    inks = (WHITE, house.colours["text"])
    return max(inks, key=lambda ink: contrast(rgb_of_hex(ink), ground))

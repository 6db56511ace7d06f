"""The cover of a brief: what it says, and where on its page it stands, for PDF and Word alike.

From the top: a white band with the logo, the picture if the house has one, and a ground in a colour
of the house with the title. Lengths are in millimetres.
"""

from __future__ import annotations

from msgspec import Struct

from .colours import WHITE, contrast, rgb_of_hex
from .language.dates import long_date
from .model import Brief, plain
from .styles import PAPER_SIZES, House
from .title_block import BETWEEN_AUTHORS

BAND = 48.0  # the height of the white band
TALLEST_LOGO = 20.0
_PICTURE = 0.38  # of the height of the paper


class CoverText(Struct, frozen=True):
    """The lines of a cover, in order, as plain text; "" for one that is left out."""

    series: str
    title: str
    subtitle: str
    authors: str
    date: str


class CoverPlaces(Struct, frozen=True):
    """Where the picture and the ground begin, measured from the top of the paper."""

    width: float
    height: float  # of the paper
    picture: float
    ground: float  # the same where there is no picture


def has_cover(house: House) -> bool:
    return house.cover.show == "on"


def cover_text(brief: Brief) -> CoverText:
    front = brief.front
    return CoverText(
        series=" ".join(filter(None, (front.series, front.number))),
        title=brief.title,
        subtitle=plain(front.subtitle),
        authors=BETWEEN_AUTHORS.join(person.name for person in front.authors),
        date=long_date(front.created, front.lang) if front.created else "",
    )


def cover_places(house: House, paper: str) -> CoverPlaces:
    width, height = PAPER_SIZES[paper]
    ground = BAND + (round(height * _PICTURE) if house.cover.picture else 0.0)
    return CoverPlaces(width, height, BAND, ground)


def cover_ink(house: House) -> str:
    """Return the colour of the text on the ground: white, or that of text, by their contrast."""
    ground = rgb_of_hex(house.colours[house.cover.ground])
    inks = (WHITE, house.colours["text"])
    return max(inks, key=lambda ink: contrast(rgb_of_hex(ink), ground))


def title_size(house: House) -> float:
    """Return the size of the title in points."""
    return house.sizes["title"] * 1.15

"""What stands beside the picture of a figure, or the cells of a table: `{source="[@lee2019]"}`."""

from __future__ import annotations

from msgspec import Struct

from ...model import Inlines
from .attributes import Attributes
from .grammar import parse_inlines
from .inlines import read_inlines
from .origins import Origin
from .reading import Reading


class Beside(Struct, frozen=True):
    subtitle: Inlines = ()  # below the caption: "Index, 2015 = 100"
    source: Inlines = ()
    notes: Inlines = ()


NOTHING = Beside()


def read_beside(
    reading: Reading, attributes: Attributes | None, origin: Origin, cut: int = 0
) -> Beside:
    """Return the values of attributes, read as Markdown.

    They stand in the text of `origin`, of which `cut` characters are gone.
    """
    found = {}
    for name in Beside.__struct_fields__:
        if attributes and (text := attributes.values.get(name, "")):
            place = Origin(reading.source, [0], [origin.at(attributes.values_at[name] - cut)])
            found[name] = read_inlines(reading, parse_inlines(text, reading.env), place, 1)
    return Beside(**found)

"""Where the text stands on its paper: the table `[page]` of `house.toml`."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct, convert
from msgspec.structs import replace

from ..language.tags import primary
from ..model import PAPERS

PAPER_SIZES: Mapping[str, tuple[float, float]] = {  # width and height in millimetres
    "a4": (210.0, 297.0),
    "letter": (215.9, 279.4),
}
COLUMN_GAP = 8.0  # millimetres, as in print.css
_NARROW, _NARROWEST = 30.0, 18.0  # millimetres of margins beside one column, and beside two
_LEAST_TEXT = 60.0  # millimetres of text, in width and height
_POINT = 25.4 / 72  # millimetres
_CHARACTER = 0.43  # mean width of a character of running text, in its size
_FULL_WIDTH = ("ja", "zh")  # languages whose characters are as wide as they are tall
_FULL_WIDTH_LINE = 37  # of them in a line
_FEWEST, _MOST = 45, 90  # characters of a line that is easy to read


class Geometry(Struct, frozen=True, kw_only=True, rename="kebab"):
    """Margins and widths in millimetres. `inner` is where lines begin, whatever the direction."""

    top: float
    bottom: float
    inner: float
    outer: float
    first_top: float  # on the first page
    gutter: float  # the part of `inner` beside the text that titles and wide tables use too
    measure: float  # the longest line of text; 0 for all that the margins leave


def geometries(page: Mapping[str, float | Mapping[str, float]]) -> Mapping[str, Geometry]:
    """Return the geometry of each paper. On wider paper than the measure, `outer` grows."""
    shared = {name: value for name, value in page.items() if name not in PAPERS}
    found = {}
    for paper in PAPERS:
        own = page.get(paper, {})
        values = {**shared, **(own if isinstance(own, Mapping) else {})}
        given = convert(values, Geometry)
        room = PAPER_SIZES[paper][0] - given.inner - given.outer
        spare = max(room - given.measure, 0.0) if given.measure else 0.0
        found[paper] = replace(given, outer=given.outer + spare, measure=room - spare)
    return found


def suited(page: Geometry, lang: str, size: float, columns: int = 1) -> Geometry:
    """Return the geometry for a text in a language, in a size in points.

    Lines of full-width characters are longer, as far as the gutter and wide margins have room. Two
    columns use the gutter, and margins are as narrow as their lines need, within reason: nothing
    stands in them.
    """
    width = page.inner + page.measure + page.outer
    if columns > 1:
        wanted = columns * _FEWEST * _CHARACTER * size * _POINT + (columns - 1) * COLUMN_GAP
        side = min(page.inner - page.gutter, max((width - wanted) / 2, _NARROWEST))
        return replace(page, inner=side, outer=side, gutter=0.0, measure=width - 2 * side)
    if primary(lang) not in _FULL_WIDTH:
        return page
    wanted = max(_FULL_WIDTH_LINE * size * _POINT - page.measure, 0.0)
    of_gutter = min(wanted, page.gutter)
    of_outer = min(wanted - of_gutter, max(page.outer - _NARROW, 0.0))
    of_inner = min(wanted - of_gutter - of_outer, max(page.inner - page.gutter - _NARROW, 0.0))
    inner, outer = page.inner - of_gutter - of_inner, page.outer - of_outer
    measure = width - inner - outer
    return replace(page, inner=inner, outer=outer, gutter=page.gutter - of_gutter, measure=measure)


def geometry_problem(found: Mapping[str, Geometry]) -> str:
    """Return why pages cannot be laid out so, "" if they can."""
    for paper, page in found.items():
        width, height = PAPER_SIZES[paper]
        if page.gutter > page.inner:
            return f"has a gutter of {page.gutter:g} mm in a margin of {page.inner:g} mm"
        if page.measure < _LEAST_TEXT:
            return f"leaves {page.measure:g} of {width:g} mm for lines of text on {paper}"
        if (high := height - max(page.top, page.first_top) - page.bottom) < _LEAST_TEXT:
            return f"leaves {high:g} of {height:g} mm for text on {paper}"
    return ""


def characters(measure: float, size: float) -> int:
    """Return about how many characters a line of Latin text has, in a size in points."""
    return round(measure / (size * _POINT * _CHARACTER))


def line_length_problem(measure: float, size: float) -> str:
    """Return what is wrong with the length of lines, "" if they are easy to read."""
    count = characters(measure, size)
    if _FEWEST <= count <= _MOST:
        return ""
    return f"lines of about {count} characters are hard to read: {_FEWEST} to {_MOST} are not"


def ems(measure: float, size: float) -> float:
    """Return a measure in parts of the size of the text."""
    return round(measure / (size * _POINT), 1)

"""What holds pictures and charts: drawings in the line, which move with the text (20.4.2.8)."""

from __future__ import annotations

from ...ooxml import w
from ...text import on_one_line
from ...xml import Attributes, Element, element
from .runs import PLAIN, run

EMU_PER_TWIP = 635  # English metric units (20.1.2.1), 914 400 to the inch


def drawing_run(
    identity: int,
    kind: str,
    words: str,
    size: tuple[int, int],
    graphic: Element,
    uri: str,
    locks: Element | None = None,
) -> Element:
    """Return the run of a drawing; `words` are read out for it, `uri` says what the graphic is."""
    width, height = size
    data = element("a:graphicData", graphic, uri=uri)
    described: Attributes = {
        "id": identity,
        "name": f"{kind} {identity}",
        "descr": on_one_line(words),
    }
    inline = element(
        "wp:inline",
        element("wp:extent", cx=width, cy=height),
        element("wp:docPr", **described),
        element("wp:cNvGraphicFramePr", locks),
        element("a:graphic", data),
        distT=0,
        distB=0,
        distL=0,
        distR=0,
    )
    return run(PLAIN, w("drawing", inline))

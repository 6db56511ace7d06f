"""Pictures, charts and diagrams of a Word file (DrawingML and VML)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from xml.etree.ElementTree import Element

from ..ooxml import qualified
from ..readers.docx.package import Relation
from .values import Picture

Lose = Callable[[str, str, str, str], None]  # verdict, kind, message, text

TEXT_BOX = qualified("w:txbxContent")
_EMU_PER_CM = 360_000
_DO = "put a picture of it, or its data, into the brief"
_VML = "{urn:schemas-microsoft-com:vml}"
_DIAGRAM = "{http://schemas.openxmlformats.org/drawingml/2006/diagram}"


def read_drawing(
    element: Element,
    relations: Mapping[str, Relation],
    words: Callable[[str], str],
    lose: Lose,
) -> Iterator[Picture]:
    """Yield the pictures of a drawing, and report what is none. `words` are those of a part.

    What stands in its text boxes is not looked at.
    """
    drawn = list(drawn_in(element))
    properties = next(_named(drawn, qualified("wp:docPr")), None)
    described = properties if properties is not None else Element("none")
    alt = " ".join((described.get("descr") or described.get("title") or "").split())
    extent = next(_named(drawn, qualified("wp:extent")), None)
    width = _centimetres(extent.get("cx", "") if extent is not None else "")
    blips = list(_named(drawn, qualified("a:blip")))
    for blip in blips:
        part = _part(blip, relations, lose)
        vector = next(blip.iter(qualified("asvg:svgBlip")), None)
        svg = _part(vector, relations, lose) if vector is not None else ""
        if part or svg:
            yield Picture(part or svg, alt, width if len(blips) == 1 else 0.0, svg)
    for chart in _named(drawn, qualified("c:chart")):
        said = _words(relations.get(chart.get(qualified("r:id"), "")), words, alt)
        lose("lost", "chart", f"a chart: {_DO}", said)
    for diagram in _named(drawn, f"{_DIAGRAM}relIds"):
        said = _words(relations.get(diagram.get(qualified("r:dm"), "")), words, alt)
        lose("lost", "diagram", f"a diagram (SmartArt): {_DO}", said)
    is_object = element.tag == qualified("w:object")
    for data in _named(drawn, f"{_VML}imagedata"):
        relation = relations.get(data.get(qualified("r:id"), ""))
        if is_object:
            lose("changed", "object", "an embedded object, of which only its picture is read", "")
        if relation is not None and not relation.external:
            shape = next(_named(drawn, f"{_VML}shape"), None)
            said = shape.get("alt", "") if shape is not None else ""
            yield Picture(relation.target, " ".join(said.split()))
    for path in _named(drawn, f"{_VML}textpath"):
        if said := path.get("string", ""):
            lose("lost", "word-art", "lettering drawn as a picture", said)


def drawn_in(element: Element) -> Iterator[Element]:
    """Yield a drawing and all in it, its text boxes without what stands in them."""
    yield element
    if element.tag != TEXT_BOX:
        for child in element:
            yield from drawn_in(child)


def _named(elements: Iterable[Element], tag: str) -> Iterator[Element]:
    return (each for each in elements if each.tag == tag)


def _part(blip: Element, relations: Mapping[str, Relation], lose: Lose) -> str:
    relation = relations.get(blip.get(qualified("r:embed"), ""))
    if relation is not None and not relation.external:
        return relation.target
    linked = relations.get(blip.get(qualified("r:link"), ""))
    if linked is not None:
        lose("lost", "linked-picture", "a picture that is not in the file", linked.target)
    return ""


def _words(relation: Relation | None, words: Callable[[str], str], alt: str) -> str:
    return " ".join(filter(None, (alt, words(relation.target) if relation else "")))


def _centimetres(emu: str) -> float:
    return int(emu) / _EMU_PER_CM if emu.isascii() and emu.isdigit() and len(emu) < 10 else 0.0

"""Pictures, charts and diagrams of a Word file (DrawingML and VML)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from xml.etree.ElementTree import Element

from ..ooxml import qualified
from ..readers.docx.package import Relation
from .values import Picture

Lose = Callable[[str, str, str, str], None]  # verdict, kind, message, text

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
    """Yield the pictures of a drawing, and report what is none. `words` are those of a part."""
    properties = next(element.iter(qualified("wp:docPr")), None)
    described = properties if properties is not None else Element("none")
    alt = " ".join((described.get("descr") or described.get("title") or "").split())
    extent = next(element.iter(qualified("wp:extent")), None)
    width = _centimetres(extent.get("cx", "") if extent is not None else "")
    blips = list(element.iter(qualified("a:blip")))
    for blip in blips:
        part = _part(blip, relations, lose)
        vector = next(blip.iter(qualified("asvg:svgBlip")), None)
        svg = _part(vector, relations, lose) if vector is not None else ""
        if part or svg:
            yield Picture(part or svg, alt, width if len(blips) == 1 else 0.0, svg)
    for chart in element.iter(qualified("c:chart")):
        said = _words(relations.get(chart.get(qualified("r:id"), "")), words, alt)
        lose("lost", "chart", f"a chart: {_DO}", said)
    for diagram in element.iter(f"{_DIAGRAM}relIds"):
        said = _words(relations.get(diagram.get(qualified("r:dm"), "")), words, alt)
        lose("lost", "diagram", f"a diagram (SmartArt): {_DO}", said)
    is_object = element.tag == qualified("w:object")
    for data in element.iter(f"{_VML}imagedata"):
        relation = relations.get(data.get(qualified("r:id"), ""))
        if is_object:
            lose("changed", "object", "an embedded object, of which only its picture is read", "")
        if relation is not None and not relation.external:
            shape = next(element.iter(f"{_VML}shape"), None)
            said = shape.get("alt", "") if shape is not None else ""
            yield Picture(relation.target, " ".join(said.split()))
    for path in element.iter(f"{_VML}textpath"):
        if said := path.get("string", ""):
            lose("lost", "word-art", "lettering drawn as a picture", said)


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

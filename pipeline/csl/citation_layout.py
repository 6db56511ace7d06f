"""What `cs:citation` says of marks in the text (CSL 1.0.2, citation, layout, collapse)."""

from __future__ import annotations

from .elements import CitationLayout
from .xml import Xml

_DEEPEST = 50  # macros inside each other


def citation_layout(root: Xml) -> CitationLayout:
    """Return the look of a citation: affixes of the layout, or of each number in it."""
    citation = root.first("citation")
    path = _path_to_number(root)
    if citation is None or not path:
        return CitationLayout()
    layout, *inner = path
    sort = citation.first("sort")
    first_key = sort.first("key") if sort else None
    return CitationLayout(
        layout.get("prefix"),
        layout.get("suffix"),
        "".join(xml.get("prefix") for xml in inner),
        layout.get("delimiter"),
        any(xml.get("vertical-align") == "sup" for xml in path),
        citation.get("collapse") == "citation-number",
        first_key is not None and first_key.get("variable") == "citation-number",
    )


def numbers_references(root: Xml) -> bool:
    """Say whether a style cites by the number of the reference."""
    return bool(_path_to_number(root))


def _path_to_number(root: Xml) -> list[Xml]:
    """Return the layout of citations and what stands in it, down to the number of a reference."""
    citation = root.first("citation")
    layout = citation.first("layout") if citation else None
    macros = {macro.get("name"): macro for macro in root.all("macro")}
    return _path(layout, macros, 0) if layout else []


def _path(xml: Xml, macros: dict[str, Xml], depth: int) -> list[Xml]:
    if xml.get("variable") == "citation-number":
        return [xml]
    called = macros.get(xml.get("macro")) if xml.name == "text" else None
    children = [*xml.children, called] if called else xml.children
    for child in children if depth < _DEEPEST else ():
        if found := _path(child, macros, depth + 1):
            return [xml, *found]
    return []

"""What `cs:citation` says of marks in the text (CSL 1.0.2, citation, layout, collapse)."""

from __future__ import annotations

from .elements import CitationLayout
from .xml import Xml


def citation_layout(root: Xml) -> CitationLayout:
    """Return the look of a citation: affixes of the layout, or of each number in it."""
    citation = root.first("citation")
    layout = citation.first("layout") if citation else None
    if citation is None or layout is None:
        return CitationLayout()
    macros = {macro.get("name"): macro for macro in root.all("macro")}
    path = _path_to_number(layout, macros, 0)
    prefix = "".join(xml.get("prefix") for xml in path[1:])
    suffix = "".join(xml.get("suffix") for xml in reversed(path[1:]))
    return CitationLayout(
        layout.get("prefix"),
        layout.get("suffix"),
        prefix,
        suffix,
        layout.get("delimiter"),
        any(xml.get("vertical-align") == "sup" for xml in path),
        citation.get("collapse") == "citation-number",
    )


def _path_to_number(xml: Xml, macros: dict[str, Xml], depth: int) -> list[Xml]:
    """Return the elements from this one down to the first that prints the number of a reference."""
    if xml.get("variable") == "citation-number":
        return [xml]
    called = macros.get(xml.get("macro")) if xml.name == "text" else None
    children = [*xml.children, called] if called else xml.children
    for child in children if depth < 50 else ():
        if child.name not in ("sort", "substitute") and (
            found := _path_to_number(child, macros, depth + 1)
        ):
            return [xml, *found]
    return []

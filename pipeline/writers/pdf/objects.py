"""WeasyPrint's data: elements of the page, and objects of the PDF that it is about to write."""

from __future__ import annotations

from typing import Any

_BULLETS = {"disc": "Disc", "bullet": "Disc", "circle": "Circle", "square": "Square"}


def classes_of(element: Any | None) -> list[str]:
    """Return the classes of the element that a box stands for, if it stands for one."""
    return (element.get("class") or "").split() if element is not None else []


def object_of(pdf: Any, reference: bytes) -> Any:
    """Return the object that a reference such as `12 0 R` leads to."""
    return pdf.objects[int(reference.split()[0])]


def numbering_of(element: Any, style: Any) -> str:
    """Return a `ListNumbering` (ISO 32000-1, table 347). Labels of references are numerals."""
    if element.tag == "ol" or "references" in (element.get("class") or "").split():
        return "Decimal"
    if element.tag == "dl":
        return "None"
    return _BULLETS.get(style, "None") if isinstance(style, str) else "None"

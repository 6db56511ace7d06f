"""WeasyPrint's data: elements of the page, and objects of the PDF that it is about to write."""

from __future__ import annotations

from typing import Any


def classes_of(element: Any | None) -> list[str]:
    """Return the classes of the element that a box stands for, if it stands for one."""
    return (element.get("class") or "").split() if element is not None else []


def object_of(pdf: Any, reference: bytes) -> Any:
    """Return the object that a reference such as `12 0 R` leads to."""
    return pdf.objects[int(reference.split()[0])]

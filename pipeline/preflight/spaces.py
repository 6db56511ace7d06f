"""Names of colour spaces, and coordinates on the page (ISO 32000-1, 8.3 and 8.6)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pikepdf

ALL = "Separation /All"
_SHORT = {"/G": "DeviceGray", "/RGB": "DeviceRGB", "/CMYK": "DeviceCMYK", "/I": "Indexed"}
_DEEPEST = 4  # spaces in spaces

Matrix = tuple[float, float, float, float, float, float]
IDENTITY: Matrix = (1, 0, 0, 1, 0, 0)


def resource(resources: Any, kind: str, operands: list[Any]) -> Any:
    """Return the resource that an operator names, None if there is none."""
    table = get(resources, kind)
    return get(table, str(operands[0])) if operands and table is not None else None


def get(found: Any, name: str) -> Any:
    if isinstance(found, pikepdf.Dictionary | pikepdf.Stream):
        return found.get(name)
    return None


def content_length(found: Any) -> int:
    """Return how many bytes of operators a page or a form has."""
    if isinstance(found, pikepdf.Page):
        found = found.obj.get("/Contents")
    streams = list(found) if isinstance(found, pikepdf.Array) else [found]
    return sum(len(part.read_bytes()) for part in streams if isinstance(part, pikepdf.Stream))


def space_name(space: Any, resources: Any, depth: int = 0) -> str:
    """Return the name of a colour space, such as "ICCBased (3)" or "Separation /All".

    An indexed space, and a pattern without colours of its own, has the name of its base space.
    """
    if depth > _DEEPEST or space is None:
        return "none"
    if isinstance(space, pikepdf.Name):
        known = get(get(resources, "/ColorSpace"), str(space))
        if known is not None:
            return space_name(known, resources, depth + 1)
        return _SHORT.get(str(space), str(space)[1:])
    if not isinstance(space, pikepdf.Array) or not len(space):
        return "unknown"
    family = str(space[0])[1:]
    if family == "ICCBased":
        return f"ICCBased ({get(space[1], '/N')})"
    if family == "Separation":
        return f"Separation {space[1]}"
    if family in ("Indexed", "I", "Pattern") and len(space) > 1:
        return space_name(space[1], resources, depth + 1)
    return family


def numbers(operands: list[Any], count: int) -> Any:
    """Return operands as numbers. Raises `ValueError` if there are not `count` numbers."""
    if len(operands) != count:
        raise ValueError("an operator has too few operands")
    return tuple(float(value) for value in operands)


def times(one: Matrix, other: Matrix) -> Matrix:
    a, b, c, d, e, f = one
    g, h, i, j, k, m = other
    return (
        a * g + b * i, a * h + b * j, c * g + d * i,
        c * h + d * j, e * g + f * i + k, e * h + f * j + m,
    )  # fmt: skip


def points(name: str, values: tuple[float, ...], m: Matrix) -> Iterator[tuple[float, float]]:
    """Yield the points of a path operator, in coordinates of the page."""
    if name == "re" and len(values) == 4:
        x, y, width, height = values
        values = (x, y, x + width, y + height)
    for x, y in zip(values[::2], values[1::2], strict=False):
        yield m[0] * x + m[2] * y + m[4], m[1] * x + m[3] * y + m[5]

"""The operators of one content stream in other inks (ISO 32000-1, 8.6)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, Operator

from .inks import BLACK, Colour, Inks, rgb_of_lab

_FROM = {"rg": "rgb", "g": "grey", "k": "cmyk"}  # and their capitals, for strokes
_BLACKS = {
    "rgb": (0.0, 0.0, 0.0),
    "grey": (0.0,),
    "cmyk": BLACK,
    "lab": (0.0, 0.0, 0.0),
}
_DEVICES = {"/DeviceRGB": "rgb", "/DeviceGray": "grey", "/DeviceCMYK": "cmyk"}
_COMPONENTS = {1: "grey", 3: "rgb", 4: "cmyk"}
_FAMILIES = {"/CalRGB": "rgb", "/CalGray": "grey", "/Lab": "lab"}
# Only black text is printed over what is below it, so that no white shows around its letters where
# the plates are misaligned. Areas are not: what is below would show through and add its ink.
# Overprint mode 1: an ink of 0 leaves what is there (ISO 32000-1, 11.7.4.3).
OVER, KNOCK = Name.InkOver, Name.InkKnock

Kinds = Mapping[str, str]  # of the named colour spaces of resources


def kind_of(space: Any) -> str:
    """Return "rgb", "grey", "cmyk" or "lab" for a colour space; "" for any other."""
    if isinstance(space, Name):
        return _DEVICES.get(str(space), "")
    if isinstance(space, Array) and len(space):
        if space[0] == "/ICCBased":
            return _COMPONENTS.get(int(space[1].get("/N", 0)), "")
        return kind_of(space[0]) or _FAMILIES.get(str(space[0]), "")
    return ""


def kinds_of(resources: Any) -> dict[str, str]:
    """Return the kind of each colour space that resources name."""
    spaces = resources.get("/ColorSpace") if isinstance(resources, Dictionary) else None
    named = spaces.items() if isinstance(spaces, Dictionary) else ()
    return {name: kind for name, space in named if (kind := kind_of(space))}


def colour_in(inks: Inks, kind: str, values: Sequence[float]) -> Colour:
    """Return a colour of one of the four kinds in inks."""
    if kind == "cmyk":
        return inks.ink(tuple(values))
    if kind == "lab":
        return inks.solid(rgb_of_lab(values))
    return inks.solid(tuple(values) if kind == "rgb" else (values[0],) * 3)


class Content:
    """Converts the operators of one content stream."""

    def __init__(self, inks: Inks, overprint: bool, kinds: Kinds) -> None:
        """`kinds` says what the names of colour spaces mean here."""
        self._inks = inks
        self._overprint = overprint
        self._kinds = {**_DEVICES, **kinds}
        self._spaces = ("", "")  # kinds, of fills and of strokes
        self._fill: Colour = ()
        self._saved: list[tuple[tuple[str, str], Colour]] = []
        self._in_text = self._over = False
        self.overprints = False

    def turned(self, instructions: Sequence[Any], *, begins: bool = False) -> bytes:
        """Return the stream in the new colours. `begins`: it is a page, which begins with black."""
        turned: list[Any] = []
        if begins:
            turned += [*self._set("rgb", (0.0, 0.0, 0.0), 0), *self._set("rgb", (0.0, 0.0, 0.0), 1)]
        for found in instructions:
            turned += self._instruction(found)
        return bytes(pikepdf.unparse_content_stream(turned))

    def _instruction(self, found: Any) -> list[Any]:
        if isinstance(found, pikepdf.ContentStreamInlineImage):
            return [found]
        operands, name = found.operands, str(found.operator)
        stroke = int(name.isupper())
        match name:
            case "rg" | "RG" | "g" | "G" | "k" | "K":
                self._note_space("", stroke)
                return self._set(_FROM[name.lower()], [float(value) for value in operands], stroke)
            case "q":
                self._saved.append((self._spaces, self._fill))
            case "Q" if self._saved:
                self._spaces, self._fill = self._saved.pop()
            case "BT" | "ET":
                self._in_text = name == "BT"
                return [found, *self._switched()]
            case "cs" | "CS":
                kind = self._kinds.get(str(operands[0]), "")
                self._note_space(kind, stroke)
                if kind:  # a colour space begins with black
                    return self._set(kind, _BLACKS[kind], stroke)
            case "sc" | "SC" | "scn" | "SCN" if kind := self._spaces[stroke]:
                return self._set(kind, [float(value) for value in operands], stroke)
        return [found]

    def _note_space(self, kind: str, stroke: int) -> None:
        fill, line = self._spaces
        self._spaces = (fill, kind) if stroke else (kind, line)
        if not stroke:
            self._fill = ()

    def _set(self, kind: str, values: Sequence[float], stroke: int) -> list[Any]:
        colour = colour_in(self._inks, kind, values)
        set_colour = [*colour], Operator(self._inks.operators[stroke])
        if stroke:
            return [set_colour]
        self._fill = colour
        return [set_colour, *self._switched()]

    def _switched(self) -> list[Any]:
        """Return the operators that switch overprint on or off, if it changes."""
        wanted = self._overprint and self._in_text and self._fill == BLACK
        if wanted == self._over:
            return []
        self._over = wanted
        self.overprints = True
        return [([OVER if wanted else KNOCK], Operator("gs"))]

"""Every colour of a PDF in other inks: its text and lines, images, shadings and groups.

Done to the finished pages, so that nothing escapes: CSS, SVG drawings and images alike.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, Operator

from pipeline.writers.press.inks import BLACK, Colour, Grey, Inks

_FROM_RGB = {"rg": 0, "RG": 1}
_FROM_GREY = {"g": 0, "G": 1}
_FROM_CMYK = {"k": 0, "K": 1}
_SPACE = {"cs": 0, "CS": 1}
_SET = {"sc": 0, "scn": 0, "SC": 1, "SCN": 1}
_COMPONENTS = {"/DeviceRGB": 3, "/DeviceGray": 1, "/DeviceCMYK": 4}
# Black text is printed over what lies below it, so that no white shows round its letters where the
# plates do not meet. Overprint mode 1: an ink of 0 leaves what is there (ISO 32000-1, 11.7.4.3).
_OVER, _KNOCK = Name.InkOver, Name.InkKnock
_OVERPRINT = {
    _OVER: {"/Type": Name.ExtGState, "/op": True, "/OP": False, "/OPM": 1},
    _KNOCK: {"/Type": Name.ExtGState, "/op": False, "/OP": False, "/OPM": 0},
}


def recolour(pdf: pikepdf.Pdf, inks: Inks, *, overprint: bool = False) -> None:
    """Turn what a PDF paints into `inks`, in place. `overprint`: black fills keep what is below."""
    everything = list(_dictionaries(pdf))
    masks = {found.SMask.objgen for found in everything if _is_stream(found.get("/SMask"))}
    masking = {
        found.G.objgen for found in everything if found.get("/S") == "/Luminosity" and "/G" in found
    }
    for found in everything:
        if "/ShadingType" in found:
            _shading(found, inks)
        if found.get("/S") == "/Transparency" and found.get("/CS") == "/DeviceRGB":
            found.CS = Name(inks.space)
        if isinstance(spaces := found.get("/ColorSpace"), Dictionary):  # of resources
            for name in [name for name, space in spaces.items() if _is_rgb(space)]:
                del spaces[name]  # what is painted in it is turned
        if found.get("/Subtype") == "/Image" and found.objgen not in masks:
            _image(found, inks)
        if found.objgen in masking:
            # What shines through where is told by lightness, and no ink.
            _lightness_only(found)
        elif _paints(found):
            content = _Content(inks, overprint and "/Resources" in found)
            found.write(content.turned(pikepdf.parse_content_stream(found)))
            if content.overprints:
                _add_states(pdf, found.Resources)
    for page in pdf.pages:
        content = _Content(inks, overprint)
        begin = content.turned(pikepdf.parse_content_stream(page), begins=True)
        page.obj.Contents = pdf.make_stream(begin)
        if overprint:
            _add_states(pdf, page.obj.Resources)


def _dictionaries(pdf: pikepdf.Pdf) -> Iterator[Any]:
    """Yield every dictionary and stream of a file, those inside of others too."""
    for found in pdf.objects:
        yield from _within(found)


def _within(found: Any) -> Iterator[Any]:
    if isinstance(found, Dictionary | pikepdf.Stream):
        yield found
        values = [value for _, value in found.items()]
    elif isinstance(found, Array):
        values = list(found)
    else:
        return
    for value in values:
        if isinstance(value, Dictionary | Array) and not value.is_indirect:
            yield from _within(value)


def _is_stream(found: Any) -> bool:
    return isinstance(found, pikepdf.Stream)


def _paints(found: Any) -> bool:
    """Say whether a stream holds operators: a form, or a tiling pattern in colours of its own."""
    if not _is_stream(found):
        return False
    return bool(found.get("/Subtype") == "/Form" or found.get("/PaintType") == 1)


def _add_states(pdf: pikepdf.Pdf, resources: Any) -> None:
    if "/ExtGState" not in resources:
        resources.ExtGState = Dictionary()
    for name, values in _OVERPRINT.items():
        if name not in resources.ExtGState:
            resources.ExtGState[name] = pdf.make_indirect(Dictionary(values))


class _Content:
    """Turns the operators of one content stream."""

    def __init__(self, inks: Inks, overprint: bool) -> None:
        self._inks = inks
        self._overprint = overprint
        self.overprints = False
        self._spaces = ["", ""]  # of fills and of strokes, where it is a device's
        self._saved: list[list[str]] = []

    def turned(self, instructions: Sequence[Any], *, begins: bool = False) -> bytes:
        """Return the stream with other colours. `begins`: a page, which begins with black."""
        turned: list[Any] = []
        if begins:
            turned += [*self._set((0.0, 0.0, 0.0), 0, 3), *self._set((0.0, 0.0, 0.0), 1, 3)]
        for found in instructions:
            turned += self._instruction(found)
        return bytes(pikepdf.unparse_content_stream(turned))

    def _instruction(self, found: Any) -> list[Any]:
        if isinstance(found, pikepdf.ContentStreamInlineImage):
            return [found]
        operands, name = found.operands, str(found.operator)
        for operators, components in ((_FROM_RGB, 3), (_FROM_GREY, 1), (_FROM_CMYK, 4)):
            if name in operators:
                self._spaces[operators[name]] = ""
                return self._set([float(value) for value in operands], operators[name], components)
        if name == "q":
            self._saved.append(list(self._spaces))
        elif name == "Q" and self._saved:
            self._spaces = self._saved.pop()
        elif name in _SPACE:
            space = str(operands[0])
            self._spaces[_SPACE[name]] = space if space in _COMPONENTS else ""
            if space in _COMPONENTS:  # a colour space begins with black
                black = BLACK if space == "/DeviceCMYK" else (0.0,) * _COMPONENTS[space]
                return self._set(black, _SPACE[name], _COMPONENTS[space])
        elif name in _SET and (space := self._spaces[_SET[name]]):
            values = [float(value) for value in operands]
            return self._set(values, _SET[name], _COMPONENTS[space])
        return [found]

    def _set(self, values: Sequence[float], stroke: int, components: int) -> list[Any]:
        colour = turned_colour(values, components, self._inks)
        set_colour = [*colour], Operator(self._inks.operators[stroke])
        if stroke or not self._overprint:
            return [set_colour]
        self.overprints = True
        return [set_colour, ([_OVER if colour == BLACK else _KNOCK], Operator("gs"))]


def _lightness_only(form: Any) -> None:
    form.write(_Content(Grey(), False).turned(pikepdf.parse_content_stream(form)))
    if isinstance(group := form.get("/Group"), Dictionary):
        group.CS = Name.DeviceGray


def turned_colour(values: Sequence[float], components: int, inks: Inks) -> Colour:
    if components == 4:
        return inks.ink(tuple(values))
    return inks.solid(tuple(values) if components == 3 else (values[0],) * 3)


def _shading(shading: Any, inks: Inks) -> None:
    if _is_rgb(shading.get("/ColorSpace")) and _function(shading.Function, inks):
        shading.ColorSpace = Name(inks.space)


def _is_rgb(space: Any) -> bool:
    if isinstance(space, Array) and len(space) == 2 and space[0] == "/ICCBased":
        return bool(space[1].get("/N") == 3)
    return bool(space == "/DeviceRGB")


def _function(function: Any, inks: Inks) -> bool:
    """Turn the colours between which a function goes; False for a kind that has none."""
    if function.get("/FunctionType") == 3:
        parts = [_function(part, inks) for part in function.Functions]  # all, whatever one gives
        return all(parts)
    if function.get("/FunctionType") != 2:
        return False
    for name in ("/C0", "/C1"):
        if len(function[name]) == 3:  # parts may be shared
            function[name] = Array(inks.solid(tuple(float(v) for v in function[name])))
    return True


def _image(image: Any, inks: Inks) -> None:
    if image.get("/ImageMask") or _is_inked(image.get("/ColorSpace"), inks):
        return
    picture = pikepdf.PdfImage(image).as_pil_image()
    for name in ("/DecodeParms", "/Decode", "/Intent", "/Interpolate"):
        if name in image:
            del image[name]
    image.write(inks.image(picture))
    image.ColorSpace, image.BitsPerComponent = Name(inks.space), 8


def _is_inked(space: Any, inks: Inks) -> bool:
    """Grey is black ink alone already, and CMYK that of the author."""
    return space == "/DeviceGray" or (space == "/DeviceCMYK" and inks.space == "/DeviceCMYK")

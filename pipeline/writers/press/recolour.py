"""Convert every colour of a PDF: text and lines, images, shadings and groups.

This works on the finished pages, so that nothing is missed, be it from CSS, a drawing or an image.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name

from .content import KNOCK, OVER, Content, colour_in, kind_of, kinds_of
from .inks import Grey, Inks

_OVERPRINT = {
    OVER: {"/Type": Name.ExtGState, "/op": True, "/OP": False, "/OPM": 1},
    KNOCK: {"/Type": Name.ExtGState, "/op": False, "/OP": False, "/OPM": 0},
}

_SHADED = {"rgb": 3, "cmyk": 4}  # kinds of colours that gradients are converted from: components


def recolour(pdf: pikepdf.Pdf, inks: Inks, *, overprint: bool = False) -> None:
    """Convert a PDF to `inks`, in place. With `overprint`, black text leaves what is below it."""
    everything = list(_dictionaries(pdf))
    masks = {found.SMask.objgen for found in everything if _is_stream(found.get("/SMask"))}
    masking = _masking(everything)
    for found in everything:
        # A mask is made of lightness, not of ink.
        own = Grey() if found.is_indirect and found.objgen in masking else inks
        if "/ShadingType" in found:
            _shading(found, own)
        if found.get("/S") == "/Transparency" and kind_of(found.get("/CS")):
            found.CS = Name(inks.space)
        if found.get("/Subtype") == "/Image" and found.objgen not in masks:
            _image(found, own)
        if _paints(found):
            kinds = kinds_of(found.get("/Resources"))
            content = Content(own, overprint and own is inks and "/Resources" in found, kinds)
            found.write(content.turned(pikepdf.parse_content_stream(found)))
            if content.overprints:
                _add_states(pdf, found.Resources)
    for found in everything:
        if found.is_indirect and found.objgen in masking and "/Group" in found:
            found.Group.CS = Name.DeviceGray
    for page in pdf.pages:
        content = Content(inks, overprint, kinds_of(page.obj.get("/Resources")))
        begin = content.turned(pikepdf.parse_content_stream(page), begins=True)
        page.obj.Contents = pdf.make_stream(begin)
        if content.overprints:
            _add_states(pdf, page.obj.Resources)
    for found in everything:  # last, because names are looked up in them until then
        if isinstance(spaces := found.get("/ColorSpace"), Dictionary):  # of resources
            for name in [name for name, space in spaces.items() if kind_of(space)]:
                del spaces[name]  # what was painted in it is converted


def _dictionaries(pdf: pikepdf.Pdf) -> Iterator[Any]:
    """Yield every dictionary and stream of a file, including those inside others."""
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
    """Say whether a stream has operators: a form, or a tiling pattern with colours of its own."""
    if not _is_stream(found):
        return False
    return bool(found.get("/Subtype") == "/Form" or found.get("/PaintType") == 1)


def _add_states(pdf: pikepdf.Pdf, resources: Any) -> None:
    if "/ExtGState" not in resources:
        resources.ExtGState = Dictionary()
    for name, values in _OVERPRINT.items():
        if name not in resources.ExtGState:
            resources.ExtGState[name] = pdf.make_indirect(Dictionary(values))


def _masking(everything: Sequence[Any]) -> set[tuple[int, int]]:
    """Return the forms that make soft masks from lightness, and everything shown in them."""
    found: set[tuple[int, int]] = set()
    waiting = [mask.G for mask in everything if mask.get("/S") == "/Luminosity" and "/G" in mask]
    while waiting:
        shown = waiting.pop()
        if shown.objgen not in found:
            found.add(shown.objgen)
            for inner in _within(shown):
                waiting += [value for _, value in inner.items() if _refers(value)]
    return found


def _refers(value: Any) -> bool:
    return isinstance(value, Dictionary | pikepdf.Stream) and value.is_indirect


def _shading(shading: Any, inks: Inks) -> None:
    kind = kind_of(shading.get("/ColorSpace"))
    if kind in _SHADED and _function(shading.Function, inks, kind):
        shading.ColorSpace = Name(inks.space)


def _function(function: Any, inks: Inks, kind: str) -> bool:
    """Convert the colours between which a function interpolates; return False if it has none."""
    if function.get("/FunctionType") == 3:
        parts = [_function(part, inks, kind) for part in function.Functions]  # all of them
        return all(parts)
    if function.get("/FunctionType") != 2:
        return False
    for name in ("/C0", "/C1"):
        if len(function[name]) == _SHADED[kind]:  # parts may be shared
            function[name] = Array(colour_in(inks, kind, [float(v) for v in function[name]]))
    return True


def _image(image: Any, inks: Inks) -> None:
    space = image.get("/ColorSpace")
    if image.get("/ImageMask") or any(space == kept for kept in inks.kept):
        return
    picture = pikepdf.PdfImage(image).as_pil_image(apply_mask=False)
    for name in ("/DecodeParms", "/Decode", "/Intent", "/Interpolate"):
        if name in image:
            del image[name]
    image.write(inks.image(picture))
    image.ColorSpace, image.BitsPerComponent = Name(inks.space), 8

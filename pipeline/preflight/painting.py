"""What the pages of a PDF paint: colour spaces, inks, images, transparency, overprint.

An interpreter of content streams (ISO 32000-1, 8 and 9) that follows forms, patterns and the glyphs
of Type 3 fonts, and keeps as much of the graphics state as the rules need.
"""

from __future__ import annotations

import math
from typing import Any

import pikepdf
from msgspec.structs import replace

from . import coverage
from .found import Painting, PlacedImage, TooMuchError
from .graphics_state import State, scale
from .spaces import (
    ALL,
    IDENTITY,
    Matrix,
    content_length,
    get,
    numbers,
    points,
    resource,
    space_name,
    times,
)

MOST_OPERATORS = 3_000_000
_LONGEST = 16 * 1024**2  # bytes of one stream: its operators take a hundred times the memory
_MOST_FORMS = 20_000  # shown; a form that is shown twice counts twice
_DEEPEST = 24  # forms in forms
_BLACK = (0.0, 0.0, 0.0, 1.0)
_INKED = ("DeviceCMYK", "ICCBased (4)")
_DEVICE = {"g": "DeviceGray", "rg": "DeviceRGB", "k": "DeviceCMYK"}
_FILLING, _STROKING = frozenset((0, 2, 4, 6)), frozenset((1, 2, 5, 6))  # modes of text
_MM = 25.4 / 72


def read_painting(pdf: pikepdf.Pdf) -> Painting:
    """Return what all pages paint. Raises `TooMuchError`."""
    reading = _Reading()
    for number, page in enumerate(pdf.pages, start=1):
        reading.page(number, page)
    return reading.painting


class _Reading:
    def __init__(self) -> None:
        self.painting = Painting()
        self._operators, self._shown = MOST_OPERATORS, _MOST_FORMS
        self._number = 0
        self._corner = (0.0, 0.0)  # left and top of the page as it is cut
        self._open: list[tuple[int, int]] = []  # forms that are being read
        self._glyphs: set[tuple[int, int]] = set()
        self._coverage: dict[tuple[int, int], tuple[float, tuple[float, float]]] = {}

    def page(self, number: int, page: Any) -> None:
        self._number = number
        box = [float(value) for value in page.trimbox]
        self._corner = (min(box[0], box[2]), max(box[1], box[3]))
        self._group(page.obj, f"page {number}: its group")
        resources = page.obj.get("/Resources", pikepdf.Dictionary())
        self._stream(page, resources, State(), f"page {number}")

    def _stream(self, stream: Any, resources: Any, state: State, place: str) -> None:
        saved: list[State] = []
        path: list[tuple[float, float]] = []
        if content_length(stream) > _LONGEST:
            raise TooMuchError
        for found in pikepdf.parse_content_stream(stream):
            self._operators -= 1
            if self._operators < 0:
                raise TooMuchError
            if isinstance(found, pikepdf.ContentStreamInlineImage):
                self._image(found.iimage.obj, "inline", resources, state, place)
                continue
            operands = list(found.operands)
            match name := str(found.operator):
                case "q":
                    saved.append(state)
                case "Q":
                    state = saved.pop() if saved else state
                case "cm":
                    state = replace(state, matrix=times(numbers(operands, 6), state.matrix))
                case "m" | "l" | "c" | "v" | "y" | "re":
                    path += points(name, numbers(operands, len(operands)), state.matrix)
                case "f" | "F" | "f*" | "S" | "s" | "B" | "B*" | "b" | "b*":
                    self._painted(name, state, path, place)
                    path = []
                case "n":
                    path = []
                case "gs":
                    named = resource(resources, "/ExtGState", operands)
                    state = self._external(named, state, place)
                case "Tj" | "TJ" | "'" | '"':
                    self._text(state, resources, place)
                case "Tr":
                    state = replace(state, text_mode=int(numbers(operands, 1)[0]))
                case "w":
                    state = replace(state, line_width=numbers(operands, 1)[0])
                case "BT":
                    state = replace(state, text_matrix=IDENTITY)
                case "Tm":
                    state = replace(state, text_matrix=numbers(operands, 6))
                case "Tf":
                    font, size = resource(resources, "/Font", operands), operands[-1:]
                    state = replace(state, font=font, size=abs(numbers(size, 1)[0]))
                    self._font(state.font, place)
                case "sh":
                    self._shading(resource(resources, "/Shading", operands), resources, place)
                case "Do":
                    shown = resource(resources, "/XObject", operands)
                    self._object(shown, resources, state, place, str(operands[0]))
                case _:
                    state = self._colour(name, operands, resources, state, place)

    def _colour(
        self, name: str, operands: list[Any], resources: Any, state: State, place: str
    ) -> State:
        strokes = name.isupper()
        match lower := name.lower():
            case "g" | "rg" | "k":
                space, values = _DEVICE[lower], numbers(operands, len(operands))
            case "cs":
                space = space_name(operands[0], resources)
                values = _BLACK if space in _INKED else (0.0,)
            case "sc" | "scn":
                space = state.stroke if strokes else state.space
                if operands and isinstance(operands[-1], pikepdf.Name):
                    self._pattern(resource(resources, "/Pattern", operands[-1:]), resources, place)
                    operands = operands[:-1]  # before it, the colour of a pattern without its own
                values = numbers(operands, len(operands))
            case _:
                return state
        if strokes:
            return replace(state, stroke=space, stroke_colour=values)
        return replace(state, space=space, colour=values)

    def _painted(
        self, name: str, state: State, path: list[tuple[float, float]], place: str
    ) -> None:
        fills, strokes = name not in "Ss", name[0] in "SsBb"
        self._use(state, fills, strokes, place)
        if strokes:
            width = state.line_width * scale(state.matrix)
            self.painting.thin_lines[place] = min(width, self.painting.thin_lines.get(place, width))
        if (fills and state.space == ALL) or (strokes and state.stroke == ALL):
            self.painting.marks += [(self._number, *point) for point in path]

    def _text(self, state: State, resources: Any, place: str) -> None:
        fills, strokes = state.text_mode in _FILLING, state.text_mode in _STROKING
        self._use(state, fills, strokes, place)
        self._glyphs_of(state, resources, place)
        if fills and get(state.font, "/Subtype") != "/Type3":
            inked = state.colour if state.space in _INKED else ()
            kind = (place, sum(ink > 0 for ink in inked))
            smallest = self.painting.small_texts.get(kind, state.points)
            self.painting.small_texts[kind] = min(smallest, state.points)
        overprints = state.overprint and state.overprint_mode == 1
        if fills and state.space == "DeviceCMYK" and not any(state.colour) and overprints:
            self.painting.vanishing.append(place)
        if fills and state.space == "DeviceCMYK" and state.colour == _BLACK:
            self.painting.black_texts += 1
            if not overprints:
                self.painting.knocked_out.append(place)
        elif fills and state.space == "DeviceGray" and state.colour == (0.0,):
            self.painting.black_texts += 1
            self.painting.knocked_out.append(f"{place} (DeviceGray)")

    def _external(self, found: Any, state: State, place: str) -> State:
        if found is None:
            return state
        opaque = all(float(found.get(key, 1)) == 1 for key in ("/ca", "/CA"))
        normal = str(found.get("/BM", "/Normal")) in ("/Normal", "/Compatible")
        if not opaque or not normal or str(found.get("/SMask", "/None")) != "/None":
            self.painting.transparency.append(place)
        overprint = bool(found.get("/op", found.get("/OP", state.overprint)))
        mode = int(found.get("/OPM", state.overprint_mode))
        return replace(state, overprint=overprint, overprint_mode=mode)

    def _font(self, font: Any, place: str) -> None:
        if isinstance(font, pikepdf.Dictionary):
            key = font.objgen if font.is_indirect else len(self.painting.fonts)
            self.painting.fonts.setdefault(key, (font, place))

    def _glyphs_of(self, state: State, resources: Any, place: str) -> None:
        """Interpret the glyphs of a Type 3 font, once: they are content streams, too."""
        font = state.font
        if get(font, "/Subtype") != "/Type3" or font.objgen in self._glyphs:
            return
        self._glyphs.add(font.objgen)
        for glyph in dict(get(font, "/CharProcs") or {}).values():
            inside = font.get("/Resources", resources)
            self._form(glyph, inside, state, f"{place}: a glyph of a Type 3 font")

    def _pattern(self, pattern: Any, resources: Any, place: str) -> None:
        if isinstance(pattern, pikepdf.Stream):
            self._form(pattern, resources, State(), f"{place}: pattern")
        elif (shading := get(pattern, "/Shading")) is not None:
            self._shading(shading, resources, f"{place}: shading")

    def _shading(self, shading: Any, resources: Any, place: str) -> None:
        space = space_name(get(shading, "/ColorSpace"), resources)
        self._note(space, place)
        if space in _INKED:
            self._ink(coverage.of_function(get(shading, "/Function")), place)

    def _object(self, found: Any, resources: Any, state: State, place: str, name: str) -> None:
        if not isinstance(found, pikepdf.Stream):
            return
        if found.get("/Subtype") == "/Image":
            self._image(found, name, resources, state, place)
        elif found.get("/Subtype") == "/Form":
            self._form(found, resources, state, f"page {self._number}: form {name}")

    def _form(self, form: Any, resources: Any, state: State, place: str) -> None:
        if form.objgen in self._open or len(self._open) >= _DEEPEST:
            return  # it shows itself
        self._shown -= 1
        if self._shown < 0:
            raise TooMuchError
        self._group(form, place)
        matrix = numbers(list(form.get("/Matrix", IDENTITY)), 6)
        inside = replace(state, matrix=times(matrix, state.matrix))
        self._open.append(form.objgen)
        self._stream(form, form.get("/Resources", resources), inside, place)
        self._open.pop()

    def _group(self, found: Any, place: str) -> None:
        group = found.get("/Group")
        if group is not None and get(group, "/S") == "/Transparency":
            self.painting.transparency.append(place)
            space = space_name(get(group, "/CS"), found.get("/Resources"))
            self.painting.blended.setdefault(space, []).append(place)

    def _image(self, image: Any, name: str, resources: Any, state: State, place: str) -> None:
        place = f"{place}: image {name}"
        width = float(image.get("/Width", image.get("/W", 0)))
        height = float(image.get("/Height", image.get("/H", 0)))
        a, b, c, d = state.matrix[:4]
        sides = (math.hypot(a, b) / 72, math.hypot(c, d) / 72)
        dots = [n / side for n, side in zip((width, height), sides, strict=True) if side > 0]
        if bool(image.get("/ImageMask", image.get("/IM", False))):
            self._use(state, True, False, place)
            self.painting.images.append(PlacedImage(place, name, state.space, None, 0.0, ""))
            return
        space = space_name(image.get("/ColorSpace", image.get("/CS")), resources)
        self._note(space, place)
        if "/SMask" in image:
            self.painting.transparency.append(place)
        resolution = min(dots) if dots else None
        ink, spot = 0.0, ""
        if space in _INKED and resolution and isinstance(image, pikepdf.Stream):
            ink, spot = self._covered(image, resolution, state.matrix)
        self.painting.images.append(PlacedImage(place, name, space, resolution, ink, spot))

    def _covered(self, image: Any, dots: float, matrix: Matrix) -> tuple[float, str]:
        if image.objgen not in self._coverage:
            try:
                self._coverage[image.objgen] = coverage.of_image(image, dots)
            except Exception as error:  # a damaged picture may raise anything
                return math.inf, f"it could not be read: {error}"
        ink, (across, down) = self._coverage[image.objgen]
        ((x, y),) = points("m", (across, 1 - down), matrix)
        left, top = (x - self._corner[0]) * _MM, (self._corner[1] - y) * _MM
        return ink, f"{left:.0f} mm from the left, {top:.0f} mm from the top"

    def _use(self, state: State, fills: bool, strokes: bool, place: str) -> None:
        used = [(state.space, state.colour)] if fills else []
        used += [(state.stroke, state.stroke_colour)] if strokes else []
        for space, values in used:
            self._note(space, place)
            if space in _INKED:
                self._ink(sum(values), place)

    def _ink(self, ink: float, place: str) -> None:
        self.painting.inks[place] = max(ink, self.painting.inks.get(place, 0.0))

    def _note(self, space: str, place: str) -> None:
        places = self.painting.spaces.setdefault(space, [])
        if place not in places[-3:]:
            places.append(place)

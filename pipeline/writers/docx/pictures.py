"""Pictures, inline in the text so that they move with it and are read out in place."""

from __future__ import annotations

from msgspec.structs import replace

from ...labels import alternative
from ...model import Image, ImageFile
from ...ooxml import NAMESPACES, w
from ...text import on_one_line
from ...xml import Attributes, Element, element
from .context import Context
from .paper import EMU_PER_TWIP, text_size
from .runs import PLAIN, RunFormat, run, text_runs

_EMU_PER_PIXEL = 9525
_CAPTION_ROOM = 1440  # twips below a picture: four lines
_FONT_SIZE = 14.0  # pixels of the body text's 10.5 points
_DECORATIVE = "{C183D7F6-B498-43B3-948B-1728B52AA6E4}"  # [MS-ODRAWXML]: nothing to read out
_ADEC = "http://schemas.microsoft.com/office/drawing/2017/decorative"
_SVG_EXTENSION = "{96DAC541-7B7A-43D3-8B79-37D633B846F1}"  # [MS-ODRAWXML] 2.3.1.10


def picture_runs(image: Image, context: Context, run_format: RunFormat) -> list[Element]:
    """Return the run of a picture; for one that a draft lacks, its alt text in red."""
    file = context.images.get(image.src)
    if file is None:
        words = f"[{alternative(image, context.lang)}]"
        return text_runs(words, replace(run_format, style="Unresolved"))
    return [file_run(image, file, context)]


def file_run(image: Image, file: ImageFile, context: Context) -> Element:
    """Return the run of a picture whose file is at hand."""
    height = text_size(context.house, context.paper, context.lang)[1]
    size = picture_size(image, file, context.template.text_width, height)
    identity = context.drawings.next()
    bitmap = context.relationships.picture(file, "bitmap")
    said = alternative(image, context.lang)
    return embedded(said, identity, size, bitmap, vector_of(file, context))


def vector_of(file: ImageFile, context: Context) -> str:
    """Return the id of the relationship to a drawing, "" for a file that is a bitmap."""
    is_drawing = file.media_type == "image/svg+xml"
    return context.relationships.picture(file, "vector") if is_drawing else ""


def is_wide(image: Image, context: Context) -> bool:
    """Say whether a picture is wider than a line of text, and its author gave it no width."""
    file = context.images.get(image.src)
    width = file.width * _EMU_PER_PIXEL if file and not image.width else 0
    return width > context.template.text_width * EMU_PER_TWIP


def picture_size(
    image: Image, file: ImageFile, text_width: int, text_height: int
) -> tuple[int, int]:
    """Return width and height in EMU: as the author wished, and never larger than the text, whose
    size is given in twips."""
    most_width = text_width * EMU_PER_TWIP
    most_height = (text_height - _CAPTION_ROOM) * EMU_PER_TWIP
    natural = max(file.width, 1.0), max(file.height, 1.0)
    wished = natural[0] * _EMU_PER_PIXEL
    if image.width:
        room = most_width / _EMU_PER_PIXEL
        wished = image.width.pixels(room, _FONT_SIZE) * _EMU_PER_PIXEL
    ratio = natural[1] / natural[0]
    width = max(min(wished, most_width, most_height / ratio), 1.0)
    return round(width), max(round(width * ratio), 1)


def embedded(
    words: str, identity: int, size: tuple[int, int], bitmap: str, vector: str = ""
) -> Element:
    """Return the run of a picture by the ids of its relationships; `words` are read out for it."""
    graphic = _graphic(words, identity, size, bitmap, vector)
    locks = element("a:graphicFrameLocks", noChangeAspect=1)
    return drawing_run(identity, "Picture", words, size, graphic, NAMESPACES["pic"], locks)


def anchored_run(
    identity: int, size: tuple[int, int], top: int, bitmap: str, vector: str, cut: Element
) -> Element:
    """Return the run of an ornament behind the text (20.4.2.3), at the left edge of the page and
    `top` EMU below its upper one. `cut` says what is cut off its edges."""
    ornament = Element("adec:decorative", {"xmlns:adec": _ADEC, "val": "1"})
    extension = element("a:extLst", element("a:ext", ornament, uri=_DECORATIVE))
    named: Attributes = {"id": identity, "name": f"Ground {identity}"}
    graphic = _graphic("", identity, size, bitmap, vector, cut)
    anchor = element(
        "wp:anchor",
        element("wp:simplePos", x=0, y=0),
        element("wp:positionH", element("wp:posOffset", "0"), relativeFrom="page"),
        element("wp:positionV", element("wp:posOffset", str(top)), relativeFrom="page"),
        element("wp:extent", cx=size[0], cy=size[1]),
        element("wp:effectExtent", l=0, t=0, r=0, b=0),
        element("wp:wrapNone"),
        element("wp:docPr", extension, **named),
        element("wp:cNvGraphicFramePr"),
        element("a:graphic", element("a:graphicData", graphic, uri=NAMESPACES["pic"])),
        **dict.fromkeys(("distT", "distB", "distL", "distR", "simplePos"), 0),
        relativeHeight=identity,
        behindDoc=1,
        locked=0,
        layoutInCell=1,
        allowOverlap=1,
    )
    return run(PLAIN, w("drawing", anchor))


def _graphic(
    words: str,
    identity: int,
    size: tuple[int, int],
    bitmap: str,
    vector: str,
    cut: Element | None = None,
) -> Element:
    """Return `pic:pic` (20.2.2.5); an SVG stands beside a bitmap of it for other programs."""
    width, height = size
    extension: tuple[Element, ...] = ()
    if vector:
        blip = Element("asvg:svgBlip", {"r:embed": vector})
        extension = (element("a:extLst", element("a:ext", blip, uri=_SVG_EXTENSION)),)
    named: Attributes = {
        "id": identity,
        "name": f"Picture {identity}",
        "descr": on_one_line(words),
    }
    return element(
        "pic:pic",
        element("pic:nvPicPr", element("pic:cNvPr", **named), element("pic:cNvPicPr")),
        element(
            "pic:blipFill",
            Element("a:blip", {"r:embed": bitmap}, extension),
            cut,
            element("a:stretch", element("a:fillRect")),
        ),
        element(
            "pic:spPr",
            element("a:xfrm", element("a:off", x=0, y=0), element("a:ext", cx=width, cy=height)),
            element("a:prstGeom", element("a:avLst"), prst="rect"),
        ),
    )


# Drawings ---------------------------------------------------------------------------------------


def drawing_run(
    identity: int,
    kind: str,
    words: str,
    size: tuple[int, int],
    graphic: Element,
    uri: str,
    locks: Element | None = None,
) -> Element:
    """Return the run of a drawing that is in the line and moves with the text (20.4.2.8).

    `words` are read out for it, `uri` says what the graphic is.
    """
    width, height = size
    data = element("a:graphicData", graphic, uri=uri)
    described: Attributes = {
        "id": identity,
        "name": f"{kind} {identity}",
        "descr": on_one_line(words),
    }
    inline = element(
        "wp:inline",
        element("wp:extent", cx=width, cy=height),
        element("wp:docPr", **described),
        element("wp:cNvGraphicFramePr", locks),
        element("a:graphic", data),
        distT=0,
        distB=0,
        distL=0,
        distR=0,
    )
    return run(PLAIN, w("drawing", inline))

"""Write a numbered brief for a print shop: the pages of the screen edition, as PDF/X.

In: a `NumberedBrief`, `Styles` and an output profile. Out: the bytes of a PDF. The pages are laid
out like those of the screen edition. Then every colour is converted to ink, and each page is placed
on a larger sheet with crop marks. Links, bookmarks, tags and attachments are left out.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO

import pikepdf
from msgspec import Struct
from msgspec.structs import replace
from pikepdf import Dictionary, Name

from ...direction import is_right_to_left
from ...numbering import NumberedBrief
from ...styles import Styles
from ..pdf import lay_out, with_plain_bitmaps
from ..pdf.print_page import IMAGE_SCHEME
from ..pdf.weasyprint_host import nothing_lost
from .booklet import impose, sides
from .cover import spread_styles
from .flatten import flatten
from .grey import in_grey
from .identity import STANDARDS, VERSIONS, identify
from .inks import Cmyk, Colour, Inks, Profile
from .recolour import recolour
from .saving import save
from .sheet import BLEED_WIDTH, MM, put_on_sheet

__all__ = [
    "BLEED_WIDTH",
    "FOLDED",
    "SHEET",
    "STANDARDS",
    "PressFile",
    "Profile",
    "impose",
    "in_grey",
    "sides",
    "write_booklet",
    "write_cover",
    "write_press",
]

SHEET, FOLDED = 2, 4  # pages on a sheet, and on one that is folded once
_FOR_SCREENS = ("/Annots", "/StructParents", "/Tabs", "/AA", "/Group")


class PressFile(Struct, frozen=True):
    """A press file. `blanks` are the numbers of the empty pages that fill the last sheet."""

    content: bytes
    pages: int
    blanks: tuple[int, ...]


def write_press(
    numbered: NumberedBrief,
    styles: Styles,
    profile: Profile,
    standard: str = "x4",
    folded: bool = False,
) -> PressFile:
    """Return the press edition of a brief. `standard` is a key of `STANDARDS`.

    Blank pages fill the last folded sheet. What fits on one sheet is not folded unless it has to
    be, for a booklet; what is printed digitally is not folded, and has no registration marks, since
    it is printed without plates.
    """
    is_offset = styles.house.press.process == "offset"
    with _inked(numbered, styles, profile, standard) as pdf:
        pages_written = len(pdf.pages)
        if folded or (is_offset and pages_written > SHEET):
            for _ in range(-pages_written % FOLDED):
                _add_blank(pdf)
        for page in pdf.pages:
            put_on_sheet(pdf, page, registered=is_offset)
        pages = len(pdf.pages)
        content = _finished(pdf, numbered, profile, standard)
    return PressFile(content, pages, tuple(range(pages_written + 1, pages + 1)))


def write_cover(
    numbered: NumberedBrief, styles: Styles, profile: Profile, spine: float, standard: str = "x4"
) -> bytes:
    """Return back, spine and front of a brief on one sheet. `spine` is its width in millimetres."""
    brief = replace(numbered.brief, blocks=())
    alone = replace(numbered, brief=brief, bibliography=(), cited_at={})
    with _inked(alone, spread_styles(numbered, styles, spine), profile, standard) as pdf:
        (page,) = pdf.pages
        left, _, right, _ = (float(value) for value in page.obj.TrimBox)
        middle, half = (right - left) / 2, spine * MM / 2
        registered = styles.house.press.process == "offset"
        put_on_sheet(pdf, page, registered=registered, folds_at=(middle - half, middle + half))
        return _finished(pdf, numbered, profile, standard)


@contextmanager
def _inked(
    numbered: NumberedBrief, styles: Styles, profile: Profile, standard: str
) -> Iterator[pikepdf.Pdf]:
    """Lay out pages with bleed, and convert their colours to ink; leave out what is for screens."""
    sheets = styles.files["print.css"] + "\n" + styles.files["press.css"]
    numbered = with_plain_bitmaps(numbered, keep_inks=True)
    with nothing_lost(IMAGE_SCHEME):
        document = lay_out(numbered, replace(styles, files={**styles.files, "print.css": sheets}))
        written = document.write_pdf()
    with pikepdf.open(BytesIO(written)) as pdf:
        for page in pdf.pages:
            for name in _FOR_SCREENS:
                if name in page.obj:
                    del page.obj[name]
        for name in set(pdf.Root.keys()) - {"/Type", "/Pages"}:
            del pdf.Root[name]
        pdf.remove_unreferenced_resources()
        if standard == "x1a":
            flatten(pdf)
        recolour(pdf, inks(styles, profile), overprint=True)
        yield pdf


def _finished(pdf: pikepdf.Pdf, numbered: NumberedBrief, profile: Profile, standard: str) -> bytes:
    identify(pdf, numbered.brief.title, numbered.brief.front, profile, standard)
    return save(pdf, VERSIONS[standard])


def write_booklet(
    press: PressFile, numbered: NumberedBrief, styles: Styles, standard: str = "x4"
) -> bytes:
    """Return a press edition as the sheets of a stapled booklet."""
    right_to_left = is_right_to_left(numbered.brief.front.lang)
    calliper = styles.house.press.calliper
    return impose(press.content, VERSIONS[standard], calliper, right_to_left=right_to_left)


def inks(styles: Styles, profile: Profile) -> Inks:
    """Return the inks of a profile, with those that the house style gives for its own colours."""
    house = styles.house
    declared = {
        house.colours[name]: inks_of(words) for name, words in house.press_colours.items() if words
    }
    return Cmyk(profile, declared)


def inks_of(words: str) -> Colour:
    """Return the inks of "0 0 0 100", per cent of cyan, magenta, yellow and black."""
    return tuple(float(word) / 100 for word in words.split())


def _add_blank(pdf: pikepdf.Pdf) -> None:
    last = pdf.pages[-1].obj
    blank = Dictionary(
        Type=Name.Page,
        MediaBox=last.MediaBox,
        TrimBox=last.TrimBox,
        Resources=Dictionary(),
        Contents=pdf.make_stream(b""),
    )
    pdf.pages.append(pikepdf.Page(pdf.make_indirect(blank)))

"""settings.xml and fontTable.xml."""

from __future__ import annotations

from ...ooxml import w
from ...styles import House
from ...xml import Element
from .languages import language_attributes, script_font

_WORD_2013 = 15  # the newest compatibility mode; without it Word shows "[Compatibility Mode]"
_OFFICE = "http://schemas.microsoft.com/office/word"
_COMPATIBLE = {
    "compatibilityMode": _WORD_2013,
    "overrideTableStyleFontSizeAndJustification": 1,
    "enableOpenTypeFeatures": 1,
    "doNotFlipMirrorIndents": 1,
}


def settings(lang: str) -> Element:
    """Return the settings (17.15.1).

    No `w:updateFields`: Word would ask every reader, and the results are right already.
    """
    compatible = (
        w("compatSetting", name=name, uri=_OFFICE, val=value) for name, value in _COMPATIBLE.items()
    )
    return w(
        "settings",
        w("zoom", percent=100),
        w("defaultTabStop", val=709),
        w("defaultTableStyle", val="BriefTable"),
        w("characterSpacingControl", val="doNotCompress"),
        footnote_separators(),
        w("compat", *compatible),
        w("themeFontLang", **language_attributes(lang)),
        w("decimalSymbol", val="."),
        w("listSeparator", val=","),
    )


def footnote_separators() -> Element:
    """Return where Word finds the lines above footnotes (17.11.9)."""
    return w("footnotePr", w("footnote", id=-1), w("footnote", id=0))


# How a program without the font chooses another (17.8.3): by its PANOSE classification, family and
# pitch. For fonts that come with Word or have the same widths.
_SANS, _SERIF, _CODE = ("swiss", "variable"), ("roman", "variable"), ("modern", "fixed")
_FONTS = {
    "Arial": ("020B0604020202020204", *_SANS),
    "Calibri": ("020F0502020204030204", *_SANS),
    "Cambria": ("02040503050406030204", *_SERIF),
    "Cambria Math": ("02040503050406030204", *_SERIF),
    "Consolas": ("020B0609020204030204", *_CODE),
    "Courier New": ("02070309020205020404", *_CODE),
    "Georgia": ("02040502050405020303", *_SERIF),
    "Times New Roman": ("02020603050405020304", *_SERIF),
}


def font_table(house: House, lang: str) -> Element:
    """Return the fonts of the house, each with the font of equal widths that may stand for it."""
    pairs = {font.stands_for or font.family: font.family for font in house.fonts.values()}
    code = house.fonts["code"].stands_for or house.fonts["code"].family
    script = script_font(lang)
    pairs |= {name: name for name in (script, "Cambria Math") if name and name not in pairs}
    return w("fonts", *(_font(name, other, name == code) for name, other in sorted(pairs.items())))


def _font(name: str, other: str, code: bool) -> Element:
    """Return one font, its children in the order of the schema (17.8.3.10)."""
    panose, family, pitch = _FONTS.get(name, ("", *(_CODE if code else ("auto", "variable"))))
    return w(
        "font",
        w("altName", val=other) if other != name else None,
        w("panose1", val=panose) if panose else None,
        w("family", val=family),
        w("pitch", val=pitch),
        name=name,
    )

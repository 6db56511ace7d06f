"""settings.xml, fontTable.xml and the frame of footnotes.xml."""

from __future__ import annotations

from ...ooxml import declarations, escape
from .runs import language_attributes, script_font
from .writing import Writing

_WORD_2013 = 15  # of compatibility modes the newest; without it Word says "[Compatibility Mode]"
_OFFICE = "http://schemas.microsoft.com/office/word"


def settings_part(writing: Writing) -> str:
    """Return the settings (17.15.1).

    No `w:updateFields`: Word would ask every reader whether to update; results are right already.
    """
    return (
        f'<w:settings {declarations("w")}><w:zoom w:percent="100"/>'
        '<w:defaultTabStop w:val="709"/><w:characterSpacingControl w:val="doNotCompress"/>'
        '<w:footnotePr><w:footnote w:id="-1"/><w:footnote w:id="0"/></w:footnotePr>'
        f'<w:compat><w:compatSetting w:name="compatibilityMode" w:uri="{_OFFICE}" '
        f'w:val="{_WORD_2013}"/>'
        '<w:compatSetting w:name="overrideTableStyleFontSizeAndJustification" '
        f'w:uri="{_OFFICE}" w:val="1"/><w:compatSetting w:name="enableOpenTypeFeatures" '
        f'w:uri="{_OFFICE}" w:val="1"/><w:compatSetting w:name="doNotFlipMirrorIndents" '
        f'w:uri="{_OFFICE}" w:val="1"/></w:compat>'
        f"<w:themeFontLang {language_attributes(writing.lang)}/>"
        '<w:decimalSymbol w:val="."/><w:listSeparator w:val=","/></w:settings>'
    )


# What a program goes by that lacks a font (17.8.3): its classification by PANOSE, its family, its
# pitch. Of fonts that come with Word or have its widths.
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


def fonts_part(writing: Writing) -> str:
    """Return the fonts of the house, each with the font of equal widths that may stand for it."""
    found = writing.styles.house.fonts
    pairs = {font.stands_for or font.family: font.family for font in found.values()}
    code = found["code"].stands_for or found["code"].family
    script = script_font(writing.lang)
    pairs |= {name: name for name in (script, "Cambria Math") if name and name not in pairs}
    fonts = [_font(name, other, name == code) for name, other in sorted(pairs.items())]
    return f"<w:fonts {declarations('w')}>{''.join(fonts)}</w:fonts>"


def _font(name: str, other: str, code: bool) -> str:
    """Return one font, its children in the order of the schema (17.8.3.10)."""
    alternative = f'<w:altName w:val="{escape(other)}"/>' if other != name else ""
    panose, family, pitch = _FONTS.get(name, ("", *(_CODE if code else ("auto", "variable"))))
    classified = f'<w:panose1 w:val="{panose}"/>' if panose else ""
    return (
        f'<w:font w:name="{escape(name)}">{alternative}{classified}<w:family w:val="{family}"/>'
        f'<w:pitch w:val="{pitch}"/></w:font>'
    )


def footnotes_part(writing: Writing) -> str:
    """Return all footnotes after the two separators that Word wants first (17.11.23)."""
    separators = "".join(
        [
            f'<w:footnote w:type="{kind}" w:id="{identity}"><w:p><w:pPr><w:spacing w:after="0" '
            f'w:line="240" w:lineRule="auto"/></w:pPr><w:r><w:{mark}/></w:r></w:p></w:footnote>'
            for kind, identity, mark in (
                ("separator", -1, "separator"),
                ("continuationSeparator", 0, "continuationSeparator"),
            )
        ]
    )
    names = declarations("w", "m", "r", "wp", "a", "c", "pic", "asvg")
    return f"<w:footnotes {names}>{separators}{''.join(writing.footnotes)}</w:footnotes>"

"""settings.xml, fontTable.xml and the frame of footnotes.xml."""

from __future__ import annotations

from pipeline.ooxml import declarations, escape
from pipeline.writers.docx.runs import language_attributes
from pipeline.writers.docx.writing import Writing

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


def fonts_part(writing: Writing) -> str:
    """Return the fonts of the house, each with the font of equal widths that may stand for it."""
    pairs = {
        (font.stands_for or font.family): font.family
        for font in writing.styles.house.fonts.values()
    }
    fonts = [_font(name, other if other != name else "") for name, other in sorted(pairs.items())]
    return f"<w:fonts {declarations('w')}>{''.join(fonts)}</w:fonts>"


def _font(name: str, other: str) -> str:
    alternative = f'<w:altName w:val="{escape(other)}"/>' if other else ""
    return f'<w:font w:name="{escape(name)}">{alternative}</w:font>'


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

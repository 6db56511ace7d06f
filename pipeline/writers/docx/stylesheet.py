"""styles.xml, built from the house style: lean, under Word's own style names."""

from __future__ import annotations

from ...language.direction import is_right_to_left
from ...ooxml import STYLE_NAMES, declarations, escape
from ...styles import Font, House
from .design import rules
from .rule import Rule, hexadecimal
from .runs import (
    is_east_asian,
    language_attributes,
    script_font,
)
from .writing import Writing


def styles_part(writing: Writing) -> str:
    house = writing.styles.house
    styles = [
        _style(rule, house, writing.lang)
        for rule in rules(house, writing.text_width, writing.right_to_left)
    ]
    return (
        f"<w:styles {declarations('w')}>{_defaults(house, writing.lang)}{_NO_LIST}"
        f"{''.join(styles)}{_TABLE_NORMAL}{_table_style(house)}</w:styles>"
    )


def _word_font(font: Font) -> str:
    """Return the font of Word users whose widths the house's font has: Calibri for Carlito."""
    return font.stands_for or font.family


def fonts(font: Font, lang: str) -> str:
    """Return `w:rFonts` (17.3.2.26): one font each for four groups of scripts."""
    name = escape(_word_font(font))
    script = script_font(lang)
    east_asian = script if is_east_asian(lang) else name
    complex_script = script if is_right_to_left(lang) else name
    return (
        f'<w:rFonts w:ascii="{name}" w:hAnsi="{name}" w:eastAsia="{east_asian}" '
        f'w:cs="{complex_script}"/>'
    )


def _half_points(points: float) -> int:
    return round(points * 2)


def _defaults(house: House, lang: str) -> str:
    size = _half_points(house.sizes["body"])
    return (
        f"<w:docDefaults><w:rPrDefault><w:rPr>{fonts(house.fonts['body'], lang)}"
        f'<w:color w:val="{hexadecimal(house, "text")}"/><w:sz w:val="{size}"/>'
        f'<w:szCs w:val="{size}"/><w:lang {language_attributes(lang)}/></w:rPr></w:rPrDefault>'
        "<w:pPrDefault><w:pPr/></w:pPrDefault></w:docDefaults>"
    )


def _style(rule: Rule, house: House, lang: str) -> str:
    """Return one style, its children in the order of the schema (17.7.4.17)."""
    kind = "character" if rule.character else "paragraph"
    default = ' w:default="1"' if rule.id in ("Normal", "DefaultParagraphFont") else ""
    custom = "" if rule.built_in else ' w:customStyle="1"'
    name = STYLE_NAMES.get(rule.id, "Default Paragraph Font")
    parts = [f'<w:name w:val="{name}"/>']
    if rule.based_on:
        parts.append(f'<w:basedOn w:val="{rule.based_on}"/>')
    if rule.next:
        parts.append(f'<w:next w:val="{rule.next}"/>')
    parts.append(f'<w:uiPriority w:val="{rule.priority}"/>')
    if rule.id == "DefaultParagraphFont":
        parts.append("<w:semiHidden/>")
    if not rule.hidden:
        parts.append("<w:qFormat/>")
    paragraph = _paragraph_properties(rule, lang)
    run = _run_properties(rule, house, lang)
    content = "".join(parts) + paragraph + run
    return f'<w:style w:type="{kind}"{default}{custom} w:styleId="{rule.id}">{content}</w:style>'


def _paragraph_properties(rule: Rule, lang: str) -> str:
    """Return `w:pPr`, its children in the order of the schema (17.3.1.26)."""
    bidi = ""
    if rule.id == "Normal" and is_right_to_left(lang):
        bidi = "<w:bidi/>"
    elif rule.left_to_right and is_right_to_left(lang):
        bidi = '<w:bidi w:val="0"/>'
    outline = f'<w:outlineLvl w:val="{rule.outline}"/>' if rule.outline is not None else ""
    parts = [
        "<w:keepNext/>" if rule.keep_next else "",
        "<w:keepLines/>" if rule.keep_lines else "",
        "<w:widowControl/>" if rule.id == "Normal" else "",
        rule.numbers,
        f"<w:pBdr>{rule.borders}</w:pBdr>" if rule.borders else "",
        f'<w:shd w:val="clear" w:color="auto" w:fill="{rule.fill}"/>' if rule.fill else "",
        f"<w:tabs>{rule.tabs}</w:tabs>" if rule.tabs else "",
        bidi,
        f"<w:spacing {rule.spacing}/>" if rule.spacing else "",
        f"<w:ind {rule.indent}/>" if rule.indent else "",
        "<w:contextualSpacing/>" if rule.contextual else "",
        outline,
    ]
    content = "".join(parts)
    return f"<w:pPr>{content}</w:pPr>" if content else ""


def _run_properties(rule: Rule, house: House, lang: str) -> str:
    """Return `w:rPr`, its children in the order of the schema (17.3.2.28)."""
    size = _half_points(rule.size) if rule.size else 0
    italics = "<w:i/>" if is_right_to_left(lang) else "<w:i/><w:iCs/>"
    if is_east_asian(lang) and not rule.character:  # a script without italics
        italics = ""
    parts = [
        fonts(house.fonts[rule.font], lang) if rule.font else "",
        "<w:b/><w:bCs/>" if rule.bold else "",
        italics if rule.italic else "",
        '<w:i w:val="0"/><w:iCs w:val="0"/>' if rule.upright else "",
        "<w:noProof/>" if rule.font == "code" else "",
        f'<w:color w:val="{rule.colour}"/>' if rule.colour else "",
        f'<w:sz w:val="{size}"/><w:szCs w:val="{size}"/>' if size else "",
        '<w:u w:val="single"/>' if rule.underline else "",
        f'<w:vertAlign w:val="{rule.position}"/>' if rule.position else "",
    ]
    content = "".join(parts)
    return f"<w:rPr>{content}</w:rPr>" if content else ""


def _table_style(house: House) -> str:
    """Return the house's table: rules above and below the head, hair lines between rows."""
    accent = f'w:val="single" w:sz="8" w:space="0" w:color="{hexadecimal(house, "accent")}"'
    rule = f'w:val="single" w:sz="4" w:space="0" w:color="{hexadecimal(house, "rule")}"'
    return (
        '<w:style w:type="table" w:customStyle="1" w:styleId="BriefTable">'
        '<w:name w:val="Brief Table"/><w:basedOn w:val="TableNormal"/><w:uiPriority w:val="59"/>'
        f"<w:qFormat/><w:tblPr><w:tblBorders><w:top {accent}/><w:bottom {accent}/>"
        f'<w:insideH {rule}/></w:tblBorders><w:tblCellMar><w:top w:w="57" w:type="dxa"/>'
        '<w:left w:w="85" w:type="dxa"/><w:bottom w:w="57" w:type="dxa"/>'
        '<w:right w:w="85" w:type="dxa"/></w:tblCellMar></w:tblPr>'
        '<w:tblStylePr w:type="firstRow"><w:tblPr/><w:tcPr><w:tcBorders>'
        f'<w:bottom {accent}/></w:tcBorders><w:vAlign w:val="bottom"/></w:tcPr></w:tblStylePr>'
        "</w:style>"
    )


_NO_LIST = (
    '<w:style w:type="numbering" w:default="1" w:styleId="NoList"><w:name w:val="No List"/>'
    '<w:uiPriority w:val="99"/><w:semiHidden/><w:unhideWhenUsed/></w:style>'
)
_TABLE_NORMAL = (
    '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/>'
    '<w:uiPriority w:val="99"/><w:semiHidden/><w:unhideWhenUsed/><w:tblPr>'
    '<w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar><w:top w:w="0" w:type="dxa"/>'
    '<w:left w:w="108" w:type="dxa"/><w:bottom w:w="0" w:type="dxa"/>'
    '<w:right w:w="108" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>'
)

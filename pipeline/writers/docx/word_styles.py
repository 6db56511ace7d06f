"""The house's styles in a Word file: made by python-docx, under Word's own style names."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT, WD_TAB_LEADER
from docx.shared import Pt, RGBColor, Twips
from docx.styles.style import ParagraphStyle
from docx.text.font import Font as RunFont
from docx.text.parfmt import ParagraphFormat

from ...direction import is_right_to_left
from ...ooxml import w
from ...styles import Font, House
from ...xml import Attributes, Element
from .languages import is_complex, is_east_asian, language_attributes, script_font
from .package import parsed
from .schema import child_of, insert
from .style_rule import Border, StyleRule, hexadecimal

_DEFAULTS = ("Normal", "DefaultParagraphFont")


def add_style(
    styles: Any, rule: StyleRule, name: str, ids: Mapping[str, str], house: House, lang: str
) -> None:
    """Add one style under a name; `ids` are those of the file for each of ours."""
    kind = WD_STYLE_TYPE.CHARACTER if rule.character else WD_STYLE_TYPE.PARAGRAPH
    added = styles.add_style_of_type(name, kind, rule.built_in)
    added.styleId = ids[rule.id]
    if rule.id in _DEFAULTS:
        added.default = True
    if rule.based_on:
        added.basedOn_val = ids[rule.based_on]
    if rule.next:
        insert(added, parsed(w("next", val=ids[rule.next])))
    added.uiPriority_val = rule.priority
    added.semiHidden_val = rule.id == "DefaultParagraphFont"
    added.qFormat_val = not rule.hidden
    style = ParagraphStyle(added)
    if not rule.character:
        _format_paragraph(style.paragraph_format, rule)
        _add_properties(added, rule, lang)
    _format_runs(style.font, added, rule, house, lang)


def _format_paragraph(properties: ParagraphFormat, rule: StyleRule) -> None:
    _set(
        properties,
        keep_with_next=rule.keep_next or None,
        keep_together=rule.keep_lines or None,
        widow_control=rule.id == "Normal" or None,
        alignment=WD_ALIGN_PARAGRAPH.LEFT if rule.from_start else None,
        space_before=_twips(rule.before),
        space_after=_twips(rule.after),
        line_spacing=rule.line / 240 if rule.line else None,
        left_indent=_twips(rule.left),
        right_indent=_twips(rule.right),
        first_line_indent=_twips(rule.hanging and -rule.hanging),
    )
    for tab in rule.tabs:
        leader = WD_TAB_LEADER.DOTS if tab.dotted else WD_TAB_LEADER.SPACES
        properties.tab_stops.add_tab_stop(
            Twips(tab.position), WD_TAB_ALIGNMENT[tab.kind.upper()], leader
        )


def _set(owner: object, **values: object) -> None:
    """Set what is not None: python-docx would leave an empty element of what is."""
    for name, value in values.items():
        if value is not None:
            setattr(owner, name, value)


def _twips(value: int | None) -> Twips | None:
    return None if value is None else Twips(value)


def _add_properties(style: Any, rule: StyleRule, lang: str) -> None:
    """Add the properties of paragraphs that python-docx does not know."""
    found = []
    if rule.borders:
        found.append(borders(rule.borders))
    if rule.fill:
        found.append(w("shd", val="clear", color="auto", fill=rule.fill))
    if is_right_to_left(lang) and (rule.id == "Normal" or rule.left_to_right):
        found.append(w("bidi", val="0" if rule.left_to_right else None))
    if rule.outline is not None:
        found.append(w("outlineLvl", val=rule.outline))
    for element in found:
        insert(child_of(style, "w:pPr"), parsed(element))


def borders(found: tuple[Border, ...]) -> Element:
    """Return the borders of a paragraph (17.3.1.24)."""
    return w(
        "pBdr",
        *(
            w(border.side, val="single", sz=border.size, space=border.space, color=border.colour)
            for border in found
        ),
    )


def _format_runs(font: RunFont, style: Any, rule: StyleRule, house: House, lang: str) -> None:
    slanted = rule.italic and (
        rule.character or not is_east_asian(lang)
    )  # a script without italics
    _set(
        font,
        bold=rule.bold or None,
        cs_bold=rule.bold or None,
        italic=False if rule.upright else slanted or None,
        cs_italic=False if rule.upright else (slanted and not is_right_to_left(lang)) or None,
        no_proof=rule.font == "code" or None,
        size=Pt(rule.size) if rule.size else None,
        underline=rule.underline or None,
        superscript=rule.position == "superscript" or None,
    )
    if rule.colour:
        font.color.rgb = RGBColor.from_string(rule.colour)
    if rule.font:
        insert(child_of(style, "w:rPr"), parsed(fonts(house.fonts[rule.font], lang)))
    if rule.size:
        insert(child_of(style, "w:rPr"), parsed(w("szCs", val=half_points(rule.size))))


def fonts(font: Font, lang: str) -> Element:
    """Return `w:rFonts` (17.3.2.26): one font each for four groups of scripts.

    The house's font stands for one that Word users have, with the same widths: Carlito for Calibri.
    """
    name, script = font.stands_for or font.family, script_font(lang)
    return w(
        "rFonts",
        ascii=name,
        hAnsi=name,
        eastAsia=script if is_east_asian(lang) else name,
        cs=script if is_complex(lang) else name,
    )


def half_points(points: float) -> int:
    return round(points * 2)


def document_defaults(house: House, lang: str) -> Element:
    size = half_points(house.sizes["body"])
    properties = w(
        "rPr",
        fonts(house.fonts["body"], lang),
        w("color", val=hexadecimal(house, "text")),
        w("sz", val=size),
        w("szCs", val=size),
        w("lang", **language_attributes(lang)),
    )
    return w("docDefaults", w("rPrDefault", properties), w("pPrDefault", w("pPr")))


# Tables: python-docx has no way to say what a style of tables looks like --------------------------


def table_style(house: House, identity: str, base: str) -> Element:
    """Return the house's table: rules above and below the head, hair lines between rows.

    It has the look of our cells, for tables that are added in Word: their paragraphs are "Normal".
    """
    size = half_points(house.sizes["small"] + 1)
    accent: Attributes = {
        "val": "single",
        "sz": 8,
        "space": 0,
        "color": hexadecimal(house, "accent"),
    }
    rule: Attributes = {"val": "single", "sz": 4, "space": 0, "color": hexadecimal(house, "rule")}
    head = w("tcPr", w("tcBorders", w("bottom", **accent)), w("vAlign", val="bottom"))
    lines = w("tblBorders", w("top", **accent), w("bottom", **accent), w("insideH", **rule))
    return w(
        "style",
        w("name", val="Brief Table"),
        w("basedOn", val=base),
        w("uiPriority", val=59),
        w("qFormat"),
        w("pPr", w("spacing", before=0, after=0, line=252, lineRule="auto")),
        w("rPr", w("sz", val=size), w("szCs", val=size)),
        w("tblPr", lines, _cell_margins(57, 85)),
        w(
            "tblStylePr",
            w("pPr", w("keepNext")),
            w("rPr", w("b"), w("bCs")),
            w("tblPr"),
            head,
            type="firstRow",
        ),
        type="table",
        customStyle=1,
        styleId=identity,
    )


def key_figures_style(house: House, identity: str, base: str) -> Element:
    """Return the table of key figures: a rule above, and nothing between."""
    accent: Attributes = {
        "val": "single",
        "sz": 8,
        "space": 0,
        "color": hexadecimal(house, "accent"),
    }
    return w(
        "style",
        w("name", val="Key Figures Table"),
        w("basedOn", val=base),
        w("uiPriority", val=59),
        w("qFormat"),
        w("tblPr", w("tblBorders", w("top", **accent)), _cell_margins(113, 0)),
        type="table",
        customStyle=1,
        styleId=identity,
    )


def _cell_margins(vertical: int, horizontal: int) -> Element:
    return w(
        "tblCellMar",
        w("top", w=vertical, type="dxa"),
        w("left", w=horizontal, type="dxa"),
        w("bottom", w=vertical, type="dxa"),
        w("right", w=horizontal, type="dxa"),
    )


def _default_style(kind: str, identity: str, name: str, *properties: Element) -> Element:
    unseen = (w("uiPriority", val=99), w("semiHidden"), w("unhideWhenUsed"))
    named = w("name", val=name)
    return w("style", named, *unseen, *properties, type=kind, default=1, styleId=identity)


NO_LIST = _default_style("numbering", "NoList", "No List")
TABLE_NORMAL = _default_style(
    "table",
    "TableNormal",
    "Normal Table",
    w("tblPr", w("tblInd", w=0, type="dxa"), _cell_margins(0, 108)),
)

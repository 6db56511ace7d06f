"""The styles of a template and those of the house as one: its own by name, then what it lacks."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from ....direction import is_right_to_left
from ....ooxml import STYLE_NAMES, qualified, w
from ....styles import House
from ..design import rules
from ..languages import language_attributes
from ..package import parsed
from ..schema import child_of, insert
from ..style_rule import StyleRule
from ..word_styles import (
    NO_LIST,
    TABLE_NORMAL,
    add_style,
    document_defaults,
    key_figures_style,
    table_style,
)
from .style_names import english_names

_VALUE, _ID, _TYPE = qualified("w:val"), qualified("w:styleId"), qualified("w:type")
_DEFAULT = qualified("w:default")
_TABLES = {"BriefTable": "Brief Table", "KeyFiguresTable": "Key Figures Table"}
_AS_TEXT = ("Normal", "BodyText", "ListBullet", "ListNumber", "ListContinue")  # look as its text


class StyleIds(Struct, frozen=True):
    """The ids that a file has for our styles, by our ids."""

    ids: Mapping[str, str]
    own: frozenset[str]  # our ids of those that the file brought


def missing_names(styles: Any, house: House) -> list[str]:
    """Return the names of the house's styles that a template lacks."""
    known = _by_name(styles)
    names = {
        STYLE_NAMES[rule.id]: "character" if rule.character else "paragraph"
        for rule in rules(house, 0, False)
        if rule.id in STYLE_NAMES and rule.id != "Normal"  # the default style stands for it
    }
    names |= dict.fromkeys(_TABLES.values(), "table")
    return [name for name, kind in names.items() if (kind, name.casefold()) not in known]


def merge_styles(styles: Any, house: House, text_width: int, lang: str, gutter: int) -> StyleIds:
    """Add to the styles of a file what it lacks of ours, and give it the brief's language."""
    if len(styles) == 0:
        styles.append(parsed(document_defaults(house, lang)))
    known, taken = _by_name(styles), {style.get(_ID, "") for style in _styles(styles)}
    own: dict[str, str] = {}
    free: dict[str, str] = {}

    def found(identity: str, kind: str, name: str, default: bool) -> Any:
        style = known.get((kind, name.casefold()))
        if style is None and default:
            style = _default(styles, kind)
        if style is None:
            free[identity] = next(i for i in _candidates(identity) if i not in taken)
            taken.add(free[identity])
        else:
            own[identity] = style.get(_ID)
        return style

    added: list[tuple[StyleRule, str]] = []
    ours = {rule.id: rule for rule in rules(house, text_width, is_right_to_left(lang), gutter)}
    for rule in ours.values():
        name = STYLE_NAMES.get(rule.id, "Default Paragraph Font")
        kind = "character" if rule.character else "paragraph"
        style = found(rule.id, kind, name, rule.id in ("Normal", "DefaultParagraphFont"))
        if style is None:
            added.append((rule, name))
        else:
            _make_built_in(style, name)
    lists = found("NoList", "numbering", "No List", True)
    normal_table = found("TableNormal", "table", "Normal Table", True)
    tables = [name for name in _TABLES if found(name, "table", _TABLES[name], False) is None]
    ids = own | free
    names = {_name(style).casefold() for style in _styles(styles)}
    if lists is None:
        styles.append(parsed(NO_LIST))
    for rule, name in added:
        # A style of another type may have the name.
        unique = f"{name} Brief" if name.casefold() in names else name
        if "Normal" in own:
            rule = _independent(rule, ours)
        add_style(styles, rule, unique, ids, house, lang)
    if normal_table is None:
        styles.append(parsed(TABLE_NORMAL))
    for name in tables:
        make = table_style if name == "BriefTable" else key_figures_style
        styles.append(parsed(make(house, ids[name], ids["TableNormal"])))
    _set_language(styles, lang)
    return StyleIds(ids, frozenset(own))


def _independent(rule: StyleRule, ours: Mapping[str, StyleRule]) -> StyleRule:
    """Return a style with indents, spaces and alignment of its own.

    Those of a file's "Normal" are meant for its text, and would spoil captions and cells.
    """
    if rule.character or rule.id in _AS_TEXT:
        return rule
    line: list[StyleRule] = [rule]
    while line[-1].based_on:
        line.append(ours[line[-1].based_on])

    def value(name: str) -> Any:
        return next((v for each in line if (v := getattr(each, name)) is not None), 0)

    names = ("before", "after", "line") + (() if rule.numbered else ("left", "right", "hanging"))
    return replace(rule, from_start=True, **{name: value(name) for name in names})


def _styles(root: Any) -> Iterator[Any]:
    yield from root.iterchildren(qualified("w:style"))


def _name(style: Any) -> str:
    found = style.find(qualified("w:name"))
    return found.get(_VALUE, "") if found is not None else ""


def _by_name(root: Any) -> dict[tuple[str, str], Any]:
    """Return styles by type and name in small letters; a name in other words never hides one."""
    found: dict[tuple[str, str], Any] = {}
    local = english_names()
    styles = []
    for style in _styles(root):
        aliases = style.find(qualified("w:aliases"))
        others = aliases.get(_VALUE, "").split(",") if aliases is not None else []
        styles.append((style, style.get(_TYPE, "paragraph"), _name(style), others))
    for names_of in (
        lambda name, others: [name],
        lambda name, others: others,
        lambda name, others: [local.get(x.strip().casefold(), "") for x in (name, *others)],
    ):
        for style, kind, name, others in styles:
            for called in filter(None, names_of(name, others)):
                found.setdefault((kind, called.strip().casefold()), style)
    return found


def _default(root: Any, kind: str) -> Any | None:
    """Return the style that is the default of its type, whatever it is called."""
    defaults = (s for s in _styles(root) if s.get(_TYPE) == kind and s.get(_DEFAULT))
    return next((s for s in defaults if s.get(_DEFAULT) in ("1", "true", "on")), None)


def _candidates(identity: str) -> Iterator[str]:
    yield identity
    number = 1
    while True:
        yield f"{identity}Brief{number}"
        number += 1


def _make_built_in(style: Any, name: str) -> None:
    """Give a style Word's own name in place of a localised one; headings say their level."""
    element = style.find(qualified("w:name"))
    old = element.get(_VALUE, "")
    if english_names().get(old.casefold()) == name.casefold() and old.casefold() != name.casefold():
        element.set(_VALUE, name)
        style.attrib.pop(qualified("w:customStyle"), None)
        if style.find(qualified("w:aliases")) is None:
            insert(style, parsed(w("aliases", val=old)))
    if level := re.fullmatch("heading ([1-9])", name):
        properties = child_of(style, "w:pPr")
        if properties.find(qualified("w:outlineLvl")) is None:
            insert(properties, parsed(w("outlineLvl", val=int(level[1]) - 1)))


def _set_language(styles: Any, lang: str) -> None:
    """Give the text the language and the direction of the brief."""
    normal = _default(styles, "paragraph")
    run = child_of(child_of(child_of(styles, "w:docDefaults"), "w:rPrDefault"), "w:rPr")
    places = [run]
    if normal is not None:
        places += normal.iterchildren(qualified("w:rPr"))
    for properties in places:
        properties.remove_all("w:lang")
    insert(run, parsed(w("lang", **language_attributes(lang))))
    if normal is not None and is_right_to_left(lang):
        properties = child_of(normal, "w:pPr")
        if properties.find(qualified("w:bidi")) is None:
            insert(properties, parsed(w("bidi")))

"""The styles of the house and those of a reference docx as one: its own by name, then the rest."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from lxml import etree

from ....ooxml import qualified
from .style_names import english_names

_VALUE, _ID, _TYPE = qualified("w:val"), qualified("w:styleId"), qualified("w:type")
_POINTERS = tuple(qualified(f"w:{name}") for name in ("basedOn", "next", "link"))
_AFTER_OUTLINE = tuple(
    qualified(f"w:{name}") for name in ("divId", "cnfStyle", "rPr", "sectPr", "pPrChange")
)
_AFTER_BIDI = tuple(
    qualified(f"w:{name}")
    for name in (
        "adjustRightInd",
        "snapToGrid",
        "spacing",
        "ind",
        "contextualSpacing",
        "mirrorIndents",
        "suppressOverlap",
        "jc",
        "textDirection",
        "textAlignment",
        "textboxTightWrap",
        "outlineLvl",
        "divId",
        "cnfStyle",
        "rPr",
        "sectPr",
        "pPrChange",
    )
)


def missing_names(theirs: Any, names: Mapping[str, str]) -> list[str]:
    """Return which styles, given as type by name, a reference docx lacks."""
    known = _by_name(theirs)
    return [name for name, kind in names.items() if (kind, name.casefold()) not in known]


def join_styles(theirs: Any, ours: Any, lang: str, right_to_left: bool) -> dict[str, str]:
    """Add to their styles what they lack of ours; return their id for each id of ours."""
    known = _by_name(theirs)
    taken = {style.get(_ID, "") for style in _styles(theirs)}
    names = {_name(style).casefold() for style in _styles(theirs)}
    identities: dict[str, str] = {}
    added = []
    for style in _styles(ours):
        name, kind = _name(style), style.get(_TYPE, "")
        found = known.get((kind, name.casefold()))
        if found is None and style.get(qualified("w:default")):
            found = _default(theirs, kind)
        if found is not None:
            identities[style.get(_ID)] = found.get(_ID)
            _make_built_in(found, name)
            continue
        new: Any = etree.fromstring(etree.tostring(style))
        identity = next(i for i in _candidates(style.get(_ID)) if i not in taken)
        taken.add(identity)
        if name.casefold() in names:  # one of another type bears it
            new.find(qualified("w:name")).set(_VALUE, f"{name} Brief")
        identities[style.get(_ID)] = identity
        new.set(_ID, identity)
        added.append(new)
    for new in added:
        for pointer in new.iter(*_POINTERS):
            pointer.set(_VALUE, identities.get(pointer.get(_VALUE), pointer.get(_VALUE)))
        for numbers in list(new.iter(qualified("w:numPr"))):
            numbers.getparent().remove(numbers)  # headings say their numbers themselves
        theirs.append(new)
    _set_language(theirs, ours, right_to_left)
    return identities


def _styles(root: Any) -> Iterator[Any]:
    yield from root.iterchildren(qualified("w:style"))


def _name(style: Any) -> str:
    found = style.find(qualified("w:name"))
    return found.get(_VALUE, "") if found is not None else ""


def _by_name(root: Any) -> dict[tuple[str, str], Any]:
    """Return styles by type and name in small letters; a name in other words never hides one."""
    found: dict[tuple[str, str], Any] = {}
    local = english_names()
    for way in range(3):
        for style in _styles(root):
            kind = style.get(_TYPE, "paragraph")
            aliases = style.find(qualified("w:aliases"))
            others = aliases.get(_VALUE, "").split(",") if aliases is not None else []
            names = (
                [_name(style)],
                others,
                [local.get(word.strip().casefold(), "") for word in (_name(style), *others)],
            )[way]
            for name in filter(None, names):
                found.setdefault((kind, name.strip().casefold()), style)
    return found


def _default(root: Any, kind: str) -> Any | None:
    """Return the style that is the default of its type, whatever it is called."""
    defaults = (s for s in _styles(root) if s.get(_TYPE) == kind and s.get(qualified("w:default")))
    return next((s for s in defaults if s.get(qualified("w:default")) in ("1", "true", "on")), None)


def _candidates(identity: str) -> Iterator[str]:
    yield identity
    number = 1
    while True:
        yield f"{identity}Brief{number}"
        number += 1


def _make_built_in(style: Any, name: str) -> None:
    """Give a style Word's own name where it bears a localised one; headings say their level."""
    element = style.find(qualified("w:name"))
    old = element.get(_VALUE, "")
    if english_names().get(old.casefold()) == name.casefold() and old.casefold() != name.casefold():
        element.set(_VALUE, name)
        style.attrib.pop(qualified("w:customStyle"), None)
        if style.find(qualified("w:aliases")) is None:
            element.addnext(etree.Element(qualified("w:aliases"), {_VALUE: old}))
    level = re.fullmatch("heading ([1-9])", name)
    if level:
        _put(style, "outlineLvl", {_VALUE: str(int(level[1]) - 1)}, _AFTER_OUTLINE)


def _put(style: Any, name: str, attributes: dict[str, str], after: tuple[str, ...]) -> None:
    """Put a paragraph property into a style that lacks it, in the order of the schema."""
    properties = style.find(qualified("w:pPr"))
    if properties is None:
        properties = etree.Element(qualified("w:pPr"))
        following = ("rPr", "tblPr", "trPr", "tcPr", "tblStylePr")
        found = (style.find(qualified(f"w:{other}")) for other in following)
        run = next((element for element in found if element is not None), None)
        if run is not None:
            run.addprevious(properties)
        else:
            style.append(properties)
    if properties.find(qualified(f"w:{name}")) is None:
        new = etree.Element(qualified(f"w:{name}"), attributes)
        following_property = next((x for x in properties if x.tag in after), None)
        if following_property is not None:
            following_property.addprevious(new)
        else:
            properties.append(new)


def _set_language(theirs: Any, ours: Any, right_to_left: bool) -> None:
    """Give the text the language and the direction of the brief."""
    path = "/".join(qualified(f"w:{name}") for name in ("docDefaults", "rPrDefault", "rPr"))
    lang = ours.find(f"{path}/{qualified('w:lang')}")
    normal = _default(theirs, "paragraph")
    for language in theirs.iterfind(f"{path}/{qualified('w:lang')}"):
        language.getparent().remove(language)
    defaults = theirs.find(qualified("w:docDefaults"))
    if defaults is None:
        defaults = etree.Element(qualified("w:docDefaults"))
        theirs.insert(0, defaults)
    run_default = _child(defaults, "rPrDefault", 0)
    run = _child(run_default, "rPr", 0)
    after = (qualified("w:eastAsianLayout"), qualified("w:specVanish"))
    late = next((child for child in run if child.tag in after), None)
    new = etree.Element(qualified("w:lang"), dict(lang.attrib))
    run.append(new) if late is None else late.addprevious(new)
    if normal is not None:
        for language in list(normal.iterfind(f"{qualified('w:rPr')}/{qualified('w:lang')}")):
            language.getparent().remove(language)
        if right_to_left:
            _put(normal, "bidi", {}, _AFTER_BIDI)


def _child(parent: Any, name: str, position: int) -> Any:
    found = parent.find(qualified(f"w:{name}"))
    if found is None:
        found = etree.Element(qualified(f"w:{name}"))
        parent.insert(position, found)
    return found

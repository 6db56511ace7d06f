"""Lists and footnotes of a brief after those of a reference docx."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from lxml import etree

from ....ooxml import qualified
from .opened import Parts, as_number, relation_kind

_VALUE, _ID = qualified("w:val"), qualified("w:id")
_ABSTRACT, _ABSTRACT_ID = qualified("w:abstractNum"), qualified("w:abstractNumId")
_NUM, _NUM_ID = qualified("w:num"), qualified("w:numId")
_AFTER_FOOTNOTES = tuple(
    qualified(f"w:{name}")
    for name in (
        "endnotePr",
        "compat",
        "docVars",
        "rsids",
        "attachedSchema",
        "themeFontLang",
        "clrSchemeMapping",
        "doNotIncludeSubdocsInStats",
        "doNotAutoCompressPictures",
        "forceUpgrade",
        "captions",
        "readModeInkLockDown",
        "smartTagType",
        "shapeDefaults",
        "doNotEmbedSmartTags",
        "decimalSymbol",
        "listSeparator",
    )
)


def join_numbering(theirs: Parts, ours: Parts, roots: list[Any]) -> None:
    """Add our lists; a heading of ours says its list itself, so no level is tied to a style."""
    own = ours.tree(ours.target(ours.main, "numbering"))
    for tied in list(own.iter(qualified("w:pStyle"))):
        tied.getparent().remove(tied)
    name = theirs.target(theirs.main, "numbering")
    if not name:
        name = "word/numberingBrief.xml"
        theirs.put(name, etree.tostring(own), ours.types[ours.target(ours.main, "numbering")])
        theirs.relate(theirs.main, "rIdBriefNumbering", relation_kind("numbering"), name)
        return
    root = theirs.tree(name)
    abstract = 1 + max((as_number(x.get(_ABSTRACT_ID)) for x in root.iter(_ABSTRACT)), default=-1)
    highest = max((as_number(x.get(_NUM_ID)) for x in root.iter(_NUM)), default=0)
    for found in own.iter(_ABSTRACT):
        found.set(_ABSTRACT_ID, str(as_number(found.get(_ABSTRACT_ID)) + abstract))
    for found in own.iter(_NUM):
        found.set(_NUM_ID, str(as_number(found.get(_NUM_ID)) + highest))
        used = found.find(_ABSTRACT_ID)
        used.set(_VALUE, str(as_number(used.get(_VALUE)) + abstract))
    for story in roots:
        for used in story.iter(_NUM_ID):
            if used.get(_VALUE) != "0":
                used.set(_VALUE, str(as_number(used.get(_VALUE)) + highest))
    first = next(root.iterchildren(_NUM), None)
    end = root.find(qualified("w:numIdMacAtCleanup"))
    for found in [*own.iterchildren(_ABSTRACT)]:
        anchor = first if first is not None else end
        root.append(found) if anchor is None else anchor.addprevious(found)
    for found in [*own.iterchildren(_NUM)]:
        root.append(found) if end is None else end.addprevious(found)


def join_footnotes(theirs: Parts, ours: Parts, relate: Callable[[Any, str], None]) -> None:
    """Add our footnotes; `relate` gives a root the relationships of a part of theirs."""
    source = ours.target(ours.main, "footnotes")
    own = ours.tree(source)
    name = theirs.target(theirs.main, "footnotes")
    if not name:
        name = "word/footnotesBrief.xml"
        theirs.put(name, b"", ours.types[source])
        theirs.relate(theirs.main, "rIdBriefFootnotes", relation_kind("footnotes"), name)
        theirs.replace(name, own)
        relate(own, name)
        _declare_separators(theirs, ours)
        return
    root = theirs.tree(name)
    note = qualified("w:footnote")
    highest = max((as_number(x.get(_ID)) for x in root.iter(note)), default=0)
    notes = [found for found in own.iter(note) if not found.get(qualified("w:type"))]
    for found in notes:
        found.set(_ID, str(as_number(found.get(_ID)) + highest))
        root.append(found)
    for called in ours.tree(ours.main).iter(qualified("w:footnoteReference")):
        called.set(_ID, str(as_number(called.get(_ID)) + highest))
    for found in notes:
        for called in found.iter(qualified("w:footnoteReference")):
            called.set(_ID, str(as_number(called.get(_ID)) + highest))
    if notes:
        holder = etree.Element("notes")
        holder.extend(notes)
        relate(holder, name)
        root.extend(notes)


def _declare_separators(theirs: Parts, ours: Parts) -> None:
    """Name the lines above footnotes in the settings, where Word looks for them (17.11.9)."""
    name = theirs.target(theirs.main, "settings")
    own = ours.target(ours.main, "settings")
    if not name:
        theirs.put("word/settingsBrief.xml", ours.contents[own], ours.types[own])
        theirs.relate(
            theirs.main, "rIdBriefSettings", relation_kind("settings"), "word/settingsBrief.xml"
        )
        return
    root = theirs.tree(name)
    if root.find(qualified("w:footnotePr")) is None:
        new = ours.tree(own).find(qualified("w:footnotePr"))
        following = next((x for x in root if x.tag in _AFTER_FOOTNOTES), None)
        root.append(new) if following is None else following.addprevious(new)

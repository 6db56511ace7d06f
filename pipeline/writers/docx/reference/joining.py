"""A written brief put into a reference docx: parts, ids and relationships without a clash."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from typing import Any

from lxml import etree

from ....ooxml import NAMESPACES, SOURCE_MAP, qualified
from .headings import number_headings, size_of
from .joined_notes import join_footnotes, join_numbering
from .joined_styles import join_styles
from .opened import (
    MAIN,
    Parts,
    as_number,
    is_external,
    relation_kind,
    resolved,
)

_VALUE, _ID = qualified("w:val"), qualified("w:id")
_RELATION = f"{{{NAMESPACES['r']}}}"
_IGNORABLE = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Ignorable"
_SOURCES = "http://schemas.openxmlformats.org/officeDocument/2006/bibliography"
_OWN = ("styles", "numbering", "settings", "fontTable", "footnotes", "header", "footer")
_STYLED = tuple(qualified(f"w:{name}") for name in ("pStyle", "rStyle", "tblStyle"))


def join(theirs: Parts, ours: Parts, lang: str, right_to_left: bool) -> list[Any]:
    """Bring all but the body over; return the blocks of the body, ready to be put in place."""
    main, own = theirs.main, ours.main
    theirs.types[main] = MAIN
    blocks = _blocks(ours.tree(own))
    roots = [ours.tree(name) for name in (own, *ours.targets(own, "footnotes"))]
    styles = _part(theirs, ours, "styles")
    identities: dict[str, str] = {}
    own_styles = ours.tree(ours.target(own, "styles"))
    their_styles = theirs.tree(styles) if styles else own_styles
    if styles:
        identities = join_styles(their_styles, own_styles, lang, right_to_left)

    def larger(name: str) -> float:
        return size_of(their_styles, identities.get(name, name)) / size_of(own_styles, name)

    number_headings(blocks, ours.tree(ours.target(own, "numbering")), larger)
    _renew_ids(theirs, roots)
    join_numbering(theirs, ours, roots)
    for root in (*roots, ours.tree(ours.target(own, "numbering"))):
        for element in root.iter(*_STYLED):
            element.set(_VALUE, identities.get(element.get(_VALUE), element.get(_VALUE)))
    _drop_sources(theirs, ours)
    renamed = _relate(theirs, ours, main, own)
    for block in blocks:
        _rename(block, renamed)
    notes = ours.target(own, "footnotes")
    join_footnotes(
        theirs, ours, lambda root, name: _rename(root, _relate(theirs, ours, name, notes))
    )
    _properties(theirs, ours)
    _clean_settings(theirs)
    return blocks


def _blocks(document: Any) -> list[Any]:
    """Return the blocks of our body; sections in between take their headers from those before."""
    body = document.find(qualified("w:body"))
    for name in ("headerReference", "footerReference"):
        for reference in list(body.iter(qualified(f"w:{name}"))):
            reference.getparent().remove(reference)
    return [child for child in body if child.tag != qualified("w:sectPr")]


def _part(theirs: Parts, ours: Parts, kind: str) -> str:
    """Return their part of a kind; where they have none, "" once ours has been brought over."""
    name = theirs.target(theirs.main, kind)
    if not name:
        source = ours.target(ours.main, kind)
        new = bring(theirs, ours, source, {})
        theirs.relate(theirs.main, f"rIdBrief{kind}", relation_kind(kind), new)
    return name


def _renew_ids(theirs: Parts, roots: list[Any]) -> None:
    """Let our bookmarks, drawings and content controls begin where theirs end."""
    others = [theirs.tree(name) for name in _stories(theirs)]
    start, end = qualified("w:bookmarkStart"), qualified("w:bookmarkEnd")
    highest = max((as_number(x.get(_ID)) for root in others for x in root.iter(start)), default=0)
    names = {x.get(qualified("w:name"), "").lower() for root in roots for x in root.iter(start)}
    for root in others:
        doubles = {
            x.get(_ID) for x in root.iter(start) if x.get(qualified("w:name"), "").lower() in names
        }
        for mark in [x for x in root.iter(start, end) if x.get(_ID) in doubles]:
            mark.getparent().remove(mark)
    for root in roots:
        for mark in root.iter(start, end):
            mark.set(_ID, str(as_number(mark.get(_ID)) + highest))
    drawing = f"{{{NAMESPACES['wp']}}}docPr"
    drawn = max((as_number(x.get("id")) for root in others for x in root.iter(drawing)), default=0)
    for root in roots:
        for shown in root.iter(drawing):
            shown.set("id", str(as_number(shown.get("id")) + drawn))
    control = f"{qualified('w:sdtPr')}/{qualified('w:id')}"
    taken = {x.get(_VALUE) for root in others for x in root.iterfind(f".//{control}")}
    for root in roots:
        for identity in root.iterfind(f".//{control}"):
            while identity.get(_VALUE) in taken:
                identity.set(_VALUE, str(as_number(identity.get(_VALUE)) + 1))
            taken.add(identity.get(_VALUE))


def _stories(parts: Parts) -> Iterator[str]:
    yield parts.main
    for kind in ("header", "footer", "footnotes", "endnotes"):
        yield from parts.targets(parts.main, kind)


# Parts and relationships -----------------------------------------------------------------------


def bring(theirs: Parts, ours: Parts, name: str, brought: dict[str, str]) -> str:
    """Copy a part of ours, with all it relates to, under a name that is free; return that."""
    if name in brought:
        return brought[name]
    stem, ending = posixpath.splitext(name)
    new, number = name, 1
    while new in theirs.contents:
        new, number = f"{stem}Brief{number}{ending}", number + 1
    brought[name] = new
    theirs.put(new, ours.content(name), ours.types[name])
    for relation in ours.relations(name):
        external = is_external(relation)
        target = (
            relation.get("Target")
            if external
            else bring(theirs, ours, resolved(name, relation), brought)
        )
        theirs.relate(
            new, relation.get("Id"), relation.get("Type"), target, "External" if external else ""
        )
    return new


def _relate(theirs: Parts, ours: Parts, target: str, source: str) -> dict[str, str]:
    """Bring over what a part of ours relates to; return the new ids by the old ones."""
    taken = {relation.get("Id") for relation in theirs.relations(target)}
    brought: dict[str, str] = {}
    renamed = {}
    for relation in ours.relations(source):
        kind = relation.get("Type", "")
        if kind.rpartition("/")[2] in _OWN:
            continue
        old = relation.get("Id")
        new, number = f"brief{old}", 1
        while new in taken:
            new, number = f"brief{number}{old}", number + 1
        taken.add(new)
        renamed[old] = new
        external = is_external(relation)
        where = (
            relation.get("Target")
            if external
            else bring(theirs, ours, resolved(source, relation), brought)
        )
        theirs.relate(target, new, kind, where, "External" if external else "")
    return renamed


def _rename(root: Any, renamed: dict[str, str]) -> None:
    for element in root.iter():
        for name, value in element.attrib.items():
            if name.startswith(_RELATION) and value in renamed:
                element.set(name, renamed[value])


def _drop_sources(theirs: Parts, ours: Parts) -> None:
    """Take out their source list where we bring one, and a source map of another brief."""
    ours_has = any(
        etree.QName(ours.tree(name)).namespace == _SOURCES
        for name in ours.targets(ours.main, "customXml")
    )
    for relation in list(theirs.relations(theirs.main)):
        if not relation.get("Type", "").endswith("/customXml") or is_external(relation):
            continue
        name = resolved(theirs.main, relation)
        namespace = etree.QName(theirs.tree(name)).namespace if name in theirs.contents else ""
        if namespace == SOURCE_MAP or (namespace == _SOURCES and ours_has):
            for described in list(theirs.targets(name, "customXmlProps")):
                theirs.drop(described)
            theirs.drop(name)
            relation.getparent().remove(relation)


def _properties(theirs: Parts, ours: Parts) -> None:
    """Give the file the properties of the brief; custom ones of theirs stay, a thumbnail goes."""
    for relation in list(theirs.relations("")):
        kind = relation.get("Type", "").rpartition("/")[2]
        if kind in ("core-properties", "extended-properties", "thumbnail"):
            theirs.drop(resolved("", relation))
            relation.getparent().remove(relation)
    custom = theirs.target("", "custom-properties")
    for relation in ours.relations(""):
        kind = relation.get("Type", "").rpartition("/")[2]
        source = resolved("", relation)
        if kind == "custom-properties" and custom:
            known = theirs.tree(custom)
            highest = max((as_number(found.get("pid")) for found in known), default=1)
            new = {found.get("name"): found for found in ours.tree(source)}
            for found in [found for found in known if found.get("name") in new]:
                known.remove(found)
            for number, found in enumerate(new.values(), highest + 1):
                found.set("pid", str(number))
                known.append(found)
        elif kind in ("core-properties", "extended-properties", "custom-properties"):
            name = bring(theirs, ours, source, {})
            theirs.relate("", f"rIdBrief{kind}", relation.get("Type"), name)


def _clean_settings(theirs: Parts) -> None:
    """Take out what leads back to the template's place, and what asks readers to update fields."""
    name = theirs.target(theirs.main, "settings")
    if not name:
        return
    for unwanted in ("attachedTemplate", "updateFields"):
        for element in list(theirs.tree(name).iter(qualified(f"w:{unwanted}"))):
            element.getparent().remove(element)
    for relation in list(theirs.relations(name)):
        if relation.get("Type", "").endswith("/attachedTemplate"):
            relation.getparent().remove(relation)


def with_namespaces(theirs: Any, ours: Any) -> Any:
    """Return their root with the namespaces of ours declared as well, and what may be ignored."""
    known = {prefix: uri for prefix, uri in ours.nsmap.items() if prefix} | theirs.nsmap
    if known == theirs.nsmap:
        return theirs
    root = etree.Element(theirs.tag, dict(theirs.attrib), nsmap=known)
    ignored = f"{theirs.get(_IGNORABLE, '')} {ours.get(_IGNORABLE, '')}".split()
    if ignored:
        root.set(_IGNORABLE, " ".join(dict.fromkeys(ignored)))
    for child in list(theirs):
        root.append(child)
    return root

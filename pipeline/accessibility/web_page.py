"""Checks of a web page. In: the page. Out: a `Checked` for each name of `CHECKS`."""

from __future__ import annotations

import re
from base64 import b64decode
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from xml.etree.ElementTree import Element

from ..colours import contrast, rgb_of_hex
from ..legibility.rules import Rule, read_rules
from ..lint.accessible import says_nothing
from ..verify.html.tree import classes, is_hidden, parse, tag, texts
from .results import (
    Checked,
    check_headings,
    check_languages,
    checked,
    is_language,
    one,
    quoted,
    says_something,
)

_COLOUR = re.compile(r"--(colour|dark)-([\w-]+):\s*(#[0-9a-fA-F]{3,6})\s*;")
_INKS = ("text", "muted", "accent", "alert")
_LEAST = 4.5
_DATA = re.compile(rb"data:image/([\w.+-]+);base64,((?:[A-Za-z0-9+/=]{4})*)")
_MOVES = re.compile(rb"<(?:\w+:)?(?:animate|set\b)|@(?:-\w+-)?keyframes")
_SPACING = ("line-height", "letter-spacing", "word-spacing")
_FORBIDDEN = re.compile(r"user-scalable\s*=\s*(?:no|0)|maximum-scale\s*=\s*[01](?:\.\d+)?\b")
_NAMED_BY_LABEL = frozenset(("img", "group"))


class WebPage:
    """A page as browsers read it. Raises `Unreadable`."""

    def __init__(self, content: bytes) -> None:
        self.root = parse(content)  # without the data of pictures
        self.data = _DATA.findall(content)
        self.parents = {child: parent for parent in self.root.iter() for child in parent}
        sheets = (style.text or "" for style in self.all("style"))
        self.css = "\n".join(sheets)

    def all(self, *names: str) -> list[Element]:
        """Return all elements of these names that are shown or read out, in order."""
        return [element for element in self.root.iter() if _name(element) in names]

    def rules(self) -> Iterator[Rule]:
        return iter(read_rules(self.css, ""))

    def within(self, element: Element, wanted: Callable[[Element], bool]) -> bool:
        """Say whether an element stands in one that is wanted."""
        while (element := self.parents.get(element, self.root)) is not self.root:
            if wanted(element):
                return True
        return False


def _name(element: Element) -> str:
    """Return the name of an element without its namespace."""
    return tag(element).rpartition("}")[2]


def _words(element: Element) -> str:
    """Return what is read out for an element: its label, or else its text and its pictures'."""
    label = element.get("aria-label") or ""
    pictures = (e.get("alt") or e.get("alttext") or "" for e in element.iter())
    return (label or "".join([*texts(element), *pictures]) or element.get("title") or "").strip()


def _pictures(page: WebPage) -> Checked:
    found = page.all("img", "svg", "math")
    return checked(
        len(found), (f"{_place(e)} has no alternative in words" for e in found if not _said(e))
    )


def _said(element: Element) -> bool:
    """Say whether a picture is said in words, by itself or by the MathML right behind it."""
    said = element.get("alt") or element.get("aria-label") or element.get("alttext") or ""
    is_formula = "formula" in classes(element)  # its MathML is looked at by itself
    return says_something(said) or is_formula


def _place(element: Element) -> str:
    return f"a picture ({_name(element)} {element.get('class') or ''}".rstrip() + ")"


def _headings(page: WebPage) -> Checked:
    found = page.all("h1", "h2", "h3", "h4", "h5", "h6")
    result = check_headings([(int(_name(e)[1]), "".join(texts(e))) for e in found])
    titles = [element for element in found if _name(element) == "h1"]
    extra = () if len(titles) == 1 else (f"there are {len(titles)} titles",)
    return Checked(result.looked_at, (*result.faults, *extra))


def _tables(page: WebPage) -> Checked:
    faults = []
    tables = page.all("table")
    for number, table in enumerate(tables, start=1):
        heads = [cell for cell in table.iter() if _name(cell) == "th"]
        named = table.find("caption") is not None or page.within(table, _is_named)
        if not heads:
            faults.append(f"table {number} has no headers")
        if any(not head.get("scope") for head in heads):
            faults.append(f"a header of table {number} does not say what it is for")
        if not named:
            faults.append(f"table {number} has no name")
    return checked(len(tables), faults)


def _is_named(element: Element) -> bool:
    return bool(element.get("aria-label"))


def _lists(page: WebPage) -> Checked:
    items = page.all("li")
    lost = [e for e in items if _name(page.parents.get(e, page.root)) not in ("ul", "ol")]
    terms = page.all("dt", "dd")
    lost += [e for e in terms if _name(page.parents.get(e, page.root)) != "dl"]
    return checked(len(items) + len(terms), ("an item stands outside a list" for _ in lost))


def _landmarks(page: WebPage) -> Checked:
    mains = page.all("main")
    faults = [] if len(mains) == 1 else [f"there are {len(mains)} main regions"]
    first = next(iter(page.all("a")), None)
    target = f"#{mains[0].get('id')}" if mains else ""
    if first is None or first.get("href") != target:
        faults.append("the first link does not lead to the text")
    return checked(1, faults)


def _language(page: WebPage) -> Checked:
    return one(is_language(page.root.get("lang") or ""), "the page does not state its language")


def _passages(page: WebPage) -> Checked:
    tags = [e.get("lang") or "" for e in page.root.iter() if "lang" in e.attrib]
    return check_languages(tags[1:])


def _title(page: WebPage) -> Checked:
    titles = ("".join(e.itertext()).strip() for e in page.all("title"))
    return one(any(titles), "the page has no title")


def _links(page: WebPage) -> Checked:
    links = [link for link in page.all("a") if link.get("href")]
    silent = (link for link in links if not _words(link))
    return checked(
        len(links), (f"a link to {quoted(e.get('href') or '')} is empty" for e in silent)
    )


def _link_words(page: WebPage) -> Checked:
    links = [link for link in page.all("a") if link.get("href")]
    lang = page.root.get("lang") or ""
    weak = (link for link in links if says_nothing(_words(link), lang))
    return checked(len(links), (f"a link says only {quoted(_words(link))}" for link in weak))


def _contrast(page: WebPage) -> Checked:
    """Check the colours of the house, as the page states them, light and dark."""
    stated: dict[str, dict[str, str]] = {"colour": {"ground": "#ffffff"}, "dark": {}}
    for mode, name, colour in _COLOUR.findall(page.css):
        stated[mode][name] = colour
    faults, pairs = [], 0
    for mode, colours in stated.items():
        for ground in ("ground", "tint"):
            for ink in _INKS:
                if ink in colours and ground in colours:
                    pairs += 1
                    ratio = contrast(rgb_of_hex(colours[ink]), rgb_of_hex(colours[ground]))
                    if ratio < _LEAST:
                        shown = f"`{mode}-{ink}` on `{mode}-{ground}`"
                        faults.append(f"{shown} has a contrast of {ratio:.1f}:1")
    return checked(pairs, faults)


def _zoom(page: WebPage) -> Checked:
    found = [e.get("content") or "" for e in page.all("meta") if e.get("name") == "viewport"]
    return one(not any(map(_FORBIDDEN.search, found)), "its viewport forbids zooming")


def _orientation(page: WebPage) -> Checked:
    found = [rule.shown for rule in page.rules() if "orientation" in rule.condition]
    return checked(1, (f"`{rule}` depends on it" for rule in found))


def _spacing(page: WebPage) -> Checked:
    found = [r for r in page.rules() if r.name in _SPACING and r.important]
    return checked(1, (f"`{rule.shown}` is important" for rule in found))


def _focus(page: WebPage) -> Checked:
    rules = (r for r in page.rules() if r.name in ("outline", "outline-style", "outline-width"))
    hiding = ((r, [getattr(t, "lower_value", t.serialize()) for t in r.value]) for r in rules)
    return checked(1, (f"`{r.shown}` does" for r, words in hiding if {*words} & {"none", "0"}))


def _scrolling(page: WebPage) -> Checked:
    boxes = [e for e in page.root.iter() if "scroll" in classes(e)]
    lost = [e for e in boxes if e.get("tabindex") != "0" or not (e.get("aria-label") or "").strip()]
    tables = page.all("table")
    free = [e for e in tables if not page.within(e, lambda box: "scroll" in classes(box))]
    return checked(
        len(boxes) + len(free),
        [
            *("a box that scrolls cannot be reached, or has no name" for _ in lost),
            *("a table would make the page scroll sideways" for _ in free),
        ],
    )


def _names(page: WebPage) -> Checked:
    found = [e for e in page.root.iter() if tag(e) and e.get("role") in _NAMED_BY_LABEL]
    silent = [e for e in found if not (e.get("aria-label") or "").strip() and not is_hidden(e)]
    return checked(len(found), (f"a {e.get('role')} has no name" for e in silent))


def _identifiers(page: WebPage) -> Checked:
    found = Counter(e.get("id") for e in page.root.iter() if e.get("id"))
    return checked(len(found), (f"`{name}` is used twice" for name in found if found[name] > 1))


CHECKS: Mapping[str, Callable[[WebPage], Checked]] = {
    "pictures": _pictures,
    "headings": _headings,
    "tables": _tables,
    "lists": _lists,
    "landmarks": _landmarks,
    "language": _language,
    "passages": _passages,
    "title": _title,
    "links": _links,
    "link-words": _link_words,
    "contrast": _contrast,
    "zoom": _zoom,
    "orientation": _orientation,
    "spacing": _spacing,
    "focus": _focus,
    "scrolling": _scrolling,
    "names": _names,
    "identifiers": _identifiers,
}


def _count(*names: str) -> Callable[[WebPage], int]:
    return lambda page: len(page.all(*names))


def _forms(page: WebPage) -> int:
    written_in = sum("contenteditable" in e.attrib for e in page.root.iter())
    return len(page.all("form", "input", "select", "textarea", "button")) + written_in


def _scripts(page: WebPage) -> int:
    """Count scripts, and what acts by itself as they do."""
    handlers = sum(name.startswith("on") for e in page.root.iter() for name in e.attrib)
    reloads = sum((e.get("http-equiv") or "").lower() == "refresh" for e in page.all("meta"))
    return len(page.all("script", "iframe", "object", "embed")) + handlers + reloads


def _motion(page: WebPage) -> int:
    moving = [rule for rule in page.rules() if rule.name.startswith(("animation", "transition"))]
    pictures = [kind for kind, encoded in page.data if _may_move(kind, b64decode(encoded))]
    return len(moving) + len(page.all("marquee", "blink", "animate")) + len(pictures)


def _may_move(kind: bytes, content: bytes) -> bool:
    """Say whether a picture in the page has several frames, or parts that move."""
    match kind:
        case b"svg+xml":
            return bool(_MOVES.search(content))
        case b"png":  # APNG says so before the first frame
            return b"acTL" in content.partition(b"IDAT")[0]
    return kind != b"jpeg"


ABSENT: Mapping[str, Callable[[WebPage], int]] = {
    "media": _count("audio", "video", "iframe", "object", "embed"),
    "forms": _forms,
    "scripts": _scripts,
    "motion": _motion,
}

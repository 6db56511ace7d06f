"""Numbers of a web page that people do not see as its elements print them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Container, Iterator
from xml.etree.ElementTree import Element

from ...legibility import hidden_by, is_numbered
from ...model import Anchor
from ..messages import cut, name, quote, run_together
from ..readback import STRUCK, Remark, unseen_remark
from ..texts import TYPED, read_as_one, squeezed
from .tree import classes, is_hidden, tag, text_of

_JUDGED = "judged-style-"  # begins the classes that elements get for the judgement
_FOREIGN = frozenset(
    [
        "iframe",
        "object",
        "embed",
        "canvas",
        "video",
        "audio",
        "applet",
        "frame",
        "frameset",
        "portal",
    ]
)
_STRUCK = ("del", "s", "strike")
_QUOTED = frozenset({"code", "pre", "a", "title", "svg", "math", "textarea"})


def remarks(root: Element, content: bytes, scripts: Container[str]) -> Iterator[Remark]:
    """Yield what hides, moves or replaces numbers, or may do so in a browser.

    `scripts` are the addresses of those that are known to change none.
    """
    yield from _programs(root, scripts)
    yield from _addresses(root)
    yield from _unseen(root)
    yield from _turned(root)
    yield from _typed(root)
    yield from _run_together(root)
    if re.search(rb"<(?:plaintext|xmp|noembed|noframes)\b", content, re.IGNORECASE):
        yield Remark("it has markup that browsers show as text, or not at all")
    sheets = {f"style {place}": e.text or "" for place, e in enumerate(root.iter("style"), 1)}
    sheets["attributes"] = "\n".join(_own_rules(root))
    for found in hidden_by(sheets, root):
        rule = re.sub(rf"^\.{_JUDGED}\d+", "style=", found.rule.shown)
        yield Remark(f"the rule {quote(rule)} changes what is seen: {found.reason}")


def _own_rules(root: Element) -> Iterator[str]:
    """Yield the styles that elements have of their own as rules, each for a class that it adds."""
    numbered = {e for e in root.iter() if is_numbered(e)}
    around: set[Element] = set()

    def look(element: Element, ancestors: tuple[Element, ...], inside: bool) -> None:
        inside = inside or element in numbered
        if inside:
            around.update((*ancestors, element))
        for child in element:
            look(child, () if inside else (*ancestors, element), inside)

    look(root, (), False)
    place = 0
    for element in root.iter():
        style = f"{_presentation(element)}{element.get('style', '')}"
        if style and element in around and "mark-within" not in classes(element):
            element.set("class", f"{element.get('class', '')} {_JUDGED}{place}")
            yield f".{_JUDGED}{place} {{ {re.sub('[{}]', ' ', style)} }}"
            place += 1


def _presentation(element: Element) -> str:
    """Return the attributes by which old pages set colours and sizes, as a style."""
    names = {"bgcolor": "background-color", "background": "background-image"}
    if tag(element) == "font":
        names["color"] = "color"
    elif tag(element) == "body":
        names["text"] = "color"
    return "".join(
        f"{names[name]}: {f'url({value})' if name == 'background' else value};"
        for name, value in element.attrib.items()
        if name in names
    )


def _programs(root: Element, scripts: Container[str]) -> Iterator[Remark]:
    for element in root.iter():
        what = tag(element)
        if what == "script" and not _is_harmless(element, scripts):
            yield Remark("it has a script, which may change every number")
        elif what == "link" and "stylesheet" in element.get("rel", "").lower():
            yield Remark("it uses an external style sheet, which was not read")
        elif what == "template" and "shadowrootmode" in element.attrib:
            yield Remark("it has a template that browsers show in place of what is around it")
        elif what == "base":
            yield Remark("its links lead away from this page (base)")
        elif what == "meta" and element.get("http-equiv", "").lower() == "refresh":
            yield Remark("it redirects to another page (refresh)")
        elif what in _FOREIGN:
            yield Remark(f"it holds something else ({what}), which was not read", certain=False)
        if any(attribute.lower().startswith("on") for attribute in element.attrib):
            yield Remark("it has a program in an attribute, which may change every number")
        elif what in _STRUCK and any(map(is_numbered, element.iter())):
            yield unseen_remark(quote(text_of(element, 60)), STRUCK)
        if re.search(r"position\s*:\s*(?:absolute|fixed)", element.get("style", "")):
            yield Remark("something is laid over the page", certain=False)
        if "contenteditable" in element.attrib:
            yield Remark("its text can be typed over (contenteditable)", certain=False)


def _is_harmless(script: Element, known: Container[str]) -> bool:
    is_data = script.get("type", "").endswith(("json", "ld+json"))
    return is_data or (script.get("src", "") in known and not (script.text or "").strip())


def _addresses(root: Element) -> Iterator[Remark]:
    ids = Counter(element.get("id") for element in root.iter() if element.get("id"))
    for anchor, count in ids.items():
        if count > 1:
            yield Remark(
                f"{count} elements have the id {name(anchor or '')}: links lead to the first"
            )
    for element in root.iter("a"):
        anchor, href = element.get("data-anchor"), element.get("href")
        if anchor and "mark" in classes(element) and not is_hidden(element):
            if href is None:
                yield Remark(f"the mark for {name(anchor)} is not a link", certain=False)
            elif not href.strip().startswith("#"):
                yield Remark(f"the mark for {name(anchor)} leads to {quote(href)}")


def _unseen(root: Element) -> Iterator[Remark]:
    """Yield the numbers inside elements that are not shown."""
    for element in root.iter():
        if is_hidden(element) and tag(element) not in ("", "head", "script", "style"):
            for inner in element.iter():
                if is_numbered(inner) and "data-anchor" in inner.attrib:
                    yield Remark(f"the number of {name(inner.get('data-anchor', ''))} is hidden")
        elif tag(element) == "details" and "open" not in element.attrib:
            for inner in (e for part in element if tag(part) != "summary" for e in part.iter()):
                if is_numbered(inner) and "data-anchor" in inner.attrib:
                    anchor = name(inner.get("data-anchor", ""))
                    yield Remark(f"the number of {anchor} is seen only when it is unfolded")


def _turned(root: Element) -> Iterator[Remark]:
    """Yield text with digits whose characters are shown in another order than they stand in."""
    for element in root.iter("bdo"):
        text = text_of(element, 40)
        if any(character.isdigit() for character in text):
            yield Remark(f"the characters of {quote(text)} are shown in another order (bdo)")


def _typed(root: Element) -> Iterator[Remark]:
    """Yield text that looks like a mark and is none; raised numbers, where marks are raised."""
    is_raised = any("citation" in classes(e) for sup in root.iter("sup") for e in sup)
    found: dict[str, None] = {}

    def look(element: Element) -> None:
        if is_hidden(element) or _is_own(element):
            return
        found.update(dict.fromkeys(TYPED.findall(element.text or "")))
        text = text_of(element, 20)
        is_number = tag(element) == "sup" and re.fullmatch(r"[\s\d,–-]*\d[\s\d,–-]*", text)
        if is_raised and is_number and not any(map(_is_own, element)):
            found[squeezed(text)] = None
        for child in element:
            look(child)
            found.update(dict.fromkeys(TYPED.findall(child.tail or "")))

    look(root)
    for text in found:
        yield Remark(f"{cut(text)} looks like a mark, but is not linked to anything", certain=False)


def _is_own(element: Element) -> bool:
    """Say whether what an element holds is a number of ours, or quoted as it stands."""
    return tag(element) in _QUOTED or is_numbered(element)


def _run_together(root: Element) -> Iterator[Remark]:
    """Yield numbers that stand side by side without anything between: raised 1 and 2 read 12."""
    previous = last = ""  # the number that was just printed, "" once anything else was; its kind

    def look(element: Element) -> Iterator[Remark]:
        nonlocal previous, last
        if is_hidden(element):
            return
        kind = Anchor.parse(element.get("data-anchor", "")).kind
        is_number = tag(element) == "a" and kind in ("reference", "footnote")
        text = text_of(element, 40) if is_number else ""
        if text:
            if read_as_one(previous, text, "footnote" in (kind, last)):
                yield Remark(run_together(previous, text))
            previous, last = text, kind
        else:
            if element.text or tag(element) in ("br", "img", "p", "li", "td", "th", "tr"):
                previous = ""
            for child in element:
                yield from look(child)
        if element.tail:
            previous = ""

    yield from look(root)

"""What a piece of a paragraph says, whoever saves it: what tells an edit from other bytes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ...ooxml import read_field
from ...xml import Content, Element


def projection(content: Iterable[Element]) -> str:
    """Return text, and for each field the instruction without switches: "Rain [{REF ref_lee}]".

    What a field shows is left out, so that other numbers are no edit.
    """
    parts, depth = [], 0
    for element in _flat(content):
        match element.tag:
            case "w:fldChar":
                kind = element.attributes["w:fldCharType"]
                depth += {"begin": 1, "end": -1}.get(kind, 0)
            case "w:instrText" if depth == 1:
                field = read_field(_text(element.children))
                named = field.arguments[:1] if field.kind != "ADDIN" else field.arguments
                parts.append("{" + " ".join((field.kind, *named)) + "}")
            case "w:t" if not depth:
                parts.append(_text(element.children))
            case "w:tab" | "w:br" if not depth:
                parts.append(" ")
            case "m:oMath" if not depth:
                parts.append("{MATH}")
            case _:
                pass
    return " ".join("".join(parts).split())


def _flat(content: Iterable[Content]) -> Iterator[Element]:
    """Yield elements in reading order; a formula is one."""
    for element in content:
        if isinstance(element, Element):
            yield element
            if element.tag != "m:oMath":
                yield from _flat(element.children)


def _text(children: Iterable[Content]) -> str:
    return "".join(child for child in children if isinstance(child, str))

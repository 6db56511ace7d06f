"""What the pages of a PDF paint: the text of each marked content, and what is in none."""

from __future__ import annotations

import re
from typing import Any

import pikepdf
from msgspec import Struct, field

_PAINTING = frozenset(("TJ", "Tj", "Do", "f", "F", "f*", "S", "s", "B", "b", "B*", "b*", "sh"))
_PAIR = re.compile(rb"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>")

Place = tuple[tuple[int, int], int]  # a page object, and the number of marked content on it


class Painted(Struct, frozen=True):
    """`loose`: texts, or "" for drawings, that are neither tagged nor marked as decoration.

    `fonts`: by name, whether each says which characters its glyphs stand for.
    """

    texts: dict[Place, str] = field(default_factory=dict)
    loose: list[str] = field(default_factory=list)
    fonts: dict[str, bool] = field(default_factory=dict)


def read_pages(pdf: Any) -> Painted:
    found = Painted()
    for page in pdf.pages:
        _read_page(page, found)
    return found


def _read_page(page: Any, found: Painted) -> None:
    fonts = {}
    for name, font in page.obj.get("/Resources", {}).get("/Font", {}).items():
        fonts[name] = _characters(font)
        found.fonts[str(font.get("/BaseFont", name)).lstrip("/")] = bool(fonts[name])
    stack: list[tuple[str, int | None]] = []
    font = {}
    for instruction in pikepdf.parse_content_stream(page):
        operands = instruction.operands
        match str(instruction.operator):
            case "BMC":
                stack.append((str(operands[0]), None))
            case "BDC":
                values = operands[1]
                number = values.get("/MCID") if isinstance(values, pikepdf.Dictionary) else None
                stack.append((str(operands[0]), None if number is None else int(number)))
                if number is not None:
                    found.texts.setdefault((page.obj.objgen, int(number)), "")
            case "EMC":
                stack.pop()
            case "Tf":
                font = fonts.get(str(operands[0]), {})
            case name if name in _PAINTING:
                text = _shown(operands[0], font) if name in ("TJ", "Tj") else ""
                _note(page, stack, text, found)


def _note(page: Any, stack: list[tuple[str, int | None]], text: str, found: Painted) -> None:
    for name, number in reversed(stack):
        if name == "/Artifact":
            return
        if number is not None:
            found.texts[page.obj.objgen, number] += text
            return
    found.loose.append(text)


def _characters(font: Any) -> dict[int, str]:
    """Return the characters that each code of a font of two bytes stands for (9.10.3)."""
    if "/ToUnicode" not in font:
        return {}
    return {
        int(code, 16): bytes.fromhex(text.decode()).decode("utf-16-be", "replace")
        for code, text in _PAIR.findall(font.ToUnicode.read_bytes())
    }


def _shown(operand: Any, font: dict[int, str]) -> str:
    parts = operand if isinstance(operand, pikepdf.Array) else [operand]
    codes = b"".join(bytes(part) for part in parts if isinstance(part, pikepdf.String))
    pairs = (int.from_bytes(codes[at : at + 2], "big") for at in range(0, len(codes), 2))
    return "".join(font.get(code, "") for code in pairs)

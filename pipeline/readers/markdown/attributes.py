"""Attributes in braces, as pandoc writes them: `{#anchor .class key=value -}`."""

from __future__ import annotations

import re

ITEM = re.compile(
    r"""\#(?P<anchor>[^\s{}]+)
      | \.(?P<class>[^\s{}=]+)
      | (?P<unnumbered>-)(?=[\s}])
      | =(?P<raw>\w[\w-]*)
      | (?P<key>[\w:-]+)=(?:
          "(?P<double>(?:\\"|[^"\n])*)"|'(?P<single>(?:\\'|[^'\n])*)'|(?P<bare>[^\s{}"']*))
    """,
    re.VERBOSE,
)
BLANKS = re.compile(r"[ \t]*\n?[ \t]*")


class Attributes:
    """What one pair of braces says. Where anchor and values stand are offsets in its text."""

    def __init__(self) -> None:
        self.anchor = ""
        self.anchor_at = 0
        self.anchor_place = -1  # in the source, where it does not stand in the text of the braces
        self.classes: list[str] = []
        self.values: dict[str, str] = {}
        self.values_at: dict[str, int] = {}
        self.raw = ""  # `{=html}`: the format that raw text is meant for


def parse_attributes(text: str, start: int, end: int) -> tuple[Attributes, int] | None:
    """Read the braces that open at `start`; return what they say and where they end, or None."""
    if start >= end or text[start] != "{":
        return None
    attributes = Attributes()
    position = _after_blanks(text, start + 1, end)
    while position < end and text[position] != "}":
        found = ITEM.match(text, position, end)
        if not found:
            return None
        _add(attributes, found)
        position = _after_blanks(text, found.end(), end)
        if position == found.end() and text[position : position + 1] not in ("}", "#", "."):
            return None
    return (attributes, position + 1) if position < end else None


def trailing_attributes(text: str) -> tuple[Attributes, int] | None:
    """Read braces at the end of a line; return what they say and where they begin, or None."""
    start = text.rfind("{")
    if start < 0 or not text.endswith("}") or (start and text[start - 1] == "\\"):
        return None
    found = parse_attributes(text, start, len(text))
    return (found[0], start) if found and found[1] == len(text) else None


def _after_blanks(text: str, position: int, end: int) -> int:
    found = BLANKS.match(text, position, end)
    return found.end() if found else position


def _add(attributes: Attributes, found: re.Match[str]) -> None:
    if found["anchor"]:
        attributes.anchor, attributes.anchor_at = found["anchor"], found.start("anchor")
    elif found["class"]:
        attributes.classes.append(found["class"])
    elif found["unnumbered"]:
        attributes.classes.append("unnumbered")
    elif found["raw"]:
        attributes.raw = found["raw"]
    else:
        kind = next((kind for kind in ("double", "single") if found[kind] is not None), "bare")
        value, quote = found[kind], {"double": '"', "single": "'"}.get(kind, "")
        attributes.values[found["key"]] = value.replace(f"\\{quote}", quote) if quote else value
        attributes.values_at[found["key"]] = found.start(kind)

"""Fields, which Word updates, and links, which readers can follow.

A complex field (17.16.18) is its instruction and the result that is shown until an update.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from ...ooxml import Field, w
from ...xml import Element
from .package import shortened
from .runs import PLAIN, RunFormat, joined, run, text_runs

_QUOTED = re.compile(r'"([^"]*)"')
_LONGEST_TIP = 255  # characters; the Open XML SDK allows 260


def field_runs(field: Field, result: str, run_format: RunFormat = PLAIN) -> list[Element]:
    """Return a field. All its runs have the format: what a program prints after an update looks
    like the first one."""
    return field_around(field.instruction, text_runs(result, run_format), run_format)


def field_around(
    instruction: str, content: Sequence[Element], run_format: RunFormat = PLAIN
) -> list[Element]:
    """Return a field with content as its result."""
    return [*field_start(instruction, run_format), *content, field_end(run_format)]


def field_start(instruction: str, run_format: RunFormat = PLAIN) -> list[Element]:
    """Return the start of a field, up to where its result begins."""
    written = Element("w:instrText", {"xml:space": "preserve"}, (instruction,))
    begin, separate = _boundary("begin", run_format), _boundary("separate", run_format)
    return [begin, run(run_format, written), separate]


def field_end(run_format: RunFormat = PLAIN) -> Element:
    return _boundary("end", run_format)


@lru_cache(maxsize=256)
def _boundary(kind: str, run_format: RunFormat) -> Element:
    return run(run_format, w("fldChar", fldCharType=kind))


def link_to_bookmark(bookmark: str, content: Sequence[Element], tip: str = "") -> Element:
    """Return a link inside the file; `tip` is shown beside the pointer.

    LibreOffice makes a field of a tip, whose arguments end with a straight quotation mark.
    """
    tip = shortened(_QUOTED.sub("“\\1”", tip).replace('"', "″"), _LONGEST_TIP)
    return w("hyperlink", *joined(content), anchor=bookmark, tooltip=tip or None, history=1)


def link_outside(relation: str, content: Sequence[Element]) -> Element:
    """Return a link to the URL of an external relationship, by its id."""
    return Element("w:hyperlink", {"r:id": relation, "w:history": "1"}, tuple(joined(content)))

"""Lists that the build makes, the contents and the references: whether somebody changed them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from .items import Item, Read

_LABEL = re.compile(r"\s*([\[(（［【〔]?)\s*\d+(?:\.\d+)*")


def of_list(items: Sequence[Item]) -> str:
    """Return what a line of a list that is made says, without its number, pages and sections."""
    text, links_back = "", False
    for item in items:
        # LibreOffice changes the style of links back; their target remains.
        links_back = links_back or item.kind == "back" or item.format.link.startswith("#_Bc")
        if item.kind == "field":
            text += "0" if item.text.startswith("SEQ") else ""
        else:
            text += re.sub(r"[\d.]", "", item.text) if links_back else item.text
    return re.sub(r"\s|\d+\Z", "", _LABEL.sub(r"\1", text, count=1))


def label_of(items: Sequence[Item]) -> str:
    """Return the number that a line begins with, where it is no field; else ""."""
    found = _LABEL.match("".join(item.text for item in items[:3] if item.kind == "text"))
    return re.sub(r"\D", "", found[0]) if found else ""


def lists_changed(old: Sequence[Read], new: Sequence[Read], built: Sequence[Read]) -> list[str]:
    """Return which lists that the build makes were changed by hand, in words.

    A list is as it was, or as Word updated it after the edits; numbers and pages do not count.
    """
    found = []
    for made, words in _LISTS.items():
        before, after, merged = (
            [of_list(r.items) for r in reads if r.paragraph.made == made]
            for reads in (old, new, built)
        )
        if after not in (before, merged):
            found.append(words)
    return found


_LISTS = {
    "contents": "the contents list was changed: it is made from the headings; change these",
    "references": "the reference list was changed: it is made from the library; change the .bib",
}

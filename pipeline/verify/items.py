"""The labels of ordered lists: what stands before each item, "3.", "(b)", "iv)"."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from ..model import Brief, List, walk
from .expected import Expected
from .grammar import MarkSettings
from .messages import quote
from .readback import Readback

_ONES = ("", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix")
_DIGITS = ("ivx", "xlc", "cdm")


def labels_of_items(brief: Brief) -> Iterator[str]:
    """Yield the label of each item of the ordered lists of a brief; tasks have boxes instead."""
    for node in walk(brief):
        if isinstance(node, List) and node.ordered:
            found = node.enumerator
            for number, item in enumerate(node.items, node.start):
                if item.checked is None:
                    yield f"{found.before}{written(number, found.format)}{found.after}"


def written(number: int, form: str) -> str:
    """Return a number as a list counts: in digits, letters (after z come aa, bb) or Roman."""
    if number < 1 or form == "decimal":
        return str(number)
    if form.endswith("alpha"):
        found = "abcdefghijklmnopqrstuvwxyz"[(number - 1) % 26] * ((number + 25) // 26)
    else:
        found = "m" * (number // 1000)
        for place in (2, 1, 0):
            ones = _ONES[number // 10**place % 10]
            found += ones.translate(str.maketrans("ivx", _DIGITS[place].ljust(3)))
    return found.upper() if form.startswith("upper") else found


def footnote_form(settings: MarkSettings) -> str:
    """Return how footnotes are numbered: in letters where citations are raised numbers as well."""
    return "lower-alpha" if settings.superscript else "decimal"


def wrong_items(expected: Expected, found: Readback, is_page: bool) -> Iterator[str]:
    """Yield the labels of items that are missing and, on a web page, those that none must have.

    Other files have labels of more than items: a table may begin its lines with "a.".
    """
    if found.items is None or found.shuffled:
        return
    wanted, read = Counter(expected.items), Counter(found.items)
    for label in (wanted - read).elements():
        yield f"no item of a list has the number {quote(label)}, which one must have"
    for label in (read - wanted).elements() if is_page else ():
        yield f"an item of a list has the number {quote(label)}, which none must have"

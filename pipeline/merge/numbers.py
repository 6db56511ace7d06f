"""Numbers that were typed over: a number may be that of the file as built, or as renumbered."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from .items import Item, Read
from .lists import label_of

_NUMBER = re.compile(r"\d+(?:\.\d+)*")


def numbers_changed(
    old: Sequence[Read], new: Sequence[Read], built: Sequence[Read]
) -> Iterator[str]:
    """Yield a sentence for each number that no build gives.

    What a field or mark prints is compared with what the same one prints in the file as it was,
    and in the one that is built now.
    """
    known: dict[tuple[str, ...], set[tuple[str, ...]]] = {}
    for reads in (old, built):
        for key, item, _ in _numbered(reads):
            known.setdefault(key, set()).add(_numbers(item))
    for key, item, read in _numbered(new):
        allowed = known.get(key)
        if allowed is None or _numbers(item) in allowed:
            continue
        yield (
            f"the number in “{item.shown}” was changed by hand, in “{read.paragraph.text[:60]}”: "
            "numbers are made by the build"
        )


def pictures_changed(old: Sequence[Read], new: Sequence[Read]) -> Iterator[str]:
    """Yield a sentence for each picture that is another one now, by the hashes of its files.

    Programs may drop the drawing or redraw the bitmap of a picture that has both: not both.
    """
    known = dict(_pictures(old))
    for key, (files, words) in _pictures(new):
        before = known.get(key)
        if before and before[0] and before[0].isdisjoint(files):
            yield f"the picture “{words[:60]}” was replaced: replace the file that the brief names"


def _pictures(reads: Sequence[Read]) -> Iterator[tuple[tuple[str, int], tuple[set[str], str]]]:
    """Yield the hashes and the words of pictures, by bookmark of their block and place in it."""
    for read in reads:
        name = next(iter(read.paragraph.names), "")
        pictures = (item for item in read.items if item.kind == "image")
        for place, item in enumerate(pictures if name else ()):
            yield (name, place), (set(item.shown.split()), item.text)


def _numbered(reads: Sequence[Read]) -> Iterator[tuple[tuple[str, ...], Item, Read]]:
    """Yield what prints numbers, with what it is known by; pages follow from the layout."""
    entries = 0
    for read in reads:
        is_entry = read.paragraph.made == "references"
        entries += is_entry
        if is_entry and (label := label_of(read.items)):
            yield ("entry", str(entries)), Item("field", label, shown=label), read
        for item in read.items:
            if item.kind not in ("citation", "field") or not item.shown.strip():
                continue
            if item.text.startswith("PAGEREF"):
                continue
            shown = [cite for cite in item.cites if cite.number]
            for cite in shown:
                yield ("cite", cite.key), Item("field", cite.key, shown=cite.number), read
            if shown:
                continue
            where: tuple[str, ...] = ()
            if item.text.startswith("SEQ"):
                where = read.paragraph.names[:1] or (str(entries),)
            yield (*item.key, *where), item, read


def _numbers(item: Item) -> tuple[str, ...]:
    """Return the numbers of a field or mark, and its letters too where they may be a number, or
    are made by a manager."""
    lettered = item.kind == "citation" or item.text.startswith("NOTEREF")
    letters = re.sub(r"[\d\W_]", "", item.shown) if lettered else ""
    return (letters, *_NUMBER.findall(item.shown))

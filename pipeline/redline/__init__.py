"""Compare two editions of a brief: one brief that shows what was inserted and deleted.

In: two numbered briefs. Out: the newer one, its tree holding what changed since the older one
(`Inserted`, `Deleted`, `InsertedBlocks`, `DeletedBlocks`). All writers print it: as tracked changes
in Word, as `ins` and `del` on pages. `saying` decides what counts as the same, `pairing` which
block is a version of which, `blocks` and `lines` what differs in them; `summary` counts it.

Renumbering is no change: keys, locators and words are compared, never digits.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from msgspec.structs import replace

from ..model import Anchor, Brief, Cite, CrossReference, FootnoteReference, walk_changes
from ..numbering import NumberedBrief, Redline
from .blocks import compare_blocks, lines
from .entries import compare_entries
from .images import with_names_of
from .summary import summary

__all__ = ["redline"]

_POINTING = (Cite, CrossReference, FootnoteReference)


def redline(
    older: NumberedBrief, newer: NumberedBrief, author: str, date: datetime.date
) -> NumberedBrief:
    """Return the newer edition with its changes; its summary is "" if there are none.

    `author` and `date` are those of the changes in Word.
    """
    older = with_names_of(older, newer.brief.images)
    old, new = older.brief, newer.brief
    front = replace(
        new.front,
        title=lines(old.front.title, new.front.title),
        subtitle=lines(old.front.subtitle, new.front.subtitle),
        disclaimer=lines(old.front.disclaimer, new.front.disclaimer),
    )
    brief = replace(new, front=front, blocks=compare_blocks(old.blocks, new.blocks))
    keys = [{found.key for found in each.bibliography} for each in (older, newer)]
    found = Redline(
        older,
        newer,
        author,
        date,
        "",
        frozenset(r.anchor for r in newer.bibliography if r.key not in keys[0]),
        tuple(r for r in older.bibliography if r.key not in keys[1]),
        compare_entries(older, newer),
        frozenset(_unsure(brief)),
    )
    return replace(newer, brief=brief, redline=replace(found, summary=summary(brief, found)))


def _unsure(brief: Brief) -> Iterator[Anchor]:
    """Yield the anchors of what was inserted: rejected, there is nothing to point at."""
    for node, change in walk_changes(brief):
        anchor = getattr(node, "anchor", None)
        if change == "inserted" and isinstance(anchor, Anchor) and not isinstance(node, _POINTING):
            yield anchor

"""Runs of one or several fields, joined."""

from __future__ import annotations

from ..model.references import RichText, Run, plain
from ..text import link_target

ENDS_A_TITLE = (".", "?", "!", "…", ":", ";", ",", "\u2013", "\u2014")


def run(text: str) -> RichText:
    return (Run(text),) if text else ()


def link(address: str) -> RichText:
    return (Run(address, href=link_target(address)),) if address else ()


def joined(between: str, first: RichText, second: RichText) -> RichText:
    """Join two texts; after a full stop or question mark only a space is put between."""
    if not first or not second:
        return first or second
    if between.strip() and plain(first).endswith(ENDS_A_TITLE):
        between = " "
    return (*first, Run(between), *second)

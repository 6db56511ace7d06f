"""What a house should be told about the reference docx that it brings."""

from __future__ import annotations

from typing import Any

from msgspec import Struct

from ....ooxml import qualified
from ....styles import House
from ..package import opened, part_of
from .checks import check
from .placeholders import BODY, FIELDS, body_place, named, words_of
from .prepare import margins
from .styles import missing_names


class Facts(Struct, frozen=True):
    unknown_fields: tuple[str, ...]  # names in braces that mean nothing
    missing_styles: tuple[str, ...]  # names of the house's styles that it lacks
    left_out: str  # the first words of text that is not printed, as there is no place for the brief


def facts(content: bytes, house: House) -> Facts:
    """Return what a reference docx holds and lacks. Raises `BadReference`."""
    check(content)
    document = opened(content)
    stories = [document.element, *margins(document)]
    names = set().union(*(named(story) for story in stories))
    styles = part_of(document.part, "styles")
    return Facts(
        tuple(sorted(names - set(FIELDS) - {BODY})),
        tuple(missing_names(styles.element if styles else (), house)),
        _left_out(document.element),
    )


def _left_out(root: Any) -> str:
    if body_place(root) is not None:
        return ""
    body = root.find(qualified("w:body"))
    texts = (" ".join(words_of(p).split()) for p in body.iter(qualified("w:p")))
    return next(filter(None, texts), "")

"""Give the images of the older edition names that mean the same in both."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from msgspec.structs import replace

from ..model import Image, ImageFile, Node, children_of
from ..numbering import NumberedBrief


def with_names_of(older: NumberedBrief, images: Sequence[ImageFile]) -> NumberedBrief:
    """Return the older edition with its images called as the same images of the newer one.

    An image that only the older one has gets a name that no other has: its file may have changed.
    """
    by_content = {image.content: image.src for image in images}
    taken = {image.src for image in images}
    names: dict[str, str] = {}
    for image in older.brief.images:
        name = by_content.get(image.content, image.src)
        while name in taken and image.content not in by_content:
            name = f"older {name}"
        taken.add(name)
        names[image.src] = name
    if all(name == src for src, name in names.items()):
        return older
    own = tuple(replace(image, src=names[image.src]) for image in older.brief.images)
    return replace(older, brief=replace(_renamed(older.brief, names), images=own))


def _renamed(value: Any, names: Mapping[str, str]) -> Any:
    if isinstance(value, tuple):
        return tuple(_renamed(item, names) for item in value)
    if isinstance(value, Image):
        return replace(value, src=names.get(value.src, value.src))
    if not isinstance(value, Node):
        return value
    fields = {name: getattr(value, name) for name in children_of(type(value))}
    return replace(value, **{name: _renamed(held, names) for name, held in fields.items()})

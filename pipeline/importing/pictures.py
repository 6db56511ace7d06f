"""Pictures of a Word file as files beside the brief, and as Markdown."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Mapping

from ..readers.markdown.images import measure
from ..readers.markdown.other_bitmaps import as_png
from ..readers.markdown.reading import BadImage
from ..text import names_picture
from .lines import Context
from .values import Picture, Place

_READ = {"png": b"\x89PNG\r\n\x1a\n", "jpg": b"\xff\xd8\xff"}
_ENDINGS = re.compile(r"\.[A-Za-z0-9]{1,5}$")
# What programs write in place of a description: where the picture came from.
_PLACE = re.compile(r"[A-Za-z]:\\|https?://\S+$", re.I)
_WIDEST = 17.0  # cm: of a line of text


class Pictures:
    """Gives pictures names that no file in the folder has. `files` is what is to be written."""

    def __init__(
        self, media: Mapping[str, bytes], folder: str, taken: frozenset[str], context: Context
    ) -> None:
        self.files: dict[str, bytes] = {}
        self._media, self._folder, self._taken = media, folder, set(taken)
        self._context = context
        self._names: dict[str, str] = {}  # of files that can be shown, by part; "" for none
        self._count = 0

    def markdown(self, picture: Picture, caption: str, anchor: str, place: Place) -> str:
        """Return a picture as Markdown, "" if no output can show it."""
        self._count += 1
        name = self._name(picture, place)
        if not name:
            return ""
        values = [f"#{anchor}"] if anchor else []
        alt = picture.alt
        if not alt or names_picture(alt) or _PLACE.match(alt):
            message = "a picture without alternative text: say in `alt` what it shows"
            self._context.lose("check", "alternative-text", message, place, alt or name)
            alt = "" if caption else f"Picture {self._count}, which nobody has described yet"
        if alt:
            values.append(f'alt="{_attribute(alt)}"')
        if 0 < picture.width < _WIDEST:
            values.append(f"width={picture.width:.1f}cm")
        shown = f"{self._folder}/{name}"
        target = f"<{shown}>" if re.search(r"[\s()]", shown) else shown
        return f"![{caption}]({target})" + (f"{{{' '.join(values)}}}" if values else "")

    def is_shown(self, picture: Picture, place: Place) -> bool:
        return bool(self._name(picture, place))

    def _name(self, picture: Picture, place: Place) -> str:
        for part in filter(None, (picture.vector, picture.part)):
            if part not in self._names:
                self._names[part] = self._kept(part, place, picture)
            if self._names[part]:
                return self._names[part]
        return ""

    def _kept(self, part: str, place: Place, picture: Picture) -> str:
        content = self._media.get(part, b"")
        stem = _ENDINGS.sub("", posixpath.basename(part)) or "picture"
        if shown := _showable(content):
            kind, content = shown
            return self._add(f"{stem}.{kind}", content)
        if part == picture.vector and picture.part != part:
            return ""  # the picture beside it is shown
        if not content:
            message = f"a picture that the file does not have ({part})"
            self._context.lose("lost", "picture", message, place, picture.alt)
            return ""
        name = self._add(posixpath.basename(part), content)
        message = f"a picture that no output can show ({name}): save it as PNG or SVG"
        self._context.lose("lost", "picture", message, place, picture.alt)
        return ""

    def _add(self, name: str, content: bytes) -> str:
        stem, dot, ending = name.rpartition(".")
        found, count = name, 1
        while found in self._taken and self.files.get(found) != content:
            count += 1
            found = f"{stem}-{count}{dot}{ending}"
        self._taken.add(found)
        self.files[found] = content
        return found


def _showable(content: bytes) -> tuple[str, bytes] | None:
    """Return a picture in a format that outputs show, with its ending; None if there is none."""
    kind = next((kind for kind, start in _READ.items() if content.startswith(start)), "")
    if not kind and b"<svg" in content[:4000]:
        kind = "svg"
    if not kind:
        content, kind = _as_png(content), "png"
    try:
        measure(f"picture.{kind}", content)
    except BadImage:
        again = _as_png(content) if kind != "svg" else b""
        return ("png", again) if again else None
    return kind, content


def _as_png(content: bytes) -> bytes:
    """Return a bitmap of any format that is read as PNG; nothing if it is none."""
    try:
        return as_png(content)[0]
    except BadImage:
        return b""


def _attribute(text: str) -> str:
    return text.replace('"', '\\"').rstrip("\\")

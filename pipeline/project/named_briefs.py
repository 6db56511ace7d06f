"""The briefs that a brief names in its front matter: whether they are there, and their titles."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from ..diagnostics import Diagnostic, did_you_mean
from ..disk import Disk
from ..model import FrontMatter
from ..readers.markdown import read_markdown


def unknown_briefs(front: FrontMatter, path: Path, disk: Disk) -> list[Diagnostic]:
    """Return a finding for each brief that is named and does not stand beside the one at `path`."""
    named = [("supersedes", name) for name in front.supersedes]
    named += [("translation-of", front.translation_of)] if front.translation_of else []
    known = _beside(path, disk) if named else []
    return [
        Diagnostic(
            "unknown-brief",
            f"`{key}` names `{name}`, but there is no `{name}.md` beside this brief",
            front.place(key),
            did_you_mean(name, known),
        )
        for key, name in named
        if name not in known
    ]


def titles_of(
    names: tuple[str, ...], path: Path, disk: Disk, text: Callable[[Path], str | Diagnostic]
) -> tuple[str, ...]:
    """Return the titles of briefs beside the one at `path`; `text` reads a file."""
    known = _beside(path, disk) if names else []
    texts = {name: text(path.with_name(f"{name}.md")) for name in names if name in known}
    return tuple(
        read_markdown(found, f"{name}.md")[0].title
        for name, found in texts.items()
        if isinstance(found, str)
    )


def _beside(path: Path, disk: Disk) -> list[str]:
    return [name.removesuffix(".md") for name in disk.names(path.parent, ".md")]

"""The command that records what is released."""

from __future__ import annotations

import datetime
from argparse import Namespace
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec.structs import replace

from ..disk import Disk, shown_path
from ..roots import find_root, root_of
from .options import out_of
from .report import many
from .terminal import refuse, say

if TYPE_CHECKING:
    from ..releasing import Options


def release(options: Namespace) -> int:
    if options.withdraw:
        return _withdraw(*options.withdraw)
    if not options.briefs:
        return refuse("brief release: name the briefs to release", 2)
    from ..releasing import Options

    chosen = Options(
        today=datetime.date.today(),
        date=options.date,
        formats=options.to,
        bibliography=tuple(options.bib),
        styles=options.styles,
        citation_style=options.citation_style,
        for_release=options.for_release,
    )
    paths = [path_of(name) for name in options.briefs]
    outs = [out_of(options, root_of(path, Disk())) for path in paths]
    return max(
        _release(path, replace(chosen, out=out)) for path, out in zip(paths, outs, strict=True)
    )


def _release(path: Path, chosen: Options) -> int:
    from ..releasing import ReleaseError, record

    try:
        recorded = record(path, chosen)
    except ReleaseError as error:
        return refuse(f"{shown_path(path)}: {error}")
    found = recorded.released
    say(
        f"{shown_path(found.folder)}: edition {found.release.edition} of "
        f"{found.release.date.isoformat()}, {many(len(found.release.files), 'file')}"
    )
    for note in recorded.notes:
        say(f"note: {note}")
    return 0


def _withdraw(name: str, edition: str) -> int:
    from ..releasing import ReleaseError, withdraw

    path = path_of(Path(name))
    try:
        found = withdraw(path, edition)
    except ReleaseError as error:
        return refuse(f"{shown_path(path)}: {error}")
    say(f"{shown_path(found.folder)}: edition {edition} is withdrawn")
    return 0


def path_of(name: Path) -> Path:
    """Return the Markdown of a brief that is named by its path, or by its name alone."""
    if name.suffix == ".md":
        return name
    return find_root(Path()) / "briefs" / f"{name}.md"

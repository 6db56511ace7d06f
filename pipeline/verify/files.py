"""Verify files that are there: each in itself, with its fellows, and with what was built."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

from ..diagnostics import Diagnostic, Span, reason_of
from ..project.files import read_file
from .comparison import compare, mismatch
from .consistency import contradictions, disagreements
from .printed import Printed, Unreadable, from_json
from .reading import LARGEST, read_numbers

MANIFEST = "manifest.json"  # that `build` leaves beside its files

Read = Callable[[bytes, str], Printed]


def verify_files(
    paths: Sequence[Path], read: Read = read_numbers
) -> Iterator[tuple[Path, list[Diagnostic]]]:
    """Yield each file with what is wrong in it.

    A file must not contradict itself, nor a file of the same name in another format, nor, where
    the manifest of its folder knows it, what was built. `read` reads one: with limits, for those
    who do not know where a file comes from.
    """
    seen: dict[Path, Printed] = {}
    for path in paths:
        found = verify_file(path, read)
        if isinstance(found, Diagnostic):
            yield path, [found]
            continue
        printed, diagnostics = found
        for fellow, other in seen.items():
            if fellow.with_suffix("") == path.with_suffix(""):
                diagnostics += disagreements(other, printed, fellow.name, str(path))
        seen[path] = printed
        yield path, diagnostics


def verify_file(
    path: Path, read: Read = read_numbers
) -> tuple[Printed, list[Diagnostic]] | Diagnostic:
    """Return what a file bears and what is wrong in it; or why it cannot be read."""
    nowhere = Span.of_file(str(path))
    try:
        printed = read(read_file(path, LARGEST), path.suffix)
    except FileNotFoundError:
        return Diagnostic("missing-file", "there is no such file", nowhere)
    except OSError as error:
        reason = reason_of(error)
        return Diagnostic("unreadable-file", f"it cannot be read: {reason}", nowhere)
    except Unreadable as error:
        return Diagnostic("bad-output", str(error), nowhere)
    built = _built(path)
    if built is not None:
        found = compare(built, printed, str(path), ordered=path.suffix.lower() != ".pdf")
        return printed, found + [d for d in contradictions(printed, str(path)) if d not in found]
    if not printed.numbers and not printed.bibliography:
        return printed, [mismatch("no number in it says what it points to", str(path))]
    return printed, list(contradictions(printed, str(path)))


def _built(path: Path) -> Printed | None:
    """Return what the manifest beside a file says that it bears; None if it says nothing."""
    try:
        manifest: Any = json.loads((path.parent / MANIFEST).read_text("utf-8"))
        return from_json(manifest["files"][path.name]["printed"])
    except (OSError, ValueError, KeyError, TypeError):
        return None

"""`brief add`: take references into a .bib file. `brief bib tidy`: put a .bib file in order."""

from __future__ import annotations

import sys
from argparse import Namespace
from collections.abc import Iterator
from pathlib import Path

from ..diagnostics import Diagnostic, reason_of
from ..disk import read_file, shown_path, write_beside
from ..entering import (
    Added,
    LookUpError,
    add_entry,
    doi_in,
    isbn_in,
    left_as_they_are,
    look_up,
    tidied,
)
from ..model.references import Reference
from ..project import load_library
from ..roots import find_root
from ..sources import Limits
from ..text import WEB, scheme
from .inspect import today
from .report import LARGEST, print_diagnostics, texts_of
from .terminal import refuse, say

_LIBRARIES = (".bib", ".json", ".ris", ".yaml", ".yml")


def add(options: Namespace) -> int:
    path = (options.bib or find_root(Path()) / "references.bib").resolve()
    try:
        before = read_file(path, LARGEST) if path.exists() else b""
    except OSError as error:
        return refuse(f"{shown_path(path)}: {reason_of(error)}")
    content, failed = before, False
    for reference, diagnostics in _found(options):
        if isinstance(reference, str):
            refuse(f"brief add: {reference}")
            failed = True
            continue
        print_diagnostics(diagnostics, {}, sys.stderr)
        content, added = add_entry(content, shown_path(path), reference, options.key)
        failed = failed or bool(added.problem)
        _say_added(added, reference, options.dry_run)
    if content != before and not options.dry_run and not _write(path, content):
        return 1
    return int(failed)


def _found(options: Namespace) -> Iterator[tuple[Reference | str, list[Diagnostic]]]:
    """Yield each reference that was asked for, with findings, or why there is none."""
    for what in options.what:
        if Path(what).suffix.lower() in _LIBRARIES and not scheme(what):
            library, _, found = load_library([Path(what)])
            print_diagnostics(found, {}, sys.stderr)
            if not library:
                yield f"{what}: it has no reference", []
            for key, reference in library.items():
                yield reference, library.diagnostics(key)
        elif not (doi_in(what) or isbn_in(what) or scheme(what) in WEB):
            endings = ".bib, .json, .ris or .yaml file"
            yield f"`{what}` is no DOI, no ISBN, no web address and no {endings}", []
        elif not options.fetch:
            yield f"{what} is looked up only with --fetch, which uses the network", []
        else:
            limits = Limits(seconds=options.seconds, private=options.allow_private)
            try:
                yield look_up(what, today(), limits)
            except LookUpError as error:
                yield str(error), []


def _say_added(added: Added, reference: Reference, dry_run: bool) -> None:
    if added.problem:
        shown = f"“{reference.title}”" if reference.title else f"`{reference.key}`"
        refuse(f"brief add: {shown}: {added.problem}")
        return
    if dry_run:
        for line in added.entry.splitlines():
            say(line)
    else:
        say(f"added `{added.key}`: {reference.title}")
    if added.loss:
        say(f"BibTeX cannot hold all of it; it prints: {added.loss}", stream=sys.stderr)


def _write(path: Path, content: bytes) -> bool:
    try:
        mode = path.stat().st_mode & 0o777 if path.exists() else None
        written = write_beside(path, content)
        if mode is not None:
            written.chmod(mode)
        written.replace(path)
    except OSError as error:
        refuse(f"cannot write {shown_path(path)}: {reason_of(error)}")
        return False
    return True


def tidy(options: Namespace) -> int:
    files = options.files or [find_root(Path()) / "references.bib"]
    return max(_tidy(path, options.check) for path in files)


def _tidy(path: Path, only_check: bool) -> int:
    shown = shown_path(path)
    try:
        before = read_file(path, LARGEST)
        text = before.decode("utf-8-sig")
    except OSError as error:
        return refuse(f"{shown}: {reason_of(error)}")
    except UnicodeDecodeError:
        return refuse(f"{shown}: the file is not UTF-8; save it as UTF-8 first")
    after = tidied(text, shown)
    left = left_as_they_are(after or text, shown)
    print_diagnostics(left, texts_of(left), sys.stderr)
    if after is None:
        return refuse(f"{shown}: it cannot be put in order without a change of meaning")
    if after == text:
        say(f"{shown}: in order")
        return int(bool(left))
    if only_check:
        return refuse(f"{shown}: not in order; `brief bib tidy` puts it in order")
    if not _write(path.resolve(), before[: len(before) - len(text.encode())] + after.encode()):
        return 1
    say(f"{shown}: put in order")
    return int(bool(left))

"""The commands of `brief` that inspect files and sources and write no output."""

from __future__ import annotations

import datetime
import os
import sys
from argparse import Namespace
from pathlib import Path

from ..csl import format_entry
from ..diagnostics import Diagnostic, has_errors, reason_of
from ..diagnostics.render import counted, to_json
from ..disk import read_file, shown_path
from ..model.references import plain
from ..project import load_library, load_project
from ..roots import find_root
from .loading import project_of
from .report import many, print_diagnostics, write_text
from .terminal import print_json, refuse, say

# These have no links: `brief press` proves them. On the website a press edition has a hyphen.
_FOR_PRINT_SHOPS = ("*.press.pdf", "*.booklet.pdf", "site/*-press.pdf")


def verify(options: Namespace) -> int:
    from ..build.verifying import verify_files

    out = options.out or find_root(Path()) / "build"
    files = options.files or sorted(
        Path(shown_path(path))
        for folder in (out, out / "site")
        for path in (folder.glob("*") if os.path.isdir(folder) else ())
        if path.suffix in (".pdf", ".docx", ".html") and not any(map(path.match, _FOR_PRINT_SHOPS))
    )
    if not files:
        if options.json:
            print_json({"files": [], "verdicts": [], "diagnostics": []})
        return refuse(f"nothing to verify in {shown_path(out)}; `brief build` writes it")
    found: list[Diagnostic] = []
    verdicts = []
    for path, verdict in verify_files(files):
        found += verdict.diagnostics
        shown = shown_path(path)
        verdicts.append({"file": shown, "verdict": verdict.kind, "words": verdict.words})
        if not options.json:
            print_diagnostics(verdict.diagnostics, {}, sys.stdout)
            many = counted(verdict.diagnostics)
            say(f"{shown}: {verdict.words}{f' ({many})' if many else ''}")
    if options.json:
        names = [shown_path(path) for path in files]
        print_json({"files": names, "verdicts": verdicts, "diagnostics": to_json(found)})
    return int(has_errors(found))


def numbers(options: Namespace) -> int:
    from ..build.verifying import read_with_limits
    from ..verify import LARGEST, Unreadable
    from ..verify import to_json as numbers_to_json

    try:
        found = read_with_limits(read_file(options.file, LARGEST), options.file.suffix)
    except OSError as error:
        return refuse(f"{options.file}: {reason_of(error)}")
    except Unreadable as error:
        return refuse(f"{options.file}: {error}")
    if options.json:
        print_json(numbers_to_json(found))
        return 0
    for number in found.numbers:
        locator = f", {number.locator}" if number.locator else ""
        say(f"{number.number + locator:>12}  {number.anchor}")
    for entry in found.bibliography:
        say(f"{entry.number:>12}  {entry.key}: {entry.text}")
    return 0


def bibliography(options: Namespace) -> int:
    project = load_project([], start=options.files[0].parent, citation_style=options.citation_style)
    if project.has_errors:
        print_diagnostics(project.all_diagnostics, project.sources, sys.stderr)
        return 2
    style = project.citation_style
    lang = options.lang or (style.lang if options.citation_style else project.styles.house.lang)
    library, sources, found = load_library(options.files)
    found += project.diagnostics
    before = None
    entries = []
    for number, (key, reference) in enumerate(library.items(), start=1):
        text = plain(format_entry(reference, style, lang, before))
        before = reference
        entries.append({"key": key, "number": str(number), "text": text})
        found += library.diagnostics(key)
    # What is wrong with an entry is said of the file and of the entry: the graver word stays.
    found = list({(one.span, one.code, one.message): one for one in found}.values())
    if options.json:
        print_json({"entries": entries, "diagnostics": to_json(found)})
    else:
        print_diagnostics(found, sources, sys.stderr)
        for entry in entries:
            say(f"[{entry['number']}] {entry['text']}")
    return int(has_errors(found))


def sources(options: Namespace) -> int:
    from ..sources import FILENAME, Limits, addresses_of, ask, findings, read_lock, write_lock

    project = project_of(options)
    addresses = addresses_of(b.numbered for b in project.briefs if b.numbered)
    path = project.root / FILENAME
    try:
        content = path.read_bytes() if os.path.exists(path) else b'{"sources": {}}'
    except OSError as error:
        return refuse(f"{shown_path(path)}: {reason_of(error)}")
    lock = read_lock(content, shown_path(path))
    if isinstance(lock, Diagnostic):
        print_diagnostics([lock], {}, sys.stderr)
        return 1
    if options.check:
        limits = Limits(seconds=options.seconds, private=options.allow_private)
        lock = ask(addresses, lock, today(), limits)
        if not write_text(path, write_lock(lock)):
            return 1
    found = project.judged(findings(addresses, lock))
    if options.json:
        print_json({"diagnostics": to_json(found)})
    else:
        print_diagnostics(found, project.sources, sys.stdout)
        links = many(len({address.url for address in addresses}), "link")
        say(f"{links}: {counted(found) or 'nothing found'}")
    return int(has_errors(found))


def today() -> str:
    """Return today, or the day of SOURCE_DATE_EPOCH if that is set, as 2026-01-28."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    now = datetime.datetime.now(datetime.UTC)
    if epoch.isdigit():
        now = datetime.datetime.fromtimestamp(int(epoch), datetime.UTC)
    return now.date().isoformat()

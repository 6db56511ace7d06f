"""Write and prove the pages of briefs, in child processes."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from ..build import workers
from ..build.fingerprint import Target
from ..build.proof import Witness, faults_of, witness
from ..build.publishing import Manifest, Record
from ..build.unwritable import UNWRITABLE, failure_of
from ..diagnostics import Diagnostic
from ..numbering import NumberedBrief
from ..project import LoadedBrief, Project
from ..styles import Styles, styles_used
from ..verify import Readback, to_record
from ..verify.html import read_html
from ..writers.html import write_html
from ..writers.html.web import Added
from .files import Content

_SECONDS = 15.0  # of processor time for a page, and one more for every so many characters:
_CHARACTERS = 2000


class Page(Struct, frozen=True):
    """The page of a brief, before it is written. `script` is the address of what runs in it."""

    brief: LoadedBrief
    numbered: NumberedBrief
    filename: str
    added: Added
    script: str


class Made(Struct, frozen=True):
    """A page that was written and proved; None where it could not be."""

    page: Content | None
    diagnostics: tuple[Diagnostic, ...] = ()


class _Task(Struct, frozen=True):
    page: Page
    styles: Styles
    witness: Witness
    fingerprint: str


def make_pages(
    pages: Sequence[Page], project: Project, before: Manifest, jobs: int
) -> Mapping[str, Made]:
    """Return the page of each brief by its name: from the site as it is, if nothing has changed."""
    found: dict[str, Made] = {}
    tasks: list[_Task] = []
    for page in pages:
        target = Target(page.numbered, styles_used(project.styles, "html"), "html")
        parts = (target.fingerprint.encode(), msgspec.json.encode(page.added))
        fingerprint = hashlib.sha256(b"\n".join(parts)).hexdigest()
        if (old := unchanged(before, page.filename, fingerprint)) is not None:
            found[page.brief.name] = Made(old)
        else:
            seen = witness(page.brief, project.styles)
            tasks.append(_Task(page, project.styles, seen, fingerprint))
    results = workers.run(_make, tasks, jobs, _seconds_allowed)
    for task, result in zip(tasks, results, strict=True):
        brief = task.page.brief
        if isinstance(result, workers.Failure):
            result = Made(None, (result.diagnostic(task.page.filename, brief.path),))
        found[brief.name] = replace(result, diagnostics=tuple(project.judged(result.diagnostics)))
    return found


def unchanged(before: Manifest, name: str, fingerprint: str) -> Content | None:
    """Return a page as the site has it, if it was made from the same and nobody altered it."""
    record, path = before.files.get(name), before.folder / name
    if record is None or record.fingerprint != fingerprint or not path.is_file():
        return None
    content = path.read_bytes()
    if hashlib.sha256(content).hexdigest() != record.sha256:
        return None
    return Content(name, "html", record, len(content), path)


def _make(task: _Task) -> Made | workers.Failure:
    """Write a page and prove it: runs in a child process."""
    page = task.page
    try:
        content = write_html(page.numbered, task.styles, page.added)
    except UNWRITABLE as error:
        return failure_of(error, page.numbered.brief)
    found = read_html(content, {page.script})
    faults = faults_of(found, page.numbered, task.witness, page.filename)
    return Made(as_content(content, found, page.filename, task.fingerprint), tuple(faults))


def as_content(content: bytes, found: Readback, name: str, fingerprint: str) -> Content:
    """Return a page that was read back as the site publishes and records it."""
    digest = hashlib.sha256(content).hexdigest()
    printed = json.dumps(to_record(found), ensure_ascii=False).encode("utf-8", "replace")
    record = Record(fingerprint, digest, None, msgspec.Raw(printed))
    return Content(name, "html", record, len(content), content)


def _seconds_allowed(task: _Task) -> float:
    return _SECONDS + len(task.page.numbered.brief.source) / _CHARACTERS

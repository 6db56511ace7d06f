"""The JSON that `brief` prints and writes: every field that it has today, with what it says.

The values are made by the commands themselves, in a small project. A field without a meaning here
is a `LookupError`, and so is a meaning without a field: neither can be forgotten.
"""

from __future__ import annotations

import gc
import io
import json
import tempfile
import zipfile
from collections.abc import Iterator, Mapping
from contextlib import chdir, redirect_stderr, redirect_stdout
from pathlib import Path
from typing import Any

from pipeline.cli import main
from pipeline.sources import Record, write_lock

from .markdown import code, table
from .meanings import FINDING, FORMATS, OWN

_BRIEF = "briefs/first-brief.md"
_KINDS: Mapping[type, str] = {
    str: "text",
    int: "number",
    float: "number",
    bool: "true or false",
    type(None): "null",
}


def formats() -> str:
    """Return a section for each format: a table of its fields."""
    with tempfile.TemporaryDirectory() as folder, chdir(folder):
        made = dict(_made(Path(folder) / "ours"))
    gc.collect()  # pdfium complains of what is left to the end of the program
    parts = []
    for name, (words, by_name, meanings) in FORMATS.items():
        found: dict[str, list[str]] = {}
        for place, kind in _fields(made[name], tuple(by_name)):
            kinds = found.setdefault(place, [])
            if kind and kind not in kinds:
                kinds.append(kind)
        _compare(name, set(found), set(meanings))
        rows = (
            (code(place), " or ".join(found[place]) or "a list", meaning)
            for place, meaning in meanings.items()
            if meaning != OWN
        )
        parts.append(f"### {code(name)}\n\n{words}\n\n{table(('field', 'is', ''), rows)}")
    return "\n".join(parts)


def _compare(name: str, found: set[str], known: set[str]) -> None:
    if found != known:
        raise LookupError(f"{name}: {sorted(found ^ known)} in tools/reference/meanings.py")


def _made(folder: Path) -> Iterator[tuple[str, Any]]:
    """Yield each format with a value of it."""
    _run("new", "--project", str(folder))
    with chdir(folder):
        text = Path(_BRIEF).read_text("utf-8")
        Path(_BRIEF).write_text(text.replace("Write in", "TODO Write in"), "utf-8")
        yield "brief check --json", _printed("check", "--json")
        yield "baseline.json", _written("baseline.json", "check", "--write-baseline")
        Path("baseline.json").unlink()
        Path(_BRIEF).write_text(text.replace("lang: en-GB", "lang: en-GB\nedition: 1"), "utf-8")
        yield "brief build --json", _printed("build", "--json", "--explain")
        yield "build/manifest.json", json.loads(Path("build/manifest.json").read_text("utf-8"))
        yield "brief verify --json", _printed("verify", "--json")
        yield "brief numbers --json", _printed("numbers", "--json", "build/first-brief.html")
        yield "brief bibliography --json", _printed("bibliography", "--json", "references.bib")
        yield "brief preflight --json", _printed("preflight", "--json", "build/first-brief.pdf")
        yield "brief merge --json", _printed("merge", "--json", "--dry-run", _returned())
        yield "brief import --json", _printed("import", "--json", "--dry-run", _foreign())
        yield "brief site --json", _printed("site", "--json")
        yield "build/site/briefs.json", json.loads(Path("build/site/briefs.json").read_text())
        yield (
            "briefs/NAME/releases/EDITION/release.json",
            _written("briefs/first-brief/releases/1/release.json", "release", "first-brief"),
        )
        Path("styles/extra.css").write_text("a:focus { outline: none; }\n", "utf-8")  # a fault
        yield "brief accessibility --json", _printed("accessibility", "--json")
        record = Record("2026-01-28", 200, "https://example.org/", "Rain", "9f86…", "9f86…")
        yield "sources.lock", json.loads(write_lock({"https://example.org/": record}))


def _foreign() -> str:
    """Return the path of a Word file that does not say that it is ours."""
    return _copied("foreign.docx", "urn:briefwright", "urn:other")


def _returned() -> str:
    """Return the path of the brief's Word file with a word more."""
    return _copied("returned.docx", "Write in Markdown", "Write in plain Markdown")


def _copied(path: str, before: str, after: str) -> str:
    """Return the path of a copy of the brief's Word file, with other words in its XML."""
    with zipfile.ZipFile("build/first-brief.docx") as sent, zipfile.ZipFile(path, "w") as returned:
        for name in sent.namelist():
            content = sent.read(name)
            if name.endswith(".xml"):
                content = content.replace(before.encode(), after.encode())
            returned.writestr(name, content)
    return path


def _run(*arguments: str) -> str:
    """Run `brief`, and return what it prints."""
    said = io.StringIO()
    with redirect_stdout(said), redirect_stderr(io.StringIO()):
        main(list(arguments))
    return said.getvalue()


def _printed(*arguments: str) -> Any:
    return json.loads(_run(*arguments))


def _written(path: str, *arguments: str) -> Any:
    _run(*arguments)
    return json.loads(Path(path).read_text("utf-8"))


def _fields(value: Any, by_name: tuple[str, ...], place: str = "") -> Iterator[tuple[str, str]]:
    """Yield the fields of a value, each with its kind; "" where its items come next.

    The keys of the objects in `by_name` are names of files and the like.
    """
    match value:
        case dict():
            for name, inner in value.items():
                shown = "NAME" if place in by_name else name
                yield from _fields(inner, by_name, f"{place}.{shown}" if place else shown)
        case list() if place == "diagnostics":
            if any(finding.keys() != FINDING for finding in value):
                raise LookupError("a finding has other fields than the guide says")
            yield "diagnostics[]", "finding"
        case list():
            if not value:
                yield f"{place}[]", ""
            for inner in value:
                yield from _fields(inner, by_name, f"{place}[]")
        case _:
            yield place, _KINDS[type(value)]

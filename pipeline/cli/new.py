"""`brief new`: start a brief that builds at once."""

from __future__ import annotations

import re
from argparse import Namespace
from pathlib import Path
from shlex import quote

from ..diagnostics import reason_of
from ..diagnostics.render import json_text
from ..disk import shown_path
from ..readers.markdown.front_schema import front_matter_schema
from ..roots import find_root
from ..starter import project_files
from ..styles import default_folder
from ..styles.schema import house_schema
from .terminal import refuse, say

BRIEF = """\
---
title: {title}
lang: en-GB
authors:
  - Your Name
---

::: summary
Say in three sentences what the reader must know, and cite a source for each claim
[@{key}].
:::

## What is known

Write in Markdown, and cite by the key of a reference in `references.bib`
[@{key}, p. 4]. @tbl-marks shows how; @sec-next says what happens then.

| To cite | write |
|---|---|
| a work | `[@{key}]` |
| a page | `[@{key}, p. 4]` |
| several works | `[@{key}; @another]` |

: How citations are written {{#tbl-marks}}

## What comes next {{#sec-next}}

References are numbered in the order of their first citation. The numbers are the
same in PDF, Word and HTML[^proof].

[^proof]: `brief build` reads them back from each file and compares them.
"""

OWN_KEY = "who2021air"
REFERENCES = """\
@report{who2021air,
  author      = {{World Health Organization}},
  title       = {WHO Global Air Quality Guidelines: Particulate Matter (PM2.5 and PM10), Ozone,
                 Nitrogen Dioxide, Sulfur Dioxide and Carbon Monoxide},
  institution = {World Health Organization},
  location    = {Geneva},
  date        = {2021},
  url         = {https://iris.who.int/handle/10665/345329},
  urldate     = {2026-01-28},
}
"""


def new(options: Namespace) -> int:
    if not options.name and not options.project:
        return refuse("brief new: give the brief a name", 2)
    try:
        if options.project:
            written = write_new_project(options.project, options.name or "first-brief")
        else:
            written = write_new_brief(find_root(Path()), options.name)
    except NewBriefError as error:
        return refuse(f"brief new: {error}", 2 if error.usage else 1)
    for path in written:
        say(f"wrote {shown_path(path)}")
    if options.project:
        folder = shown_path(options.project)
        say("now: " + (f"cd {quote(folder)} && " if folder != "." else "") + "brief build")
    else:
        say(f"now: brief build {shown_path(written[0])}")
    return 0


class NewBriefError(Exception):
    """Why no brief was started; `usage` if the name is to blame."""

    def __init__(self, message: str, *, usage: bool = False) -> None:
        super().__init__(message)
        self.usage = usage


def write_new_brief(root: Path, name: str) -> list[Path]:
    """Write `briefs/NAME.md`, and `references.bib` if there is none. Nothing is overwritten."""
    name = name.removeprefix("briefs/").removesuffix(".md")
    if not re.fullmatch(r"\w[\w-]*", name):
        raise NewBriefError(
            f"`{name}` cannot be a name: use letters, digits and hyphens", usage=True
        )
    brief, references = root / "briefs" / f"{name}.md", root / "references.bib"
    title = name.replace("-", " ").replace("_", " ").capitalize()
    key = _first_key(references)
    written = [_write(brief, BRIEF.format(title=title, key=key or OWN_KEY))]
    if not key:
        written.append(_write(references, REFERENCES))
    return written


def write_new_project(folder: Path, name: str) -> list[Path]:
    """Write a project that builds at once into a folder that is empty, or not there yet."""
    if folder.is_dir() and any(folder.iterdir()):
        raise NewBriefError(f"{folder} is not empty; nothing was changed")
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise NewBriefError(f"cannot write {folder}: {reason_of(error)}") from None
    written = write_new_brief(folder, name)
    files = project_files(default_folder() / "house.toml")
    for schema_name, schema in (("house", house_schema()), ("front-matter", front_matter_schema())):
        files[f".vscode/{schema_name}.schema.json"] = f"{json_text(schema)}\n"
    return written + [_write(folder / path, text) for path, text in files.items()]


def _first_key(references: Path) -> str:
    """Return a key that the new brief can cite, "" if there is no `references.bib`."""
    if not references.exists():
        return ""
    found = re.search(
        r"^\s*@(?!comment|string|preamble)\w+\s*[{(]\s*([\w:.-]+)\s*,",
        references.read_text("utf-8", "replace"),
        re.MULTILINE | re.IGNORECASE,
    )
    if not found:
        raise NewBriefError(f"{references.name} has no reference to cite")
    return found[1]


def _write(path: Path, text: str) -> Path:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("x", encoding="utf-8") as file:
            file.write(text)
    except FileExistsError:
        raise NewBriefError(f"{path.name} already exists; nothing was changed") from None
    except OSError as error:
        reason = reason_of(error)
        raise NewBriefError(f"cannot write {path}: {reason}") from None
    return path

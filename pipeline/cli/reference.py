"""`brief reference-docx`: the house style as a Word file that people can change."""

from __future__ import annotations

import sys
from argparse import Namespace

from msgspec.structs import replace

from ..diagnostics import has_errors, reason_of
from ..disk import shown_path
from ..model.references import library_of
from ..project import load_project
from ..project.loading import completed
from ..project.stages import prepare
from ..readers.markdown import FileProblem, read_markdown
from ..writers.docx import write_docx
from .report import print_diagnostics
from .terminal import refuse, say

# The fields that a brief fills, and the place of its text.
SOURCE = """\
---
title: "{{title}}"
subtitle: "{{subtitle}}"
authors: ["{{authors}}"]
---

{{body}}
"""


def reference_docx(options: Namespace) -> int:
    project = load_project([], styles=options.styles)
    styles = replace(project.styles, reference_docx=b"")
    brief, _ = read_markdown(SOURCE, "reference.md", _no_files, styles.house.lang)
    front = completed(brief.front, styles.house)
    numbered, _ = prepare(replace(brief, front=front), library_of({}))
    path = options.out or project.root / "styles" / "reference.docx"
    print_diagnostics([d for d in project.diagnostics if has_errors([d])], {}, sys.stderr)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("xb") as file:
            file.write(write_docx(numbered, styles))
    except FileExistsError:
        return refuse(f"{shown_path(path)} already exists; nothing was changed")
    except OSError as error:
        return refuse(f"cannot write {shown_path(path)}: {reason_of(error)}")
    say(f"wrote {shown_path(path)}")
    return 0


def _no_files(name: str) -> bytes | FileProblem:
    return FileProblem("missing-file", f"`{name}` is not there")

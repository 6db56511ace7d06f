"""The reference list is edited in LibreOffice, all fields are updated, and the marks follow."""

import json
import shutil
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest
from proved import wrong
from test_properties import STYLES, numbered_brief
from word_tools import MODES, SOFFICE

from pipeline.build.proof import read_back
from pipeline.marks import PRESETS, mark
from pipeline.model import Citation, walk
from pipeline.writers.docx import write_docx

pytestmark = pytest.mark.slow
SCRIPT = Path(__file__).with_name("uno_updates.py")
GONE = "Error:Referencesourcenotfound"  # LibreOffice's text, without blanks

# Each paragraph with a mark has a name, since a paragraph's text is all that LibreOffice tells.
TEXT = """---
title: Rain
marks: {marks}
---

## Roofs

One [@smith2021].

Page [@lee2019, p. 4].

Three [@smith2021; @lee2019; @who2020].

Mixed [@lee2019, ch. 2; @ng2022].

Prefix [see @who2020, pp. 3-5].

A note.[^a]

| Where | What |
|---|---|
| Cell [@who2020; @ng2022] | x |

[^a]: Note [@ng2022, sec. 7; @act2013].
"""


@cache
def python_with_uno():
    """Return a Python that can drive LibreOffice: the system's, or LibreOffice's own."""
    beside = Path(SOFFICE).resolve().with_name("python") if SOFFICE else None
    candidates = (sys.executable, shutil.which("python3"), "/usr/bin/python3", beside)
    return next((found for found in candidates if found and _has_uno(found)), None)


def _has_uno(python):
    try:
        return subprocess.run([python, "-c", "import uno"], capture_output=True).returncode == 0
    except OSError:
        return False


# What is done to which file; "again" is the file that LibreOffice saved after "none".
EDITS = {
    **{f"{edit}-{marks}": edit for edit in ("insert", "delete") for marks in PRESETS},
    **{f"none-{mode}": "none" for mode in MODES},
    "again": "insert",
}


def brief_of(case):
    edit, _, which = case.partition("-")
    if edit in ("insert", "delete"):
        return numbered_brief(TEXT.format(marks=which))
    return numbered_brief(TEXT.format(marks=f"ieee-ranges\nword-citations: {which or 'ref'}"))


@pytest.fixture(scope="module")
def updated(tmp_path_factory):
    """For each case the paragraphs after an edit and an update, and the file that was saved.

    LibreOffice is started once for all: that takes as long as all the edits.
    """
    if SOFFICE is None:
        pytest.skip("LibreOffice (soffice) is not installed")
    if python_with_uno() is None:
        pytest.skip("no Python here has `uno` (Debian: python3-uno)")
    folder, files = tmp_path_factory.mktemp("updates"), []
    for case, edit in EDITS.items():
        before = folder / f"{case}.docx"
        if case == "again":
            before = folder / "none-ref-saved.docx"
        else:
            before.write_bytes(write_docx(brief_of(case), STYLES))
        files += [before, folder / f"{case}-saved.docx", edit]
    run = subprocess.run(
        [python_with_uno(), SCRIPT, SOFFICE, folder / "profile", *files],
        capture_output=True, text=True, timeout=600, check=True,
    )  # fmt: skip
    said = zip(EDITS, json.loads(run.stdout), strict=True)
    return {case: (text, (folder / f"{case}-saved.docx").read_bytes()) for case, text in said}


def marks_in(paragraphs):
    """Return the mark of each named paragraph, without blanks and full stops round it."""
    found = {}
    for paragraph in paragraphs:
        for name in ("One", "Page", "Three", "Mixed", "Prefix", "Cell", "Note"):
            if paragraph.strip().startswith(name):
                words = paragraph.strip().removeprefix(name).replace("\u200e", "")
                found[name] = "".join(words.split()).removeprefix(".").removesuffix(".")
    return found


def marks_decided(numbered, shift):
    """Return the marks that the house prints when every number is `shift` higher."""
    numbers = {
        anchor: str(int(found) + shift) if anchor.kind == "reference" else found
        for anchor, found in numbered.numbers.items()
    }
    citations = [node for node in walk(numbered.brief) if isinstance(node, Citation)]
    shown = []
    for citation in citations:
        parts = mark(citation, numbers, numbered.marks, "en-GB")
        shown.append("".join(part.text for part in parts))
    names = ("One", "Page", "Three", "Mixed", "Prefix", "Note", "Cell")
    return {name: "".join(text.split()) for name, text in zip(names, shown, strict=True)}


@pytest.mark.parametrize("marks", PRESETS)
def test_every_mark_follows_a_reference_that_was_inserted(marks, updated):
    paragraphs, _ = updated[f"insert-{marks}"]

    assert marks_in(paragraphs) == marks_decided(brief_of(f"insert-{marks}"), 1)


@pytest.mark.parametrize("marks", PRESETS)
def test_every_mark_follows_a_reference_that_was_taken_out(marks, updated):
    """Marks of what was taken out show an error; in a range, in place of its first number."""
    paragraphs, _ = updated[f"delete-{marks}"]
    decided = marks_decided(brief_of(f"delete-{marks}"), -1)
    gone = {name: decided[name].replace("0", GONE, 1) for name in ("One", "Three")}

    assert marks_in(paragraphs) == decided | gone


@pytest.mark.parametrize("mode", MODES)
def test_an_update_changes_nothing_in_an_untouched_file(mode, updated):
    numbered = brief_of(f"none-{mode}")
    paragraphs, saved = updated[f"none-{mode}"]

    assert marks_in(paragraphs) == marks_decided(numbered, 0)
    assert wrong(numbered, read_back(saved, "docx"), "docx") == []


def test_marks_are_alive_still_after_libreoffice_saved_the_file(updated):
    paragraphs, _ = updated["again"]

    assert marks_in(paragraphs) == marks_decided(brief_of("again"), 1)

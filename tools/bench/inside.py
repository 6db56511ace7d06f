"""What is measured in this process: the parts of a build, and answers to an editor."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Sequence
from io import BytesIO
from itertools import count
from pathlib import Path
from zipfile import ZipFile

from pipeline.build.proof import faults_of, read_back, witness
from pipeline.lsp.completing import completions
from pipeline.lsp.findings import findings
from pipeline.lsp.mentions import definition, mention_at
from pipeline.lsp.positions import SourceText
from pipeline.lsp.reading import Workspace
from pipeline.lsp.renaming import renamed
from pipeline.lsp.saying import entry_shown
from pipeline.project import LoadedBrief, Project, load_project
from pipeline.writers import WRITERS

from .measuring import ROOT, Cost, Measured, here

SAMPLE = ROOT / "briefs" / "congestion.md"
_LIBRARY = ROOT / "references.bib"
_KEY = "eliasson2014"  # that the sample cites


def warm(brief: Path, formats: Sequence[str]) -> Measured:
    """Return what builds and proves a brief in this process, each time with another text."""
    text, rounds = brief.read_text("utf-8"), count(1)

    def build() -> None:
        brief.write_text(f"{text}\nRound {next(rounds)}.\n", "utf-8")
        project, loaded = _read(brief)
        for name in formats:
            _prove(project, loaded, name, _written(project, loaded, name))

    return here(build)


def proof(name: str) -> Measured:
    """Return what reads back and proves one output of the sample, which is written once."""
    project, brief = _read(SAMPLE)
    content = _written(project, brief, name)
    return here(lambda: _prove(project, brief, name, content))


def editor(folder: Path) -> dict[str, Measured]:
    """Return what answers an editor in which the sample is open, with a library of 500 entries.

    letter: reads the brief and finds its faults once the typing pauses
    keys:   completes a citation key: all 500, with author, year and title
    point:  shows the entry of a key as it will be printed, and finds where it stands
    rename: renames a key in its library and in all briefs, and reads them again
    """
    path = folder / "edited" / "briefs" / SAMPLE.name
    shutil.copytree(SAMPLE.parent, path.parent)
    entry = "\n@book{more%d, title={Title %d}, author={Ba, Ann}, publisher={Cy}, year=2020}"
    own = _LIBRARY.read_text("utf-8")
    more = "".join(entry % (number, number) for number in range(500 - own.count("\n@")))
    (path.parents[1] / _LIBRARY.name).write_text(own + more, "utf-8")
    workspace, text, rounds = Workspace(), SAMPLE.read_text("utf-8"), count(1)
    place = path.resolve()

    def letter() -> Cost:
        workspace.texts[place] = f"{text}\nRound {next(rounds)}.\n"
        return here(lambda: findings(workspace))()

    def keys() -> None:
        reading = workspace.latest(place)
        if reading is None or not completions("[@", reading):
            sys.exit("nothing completes a citation")

    def texts(path: str) -> SourceText:
        return SourceText(workspace.texts.get(Path(path)) or Path(path).read_text("utf-8"))

    def point() -> None:
        if (reading := workspace.reading(place)) is None:
            sys.exit("the brief is not read")
        mention = mention_at(reading, texts, place, line, column)
        if mention is None or not isinstance(mention.name, str):
            sys.exit("no key is there")
        if not entry_shown(reading, mention.name) or not definition(reading, texts, mention.name):
            sys.exit("the key is not known")

    def rename() -> None:
        if (reading := workspace.reading(place)) is None:
            sys.exit("the brief is not read")
        if not renamed(workspace, reading, texts, _KEY, f"{_KEY}a"):
            sys.exit("the key is not renamed")

    before = text[: text.index(f"@{_KEY}")]
    line, column = before.count("\n") + 1, len(before) - before.rfind("\n") + 1
    return {"letter": letter, "keys": here(keys), "point": here(point), "rename": here(rename)}


def returned(folder: Path) -> Path:
    """Write the sample's Word file with one word changed, and return its path."""
    project, brief = _read(SAMPLE)
    path = folder / "returned.docx"
    content = BytesIO(_written(project, brief, "docx"))
    with ZipFile(content) as sent, ZipFile(path, "w") as changed:
        for name in sent.namelist():
            text = sent.read(name)
            if name == "word/document.xml":
                text = text.replace(b"usual alternative", b"usual remedy")
            changed.writestr(name, text)
    return path


def older(folder: Path) -> Path:
    """Write an older edition of the sample, with other words and sources, and return its path."""
    briefs = shutil.copytree(SAMPLE.parent, folder / "older" / "briefs")
    shutil.copy(_LIBRARY, folder / "older")
    path = briefs / SAMPLE.name
    text = SAMPLE.read_text("utf-8").replace("usual alternative", "usual remedy")
    text = text.replace("[@simeonova2021]", "[@eliasson2014]").replace("### Money", "### Costs")
    path.write_text(text, "utf-8")
    return path


def _read(path: Path) -> tuple[Project, LoadedBrief]:
    project = load_project([path])
    if project.has_errors:
        sys.exit(f"{path} has errors")
    return project, project.briefs[0]


def _written(project: Project, brief: LoadedBrief, name: str) -> bytes:
    if brief.numbered is None:
        sys.exit(f"{brief.path} was not read")
    return WRITERS[name](brief.numbered, project.styles)


def _prove(project: Project, brief: LoadedBrief, name: str, content: bytes) -> None:
    if brief.numbered is None:
        sys.exit(f"{brief.path} was not read")
    seen = witness(brief, project.styles)
    found = read_back(content, name)
    if faults := faults_of(found, brief.numbered, seen, f"{brief.name}.{name}"):
        sys.exit(faults[0].message)

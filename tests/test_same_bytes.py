"""The same brief gives the same files: in any folder, zone and locale, by any number of jobs."""

import hashlib
import os
import subprocess
import sys
from pathlib import Path

import pytest
from word_tools import MODES, ROOT

from pipeline.cli import main
from pipeline.model import PDF_STANDARDS

CODE = """
import hashlib, sys
from pathlib import Path
from pipeline.project import load_project
from pipeline.writers import WRITERS
root, format, option, value = sys.argv[1:]
for path in sorted(Path(root).glob("briefs/*.md")):
    project = load_project([path], **{option: value})
    content = WRITERS[format](project.briefs[0].numbered, project.styles)
    print(path.name, len(content), hashlib.sha256(content).hexdigest())
"""
KINDS = [
    *(("docx", "word_citations", mode) for mode in MODES),
    *(("pdf", "pdf_standard", standard) for standard in PDF_STANDARDS),
]


def hashes(kind, cwd, **surroundings):
    run = subprocess.run(
        [sys.executable, "-c", CODE, os.path.relpath(ROOT, cwd), *kind],
        cwd=cwd, env={**os.environ, "PYTHONPATH": str(ROOT), **surroundings},
        capture_output=True, text=True, check=True, timeout=300,
    )  # fmt: skip
    return run.stdout.splitlines()


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind[2])
def test_nothing_round_a_brief_gets_into_its_files(kind, tmp_path):
    one = hashes(kind, ROOT, PYTHONHASHSEED="1", TZ="Pacific/Auckland", LC_ALL="C")
    two = hashes(kind, tmp_path, PYTHONHASHSEED="2", TZ="America/New_York", LC_ALL="C.UTF-8")
    three = hashes(kind, Path("/"), PYTHONHASHSEED="3", SOURCE_DATE_EPOCH="1")

    assert len(one) == len(list(ROOT.glob("briefs/*.md")))
    assert one == two == three


def test_the_number_of_jobs_changes_no_byte(project):
    def built(jobs):
        assert main(["build", "--to", "pdf", "--jobs", jobs, "--out", f"build{jobs}"]) == 0
        files = sorted(Path(f"build{jobs}").glob("*.pdf"))
        return {file.name: hashlib.sha256(file.read_bytes()).hexdigest() for file in files}

    assert len(built("1")) > 1
    assert built("1") == built("3")

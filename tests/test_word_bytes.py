"""The same brief gives the same Word file: in any folder, zone, locale, and order of sets."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from word_tools import MODES, ROOT

CODE = """
import hashlib, sys
from pathlib import Path
from pipeline.project import load_project
from pipeline.writers.docx import write_docx
for path in sorted(Path(sys.argv[1]).glob("briefs/*.md")):
    project = load_project([path], word_citations=sys.argv[2])
    content = write_docx(project.briefs[0].numbered, project.styles)
    print(path.name, len(content), hashlib.sha256(content).hexdigest())
"""


def hashes(mode, cwd, **surroundings):
    run = subprocess.run(
        [sys.executable, "-c", CODE, os.path.relpath(ROOT, cwd), mode],
        cwd=cwd, env={**os.environ, "PYTHONPATH": str(ROOT), **surroundings},
        capture_output=True, text=True, check=True, timeout=120,
    )  # fmt: skip
    return run.stdout.splitlines()


@pytest.mark.parametrize("mode", MODES)
def test_nothing_round_a_brief_gets_into_its_word_file(mode, tmp_path):
    one = hashes(mode, ROOT, PYTHONHASHSEED="1", TZ="Pacific/Auckland", LC_ALL="C")
    two = hashes(mode, tmp_path, PYTHONHASHSEED="2", TZ="America/New_York", LC_ALL="C.UTF-8")
    three = hashes(mode, Path("/"), PYTHONHASHSEED="3", SOURCE_DATE_EPOCH="1")

    assert len(one) == len(list(ROOT.glob("briefs/*.md")))
    assert one == two == three

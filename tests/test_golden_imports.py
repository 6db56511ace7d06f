"""Our own Word files, imported as foreign ones, and a redline, as they were seen and approved.

`pytest --update` rewrites tests/golden/; read the diff before you commit it.
"""

import io
import re
import zipfile

import pytest
from test_golden import ROOT, html_text, kept
from test_merge import BIB, BRIEF

from pipeline.importing.converting import Task, converted
from pipeline.model import UNDATED
from pipeline.project import load_project
from pipeline.redline import redline
from pipeline.styles import preset_folder, specimen
from pipeline.writers import WRITERS

BRIEFS = {"specimen": specimen(), "japan-canada": ROOT / "briefs/japan-canada.md"}
EDITS = (
    ("Rain: a brief", "Rain: a longer brief"),
    ("    affiliation: Weather Office\n", "  - name: Bo Kim\n"),
    ("*hills*", "**mountains**"),
    ("[@lee; @kim, p. 4]", "[@kim, p. 5; @roe]"),
    ("- Drops grow,\n  and fall [@roe].\n", ""),
    ("- Wind helps.", "- Wind helps.\n- Dust helps, too."),
    ("Counting began in 1950", "Counting began in 1951"),
)


def as_foreign(content):
    """Return a Word file without what we put into ours, so that it is read like any other."""
    found = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(found, "w") as new:
        for part in old.namelist():
            text = old.read(part)
            if part.endswith(".rels"):
                text = re.sub(rb"<Relationship [^>]*customXml/[^>]*/>", b"", text)
            if part == "[Content_Types].xml":
                text = re.sub(rb'<Override [^>]*"/customXml/[^>]*/>', b"", text)
            if not part.startswith("customXml/"):
                new.writestr(part, text)
    return found.getvalue()


@pytest.mark.parametrize("name", BRIEFS)
def test_a_word_file_of_ours_is_imported_as_a_foreign_one_as_it_was_approved(name, update):
    project = load_project([BRIEFS[name]], styles=preset_folder("institute"))
    content = WRITERS["docx"](project.briefs[0].numbered, project.styles)

    found = converted(Task(as_foreign(content), name, b"", "references.bib"))

    losses = (f"{one.verdict} {one.kind}: {one.message}: {one.text}" for one in found.losses)
    text = "\n".join([found.markdown, found.library.decode(), *losses, ""])
    kept(f"imports/{name}.md", text, update)


def test_a_redline_is_as_it_was_approved(tmp_path, update):
    (tmp_path / "references.bib").write_text(BIB, "utf-8")
    editions, text = [], BRIEF
    for edit in EDITS:
        assert edit[0] in text
        text = text.replace(*edit)
    for name, edition in (("old.md", BRIEF), ("new.md", text)):
        (tmp_path / name).write_text(edition, "utf-8")
        project = load_project([tmp_path / name])
        editions.append(project.briefs[0].numbered)

    compared = redline(*editions, "Ann", UNDATED)

    kept("redline.html", html_text(WRITERS["html"](compared, project.styles)), update)

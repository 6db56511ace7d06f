"""Every code is explained, and its example raises it."""

import re

import pytest
from spec_library import FILES, LIBRARY, files_of

from pipeline.diagnostics import CODES
from pipeline.diagnostics.explain import explanations
from pipeline.lint import lint_accessibility, lint_references, lint_text
from pipeline.project import load_project
from pipeline.project.stages import prepare
from pipeline.readers.bibtex import read_bibtex
from pipeline.readers.markdown import read_markdown
from pipeline.styles import load_styles

STYLES, _ = load_styles(None)
EXAMPLE = re.compile(r"^(`{3,})(brief|bib|json|toml)\n(.*?)^\1$", re.MULTILINE | re.DOTALL)
EXAMPLES = [
    pytest.param(code, kind, example, id=code)
    for code, text in sorted(explanations().items())
    for _, kind, example in EXAMPLE.findall(text)
]


def test_every_code_is_explained_and_nothing_else():
    assert explanations().keys() == CODES.keys()


def test_every_code_has_an_example_or_says_why_not():
    without = [code for code, text in explanations().items() if not EXAMPLE.search(text)]

    assert [code for code in without if "No example:" not in explanations()[code]] == []


@pytest.mark.parametrize(("code", "kind", "example"), EXAMPLES)
def test_the_example_raises_the_code(code, kind, example, tmp_path):
    codes = {"brief": brief_codes, "bib": bib_codes, "json": json_codes, "toml": toml_codes}
    found = codes[kind](example, tmp_path)

    assert code in found


def brief_codes(text, folder):
    (folder / "briefs").mkdir()
    (folder / "briefs/brief.md").write_text(text, "utf-8")
    for name, content in FILES.items():
        (folder / "briefs" / name).write_bytes(content)
    brief, found = read_markdown(text, "brief.md", files_of, "en-GB")
    numbered, wrong = prepare(brief, LIBRARY)
    direct = {
        d.code
        for d in [
            *found,
            *wrong,
            *lint_text(brief, STYLES.house),
            *lint_accessibility(brief, STYLES.house),
            *lint_references(numbered, STYLES.house),
        ]
    }
    project = load_project([folder / "briefs/brief.md"])
    return direct | {d.code for d in project.all_diagnostics}


def bib_codes(text, folder):
    library, found = read_bibtex([(text.encode(), "references.bib")])
    (folder / "briefs").mkdir()
    keys = "".join(f" [@{{{key}}}]" for key in library)
    (folder / "briefs/brief.md").write_text(f"# Rain\n\nRain{keys}.\n", "utf-8")
    (folder / "references.bib").write_text(text, "utf-8")
    project = load_project(start=folder)
    return {d.code for d in project.all_diagnostics} | {d.code for d in found}


def json_codes(text, folder):
    (folder / "briefs").mkdir()
    (folder / "briefs/brief.md").write_text("# Rain\n\nRain [@lee2019].\n", "utf-8")
    (folder / "references.json").write_text(text, "utf-8")
    return {d.code for d in load_project(start=folder).all_diagnostics}


def toml_codes(text, folder):
    (folder / "house.toml").write_text(text, "utf-8")
    return {d.code for d in load_styles(folder)[1]}

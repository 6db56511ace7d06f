"""Which libraries the project file of Quarto or MyST names."""

from __future__ import annotations

from ...diagnostics import Diagnostic, Span
from ..decoding import read_decoded
from .yaml_values import LONGEST, BadYaml, Composer, Mapping, Scalar, Sequence, Value

PROJECT_FILES = ("_quarto.yml", "_quarto.yaml", "myst.yml")
_PARTS = ("project", "book", "website")  # that may hold what is else at the top


def read_project_file(
    content: bytes, path: str
) -> tuple[str, list[tuple[str, Span]], list[Diagnostic]]:
    """Return the text of a project file, and each library it names with its place.

    Its other keys are those of another program: nothing is said of them.
    """
    source, _ = read_decoded(content, path)
    composer, wrong = Composer(source, 0, len(source.text), "the project file"), []
    root: Value | None
    try:
        if len(source.text) > LONGEST:
            raise BadYaml(f"the project file has {len(source.text):,} characters", 0)
        root = composer.value()
    except BadYaml as problem:
        place = source.line_span(min(problem.offset, len(source.text)))
        wrong = [Diagnostic("bad-project-file", str(problem), place, problem.hint)]
        root = composer.whole_values()
    named = next(filter(None, map(_bibliography, [root, *_parts(root)])), None)
    values = named.items if isinstance(named, Sequence) else [named]
    files = [(one.text, one.span) for one in values if isinstance(one, Scalar) and one.text]
    return source.text, files, wrong


def _parts(root: Value | None) -> list[Value | None]:
    return [root.find(name) for name in _PARTS] if isinstance(root, Mapping) else []


def _bibliography(value: Value | None) -> Value | None:
    return value.find("bibliography") if isinstance(value, Mapping) else None

"""Read a library in YAML: pandoc's `references:` in a file of its own (CSL-YAML).

In: the content of a file: a mapping with a list in `references`, or the list alone, between lines
of three hyphens or without them. Out: a `Library`, and diagnostics. Its items are read as those of
the front matter are, from which they may have been moved.
"""

from __future__ import annotations

from collections.abc import Sequence as Values

from ...diagnostics import Diagnostic, Span
from ...model.references import Library, Reference
from ..decoding import read_decoded
from ..items import read_item
from ..source import Source
from .own_references import item_of
from .yaml_values import CLOSING, BadYaml, Composer, Mapping, Scalar, Sequence, Value

LONGEST_LIBRARY = 4_000_000  # characters
_OPENING = "---"


def read_csl_yaml(content: bytes, path: str) -> tuple[Library, list[Diagnostic]]:
    """Read a file of CSL-YAML. What is wrong with one item is said of those who cite it, too."""
    source, diagnostics = read_decoded(content, path)
    items: dict[str, tuple[Scalar, Mapping]] = {}
    others: dict[str, list[Diagnostic]] = {}
    try:
        for mapping in _mappings(source, diagnostics):
            key = mapping.find("id")
            if not isinstance(key, Scalar) or not key.text:
                message = "a reference without `id` cannot be cited"
                diagnostics.append(Diagnostic("bad-reference", message, mapping.span))
            elif key.text in items:
                first = items[key.text][0].span
                message = f"the key `{key.text}` is already used at {path}:{first.line}"
                hint = "give one of them another key, or remove it"
                found = Diagnostic(
                    "duplicate-citation-key", f"{message}; that is read", key.span, hint
                )
                others.setdefault(key.text, []).append(found)
            else:
                items[key.text] = key, mapping
    except BadYaml as problem:
        place = source.line_span(min(problem.offset, len(source.text)))
        diagnostics.append(Diagnostic("bad-library", str(problem), place, problem.hint))

    def decode(key: str) -> tuple[Reference, list[Diagnostic]]:
        reference, found = read_item(item_of(*items[key]))
        return reference, [*others.get(key, ()), *found]

    spans: dict[str, Span] = {key: scalar.span for key, (scalar, _) in items.items()}
    return Library(spans, decode), diagnostics


def _mappings(source: Source, diagnostics: list[Diagnostic]) -> Values[Mapping]:
    """Return the references of a file. Raises `BadYaml`."""
    start, end = _inside(source)
    if end - start > LONGEST_LIBRARY:
        raise BadYaml(f"the library has {end - start:,} characters", start)
    composer = Composer(source, start, end, "the library")
    root: Value | None = composer.value()
    diagnostics += composer.slips
    if isinstance(root, Mapping):
        root = root.find("references")
    if not isinstance(root, Sequence):
        raise BadYaml("this is not CSL-YAML: it has no list of `references`", start)
    for value in root.items:
        if not isinstance(value, Mapping):
            message = "a reference should be a mapping with `id`, `type` and `title`"
            diagnostics.append(Diagnostic("bad-reference", message, value.span))
    return [value for value in root.items if isinstance(value, Mapping)]


def _inside(source: Source) -> tuple[int, int]:
    """Return where the YAML begins and ends."""
    start = len(_OPENING) if source.text.startswith(_OPENING) else 0
    closing = CLOSING.search(source.text, start + 1)
    return start, closing.start() if closing else len(source.text)

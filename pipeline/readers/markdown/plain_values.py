"""Values of the front matter that are printed as typed: a citation in one is reported."""

from __future__ import annotations

import re
from collections.abc import Iterator

from .reading import Reading
from .yaml_values import Mapping, Scalar, Sequence, Value

# In brackets only: `@name` alone is a handle in many places.
CITATION = re.compile(r"\[[^\[\]]*(?<!\w)@[\w{][^\[\]]*\]")
PLAIN = (
    "edition", "version", "series", "number", "authors", "author", "reviewers", "affiliations",
    "keywords", "licence", "license", "contact",
)  # fmt: skip
PLAIN_IN_PARTS = {"claim": ("date",), "corrections": ("date", "kind", "where")}


def report_citations_as_typed(reading: Reading, front: Mapping) -> None:
    for scalar in _plain(front):
        for found in CITATION.finditer(scalar.text):
            message = f"`{found[0]}` is printed as typed: citations are not read here"
            hint = "cite in the body, or in the title, subtitle, disclaimer, claim or corrections"
            reading.report("citation-not-read", message, scalar.origin.span(*found.span()), hint)


def _plain(front: Mapping) -> Iterator[Scalar]:
    for name in PLAIN:
        yield from _scalars(front.values.get(name))
    for name, keys in PLAIN_IN_PARTS.items():
        part = front.values.get(name)
        for item in part.items if isinstance(part, Sequence) else [part]:
            if isinstance(item, Mapping):
                for key in keys:
                    yield from _scalars(item.values.get(key))


def _scalars(value: Value | None) -> Iterator[Scalar]:
    match value:
        case Scalar():
            yield value
        case Sequence(items=items):
            for item in items:
                yield from _scalars(item)
        case Mapping(values=values):
            for item in values.values():
                yield from _scalars(item)

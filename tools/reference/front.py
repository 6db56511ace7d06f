"""The keys of front matter, from its JSON Schema."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pipeline.readers.markdown.front_matter import ALIASES
from pipeline.readers.markdown.front_schema import front_matter_schema

from .markdown import code, table, text

# Where a guide says more about a key.
_MORE: Mapping[str, str] = {
    "authors": "#people",
    "reviewers": "#people",
    "claim": "#a-checked-claim",
    "verdict": "#a-checked-claim",
    "corrections": "#corrections",
    "lang": "languages.md",
    "marks": "authors.md#house-marks",
    "citation-style": "sources.md",
    "bibliography": "sources.md#libraries-bibtex-zotero-ris",
    "references": "sources.md#libraries-bibtex-zotero-ris",
    "word-citations": "word.md#three-kinds-of-citations",
    "pdf-standard": "print.md#standards",
    "draft": "publishing.md",
    "supersedes": "publishing.md",
    "translation-of": "publishing.md",
    "edition": "publishing.md#releases",
}


def front_matter() -> str:
    """Return a table of all keys, and one line about other names for them."""
    properties = front_matter_schema()["properties"]
    rows = (
        (code(key), _values(schema), text(schema["description"]) + _more(key))
        for key, schema in properties.items()
        if key not in ALIASES
    )
    other = ", ".join(
        f"{code(name)} for {code(key)}" for name, key in ALIASES.items() if name != key
    )
    return f"{table(('key', 'value', 'use'), rows)}\npandoc's names are read as well: {other}.\n"


def _more(key: str) -> str:
    return f" ([more]({_MORE[key]}))" if key in _MORE else ""


def _values(schema: Mapping[str, Any]) -> str:
    """Return in words what a value can be."""
    if "anyOf" in schema:
        kinds = [_values(each) for each in schema["anyOf"]]
        return ", or ".join(dict.fromkeys(kind for kind in kinds if kind))
    if "enum" in schema:
        return ", ".join(code(str(value)) for value in schema["enum"])
    match schema.get("type"):
        case "boolean":
            return "`true`, `false`"
        case "string":
            return "date" if "pattern" in schema else "text"
        case ["string", "number"]:
            return "text or number"
        case "array":
            return "a list"
        case "object":
            names = [code(name) for name in schema.get("properties", {})]
            return ", ".join(names) if 0 < len(names) < 7 else "a mapping"
        case _:
            return ""

"""The keys of `house.toml`, with their defaults."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from typing import Any

from pipeline.styles import default_folder
from pipeline.styles.schema import house_schema

from .markdown import code, table, text

_OWN_TABLES = ("fonts", "severities")  # whose keys are not fixed, or are listed elsewhere


def house_keys() -> str:
    """Return a table for each table of the default `house.toml`, explained by its schema."""
    properties = house_schema()["properties"]
    values = tomllib.loads((default_folder() / "house.toml").read_text("utf-8"))
    parts = [_table(properties, {k: v for k, v in values.items() if not isinstance(v, dict)})]
    for name, inner in values.items():
        if isinstance(inner, dict):
            words = properties[name].get("description", "").rstrip(":")
            parts.append(f"### `[{name}]`\n\n{text(words[:1].upper() + words[1:])}.\n")
            if name == "fonts":
                parts.append(_fonts(properties[name]["properties"], inner))
            elif inner and name not in _OWN_TABLES:
                parts.append(_table(properties[name]["properties"], inner))
    return "\n".join(parts)


def _table(properties: Mapping[str, Any], values: Mapping[str, Any]) -> str:
    rows = []
    for name, value in values.items():
        schema = properties[name]
        words = schema.get("description", "") or ", ".join(map(str, schema.get("enum", ())))
        rows.append((code(name), _shown(value), text(words)))
    return table(("key", "default", ""), rows)


def _shown(value: object) -> str:
    return code(f'"{value}"' if isinstance(value, str) else str(value))


def _fonts(schema: Mapping[str, Any], fonts: Mapping[str, Any]) -> str:
    """Return the roles of fonts with their families, and what can be said of each font."""
    roles = ((code(role), code(font["family"])) for role, font in fonts.items())
    said = (
        (code(name), text(one["description"])) for name, one in schema["body"]["properties"].items()
    )
    return f"{table(('key', 'default family'), roles)}\n{table(('of each font', ''), said)}"

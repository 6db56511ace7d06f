"""What the JSON Schemas (draft 2020-12) of files that people write are made of."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

Schema = dict[str, Any]

TEXT: Schema = {"type": "string"}
_ADDRESS = "https://json-schema.org/draft/2020-12/schema"


def file_schema(title: str, properties: Mapping[str, Schema]) -> Schema:
    """Return the schema of a whole file, which has no other keys."""
    return {"$schema": _ADDRESS, "title": title, **table(properties)}


def table(properties: Mapping[str, Schema]) -> Schema:
    return {"type": "object", "properties": dict(properties), "additionalProperties": False}


def list_of(items: Schema) -> Schema:
    return {"type": "array", "items": items}


def one_or_several(items: Schema) -> Schema:
    return {"anyOf": [items, list_of(items)]}

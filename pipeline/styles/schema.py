"""The JSON Schema (draft 2020-12) of `house.toml`, made of the default one and of its checks."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from typing import Any

from msgspec.structs import asdict

from ..diagnostics import CODES, Severity
from ..json_schema import TEXT, file_schema, list_of, table
from ..marks import SEPARATE
from ..model import PAPERS
from .checks import CHOICES, INKS
from .folders import default_folder
from .house import GENERIC, LABELLED, PROCESSES

_TYPES = {bool: "boolean", int: "number", float: "number", str: "string"}
_COLOUR = "^#([0-9a-fA-F]{3}|[0-9a-fA-F]{6})$"
_COMMENT = re.compile(r"""^([\w-]+) = (?:"[^"]*"|[^#"]*?)\s*# (.+)$""")
_SYSTEMS = (("debian", "Debian"), ("fedora", "Fedora"), ("brew", "Homebrew"))
_ON_OR_OFF = {"enum": ["on", "off"]}


def house_schema() -> dict[str, Any]:
    """Return the schema; descriptions are the comments of the default `house.toml`."""
    text = (default_folder() / "house.toml").read_text("utf-8")
    comments = _comments(text)
    properties = {
        key: {**_value(key, value, comments), **_described(comments, "", key)}
        for key, value in tomllib.loads(text).items()
    }
    return file_schema("The house style of a Briefwright project: house.toml", properties)


def _value(key: str, value: Any, comments: Mapping[tuple[str, str], str]) -> dict[str, Any]:
    if key in CHOICES:
        return {"enum": list(CHOICES[key])}
    match key:
        case "mark":
            names = {name.replace("_", "-"): kind for name, kind in asdict(SEPARATE).items()}
            return table({name: {"type": _TYPES[type(kind)]} for name, kind in names.items()})
        case "severities":
            levels = {"enum": [severity.value for severity in Severity]}
            return table(dict.fromkeys(CODES, levels))
        case "labels":
            kinds: dict[str, Any] = {
                kind: {**TEXT, **_described(comments, key, kind)} for kind in LABELLED
            }
            return {**table(kinds), "additionalProperties": table(kinds)}
        case "fonts":
            return table({role: _font() for role in value})
    if not isinstance(value, dict):
        return {"type": _TYPES[type(value)]}
    inner = {
        name: {**_inner(key, name, default), **_described(comments, key, name)}
        for name, default in value.items()
    }
    if key == "page":
        inner |= {paper: table(dict(inner)) for paper in PAPERS}
    return table(inner)


def _inner(key: str, name: str, default: object) -> dict[str, Any]:
    match key, name:
        case "colours", _:
            return {"type": "string", "pattern": _COLOUR}
        case "press-colours", _:
            return {"type": "string", "pattern": f"^({INKS.pattern})$"}
        case ("cover", "show") | ("first-page", _):
            return _ON_OR_OFF
        case "press", "process":
            return {"enum": list(PROCESSES)}
    return {"type": _TYPES[type(default)]}


def _font() -> dict[str, Any]:
    properties = {
        "family": {**TEXT, "description": "the name of the font, as its files have it"},
        "stands-for": {**TEXT, "description": "a font that Word users have, named in its place"},
        "generic": {"enum": list(GENERIC), "description": "for browsers without either"},
        "files": {**list_of(TEXT), "description": "font files in the folder of the house style"},
        **{name: {**TEXT, "description": f"the package of {system}"} for name, system in _SYSTEMS},
    }
    return {
        "type": "object",
        "properties": properties,
        "additionalProperties": TEXT,  # names of packages of other systems
        "required": ["family"],
    }


def _described(comments: Mapping[tuple[str, str], str], inside: str, key: str) -> dict[str, str]:
    found = comments.get((inside, key), "")
    return {"description": found} if found else {}


def _comments(text: str) -> dict[tuple[str, str], str]:
    """Return the comment behind each key, by its table ("" for none)."""
    found, inside = {}, ""
    for line in text.splitlines():
        if head := re.match(r"\[([\w-]+)\](?:\s*# (.+))?", line):
            inside = head[1]
            found["", inside] = head[2] or ""
        elif comment := _COMMENT.match(line):
            found[inside, comment[1]] = comment[2]
    return found

"""What a value breaks of a JSON Schema (draft 2020-12), as far as ours go."""

import re

KINDS = {
    "object": dict,
    "string": str,
    "number": int | float,
    "boolean": bool,
    "array": list,
}


def wrong(value, schema, place="house.toml"):
    """Yield where a value breaks a schema."""
    if "anyOf" in schema:
        if all(list(wrong(value, each, place)) for each in schema["anyOf"]):
            yield f"{place}: {value!r} is none of what it can be"
        return
    if not _is_of_kind(value, schema.get("type", [])):
        yield f"{place}: {value!r} is no {schema['type']}"
    elif "enum" in schema and value not in schema["enum"]:
        yield f"{place}: {value!r} is not among {schema['enum']}"
    elif "pattern" in schema and not re.search(schema["pattern"], value):
        yield f"{place}: {value!r} does not match"
    elif isinstance(value, list):
        for number, item in enumerate(value):
            yield from wrong(item, schema.get("items", {}), f"{place}[{number}]")
    elif isinstance(value, dict):
        yield from (f"{place}: no {k}" for k in schema.get("required", ()) if k not in value)
        for key, inner in value.items():
            known = schema.get("properties", {}).get(key, schema.get("additionalProperties", {}))
            if known is False:
                yield f"{place}: {key} is unknown"
            else:
                yield from wrong(inner, known, f"{place}.{key}")


def _is_of_kind(value, kinds):
    kinds = [kinds] if isinstance(kinds, str) else kinds
    if isinstance(value, bool):
        return not kinds or "boolean" in kinds
    return not kinds or any(isinstance(value, KINDS[kind]) for kind in kinds)

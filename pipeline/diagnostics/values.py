"""Read JSON and TOML that anybody may have written: a mistake in it is a diagnostic."""

from __future__ import annotations

import re
from typing import TypeVar

import msgspec

from . import Diagnostic, Span

Value = TypeVar("Value")

DOTS = 1000  # on one line of TOML: tomllib's time and memory grow with the square of a dotted key
_BYTE = re.compile(r" \(byte (\d+)\)$")  # msgspec's, of JSON
_LINE = re.compile(r" \(at line (\d+), column (\d+)\)$")  # tomllib's


def read_values(
    content: bytes, kind: type[Value], path: str, code: str, hint: str = ""
) -> Value | Diagnostic:
    """Return what a file holds, as a value of a type that msgspec knows.

    A path that ends in `.toml` is TOML 1.0, any other JSON (RFC 8259). `path`, `code` and `hint`
    go into the diagnostic, which names the line where the reader says one.
    """
    decode = msgspec.toml.decode if path.endswith(".toml") else msgspec.json.decode
    content = content.removeprefix(b"\xef\xbb\xbf")
    try:
        if path.endswith(".toml") and max(line.count(b".") for line in content.split(b"\n")) > DOTS:
            raise RecursionError
        return decode(content, type=kind)
    except RecursionError:
        return Diagnostic(code, "it is nested too deeply", Span.of_file(path), hint)
    except ValueError as error:  # also a number of a thousand digits, and bytes that are not UTF-8
        problem, span = str(error), Span.of_file(path)
    if found := _BYTE.search(problem):
        before = content[: int(found[1])].decode("utf-8", "replace")
        span = Span.on_line(path, before.count("\n") + 1, len(before) - before.rfind("\n"), 1)
    elif found := _LINE.search(problem):
        span = Span.on_line(path, int(found[1]), int(found[2]), 1)
    said = problem[: found.start()] if found else problem
    return Diagnostic(code, f"it cannot be read: {said}", span, hint)

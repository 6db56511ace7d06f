"""Everything that `brief` prints goes through here, and so holds nothing that a terminal obeys.

Control characters in names of files and in words of sources are replaced. Colours are added
afterwards, on a terminal only.
"""

from __future__ import annotations

import os
import sys
from typing import TextIO

from msgspec import Struct

from ..diagnostics.render import json_text, visible


class Painted(Struct, frozen=True):
    """A part of a line in a colour, which is an SGR code (ECMA-48, 8.3.117)."""

    text: str
    colour: str


def say(*parts: str | Painted, stream: TextIO | None = None) -> None:
    """Print one line, on standard output unless a stream is named."""
    stream = stream or sys.stdout
    print("".join(_shown(part, stream) for part in parts), file=stream, flush=True)


def _shown(part: str | Painted, stream: TextIO) -> str:
    if isinstance(part, str):
        return visible(part)
    text = visible(part.text)
    return f"\033[{part.colour}m{text}\033[0m" if has_colours(stream) else text


def has_colours(stream: TextIO) -> bool:
    """Say whether a stream shows colours (https://no-color.org)."""
    return stream.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def refuse(message: str, status: int = 1) -> int:
    """Say why a command cannot go on; return its exit code."""
    say(message, stream=sys.stderr)
    return status


def print_json(value: object) -> None:
    print(json_text(value))

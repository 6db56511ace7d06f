"""Where the keys of a `house.toml` stand."""

from __future__ import annotations

import re
from pathlib import Path

from ..diagnostics import Span


def key_span(path: Path, key: str, inner: str = "") -> Span:
    """Return where a key stands, or a key inside its table."""
    found = Span.on_line(str(path), 1, 1, 1)
    wanted = key
    for number, line in enumerate(path.read_text("utf-8").splitlines(), start=1):
        if re.match(rf"\s*\[?{re.escape(wanted)}(?![\w-])", line):
            found = Span.on_line(str(path), number, line.index(wanted) + 1, len(wanted))
            if wanted == inner or not inner:
                break
            wanted = inner
    return found

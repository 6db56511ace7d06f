"""Write the parts of the guides that are made from the code (`python -m tools.reference`).

In: the guides. Out: the same guides, in which each part between `<!-- NAME: made from the code -->`
and `<!-- end of NAME -->` says what the code says today.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path

from .benchmarks import alone, compared, growth
from .bibtex import entry_types, fields
from .front import front_matter
from .house import house_keys
from .json_formats import formats
from .program import codes, commands
from .sources import everyday
from .svg import drawn

GUIDES = Path(__file__).parents[2] / "docs"
PARTS: Mapping[str, Callable[[], str]] = {
    "alone": alone,
    "codes": codes,
    "commands": commands,
    "compared": compared,
    "entry types": entry_types,
    "everyday sources": everyday,
    "fields": fields,
    "formats": formats,
    "front matter": front_matter,
    "growth": growth,
    "keys": house_keys,
    "svg": drawn,
}
_PART = re.compile(
    r"(<!-- (?P<name>[a-z ]+): made from the code -->\n)(?P<text>.*?)(?=<!-- end of (?P=name) -->)",
    re.DOTALL,
)


def guide(path: Path) -> str:
    """Return the text of a guide as it should be."""
    return _PART.sub(_made, path.read_text("utf-8"))


def _made(found: re.Match[str]) -> str:
    return f"{found[1]}\n{_text(found['name'])}\n\n"


@cache
def _text(name: str) -> str:
    return PARTS[name]().strip()

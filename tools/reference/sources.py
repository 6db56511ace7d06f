"""What citation styles print for the sources of `tests/data/sources/everyday.bib`."""

from __future__ import annotations

import re
from pathlib import Path

from pipeline.csl import CITATION_STYLES, format_entry
from pipeline.model.references import plain
from pipeline.readers.bibtex import read_bibtex

from .markdown import table, text

_BIB = Path(__file__).parents[2] / "tests/data/sources/everyday.bib"
_ENTRY = re.compile(
    r"^@(?P<kind>\w+)\{(?P<key>\w+), source=\{(?P<source>[^}]*)\},\n(?P<fields>.*?)\n\}?$",
    re.MULTILINE | re.DOTALL,
)


def everyday() -> str:
    """Return a section for each entry: its BibTeX, and what each citation style prints."""
    content = _BIB.read_bytes()
    library, _ = read_bibtex([(content, _BIB.name)])
    styles = {style.title: style for style in CITATION_STYLES.values()}  # some have two names
    parts = []
    for found in _ENTRY.finditer(content.decode("utf-8")):
        entry = f"@{found['kind']}{{{found['key']},\n{found['fields']}"
        entry += "" if entry.count("{") == entry.count("}") else "}"
        rows = [
            (title, text(plain(format_entry(library[found["key"]], style, "en-GB"))))
            for title, style in styles.items()
        ]
        printed = table(("style", "entry"), rows)
        parts.append(f"### {found['source']}\n\n```bibtex\n{entry}\n```\n\n{printed}")
    return "\n".join(parts)

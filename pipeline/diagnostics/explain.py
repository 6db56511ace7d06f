"""The long text on each code: `explanations.md`, a section for each."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from .codes import CODES


@cache
def explanations() -> dict[str, str]:
    """Return the Markdown text on each code."""
    text = Path(__file__).with_name("explanations.md").read_text("utf-8")
    # Headings within examples are none of ours.
    heading = rf"^## ({'|'.join(map(re.escape, CODES))})$"
    sections = re.split(heading, text, flags=re.MULTILINE)
    return {code: body.strip() for code, body in zip(sections[1::2], sections[2::2], strict=True)}


def explanation(code: str) -> str:
    return explanations()[code]

"""The long text on each code: `explanations.md`, a section for each."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path


@cache
def explanations() -> dict[str, str]:
    """Return the Markdown text on each code."""
    text = Path(__file__).with_name("explanations.md").read_text("utf-8")
    sections = re.split(r"^## +(\S+)\s*$", text, flags=re.MULTILINE)
    return {code: body.strip() for code, body in zip(sections[1::2], sections[2::2], strict=True)}


def explanation(code: str) -> str:
    return explanations()[code]

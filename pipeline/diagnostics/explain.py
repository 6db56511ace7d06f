"""The explanation of each code: a section of `explanations.md`."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from .codes import CODES


@cache
def explanations() -> dict[str, str]:
    """Return the Markdown text of each code."""
    text = Path(__file__).with_name("explanations.md").read_text("utf-8")
    # Examples contain headings of their own.
    heading = rf"^## ({'|'.join(map(re.escape, CODES))})$"
    sections = re.split(heading, text, flags=re.MULTILINE)
    return {code: body.strip() for code, body in zip(sections[1::2], sections[2::2], strict=True)}


def explanation(code: str) -> str:
    return explanations()[code]

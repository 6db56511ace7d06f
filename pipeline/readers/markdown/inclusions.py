"""What to do where a document of Quarto, MyST or Jinja takes in another file: a brief is one file.

Proofs, edits from Word and the embedded source all go by the places of one text.
"""

from __future__ import annotations

import re

_INCLUSION = re.compile(r"\b(?:include|literalinclude)\}?\s+[\"']?(?P<file>[^\s\"'<>%{}]+)")


def inclusion_hint(written: str) -> str:
    """Return what to do about markup that takes in a file; "" if it takes in none."""
    found = _INCLUSION.search(written)
    return f"copy the text of `{found['file']}` to here: a brief is one file" if found else ""

"""Read the numbers back from written files, by identity, and hold them against what was decided.

`html`, `docx` and `pdf` read one format each. They share no code with the writers: a checker with
the same eyes sees the same mistakes.
"""

from __future__ import annotations

from .comparison import compare
from .decided import expected
from .files import verify_files
from .printed import (
    Printed,
    PrintedEntry,
    PrintedNumber,
    Unreadable,
    from_json,
    to_json,
)
from .reading import FORMATS, LARGEST, read_numbers

__all__ = [
    "FORMATS",
    "LARGEST",
    "Printed",
    "PrintedEntry",
    "PrintedNumber",
    "Unreadable",
    "compare",
    "expected",
    "from_json",
    "read_numbers",
    "to_json",
    "verify_files",
]

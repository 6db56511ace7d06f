"""The reference docx that a brief is written into: the house's own, or one that a house brings.

In: the file, opened; out: `Template`, what the writer must know of it. Its styles, page set-up,
headers and footers stay; its text stays where it has a place for the brief, `{{body}}`. It can
change how a brief looks, never what it says.
"""

from __future__ import annotations

from .checks import BadReference
from .placeholders import FIELDS, RUNNING
from .prepare import Facts, Template, facts, prepare

__all__ = ["FIELDS", "RUNNING", "BadReference", "Facts", "Template", "facts", "prepare"]

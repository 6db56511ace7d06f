"""Read files back and compare them with what they must print.

In: the bytes of an output, and what it is compared with: the tree of its brief as it was read
(`expect`), the manifest of its build, or the record that the file contains. Out: findings
(`faults`) or a verdict (`judge`).

This package imports nothing that it checks. It has its own copy of the grammar of marks, of the
reading order and of the format of Word files, so that a bug in the originals cannot hide itself.
"""

from __future__ import annotations

from .deriving import expect
from .expected import Evidence, Expected
from .grammar import MarkSettings
from .proof import faults, prove
from .readback import Readback, ReadEntry, ReadNumber, Unreadable, to_json
from .reading import FORMATS, LARGEST, read_file_content
from .records import Recorded, recorded, to_record
from .verdict import Verdict, disagree, judge

__all__ = [
    "FORMATS",
    "LARGEST",
    "Evidence",
    "Expected",
    "MarkSettings",
    "ReadEntry",
    "ReadNumber",
    "Readback",
    "Recorded",
    "Unreadable",
    "Verdict",
    "disagree",
    "expect",
    "faults",
    "judge",
    "prove",
    "read_file_content",
    "recorded",
    "to_json",
    "to_record",
]

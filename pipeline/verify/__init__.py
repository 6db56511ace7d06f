"""Read files back, by identity, and hold them against what they must print.

In: the bytes of an output, and the tree of its brief as it was read (`expect`), or what a manifest
or the file itself says of its making. Out: findings (`faults`), or a verdict (`judge`).

Nothing of what is judged is imported: the grammar of marks, the order of reading and the format of
Word files are written down here a second time, so that no mistake can hide itself.
"""

from __future__ import annotations

from .expected import Evidence, Expected, expect
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

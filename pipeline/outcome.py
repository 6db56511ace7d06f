"""What a build says of one brief."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct, field
from msgspec.structs import replace

from .diagnostics import Diagnostic
from .disk import Note

UP_TO_DATE = "up to date"


class MissingLibraryError(Exception):
    """A library of the system that an output is made with is not installed."""


class Outcome(Struct, frozen=True):
    """The result for one brief. `files` are complete and proved, written now or earlier."""

    name: str
    status: str  # "built", "up to date", "failed", or "partial": the machine failed some outputs
    files: Mapping[str, Note] = field(default_factory=dict)  # by name, in the build folder
    references: int = 0
    citations: int = 0
    pages: int | None = None
    seconds: float = 0.0  # for writing and proving its files, added up
    diagnostics: tuple[Diagnostic, ...] = ()
    reasons: Mapping[str, str] = field(default_factory=dict)  # why each file was built or not
    is_lasting: bool = True  # another build of the same sources would end in the same way

    def repeated(self) -> Outcome:
        """Return the outcome of the next build if nothing changes until then."""
        status = UP_TO_DATE if self.status == "built" else self.status
        reasons = dict.fromkeys(self.reasons, UP_TO_DATE)
        return replace(self, status=status, seconds=0.0, reasons=reasons)

"""Why a writer could not write an output: a mistake in an image, or in the house's template."""

from __future__ import annotations

from ..model import NEW_IMAGE, Brief, LostImageError
from ..styles import BadTemplate
from .limits import Failure

UNWRITABLE = (BadTemplate, LostImageError)  # what writers raise


def failure_of(error: BadTemplate | LostImageError, brief: Brief) -> Failure:
    """Return what to say of an output of a brief that raised one of `UNWRITABLE`."""
    if isinstance(error, LostImageError):
        return Failure(str(error), NEW_IMAGE, error.span(brief))
    return Failure(str(error), "correct the template of the house style")

"""Open comments of the review lists of a brief, for its next Word file."""

from __future__ import annotations

from pathlib import Path

from msgspec.structs import replace

from ..diagnostics import Diagnostic
from ..reviews import Review, open_comments, reviews_of
from ..reviews.placing import placed
from .loading import LoadedBrief, Loading


def with_comments(loaded: LoadedBrief, path: Path, loading: Loading) -> LoadedBrief:
    """Return a brief with its open comments, and a finding for each list that cannot be read."""
    if loaded.numbered is None or loaded.read is None:
        return loaded
    lists = list(reviews_of(path, loading.disk))
    wrong = [found for found in lists if isinstance(found, Diagnostic)]
    comments = open_comments(found for found in lists if isinstance(found, Review))
    return replace(
        loaded,
        numbered=replace(loaded.numbered, comments=placed(comments, loaded.read)),
        diagnostics=(*loaded.diagnostics, *wrong),
    )

"""Read a file of any format. Each reader is imported when it is called."""

from __future__ import annotations

from collections.abc import Mapping

from ..model import AnchorKind
from .readback import Readback, Unreadable

FORMATS = (".html", ".docx", ".pdf")
NO_WORDS: Mapping[AnchorKind, tuple[str, ...]] = {}
LARGEST = 256 * 1024 * 1024  # bytes


def read_file_content(
    content: bytes,
    suffix: str,
    thorough: bool = False,
    words: Mapping[AnchorKind, tuple[str, ...]] = NO_WORDS,
) -> Readback:
    """Return what a file prints. `suffix` is one of `FORMATS`. Raises `Unreadable`, nothing else.

    `thorough` looks at all text of a PDF, not at numbers and entries alone. `words` are those that
    captions may begin with, by the kind of their anchor: a PDF does not say where a
    caption is.
    """
    if not content:
        raise Unreadable("it is empty")
    if len(content) > LARGEST:
        raise Unreadable("it is too large")
    match suffix.lower():
        case ".html" | ".htm":
            from .html import read_html

            return read_html(content)
        case ".docx":
            from .docx.document import read_docx

            return read_docx(content)
        case ".pdf":
            from .pdf import read_pdf

            return read_pdf(content, thorough, words)
        case _:
            raise Unreadable(f"only {', '.join(FORMATS)} can be read")

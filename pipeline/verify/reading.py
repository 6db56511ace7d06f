"""Read the numbers of a file of any format. Each reader is imported when it is called."""

from __future__ import annotations

from .printed import Printed, Unreadable

FORMATS = (".html", ".docx", ".pdf")
LARGEST = 256 * 1024 * 1024  # bytes


def read_numbers(content: bytes, suffix: str) -> Printed:
    """Return what a file bears. `suffix` is one of `FORMATS`. Raises `Unreadable`, nothing else."""
    if not content:
        raise Unreadable("it is empty")
    if len(content) > LARGEST:
        raise Unreadable("it is too large")
    match suffix.lower():
        case ".html" | ".htm":
            from .html import read_html

            return read_html(content)
        case ".docx":
            from .docx import read_docx

            return read_docx(content)
        case ".pdf":
            from .pdf import read_pdf

            return read_pdf(content)
        case _:
            raise Unreadable(f"only {', '.join(FORMATS)} can be read")

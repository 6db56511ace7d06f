"""Writers, one per format. In: a `NumberedBrief` and `Styles`. Out: the bytes of a file.

A writer counts nothing and uses neither disk nor clock: the same brief gives the same bytes.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from ..diagnostics import Diagnostic
from ..numbering import NumberedBrief
from ..styles import Styles

Writer = Callable[[NumberedBrief, Styles], bytes]


# Each is imported when it is called: WeasyPrint alone costs more than all else of a check.
def _write_pdf(numbered: NumberedBrief, styles: Styles) -> bytes:
    from .pdf import write_pdf

    return write_pdf(numbered, styles)


def _write_docx(numbered: NumberedBrief, styles: Styles) -> bytes:
    from .docx import write_docx

    return write_docx(numbered, styles)


def _write_html(numbered: NumberedBrief, styles: Styles) -> bytes:
    from .html import write_html

    return write_html(numbered, styles)


WRITERS: Mapping[str, Writer] = {
    "pdf": _write_pdf,
    "docx": _write_docx,
    "html": _write_html,
}


def write(format: str, numbered: NumberedBrief, styles: Styles) -> tuple[bytes, list[Diagnostic]]:
    """Return the bytes of a file, and what is wrong with the layout of its pages, if it has any."""
    if format == "pdf":
        from .pdf import write_pdf_with_faults

        return write_pdf_with_faults(numbered, styles)
    return WRITERS[format](numbered, styles), []

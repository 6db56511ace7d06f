"""Read a PDF: bytes in, a `Readback` out."""

from .document import read_pdf

__all__ = ["read_pdf"]

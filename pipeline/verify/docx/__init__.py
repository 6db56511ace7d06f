"""Read a Word file: bytes in, a `Readback` out.

`content` divides paragraphs into pieces, `marks` finds the numbers in them, `numbering` counts
headings as Word does, `updates` computes what an update of fields would print, and `seen` reports
numbers that are hidden.
"""

from .document import read_docx

__all__ = ["read_docx"]

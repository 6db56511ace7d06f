"""Read a Word file: bytes in, a `Readback` out.

`content` makes paragraphs of pieces, `marks` finds the numbers in them, `numbering` counts headings
as Word does, `updates` says what an update of fields would print, and `seen` what hides numbers.
"""

from .document import read_docx

__all__ = ["read_docx"]

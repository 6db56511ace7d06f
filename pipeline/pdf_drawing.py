"""Draw the first page of a PDF as a PNG, as a program of its own.

In: the PDF. Out: a line with the number of its pages, then the PNG. A page may be made so that it
takes hours or all memory, or ends the process that draws it.
"""

from __future__ import annotations

import sys
from io import BytesIO

import pypdfium2

from .process_limits import limit

_DOTS = 300  # per inch, of a page as large as the picture is printed
_FEWEST, _MOST = 2000, 3000  # dots of the longer side: a width of a line, at 300 dots per inch
_LARGEST = 14_400.0  # points: 200 inches, the largest page of PDF 1.7 (ISO 32000-1, C.2)
_SECONDS = 19  # of processor time; the limit is reached within one more


def main() -> None:
    """Raises for a PDF that cannot be read: the exit status is 1."""
    limit(_SECONDS)
    document = pypdfium2.PdfDocument(sys.stdin.buffer.read())
    page = document[0]
    longest = max(page.get_size())
    if longest > _LARGEST:
        raise ValueError("a page for a wall")
    dots = min(max(longest * _DOTS / 72, _FEWEST), _MOST) / longest  # per point
    out = BytesIO()
    page.render(scale=dots).to_pil().save(out, "PNG", dpi=(dots * 72, dots * 72))
    sys.stdout.buffer.write(b"%d\n" % len(document) + out.getvalue())


if __name__ == "__main__":
    main()

"""A PDF in greys, for printers with black toner. Its tags, links and claims stay as they are."""

from __future__ import annotations

from io import BytesIO

import pikepdf

from .inks import Grey
from .recolour import recolour
from .saving import save


def in_grey(content: bytes) -> bytes:
    """Return a PDF with every colour in DeviceGray."""
    with pikepdf.open(BytesIO(content)) as pdf:
        recolour(pdf, Grey())
        return save(pdf, pdf.pdf_version)

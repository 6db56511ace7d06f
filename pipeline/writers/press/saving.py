"""The bytes of a finished file, the same for the same content."""

from __future__ import annotations

from io import BytesIO

import pikepdf


def save(pdf: pikepdf.Pdf, version: str) -> bytes:
    content = BytesIO()
    pdf.save(
        content,
        force_version=version,
        min_version=version,
        deterministic_id=True,
        object_stream_mode=pikepdf.ObjectStreamMode.disable,
    )
    return content.getvalue()

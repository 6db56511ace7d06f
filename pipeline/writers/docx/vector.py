"""An SVG as a bitmap, for programs that do not draw the SVG beside it.

WeasyPrint lays it out and PDFium paints it: both are here for the PDF anyway, and neither needs a
library of the system that the PDF does not need.
"""

from __future__ import annotations

import io

from pipeline.brief import ImageFile

_PIXELS = 192 / 96  # bitmap pixels per CSS pixel
_LONGEST = 4000  # pixels: a picture of a page's width at 600 dpi


def bitmap_of(image: ImageFile) -> bytes:
    """Return a PNG of an SVG. Nothing is fetched: the page's URL fetcher refuses everything."""
    import pypdfium2

    document = pypdfium2.PdfDocument(_page_of(image))
    scale = min(_PIXELS, _LONGEST / max(image.width, image.height, 1)) * 96 / 72
    picture = document[0].render(scale=scale).to_pil()
    file = io.BytesIO()
    picture.save(file, "PNG", optimize=False)
    document.close()
    return file.getvalue()


def _page_of(image: ImageFile) -> bytes:
    """Return a PDF whose one page is the picture."""
    from base64 import b64encode

    from pipeline.typesetting import URLFetcher, weasyprint

    width, height = max(image.width, 1), max(image.height, 1)
    source = f"data:image/svg+xml;base64,{b64encode(image.content).decode('ascii')}"
    page = (
        f"<style>@page {{ size: {width}px {height}px; margin: 0 }}"
        f"img {{ display: block; width: {width}px; height: {height}px }}</style>"
        f'<body style="margin: 0"><img src="{source}">'
    )
    fetcher = URLFetcher(allowed_protocols={"data"})
    return bytes(weasyprint.HTML(string=page, url_fetcher=fetcher).write_pdf())

"""WeasyPrint, given the images of a brief and nothing else."""

from __future__ import annotations

from typing import Any

from ...model import ImageFile
from ...typesetting import Fetcher, weasyprint
from ..html import IMAGE_SCHEME

BASE_URL = "brief:/"  # the same for every brief: images are named by a hash of their address


def layout(html: str, images: tuple[ImageFile, ...], **options: Any) -> Any:
    """Return the laid out `weasyprint.Document` of a page."""
    files = {IMAGE_SCHEME + image.src: (image.content, image.media_type) for image in images}
    source = weasyprint.HTML(string=html, base_url=BASE_URL, url_fetcher=Fetcher(files))
    return source.render(**options)

"""WeasyPrint, kept away from the disk and the network."""

from __future__ import annotations

import ctypes.util
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import unquote

from pipeline.brief import ImageFile
from pipeline.writers.html import IMAGE_SCHEME


@contextmanager
def _without_library_search() -> Iterator[None]:
    """Keep cffi from starting gcc and ldconfig for each library it does not find by name.

    On Linux WeasyPrint finds each by its soname, so that the search is in vain.
    """
    if sys.platform != "linux":
        yield
        return
    found, ctypes.util.find_library = ctypes.util.find_library, lambda name: None
    try:
        yield
    finally:
        ctypes.util.find_library = found


with _without_library_search():
    import weasyprint
    from weasyprint.urls import URLFetcher, URLFetcherResponse

BASE_URL = "brief:/"  # the same for every brief: images are named by a hash of their address


class ImageFetcher(URLFetcher):  # type: ignore[misc]
    """Gives the images of a brief from memory, and refuses whatever else is asked for."""

    def __init__(self, images: tuple[ImageFile, ...]) -> None:
        super().__init__(allowed_protocols=(), allow_redirects=False)
        self._images = {image.src: image for image in images}

    def fetch(self, url: str, headers: dict[str, str] | None = None) -> Any:
        """Return an image; WeasyPrint goes on without what is refused."""
        image = self._images.get(unquote(url.removeprefix(IMAGE_SCHEME)))
        if not url.startswith(IMAGE_SCHEME) or image is None:
            raise ValueError(f"refused to fetch {url}")
        return URLFetcherResponse(url, image.content, {"Content-Type": image.media_type})


def layout(html: str, images: tuple[ImageFile, ...], **options: Any) -> Any:
    """Return the laid out `weasyprint.Document` of a page."""
    source = weasyprint.HTML(string=html, base_url=BASE_URL, url_fetcher=ImageFetcher(images))
    return source.render(**options)

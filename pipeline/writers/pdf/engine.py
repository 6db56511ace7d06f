"""WeasyPrint, kept away from the disk and the network."""

from __future__ import annotations

from typing import Any
from urllib.parse import unquote

from pipeline.brief import ImageFile
from pipeline.typesetting import URLFetcher, URLFetcherResponse, weasyprint
from pipeline.writers.html import IMAGE_SCHEME

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

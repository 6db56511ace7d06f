"""The host of WeasyPrint: imports it, decides what it may read, and listens to its errors.

Everything comes from memory. WeasyPrint reaches neither the disk nor the network.
"""

from __future__ import annotations

import io
import logging
import warnings
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any
from urllib.parse import unquote

from PIL import Image

from ...model import MOST_PIXELS, LostImageError
from .lean_import import weasyprint  # before anything of it

# isort: split
from weasyprint.urls import URLFetcher, URLFetcherResponse

_BASE_URL = "brief:/"  # the same for every brief: images are named by a hash of their address
_LOGGER = logging.getLogger("weasyprint")
_LOGGER.propagate = False  # its warnings are about style sheets, and authors write none


def layout(html: str, files: Mapping[str, tuple[bytes, str]], **options: Any) -> Any:
    """Return the laid out `weasyprint.Document` of a page.

    `files`: content and media type of pictures and fonts, by address.
    """
    source = weasyprint.HTML(string=html, base_url=_BASE_URL, url_fetcher=Fetcher(files))
    return source.render(**options)


class Fetcher(URLFetcher):  # type: ignore[misc]
    """Serves files from memory and `data:` URLs, and refuses everything else.

    This is the one policy for images, style sheets and fonts, whoever names them.
    """

    def __init__(self, files: Mapping[str, tuple[bytes, str]]) -> None:
        """`files`: content and media type, by address."""
        super().__init__(allowed_protocols=("data",), allow_redirects=False)
        self._files = files

    def fetch(self, url: str, headers: dict[str, str] | None = None) -> Any:
        """Return a file. Raises `ValueError`, on which WeasyPrint goes on: see `nothing_lost`."""
        if file := self._files.get(unquote(url)):
            return URLFetcherResponse(url, file[0], {"Content-Type": file[1]})
        response = super().fetch(url, headers)
        content = response.read()
        if response.content_type.startswith("image/") and _pixels(content) > MOST_PIXELS:
            raise ValueError("a picture has more pixels than any page")
        return URLFetcherResponse("data:", content, {"Content-Type": response.content_type})


def _pixels(content: bytes) -> int:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(content)) as picture:
                return picture.width * picture.height
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        return MOST_PIXELS + 1
    except (OSError, ValueError, SyntaxError):  # no bitmap
        return 0


@contextmanager
def nothing_lost(scheme: str) -> Iterator[None]:
    """Raise `LostImageError` at the end if WeasyPrint left out something that should be shown.

    WeasyPrint only logs that. `scheme` begins the addresses of images.
    """
    lost: list[str] = []

    def listen(record: logging.LogRecord) -> bool:
        # A link to something on no page is reported as a fault of the layout, with its line.
        if record.levelno >= logging.ERROR and not str(record.msg).startswith("No anchor"):
            lost.append(str(record.args[0]) if isinstance(record.args, tuple) else "")
        return True

    _LOGGER.addFilter(listen)
    try:
        yield
    finally:
        _LOGGER.removeFilter(listen)
    if lost:
        reason = "cannot be drawn: it is damaged or too complex"
        raise LostImageError(unquote(lost[0]).removeprefix(scheme), reason)

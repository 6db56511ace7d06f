"""WeasyPrint, kept away from the disk and the network: the one place that imports it.

It is imported without a search for libraries, told what it may fetch, and heard when it goes on
without something.
"""

from __future__ import annotations

import ctypes.util
import io
import logging
import sys
import warnings
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any
from urllib.parse import unquote

from PIL import Image

from .model import MOST_PIXELS, LostImageError


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

__all__ = ["Fetcher", "nothing_lost", "weasyprint"]

_LOGGER = logging.getLogger("weasyprint")
_LOGGER.propagate = False  # its warnings are of style sheets, and none of them is an author's


class Fetcher(URLFetcher):  # type: ignore[misc]
    """Gives files from memory and what a `data:` URL holds, and refuses whatever else is asked for.

    The one policy for images, style sheets and fonts, whoever names them.
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
    """Raise `LostImageError` at the end if WeasyPrint went on without something that is shown.

    It only logs that. `scheme` begins the addresses of images.
    """
    heard = _Errors()
    _LOGGER.addHandler(heard)
    try:
        yield
    finally:
        _LOGGER.removeHandler(heard)
    for record in heard.records:
        address = unquote(str(record.args[0]) if isinstance(record.args, tuple) else "")
        reason = "cannot be drawn: it is broken, or has too much in it"
        raise LostImageError(address.removeprefix(scheme), reason)


class _Errors(logging.Handler):
    """Keeps what WeasyPrint logs as an error: "unreachable or unusable external resources"."""

    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.records: list[logging.LogRecord] = []

    def emit(self, record: logging.LogRecord) -> None:
        # A link to what stands on no page: layout faults name that, with its line.
        if not str(record.msg).startswith("No anchor"):
            self.records.append(record)

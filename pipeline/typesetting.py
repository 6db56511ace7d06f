"""WeasyPrint, imported without a search for libraries: the one place that imports it."""

from __future__ import annotations

import ctypes.util
import sys
from collections.abc import Iterator
from contextlib import contextmanager


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

__all__ = ["URLFetcher", "URLFetcherResponse", "weasyprint"]

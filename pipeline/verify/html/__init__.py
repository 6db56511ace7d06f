"""Read an HTML page: bytes in, a `Readback` out."""

from .page import read_html

__all__ = ["read_html"]

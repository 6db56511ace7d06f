"""A character of private use, which means nothing outside its font, is read as it is.

Here it is read as U+FFFD (ISO 19005-3, 6.2.11.7.3).
"""

from __future__ import annotations

import unicodedata
from typing import Any

import pydyf

_REPLACEMENT = "\N{REPLACEMENT CHARACTER}"


def read_otherwise(stream: Any, textbox: Any, painted: list[Any], before: Any) -> list[Any]:
    read = "".join(_REPLACEMENT if unicodedata.category(c) == "Co" else c for c in textbox.text)
    if read == textbox.text:
        return painted
    reading = pydyf.Dictionary({"ActualText": pydyf.String(read)})
    return [b"/Span", reading, b"BDC", *painted, b"EMC"]

"""Language tags (BCP 47): "en-GB", "zh-Hant-TW"."""

from __future__ import annotations

import re

_TAG = re.compile(r"[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8})*")


def language_tag(written: str) -> str:
    """Return the tag that `en-GB` or `en_GB` is, "" if it is none (RFC 5646, 2.1)."""
    tag = written.replace("_", "-")
    return tag if _TAG.fullmatch(tag) else ""


def primary(tag: str) -> str:
    """Return the language of a tag, in lower case, without script and region: "en"."""
    return tag.lower().partition("-")[0]

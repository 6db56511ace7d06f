"""Names whose script has an order and a form of its own."""

from __future__ import annotations

import re

from pipeline.references import Name

_EAST_ASIAN = re.compile(
    "[\u1100-\u11ff\u3040-\u30ff\u3131-\u318e\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff]"
)


def native_name(name: Name) -> str:
    """Return a name in Chinese, Japanese or Korean script as it is written there; "" for others.

    Turned round and abbreviated like a European one, 山田太郎 becomes "太郎 . 山田".
    """
    whole = name.family + name.given
    return whole if _EAST_ASIAN.search(whole) else ""

"""Names whose script has an order and a form of its own."""

from __future__ import annotations

from ..model.references import Name

# First and last of ranges of characters: as a regular expression they take longer to compile than
# to look through.
_EAST_ASIAN = (
    ("\u1100", "\u11ff"),
    ("\u3040", "\u30ff"),
    ("\u3131", "\u318e"),
    ("\u3400", "\u9fff"),
    ("\uac00", "\ud7af"),
    ("\uf900", "\ufaff"),
)


def native_name(name: Name) -> str:
    """Return a name in Chinese, Japanese or Korean script as it is written there; "" for others.

    Turned round and abbreviated like a European one, 山田太郎 becomes "太郎 . 山田".
    """
    whole = name.family + name.given
    return whole if not whole.isascii() and any(map(is_east_asian, whole)) else ""


def is_east_asian(character: str) -> bool:
    return any(first <= character <= last for first, last in _EAST_ASIAN)

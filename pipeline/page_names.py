"""The names of a website's files: short, plain, and none twice.

Accessible documents have names of fewer than 30 characters without spaces. Names are compared
without case, as some file systems do.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping

LONGEST = 29  # characters of the name of a file
_ENDING = "-press.pdf"  # the longest
_ROOM = LONGEST - len(_ENDING)
_DIGEST = 6  # characters that tell two briefs apart
# What the site itself writes, and what Windows takes for a device.
_RESERVED = re.compile(
    r"index(?:-\d+)?|404|briefs|feed|list|manifest|pagefind|robots|sitemap|(?:reading|index)-.*"
    r"|con|prn|aux|nul|(?:com|lpt)\d"
)


def page_names(briefs: Iterable[str]) -> Mapping[str, str]:
    """Return the name of the page of each brief, without its ending.

    A brief whose name is plain and short keeps it. Where the names of two would be the same, a part
    of a hash tells them apart: it depends on the name of the brief alone, so that addresses stay
    when other briefs come and go.
    """
    plain = {name: plain_name(name) for name in briefs}
    taken = Counter(plain.values())

    def own(name: str, short: str) -> bool:
        return not is_reserved(short) and (short == name or taken[short] == 1)

    return {
        name: short if short and own(name, short) else _told_apart(name, short)
        for name, short in plain.items()
    }


def is_reserved(short: str) -> bool:
    """Say whether no page can have a name: the site or Windows has another use for it."""
    return bool(_RESERVED.fullmatch(short))


def plain_name(name: str) -> str:
    """Return a name in small Latin letters, digits and hyphens; "" where it has none of them."""
    letters = unicodedata.normalize("NFKD", name.lower()).encode("ascii", "ignore").decode()
    words = re.findall("[a-z0-9]+", letters)
    while words and len("-".join(words)) > _ROOM and len(words) > 1:
        words.pop()
    return "-".join(words)[:_ROOM]


def _told_apart(name: str, short: str) -> str:
    digest = hashlib.sha256(name.encode("utf-8", "surrogatepass")).hexdigest()[:_DIGEST]
    begin = short[: _ROOM - _DIGEST - 1].rstrip("-") or "brief"
    return f"{begin}-{digest}"


def page_address(site: str, name: str) -> str:
    """Return the address of the page of a brief on a website, "" if it is not sure: without a site,
    or where the names of other briefs decide how the page is called."""
    is_sure = plain_name(name) == name and not is_reserved(name)
    return f"{site}{name}.html" if site and is_sure else ""

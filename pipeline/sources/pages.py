"""What a page says: its title, its words, and whether it may be another than the one cited."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from urllib.parse import urlsplit

_TITLE = re.compile(r"<title[^<>]{0,300}>([^<]{0,1000})", re.IGNORECASE)
# Words of pages, not of texts: bills have numbers such as 404, and essays say what does not exist.
_ERROR_TITLE = re.compile(
    r"^\W*(error\W*)?(404|410)\b|\berror (404|410)\b|^\W*not found\W*$"
    r"|\b(page|file|document|resource|site)\b.{0,30}"
    r"\b(not found|no longer (available|exists)|(does not|doesn.t) exist)\b"
    r"|\bseite\b.{0,30}\bnicht gefunden\b|\bpage\b.{0,30}\bintrouvable\b"
    r"|\bpágina\b.{0,30}\b(no|não) encontrada\b|\bpagina\b.{0,30}\bnon trovata\b"
    r"|ページが見つかりません|^just a moment\b",
    re.IGNORECASE,
)
_PASSWORD = re.compile(rb"<input[^<>]{0,300}type=[\"']?password", re.IGNORECASE)
_SILENT = re.compile(r"<(script|style|noscript)\b", re.IGNORECASE)  # they change all the time


def doubt_about(asked: str, shown: str, title: str, body: bytes) -> str:
    """Return why a page that was sent may not be the one that was asked for, "" if it may be."""
    if _ERROR_TITLE.search(title):
        return f"its title is that of an error page: {title[:60]}"
    if _PASSWORD.search(body):
        return "it asks for a password"
    if urlsplit(shown).path in ("", "/") and urlsplit(asked).path not in ("", "/"):
        return f"it leads to a start page, {shown}"
    return ""


def read_page(body: bytes, content_type: str) -> tuple[str, bytes]:
    """Return the title of a page and its words; scripts, styles and tags change all the time."""
    charset = re.search(r"charset=[\"']?([\w-]+)", content_type)
    try:
        text = body.decode(charset[1] if charset else "utf-8", "replace")
    except LookupError:
        text = body.decode("utf-8", "replace")
    words = " ".join(unescape(" ".join(_texts(text))).split())
    return title_of(text), words.encode("utf-8", "replace")


def title_of(page: str) -> str:
    """Return what a page has in `<title>`, "" if it has none."""
    found = _TITLE.search(page)
    return " ".join(unescape(found[1]).split()) if found else ""


def _texts(page: str) -> Iterator[str]:
    """Yield the text between tags, in linear time: pages may be hostile."""
    place = 0
    while (start := page.find("<", place)) >= 0:
        yield page[place:start]
        silent = _SILENT.match(page, start)
        if silent:
            closing = re.compile(f"</{silent[1]}", re.IGNORECASE).search(page, start)
            start = closing.start() if closing else len(page)
        place = page.find(">", start) + 1
        if not place:
            return
    yield page[place:]

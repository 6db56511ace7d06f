"""The bytes of a library, whatever encoding its program wrote → text."""

from __future__ import annotations

import codecs
import re

from ..diagnostics import Diagnostic, Span
from .source import Source, read_text

UTF16 = {codecs.BOM_UTF16_LE: "utf-16-le", codecs.BOM_UTF16_BE: "utf-16-be"}


def read_decoded(content: bytes, path: str) -> tuple[Source, list[Diagnostic]]:
    """Decode a library; any encoding but UTF-8 is reported, and so are control characters."""
    text, message = _decoded(content)
    source, diagnostics = read_text(text, path)
    if message:
        place, hint = Span.on_line(path, _first_line(content), 1, 1), "save the file as UTF-8"
        diagnostics.append(Diagnostic("bibtex-encoding", message, place, hint))
    return source, diagnostics


def _decoded(content: bytes) -> tuple[str, str]:
    """Return the text, and a message on its encoding, "" for UTF-8."""
    if encoding := UTF16.get(content[:2]) or _utf16_without_mark(content[:2]):
        text = content.decode(encoding, "replace").removeprefix("\ufeff")
        return text, f"the file is {encoding[:6].upper()}, not UTF-8"
    content = content.removeprefix(codecs.BOM_UTF8)
    try:
        return content.decode("utf-8"), ""
    except UnicodeDecodeError:
        return _decoded_by_line(content)


def _utf16_without_mark(start: bytes) -> str:
    """A file begins with an ASCII letter or sign, so that one of its first two bytes is zero."""
    match start.find(0):
        case 0:
            return "utf-16-be"
        case 1:
            return "utf-16-le"
        case _:
            return ""


def _decoded_by_line(content: bytes) -> tuple[str, str]:
    """Read each line as UTF-8, or else as what old Windows and Unix programs wrote.

    Libraries are pasted together from files of several encodings: one line in Latin-1 must
    not spoil the accents of all others.
    """
    lines, encodings = [], set()
    for line in re.split(rb"(?<=[\r\n])", content):
        for encoding in ("utf-8", "cp1252", "latin-1"):
            try:
                lines.append(line.decode(encoding))
            except UnicodeDecodeError:
                continue
            if not line.isascii():
                encodings.add(encoding)
            break
    legacy = "Latin-1" if "latin-1" in encodings else "Windows-1252 (cp1252)"
    partly = "some lines of the file are not UTF-8 and were" if "utf-8" in encodings else ""
    return "".join(lines), f"{partly or 'the file is not UTF-8 and was'} read as {legacy}"


def _first_line(content: bytes) -> int:
    """Return the number of the first line that is not UTF-8."""
    try:
        content.decode("utf-8")
    except UnicodeDecodeError as error:
        before = content[: error.start].replace(b"\r\n", b"\n").replace(b"\r", b"\n")
        return before.count(b"\n") + 1
    return 1

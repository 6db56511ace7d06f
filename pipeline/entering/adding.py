"""Append an entry to a .bib file; everything that stands in it stays as it is."""

from __future__ import annotations

from msgspec import Struct
from msgspec.structs import replace

from ..bibtex import bibtex_entry
from ..csl import DEFAULT, format_entry
from ..lint.same_work import is_same_work
from ..model.references import Reference, plain
from ..readers.bibtex import read_bibtex
from .keys import key_of, pattern_of

_BROKEN = ("bad-bibtex", "repaired-bibtex", "bad-bibtex-block")


class Added(Struct, frozen=True):
    """What became of a reference. `content` is that of the file, as it was if `problem` says why.

    `loss` is how the entry prints, where BibTeX cannot hold all of the reference.
    """

    content: bytes
    key: str = ""
    entry: str = ""
    problem: str = ""
    loss: str = ""


def add_entry(content: bytes, path: str, reference: Reference, key: str = "") -> Added:
    """Append a reference to the content of a .bib file, with a key of one's own or a new one."""
    library, found = read_bibtex([(content, path)])
    same = next((key for key in library if is_same_work(library[key], reference)), "")
    if same:
        return Added(content, problem=f"it is already there, as `{same}`")
    last = max((span.line for span in library.spans.values()), default=0)
    if last and any(each.code in _BROKEN and each.span.line >= last for each in found):
        return Added(content, problem="the last entry of the file is broken; correct it first")
    if key in library:
        return Added(content, problem=f"the key `{key}` is already used")
    key = key or key_of(reference, pattern_of(library.values()), {*library, *library.aliases})
    entry = bibtex_entry(replace(reference, key=key, entry_type=""))
    if not entry:
        return Added(content, problem=f"`{key}` cannot be a key in BibTeX")
    after = _appended(content, entry)
    if after is None:
        return Added(content, problem="the file is not UTF-8; save it as UTF-8 first")
    new, _ = read_bibtex([(after, path)])
    if list(new) != [*library, key] or any(new[old] != library[old] for old in library):
        return Added(content, problem="the file has a mistake near its end; correct it first")
    shown, meant = (plain(format_entry(one, DEFAULT, "en-GB")) for one in (new[key], reference))
    return Added(after, key, entry, loss="" if shown == meant else shown)


def _appended(content: bytes, entry: str) -> bytes | None:
    """Return the content with an entry below an empty line; None if it is not UTF-8."""
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError:
        return None
    line_end = "\r\n" if "\r\n" in text else "\n"
    blank = (
        "" if not text.strip() else line_end * (2 - min(text.count("\n", len(text.rstrip())), 2))
    )
    return content + (blank + entry.replace("\n", line_end)).encode()

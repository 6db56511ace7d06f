"""Append entries to a .bib file; everything that stands in it stays as it is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from msgspec import Struct
from msgspec.structs import replace

from ..bibtex import bibtex_entry
from ..csl import DEFAULT, format_entry
from ..lint.same_work import identities, is_same_work
from ..model.references import Reference, plain
from ..readers.bibtex import read_bibtex
from .keys import key_of, pattern_of

BROKEN = ("bad-bibtex", "repaired-bibtex", "bad-bibtex-block")  # of entries


class Added(Struct, frozen=True):
    """What became of a reference; `problem` says why there is no new entry.

    `key` is that of the entry, also of one that was there before. `loss` is how the entry prints,
    where BibTeX cannot hold all of the reference.
    """

    key: str = ""
    entry: str = ""
    problem: str = ""
    loss: str = ""


def add_entry(
    content: bytes, path: str, reference: Reference, key: str = ""
) -> tuple[bytes, Added]:
    """Append a reference to the content of a .bib file, with a key of one's own or a new one."""
    if key and key in read_bibtex([(content, path)])[0]:
        return content, Added(problem=f"the key `{key}` is already used")
    after, (added,) = add_entries(content, path, [(reference, key)])
    return after, added


def add_entries(
    content: bytes, path: str, wanted: Sequence[tuple[Reference, str]]
) -> tuple[bytes, list[Added]]:
    """Append references, each with the key that is wished for it; one that is used gets another."""
    library, found = read_bibtex([(content, path)])
    last = max((span.line for span in library.spans.values()), default=0)
    broken = last and any(each.code in BROKEN and each.span.line >= last for each in found)
    pattern = pattern_of(library.values())
    taken = {*library, *library.aliases}
    known: dict[tuple[str, str], list[Reference]] = {}  # works by what identifies them
    for key in library:
        _note(known, library[key])
    added: list[Added] = []
    for reference, wish in wanted:
        if not (reference.fields or reference.names or reference.dates):
            added.append(Added(problem="it has no title, no author and no date: nothing to print"))
            continue
        if same := _same(known, reference):
            added.append(Added(same, problem=f"it is already there, as `{same}`"))
            continue
        if broken:
            added.append(Added(problem="the last entry of the file is broken; correct it first"))
            continue
        key = wish if wish and wish not in taken else key_of(reference, pattern, taken)
        entry = bibtex_entry(replace(reference, key=key, entry_type=""))
        if not entry:
            added.append(Added(problem=f"`{key}` cannot be a key in BibTeX"))
            continue
        taken.add(key)
        _note(known, replace(reference, key=key))
        added.append(Added(key, entry))
    return _written(content, path, wanted, added)


def _note(known: dict[tuple[str, str], list[Reference]], reference: Reference) -> None:
    for identity in identities(reference):
        known.setdefault(identity, []).append(reference)


def _same(known: Mapping[tuple[str, str], Sequence[Reference]], reference: Reference) -> str:
    """Return the key of the same work, "" if there is none."""
    alike = (other for identity in identities(reference) for other in known.get(identity, ()))
    return next((other.key for other in alike if is_same_work(other, reference)), "")


def _written(
    content: bytes, path: str, wanted: Sequence[tuple[Reference, str]], added: Sequence[Added]
) -> tuple[bytes, list[Added]]:
    """Return the content with new entries, once it is proved that all others are as they were."""
    new = [each for each in added if each.entry]
    if not new:
        return content, list(added)
    after = _appended(content, "\n".join(each.entry for each in new))
    if after is None:
        return content, _failed(added, "the file is not UTF-8; save it as UTF-8 first")
    before, _ = read_bibtex([(content, path)])
    now, _ = read_bibtex([(after, path)])
    keys = [*before, *(each.key for each in new)]
    if list(now) != keys or any(now[old] != before[old] for old in before):
        return content, _failed(added, "the file has a mistake near its end; correct it first")
    found = []
    for each, (reference, _) in zip(added, wanted, strict=True):
        if not each.entry:
            found.append(each)
            continue
        shown, meant = (
            plain(format_entry(one, DEFAULT, "en-GB")) for one in (now[each.key], reference)
        )
        found.append(replace(each, loss="" if shown == meant else shown))
    return after, found


def _failed(added: Sequence[Added], problem: str) -> list[Added]:
    return [Added(problem=problem) if each.entry else each for each in added]


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

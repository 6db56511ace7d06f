"""Merge one returned file into the text that it was made from."""

from __future__ import annotations

from collections.abc import Sequence
from difflib import SequenceMatcher

from msgspec import Struct

from ..provenance import sha256
from ..readers.docx import PLAIN, Change, Format, Paragraph, Returned
from ..reviews import Comment
from .aligning import align
from .building import Build, Built
from .citing import with_typed
from .edits import Edited, edited
from .items import Read, read_items
from .lists import lists_changed
from .numbers import numbers_changed, pictures_changed
from .proving import Prover
from .reviews import comments_of
from .units import Unit

_MOST_NEW = 2000  # paragraphs that a reviewer adds; proving more would take too long


class Edit(Struct, frozen=True):
    """One edit of a reviewer, and what became of it: `reason` says why it is refused."""

    kind: str  # "edit", "insert", "delete", "move", or "made" for what the build makes
    line: int  # of the source that the file was made from, 0 where it has none
    before: str
    after: str
    reason: str = ""
    changes: tuple[Change, ...] = ()  # tracked ones


class Merged(Struct, frozen=True):
    """The text with all edits that are proved, and what became of each."""

    base: str
    text: str
    edits: tuple[Edit, ...]
    stale: tuple[str, ...] = ()  # sources that have changed since the file was made
    comments: tuple[Comment, ...] = ()

    @property
    def refused(self) -> tuple[Edit, ...]:
        return tuple(edit for edit in self.edits if edit.reason)


def merge_text(returned: Returned, base: str, build: Build) -> Merged | str:
    """Return the base with the edits of a returned file; a sentence if nothing can be compared."""
    built = build(base)
    if built is None:
        return "the brief that it was made from cannot be built"
    if len(returned.paragraphs) > 2 * len(built.reads) + _MOST_NEW:
        return f"it has {len(returned.paragraphs)} paragraphs, and the brief {len(built.reads)}"
    reads = read_items(returned.paragraphs, built.known)
    old = built.text
    if not any("[@" in read.paragraph.text for read in old):
        reads = [r if r.paragraph.made else with_typed(r, built.known) for r in reads]
    new = [read for read in reads if not read.paragraph.made]
    alignment = align(old, new, _unchanged(returned, built))
    edits = edited(built, new, alignment)
    proved = Prover(built, new, alignment, edits, build).proved()
    found = [
        _edit(edit, old, new, proved.reasons.get(number, "")) for number, edit in enumerate(edits)
    ]
    made = [
        *lists_changed(built.reads, reads, proved.built.reads),
        *numbers_changed(built.reads, reads, proved.built.reads),
        *pictures_changed(old, new),
    ]
    found += [Edit("made", 0, "", "", sentence) for sentence in dict.fromkeys(made)]
    comments = comments_of(returned, built)
    return Merged(base, proved.text, tuple(found), _stale(returned, built), comments)


def _unchanged(returned: Returned, built: Built) -> frozenset[str]:
    """Return the bookmarks of blocks that say what was written, by the hashes in the file, where
    this version of the program writes something else."""
    return frozenset(
        name
        for paragraph in returned.paragraphs
        for name, said in paragraph.projections.items()
        if returned.hashes.get(name) != built.hashes.get(name)
        and sha256(said) == returned.hashes.get(name)
    )


def _edit(edit: Edited, old: Sequence[Read], new: Sequence[Read], reason: str) -> Edit:
    before = _said(old, edit.unit.old)
    after = _said(new, edit.unit.new)
    if before == after and edit.unit.kind == "edit":
        before, after = _looks(old, edit.unit.old, new, edit.unit.new)
    else:
        before, after = _difference(edit.unit, before, after)
    paragraphs = [new[place].paragraph for place in edit.unit.new]
    return Edit(edit.unit.kind, edit.line, before, after, reason, _changes(paragraphs))


def _said(reads: Sequence[Read], places: Sequence[int]) -> str:
    return "¶".join(reads[place].paragraph.text for place in places)


def _looks(
    old: Sequence[Read], old_places: Sequence[int], new: Sequence[Read], new_places: Sequence[int]
) -> tuple[str, str]:
    """Return words whose looks alone changed, as they were and as they are; or a style."""
    items = [[item for n in places for item in reads[n].items]
             for reads, places in ((old, old_places), (new, new_places))]  # fmt: skip
    changed = [
        n
        for n, (a, b) in enumerate(zip(*items, strict=False))
        if a.key == b.key and a.look != b.look
    ]
    if not changed:
        styles = (reads[places[0]].where[0] for reads, places in
                  ((old, old_places), (new, new_places)) if places)  # fmt: skip
        before, after = (*styles, "", "")[:2]
        return before, after
    words = ["".join(i.text for i in side[changed[0] : changed[-1] + 1]) for side in items]
    looks = [side[changed[0]].look or PLAIN for side in items]
    before, after = (f"{w[:100]} ({_look(look)})" for w, look in zip(words, looks, strict=True))
    return before, after


def _look(look: Format) -> str:
    names = (
        ("bold", look.bold),
        ("italic", look.italic),
        ("struck out", look.strike),
        ("code", look.code),
        ("raised", look.position == "super"),
        ("lowered", look.position == "sub"),
        (f"link to {look.link}", look.link),
    )
    return ", ".join(name for name, there in names if there) or "plain"


def _difference(unit: Unit, before: str, after: str) -> tuple[str, str]:
    """Return what differs in two texts, with the words round it."""
    if unit.kind != "edit" or before == after:
        return before[:120], after[:120]
    one, other = before.split(" "), after.split(" ")
    codes = [
        code
        for code in SequenceMatcher(None, one[:2000], other[:2000], autojunk=False).get_opcodes()
        if code[0] != "equal"
    ]
    if not codes:
        return before[:120], after[:120]
    _, start, _, second, _ = codes[0]
    _, _, end, _, last = codes[-1]
    return (
        " ".join(one[max(start - 2, 0) : end + 2])[:120],
        " ".join(other[max(second - 2, 0) : last + 2])[:120],
    )


def _changes(paragraphs: Sequence[Paragraph]) -> tuple[Change, ...]:
    return tuple(change for paragraph in paragraphs for change in paragraph.changes)


def _stale(returned: Returned, built: Built) -> tuple[str, ...]:
    """Return the cited entries and files that have changed since the file was made."""
    now = {**built.provenance.files, **built.provenance.references}
    found = [
        name for name, digest in returned.sources.items() if name in now and now[name] != digest
    ]
    if returned.house and returned.house != built.provenance.house:
        found.append("the house style")
    return tuple(found)

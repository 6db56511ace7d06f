"""Rename a citation key in its library and all briefs, or an anchor in its brief.

As in a merge, only what is proved is done: with the new name, the briefs must say what they said.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from ..model import Anchor, Cite, CrossReference, Link, walk
from .fixing import Edit, in_case_of
from .mentions import Mention, Texts, defined, mentions
from .reading import Reading, Workspace, real

_KEY = re.compile(r"\w(?:[\w:.+/-]*\w)?")
_ANCHOR = re.compile(r"[\w-](?:[\w.-]*\w)?")
# What would be found if something were left with its old name, or read otherwise.
_BROKEN = (
    "unknown-citation", "unknown-anchor", "unknown-crossref", "missing-field", "bad-bibtex-block",
    "duplicate-citation-key", "duplicate-anchor", "citation-key-case", "bad-front-matter",
)  # fmt: skip


class Refused(Exception):
    """A rename that is not done; the message says why."""


def renamed(
    workspace: Workspace, reading: Reading, texts: Texts, name: str | Anchor, new: str
) -> list[Edit]:
    """Return the edits that rename a key or an anchor, each place once. Raises `Refused`."""
    target: str | Anchor
    if isinstance(name, Anchor):
        target, readings = _new_anchor(reading, name, new), [reading]
    else:
        readings = _with_key(workspace, reading, name)
        target = _new_key(readings, name, new)
    edits: dict[Edit, None] = {}
    touched, is_written = [reading], False
    for one in readings:
        own = [mention for mention in mentions(one, texts) if mention.name == name]
        edits |= dict.fromkeys(_edit(mention, texts, str(target)) for mention in own)
        is_written = is_written or any(mention.defines for mention in own)
        if any(not mention.defines for mention in own):
            touched.append(one)
    if not is_written:
        raise Refused(f"`{name}` is not written as `{{#{name}}}`: rename it by hand")
    _prove(workspace, touched, list(edits), texts, {name: target})
    return list(edits)


def _new_key(readings: Sequence[Reading], key: str, new: str) -> str:
    aliases = readings[0].library.aliases
    if key in aliases:
        raise Refused(f"`{key}` is another name of `{aliases[key]}`: rename that one")
    if key not in readings[0].library:
        raise Refused(f"no reference has the key `{key}`")
    if not _KEY.fullmatch(new) or Anchor.parse(new).kind != "other":
        raise Refused(f"`{new}` cannot be a citation key: use letters, digits and - _ : . + /")
    if any(new in one.library or new in one.library.aliases for one in readings):
        raise Refused(f"there is a reference with the key `{new}`")
    return new


def _new_anchor(reading: Reading, anchor: Anchor, new: str) -> Anchor:
    target = Anchor.parse(new)
    if target.kind != anchor.kind or not _ANCHOR.fullmatch(target.name):
        start = str(anchor).removesuffix(anchor.name)
        raise Refused(f"`{new}` cannot be its anchor: write `{start}` and letters, digits and - _")
    anchors = [defined(node) for node in walk(reading.brief)]
    if anchor not in anchors:
        raise Refused(f"there is no anchor `{anchor}`")
    if target in anchors:
        raise Refused(f"there is an anchor `{new}`")
    return target


def _with_key(workspace: Workspace, reading: Reading, key: str) -> list[Reading]:
    """Return the briefs that may cite the same entry; the one that is looked at is one of them."""
    place = reading.library.spans.get(key)
    found = [
        one for one in workspace.all_readings(reading.path) if one.library.spans.get(key) == place
    ]
    return found or [reading]


def _edit(mention: Mention, texts: Texts, new: str) -> Edit:
    span = mention.span
    written = texts(span.path).piece(span)
    same = written if isinstance(mention.name, str) else in_case_of(str(mention.name), written)
    if written != str(mention.name) and written != same:
        raise Refused(f"{span.path}:{span.line}: `{mention.name}` is written in a way not read")
    return Edit(span, in_case_of(new, written) if isinstance(mention.name, Anchor) else new)


def _prove(
    workspace: Workspace,
    readings: Sequence[Reading],
    edits: Sequence[Edit],
    texts: Texts,
    names: dict[str | Anchor, str | Anchor],
) -> None:
    """Read everything again with the new name: nothing else may have changed."""
    after = Workspace()
    after.texts = workspace.texts | applied(edits, texts)
    for reading in readings:
        again = after.reading(reading.path)
        if again is None or not _says_the_same(reading, again, names):
            raise Refused(f"{reading.loaded.path} would say something else with the new name")


def _says_the_same(
    before: Reading, after: Reading, names: dict[str | Anchor, str | Anchor]
) -> bool:
    if [names.get(one, one) for one in _named(before)] != list(_named(after)):
        return False
    return _broken(before) == _broken(after)


def _named(reading: Reading) -> Iterator[str | Anchor]:
    """Yield all that a brief names and defines, in reading order, and the keys of its libraries."""
    yield from reading.brief.front.nocite
    for node in walk(reading.brief):
        match node:
            case Cite(key=key):
                yield key
            case CrossReference(anchor=anchor) | Link(href=Anchor() as anchor):
                yield anchor
            case _:
                if own := defined(node):
                    yield own
    yield from reading.library
    yield from reading.library.aliases.values()


def _broken(reading: Reading) -> Counter[str]:
    codes = (found.code for found in reading.loaded.diagnostics)
    return Counter(code for code in codes if code in _BROKEN)


def applied(edits: Sequence[Edit], texts: Texts) -> dict[Path, str]:
    """Return the files that edits change, as they are then."""
    by_path: dict[str, list[Edit]] = {}
    for edit in edits:
        by_path.setdefault(edit.span.path, []).append(edit)
    return {
        real(path): texts(path).edited((e.span, e.text) for e in found)
        for path, found in by_path.items()
    }

"""What a returned Word file says, as values: paragraphs of atoms."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from msgspec import Struct, field

_CJK = "\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\uff66-\uff9f"
_TOKEN = re.compile(rf"[{_CJK}]|(?:(?![{_CJK}])[^\W\d_])+|\d+|\s+|.", re.DOTALL)
# What prints nothing: programs add and drop these.
_INVISIBLE = re.compile("[\x02\ufffe\u200b\u200e\u200f\u2060\ufeff\u00ad\u202a-\u202e]")


class Format(Struct, frozen=True):
    """How text looks, as far as Markdown can say it. `link`: an address, or "#" and a bookmark."""

    bold: bool = False
    italic: bool = False
    strike: bool = False
    code: bool = False
    position: str = ""  # "super", "sub" or ""
    link: str = ""


PLAIN = Format()


class Atom(Struct, frozen=True):
    """The smallest part of a paragraph that an edit adds or removes.

    kind      text
    "text"    a word, a number, or one other character
    "back"    a word of the links back from the reference list
    "blank"   " "
    "break"   a line break
    "field"   the instruction; what it prints is `shown`
    "hidden"  a bookmark: that of a reference in the middle of a range
    "call"    the id of a footnote
    "image"   what is read out for it
    "maths"   the characters of a formula
    """

    kind: str
    text: str
    format: Format = PLAIN
    shown: str = ""  # of a blank: the characters; of a field: its result; of an image: its hashes
    citation: str = ""  # the bookmark of the citation round it


class Change(Struct, frozen=True):
    """A tracked change: "inserted", "deleted" or "moved"."""

    kind: str
    author: str
    date: str
    text: str


class Paragraph(Struct, frozen=True):
    """A paragraph, all tracked changes accepted.

    `made` is "contents" or "references" for a paragraph of one of these lists. Paragraphs of
    footnotes follow the paragraph that calls them.
    """

    style: str  # the id of its style, "" for none
    atoms: tuple[Atom, ...]
    names: tuple[str, ...] = ()  # bookmarks of blocks that begin in it
    level: int | None = None  # of an item of a list, from 0
    cell: tuple[int, ...] = ()  # row and column of each table round it
    note: str = ""  # the id of the footnote that it is in
    made: str = ""
    projections: Mapping[str, str] = field(default_factory=dict)  # by bookmark of a block
    changes: tuple[Change, ...] = ()

    @property
    def text(self) -> str:
        """What it says, for messages."""
        return "".join(map(_said, self.atoms))


def _said(atom: Atom) -> str:
    match atom.kind:
        case "text" | "blank":
            return atom.text
        case "field":
            return atom.shown
        case "break":
            return "↵"
        case _:
            return ""


class Comment(Struct, frozen=True):
    """A comment. `anchor` are the words it is about; `parent` is the id of what it answers."""

    identity: str
    author: str
    date: str
    text: str
    anchor: str = ""
    names: tuple[str, ...] = ()  # bookmarks of the blocks it is about
    parent: str = ""
    resolved: bool = False


class Written(Struct, frozen=True):
    """Where a block was written: its kind, and its stretch of a source. A key of front matter."""

    kind: str
    key: str
    file: str
    lines: tuple[int, int, int, int]  # line and column of its start and of its end


class Returned(Struct, frozen=True):
    """A Word file of ours as it came back."""

    paragraphs: tuple[Paragraph, ...]
    brief: str = ""  # its name, as the file says
    sha256: str = ""  # of the Markdown that it was made from
    embedded: str | None = None  # that Markdown; from a file that anybody may have changed
    anchors: Mapping[str, str] = field(default_factory=dict)  # identifiers by bookmark
    tags: Mapping[str, str] = field(default_factory=dict)  # citation keys by tag of Word's sources
    hashes: Mapping[str, str] = field(default_factory=dict)  # of projections, by bookmark
    places: Mapping[str, Written] = field(default_factory=dict)  # of blocks, by bookmark
    sources: Mapping[str, str] = field(default_factory=dict)  # hashes of files and entries
    house: str = ""  # the hash of the house style
    comments: tuple[Comment, ...] = ()
    unsettled: bool = False  # a redline that LibreOffice saved with changes in it


def visible(text: str) -> str:
    """Return text without characters that print nothing."""
    return _INVISIBLE.sub("", text)


def tokens(text: str) -> Iterator[tuple[int, str]]:
    """Yield words, numbers, stretches of blanks and single other characters with their offsets."""
    for found in _TOKEN.finditer(text):
        yield found.start(), found[0]

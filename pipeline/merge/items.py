"""Paragraphs as merge compares them: words, and citations by their keys and locators.

A number is no text: renumbering is not an edit. What a number may be is asked separately.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from msgspec import Struct
from msgspec.structs import replace

from ..labels import around_number
from ..marks import Marks
from ..model import CROSS_REFERENCED, Anchor, AnchorKind
from ..ooxml import read_field
from ..placement import STOPS
from ..readers.docx import PLAIN, Atom, Format, Paragraph, tokens
from .marks import ReadCite, managed_cites, mark_cites

_FIXED = ("\N{NO-BREAK SPACE}", "\N{NARROW NO-BREAK SPACE}")
_GLUED_BEFORE = frozenset(":;!?»")  # what typography puts a space before
_GLUED_AFTER = "«"
LISTS = ("ListBullet", "ListNumber")
_PLAIN = ("", "Normal", "NumberedText", "TableHeading")  # a head of a table is known by its place
ALONE = " alone"  # a cross-reference without the word before its number
_MANAGERS = ("CITATION", "ADDIN")
_LATE = 4  # atoms at most from where the bookmark of a citation ends to its closing bracket
_OPENINGS = {"[": "]", "(": ")", "［": "］", "（": "）", "【": "】", "〔": "〕"}


class Item(Struct, frozen=True):
    """An atom, or a whole citation; `kind` is "citation" or "end" beside the kinds of atoms.

    `text` and `format` are what is compared. An "end" is where one paragraph ends and the next
    begins.
    """

    kind: str
    text: str
    format: Format = PLAIN
    shown: str = ""
    cites: tuple[ReadCite, ...] = ()
    names: tuple[str, ...] = ()  # of a citation: its bookmark
    cross: bool = False  # a cross-reference, with the word before its number
    after: str = ""  # of a cross-reference: the word that is to follow its number

    @property
    def look(self) -> Format | None:
        """Its format; None for what has that of the text round it."""
        return self.format if self.kind == "text" or self.cross else None

    @property
    def key(self) -> tuple[str, str]:
        """What it is in this file: calls of two footnotes differ.

        Pictures are compared by their files, elsewhere: LibreOffice drops what is read out.
        """
        return self.kind, "" if self.kind == "image" else self.text


class Known(Struct, frozen=True):
    """What must be known to read marks: how they look, and what bookmarks and tags mean."""

    marks: Marks
    lang: str
    keys: Mapping[str, str]  # citation keys by bookmark
    anchors: Mapping[str, Anchor]  # that are no references, by bookmark
    tags: Mapping[str, str]  # citation keys by tag of Word's sources
    by_number: Mapping[str, str]  # citation keys by number
    labels: Mapping[AnchorKind, str]  # the house's own


class Read(Struct, frozen=True):
    """A paragraph with its items. `where` is its style, level and cell."""

    paragraph: Paragraph
    items: tuple[Item, ...]

    @property
    def where(self) -> tuple[str, int | None, tuple[int, ...], bool]:
        found = self.paragraph
        plain = "FootnoteText" if found.note else "TableText" if found.cell else "BodyText"
        style = plain if found.style in _PLAIN else found.style
        level = 0 if style in LISTS and found.level is None else found.level
        if found.style == "NumberedText":
            level = None  # LibreOffice says at each paragraph what its style says
        return style, level, found.cell, bool(found.note)

    @property
    def said(self) -> tuple[tuple[tuple[str, str], Format], ...]:
        return tuple(
            ((item.kind, "" if item.kind in ("call", "image") else item.text), item.format)
            for item in self.items
        )

    def same(self, other: Read) -> bool:
        """Say whether two paragraphs are the same to a reader, numbers aside."""
        return self.where == other.where and self.said == other.said


def read_items(paragraphs: Sequence[Paragraph], known: Known) -> list[Read]:
    """Return paragraphs with their items; a call is known by the bookmark in its footnote."""
    notes: dict[str, str] = {}
    for paragraph in paragraphs:
        if paragraph.note:
            name = next(iter(paragraph.names), f"new {paragraph.note}")
            notes.setdefault(paragraph.note, name)
    return [
        Read(p, tuple(tidy(list(_items(p.atoms, known, notes)), known.marks))) for p in paragraphs
    ]


def tidy(items: list[Item], marks: Marks) -> Iterator[Item]:
    """Yield items without the blanks that typography and the house's marks decide on."""
    decided = marks.superscript or marks.after_punctuation or marks.before != "keep"
    if marks.after_punctuation:
        for place in range(len(items) - 2, -1, -1):
            if items[place].kind == "citation" and items[place + 1].text in STOPS:
                items[place : place + 2] = items[place + 1], items[place]
    for place, item in enumerate(items):
        following = items[place + 1].kind if place + 1 < len(items) else ""
        if item.kind == "blank" and decided and following == "citation":
            continue
        if item.kind == "blank" and item.shown in _FIXED:
            before = items[place - 1].text if place else ""
            after = items[place + 1].text if place + 1 < len(items) else ""
            if after in _GLUED_BEFORE or before == _GLUED_AFTER:
                continue
        yield item


def _items(atoms: Sequence[Atom], known: Known, notes: Mapping[str, str]) -> Iterator[Item]:
    found: list[Item] = []
    place = 0
    while place < len(atoms):
        atom = atoms[place]
        end = place + 1
        if atom.citation:
            while end < len(atoms) and atoms[end].citation == atom.citation:
                end += 1
            while atoms[end - 1].kind == "blank" and end > place + 1:
                end -= 1  # what was deleted beside it leaves blanks in its bookmark
            end = _closed(atoms, place, end)
            group = atoms[place:end]
            citation = _citation(group, known, atom.citation) if atom.kind != "blank" else None
            if citation is not None:
                found.append(citation)
                place = end
                continue
            end = place + 1
        if _reference(atom, known) and atom.kind == "field":
            end = _unmarked(atoms, place, known, found)
        elif atom.kind == "call":
            found.append(Item("call", notes.get(atom.text, atom.text), PLAIN, atom.text))
            end = place + 1
        else:
            if atom.kind != "hidden":
                _add(_item(atom), found, known)
            end = place + 1
        place = end
    return iter(found)


def _closed(atoms: Sequence[Atom], start: int, end: int) -> int:
    """Return where a citation ends, its closing bracket included.

    LibreOffice 7.4 ends bookmarks after the first footnote of a text, in its paragraph, one
    character early, and one more with each time it saves.
    """
    inside = [atom.text for atom in atoms[start:end]]
    for opening, closing in _OPENINGS.items():
        if inside.count(opening) > inside.count(closing):
            after = [atom.text for atom in atoms[end : end + _LATE]]
            return end + after.index(closing) + 1 if closing in after else end
    return end


def _add(item: Item, found: list[Item], known: Known) -> None:
    """Add an item; a cross-reference with the word before its number: "Figure 2"."""
    field = read_field(item.text) if item.kind == "field" else None
    anchor = known.anchors.get(field.arguments[0]) if field and field.arguments else None
    if field and field.kind == "REF" and anchor and anchor.kind in CROSS_REFERENCED:
        said, after = [], ""
        for starts in (True, False):
            words, after = around_number(anchor, known.lang, known.labels, starts)
            wanted = [token for _, token in tokens(words)]
            if [item.text for item in found[-len(wanted) :]] == wanted:
                said = found[-len(wanted) :]
        if said:
            del found[-len(said) :]
            look = said[0].format
            item = Item("field", item.text, look, item.shown, cross=True, after=after)
        else:
            item = Item("field", item.text + ALONE, PLAIN, item.shown)
    elif found and (after := found[-1].after) and item.text.startswith(after):
        found[-1] = replace(found[-1], after="")
        item = replace(item, text=item.text.removeprefix(after))
        if not item.text:
            return
    found.append(item)


def _item(atom: Atom) -> Item:
    return Item(atom.kind, atom.text, atom.format, atom.shown)


def _reference(atom: Atom, known: Known) -> str:
    """Return the key that a field or a link leads to, "" for none."""
    if atom.kind == "hidden":
        return known.keys.get(atom.text, "")
    if atom.kind != "field":
        return ""
    found = read_field(atom.text)
    if found.kind == "REF" and found.arguments:
        return known.keys.get(found.arguments[0], "")
    cites = managed_cites(atom.text, known.tags, known.lang) if found.kind in _MANAGERS else ()
    return cites[0].key if cites else ""


def _citation(atoms: Sequence[Atom], known: Known, name: str) -> Item | None:
    """Return a citation, None if its atoms are not one."""
    managed = next((a for a in atoms if a.kind == "field" and a.text.startswith(_MANAGERS)), None)
    names = (name,) if name else ()
    shown = "".join(a.shown if a.kind == "field" else a.text for a in atoms if a.kind != "hidden")
    if managed is not None:
        cites = managed_cites(managed.text, known.tags, known.lang)
        alone = all(a.kind in ("hidden", "field") for a in atoms)
        return _cited(cites, shown, names) if cites and alone else None
    pieces: list[tuple[str, str, str]] = []
    for atom in atoms:
        key = _reference(atom, known)
        if key:
            if atom.kind == "field" and pieces and pieces[-1][:2] == ("hidden", key):
                pieces.pop()
            pieces.append(("key" if atom.kind == "field" else "hidden", key, atom.shown))
        elif atom.kind in ("text", "blank"):
            pieces.append(("text", atom.text, ""))
        elif atom.kind == "field":
            pieces.append(("text", f"{{{atom.text}}}", ""))
        else:
            return None
    found = mark_cites(pieces, known.marks, known.by_number)
    return _cited(found, shown, names) if found else None


def _cited(cites: Sequence[ReadCite], shown: str, names: tuple[str, ...]) -> Item:
    text = "; ".join(sorted({" ".join((c.before, f"@{c.key}", c.after)).strip() for c in cites}))
    return Item("citation", text, PLAIN, shown, tuple(cites), names)


def _unmarked(atoms: Sequence[Atom], place: int, known: Known, found: list[Item]) -> int:
    """Add a citation without a bookmark, a copy of one: what its brackets enclose.

    Returns the place after it.
    """
    start = _opening(atoms, place)
    closing = _OPENINGS.get(atoms[start].text, "")
    end = place + 1
    if closing:
        shown = sum(atom.kind != "hidden" for atom in atoms[start:place])
        del found[len(found) - shown :]
        while end < len(atoms) and atoms[end - 1].text != closing:
            end += 1
        end = _whole_range(atoms, end, known)
    group = atoms[start:end]
    citation = _citation(group, known, "")
    if citation is None:
        found += map(_item, (a for a in group if a.kind != "hidden"))
    else:
        found.append(citation)
    return end


def _opening(atoms: Sequence[Atom], place: int) -> int:
    """Return where the bracket round a number opens, "[see 5]"; its own place if none does."""
    for start in range(place - 1, max(place - 40, -1), -1):
        atom = atoms[start]
        if atom.kind not in ("text", "blank", "hidden") or atom.citation:
            break
        if atom.text in _OPENINGS:
            return start
        if atom.text in _OPENINGS.values():
            break
    return place


def _whole_range(atoms: Sequence[Atom], end: int, known: Known) -> int:
    """Return where a mark ends that goes on as a range: `[1]–[3]`."""
    dash, opening = known.marks.range.strip(), known.marks.opening
    rest = [(n, a) for n, a in enumerate(atoms[end:], start=end) if a.kind != "hidden"][:3]
    said = [a.text for _, a in rest]
    if not (known.marks.each and dash and len(said) == 3 and said[:2] == [dash, opening]):
        return end
    if not _reference(rest[2][1], known):
        return end
    end = rest[2][0] + 1
    while end < len(atoms) and atoms[end - 1].text != known.marks.closing:
        end += 1
    return end

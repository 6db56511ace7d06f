"""Citations that a reviewer changed or typed, as Markdown."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from msgspec.structs import replace

from ..language.files import language_of
from ..language.locators import locator_text
from ..model import Citation, Locator, Paragraph
from ..readers.docx import PLAIN
from ..readers.markdown import read_markdown
from ..readers.source import Source
from .items import Item, Known, Read, tidy
from .marks import ReadCite
from .writing import bracket, written_cite

_TYPED = re.compile(r"\[@[^\[\]]*\]")


def changed_citation(item: Item, citations: Mapping[str, Citation], source: Source) -> str:
    """Return a citation with what it said before wherever that still holds, "" for a new one."""
    before = next((citations[name] for name in item.names if name in citations), None)
    if before is None:
        return ""
    left = list(item.cites)
    parts: list[str] = []
    segments = before.source.strip("[]").split(";")
    exact = len(segments) == len(before.cites) and not before.narrative
    for place, old in enumerate(before.cites):
        cite = next((c for c in left if c.key == old.key), None)
        if cite is None:
            continue
        left.remove(cite)
        same = exact and _says(segments[place], cite)
        parts.append(segments[place].strip() if same else _cite(cite))
    parts += map(_cite, left)
    if before.narrative and len(item.cites) == 1 and item.cites[0].key == before.cites[0].key:
        (cite,) = item.cites
        inner = cite.after.lstrip(",،").strip()
        return written_cite(cite.key, "", "") + (f" [{inner}]" if inner else "")
    return f"[{'; '.join(parts)}]" if parts else bracket(item)


def _cite(cite: ReadCite) -> str:
    return written_cite(cite.key, cite.before, cite.after)


def _says(segment: str, cite: ReadCite) -> bool:
    """Say whether a written cite prints the words of a mark."""
    before, _, after = segment.partition(f"@{cite.key}")
    return _letters(before) == _letters(cite.before) and _letters(after) == _letters(cite.after)


def _letters(text: str) -> str:
    return re.sub(r"\W", "", text.replace("--", "–"))


def with_typed(read: Read, known: Known) -> Read:
    """Return a paragraph with citations for what was typed as one: `[@smith2021, p. 4]`.

    Only brackets made of nothing but known keys and locators are citations.
    """
    items: list[Item] = []
    place = 0
    while place < len(read.items):
        end = _typed_end(read.items, place)
        text = "".join(item.text for item in read.items[place:end])
        cites = typed_cites(text, known) if end else ()
        if cites:
            items.append(_item(cites))
            place = end
        else:
            items.append(read.items[place])
            place += 1
    return replace(read, items=tuple(tidy(items, known.marks)))


def _item(cites: Sequence[ReadCite]) -> Item:
    said = "; ".join(sorted({" ".join((f"@{c.key}", c.after)).strip() for c in cites}))
    return Item("citation", said, PLAIN, "", tuple(cites))


def _typed_end(items: Sequence[Item], place: int) -> int:
    """Return where a bracket ends that begins with a key, 0 for anything else."""
    if items[place].text != "[" or place + 1 == len(items) or items[place + 1].text != "@":
        return 0
    for end in range(place, min(len(items), place + 200)):
        if items[end].kind not in ("text", "blank") or items[end].format.code:
            return 0
        if items[end].text == "]":
            return end + 1
    return 0


def typed_cites(text: str, known: Known) -> tuple[ReadCite, ...]:
    """Return the cites of a typed bracket, none if it is not made of known keys and locators."""
    if not _TYPED.fullmatch(text):
        return ()
    brief, _ = read_markdown(text, "typed", lang=known.lang)
    match brief.blocks:
        case (Paragraph(inlines=(Citation(cites=cites),)),):
            keys = set(known.keys.values())
            if any(c.key not in keys or c.prefix or c.suffix for c in cites):
                return ()
            return tuple(
                ReadCite(c.key, "", _locator(c.locator, known.lang) if c.locator else "")
                for c in cites
            )
        case _:
            return ()


def _locator(found: Locator, lang: str) -> str:
    return (
        f"{language_of(lang).comma} {locator_text(found.label, found.value, lang, found.several)}"
    )

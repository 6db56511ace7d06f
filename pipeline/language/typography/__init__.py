"""Set quotation marks, apostrophes, dashes and spaces as is usual in the language of a passage.

In: a brief as typed, with `"`, `'`, `--` and `...`. Out: the brief as it is printed, the same in
every output, because this is decided once, before anything is numbered. Code, formulas, addresses
and escaped characters (`\\"`) are not changed. docs/decisions/0007-typography.md gives reasons.
"""

from __future__ import annotations

from collections.abc import Iterator
from operator import is_not
from typing import Any, assert_never, cast

from msgspec.structs import replace

from ...model import (
    Brief,
    Citation,
    Code,
    CrossReference,
    Deleted,
    Emphasis,
    Footnote,
    FootnoteReference,
    Image,
    Inline,
    Inlines,
    Inserted,
    LineBreak,
    Link,
    Math,
    Node,
    Part,
    Passage,
    Person,
    Strikethrough,
    Strong,
    Subscript,
    Superscript,
    Text,
    children_of,
    is_run,
    plain,
)
from .run import THING, Character, Run, stays, words

__all__ = ["typeset", "words"]


def typeset(brief: Brief) -> Brief:
    """Return the brief as it is printed: the same tree and spans, other characters."""
    return cast(Brief, _typeset(brief, brief.front.lang))


def _typeset(value: Any, lang: str) -> Any:
    """Return a node, or a tuple, with every run of inlines in it set, or itself."""
    if isinstance(value, tuple):
        if is_run(value) and not _stays(value, lang):
            return _rebuilt(value, lang, iter(Run(list(_characters(value, lang))).set()))
        items = tuple([_typeset(item, lang) for item in value])
        return items if any(map(is_not, items, value)) else value
    if isinstance(value, Person):
        name, affiliation = words(value.name, lang), words(value.affiliation, lang)
        return replace(value, name=name, affiliation=affiliation)
    if not isinstance(value, Node):
        return value
    if isinstance(value, Part | Passage):
        lang = value.lang or lang
    changes: dict[str, Any] = {}
    for name in children_of(type(value)):
        inner = getattr(value, name)
        changed = _typeset(inner, lang)
        if changed is not inner:
            changes[name] = changed
    return replace(value, **changes) if changes else value


def _stays(inlines: Inlines, lang: str) -> bool:
    """Say whether a run is printed as it was typed. Most are, and need no closer look."""
    for inline in inlines:
        match inline:
            case Text(text=text):
                if not stays(text, lang):
                    return False
            case Passage(inlines=inner, lang=own):
                if not _stays(inner, own or lang):
                    return False
            case Link() | Emphasis() | Strong() | Strikethrough() | Superscript() | Subscript():
                if not _stays(inline.inlines, lang):
                    return False
            case _:
                pass
    return True


def _characters(inlines: Inlines, lang: str, kept: bool = False) -> Iterator[Character]:
    """Yield what a run of inlines consists of: (character, language, whether it stays)."""
    for inline in inlines:
        match inline:
            case Text(text=text):
                escaped = len(text) == 1 < inline.span.length
                yield from ((character, lang, kept or escaped) for character in text)
            case Passage(inlines=inner, lang=own):
                yield from _characters(inner, own or lang, kept)
            case Link(inlines=inner, href=href):
                is_address = isinstance(href, str) and plain(inner) in (
                    href,
                    href.removeprefix("mailto:"),
                )
                yield from _characters(inner, lang, kept or is_address)
            case Emphasis() | Strong() | Strikethrough() | Superscript() | Subscript():
                yield from _characters(inline.inlines, lang, kept)
            case Inserted() | Deleted():
                yield from _characters(inline.inlines, lang, kept)
            case LineBreak():
                yield "\n", lang, True
            case Footnote() | FootnoteReference():
                pass  # its number belongs to the word before
            case Code() | Math() | Image() | Citation() | CrossReference():
                yield THING, lang, True
            case _:
                assert_never(inline)


def _rebuilt(inlines: Inlines, lang: str, printed: Iterator[str]) -> Inlines:
    """Return inlines with their characters as they are printed; takes what `_characters` gives."""
    result: list[Inline] = []
    for inline in inlines:
        match inline:
            case Text(text=text):
                result.append(replace(inline, text="".join([next(printed) for _ in text])))
            case Passage(inlines=inner, lang=own):
                result.append(replace(inline, inlines=_rebuilt(inner, own or lang, printed)))
            case Inserted() | Deleted():
                result.append(replace(inline, inlines=_rebuilt(inline.inlines, lang, printed)))
            case Link() | Emphasis() | Strong() | Strikethrough() | Superscript() | Subscript():
                result.append(replace(inline, inlines=_rebuilt(inline.inlines, lang, printed)))
            case Footnote():
                result.append(_typeset(inline, lang))
            case FootnoteReference():
                result.append(inline)
            case Citation():
                next(printed)
                result.append(_typeset(inline, lang))
            case LineBreak() | Code() | Math() | Image() | CrossReference():
                next(printed)
                result.append(inline)
            case _:
                assert_never(inline)
    return tuple(result)

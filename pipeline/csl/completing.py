"""Put into an entry what its style left out: before the address, where there is one."""

from __future__ import annotations

import re

from ..text import RESOLVER
from .corrections import ADDITIONS, ADDRESSES, ENOUGH_FOR_ARTICLES, GREY, Addition
from .dates import render_date
from .elements import Date
from .looks import capitalised
from .marked import ADDRESS, BEGIN, CLOSE, CLOSE_QUOTE, END, MARKS, bare
from .numbers import is_volume_of_words
from .placed import with_numbers
from .scope import Scope

_STOPS = (".", "?", "!", "。", "．", "؟")
_OF_ADDRESSES = frozenset([*ADDRESSES, "accessed", "medium", "archive"])


def gives_address(variables: list[str]) -> bool:
    """Say whether these variables, of one element of a style, are those of an address."""
    return bool(variables) and _OF_ADDRESSES.issuperset(variables)


def with_stop_behind_title(text: str, scope: Scope) -> str:
    """Return an entry with a full stop behind its title, before "Online" or a year."""
    online = capitalised(scope.locale.term("online"), scope.locale.language)
    words = rf"{re.escape(online)}\b|\d" if online else r"\d"
    title = re.escape(scope.fields.get("title", ""))
    if not title or _last(scope.fields["title"]) in _STOPS:
        return text
    return re.sub(rf"({title}{END}{CLOSE}*) (?={words})", r"\1. ", text)


def completed(text: str, scope: Scope) -> str:
    """Return an entry with what is missing in it; `text` has marks where addresses begin."""
    before, _, after = text.partition(ADDRESS)
    after = after.replace(ADDRESS, "")
    if not bare(before).strip():
        before, after = before + after, ""
    printed = _letters(before)  # an address says "energysavingtrust", and names nobody
    added = [words for addition in ADDITIONS if (words := _added(addition, scope, printed))]
    return _with_address(_joined(before, ", ".join(added), after), scope)


def _added(addition: Addition, scope: Scope, printed: str) -> str:
    names = addition.unless or addition.variables
    if addition.types and scope.type not in addition.types:
        return ""
    if any(name in scope.printed or not scope.has(name) for name in names):
        return ""
    words = (_words(name, scope) for name in addition.variables if name not in scope.printed)
    return " ".join(text for text in words if text and _letters(text) not in printed)


def _words(name: str, scope: Scope) -> str:
    if name in scope.dates:
        shown = ("year", "month", "day") if scope.type in GREY else ("year",)
        return render_date(Date(name, form="text", shown=shown), scope).text
    text = scope.field(name) if scope.has(name) else ""
    if text and name == "volume" and not is_volume_of_words(scope):
        word = capitalised(scope.locale.term(name, "short"), scope.locale.language)
        return with_numbers(f"{word} {BEGIN}{text}{END}", scope.locale.tag)
    return BEGIN + text + END if text else ""


def _joined(before: str, added: str, after: str) -> str:
    """Return an entry with words set into it, parted by the point that stands there already."""
    if not added:
        return before + after
    last = _last(before)
    if last in _STOPS:
        blank = "" if before.endswith(" ") else " "
        return f"{before}{blank}{added}. {after}"
    if last in ",;:":
        point = "," if last == ":" else last
        return f"{before.rstrip()} {added}{point} {after}" if after else f"{before} {added}."
    follows = _first(after)
    return f"{before.rstrip()}, {added}{'' if follows in '.,;:' else ', ' if after else '.'}{after}"


def _with_address(text: str, scope: Scope) -> str:
    """Return an entry with its only address, if the style has no place for it."""
    if any(name in scope.printed for name in ADDRESSES):
        return text
    enough = all(name in scope.printed for name in ENOUGH_FOR_ARTICLES)
    if scope.type == "article-journal" and enough:
        return text
    name = next((name for name in ("DOI", "URL") if scope.has(name)), "")
    if not name:
        return text
    resolver = RESOLVER if name == "DOI" and "://" not in bare(scope.fields[name]) else ""
    stop = "" if _last(text) in _STOPS else "."
    return f"{text.rstrip()}{stop} {resolver}{BEGIN}{scope.field(name)}{END}"


def _last(text: str) -> str:
    visible = bare(text).rstrip()
    return visible[-1:] if not text.rstrip().endswith(CLOSE_QUOTE) else ""


def _first(text: str) -> str:
    return bare(text).lstrip()[:1]


def _letters(text: str) -> str:
    return "".join(c for c in text if c not in MARKS and c.isalnum()).casefold()

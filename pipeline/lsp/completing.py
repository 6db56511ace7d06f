"""What can stand where somebody is typing: citation keys, anchors, words of locators."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal

from msgspec import Struct

from ..language.locators import locator_words
from ..model import CROSS_REFERENCED, PREFIXES, walk
from ..model.references import Date, Name, Reference
from .mentions import defined
from .reading import Reading
from .saying import caption_of, numbered_words

LONGEST = 400  # characters before the cursor that are looked at

_KEY = r"[\w:.#$%&\-+?<>~/]"
_TYPED_KEY = re.compile(rf"(?<![A-Za-z0-9])@\{{?(?P<typed>{_KEY}*)$")
_TYPED_LOCATOR = re.compile(
    rf"(?:\[[^\[\]]*@\{{?{_KEY}+\}}?,\s+|(?<![\[\w])@{_KEY}+ \[)(?P<typed>[^\W\d]*\.?)$"
)


class Completion(Struct, frozen=True):
    """`label` is also what is written, `follow` behind it; `typed` characters are replaced."""

    label: str
    detail: str
    kind: Literal["key", "anchor", "locator"]
    typed: int
    follow: str = ""


def completions(before: str, reading: Reading) -> list[Completion]:
    """Return what can follow the text before the cursor."""
    if found := _TYPED_KEY.search(before):
        typed = found["typed"]
        anchors = list(_anchors(reading, len(typed)))
        if typed and any(typed.lower().startswith(PREFIXES[kind]) for kind in CROSS_REFERENCED):
            return anchors
        return [*_keys(reading, len(typed)), *anchors]
    if found := _TYPED_LOCATOR.search(before):
        words = locator_words(reading.lang).items()
        size = len(found["typed"])
        return [Completion(word, label, "locator", size, " ") for word, label in words]
    return []


def _keys(reading: Reading, typed: int) -> Iterator[Completion]:
    for key in reading.library:
        yield Completion(key, summary(reading.library[key]), "key", typed)


def _anchors(reading: Reading, typed: int) -> Iterator[Completion]:
    numbers = reading.numbers
    for node in walk(reading.brief):
        anchor = defined(node)
        if anchor and anchor.kind in CROSS_REFERENCED and anchor in numbers:
            said = numbered_words(reading, anchor), caption_of(node)
            detail = ": ".join(filter(None, said))
            yield Completion(str(anchor), detail, "anchor", typed)


def summary(reference: Reference) -> str:
    """Return author, year and title, as far as they are known: "Smith & Lee 2021: Rain"."""
    names = next((found for found in reference.names.values() if found), ())
    year = _year(reference.dates.get("issued"))
    who = " ".join(filter(None, (_authors(names), year)))
    return ": ".join(filter(None, (who, " ".join(reference.title.split()))))


def _authors(names: tuple[Name, ...]) -> str:
    said = [name.literal or name.family or name.given for name in names]
    if len(said) > 2 or (len(said) == 2 and said[1] == "others"):
        return f"{said[0]} et al."
    return " & ".join(said)


def _year(date: Date | None) -> str:
    parts = next((part for part in date.parts if part), ()) if date else ()
    return str(parts[0]) if parts else date.literal if date else ""

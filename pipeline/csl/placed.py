"""Terms whose number stands elsewhere than behind them: "제%판" for the edition, "ط. %".

CSL puts a term and its number side by side, in the order of the style. Such a term is rendered as
a mark; when the entry is whole, mark and number become what the language writes.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from ..language.files import language_of
from .elements import TermForms
from .marked import BEGIN, CLOSE, END

PLACE = "%"  # of the number
_FIRST_MARK = 0xFDE0  # a noncharacter, as those of `marked`
_MARKS = "[\ufdd0-\ufddf]*"  # the look of a number
BLANK = "[ \N{NO-BREAK SPACE}]"
# The value of a variable if it is a number: "12–18", "A5", "xii"; not "City".
NUMBER = rf"{_MARKS}{BEGIN}(?=\W*\w{{0,3}}\d|(?i:[ivxlcdm]+)\b)[^{BEGIN}{END}]*{END}{CLOSE}*"
_BEHIND = rf"\.?{BLANK}?({NUMBER})"
# One before the term, without the letters of an ordinal: "2nd"; not the year of "2020. p. 4".
_BEFORE = rf"({_MARKS}{BEGIN}\d++)(?:[^\W\d]|\.)*({END}{CLOSE}*){BLANK}"


def terms_of(tag: str) -> Mapping[str, TermForms]:
    """Return the terms that the file of a language has for entries."""
    words = {**language_of(tag).entries, **_marks(tag)}
    return {name: forms_of(form) for name, form in words.items()}


def with_numbers(text: str, tag: str) -> str:
    """Return an entry with marks in which each of these terms stands round its number."""
    for name, mark in _marks(tag).items():
        words = language_of(tag).entries[name]
        if name == "edition":
            text = re.sub(f"{_BEFORE}{mark}", words.replace(PLACE, r"\g<1>\g<2>"), text)
        text = re.sub(f"{mark}{_BEHIND}", words.replace(PLACE, r"\g<1>"), text)
        # "2권" are two volumes, "제2권" is the second one.
        text = re.sub(f"{_BEFORE}{mark}", rf"\g<1>\g<2>{words.partition(PLACE)[2]}", text)
        text = text.replace(mark, words.replace(PLACE, "").strip())
    return text


def _marks(tag: str) -> Mapping[str, str]:
    names = [name for name, words in language_of(tag).entries.items() if PLACE in words]
    return {name: chr(_FIRST_MARK + place) for place, name in enumerate(names) if name != "and"}


def forms_of(words: str) -> TermForms:
    """Return the forms of "p.|pp."."""
    one, _, many = words.partition("|")
    return TermForms(one, many or one)

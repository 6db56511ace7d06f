"""Numbers, ranges of pages, labels (CSL 1.0.2, number, label, appendix V)."""

from __future__ import annotations

import re

from .elements import Label, Number
from .localisation import Locale
from .looks import dressed
from .marked import BEGIN, END, bare
from .scope import NOTHING, Output, Scope

_DELIMITER = "page-range-delimiter"
_PAGE = re.compile(r"((?:[^\W_]*[^\W\d_])?)(\d+)")
_END_OF_RANGE = re.compile(r"\W*\w*\d.*|[ivxlcdm]+", re.IGNORECASE)
_RANGE = re.compile(r"(\d+) ?- ?(\d+)")
_SEVERAL = re.compile(r"\d+[^\d.]+\d+")  # but "2.0" is one
_BETWEEN_PAGES = re.compile("[-–,&]")
MOST_DIGITS = 4  # of an ordinal or roman number: "1" followed by a million zeros is none
_COUNTED = re.compile(r"\W*(?:\w{0,3}\d|(?:[ivxlcdm]+|\w)\b)", re.IGNORECASE)
_LISTED = re.compile(r"\d\s*[,&]\s*\d")
_ROMAN = (
    ("m", 1000), ("cm", 900), ("d", 500), ("cd", 400), ("c", 100), ("xc", 90), ("l", 50),
    ("xl", 40), ("x", 10), ("ix", 9), ("v", 5), ("iv", 4), ("i", 1),
)  # fmt: skip


def render_number(number: Number, scope: Scope) -> Output:
    text = numbers(number.variable, number.form, scope)
    return Output(dressed(text, number.look), True, bool(text))


def numbers(variable: str, form: str, scope: Scope) -> str:
    """Return "1–3, 5 & 7" of what is written with any dash; "" for an empty variable."""
    written = scope.field("page" if variable == "page-first" else variable)
    if not written:
        return ""
    lists = (
        " & ".join(_range(part, variable, form, scope) for part in parts.split("&"))
        for parts in written.split(",")
    )
    return BEGIN + ", ".join(lists) + END


def _range(written: str, variable: str, form: str, scope: Scope) -> str:
    ends = written.replace("–", "-").split("-")
    if len(ends) != 2:
        return _formatted(written.strip(), variable, form, scope.locale)
    first, last = (end.strip() for end in ends)
    if not (_is_end_of_range(first) and (not last or _is_end_of_range(last))):
        return written.strip()  # "Online-First" is no range
    shown = _formatted(first, variable, form, scope.locale)
    if variable == "page-first":
        return shown
    if variable == "page":
        last = last_page(first, last, scope.style.page_range_format)
    own = scope.locale.term(_DELIMITER) if variable == "page" and _has_own_sign(scope) else ""
    dash = own or "–"
    return f"{shown}{dash}{_formatted(last, variable, form, scope.locale)}"


def _is_end_of_range(text: str) -> bool:
    return _END_OF_RANGE.fullmatch(text.strip()) is not None


def with_dash(text: str) -> str:
    """Return the number of a volume or issue with a dash, if it is a range: "3–4"."""
    return _RANGE.sub(r"\1–\2", text) if _RANGE.fullmatch(text) else text


def _has_own_sign(scope: Scope) -> bool:
    """Say whether ranges of pages have another sign than those of marks, since the style says so.

    What locale files say, "—" in Ukrainian, would be a second sign in a brief.
    """
    own = scope.style.locales.values()
    return not scope.corrected or any((_DELIMITER, "long") in locale.terms for locale in own)


def _formatted(number: str, variable: str, form: str, locale: Locale) -> str:
    """Leave a number as written where it should be one: "007" is no "7"."""
    if form == "numeric" or not number.isdecimal() or len(number) > MOST_DIGITS:
        return number
    match form:
        case "roman":
            return _roman(int(number))
        case "long-ordinal":
            return locale.long_ordinal(int(number), locale.gender(variable))
        case _:
            return locale.ordinal(int(number), locale.gender(variable))


def _roman(number: int) -> str:
    text = ""
    for letters, amount in _ROMAN:
        text += letters * (number // amount)
        number %= amount
    return text


def last_page(first: str, last: str, style: str) -> str:
    """Return a last page as short as a page-range-format has it: `100–1001`, `123–5`, `S71–S102`.

    `style` is "expanded", "minimal", "minimal-two", "chicago" (that is "chicago-15"),
    "chicago-16" or "" for as written.
    """
    one, other = _PAGE.fullmatch(first), _PAGE.fullmatch(last)
    if not (style and one and other) or other[1] not in ("", one[1]):
        return last
    digits = one[2][: max(0, len(one[2]) - len(other[2]))] + other[2]
    if style == "expanded":
        return one[1] + digits
    if digits == one[2]:
        return last
    if len(digits) != len(one[2]):
        return digits
    shared = next(n for n, (a, b) in enumerate(zip(one[2], digits, strict=True)) if a != b)
    return digits[_dropped(one[2], shared, style) :]


def _dropped(first: str, shared: int, style: str) -> int:
    """Return how many of the digits that both pages share the last page loses."""
    length, number = len(first), int(first)
    match style:
        case "minimal":
            return shared
        case "minimal-two":
            return min(shared, length - 2) if length > 2 else 0
        case "chicago" | "chicago-15" | "chicago-16":
            if number < 100 or number % 100 == 0:
                return 0
            if style != "chicago-16" and length == 4 and shared < 2:
                return 0
            return shared if number % 100 < 10 else min(shared, length - 2)
        case _:
            return 0


def render_label(label: Label, scope: Scope) -> Output:
    """Say nothing where there is no number; a label asks for no variable (CSL 1.0.2, group)."""
    text = bare(scope.fields.get(label.variable, ""))
    if not text or (label.variable == "volume" and is_volume_of_words(scope)):
        return NOTHING
    if scope.corrected and label.variable == "page" and are_words(text):
        return NOTHING
    plural = _is_plural(label.variable, text)
    if scope.corrected and label.variable == "number":  # of a report: 20-35 is one
        plural = _LISTED.search(text) is not None
    return Output(label_text(label, label.variable, plural, scope.locale))


def is_volume_of_words(scope: Scope) -> bool:
    """Say whether the volume needs no "vol." before it: "Phase One" (corrections)."""
    volume = bare(scope.fields.get("volume", ""))
    return scope.corrected and volume != "" and not _COUNTED.match(volume)


def are_words(pages: str) -> bool:
    """Say whether pages are none, "Online-First", and need no "p." before them (corrections)."""
    return _WORDS.fullmatch(pages) is not None


# No digit, and letters that are no Roman number.
_WORDS = re.compile(r"(?!.*\d)(?![ivxlcdm\W]+\Z)(?=.*[^\W\d_]{4}).+", re.IGNORECASE)


def label_text(label: Label, term: str, plural: bool, locale: Locale) -> str:
    """Return the term of a label; `plural` is what the variable is."""
    plural = plural if label.plural == "contextual" else label.plural == "always"
    return dressed(locale.term(term, label.form, plural), label.look, locale.language)


def _is_plural(variable: str, text: str) -> bool:
    """Say whether there are several: also `187–` and `xiv, 383`."""
    if variable.startswith("number-of"):
        return text != "1"
    if variable == "page" and _BETWEEN_PAGES.search(text):
        return any(map(_is_end_of_range, _BETWEEN_PAGES.split(text)))
    return _SEVERAL.search(text) is not None

"""One run of characters, which may be in several languages, as it is printed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from ...direction import is_right_to_left
from ..files import language_of
from ..values import Quotes

Character = tuple[str, str, bool]  # a character, its language, and whether it stays as typed

NBSP = "\N{NO-BREAK SPACE}"
THIN = "\N{NARROW NO-BREAK SPACE}"
_APOSTROPHE = "\N{RIGHT SINGLE QUOTATION MARK}"
_PRIMES = {"'": "\N{PRIME}", '"': "\N{DOUBLE PRIME}"}
_BLANKS = " \n"
_OPENERS = f"{_BLANKS}{NBSP}{THIN}([{{/-–—¿¡"
_CLOSERS = ")]}»”’%…"
THING = "\N{OBJECT REPLACEMENT CHARACTER}"  # a citation, a formula: stands like a word
_WORD = re.compile(r"\S+")
_AROUND = "\"'()[]{},.;:!?"  # stands round a word, and is not of an address
_TAG = re.compile(r"</?[a-zA-Z][^<>]*>")
_TYPED = re.compile(r"[\"']|--|\.\.\.")
# A number and its unit stay on one line (ISO 80000-1, 7.1.4), as do "Nr. 4" and "M. Dupont".
_UNIT = re.compile(
    r"(?<=[0-9]) (?=(?:[%‰°€$£¥₽₹₪₩₺]|°[CF]|[kMGTmµc]?(?:Wh?|Pa|Hz|bit|[JBtgmlL])[²³]?"
    r"|ha|km/h|CO₂|ppm|min|EUR|USD|GBP|CHF|JPY)(?![^\W\u3040-\uffef]|[²³]))"
)
# Groups of three digits are one number (ISO 80000-1, 7.3.1).
_GROUPS = re.compile(r"(?<![\w.,])\d{1,3}(?: \d{3})+(?!\d)")
# A minus is a sign of the number behind it; from right to left it would come to stand behind.
_MINUS = re.compile(r"(?<![^\s(\[])[−-](?=\d)")
_LEFT_TO_RIGHT = "\N{LEFT-TO-RIGHT MARK}"
_DASHES = re.compile(r"(?<!-)---?(?!-)")
_ELLIPSIS = re.compile(r"(?<!\.)\.{3}(?!\.)")
_LONGEST_PREFIX = 2
_JOINT_OF_NUMBER = re.compile(r"[^\W\d]|\d{3}(?!\d)")  # behind 1990's, 1990'lı, 1'250
_SHORTENED = re.compile(r"\d\ds?\b|n'")  # '90s, rock 'n' roll


def _quotes(lang: str) -> Quotes:
    return language_of(lang).quotes


@cache
def _joining(letters: str) -> re.Pattern[str]:
    """Return what joins the word behind it: an article cut short (l'), a particle of Arabic."""
    particle = rf"|(?<!\w)[{letters}]{{1,{_LONGEST_PREFIX}}}" if letters else ""
    return re.compile(rf"(?:\w['’]{particle})\Z")


@cache
def _joints(lang: str) -> re.Pattern[str]:
    """Return what matches an abbreviation and the space that joins it to a number or a name."""
    words = "|".join(map(re.escape, language_of(lang).joined)) or r"\b\B"
    return re.compile(rf"(?<![\w.])(?:{words}) (?=[0-9A-ZÀ-ÞΑ-ΩА-ЯІЇЄ])")


def _signs(lang: str) -> tuple[re.Pattern[str], ...]:
    return (_MINUS,) if is_right_to_left(lang) else ()


def stays(text: str, lang: str) -> bool:
    """Say whether a text is printed exactly as it was typed."""
    quotes = _quotes(lang)
    patterns = (_TYPED, _UNIT, _GROUPS, _joints(lang), *_signs(lang))
    return not (quotes.inside or any(pattern.search(text) for pattern in patterns))


def words(text: str, lang: str) -> str:
    """Return bare words, set as a run of inlines is."""
    return "".join(Run([(character, lang, False) for character in text]).set())


class Run:
    """The characters of one run; `_printed` has for each what is printed in its place."""

    def __init__(self, characters: list[Character]) -> None:
        self._text = "".join([character for character, _, _ in characters])
        self._langs = [lang for _, lang, _ in characters]
        self._kept = [kept for _, _, kept in characters]
        self._printed = list(self._text)
        self._open: list[str] = []  # the marks that wait for their closing one
        self._opened: set[int] = set()  # where they stand

    def set(self) -> list[str]:
        for start, end in _as_typed(self._text):
            self._kept[start:end] = [True] * (end - start)
        self._set_dashes()
        self._set_joints()
        for place, character in enumerate(self._text):
            if character in "\"'" and not self._kept[place]:
                self._printed[place] = self._quote(place, character)
        for place, character in enumerate(self._text):
            quotes = _quotes(self._langs[place])
            if quotes.inside and not self._kept[place]:
                self._set_blanks(place, character, quotes)
        return self._printed

    def _before(self, place: int) -> str:
        return self._text[place - 1] if place else " "

    def _after(self, place: int) -> str:
        return self._text[place + 1] if place + 1 < len(self._text) else " "

    def _set_dashes(self) -> None:
        for found in _DASHES.finditer(self._text):
            is_option = self._before(found.start()) in f"{_BLANKS}{NBSP}{THIN}" and (
                self._after(found.end() - 1) not in _BLANKS
            )  # of a command: --out
            if not is_option:
                self._join(found, "–" if len(found[0]) == 2 else "—")
        for found in _ELLIPSIS.finditer(self._text):
            self._join(found, "…")

    def _set_joints(self) -> None:
        """Keep numbers with their units, and with what stands before them, on one line."""
        patterns = [_UNIT, *map(_joints, dict.fromkeys(self._langs))]
        for found in (found for pattern in patterns for found in pattern.finditer(self._text)):
            if not self._kept[found.end() - 1]:
                self._printed[found.end() - 1] = NBSP
        for found in _GROUPS.finditer(self._text):
            for place in range(*found.span()):
                if self._text[place] == " " and not self._kept[place]:
                    self._printed[place] = NBSP
        for found in _MINUS.finditer(self._text):
            if is_right_to_left(self._langs[found.start()]) and not self._kept[found.start()]:
                self._printed[found.start()] = _LEFT_TO_RIGHT + found[0]

    def _join(self, found: re.Match[str], character: str) -> None:
        if not any(self._kept[found.start() : found.end()]):
            self._printed[found.start() : found.end()] = [character, *[""] * (len(found[0]) - 1)]

    # Quotation marks -----------------------------------------------------------------------------

    def _quote(self, place: int, typed: str) -> str:
        before = self._before(place)
        if typed == "'" and before.isalpha() and not _is_cjk(before) and self._goes_on(place):
            return _APOSTROPHE
        quotes = _quotes(self._langs[place])
        if quotes.in_words and self._is_in_abbreviation(place, typed):
            return quotes.in_words["'\"".index(typed)]
        marks = (quotes.outer if typed == '"' else quotes.inner) or 2 * typed
        if self._opens(place, typed):
            self._open.append(typed)
            if typed == "'" and not self._closes_later(place):
                self._open.pop()
                return _APOSTROPHE  # 'tis, '90s
            self._opened.add(place)
            return marks[0]
        if typed in self._open and not (typed == "'" and self._goes_on(place)):
            while self._open.pop() != typed:
                pass
            return marks[1]
        if before.isdigit():
            is_joint = typed == "'" and _JOINT_OF_NUMBER.match(self._text, place + 1)
            return _APOSTROPHE if is_joint else _PRIMES[typed]
        return _APOSTROPHE if typed == "'" else marks[1]

    def _is_in_abbreviation(self, place: int, typed: str) -> bool:
        """Say whether a mark is of a Hebrew abbreviation: before its last letter, or after it."""
        if not self._before(place).isalpha():
            return False
        if typed == '"':
            follows = self._text[place + 1 : place + 3]
            return follows[:1].isalpha() and not follows[1:].isalpha() and '"' not in self._open
        return "'" not in self._open

    def _opens(self, place: int, typed: str) -> bool:
        before, after = self._before(place), self._after(place)
        if after in _BLANKS:
            return False
        if before in _OPENERS or place - 1 in self._opened:
            return True
        if typed in self._open:
            return False
        if typed == '"' and after.isalnum():
            start = max(place - _LONGEST_PREFIX, 0)
            joining = _joining(_quotes(self._langs[place]).prefixes)
            if joining.search(self._text, start, place):
                return True
        # No spaces stand between the words of Chinese and Japanese.
        return _is_cjk(before) or _is_cjk(after)

    def _goes_on(self, place: int) -> bool:
        """Say whether a word goes on after a mark; in East Asia each letter is a word."""
        after = self._after(place)
        return after.isalnum() and not _is_cjk(after)

    def _closes_later(self, place: int) -> bool:
        if _SHORTENED.match(self._text, place + 1):
            return False
        for later in range(place + 2, len(self._text)):
            if self._text[later] == "'" and not self._kept[later]:
                if self._opens(later, "'"):
                    return False  # this one is an apostrophe, that one opens
                if not self._goes_on(later):
                    return True
        return False

    # French spaces -------------------------------------------------------------------------------

    def _set_blanks(self, place: int, character: str, quotes: Quotes) -> None:
        """Let the spaces of a sign not break, and add those that were not typed."""
        opening, closing = quotes.outer[0], quotes.outer[1]
        printed = self._printed[place]
        if printed == opening and place + 1 < len(self._text):
            self._set_blank(place, place + 1, quotes.inside)
        elif printed == closing and place:
            self._set_blank(place, place - 1, quotes.inside)
        elif character in ":;!?" and self._after(place) in f"{_BLANKS}{_CLOSERS}!?.\"'":
            before = self._before(place)
            if place and before == " ":
                self._printed[place - 1] = quotes.before.get(character, THIN)
            elif before.isalnum() or before in f"{_CLOSERS}{THING}\"'.":
                self._printed[place] = quotes.before.get(character, "") + printed

    def _set_blank(self, place: int, beside: int, blank: str) -> None:
        """Make the space beside a mark unbreakable; add it to the mark where there is none."""
        if self._text[beside] == " ":
            self._printed[beside] = blank
        elif self._text[beside] not in (NBSP, THIN):
            mark = self._printed[place]
            self._printed[place] = mark + blank if beside > place else blank + mark


def _as_typed(text: str) -> Iterator[tuple[int, int]]:
    """Yield where addresses stand, and HTML that is printed as text: from, to.

    Word by word: one pattern for all would look at a word of a megabyte from each of its letters.
    """
    for found in _TAG.finditer(text):
        yield found.span()
    for found in _WORD.finditer(text):
        typed = found[0].rstrip(_AROUND)
        word = typed.lstrip(_AROUND)
        end = found.start() + len(typed)
        name, at, host = word.partition("@")
        if "://" in word or (name and at and "." in host):
            yield end - len(word), end
        elif "www." in word:
            yield end - len(word) + word.index("www."), end


def _is_cjk(character: str) -> bool:
    return "\u3001" <= character <= "\uffef" and character != THING

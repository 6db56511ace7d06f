"""A language as one value: the words, marks, dates and fonts that a brief needs in it."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct, field


class Dates(Struct, frozen=True, forbid_unknown_fields=True):
    """How dates are put: `{day}`, `{month}` and `{year}` stand for what they say."""

    day: str = "{day} {month} {year}"
    month: str = "{month} {year}"
    first: str = ""  # what the first of a month is called, if not "1"


class Locator(Struct, frozen=True, forbid_unknown_fields=True):
    """Words for one CSL locator.

    `short` is printed, "singular|plural"; `%` marks where the value stands, if not after a space.
    `words` are what else authors write, separated by `|`, plurals after a `+`.
    """

    short: str
    words: str = ""

    @property
    def forms(self) -> tuple[str, str]:
        one, _, many = self.short.partition("|")
        return one, many


class Quotes(Struct, frozen=True, forbid_unknown_fields=True, rename="kebab"):
    """The marks of a language, opening and closing, and where it sets spaces that do not break.

    `outer` and `inner` have two characters each; "" leaves `"` as typed.
    """

    outer: str = ""
    inner: str = ""
    inside: str = ""  # the space inside outer marks
    before: Mapping[str, str] = field(default_factory=dict)  # the space before a sign
    prefixes: str = ""  # letters that join the word behind them: `"` opens after them
    in_words: str = ""  # what `'` and `"` are in abbreviations: Hebrew ׳ and ״


class ScriptFont(Struct, frozen=True, forbid_unknown_fields=True):
    """A font for a script that the house's fonts lack, and the packages that contain it."""

    family: str
    debian: str
    fedora: str
    brew: str


class Word(Struct, frozen=True, forbid_unknown_fields=True):
    """The language as Word names it: a tag with a region, its number ([MS-LCID]), and a font for
    its script, if the house's fonts lack that."""

    tag: str = ""
    number: int = 0
    font: str = ""


class Language(Struct, frozen=True, forbid_unknown_fields=True, rename="kebab"):
    """What differs from language to language. docs/languages.md explains each field."""

    tag: str
    name: str = ""  # in the language itself
    reviewed: str = ""  # by which native reader; "" for words from public terms
    csl: str = ""  # the CSL locale, if it is not the first of the language
    terms: Mapping[str, str] = field(default_factory=dict)
    numbered: Mapping[str, str] = field(default_factory=dict)  # "第{number}節", if not "Term 2"
    small_labels: bool = False  # "voir figure 2": within a sentence, but not at its start
    abbreviations: tuple[str, ...] = ()  # whose stop ends no sentence: "cf.", besides `joined`
    caption_end: str = ". "  # between the label of a caption and its words
    months: tuple[str, ...] = ()  # as they stand in a day: "5 stycznia"
    months_alone: tuple[str, ...] = ()  # as they stand without a day, if otherwise
    dates: Dates = Dates()
    locators: Mapping[str, Locator] = field(default_factory=dict)
    quotes: Quotes = Quotes()
    joined: tuple[str, ...] = ()  # abbreviations that stay with the number or name behind them
    decimal: str = "."
    comma: str = ","  # in marks and entries
    items: str = ""  # what stands between the items of a list, if not a comma and a space: "、"
    details: str = ""  # what stands between the facts about one thing, likewise: "，"
    brackets: str = " ()"  # round what is said of a person
    theses: Mapping[str, str] = field(default_factory=dict)  # "doctoral", "master"
    genders: Mapping[str, str] = field(default_factory=dict)  # of CSL terms, if CSL lacks them
    ordinals: Mapping[str, str] = field(default_factory=dict)  # suffixes by gender, likewise
    entries: Mapping[str, str] = field(default_factory=dict)  # CSL terms, where its locale is wrong
    formulas: Mapping[str, str] = field(default_factory=dict)  # what is read aloud for signs
    font: ScriptFont | None = None
    word: Word = Word()
    lacks: frozenset[str] = frozenset()  # terms that are printed in English

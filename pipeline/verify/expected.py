"""What every output of a brief must print.

What an entry says is handed in as text: tests against other engines judge that.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from msgspec import Struct, field

from ..model import Anchor, AnchorKind, Brief
from .facts import Fact, Worded
from .grammar import MarkSettings, Number, Token
from .grids import Grid
from .pictures import Picture
from .sentences import Position
from .words import Float, Note, Shown, Story

# What stands around the numbers of cross-references within a sentence: ("Figure ", ""). In captions
# and at the start of one it has a capital.
Labels = Mapping[AnchorKind, tuple[str, str]]


class Evidence(Struct, frozen=True):
    """What the proof goes by: data, and nothing that decides a number."""

    brief: Brief  # as it was read
    settings: MarkSettings
    # What the entry of a reference says, by its citation key and that of the entry before it, "".
    entry: Callable[[str, str], str]
    known: frozenset[str]  # citation keys of the library, aliases left out
    order: tuple[str, ...] = ()  # the keys of the library in its order: for `nocite: "*"`
    aliases: Mapping[str, str] = field(default_factory=dict)
    back_references: bool = True
    labels: Labels = field(default_factory=dict)
    shown: Shown = Shown()
    phrases: Mapping[str, str] = field(default_factory=dict)  # of facts: "Checked on {date}"
    worded: Worded = str  # a date, in the language
    groups: frozenset[str] = frozenset()  # groups of facts that the house shows
    # What the first page says besides: "cite-as", its label, and the text.
    about: tuple[tuple[str, str, str], ...] = ()
    is_redline: bool = False
    abbreviations: frozenset[str] = frozenset()  # the last letters of each: "ex" of "p. ex."
    above_cover: str | None = None  # what a cover says first, the house's name; None without one


class ExpectedMark(Struct, frozen=True):
    """A citation and what it prints."""

    anchor: Anchor
    tokens: tuple[Token, ...]

    @property
    def numbers(self) -> tuple[tuple[Anchor, str], ...]:
        """Anchors with what is printed for them, "" for a number that a range hides."""
        return tuple(
            (token.anchor, "" if token.hidden else token.number)
            for token in self.tokens
            if isinstance(token, Number)
        )


class ExpectedEntry(Struct, frozen=True):
    """An entry of the reference list, and the citations that may lead back from it.

    `places` holds the first citation in each section, and the number of that section or "".
    """

    key: str
    number: str
    text: str
    places: tuple[tuple[Anchor, str], ...] = ()

    @property
    def anchor(self) -> Anchor:
        return Anchor("reference", self.key)


class ExpectedHeading(Struct, frozen=True):
    anchor: Anchor
    number: str  # "" where it has none
    level: int
    text: str | None  # None where it holds numbers or formulas


class Expected(Struct, frozen=True):
    """Every number in reading order, each mark, the reference list and the headings."""

    numbers: tuple[tuple[Anchor, str], ...]
    marks: tuple[ExpectedMark, ...]
    bibliography: tuple[ExpectedEntry, ...]
    headings: tuple[ExpectedHeading, ...]
    items: tuple[str, ...]  # the labels of all items of ordered lists, in any order
    links: tuple[tuple[Anchor, str], ...]  # the author's own: the anchor and the words
    stories: tuple[Story, ...]  # the words of the text
    drawn_stories: tuple[Story, ...]  # and on pages, where figures may stand further behind
    notes: tuple[Note, ...]  # what may stand in the margins of pages
    floats: tuple[Float, ...]  # figures and tables, which may stand on later ones
    grids: tuple[Grid, ...]  # of all tables
    strips: tuple[Grid, ...]  # of key figures, tables in Word files
    facts: tuple[Fact, ...]  # of the front matter
    cover: tuple[str, ...]  # what stands on it, in order; () without one
    struck: bool  # the author struck a number through
    back_references: bool = True
    pictures: tuple[Picture, ...] = ()
    leading: tuple[tuple[str, str], ...] = ()  # links to elsewhere: address and words
    charts: tuple[Grid, ...] = ()  # the data of all charts
    heads: frozenset[tuple[Anchor, str]] = frozenset()  # in heads of tables: pages repeat them
    labels: Labels = field(default_factory=dict)
    # How often a number is printed with its label at the start of a sentence, and within one.
    labelled: Mapping[tuple[Anchor, Position], int] = field(default_factory=dict)

    @property
    def by_anchor(self) -> dict[Anchor, str]:
        return {anchor: number for anchor, number in self.numbers if number}

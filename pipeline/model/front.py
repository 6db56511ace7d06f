"""One brief: its front matter, its blocks, and the images they show."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Literal

from msgspec import Struct, field

from ..diagnostics import Span
from .leaves import Node
from .references import Reference
from .tree import Blocks, Inlines
from .walking import plain

# Citations in a Word file: fields that count, Word's own, or Zotero's.
WORD_CITATIONS = ("ref", "word", "zotero")
PAPERS = ("a4", "letter")
COLUMNS = (1, 2)
# The day for the properties of a brief without a date: the clock would change the bytes.
UNDATED = datetime.date(2000, 1, 1)
# What the PDF for the screen conforms to: PDF/UA-1 and PDF/A-3a, or PDF/UA-2 and PDF/A-4f.
PDF_STANDARDS = ("ua1-a3a", "ua2-a4f")
# Editions for readers, and the formats that each is made in.
EDITIONS: Mapping[str, tuple[str, ...]] = {"large-print": ("pdf", "docx"), "plain": ("docx",)}
# Of one image: A3 at 600 dpi has 70 million, and a small file can claim any number of them.
MOST_PIXELS = 80_000_000


class Person(Struct, frozen=True):
    name: str
    role: str = ""
    affiliation: str = ""
    date: datetime.date | None = None  # when a reviewer reviewed


class Claim(Struct, frozen=True):
    """The claim that a fact-check is about, in plain text; "" for what the front matter omits."""

    text: str
    by: str = ""
    date: str = ""  # as written
    verdict: str = ""  # its label alone: "Mostly false"


class Correction(Struct, frozen=True):
    """A correction of a published brief, in plain text."""

    text: str
    date: datetime.date | None = None


class FrontMatter(Node, frozen=True):
    """What the front matter says, and "" or () for what it leaves to the house style.

    Keys whose text is printed in the body (`claim`, `verdict`, `follow-ups`, `corrections`) are
    read into `Part` blocks. `claim` and `stated_corrections` say the same in plain text.
    """

    BESIDE = ("span", "places")

    title: Inlines = ()
    subtitle: Inlines = ()
    disclaimer: Inlines = ()
    checked_on: datetime.date | None = None
    date: datetime.date | None = None
    lang: str = ""  # BCP 47
    edition: str = ""
    series: str = ""
    number: str = ""  # in the series
    authors: tuple[Person, ...] = ()
    reviewers: tuple[Person, ...] = ()
    keywords: tuple[str, ...] = ()
    licence: str = ""
    contact: str = ""
    paper: str = ""  # "a4" or "letter"
    columns: int = 0  # of the text in the PDF; 0 leaves it to the house style
    marks: str = ""  # a key of `marks.PRESETS`
    citation_style: str = ""
    bibliography: tuple[str, ...] = ()
    references: tuple[Reference, ...] = ()  # of its own, beside those of the libraries
    nocite: tuple[str, ...] = ()  # citation keys, or "*" for all
    word_citations: str = ""  # one of `WORD_CITATIONS`
    pdf_standard: str = ""  # one of `PDF_STANDARDS`
    number_paragraphs: str = ""  # "true" or "false"; those that have one have an anchor
    number_sections: str = ""  # "true" or "false"; headings of the tree say whether they have one
    embed_source: bool = True  # whether outputs carry the Markdown and the .bib entries
    claim: Claim | None = None
    stated_corrections: tuple[Correction, ...] = ()
    draft: bool = False  # not published on the website
    supersedes: tuple[str, ...] = ()  # names of briefs that this one replaces
    superseded_titles: tuple[str, ...] = ()  # theirs, which the project knows
    review_by: datetime.date | None = None  # the day by which it must be reviewed again
    translation_of: str = ""  # the name of a brief
    aliases: tuple[str, ...] = ()  # former names of its page
    # Where keys stand, with their values: ("title", "") to its span; and each value that only the
    # project can judge: ("nocite", "lee2019").
    places: Mapping[tuple[str, str], Span] = field(default_factory=dict)

    @property
    def created(self) -> datetime.date | None:
        """The date of creation in file properties: that of publication, or else of the check."""
        return self.date or self.checked_on

    @property
    def modified(self) -> datetime.date | None:
        """The date of the last change in file properties: that of the check, if there was one."""
        return self.checked_on or self.date

    def place(self, key: str, value: str = "") -> Span:
        """Return where a key stands, or a value of `citation-style`, `bibliography`, `nocite`."""
        return self.places.get((key, value), self.span)


class ImageFile(Struct, frozen=True):
    """The bytes of one image of a brief. `width` and `height` are in CSS pixels (1/96 inch)."""

    src: str
    media_type: Literal["image/png", "image/jpeg", "image/svg+xml"]
    content: bytes
    width: float
    height: float


class DataFile(Struct, frozen=True):
    """A CSV file that a brief reads: its path, as in spans, and its bytes."""

    path: str
    content: bytes


class Brief(Node, frozen=True):
    BESIDE = ("span", "source", "heading_shift", "data")

    name: str  # the file name without its ending: names the outputs
    front: FrontMatter
    blocks: Blocks
    images: tuple[ImageFile, ...] = ()
    source: str = ""  # the Markdown, as read
    heading_shift: int = 0  # how many `#` more than its level a heading has in the source
    data: tuple[DataFile, ...] = ()

    @property
    def title(self) -> str:
        """The title as plain text: for properties, bookmarks and running heads."""
        return plain(self.front.title) or self.name

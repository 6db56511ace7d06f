"""The references a brief may cite. Names of types and fields are CSL 1.0.2 variables."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from msgspec import Struct, field

from ..diagnostics import Diagnostic, Span
from .anchors import Anchor
from .placed import Placed
from .values import Change


class Run(Struct, frozen=True):
    """A stretch of text in one format. `href` is a link target, "" for none.

    `lang` is its language (BCP 47), "" for that of the entry.
    """

    text: str
    italic: bool = False
    bold: bool = False
    small_caps: bool = False
    underline: bool = False
    position: str = ""  # "super", "sub" or ""
    href: str = ""
    lang: str = ""
    change: Change | None = None  # in a redline


RichText = tuple[Run, ...]


def plain(text: RichText) -> str:
    """Return the text without its formatting."""
    return "".join(run.text for run in text)


class Name(Struct, frozen=True):
    """A CSL name variable: a person in parts, or an organisation in `literal`."""

    family: str = ""
    given: str = ""
    dropping_particle: str = ""
    non_dropping_particle: str = ""
    suffix: str = ""
    literal: str = ""


OTHERS = Name(literal="others")  # BibTeX's `and others`: the list of names is incomplete


class Date(Struct, frozen=True):
    """A CSL date variable: one or two (year[, month[, day]]), or words in `literal`.

    An open end of a range is an empty tuple. Months 21 (spring) to 24 (winter) are seasons, as in
    EDTF (ISO 8601-2).
    """

    parts: tuple[tuple[int, ...], ...] = ()
    circa: bool = False  # "c. 1850"
    literal: str = ""
    uncertain: bool = False  # "1850?"

    @property
    def season(self) -> int:
        """The season of a date that is no range, 1 to 4; 0 for none."""
        seasons = [part[1] - 20 for part in self.parts if part[1:] > (20,)]
        return seasons[0] if seasons and len(self.parts) == 1 else 0


class Written(Struct, frozen=True):
    """A field as its file has it: LaTeX and all, without its outer braces or quotes."""

    text: str
    span: Span  # from its name to the end of its value
    name_span: Span


class Reference(Placed, frozen=True):
    """One bibliography entry, decoded: CSL variables by kind. `span` is that of its key."""

    BESIDE = ("span", "source", "entry_type", "written", "unread")

    key: str
    type: str  # CSL item type: "article-journal", "report", …
    fields: Mapping[str, RichText] = field(default_factory=dict)
    names: Mapping[str, tuple[Name, ...]] = field(default_factory=dict)
    dates: Mapping[str, Date] = field(default_factory=dict)
    source: str = ""  # the BibTeX text it was read from
    entry_type: str = ""  # that of BibTeX or biblatex, in lower case: "techreport"
    written: Mapping[str, Written] = field(default_factory=dict)  # without what it inherits
    unread: tuple[str, ...] = ()  # fields of no CSL variable

    def __hash__(self) -> int:
        return hash((self.key, self.type))  # the mappings have none

    @property
    def title(self) -> str:
        return plain(self.fields.get("title", ()))

    @property
    def anchor(self) -> Anchor:
        return Anchor("reference", self.key)

    def field(self, *names: str) -> Written | None:
        """Return the first of these fields that the entry itself has, not a parent."""
        return next((self.written[name] for name in names if name in self.written), None)

    def place(self, *names: str) -> Span:
        """Return where the first of these fields is named; the key of the entry if none is."""
        found = self.field(*names)
        return found.name_span if found else self.span


class Library(Mapping[str, Reference]):
    """All references of the .bib files by citation key; each is decoded when first asked for.

    Decoding LaTeX, names and dates takes a hundred times as long as splitting a file, and a library
    holds many more references than a brief cites.
    """

    def __init__(
        self,
        spans: Mapping[str, Span],
        decode: Callable[[str], tuple[Reference, list[Diagnostic]]],
        aliases: Mapping[str, str] | None = None,
    ) -> None:
        self.spans = spans  # where each citation key stands
        self.aliases = aliases or {}  # further keys, each to the key of its entry
        self._decode = decode
        self._decoded: dict[str, tuple[Reference, list[Diagnostic]]] = {}

    def __getitem__(self, key: str) -> Reference:
        return self._entry(key)[0]

    def __iter__(self) -> Iterator[str]:
        return iter(self.spans)

    def __len__(self) -> int:
        return len(self.spans)

    def __contains__(self, key: object) -> bool:
        return key in self.spans

    def diagnostics(self, key: str) -> list[Diagnostic]:
        """Return the diagnostics from decoding this reference."""
        return self._entry(key)[1]

    def _entry(self, key: str) -> tuple[Reference, list[Diagnostic]]:
        if key not in self.spans:
            raise KeyError(key)
        if key not in self._decoded:
            self._decoded[key] = self._decode(key)
        return self._decoded[key]


def library_of(references: Mapping[str, Reference]) -> Library:
    """Return a library of references that have been decoded."""
    return Library(
        {key: ref.span for key, ref in references.items()},
        lambda k: (references[k], []),
    )

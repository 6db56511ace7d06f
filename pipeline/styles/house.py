"""What a house style says, as frozen values."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from msgspec import Struct, convert, field
from msgspec.structs import replace

from ..diagnostics import Severity
from ..marks import PRESETS, SEPARATE, Marks
from ..model import AnchorKind, Chart, Figure, ImageFile, Table
from .font_files import FontFace
from .geometry import Geometry, geometries

OF_FONT = ("family", "stands-for", "generic", "files")  # the other keys name packages
GENERIC = ("serif", "sans-serif", "monospace")


class BadTemplate(Exception):
    """Why the template of a house style cannot be filled."""


class Font(Struct, frozen=True):
    """A font family, and where each system gets it from (package names)."""

    family: str
    stands_for: str = ""  # the font of the same widths that Word users have
    generic: str = ""  # one of `GENERIC`, for readers without the font; "" if nobody knows
    files: tuple[str, ...] = ()  # its own, beside house.toml
    packages: Mapping[str, str] = field(default_factory=dict)  # {"debian": …, "brew": …}


PROCESSES = ("offset", "digital")


class Press(Struct, frozen=True):
    """How the press edition is printed: the table `[press]`."""

    process: str = "offset"  # one of `PROCESSES`
    profile: str = ""  # the path of an ICC profile
    condition: str = ""
    stock: str = ""  # the paper, in words
    calliper: float = 0.1  # the thickness of one leaf, in millimetres


class Logo(Struct, frozen=True, rename="kebab"):
    """The picture in the title block, in place of the name of the house."""

    file: str  # beside house.toml; "" for none
    alt: str  # "" for the name of the house
    height: float  # millimetres


class Cover(Struct, frozen=True):
    """A page before the brief, in the PDF and the Word file."""

    show: str  # "on" or "off"
    ground: str  # a key of `House.colours`
    picture: str  # beside house.toml; "" for none


RUNNING_FIELDS = (
    *("title", "name", "date", "edition", "series", "number", "url"),
    *("page", "pages", "page-of", "logo"),
)


class FirstPage(Struct, frozen=True, rename="kebab"):
    """What stands below the facts of a brief, each "on" or "off"."""

    topics: str
    cite_as: str
    url: str


class Running(Struct, frozen=True):
    """A header or footer: texts with fields in braces. `left` is where lines begin."""

    left: str
    center: str
    right: str


LABELLED: tuple[AnchorKind, ...] = ("figure", "table", "section", "equation")


class House(Struct, frozen=True):
    """What `house.toml` says. Sizes are in points, colours are CSS hex colours."""

    name: str
    lang: str
    paper: str  # one of `model.PAPERS`
    columns: int  # one of `model.COLUMNS`
    marks: str  # a key of `marks.PRESETS`
    citation_style: str  # a name, or a CSL file beside house.toml
    corrections: str  # which citation styles are corrected: "offered", "all" or "none"
    word_citations: str  # one of `model.WORD_CITATIONS`
    pdf_standard: str  # one of `model.PDF_STANDARDS`
    back_references: str  # "on" or "off"
    figure_captions: str  # "above" or "below"
    table_captions: str  # likewise
    figure_style: str  # "plain", "ruled" or "boxed"
    summary_style: str  # "boxed" or "ruled"
    reference_list: str  # "full" or "compact"
    number_sections: str  # "on" or "off"
    number_paragraphs: str  # "on" or "off"
    corrections_at: str  # "top" or "end" of the text
    after_release: str  # what changed words need: "edition", "correction" or "both"
    logo: Logo
    cover: Cover
    first_page: FirstPage
    header: Running  # of all pages but the first
    footer: Running
    page: Mapping[str, Geometry]  # by paper
    fonts: Mapping[str, Font]
    sizes: Mapping[str, float]
    colours: Mapping[str, str]
    budgets: Mapping[str, float]  # {"words": …, "pages": …}
    site: Mapping[str, str]  # {"url": …}
    press: Press
    press_colours: Mapping[str, str]  # "C M Y K" in per cent, by the name of a colour
    severities: Mapping[str, Severity]
    mark: Mapping[str, str | bool]  # changes to the preset `marks`
    labels: Mapping[str, Mapping[AnchorKind, str]]  # "Fig. {number}", by language and kind
    own_marks: bool = False  # whether it chose marks; else they are those of the citation style
    edition: str = ""  # of the outputs, if not the ordinary one: a key of `model.EDITIONS`

    @property
    def has_boxes(self) -> bool:
        """Whether parts stand in boxes, on grounds and beside bars."""
        return self.edition != "plain"

    @property
    def figure_frame(self) -> str:
        """What sets figures off: `figure_style`, where parts have boxes at all."""
        return self.figure_style if self.has_boxes else "plain"

    @property
    def has_ruled_summary(self) -> bool:
        return self.has_boxes and self.summary_style == "ruled"

    def captions_at(self, captioned: Figure | Chart | Table) -> str:
        """Where the title of a figure or table stands: "above" or "below"."""
        return self.table_captions if isinstance(captioned, Table) else self.figure_captions

    @property
    def pictures(self) -> Mapping[tuple[str, str], str]:
        """The names of its pictures, beside house.toml, by table and key."""
        named = {("logo", "file"): self.logo.file, ("cover", "picture"): self.cover.picture}
        return {key: name for key, name in named.items() if name}


class Styles(Struct, frozen=True):
    """A house style as its files say it."""

    house: House
    files: Mapping[str, str]  # text by name: "brief.html.j2", "base.css", …
    reference_docx: bytes = b""  # a Word file whose styles are used; b"" for the house's own
    pictures: Mapping[str, ImageFile] = field(default_factory=dict)  # {"logo": …}
    faces: tuple[FontFace, ...] = ()  # the fonts that it brings


EXTRA = "extra.css"  # rules of a house that are added to all others, for screen and print

# The files of a house style that an output is written from.
_USED: Mapping[str, tuple[str, ...]] = {
    "html": ("brief.html.j2", "base.css", "screen.css", EXTRA),
    "pdf": ("brief.html.j2", "base.css", "print.css", EXTRA),
    "docx": (),
}


def styles_used(styles: Styles, format: str) -> Styles:
    """Return the part of a house style that an output for the screen depends on."""
    margins = (styles.house.header, styles.house.footer)
    asked = (styles.house.first_page.url, styles.house.first_page.cite_as)
    prints_url = any("{url}" in f"{running}" for running in margins) and format != "html"
    house = replace(
        styles.house,
        budgets={},
        site=styles.house.site if prints_url or "on" in asked else {"url": ""},
        press=Press(),
        press_colours={},
        severities={},
        after_release="",
    )
    reference_docx = styles.reference_docx if format == "docx" else b""
    files = {name: styles.files[name] for name in _USED[format]}
    return Styles(house, files, reference_docx, styles.pictures, styles.faces)


def house_of(values: Mapping[str, Any], own_marks: bool) -> House:
    """Return the values of a `house.toml` that has every key, all of them checked."""
    others = {
        "logo",
        "cover",
        "first_page",
        "header",
        "footer",
        "page",
        "fonts",
        "press",
        "severities",
        "labels",
        "own_marks",
        "edition",
    }
    simple = {name.replace("_", "-") for name in House.__struct_fields__ if name not in others}
    fonts = {role: _font(values) for role, values in values["fonts"].items()}
    return House(
        **{name.replace("-", "_"): values[name] for name in simple},
        logo=convert(values["logo"], Logo),
        cover=Cover(**values["cover"]),
        first_page=convert(values["first-page"], FirstPage),
        header=Running(**values["header"]),
        footer=Running(**values["footer"]),
        page=geometries(values["page"]),
        fonts=fonts,
        press=Press(**values["press"]),
        severities={code: Severity(value) for code, value in values["severities"].items()},
        labels=labels_of(values["labels"], values["lang"]),
        own_marks=own_marks,
    )


def labels_of(values: Mapping[str, Any], lang: str) -> dict[str, dict[AnchorKind, str]]:
    """Return the labels by language; those that are in no table of one are in the house's own."""
    found: dict[str, dict[AnchorKind, str]] = {}
    tables = {name: inner for name, inner in values.items() if isinstance(inner, dict)}
    for tag, table in ((lang.partition("-")[0], values), *tables.items()):
        given = {kind: table[kind] for kind in LABELLED if table.get(kind)}
        forms = {kind: with_number(label) for kind, label in given.items()}
        found[tag.lower()] = found.get(tag.lower(), {}) | forms
    return found


def with_number(label: str) -> str:
    """Return a label with the place of its number: "Fig. {number}"."""
    return label if "{number}" in label else f"{label} {{number}}"


def house_labels(house: House, lang: str) -> dict[AnchorKind, str]:
    """Return the labels that a house has of its own in a language: {"figure": "Fig. {number}"}."""
    parts = lang.lower().split("-")
    tags = ("-".join(parts[:length]) for length in range(1, len(parts) + 1))
    return {kind: form for tag in tags for kind, form in house.labels.get(tag, {}).items()}


def _font(values: Mapping[str, Any]) -> Font:
    return Font(
        values["family"],
        values.get("stands-for", ""),
        values.get("generic", ""),
        tuple(values.get("files", ())),
        {name: package for name, package in values.items() if name not in OF_FONT},
    )


def house_marks(house: House, name: str) -> Marks:
    """Return the marks of a preset, with the house's changes if it is the house's own.

    A name that is no preset stands for the default one.
    """
    preset = PRESETS.get(name, SEPARATE)
    return changed_marks(preset, house.mark) if name == house.marks else preset


def changed_marks(marks: Marks, changes: Mapping[str, Any]) -> Marks:
    """Return marks with changes by the names of `house.toml`: {"after-punctuation": True}."""
    return replace(marks, **{name.replace("-", "_"): value for name, value in changes.items()})

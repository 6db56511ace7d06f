"""What a DOCX writer and a DOCX reader must agree on: names of bookmarks and styles, fields, XML.

Numbers in Word are fields that point at bookmarks, and a custom XML part says which anchor each
bookmark stands for. Section numbers below are those of ECMA-376, part 1.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from functools import cache, lru_cache

from msgspec import Struct

from .model import Anchor
from .xml import Content, Element

NAMESPACES: Mapping[str, str] = {
    "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "m": "http://schemas.openxmlformats.org/officeDocument/2006/math",
    "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "c": "http://schemas.openxmlformats.org/drawingml/2006/chart",
    "pic": "http://schemas.openxmlformats.org/drawingml/2006/picture",
    "asvg": "http://schemas.microsoft.com/office/drawing/2016/SVG/main",
}
KEY_FIGURES_TABLE = "KeyFiguresTable"  # the style of a table that only sets figures side by side
SOURCE_MAP = "urn:briefwright:source-map:1"  # namespace of the custom XML part

REFERENCE_SEQUENCE = "Ref"  # ` SEQ Ref \* ARABIC ` counts the bibliography
FIGURE_SEQUENCE = "Figure"
TABLE_SEQUENCE = "Table"
EQUATION_SEQUENCE = "Equation"

# Characters that are elements of a run: few fonts have a glyph for them (17.3.3.18, 17.3.3.29).
HYPHENS: Mapping[str, str] = {"noBreakHyphen": "\u2011", "softHyphen": "\u00ad"}

# Word's own English names by style id. Word shows them in the user's language.
STYLE_NAMES: Mapping[str, str] = {
    "Normal": "Normal",
    "BodyText": "Body Text",
    "NumberedText": "Numbered Text",
    "Title": "Title",
    "Subtitle": "Subtitle",
    "Masthead": "Masthead",
    "CoverMasthead": "Cover Masthead",
    "CoverTitle": "Cover Title",
    "CoverSubtitle": "Cover Subtitle",
    "CoverText": "Cover Text",
    "Author": "Author",
    "Date": "Date",
    "Disclaimer": "Disclaimer",
    **{f"Heading{level}": f"heading {level}" for level in range(1, 7)},
    "ListBullet": "List Bullet",
    "ListNumber": "List Number",
    "ListContinue": "List Continue",
    "DefinitionTerm": "Definition Term",
    "Definition": "Definition",
    "Quote": "Quote",
    "SourceCode": "Source Code",
    "Figure": "Figure",
    "Caption": "caption",
    "FigureSubtitle": "Figure Subtitle",
    "FigureSource": "Figure Source",
    "FigureNotes": "Figure Notes",
    "Equation": "Equation",
    "TableText": "Table Text",
    "TableHeading": "Table Heading",
    "ThematicBreak": "Thematic Break",
    "PartTitle": "Part Title",
    "Summary": "Summary",
    "SummaryTitle": "Summary Title",
    "KeyFindings": "Key Findings",
    "KeyFindingsTitle": "Key Findings Title",
    "Callout": "Callout",
    "CalloutTitle": "Callout Title",
    "KeyFigures": "Key Figures",
    "KeyFiguresTitle": "Key Figures Title",
    "KeyNumber": "Key Number",
    "Aside": "Aside",
    "AsideTitle": "Aside Title",
    "PullQuote": "Pull Quote",
    "PullQuoteTitle": "Pull Quote Title",
    "FollowUps": "Follow Ups",
    "FollowUpsTitle": "Follow Ups Title",
    "Claim": "Claim",
    "ClaimTitle": "Claim Title",
    "Verdict": "Verdict",
    "VerdictLabel": "Verdict Label",
    "VerdictTitle": "Verdict Title",
    "Corrections": "Corrections",
    "CorrectionsTitle": "Corrections Title",
    "Bibliography": "Bibliography",
    "About": "About",
    "Imprint": "Imprint",
    "TOCHeading": "TOC Heading",
    **{f"TOC{level}": f"toc {level}" for level in range(1, 4)},
    "Header": "header",
    "Footer": "footer",
    "FootnoteText": "footnote text",
    "FootnoteReference": "footnote reference",
    "Hyperlink": "Hyperlink",
    "Strong": "Strong",
    "Emphasis": "Emphasis",
    "VerbatimChar": "Verbatim Char",
    "BackReference": "Back Reference",
    "Unresolved": "Unresolved",
    "Draft": "Draft",
}

_PLAIN_IDENTIFIER = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")


@cache
def qualified(name: str) -> str:
    """Return `w:p` as lxml writes it: `{http://…}p`."""
    prefix, _, local = name.partition(":")
    return f"{{{NAMESPACES[prefix]}}}{local}"


def w(tag: str, /, *children: Content | None, **attributes: str | int | None) -> Element:
    """Return an element of WordprocessingML; its attributes are in the same namespace."""
    values = {f"w:{key}": str(value) for key, value in attributes.items() if value is not None}
    return Element(f"w:{tag}", values, tuple(filter(None, children)))


def m(tag: str, /, *children: Content | None, **attributes: str | int | None) -> Element:
    """Return an element of a formula (22.1); its attributes are in the same namespace."""
    values = {f"m:{key}": str(value) for key, value in attributes.items() if value is not None}
    return Element(f"m:{tag}", values, tuple(filter(None, children)))


def bookmark_name(anchor: Anchor) -> str:
    """Return the bookmark of an anchor: "ref-lee2019" → "ref_lee2019".

    Word allows 40 characters of `[A-Za-z0-9_]`, a letter first, and tells no capitals from small
    letters. An anchor that has to be changed for that gets a hash, so that two never meet.
    """
    identifier = str(anchor)
    name = identifier.replace("-", "_")
    if len(name) <= 40 and _PLAIN_IDENTIFIER.fullmatch(identifier):
        return name
    letters = re.sub("[^A-Za-z0-9]+", "_", identifier).strip("_")
    start = letters if letters[:1].isalpha() else f"a_{letters}"
    digest = hashlib.sha256(identifier.encode("utf-8", "replace")).hexdigest()
    return f"{start[:31].rstrip('_')}_{digest[:8]}"


def block_bookmark(position: int) -> str:
    """Return the hidden bookmark round the block at a position, from 1, in reading order."""
    return f"_Bb{position:04}"


def citation_bookmark(position: int) -> str:
    """Return the hidden bookmark round a citation."""
    return f"_Bc{position:04}"


class Field(Struct, frozen=True):
    r"""A field instruction, taken apart: ` REF ref_lee2019 \h ` (17.16.5)."""

    kind: str  # "REF"
    arguments: tuple[str, ...] = ()  # ("ref_lee2019",)
    switches: tuple[str, ...] = ()  # (r"\h",); an argument of a switch is in `arguments`

    @property
    def instruction(self) -> str:
        return " " + " ".join((self.kind, *map(_quoted, self.arguments), *self.switches)) + " "


@lru_cache(maxsize=1024)
def read_field(instruction: str) -> Field:
    """Return a field instruction taken apart; the kind in capitals, as Word ignores case."""
    words = [quoted or bare for quoted, bare in re.findall(r'"([^"]*)"|(\S+)', instruction)]
    arguments = tuple(word for word in words[1:] if not word.startswith("\\"))
    switches = tuple(word for word in words[1:] if word.startswith("\\"))
    return Field(words[0].upper() if words else "", arguments, switches)


def number_field(bookmark: str, inside_link: bool = False) -> Field:
    """Return the field that repeats the number that `bookmark` encloses.

    Inside a link it is no link of its own: programs would show two. Without `CHARFORMAT`
    (17.16.4.3) Word would repeat its looks as well at the next update: bold as in a caption, no
    longer raised as a mark.
    """
    link = () if inside_link else (r"\h",)
    return Field("REF", (bookmark,), (*link, r"\*", "CHARFORMAT"))


def section_field(bookmark: str) -> Field:
    """Return the field that prints the number of the heading that `bookmark` encloses."""
    return Field("REF", (bookmark,), (r"\r", r"\h"))


def footnote_field(bookmark: str) -> Field:
    """Return the field that repeats the number of the footnote call that `bookmark` encloses."""
    return Field("NOTEREF", (bookmark,), (r"\f", r"\h"))


def page_field(bookmark: str) -> Field:
    return Field("PAGEREF", (bookmark,), (r"\h",))


def sequence_field(name: str, restart: str = "") -> Field:
    r"""Return the field that counts: ` SEQ Figure \* ARABIC `, with `\r` from `restart` on."""
    return Field("SEQ", (name,), (r"\*", "ARABIC", *((r"\r", restart) if restart else ())))


def _quoted(argument: str) -> str:
    return f'"{argument}"' if " " in argument else argument

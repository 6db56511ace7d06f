"""Which citation style a brief has, and the marks that go with it."""

from __future__ import annotations

from pathlib import Path
from typing import Protocol

from msgspec import Struct
from msgspec.structs import replace

from ..csl import DEFAULT, BadStyle, CitationStyle, find_style, is_file, load_style, own_style
from ..csl.elements import CitationLayout
from ..diagnostics import Diagnostic, Span
from ..disk import Disk, shown_path
from ..marks import BRACKETS, SEPARATE, Marks, is_reopening, marks_problem
from ..model import FrontMatter
from ..styles import House, house_marks


class Sources(Protocol):
    """Where files of a project come from."""

    disk: Disk

    def read(self, path: Path) -> bytes | Diagnostic: ...


class Named(Struct, frozen=True):
    """A citation style as it is named, where, and which files may be meant, the first first."""

    name: str
    span: Span
    paths: tuple[Path, ...] = ()


def house_style(
    house: House, folder: Path, root: Path, chosen: str, sources: Sources
) -> tuple[CitationStyle, list[Diagnostic]]:
    """Return the style that is chosen on the command line, or else in a house.toml."""
    if chosen:
        return named_style(Named(chosen, Span.of_file(chosen), (Path(chosen),)), sources, house)
    name, file = house.citation_style, folder / "house.toml"
    paths = (folder / name, root / name)
    return named_style(Named(name, Span.of_file(shown_path(file)), paths), sources, house)


def named_style(
    named: Named, sources: Sources, house: House
) -> tuple[CitationStyle, list[Diagnostic]]:
    """Return the citation style that is named, IEEE where it cannot be had, and findings."""
    path = Path(named.name)
    try:
        if is_file(named.name):
            existing = (file for file in named.paths if sources.disk.exists(file))
            path = next(existing, named.paths[0])
            content = sources.read(path)
            if isinstance(content, Diagnostic):
                return DEFAULT, [content]
            style = own_style(named.name, content)
        else:
            style = find_style(named.name)
        sorted_by = load_style(style).sorted_by if style.is_csl else ""
    except BadStyle as error:
        if error.line and is_file(named.name):
            span = Span.on_line(shown_path(path), error.line, error.column, 1)
            return DEFAULT, [Diagnostic("bad-citation-style", error.message, span, error.hint)]
        code, span = "unknown-citation-style", named.span
        return DEFAULT, [Diagnostic(code, error.message, span, error.hint)]
    style = _of_house(style, house)
    if sorted_by in ("", "citation-number"):
        return style, []
    message = f"{named.name} sorts its list by {sorted_by}; ours is in the order of citation"
    return style, [Diagnostic("sorted-citation-style", message, named.span)]


def _of_house(style: CitationStyle, house: House) -> CitationStyle:
    """Return a style as the house has it: whether it is corrected, and compact, is its to say."""
    style = replace(style, compact=house.reference_list == "compact")
    match house.corrections:
        case "all":
            return replace(style, corrected=True)
        case "none":
            return replace(style, corrected=False)
        case _:
            return style


def marks_of(front: FrontMatter, house: House, style: CitationStyle) -> Marks:
    """Return the marks of a brief: its own, those the house chose, or those of the style.

    What the default house style says holds for the citation style that it names.
    """
    chosen = house.own_marks or style.name == house.citation_style
    name = front.marks or (house.marks if chosen else "")
    return house_marks(house, name) if name else style_marks(style)


def style_marks(style: CitationStyle) -> Marks:
    """Return marks as the `cs:citation` of a style has them; the default ones where it has none."""
    if not style.is_csl:
        return SEPARATE
    layout = load_style(style).citation
    marks = _marks(layout)
    return SEPARATE if layout == CitationLayout() or marks_problem(marks) else marks


def _marks(layout: CitationLayout) -> Marks:
    of_group, of_each = layout.prefix.strip(), layout.number_prefix.strip()
    opening = of_each or of_group
    closing, separator = BRACKETS.get(opening, "?"), layout.delimiter
    # Brackets of the group that each delimiter closes and opens are those of each number, unless
    # they hold ranges, as in "[1–3], [5]".
    reopens = not layout.collapses and is_reopening(separator, opening)
    return Marks(
        opening,
        closing,
        each=bool(of_each) or reopens,
        separator=separator[1:-1] if reopens else separator,
        range="–" if layout.collapses else "",
        superscript=layout.superscript,
        after_punctuation=layout.superscript,
        order="number" if layout.sorts or layout.collapses else "written",
    )

"""Prove an output: compare what it prints with what the brief requires."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from msgspec import Struct
from msgspec.structs import asdict, replace

from ..cover import cover_text, has_cover
from ..csl import format_entry
from ..diagnostics import Diagnostic
from ..first_page import first_page_lines
from ..language.dates import long_date
from ..language.sentences import abbreviations
from ..language.terms import numbered_within, term, translations
from ..legibility import hidden_by, sample_page
from ..model import CROSS_REFERENCED, AnchorKind, Brief
from ..model.references import plain
from ..numbering import NumberedBrief
from ..project import LoadedBrief
from ..project.stages import NO_LABELS
from ..styles import EXTRA, BadTemplate, House, Styles, default_text, house_labels
from ..text import with_capital
from ..title_block import ImprintLine, TitleBlock, title_block
from ..verify import (
    Evidence,
    Expected,
    MarkSettings,
    Readback,
    Unreadable,
    expect,
    faults,
    read_file_content,
)
from ..verify.expected import Labels
from ..verify.forms import letters
from ..verify.words import Shown

_SEEN = ("seen-otherwise", "number-mismatch")
_PHRASED = ("checked-on", "review-by", "edition", "reviewed-by", "supersedes", "contact", "licence")
_TITLED = ("summary", "key-findings", "follow-ups", "claim", "corrections", "verdict")
_FACTS = frozenset({"authors", "facts", "about", "imprint"})  # as the template names them
_TEMPLATE = "brief.html.j2"
_CAPTIONED: tuple[AnchorKind, ...] = ("figure", "table")


def labels_in(lang: str, house: House | None) -> Labels:
    """Return what stands around numbers within sentences: what the house says, or the term."""
    said = house_labels(house, lang) if house else {}
    found: dict[AnchorKind, tuple[str, str]] = {}
    for kind in CROSS_REFERENCED:
        before, after = numbered_within(kind, lang)
        if own := said.get(kind):
            before, _, after = own.partition("{number}")
        found[kind] = before, after
    return found


def captions(*more: Mapping[AnchorKind, str]) -> Mapping[AnchorKind, tuple[str, ...]]:
    """Return what captions begin with, by kind: the word of any language, or `more` labels."""
    own = {kind: [with_capital(e[kind]) for e in more if kind in e] for kind in CROSS_REFERENCED}
    words = {kind: translations(kind) if kind in _CAPTIONED else () for kind in CROSS_REFERENCED}
    return {kind: tuple(dict.fromkeys((*own[kind], *words[kind]))) for kind in own}


class Witness(Struct, frozen=True):
    """What the proof needs besides the numbered brief: its state before any stage ran."""

    read: Brief
    keys: tuple[str, ...]  # of the library, in its order
    aliases: Mapping[str, str]
    back_references: bool
    own_template: Styles | None = None  # of a house whose pages have a template of its own
    house: House | None = None
    covered: frozenset[str] = frozenset()  # the formats with a cover


def witness(brief: LoadedBrief, styles: Styles) -> Witness:
    """Return the witness of a brief that was read."""
    if brief.read is None:
        raise ValueError("a brief that was not read has no witness")
    links_back = styles.house.back_references == "on"
    own = None if styles.files[_TEMPLATE] == default_text(_TEMPLATE) else styles
    covers = {"pdf": own is None, "docx": not styles.reference_docx}  # these bring their own
    covered = frozenset(name for name, is_ours in covers.items() if is_ours)
    if not has_cover(styles.house):
        covered = frozenset()
    return Witness(brief.read, brief.keys, brief.aliases, links_back, own, styles.house, covered)


def _shown(numbered: NumberedBrief, styles: Styles | None, format: str) -> frozenset[str]:
    """Return the groups of facts that outputs must have. A template of the house's own may leave
    some out, or print them otherwise: a page without text that is made with it shows which."""
    if styles is None or format == "docx":
        return _FACTS
    block = title_block(numbered.brief)
    groups = {
        "authors": block.authors,
        "facts": (" ".join(fact.text for fact in block.facts),),
        "about": _texts(first_page_lines(numbered, styles.house)),
        "imprint": _texts(block.imprint),
    }
    try:
        page = _filled(numbered, styles, block, is_printed=format == "pdf")
        said = letters("".join(read_file_content(page.encode("utf-8"), ".html").words))
    except (BadTemplate, Unreadable):
        return frozenset()  # the writer says what is wrong with it
    return frozenset(name for name in _FACTS if all(letters(text) in said for text in groups[name]))


def _texts(lines: Iterable[ImprintLine]) -> tuple[str, ...]:
    return tuple(f"{line.label} {line.text}" for line in lines)


def _filled(numbered: NumberedBrief, styles: Styles, block: TitleBlock, is_printed: bool) -> str:
    """Return a page without text. Raises `BadTemplate`."""
    # Imported now, not above: Jinja is slow to load.
    from ..writers.html.frame import fill_template
    from ..writers.html.web import WebPage

    brief = replace(numbered.brief, blocks=())
    page = WebPage(replace(numbered, brief=brief, bibliography=(), redline=None), styles.house)
    has_its_cover = is_printed and has_cover(styles.house)
    values = {
        **dict.fromkeys(("css", "contents", "footnotes", "downloads", "policy"), ""),
        "added": dict.fromkeys(("head", "top", "bottom"), ""),
        "printed": is_printed,
        "cover": asdict(cover_text(brief)) if has_its_cover else None,
        "authors": block.authors,
        "facts": [fact.text for fact in block.facts],
        "imprint": block.imprint,
        "about": first_page_lines(numbered, styles.house),
    }
    return fill_template(page, styles, values)


def expected_of(numbered: NumberedBrief, seen: Witness, format: str) -> Expected:
    """Return what an output of a brief must print.

    The numbered brief provides the settings of its marks and the texts of its entries, as data:
    no numbers, no order and no marks.
    """
    style, lang = numbered.citation_style, numbered.brief.front.lang
    references = {reference.key: reference for reference in numbered.bibliography}

    about = first_page_lines(numbered, seen.house) if seen.house else ()
    # On the web page, style sheets alone move the captions of tables.
    has_them_below = seen.house is not None and seen.house.table_captions == "below"
    captions_last = has_them_below and format != "html"

    def entry(key: str, before: str) -> str:
        if key not in references:
            return ""
        return plain(format_entry(references[key], style, lang, references.get(before)))

    return expect(
        Evidence(
            seen.read,
            MarkSettings(**asdict(numbered.marks)),
            entry,
            frozenset(seen.keys),
            seen.keys,
            seen.aliases,
            seen.back_references,
            labels_in(lang, seen.house),
            Shown({kind: term(kind, lang) for kind in _TITLED}, captions_last),
            {name: term(name, lang) for name in _PHRASED},
            lambda day: long_date(day, lang),
            _shown(numbered, seen.own_template, format),
            tuple((line.field, line.label, line.text) for line in about),
            numbered.redline is not None,
            abbreviations(lang),
            seen.house.name if seen.house and format in seen.covered else None,
        )
    )


def read_back(
    content: bytes, format: str, labels: Mapping[AnchorKind, str] = NO_LABELS
) -> Readback:
    """Return what an output that was just written prints; `labels` are the house's own.

    Raises `Unreadable`.
    """
    words = captions(labels) if format == "pdf" else {}
    return read_file_content(content, f".{format}", words=words)


def with_causes(diagnostics: Sequence[Diagnostic], styles: Styles) -> list[Diagnostic]:
    """Return diagnostics. Numbers that a PDF lacks or hides get a hint that names the rule
    that is the likely cause."""
    if all(found.code not in _SEEN for found in diagnostics):
        return list(diagnostics)
    sheets = {name: styles.files[name] for name in ("base.css", "print.css", EXTRA)}
    values = "".join(f"--colour-{n}: {c};" for n, c in styles.house.colours.items())
    hidden = hidden_by({"values": f":root {{ {values} }}", **sheets}, sample_page())
    if not hidden:
        return list(diagnostics)
    rule = hidden[0].rule
    hint = f"the likely cause: `{rule.shown}` ({rule.path}, line {rule.line})"
    return [replace(d, hint=hint) if d.code in _SEEN and not d.hint else d for d in diagnostics]


def faults_of(
    found: Readback, numbered: NumberedBrief, seen: Witness, filename: str
) -> list[Diagnostic]:
    """Return where an output that was read back differs from its brief."""
    expected = expected_of(numbered, seen, filename.rpartition(".")[2])
    return faults(found, expected, filename, numbered.draft)

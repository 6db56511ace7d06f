"""The front matter of a brief, and the parts of the body that it holds."""

from __future__ import annotations

import re

from msgspec.structs import replace

from ...diagnostics import Span
from ...language.dates import long_date, worded
from ...language.terms import between_details, detailed, term
from ...marks import PRESETS
from ...model import (
    COLUMNS,
    PAPERS,
    PDF_STANDARDS,
    WORD_CITATIONS,
    Blocks,
    Claim,
    Correction,
    FrontMatter,
    Inline,
    Inlines,
    LineBreak,
    List,
    ListItem,
    Paragraph,
    Part,
    Strong,
    Text,
    plain,
)
from .front_values import FrontValues, report_unknown_key
from .own_references import own_references
from .plain_values import report_citations_as_typed
from .yaml_values import Mapping, Scalar, Sequence, Value

KEYS = (
    "title", "subtitle", "checked-on", "date", "lang", "edition", "series", "number",
    "authors", "reviewers",
    "disclaimer", "claim", "verdict", "follow-ups", "corrections", "keywords", "marks",
    "citation-style", "bibliography", "nocite", "paper", "columns", "licence", "contact",
    "word-citations", "pdf-standard", "embed-source", "draft", "supersedes", "translation-of",
    "review-by", "aliases", "number-sections", "number-paragraphs", "references",
)  # fmt: skip
# pandoc's names for the same.
ALIASES = {
    "author": "authors", "license": "licence", "version": "edition", "affiliations": "affiliations",
}  # fmt: skip
OTHER_STANDARDS = re.compile(r"(?:pdf/)?(?:ua-?[12]|a-?[1-4][abefu]?|x-?\d\w*)|1\.[4-7]|2\.0")
STYLES = frozenset(("csl", "biblio-style", "citeproc", "natbib"))
# Keys of pandoc, Quarto, R Markdown, Jupytext, journals and site generators: settings, not text.
FOREIGN = STYLES | frozenset((
    "output", "format", "format-links", "documentclass", "classoption", "fontsize", "geometry",
    "papersize", "linestretch", "mainfont", "sansfont", "monofont", "mathfont", "CJKmainfont",
    "colorlinks", "linkcolor", "urlcolor", "citecolor", "toccolor", "header-includes",
    "include-before", "include-after", "toc", "toc-title", "toc-depth", "lof", "lot",
    "numbersections", "secnumdepth", "top-level-division", "pdf-engine",
    "link-citations", "link-bibliography", "suppress-bibliography", "reference-section-title",
    "linkReferences", "nameInLink", "autoEqnLabels", "figPrefix", "tblPrefix", "eqnPrefix",
    "crossref", "execute", "editor", "editor_options", "filters", "metadata-files", "project",
    "date-format", "date-meta", "params", "runtime", "knit", "jupyter", "jupytext", "kernelspec",
    "exports", "parts", "site", "layout", "permalink", "slug", "categories", "tags",
    "weight", "always_allow_html", "linenumbers", "lineno", "keep-md", "bookdown",
    "archive_prefix", "repository", "authors-affiliations", "citation_author", "year", "journal",
    "biblatexoptions", "biblatex", "volume", "issue", "page", "joss", "aas-doi", "aas-journal",
    "numbering", "downloads", "thumbnail",
))  # fmt: skip
_YES_OR_NO = ("true", "false")
INSTEAD = {
    "abstract": "write it in the body: ::: summary … :::",
    "description": "write it as `subtitle`, or in the body",
}


def read_front(values: FrontValues, lang: str, heading: tuple[Inlines, Span] | None) -> FrontMatter:
    """Return the front matter; its title may be the first heading. Unknown keys are reported.

    Texts are read in the order of the tree, because citations are counted as they are read.
    """
    _report_unknown_keys(values)
    report_citations_as_typed(values.reading, values.mapping)
    files = values.texts("bibliography", expected="names of library files")
    nocite = values.citation_keys("nocite")
    style = values.find("citation-style")
    keys = sorted(values.mapping.keys, key=KEYS.__contains__)  # an alias gives way to its key
    places = {(ALIASES.get(key, key), ""): values.place(key) for key in keys}
    if heading:
        places["title", ""] = heading[1]
    places |= {("nocite", key): span for key, span in nocite.items()}
    places |= {("bibliography", found.text): found.span for found in reversed(files)}
    if isinstance(style, Scalar):
        places["citation-style", " ".join(style.text.split())] = style.span
    return FrontMatter(
        title=heading[0] if heading else values.inlines(values.find("title")),
        subtitle=values.inlines(values.find("subtitle")),
        disclaimer=values.inlines(values.find("disclaimer")),
        checked_on=values.date("checked-on", strict=True),
        date=values.date("date", strict=False),
        lang=lang,
        edition=values.text("edition", "version"),
        series=values.text("series"),
        number=values.text("number"),
        authors=values.people("authors", "author"),
        reviewers=values.people("reviewers"),
        keywords=values.words("keywords"),
        licence=values.licence(),
        contact=values.text("contact"),
        paper=values.choice("paper", PAPERS),
        columns=int(values.choice("columns", map(str, COLUMNS)) or 0),
        marks=values.choice("marks", PRESETS, "unknown-marks"),
        citation_style=values.text("citation-style"),
        bibliography=tuple(dict.fromkeys(found.text for found in files)),
        references=own_references(values),
        nocite=tuple(nocite),
        places=places,
        word_citations=values.choice("word-citations", WORD_CITATIONS),
        pdf_standard=_pdf_standard(values),
        number_paragraphs=values.choice("number-paragraphs", _YES_OR_NO),
        number_sections=values.choice("number-sections", _YES_OR_NO),
        embed_source=values.choice("embed-source", _YES_OR_NO) != "false",
        draft=values.choice("draft", _YES_OR_NO) == "true",
        supersedes=values.words("supersedes"),
        review_by=values.date("review-by", strict=True),
        translation_of=values.text("translation-of"),
        aliases=values.words("aliases"),
        span=values.mapping.span,
    )


def _pdf_standard(values: FrontValues) -> str:
    """Return the pair of standards that a brief asks for; Quarto has other names, and lists."""
    found = values.find("pdf-standard")
    named = found.text.lower() if isinstance(found, Scalar) else ""
    if found is None or not (isinstance(found, Sequence) or OTHER_STANDARDS.fullmatch(named)):
        return values.choice("pdf-standard", PDF_STANDARDS)
    message = "the value of `pdf-standard` is for another program, and without effect here"
    hint = f"choose from: {', '.join(PDF_STANDARDS)}"
    values.reading.report("foreign-front-matter", message, found.span, hint)
    return ""


def _report_unknown_keys(values: FrontValues) -> None:
    """Report keys that mean nothing: those of other programs together, others one by one."""
    foreign: dict[str, Span] = {}
    for key, span in values.mapping.keys.items():
        if key in FOREIGN:
            foreign[key] = span
        elif key in INSTEAD:
            message = f"`{key}` means nothing here"
            values.reading.report("unknown-front-matter-key", message, span, INSTEAD[key])
        elif key not in KEYS and key not in ALIASES:
            report_unknown_key(values.reading, key, KEYS, span)
    if foreign:
        names = ", ".join(f"`{key}`" for key in foreign)
        message = f"keys of other programs, without effect here: {names}"
        hint = "`citation-style` sets the style of entries" if foreign.keys() & STYLES else ""
        values.reading.report("foreign-front-matter", message, next(iter(foreign.values())), hint)


def opening_parts(values: FrontValues) -> tuple[Blocks, Claim | None]:
    """Return what precedes the body: the claim being checked, and the verdict; and both as text."""
    claim, verdict = values.find("claim"), values.find("verdict")
    of_claim, stated = _claim(values, claim)
    of_verdict, label = _verdict(values, verdict)
    blocks = (*of_claim, *of_verdict)
    if not blocks:
        return (), None
    names = [name for name in ("claim", "verdict") if values.find(name) is not None]
    span = values.reading.source.around(*map(values.place, names))
    title: Inlines = ()
    if claim is None:
        title = (Text(term("verdict", values.reading.lang), span=span),)
    stated = replace(stated, verdict=label) if stated else None
    return (Part("claim", title, blocks, span=span),), stated


def follow_ups(values: FrontValues) -> Blocks:
    """Return the follow-up questions, which stand below the body."""
    found = [(item, values.inlines(item)) for item in values.items("follow-ups")]
    return _part_of(values, "follow-ups", found)


def corrections(values: FrontValues) -> tuple[Blocks, tuple[Correction, ...]]:
    """Return what was corrected after publication, as a part and as text."""
    stated: list[Correction] = []
    found = [(item, _correction(values, item, stated)) for item in values.items("corrections")]
    return _part_of(values, "corrections", found), tuple(stated)


def _part_of(values: FrontValues, name: str, found: list[tuple[Value, Inlines]]) -> Blocks:
    items = [_item(inlines, item.span) for item, inlines in found if inlines]
    if not items:
        return ()
    span = values.place(name)
    bullets = List(False, 1, True, tuple(items), span=span)
    return (Part(name, (), (bullets,), span=span),)


def _item(inlines: Inlines, span: Span) -> ListItem:
    return ListItem((Paragraph(inlines, span=span),), span=span)


def _claim(values: FrontValues, value: Value | None) -> tuple[tuple[Paragraph, ...], Claim | None]:
    """`claim: text`, or a mapping of `text`, `by` and `date`."""
    if not isinstance(value, Mapping):
        inlines = values.inlines(value)
        if not inlines or not value:
            return (), None
        return (Paragraph(inlines, span=value.span),), Claim(plain(inlines))
    part = values.part(value)
    part.check(("text", "by", "date"), ("appearances",))
    text = part.inlines("text")
    if not text:
        values.wrong(value, "a text, or a mapping with `text`, `by` and `date`")
        return (), None
    paragraphs = [Paragraph(text, span=part.span("text"))]
    by: list[Inline] = list(part.inlines("by"))
    stated = Claim(plain(text), plain(tuple(by)), part.text("date"))
    if date := worded(part.text("date"), values.reading.lang):
        between = between_details(values.reading.lang) if by else ""
        by += [Text(f"{between}{date}", span=part.span("date"))]
    if by:
        span = part.span("by", "date")
        paragraphs.append(Paragraph((Text("— ", span=span), *by), span=span))
    return tuple(paragraphs), stated


def _verdict(values: FrontValues, value: Value | None) -> tuple[Blocks, str]:
    """`verdict: text`, or a mapping of `label`, `scale` and `text`; and the label as text."""
    if value is None:
        return (), ""
    steps: list[Inlines] = []
    text: Inlines = ()
    if isinstance(value, Mapping):
        part = values.part(value)
        part.check(("label", "scale", "text"))
        label, text = part.inlines("label"), part.inlines("text")
        steps = _steps(values, part.value("scale"))
        if not label:
            values.wrong(value, "a text, or a mapping with `label` and `scale`")
            return (), ""
    else:
        label = values.inlines(value)
        if not label:
            return (), ""
    stated = plain(label)
    bold = (Strong(label, span=value.span),)
    lines = (bold, _on_scale(stated, steps), text)
    paragraphs = tuple(Paragraph(inlines, span=value.span) for inlines in lines if inlines)
    if values.find("claim") is None:
        return paragraphs, stated
    return (Part("verdict", (), paragraphs, span=value.span),), stated


def _steps(values: FrontValues, scale: Value | None) -> list[Inlines]:
    """Return the steps of a scale: a list, or a text with commas between them."""
    if isinstance(scale, Sequence):
        return [step for item in scale.items if (step := values.inlines(item))]
    inlines = values.inlines(scale)
    if not inlines or not all(isinstance(inline, Text) for inline in inlines):
        return [inlines] if inlines else []
    span = inlines[0].span
    return [(Text(step.strip(), span=span),) for step in plain(inlines).split(",")]


def _on_scale(label: str, steps: list[Inlines]) -> Inlines:
    """Return the steps of a scale side by side, that of the label in bold."""
    found: list[Inline] = []
    for step in steps:
        is_label = plain(step).casefold() == label.casefold()
        found += [Text(" · ", span=step[0].span)] if found else []
        found += [Strong(step, span=step[0].span)] if is_label else step
    return tuple(found)


def _correction(values: FrontValues, value: Value, stated: list[Correction]) -> Inlines:
    """A text, or a mapping of `date`, `what`, `where` and `kind`; `stated` takes it as text."""
    if not isinstance(value, Mapping):
        inlines = values.inlines(value)
        stated += [Correction(plain(inlines))] if inlines else []
        return inlines
    part, span = values.part(value), value.span
    part.check(("date", "what", "where", "kind"))
    what = part.inlines("what")
    if not what:
        values.wrong(value, "a text, or a mapping with `date` and `what`")
        return ()
    date = part.date("date")
    stated.append(Correction(plain(what), date))
    day = long_date(date, values.reading.lang) if date else ""
    about = detailed((day, part.text("kind"), part.text("where")), values.reading.lang)
    if not about:
        return what
    head = Strong((Text(about, span=span),), span=span)
    return (head, LineBreak(span=span), *what)

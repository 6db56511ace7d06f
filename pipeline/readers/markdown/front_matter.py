"""The front matter of a brief: its keys and their values."""

from __future__ import annotations

import re

from ...diagnostics import Span
from ...marks import PRESETS
from ...model import (
    COLUMNS,
    PAPERS,
    PDF_STANDARDS,
    WORD_CITATIONS,
    FrontMatter,
    Inlines,
)
from .front_values import FrontValues, report_unknown_key
from .own_references import own_references
from .plain_values import report_citations_as_typed
from .yaml_values import Scalar, Sequence

KEYS = (
    "title", "subtitle", "checked-on", "date", "lang", "edition", "series", "number",
    "authors", "reviewers",
    "disclaimer", "abstract", "claim", "verdict", "follow-ups", "corrections", "keywords", "marks",
    "citation-style", "bibliography", "nocite", "paper", "columns", "licence", "contact",
    "word-citations", "pdf-standard", "embed-source", "draft", "supersedes", "translation-of",
    "review-by", "aliases", "number-sections", "number-paragraphs", "references",
)  # fmt: skip
# pandoc's names for the same, and what others have in the place of some.
ALIASES = {
    "author": "authors", "license": "licence", "version": "edition", "affiliations": "affiliations",
    "parts": "parts",
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
    "exports", "site", "layout", "permalink", "slug", "categories", "tags",
    "weight", "always_allow_html", "linenumbers", "lineno", "keep-md", "bookdown",
    "archive_prefix", "repository", "authors-affiliations", "citation_author", "year", "journal",
    "biblatexoptions", "biblatex", "volume", "issue", "page", "joss", "aas-doi", "aas-journal",
    "numbering", "downloads", "thumbnail",
))  # fmt: skip
_YES_OR_NO = ("true", "false")
INSTEAD = {
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

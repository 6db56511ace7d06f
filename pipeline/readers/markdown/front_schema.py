"""The JSON Schema of front matter, by which editors complete and check its keys."""

from __future__ import annotations

from collections.abc import Mapping

from ...json_schema import TEXT, Schema, file_schema, list_of, one_or_several, table
from ...marks import PRESETS
from ...model import COLUMNS, PAPERS, PDF_STANDARDS, WORD_CITATIONS
from ..items.variables import DATES, NAMES, TEXTS, TYPES
from .front_matter import ALIASES, KEYS
from .front_values import IGNORED_PERSON_KEYS, PERSON_KEYS

_DATE: Schema = {"type": "string", "pattern": r"^\d{4}-\d\d-\d\d$"}
_ANY: Schema = {}
_TEXT_OR_NUMBER: Schema = {"type": ["string", "number"]}
_TEXTS: Schema = one_or_several(TEXT)
_CORRECTION: Schema = {
    "anyOf": [TEXT, table(dict.fromkeys(("date", "what", "where", "kind"), TEXT))]
}
_YES_OR_NO: Schema = {"type": "boolean"}
_PERSON: Schema = {
    "anyOf": [TEXT, table(dict.fromkeys((*PERSON_KEYS, *sorted(IGNORED_PERSON_KEYS)), _ANY))]
}
_REFERENCE: Schema = {
    "type": "object",
    "properties": {
        "id": _TEXT_OR_NUMBER,
        "type": {"enum": sorted(TYPES)},
        **{name: one_or_several(_ANY) for name in sorted(NAMES)},
        **dict.fromkeys(sorted(DATES), _ANY),
        **dict.fromkeys(sorted(TEXTS), _TEXT_OR_NUMBER),
    },
    "required": ["id"],
}
# What each key says, and what values it takes.
_VALUES: Mapping[str, tuple[str, Schema]] = {
    "title": ("the title, also in the properties of the files", TEXT),
    "subtitle": ("printed below the title", TEXT),
    "checked-on": ("the day on which the facts were checked, printed below the title", _DATE),
    "date": ("the day of publication, printed before that of the check", TEXT),
    "lang": ("the language, such as en-GB or fr: its words, dates, quotes, hyphenation", TEXT),
    "edition": ("the edition, printed as \"Edition 2\"", _TEXT_OR_NUMBER),
    "series": ("the series that the brief is in: \"Policy paper\"", TEXT),
    "number": ("the number of the brief in its series", _TEXT_OR_NUMBER),
    "authors": ("who wrote it, printed below the title", one_or_several(_PERSON)),
    "reviewers": ("who reviewed it, printed below the title", one_or_several(_PERSON)),
    "disclaimer": ("printed with the title", TEXT),
    "abstract": ("the summary, printed before the text as `::: summary` is", TEXT),
    "claim": ("the claim being checked, printed before the text", {"anyOf": [TEXT, table(
        dict.fromkeys(("text", "by", "date", "appearances"), _ANY))]}),
    "verdict": ("what you found", {"anyOf": [TEXT, table({
        "label": TEXT, "scale": _TEXTS, "text": TEXT})]}),
    "follow-ups": ("questions that stay open, printed at the end", _TEXTS),
    "corrections": ("what was corrected, printed below the title", one_or_several(_CORRECTION)),
    "keywords": ("the topics: in the properties of the files, and on the website", _TEXTS),
    "marks": ("how citations look in the text", {"enum": list(PRESETS)}),
    "citation-style": ("how entries look: the name of a numeric CSL style, or a .csl file", TEXT),
    "bibliography": ("the libraries, if not references.bib: .bib, .json, .ris, .yaml", _TEXTS),
    "references": ("references of this brief alone", list_of(_REFERENCE)),
    "nocite": ("references to list although nothing cites them; @* for all", _TEXTS),
    "paper": ("the size of the page", {"enum": list(PAPERS)}),
    "columns": ("columns of text in the PDF; wide tables span both", {"enum": list(COLUMNS)}),
    "licence": ("printed at the end", TEXT),
    "contact": ("printed at the end", TEXT),
    "word-citations": ("what manages the citations in Word", {"enum": list(WORD_CITATIONS)}),
    "pdf-standard": ("what the PDF conforms to", {"enum": list(PDF_STANDARDS)}),
    "embed-source": ("whether outputs carry the Markdown and the entries", _YES_OR_NO),
    "draft": ("with true, not published on the website", _YES_OR_NO),
    "number-sections": ("whether headings have numbers; the house decides otherwise", _YES_OR_NO),
    "number-paragraphs": ("whether paragraphs have numbers, likewise", _YES_OR_NO),
    "supersedes": ("briefs that this one replaces: their pages lead to it", _TEXTS),
    "translation-of": ("the brief that this one translates: their pages link to each other", TEXT),
    "review-by": ("the day by which it is to be reviewed; then there is a warning", _DATE),
    "aliases": ("former names of its page on the website, which lead there", _TEXTS),
}  # fmt: skip
_OTHER: Mapping[str, tuple[str, Schema]] = {
    "affiliations": ("of authors, by `index`", list_of({"type": "object"})),
    "parts": ("what MyST has here: its `abstract` is printed", table({"abstract": TEXT})),
}


def front_matter_schema() -> Schema:
    """Return the schema. Keys of other programs, which are read over, are not in it."""
    known = {**_VALUES, **_OTHER}
    names = {**{key: key for key in KEYS}, **ALIASES}
    return file_schema(
        "The front matter of a brief for Briefwright",
        {key: {**known[name][1], "description": known[name][0]} for key, name in names.items()},
    )

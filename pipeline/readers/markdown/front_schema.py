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
    "title": ("the title", TEXT),
    "subtitle": ("printed below the title", TEXT),
    "checked-on": ("the day on which the facts were checked", _DATE),
    "date": ("the day of publication", TEXT),
    "lang": ("the language of the brief: en-GB, fr", TEXT),
    "edition": ("the edition", _TEXT_OR_NUMBER),
    "series": ("the series that the brief is in", TEXT),
    "number": ("the number of the brief in its series", _TEXT_OR_NUMBER),
    "authors": ("who wrote it", one_or_several(_PERSON)),
    "reviewers": ("who reviewed it", one_or_several(_PERSON)),
    "disclaimer": ("printed with the title", TEXT),
    "claim": ("the claim being checked", {"anyOf": [TEXT, table(dict.fromkeys(
        ("text", "by", "date", "appearances"), _ANY))]}),
    "verdict": ("what you found", {"anyOf": [TEXT, table({
        "label": TEXT, "scale": one_or_several(TEXT), "text": TEXT})]}),
    "follow-ups": ("questions that stay open", one_or_several(TEXT)),
    "corrections": ("what was corrected after publication", one_or_several({"anyOf": [TEXT, table(
        dict.fromkeys(("date", "what", "where", "kind"), TEXT))]})),
    "keywords": ("the topics", one_or_several(TEXT)),
    "marks": ("how citations look in the text", {"enum": list(PRESETS)}),
    "citation-style": ("how entries look: a name, or a .csl file", TEXT),
    "bibliography": ("the libraries: .bib, .json, .ris", one_or_several(TEXT)),
    "references": ("references of this brief alone", list_of(_REFERENCE)),
    "nocite": ("references to list although nothing cites them", one_or_several(TEXT)),
    "paper": ("the size of the page", {"enum": list(PAPERS)}),
    "columns": ("columns of text in the PDF", {"enum": list(COLUMNS)}),
    "licence": ("printed at the end", TEXT),
    "contact": ("printed at the end", TEXT),
    "word-citations": ("what manages the citations in Word", {"enum": list(WORD_CITATIONS)}),
    "pdf-standard": ("what the PDF conforms to", {"enum": list(PDF_STANDARDS)}),
    "embed-source": ("whether outputs carry the Markdown and the entries", _YES_OR_NO),
    "draft": ("not published on the website", _YES_OR_NO),
    "number-sections": ("whether headings have numbers", _YES_OR_NO),
    "supersedes": ("briefs that this one replaces", one_or_several(TEXT)),
    "translation-of": ("the brief that this one is a translation of", TEXT),
    "review-by": ("the day by which it should be reviewed", _DATE),
    "aliases": ("former names of its page", one_or_several(TEXT)),
}  # fmt: skip
_OTHER: Mapping[str, tuple[str, Schema]] = {
    "affiliations": ("of authors, by `index`", list_of({"type": "object"}))
}


def front_matter_schema() -> Schema:
    """Return the schema. Keys of other programs, which are read over, are not in it."""
    known = {**_VALUES, **_OTHER}
    names = {**{key: key for key in KEYS}, **ALIASES}
    return file_schema(
        "The front matter of a brief for Briefwright",
        {key: {**known[name][1], "description": known[name][0]} for key, name in names.items()},
    )

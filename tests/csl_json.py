"""CSL-JSON → `Reference`: for test data, which other engines read too."""

import re

from pipeline.diagnostics import Span
from pipeline.references import OTHERS, Date, Name, Reference, Run

NOWHERE = Span("references.json", 1, 1, 1)
NAMES = frozenset(
    "author chair collection-editor compiler composer container-author contributor curator director"
    " editor editorial-director executive-producer guest host illustrator interviewer narrator"
    " organizer original-author performer producer recipient reviewed-author script-writer"
    " series-creator translator".split()
)
DATES = frozenset("accessed available-date event-date issued original-date submitted".split())
TAGS = {
    "i": {"italic": True},
    "b": {"bold": True},
    "sc": {"small_caps": True},
    "sup": {"position": "super"},
    "sub": {"position": "sub"},
    '<span style="font-variant:small-caps;">': {"small_caps": True},
    '<span style="font-variant: small-caps;">': {"small_caps": True},
}
TAG = re.compile(r"</?(?:i|b|sc|sup|sub|span)(?: [^>]*)?>")


def reference_of(item) -> Reference:
    """Return one reference of CSL-JSON 1.0.2; what is no CSL variable is left out."""
    fields = {k: rich_text(str(v)) for k, v in item.items() if isinstance(v, str | int | float)}
    fields = {k: v for k, v in fields.items() if k not in ("id", "type", "citation-key")}
    return Reference(
        str(item["id"]),
        item.get("type", "") or "document",
        fields,
        {k: tuple(map(name, v)) for k, v in item.items() if k in NAMES},
        {k: date(v) for k, v in item.items() if k in DATES},
        span=NOWHERE,
    )


def rich_text(text: str):
    """Return text with the HTML-like tags of CSL-JSON as runs."""
    runs, dresses, position = [], [{}], 0
    for tag in [*TAG.finditer(text), None]:
        if plain := text[position : tag.start() if tag else None]:
            runs.append(Run(plain, **dresses[-1]))
        if tag is None:
            return tuple(runs)
        position = tag.end()
        if tag[0].startswith("</"):
            dresses = dresses[:-1] or [{}]
        else:
            dresses.append(dresses[-1] | TAGS.get(tag[0], TAGS.get(tag[0].strip("<>"), {})))


def name(value) -> Name:
    if value.get("literal") == "others":
        return OTHERS
    return Name(
        **{k.replace("-", "_"): v for k, v in value.items() if k.replace("-", "_") in Name.__slots__}
    )


def date(value) -> Date:
    parts = tuple(tuple(int(p) for p in part if p != "") for part in value.get("date-parts", ()))
    parts = tuple(part if part != (0,) else () for part in parts)
    return Date(
        parts,
        int(value.get("season", 0)),
        bool(value.get("circa", False)),
        value.get("literal", value.get("raw", "")),
    )

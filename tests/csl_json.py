"""CSL-JSON → `Reference`: for test data, which other engines read too."""

import re

from pipeline.diagnostics import Span
from pipeline.model.references import OTHERS, Date, Name, Reference, Run

NOWHERE = Span.on_line("references.json", 1, 1, 1)
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
        {k: tuple(map(name, v)) for k, v in item.items() if isinstance(v, list)},
        {k: date(v) for k, v in item.items() if isinstance(v, dict)},
        span=NOWHERE,
    )


def rich_text(text: str):
    """Return text with the HTML-like tags of CSL-JSON as runs; a tag without a partner is text."""
    runs, opened, position = [], [], 0
    for tag in [*TAG.finditer(text), None]:
        name = tag[0].strip("</>").partition(" ")[0] if tag else ""
        closes = bool(tag) and tag[0].startswith("</")
        if tag and closes and (not opened or opened[-1][0] != name):
            continue
        if plain := text[position : tag.start() if tag else None]:
            runs.append(Run(plain, **{k: v for _, dress in opened for k, v in dress.items()}))
        if tag is None:
            break
        position = tag.end()
        if closes:
            opened.pop()
        else:
            opened.append((name, TAGS.get(tag[0], TAGS.get(name, {}))))
    return tuple(runs)


def name(value) -> Name:
    if value.get("literal") == "others":
        return OTHERS
    return Name(
        **{
            k.replace("-", "_"): v
            for k, v in value.items()
            if k.replace("-", "_") in Name.__struct_fields__
        }
    )


def date(value) -> Date:
    parts = tuple(tuple(int(p) for p in part if p != "") for part in value.get("date-parts", ()))
    parts = tuple(part if part != (0,) else () for part in parts)
    season = int(value.get("season", 0))
    parts = tuple((*part[:1], season + 20) for part in parts) if season else parts
    return Date(
        parts,
        bool(value.get("circa", False)),
        value.get("literal", value.get("raw", "")),
    )

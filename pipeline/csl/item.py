"""A reference as CSL-JSON: in the citations of Zotero, and where readers save a reference."""

from __future__ import annotations

from collections.abc import Mapping

from ..model.references import OTHERS, Date, Name, Reference, RichText


def csl_item(reference: Reference) -> dict[str, object]:
    """Return {"id": …, "type": …, "citation-key": …, "title": …, "author": […], "issued": {…}}."""
    item: dict[str, object] = {
        "id": reference.key,
        "type": reference.type,
        "citation-key": reference.key,
    }
    item |= {name: _marked_up(text) for name, text in reference.fields.items() if text}
    item |= {
        name: [_name(person) for person in people if person != OTHERS]
        for name, people in reference.names.items()
        if people
    }
    item |= {name: _date(date) for name, date in reference.dates.items() if date != Date()}
    return item


_TAGS: Mapping[str, str] = {"super": "sup", "sub": "sub"}
_SMALL_CAPS = 'span style="font-variant:small-caps;"'


def _marked_up(text: RichText) -> str:
    """Return text with the tags of CSL-JSON: `<i>`, `<b>`, `<sup>`, `<sub>`, and its small caps."""
    shown = ""
    for run in text:
        tags = (("i", run.italic), ("b", run.bold), (_SMALL_CAPS, run.small_caps))
        words = run.text
        for tag in (*(tag for tag, there in tags if there), _TAGS.get(run.position, "")):
            words = f"<{tag}>{words}</{tag.partition(' ')[0]}>" if tag else words
        shown += words
    return shown


def _name(name: Name) -> dict[str, str]:
    parts = {
        "family": name.family,
        "given": name.given,
        "dropping-particle": name.dropping_particle,
        "non-dropping-particle": name.non_dropping_particle,
        "suffix": name.suffix,
        "literal": name.literal,
    }
    return {part: words for part, words in parts.items() if words}


def _date(date: Date) -> dict[str, object]:
    found: dict[str, object] = {}
    if date.parts:
        found["date-parts"] = [list(part) for part in date.parts if part]
    if date.season:
        found |= {"date-parts": [list(date.parts[0][:1])], "season": date.season}
    if date.circa or date.uncertain:
        found["circa"] = True
    if date.literal:
        found["literal"] = date.literal
    return found

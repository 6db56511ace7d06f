"""References in the front matter: pandoc's `references:`, items of CSL variables in YAML."""

from __future__ import annotations

import re

from ...diagnostics import Span
from ...model.references import Reference
from ..items import LONGEST, Item, read_item
from .front_values import FrontValues
from .yaml_values import Mapping, Scalar, Sequence, Value

# pandoc reads these texts as Markdown; CSL-JSON has tags for the same.
_MARKDOWN = (
    (re.compile(r"(?<!\\)\*\*(?=\S)(.+?)(?<=\S)\*\*"), r"<b>\1</b>"),
    (re.compile(r"(?<![\\\w])_(?=\S)([^_]+?)(?<=\S)_(?!\w)"), r"<i>\1</i>"),
    (re.compile(r"(?<!\\)\*(?=\S)([^*]+?)(?<=\S)\*"), r"<i>\1</i>"),
    (re.compile(r"(?<!\\)\^(\S+?)\^"), r"<sup>\1</sup>"),
    (re.compile(r"(?<!\\)~(\S+?)~"), r"<sub>\1</sub>"),
    (re.compile(r"\[([^\[\]]*)\]\{\.smallcaps\}"), r"<sc>\1</sc>"),
    (re.compile(r"\[([^\[\]]*)\]\{[^{}]*\}"), r"\1"),
    (re.compile(r"\\([!-/:-@\[-`{-~])"), r"\1"),
)
_PLAIN = frozenset(("id", "type", "URL", "url", "DOI", "doi", "archive-url"))
_UPPER = frozenset(("url", "doi", "isbn", "issn", "pmid", "pmcid"))  # as pandoc reads them, too


def own_references(values: FrontValues) -> tuple[Reference, ...]:
    """Return the references that the front matter holds; of a key that is there twice, the first.

    What is wrong with them is reported.
    """
    found: dict[str, Reference] = {}
    for value in values.items("references"):
        if not isinstance(value, Mapping):
            values.wrong(value, "a list of references, each with `id`, `type` and `title`")
            continue
        key = value.find("id")
        if not isinstance(key, Scalar) or not key.text:
            message = "a reference without `id` cannot be cited"
            values.reading.report("bad-reference", message, value.span)
        elif key.text in found:
            place = found[key.text].span
            message = f"the key `{key.text}` is already used at {place.path}:{place.line}"
            hint = "give one of them another key, or remove it"
            values.reading.report("duplicate-citation-key", message, key.span, hint)
        else:
            reference, diagnostics = read_item(item_of(key, value))
            found[key.text] = reference
            values.reading.diagnostics += diagnostics
    return tuple(found.values())


def item_of(key: Scalar, mapping: Mapping) -> Item:
    """Return a reference in YAML as an item of CSL variables."""
    places: dict[str, Span] = {}
    values: dict[str, object] = {}
    for written, value in mapping.values.items():
        name = written.upper() if written in _UPPER else written
        places[name] = mapping.keys[written]
        values[name] = _plain(value, name in _PLAIN)
    return Item(key.text, values, key.span, places)


def _plain(value: Value, as_it_is: bool = False) -> object:
    """Return a value as CSL-JSON has it; `year`, `month` and `day` of pandoc's dates are parts."""
    match value:
        case Scalar(text=text):
            return text if as_it_is else _tagged(text)
        case Sequence(items=items):
            found = [_plain(item) for item in items]
            parts = [part for each in found for part in _date_parts(each)]
            return {"date-parts": parts} if parts and len(parts) == len(found) else found
        case Mapping(values=values):
            whole = {name: _plain(each) for name, each in values.items()}
            if "year" not in whole:
                return whole
            parts = [whole[name] for name in ("year", "month", "day") if name in whole]
            return {**whole, "date-parts": [parts]}


def _date_parts(value: object) -> list[object]:
    """Return what a date, one of two in a range, has in `date-parts`."""
    found = value.get("date-parts") if isinstance(value, dict) else None
    return found if isinstance(found, list) else []


def _tagged(text: str) -> str:
    if len(text) > LONGEST:
        return text  # it is refused
    for pattern, tags in _MARKDOWN:
        text = pattern.sub(tags, text)
    return text

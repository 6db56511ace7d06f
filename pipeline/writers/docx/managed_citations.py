"""Citations as fields of a reference manager: Word's own (`CITATION`), or Zotero's (`ADDIN`).

The result of such a field is the mark as every output prints it, until the manager makes its own.
"""

from __future__ import annotations

import hashlib
import json
from urllib.parse import quote

from ...csl.item import csl_item
from ...language.locators import locator_text
from ...marks import MarkNumber, MarkPart, MarkRange, cites_in_order
from ...model import (
    Citation,
    Cite,
    Code,
    Emphasis,
    Inlines,
    Passage,
    Strikethrough,
    Strong,
    Subscript,
    Superscript,
    Text,
    walk,
)
from ...ooxml import w
from ...xml import Element
from .context import Context
from .fields import field_around
from .languages import word_number
from .runs import joined
from .sources import source_tag

BIBLIOGRAPHIES = {
    "word": " BIBLIOGRAPHY{language} ",
    "zotero": ' ADDIN ZOTERO_BIBL {{"uncited":[],"omitted":[],"custom":[]}} CSL_BIBLIOGRAPHY ',
}
_SCHEMA = "https://github.com/citation-style-language/schema/raw/master/csl-citation.json"
_ITEMS = "http://zotero.org/users/local/briefwright/items/"  # ids: the same in every citation
_PLAIN = (
    Cite, Citation, Text, Code, Emphasis, Strong, Strikethrough, Superscript, Subscript, Passage,
)  # fmt: skip


def manager_of(citation: Citation, context: Context) -> str:
    """Return "word" or "zotero", or "ref" for a citation that stands by itself.

    Unresolved citations are in no manager; and fields inside the field of a manager, such as a
    cross-reference before a key, are lost when LibreOffice saves.
    """
    nested = [node for cite in citation.cites for node in walk(cite)]
    if any(context.unresolved(cite.anchor) for cite in citation.cites) or not all(
        isinstance(node, _PLAIN) and (not isinstance(node, Citation)) for node in nested
    ):
        return "ref"
    return context.word_citations


def managed_citation(
    manager: str,
    citation: Citation,
    parts: tuple[MarkPart, ...],
    content: list[Element],
    context: Context,
) -> list[Element]:
    """Return the mark `content` as the result of the field of a manager."""
    cites = cites_in_order(citation.cites, context.numbered.numbers, context.numbered.marks)
    if manager == "zotero":
        instruction = _zotero_instruction(citation, cites, mark_text(parts), context)
        return field_around(instruction, content)
    field = field_around(_word_instruction(cites, context), content)
    properties = w("sdtPr", w("id", val=context.controls.next()), w("citation"))
    return [w("sdt", properties, w("sdtContent", *joined(field)))]


def mark_text(parts: tuple[MarkPart, ...]) -> str:
    return "".join(
        [
            part.text if isinstance(part, MarkNumber | MarkRange) else _words((part,))
            for part in parts
        ]
    )


def _words(inlines: Inlines) -> str:
    """Return the text of inlines with the spaces at its ends."""
    nodes = (node for inline in inlines for node in walk(inline))
    return "".join([node.text for node in nodes if isinstance(node, Text | Code)])


def language_switch(lang: str) -> str:
    number = word_number(lang)
    return rf" \l {number}" if number else ""


def _word_instruction(cites: list[Cite], context: Context) -> str:
    r"""Return ` CITATION lee2019 \p 4 \l 2057 \m smith2021 ` (17.16.5.8).

    `\f` and `\s` are what stands before and after; Word puts "p." before what `\p` says.
    """
    words = ["CITATION"]
    for position, cite in enumerate(cites):
        words += ([r"\m"] if position else []) + [source_tag(cite.key)]
        if cite.prefix:
            words += [r"\f", _quoted(_words(cite.prefix) + " ")]
        if cite.suffix:
            words += [r"\s", _quoted(_words(cite.suffix))]
        if cite.locator:
            label, value = cite.locator.label, _hyphened(cite.locator.value)
            several = cite.locator.several
            shown = value if label == "page" else locator_text(label, value, context.lang, several)
            words += [r"\p", _quoted(_hyphened(shown))]
        if position == 0 and (language := language_switch(context.lang)):
            words.append(language.strip())
    return f" {' '.join(words)} "


def _hyphened(value: str) -> str:
    """Return a locator with the hyphens that Word knows a range of pages by."""
    return value.replace("--", "-").replace("–", "-")


def _quoted(argument: str) -> str:
    if not any(character in argument for character in ' "\\'):
        return argument
    escaped = argument.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def _zotero_instruction(citation: Citation, cites: list[Cite], text: str, context: Context) -> str:
    """Return the instruction of a citation as Zotero's plug-in for Word writes it."""
    library = {reference.key: reference for reference in context.numbered.bibliography}
    items = []
    for cite in cites:
        item: dict[str, object] = {
            "id": cite.key,
            "uris": [_ITEMS + quote(cite.key, safe="")],
            "itemData": csl_item(library[cite.key]),
        }
        if cite.locator:
            item |= {"locator": cite.locator.value, "label": cite.locator.label}
        if cite.prefix:
            item["prefix"] = _words(cite.prefix)
        if cite.suffix:
            item["suffix"] = _words(cite.suffix)
        items.append(item)
    identity = f"{context.numbered.brief.name} {citation.anchor}".encode("utf-8", "replace")
    value = {
        "citationID": hashlib.sha256(identity).hexdigest()[:8],
        "properties": {"formattedCitation": text, "plainCitation": text, "noteIndex": 0},
        "citationItems": items,
        "schema": _SCHEMA,
    }
    written = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return f" ADDIN ZOTERO_ITEM CSL_CITATION {written} "

"""Code: listings, cells that another program would run, and raw blocks for other formats."""

from __future__ import annotations

import re
from itertools import takewhile

from ...diagnostics import Span
from ...model import Block, CodeBlock, Inlines, Paragraph
from .attributes import Attributes, parse_attributes
from .directive_tables import read_csv_directive
from .foreign import report_cell, report_left_out
from .grammar import parse_inlines
from .inclusions import inclusion_hint
from .inlines import read_inlines
from .origins import Origin
from .reading import Nested, Reading

LANGUAGE = re.compile(r"\{?\s*\.?(?P<language>[\w+#-]*)")
CELL = re.compile(r"\{(?P<engine>[A-Za-z][\w:-]*)(?=[\s},])")
CODE_DIRECTIVES = ("code", "code-block", "sourcecode")
MADE_DIRECTIVES = ("bibliography", "contents", "tableofcontents", "toctree")  # by every build
OPTION = re.compile(r":[\w-]+:(?:[ \t].*)?")
HIDDEN = re.compile(
    r"^#\|\s*(?:include|echo):\s*(?:false|no)\s*$|\b(?:include|echo)\s*=\s*(?:FALSE|F)\b",
    re.MULTILINE | re.IGNORECASE,
)
CAPTIONS = ("lst-cap", "caption", "filename", "title")  # Quarto, pandoc-crossref, Quarto, MkDocs


def read_code(reading: Reading, node: Nested) -> list[Block]:
    """Return a listing below its caption, or nothing for what is not for readers."""
    token, span = node.token, reading.block_span(node.token)
    info = token.info.strip()
    found = parse_attributes(info, len(info.partition("{")[0]), len(info))
    attributes = found[0] if found else Attributes()
    if attributes.raw:
        report_left_out(reading, f"a block for {attributes.raw} alone", span)
        return []
    cell = CELL.match(info)
    if cell and cell["engine"] in CODE_DIRECTIVES:
        return _directive(reading, node, info.partition("}")[2].strip())
    if cell and cell["engine"] in MADE_DIRECTIVES:
        report_left_out(reading, f"`{{{cell['engine']}}}`", span)
        return []
    if cell and cell["engine"].endswith("include") and (hint := inclusion_hint(info)):
        message = f"`{info}` is left out: no other file is read"
        reading.report("unread-markup", message, span, hint)
        return []
    if cell and cell["engine"] == "csv-table":
        table = read_csv_directive(reading, node, info.partition("}")[2].strip())
        return [table] if table else [CodeBlock(token.content, span=span)]
    if cell and (hidden := HIDDEN.search(f"{info}\n{token.content}")):
        message = f"a cell of `{cell['engine']}` that hides its code is left out, and not run"
        hint = f"`{hidden[0].strip()}`: save what it makes as an image, a table or text"
        reading.report("code-not-run", message, span, hint)
        return []
    report_cell(reading, info, span)
    named = LANGUAGE.match(info)
    language = named["language"] if named else ""
    if attributes.classes or attributes.anchor:
        language = next(iter(attributes.classes), "")
    block = CodeBlock(token.content, language, span=span)
    caption = _caption(reading, node, attributes, span)
    return [Paragraph(caption, span=span), block] if caption else [block]


def _directive(reading: Reading, node: Nested, language: str) -> list[Block]:
    """Return MyST's ```` ```{code-block} python ````, below its `:caption:`."""
    span = reading.block_span(node.token)
    rows = node.token.content.splitlines(keepends=True)
    options = [*takewhile(OPTION.match, rows)]
    block = CodeBlock("".join(rows[len(options) :]).lstrip("\n"), language, span=span)
    caption = next((row for row in options if row.startswith(":caption:")), "")
    words = caption.removeprefix(":caption:").strip()
    if not words:
        return [block]
    at = reading.source.text.index(caption.rstrip("\n"), node.token.meta["beginning"])
    origin = Origin(reading.source, [0], [at + caption.index(words)])
    inlines = read_inlines(reading, parse_inlines(words, reading.env), origin, 1)
    return [Paragraph(inlines, span=span), block]


def _caption(reading: Reading, node: Nested, attributes: Attributes, span: Span) -> Inlines:
    name = next((name for name in CAPTIONS if attributes.values.get(name)), "")
    if attributes.anchor:
        message = f"listings have no numbers, and `{attributes.anchor}` is the anchor of none"
        hint = "make it a figure, or refer to it in words"
        reading.report("unread-markup", message, span, hint)
    if not name:
        return ()
    begin: int = node.token.meta["beginning"]
    info_at = reading.source.text.index(node.token.info.strip(), begin)
    at = info_at + attributes.values_at[name]
    origin = Origin(reading.source, [0], [at])
    return read_inlines(reading, parse_inlines(attributes.values[name], reading.env), origin, 1)

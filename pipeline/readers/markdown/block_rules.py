"""Our block rules: fenced parts, comments, complete table rows, and where blocks begin."""

from __future__ import annotations

import re

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock, table
from markdown_it.token import Token
from mdit_py_plugins.deflist import deflist_plugin
from mdit_py_plugins.footnote.index import footnote_def

from ..source import Source
from .attributes import Attributes, parse_attributes
from .origins import aligned_origin

FENCE = re.compile(r":{3,}[ \t]*(?P<name>[^\s:{}\[]+|(?=\{))?")
PART_TITLE = re.compile(r"[ \t]*\[([^\]\n]+)\]|[ \t]+([^\s:{}\[](?:[^{}\n]*[^\s:{}])?)")
FENCE_END = re.compile(r"[ \t]*:*[ \t]*")
WORDS = re.compile(r"[^\W\d_][\w-]*(?:[ \t]+[^\W\d_][\w-]*)+")
CAPTION = re.compile(r"(?::|[Tt]able:)[ \t]+(?=\S)")
DELIMITERS = re.compile(r"[ \t]*\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t|:-]*)?")
CELL = re.compile(r"(?:[^|]|(?<=\\)\|)*")
BLANK_LINE = re.compile(r"\n[ \t]*\n")
ADMONITIONS = {
    "seealso": "See also",
    **{
        name: name.capitalize()
        for name in (
            "admonition", "aside", "attention", "card", "caution", "danger", "dropdown", "error",
            "hint", "important", "margin", "note", "sidebar", "tip", "topic", "warning",
        )
    },
}  # fmt: skip
# What pandoc, Docusaurus and VuePress write behind `:::` for a box with that title.
BOXES = ("note", "tip", "warning", "caution", "important", "danger", "attention", "hint", "info")
INTERRUPTS = ["paragraph", "reference", "blockquote", "list"]  # what our blocks may interrupt


def block_rules(md: MarkdownIt) -> None:
    ruler = md.block.ruler
    deflist_plugin(md)
    rules = {rule.name: rule.fn for rule in ruler.__rules__}
    definitions = rules["deflist"]

    def definition_list(state: StateBlock, start: int, end: int, silent: bool) -> bool:
        """Like the plugin's, but the caption of a table is no definition."""
        return not _captions_a_table(state, start + 2, end) and definitions(
            state, start, end, silent
        )

    ruler.at("deflist", definition_list, {"alt": ["paragraph", "reference", "blockquote"]})
    ruler.at("table", whole_table, {"alt": ["paragraph", "reference"]})
    ruler.before("reference", "footnote_def", footnote_def, {"alt": ["paragraph", "reference"]})
    ruler.before("fence", "part", part, {"alt": INTERRUPTS})
    ruler.before("part", "comment", comment, {"alt": ["paragraph", "reference"]})
    ruler.before("table", "begin", begin, {"alt": []})


def begin(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Note where the next block begins, for the first token it will push; never matches."""
    if not silent:
        beginning = state.bMarks[start] + state.tShift[start]
        state.env["beginnings"][len(state.tokens)] = beginning
    return False


def part(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """`::: summary` … `:::`, or `::: {.callout lang=fr}`; parts may stand in parts.

    As in pandoc, a line of colons alone closes the innermost open part, whatever their number.
    """
    position = state.bMarks[start] + state.tShift[start]
    found = FENCE.match(state.src, position, state.eMarks[start])
    if not found or state.is_code_block(start):
        return False
    if found["name"] is None:
        return _close_part(state, start, end, silent, found.end())
    attributes = _part_attributes(state, found, state.eMarks[start])
    if attributes is None:
        return False
    if silent:
        return True
    open_parts: list[int] = state.env["parts"]
    token = state.push("part_open", "", 1)
    token.meta["attributes"] = attributes
    lines = token.map = [start, end]
    open_parts.append(state.level)
    state.env["part_end"] = None
    old_parent, state.parentType = state.parentType, "part"
    state.line = start + 1
    state.md.block.tokenize(state, start + 1, end)
    state.parentType = old_parent
    open_parts.pop()
    close, state.env["part_end"] = state.env["part_end"], None
    token.meta["closed"] = close is not None
    state.line = lines[1] = state.line if close is None else close + 1
    state.push("part_close", "", -1)
    return True


def _close_part(state: StateBlock, start: int, end: int, silent: bool, after: int) -> bool:
    open_parts: list[int] = state.env["parts"]
    if not open_parts or state.src[after : state.eMarks[start]].strip():
        return False
    if silent:
        return True
    if open_parts[-1] != state.level:
        return False
    state.env["part_end"] = start
    state.line = end  # ends the loop that reads the inside of the part
    return True


def _part_attributes(state: StateBlock, found: re.Match[str], end: int) -> Attributes | None:
    """Read what follows the colons: a name, or braces; colons may follow, and nothing else."""
    if found["name"] and found["name"].lower() in BOXES:
        attributes = Attributes()
        titled = PART_TITLE.match(state.src, found.end(), end)
        position = titled.end() if titled else found.end()
        place = titled.start(titled.lastindex or 0) if titled else found.start("name")
        _make_box(attributes, titled[titled.lastindex or 0] if titled else found["name"], place)
    elif found["name"]:
        attributes, position = Attributes(), found.end()
        words = WORDS.match(state.src, found.start("name"), end)
        if words:  # "Key Findings"
            position = words.end()
        name = "-".join((words[0] if words else found["name"]).split())
        attributes.classes.append(name.lower())
    else:
        parsed = parse_attributes(state.src, found.end(), end)
        if parsed is None:
            return None
        attributes, position = parsed
        attributes.anchor_place = attributes.anchor_at
        if len(attributes.classes) == 1 and attributes.classes[0] in BOXES:
            name = attributes.classes.pop()
            _make_box(attributes, name, state.src.index(name, found.end()))
    rest = FENCE_END.fullmatch(state.src, position, end)
    return attributes if rest else None


def _make_box(attributes: Attributes, title: str, place: int) -> None:
    """Make a part a callout. Its title is the name of the box if it has none."""
    attributes.classes.append("callout")
    if "title" not in attributes.values:
        attributes.values["title"] = title.capitalize() if title.lower() in BOXES else title
        attributes.values_at["title"] = place


def comment(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """A comment over any number of lines; what follows it on its last line is read.

    It ends a paragraph only if it holds a blank line; otherwise it is an inline comment.
    """
    position = state.bMarks[start] + state.tShift[start]
    if not state.src.startswith("<!--", position) or state.is_code_block(start):
        return False
    if state.env["last_comment_end"] < position:
        return False
    close = state.src.find("-->", position + 2, state.eMarks[end - 1])
    if close < 0:
        return False
    if silent:
        return bool(BLANK_LINE.search(state.src, position, close))
    last = start
    while state.eMarks[last] < close:
        last += 1
        if state.sCount[last] < state.blkIndent and not state.isEmpty(last):
            return False
    rest = state.skipSpaces(close + 3)
    if rest >= state.eMarks[last]:
        state.line = last + 1
        return True
    if last == start:
        return False  # a comment before text on one line: the inline rule's
    state.bMarks[last], state.tShift[last], state.sCount[last] = rest, 0, state.blkIndent
    state.line = last
    return True


def whole_table(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """markdown-it-py's table, with the place of every cell; surplus cells are joined to the last.

    A caption directly below ends the table.
    """
    if start + 1 >= end or not _is_delimiter_row(state, start + 1):
        return False
    last = start + 2
    while last < end and not is_caption(state, last) and not state.isEmpty(last):
        last += 1
    first_token = len(state.tokens)
    if not table(state, start, last, silent):
        return False
    if not silent:
        _complete_rows(state, state.tokens[first_token:])
    return True


def _is_delimiter_row(state: StateBlock, line: int) -> bool:
    position = state.bMarks[line] + state.tShift[line]
    return bool(DELIMITERS.fullmatch(state.src, position, state.eMarks[line]))


def is_caption(state: StateBlock, line: int) -> bool:
    position = state.bMarks[line] + state.tShift[line]
    return bool(CAPTION.match(state.src, position, state.eMarks[line]))


def _captions_a_table(state: StateBlock, line: int, end: int) -> bool:
    """Say whether `: words` stands on this line between a blank line and a table."""
    if line >= end or not state.isEmpty(line - 1) or not is_caption(state, line):
        return False
    below = line + 1
    while below < end and state.isEmpty(below):
        below += 1
    return below + 1 < end and table(state, below, end, True)


def _complete_rows(state: StateBlock, tokens: list[Token]) -> None:
    """Give each cell its origin, and join surplus cells of a row to its last one."""
    source: Source = state.env["source"]
    row: list[Token] = []
    line = 0
    for token in tokens:
        if token.type == "tr_open" and token.map:
            row, line = [], token.map[0]
        elif token.type == "inline":
            row.append(token)
        elif token.type == "tr_close":
            cells = _cells(state, line)
            if len(cells) > len(row):
                start, (_, stop) = cells[len(row) - 1][0], cells[-1]
                row[-1].content = state.src[start:stop].replace("\\|", "|")
                row[-1].meta["ragged"] = len(cells)
                cells[len(row) - 1] = start, stop
            for token_of_cell, (start, stop) in zip(row, cells, strict=False):
                origin = aligned_origin(source, token_of_cell.content, start, stop)
                token_of_cell.meta["origin"] = origin


def _cells(state: StateBlock, line: int) -> list[tuple[int, int]]:
    """Return where the text of each cell of a row begins and ends."""
    position, end = state.bMarks[line] + state.tShift[line], state.eMarks[line]
    cells = []
    while position <= end:
        found = CELL.match(state.src, position, end)
        stop = found.end() if found else position
        words = state.src[position:stop]
        start = position + len(words) - len(words.lstrip())
        cells.append((start, start + len(words.strip())))
        position = stop + 1
    if len(cells) > 1 and cells[0][0] == cells[0][1]:
        cells.pop(0)
    if len(cells) > 1 and cells[-1][0] == cells[-1][1]:
        cells.pop()
    return cells

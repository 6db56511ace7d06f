"""Block rules for what MyST, Quarto, Obsidian and GitHub write on lines of their own.

Directives in braces (`:::{note}`, ```` ```{figure} rain.png ````) become the parts and figures that
they are here. (MyST Markdown's guide, "Directives"; rST's options `:name: value`)
"""

from __future__ import annotations

import re

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock

from .attributes import Attributes
from .block_rules import ADMONITIONS, INTERRUPTS
from .origins import Origin

OPENING = re.compile(
    r"(?P<fence>(?P<ticks>`{3,})|~{3,}|:{3,})[ \t]*\{(?P<name>[A-Za-z][\w:-]*)\}[ \t]*"
    r"(?P<argument>(?(ticks)[^`\n]|[^\n])*)"
)
OPTION = re.compile(r":(?P<name>[\w-]+):[ \t]*(?P<value>.*)")
QUOTES = ("blockquote", "epigraph", "pull-quote")
FIGURES = ("figure", "image")
TARGET = re.compile(r"\((?P<label>[^\s()]+)\)=[ \t]*")
COMMENT = re.compile(r"%(?:[ \t].*)?|%%[ \t](?:(?!%%).)*|%%(?:(?!%%).)+%%[ \t]*")
COMMENT_BEGINS, COMMENT_ENDS = re.compile(r"%%(?!.*%%)"), re.compile(r"(?:.*[^%])?%%[ \t]*")
CONTENTS = re.compile(
    r"@?\[\[?_?(?:TOC|toc)_?\]?\]|\{\{\s*toc\s*\}\}|\$\{toc\}|\{:\s?toc[^{}\n]*\}"
    r"|(?:[*+-]|1\.)[ \t]+\S.{0,60}(?=\n\{:\s?toc[^{}\n]*\}[ \t]*(?:\n|\Z))"
)
# kramdown's attributes of a block (its guide, "Inline Attribute Lists"), MyST's break of a block.
BLOCK_ATTRIBUTES = re.compile(r"\{:[^{}\n]*\}[ \t]*")
SCRIPT = re.compile(r"<(style|script)\b[^>\n]*>", re.IGNORECASE)
BREAK = re.compile(r"\+\+\+(?:[ \t]+\S.*|[ \t]*)")


def directive_rules(md: MarkdownIt) -> None:
    ruler = md.block.ruler
    ruler.before("fence", "directive", directive, {"alt": INTERRUPTS})
    ruler.before("reference", "target", target, {"alt": INTERRUPTS})
    ruler.before("reference", "percent_comment", percent_comment, {"alt": []})
    ruler.before("list", "contents", contents, {"alt": []})
    alternatives = [*INTERRUPTS, "table"]
    ruler.before("reference", "block_attributes", block_attributes, {"alt": alternatives})
    ruler.before("reference", "script", script, {"alt": INTERRUPTS})
    ruler.before("reference", "block_break", block_break, {"alt": INTERRUPTS})


def directive(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """A directive whose inside is Markdown; others are left to the rule for code."""
    position = state.bMarks[start] + state.tShift[start]
    found = OPENING.fullmatch(state.src, position, state.eMarks[start])
    if not found or state.is_code_block(start):
        return False
    name = found["name"]
    is_colon = found["fence"].startswith(":")
    if not is_colon and name not in (*ADMONITIONS, *QUOTES, *FIGURES, "table", "list-table"):
        return False
    if silent:
        return True
    close = _close(state, start, end, found["fence"])
    first, options = _options(state, start + 1, close)
    state.line = min(close + 1, end)
    if name in FIGURES and found["argument"].strip():
        first = _push_figure(state, found, options, start, first, close)
        _read_inside(state, first, close)
        state.line = min(close + 1, end)
        return True
    kind = "blockquote" if name in QUOTES else "part"
    token = state.push(f"{kind}_open", "", 1)
    token.map = [start, state.line]
    after = state.line
    if kind == "part":
        token.meta["attributes"] = _part_attributes(found, options)
        token.meta["closed"] = close < end
    parts, state.env["parts"] = state.env["parts"], []
    old_parent, state.parentType = state.parentType, kind
    _read_inside(state, first, close)
    state.parentType, state.env["parts"] = old_parent, parts
    state.line = after
    state.push(f"{kind}_close", "", -1)
    return True


def _read_inside(state: StateBlock, first: int, end: int) -> None:
    """Read blocks up to a line, which no paragraph passes."""
    old_end, state.lineMax = state.lineMax, end
    if first < end:
        state.md.block.tokenize(state, first, end)
    state.lineMax = old_end


def _close(state: StateBlock, start: int, end: int, fence: str) -> int:
    """Return the line that closes a directive, or the end of what it stands in."""
    closing = re.compile(rf"[ \t]*{fence[0]}{{{len(fence)},}}[ \t]*")
    for line in range(start + 1, end):
        if state.sCount[line] < state.blkIndent and not state.isEmpty(line):
            return line
        if closing.fullmatch(state.src, state.bMarks[line], state.eMarks[line]):
            return line
    return end


def _options(state: StateBlock, line: int, end: int) -> tuple[int, dict[str, tuple[str, int]]]:
    """Return the first line below the options, and each with the place of its value."""
    options: dict[str, tuple[str, int]] = {}
    while line < end:
        at = state.bMarks[line] + state.tShift[line]
        found = OPTION.fullmatch(state.src, at, state.eMarks[line])
        if not found:
            break
        options[found["name"]] = found["value"].strip(), found.start("value")
        line += 1
    return line, options


def _part_attributes(found: re.Match[str], options: dict[str, tuple[str, int]]) -> Attributes:
    attributes = Attributes()
    name, argument = found["name"], found["argument"].strip()
    attributes.classes.append("callout" if name in ADMONITIONS else name)
    if argument:
        attributes.values["title"] = argument
        attributes.values_at["title"] = found.start("argument")
    elif name in ADMONITIONS:
        attributes.values["title"] = ADMONITIONS[name]
        attributes.values_at["title"] = found.start("name")
    if label := options.get("name") or options.get("label"):
        attributes.anchor, attributes.anchor_place = label
    return attributes


def _push_figure(
    state: StateBlock,
    found: re.Match[str],
    options: dict[str, tuple[str, int]],
    start: int,
    line: int,
    close: int,
) -> int:
    """Push an image in our own notation; return the line below its caption."""
    rows: list[tuple[str, int]] = []
    while line < close and state.isEmpty(line):
        line += 1
    while line < close and not state.isEmpty(line):
        at = state.bMarks[line] + state.tShift[line]
        rows.append((state.src[at : state.eMarks[line]].rstrip(), at))
        line += 1
    content, offsets, places = "![", [0], [found.start()]
    for number, (row, at) in enumerate(rows):
        content += "\n" if number else ""
        offsets.append(len(content))
        places.append(at)
        content += row
    offsets.append(len(content) + len("]"))
    places.append(max(found.start("argument") - 2, 0))
    content += f"](<{found['argument'].strip()}>)"
    for name, value in _figure_attributes(options):
        text, at = value
        quote = "'" if '"' in text else '"'
        sign = "#" if name == "#" else f"{name}={quote}"
        content += " " if content.endswith(quote) else "{"
        offsets.append(len(content) + len(sign))
        places.append(at)
        content += f"{sign}{text}{'' if name == '#' else quote}"
    content += "}" if _figure_attributes(options) else ""
    state.push("paragraph_open", "p", 1).map = [start, line]
    token = state.push("inline", "", 0)
    token.content, token.map, token.children = content, [start, line], []
    token.meta["origin"] = Origin(state.env["source"], offsets, places)
    state.push("paragraph_close", "p", -1)
    return line


def _figure_attributes(options: dict[str, tuple[str, int]]) -> list[tuple[str, tuple[str, int]]]:
    names = {"alt": "alt", "width": "width", "name": "#", "label": "#"}
    found = [(names[name], value) for name, value in options.items() if name in names]
    return sorted((pair for pair in found if pair[1][0]), key=lambda pair: pair[0] == "#")


def target(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """MyST's `(label)=` before a heading: its anchor."""
    at = state.bMarks[start] + state.tShift[start]
    found = TARGET.fullmatch(state.src, at, state.eMarks[start])
    if not found or state.is_code_block(start):
        return False
    if not silent:
        token = state.push("target", "", 0)
        token.map = [start, start + 1]
        token.content = found["label"]
        token.meta["place"] = found.start("label")
        state.line = start + 1
    return True


def percent_comment(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """MyST's `% note`, Obsidian's `%%note%%`: the author's own.

    It begins a block; "5\\n% of them" is text.
    """
    at = state.bMarks[start] + state.tShift[start]
    if state.is_code_block(start):
        return False
    if not COMMENT.fullmatch(state.src, at, state.eMarks[start]):
        return _long_comment(state, start, end)
    if not state.env["source"].text[:at].strip():
        message = "the title block of pandoc is printed as text"
        unread = message, "write `title: …` in lines between two of `---`"
        state.env["unread"].append((at, state.eMarks[start], *unread))
        return False
    state.line = start + 1
    return True


def _long_comment(state: StateBlock, start: int, end: int) -> bool:
    """Obsidian's `%%`, any lines, `%%`."""
    at = state.bMarks[start] + state.tShift[start]
    if not COMMENT_BEGINS.match(state.src, at, state.eMarks[start]):
        return False
    for line in range(start + 1, end):
        if COMMENT_ENDS.fullmatch(state.src, state.bMarks[line], state.eMarks[line]):
            state.line = line + 1
            return True
    return False


def block_attributes(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """kramdown's `{: .class}` on a line of its own."""
    return _left_out(state, BLOCK_ATTRIBUTES, start, silent)


def block_break(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """`+++`, with which MyST divides notebooks."""
    return _left_out(state, BREAK, start, silent)


def _left_out(state: StateBlock, expression: re.Pattern[str], start: int, silent: bool) -> bool:
    at = state.bMarks[start] + state.tShift[start]
    found = expression.fullmatch(state.src, at, state.eMarks[start])
    if not found or state.is_code_block(start):
        return False
    if not silent:
        state.line = start + 1
    if not silent and len(found[0].rstrip()) > len("+++"):
        token = state.push("left_out", "", 0)
        token.content, token.map = found[0].rstrip(), [start, start + 1]
    return True


def script(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """`<style>` or `<script>` and its closing tag: nothing that readers see."""
    at = state.bMarks[start] + state.tShift[start]
    found = SCRIPT.match(state.src, at, state.eMarks[start])
    if not found or state.is_code_block(start):
        return False
    for line in range(start, end):
        row = state.src[state.bMarks[line] : state.eMarks[line]].rstrip().lower()
        if row.endswith(f"</{found[1].lower()}>"):
            if not silent:
                token = state.push("left_out", "", 0)
                token.content, token.map = found[0], [start, line + 1]
                state.line = line + 1
            return True
    return False


def contents(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """A line that asks for the list of contents."""
    at = state.bMarks[start] + state.tShift[start]
    found = CONTENTS.match(state.src, at)
    rest = state.src[found.end() : state.eMarks[start]] if found else "x"
    if not found or rest.strip() or state.is_code_block(start):
        return False
    token = state.push("contents", "", 0)
    token.content, token.map = found[0], [start, start + 1]
    state.line = start + 1
    return True

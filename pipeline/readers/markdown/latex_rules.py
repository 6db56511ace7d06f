"""LaTeX in Markdown: commands in a line, environments on lines of their own.

pandoc and R Markdown pass it on to LaTeX. Here labels, references (also bookdown's `\\@ref(x)`) and
equations are read with their meaning there; all else is recognised so that it can be reported.
"""

from __future__ import annotations

import re

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.rules_inline import StateInline

from .attributes import Attributes
from .block_rules import INTERRUPTS

REFERENCE = (
    r"\\(?:(?P<named>auto|c|C)?ref\*?\{|eqref\{|@ref\()\s*(?P<label>[^{}()\\,]*[^{}()\\,\s])\s*[})]"
)
LABEL = r"\\label\{\s*(?P<label>[^{}\\]*[^{}\\\s])\s*\}"
COMMAND = r"\\(?P<name>[A-Za-z]{2,}\*?)(?P<values>(?:\[[^\[\]\n]*\]|\{(?:[^{}]|\{[^{}]*\})*\})*)"
# Page layout: nothing for readers.
LAYOUT = frozenset(
    re.findall(
        r"\w+",
        """
        addcontentsline appendix backmatter bigskip blandscape centering cleardoublepage clearpage
        elandscape footnotesize huge Huge landscape large Large LARGE normalsize raggedright
        scriptsize singlespace small sloppy tiny
        fancyfoot fancyhead FloatBarrier frontmatter hfill hspace index listoffigures
        listoftables mainmatter medskip newpage noindent onehalfspacing pagebreak pagenumbering
        pagestyle setcounter setlength singlespacing smallskip tableofcontents thispagestyle toc
        vfill vspace
        """,
    )
)
BEGIN = re.compile(r"\\begin\{(?P<name>[A-Za-z]+\*?)\}")
EQUATIONS = frozenset(("equation", "equation*", "displaymath"))  # their inside is the formula
ALIGNED = frozenset(("align", "align*", "gather", "gather*"))


def latex_rules(md: MarkdownIt) -> None:
    md.inline.ruler.before("escape", "latex", command)
    md.block.ruler.before("fence", "environment", environment, {"alt": INTERRUPTS})


def command(state: StateInline, silent: bool) -> bool:
    """A reference, a label, or a command with braces; other words after a `\\` are text."""
    start = state.pos
    if state.src[start] != "\\":
        return False
    reference = re.compile(REFERENCE).match(state.src, start, state.posMax)
    label = re.compile(LABEL).match(state.src, start, state.posMax)
    found = reference or label or re.compile(COMMAND).match(state.src, start, state.posMax)
    if not found:
        return False
    kind = "reference" if reference else "label" if label else "command"
    end = found.end()
    if kind == "command" and found["name"] not in LAYOUT:
        if not found["values"] and not _stands_alone(state, start, found.end()):
            return False
        end = found.end("name")  # its values are read on: they may cite
    if not silent:
        token = state.push(f"latex_{kind}", "", 0)
        token.content = state.src[start:end]
        token.meta.update(end=end, found=found)
    state.pos = end
    return True


def _stands_alone(state: StateInline, start: int, end: int) -> bool:
    r"""Say whether a command without braces has blanks on both sides: not `C:\temp\rain`."""
    before, after = state.src[start - 1 : start], state.src[end : min(end + 1, state.posMax)]
    return (not before or before.isspace()) and (not after or after.isspace())


def environment(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """`\\begin{x}` to its `\\end{x}`, over any lines: an equation, or LaTeX to be said."""
    position = state.bMarks[start] + state.tShift[start]
    found = BEGIN.match(state.src, position, state.eMarks[start])
    if not found or state.is_code_block(start):
        return False
    last = _last_line(state, found["name"], start, end)
    if last is None:
        return False
    if silent:
        return True
    text = state.getLines(start, last + 1, state.blkIndent, False).strip()
    name = found["name"]
    if name in EQUATIONS or name in ALIGNED:
        inside = text[len(found[0]) : text.rindex(rf"\end{{{name}}}")]
        token = state.push("equation", "math", 0)
        token.content = " ".join((inside if name in EQUATIONS else text).split())
        token.meta["attributes"] = Attributes()
    else:
        token = state.push("latex_environment", "", 0)
        token.content, token.info = text + "\n", name
    token.map = [start, last + 1]
    state.line = last + 1
    return True


def _last_line(state: StateBlock, name: str, start: int, end: int) -> int | None:
    marks = re.compile(rf"\\(begin|end)\{{{re.escape(name)}\}}")
    depth = 0
    for line in range(start, end):
        if state.sCount[line] < state.blkIndent and not state.isEmpty(line):
            return None
        row = state.src[state.bMarks[line] : state.eMarks[line]]
        for found in marks.finditer(row):
            depth += 1 if found[1] == "begin" else -1
            if depth == 0:
                return line if not row[found.end() :].strip() else None
    return None

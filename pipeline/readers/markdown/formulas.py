"""From the tokens of formulas to the tree; formulas that cannot be shown are reported here."""

from __future__ import annotations

import re
from functools import cache

from markdown_it.token import Token

from ...diagnostics import Span
from ...model import Anchor, Code, CodeBlock, Equation, Math
from .anchors import label_anchor, of_kind, written_anchor
from .attributes import Attributes
from .latex_rules import LABEL
from .reading import Nested, Reading

OPTION = r":\w+:"  # of a directive of MyST
UNNUMBERED = r"\\(?:nonumber|notag)(?![A-Za-z])"  # an equation without an anchor has no number


def read_formula(reading: Reading, node: Nested, span: Span) -> Math | Code:
    """Return a formula; one that cannot be shown stays as it is written, for a draft."""
    tex = node.token.content
    if node.token.meta["displayed"]:
        hint = "write $…$ for a formula within a line"
        reading.report("bad-math", "an equation cannot be placed here", span, hint)
    elif _is_good(reading, tex, False, span):
        return Math(tex, span=span)
    return Code(tex, span=span)


def read_equation(reading: Reading, token: Token, span: Span) -> Equation | CodeBlock:
    tex = re.sub(UNNUMBERED, "", re.sub(LABEL, "", token.content)).strip()
    anchor = _label(reading, token, span) or _anchor(reading, token, span)
    if _is_good(reading, tex, True, span):
        attributes: Attributes = token.meta["attributes"]
        return Equation(anchor, tex, attributes.values.get("alt", ""), span=span)
    return CodeBlock(tex, span=span)


def is_math_directive(info: str) -> bool:
    """Say whether a fence is MyST's ```` ```{math} ````."""
    return info.split()[:1] == ["{math}"]


def read_math_directive(reading: Reading, token: Token, span: Span) -> Equation | CodeBlock:
    options, formula = list[str](), list[str]()
    for row in token.content.splitlines():
        (options if re.match(OPTION, row) and not formula else formula).append(row)
    token.content = " ".join(" ".join(formula).split())
    token.meta["attributes"], token.map = Attributes(), None
    for row in options:
        if label := re.sub(OPTION, "", row).strip() if row.startswith(":label:") else "":
            token.meta["attributes"].anchor = str(of_kind(label_anchor(label), "equation"))
    return read_equation(reading, token, span)


def _label(reading: Reading, token: Token, span: Span) -> Anchor | None:
    found = re.search(LABEL, token.content)
    return reading.anchors.add(label_anchor(found["label"]), span, "equation") if found else None


def _anchor(reading: Reading, token: Token, span: Span) -> Anchor | None:
    """Return the anchor that the author gave, or None: then the equation has no number."""
    attributes: Attributes = token.meta["attributes"]
    if not attributes.anchor:
        return None
    place = span
    if token.map:
        at = reading.source.text.rfind(
            attributes.anchor, 0, _end_of_line(reading, token.map[1] - 1)
        )
        place = reading.source.span(at, at + len(attributes.anchor))
    anchor = written_anchor(attributes.anchor)
    if anchor.kind == "equation":
        return reading.anchors.add(anchor, place, "equation")
    message = f"the anchor `{anchor}` of an equation lacks its prefix: it is not numbered"
    reading.report("bad-anchor", message, place, f"write {{#{of_kind(anchor, 'equation')}}}")
    return None


def _end_of_line(reading: Reading, line: int) -> int:
    return reading.source.starts[line] + len(reading.source.line(line))


def _is_good(reading: Reading, tex: str, display: bool, span: Span) -> bool:
    problem = _problem_in(tex, display)
    if problem:
        hint = "write \\$ for a dollar sign" if not display else ""
        reading.report("bad-math", f"the formula cannot be read: {problem}", span, hint)
    return not problem


@cache
def _problem_in(tex: str, display: bool) -> str:
    from ...maths import problem_in  # loads a font: only for briefs with formulas

    return problem_in(tex, display)

"""What was inserted and deleted since an older edition, on a page.

Changes are known by a sign and a line, not only by their colour. Screen readers announce them: by
the roles of `ins` and `del`, by the words of hidden labels on the web, and by the alternative text
of the signs in a tagged PDF.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TypeVar

from msgspec.structs import replace

from ...language.changes import change_term
from ...model import Change
from .markup import element, text
from .page import Page

_P = TypeVar("_P", bound=Page)
_TAGS: Mapping[Change, str] = {"inserted": "ins", "deleted": "del"}
_SIGNS: Mapping[Change, str] = {"inserted": "+", "deleted": "\N{MINUS SIGN}"}
# They come before the rules of the house, which may change them.
RULES = """\
:root { --redline-inserted: #0b6437; --redline-deleted: #a3241d; }
@media screen and (prefers-color-scheme: dark) {
  :root { --redline-inserted: #7fd6a4; --redline-deleted: #ff9d94; }
}
ins, ins a { color: var(--redline-inserted); text-decoration: underline; }
del, del a { color: var(--redline-deleted); text-decoration: line-through; }
ins img, del img { outline: 1.5pt dashed; outline-offset: 2pt; }
.sign { padding-inline-end: 0.1em; font-weight: bold; }
.sign.inserted { color: var(--redline-inserted); }
.sign.deleted { color: var(--redline-deleted); }
.inserted > :not(.change-label) { color: var(--redline-inserted); text-decoration: underline; }
.deleted > :not(.change-label) { color: var(--redline-deleted); text-decoration: line-through; }
.changed { padding-inline-start: 0.7em; margin-inline-start: -0.7em; }
li > .changed, td > .changed { margin-inline-start: 0; }
.changed.inserted { border-inline-start: 2.5pt solid var(--redline-inserted); }
.changed.deleted { border-inline-start: 2.5pt dotted var(--redline-deleted); }
.change-label { margin: 0.6em 0 0; font-size: 0.8em; font-weight: bold; break-after: avoid; }
.inserted > .change-label { color: var(--redline-inserted); }
.deleted > .change-label { color: var(--redline-deleted); }
.redline {
  margin: 1.2em 0;
  padding: 0.9em 1.2em;
  border: 1pt solid var(--colour-muted);
  break-inside: avoid;
}
.redline > :first-child { margin-top: 0; }
.redline > :last-child { margin-bottom: 0; }
"""


def rules_of(page: Page) -> str:
    """Return the CSS that a redline needs."""
    return RULES if page.numbered.redline else ""


def in_change(page: _P, change: Change) -> _P:
    """Return the page on which changed content is written: deleted text is the older edition's."""
    redline = page.numbered.redline
    if change == "inserted" or redline is None:
        return replace(page, change=change)
    return replace(page, change=change, numbered=replace(redline.older, redline=redline))


def changed_text(write: Callable[[_P], str], change: Change, page: _P) -> str:
    """Return text that was inserted or deleted; `write` returns it as HTML."""
    return marked(write(in_change(page, change)), change, page)


def marked(content: str, change: Change, page: Page, labelled: bool = True) -> str:
    """Return what is HTML already as inserted or deleted text.

    In entries of the reference list it is not `labelled`: nothing is hidden there.
    """
    words = change_term(change, page.lang)
    opening, closing = page.change_labels(words) if labelled else ("", "")
    attributes = {"class": f"sign {change}", "title": words, **page.silent}
    sign = element("span", _SIGNS[change], attributes)
    bare = content.lstrip(" \N{NO-BREAK SPACE}")
    blank = content[: len(content) - len(bare)]
    return f"{blank}{opening}{sign}{element(_TAGS[change], bare)}{closing}"


def marked_blocks(content: str, change: Change, moved: bool, page: Page) -> str:
    """Return blocks that are HTML already below a label that says what happened to them."""
    name = {"inserted": "moved-here", "deleted": "moved-away"}[change] if moved else change
    words = f"{_SIGNS[change]} {change_term(name, page.lang)}"
    label = element("p", text(words), {"class": "change-label"})
    role = "insertion" if change == "inserted" else "deletion"
    return element("div", f"{label}{content}", {"class": f"changed {change}", "role": role})


def summary_to_html(page: Page) -> str:
    """Return the box above the text of a redline, "" if the page is none."""
    redline = page.numbered.redline
    if redline is None:
        return ""

    def term(name: str) -> str:
        return change_term(name, page.lang)

    title = element("p", text(term("title")), {"class": "part-title"})
    counts = element("p", text(redline.summary or term("nothing")))
    legend = " ".join(marked(text(term(change)), change, page) for change in _TAGS)
    numbers = element("p", f"{legend} · {text(term('legend'))}", {"class": "legend"})
    attributes = {"class": "redline", "role": "note", "aria-label": term("title")}
    return element("div", page.lines((title, counts, numbers)), attributes)

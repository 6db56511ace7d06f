"""MyST's roles, `{name}`words``, other than those that cite: read where they have a meaning here.

(MyST Markdown's guide, "Roles"; Sphinx, "Roles": `title <target>`)
"""

from __future__ import annotations

import re

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline

from .anchors import label_anchor
from .attributes import Attributes
from .citations import close_token, open_token
from .inline_rules import push_around

ROLE = re.compile(r"\{(?P<name>[A-Za-z][\w:+-]*)\}`(?P<inside>[^`\n]+)`")
_TITLED = re.compile(r"(?P<words>[^<>]*[^<>\s])\s*<(?P<target>[^<>\s]+)>\Z")
_SIGNS = {
    **dict.fromkeys(("sub", "subscript"), "sub"),
    **dict.fromkeys(("sup", "superscript"), "sup"),
    **dict.fromkeys(("emphasis", "u", "underline", "ins"), "em"),
    "strong": "strong",
    **dict.fromkeys(("del", "s", "strike"), "s"),
}
_CODE = frozenset(("code", "command", "envvar", "file", "kbd", "literal", "program", "samp"))
_WORDS = frozenset(
    ("abbr", "abbreviation", "dfn", "guilabel", "index", "menuselection", "smallcaps", "sc", "term")
)
_LINKS = frozenset(("ref", "any", "eq", "button", "external", "link", "download", "doc"))


def role_rules(md: MarkdownIt) -> None:
    md.inline.ruler.push("role", role)


def role(state: StateInline, silent: bool) -> bool:
    """A role; one without a meaning here is printed as text, and reported."""
    if state.src[state.pos] != "{":
        return False
    found = ROLE.match(state.src, state.pos, state.posMax)
    if found is None:
        return False
    if not silent:
        _push(state, found)
    state.pos = found.end()
    return True


def _push(state: StateInline, found: re.Match[str]) -> None:
    name, (start, end) = found["name"], found.span("inside")
    titled = _TITLED.match(state.src, start, end)
    if name in _SIGNS:
        push_around(state, _SIGNS[name], "", start, end)
    elif name in _CODE:
        _push_token(state, "code_inline", found["inside"], found.end())
    elif name == "math":
        token = _push_token(state, "formula", found["inside"].strip(), found.end())
        token.update(displayed=False, attributes=Attributes())
    elif name in _WORDS:
        _push_words(state, start, titled.end("words") if titled else end)
    elif name == "numref" and titled:
        _push_number(state, found, titled)
    elif name in _LINKS and titled and name not in ("doc", "download"):
        _push_link(state, found, titled)
    else:
        token = _push_token(state, "foreign", found[0], found.end())
        token["hint"] = "write the words alone, or a link"
        if name in _LINKS:
            token["words"] = titled["words"] if titled else found["inside"]


def _push_token(state: StateInline, kind: str, content: str, end: int) -> dict[str, object]:
    token = state.push(kind, "", 0)
    token.content = content
    token.meta["end"] = end
    return token.meta


def _push_words(state: StateInline, start: int, end: int) -> None:
    state.pos = start
    state.push("text", "", 0).content = state.src[start:end]


def _push_link(state: StateInline, found: re.Match[str], titled: re.Match[str]) -> None:
    """Push a link to a label, or to an address."""
    target = titled["target"]
    opening = state.push("link_open", "a", 1)
    opening.attrs = {"href": target if "/" in target else f"#{label_anchor(target)}"}
    opening.meta.update(whole_end=found.end(), foreign=found[0])
    _push_words(state, *titled.span("words"))
    state.push("link_close", "a", -1).meta.update(start=found.end(), end=found.end())


def _push_number(state: StateInline, found: re.Match[str], titled: re.Match[str]) -> None:
    """Push `{numref}`Figure %s <fig-x>``: a cross-reference, and the words round it."""
    before, sign, after = titled["words"].partition("%s")
    if not sign:
        _push_link(state, found, titled)
        return
    start = titled.start("words")
    if before:
        _push_words(state, start, start + len(before))
    citation = open_token(state, "citation", start + len(before))
    citation["narrative"] = False
    cite = open_token(state, "cite", start + len(before))
    cite.update(key=titled["target"], key_start=titled.start("target"), locator=None)
    cite.update(anchor=label_anchor(titled["target"]), number_only=True, written=found[0])
    rest = start + len(before) + len(sign)
    close_token(state, "cite", rest)
    close_token(state, "citation", rest if after else found.end())
    if after:
        _push_words(state, rest, rest + len(after))

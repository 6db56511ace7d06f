"""The grammar of the brief language: CommonMark, the field's usual extensions, our rules."""

from __future__ import annotations

from functools import cache
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.rules_inline import autolink, backtick, image, link
from markdown_it.token import Token

from ..source import Source
from .bare_addresses import bare_address_rules
from .block_rules import block_rules
from .citations import citation_rules
from .dialect_rules import dialect_rules
from .directives import directive_rules
from .fancy_lists import fancy_list_rules, numbers_of_examples
from .foreign_citations import foreign_citation_rules
from .formula_rules import formula_rules
from .grid_tables import grid_table_rules
from .html_rules import html_rules
from .inline_rules import inline_rules
from .latex_rules import latex_rules
from .places import place_blocks
from .positions import PositionedParser, text, whole
from .roles import role_rules
from .text_tables import text_table_rules

DEEPEST = 60  # levels of tokens; the tree ends long before that


def parse_blocks(body: str, env: dict[str, Any]) -> list[Token]:
    """Return the tokens of a brief. `body` is the source with its front matter blanked out."""
    return _brief_language().parse(body, env)


def parse_inlines(text: str, env: dict[str, Any]) -> list[Token]:
    """Return the tokens of a line of Markdown outside the body, as in front matter."""
    return _brief_language().inline.parse(text, _brief_language(), env, [])


def parse_citations(text: str, env: dict[str, Any]) -> list[Token]:
    """Return the tokens of a text in which citations alone have a meaning."""
    return _citations_only().inline.parse(text, _citations_only(), env, [])


def environment(source: Source, lang: str) -> dict[str, Any]:
    """Return markdown-it-py's `env`: what the rules share while they read one text."""
    places, labels = numbers_of_examples(source.text)
    return {
        "source": source,
        "lang": lang,
        "beginnings": {},  # of blocks: index of the first token to offset
        "parts": [],  # the levels of the fenced parts that are open
        "part_end": None,  # the line that closes the innermost of them
        "lists": [],  # those of letters that are open: number format, what stands around
        "examples": places,  # numbers by the offsets of `(@)`
        "example_labels": labels,
        "list_ended": -1,  # the line that ended one of them by a number out of order
        "unread": [],  # what is printed as text: offsets of its place, message, hint
        "no_grid_before": 0,  # the first line that may begin a grid table
        "last_comment_end": source.text.rfind("-->"),
    }


@cache
def _brief_language() -> MarkdownIt:
    md = MarkdownIt()
    md.inline = PositionedParser()
    md.configure("commonmark", {"maxNesting": DEEPEST}).enable(["table", "strikethrough"])
    md.disable(["html_block", "fragments_join", "text_join"])
    md.validateLink = lambda url: True  # type: ignore[method-assign]  # `links` judges, aloud
    md.inline.ruler.at("text", text)
    md.inline.ruler.at("link", whole(link, "link_open"))
    md.inline.ruler.at("autolink", whole(autolink, "link_open"))
    md.inline.ruler.at("image", whole(image, "image"))
    md.inline.ruler.at("backticks", whole(backtick, "code_inline"))
    inline_rules(md)
    bare_address_rules(md)
    citation_rules(md)
    foreign_citation_rules(md)
    dialect_rules(md)
    html_rules(md)
    role_rules(md)
    block_rules(md)
    grid_table_rules(md)
    text_table_rules(md)
    fancy_list_rules(md)
    directive_rules(md)
    formula_rules(md)
    latex_rules(md)
    md.core.ruler.after("block", "places", place_blocks)
    return md


@cache
def _citations_only() -> MarkdownIt:
    md = MarkdownIt()
    md.inline = PositionedParser()
    md.configure("zero", {"maxNesting": DEEPEST})
    md.inline.ruler.at("text", text)
    md.inline.ruler2.enableOnly([])
    citation_rules(md)
    foreign_citation_rules(md)
    return md

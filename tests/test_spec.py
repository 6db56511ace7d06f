"""Run tests/spec/*.md: each `brief` block against the blocks after it.

The files are the specification of the brief language, written to be read. An example is a heading,
a `brief` block, and expected blocks of these kinds:

    html          the body of the page, without the attributes that identify numbers
    text          the same words as PDF and Word must show
    diagnostics   what `brief check` prints

`pytest --update` rewrites the expected blocks; read the diff before you commit it.
"""

import re
from pathlib import Path

import pytest
from spec_library import LIBRARY, files_of

from pipeline.diagnostics import Severity
from pipeline.diagnostics.render import render_text
from pipeline.lint import lint
from pipeline.marks import PRESETS
from pipeline.numbering import number
from pipeline.readers.markdown import read_markdown
from pipeline.styles import load_styles

SPEC = Path(__file__).parent / "spec"
EXAMPLE = re.compile(
    r"^## (?P<title>.+?)$(?P<prose>.*?)^(?P<fence>````*)brief\n(?P<brief>.*?)^(?P=fence)$\n"
    r"(?P<expected>(?:^(?P=fence)\w+\n.*?^(?P=fence)$\n)+)",
    re.MULTILINE | re.DOTALL,
)
EXPECTED = re.compile(
    r"^(?P<fence>````*)(?P<kind>\w+)\n(?P<text>.*?)^(?P=fence)$\n", re.MULTILINE | re.DOTALL
)
STYLES, _ = load_styles(None)


def examples():
    for path in sorted(SPEC.glob("*.md")):
        for found in EXAMPLE.finditer(path.read_text("utf-8")):
            yield pytest.param(path, found, id=f"{path.stem}: {found['title']}")


def read(text):
    brief, found = read_markdown(text, "brief.md", files_of, "en-GB")
    numbered, wrong = number(brief, LIBRARY, PRESETS.get(brief.front.marks, PRESETS["separate"]))
    return numbered, [*found, *wrong, *lint(brief, numbered, STYLES.house)]


def as_html(text):
    from pipeline.writers.html import blocks_to_html

    numbered, _ = read(text)
    html = blocks_to_html(numbered.brief.blocks, numbered, STYLES)
    html = re.sub(
        r' (?:data-anchor|data-anchors|class|id|role|aria-[a-z]+|style)="[^"]*"', "", html
    )
    html = without_plain_tags(html).replace("\N{NO-BREAK SPACE}", "&nbsp;")
    return re.sub(r"data:[^\"]+", "…", html).strip() + "\n"


def without_plain_tags(html):
    """Return HTML without `<span>` and links within the page: what is left says something."""
    kept, shown = [], []
    for piece in re.split(r"(<[^>]*>)", html):
        if found := re.fullmatch(r"<(span|a)( [^>]*)?>", piece):
            shown.append(bool(found[2]) and 'href="#' not in found[2])
            kept.append(piece if shown[-1] else "")
        elif re.fullmatch(r"</(span|a)>", piece):
            kept.append(piece if shown.pop() else "")
        else:
            kept.append(piece)
    return "".join(kept)


def as_diagnostics(text):
    lines = text.split("\n")
    _, found = read(text)
    return "".join(
        render_text(d, lines[d.span.line - 1] if 0 < d.span.line <= len(lines) else None) + "\n"
        for d in sorted(found, key=lambda d: d.span)
        if d.severity is not Severity.OFF
    )


KINDS = {"html": as_html, "diagnostics": as_diagnostics}


@pytest.mark.parametrize(("path", "example"), list(examples()))
def test_example(path, example, update):
    blocks = list(EXPECTED.finditer(example["expected"]))
    actual = [KINDS[block["kind"]](example["brief"]) for block in blocks]

    if update:
        new = "".join(
            f"{block['fence']}{block['kind']}\n{text}{block['fence']}\n"
            for block, text in zip(blocks, actual, strict=True)
        )
        text = path.read_text("utf-8")
        path.write_text(
            text.replace(example[0], example[0].replace(example["expected"], new)), "utf-8"
        )
    else:
        assert actual == [block["text"] for block in blocks]


def test_every_file_has_examples_and_no_block_is_left_out():
    for path in SPEC.glob("*.md"):
        text = path.read_text("utf-8")
        assert len(re.findall(r"^`{3,}brief$", text, re.MULTILINE)) == len(EXAMPLE.findall(text)), (
            path
        )

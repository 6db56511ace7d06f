"""Run tests/spec/*.md: each `brief` block against the blocks after it.

The files are the specification of the brief language, written to be read. An example is a heading,
a `brief` block, and expected blocks of these kinds:

    html          the body of the page, without the attributes that identify numbers
    text          the same words as PDF and Word must show
    diagnostics   what `brief check` prints

`pytest --update` rewrites the expected blocks; read the diff before you commit it.
"""

import io
import re
import zipfile
from html import unescape
from pathlib import Path

import pytest
from msgspec.structs import replace
from spec_library import LIBRARY, files_of

from pipeline.diagnostics import Severity, has_errors
from pipeline.diagnostics.render import render_text
from pipeline.lint import lint_references, lint_text
from pipeline.marks import PRESETS
from pipeline.project.loading import completed
from pipeline.project.stages import prepare
from pipeline.readers.markdown import read_markdown
from pipeline.styles import load_styles
from pipeline.writers import WRITERS

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
    numbered, wrong = prepare(brief, LIBRARY, PRESETS.get(brief.front.marks, PRESETS["separate"]))
    return numbered, [
        *found,
        *wrong,
        *lint_text(brief, STYLES.house),
        *lint_references(numbered, STYLES.house),
    ]


def as_html(text):
    from pipeline.writers.html.blocks import blocks_to_html
    from pipeline.writers.html.web import WebPage

    numbered, _ = read(text)
    html = blocks_to_html(numbered.brief.blocks, WebPage(numbered, STYLES.house))
    html = re.sub('<a class="section-link".*?</a>', "", html)
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


def as_brief(text):
    """Return a brief that is written as a whole: with a title, and what the house style says."""
    numbered, found = read(text)
    front = completed(numbered.brief.front, STYLES.house)
    return replace(numbered, brief=replace(numbered.brief, front=front)), found


def words_of_page(html):
    body = re.search(r"<main.*</main>", html, re.DOTALL)[0]
    body = re.sub(r"<math .*?</math>", " ", body)  # a picture in the PDF, an object in Word
    return re.findall(r"\w+", unescape(re.sub(r"<[^>]*>", " ", body)))


def text_of_docx(content):
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        parts = [package.read(f"word/{name}.xml").decode() for name in ("document", "footnotes")]
    return "".join(re.findall(r"<w:t[ >][^<]*|<w:t>[^<]*", "".join(parts))).replace("<w:t", "")


def text_of_pdf(content):
    import pypdfium2

    document = pypdfium2.PdfDocument(content)
    return "".join(page.get_textpage().get_text_bounded() for page in document)


@pytest.mark.parametrize("path", sorted(SPEC.glob("*.md")), ids=lambda path: path.stem)
@pytest.mark.parametrize(
    ("format", "text_of"), [("docx", text_of_docx), ("pdf", text_of_pdf)], ids=["docx", "pdf"]
)
def test_word_and_pdf_show_every_word_of_the_page(path, format, text_of):
    for example in EXAMPLE.finditer(path.read_text("utf-8")):
        numbered, found = as_brief(example["brief"])
        if has_errors(found):
            continue
        words = words_of_page(WRITERS["html"](numbered, STYLES).decode())
        shown = "".join(re.findall(r"\w", unescape(text_of(WRITERS[format](numbered, STYLES)))))

        # A web page has a heading over its footnotes; Word counts sections and footnotes itself.
        missing = {word for word in words if word not in shown} - {"Footnotes"}
        missing = {
            word for word in missing if format != "docx" or not (word.isdigit() or len(word) == 1)
        }
        assert missing == set(), example["title"]


def test_every_file_has_examples_and_no_block_is_left_out():
    for path in SPEC.glob("*.md"):
        text = path.read_text("utf-8")
        assert len(re.findall(r"^`{3,}brief$", text, re.MULTILINE)) == len(EXAMPLE.findall(text)), (
            path
        )

"""Asides stand in the margin of pages that have one, and the proof knows it."""

import pytest
from msgspec.structs import replace
from pdf_judge import findings
from proved import faults, wrong
from test_pdf_laws import failures
from test_properties import numbered_brief

from pipeline.build.proof import read_back
from pipeline.styles import load_styles, preset_folder
from pipeline.writers.docx import write_docx
from pipeline.writers.html import write_html
from pipeline.writers.pdf import lay_out, write_pdf

STYLES = load_styles(None)[0]
NOTE = """::: {.aside title="How we counted"}
A route counts as lost when no bus has run for thirty days [@lee2019, p. 4].
See @sec-two and the rest of what the county wrote.
:::"""
BESIDE = "Most councils gave the same reasons when we asked. They had no money for {} drivers. "


def text(number, words="new"):
    return (BESIDE * number).format(*[words] * number)


def source(note=NOTE, after=None, front=""):
    after = text(12) if after is None else after
    return (
        f"---\ntitle: T\ndate: 2026-01-01\n{front}---\n\n## One\n\nBuses ran [@smith2021].\n\n"
        f"{note}\n\n{after}\n\n## Two {{#sec-two}}\n\nThe end of it all [@smith2021].\n"
    )


HEADING = f"{text(1)}\n\n### Beside the note\n\n{text(2)}\n\n### Below it\n\n{text(9)}"
LIST = f"- {text(2)}\n- {text(3)}\n\n    1. {text(2)}\n\n> {text(6)}"


def in_margin(numbered, styles=STYLES):
    """Say whether each aside stands in the margin of its page."""
    pages = [page._page_box for page in lay_out(numbered, styles).pages]
    return [
        box.position_x + box.margin_left + box.width < page.content_box_x()
        for page in pages
        for box in page.descendants()
        if box.element_tag == "aside"
    ]


@pytest.mark.parametrize("after", [text(12), HEADING, LIST], ids=["text", "heading", "list"])
def test_a_short_aside_stands_in_the_margin_and_is_proved(after):
    numbered = numbered_brief(source(after=after))

    assert in_margin(numbered) == [True]
    for write, format in ((write_pdf, "pdf"), (write_html, "html"), (write_docx, "docx")):
        assert faults(write(numbered, STYLES), format, numbered) == []


@pytest.mark.parametrize(
    "written",
    [
        source(after=text(2)),
        source(after=f"{text(2)}\n\n| A | B |\n|---|---|\n| 1 | 2 |\n\n{text(12)}"),
        source(NOTE.replace("A route", text(9)), after=text(40)),
        source(NOTE.replace("4].", "4].[^n]") + "\n\n[^n]: A footnote.\n"),
        source(front="lang: ar\n"),
        source(front="columns: 2\n"),
        source(f"> {NOTE}".replace("\n", "\n> ")),
    ],
    ids=["short-text", "table", "long", "footnote", "arabic", "columns", "in-a-quote"],
)
def test_others_stand_in_the_text(written):
    assert in_margin(numbered_brief(written)) == [False]


def test_a_house_without_a_margin_has_them_in_the_text():
    styles, _ = load_styles(preset_folder("government"))

    assert in_margin(numbered_brief(source()), styles) == [False]


@pytest.mark.parametrize("lines", range(36, 46))
def test_a_note_at_the_foot_of_a_page_is_proved(lines):
    before = "\n\n".join(text(7, f"{chr(97 + i)}x") for i in range(lines // 7)) + "\n\n"
    before += text(lines % 7) + "\n\n"
    numbered = numbered_brief(source().replace("## One\n\n", f"## One\n\n{before}"))

    assert in_margin(numbered)[:1] == [True]
    assert faults(write_pdf(numbered, STYLES), "pdf", numbered) == []


def test_a_note_far_from_its_text_is_found():
    long = "\n\n".join(text(7, f"{chr(97 + i)}x") for i in range(12))
    numbered = numbered_brief(source(after=long))
    found = read_back(write_pdf(numbered, STYLES), "pdf")
    first, *others = found.words[: found.pages]
    note = "How we counted"
    assert wrong(numbered, found, "pdf") == []
    assert note in first
    moved = (first.replace(note, ""), *others[:-1], others[-1] + note, *found.words[found.pages :])

    said = [fault.message for fault in wrong(numbered, replace(found, words=moved), "pdf")]
    assert "the words “How we counted” are not beside their text" in said


def test_pages_with_notes_conform():
    content = write_pdf(numbered_brief(source(after=HEADING)), STYLES)

    assert findings(content) == failures(content) == []

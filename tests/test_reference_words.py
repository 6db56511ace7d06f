"""What a link to a reference says is the same in every output: "Reference 3: Rain on roofs"."""

import re
from html import unescape
from io import BytesIO
from zipfile import ZipFile

import pikepdf
import pytest
from msgspec.structs import replace
from rich_brief import cite, par, rich

from pipeline.labels import reference_words
from pipeline.model import Anchor
from pipeline.styles import load_styles
from pipeline.writers import WRITERS

STYLES = load_styles(None)[0]
LEE, *HIDDEN = (Anchor("reference", key) for key in ("lee", "okoye", "müller 2024"))
RANGE = (par("So ", cite("1", "lee", "okoye", "müller 2024", "six"), "."),)


@pytest.fixture(scope="module")
def numbered():
    return rich(blocks=RANGE, marks="ieee-ranges")


def test_they_name_the_number_and_the_title(numbered):
    assert reference_words(numbered, LEE) == "Reference 1: The report of lee"


def test_of_a_range_they_name_each_reference_that_it_hides(numbered):
    words = reference_words(numbered, *HIDDEN)

    assert words == "Reference 2: The report of okoye; Reference 3: The report of müller 2024"


def test_a_long_title_is_cut_at_a_word(numbered):
    first = numbered.bibliography[0]
    long = replace(first, fields={"title": (replace(first.fields["title"][0], text="Rain " * 40),)})
    words = reference_words(replace(numbered, bibliography=(long,)), LEE)

    assert words.endswith("Rain Rain…")
    assert len(words) < 100


def test_what_is_not_in_the_library_has_none(numbered):
    assert reference_words(numbered, Anchor("reference", "nobody")) == ""


def test_every_output_says_them(numbered):
    ends = [reference_words(numbered, Anchor("reference", key)) for key in ("lee", "six")]
    middle = [reference_words(numbered, anchor) for anchor in HIDDEN]
    page = WRITERS["html"](numbered, STYLES).decode()
    marks = re.findall(r'<a class="mark[^>]*title="([^"]*)"', page)
    assert [unescape(title) for title in marks] == [ends[0], *middle, ends[1]]

    body = ZipFile(BytesIO(WRITERS["docx"](numbered, STYLES))).read("word/document.xml").decode()
    tips = map(unescape, re.findall(r'w:tooltip="([^"]*)"', body))
    assert [tip for tip in tips if not tip.startswith("Cited in")] == [
        ends[0],
        middle[1],  # a link without text, before the dash
        "; ".join(middle),
        ends[1],
    ]

    with pikepdf.open(BytesIO(WRITERS["pdf"](numbered, STYLES))) as pdf:
        said = [
            str(link.Contents)
            for found in pdf.pages
            for link in found.obj.get("/Annots", [])
            if str(link.get("/Dest", "")).startswith("ref-")
        ]
    assert said == [ends[0], *middle, ends[1]]

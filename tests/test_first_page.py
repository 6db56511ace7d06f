"""Topics, how to cite a brief, and the address of its page, on the first page of all outputs."""

import re
import sys

import pytest
from proved import faults, witness_of
from rich_brief import inlines, par, rich
from test_title_block import words_in

from pipeline.build.fingerprint import Target
from pipeline.first_page import cite_as, first_page_lines
from pipeline.page_names import page_address
from pipeline.styles import load_styles, styles_used
from pipeline.writers.docx import write_docx
from pipeline.writers.html import write_html
from pipeline.writers.pdf import write_pdf

WRITERS = {"docx": write_docx, "html": write_html, "pdf": write_pdf}
ON = """name = "Rain House"
[site]
url = "https://rain.example.org/"
[first-page]
topics = "on"
cite-as = "on"
url = "on"
"""


def house(folder, text):
    (folder / "house.toml").write_text(text, "utf-8")
    styles, found = load_styles(folder)
    assert found == []
    return styles


def test_a_house_that_is_the_author_is_named_once(tmp_path):
    numbered = rich(title=inlines("Rain"), blocks=(par("Rain."),), authors=())
    assert cite_as(numbered, house(tmp_path, ON).house).count("Rain House") == 1


def brief():
    return rich(title=inlines("Rain"), blocks=(par("Rain."),), keywords=("roads", "clean air"))


def proved(content, format, numbered, styles):
    witness = replaced(witness_of(numbered), styles)
    return faults(content, format, numbered, witness)


def replaced(witness, styles):
    return type(witness)(witness.read, witness.keys, witness.aliases, True, None, styles.house)


@pytest.mark.parametrize("format", list(WRITERS))
def test_the_first_page_says_what_the_house_asks_for(tmp_path, format):
    numbered, styles = brief(), house(tmp_path, ON)
    topics, cited, url = first_page_lines(numbered, styles.house)
    content = WRITERS[format](numbered, styles)
    said = " ".join(words_in(format, content))

    assert (topics.label, topics.text) == ("Topics", "roads, clean air")
    assert url.text == page_address("https://rain.example.org/", numbered.brief.name)[8:]
    assert "Rain House" in cited.text
    for line in (topics, cited, url):
        assert " ".join(re.findall(r"\w+", f"{line.label} {line.text}")) in said
    assert proved(content, format, numbered, styles) == []


@pytest.mark.parametrize("format", list(WRITERS))
def test_it_says_nothing_of_the_kind_by_default(tmp_path, format):
    numbered, styles = brief(), house(tmp_path, ON.partition("[first")[0])

    assert first_page_lines(numbered, styles.house) == ()
    assert "Topics" not in words_in(format, WRITERS[format](numbered, styles))


@pytest.mark.parametrize(
    ("format", "module"), [("docx", "docx.title_lines"), ("html", "html.frame")]
)
def test_what_a_writer_forgets_is_found(tmp_path, monkeypatch, format, module):
    numbered, styles = brief(), house(tmp_path, ON)
    writer = sys.modules[f"pipeline.writers.{module}"]
    monkeypatch.setattr(writer, "first_page_lines", lambda *_: ())
    found = proved(WRITERS[format](numbered, styles), format, numbered, styles)

    assert len(found) == 3 - (format == "docx")  # whose footer has the address too
    assert all("which the front matter says, is missing" in message for message in found)


def test_an_output_depends_on_the_address_that_it_prints(tmp_path):
    one = house(tmp_path, ON)
    other = house(tmp_path, ON.replace("rain.ex", "snow.ex"))
    silent = [
        house(tmp_path, text.partition("[first")[0]) for text in (ON, ON.replace("rain", "x"))
    ]

    def prints(styles):
        return Target(brief(), styles_used(styles, "html"), "html").fingerprint

    assert prints(one) != prints(other)
    assert prints(silent[0]) == prints(silent[1])


def test_an_address_that_is_not_sure_is_not_printed():
    assert page_address("https://x.example/", "rain") == "https://x.example/rain.html"
    assert page_address("https://x.example/", "Rain 2") == page_address("", "rain") == ""
    assert page_address("https://x.example/", "index") == ""

"""Words before numbers: "Figure 1" at the start of a sentence, in French "figure 1" within one."""

import re
from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace
from proved import faults
from rich_brief import SPAN
from spec_library import LIBRARY
from test_redline import compared
from word_edits import Draft

from pipeline import labels
from pipeline import model as b
from pipeline.build.proof import Witness
from pipeline.language.sentences import abbreviations, with_sentence_starts
from pipeline.merge.building import builder
from pipeline.merge.merging import merge_text
from pipeline.model import Anchor
from pipeline.project import load_project
from pipeline.project.stages import prepare
from pipeline.readers.docx import read_docx
from pipeline.readers.markdown import read_markdown
from pipeline.styles import house_labels, load_styles
from pipeline.verify.reading import read_file_content
from pipeline.verify.sentences import positions
from pipeline.writers import WRITERS
from pipeline.writers.docx import write_docx

STYLES, _ = load_styles(None)
KEY = next(iter(LIBRARY))
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" width="60" height="30"/>'
# Each line begins with what it must print, "F" for the form of a start, and "f" for that within.
LINES = f"""\
F | @fig-a rains.
f | Rain @fig-a
F | Rain. @fig-a
F | Rain? @fig-a
F | Rain! (@fig-a rains.)
F | “Rain.” @fig-a
F | Rain.[@{KEY}] @fig-a
F | Rain.[^n] @fig-a
F | Rain… – @fig-a
f | Rain (@fig-a)
f | Rain: @fig-a
f | Rain **in @fig-a**
F | **@fig-a** rains
f | Rain [in @fig-a].
fF | Rain in @fig-a. @fig-a
ff | Rain in @fig-a, @fig-a
F | Rain `x`. @fig-a
f | Rain $x$, @fig-a
f | `x` @fig-a
f | $x$ @fig-a
f | @{KEY} and @fig-a
f | Rain (p. 5, @fig-a)
F | It fell 5 m. @fig-a
F | It fell in 2020. @fig-a
f | Rain i. e. @fig-a
"""
# Languages with the two forms: at the start, within.
FORMS = {
    "fr": ("Figure 1", "figure 1"),
    "es": ("Figura 1", "figura 1"),
    "it": ("Figura 1", "figura 1"),
    "pt": ("Figura 1", "figura 1"),
    "nl": ("Figuur 1", "figuur 1"),
    "pl": ("Rysunek 1", "rysunek 1"),
    "cs": ("Obrázek 1", "obrázek 1"),
    "el": ("Σχήμα 1", "σχήμα 1"),
    "ru": ("Рисунок 1", "рисунок 1"),
    "uk": ("Рисунок 1", "рисунок 1"),
    "da": ("Figur 1", "figur 1"),
    "nb": ("Figur 1", "figur 1"),
    "sv": ("Figur 1", "figur 1"),
    "fi": ("Kuva 1", "kuva 1"),
    "gl": ("Figura 1", "figura 1"),
    "de": ("Abbildung 1", "Abbildung 1"),
    "en-GB": ("Figure 1", "Figure 1"),
    "tr": ("Şekil 1", "Şekil 1"),
    "vi": ("Hình 1", "Hình 1"),
    "id": ("Gambar 1", "Gambar 1"),
}
SHORT = {"fr": "cf.", "ru": "(см.", "uk": "див.", "pl": "zob.", "el": "βλ.", "da": "f.eks."}


def text_of(lang):
    """Return a brief, and the form of each of its cross-references."""
    lines = [line.partition(" | ") for line in LINES.splitlines()]
    lines += [("f", "", f"Rain {SHORT[lang]} @fig-a.")] if lang in SHORT else []
    parts = [
        f"---\ntitle: Rain\nlang: {lang}\n---",
        "## Rain {#sec-a}",
        *(words for _, _, words in lines),
        "- @fig-a rains\n- rain @fig-a",
        "| @fig-a | rain @fig-a |\n|---|---|\n| @fig-a | rain @fig-a |",
        '![Bars, @fig-a](bar.svg){#fig-a alt="A bar"}',
        "[^n]: A note.",
    ]
    return "\n\n".join(parts) + "\n", [*"".join(forms for forms, _, _ in lines), *"FfFfFfFf"]


@cache
def read(text):
    brief, found = read_markdown(text, "rain.md", lambda name: SVG)
    assert [one.message for one in found if one.severity.value == "error"] == []
    front = replace(brief.front, paper="a4", columns=1, citation_style="ieee")
    return replace(brief, front=front)


def written(format, lang, text, house=None):
    """Return the brief in a format, and what the proof finds in it."""
    brief, own = read(text), house_labels(house, lang) if house else {}
    numbered, _ = prepare(brief, LIBRARY, labels=own)
    content = WRITERS[format](numbered, STYLES)
    witness = Witness(brief, tuple(LIBRARY), dict(LIBRARY.aliases), True, house=house)
    return content, faults(content, format, numbered, witness)


def figures(content):
    found = read_file_content(content, ".html").numbers
    return [number.text.rstrip(".") for number in found if number.anchor.kind == "figure"]


@pytest.mark.parametrize("lang", FORMS)
def test_words_are_small_within_sentences_where_the_language_has_them_so(lang):
    text, forms = text_of(lang)
    content, found = written("html", lang, text)

    assert found == []
    assert figures(content) == [FORMS[lang][form == "f"] for form in forms]


@pytest.mark.parametrize("format", ["docx", "pdf"])
@pytest.mark.parametrize("lang", ["fr", "ru"])
def test_both_forms_are_proved(lang, format):
    assert written(format, lang, text_of(lang)[0])[1] == []


def test_a_footnote_begins_a_sentence_and_is_none_to_the_text_around_it():
    text = (
        "---\ntitle: Pluie\nlang: fr\n---\n\n## A {#sec-a}\n\nVoir[^n] @sec-a.\n\n[^n]: @sec-a.\n"
    )
    content, found = written("html", "fr", text)
    sections = [n.text for n in read_file_content(content, ".html").numbers if not n.heads]

    assert found == []
    assert sorted(said for said in sections if "ection" in said) == ["Section 1", "section 1"]


def test_the_list_of_references_says_it_within_a_sentence():
    text = f"---\ntitle: Pluie\nlang: fr\n---\n\n## A\n\nPluie [@{KEY}].\n"

    assert ">section 1</a>" in written("html", "fr", text)[0].decode()


@pytest.mark.parametrize("format", WRITERS)
@pytest.mark.parametrize("form", [True, False], ids=["always capital", "always small"])
def test_one_form_alone_is_found(monkeypatch, form, format):
    """The stage that says where sentences begin does nothing, or the wrong thing."""
    text = "---\ntitle: Pluie\nlang: fr\n---\n\n## A {#sec-a}\n\nVoir @sec-a.\n\n@sec-a dit.\n"
    right = labels.around_number
    assert written(format, "fr", text)[1] == []

    def wrong(anchor, lang, own, starts_sentence=True):
        return right(anchor, lang, own, form)

    from pipeline.writers.docx import inlines as word
    from pipeline.writers.html import inlines

    for module in (word, inlines):
        monkeypatch.setattr(module, "around_number", wrong)
    [message] = written(format, "fr", text)[1]
    assert "within one" in message


HOUSE = """lang = "en-GB"
[labels]
figure = "fig."
[labels.fr]
figure = "Fig."
"""


@pytest.mark.parametrize(
    ("lang", "forms"), [("en-GB", ("Fig. 1", "fig. 1")), ("fr", ("Fig. 1", "Fig. 1"))]
)
@pytest.mark.parametrize("format", WRITERS)
def test_a_house_writes_its_labels_as_within_a_sentence(tmp_path, lang, forms, format):
    (tmp_path / "house.toml").write_text(HOUSE, "utf-8")
    house = load_styles(tmp_path)[0].house
    text, wanted = text_of(lang)
    content, found = written(format, lang, text, house)

    assert found == []
    if format == "html":
        assert figures(content) == [forms[form == "f"] for form in wanted]


PIECES = st.sampled_from(
    [
        *"abcx5.!?…,:;()[]\"'«»“”-–— ",
        "cf",
        "ex",
        "см",
        " p. ex. ",
        "...",
        "\u00a0",
        "′",
        "_",
        "²",
        "é",
    ]
)
TEXTS = st.lists(PIECES, max_size=6).map("".join)
REFERENCE = st.builds(
    lambda name: b.CrossReference(Anchor("figure", name), span=SPAN), st.sampled_from("ab")
)
CITATION = Anchor("citation", "1")


@st.composite
def inlines(draw, depth=2):
    found = []
    for _ in range(draw(st.integers(1, 5))):
        kinds = ["text", "reference", "code", "break", "citation", "note"]
        match draw(st.sampled_from(kinds + ["strong"] * (depth > 0))):
            case "text":
                found.append(b.Text(draw(TEXTS), span=SPAN))
            case "reference":
                found.append(draw(REFERENCE))
            case "code":
                found.append(b.Code("x.", span=SPAN))
            case "break":
                found.append(b.LineBreak(span=SPAN))
            case "citation":
                prefix = draw(inlines(depth=0)) if depth else ()
                suffix = (b.Text(", ", span=SPAN), draw(REFERENCE))
                cites = (b.Cite("k", prefix=prefix, suffix=suffix, span=SPAN),)
                is_narrative = draw(st.booleans())
                found.append(b.Citation(CITATION, cites, narrative=is_narrative, span=SPAN))
            case "note" if depth:
                note = b.Paragraph(draw(inlines(depth=0)), span=SPAN)
                found.append(b.Footnote(Anchor("footnote", "n"), (note,), span=SPAN))
            case "strong":
                found.append(b.Strong(draw(inlines(depth=depth - 1)), span=SPAN))
    return tuple(found)


@given(inlines())
def test_the_proof_reads_sentences_as_the_program_does(run):
    """Two codes, one answer, or sound briefs would be refused."""
    brief = read("---\ntitle: Pluie\nlang: fr\n---\n\nPluie.\n")
    brief = replace(brief, blocks=(b.Paragraph(run, span=SPAN),))
    starts = [
        node.starts_sentence
        for node in b.walk(with_sentence_starts(brief))
        if isinstance(node, b.CrossReference)
    ]
    read_again = positions(brief, abbreviations("fr"))
    nodes = [node for node in b.walk(brief) if isinstance(node, b.CrossReference)]

    assert [read_again[id(node)] == "start" for node in nodes] == starts


FRENCH = """\
---
title: Pluie
lang: fr
---

## Début {#sec-a}

@sec-a dit, et la section [-@sec-a] aussi, ce que dit @sec-a. @sec-a le dit. La fin.
"""


def merged(tmp_path, *changes):
    path = tmp_path / "brief.md"
    path.write_text(FRENCH, "utf-8")
    (tmp_path / "references.bib").write_text("", "utf-8")
    found = load_project([path])
    draft = Draft(write_docx(found.briefs[0].numbered, found.styles))
    for old, new in changes:
        draft.replace(old, new)
    return merge_text(read_docx(draft.saved()), FRENCH, builder(path))


def test_a_file_that_comes_back_as_it_was_changes_nothing(tmp_path):
    found = merged(tmp_path)

    assert (found.refused, found.text) == ((), FRENCH)


def test_both_forms_come_back_as_cross_references(tmp_path):
    found = merged(tmp_path, ("La fin", "Le tout"))

    assert (found.refused, found.text) == ((), FRENCH.replace("La fin", "Le tout"))


def test_what_a_reviewer_makes_the_start_of_a_sentence_gets_its_capital(tmp_path):
    found = merged(tmp_path, (", ce que dit", ". Voir"))

    assert found.refused == ()
    assert "aussi. Voir @sec-a." in found.text


@pytest.mark.parametrize("format", WRITERS)
def test_a_redline_has_the_form_of_each_edition(format):
    head = "---\ntitle: Pluie\nlang: fr\n---\n\n## A {#sec-a}\n\n"
    older, newer = f"{head}Il pleut, voir @sec-a. Fin.\n", f"{head}Il pleut. @sec-a dit. Fin.\n"
    both = compared(older, newer)
    content = WRITERS[format](both, STYLES)
    settled = Witness(read(newer), (), {}, True)

    assert faults(content, format, both, settled) == []
    if format == "html":
        page = re.sub("<[^>]+>", "", content.decode())
        assert "section 1" in page
        assert "Section 1" in page

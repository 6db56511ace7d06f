"""Quotation marks, apostrophes, dashes and blanks by language, the same in every output."""

import re
from io import BytesIO
from zipfile import ZipFile

import pypdfium2
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from msgspec.structs import replace
from spec_library import LIBRARY, files_of

from pipeline.language.typography import typeset, words
from pipeline.model import walk
from pipeline.model.tree import Code, Math, Text
from pipeline.project.loading import completed
from pipeline.project.stages import prepare
from pipeline.readers.markdown import read_markdown
from pipeline.styles import load_styles
from pipeline.writers import WRITERS

STYLES = load_styles(None)[0]
LANGUAGES = ("en-GB", "fr", "fr-CA", "fr-CH", "de", "de-CH", "es", "es-MX", "ja", "zh", "ar", "it")


def shown(text):
    """Return a text with the blanks that do not break as `~` and, the thin ones, `_`."""
    return text.replace("\N{NO-BREAK SPACE}", "~").replace("\N{NARROW NO-BREAK SPACE}", "_")


def read(text, lang="en-GB"):
    return read_markdown(f"---\ntitle: Rain\nlang: {lang}\n---\n\n{text}\n", "a.md", files_of, "")[
        0
    ]


def set_text(text, lang="en-GB"):
    """Return the words of a brief as they are printed."""
    brief = typeset(read(text, lang))
    return shown(
        "".join(
            node.text if isinstance(node, Text | Code) else f"${node.tex}$"
            for block in brief.blocks
            for node in walk(block)
            if isinstance(node, Text | Code | Math)
        )
    )


@pytest.mark.parametrize(
    ("lang", "typed", "printed"),
    [
        ("en-GB", """He said "it's 'fine'".""", "He said “it’s ‘fine’”."),
        ("en-US", """("Hi," she said.)""", "(“Hi,” she said.)"),
        ("en", """the dogs' bones, 'tis, the '90s""", "the dogs’ bones, ’tis, the ’90s"),
        ("en", """rock 'n' roll, O'Brien""", "rock ’n’ roll, O’Brien"),
        ("en", """6'2" tall, a 10" pipe, of 5'""", "6′2″ tall, a 10″ pipe, of 5′"),
        ("en", "the 1990's", "the 1990’s"),
        ("tr", "1990'lı yıllar", "1990’lı yıllar"),
        ("de-CH", "1'250'000 Fr.", "1’250’000 Fr."),
        ("fr", "1 250 000 € en 2020 300", "1~250~000~€ en 2020 300"),
        ("ja", "12.5 %増え", "12.5~%増え"),
        ("he", "−3 עד (-5), ב-12", "\u200e−3 עד (\u200e-5), ב-12"),
        ("en", "−3 to −5", "−3 to −5"),
        ("en", """the "top 10" list""", "the “top 10” list"),
        ("en", """"'Tis a 'trap'," she said""", "“’Tis a ‘trap’,” she said"),
        ("en", "pages 3--5 --- and so on...", "pages 3–5 — and so on…"),
        ("en", "the option --out, ---- and ....", "the option --out, ---- and ...."),
        ("fr", 'Il dit "bonjour" : oui !', "Il dit «~bonjour~»~: oui_!"),
        ("fr", "mot; mot: quoi? non!", "mot_; mot~: quoi_? non_!"),
        ("fr", "« a » et «b», à 10:30 (?)", "«~a~» et «~b~», à 10:30 (?)"),
        ("fr-FR", "quoi?! l'homme", "quoi_?! l’homme"),
        ("fr-CA", 'oui! "non" : fin ;', "oui! «~non~»~: fin_;"),
        ("fr-CH", 'oui! "non" : fin', "oui_! «_non_»_: fin"),
        ("de", """Er sagte "das ist 'gut'".""", "Er sagte „das ist ‚gut‘“."),
        ("it", """Disse "va 'bene'".""", "Disse «va “bene”»."),
        ("pt-BR", "\"Sim\"", "“Sim”"),
        ("pt-PT", "\"Sim\"", "«Sim»"),
        ("de-CH", """Er sagte "das ist 'gut'".""", "Er sagte «das ist ‹gut›»."),
        ("es", '¿"Hola"?', "¿«Hola»?"),
        ("es-MX", '"Hola"', "“Hola”"),
        ("ja", '彼は"LNG"と言った', "彼は「LNG」と言った"),
        ("zh-CN", '他说"你好"。', "他说“你好”。"),
        ("zh-TW", '他說"你好"。', "他說「你好」。"),
        ("ar", 'قال "نعم"', "قال «نعم»"),
        ("fr", "M. Dupont, n° 4 : 12,5 % et 3 km", "M.~Dupont, n°~4~: 12,5~% et 3~km"),
        ("de", "Nr. 4, z. B. 5 kWh", "Nr.~4, z.~B. 5~kWh"),
        ("en", "3 men, 4 GWh, 5 °C, p. 6", "3 men, 4~GWh, 5~°C, p.~6"),
        ("he", 'צה"ל ו"שלום" בעמ\' 5', "צה״ל ו”שלום” בעמ׳ 5"),
        ("hu", """l'altro "ciao" """, "l’altro \"ciao\" "),
    ],
)  # fmt: skip
def test_marks_and_blanks_are_those_of_the_language(lang, typed, printed):
    assert shown(words(typed, lang)) == printed


@pytest.mark.parametrize(
    "typed",
    [
        r"\"as typed\" and \'so\'",
        '`"code" -- it\'s...`',
        "<https://a.b/x--y...z>",
        "https://a.b/it's--so",
        "$f' = f''$",
        "www.a.b/--x",
        "a--b@c.org",
    ],
)
def test_code_formulas_addresses_and_what_is_escaped_stay(typed):
    for lang in ("en-GB", "fr"):
        before = read(typed, lang)
        assert typeset(before) == before


def test_marks_look_at_what_stands_beside_them_through_all_dress():
    assert set_text('"*Rain* and **snow**" (*"hail"*)') == "“Rain and snow” (“hail”)"
    assert set_text('"Rain [@lee2019]" falls') == "“Rain ” falls"
    assert set_text("*Lee*'s roof, *Lee*^[A note.]'s") == "Lee’s roof, LeeA note.’s"
    assert set_text("« *pluie* » [@lee2019] : oui", "fr") == "«~pluie~» ~: oui"


def test_a_passage_has_the_marks_of_its_own_language():
    text = 'He said "[il dit "oui" !]{lang=fr}" twice'
    assert set_text(text) == "He said “il dit «~oui~»_!” twice"
    assert set_text('::: {.callout lang=de}\n"Ja"\n:::') == "„Ja“"


def test_footnotes_captions_cells_titles_and_names_are_set_too():
    table = '| "a" |\n|---|\n| "b" |\n\n: A "caption"'
    text = f'A^[A "note".]\n\n{table}\n\n## A "head"\n\n[see "x" @lee2019]'
    assert set_text(text).count("“") == 6
    brief, _ = read_markdown(
        '---\ntitle: A "b"\nlang: en\nauthors: [Tim O\'Brien]\n---\n\nx', "a.md", files_of, "en"
    )
    front = typeset(brief).front
    assert front.title[0].text == "A “b”"
    assert front.authors[0].name == "Tim O’Brien"


PIECES = st.sampled_from(
    ['"', "'", " ", "a", "b ", "--", "...", ":", "?", "«", "»", "7", "日", "."]
)


@given(st.lists(PIECES).map("".join), st.sampled_from(LANGUAGES))
@example("« --a", "fr")
def test_only_marks_and_blanks_change_and_only_once(typed, lang):
    printed = words(typed, lang)
    assert re.findall(r"\w", printed) == re.findall(r"\w", typed)
    assert len(printed) <= 2 * len(typed)
    for mark in "“”‘’„‚":
        assert mark not in typed
    assert (
        words(printed, lang).translate(_BLANKS) == printed.translate(_BLANKS)
        or "'" in typed
        or '"' in typed
    )


_BLANKS = dict.fromkeys(map(ord, "\N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}"), " ")


def text_of_pdf(content):
    with pypdfium2.PdfDocument(content) as pdf:
        return "".join(page.get_textpage().get_text_range() for page in pdf)


def test_every_output_has_the_same_marks_and_blanks():
    brief = read('Il dit "oui" : non ! Voir [@lee2019] ; fin.', "fr")
    brief = replace(brief, front=completed(brief.front, STYLES.house))
    numbered, _ = prepare(brief, LIBRARY)
    expected = "Il dit «~oui~»~: non_! Voir"
    page = WRITERS["html"](numbered, STYLES).decode()
    document = (
        ZipFile(BytesIO(WRITERS["docx"](numbered, STYLES))).read("word/document.xml").decode()
    )
    assert expected in shown(page)
    assert expected in shown(document)
    # Pango before 1.52 draws a common space where the font has no no-break space.
    text = shown(text_of_pdf(WRITERS["pdf"](numbered, STYLES)))
    assert expected.replace("~", " ") in text.replace("~", " ")

"""Languages: what each file has, and what stands in for what it lacks."""

import re
from io import BytesIO
from pathlib import Path
from string import Formatter
from zipfile import ZipFile

import pypdfium2
import pytest
from language_samples import FIELDS, WORDS, sample
from msgspec.structs import replace
from proved import faults
from spec_library import LIBRARY, png
from word_edits import Draft

from pipeline.csl import CITATION_STYLES, format_entry
from pipeline.diagnostics import has_errors
from pipeline.language.files import language_of, languages, offered, written
from pipeline.language.locators import locator_label, locator_text
from pipeline.language.terms import numbered_term, term
from pipeline.merge.building import builder
from pipeline.merge.merging import merge_text
from pipeline.model.references import Run, plain
from pipeline.project import load_project
from pipeline.readers.docx import read_docx
from pipeline.writers import write
from pipeline.writers.docx import write_docx
from pipeline.writers.html import write_html

ENGLISH = language_of("en")
ENTRIES = Path(__file__).parent / "data/entries.txt"  # "~": a space that does not break
ALL = (
    *("ar", "cs", "da", "de", "el", "en", "es", "fa", "fi", "fr", "he", "hi", "id", "it", "ja"),
    *("ko", "nb", "nl", "pl", "pt", "ru", "sv", "tr", "uk", "vi", "zh"),
)
# What a file lacks, of languages that are not offered: CSL or English words stand in.
LACKING = {"gl": 58, "ur": 65}


def fields(form):
    return {name for _, name, _, _ in Formatter().parse(form) if name}


def test_the_languages_that_are_offered():
    assert offered() == ALL


@pytest.mark.parametrize("lang", languages())
def test_what_each_language_lacks(lang):
    found = language_of(lang)

    assert len(found.lacks) == LACKING.get(lang, 0), sorted(found.lacks)
    assert found.name
    assert len(found.months) == 12
    assert len(found.months_alone) in (0, 12)
    assert found.locators.keys() == ENGLISH.locators.keys()
    assert found.theses.keys() == ENGLISH.theses.keys()
    assert {len(found.quotes.outer), len(found.quotes.inner)} <= {0, 2}
    assert found.word.tag.startswith(lang.partition("-")[0])
    assert found.word.number


@pytest.mark.parametrize("lang", languages())
def test_terms_say_what_the_english_ones_say(lang):
    for name, words in ENGLISH.terms.items():
        assert fields(term(name, lang)) == fields(words), name
    assert fields(language_of(lang).dates.day) == {"day", "month", "year"}
    assert fields(language_of(lang).dates.month) == {"month", "year"}
    for form in language_of(lang).numbered.values():
        assert fields(form) == {"number"}


@pytest.mark.parametrize("lang", ALL)
def test_a_locator_that_is_printed_is_read_as_the_same(lang):
    for label, locator in language_of(lang).locators.items():
        for form in locator.forms:
            if "%" not in form:
                assert (locator_label(form, lang) or ("",))[0] == label


def test_variants_state_only_differences():
    for file in written("terms"):
        assert file
    assert term("section", "pt-PT") == "Secção"
    assert term("section", "pt-BR") == term("section", "pt") == "Seção"
    assert term("contact", "pt-MZ") == "Contacto"
    assert term("summary", "zh-Hant") == term("summary", "zh-HK") == "摘要"
    assert term("figure", "no") == term("figure", "nb-NO") == "Figur"
    assert term("licence", "en-US") == "License"
    assert term("licence", "en-AU") == "Licence"
    assert language_of("de-AT").months[0] == "Jänner"
    assert language_of("es-AR").quotes.outer == "“”"
    assert language_of("es").quotes.outer == "«»"
    assert locator_text("page", "3", "zh-TW") == "第3頁"


def test_swiss_german_has_no_sharp_s():
    words = [*language_of("de-CH").terms.values(), *language_of("de-CH").theses.values()]
    words += [form for found in language_of("de-CH").locators.values() for form in found.forms]

    assert [word for word in words if "ß" in word] == []


def test_what_a_file_lacks_is_taken_from_csl_and_then_from_english():
    hungarian = language_of("hu")

    assert hungarian.terms["figure"] == "Ábra"
    assert hungarian.months[0] == "január"
    assert hungarian.locators["page"].short == "o.|o."
    assert hungarian.terms["contents"] == "Contents"
    assert "contents" in hungarian.lacks
    assert "figure" not in hungarian.lacks
    assert language_of("sw").terms == ENGLISH.terms


@pytest.mark.parametrize("lang", languages())
def test_files_have_no_typed_quotes_and_spaces_that_break_before_signs(lang):
    for words in language_of(lang).terms.values():
        assert not re.search(r"['\"]|\s{2}|^\s|\s$", words), words


@pytest.mark.parametrize(
    ("name", "lang", "words"),
    [
        ("section", "ja", ("第", "節")),
        ("figure", "zh-TW", ("圖", "")),
        ("figure", "fr", ("Figure ", "")),
    ],
)
def test_words_stand_around_a_number(name, lang, words):
    assert numbered_term(name, lang) == words


def loaded(folder, text, bib=""):
    """Return a brief as it is built, and the house style."""
    (folder / "roof.png").write_bytes(png())
    (folder / "references.bib").write_text(bib, "utf-8")
    path = folder / "brief.md"
    path.write_text(text, "utf-8")
    found = load_project([path])
    assert not has_errors(found.all_diagnostics), found.all_diagnostics
    return found.briefs[0].numbered, found.styles


JAPANESE = """\
---
title: 道路
lang: ja
---

## 背景 {#sec-a}

詳しくは@sec-aと@fig-aを見よ。

![交通](roof.png){#fig-a alt="道"}
"""


def test_words_round_a_number_come_back_from_word(tmp_path):
    draft = Draft(write_docx(*loaded(tmp_path, JAPANESE)))
    draft.replace("詳しくは", "まず")

    merged = merge_text(read_docx(draft.saved()), JAPANESE, builder(tmp_path / "brief.md"))

    assert merged.refused == ()
    assert merged.text == JAPANESE.replace("詳しくは", "まず")


@pytest.mark.parametrize(
    ("typed", "html", "slanted"),
    [
        ("*強調*", '<em class="upright">強調</em>', False),
        ("[*مهم*]{lang=ar}", '<em class="upright">مهم</em>', False),
        ("*Latin*", "<em>Latin</em>", True),
    ],
)
def test_scripts_without_italics_are_not_slanted(tmp_path, typed, html, slanted):
    numbered, styles = loaded(tmp_path, f"---\ntitle: T\nlang: ja\n---\n\n{typed}\n")
    content = write_docx(numbered, styles)

    assert html in write_html(numbered, styles).decode()
    document = ZipFile(BytesIO(content)).read("word/document.xml").decode()
    assert ("<w:i/>" in document) is slanted
    paragraph = read_docx(content).paragraphs[-1]
    (format,) = {atom.format for atom in paragraph.atoms if atom.text.strip()}
    assert (format.italic, format.bold) == (True, False)


def proved(numbered, styles, *formats):
    return [
        message
        for format in formats
        for message in faults(write(format, numbered, styles)[0], format, numbered)
    ]


@pytest.mark.parametrize("lang", WORDS)
def test_a_brief_in_each_language_is_built_and_proved(tmp_path, lang):
    assert tuple(WORDS) == ALL

    assert proved(*loaded(tmp_path, *sample(lang)), "html", "docx") == []


@pytest.mark.parametrize("lang", ["ar", "he", "hi", "ja", "vi"])
def test_a_pdf_in_a_script_of_its_own_is_built_and_proved(tmp_path, lang):
    assert proved(*loaded(tmp_path, *sample(lang)), "pdf") == []


@pytest.mark.parametrize("lang", ["hu", "th"])
def test_a_pdf_in_a_language_without_a_file_is_built_and_proved(tmp_path, lang):
    text, bib = sample("en")

    assert proved(*loaded(tmp_path, text.replace("lang: en", f"lang: {lang}"), bib), "pdf") == []


# Emoji (also of several characters), mathematical letters, CJK Extension B, NFD, Hebrew points,
# Burmese and other scripts whose letters change places.
TITLES = (
    *("Roads 🚗 now", "Families 👨‍👩‍👧 and flags 🇯🇵", "Thumbs 👍🏽 up", "Hearts ❤️ and ☎"),
    "Steps 1️⃣ and ©️",
    *("The 𝑥 axis", "𝔽ields and 𝒞urves", "Bold 𝐀𝟏", "ℝⁿ and ∑∫"),
    *("漢字𠮷野家と𩸽", "𠀀𪚥", "Hà Nội", "Cafe\u0301 and u\u0308ber", "o\u0302\u0301"),
    *("שָׁלוֹם עוֹלָם", "בְּרֵאשִׁית", "ရန်ကုန် မြို့", "ភ្នំពេញ", "ถนนในเมือง", "தமிழ் சாலை", "ཀླུ་སྒྲུབ"),
    "Disease (\u200e COVID-19)\u200e: a re\u00adport on Am\u200bsterdam",
)


def test_titles_in_any_script_are_built_in_an_english_brief(tmp_path):
    bib = "".join(
        f"@book{{k{i}, author={{Lee, A.}}, title={{{title}}}, publisher={{P}}, year={{2019}}}}\n"
        for i, title in enumerate(TITLES)
    )
    cites = " ".join(f"Text {i} [@k{i}, p. {i + 1}]." for i in range(len(TITLES)))
    brief = loaded(tmp_path, f"---\ntitle: The 𝑥 of 漢字 👍🏽\nlang: en-GB\n---\n\n{cites}\n", bib)

    assert proved(*brief, "html", "docx", "pdf") == []


@pytest.mark.parametrize(
    ("lang", "author", "said"),
    [
        ("ar", "أحمد", "[1، ص. 4–5]"),
        ("fa", "رضایی", "[1، صص. 4–5]"),
        ("he", "כהן", "[1, עמ׳ 4–5]"),
        ("nl", "Lee", "[1, p. 4–5]"),
        ("uk", "Лі", "[1, с. 4–5]"),
    ],
)
def test_commas_ranges_and_ordinals(tmp_path, lang, author, said):
    text = f"---\ntitle: T\nlang: {lang}\n---\n\nText [@a, p. 4-5].\n"
    bib = f"@book{{a, author={{{author}}}, title={{{author}}}, edition={{2}}, pages={{12--19}}}}"
    page = write_html(*loaded(tmp_path, text, bib)).decode()
    entry = re.sub("<[^>]+>", "", page.partition('class="entry"')[2].partition("</li>")[0])

    assert said in re.sub("<[^>]+>", "", page)
    assert not re.search(r"12[-—]19|\b22\b", entry)
    assert ("،" in entry) == ("،" in said)


@pytest.mark.parametrize(
    ("lang", "day", "month"),
    [
        ("cs", "5. března 2024", "březen 2024"),
        ("el", "5 Μαρτίου 2024", "Μάρτιος 2024"),
        ("fi", "5. maaliskuuta 2024", "maaliskuu 2024"),
        ("pl", "5 marca 2024", "marzec 2024"),
        ("ru", "5 марта 2024", "март 2024"),
    ],
)
def test_names_of_months_in_entries_have_the_form_of_their_date(tmp_path, lang, day, month):
    text = f"---\ntitle: T\nlang: {lang}\n---\n\nText [@a; @b].\n"
    bib = "".join(
        f"@online{{{key}, title={{A}}, url={{https://a.org}}, urldate={{{date}}}, year=2020}}\n"
        for key, date in (("a", "2024-03-05"), ("b", "2024-03"))
    )
    page = write_html(*loaded(tmp_path, text, bib)).decode()
    entries = re.sub("<[^>]+>", "", page.partition('class="entry"')[2])

    assert day in entries
    assert month in entries


def test_french_spaces_stand_in_the_list_of_references_too(tmp_path):
    bib = """@article{a, author={Zola, Z.}, title={L'été : une histoire ?},
    journal={Roads: a review},
    volume=4, pages={3--5}, doi={10.1000/x;y}, year=2020}"""
    page = write_html(
        *loaded(tmp_path, "---\ntitle: T\nlang: fr\n---\n\nTexte [@a].\n", bib)
    ).decode()
    entry = re.sub("<[^>]+>", "", page.partition('class="entry"')[2].partition("</li>")[0])

    assert "L’été\N{NO-BREAK SPACE}: une histoire\N{NARROW NO-BREAK SPACE}?" in entry
    assert "Roads: a review" in entry
    assert "doi\N{NO-BREAK SPACE}: 10.1000/x;y" in entry


def test_word_has_a_font_and_a_language_for_devanagari(tmp_path):
    content = write_docx(*loaded(tmp_path, *sample("hi")))
    styles = ZipFile(BytesIO(content)).read("word/styles.xml").decode()

    assert 'w:cs="Nirmala UI"' in styles
    assert 'w:bidi="hi-IN"' in styles


def test_titles_in_another_language_carry_it_and_its_direction(tmp_path):
    bib = """@book{a, author={Lee, A.}, title={דרכי העיר 12}, publisher={P}, year=2019,
    langid={hebrew}}
    @article{b, author={Lee, A.}, title={Die Wege}, journal={J}, year=2019, langid={ngerman}}
    @book{c, author={Lee, A.}, title={The ways}, publisher={P}, year=2019, langid={english}}"""
    text = "---\ntitle: T\nlang: en-GB\n---\n\nText [@a; @b; @c].\n"
    numbered, styles = loaded(tmp_path, text, bib)
    page = write_html(numbered, styles).decode()
    document = ZipFile(BytesIO(write_docx(numbered, styles))).read("word/document.xml").decode()

    assert '<span lang="he-IL" dir="rtl"><span>דרכי העיר 12</span></span>' in page
    assert re.search('<span lang="de-DE"[^>]*>(<span>)?Die Wege', page)
    assert 'lang="en-US"' not in page
    assert re.search(r'<w:rtl/><w:lang [^>]*w:val="he-IL"', document)
    assert re.search(r'<w:lang [^>]*w:val="de-DE"', document)
    assert proved(numbered, styles, "html", "docx", "pdf") == []


@pytest.mark.parametrize("style", CITATION_STYLES)
@pytest.mark.parametrize("title", ["Was ist das?", "Der „Weg“ heute"])
def test_the_language_of_a_title_changes_no_word_of_its_entry(style, title):
    found = LIBRARY["lee2019"]
    found = replace(found, fields={**found.fields, "title": (Run(title),)})
    german = replace(found, fields={**found.fields, "language": (Run("de-DE"),)})
    entries = [format_entry(each, CITATION_STYLES[style], "en-GB") for each in (found, german)]

    assert plain(entries[0]) == plain(entries[1])
    assert {run.lang for run in entries[1]} == {"", "de-DE"}


@pytest.mark.parametrize(
    ("lang", "edition"),
    [("pt", "3ª ed."), ("pt-PT", "3.ª ed."), ("it", "3ª ed."), ("de", "3. Aufl.")],
)
def test_the_gender_of_an_edition(lang, edition):
    book = replace(
        LIBRARY["lee2019"], type="book", fields={"title": (Run("T"),), "edition": (Run("3"),)}
    )

    assert edition in plain(format_entry(book, CITATION_STYLES["ieee"], lang))


def chapter_and_page(folder, lang):
    """Return the entries of a chapter and of a page that was read on the first of a month."""
    words = dict(zip(FIELDS, WORDS[lang].split("|"), strict=True))
    bib = """@incollection{{a, author={{{author}}}, title={{{sentence}}}, booktitle={{{table}}},
    editor={{{author} and {author}}}, edition=3, chapter=7, pages={{5--9}}, year=2018,
    series={{{heading}}}, volume=2, publisher={{{cell}}}, address={{{cell}}}}}
    @online{{b, author={{{author}}}, title={{"{picture}"}}, url={{https://a.org}},
    date={{2025-11-03}}, urldate={{2026-01-01}}}}""".format(**words)
    page = write_html(
        *loaded(folder, f"---\ntitle: T\nlang: {lang}\n---\n\nText [@a; @b].\n", bib)
    ).decode()
    entries = page.split('class="entry"')[1:]
    return [re.sub("<[^>]+>", "", each.partition("</li>")[0][1:]) for each in entries]


@pytest.mark.parametrize("lang", WORDS)
def test_entries_are_put_in_words_of_their_language(tmp_path, lang):
    expected = dict(line.split("|", 1) for line in ENTRIES.read_text("utf-8").splitlines())

    found = (entry.replace("\xa0", "~") for entry in chapter_and_page(tmp_path, lang))
    assert "|".join(found) == expected[lang]


def test_a_language_from_right_to_left_without_words_of_its_own_is_proved(tmp_path):
    text = JAPANESE.replace("lang: ja", "lang: ur").replace(
        "詳しくは@sec-aと@fig-aを見よ", "@fig-a"
    )
    numbered, styles = loaded(tmp_path, text)

    assert faults(write("pdf", numbered, styles)[0], "pdf", numbered) == []


def test_a_latin_note_at_the_foot_of_a_full_page_from_right_to_left_is_proved(tmp_path):
    lines = "\n\n".join(["Rain[^n] شکل", *["Rain شکل"] * 30])
    text = f"---\ntitle: Rain\nlang: fa\n---\n\n{lines}\n\n[^n]: A note.\n"
    numbered, styles = loaded(tmp_path, text)

    assert faults(write("pdf", numbered, styles)[0], "pdf", numbered) == []


def test_czech_journals_have_other_volumes_than_books(tmp_path):
    bib = """@article{a, author={Lee, Ann}, title={Rain}, journal={Roads}, volume=4, year=2020}
    @book{b, author={Lee, Ann}, title={Snow}, volume=2, year=2020}"""
    text = "---\ntitle: T\nlang: cs\n---\n\nText [@a; @b].\n"

    page = re.sub("<[^>]+>", "", write_html(*loaded(tmp_path, text, bib)).decode())

    assert "Roads, roč. 4" in page.replace("\xa0", " ")
    assert "Snow, sv. 2" in page.replace("\xa0", " ")


def test_addresses_run_from_left_to_right_in_every_brief(tmp_path):
    text = "---\ntitle: דרך\nlang: he\n---\n\nראו [10.1000/x](https://doi.org/10.1000/x) [@a].\n"
    bib = "@book{a, author={כהן}, title={עיר}, url={https://a.org/b}}"
    numbered, styles = loaded(tmp_path, text, bib)

    page = write_html(numbered, styles).decode()
    assert len(re.findall('<a href="https://[^>]*dir="ltr"', page)) == 2
    with pypdfium2.PdfDocument(write("pdf", numbered, styles)[0]) as pdf:
        page = pdf[0].get_textpage()
        boxes = [page.get_charbox(place, loose=True) for place in range(page.count_chars())]
        seen = sorted(range(len(boxes)), key=lambda place: (-round(boxes[place][1]), boxes[place]))
        text = "".join(page.get_text_range(place, 1) for place in seen)
    assert "10.1000/x" in text
    assert "https://a.org/b" in text


def test_marks_of_chinese_are_as_wide_as_letters(tmp_path):
    text = (
        "---\ntitle: 路\nlang: zh\n---\n\n他说“好”……走——完。（“是”）[^n] It’s “so”…\n\n[^n]: 注。\n"
    )
    numbered, styles = loaded(tmp_path, text)
    marks = re.findall('class="wide">([^<]*)', write_html(numbered, styles).decode())

    assert marks == ["“", "”……", "——", "“", "”"]
    document = ZipFile(BytesIO(write_docx(numbered, styles))).read("word/document.xml").decode()
    assert re.search('<w:rFonts w:hint="eastAsia"/></w:rPr><w:t [^>]*>他说', document)
    with pypdfium2.PdfDocument(write("pdf", numbered, styles)[0]) as pdf:
        page = pdf[0].get_textpage()
        found = page.get_text_range()
        widths = [page.get_charbox(found.index(c), loose=True) for c in ("好", "“", "…")]
    assert len({round(right - left, 1) for left, _, right, _ in widths}) == 1


def test_claims_and_corrections_have_the_comma_of_the_language(tmp_path):
    text = """---
title: طرق
lang: ar
claim: {text: نص, by: أحمد, date: 2025-05-01}
verdict: نعم
corrections: [{date: 2026-03-02, where: القسم, what: نص}]
---

نص.
"""
    page = write_html(*loaded(tmp_path, text)).decode()

    assert "أحمد، 1 مايو 2025" in page
    assert "2 مارس 2026، القسم" in page


def test_japanese_lines_do_not_begin_with_small_kana_and_quotes_keep_off_their_rule(tmp_path):
    page = write_html(*loaded(tmp_path, "---\ntitle: T\nlang: ja\n---\n\n> 文。\n")).decode()

    assert re.search(r":lang\(ja\) ?\{ ?line-break: ?strict", page)
    assert re.search(r"blockquote ?\{[^}]*padding-inline-start: ?1em", page)

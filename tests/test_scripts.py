"""Briefs from right to left and in East Asian scripts: whole ones, in Word and in the PDF."""

import ctypes
import io
import re
import zipfile

import pypdfium2
import pytest
from installed import needs
from lxml import etree
from msgspec.structs import replace
from proved import wrong
from pypdfium2 import raw
from spec_library import LIBRARY, files_of

from pipeline.build.proof import read_back
from pipeline.cli import main
from pipeline.model.references import Name, Run, library_of
from pipeline.ooxml import NAMESPACES
from pipeline.project.loading import completed
from pipeline.project.stages import prepare
from pipeline.readers.markdown import read_markdown
from pipeline.styles import load_styles
from pipeline.verify.pdf import glyphs
from pipeline.verify.pdf.glyphs import missing_glyphs
from pipeline.writers.docx import write_docx
from pipeline.writers.pdf import write_pdf

STYLES = load_styles(None)[0]
ARABIC = """\
---
title: رسوم الازدحام في المدن
subtitle: ماذا تقول الدراسات
lang: ar
checked-on: 2026-02-01
authors: [سارة أحمد]
---

::: summary
تقلل الرسوم حركة المرور بنسبة 20 في المئة [@smith2021]. وهي تعمل في London أيضا [@lee2019, p. 4].
:::

## ما الذي نعرفه {#sec-known}

تظهر الدراسات [@lee2019, pp. 4-7] أن الأثر يدوم.[^a] انظر @fig-roof و @tbl-rain و @sec-do.

[^a]: حاشية مع مصدر [@who2020].

- بند أول
- بند ثان

1. أول
2. ثان

### في المدن

نص آخر [@smith2021; @lee2019; @who2020].

![سقف تحت المطر](roof.png){#fig-roof}

اكتب `print("x")` ثم `if a:` ثم `f("سلام", 12)` في London (UK) وقل [Hello, world!]{lang=en} هنا.

::: {.callout lang=en}
In short, fees work (mostly).
:::

| السنة | المطر |
|------|------|
| 2020 | 12   |

: المطر حسب السنة {#tbl-rain}

## ما العمل {#sec-do}

نهاية النص (مع أقواس) [@smith2021].
"""
JAPANESE = """\
---
title: 都市の混雑料金
subtitle: 研究が示すこと
lang: ja
checked-on: 2026-02-01
authors: [伊藤花子]
---

::: summary
料金は交通量を約20%減らす [@smith2021]。ロンドン（London）でも効く [@lee2019, p. 4; @who2020]。
:::

## わかっていること {#sec-known}

*研究* [@lee2019, p. 4] によれば効果は続く。[^a] @fig-roof と @tbl-rain と @sec-do を参照。

[^a]: 脚注 [@ito2018]。

- 一つ目
- 二つ目

### 都市で

**太字** の文 [@smith2021; @lee2019; @who2020]。

![雨の屋根](roof.png){#fig-roof}

| 年 | 雨 |
|------|------|
| 2020 | 12   |

: 年別の雨 {#tbl-rain}

## 何をすべきか {#sec-do}

終わり [@smith2021]。
"""
BRIEFS = {"ar": ARABIC, "ja": JAPANESE}
needs_japanese = needs("font Noto Sans CJK JP")


def numbered(text, library=LIBRARY):
    brief, found = read_markdown(text, "brief.md", files_of, "en-GB")
    front = completed(brief.front, STYLES.house)
    result, wrong = prepare(replace(brief, front=front), library)
    assert [*found, *wrong] == []
    return result


def find(node, path):
    return node.xpath(path, namespaces=dict(NAMESPACES))


def words(node):
    return "".join(find(node, ".//w:t/text()"))


def parts_of(text):
    """Return the XML parts of the Word file of a brief."""
    with zipfile.ZipFile(io.BytesIO(write_docx(numbered(text), STYLES))) as archive:
        return {
            name: etree.fromstring(archive.read(name))
            for name in archive.namelist()
            if name.endswith(".xml")
        }


@pytest.fixture(scope="module")
def arabic():
    return parts_of(ARABIC)


@pytest.fixture(scope="module")
def japanese():
    return parts_of(JAPANESE)


# In Word ----------------------------------------------------------------------------------------


def test_every_arabic_run_runs_from_right_to_left_and_no_latin_one(arabic):
    for name in ("word/document.xml", "word/footnotes.xml", "word/header1.xml"):
        for run in find(arabic[name], "//w:r[w:t][not(w:rPr/w:rStyle/@w:val='VerbatimChar')]"):
            if re.search("[\u0600-\u06ff]", words(run)):
                assert find(run, "w:rPr/w:rtl"), words(run)
            elif re.fullmatch("[A-Za-z]+", words(run)):
                assert not find(run, "w:rPr/w:rtl"), words(run)


def test_paragraphs_tables_and_pages_of_an_arabic_brief_begin_at_the_right(arabic):
    body, styles = arabic["word/document.xml"], arabic["word/styles.xml"]

    assert find(styles, "//w:style[@w:styleId='Normal']/w:pPr/w:bidi")
    assert find(body, "//w:sectPr/w:bidi")
    tables = find(body, "//w:tbl/w:tblPr")
    assert tables
    assert all(find(table, "w:bidiVisual") for table in tables)


def test_code_and_passages_of_an_arabic_brief_keep_their_stops_inside(arabic):
    """Between marks of direction (ECMA-376, part 1, annex I.7), or those of an embedding."""
    (paragraph,) = find(arabic["word/document.xml"], "//w:p[w:r[contains(w:t, 'print(\"x\")')]]")
    runs = [(words(run), bool(find(run, "w:rPr/w:rtl"))) for run in find(paragraph, "w:r")]

    for said, start, end in (
        ('print("x")', "\u200e", "\u200e"),
        ("if a:", "\u200e", "\u200e"),
        ('f("سلام", 12)', "\u202a", "\u202c"),
        ("Hello, world!", "\u200e", "\u200e"),
    ):
        assert f"{start}{said}{end}" in words(paragraph)
        assert any(said in text and not turned for text, turned in runs)
    assert any("London (UK)" in text and not turned for text, turned in runs)


def test_a_part_in_another_language_runs_its_own_way(arabic):
    (paragraph,) = find(arabic["word/document.xml"], "//w:p[starts-with(., 'In short')]")

    assert find(paragraph, "w:pPr/w:bidi/@w:val") == ["0"]
    assert find(paragraph, "w:pPr/w:pBdr/w:left/@w:sz") == ["32"]  # its bar, where lines begin
    assert not find(paragraph, ".//w:rtl")


def test_links_back_stand_behind_an_arabic_entry_of_an_english_list():
    arabic = replace(
        LIBRARY["lee2019"],
        type="book",
        fields={"title": (Run("المطر على الأسطح"),), "publisher": (Run("دار المطر"),)},
        names={"author": (Name("حسن", "علي"),)},
    )
    found = numbered(
        "# Rain\n\nIt rains [@smith2021] often [@lee2019] here.\n",
        library_of({**LIBRARY, "lee2019": arabic}),
    )
    assert wrong(found, read_back(write_pdf(found, STYLES), "pdf"), "pdf") == []


def test_the_entries_of_an_arabic_list_run_their_own_way_below_numbers_on_one_side():
    arabic = replace(LIBRARY["lee2019"], fields={"title": (Run("الماء"),), "page": (Run("4-7"),)})
    found = numbered(ARABIC, library_of({**LIBRARY, "lee2019": arabic}))
    with zipfile.ZipFile(io.BytesIO(write_docx(found, STYLES))) as archive:
        body = etree.fromstring(archive.read("word/document.xml"))
    latin, other, *_ = find(body, "//w:p[w:pPr/w:pStyle/@w:val='Bibliography']")

    assert not find(body, "//w:p[w:pPr/w:pStyle/@w:val='Bibliography']/w:pPr/w:bidi")
    assert words(latin).split("\u200e")[1] == (
        "A. Smith, ‘Rain on Roofs’, Journal of Rain, vol. 4, pp. 12–19, 2021."
    )
    assert find(latin, "w:r[contains(w:t, 'A. Smith, ‘Rain on Roofs’, ')]/w:rPr/w:lang/@w:val") == [
        "en-GB"
    ]
    assert "\u200e" not in words(other)
    assert find(other, "w:r[contains(w:t, 'الماء')]/w:rPr/w:rtl")


def test_the_labels_of_an_arabic_brief_are_arabic(arabic):
    text = words(arabic["word/document.xml"])

    for label in ("الشكل 1", "الجدول 1", "القسم 2", "المراجع"):
        assert label in text.replace("\u00a0", " ")
    assert not re.search("Figure|Table|Section|References|Contents", text)


def test_an_arabic_brief_has_its_language_and_a_font_for_its_script(arabic):
    defaults = "//w:docDefaults//w:rPr"

    assert find(arabic["word/styles.xml"], f"{defaults}/w:lang/@w:bidi") == ["ar-SA"]
    assert find(arabic["word/styles.xml"], f"{defaults}/w:rFonts/@w:cs") == ["Arial"]


def test_a_japanese_brief_has_its_language_and_a_font_for_its_script(japanese):
    defaults = "//w:docDefaults//w:rPr"

    assert find(japanese["word/styles.xml"], f"{defaults}/w:lang/@w:eastAsia") == ["ja-JP"]
    assert find(japanese["word/styles.xml"], f"{defaults}/w:rFonts/@w:eastAsia") == ["Yu Gothic"]
    assert not find(japanese["word/document.xml"], "//w:bidi | //w:rtl")


def test_the_labels_of_a_japanese_brief_are_japanese(japanese):
    text = words(japanese["word/document.xml"])

    for label in ("図", "表", "節", "参考文献"):
        assert label in text
    assert not re.search("Figure|Table|Section|References|Contents", text)


# In every output --------------------------------------------------------------------------------


@pytest.mark.parametrize("lang", ["ar", pytest.param("ja", marks=needs_japanese)])
def test_the_numbers_of_the_pdf_are_those_decided(lang):
    found = numbered(BRIEFS[lang])
    printed = read_back(write_pdf(found, STYLES), "pdf")

    assert wrong(found, printed, "pdf") == []


def test_links_that_break_over_lines_from_right_to_left_are_read_whole():
    """One reference is cited in 30 sections: its links back fill several lines."""
    letters = "ابتثجحخدذرزسشصضطظعغفقكلمنهوي"
    words = [letters[i % 28] + letters[i * 5 % 28] + letters[i * 11 % 28] * 2 for i in range(30)]
    sections = "".join(
        f"## {word} {{#sec-n{i}}}\n\nنص {word} {word[::-1]} [@lee2019].\n\n"
        for i, word in enumerate(words)
    )
    found = numbered(ARABIC + "\n" + sections)
    printed = read_back(write_pdf(found, STYLES), "pdf")

    assert wrong(found, printed, "pdf") == []


@needs_japanese
def test_an_arabic_author_in_the_list_of_a_japanese_brief_is_read_as_it_was_decided():
    """A PDF has the words of the name as they are seen, the last one first."""
    name = {"author": (Name(literal="منظمة الصحة العالمية"),)}
    library = dict(LIBRARY) | {"who2020": replace(LIBRARY["who2020"], names=name)}
    found = numbered(JAPANESE, library_of(library))
    printed = read_back(write_pdf(found, STYLES), "pdf")
    changed = replace(printed.bibliography[2], text="منظمة أخرى")

    assert wrong(found, printed, "pdf") == []
    other = replace(
        printed, bibliography=(*printed.bibliography[:2], changed, *printed.bibliography[3:])
    )
    assert wrong(found, other, "pdf") != []


def test_arabic_words_in_an_english_brief_leave_their_numbers_to_be_read():
    name, title = (Name("أحمد", "سارة"),), (Run("المدن والمطر"),)
    arabic = replace(LIBRARY["lee2019"], fields={"title": title}, names={"author": name})
    text = "---\ntitle: T\n---\n\n## المطر في المدن\n\nText [@smith2021; @lee2019].[^a]\n\n"
    text += "[^a]: حاشية مع مصدر [@lee2019, p. 4].\n"
    found = numbered(text, library_of({**LIBRARY, "lee2019": arabic}))

    printed = read_back(write_pdf(found, STYLES), "pdf")

    assert wrong(found, printed, "pdf") == []


# Fonts ------------------------------------------------------------------------------------------


def test_code_in_an_arabic_brief_runs_from_left_to_right_in_the_font_of_code():
    text = "---\ntitle: a\nlang: ar\n---\n\nنص `if one:` نص.\n\n```\nwhile two:\n```\n"
    with pypdfium2.PdfDocument(write_pdf(numbered(text), STYLES)) as pdf:
        textpage = pdf[0].get_textpage()
        # Of a file from right to left, pdfium gives the words of a line in that order.
        for words in (("if", "one"), ("while", "two")):
            first, last = (textpage.search(word).get_next()[0] for word in words)
            assert textpage.get_charbox(first)[0] < textpage.get_charbox(last)[0]
            end = textpage.get_charbox(last)
            signs = (i for i, c in enumerate(textpage.get_text_range()) if c == ":")
            boxes = [textpage.get_charbox(i) for i in signs]
            assert any(abs(b[1] - end[1]) < 8 and 0 < b[0] - end[0] < 40 for b in boxes)
            name = ctypes.create_string_buffer(99)
            raw.FPDFText_GetFontInfo(textpage.raw, first, name, 99, None)
            assert b"Mono" in name.value


@pytest.mark.parametrize("lang", ["ar", pytest.param("ja", marks=needs_japanese)])
def test_every_character_of_the_pdf_has_a_glyph(lang):
    assert missing_glyphs(write_pdf(numbered(BRIEFS[lang]), STYLES), "brief.pdf") == []


def test_a_character_that_no_font_can_draw_is_named_with_its_place():
    text = "---\ntitle: Rain\n---\n\nA \U00010fff box.\n"  # U+10FFF is assigned to nothing
    found = missing_glyphs(write_pdf(numbered(text), STYLES), "rain.pdf", text, "rain.md")

    assert [(d.code, d.span.path, d.span.line, d.span.column) for d in found] == [
        ("missing-glyph", "rain.md", 5, 3)
    ]
    assert "U+10FFF" in found[0].message


def test_characters_that_one_font_would_draw_are_one_finding(monkeypatch):
    monkeypatch.setattr(glyphs, "_without_glyph", lambda _: iter("報ĝ。ĝの"))
    found = missing_glyphs(b"", "rain.pdf", "ĝ 報\n報", "rain.md")

    assert [(d.message[33:38], d.span.line, d.span.column) for d in found] == [
        ("“報。の”", 1, 3),
        ("“ĝ” (", 1, 1),
    ]
    assert ["CJK" in d.hint for d in found] == [True, False]


def test_a_build_says_which_character_has_no_glyph_and_publishes(tmp_path, monkeypatch, capsys):
    (tmp_path / "rain.md").write_text("---\ntitle: Rain\n---\n\nA \U00010fff box.\n", "utf-8")
    monkeypatch.chdir(tmp_path)

    assert main(["build", "rain.md", "--to", "pdf"]) == 0
    assert "missing-glyph" in capsys.readouterr().err
    assert (tmp_path / "build/rain.pdf").exists()


def test_a_pdf_full_of_boxes_is_not_published(tmp_path, monkeypatch, capsys):
    boxes = 40 * "\U00010fff"
    (tmp_path / "rain.md").write_text(f"---\ntitle: Rain\n---\n\n{boxes}\n", "utf-8")
    monkeypatch.chdir(tmp_path)

    assert main(["build", "rain.md", "--to", "pdf,html"]) == 1
    assert "--to docx,html" in capsys.readouterr().err
    assert not (tmp_path / "build/rain.pdf").exists()


def test_numbers_after_a_passage_of_the_other_direction_stay_outside():
    text = "---\ntitle: T\nlang: en\n---\n\nSee [שלום]{lang=he} 12,5 % and on.\n"
    found = numbered(text)
    with zipfile.ZipFile(io.BytesIO(write_docx(found, STYLES))) as archive:
        body = etree.fromstring(archive.read("word/document.xml"))
    (paragraph,) = find(body, "//w:p[contains(., 'and on')]")

    assert "שלום\u200f\u200e 12,5" in words(paragraph)


# Links over two lines -----------------------------------------------------------------------------

LONG_HEADINGS = {
    "en": "What falls on roofs and rivers, and on all who live below them, in the year",
    "ar": "المطر على الأسطح والأنهار والتجارة والطاقة والسكك والأسعار والمدن الكبيرة، الجزء",
}
MORE = {"en": " rain", "ar": " مطر"}


@pytest.mark.parametrize("lang", LONG_HEADINGS)
def test_a_long_heading_that_ends_in_a_number_says_no_page_in_the_contents(lang):
    """Of lines of every length one leaves no room for dots: they begin the next line."""
    headings = [f"{LONG_HEADINGS[lang]}{MORE[lang] * more} {more + 2}" for more in range(8)]
    body = "".join(f"## {heading}\n\n{MORE[lang] * 420}.\n\n" for heading in headings)
    brief = numbered(f"---\ntitle: T\nlang: {lang}\n---\n\n{body}")
    found = read_back(write_pdf(brief, STYLES), "pdf")

    assert len(found.contents) >= 8
    assert wrong(brief, found, "pdf") == []


def test_a_link_back_beside_arabic_words_goes_on_in_the_next_line():
    author, title = (Name("حسن", "علي"),), "المطر " * 6
    library = library_of(
        {
            f"a{place}": replace(
                LIBRARY["lee2019"],
                key=f"a{place}",
                fields={"title": (Run(f"{title}{'ا' * 2 * place}"),)},
                names={"author": author},
            )
            for place in range(1, 25)
        }
    )
    marks = " ".join(f"Rain [@a{place}]." for place in range(1, 25))
    text = f"---\ntitle: T\nlang: en-GB\n---\n\n## Rain\n\n{marks}\n"
    brief = numbered(text, library)
    found = read_back(write_pdf(brief, STYLES), "pdf")

    assert [place.number for entry in found.bibliography for place in entry.places] == ["1"] * 24
    assert wrong(brief, found, "pdf") == []

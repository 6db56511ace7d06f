"""One house style, three outputs: what house.toml says reaches PDF, Word file and web page."""

import datetime
import io
import re
import zipfile
from base64 import b64decode, b64encode
from pathlib import Path

import docx
import pikepdf
import pypdfium2
import pytest
from fontTools.ttLib import TTFont
from msgspec.structs import replace
from pdf_judge import findings
from proved import faults
from rich_brief import inlines, par, rich
from test_pdf_laws import failures
from test_word_validator import errors
from word_tools import needs_validator

from pipeline.build.fingerprint import Target
from pipeline.model import PAPERS
from pipeline.project import load_project
from pipeline.running import filled, fitting_title
from pipeline.styles import PAPER_SIZES, Running, load_styles, preset_folder, styles_used
from pipeline.text import wide_characters
from pipeline.writers.docx import write_docx
from pipeline.writers.html import write_html
from pipeline.writers.pdf import lay_out, write_pdf
from pipeline.writers.pdf.print_page import PrintPage, write_print_page

PIXELS = 96 / 25.4  # to the millimetre
SHORT = (par("Rain."),)


def house(folder, text):
    (folder / "house.toml").write_text(text, "utf-8")
    styles, found = load_styles(folder)
    assert found == []
    return styles


def pdf_page(styles, **front):
    return lay_out(rich(blocks=SHORT, **front), styles).pages[0]._page_box


# Geometry ---------------------------------------------------------------------------------------

PAGE = """
[page]
top = 30
bottom = 31
inner = 32
outer = 33
first-top = 12
gutter = 5
measure = 120
[page.letter]
top = 40
"""


@pytest.mark.parametrize(
    ("paper", "lang", "sides"),
    [
        ("a4", "en-GB", (32, 58)),
        ("letter", "en-GB", (32, 63.9)),
        ("a4", "ar", (58, 32)),
    ],
)
def test_margins_are_those_of_the_house_on_each_paper(tmp_path, paper, lang, sides):
    styles = house(tmp_path, PAGE)
    brief = {"paper": paper, "lang": lang, "columns": 1}
    page = pdf_page(styles, **brief)
    content = write_docx(rich(blocks=SHORT, **brief), styles)
    section = docx.Document(io.BytesIO(content)).sections[0]
    top = 40 if paper == "letter" else 30

    assert (page.margin_left, page.margin_right) == pytest.approx([s * PIXELS for s in sides])
    assert page.margin_top == pytest.approx(12 * PIXELS)
    assert page.width == pytest.approx(120 * PIXELS)
    word = [section.left_margin, section.right_margin, section.top_margin, section.bottom_margin]
    assert [length.mm for length in word] == pytest.approx([*sides, top, 31], abs=0.02)


def test_a_pull_quote_has_the_font_of_headings_in_word_too():
    styles, _ = load_styles(preset_folder("newsroom"))
    word = docx.Document(io.BytesIO(write_docx(rich(blocks=SHORT), styles)))

    heading, pull_quote, body = (
        word.styles[name].font.name for name in ("Heading 1", "Pull Quote", "Body Text")
    )
    assert pull_quote == heading != body


def test_two_columns_have_equal_margins_and_no_gutter(tmp_path):
    page = pdf_page(house(tmp_path, PAGE), columns=2)

    assert page.margin_left == page.margin_right
    assert page.margin_left / PIXELS == pytest.approx(25.9, abs=0.1)  # for 45 characters, not 27


def test_lines_of_the_web_page_are_as_long_as_those_of_the_pages(tmp_path):
    page = write_html(rich(blocks=SHORT), house(tmp_path, PAGE)).decode()

    assert re.search(r"--measure-on-screen: 30\.9rem;", page)  # 120 mm in parts of 11 points


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("inner = 20\ngutter = 24", "has a gutter of 24 mm in a margin of 20 mm"),
        ("outer = 92", "leaves 54 of 210 mm for lines of text on a4"),
        ("bottom = 220", "leaves 52 of 297 mm for text on a4"),
        ("[page.letter]\nbottom = 200", "leaves 54.4 of 279.4 mm for text on letter"),
    ],
)
def test_pages_without_room_are_said_and_the_default_stays(tmp_path, text, message):
    (tmp_path / "house.toml").write_text(f"[page]\n{text}\n", "utf-8")
    styles, found = load_styles(tmp_path)

    assert [d.message for d in found] == [f"`page` {message}"]
    assert styles.house == load_styles(None)[0].house


@pytest.mark.parametrize("value", ["nan", "inf", "-inf", "-1", "1e9", "0.0001"])
@pytest.mark.parametrize("key", ["page.top", "page.letter.outer", "sizes.body", "logo.height"])
def test_numbers_that_are_no_lengths_are_said(tmp_path, key, value):
    table, _, name = key.rpartition(".")
    (tmp_path / "house.toml").write_text(f"[{table}]\n{name} = {value}\n", "utf-8")
    styles, found = load_styles(tmp_path)

    if value != "0.0001" or key == "sizes.body":
        assert [d.code for d in found] == ["bad-house-style"]
        assert styles.house == load_styles(None)[0].house


def test_a_wrong_key_of_one_paper_is_said(tmp_path):
    (tmp_path / "house.toml").write_text("[page.letter]\nleft = 3\n", "utf-8")

    assert [d.code for d in load_styles(tmp_path)[1]] == ["bad-house-style"]


@pytest.mark.parametrize(
    ("measure", "size", "fine"), [(120, 10.5, True), (120, 6, False), (62, 12, False)]
)
def test_the_length_of_lines_is_judged_by_the_size_of_the_text(tmp_path, measure, size, fine):
    text = f"[page]\nmeasure = {measure}\n[sizes]\nbody = {size}\n"
    (tmp_path / "house.toml").write_text(text, "utf-8")

    assert ("line-length" in [d.code for d in load_styles(tmp_path)[1]]) is not fine


def test_each_paper_has_a_size():
    assert PAPER_SIZES.keys() == set(PAPERS)


# Logo -------------------------------------------------------------------------------------------

SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="240" height="60" viewBox="0 0 240 60">'
    '<rect width="240" height="60" fill="#7a0019"/></svg>'
)
LOGO = """name = "Rain House"
[logo]
file = "logo.svg"
height = 15
"""


def project(folder, toml, **files):
    """Return the styles of a project with one brief, and the findings of the project."""
    (folder / "styles").mkdir(exist_ok=True)
    (folder / "briefs").mkdir(exist_ok=True)
    (folder / "styles/house.toml").write_text(toml, "utf-8")
    (folder / "briefs/rain.md").write_text("# Rain\n\nIt rains.\n", "utf-8")
    for name, content in files.items():
        (folder / "styles" / name).write_bytes(content)
    found = load_project(start=folder)
    return found.styles, [d for d in found.diagnostics if d.code != "missing-library"]


def test_the_logo_is_on_the_first_page_of_every_output(tmp_path):
    styles, found = project(tmp_path, LOGO, **{"logo.svg": SVG.encode()})
    brief = rich(blocks=SHORT)
    (alt, *_) = alternatives(pikepdf.open(io.BytesIO(write_pdf(brief, styles))))
    word = docx.Document(io.BytesIO(write_docx(brief, styles)))
    header = word.sections[0].first_page_header
    page = write_html(brief, styles).decode()

    assert found == []
    assert alt == "Rain House"
    assert header._element.xpath("//wp:docPr/@descr") == ["Rain House"]
    (size,) = header._element.xpath("//wp:extent")
    assert [int(size.get(n)) / 36000 for n in ("cx", "cy")] == pytest.approx([60, 15], abs=0.05)
    assert sorted(r.target_part.partname.ext for r in header.part.rels.values()) == ["png", "svg"]
    picture = r'<img class="logo" src="data:image/svg\+xml;base64,[^"]+" alt="Rain House"'
    assert re.search(picture, page)


def alternatives(pdf):
    """Return the alternative texts of a PDF."""
    return [
        str(each.Alt)
        for each in pdf.objects
        if isinstance(each, pikepdf.Dictionary) and "/Alt" in each
    ]


@pytest.mark.parametrize(
    ("old", "new", "code", "line"),
    [
        ("logo.svg", "no.svg", "missing-file", 3),
        ("logo.svg", "bad.png", "bad-image", 3),
        ("logo.svg", "../briefs/rain.md", "outside-project", 3),
        ("logo.svg", "https://example.org/logo.svg", "remote-file", 3),
        ("15", "0", "bad-house-style", 4),
    ],
)
def test_a_logo_that_cannot_be_is_said_at_its_line(tmp_path, old, new, code, line):
    files = {"bad.png": b"GIF", "logo.svg": SVG.encode()}
    _, found = project(tmp_path, LOGO.replace(old, new), **files)

    assert [(d.code, d.span.line) for d in found] == [(code, line)]


def test_another_picture_is_another_logo(tmp_path):
    one, _ = project(tmp_path, LOGO, **{"logo.svg": SVG.encode()})
    two, _ = project(tmp_path, LOGO, **{"logo.svg": SVG.replace("7a0019", "00197a").encode()})
    targets = [Target(rich(blocks=SHORT), styles_used(each, "docx"), "docx") for each in (one, two)]

    assert targets[0].fingerprint != targets[1].fingerprint


# Rules of its own -------------------------------------------------------------------------------


def test_extra_css_is_added_to_ours_on_pages_and_on_the_web_page(tmp_path):
    rule = "@media print { body { margin-left: 7mm } }"
    (tmp_path / "extra.css").write_text(rule, "utf-8")
    styles, found = load_styles(tmp_path)
    page = write_html(rich(blocks=SHORT), styles).decode()
    (root, *_) = lay_out(rich(blocks=SHORT), styles).pages[0]._page_box.children
    (body,) = root.children

    assert found == []
    assert 0 < page.index(".sheet {") < page.index(rule)
    assert body.margin_left == pytest.approx(7 * PIXELS)


def test_a_colour_that_is_inherited_is_that_of_what_is_around(tmp_path):
    css = "p { color: #fff; background: #000 } p a { color: #000 } p a.mark { color: inherit }"
    (tmp_path / "extra.css").write_text(css + " :target { background: none }", "utf-8")

    assert [d.message for d in load_styles(tmp_path)[1] if ".mark" in d.message] == []


def test_pictures_of_extra_css_are_part_of_it(tmp_path):
    (tmp_path / "band.svg").write_text(SVG, "utf-8")
    css = 'h2 { background: url("band.svg") }\nh3 { background: url(no.svg) }\n'
    (tmp_path / "extra.css").write_text(css, "utf-8")
    styles, found = load_styles(tmp_path)
    data = b64encode(SVG.encode()).decode()

    assert f'url("data:image/svg+xml;base64,{data}")' in styles.files["extra.css"]
    assert [(d.code, d.span.line) for d in found] == [("remote-file", 2)]


@pytest.mark.parametrize(
    ("css", "code"),
    [
        ("p { background: url(http://example.org/a.png) }", "remote-file"),
        ("p { background: url(../a.png) }", "remote-file"),
        (".reference > .label { display: none }", "hides-numbers"),
        (".mark { color: #fff }", "hides-numbers"),
    ],
)
def test_extra_css_may_neither_fetch_nor_hide(tmp_path, css, code):
    (tmp_path / "extra.css").write_text(f"p {{ color: black }}\n{css}\n", "utf-8")

    assert [(d.code, d.span.line) for d in load_styles(tmp_path)[1]] == [(code, 2)]


@pytest.mark.parametrize(("lang", "inner"), [("en-GB", 64), ("ja", 36.4), ("zh-Hant-TW", 36.4)])
def test_lines_of_full_width_characters_use_the_gutter(lang, inner):
    page = pdf_page(load_styles(None)[0], lang=lang)
    content = write_docx(rich(blocks=SHORT, lang=lang, paper="a4"), load_styles(None)[0])
    section = docx.Document(io.BytesIO(content)).sections[0]

    assert page.margin_left == pytest.approx(inner * PIXELS, abs=0.5)
    assert section.left_margin.mm == pytest.approx(inner, abs=0.1)


# Headers and footers ----------------------------------------------------------------------------

RUNNING = """name = "Rain House"
[header]
left = "{series} {number}"
center = "{name}"
right = "{title}"
[footer]
left = "{name} · {date} · {edition} · {url}"
right = "{page} / {pages}"
"""


@pytest.mark.parametrize(
    ("slot", "text"),
    [
        ("{name} · {date} · {url}", "Rain House · 2 May 2026"),
        ("{date} · {url} · {name}", "2 May 2026 · Rain House"),
        ("{url}", ""),
        ("{url} · {edition}", ""),
        ("{url} · here · {edition}", "here"),
        ("No. {number} of {series}", "No.  of Rain"),
        ("{page} · {name}", "{page} · Rain House"),
    ],
)
def test_empty_fields_of_a_slot_go_with_their_dots(slot, text):
    values = {"name": "Rain House", "date": "2 May 2026", "series": "Rain"}
    empty = dict.fromkeys(("url", "edition", "number"), "")

    assert filled(slot, values | empty) == text


def test_headers_and_footers_are_the_same_in_pdf_and_word(tmp_path):
    styles, found = project(tmp_path, RUNNING)
    facts = {"series": "Rain papers", "number": "12", "edition": "", "checked_on": None}
    long = tuple(par("It rains. " * 40) for _ in range(14))
    brief = rich(blocks=long, date=datetime.date(2026, 5, 2), columns=1, **facts)
    second = pypdfium2.PdfDocument(write_pdf(brief, styles))[1].get_textpage().get_text_bounded()
    section = docx.Document(io.BytesIO(write_docx(brief, styles))).sections[0]
    (header,), (footer,) = section.header.paragraphs, section.footer.paragraphs

    assert found == []
    title = brief.brief.title
    assert header.text.split("\t") == ["Rain papers 12", "Rain House", title]
    assert footer.text.split("\t") == ["Rain House · 2 May 2026", "1 / 1"]
    assert re.findall(r"w:instrText[^>]*>\s*(\w+)", footer._p.xml) == ["PAGE", "NUMPAGES"]
    for words in ("Rain papers 12", "Rain House", title, "Rain House · 2 May 2026", "2 / "):
        assert words in " ".join(second.split())


def test_what_fits_a_header_stays_on_one_line(tmp_path):
    styles, _ = project(tmp_path, 'name = "Our House"\n')
    long = tuple(par("It rains. " * 40) for _ in range(14))
    brief = rich(blocks=long, columns=1, title=inlines("Rain falls on roofs"))
    second = pypdfium2.PdfDocument(write_pdf(brief, styles))[1].get_textpage()

    assert "Our House" in second.get_text_bounded()


def test_a_title_is_cut_where_it_would_meet_the_rest_of_the_header(tmp_path):
    styles, _ = project(tmp_path, RUNNING)
    front = {"title": inlines("The rain in the hills of the north " * 9)}
    section = docx.Document(io.BytesIO(write_docx(rich(blocks=SHORT, **front), styles))).sections[0]
    title = section.header.paragraphs[0].text.rpartition("\t")[2]

    assert title.startswith("The rain in")
    assert title.endswith("…")
    assert len(title) < 100


def test_the_number_of_a_page_takes_little_room_from_the_title():
    house = load_styles(None)[0].house
    brief = rich(
        title=inlines("The rain in the hills of the north, and what it does to roofs")
    ).brief
    running = Running(left="{title}", center="", right="{page-of}")
    assert fitting_title(house, brief, running, 79 * house.sizes["small"] * 0.5) == brief.title


@pytest.mark.parametrize("title_at", ["left", "center", "right"])
@pytest.mark.parametrize("others", ["A name of thirty-one characters", "{logo}", "雨の研究"])
def test_what_is_in_the_middle_of_a_header_meets_neither_side(title_at, others):
    """Without a picture, the name of the house stands in place of a logo."""
    name = "A name of thirty-one characters"
    house = replace(load_styles(None)[0].house, name=name)
    brief = rich(title=inlines("The rain in the hills of the north " * 9)).brief
    sides = dict.fromkeys(("left", "center", "right"), "") | {"left": others, "center": "Rain"}
    running = Running(**(sides | {title_at: "{title}"}))
    characters = 130
    title = fitting_title(house, brief, running, characters * house.sizes["small"] * 0.5)
    left, center, right = (
        len(words) + wide_characters(words)
        for words in (
            filled(slot, {"title": title, "logo": name})
            for slot in (running.left, running.center, running.right)
        )
    )

    assert 30 < len(title) < 130
    assert 2 * max(left, right) + center <= characters


def test_numbers_beside_latin_names_stay_with_their_date_from_right_to_left(tmp_path):
    styles = house(tmp_path, 'name = "Rain House"\n[footer]\nleft = "{name} · {date}"\n')
    numbered = rich(blocks=SHORT, lang="ar")
    page = write_print_page(PrintPage(numbered, styles.house, styles.pictures), styles)
    word = docx.Document(io.BytesIO(write_docx(numbered, styles)))

    assert re.search("\u200fRain House\u200f · \u200f?28 ", page)
    assert re.search(
        "\u200fRain House\u200f · \u200f?28 ", word.sections[0].footer.paragraphs[0].text
    )


@pytest.mark.parametrize(
    ("slot", "message"),
    [
        ("{pag}", "`footer.left` has no field `pag`"),
        ("{logo} {name}", "`footer.left` has more than the logo"),
    ],
)
def test_a_slot_that_cannot_be_filled_is_said(tmp_path, slot, message):
    _, (found,) = project(tmp_path, f'[footer]\nleft = "{slot}"\n')

    assert (found.code, found.message, found.span.line) == ("bad-house-style", message, 2)


def test_the_logo_stands_in_the_header_where_the_house_says_so(tmp_path):
    toml = LOGO + '[header]\nright = "{logo}"\n'
    styles, _ = project(tmp_path, toml, **{"logo.svg": SVG.encode()})
    word = docx.Document(io.BytesIO(write_docx(rich(blocks=SHORT), styles)))
    (size,) = word.sections[0].header._element.xpath("//wp:extent")
    page = write_print_page(PrintPage(rich(blocks=SHORT), styles.house, styles.pictures), styles)

    assert int(size.get("cy")) / 36000 == pytest.approx(8, abs=0.05)
    assert 'background: url("brief-image:house:logo")' in page


# Cover ------------------------------------------------------------------------------------------

COVER = LOGO + '[cover]\nshow = "on"\nground = "accent"\npicture = "photo.png"\n'
PHOTO = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de"
    "0000000c4944415408d763f8cfc000000301010018dd8db00000000049454e44ae426082"
)
COVERED = {"logo.svg": SVG.encode(), "photo.png": PHOTO}


@pytest.mark.parametrize("lang", ["en-GB", "ar"])
def test_the_cover_is_a_page_of_its_own_before_a_brief_that_is_proved(tmp_path, lang):
    styles, found = project(tmp_path, COVER, **COVERED)
    brief = rich(blocks=SHORT, lang=lang, series="Rain papers", number="12", columns=1)
    pdf, word = write_pdf(brief, styles), write_docx(brief, styles)
    first, second, *_ = (p.get_textpage().get_text_bounded() for p in pypdfium2.PdfDocument(pdf))
    document = docx.Document(io.BytesIO(word))
    lines = {p.style.name: p.text for p in document.paragraphs if p.style.name.startswith("Cover")}
    cover, text = document.sections[:2]

    assert found == []
    if lang == "en-GB":
        assert brief.brief.title in " ".join(first.split())
        assert "Rain papers 12" in first
        assert brief.brief.title in " ".join(second.split())
    assert "Page 1" not in first
    assert lines["Cover Title"] == brief.brief.title
    assert cover.header.is_linked_to_previous
    assert text.different_first_page_header_footer
    assert not text.first_page_header.is_linked_to_previous
    assert faults(pdf, "pdf", brief) == faults(word, "docx", brief) == []
    assert b"cover-title" not in write_html(brief, styles).split(b"</style>")[1]


@pytest.mark.parametrize("words", [3, 12, 40, 200])
@pytest.mark.parametrize("paper", ["a4", "letter"])
def test_the_words_of_a_cover_end_on_its_page(tmp_path, words, paper):
    styles, _ = project(tmp_path, COVER, **COVERED)
    title, subtitle = inlines("Rain falls " * words), inlines("It rains again " * (words // 2))
    front = {"title": title, "subtitle": subtitle, "paper": paper, "series": "Rain papers"}
    document = lay_out(rich(blocks=SHORT, **front), styles)
    page = document.pages[0]._page_box
    ground = next(box for box in page.descendants() if box.element_tag == "div" and "cover-ground"
                  in box.element.get("class", ""))  # fmt: skip
    lines = [box for box in ground.descendants() if type(box).__name__ == "LineBox"]

    assert lines
    assert max(line.position_y + line.height for line in lines) < page.height - 20


def test_the_cover_conforms(tmp_path):
    styles, _ = project(tmp_path, COVER, **COVERED)
    brief = rich(blocks=SHORT)

    content = write_pdf(brief, styles)

    assert failures(content) == []
    # Covers have no footers, and the page after one has the masthead in place of a header.
    assert [f for f in findings(content) if not f.startswith("artifacts: page")] == []


@needs_validator
def test_the_cover_is_valid_in_word(tmp_path):
    styles, _ = project(tmp_path, COVER, **COVERED)

    assert errors(write_docx(rich(), styles), tmp_path) == []


@pytest.mark.parametrize(
    ("toml", "code", "line"),
    [
        ('[cover]\nground = "acent"', "bad-house-style", 2),
        ('[cover]\nshow = "yes"', "bad-house-style", 2),
        ('[cover]\npicture = "no.png"', "missing-file", 2),
    ],
    ids=["ground", "show", "picture"],
)
def test_a_cover_that_cannot_be_is_said(tmp_path, toml, code, line):
    _, found = project(tmp_path, toml)

    assert [(d.code, d.span.line) for d in found][:1] == [(code, line)]


def test_text_on_the_ground_of_a_cover_needs_contrast(tmp_path):
    colours = '[colours]\nrule = "#7a7a7a"\ntext = "#333333"\n'
    _, found = project(tmp_path, colours + '[cover]\nshow = "on"\nground = "rule"\n')

    assert [d.message for d in found] == [
        "text on `rule`, the cover, has a contrast of 4.3:1; it needs 4.5:1"
    ]


# Fonts ------------------------------------------------------------------------------------------

DEJAVU = Path("/usr/share/fonts/truetype/dejavu")
FONTS = """[fonts]
body = { family = "Rain", files = ["Rain.ttf", "Rain-Bold.ttf", "Rain-Italic.ttf"] }
"""


def renamed(name, family="Rain", rights=0):
    """Return a font of this machine under another name, so that only the file can be the source."""
    font = TTFont(DEJAVU / name, recalcTimestamp=False)
    for record in font["name"].names:
        if record.nameID in (1, 4, 6, 16):
            record.string = family
    font["OS/2"].fsType = rights
    file = io.BytesIO()
    font.save(file)
    return file.getvalue()


@pytest.fixture(scope="module")
def rain():
    if not DEJAVU.is_dir():
        pytest.skip("the fonts DejaVu are not here")
    names = {"Rain.ttf": "Serif", "Rain-Bold.ttf": "Serif-Bold", "Rain-Italic.ttf": "Serif-Italic"}
    return {file: renamed(f"DejaVu{name}.ttf") for file, name in names.items()}


def test_fonts_of_the_house_are_in_the_pdf_and_cut_in_the_web_page(tmp_path, rain):
    styles, found = project(tmp_path, FONTS, **rain)
    page = write_html(rich(blocks=SHORT), styles).decode()
    pdf = pikepdf.open(io.BytesIO(write_pdf(rich(blocks=SHORT), styles)))
    fonts = [str(font.BaseFont) for font in pdf.pages[0].Resources.Font.values()]
    data = [b64decode(text) for text in re.findall("font/woff;base64,([^)]+)", page)]

    assert found == []
    assert any("+Rain" in name for name in fonts)
    assert [font[:4] for font in data] == [b"wOFF"] * 3
    assert sum(map(len, data)) < sum(map(len, rain.values())) / 4
    assert "font-src data:" in page


def test_fonts_that_nothing_stands_for_are_in_the_word_file(tmp_path, rain):
    styles, _ = project(tmp_path, FONTS, **rain)
    with zipfile.ZipFile(io.BytesIO(write_docx(rich(blocks=SHORT), styles))) as archive:
        table = archive.read("word/fontTable.xml").decode()
        fonts = [archive.read(n) for n in archive.namelist() if n.endswith(".odttf")]
        settings = archive.read("word/settings.xml").decode()
    keys = re.findall(r'<w:embed(\w+)[^>]*w:fontKey="{([0-9A-F-]{36})}"', table)
    key = bytes.fromhex(dict(keys)["Regular"].replace("-", ""))[::-1] * 2
    regular = bytes(a ^ b for a, b in zip(fonts[0], key, strict=False)) + fonts[0][32:]

    assert [slot for slot, _ in keys] == ["Regular", "Bold", "Italic"]
    assert regular == rain["Rain.ttf"]
    assert "w:embedTrueTypeFonts" in settings

    stands = FONTS.replace("files =", 'stands-for = "Georgia", files =')
    styles, _ = project(tmp_path, stands, **rain)
    with zipfile.ZipFile(io.BytesIO(write_docx(rich(blocks=SHORT), styles))) as archive:
        assert not any(name.endswith(".odttf") for name in archive.namelist())


@needs_validator
def test_embedded_fonts_are_valid_in_word(tmp_path, rain):
    styles, _ = project(tmp_path, FONTS, **rain)

    assert errors(write_docx(rich(), styles), tmp_path) == []


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("Rain.ttf", lambda: b"wOF2", "`Rain.ttf` is not a TrueType or OpenType file"),
        (
            "Rain.ttf",
            lambda: b"\0\1\0\0",
            "`Rain.ttf` is damaged",
        ),
        (
            "Rain.ttf",
            lambda: renamed("DejaVuSerif.ttf", "Snow"),
            "`Rain.ttf` is of the family `Snow`, not `Rain`",
        ),
        (
            "Rain.ttf",
            lambda: renamed("DejaVuSerif.ttf", rights=2),
            "`Rain.ttf` may not be embedded: its licence says so",
        ),
    ],
    ids=["woff2", "damaged", "family", "rights"],
)
def test_a_font_file_that_cannot_be_used_is_said(tmp_path, rain, name, content, message):
    _, (found, *_) = project(tmp_path, FONTS, **{**rain, name: content()})

    assert (found.code, found.span.line) == ("bad-house-style", 2)
    assert found.message.startswith(message)


def test_a_font_outside_the_folder_is_not_read(tmp_path):
    _, (found, *_) = project(tmp_path, '[fonts]\nbody = {family = "A", files = ["../a.ttf"]}\n')

    assert found.message == "`../a.ttf` is not in the folder of the house style"


def test_a_character_of_a_brief_that_its_font_lacks_is_said_at_its_place(tmp_path, rain):
    project(tmp_path, FONTS, **rain)
    text = "# Rain\n\nIt rains \u00e9, \u03b1 and 雨.\nAt night, \u0294 it rains.\n"
    for name, content in rain.items():
        font = TTFont(io.BytesIO(content))
        for table in font["cmap"].tables:
            table.cmap.pop(0x0294, None)
        font.save(tmp_path / "styles" / name)
    (tmp_path / "briefs/rain.md").write_text(text, "utf-8")
    (brief,) = load_project(start=tmp_path).briefs
    (found,) = (d for d in brief.diagnostics if d.code == "font-lacks-characters")

    assert found.message == "`Rain` cannot draw “ʔ”: another font does"
    assert (found.span.line, found.span.column) == (4, 11)


def test_a_font_that_lacks_letters_and_text_without_italics_are_said(tmp_path, rain):
    toml = FONTS.replace(', "Rain-Italic.ttf"', "")
    font = TTFont(io.BytesIO(rain["Rain.ttf"]))
    for table in font["cmap"].tables:
        table.cmap.pop(ord("é"), None)
        table.cmap.pop(ord("€"), None)
        table.cmap.pop(0xA0, None)  # a space is drawn for it
    font.save(tmp_path / "cut.ttf")
    files = {**rain, "Rain.ttf": (tmp_path / "cut.ttf").read_bytes()}
    _, found = project(tmp_path, toml, **files)

    assert [d.message for d in found] == [
        "`Rain.ttf` cannot draw “€”: another font does",
        "`fonts.body` has no italic font",
    ]

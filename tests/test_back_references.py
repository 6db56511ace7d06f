"""Each entry ends with where it is cited: the section, and in PDF and Word the page."""

import re
import zipfile
from io import BytesIO
from itertools import chain

import pypdfium2
import pytest
from msgspec.structs import replace
from proved import faults, wrong
from rich_brief import BLOCKS, PROSE, cite, heading, par, rich
from test_scripts import ARABIC
from test_scripts import numbered as read_whole
from weasyprint.formatting_structure.boxes import LineBox, TextBox

from pipeline.build.proof import read_back
from pipeline.model import Anchor
from pipeline.styles import load_styles
from pipeline.verify.consistency import contradictions
from pipeline.verify.pdf.text import Page
from pipeline.writers import WRITERS, pdf
from pipeline.writers.pdf import lay_out, page_numbers, write_pdf
from pipeline.writers.pdf.weasyprint_fixes.known_pages import printed

STYLES = load_styles(None)[0]
FORMATS = ("html", "docx", "pdf")
LONG = tuple(
    block
    for i, key in enumerate(("lee", "okoye", "six", "lee"), start=1)
    for block in (
        heading(1, f"sec-{i}", f"Part {i} of it"),
        *[par(PROSE * 7) for _ in range(3)],
        par(PROSE, cite(str(i), key), "."),
    )
)
KEYS = ("lee", "okoye", "six", "lee", "okoye", "six")
VERY_LONG = tuple(  # with a page for each section, more than ten pages
    block
    for i in range(1, 12)
    for block in (
        heading(1, f"sec-{i}", f"Part {i} of it"),
        par(PROSE * 5, *([cite(str(i), KEYS[i - 1])] if i <= len(KEYS) else []), "."),
    )
)
BROKEN = replace(
    STYLES,
    files={**STYLES.files, "print.css": STYLES.files["print.css"] + "h2 { break-before: page }"},
)


def words(content):
    document = pypdfium2.PdfDocument(BytesIO(content))
    text = "\n".join(page.get_textpage().get_text_range() for page in document)
    document.close()
    return " ".join(text.split())


def test_no_page_number_is_broken_over_two_lines():
    """Lines of 46 mm end in "p. 1": "p. 11" would never be as wide as the guess."""
    sections = (
        (heading(1, f"sec-{i}", f"Part {i} of it"), par(PROSE, cite(str(i), KEYS[i % 6]), "."))
        for i in range(1, 14)
    )
    sheet = BROKEN.files["print.css"] + ".references { width: 46mm }"
    styles = replace(BROKEN, files={**BROKEN.files, "print.css": sheet})

    document = lay_out(rich(blocks=tuple(chain.from_iterable(sections))), styles)

    boxes = (box for page in document.pages for box in page._page_box.descendants())
    numbers = [int(number) for box in boxes if (number := printed(box))]
    assert sorted(numbers) == list(range(2, 15))


@pytest.mark.parametrize("width", range(60, 84, 4))
def test_a_number_stays_with_its_word_and_no_word_breaks(width):
    long = (heading(1, "sec-l", "Conclusion: a shift"), par(PROSE, cite("9", "lee"), "."))
    sheet = STYLES.files["print.css"] + f".references {{ width: {width}mm }}"
    styles = replace(STYLES, files={**STYLES.files, "print.css": sheet})

    document = lay_out(rich(blocks=(*LONG, *long)), styles)

    boxes = (box for page in document.pages for box in page._page_box.descendants())
    lines = ["".join(t.text for t in b.descendants() if isinstance(t, TextBox))
             for b in boxes if isinstance(b, LineBox)]  # fmt: skip
    said = [line.replace("\N{NO-BREAK SPACE}", " ").strip() for line in lines]
    assert sum("(p. " in line for line in said) >= 3
    assert not [line for line in said if line.endswith(("(p.", "Section"))]
    assert not [line for line in said if re.search(r"\b(Co|Con|Conc|Concl|Conclu|Conclus)$", line)]


def test_the_pages_are_those_of_the_citations():
    numbered = rich(blocks=LONG)
    document = lay_out(numbered, STYLES)
    stands_on = {
        anchor: number
        for number, page in enumerate(document.pages, start=1)
        for anchor in page.anchors
    }
    said = re.findall(r"Section (\d) \(p\. (\d+)\)", words(write_pdf(numbered, STYLES)))

    assert len({page for _, page in said}) > 2
    assert sorted(said) == sorted(
        (place.label.removeprefix("Section "), str(stands_on[str(place.citation)]))
        for places in numbered.cited_at.values()
        for place in places
    )


def test_pages_that_never_come_to_rest_are_left_out(monkeypatch):
    moving = iter(range(2, 100))
    monkeypatch.setattr(pdf, "pages_of", lambda _: {Anchor.parse("cite-1"): "9" * next(moving)})
    blocks = (heading(1, "sec-a", "One"), par("So ", cite("1", "lee"), "."))
    text = words(write_pdf(rich(blocks=blocks), STYLES))

    assert "Cited in Section 1" in text
    assert "(p." not in text


@pytest.mark.parametrize(
    ("numbered", "styles"),
    [
        (rich(blocks=VERY_LONG), BROKEN),
        (rich(blocks=LONG[:10], columns=2, lang="de"), STYLES),
        (rich(blocks=(par(PROSE * 80), *LONG[:5]), lang="ja"), STYLES),
        (read_whole(ARABIC), STYLES),
    ],
)
def test_pages_put_in_place_of_guesses_leave_the_file_that_a_layout_with_them_gives(
    numbered, styles, monkeypatch
):
    corrected = write_pdf(numbered, styles)

    def laid_out_with_right_numbers(numbered, styles):
        pages = page_numbers.pages_of(lay_out(numbered, styles))
        return pdf._laid_out(numbered, styles, pages)

    monkeypatch.setattr(pdf, "lay_out", laid_out_with_right_numbers)
    assert write_pdf(numbered, styles) == corrected


@pytest.fixture
def layouts(monkeypatch):
    """The page numbers that each layout is given."""
    given, laid_out = [], pdf._laid_out
    monkeypatch.setattr(
        pdf, "_laid_out", lambda *values: given.append(values[2]) or laid_out(*values)
    )
    return given


def test_a_brief_of_nine_pages_is_laid_out_once(layouts):
    document = lay_out(rich(blocks=LONG), STYLES)

    assert len(layouts) == 1
    assert 3 < len(document.pages) < 10


def test_a_brief_of_more_than_ten_pages_is_laid_out_once(layouts):
    document = lay_out(rich(blocks=VERY_LONG), BROKEN)

    assert len(layouts) == 1
    assert len(document.pages) > 10


def test_numbers_that_are_not_as_wide_as_their_guesses_get_a_layout_of_their_own(
    monkeypatch, layouts
):
    monkeypatch.setattr(page_numbers, "_width", lambda box: float(box.text))
    lay_out(rich(blocks=LONG), STYLES)

    assert len(layouts) == 2


SECTIONS = tuple(
    block for n in range(8) for block in (heading(1, f"sec-{n}", "Rain"), par(PROSE * 8))
)


@pytest.mark.parametrize("blocks", [(par("Nothing is cited."),), SECTIONS])
def test_a_brief_without_citations_is_laid_out_once(blocks, layouts):
    lay_out(rich(blocks=blocks), STYLES)

    assert len(layouts) == 1


def test_a_page_is_said_in_the_language_of_the_brief():
    blocks = (par("Also ", cite("1", "lee"), "."),)
    text = words(write_pdf(rich(blocks=blocks, lang="de"), STYLES))

    assert "(S. 1)" in text


def test_word_has_the_page_as_a_field_to_the_citation():
    numbered = rich(blocks=LONG)
    content = WRITERS["docx"](numbered, STYLES)
    body = zipfile.ZipFile(BytesIO(content)).read("word/document.xml").decode()
    fields = re.findall(r"PAGEREF (_Bc\d+) ", body)

    assert fields == ["_Bc0001", "_Bc0004", "_Bc0002", "_Bc0003"]
    assert set(fields) <= set(re.findall(r'w:name="(_Bc\d+)"', body))


def test_the_web_page_can_fold_the_places_and_has_long_lists_folded():
    blocks = [
        block
        for i in range(1, 6)
        for block in (heading(1, f"sec-{i}", "On"), par("So ", cite(str(i), "lee")))
    ]
    few, many = (
        WRITERS["html"](rich(blocks=tuple(part)), STYLES).decode() for part in (blocks[:8], blocks)
    )

    summary = '<summary aria-label="Cited in: [1]">Cited in</summary> <a'
    assert f'<details class="back-references" open>{summary}' in few
    assert f'<details class="back-references">{summary}' in many


@pytest.mark.parametrize("format", FORMATS)
@pytest.mark.parametrize("wanted", ["on", "off"])
@pytest.mark.parametrize("lang", ["en", "ja", "ar"])
def test_verify_takes_them_for_no_part_of_the_entry(format, wanted, lang):
    numbered = rich(blocks=LONG if lang == "en" else BLOCKS[:3], lang=lang)
    if wanted == "off":
        numbered = replace(numbered, cited_at={})
    content = WRITERS[format](numbered, STYLES)
    printed = read_back(content, format)

    found = wrong(numbered, printed, format)
    back = [place for entry in printed.bibliography for place in entry.places]
    assert found == []
    assert bool(back) == (wanted == "on")


def test_a_house_turns_them_off(project):
    from pipeline.project import load_project

    (project / "styles").mkdir()
    (project / "styles" / "house.toml").write_text('back-references = "off"\n', "utf-8")

    assert [dict(found.numbered.cited_at) for found in load_project().briefs] == [{}, {}]


def test_a_page_that_is_not_the_one_a_link_back_leads_to_is_found_out(monkeypatch):
    numbered = rich(blocks=LONG)
    right = read_back(write_pdf(numbered, STYLES), "pdf")
    monkeypatch.setattr(pdf, "_LAYOUTS", 1)
    found = pdf.pages_of
    monkeypatch.setattr(pdf, "pages_of", lambda document: dict.fromkeys(found(document), "1"))
    wrong = read_back(write_pdf(numbered, STYLES), "pdf")
    messages = list(contradictions(wrong))

    assert list(contradictions(right)) == []
    assert messages
    assert all(re.search(r"says page 1, but leads to page [2-9]", found) for found in messages)


def test_sizes_that_are_read_a_little_apart_are_one(monkeypatch):
    """pdfium measures a letter of 9.05 points now as 9.0, now as 9.1."""
    size = Page.size
    monkeypatch.setattr(Page, "size", lambda page, i: round(size(page, i) + 0.1 * (i % 5 == 0), 1))
    numbered = rich()
    assert faults(write_pdf(numbered, STYLES), "pdf", numbered) == []


def test_lines_of_large_entries_belong_together():
    """Their distance is that between an entry and a footnote of the usual size."""
    house = STYLES.house
    large = replace(STYLES, house=replace(house, sizes={**house.sizes, "small": 20}))
    numbered = rich()
    assert faults(write_pdf(numbered, large), "pdf", numbered) == []

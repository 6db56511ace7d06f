"""What LibreOffice makes of our Word files: pages with all numbers, and files that live on."""

import ctypes
import io
import re
import zipfile
from collections import Counter
from functools import cache

import pypdfium2
import pytest
from msgspec.structs import replace
from proved import wrong
from pypdfium2 import raw
from rich_brief import rich
from test_charts import every_kind
from test_charts import numbered as read_charts
from test_properties import STYLES, numbered_brief
from test_scripts import ARABIC, JAPANESE
from test_scripts import numbered as read
from word_tools import (
    MODES,
    NAMES,
    SOFFICE,
    W,
    converted,
    golden,
    instructions,
    needs_soffice,
    part,
)

from pipeline.build.proof import read_back
from pipeline.direction import is_right_to_left
from pipeline.labels import caption_end
from pipeline.language.terms import term
from pipeline.model import Chart, Figure, Footnote, Heading, Table, plain, walk
from pipeline.model.references import Run
from pipeline.model.references import plain as bare
from pipeline.writers.docx import write_docx

pytestmark = [needs_soffice, pytest.mark.slow]
CASES = [pytest.param(name, mode, id=f"{name}-{mode}") for name in NAMES for mode in MODES]
RAISED = """---
title: Rain
marks: superscript
---

One [@smith2021]. Then [@lee2019] words,
three [@lee2019; @smith2021] in all, a page [@lee2019, p. 4].
"""
OTHERS = {
    "rich": lambda: rich(),
    "letter": lambda: rich(paper="letter", marks="ieee-ranges"),
    "arabic": lambda: read(ARABIC),
    "japanese": lambda: read(JAPANESE),
    "charts": lambda: read_charts(every_kind()),
    "quoted": lambda: quoted(),
    "raised": lambda: numbered_brief(RAISED),
}
ALL = [*CASES, *(pytest.param(name, "ref", id=f"{name}-ref") for name in OTHERS)]


def quoted():
    """Return a brief whose references have quotation marks and backslashes in their titles."""
    numbered = rich()
    found = [
        replace(one, fields={"title": (Run(rf'A "mock" 5" \n disc of {one.key} \\'),)})
        for one in numbered.bibliography
    ]
    return replace(numbered, bibliography=tuple(found))


@cache
def written(name, mode):
    """Return a brief, numbered, and its Word file."""
    if name in NAMES:
        return golden(name, mode)
    numbered = OTHERS[name]()
    return numbered, write_docx(numbered, STYLES)


@pytest.fixture(scope="module")
def files():
    cases = (case.values for case in ALL)
    return {f"{name}-{mode}.docx": written(name, mode)[1] for name, mode in cases}


@pytest.fixture(scope="module")
def printed(files, tmp_path_factory):
    """Each file as a PDF, by LibreOffice."""
    if SOFFICE is None:
        return {}
    made = converted(files, "pdf", tmp_path_factory.mktemp("pdf"))
    return {name: pypdfium2.PdfDocument(content) for name, content in made.items()}


@pytest.fixture(scope="module")
def pages(printed):
    """The text of each file's pages."""
    return {
        name: [page.get_textpage().get_text_bounded() for page in pdf]
        for name, pdf in printed.items()
    }


@pytest.fixture(scope="module")
def saved(files, tmp_path_factory):
    return converted(files, "docx", tmp_path_factory.mktemp("docx")) if SOFFICE else {}


def without_margins(pages):
    """Return the text of pages without the lines that most of them have: heads and feet."""

    def masked(line):
        return re.sub("[0-9]+", "#", line.strip())

    lines = Counter(words for page in pages for words in set(map(masked, page.splitlines())))
    most = max(len(pages) / 2, 2)
    return [
        "".join(line for line in page.splitlines(keepends=True) if lines[masked(line)] <= most)
        for page in pages
    ]


def squeezed(text):
    """Return text without blanks and hyphens: lines break where they like."""
    return re.sub(r"[\s\u00a0\u00ad\u2010\u2011\ufffe\x02-]", "", text)


def letters(text):
    """Return the letters and digits of a text from right to left: of brackets and stops PDFium
    gives other ones there, or elsewhere, and of a ligature of lam and alef the alef first."""
    return re.sub("(ل)([اأإآ])", r"\2\1", re.sub(r"\W", "", text))


@pytest.mark.parametrize(("name", "mode"), ALL)
def test_the_pages_show_every_mark_caption_footnote_and_entry(name, mode, pages):
    numbered, content = written(name, mode)
    whole = "".join(without_margins(pages[f"{name}-{mode}"]))
    lang = numbered.brief.front.lang
    bared = letters if is_right_to_left(lang) else squeezed
    printed = read_back(content, "docx").numbers
    wanted = [number.text for number in printed if number.number]
    for node in walk(numbered.brief):
        match node:
            case (
                Figure(anchor=anchor, caption=caption)
                | Chart(anchor=anchor, caption=caption)
                | Table(anchor=anchor, caption=caption)
            ):
                if caption:
                    word = term("table" if isinstance(node, Table) else "figure", lang)
                    end, _ = caption_end(lang)
                    wanted.append(f"{word} {numbered.numbers[anchor]}{end} {first_words(caption)}")
            case Heading(anchor=anchor, inlines=inlines):
                number = numbered.numbers.get(anchor, "")
                dot = "." if number.isdigit() else ""
                wanted.append(f"{number}{dot}{first_words(inlines)}")
            case Footnote(anchor=anchor, blocks=(block, *_)):
                wanted.append(first_words(block.inlines))
    for reference in numbered.bibliography:
        entry = bare(numbered.entry(reference))
        shown = numbered.numbers[reference.anchor]
        label = f"{shown}." if numbered.marks.superscript else f"[{shown}]"
        if bared is letters:  # what stands at the right is at the end of the line's text
            assert [line for line in whole.splitlines() if entry[:30] in line and shown in line]
            wanted += entry.split()  # links back may be read between its lines
        else:
            wanted.append(label + entry)

    assert len(wanted) > 6
    assert [words for words in wanted if bared(words) not in bared(whole)] == []


@pytest.mark.parametrize(
    "words",
    ['print("x")', "if a:", "Hello, world!", "London (UK)", "In short, fees work (mostly).",
     "A. Smith, ‘Rain on Roofs’, Journal of Rain, vol. 4, pp. 12–19, 2021."],
)  # fmt: skip
def test_what_runs_from_left_to_right_in_an_arabic_brief_is_drawn_so(words, printed):
    lines = [line for page in printed["arabic-ref"] for line in as_drawn(page)]

    assert any(squeezed(words) in line for line in lines), lines


@pytest.mark.parametrize(("name", "mode"), ALL)
def test_nothing_stands_outside_of_the_margins(name, mode, printed):
    geometry = STYLES.house.page["a4"]
    margin = min(geometry.inner - geometry.gutter, geometry.outer) * 72 / 25.4
    for page in printed[f"{name}-{mode}"]:
        text = page.get_textpage()
        boxes = [text.get_charbox(i) for i in range(text.count_chars())]
        inked = [(left, right) for left, bottom, right, top in boxes if right > left]

        assert min(left for left, _ in inked) > margin - 1
        assert max(right for _, right in inked) < page.get_width() - margin + 1


def as_drawn(page):
    """Return the characters of each line of a page as they stand, from its left to its right."""
    text, lines = page.get_textpage(), {}
    for i in range(text.count_chars()):
        x, y = ctypes.c_double(), ctypes.c_double()
        raw.FPDFText_GetCharOrigin(text.raw, i, x, y)
        lines.setdefault(round(y.value), []).append((x.value, text.get_text_range(i, 1)))
    return [squeezed("".join(sign for _, sign in sorted(line))) for line in lines.values()]


def first_words(inlines):
    """Return what stands before the first mark, which the list of marks holds anyway."""
    return plain(inlines[:1])


def test_the_contents_name_the_pages_that_the_sections_stand_on(pages):
    """Before its first update the contents are an estimate: one may be wrong, by one page."""
    numbered, _ = golden("congestion", "ref")
    sheets = [squeezed(text) for text in pages["congestion-ref"]]
    whole = next(text for text in sheets if squeezed(term("contents", "en-GB")) in text)
    headings = [n for n in walk(numbered.brief) if isinstance(n, Heading) and n.level <= 2]
    wrong = []

    assert len(sheets) <= 10  # so that the page number of a section is one digit
    for node in headings:
        number = numbered.numbers.get(node.anchor, "")
        label = f"{number}{'.' if number.isdigit() else ''}{squeezed(first_words(node.inlines))}"
        found = re.search(rf"{re.escape(label)}\.+([0-9])", whole)
        assert found, label
        bodies = [text.replace(found[0], "") for text in sheets]
        page = next(i for i, text in enumerate(bodies, start=1) if label in text)
        if page != int(found[1]):
            wrong.append((label, page, found[1]))
            assert abs(page - int(found[1])) == 1, wrong
    assert len(wrong) <= 1, wrong


def test_no_field_shows_an_error(pages):
    assert [name for name, text in pages.items() if "Error" in "".join(text)] == []


@pytest.mark.parametrize(("name", "mode"), ALL)
def test_after_libreoffice_saved_it_fields_bookmarks_and_the_map_are_there(name, mode, saved):
    before, after = written(name, mode)[1], saved[f"{name}-{mode}"]

    assert sorted(citing(after)) == sorted(citing(before))
    assert bookmarks(before) - bookmarks(after) == set()
    assert b"urn:briefwright:source-map:1" in b"".join(custom_parts(after))
    assert source_hash(after) == source_hash(before) != ""


def test_after_libreoffice_saved_it_raised_marks_are_raised_still_and_lead_to_their_entries(saved):
    instruction, numbers = "", []
    for run in part(saved["raised-ref"]).iter(f"{W}r"):
        instruction = run.findtext(f"{W}instrText") or instruction
        if instruction.startswith(" REF ref_") and run.findtext(f"{W}t", "").isdigit():
            numbers.append((run, instruction))

    assert [run.findtext(f"{W}t") for run, _ in numbers] == ["1", "2", "1", "2", "2"]
    for run, instruction in numbers:
        assert [found.get(f"{W}val") for found in run.iter(f"{W}vertAlign")] == ["superscript"]
        link = next(run.iterancestors(f"{W}hyperlink"), None)
        if link is None:  # LibreOffice 25 makes the field itself a link, without a tip
            assert "\\h" in instruction.split()
        else:  # this is where LibreOffice 7.4 writes tips
            assert link.get(f"{W}tgtFrame").startswith("Reference ")


@pytest.mark.parametrize(("name", "mode"), ALL)
def test_after_libreoffice_saved_it_its_numbers_agree(name, mode, saved):
    printed = read_back(saved[f"{name}-{mode}"], "docx")

    assert wrong(written(name, mode)[0], printed, "docx") == []


def citing(content):
    """Return the fields of a file. LibreOffice drops the switch that keeps a number's look, writes
    the one that makes a field a link inside links, too, and \\r twice. It turns the pages in the
    contents into text, which their own field, its switches in another order, makes anew."""
    kinds = ("REF ", "SEQ ", "CITATION ", "ADDIN ", "NOTEREF ", "PAGEREF _Bc", "TOC ")
    found = [found for found in instructions(content) if found.startswith(kinds)]
    return [
        " ".join(sorted(instruction.split()))
        if instruction.startswith("TOC")
        else re.sub(r"( \\h)?( \\\* CHARFORMAT)?$", "", instruction).replace(r"\r \r", r"\r")
        for instruction in found
    ]


def bookmarks(content):
    """Return the bookmarks of the body. LibreOffice 7.4 loses some of those in footnotes."""
    return {element.get(f"{W}name") for element in part(content).iter(f"{W}bookmarkStart")}


def source_hash(content):
    """Return the property that names the Markdown that the file was made of."""
    found = part(content, "docProps/custom.xml").xpath("//*[@name='briefwright-source-sha256']")
    return "".join(found[0].itertext())


def custom_parts(content):
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        names = [name for name in archive.namelist() if name.startswith("customXml/item")]
        return [archive.read(name) for name in names]

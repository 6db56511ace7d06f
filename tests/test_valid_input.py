"""What other programs take builds here, too."""

import base64
import io

import pikepdf
import pytest
from PIL import Image
from proved import faults
from spec_library import png
from test_spec import STYLES, as_brief, read

from pipeline.model import Citation, Link, walk
from pipeline.readers.markdown.pdf_pictures import first_page
from pipeline.writers import WRITERS


@pytest.mark.parametrize("format", ["html", "docx", "pdf"])
def test_an_image_in_its_address_and_a_word_that_may_be_parted_are_shown(format):
    data = base64.b64encode(png()).decode()
    image = f'![A grey box](data:image/png;base64,{data}){{alt="A box."}}'
    numbered, found = as_brief(f"---\ntitle: T\n---\n\nAn of\u200bfice, a f\u200bin.\n\n{image}\n")

    assert found == []
    [file] = numbered.brief.images
    assert (file.width, file.height) == (40, 20)
    assert file.src.startswith("embedded-")
    assert faults(WRITERS[format](numbered, STYLES), format, numbered) == []


@pytest.mark.parametrize(
    ("address", "message"),
    [
        ("data:image/png;base64,%%%", "the data of an image are not base64"),
        ("data:image/gif;base64,R0lGODlhAQABAAAAACw=", "is damaged, or cut off"),
        ("data:application/pdf;base64,JVBERi0xLjcK", "first page cannot be drawn"),
    ],
    ids=["broken", "gif", "pdf"],
)
def test_an_image_in_its_address_that_cannot_be_shown_is_named(address, message):
    _, found = read(f"---\ntitle: T\n---\n\n![A]({address})\n")

    [wrong] = [diagnostic for diagnostic in found if diagnostic.code == "bad-image"]
    assert message in wrong.message
    assert len(wrong.message) < 80


@pytest.mark.parametrize(
    ("kind", "mode"),
    [("GIF", "P"), ("WEBP", "RGBA"), ("TIFF", "CMYK"), ("TIFF", "I;16"), ("BMP", "RGB")],
    ids=["gif", "webp", "tiff-in-inks", "tiff-of-16-bits", "bmp"],
)
def test_bitmaps_of_other_formats_are_shown(kind, mode):
    numbered, found = as_brief(f"---\ntitle: T\n---\n\n{in_address(picture(kind, mode))}\n")

    assert found == []
    [file] = numbered.brief.images
    assert (file.width, file.height) == pytest.approx((40, 20), abs=0.01)
    assert file.media_type == "image/png"
    for format in ("html", "docx", "pdf"):
        assert faults(WRITERS[format](numbered, STYLES), format, numbered) == []


def test_of_an_image_that_moves_the_first_picture_is_shown_and_said():
    frames = [Image.new("L", (40, 20), grey) for grey in (50, 255)]
    moving = in_address(picture("GIF", "P", save_all=True, append_images=frames))
    numbered, found = as_brief(f"---\ntitle: T\n---\n\n{moving}\n")

    assert [d.code for d in found] == ["first-picture-only"]
    assert "has 3 pictures" in found[0].message
    assert numbered.brief.images[0].width == 40


def pdf(pages=1, content=b"1 0 0 rg 0 0 90 90 re f", size=(180, 90), **options):
    """Return a PDF whose pages are half red."""
    with pikepdf.new() as document:
        for _ in range(pages):
            page = document.add_blank_page()
            page.MediaBox = [0, 0, *size]
            page.Contents = document.make_stream(content)
        out = io.BytesIO()
        document.save(out, deterministic_id=not options, **options)
    return out.getvalue()


@pytest.mark.parametrize("pages", [1, 3])
def test_of_a_picture_that_is_a_pdf_the_first_page_is_shown(pages):
    drawing = in_address(pdf(pages))
    numbered, found = as_brief(f"---\ntitle: T\n---\n\n{drawing}\n")

    assert [d.code for d in found] == ["first-picture-only"] * (pages > 1)
    assert all("has 3 pages" in d.message for d in found)
    [file] = numbered.brief.images
    assert (file.width, file.height) == pytest.approx((240, 120), abs=0.1)  # CSS pixels
    with Image.open(io.BytesIO(file.content)) as shown:
        assert shown.size == (2000, 1000)
        assert [shown.getpixel((x, 500)) for x in (500, 1500)] == [(255, 0, 0), (255, 255, 255)]
    for format in ("html", "docx", "pdf"):
        assert faults(WRITERS[format](numbered, STYLES), format, numbered) == []


def test_a_large_pdf_becomes_a_picture_of_a_page_and_the_same_one_each_time():
    first_page.cache_clear()
    drawn, _ = first_page(pdf(size=(1800, 900)))
    first_page.cache_clear()

    assert first_page(pdf(size=(1800, 900))) == (drawn, 1)
    with Image.open(io.BytesIO(drawn)) as shown:
        assert shown.size == (3000, 1500)


@pytest.mark.parametrize(
    "content",
    [
        pdf()[:100],
        pdf(encryption=pikepdf.Encryption(owner="a", user="b")),
        pdf(pages=0),
        pdf(size=(10**6, 10)),
    ],
    ids=["cut-off", "encrypted", "no-page", "huge"],
)
def test_a_pdf_that_cannot_be_drawn_is_refused(content):
    _, found = read(f"---\ntitle: T\n---\n\n{in_address(content)}\n")

    [wrong] = [diagnostic for diagnostic in found if diagnostic.code == "bad-image"]
    assert "is a PDF whose first page cannot be drawn" in wrong.message
    assert "pdftocairo -svg" in wrong.hint


def picture(kind, mode, **options):
    out = io.BytesIO()
    Image.new(mode, (40, 20), 100 if mode == "P" else 0).save(out, kind, **options)
    return out.getvalue()


def in_address(content):
    data = base64.b64encode(content).decode()
    return f'![A grey box](data:image/x;base64,{data}){{alt="A box, without words"}}'


@pytest.mark.parametrize("time", ["00:12:30", "4:05", "1:02:03-1:02:09"])
def test_a_time_in_a_recording_is_no_page(time):
    numbered, _ = read(
        f"---\ntitle: T\n---\n\nRain [@smith2021, {time}] [@smith2021, p. {time}].\n"
    )

    bare, paged = [node.cites[0] for node in walk(numbered.brief) if isinstance(node, Citation)]
    assert bare.locator is None
    assert paged.locator.label == "page"


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("(Smith 2021)", True),
        ("(see Smith 2021, p. 4)", True),
        ("(smith 2021; Lee 2019)", True),
        ("[#smith2021]", True),
        ("(Smith 2020)", False),
        ("(Tokyo 2021)", False),
        ("(January 2021)", False),
    ],
)
def test_a_name_and_a_year_of_a_work_in_the_library_are_a_mark_typed_by_hand(typed, found):
    _, diagnostics = read(f"---\ntitle: T\n---\n\nIt rains {typed}.\n")

    hints = [d.hint for d in diagnostics if d.code == "hand-typed-mark"]
    assert [hint.startswith("write [@smith2021") for hint in hints] == [True] * found


@pytest.mark.parametrize("marks", ["separate", "vancouver", "superscript"])
def test_many_citations_in_a_row_break_over_lines(marks):
    row = " ".join(["[@lee2019]", "[@smith2021, p. 4]"] * 20)
    numbered, _ = as_brief(f"---\ntitle: T\nmarks: {marks}\n---\n\nRain {row}.\n")

    for format in ("html", "docx", "pdf"):
        assert faults(WRITERS[format](numbered, STYLES), format, numbered) == []


@pytest.mark.parametrize(
    "address", ["doi:10.1000/a(b)", "10.1000/a(b)", "https://doi.org/10.1000/a(b)"]
)
def test_a_doi_is_an_address(address):
    numbered, found = as_brief(f"---\ntitle: T\n---\n\nSee [the report](<{address}>).\n")

    assert found == []
    assert [n.href for n in walk(numbered.brief) if isinstance(n, Link)] == [
        "https://doi.org/10.1000/a(b)"
    ]

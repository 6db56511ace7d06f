"""The file round the text: what python-docx makes of it, and nothing of its makers."""

import io
import zipfile

import docx
import pytest
from lxml import etree
from msgspec.structs import replace
from rich_brief import KEYS, cite, footnote, heading, par, rich
from word_tools import NAMES, W, golden, instructions, part

from pipeline.ooxml import NAMESPACES
from pipeline.styles import load_styles
from pipeline.writers.docx import write_docx
from pipeline.writers.docx.house import house_reference

STYLES, _ = load_styles(None)
BRIEF = rich(blocks=(heading(1, "sec-a", "A"), par("So ", cite("1", "lee"), ".")), images=())


def test_nothing_of_python_docx_itself_is_in_the_file():
    content = write_docx(BRIEF, STYLES)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        whole = b"".join(archive.read(name) for name in archive.namelist())
        times = {entry.date_time for entry in archive.infolist()}

    assert b"python-docx" not in whole
    assert b"customXml/item3" not in whole  # its template has a source list of its own
    assert times == {(1980, 1, 1, 0, 0, 0)}


def test_the_house_s_reference_docx_is_made_once_and_is_the_same_each_time():
    first = house_reference(STYLES.house, "en-GB", "a4")

    assert house_reference(replace(STYLES.house), "en-GB", "a4") is first
    assert house_reference(replace(STYLES.house, name="Other"), "en-GB", "a4") != first


def test_headings_are_numbered_by_their_styles():
    numbering = part(write_docx(BRIEF, STYLES), "word/numbering.xml")

    tied = [style.get(f"{W}val") for style in numbering.iter(f"{W}pStyle")]
    assert tied == [f"Heading{level}" for level in range(1, 7)]


def test_headers_declare_what_pictures_in_them_would_need():
    content = write_docx(BRIEF, STYLES)

    for name in ("header1", "header2", "footer1", "footer2"):
        assert part(content, f"word/{name}.xml").nsmap["r"] == NAMESPACES["r"]


def test_a_title_longer_than_a_property_can_be_is_cut():
    numbered = rich(title=(*par("Rain " * 80).inlines,), blocks=BRIEF.brief.blocks, images=())
    title = docx.Document(io.BytesIO(write_docx(numbered, STYLES))).core_properties.title

    assert len(title) <= 255
    assert title.endswith("Rain…")


def test_a_picture_whose_header_python_docx_does_not_know_is_taken_in():
    from PIL import Image

    file = io.BytesIO()
    Image.new("RGB", (4, 4)).save(file, "JPEG")
    bare = b"\xff\xd8" + file.getvalue()[20:]  # without the segment that says JFIF
    numbered = rich()
    images = tuple(
        replace(image, content=bare, media_type="image/jpeg") for image in numbered.brief.images
    )
    content = write_docx(replace(numbered, brief=replace(numbered.brief, images=images)), STYLES)

    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert archive.read("word/media/image1.jpeg") == bare


# The text ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", NAMES)
def test_neighbouring_runs_do_not_look_alike(name):
    for run in part(golden(name, "ref")[1]).iter(f"{W}r"):
        following = run.getnext()
        texts = [
            [child.tag for child in found if child.tag != f"{W}rPr"] == [f"{W}t"]
            for found in (run, following)
            if found is not None and found.tag == f"{W}r"
        ]
        if texts == [True, True]:
            looks = [found.find(f"{W}rPr") for found in (run, following)]
            shown = [b"" if look is None else etree.tostring(look) for look in looks]
            assert shown[0] != shown[1], "".join(run.itertext())


@pytest.mark.parametrize("name", NAMES)
def test_a_field_inside_a_link_is_no_link_of_its_own(name):
    links = [*part(golden(name, "ref")[1]).iter(f"{W}hyperlink")]
    inside = ["".join(x.itertext()) for link in links for x in link.iter(f"{W}instrText")]

    assert inside
    assert [found for found in inside if found.split()[0] == "REF" and r"\h" in found] == []


def test_a_tip_is_no_longer_than_word_allows():
    numbered = rich(blocks=(par("So ", cite("1", *KEYS), "."),), marks="ieee-ranges", images=())
    titled = tuple(
        replace(found, fields={"title": (replace(found.fields["title"][0], text="Rain " * 12),)})
        for found in numbered.bibliography
    )
    document = part(write_docx(replace(numbered, bibliography=titled), STYLES))
    tips = [link.get(f"{W}tooltip") or "" for link in document.iter(f"{W}hyperlink")]

    assert max(map(len, tips)) <= 255
    assert any(tip.endswith("…") for tip in tips)


@pytest.mark.parametrize(("mode", "expected"), [("ref", 1), ("word", 0), ("zotero", 0)])
def test_only_our_own_marks_in_the_text_have_their_page_as_a_field(mode, expected):
    """LibreOffice loses bookmarks in footnotes, and fields inside the list of a manager."""
    blocks = (
        heading(1, "sec-a", "A"),
        par("So ", cite("1", "lee"), footnote("x", par("Also ", cite("2", "okoye"), "."))),
    )
    found = instructions(write_docx(rich(blocks=blocks, word_citations=mode, images=()), STYLES))

    assert len([field for field in found if field.startswith("PAGEREF _Bc")]) == expected


def test_a_font_for_code_that_nobody_knows_is_described_as_one_for_code():
    house = STYLES.house
    fonts = {
        name: replace(font, family=f"My {name}", stands_for="")
        for name, font in house.fonts.items()
    }
    styles = replace(STYLES, house=replace(house, fonts=fonts))
    table = part(write_docx(BRIEF, styles), "word/fontTable.xml")
    described = {
        font.get(f"{W}name"): [font.find(f"{W}{x}").get(f"{W}val") for x in ("family", "pitch")]
        for font in table
    }

    assert described["My code"] == ["modern", "fixed"]
    assert described["My body"] == ["auto", "variable"]

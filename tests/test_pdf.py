"""The PDF: destinations and links, the same bytes, and a structure that reads as the source does.

Validators do not see most of what makes a PDF accessible: artifacts, notes, divided elements, boxes
and what links say are read back here.
"""

import socket
from io import BytesIO
from urllib.request import OpenerDirector

import pikepdf
import pytest
from msgspec.structs import replace
from rich_brief import (
    BLOCKS,
    BRIEF,
    IMAGES,
    PROSE,
    par,
    rich,
)
from weasyprint.formatting_structure.boxes import TextBox

from pipeline.model import LostImageError
from pipeline.styles import load_styles
from pipeline.writers.pdf import lay_out, write_pdf

STYLES = load_styles(None)[0]


pytestmark = pytest.mark.usefixtures("entries_are_titles")


@pytest.fixture(scope="module")
def content(entries_are_titles):
    return write_pdf(rich(), STYLES)


@pytest.fixture(scope="module")
def pdf(content):
    with pikepdf.open(BytesIO(content)) as opened:
        yield opened


def links(pdf):
    return [a for page in pdf.pages for a in page.obj.get("/Annots", [])]


def structure(pdf):
    """Yield every structure element, in reading order."""
    return _below(pdf.Root.StructTreeRoot)


def _below(element):
    for kid in element.get("/K", []):
        if isinstance(kid, pikepdf.Dictionary) and kid.get("/S") is not None:
            yield kid
            yield from _below(kid)


def of_tag(pdf, tag):
    return [element for element in structure(pdf) if f"/{tag}" == element.S]


# Numbers ----------------------------------------------------------------------------------------


def test_each_number_has_a_destination_of_its_own_name(pdf):
    names = pikepdf.NameTree(pdf.Root.Names.Dests)
    assert {a for a in rich().numbers if a.kind != "item" and str(a) not in names} == set()


def test_each_citation_links_to_its_reference_and_back(pdf):
    targets = [str(link.Dest) for link in links(pdf) if "/Dest" in link]
    for anchor, places in rich().cited_at.items():
        assert str(anchor) in targets
        assert {str(place.citation) for place in places} <= set(targets)
    names = pikepdf.NameTree(pdf.Root.Names.Dests)
    assert {target for target in targets if target not in names} == set()


def test_contents_say_the_pages_their_sections_stand_on(pdf):
    document = lay_out(rich(), STYLES)
    said = {
        box.element.find(".//a").get("href")[1:]: box.text
        for page in document.pages
        for box in page._page_box.descendants()
        if box.element_tag == "li::after" and isinstance(box, TextBox) and "." not in box.text
    }
    assert len(said) == 8
    for anchor, page in said.items():
        assert anchor in document.pages[int(page) - 1].anchors


# The same bytes, and nothing from elsewhere -----------------------------------------------------


def test_the_same_brief_gives_the_same_bytes(content):
    assert write_pdf(rich(), STYLES) == content


def test_nothing_is_fetched(monkeypatch):
    asked = []
    monkeypatch.setattr(socket.socket, "connect", lambda _, address: asked.append(address))
    monkeypatch.setattr(OpenerDirector, "open", lambda *given, **_: asked.append(given[1]))
    hostile = (
        b'<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" '
        b'width="9" height="9"><image xlink:href="http://127.0.0.1:9/a.png" width="9" height="9"/>'
        b'<image xlink:href="file:///etc/hostname" width="9" height="9"/></svg>'
    )
    images = (replace(IMAGES[0], content=hostile), IMAGES[1])
    css = '@import "http://127.0.0.1:9/a.css"; @import "file:///etc/passwd";'
    files = STYLES.files | {"base.css": css + STYLES.files["base.css"]}
    with pytest.raises(LostImageError):  # WeasyPrint itself goes on
        write_pdf(rich(images=images), STYLES)
    assert write_pdf(rich(), replace(STYLES, files=files))
    assert asked == []


# Layout -----------------------------------------------------------------------------------------


def misplaced(document):
    """Return the footnotes that stand on another page than their call."""
    places = {a: n for n, page in enumerate(document.pages) for a in page.anchors}
    calls = [anchor for anchor in places if anchor.startswith("call-")]
    assert calls
    return [call for call in calls if places[call] != places.get(call.removeprefix("call-"))]


@pytest.mark.parametrize("size", [9.3, 10.5, 12])
def test_every_footnote_stands_on_the_page_of_its_call(size):
    house = replace(STYLES.house, sizes={**STYLES.house.sizes, "body": size})
    assert misplaced(lay_out(rich(paper="letter"), replace(STYLES, house=house))) == []


@pytest.mark.parametrize("paper", ["a4", "letter"])
def test_the_paper_is_the_briefs(paper):
    with pikepdf.open(BytesIO(write_pdf(rich(paper=paper), STYLES))) as pdf:
        width = float(pdf.pages[0].mediabox[2])
    assert width == pytest.approx({"a4": 595.28, "letter": 612}[paper], abs=0.01)


# What the file says of itself -------------------------------------------------------------------


def test_properties_are_the_briefs(pdf):
    assert str(pdf.docinfo["/Title"]) == "Why Japan chooses Canada: gas & trust"
    assert str(pdf.docinfo["/Author"]) == "Ann Lee"
    assert str(pdf.docinfo["/Subject"]) == "A fact check"
    assert str(pdf.docinfo["/Keywords"]) == "Japan, Canada"
    assert str(pdf.docinfo["/CreationDate"]).startswith("D:20260128")
    assert str(pdf.Root.Lang) == "en-GB"


def test_bookmarks_show_headings_without_citations(pdf):
    with pdf.open_outline() as outline:
        titles = [item.title for item in outline.root]
        below = [item.title for item in outline.root[3].children]
    assert titles[3:5] == ["1. Why now", "2. What it costs"]
    assert titles[-3:] == ["Conclusion", "Want to dive deeper?", "References"]
    assert below == ["1.1 Steps"]


def test_the_sources_are_attached(pdf):
    assert sorted(pdf.attachments) == ["rich.bib", "rich.md"]
    assert pdf.attachments["rich.md"].get_file().read_bytes() == BRIEF.source.encode()
    library = pdf.attachments["rich.bib"].get_file()
    assert library.read_bytes().count(b"@report{") == 9
    assert library.mime_type == "text/x-bibtex"
    assert [str(file.AFRelationship) for file in pdf.Root.AF] == ["/Data", "/Source"]  # .bib, .md


def test_metadata_claim_both_standards_in_one_place(pdf):
    metadata = pdf.Root.Metadata
    content = metadata.read_bytes()
    assert "/Filter" not in metadata
    assert content.count(b"<rdf:RDF") == 1
    assert b"<pdfuaid:part>1</pdfuaid:part>" in content
    assert b'pdfaid:part="3"' in content


def test_no_image_is_interpolated_not_even_an_emoji():
    content = write_pdf(rich(blocks=(par("Look \N{GRINNING FACE} here."), *BLOCKS)), STYLES)
    with pikepdf.open(BytesIO(content)) as pdf:
        images = [
            found
            for found in pdf.objects
            if isinstance(found, pikepdf.Stream) and found.get("/Subtype") == "/Image"
        ]
        assert images
        assert [image for image in images if image.get("/Interpolate", False)] == []


# Structure --------------------------------------------------------------------------------------


def marked(pdf):
    """Yield (page, operands) for the beginning of each marked content."""
    for number, page in enumerate(pdf.pages):
        for operands, operator in pikepdf.parse_content_stream(page):
            if str(operator) == "BDC":
                yield number, operands


def test_all_content_is_in_the_tree_or_an_artifact(pdf):
    parents = pikepdf.NumberTree(pdf.Root.StructTreeRoot.ParentTree)
    for number, (tag, properties) in marked(pdf):
        if "/MCID" in properties:
            assert tag != "/Artifact"
            assert parents[number][int(properties.MCID)].S is not None


def test_running_heads_and_feet_are_artifacts(pdf):
    subtypes = [
        (number, str(properties.get("/Subtype")))
        for number, (tag, properties) in marked(pdf)
        if tag == "/Artifact"
    ]
    pages = range(len(pdf.pages))
    assert {n for n, subtype in subtypes if subtype == "/Footer"} == set(pages)
    assert {n for n, subtype in subtypes if subtype == "/Header"} == set(pages[1:])


def test_each_note_stands_right_after_its_call(pdf):
    notes = of_tag(pdf, "Note")
    assert len({str(note.ID) for note in notes}) == 7
    for note in notes:
        siblings = [kid for kid in note.P.K if isinstance(kid, pikepdf.Dictionary)]
        place = next(i for i, kid in enumerate(siblings) if kid.objgen == note.objgen)
        assert siblings[place - 1].S == "/Reference"


def test_what_pages_divide_is_one_element(pdf):
    table, _ = of_tag(pdf, "Table")
    pages = {kid.Pg.objgen for kid in _below(table) if "/Pg" in kid}
    assert len(pages) == 2, "the table of this test should be divided"
    assert len([row for row in _below(table) if row.S == "/TR"]) == 41
    assert len([head for head in _below(table) if head.S == "/THead"]) == 1
    assert [len(cell.K) for cell in _below(table) if cell.S == "/TH"] == [1, 1]  # not repeated
    assert len([kid for kid in _below(table) if kid.S == "/Caption"]) == 1


def test_a_paragraph_over_pages_is_one_paragraph():
    blocks = (par(PROSE * 18),)
    with pikepdf.open(BytesIO(write_pdf(rich(blocks=blocks), STYLES))) as pdf:
        assert len(pdf.pages) == 2
        texts = ["masthead", "title-line", "authors", "facts", "disclaimer", "paragraph", "licence"]
        assert len(of_tag(pdf, "P")) == len(texts)


def test_lists_have_labels_bodies_and_a_numbering(pdf):
    for item in of_tag(pdf, "LI"):
        assert [str(kid.S) for kid in item.K] == ["/Lbl", "/LBody"]
    numberings = [str(found.A.ListNumbering) for found in of_tag(pdf, "L")]
    assert numberings.count("/Decimal") == 3  # the author's two, and the references


def test_links_say_where_they_lead(pdf):
    said = {str(link.Dest): str(link.Contents) for link in links(pdf) if "/Dest" in link}
    assert said["ref-okoye"] == "Reference 2: The report of okoye"
    assert said["cite-6"] == "Cited in Conclusion, page 7"
    assert said["fn-scope"] == "Footnote 1"
    assert said["sec-law"] == "3. Law"


def test_parts_in_another_language_say_so(pdf):
    spans = [found for found in of_tag(pdf, "Span") if "/Lang" in found]
    assert [str(found.Lang) for found in spans] == ["fr", "ar"]


def test_figures_lie_on_their_page(pdf):
    figures = of_tag(pdf, "Figure")
    assert [str(figure.Alt) for figure in figures] == ["A bar", "A ground"]
    for figure in figures:
        left, bottom, right, top = map(float, figure.A.BBox)
        _, _, width, height = map(float, figure.Pg.MediaBox)
        assert 0 <= left < right <= width
        assert 0 <= bottom < top <= height


def test_contents_are_tagged_as_contents(pdf):
    assert len(of_tag(pdf, "TOC")) == 1
    assert len(of_tag(pdf, "TOCI")) == 8

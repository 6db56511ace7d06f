"""Files that somebody changed after they were built: each kind of change is found.

Each file is judged alone, without its manifest and its brief: only what the file carries, and what
it says itself, can tell. A change is an error where a number is wrong or not seen, and a warning
where only an eye can tell; a sound file that another program saved raises neither.
"""

import copy
import re
import zipfile
from functools import cache
from io import BytesIO
from xml.etree import ElementTree

import pikepdf
import pytest
from rich_brief import cite, footnote, heading, par, rich, table

from pipeline import model as b
from pipeline.build.carried import carried_by
from pipeline.build.proof import captions
from pipeline.styles import load_styles
from pipeline.verify import judge, read_file_content
from pipeline.verify.verdict import ALONE, TABLE, UNREADABLE, WRONG
from pipeline.writers import WRITERS

STYLES, _ = load_styles(None)
BLOCKS = (
    heading(1, "sec-one", "One"),
    par(
        "Rain falls ", cite("1", "lee", ("okoye", "3")), " on roofs", footnote("n", "A note."), "."
    ),
    heading(2, "sec-below", "Below"),
    par(
        "It is said ",
        cite("2", "six"),
        " and shown in ",
        b.CrossReference(b.Anchor("table", "a"), span=par("").span),
        " twice ",
        cite("3", "lee"),
        ".",
    ),
    table("tbl-a", ("Towns ", cite("4", "seven")), ("Town", "Rain"), [("Ely", "3")]),
    heading(1, "sec-two", "Two"),
    par("Snow falls ", cite("5", "okoye", "six"), "."),
)


@cache
def built(format):
    return WRITERS[format](rich(blocks=BLOCKS, embed_source=format != "pdf"), STYLES)


def judged(content, format):
    path = f"x.{format}"
    found = read_file_content(content, f".{format}", True, captions())
    known = carried_by(found, path)
    return judge(found, path, carried=known[0] if known else None)


def codes(content, format):
    return {found.code for found in judged(content, format).diagnostics}


@pytest.mark.parametrize("format", ["html", "docx", "pdf"])
def test_what_was_built_is_sound(format):
    verdict = judged(built(format), format)

    assert verdict.diagnostics == ()
    assert verdict.kind == (TABLE if format == "docx" else ALONE)


# Word files --------------------------------------------------------------------------------------


@pytest.mark.parametrize("address", ["", '\\o "tip"', '""'])
def test_a_link_that_leads_nowhere_is_read(address):
    def with_field(root):
        field = xml(f"<w:fldSimple w:instr=' HYPERLINK {address} '/>")
        field.append(run("here"))
        next(root.iter(w("p"))).append(field)

    assert judged(docx_with(with_field), "docx").kind != UNREADABLE


W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
MC = "http://schemas.openxmlformats.org/markup-compatibility/2006"
V = "urn:schemas-microsoft-com:vml"
TRACK = {f"{{{W}}}id": "900", f"{{{W}}}author": "E", f"{{{W}}}date": "2026-01-01T00:00:00Z"}


def w(name):
    return f"{{{W}}}{name}"


def xml(text):
    """Return an element of a document, whose usual prefixes are declared."""
    names = " ".join(f'xmlns:{p}="{u}"' for p, u in (("w", W), ("r", R), ("mc", MC)))
    return ElementTree.fromstring(f"<x {names}>{text}</x>")[0]


def run(text, properties=""):
    return xml(f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>')


def docx_with(change, part="word/document.xml"):
    """Return the Word file with the tree of one part changed."""
    result = BytesIO()
    with zipfile.ZipFile(BytesIO(built("docx"))) as old, zipfile.ZipFile(result, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            if name == part:
                root = ElementTree.fromstring(content)
                change(root)
                content = ElementTree.tostring(root)
            new.writestr(name, content)
    return result.getvalue()


def parents(root):
    return {child: parent for parent in root.iter() for child in parent}


def instruction(root, text):
    return next(e for e in root.iter(w("instrText")) if text in (e.text or ""))


def field_runs(root, text):
    """Return the parent of the runs of a field, and the runs."""
    up = parents(root)
    first = up[instruction(root, text)]
    parent = up[first]
    children = list(parent)
    place = children.index(first)
    start = max(i for i in range(place) if children[i].find(w("fldChar")) is not None)
    ends = (
        i
        for i in range(place, len(children))
        if (mark := children[i].find(w("fldChar"))) is not None
        and mark.get(w("fldCharType")) == "end"
    )
    return parent, children[start : next(ends) + 1]


def result_run(root, text):
    _, runs = field_runs(root, text)
    return next(r for r in runs if r.find(w("t")) is not None)


def paragraph_of(root, text):
    up, element = parents(root), instruction(root, text)
    while element.tag != w("p"):
        element = up[element]
    return element


def result(text, new):
    def change(root):
        result_run(root, text).find(w("t")).text = new

    return change


def look(text, properties):
    def change(root):
        for child in reversed(list(xml(f"<w:rPr>{properties}</w:rPr>"))):
            _, runs = field_runs(root, text)
            for one in runs:
                own = one.find(w("rPr"))
                if own is None:
                    own = ElementTree.Element(w("rPr"))
                    one.insert(0, own)
                own.append(copy.deepcopy(child))

    return change


def instructed(text, new):
    def change(root):
        element = instruction(root, text)
        element.text = element.text.replace(*new)

    return change


def typed_over(root):
    parent, runs = field_runs(root, " REF ref_six ")
    place = list(parent).index(runs[0])
    for one in runs:
        parent.remove(one)
    parent.insert(place, run("1"))


def deleted(root):
    parent, runs = field_runs(root, " REF ref_six ")
    for one in runs:
        parent.remove(one)


def beside(element):
    """Return a change that puts an element right after a mark."""

    def change(root):
        parent, runs = field_runs(root, " REF ref_six ")
        parent.insert(list(parent).index(runs[-1]) + 1, element)

    return change


def inserted(root):
    track = ElementTree.Element(w("ins"), TRACK)
    track.append(run(" [1]"))
    beside(track)(root)


def taken_out(root):
    parent, runs = field_runs(root, " REF ref_six ")
    track = ElementTree.Element(w("del"), TRACK)
    parent.insert(list(parent).index(runs[0]), track)
    for one in runs:
        parent.remove(one)
        track.append(one)


def moved(root):
    """Move a mark to the end of its paragraph, as a tracked move does: its bookmark stays."""
    parent, runs = field_runs(root, " REF ref_six ")
    copies = [copy.deepcopy(one) for one in runs]
    taken_out(root)
    for one in copies:
        track = ElementTree.Element(w("moveTo"), TRACK)
        track.append(one)
        parent.append(track)


def entries_swapped(root):
    first, second = (paragraph_of(root, " SEQ Ref ") for _ in range(2))
    body = parents(root)[first]
    entries = [
        p for p in body if any(" SEQ Ref " in (e.text or "") for e in p.iter(w("instrText")))
    ]
    first, second = entries[:2]
    tabs = [
        next(i for i, c in enumerate(p) if c.find(w("tab")) is not None) for p in (first, second)
    ]
    texts = [list(p)[tab + 1] for p, tab in zip((first, second), tabs, strict=True)]
    one, other = (text.find(w("t")) for text in texts)
    one.text, other.text = other.text, one.text


def entry_deleted(root):
    paragraph = paragraph_of(root, " SEQ Ref ")
    parents(root)[paragraph].remove(paragraph)


def link_elsewhere(root):
    next(e for e in root.iter(w("hyperlink")) if e.get(w("anchor")) == "ref_six").set(
        w("anchor"), "ref_lee"
    )


def bookmark(change):
    def altered(root):
        start = next(e for e in root.iter(w("bookmarkStart")) if e.get(w("name")) == "ref_six")
        change(root, start)

    return altered


def widened(root, start):
    parent = parents(root)[start]
    parent.insert(list(parent).index(start) + 1, run("9", "<w:vanish/>"))


def text_box(root):
    held = "<w:txbxContent><w:p><w:r><w:t>[1]</w:t></w:r></w:p></w:txbxContent>"
    beside(xml(f"<w:r><w:pict>{held}</w:pict></w:r>"))(root)


def alternatives(root):
    beside(
        xml(
            '<w:r><mc:AlternateContent><mc:Choice Requires="zz"><w:t>2</w:t></mc:Choice>'
            "<mc:Fallback><w:t>1</w:t></mc:Fallback></mc:AlternateContent></w:r>"
        )
    )(root)


DOCX_ERRORS = {
    "a mark typed over": typed_over,
    "a mark deleted": deleted,
    "another number in a mark": result(" REF ref_six ", "1"),
    "another number in the list": result(" SEQ Ref ", "4"),
    "another number of a table": result(" SEQ Table ", "2"),
    "another number in a cross-reference": result(" REF tbl_a ", "2"),
    "a digit typed into a mark": beside(run("7")),
    "a mark typed in beside another": beside(run("] [1")),
    "a digit inserted and tracked": inserted,
    "a mark taken out and tracked": taken_out,
    "entries swapped": entries_swapped,
    "an entry deleted": entry_deleted,
    "a hidden mark": look(" REF ref_six ", "<w:vanish/>"),
    "a white mark": look(" REF ref_six ", '<w:color w:val="FFFFFF"/>'),
    "a mark as pale as its ground": look(
        " REF ref_six ", '<w:color w:val="333333"/><w:shd w:val="clear" w:fill="222222"/>'
    ),
    "a tiny mark": look(" REF ref_six ", '<w:sz w:val="2"/>'),
    "a mark far off its line": look(" REF ref_six ", '<w:position w:val="400"/>'),
    "a hidden number in the list": look(" SEQ Ref ", "<w:vanish/>"),
    "a symbol beside a number": beside(xml('<w:r><w:sym w:font="Symbol" w:char="F037"/></w:r>')),
    "a text box with a number": text_box,
    "two versions of a number": alternatives,
    "a link to elsewhere": link_elsewhere,
    "the list goes on from five": instructed(" SEQ Ref ", ("ARABIC", r"ARABIC \r 5")),
    "the list in Roman numbers": instructed(" SEQ Ref ", ("ARABIC", "ROMAN")),
    "a number that is not printed after an update": instructed(" SEQ Ref ", (r"\* ARABIC", r"\h")),
    "a number that repeats the one before": instructed(" SEQ Table ", ("ARABIC", r"ARABIC \r 3")),
    "a field that repeats what is not there": bookmark(lambda _, s: s.set(w("name"), "gone")),
    "a bookmark with more inside": bookmark(widened),
    "a field of another kind": instructed(" REF ref_six ", ("REF ref_six", "QUOTE 1")),
    "footnotes in Roman numbers": lambda root: root[0].append(
        xml('<w:sectPr><w:footnotePr><w:numFmt w:val="lowerRoman"/></w:footnotePr></w:sectPr>')
    ),
    "footnotes of a section in letters": lambda root: root[0].insert(
        1,
        xml(
            "<w:p><w:pPr><w:sectPr>"
            '<w:footnotePr><w:numFmt w:val="lowerLetter"/></w:footnotePr></w:sectPr></w:pPr></w:p>'
        ),
    ),
    "footnotes that go on from five": lambda root: root[0].append(
        xml('<w:sectPr><w:footnotePr><w:numStart w:val="5"/></w:footnotePr></w:sectPr>')
    ),
}
DOCX_WARNINGS = {
    "another document inside": lambda root: root[0].append(xml('<w:altChunk r:id="rId1"/>')),
    "a typed mark": lambda root: paragraph_of(root, " REF tbl_a ").append(run(" [4]")),
    "lettering over the page": lambda root: paragraph_of(root, " REF tbl_a ").append(
        xml(f'<w:r><w:pict><v:textpath xmlns:v="{V}" string="copy"/></w:pict></w:r>')
    ),
    "a word changed": lambda root: setattr(
        next(t for t in root.iter(w("t")) if "Snow" in (t.text or "")), "text", "Hail falls "
    ),
    "words added at the end of a paragraph": lambda root: paragraph_of(root, " REF tbl_a ").append(
        run(" More.")
    ),
    "a mark moved and tracked": moved,
    "a heading added": lambda root: root[0].insert(
        2,
        xml('<w:p><w:pPr><w:pStyle w:val="Heading1"/></w:pPr><w:r><w:t>New</w:t></w:r></w:p>'),
    ),
}


@pytest.mark.parametrize("change", DOCX_ERRORS.values(), ids=DOCX_ERRORS)
def test_a_number_that_was_changed_in_word_is_an_error(change):
    content = docx_with(change)

    assert codes(content, "docx") & {"number-mismatch", "seen-otherwise"}
    assert judged(content, "docx").kind == WRONG


@pytest.mark.parametrize("change", DOCX_WARNINGS.values(), ids=DOCX_WARNINGS)
def test_what_only_an_eye_can_tell_in_word_is_a_warning(change):
    verdict = judged(docx_with(change), "docx")

    assert verdict.kind == TABLE
    assert {d.code for d in verdict.diagnostics} & {"look-at", "changed-output"}


def test_a_changed_paragraph_is_named_with_its_line():
    verdict = judged(docx_with(DOCX_WARNINGS["a word changed"]), "docx")

    (found,) = verdict.diagnostics
    assert "Hail falls" in found.message
    assert re.search("line [0-9]+ of the Markdown", found.message)


def test_an_outside_address_with_a_part_is_no_link_to_a_bookmark():
    def change(root):
        link = next(e for e in root.iter(w("hyperlink")) if e.get(w("anchor")) == "ref_lee")
        link.set(f"{{{R}}}id", "rId1")

    (found,) = judged(docx_with(change), "docx").diagnostics
    assert "is a link to elsewhere" in found.message


def ends_early(root):
    """End the bookmarks of citations one character early, as LibreOffice 7.4 does after a call."""
    for paragraph in root.iter(w("p")):
        starts = (e for e in paragraph.iter(w("bookmarkStart")) if e.get(w("name"))[:3] == "_Bc")
        ids = {start.get(w("id")) for start in starts}
        for end in [e for e in paragraph if e.tag == w("bookmarkEnd") and e.get(w("id")) in ids]:
            place = list(paragraph).index(end)
            text = paragraph[place - 1].find(w("t"))
            paragraph.insert(place + 1, run(text.text[-1]))
            text.text = text.text[:-1]


def test_marks_whose_bookmarks_end_before_their_brackets_are_sound():
    content = docx_with(ends_early)

    assert content != built("docx")
    assert judged(content, "docx").diagnostics == ()


def test_a_word_file_without_its_map_is_compared_with_itself():
    result = BytesIO()
    with zipfile.ZipFile(BytesIO(built("docx"))) as old, zipfile.ZipFile(result, "w") as new:
        for name in old.namelist():
            if not name.startswith("customXml/"):
                new.writestr(name, old.read(name))
    verdict = judged(result.getvalue(), "docx")

    assert (verdict.kind, verdict.diagnostics) == (ALONE, ())


# Pages -------------------------------------------------------------------------------------------


def html_with(*pairs):
    def change(page):
        for old, new in pairs:
            assert old in page, f"nothing to change: {old}"
            page = page.replace(old, new, 1)
        return page

    return change


MARK = '<a class="mark" href="#ref-six"'
HTML_ERRORS = {
    "another number in a mark": html_with((">[3]</a>", ">[1]</a>")),
    "another number in the list": html_with(
        ('data-anchor="ref-six">[3]<', 'data-anchor="ref-six">[9]<')
    ),
    "a link to elsewhere": html_with((MARK, '<a class="mark" href="https://example.org/"')),
    "a link to another entry": html_with((MARK, '<a class="mark" href="#ref-lee"')),
    "two links, the first to elsewhere": html_with((MARK, f'<a href="#ref-lee" {MARK[3:]}')),
    "a mark hidden by an attribute": html_with((MARK, f"<a hidden {MARK[3:]}")),
    "a mark hidden by its style": html_with((MARK, f'<a style="display: none" {MARK[3:]}')),
    "a mark without colour": html_with((MARK, f'<a style="color: transparent" {MARK[3:]}')),
    "a mark moved away": html_with((MARK, f'<a style="position:absolute;left:-99em" {MARK[3:]}')),
    "a style sheet that hides": html_with(("</style>", ".mark { visibility: hidden }</style>")),
    "a style sheet that prints": html_with(("</style>", '.mark::before { content: "1" }</style>')),
    "a style sheet that shrinks": html_with(("</style>", "li a, p a { font-size: 0 }</style>")),
    "white on white": html_with(("</style>", ".citation a { color: white }</style>")),
    "a hidden list": html_with(("</style>", ".references { opacity: 0 }</style>")),
    "a style sheet from elsewhere": html_with(
        ("<style>", '<link rel="stylesheet" href="x.css"><style>')
    ),
    "an imported style sheet": html_with(("<style>", "<style>@import 'x.css';")),
    "a program": html_with(("</body>", "<script>document.title=1</script></body>")),
    "a program in an attribute": html_with(("<body", '<body onload="x()"')),
    "another base": html_with(("<head>", '<head><base href="https://example.org/">')),
    "a page that leads on": html_with(
        ("<head>", '<head><meta http-equiv="refresh" content="0;url=https://example.org">')
    ),
    "turned digits": html_with((">[3]</a>", '><bdo dir="rtl">[3]</bdo></a>')),
    "an entry twice": html_with(
        (
            '<li class="reference" id="ref-six"',
            '<li id="ref-six">x</li><li class="reference" id="ref-six"',
        )
    ),
    "another number in a cross-reference": html_with((">Table 1</a>", ">Table 2</a>")),
    "a table called a figure": html_with((">Table 1</a>", ">Figure 1</a>")),
    "another number of a heading": html_with(
        ('data-anchor="sec-two">2<', 'data-anchor="sec-two">3<')
    ),
}
HTML_WARNINGS = {
    "a typed mark": html_with(("Snow falls", "Snow [4] falls")),
    "something else inside": html_with(("</main>", '<iframe src="x.html"></iframe></main>')),
    "something laid over it": html_with(("</main>", '<div style="position:fixed">1</div></main>')),
    "a mark struck through": html_with((MARK, f"<del>{MARK}")),
}


@pytest.mark.parametrize("change", HTML_ERRORS.values(), ids=HTML_ERRORS)
def test_a_number_that_was_changed_in_a_page_is_an_error(change):
    page = change(built("html").decode()).encode()

    assert judged(page, "html").kind == WRONG


@pytest.mark.parametrize("change", HTML_WARNINGS.values(), ids=HTML_WARNINGS)
def test_what_only_an_eye_can_tell_in_a_page_is_a_warning(change):
    page = change(built("html").decode()).encode()

    assert codes(page, "html") == {"look-at"}


def minified(page):
    page = re.sub(r"</(?:p|li|td|th|tr|html|body|head|dt|dd)>", "", page)
    page = re.sub(r'="([\w#-]+)"', r"=\1", page)
    return re.sub(r"\s+", " ", page)


def test_a_minified_page_is_sound():
    verdict = judged(minified(built("html").decode()).encode(), "html")

    assert (verdict.kind, verdict.diagnostics) == (ALONE, ())


# PDFs --------------------------------------------------------------------------------------------


def pdf_with(change, **options):
    result = BytesIO()
    with pikepdf.open(BytesIO(built("pdf"))) as pdf:
        change(pdf)
        pdf.save(result, **options)
    return result.getvalue()


def links(pdf):
    for page in pdf.pages:
        for annotation in page.get("/Annots", ()):
            if str(annotation.get("/Subtype")) == "/Link":
                yield page, annotation


def mark(pdf, anchor="ref-six"):
    return next((p, a) for p, a in links(pdf) if str(a.get("/Dest", "")) == anchor)


def drawn_over(operators):
    """Return a change that draws over the mark; `{0}` to `{3}` are the sides of its box."""

    def change(pdf):
        page, annotation = mark(pdf)
        left, bottom, right, top = (float(x) for x in annotation.Rect)
        text = operators.format(left, bottom, right - left, top - bottom)
        page.contents_add(b"q", prepend=True)  # what a page does to its axes ends with it
        page.contents_add(f"Q q {text} Q".encode(), prepend=False)

    return change


def annotated(kind):
    def change(pdf):
        page, annotation = mark(pdf)
        added = pdf.make_indirect(
            pikepdf.Dictionary(
                Type=pikepdf.Name.Annot,
                Subtype=pikepdf.Name(kind),
                Rect=annotation.Rect,
                Contents="[1]",
                DA="/Helv 9 Tf 0 g",
            )
        )
        page.Annots.append(added)
        if kind == "/Widget":
            pdf.Root.AcroForm = pikepdf.Dictionary(Fields=[added])

    return change


def lying_font(pdf):
    fonts = pdf.pages[0].Resources.Font
    font = next(iter(fonts.values()))
    other = pikepdf.Dictionary(font)
    text = font.ToUnicode.read_bytes()
    code = re.search(rb"<([0-9a-f]{4})> <([0-9a-f]{4})>", text)
    other.ToUnicode = pdf.make_stream(text.replace(code[0], b"<%b> <0037>" % code[1], 1))
    fonts["/Fake"] = pdf.make_indirect(other)


def led_elsewhere(pdf):
    mark(pdf)[1].Dest = pikepdf.String("ref-lee")


def unlinked(pdf):
    page, annotation = mark(pdf, "ref-six")
    page.Annots = pikepdf.Array([a for a in page.Annots if a != annotation])


def cropped(pdf):
    page = pdf.pages[0]
    page.CropBox = pikepdf.Array([0, 0, page.MediaBox[2], float(page.MediaBox[3]) / 2])


def list_again(pdf):
    pdf.pages.append(pdf.pages[-1])


PDF_ERRORS = {
    "a white box over a mark": drawn_over("1 1 1 rg {0} {1} {2} {3} re f"),
    "a black box over a mark": drawn_over("0 0 0 rg {0} {1} {2} {3} re f"),
    "a note over a mark": annotated("/FreeText"),
    "a stamp over a mark": annotated("/Stamp"),
    "a font that lies": lying_font,
    "a mark that leads elsewhere": led_elsewhere,
    "a page cut": cropped,
}
PDF_WARNINGS = {
    "a mark without its link": unlinked,
    "the list a second time": list_again,
    "a box over a word": drawn_over("1 1 1 rg 200 {1} 30 {3} re f"),
    "a box to be ticked": annotated("/Widget"),
}


@pytest.mark.parametrize("change", PDF_ERRORS.values(), ids=PDF_ERRORS)
def test_a_number_that_is_seen_otherwise_in_a_pdf_is_an_error(change):
    assert judged(pdf_with(change), "pdf").kind == WRONG


@pytest.mark.parametrize("change", PDF_WARNINGS.values(), ids=PDF_WARNINGS)
def test_what_only_an_eye_can_tell_in_a_pdf_is_a_warning(change):
    assert "look-at" in codes(pdf_with(change), "pdf")


@pytest.mark.parametrize(
    "options",
    [
        {"linearize": True},
        {"object_stream_mode": pikepdf.ObjectStreamMode.generate},
        {"qdf": True},
        {"encryption": pikepdf.Encryption(owner="only changes need it", user="")},
    ],
    ids=["linearised", "object streams", "qdf", "protected from changes"],
)
def test_a_pdf_that_was_saved_anew_is_sound(options):
    verdict = judged(pdf_with(lambda pdf: None, **options), "pdf")

    assert (verdict.kind, verdict.diagnostics) == (ALONE, ())

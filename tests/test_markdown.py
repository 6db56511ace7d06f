"""The Markdown reader: what each construct is in the tree, where it stands, and what is wrong."""

import datetime
import re
import struct
import zlib
from typing import get_args

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from random_briefs import briefs
from spans import check_places, cut

from pipeline.diagnostics import CODES, Span
from pipeline.model import (
    Anchor,
    Block,
    Cell,
    Citation,
    Cite,
    Code,
    CodeBlock,
    CrossReference,
    Definition,
    DefinitionList,
    Figure,
    Footnote,
    FootnoteReference,
    Heading,
    Image,
    Link,
    List,
    ListItem,
    Paragraph,
    Part,
    Person,
    Quote,
    Table,
    Text,
    length_of,
    plain,
    walk,
)
from pipeline.readers.markdown import FileProblem, grid_tables, no_files, read_markdown
from pipeline.readers.markdown.anchors import slug
from pipeline.readers.markdown.images import BadImage, measure
from pipeline.readers.source import read_text


def files_of(**files):
    """Return what reads files by name; `_` stands for the dot before the ending."""
    named = {name.replace("_", "."): content for name, content in files.items()}

    def read(name):
        missing = FileProblem("missing-file", f"there is no file `{name}`", "look")
        content = named.get(name, missing)
        return content.encode() if isinstance(content, str) else content

    return read


def blocks(text, **files):
    return read_markdown(text, "t.md", files_of(**files))[0].blocks


def front(text):
    return read_markdown(f"---\n{text}\n---\n\nText.\n", "t.md")[0].front


def codes(text, **files):
    return [found.code for found in read_markdown(text, "t.md", files_of(**files))[1]]


def findings(text, **files):
    """Return each finding as (code, what its span covers)."""
    lines = text.removeprefix("\ufeff").split("\n")
    return [
        (d.code, lines[d.span.line - 1][d.span.column - 1 :][: d.span.length])
        for d in read_markdown(text, "t.md", files_of(**files))[1]
    ]


def shape(node):
    """Return a tree as nested tuples, for short expectations: text as text."""
    if isinstance(node, tuple):
        return [shape(child) for child in node]
    match node:
        case Text(text=text):
            return text
        case Paragraph(inlines=inlines):
            return ("p", *shape(inlines))
        case Cell(inlines=inlines):
            return shape(inlines)
        case Quote(blocks=inside):
            return ("quote", *shape(inside))
        case List(ordered=ordered, items=items):
            return ("ol" if ordered else "ul", *(shape(item.blocks) for item in items))
        case Heading(level=level, inlines=inlines):
            return (f"h{level}", *shape(inlines))
        case Part(kind=kind, blocks=inside):
            return (f"part {kind}".strip(), *shape(inside))
        case Citation(cites=cites):
            return tuple(f"@{cite.key}" for cite in cites)
        case CodeBlock(text=text):
            return ("code", text)
        case _ if hasattr(node, "inlines"):
            return (type(node).__name__.lower(), *shape(node.inlines))
        case _:
            return type(node).__name__.lower()


def png(width=200, height=100, density=None):
    parts = [(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0))]
    if density:
        parts.append((b"pHYs", struct.pack(">IIB", density, density, 1)))
    parts += [(b"IDAT", b"x"), (b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        for kind, data in parts
    )


def jpeg(width=200, height=100, density=96):
    jfif = b"JFIF\0\1\1" + struct.pack(">BHH", 1, density, density) + b"\0\0"
    frame = struct.pack(">BHHB", 8, height, width, 1) + b"\1\x11\0"
    segments = ((0xE0, jfif), (0xFE, b"words"), (0xC2, frame))
    return b"\xff\xd8" + b"".join(
        struct.pack(">BBH", 0xFF, marker, len(data) + 2) + data for marker, data in segments
    )


# Blocks ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("One\ntwo.", [("p", "One ", "two.")]),
        ("> a\n>\n> > b", [("quote", ("p", "a"), ("quote", ("p", "b")))]),
        ("- a\n  - b\n- c", [("ul", [("p", "a"), ("ul", [("p", "b")])], [("p", "c")])]),
        ("1) a\n2) b", [("ol", [("p", "a")], [("p", "b")])]),
        ("    a\n    b", [("code", "a\nb\n")]),
        ("***", ["thematicbreak"]),
        ("Title\n---\n\na", [("h1", "Title"), ("p", "a")]),
        ("::: summary\na\n:::\nb", [("part summary", ("p", "a")), ("p", "b")]),
        ("::: {.callout}\na\n:::", [("part callout", ("p", "a"))]),
        (":::: summary ::::\na\n::::", [("part summary", ("p", "a"))]),
        (
            "::: summary\n:::: callout\na\n:::\nb\n:::\nc",
            [("part summary", ("part callout", ("p", "a")), ("p", "b")), ("p", "c")],
        ),
        ("> ::: summary\n> a\n> :::\n\nb", [("quote", ("part summary", ("p", "a"))), ("p", "b")]),
        ("- ::: callout\n  a\n  :::\n- b", [("ul", [("part callout", ("p", "a"))], [("p", "b")])]),
        ("::: summary\n- a\n:::\nb", [("part summary", ("ul", [("p", "a")])), ("p", "b")]),
        ("::: summary\n> a\n:::\nb", [("part summary", ("quote", ("p", "a"))), ("p", "b")]),
        (
            "::: summary\n```\n:::\n```\n:::\nb",
            [("part summary", ("code", ":::\n")), ("p", "b")],
        ),
        ("a\n\n:::\n\nb", [("p", "a"), ("p", ":::"), ("p", "b")]),
        (
            "::: summary\n- a\n\n  :::\n\nb\n:::",
            [("part summary", ("ul", [("p", "a"), ("p", ":::")]), ("p", "b"))],
        ),
        ("<!-- a\n\nb -->\n\nc", [("p", "c")]),
        ("a\n<!-- b\n\nc -->\nd", [("p", "a"), ("p", "d")]),
        ("<!-- b\n\nc --> d", [("p", "d")]),
        ("a <!-- b --> c", [("p", "a", " c")]),
        ("> <!-- b\n> c -->\n> d", [("quote", ("p", "d"))]),
        ("a <!-- b", [("p", "a <!-- b")]),
    ],
)
def test_blocks(text, expected):
    assert shape(blocks(text)) == expected


def test_lists_know_their_start_tightness_and_tasks():
    [ordered, _, loose] = blocks("3. a\n4. b\n\n---\n\n- [x] a\n\n- [ ] b\n\n- [y] c")

    assert (ordered.ordered, ordered.start, ordered.tight) == (True, 3, True)
    assert (loose.ordered, loose.tight) == (False, False)
    assert [item.checked for item in loose.items] == [True, False, None]
    assert shape(loose.items[0].blocks) == [("p", "a")]


def test_definition_lists_have_terms_and_descriptions():
    [found] = blocks("Rain *water*\n: Falls.\n\n    And more.\n: Wet.\n\nRoof\n: Dry.")

    assert isinstance(found, DefinitionList)
    assert [shape(item.term) for item in found.items] == [
        ["Rain ", ("emphasis", "water")],
        ["Roof"],
    ]
    assert [shape(d) for d in found.items[0].descriptions] == [
        [("p", "Falls."), ("p", "And more.")],
        [("p", "Wet.")],
    ]


@pytest.mark.parametrize(
    ("info", "language"),
    [("python", "python"), ("{.python #x}", "python"), ("{r, fig.width=5}", "r"), ("", "")],
)
def test_code_knows_its_language(info, language):
    assert blocks(f"```{info}\na < b\n```") == (CodeBlock("a < b\n", language, span=NOWHERE),)


NOWHERE = Span.of_file("")


def test_the_first_heading_is_the_title_and_levels_begin_at_one():
    brief, _ = read_markdown("<!-- note -->\n\n# A *title*\n\n### One\n\n#### Two", "x/y.md")

    assert (brief.name, brief.title) == ("y", "A title")
    assert shape(brief.blocks) == [("h1", "One"), ("h2", "Two")]


def test_a_title_in_the_front_matter_leaves_the_first_heading_a_section():
    brief, _ = read_markdown("---\ntitle: T\n---\n# One\n\n## Two", "t.md")

    assert brief.title == "T"
    assert shape(brief.blocks) == [("h1", "One"), ("h2", "Two")]


# Anchors ---------------------------------------------------------------------------------------


def test_headings_have_anchors_written_or_made():
    text = "## The *cost* [@a]\n\n## The cost\n\n## B {#sec-b .unnumbered}\n\n## C {-}\n\n## D {#d}"
    text += "\n\n## The cost 1 {#sec-the-cost}\n\n## 2026\n\n## E {#sec:e}"

    found = [(str(heading.anchor), heading.numbered) for heading in blocks(text)]

    assert found == [
        ("sec-the-cost-1", True),
        ("sec-the-cost-2", True),
        ("sec-b", False),
        ("sec-c", False),
        ("d", True),
        ("sec-the-cost", True),
        ("sec-section", True),
        ("sec-e", True),
    ]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("Heading identifiers in HTML", "heading-identifiers-in-html"),
        ("Maître d'hôtel", "maître-dhôtel"),
        ("*Dogs*?--in *my* house?", "dogs--in-my-house"),
        ("3. Applications", "applications"),
        ("33", "section"),
    ],
)
def test_made_anchors_are_those_of_pandoc(words, expected):
    assert slug(words) == expected


def test_an_anchor_used_twice_is_an_error_that_names_both_places():
    text = "## A {#sec-a}\n\n## B {#sec-a}\n\n|a|\n|-|\n|b|\n\n## C {#sec-a}"
    brief, found = read_markdown(text, "t.md")

    assert [(d.code, d.span.line, d.span.column) for d in found] == [
        ("duplicate-anchor", 3, 8),
        ("duplicate-anchor", 9, 8),
    ]
    assert "line 1, column 8" in found[0].message
    anchors = [str(block.anchor) for block in brief.blocks if isinstance(block, Heading)]
    assert anchors == ["sec-a", "sec-a-1", "sec-a-2"]


def test_an_anchor_without_prefix_that_is_cited_is_a_warning_at_the_citation():
    assert findings("## A {#end}\n\nSee @end.") == [("bad-anchor", "end")]


# Inlines ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("*a* **b** ~~c~~", [("emphasis", "a"), " ", ("strong", "b"), " ", ("strikethrough", "c")]),
        ("x^2^ H~2~O", ["x", ("superscript", "2"), " H", ("subscript", "2"), "O"]),
        ("m^*a*^", ["m", ("superscript", ("emphasis", "a"))]),
        ("2^10 and 3^4", ["2^10 and 3^4"]),
        ("~/a and ~/b", ["~/a and ~/b"]),
        ("[mot *juste*]{lang=fr}", [("passage", "mot ", ("emphasis", "juste"))]),
        ("[a *b*]{.x}", ["a ", ("emphasis", "b")]),
        ("a  \nb\\\nc", ["a", "linebreak", "b", "linebreak", "c"]),
        ("\\*a\\* &amp; b", ["*", "a", "*", " ", "&", " b"]),
        ("'a' -- \"b\"...", ["'a' -- \"b\"..."]),
        ("<https://b.org>", [("link", "https://b.org")]),
        ("<a@b.org>", [("link", "a@b.org")]),
        ("[a][b]\n\n[b]: https://b.org", [("link", "a")]),
        ("a [b] [3] (c)", ["a [b] [3] (c)"]),
    ],
)
def test_inlines(text, expected):
    assert shape(blocks(text)[0].inlines) == expected


def test_text_is_kept_as_it_was_typed():
    text = "  Words -- 'so' ... (c) 1/2 \u00a0 水 \u200b end"

    assert blocks(text)[0].inlines == (Text(text.strip(), span=NOWHERE),)


def test_code_keeps_its_text_and_drops_its_attributes():
    assert blocks("`a < *b*`{.py}")[0].inlines == (Code("a < *b*", span=NOWHERE),)


@pytest.mark.parametrize(
    ("text", "code", "printed"),
    [
        ("[a](javascript:x)", "unsafe-link", "a"),
        ("[a](JaVaScRiPt:x)", "unsafe-link", "a"),
        ("[a](java&#10;script:x)", "unsafe-link", "a"),
        ("[a](data:text/html,x)", "unsafe-link", "a"),
        ("[a](file:///etc/x)", "unsafe-link", "a"),
        ("<javascript:x>", "unsafe-link", "javascript:x"),
        ("[a]()", "empty-link", "a"),
        ("[a](b.md)", "unreachable-link", "a (b.md)"),
        ("<tel:123>", "unreachable-link", "tel:123"),
        ("[a](#sec-x)", "unknown-anchor", "a"),
    ],
)
def test_a_link_that_leads_nowhere_is_its_words(text, code, printed):
    [paragraph] = blocks(text)

    assert plain(paragraph.inlines) == printed
    assert not [node for node in walk(paragraph) if isinstance(node, Link)]
    assert findings(text) == [(code, text)]


def test_a_link_without_words_shows_its_address():
    assert shape(blocks("[](https://b.org)")[0].inlines) == [("link", "https://b.org")]
    assert codes("[](https://b.org)") == ["empty-link"]


def test_links_lead_to_anchors_of_the_brief():
    text = "[a](#sec-b) [c](#fig:x){target=_blank} [d](#b)\n\n## B\n\n![x](x.png){#fig:x}"
    [paragraph, *_] = blocks(text, x_png=png())

    hrefs = [str(node.href) for node in walk(paragraph) if isinstance(node, Link)]

    assert hrefs == ["sec-b", "fig-x", "sec-b"]


def test_the_words_of_a_heading_lead_to_it_not_to_an_anchor_that_says_the_same():
    [paragraph, *_] = blocks("[Rain] [Sun] [there][rain]\n\n## Rain\n\na\n\n## Sun {#rain}\n\nb")

    hrefs = [str(node.href) for node in walk(paragraph) if isinstance(node, Link)]

    assert hrefs == ["sec-rain", "rain", "sec-rain"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("a <q>c</q>", ["<q>"]),
        ("<div>\n*a*\n</div>", ["<div>"]),
        ("a<sub>b", ["<sub>"]),
        ("<!-- a -->", []),
    ],
)
def test_html_is_a_warning(text, found):
    assert [covered for code, covered in findings(text) if code == "raw-html"] == found


# Footnotes -------------------------------------------------------------------------------------


def test_a_footnote_is_read_where_it_is_called_first():
    text = "[^n]: Note.\n\n    More.\n\nA[^n] b^[in *place*] c[^n]."
    [paragraph] = blocks(text)

    [_, note, _, inline, _, again, _] = paragraph.inlines

    assert (str(note.anchor), shape(note.blocks)) == ("fn-n", [("p", "Note."), ("p", "More.")])
    assert shape(inline.blocks) == [("p", "in ", ("emphasis", "place"))]
    assert again == FootnoteReference(Anchor.parse("fn-n"), span=NOWHERE)


def test_footnotes_that_call_each_other_end():
    text = "a[^1]\n\n[^1]: b[^2]\n\n[^2]: c[^1]"
    [paragraph] = blocks(text)

    kinds = [type(n) for n in walk(paragraph) if isinstance(n, Footnote | FootnoteReference)]

    assert kinds == [Footnote, Footnote, FootnoteReference]


def test_footnotes_are_reported():
    text = "a[^1] b[^x]\n\n[^1]: c\n\n[^1]: d\n\n[^2]: e"

    assert findings(text) == [
        ("unknown-footnote", "[^x]"),
        ("duplicate-anchor", "[^1]: d"),
        ("unused-footnote", "[^2]: e"),
    ]


# Tables ----------------------------------------------------------------------------------------


def test_a_pipe_table_has_a_head_rows_and_alignments():
    [table] = blocks("| A | *B* | C | D |\n|:--|:-:|--:|---|\n| a [@x] | `b|` \\| c | | \n")

    assert shape(table.head[0]) == [["A"], [("emphasis", "B")], ["C"], ["D"]]
    assert table.alignments == ("left", "center", "right", "")
    assert len(table.rows[0]) == 4


@pytest.mark.parametrize(
    "text",
    [
        "|A|\n|-|\n|b|\n\n: Cap *a* [@x] {#tbl-t}",
        "|A|\n|-|\n|b|\n: Cap *a* [@x] {#tbl-t}",
        ": Cap *a* [@x] {#tbl-t}\n\n|A|\n|-|\n|b|",
        "Table: Cap *a* [@x] {#tbl:t}\n\n|A|\n|-|\n|b|",
        "> |A|\n> |-|\n> |b|\n>\n> : Cap *a* [@x] {#tbl-t}",
        "Before.\n\n: Cap *a* [@x] {#tbl-t}\n\n|A|\n|-|\n|b|",
    ],
)
def test_a_table_has_a_caption_above_or_below(text):
    brief, found = read_markdown(text, "t.md")
    [table] = [node for node in walk(brief) if isinstance(node, Table)]

    assert (str(table.anchor), shape(table.caption)) == (
        "tbl-t",
        ["Cap ", ("emphasis", "a"), " ", ("@x",)],
    )
    assert found == []
    assert not [n for n in walk(brief) if isinstance(n, Text) and n.text.startswith(":")]


def test_each_of_two_tables_has_its_own_caption():
    table = "|A|\n|-|\n|b|\n\n"
    below = blocks(f"{table}: One\n\n{table}: Two")
    above = blocks(f": One\n\n{table}: Two\n\n{table}")

    assert [plain(found.caption) for found in below] == ["One", "Two"]
    assert [plain(found.caption) for found in above] == ["One", "Two"]


def test_a_paragraph_that_looks_like_a_caption_stays_without_a_table():
    assert shape(blocks("Table: one\n\nText.")) == [("p", "Table: one"), ("p", "Text.")]


def test_rows_are_filled_and_cells_too_many_are_joined_and_said():
    text = "|A|B|\n|-|-|\n|a|\n|a|b|c *d*|"
    [table] = blocks(text)

    assert [shape(row) for row in table.rows] == [
        [["a"], []],
        [["a"], ["b|c ", ("emphasis", "d")]],
    ]
    assert findings(text) == [("ragged-table", "b|c *d*")]


@pytest.mark.parametrize("end", ["", "+-+-+\n", "+--+\n+--+\n"])
def test_lines_of_what_is_no_grid_table_are_not_read_again_for_each_rule(end, monkeypatch):
    looks, row = [], grid_tables._row
    monkeypatch.setattr(grid_tables, "_row", lambda *at: looks.append(at) or row(*at))

    read_markdown("+--+\n|a |\n" * 100 + end, "t.md")

    assert len(looks) < 10 * 200


def test_a_table_comes_from_a_csv_file():
    csv = '\ufeffTown,Rain,Note\r\nOslo,763,"wet, [@a, p. 3]"\r\nBergen,"2,250",*no* ""\r\n'
    [table] = blocks("![Rain [@b]](d/rain.csv){#tbl-r}", **{"d/rain_csv": csv})

    assert (str(table.anchor), table.alignments) == ("tbl-r", ("", "", ""))
    assert shape(table.caption) == ["Rain ", ("@b",)]
    assert shape(table.rows[0]) == [["Oslo"], ["763"], ["wet, ", ("@a",)]]
    assert shape(table.rows[1]) == [["Bergen"], ["2,250"], ['*no* ""']]


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_the_delimiter_of_a_csv_file_is_found(delimiter):
    csv = f'a{delimiter}"b,;"{delimiter}c\n1{delimiter}{delimiter}\n\n'
    [table] = blocks("![](x.csv)", x_csv=csv)

    assert [shape(row) for row in (*table.head, *table.rows)] == [
        [["a"], ["b,;"], ["c"]],
        [["1"], [], []],
    ]


@pytest.mark.parametrize(
    ("csv", "line", "column"),
    [
        (b"a,b\n1,2,3\n", 2, 5),
        (b'a,b\n"1,2\n', 2, 1),
        (b'a,b\n1,"2"x\n', 2, 6),
        (b"", 1, 1),
        (b"a\n\xff\n", 2, 1),
    ],
)
def test_a_bad_csv_file_is_an_error_in_that_file(csv, line, column):
    _, found = read_markdown("a\n\n![](d/x.csv)", "briefs/t.md", files_of(**{"d/x_csv": csv}))

    assert [(d.code, d.span.path, d.span.line, d.span.column) for d in found] == [
        ("bad-csv", "briefs/d/x.csv", line, column)
    ]


# Images ----------------------------------------------------------------------------------------


def test_an_image_alone_is_a_figure():
    text = "![A *roof* [@a]](r.png){#fig-r alt='A grey roof' width=50%}"
    brief, found = read_markdown(text, "t.md", files_of(r_png=png()))

    [figure] = brief.blocks
    [image] = brief.images

    assert found == []
    assert figure.image == Image("r.png", "A grey roof", length_of("50%"), span=NOWHERE)
    assert (str(figure.anchor), shape(figure.caption)) == (
        "fig-r",
        ["A ", ("emphasis", "roof"), " ", ("@a",)],
    )
    assert (image.src, image.media_type, image.width, image.height) == (
        "r.png",
        "image/png",
        200,
        100,
    )


def test_the_words_of_an_image_are_its_alt_text_unless_another_is_given():
    [figure, paragraph] = blocks(
        "![A *b* [@c]](x.png)\n\na ![d `e`](x.png) ![](x.png)", x_png=png()
    )

    alts = [node.alt for node in walk(paragraph) if isinstance(node, Image)]

    assert isinstance(figure, Figure)
    assert (figure.image.alt, alts) == ("A b", ["d e", ""])


def test_each_image_is_kept_once_under_its_name():
    text = "![a](my%20b.png)\n\n![b](<my b.png>) ![](my%20b.png)"
    brief, found = read_markdown(text, "t.md", files_of(**{"my b_png": png()}))

    assert [image.src for image in brief.images] == ["my b.png"]
    assert found == []


@pytest.mark.parametrize(
    ("address", "ending"),
    [
        ("data:image/gif;base64,R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7", ".gif"),
        ("data:image/svg+xml,%3Csvg%20xmlns='http://www.w3.org/2000/svg'/%3E", ".svg"),
        ("data:image/svg+xml;utf8,%3Csvg%20xmlns='http://www.w3.org/2000/svg'/%3E", ".svg"),
    ],
    ids=["gif", "svg", "svg-utf8"],
)
def test_an_image_in_its_address_has_a_name_of_a_file(address, ending):
    brief, found = read_markdown(f'# T\n\n![Rain]({address}){{alt="Bars"}}\n', "x.md", None)

    assert found == []
    assert re.fullmatch(rf"embedded-[0-9a-f]{{8}}\{ending}", brief.images[0].src)


def test_a_file_that_is_not_read_is_reported_at_the_image():
    brief, found = read_markdown("a ![b](c.png)", "t.md", no_files)

    assert [(d.code, d.span.column, d.span.length) for d in found] == [("missing-file", 3, 11)]
    assert [image.src for image in brief.images] == ["c.png"]


SVG = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:l="http://www.w3.org/1999/xlink" {}>{}</svg>'


@pytest.mark.parametrize(
    ("content", "size"),
    [
        (png(300, 150), (300, 150)),
        (png(300, 150, density=11811), (96, 48)),
        (jpeg(300, 150, density=300), (96, 48)),
        (SVG.format('width="2in" height="1in"', ""), (192, 96)),
        (
            "<!DOCTYPE svg PUBLIC 'a' 'b.dtd'>" + SVG.format('width="72pt" height="1in"', ""),
            (96, 96),
        ),
        (SVG.format('viewBox="0 0 40 20"', ""), (40, 20)),
        (SVG.format('width="100" viewBox="0 0 40 20"', ""), (100, 50)),
        (SVG.format('width="100%" height="100%"', ""), (300, 150)),
        (SVG.format('width="9" height="9"', '<use l:href="#a"/><a href="https://b.org"/>'), (9, 9)),
    ],
)
def test_images_are_measured_in_css_pixels(content, size):
    image = measure("x", content.encode() if isinstance(content, str) else content)

    assert (image.width, image.height) == pytest.approx(size, abs=0.01)


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "not a PNG"),
        (b"GIF89a", "damaged"),
        (b"%PDF-1.7", "cannot be drawn"),
        (png()[:40], "cut off"),
        (png().replace(b"IDAT", b"IDAX"), "no pixels"),
        (png()[:20] + b"\xff" + png()[21:], "checksum"),
        (png(0, 5), "impossible"),
        (png(20_000, 20_000), "million pixels"),
        (jpeg()[:30], "cut off"),
        (b"\xff\xd8\xff\xe0\0\4ab?????", "marker"),
        (SVG.format("", "<script/>"), "<script>"),
        (SVG.format('onload="x()"', ""), "onload"),
        (SVG.format("", '<image href="http://b.org/x.png"/>'), "outside"),
        (SVG.format("", '<image l:href="x.png"/>'), "outside"),
        (SVG.format("", '<a href="javascript:x"/>'), "outside"),
        (SVG.format("", "<style>@import 'x.css'</style>"), "outside"),
        (SVG.format("", '<rect style="fill:url(http://b.org)"/>'), "outside"),
        (SVG.format("", "<foreignObject/>"), "foreignObject"),
        ('<!DOCTYPE svg [<!ENTITY a "b">]>' + SVG.format("", ""), "entities"),
        ('<!DOCTYPE svg [<!ATTLIST svg a CDATA "b">]>' + SVG.format("", ""), "entities"),
        ('<?xml-stylesheet href="x"?>' + SVG.format("", ""), "style sheet"),
        (SVG.format("", "<g>"), "well-formed"),
        (SVG.format('width="1e99" height="1"', ""), "impossible"),
        ("<?xml version='1.0'?><html/>", "not a PNG"),
    ],
)
def test_an_image_that_is_broken_or_unsafe_is_refused(content, reason):
    with pytest.raises(BadImage, match=reason):
        measure("x", content.encode() if isinstance(content, str) else content)


@given(st.binary(max_size=200), st.sampled_from([png(), jpeg(), SVG.format("", "").encode()]))
def test_no_image_breaks_the_reader(noise, image):
    for content in (noise, image[:20] + noise, image[: len(noise)] + noise + image[len(noise) :]):
        read_markdown("![a](x.png)", "t.md", lambda name, content=content: content)


# Front matter ----------------------------------------------------------------------------------


def test_the_front_matter_is_read():
    found = front(
        """title: A *title* [@a]
subtitle: Sub
disclaimer: >
  Not
  *legal* advice.
checked-on: 2026-01-28
date: 1 April 2020
lang: en-GB
edition: 2
authors:
  - Ann Lee^[Corresponding author.]
  - {name: Bo Ito, role: Editor, affiliation: "1, 2", orcid: x}
  - {name: {given: Di, family: Fox}, affiliations: [three, Four, {name: Five}, {ref: "1"}]}
affiliations:
  - {index: 1, name: One}
  - {id: three, institution: Three, department: Rain}
  - {index: 2, name: Two}
reviewers: [{name: Cy Roe, scope: figures, date: 2026-01-02}]
keywords: rain, roofs
paper: A4
marks: ieee
citation-style: ieee
bibliography: a.bib
nocite: "@a, @{b c}"
licence: CC BY 4.0
contact: a@example.org"""
    )

    assert shape(found.title) == ["A ", ("emphasis", "title"), " ", ("@a",)]
    assert shape(found.disclaimer) == ["Not ", ("emphasis", "legal"), " advice."]
    assert found.checked_on == datetime.date(2026, 1, 28)
    assert found.date == datetime.date(2020, 4, 1)
    assert (found.lang, found.edition, found.paper, found.marks) == ("en-GB", "2", "a4", "ieee")
    assert found.authors == (
        Person("Ann Lee", "Corresponding author"),
        Person("Bo Ito", "Editor", "One, Two"),
        Person("Di Fox", "", "Rain, Three, Four, Five, One"),
    )
    assert found.reviewers == (Person("Cy Roe", "figures", date=datetime.date(2026, 1, 2)),)
    assert (found.keywords, found.bibliography) == (("rain", "roofs"), ("a.bib",))
    assert found.nocite == ("a", "b c")
    assert (found.licence, found.contact) == ("CC BY 4.0", "a@example.org")


def test_pandoc_s_names_for_the_same_are_known():
    found = front("author: Ann\nlicense: MIT\nbibliography: [a.bib, b.bib]\nnocite: |\n  @*")

    assert found.authors == (Person("Ann"),)
    assert (found.licence, found.bibliography, found.nocite) == ("MIT", ("a.bib", "b.bib"), ("*",))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("titel: x", [("unknown-front-matter-key", "titel")]),
        ("tags: [a]\nheader-includes: x", [("foreign-front-matter", "tags")]),
        ("abstract: [x]", [("bad-front-matter-value", "[x]")]),
        ("checked-on: 2026-02-30", [("bad-date", "2026-02-30")]),
        ("date: 2026-02-30", [("bad-date", "2026-02-30")]),
        ("date: April 2020", [("unclear-date", "April 2020")]),
        ("date: '`r Sys.Date()`'", [("unclear-date", "'`r Sys.Date()`'")]),
        ("paper: A5", [("bad-front-matter-value", "A5")]),
        ("marks: iee", [("unknown-marks", "iee")]),
        ("lang: [a]", [("bad-front-matter-value", "[a]")]),
        ("lang: not a language", [("bad-front-matter-value", "not a language")]),
        ("title: [a, b]", [("bad-front-matter-value", "[a, b]")]),
        ("authors: [{role: x}]", [("bad-front-matter-value", "{role: x}")]),
        ("nocite: smith", [("bad-front-matter-value", "smith")]),
        ("title: a: b", [("bad-front-matter", ": b")]),
        ("title: [a", [("bad-front-matter", "[a")]),
        ("- a", [("bad-front-matter", "- a")]),
        ("title: a\ntitle: b", [("bad-front-matter", "title")]),
        ("keywords: &x [1]\nb: *x", [("bad-front-matter", "*x")]),
        ("title:\nlang: ~", []),
    ],
)  # fmt: skip
def test_what_is_wrong_in_the_front_matter_is_said_where_it_stands(text, found):
    text = f"---\n{text}\n---\n\nText.\n"

    kept = [one for one in findings(text) if one != ("unknown-front-matter-key", "b")]

    assert [(code, covered.strip()) for code, covered in kept] == found


def test_an_unknown_key_has_a_proposal():
    _, [found] = read_markdown("---\nauthorz: x\n---\n\nText.", "t.md")

    assert found.hint == "did you mean `authors`?"


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("---\ntitle: T\n...\nText.", "T"),
        ("---\r\ntitle: T\r\n---\r\nText.", "T"),
        ("\ufeff---\ntitle: T\n---\nText.", "T"),
        ("---\n---\nText.", ""),
        ("---\n\nText.\n\n---\n", ""),
    ],
)
def test_front_matter_stands_between_lines(text, title):
    brief, found = read_markdown(text, "t.md")

    assert (plain(brief.front.title), found) == (title, [])


def test_front_matter_that_is_never_closed_is_an_error():
    assert codes("---\ntitle: T\n\nText.")[0] == "bad-front-matter"


def test_parts_of_the_front_matter_stand_round_the_body():
    text = """---
claim: {text: It *never* rains., by: Ann, date: 2026-01-02}
verdict: {label: "False", scale: 3 of 5}
follow-ups:
  - Does it snow [@a]?
corrections:
  - {date: 2026-02-01, what: A number was wrong.}
  - Another.
---

Text.
"""
    brief, found = read_markdown(text, "t.md")

    assert found == []
    assert shape(brief.blocks) == [
        (
            "part corrections",
            (
                "ul",
                [("p", ("strong", "1 February 2026"), "linebreak", "A number was wrong.")],
                [("p", "Another.")],
            ),
        ),
        (
            "part claim",
            ("p", "It ", ("emphasis", "never"), " rains."),
            ("p", "— ", "Ann", ", 2 January 2026"),
            ("part verdict", ("p", ("strong", "False")), ("p", "3 of 5")),
        ),
        ("p", "Text."),
        ("part follow-ups", ("ul", [("p", "Does it snow ", ("@a",), "?")])),
    ]


def test_a_house_can_have_corrections_behind_the_text():
    text = "---\ncorrections: A [@b].\nclaim: C [@d]\nfollow-ups: [E]\n---\n\nText [@f].\n"
    first = read_markdown(text, "t.md")[0]
    last = read_markdown(text, "t.md", corrections_first=False)[0]

    kinds = [[b.kind for b in x.blocks if isinstance(b, Part)] for x in (first, last)]
    assert kinds == [["corrections", "claim", "follow-ups"], ["claim", "follow-ups", "corrections"]]
    for brief in (first, last):
        anchors = [node.anchor.name for node in walk(brief) if isinstance(node, Citation)]
        assert anchors == sorted(anchors)


@pytest.mark.parametrize(
    "scale", ['"True, mostly false , false"', "[True, mostly false, false]"], ids=["text", "list"]
)
def test_a_verdict_has_its_place_on_the_scale(scale):
    text = f"verdict: {{label: Mostly false, scale: {scale}, text: So.}}"
    [part, _] = read_markdown(f"---\nclaim: It rains.\n{text}\n---\n\nText.", "t.md")[0].blocks

    assert shape(part.blocks[1:]) == [
        (
            "part verdict",
            ("p", ("strong", "Mostly false")),
            ("p", "True", " · ", ("strong", "mostly false"), " · ", "false"),
            ("p", "So."),
        )
    ]


def test_a_verdict_alone_is_named_in_the_language_of_the_brief():
    [part, _] = read_markdown("---\nlang: fr\nverdict: Faux\n---\n\nTexte.", "t.md")[0].blocks

    assert (part.kind, plain(part.title), shape(part.blocks)) == (
        "claim",
        "Verdict",
        [("p", ("strong", "Faux"))],
    )


def test_parts_have_titles_and_languages():
    [part] = blocks('::: {.callout lang=fr title="Le *mot*"}\nOui.\n:::')

    assert (part.lang, shape(part.title)) == ("fr", ["Le ", ("emphasis", "mot")])


def test_parts_are_reported():
    assert findings("::: sumary\na\n:::") == [("unknown-part", "::: sumary")]
    assert findings("::: summary\na") == [("unclosed-part", "::: summary")]


# Spans -----------------------------------------------------------------------------------------

# Layouts put a line of inlines somewhere; `{}` is where.
LAYOUTS = (
    "{}",
    "Before\n{}\nafter",
    "# Title\n\n## {} {{#sec-x}}",
    "## {} ##",
    "{}\n===\n\nx",
    "> {}",
    "> a\n{}",
    ">>  > {}",
    "- {}",
    "- a\n\n  {}\n- b",
    "1. a\n   - [x] {}",
    "-\t{}",
    "\t- a\n\n  - {}",
    "Term {}\n: b",
    "Term\n: {}\n  {}",
    "a[^n]\n\n[^n]: {}\n\n    {}",
    "a^[{}]",
    "*a {} b* **{}**",
    "| a | b |\n|---|---|\n| {} | x \\| {} |",
    "> | {} |\n> |---|\n> | \\| {} |",
    "|a|\n|-|\n|b|\n\n: Caption {} {{#tbl-y}}",
    "Table: {}\n\n|a|\n|-|\n|b|",
    "![a {}](x.png){{#fig-y}}",
    "::: summary\n{}\n:::",
    "::: summary\n> - {}\n:::",
    "<!-- a\n\nb --> {}",
    "a <!-- x --> {}",
    "---\ntitle: {}\n---\n\nx",
    '---\ntitle: "a {}"\n---\n\nx',
    "---\ntitle: >\n  so\n  {}\n\n  {}\n---\n\nx",
    "---\nfollow-ups:\n  - 'it''s {}'\n---\n\nx",
    "\\* &amp; a {}",
    "a  \n  b {}",
    "**a*b {}",
    "x^2^ ~~{}~~ [{}]{{lang=fr}}",
)
PIECES = (
    "[see @key1, p. 3; @key2]",
    "@key3 [p. 4]",
    "@fig-y",
    "[@fig-y]",
    "[w](https://b.org)",
    "<https://c.org>",
    "![p](x.png)",
    "{cite:p}`key4,key5`",
    "[3]",
    "*e [@key6]*",
    "`c`",
)


@given(
    st.sampled_from(LAYOUTS),
    st.lists(st.sampled_from(PIECES), min_size=1, max_size=3),
    st.booleans(),
)
@settings(max_examples=400, deadline=None)
def test_what_a_span_covers_is_what_was_written(layout, pieces, has_crlf):
    line = " and ".join(pieces)
    if "title: {}" in layout and not line[0].isalnum():
        line = f"a {line}"
    text = layout.format(*[line] * layout.count("{}"))
    text = text.replace("\n", "\r\n") if has_crlf else text
    lines = text.replace("\r\n", "\n").split("\n")

    brief, _ = read_markdown(text, "t.md", files_of(x_png=png()))

    seen = 0
    for node in walk(brief):
        covered = lines[node.span.line - 1][node.span.column - 1 :][: node.span.length]
        match node:
            case Cite(key=key):
                assert covered == key
                seen += 1
            case CrossReference(anchor=anchor):
                assert covered == str(anchor)
                seen += 1
            case Citation():
                assert covered.startswith(("[", "@", "{cite"))
                assert covered.endswith(("]", "`", "3", "y"))
            case Link():
                assert covered in ("[w](https://b.org)", "<https://c.org>")
                seen += 1
            case Image():
                assert covered.startswith("![")
                seen += 1
            case Text(text=words) if words.strip() and covered != "\\*" and covered != "&amp;":
                assert words.strip() in (covered, covered.strip())
            case Code(text=words):
                assert covered == f"`{words}`"
    expected = sum(
        piece.count("@")
        + piece.count("](http")
        + piece.count("<h")
        + piece.count("![")
        + piece.count(",key5")
        for piece in pieces
    ) - sum(p.startswith("{cite") for p in pieces)
    assert seen >= expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a [3] b\n  c [4]", [(1, 1, "a [3] b"), (2, 3, "c [4]")]),
        ("> *a* [3]", [(1, 4, "a"), (1, 6, " [3]")]),
        ("\\[3\\] x", [(1, 1, "\\["), (1, 3, "3"), (1, 4, "\\]"), (1, 6, " x")]),
        ("a***b*** c", [(1, 1, "a"), (1, 5, "b"), (1, 9, " c")]),
        ("*a **b* c", [(1, 1, "*a *"), (1, 6, "b"), (1, 8, " c")]),
        ("~~a~~ ~b", [(1, 3, "a"), (1, 6, " ~b")]),
        ('"a \\"\nb', [(1, 1, '"a '), (1, 4, '\\"'), (1, 6, ""), (2, 1, "b")]),
    ],
)
def test_each_text_is_a_stretch_of_one_line(text, expected):
    lines = text.split("\n")

    found = [
        (s.line, s.column, lines[s.line - 1][s.column - 1 :][: s.length])
        for s in (
            node.span for node in walk(read_markdown(text, "t.md")[0]) if isinstance(node, Text)
        )
    ]

    assert found == expected


def test_a_finding_on_several_lines_points_at_the_words_of_the_first():
    source, _ = read_text("- a  \n- b\n", "t.md")

    assert source.span(0, 9) == Span("t.md", 1, 1, 3, 2, 4)


BLOCKS = [
    ("  ## Head {#sec-x}  ", ["Heading:## Head {#sec-x}"]),
    ("Head\nof two\n---", ["Heading:Head\nof two\n---"]),
    ("a  \nb", ["Paragraph:a  \nb"]),
    (
        "> - a\n>   b\n> - c\n>",
        [
            "Quote:> - a\n>   b\n> - c",
            "List:- a\n>   b\n> - c",
            "ListItem:- a\n>   b",
            "Paragraph:a\n>   b",
            "ListItem:- c",
            "Paragraph:c",
        ],
    ),
    (
        "- - a\n  - b\n\n1. c",
        [
            "List:- - a\n  - b",
            "ListItem:- - a\n  - b",
            "List:- a\n  - b",
            "ListItem:- a",
            "Paragraph:a",
            "ListItem:- b",
            "Paragraph:b",
            "List:1. c",
            "ListItem:1. c",
            "Paragraph:c",
        ],
    ),
    ("::: summary\nx\n\n:::\n", ["Part:::: summary\nx\n\n:::", "Paragraph:x"]),
    (
        "T\n: d\n\n: e",
        [
            "DefinitionList:T\n: d\n\n: e",
            "Definition:T\n: d\n\n: e",
            "Paragraph:d",
            "Paragraph:e",
        ],
    ),
    (
        "| a | b |\n|--|--|\n| c |\n\n: C {#tbl-c}",
        [
            "Table:| a | b |\n|--|--|\n| c |\n\n: C {#tbl-c}",
            "Cell:a",
            "Cell:b",
            "Cell:c",
            "Cell:",
        ],
    ),
    (
        ": C\n\n+---+-----+\n| a | - b |\n|   | - c |\n+---+-----+",
        [
            "Table:: C\n\n+---+-----+\n| a | - b |\n|   | - c |\n+---+-----+",
            "Cell:a",
            "Cell:- b |\n|   | - c",
            "List:- b |\n|   | - c",
            "ListItem:- b",
            "Paragraph:b",
            "ListItem:- c",
            "Paragraph:c",
        ],
    ),
    ("```\na\n```\n\n    b\n", ["CodeBlock:```\na\n```", "CodeBlock:b"]),
    ("a\n$$\nx\n$$\nb", ["Paragraph:a", "Equation:$$\nx\n$$", "Paragraph:b"]),
    ("*a $$x$$ b*", ["Paragraph:*a ", "Equation:$$x$$", "Paragraph: b*"]),
]


@pytest.mark.parametrize(("text", "expected"), BLOCKS)
def test_blocks_stand_where_they_were_written(text, expected):
    brief, _ = read_markdown(text, "t.md")
    kinds = (*get_args(Block), ListItem, Definition, Cell)

    covered = [
        f"{type(node).__name__}:{cut(text, node.span)}"
        for node in walk(brief)
        if isinstance(node, kinds)
    ]

    assert covered == expected
    check_places(brief, {"t.md": text})


FRONT = """\
title: >-
  A *b*
  [@c]
author: [Ann Lee, {name: Bo}]  # both
claim:
  text: D [@e]
  by: F
  date: 2020
corrections:
  - G

  - what: H
    date: 2021-02-03
date: "2026-01-28"
"""


def test_each_key_of_the_front_matter_has_a_place_of_its_own():
    text = f"---\n{FRONT}---\n\nText.\n"
    brief, _ = read_markdown(text, "t.md")
    corrections, claim, _ = brief.blocks

    assert [cut(text, brief.front.place(key)) for key in ("title", "authors", "date")] == [
        "title: >-\n  A *b*\n  [@c]",
        "author: [Ann Lee, {name: Bo}]",
        'date: "2026-01-28"',
    ]
    assert cut(text, brief.front.span) == FRONT.strip()
    assert cut(text, claim.span) == "claim:\n  text: D [@e]\n  by: F\n  date: 2020"
    assert [cut(text, block.span) for block in claim.blocks] == ["D [@e]", "F\n  date: 2020"]
    assert [cut(text, item.span) for item in corrections.blocks[0].items] == [
        "G",
        "what: H\n    date: 2021-02-03",
    ]
    check_places(brief, {"t.md": text})


@pytest.mark.parametrize("keys", ["license: A\nlicence: B", "licence: B\nlicense: A"])
def test_a_key_goes_before_its_alias(keys):
    text = f"---\n{keys}\n---\n\nText.\n"
    front = read_markdown(text, "t.md")[0].front

    assert front.licence == "B"
    assert cut(text, front.place("licence")) == "licence: B"


def test_a_title_that_is_the_first_heading_stands_there():
    text = "---\nlang: en\n---\n\n# A *b*\n\nText.\n"

    assert cut(text, read_markdown(text, "t.md")[0].front.place("title")) == "# A *b*"


@pytest.mark.parametrize(
    ("text", "narrative"),
    [
        ("[see @a,\n  p. 3; @b]", [False]),
        ("> It rains @a\n> [p. 3]. [-@b]", [True, False]),
        ("-@a {cite:t}`b,c`{cite:p}`d`", [True, True, False]),
        ("x^[y [@a\n; @b] z]", [False]),
    ],
)
def test_a_citation_keeps_what_was_written(text, narrative):
    brief, _ = read_markdown(text, "t.md")
    citations = [node for node in walk(brief) if isinstance(node, Citation)]

    assert [citation.narrative for citation in citations] == narrative
    assert all(citation.source == cut(text, citation.span) for citation in citations)
    assert all(text.count(citation.source) == 1 for citation in citations)


@given(briefs())
@settings(max_examples=60, deadline=None)
def test_every_node_stands_inside_the_one_that_holds_it(text):
    brief, _ = read_markdown(text, "t.md", files_of(roof_png=png(), chart_svg=SVG.format("", "")))

    check_places(brief, {"t.md": text})


# Any input at all ------------------------------------------------------------------------------


def check(text):
    """Read any text: no exception, only known codes, every span inside the file."""
    brief, found = read_markdown(text, "t.md", files_of(x_png=png(), x_csv="a,b\n1,2"))
    texts = {"t.md": read_text(text, "t.md")[0].text, "x.csv": "a,b\n1,2"}
    check_places(brief, texts)
    for diagnostic in found:
        if diagnostic.code != "control-character":  # which is no longer there
            cut(texts[diagnostic.span.path], diagnostic.span)
    assert {d.code for d in found} <= CODES.keys()
    anchors = [
        n.anchor
        for n in walk(brief)
        if isinstance(n, Heading | Figure | Table | Citation | Footnote)
    ]
    assert len(anchors) == len(set(anchors))
    srcs = {image.src for image in brief.images}
    assert {node.src for node in walk(brief) if isinstance(node, Image)} <= srcs
    numbers = [node.anchor for node in walk(brief) if isinstance(node, Citation)]
    assert numbers == [Anchor("citation", str(n)) for n in range(1, len(numbers) + 1)]


@given(st.text())
@settings(max_examples=150, deadline=None)
def test_any_text_is_read(text):
    check(text)


DIVIDER = re.compile("¦")
SCRAPS = DIVIDER.split("""\
\n¦\n\n¦ ¦    ¦\t¦a¦word ¦# ¦## ¦> ¦- ¦1. ¦- [x] ¦*¦**¦~¦~~¦^¦`¦```\n¦[¦]¦(¦)¦{¦}¦<¦>¦<b>¦<!--¦-->\
¦!¦![¦](x.png)¦](x.csv)¦](https://b.org)¦](#sec-a)¦{#sec-a}¦{#fig-a}¦{.x}¦{lang=fr}¦[@a]\
¦[@a, p. 3; @b]¦@¦@a¦@fig-a¦[p. 3]¦;¦,¦[^a]¦[^a]: ¦^[¦:::¦::: summary\n¦:::\n¦: ¦| a | b |\n\
¦|---|---|\n¦|¦\\¦&amp;¦---\n¦title: ¦{cite:p}`a`¦\r\n¦\0¦\x85¦\u3000\
¦\xa0¦é水¦===\n¦$¦[a]: b\n¦$$¦: b\n\
¦: C {#tbl-a}\n¦+---+---+\n¦+===+===+\n¦| a | - b |\n¦|   | [@a] |\n¦```chart\ntype: bar\n\
caption: [@a]\n\n¦a,b\nx,2\n¦```\n¦::: {.callout title="A [@a]"}\n¦{.chart type=bar caption="C"}\n\
¦\\label{a}¦\\ref{a}¦<br>¦    1. ¦  \n""")
YAML_SCRAPS = DIVIDER.split("""\
a¦: ¦- ¦\n¦  ¦[¦]¦{¦}¦,¦'¦"¦|¦>¦&x ¦*x ¦title¦authors¦claim¦date¦name¦2026-01-01¦#¦!¦@¦%¦?¦~""")


@given(st.lists(st.sampled_from(SCRAPS), max_size=40).map("".join), st.booleans())
@settings(max_examples=400, deadline=None)
@example("a\n: b\n>\n: b\n", False)
def test_any_markdown_is_read(text, has_front_matter):
    check(f"---\ntitle: T\n---\n{text}" if has_front_matter else text)


@given(st.lists(st.sampled_from(YAML_SCRAPS), max_size=25).map("".join))
@settings(max_examples=200, deadline=None)
def test_any_front_matter_is_read(text):
    check(f"---\n{text}\n---\n\nText.")


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "empty-brief"),
        ("   \n\n", "empty-brief"),
        ("# Title only", "empty-brief"),
        ("<!-- nothing -->", "empty-brief"),
        ("word " * 100_000, "unreadable-file"),
        (">" * 10_000 + " a", "nested-too-deep"),
        ("- " * 10_000 + "a", "nested-too-deep"),
        ("::: summary\n" * 10_000, "nested-too-deep"),
        ("*" * 9_999 + "a" + "*" * 9_999, "nested-too-deep"),
        ("^[" * 1_000 + "a" + "]" * 1_000, "nested-too-deep"),
        ("".join(f"[^{n}]: a[^{n + 1}]\n\n" for n in range(1_000)) + "a[^0]", "nested-too-deep"),
        ("---\na: " + "[" * 10 + "]" * 10 + "\n---\n\nText.", "bad-front-matter"),
        ("---\na: " + "[" * 10_000 + "\n---\n\nText.", "bad-front-matter"),
    ],
)
def test_what_no_page_can_show_is_an_error(text, code):
    assert code in codes(text)


@pytest.mark.parametrize(
    "piece",
    ["[", "![", "*", "_a", "@", "[@a; ", "`", "<", "<!--", "{", "\\", "|", "^a", "~a", "(", "&"],
)
def test_many_signs_without_an_end_are_read(piece):
    check(piece * 3_000)


def test_control_characters_are_left_out_and_reported_where_the_first_one_stands():
    brief, found = read_markdown("One.\n\na\x0bb\u202ec\x00\uffff", "t.md")

    assert shape(brief.blocks) == [("p", "One."), ("p", "a bc")]
    assert [(d.code, d.span.line, d.span.column, d.message) for d in found] == [
        (
            "control-character",
            3,
            4,
            "3 control characters are left out; the first is U+202E",
        )
    ]


def test_the_source_is_kept_and_takes_no_part_in_equality():
    one, _ = read_markdown("Text.", "t.md")
    two, _ = read_markdown("Text.\n", "u/t.md")

    assert one.source == "Text."
    assert one == two


def test_nothing_is_carried_from_one_brief_to_the_next():
    first = read_markdown("::: summary\n[@a] ^[b]", "t.md")

    assert read_markdown("::: summary\n[@a] ^[b]", "t.md") == first


@pytest.mark.parametrize(
    ("written", "width"),
    [
        ("60%", "60%"),
        ("8cm", "8cm"),
        ("3.5in", "3.5in"),
        ("200", "200px"),
        ("2PT", "2pt"),
        ("", None),
        ("0", None),
    ],
)
def test_the_width_of_an_image_is_a_length(written, width):
    image = blocks(f"A ![b](r.png){{width='{written}'}} c.")[0].inlines[1]

    assert (image.width and str(image.width)) == width


@pytest.mark.parametrize("written", ["wide", "-3cm", "8 parsecs", "1e999", "0x10"])
def test_a_width_that_is_no_length_is_reported(written):
    text = f"A ![b](r.png){{width='{written}'}} c."

    assert ("bad-width", text[2:-3]) in findings(text)


def test_lengths_are_converted_as_css_converts_them():
    pixels = {text: length_of(text).pixels(500, 14) for text in ("50%", "2em", "72pt", "2.54cm")}

    assert pixels == {"50%": 250, "2em": 28, "72pt": 96, "2.54cm": pytest.approx(96)}


@pytest.mark.parametrize(
    ("value", "licence"),
    [
        ("CC BY 4.0", "CC BY 4.0"),
        ("[CC BY 4.0, MIT]", "CC BY 4.0, MIT"),
        ("{text: CC BY 4.0, url: https://a.org}", "CC BY 4.0, https://a.org"),
    ],
    ids=["text", "list", "mapping"],
)
def test_a_licence_may_have_the_forms_of_quarto(value, licence):
    brief, found = read_markdown(f"---\ntitle: T\nlicense: {value}\n---\n\nText.\n", "t.md")

    assert (brief.front.licence, [d.code for d in found]) == (licence, [])


@pytest.mark.parametrize("value", ["ua-1", "[ua-1, a-2b]", "a-3b", "1.7"])
def test_pdf_standards_of_quarto_have_no_effect(value):
    brief, found = read_markdown(f"---\ntitle: T\npdf-standard: {value}\n---\n\nText.\n", "t.md")

    assert (brief.front.pdf_standard, [d.code for d in found]) == ("", ["foreign-front-matter"])


@pytest.mark.parametrize(
    "aside",
    [
        "::: callout\nA.\n\n# B\n:::",
        "> # B",
        ":::{note}\n# B\n:::",
        "::: {.panel-tabset}\n# B\n:::",
    ],
    ids=["callout", "quotation", "directive", "tabs"],
)
def test_headings_in_a_callout_do_not_say_what_level_sections_have(aside):
    brief, found = read_markdown(f"---\ntitle: T\n---\n\n## A\n\n{aside}\n\n## C\n", "t.md")
    levels = [block.level for block in brief.blocks if isinstance(block, Heading)]

    assert levels == [1, 1]
    assert "heading-skipped" not in [d.code for d in found]

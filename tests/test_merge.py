"""Merging a returned Word file: each edit is taken exactly, or refused with a reason."""

import hashlib
from copy import deepcopy
from random import Random

import pytest
from lxml import etree
from random_edits import change_made, edited, seen
from word_edits import Draft, R, W, run_of
from word_tools import MODES, NAMES, ROOT, converted, golden, needs_soffice

from pipeline.merge.building import builder
from pipeline.merge.merging import merge_text
from pipeline.project import load_project
from pipeline.readers.docx import read_docx
from pipeline.writers.docx import write_docx

BIB = """\
@book{lee, author={Lee, Ann}, title={Rain}, year=2019}
@book{kim, author={Kim, Bo}, title={Snow}, year=2020}
@book{roe, author={Roe, Cy}, title={Hail}, year=2021}
"""
BRIEF = """\
---
title: "Rain: a brief"
subtitle: What falls where
authors:
  - name: Ann Lee
    affiliation: Weather Office
lang: en-GB
disclaimer: >-
  A sample brief. Nothing in it
  is true.
---

::: summary
It rains more than it did, and nobody
knows why [@lee; @kim, p. 4].
:::

## What falls {#sec-falls}

Rain falls on *hills* first, and **on valleys** later [@lee]. The
"drizzle" of @sec-why is [not counted](https://example.org/drizzle), as
@kim [p. 7] says.[^count]

Snow is rarer: see @tbl-falls.

[^count]: Counting began in 1950 [@roe, ch. 2].

## Why it falls {#sec-why}

- Clouds cool.
- Drops grow,
  and fall [@roe].
- Wind helps.

1. Wait.
2. Look up.

> A cloud is no mountain [@lee, p. 9].

| Place | Rain |
|:------|-----:|
| Oslo  | 7 \\| 8 [@kim] |
| Rome  | much |

: Where it falls {#tbl-falls}

The end is `near`: 5 \\* 3 drops.
"""


@pytest.fixture(scope="module")
def rain(tmp_path_factory):
    """Return what merges a changed Word file of the brief, and the file as it was sent."""
    folder = tmp_path_factory.mktemp("rain")
    (folder / "references.bib").write_text(BIB, "utf-8")
    path = folder / "rain.md"
    path.write_text(BRIEF, "utf-8")
    build = builder(path)

    def project(mode=""):
        return load_project([path], word_citations=mode)

    def sent(mode=""):
        found = project(mode)
        return write_docx(found.briefs[0].numbered, found.styles)

    def merge(change, mode=""):
        draft = Draft(sent(mode))
        change(draft)
        return merge_text(read_docx(draft.saved()), BRIEF, builder(path, word_citations=mode))

    merge.build, merge.project, merge.sent = build, project, sent
    return merge


def changed(merged):
    """Return the lines that went and those that came."""
    before, after = BRIEF.splitlines(), merged.text.splitlines()
    return [line for line in before if line not in after], [
        line for line in after if line not in before
    ]


def taken(merged):
    assert [edit.reason for edit in merged.edits] == [""] * len(merged.edits)
    assert merged.edits
    return merged


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("name", NAMES)
def test_a_file_that_comes_back_as_it_was_changes_nothing(name, mode):
    numbered, content = golden(name, mode)
    build = builder(ROOT / "briefs" / f"{name}.md", word_citations=mode)

    merged = merge_text(read_docx(content), numbered.brief.source, build)

    assert (merged.text, merged.edits) == (numbered.brief.source, ())


@pytest.mark.parametrize("words", ["Place", "Oslo"])
def test_a_cell_that_was_typed_anew_is_known_by_its_place(rain, words):
    def change(draft):
        paragraph, _ = draft.paragraph(words)
        cell = paragraph.getparent()
        cell.remove(paragraph)
        new = etree.SubElement(cell, f"{W}p")
        etree.SubElement(etree.SubElement(new, f"{W}r"), f"{W}t").text = "new *x*"

    merged = rain(change)

    (found,) = (row for row in merged.text.splitlines() if "new" in row)
    assert found.startswith(r"| new \*x\*")
    assert (len(merged.edits), merged.refused) == (1, ())


def anchored(draft):
    link = next(e for e in draft.body.iter(f"{W}hyperlink") if e.get(f"{R}id"))
    link.set(f"{W}anchor", "part")


def as_field(draft):
    link = next(e for e in draft.body.iter(f"{W}hyperlink") if e.get(f"{R}id"))
    instruction = etree.Element(f"{W}instrText")
    instruction.text = ' HYPERLINK "https://example.org/drizzle" \\l "part" \\o "Tip" '
    boundaries = {0: "begin", 2: "separate", len(link) + 3: "end"}
    for place in (0, 1, *list(boundaries)[1:]):
        run = etree.Element(f"{W}r")
        kind = {f"{W}fldCharType": boundaries.get(place, "")}
        run.append(etree.Element(f"{W}fldChar", kind) if place in boundaries else instruction)
        link.insert(place, run)
    for child in link:
        link.addprevious(child)
    link.getparent().remove(link)


@pytest.mark.parametrize("change", [anchored, as_field])
def test_the_part_of_an_address_after_its_sign_comes_back(rain, change):
    merged = rain(change)

    assert merged.text == BRIEF.replace("org/drizzle)", "org/drizzle#part)")
    assert merged.refused == ()


def ends_early(draft):
    """End the bookmarks of citations one character early, as LibreOffice 7.4 does after a call."""
    for paragraph in draft.paragraphs():
        starts = paragraph.iter(f"{W}bookmarkStart")
        ids = {e.get(f"{W}id") for e in starts if e.get(f"{W}name").startswith("_Bc")}
        for end in [e for e in paragraph.iter(f"{W}bookmarkEnd") if e.get(f"{W}id") in ids]:
            text = end.getprevious().find(f"{W}t")
            late = deepcopy(end.getprevious())
            late.find(f"{W}t").text, text.text = text.text[-1], text.text[:-1]
            end.addnext(late)


def test_bookmarks_that_end_before_the_brackets_of_their_marks_change_nothing(rain):
    merged = rain(ends_early)

    assert (merged.text, merged.edits) == (BRIEF, ())


@needs_soffice
@pytest.mark.slow
@pytest.mark.parametrize("mode", MODES)
def test_what_libreoffice_saved_unchanged_changes_nothing(mode, tmp_path):
    files = {f"{name}.docx": golden(name, mode)[1] for name in NAMES}
    back = converted(files, "docx:MS Word 2007 XML", tmp_path)

    for name in NAMES:
        source = golden(name, mode)[0].brief.source
        build = builder(ROOT / "briefs" / f"{name}.md", word_citations=mode)
        merged = merge_text(read_docx(back[name]), source, build)
        assert (merged.text, merged.edits) == (source, ())


WORDS = [
    # what is replaced in Word, by what; the line of the source that goes, and the one that comes
    ("It rains more", "It pours more", "It pours more than it did, and nobody"),
    ("nobody knows", "nobody asks", "asks why [@lee; @kim, p. 4]."),
    ("on valleys", "on plains", "Rain falls on *hills* first, and **on plains** later [@lee]. The"),
    ("hills", "peaks", "Rain falls on *peaks* first, and **on valleys** later [@lee]. The"),
    ("not counted", "so", '"drizzle" of @sec-why is [so](https://example.org/drizzle), as'),
    ("Clouds cool", "Clouds get cool", "- Clouds get cool."),
    ("Wait.", "Wait long.", "1. Wait long."),
    ("no mountain", "no hill", "> A cloud is no hill [@lee, p. 9]."),
    ("Oslo", "Bergen", "| Bergen  | 7 \\| 8 [@kim] |"),
    ("much", "a|b", "| Rome  | a\\|b |"),
    ("Where it falls", "Where it fell", ": Where it fell {#tbl-falls}"),
    ("Counting began", "Counts began", "[^count]: Counts began in 1950 [@roe, ch. 2]."),
    ("Why it falls", "Why it fell", "## Why it fell {#sec-why}"),
    ("What falls where", "Where it falls", "subtitle: Where it falls"),
    ("Rain: a brief", 'Rain: "a" brief', 'title: "Rain: \\\\\\"a\\\\\\" brief"'),
    ("Weather Office", "Weather Bureau", "    affiliation: Weather Bureau"),
    ("is true", "is false", "  is false."),
    ("5 * 3", "6 * 3", "The end is `near`: 6 \\* 3 drops."),
    ("near", "far", "The end is `far`: 5 \\* 3 drops."),
]  # fmt: skip


@pytest.mark.parametrize(("words", "new", "line"), WORDS)
def test_words_change_where_they_were_written(rain, words, new, line):
    merged = taken(rain(lambda draft: draft.replace(words, new)))

    gone, come = changed(merged)
    assert line in come
    assert len(gone) <= 2
    assert len(come) <= 2


@pytest.mark.parametrize(
    ("change", "lines"),
    [
        (lambda d: d.replace("It rains more", "It often rains more", track=True),
         ["It often rains more than it did, and nobody"]),
        (lambda d: d.replace("Clouds cool", "Clouds", track=True), ["- Clouds."]),
        (lambda d: d.format("no mountain", "b"),
         ["> A cloud is **no mountain** [@lee, p. 9]."]),
        (lambda d: d.format("Counting", "i"),
         ["[^count]: *Counting* began in 1950 [@roe, ch. 2]."]),
        (lambda d: d.format("“drizzle", "b"),
         ['**"drizzle**" of @sec-why is [not counted](https://example.org/drizzle), as']),
        (lambda d: d.format(", and nobody", "b"),
         ["It rains more than it did<b>, and nobody</b>"]),
        (lambda d: d.plain("on valleys"),
         ["Rain falls on *hills* first, and on valleys later [@lee]. The"]),
        (lambda d: d.format("hills", "b"),
         ["Rain falls on ***hills*** first, and **on valleys** later [@lee]. The"]),
        (lambda d: d.delete_after("later", 4),
         ["Rain falls on *hills* first, and **on valleys** later. The"]),
        (lambda d: d.replace(", p. 9]", ", pp. 9–11]"),
         ["> A cloud is no mountain [@lee, pp. 9–11]."]),
        (lambda d: d.replace("[2, p. 7]", "[2, p. 8]"), ["@kim [p. 8] says.[^count]"]),
        (lambda d: d.after("Wind helps", " [@kim, p. 3]"), ["- Wind helps [@kim, p. 3]."]),
        (lambda d: d.after("Wind helps", " [@kym, p. 3] and @lee"),
         ["- Wind helps \\[\\@kym, p. 3\\] and \\@lee."]),
        (lambda d: d.after("Wind helps", " *a* [x](y) <b> `c` $d$ ^e^ ![](f)"),
         ["- Wind helps \\*a\\* \\[x\\](y) \\<b> \\`c\\` \\$d\\$ \\^e\\^ !\\[\\](f)."]),
        (lambda d: d.new_paragraph("Wind helps", "So it goes."), ["- So it goes."]),
        (lambda d: d.new_paragraph("Look up", "Go home."), ["3. Go home."]),
        (lambda d: d.new_paragraph("Snow is rarer", "# No heading"), ["\\# No heading"]),
        (lambda d: d.new_paragraph("Snow is rarer", "2. No list", styled=False), ["2\\. No list"]),
    ],
    ids=lambda value: str(value) if isinstance(value, list) else "edit",
)  # fmt: skip
def test_what_is_changed_in_word_is_changed_in_the_markdown(rain, change, lines):
    assert changed(taken(rain(change)))[1] == lines


PARAGRAPHS = [
    (
        lambda d: d.split("The “drizzle”"),
        'later [@lee]. The\n"drizzle"',
        'later [@lee].\n\nThe\n"drizzle"',
    ),
    (
        lambda d: (d.new_paragraph("Snow is rarer", "One."), d.new_paragraph("One.", "2. Two")),
        "@tbl-falls.\n\n",
        "@tbl-falls.\n\nOne.\n\n2\\. Two\n\n",
    ),
    (
        lambda d: d.style("Snow is rarer", "Heading2"),
        "Snow is rarer: see",
        "### Snow is rarer: see",
    ),
    (
        lambda d: d.new_paragraph("Snow is rarer", "More", style_id="Heading2"),
        "@tbl-falls.\n\n",
        "@tbl-falls.\n\n### More\n\n",
    ),
    (
        lambda d: d.new_paragraph("Snow is rarer", "More", style_id="ListBullet"),
        "@tbl-falls.\n\n",
        "@tbl-falls.\n\n- More\n\n",
    ),
    (
        lambda d: d.delete_note("says."),
        "says.[^count]\n",
        "says.\n",
    ),
    (
        lambda d: d.add_note("Wind", "See [@lee], *not* [x]."),
        "- Wind helps",
        "- Wind^[See [@lee], \\*not\\* \\[x\\].] helps",
    ),
    (
        lambda d: d.link("Wind", "https://example.org/a_(b)"),
        "- Wind helps",
        "- [Wind](<https://example.org/a_(b)>) helps",
    ),
    (
        lambda d: d.split("drizzle”"),
        'The\n"drizzle" of',
        "The\n“\n\ndrizzle” of",
    ),
    (lambda d: d.split("and fall"), "- Drops grow,\n  and fall", "- Drops grow,\n- and fall"),
    (lambda d: d.join("Wind helps"), "[@roe].\n- Wind", "[@roe].Wind"),
    (lambda d: d.delete_paragraph("Wind helps"), "- Wind helps.\n", ""),
    (lambda d: d.delete_paragraph("Snow is rarer"), "Snow is rarer: see @tbl-falls.\n\n", ""),
    (
        lambda d: d.move("Wind helps", behind="Clouds cool"),
        "- Clouds cool.\n- Drops grow,\n  and fall [@roe].\n- Wind helps.\n",
        "- Clouds cool.\n- Wind helps.\n- Drops grow,\n  and fall [@roe].\n",
    ),
    (
        lambda d: d.move("Snow is rarer", behind="The end is"),
        None,
        "5 \\* 3 drops.\n\nSnow is rarer: see @tbl-falls.\n",
    ),
]


@pytest.mark.parametrize(("change", "before", "after"), PARAGRAPHS)
def test_paragraphs_are_divided_joined_deleted_and_moved(rain, change, before, after):
    merged = taken(rain(change))

    if before is None:
        assert merged.text.endswith(after)
    elif "says." in before:
        gone = "[^count]: Counting began in 1950 [@roe, ch. 2].\n\n"
        assert merged.text == BRIEF.replace(before, after).replace(gone, "")
    else:
        assert before in BRIEF
        assert merged.text == BRIEF.replace(before, after)


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (lambda d: d.replace("Executive summary", "In short"), "is made by the build"),
        (lambda d: d.replace("Table 1. ", "Table 1: "), "is made by the build"),
        (lambda d: d.replace("Rain. 2019", "Rain. 2020"), "change the .bib"),
        (lambda d: d.replace("Kim, Snow", "Kims, Snow"), "change the .bib"),
        (lambda d: d.new_paragraph("Rain. 2019", "A new book."), "change the .bib"),
        (lambda d: d.delete_paragraph("Rain. 2019"), "change the .bib"),
        (lambda d: d.replace("fall [3", "fall [7"), "numbers are made by the build"),
        (lambda d: d.replace("[2]B. Kim", "[3]B. Kim"), "numbers are made by the build"),
        (lambda d: d.replace("Section 2", "Section 3"), "numbers are made by the build"),
        (lambda d: d.delete_paragraph("Where it falls"), "remove it from the Markdown"),
        (lambda d: d.delete_paragraph("Why it falls"), "there is no anchor `sec-why`"),
        (lambda d: d.join("A cloud is no mountain"), "different kinds were joined"),
        (lambda d: d.new_paragraph("Oslo", "Bergen"), "write it in the Markdown"),
        (lambda d: d.link("Wind", "javascript:alert(1)"), "no output may link to"),
        (lambda d: d.style("Snow is rarer", "Quote"), "its style was changed"),
    ],
)
def test_what_cannot_be_taken_is_refused_with_a_reason(rain, change, reason):
    merged = rain(change)

    assert merged.text == BRIEF
    assert any(reason in edit.reason for edit in merged.edits), merged.edits


HEADS = """\
---
title: Rain
lang: {lang}
corrections:
  - {{date: 2026-04-02, where: Section 2, what: "It rains more."}}
  - {{date: 2026-04-03, what: 'It snows less.'}}
---

Rain falls on hills [@lee].
"""


@pytest.mark.parametrize(
    ("lang", "words", "new", "line"),
    [
        ("en-GB", "rains more", "*rains* @home", 'what: "It \\\\*rains\\\\* \\\\@home."}'),
        ("en-GB", "snows less", "doesn't *", "what: 'It doesn\\''t \\*.'}"),
        ("de", "falls on", "falls [@kim, S. 4] on", "Rain falls [@kim, S. 4] on hills [@lee]."),
        ("ar", "falls on", "falls [@kim, p. 4] on", "Rain falls [@kim, ص. 4] on hills [@lee]."),
        ("ar", "falls on", "falls [@kim، ص. 4] on", "Rain falls [@kim, ص. 4] on hills [@lee]."),
    ],
)
def test_typed_words_and_citations_fit_their_place_and_language(tmp_path, lang, words, new, line):
    """Values in flow collections of YAML have quotation marks of their own."""
    (tmp_path / "references.bib").write_text(BIB, "utf-8")
    path, source = tmp_path / "rain.md", HEADS.format(lang=lang)
    path.write_text(source, "utf-8")
    project = load_project([path])
    draft = Draft(write_docx(project.briefs[0].numbered, project.styles))
    draft.replace(words, new)

    merged = taken(merge_text(read_docx(draft.saved()), source, builder(path)))

    assert line in merged.text


def test_a_new_item_of_an_inner_list_stands_in_it(tmp_path):
    (tmp_path / "references.bib").write_text(BIB, "utf-8")
    path = tmp_path / "rain.md"
    source = "---\ntitle: Rain\n---\n\n1. Clouds\n\n   2. cool\n   3. grow\n\n2. Wind\n"
    path.write_text(source, "utf-8")
    project = load_project([path])
    draft = Draft(write_docx(project.briefs[0].numbered, project.styles))
    draft.new_paragraph("grow", "fall")

    merged = taken(merge_text(read_docx(draft.saved()), source, builder(path)))

    assert merged.text == source.replace("   3. grow\n", "   3. grow\n   4. fall\n")


def test_none_of_some_random_edits_is_taken_without_proof(rain):
    sent = rain.sent()
    refused = count = 0
    for seed in range(8):
        random = Random(seed)
        content, names = edited(random, sent, random.randint(1, 4))
        merged = merge_text(read_docx(content), BRIEF, rain.build)
        refused, count = refused + len(merged.refused), count + len(merged.edits)
        if not merged.refused:
            project, built = rain.project(), rain.build(merged.text)
            assert seen(content) == seen(write_docx(built.numbered, project.styles)), (seed, names)
    assert refused < count * 0.15


def test_what_the_build_makes_is_never_changed(rain):
    sent = rain.sent()
    for seed in range(6):
        content, _ = edited(Random(seed), sent, 1, [change_made])
        merged = merge_text(read_docx(content), BRIEF, rain.build)
        assert merged.text == BRIEF
        assert merged.refused, seed


def test_what_another_version_of_the_program_writes_is_no_edit(rain):
    """A block that says what its hash says is unchanged, whatever this version writes there."""
    draft = Draft(rain.sent())
    found = read_docx(draft.saved())
    (name,) = next(p.names for p in found.paragraphs if p.style == "Caption")
    draft.replace("Table 1. ", "Table 1: ")
    said = next(p.projections[name] for p in read_docx(draft.saved()).paragraphs if name in p.names)
    mapped = draft.parts["customXml/item1.xml"].decode()
    old, new = found.hashes[name], hashlib.sha256(said.encode()).hexdigest()
    assert mapped.count(old) == 1

    draft.parts["customXml/item1.xml"] = mapped.replace(old, new).encode()
    merged = merge_text(read_docx(draft.saved()), BRIEF, rain.build)

    assert (merged.text, merged.edits) == (BRIEF, ())


def test_numbers_that_word_has_updated_are_no_edits(rain):
    def update(draft):
        draft.delete_after("knows why", 4)  # the first mark; the list still has its reference
        for text in draft.body.iter(f"{W}instrText"):
            text.text = text.text.replace(r" \* CHARFORMAT", r" \* MERGEFORMAT")

    assert changed(taken(rain(update)))[1] == ["knows why [@kim, p. 4]."]


def test_changed_looks_are_described(rain):
    (edit,) = rain(lambda d: d.format("cloud is no mountain", "b")).edits

    assert (edit.before, edit.after) == tuple(
        f"cloud is no mountain ({look})" for look in ("plain", "bold")
    )


def test_what_is_no_text_is_refused(rain):
    def endnote(draft):
        paragraph, _ = draft.paragraph("Wind helps")
        run = etree.SubElement(paragraph, f"{W}r")
        etree.SubElement(run, f"{W}endnoteReference", {f"{W}id": "2"})

    def symbol(draft):
        paragraph, _ = draft.paragraph("Wind helps")
        run = etree.SubElement(paragraph, f"{W}r")
        etree.SubElement(run, f"{W}sym", {f"{W}char": "F04A", f"{W}font": "Wingdings"})

    def text_box(draft):
        paragraph, _ = draft.paragraph("Wind helps")
        box = etree.SubElement(etree.SubElement(paragraph, f"{W}r"), f"{W}pict")
        etree.SubElement(etree.SubElement(box, f"{W}txbxContent"), f"{W}p").append(run_of("Box"))

    for change, words in ((endnote, "footnote"), (symbol, "symbol font"), (text_box, "text box")):
        (edit,) = rain(change).edits
        assert words in edit.reason


def test_a_line_break_that_was_added_is_seen_in_the_message(rain):
    def broken(draft):
        paragraph, _ = draft.paragraph("Wind helps")
        run = etree.SubElement(paragraph, f"{W}r")
        etree.SubElement(run, f"{W}br")
        paragraph.append(run_of("A lot."))

    (edit,) = rain(broken).edits
    assert edit.after == "Wind helps.↵A lot."
    assert "a line break was added" in edit.reason

"""What holds for the PDF of every brief: the samples, hard ones, other scripts, random ones.

Two judges: page-validation holds files to PDF/UA-1 and PDF/A-3a; `pdf_judge` to what validators do
not see, and to PDF/UA-2 with PDF/A-4f, which page-validation does not know. Each correction to
WeasyPrint is switched off once: the judge must find it.
"""

import re
import subprocess
from pathlib import Path

import pdf_judge
import pytest
import weasyprint
from hard_briefs import HARD
from hypothesis import HealthCheck, Phase, given, settings
from installed import needs
from language_samples import sample
from msgspec.structs import replace
from proved import wrong
from random_briefs import briefs
from rich_brief import rich
from test_properties import numbered_brief
from test_scripts import ARABIC, JAPANESE
from weasyprint_faults import switch_off

from pipeline.build.proof import read_back
from pipeline.model import Chart, Code, CodeBlock, Figure, Footnote, Heading, Table, Text, walk
from pipeline.project import load_project
from pipeline.styles import load_styles
from pipeline.writers.pdf import archive, pdf20, structure, tags, write_pdf
from pipeline.writers.pdf.weasyprint_fixes import hyphens, lost_blanks, missing_glyphs

ROOT = Path(__file__).parents[1]
STYLES = load_styles(None)[0]
STANDARDS = ("ua1-a3a", "ua2-a4f")
SAMPLES = sorted(path.stem for path in (ROOT / "briefs").glob("*.md"))
RICH = {"rich": "separate", "raised": "superscript", "ranges": "ieee-ranges"}  # with these marks
WHOLE = [*SAMPLES, *HARD, "raised", "ranges", "ar", "ja"]
# Scripts that are painted in another order than they are read, one of them in part of a brief.
SCRIPTS = {lang: sample(lang)[0].replace("@local", "@lee2019") for lang in ("fa", "he", "hi")}
SCRIPTS = {lang: text.replace("@smith", "@smith2021") for lang, text in SCRIPTS.items()}
SCRIPTS["mixed"] = "## Rain\n\nRain, מים (H2O), [किताबों की दुकान]{lang=hi} and ماء.\n"
PROFILES = ("ua1", "3a")
# A PDF takes half a second: the first brief that breaks a law says enough.
SOME = settings(
    deadline=None,
    suppress_health_check=list(HealthCheck),
    derandomize=True,
    phases=(Phase.explicit, Phase.generate),
)


def pdf_of(found, standard="ua1-a3a", **front):
    front = replace(found.brief.front, pdf_standard=standard, **front)
    return write_pdf(replace(found, brief=replace(found.brief, front=front)), STYLES)


def brief_of(name):
    if name in SAMPLES:
        return load_project([ROOT / f"briefs/{name}.md"]).briefs[0].numbered
    if name in HARD:
        return numbered_brief(HARD[name])
    if name in RICH:
        return rich(marks=RICH[name])
    return numbered_brief(SCRIPTS.get(name) or {"ar": ARABIC, "ja": JAPANESE}[name])


def failures(content):
    """Return what page-validation finds, but for what it finds wrongly.

    It takes a last byte 0x0D of a stream for a line end, and the length for a wrong one.
    """
    page = pytest.importorskip("page", reason="page-validation is not installed")
    found = [
        failure
        for profile in PROFILES
        for failure in page.validate_pdf_bytes(content, profile=profile).failures
    ]
    return [f"{f.rule_id}: {f.message}" for f in found if "STREAM-LENGTH" not in f.rule_id]


def wrong_lengths(content):
    """Return the streams whose /Length is not that of their bytes: PDF/A asks for it, too."""
    streams = re.finditer(rb"/Length (\d+)[^>]*>>\s*stream\n", content)
    ends = [content[found.end() + int(found[1]) :].lstrip(b"\n")[:9] for found in streams]
    assert ends
    return [end for end in ends if end != b"endstream"]


@pytest.mark.parametrize("name", WHOLE)
def test_whole_briefs_keep_to_ua_1_and_a_3a(name):
    content = pdf_of(brief_of(name))

    assert failures(content) == []
    assert wrong_lengths(content) == []
    assert pdf_judge.findings(content) == []


@pytest.mark.parametrize("name", [*SAMPLES, *HARD, "raised", "ar", "ja"])
def test_whole_briefs_keep_to_the_rules_of_ua_2_and_a_4f(name):
    assert pdf_judge.findings(pdf_of(brief_of(name), "ua2-a4f")) == []


def test_random_briefs_keep_to_the_rules_of_ua_2_and_a_4f():
    @settings(SOME, max_examples=8)
    @given(briefs())
    def law(text):
        assert pdf_judge.findings(pdf_of(numbered_brief(text), "ua2-a4f")) == []

    law()


# Reading order -----------------------------------------------------------------------------------


def words(text):
    return re.findall(r"\w+", text.replace("\N{SOFT HYPHEN}", ""))


def as_read(brief):
    """Return the nodes of a brief, the notes of a heading behind it."""
    result, skipped = [], 0
    for node in walk(brief):
        if skipped:
            skipped -= 1
        elif isinstance(node, Heading):
            whole = list(walk(node))
            notes = [part for note in whole if isinstance(note, Footnote) for part in walk(note)]
            inside = {id(part) for part in notes}
            result += [part for part in whole if id(part) not in inside] + notes
            skipped = len(whole) - 1
        else:
            result.append(node)
    return result


def lost(found, content):
    """Return the words of the author that tags do not give, whole and in their order.

    Footnotes stand at their call, or behind its heading. Text may flow on ahead of a figure or
    table that does not fit: each of these is looked for by itself.
    """
    read, blocks = pdf_judge.Tagged(content).read(), found.brief.blocks
    apart = [block for block in blocks if isinstance(block, Figure | Chart | Table)]
    text = replace(found.brief, blocks=tuple(block for block in blocks if block not in apart))
    return [word for part in (text, *apart) for word in lost_of(part, read)]


def lost_of(part, read):
    """Return the words of a part that were not read in their order.

    A number may adjoin a word: that of its footnote.
    """
    nodes = [node for node in as_read(part) if isinstance(node, Text | Code | CodeBlock)]
    place, result = 0, []
    for word in words(" ".join(node.text for node in nodes)):
        same = r"\d" if word.isdigit() else r"[^\W\d_]"
        whole = re.compile(f"(?<!{same}){word}" + ("" if word.isdigit() else f"(?!{same})"))
        if match := whole.search(read, place):
            place = match.end()
        else:
            result.append(word)
    return result


@pytest.mark.parametrize("name", sorted({*SAMPLES, *HARD, "ar", "ja", *SCRIPTS} - {"signs"}))
def test_tags_give_the_words_of_the_source_in_their_order(name):
    found = brief_of(name)

    assert lost(found, pdf_of(found)) == []


def test_random_briefs_keep_to_ua_1_and_a_3a_and_give_the_numbers_and_words_of_the_source():
    @settings(SOME, max_examples=20)
    @given(briefs())
    def law(text):
        found = numbered_brief(text)
        content = pdf_of(found)
        assert wrong(found, read_back(content, "pdf"), "pdf") == []
        assert failures(content) == []
        assert wrong_lengths(content) == []
        assert pdf_judge.findings(content) == []
        if "marks: superscript" not in text:  # raised marks adjoin words, which are not whole then
            assert lost(found, content) == []

    law()


@pytest.mark.parametrize(("name", "direction"), [("he", "/R2L"), ("mixed", None)])
def test_pages_from_right_to_left_say_so(name, direction):
    content = pdf_of(brief_of(name))

    assert pdf_judge.Tagged(content).pdf.Root.ViewerPreferences.get("/Direction") == direction
    assert failures(content) == []
    assert pdf_judge.findings(content) == []


@needs("pdftotext")
@pytest.mark.parametrize("name", ["notes", "ja"])
def test_poppler_reads_what_the_judge_reads(name, tmp_path):
    path = tmp_path / "a.pdf"
    path.write_bytes(pdf_of(brief_of(name)))
    command = ["pdfinfo", "-struct-text", str(path)]
    run = subprocess.run(command, capture_output=True, text=True, check=True)
    said = "".join(re.findall(r'^\s*"(.*)"$', run.stdout, re.MULTILINE))
    read = pdf_judge.Tagged(path.read_bytes()).read()

    assert "".join(words(said)) == "".join(words(read))


NOTED_HEADINGS = """---
title: T
marks: superscript
---

## Rain[^a] falls[^b] [@lee2019]

It rains.

## Snow [@lee2019]

[^a]: A note.

[^b]: Another.
"""


@pytest.mark.parametrize("standard", STANDARDS)
def test_notes_of_a_heading_stand_behind_it_and_lists_of_headings_are_words(standard):
    content = pdf_of(numbered_brief(NOTED_HEADINGS), standard)
    tagged = pdf_judge.Tagged(content)

    assert pdf_judge.findings(content) == []
    note = "FENote" if standard == "ua2-a4f" else "Note"
    assert tagged.tags(tagged.children(tagged.root)[0])[2:6] == ["H2", note, note, "P"]
    with tagged.pdf.open_outline() as outline:
        assert [found.title for found in outline.root][:2] == ["1. Rain falls", "2. Snow"]


def test_each_meaning_of_a_term_is_a_paragraph_of_its_own():
    tagged = pdf_judge.Tagged(pdf_of(numbered_brief("Rain\n: Water.\n: Drops.\n")))
    (found,) = tagged.of_tag("L")
    (body,) = tagged.of_tag("LBody")

    assert str(found.A.ListNumbering) == "/None"
    assert [tagged.read(kid).strip() for kid in tagged.children(body)] == ["Water.", "Drops."]


# Each correction switched off --------------------------------------------------------------------


def in_pieces(begin):
    """Return what forgets the elements of the page before."""

    def forgetful(self, *values):
        self._nodes.clear()
        begin(self, *values)

    return forgetful


Reading = structure._Reading
SABOTAGES = [  # what the judge finds, the brief, the standard, and what is put in whose place
    ("artifacts", "rich", "ua1-a3a", tags, "_hide", lambda *_: None),
    ("tree", "rich", "ua1-a3a", tags, "_hide", lambda *_: None),
    ("divided", "long", "ua1-a3a", Reading, "begin", in_pieces(Reading.begin)),
    ("divided", "rows", "ua1-a3a", Reading, "begin", in_pieces(Reading.begin)),
    ("tables", "rows", "ua1-a3a", Reading, "_repeats", lambda *_: False),
    ("notes", "notes", "ua1-a3a", Reading, "_note", lambda self, element, parent: parent),
    ("lists", "nested", "ua1-a3a", structure, "numbering_of", lambda *_: ""),
    ("figures", "pictures", "ua1-a3a", Reading, "_rectangle", lambda *_: (91, 726, 611, 956)),
    ("links", "notes", "ua1-a3a", tags, "_description", lambda element: element.get("href")),
    ("metadata", "rich", "ua1-a3a", archive, "_claim", lambda *_, **__: None),
    ("attached", "rich", "ua1-a3a", archive, "_once", lambda files: None),
    pytest.param(
        *("painting", "signs", "ua1-a3a", archive, "_leave_images_as_they_are", lambda *_: None),
        marks=needs("font Noto Color Emoji"),
    ),
    ("painting", "signs", "ua1-a3a", missing_glyphs, "_other_glyph", lambda font: None),
    ("contents", "long", "ua2-a4f", structure, "_last", lambda *_: None),
    ("pdf_20", "notes", "ua2-a4f", pdf20, "adapt", lambda structure: None),
    ("pdf_20", "notes", "ua2-a4f", pdf20, "lead_to_structure", lambda *_: None),
    ("pdf_20", "pictures", "ua2-a4f", structure, "_TAGS", structure._TAGS | {"p": ""}),
]


@pytest.mark.parametrize(("rule", "name", "standard", "owner", "part", "instead"), SABOTAGES)
def test_the_judge_finds_each_correction_that_is_switched_off(
    rule, name, standard, owner, part, instead, monkeypatch
):
    monkeypatch.setattr(owner, part, instead)
    found = pdf_judge.findings(pdf_of(brief_of(name), standard))

    assert {finding.partition(":")[0] for finding in found} >= {rule}


@pytest.mark.parametrize("rule", ["artifacts", "links", "lists", "notes", "tree"])
def test_the_judge_finds_what_weasyprint_itself_does_wrong(rule, monkeypatch):
    """If this fails, WeasyPrint does it right now: look whether our correction may go."""
    monkeypatch.setattr(weasyprint.pdf, "add_tags", weasyprint.pdf.tags.add_tags)
    found = pdf_judge.findings(pdf_of(rich()))

    assert {finding.partition(":")[0] for finding in found} >= {rule}


@pytest.mark.parametrize("fix", [lost_blanks, hyphens])
def test_words_are_lost_without_the_corrections_of_line_ends(fix, monkeypatch):
    switch_off(monkeypatch, fix)
    found = brief_of("long")

    assert lost(found, pdf_of(found, columns=2)) != []

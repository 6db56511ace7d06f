"""Comments of reviewers go into the next Word file, and come back from it as the same ones."""

import json
import re
from io import BytesIO
from pathlib import Path
from random import Random

import docx
import pytest
from docx.oxml.ns import qn
from msgspec.structs import replace
from test_merge import BIB, BRIEF
from test_word_validator import errors
from word_edits import Draft
from word_tools import NAMES, ROOT, converted, golden, needs_soffice, needs_validator

from pipeline.cli import main
from pipeline.project import load_project
from pipeline.readers.docx import read_docx
from pipeline.reviews import Comment, Reply, Review, comment_id, to_json
from pipeline.reviews.placing import placed
from pipeline.styles import load_styles
from pipeline.writers.docx import write_docx

STYLES, _ = load_styles(None)
DATE = "2026-05-05T10:00:00Z"


@pytest.fixture
def here(tmp_path, monkeypatch):
    (tmp_path / "briefs").mkdir()
    (tmp_path / "references.bib").write_text(BIB, "utf-8")
    (tmp_path / "briefs/rain.md").write_text(BRIEF, "utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def comment(text, anchor="", line=0, block="", author="Ann Lee", **more):
    return Comment(comment_id(author, DATE, text), author, DATE, text, anchor, line, block, **more)


def listed(*comments, name="a"):
    folder = Path("briefs/rain/reviews")
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{name}.json").write_bytes(to_json(Review(f"{name}.docx", comments)))


def content(**more):
    project = load_project(comments=True, **more)
    assert not project.has_errors, project.all_diagnostics
    return write_docx(project.briefs[0].numbered, project.styles)


def shown(found=None):
    """Return what each comment of a file says, and the words that it is about."""
    return [(c.text, c.anchor) for c in read_docx(found or content()).comments]


def write(old, new):
    path = Path("briefs/rain.md")
    assert old in path.read_text("utf-8")
    path.write_text(path.read_text("utf-8").replace(old, new), "utf-8")


@pytest.mark.parametrize(
    ("anchor", "block", "expected"),
    [
        ("first", "", "first"),
        ("hills first, and on", "", "hills first, and on"),  # over a bold run
        ("on valleys later [7]", "", "on valleys later [1]"),  # numbers may be others by now
        ("later [1]. The", "", "later [1]. The"),
        ("“drizzle”", "", "“drizzle”"),
        ("Section 2 is", "Rain falls on hills, and on valleys later.", "Section 2 is"),
        ("is not", "", "is not counted"),  # a link is not divided
        ("not counted", "", "not counted"),  # a link
        ("Rain: a brief", "", "Rain: a brief"),
        ("Why it falls", "", "Why it falls"),
        ("Wind helps", "", "Wind helps"),
        ("Where it falls", "", "Where it falls"),
        ("Rome", "", "Rome"),
        ("What falls where", "", "What falls where"),
    ],
)
def test_a_comment_stands_at_its_words(here, anchor, block, expected):
    listed(comment("Sure?", anchor, block=block))

    assert shown() == [("Sure?", expected)]


def test_the_range_of_a_comment_begins_and_ends_outside_of_fields(here):
    listed(comment("Sure?", "Table 1", block="Table 1. Where it falls"))
    body = docx.Document(BytesIO(content())).element.body
    depth, depths = 0, []
    for found in body.iter():
        kind = found.get(qn("w:fldCharType"), "")
        depth += {"begin": 1, "end": -1}.get(kind, 0)
        if found.tag in (qn("w:commentRangeStart"), qn("w:commentRangeEnd")):
            depths.append(depth)

    assert depths == [0, 0]


def test_words_of_a_footnote_are_commented_where_it_is_called(here):
    listed(comment("Source?", "Counting began"))

    ((text, anchor),) = shown()
    assert text == "Source?"
    assert anchor.startswith("Rain falls on hills")


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (("helps", "is of use"), "Wind is of use."),  # the words are gone: the block
        (("- Wind helps.\n", ""), "Drops grow, and fall [3]."),  # the block is gone: the one before
        (("## What falls", "New.\n\nNew, too.\n\n## What falls"), "helps"),
    ],
    ids=["words", "block", "moved"],
)
def test_a_comment_keeps_its_place_when_the_brief_changes(here, change, expected):
    listed(comment("How?", "helps", 33, "Wind helps."))
    write(*change)

    assert shown() == [("How?", expected)]


def test_a_title_on_the_cover_of_a_reference_docx_is_commented_there(here):
    cover = docx.Document()
    cover.add_paragraph("{{title}}")
    cover.add_paragraph("{{body}}")
    Path("styles").mkdir()
    cover.save("styles/reference.docx")
    listed(comment("Longer?", "Rain"), comment("Gone?", "Sleet: a brief", 2, "Sleet: a brief"))

    assert sorted(shown()) == [("Gone?", "Rain: a brief"), ("Longer?", "Rain")]


def test_words_of_notes_below_a_table_and_of_facts_are_commented_there(here):
    write(": Where it falls {#tbl-falls}", ': Where it falls {#tbl-falls source="Rain Office"}')
    write("lang: en-GB", "lang: en-GB\nchecked-on: 2026-03-01")
    listed(comment("Which?", "Rain Office"), comment("Again?", "1 March 2026"))

    assert sorted(shown()) == [("Again?", "1 March 2026"), ("Which?", "Rain Office")]


def test_of_two_places_with_the_words_the_one_that_is_like_the_old_one_is_meant(here):
    write("- Wind helps.", "- Wind helps.\n- Rain helps a lot.")
    listed(comment("How?", "helps", 1, "Rain helps much."))

    found = read_docx(content())
    (place,) = {found.places[name].lines[0] for name in found.comments[0].names}
    assert (
        BRIEF.replace("- Wind helps.", "- Wind helps.\n- Rain helps a lot.").splitlines()[place - 1]
        == "- Rain helps a lot."
    )


def test_what_is_resolved_in_any_list_is_left_out_and_answers_are_kept(here):
    first = comment("One?", "first", replies=(Reply("Bo", DATE, "Yes."),))
    second = comment("Two?", "later")
    listed(first, second)
    listed(replace(second, resolved=True), name="b")
    listed(replace(first, replies=(Reply("Cy", DATE, "No.\nNot at all."),)), name="c")

    found = read_docx(content()).comments
    said = [(c.author, c.text, c.anchor, c.resolved) for c in found]
    assert said == [
        ("Ann Lee", "One?", "first", False),
        ("Bo", "Yes.", "first", False),
        ("Cy", "No.\nNot at all.", "first", False),
    ]
    assert [c.parent for c in found] == ["", found[0].identity, found[0].identity]


def test_comments_change_nothing_else_in_the_file(here):
    plain = read_docx(content())
    listed(comment("A?", "first"), comment("B?", "hills first, and on"), comment("C?", "7 | 8"))
    with_comments = read_docx(content())

    assert [p.text for p in with_comments.paragraphs] == [p.text for p in plain.paragraphs]
    assert with_comments.hashes == plain.hashes
    assert len(with_comments.comments) == 3


@needs_validator
@pytest.mark.parametrize("mode", ["ref", "word", "zotero"])
def test_the_open_xml_validator_finds_nothing(here, mode, tmp_path):
    listed(
        comment("A?", "first", replies=(Reply("Bo", DATE, "Yes."),)),
        comment("B & <C>?\nTwo lines.", "on valleys later [1]"),
        comment("D?", "gone", 33, "Wind helps.", author=""),
        comment("E?", "Rome"),
    )

    assert errors(content(word_citations=mode), tmp_path) == []


@needs_soffice
def test_comments_that_libreoffice_saved_are_the_same_ones(here, tmp_path):
    listed(
        comment("A?", "first", replies=(Reply("Bo", DATE, "Yes."),)),
        comment("B?\nTwo lines.", "on valleys later [1]"),
        comment("C?", "Wind helps"),
    )
    (saved,) = converted({"rain.docx": content()}, "docx:MS Word 2007 XML", tmp_path).values()

    assert sorted(shown(saved)) == sorted(shown())
    Path("back.docx").write_bytes(saved)
    assert main(["merge", "back.docx"]) == 0
    assert not Path("briefs/rain/reviews/back.json").exists()  # nothing is new


def test_the_build_writes_them_into_the_word_file_alone_and_proves_it(here, capsys):
    listed(comment("Sure?", "first"))
    assert main(["build"]) == 0
    plain = {p.name: p.read_bytes() for p in Path("build").glob("rain.*")}
    capsys.readouterr()
    assert main(["build", "--with-comments", "--explain"]) == 0
    out = capsys.readouterr().out
    assert "rain.pdf: up to date" in out
    assert "rain.docx: changed: the text or the options" in out
    after = {p.name: p.read_bytes() for p in Path("build").glob("rain.*")}
    assert [name for name in plain if plain[name] != after[name]] == ["rain.docx"]
    assert shown(after["rain.docx"]) == [("Sure?", "first")]
    assert main(["verify", "build/rain.docx"]) == 0
    assert main(["build", "--with-comments"]) == 0
    assert "nothing to do" in capsys.readouterr().out
    listed(comment("Sure?", "later"))
    assert main(["build", "--with-comments"]) == 0
    assert shown(Path("build/rain.docx").read_bytes()) == [("Sure?", "later")]
    assert main(["build", "--with-comments", "--for-release"]) == 2


def test_a_list_that_cannot_be_read_is_an_error_of_builds_with_comments_alone(here, capsys):
    listed(comment("Sure?", "first"))
    Path("briefs/rain/reviews/a.json").write_text('{"file": 7}', "utf-8")

    assert main(["build", "--to", "html"]) == 0
    assert main(["build", "--to", "docx", "--with-comments"]) == 1
    assert "briefs/rain/reviews/a.json: error[bad-review]" in capsys.readouterr().err


def test_comments_that_come_back_are_known_and_only_what_is_new_is_listed(here, capsys):
    draft = Draft(content())
    draft.comment("Wind helps", "How?")
    draft.comment("Look up", "Why?")
    Path("a.docx").write_bytes(draft.saved())
    assert main(["merge", "a.docx"]) == 0
    found = json.loads(Path("briefs/rain/reviews/a.json").read_text("utf-8"))
    assert [(c["text"], c["line"], c["block"]) for c in found["comments"]] == [
        ("How?", 33, "Wind helps."),
        ("Why?", 36, "Look up."),
    ]

    Path("b.docx").write_bytes(content())
    assert main(["merge", "b.docx"]) == 0
    assert not Path("briefs/rain/reviews/b.json").exists()
    resolved = Draft(content())
    extended = resolved.parts["word/commentsExtended.xml"]
    resolved.parts["word/commentsExtended.xml"] = extended.replace(b'done="0"', b'done="1"', 1)
    Path("b.docx").write_bytes(resolved.saved())
    assert main(["merge", "b.docx"]) == 0
    assert "briefs/rain/reviews/b.md: 1 comment to answer" in capsys.readouterr().out
    assert shown() == [("Why?", "Look up")]


def test_open_comments_are_listed_with_the_lines_of_the_brief(here, capsys):
    listed(comment("How?", "helps", 33, "Wind helps.", replies=(Reply("Bo", DATE, "So."),)))
    write("## What falls", "New.\n\n## What falls")

    assert main(["reviews"]) == 0
    out = capsys.readouterr().out
    assert (
        "briefs/rain.md:35:3: info[open-comment]: Ann Lee, 2026-05-05, on “helps”: “How?”; "
        "Bo, 2026-05-05 answers: “So.”"
    ) in out
    assert "1 open comment" in out
    assert main(["reviews", "--format", "json"]) == 0
    (found,) = json.loads(capsys.readouterr().out)["comments"]
    assert (found["line"], found["words"], len(found["replies"])) == (35, "helps", 1)
    assert main(["reviews", "--format", "sarif"]) == 0
    (result,) = json.loads(capsys.readouterr().out)["runs"][0]["results"]
    assert (result["ruleId"], result["level"]) == ("open-comment", "note")
    region = result["locations"][0]["physicalLocation"]["region"]
    assert region["startLine"] == 35


def test_a_comment_can_be_resolved_without_word(here, capsys):
    first, second = comment("How?", "helps"), comment("Why?", "Look up")
    listed(first, second)

    assert main(["reviews", "--resolve", first.id, "--resolve", "0"]) == 1
    said = capsys.readouterr()
    assert "1 comment resolved" in said.out
    assert "there is no comment 0" in said.err
    assert shown() == [("Why?", "Look up")]
    assert "on “helps” (resolved)" in Path("briefs/rain/reviews/a.md").read_text("utf-8")


def test_a_list_that_cannot_be_read_is_named_and_the_others_are_listed(here, capsys):
    listed(comment("How?", "helps"))
    Path("briefs/rain/reviews/b.json").write_text("{", "utf-8")

    assert main(["reviews"]) == 1
    said = capsys.readouterr()
    assert "1 open comment" in said.out
    assert "bad-review" in said.err


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("name", NAMES)
def test_words_anywhere_in_a_brief_are_found_again(name, seed):
    """At words that stand once, a comment is about them, or about a link or mark that they cut."""
    numbered, content = golden(name, "ref")
    random = Random(seed)
    read = read_docx(content).paragraphs
    paragraphs = [p for p in read if p.names and p.text.split() and not (p.made or p.note)]
    asked = []
    for paragraph in random.sample(paragraphs, min(len(paragraphs), 40)):
        words = paragraph.text.split()
        start = random.randrange(len(words))
        anchor = " ".join(words[start : start + random.randint(3, 8)])
        once = sum(anchor in " ".join(p.text.split()) for p in paragraphs) == 1
        if once and sum(map(str.isalpha, anchor)) > 8 and " · " not in anchor:
            block = re.sub(r"\[[0-9][^]]*]", "", paragraph.text)
            asked.append(comment(f"{len(asked)}?", anchor, block=block))

    brief = load_project([ROOT / "briefs" / f"{name}.md"]).briefs[0].read
    with_comments = replace(numbered, comments=placed(asked, brief))
    found = read_docx(write_docx(with_comments, STYLES))

    about = {c.text: c.anchor for c in found.comments}
    lost = [(c.anchor, about[c.text]) for c in asked if c.anchor not in about[c.text]]
    wide = [c.anchor for c in asked if len(about[c.text]) > len(c.anchor) + 60]
    assert (lost, wide, len(asked) > 5) == ([], [], True)
    assert [p.text for p in found.paragraphs] == [p.text for p in read]

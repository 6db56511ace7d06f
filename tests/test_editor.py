"""What editors are told: findings, completions, hovers, places, renames and quick fixes."""

import json
import re
import tomllib
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from lsp_client import ROOT, Editor, Refusal
from markdown_it import MarkdownIt

from pipeline.diagnostics import Diagnostic, Span, did_you_mean
from pipeline.language.files import languages
from pipeline.language.locators import locator_label, locator_words
from pipeline.lsp.completing import completions
from pipeline.lsp.findings import findings
from pipeline.lsp.fixing import fix_of
from pipeline.lsp.mentions import mention_at
from pipeline.lsp.positions import Position, SourceText
from pipeline.lsp.reading import Workspace
from pipeline.lsp.renaming import Refused, applied, renamed
from pipeline.lsp.saying import markdown
from pipeline.model.references import Run

BIB = """\
@string{north = {North Press}}
@article{smith2021,
  author = {Smith, Ann and Lee, Bo}, title = {Rain on {Roofs}}, journal = {Water},
  year = 2021, volume = 3, pages = {1--9}, ids = {oldsmith},
}
@book{lee2019, author = {Lee, Bo}, title = {Water}, publisher = north, year = 2019}
@incollection{part2019, author = {Oh, Cy}, title = {Part}, crossref = {lee2019}, pages = {2}}
"""
RAIN = """\
---
title: Rain
checked-on: 2026-01-28
nocite: "@lee2019"
---

## First {#sec-first}

😀 Roofs [see @smith2021, p. 4; -@lee2019] hold, says @smith2021 [p. 3], as in @sec-first.

Sec. 😀😀 [words](#sec-first), @Tbl-b and `@smith2021`. Slip [@smith2012] and @sec-frist.

| a | b |
|---|---|
| [@part2019] | @tbl-b |

: Caption [@oldsmith] {#tbl-b}

Typing [@
"""
OTHER = "---\ntitle: Other\nchecked-on: 2026-01-28\n---\n\n## One\n\nMore [@lee2019; @{lee2019}].\n"


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "briefs").mkdir()
    (tmp_path / "references.bib").write_text(BIB, "utf-8")
    (tmp_path / "briefs/rain.md").write_text(RAIN, "utf-8")
    (tmp_path / "briefs/other.md").write_text(OTHER, "utf-8")
    return tmp_path


@pytest.fixture
def workspace(folder):
    found = Workspace()
    found.texts[folder / "briefs/rain.md"] = RAIN
    return found


def place_of(text, words, before=""):
    """Return the line and the UTF-16 column, from 0, of words that stand behind others."""
    at = text.index(words, text.index(before))
    line = text.rfind("\n", 0, at) + 1
    return text.count("\n", 0, at), len(text[line:at].encode("utf-16-le")) // 2


# Columns ---------------------------------------------------------------------------------------

texts = st.text(st.sampled_from("ab é你😀\t\u202e\x07\u2028\r\n"), max_size=30)


@given(texts, st.sampled_from(["utf-8", "utf-16", "utf-32"]), st.data())
def test_a_column_is_found_again_after_its_way_to_an_editor(text, encoding, data):
    source = SourceText(text, encoding)
    lines = re.split(r"\r\n|\r|\n", text)
    line = data.draw(st.integers(1, len(lines)))
    column = data.draw(st.integers(1, len(source.line(line)) + 1))

    assert source.place(source.position(line, column)) == (line, column)


def test_columns_are_code_units():
    place = (1, 3)

    assert SourceText("😀é@").position(*place) == Position(0, 3)
    assert SourceText("😀é@", "utf-8").position(*place) == Position(0, 6)
    assert SourceText("😀é@", "utf-32").position(*place) == Position(0, 2)
    assert SourceText("😀").place(Position(0, 1)) == (1, 1)  # within a character
    assert SourceText("a").place(Position(7, 9)) == (8, 1)


def test_edits_leave_line_ends_and_control_characters_alone():
    text = SourceText("a\x07b @k c\r\n@k\r")
    spans = (Span.on_line("", 1, 5, 1), Span.on_line("", 2, 2, 1))

    assert text.edited((span, "longer") for span in spans) == "a\x07b @longer c\r\n@longer\r"


# Completion ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("before", "labels"),
    [
        ("Roofs [@", ["smith2021", "lee2019", "part2019", "sec-first", "tbl-b"]),
        ("@smi", ["smith2021", "lee2019", "part2019", "sec-first", "tbl-b"]),
        ("as @sec-", ["sec-first", "tbl-b"]),
        ("[-@{le", ["smith2021", "lee2019", "part2019", "sec-first", "tbl-b"]),
        ("mail@", []),
        ("words, ", []),
        ("@smith2021, ", []),
        ("[@smith2021; words ", []),
    ],
    ids=["bracket", "narrative", "anchor", "braces", "mail", "comma", "sentence", "suffix"],
)
def test_what_completes_the_text_before_the_cursor(workspace, folder, before, labels):
    reading = workspace.reading(folder / "briefs/rain.md")

    assert [found.label for found in completions(before, reading)] == labels


@pytest.mark.parametrize("before", ["[@smith2021, ", "[see @a, p. 4;\n@b, c", "@smith2021 ["])
def test_words_of_locators_complete_a_citation(workspace, folder, before):
    found = completions(before, workspace.reading(folder / "briefs/rain.md"))

    assert [one.label for one in found][:2] == ["p.", "pp."]
    assert {one.follow for one in found} == {" "}


def test_a_key_is_shown_with_author_year_and_title(workspace, folder):
    found = completions("@", workspace.reading(folder / "briefs/rain.md"))

    assert found[0].detail == "Smith & Lee 2021: Rain on Roofs"
    assert found[-1].detail == "Table 1: Caption"


@pytest.mark.parametrize("lang", languages())
def test_every_word_of_a_locator_that_is_offered_is_read(lang):
    words = locator_words(lang)

    assert len(set(words.values())) > 10
    assert {word: locator_label(word, lang)[0] for word in words} == words


# Hover -----------------------------------------------------------------------------------------


signs = st.text(st.sampled_from("a *_[]<>&1.#`\\!~-"), min_size=1)


@given(st.lists(st.builds(Run, signs), min_size=1))
@example([Run("1. a")])
@example([Run("- a")])
@example([Run("# a")])
def test_an_entry_that_is_shown_says_what_is_printed(runs):
    tokens = MarkdownIt().parse(markdown(runs).strip())
    said = [child.content for token in tokens for child in token.children or ()]

    assert {token.type for token in tokens} <= {"paragraph_open", "inline", "paragraph_close"}
    assert "".join(said).split() == "".join(run.text for run in runs).split()


def test_formats_of_an_entry_are_shown():
    runs = (
        Run("Ba, "),
        Run("Rain ", italic=True),
        Run("3", bold=True),
        Run("x", href="https://x.org"),
    )

    assert markdown(runs) == "Ba, *Rain* **3**[x](<https://x.org>)"


# Renaming --------------------------------------------------------------------------------------


def rename(workspace, path, words, new, before=""):
    text = workspace.texts.get(path) or path.read_text("utf-8")
    line, column = place_of(text, words, before)
    reading = workspace.reading(path)

    def source(name):
        found = workspace.texts.get(path.parent / name)
        return SourceText(Path(name).read_text("utf-8") if found is None else found)

    line, column = SourceText(text).place(Position(line, column))
    mention = mention_at(reading, source, path, line, column)
    edits = renamed(workspace, reading, source, mention.name, new)
    return {path.name: after for path, after in applied(edits, source).items()}


def test_a_key_is_renamed_in_its_library_and_in_all_briefs(workspace, folder):
    after = rename(workspace, folder / "briefs/rain.md", "lee2019", "lee2020", "-@")

    assert after == {
        "references.bib": BIB.replace("lee2019", "lee2020"),
        "rain.md": RAIN.replace("lee2019", "lee2020"),
        "other.md": OTHER.replace("lee2019", "lee2020"),
    }


def test_what_only_looks_like_a_citation_is_not_renamed(workspace, folder):
    after = rename(workspace, folder / "references.bib", "smith2021", "smith:2021")

    assert after["references.bib"] == BIB.replace("smith2021", "smith:2021")
    expected = RAIN.replace("smith2021", "smith:2021").replace("`@smith:2021`", "`@smith2021`")
    assert after["rain.md"] == expected


@pytest.mark.parametrize("words", ["sec-first}", "sec-first."], ids=["heading", "mention"])
def test_an_anchor_is_renamed_in_its_brief(workspace, folder, words):
    after = rename(workspace, folder / "briefs/rain.md", words, "sec-one")

    assert after == {"rain.md": RAIN.replace("sec-first", "sec-one")}


FOREIGN = """\
---
title: Rain
claim:
  text: Says [@smith2021] & more
references:
  - id: own
    title: Own
---

![Figures](t.csv){#tbl-csv
subtitle="Sub [@smith2021]"}

$$
x @smith2021
$$ {#eq-e}

{cite:p}`smith2021` or \\cite{own,smith2021} in \\ref{tbl-csv} and {numref}`eq-e`[^n]
<!-- @smith2021 -->

[^n]: Text [@smith2021] [table](#tbl-csv
"of rain") [@own].

(sec-myst)=

## One

See @sec-myst.
"""


@pytest.mark.parametrize(
    ("words", "new", "left"),
    [("smith2021", "smith", 2), ("own\n", "mine", 0), ("tbl-csv", "tbl-b", 0), ("eq-e", "eq-f", 0)],
    ids=["key", "own", "table", "equation"],
)
def test_names_are_found_in_front_matter_csv_files_notes_and_other_dialects(
    workspace, folder, words, new, left
):
    path, csv = folder / "briefs/rain.md", "town,rain\nOslo [@smith2021],3\n"
    workspace.texts[path] = FOREIGN
    (folder / "briefs/t.csv").write_text(csv, "utf-8")
    old = words.strip()

    after = rename(workspace, path, words, new)

    renamed_all = re.sub(rf"\b{old}\b", new, FOREIGN)
    assert after["rain.md"].count(old) == left  # in a formula and in a comment
    assert left or after["rain.md"] == renamed_all
    assert left == 0 or after["t.csv"] == csv.replace(old, new)


def test_an_anchor_of_another_dialect_is_renamed_by_hand(workspace, folder):
    path = folder / "briefs/rain.md"
    workspace.texts[path] = FOREIGN

    with pytest.raises(Refused, match="by hand"):
        rename(workspace, path, "sec-myst.", "sec-other")


def test_a_capital_stays(workspace, folder):
    after = rename(workspace, folder / "briefs/rain.md", "tbl-b |", "tbl-c")

    assert after["rain.md"] == RAIN.replace("tbl-b", "tbl-c").replace("Tbl-b", "Tbl-c")


@pytest.mark.parametrize(
    ("words", "new", "reason"),
    [
        ("smith2021", "lee2019", "there is a reference with the key"),
        ("smith2021", "oldsmith", "there is a reference with the key"),
        ("smith2021", "smith 2021", "cannot be a citation key"),
        ("smith2021", "fig-smith", "cannot be a citation key"),
        ("smith2012", "smith2013", "no reference has the key"),
        ("oldsmith", "older", "another name of `smith2021`"),
        ("sec-first", "fig-first", "cannot be its anchor"),
        ("sec-first", "sec-", "cannot be its anchor"),
        ("sec-frist", "sec-second", "there is no anchor"),
    ],
)
def test_a_rename_that_would_change_what_a_brief_says_is_refused(
    workspace, folder, words, new, reason
):
    with pytest.raises(Refused, match=re.escape(reason)):
        rename(workspace, folder / "briefs/rain.md", words, new)


def test_a_link_whose_address_stands_elsewhere_makes_a_rename_refused(workspace, folder):
    path = folder / "briefs/rain.md"
    workspace.texts[path] = RAIN + "\nSee [it][there].\n\n[there]: #sec-first\n"

    with pytest.raises(Refused, match="would say something else"):
        rename(workspace, path, "sec-first", "sec-one")


def test_an_entry_that_names_another_in_pieces_makes_a_rename_refused(workspace, folder):
    library = folder / "references.bib"
    library.write_text(BIB.replace("{lee2019}", '"lee" # "2019"'), "utf-8")

    with pytest.raises(Refused, match="would say something else"):
        rename(workspace, library, "lee2019", "lee2020")


# Quick fixes -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "wrong", "meant", "fixed"),
    [
        ("[@smith2012]", "smith2012", "smith2021", "[@smith2021]"),
        ("see @Sec-frist", "sec-frist", "sec-first", "see @Sec-first"),
        ("titel: Rain", "titel", "title", "title: Rain"),
        ("two two", "two", "tow", None),
        ("else", "tilte", "title", None),
    ],
)
def test_a_hint_that_names_a_word_is_a_quick_fix(line, wrong, meant, fixed):
    source = SourceText(line)
    hint = did_you_mean(wrong, [meant])
    found = Diagnostic("unknown-citation", f"no `{wrong}`", Span.on_line("", 1, 1, len(line)), hint)
    edit = fix_of(found, source)

    assert (edit and source.edited([(edit.span, edit.text)])) == fixed
    assert fix_of(Diagnostic("bad-date", f"`{wrong}`", found.span, "write a date"), source) is None


# Reading ---------------------------------------------------------------------------------------


def test_what_is_typed_counts_before_it_is_saved(workspace, folder):
    brief, library = folder / "briefs/rain.md", folder / "references.bib"

    def unknown():
        found = findings(workspace)[brief]
        return [one.span.line for one in found if one.code == "unknown-citation"]

    assert unknown() == [11]
    workspace.texts[brief] = RAIN.replace("smith2012", "smith2021")
    assert unknown() == []
    workspace.texts[library] = BIB.replace("smith2021", "smith2022")
    assert unknown() == [9, 9, 11]
    workspace.close(library)
    assert unknown() == []
    library.write_text(BIB.replace("smith2021", "smith2022"), "utf-8")
    assert unknown() == [9, 9, 11]


def test_nothing_is_read_again_if_nothing_has_changed(workspace, folder):
    brief = folder / "briefs/rain.md"
    first = workspace.brief(brief)

    assert workspace.brief(brief) is first
    workspace.texts[brief] = RAIN + "More.\n"
    assert workspace.brief(brief) is not first


def test_markdown_that_is_no_brief_has_no_findings(workspace, folder):
    workspace.texts[folder / "README.md"] = "# Read me\n\n[@nobody]\n"

    assert findings(workspace)[folder / "README.md"] == []


# The protocol ----------------------------------------------------------------------------------


def test_an_editor_is_answered(folder):
    """Some forty requests of one session: all columns are UTF-16, and emoji take two units."""
    rain, library = folder / "briefs/rain.md", folder / "references.bib"
    with Editor(folder) as editor:
        assert editor.hello["capabilities"]["positionEncoding"] == "utf-16"
        found = {one["code"]: one for one in editor.write(rain, RAIN)}
        wrong = found["unknown-citation"]
        line, column = place_of(RAIN, "smith2012")
        assert wrong["range"] == {
            "start": {"line": line, "character": column},
            "end": {"line": line, "character": column + len("smith2012")},
        }
        assert wrong["message"].endswith("did you mean `smith2021`?")
        assert (wrong["severity"], wrong["source"]) == (1, "brief")

        for words, before, shown in (
            ("smith2021", "see @", "\\[1\\] A. Smith and B. Lee, ‘Rain on Roofs’, *Water*"),
            ("lee2019", "-@", "*Water*"),
            ("lee2019", "nocite", "*Water*"),
            ("part2019", "", "Part"),
            ("oldsmith", "", "Rain on Roofs"),
            ("sec-first", "as in", "**Section 1**: First"),
            ("Tbl-b", "", "**Table 1**: Caption"),
        ):
            line, column = place_of(RAIN, words, before)
            for at in (column, column + len(words)):  # its first letter, and behind its last
                hover = editor.at("hover", rain, line, at)
                assert shown in hover["contents"]["value"]
                assert hover["range"]["start"] == {"line": line, "character": column}

        for words, before, path, text, target in (
            ("smith2021", "see @", library, BIB, "smith2021"),
            ("lee2019", "-@", library, BIB, "lee2019"),
            ("oldsmith", "", library, BIB, "smith2021"),
            ("sec-first", "as in", rain, RAIN, "sec-first}"),
            ("sec-first", "[words]", rain, RAIN, "sec-first}"),
            ("Tbl-b", "", rain, RAIN, "tbl-b}"),
        ):
            place = editor.at("definition", rain, *place_of(RAIN, words, before))
            line, column = place_of(text, target)
            assert place["uri"] == path.as_uri()
            assert place["range"]["start"] == {"line": line, "character": column}
        for words in ("Roofs", "title", "`@smith2021"):
            assert editor.at("definition", rain, *place_of(RAIN, words)) is None
            assert editor.at("hover", rain, *place_of(RAIN, words)) is None

        line = RAIN.count("\n") - 1
        items = editor.at("completion", rain, line, len("Typing [@"))
        assert items[0]["label"] == "smith2021"
        assert items[0]["textEdit"]["range"]["start"] == {"line": line, "character": 9}
        line, column = place_of(RAIN, "smith2012")
        items = editor.at("completion", rain, line, column + 3)
        assert items[1]["textEdit"] == {
            "newText": "lee2019",
            "range": {
                "start": {"line": line, "character": column},
                "end": {"line": line, "character": column + 3},
            },
        }

        document = {"uri": rain.as_uri()}
        (fix,) = editor.ask(
            "textDocument/codeAction",
            textDocument=document,
            range=wrong["range"],
            context={"diagnostics": [wrong]},
        )[:1]
        (edit,) = fix["edit"]["changes"][rain.as_uri()]
        assert (fix["title"], edit["range"]) == ("Write `smith2021`", wrong["range"])

        place = place_of(RAIN, "lee2019", "-@")
        assert editor.at("prepareRename", rain, *place)["start"]["character"] == place[1]
        assert editor.at("prepareRename", rain, *place_of(RAIN, "Roofs")) is None
        changes = editor.at("rename", rain, *place, newName="lee2020")["changes"]
        other = (folder / "briefs/other.md").as_uri()
        assert {uri: len(edits) for uri, edits in changes.items()} == {
            rain.as_uri(): 2,
            library.as_uri(): 2,
            other: 2,
        }
        with pytest.raises(Refusal, match="there is a reference with the key"):
            editor.at("rename", rain, *place, newName="smith2021")
        place = place_of(RAIN, "sec-first", "as in")
        changes = editor.at("rename", rain, *place, newName="sec-one")["changes"]
        assert len(changes.pop(rain.as_uri())) == 3
        assert changes == {}
        line, column = place_of(RAIN, " p. 4")
        items = editor.at("completion", rain, line, column + 2)
        assert [item["label"] for item in items][:2] == ["p.", "pp."]
        assert items[0]["textEdit"]["newText"] == "p. "
        line, column = place_of(RAIN, "sec-first", "as in")
        items = editor.at("completion", rain, line, column + len("sec-"))
        assert [item["label"] for item in items] == ["sec-first", "tbl-b"]

        codes = [one["code"] for one in editor.write(rain, "---\ntitle: [\n---\n\n[@lee2019]\n")]
        assert "bad-front-matter" in codes
        assert "Water" in editor.at("hover", rain, 4, 4)["contents"]["value"]
        editor.write(library, BIB)
        assert (
            "Water" in editor.at("hover", library, *place_of(BIB, "lee2019"))["contents"]["value"]
        )
        line, column = place_of(BIB, "lee2019", "crossref")
        assert editor.at("definition", library, line, column)["range"]["start"]["line"] == 5
        editor.write(library, BIB.replace("lee2019", "lee2018"))
        assert "unknown-citation" in {one["code"] for one in editor.published[rain.as_uri()]}
        assert editor.count >= 40


def test_a_file_without_a_project_or_a_library_is_answered(tmp_path):
    path = tmp_path / "paper.md"
    with Editor(tmp_path, ["utf-8"]) as editor:
        assert editor.hello["capabilities"]["positionEncoding"] == "utf-8"
        found = editor.write(path, "---\ntitle: Paper\n---\n\n😀 [@smith2021] @sec-x\n")
        (missing,) = (one for one in found if one["code"] == "missing-library")
        assert missing["range"]["start"] == {"line": 4, "character": 5}
        assert editor.at("hover", path, 4, 9) is None
        assert editor.at("completion", path, 4, 7) == []
        assert editor.at("definition", path, 4, 9) is None
        with pytest.raises(Refusal, match="no reference has the key"):
            editor.at("rename", path, 4, 9, newName="x")
        editor.tell(
            "textDocument/didOpen",
            textDocument={"uri": "untitled:1", "version": 1, "languageId": "markdown", "text": "@"},
        )
        document = {"uri": "untitled:1"}
        place = {"line": 0, "character": 1}
        assert editor.ask("textDocument/hover", textDocument=document, position=place) is None
        editor.tell("textDocument/didClose", textDocument={"uri": path.as_uri()})
        assert editor.findings(path) == []


def test_what_other_programs_write_is_noticed(folder):
    rain, library = folder / "briefs/rain.md", folder / "references.bib"
    with Editor(folder) as editor:
        editor.write(rain, RAIN)
        (asked,) = (one for one in editor.said if one["method"] == "client/registerCapability")
        assert "**/*.bib" in str(asked["params"])
        library.write_text(BIB.replace("smith2021", "smith2012"), "utf-8")
        editor.tell(
            "workspace/didChangeWatchedFiles", changes=[{"uri": library.as_uri(), "type": 2}]
        )
        found = editor.findings(rain)
        lines = [
            one["range"]["start"]["line"] for one in found if one["code"] == "unknown-citation"
        ]
        assert lines == [8, 8]


def test_the_server_ends_with_its_editor(tmp_path):
    editor = Editor(tmp_path)
    editor.process.stdin.close()

    assert editor.process.wait(30) is not None
    editor.process.stdout.close()


def test_without_its_library_the_command_says_how_to_get_it(monkeypatch, capsys):
    from pipeline.cli import editor, main

    monkeypatch.setattr(editor, "find_spec", lambda name: None)

    assert main(["lsp"]) == 1
    assert "pip install 'briefwright[editor]'" in capsys.readouterr().err


def test_the_settings_of_the_guide_can_be_read():
    guide = (ROOT / "docs/editors.md").read_text("utf-8")
    blocks = dict(re.findall(r"```(\w+)\n(.*?)```", guide, re.DOTALL))

    assert json.loads(blocks["json"])["glspc.server.commandArguments"] == ["lsp"]
    assert tomllib.loads(blocks["toml"])["language-server"]["brief"]["args"] == ["lsp"]
    assert {"lua", "elisp"} <= blocks.keys()

"""How findings are printed."""

import json

import pytest

from pipeline.diagnostics import CODES, Diagnostic, Span
from pipeline.diagnostics.render import json_text, render_text, to_sarif, visible


def shown(line, column, length, message="it leaks", hint=""):
    span = Span.on_line("brief.md", 3, column, length)
    return render_text(Diagnostic("hand-typed-mark", message, span, hint), line).splitlines()


def test_the_caret_stands_under_the_place():
    assert shown("It rains [3] here.", 10, 3) == [
        "brief.md:3:10: warning[hand-typed-mark]: it leaks",
        "     3 | It rains [3] here.",
        "       |          ^^^",
    ]


def test_wide_characters_take_two_columns():
    assert shown("雨が [3]", 4, 3)[2] == "       |      ^^^"


def test_a_long_line_is_cut_round_the_caret():
    _, line, caret = shown("x" * 5000 + "[3]" + "y" * 5000, 5001, 3)

    assert line[caret.index("^") :].startswith("[3]")
    assert len(line) < 120


def test_a_tab_takes_one_column():
    assert shown("\tIt [3]", 5, 3)[1:] == ["     3 |  It [3]", "       |     ^^^"]


def test_nothing_in_a_source_reaches_the_terminal_as_a_command():
    assert "\x1b" not in "".join(shown("\x1b[31mred [3]", 10, 3, message="\x1b]0;title\x07"))


def test_a_caret_past_the_end_of_the_line_is_still_shown():
    assert shown("It", 9, 3)[2].endswith("^")


def test_a_finding_without_a_line_names_the_file_alone():
    found = Diagnostic("missing-file", "there is no such file", Span.of_file("brief.md"))

    assert render_text(found, None) == "brief.md: error[missing-file]: there is no such file"


def test_every_code_is_kebab_case_and_says_what_it_means():
    assert [c for c in CODES if c != c.lower() or " " in c or "_" in c] == []
    assert [c for c, found in CODES.items() if found.summary.endswith(".")] == []


def test_a_name_of_a_file_reaches_the_terminal_as_text():
    found = Diagnostic("missing-file", "none", Span.of_file("\x1b[31mred\x9b.md"))

    assert render_text(found, None).startswith("�[31mred�.md: ")


def test_what_turns_the_direction_of_a_line_is_shown_and_does_not_turn_it():
    assert "\u202e" not in "".join(shown("It \u202erains [3]", 11, 3, message="a\u202eb"))


@pytest.mark.parametrize("text", ["\x1b[2J", "\x9b2J", "\x7f", "\u202e", "\ud800", "a\nb", "雨"])
def test_json_says_the_same_and_is_safe_on_a_terminal(text):
    written = json_text({"message": text})

    assert json.loads(written) == {"message": text}
    assert visible(written.replace("\n", "")) == written.replace("\n", "")
    assert ("雨" in text) == ("雨" in written)


# SARIF -----------------------------------------------------------------------------------------


def sarif(*diagnostics):
    log = json.loads(json_text(to_sarif(diagnostics, "1")))
    assert log["version"] == "2.1.0"
    [run] = log["runs"]
    return run


def place(*span):
    [result] = sarif(Diagnostic("hand-typed-mark", "it leaks", Span.on_line(*span)))["results"]
    return result["locations"][0]["physicalLocation"]


def test_sarif_has_a_rule_for_each_result_and_a_level_for_each_severity():
    codes = ("unknown-citation", "hand-typed-mark", "uncited-reference", "hand-typed-mark")
    run = sarif(
        *(Diagnostic(code, "it leaks", Span.on_line("brief.md", 3, 10, 3)) for code in codes)
    )
    rules = run["tool"]["driver"]["rules"]

    assert [rules[result["ruleIndex"]]["id"] for result in run["results"]] == list(codes)
    assert [result["ruleId"] for result in run["results"]] == list(codes)
    assert [result["level"] for result in run["results"]] == [
        "error",
        "warning",
        "note",
        "warning",
    ]
    assert len(rules) == 3
    assert all(rule["shortDescription"]["text"] and rule["help"]["text"] for rule in rules)
    assert run["columnKind"] == "unicodeCodePoints"


def test_sarif_says_where_in_code_points():
    assert place("brief.md", 3, 10, 3) == {
        "artifactLocation": {"uri": "brief.md"},
        "region": {"startLine": 3, "startColumn": 10, "endColumn": 13},
    }


def test_sarif_of_a_whole_file_has_no_region():
    assert "region" not in place("brief.md", 0, 0, 0)


@pytest.mark.parametrize(
    ("path", "uri"),
    [
        ("briefs/my brief.md", "briefs/my%20brief.md"),
        ("briefs/été#1?.md", "briefs/%C3%A9t%C3%A9%231%3F.md"),
        ("100%.md", "100%25.md"),
        ("/srv/briefs/a.md", "file:///srv/briefs/a.md"),
        ("C:\\briefs\\a.md", "file:///C:/briefs/a.md"),
        ("a:b.md", "./a:b.md"),
        ("bad\udcff.md", "bad%FF.md"),
    ],
)
def test_sarif_names_files_by_uri(path, uri):
    assert place(path, 1, 1, 1)["artifactLocation"]["uri"] == uri


def test_the_log_of_nothing_found_is_a_log():
    run = sarif()

    assert run["results"] == []
    assert run["tool"]["driver"]["rules"] == []

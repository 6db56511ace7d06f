"""How findings are printed."""

from pipeline.diagnostics import CODES, Diagnostic, Span
from pipeline.diagnostics.render import render_text, to_sarif


def shown(line, column, length, message="it leaks", hint=""):
    span = Span("brief.md", 3, column, length)
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
    found = Diagnostic("missing-file", "there is no such file", Span("brief.md", 0, 0, 0))

    assert render_text(found, None) == "brief.md: error[missing-file]: there is no such file"


def test_every_code_is_kebab_case_and_says_what_it_means():
    assert [c for c in CODES if c != c.lower() or " " in c or "_" in c] == []
    assert [c for c, found in CODES.items() if found.summary.endswith(".")] == []


def test_sarif_has_a_rule_for_each_result():
    found = Diagnostic("hand-typed-mark", "it leaks", Span("brief.md", 3, 10, 3))

    assert '"ruleIndex"' not in to_sarif([found], "1")
    assert '"id": "hand-typed-mark"' in to_sarif([found], "1")

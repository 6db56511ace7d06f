"""House marks, each in twelve cases."""

import pytest

from pipeline.diagnostics import Span
from pipeline.marks import PRESETS, MarkNumber, MarkRange, mark
from pipeline.model import Anchor, Citation, Cite, Locator, Text
from pipeline.placement import placed

SPAN = Span.on_line("brief.md", 1, 1, 1)
NUMBERS = {Anchor("reference", key): str(n) for n, key in enumerate("abcdefghijklmnop", start=1)}
CASES = {
    "one": "a",
    "two": "a b",
    "three": "a b c",
    "four, unsorted": "d b a c",
    "two runs": "a b c e f g",
    "run and one": "a b c e",
    "14 to 16": "n o p",
    "locator": "b:4",
    "locator in a run": "a b:4 c d",
    "same twice": "a a",
    "pages": "c:3-5",
    "unknown": "zz",
}
EXPECTED = {
    "separate": [
        "[1]",
        "[1] [2]",
        "[1] [2] [3]",
        "[1] [2] [3] [4]",
        "[1] [2] [3] [5] [6] [7]",
        "[1] [2] [3] [5]",
        "[14] [15] [16]",
        "[2, p. 4]",
        "[1] [2, p. 4] [3] [4]",
        "[1]",
        "[3, pp. 3–5]",
        "[?]",
    ],
    "ieee": [
        "[1]",
        "[1], [2]",
        "[1], [2], [3]",
        "[1], [2], [3], [4]",
        "[1], [2], [3], [5], [6], [7]",
        "[1], [2], [3], [5]",
        "[14], [15], [16]",
        "[2, p. 4]",
        "[1], [2, p. 4], [3], [4]",
        "[1]",
        "[3, pp. 3–5]",
        "[?]",
    ],
    "ieee-ranges": [
        "[1]",
        "[1], [2]",
        "[1]–[3]",
        "[1]–[4]",
        "[1]–[3], [5]–[7]",
        "[1]–[3], [5]",
        "[14]–[16]",
        "[2, p. 4]",
        "[1], [2, p. 4], [3], [4]",
        "[1]",
        "[3, pp. 3–5]",
        "[?]",
    ],
    "elsevier": [
        "[1]",
        "[1,2]",
        "[1–3]",
        "[1–4]",
        "[1–3,5–7]",
        "[1–3,5]",
        "[14–16]",
        "[2, p. 4]",
        "[1; 2, p. 4; 3; 4]",
        "[1]",
        "[3, pp. 3–5]",
        "[?]",
    ],
    "vancouver": [
        "(1)",
        "(1,2)",
        "(1-3)",
        "(1-4)",
        "(1-3,5-7)",
        "(1-3,5)",
        "(14-16)",
        "(2, p. 4)",
        "(1; 2, p. 4; 3; 4)",
        "(1)",
        "(3, pp. 3–5)",
        "(?)",
    ],
    "ukhsa": [
        "(1)",
        "(1, 2)",
        "(1 to 3)",
        "(1 to 4)",
        "(1 to 3, 5 to 7)",
        "(1 to 3, 5)",
        "(14 to 16)",
        "(2, p. 4)",
        "(1; 2, p. 4; 3; 4)",
        "(1)",
        "(3, pp. 3–5)",
        "(?)",
    ],
    "full-width": [
        "［1］",
        "［1］［2］",
        "［1］［2］［3］",
        "［1］［2］［3］［4］",
        "［1］［2］［3］［5］［6］［7］",
        "［1］［2］［3］［5］",
        "［14］［15］［16］",
        "［2, p. 4］",
        "［1］［2, p. 4］［3］［4］",
        "［1］",
        "［3, pp. 3–5］",
        "［?］",
    ],
    "superscript": [
        "1",
        "1,2",
        "1–3",
        "1–4",
        "1–3,5–7",
        "1–3,5",
        "14–16",
        "2, p. 4",
        "1; 2, p. 4; 3; 4",
        "1",
        "3, pp. 3–5",
        "?",
    ],
}


def citation(text):
    cites = []
    for word in text.split():
        key, _, page = word.partition(":")
        cites.append(Cite(key, locator=Locator("page", page) if page else None, span=SPAN))
    return Citation(Anchor.parse("cite-1"), tuple(cites), span=SPAN)


def printed(parts):
    return "".join(p.text for p in parts if isinstance(p, MarkNumber | MarkRange | Text))


@pytest.mark.parametrize("preset", PRESETS)
@pytest.mark.parametrize("case", CASES)
def test_a_house_prints_its_mark(preset, case):
    parts = mark(citation(CASES[case]), NUMBERS, PRESETS[preset], "en-GB")

    assert printed(parts) == EXPECTED[preset][list(CASES).index(case)]


@pytest.mark.parametrize("preset", PRESETS)
@pytest.mark.parametrize("case", [case for case in CASES if case != "unknown"])
def test_every_cited_reference_is_named_in_the_mark(preset, case):
    parts = mark(citation(CASES[case]), NUMBERS, PRESETS[preset], "en-GB")

    named = {p.anchor for p in parts if isinstance(p, MarkNumber)}
    named |= {anchor for p in parts if isinstance(p, MarkRange) for anchor in p.anchors}
    assert named == {Anchor("reference", word[0]) for word in CASES[case].split()}


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("It rains ", ".", ["It rains.", "cite", ""]),
        ("It rains ", ", and", ["It rains,", "cite", " and"]),
        ("It rains ", ": so", ["It rains", "cite", ": so"]),
        ("It rains ", " still.", ["It rains", "cite", " still."]),
    ],
)
def test_superscripts_stand_right_of_stops_and_commas(before, after, expected):
    inlines = (Text(before, span=SPAN), citation("a"), Text(after, span=SPAN))

    result = placed(inlines, PRESETS["superscript"])

    shown = ["cite" if isinstance(x, Citation) else x.text for x in result]
    assert shown == [x for x in expected if x]


def test_a_mark_written_behind_the_stop_has_no_blank_where_the_house_wants_it_there():
    inlines = (Text("It rains. ", span=SPAN), citation("a"), Text(" It snows.", span=SPAN))

    before, _, after = placed(inlines, PRESETS["vancouver"])

    assert (before.text, after.text) == ("It rains.", " It snows.")


def test_other_marks_stay_where_they_were_written_and_on_the_line_of_the_word_before():
    inlines = (Text("It rains ", span=SPAN), citation("a"), Text(".", span=SPAN))

    before, *rest = placed(inlines, PRESETS["separate"])

    assert before == Text("It rains\N{NO-BREAK SPACE}", span=SPAN)
    assert tuple(rest) == inlines[1:]

"""Ordinary text is not taken for what another program follows."""

import pytest
from test_spec import read

from pipeline.model import plain

QUIET = (
    "At 10:30:45, for a::b, std::string, C:/temp: and “x: y: z”, in a ratio of 2:1:1.",
    "C++ and A++ at 5 %% or 6%% and i++; ++ is good.",
    r"He said \[sic\] and \[emphasis added\], \(see below\) and \[1\]; 100 % {of} [x](https://e.org).",
    "See Smith (2021), (see 3) and {braces} and {a: b}.",
    "– a dash begins this line, and no other.",
    "Import duties from “China” were exported.",
    "They raised\nimport duties from “China” and others, and sold\nexport default insurance.",
    "The plan – which\n– as they say – is good, and\n– of course – long.",
    "Under our file (ref:2024-1), see (ref:CM12).",
    "1 + 2 +++ 3 and === and !!!",
    "| a | b |\n|---|---|\n| • one<br>• two | 2 |",
    "A • B • C · D",
    "`:smile:` `{++x++}` `{% x %}` ``a ` b`` `f''(x)` `x = ''` `r''`",
    "```\n{: .x}\n+++\n:::note\n```",
)


@pytest.mark.parametrize("text", QUIET, ids=map(str, range(len(QUIET))))
def test_ordinary_text_has_no_finding(text):
    _, found = read(f"---\ntitle: T\n---\n\n{text}\n")

    assert found == []


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("It^[a note\n\nin two paragraphs] rains.", "`^[`"),
        ("It rains <!-- for ever.", "`<!--`"),
        ("Rain\n: Water\n<!--\n: private\n-->", "`<!--`"),
        ("It rains.[^a note]", "`[^a note]`"),
        ("import Rain from './rain.js'", "`import Rain from './rain.js'`"),
        ("export default ({children}) => children", "`export default ({children}) => children`"),
        ("It brings:\n– rain\n– snow", "`–`"),
        ("Some ``rain'' falls.", "``rain"),
        ("Some ``rain'' and ``snow'' fall.", "`rain''`"),
        ("::: note: rain\nIt rains.\n:::", "`::: note: rain`"),
        ("It rains.\n\n:::", "`:::`"),
    ],
    ids=[
        "note",
        "comment",
        "definition",
        "label",
        "import",
        "export",
        "list",
        "quotes of LaTeX",
        "two of them",
        "part",
        "end-of-part",
    ],
)
def test_what_is_never_closed_or_cannot_be_read_is_named(text, shown):
    _, found = read(f"---\ntitle: T\n---\n\n{text}\n")

    assert any(shown in diagnostic.message for diagnostic in found)


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("%% draft %% It rains.", "It rains."),
        ("%%a%% It rains. %%b%%", "It rains."),
        ("{>>note<<} It rains.", "It rains."),
        ("%% draft\nIt rains.", "It rains."),
    ],
    ids=["blanks", "two", "critic", "line"],
)
def test_what_stands_beside_a_comment_is_printed(text, printed):
    numbered, _ = read(f"# T\n\n{text}\n")

    assert [plain(block.inlines) for block in numbered.brief.blocks] == [printed]


def test_raw_text_for_a_format_with_a_hyphen_is_left_out():
    numbered, found = read("# T\n\nIt `Str x`{=pandoc-native} rains.\n")

    assert [diagnostic.code for diagnostic in found] == ["unread-markup"]
    assert "pandoc-native" not in plain(numbered.brief.blocks[0].inlines)

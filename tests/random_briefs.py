"""Random briefs as Markdown, for property tests: citations wherever a citation can stand."""

import re

from hypothesis import strategies as st
from spec_library import KEYS

WORDS = st.lists(
    st.sampled_from(["rain", "Canada", "näive", "a<b", "R&D", "U.S.–Japan", "“so”", "2026", "水"]),
    min_size=1,
    max_size=6,
).map(" ".join)
LOCATORS = st.sampled_from(["", ", p. 4", ", pp. 3-5", ", ch. 2", ", sec. 3.1", ", 12"])
CITES = st.tuples(st.sampled_from(KEYS), LOCATORS).map(lambda cite: f"@{cite[0]}{cite[1]}")
GROUPS = st.lists(CITES, min_size=1, max_size=5).map(lambda cites: f"[{'; '.join(cites)}]")
PREFIXED = st.tuples(st.sampled_from(["see ", "e.g. "]), CITES).map(lambda p: f"[{p[0]}{p[1]}]")
NARRATIVE = st.tuples(st.sampled_from(KEYS), st.sampled_from(["", " [p. 9]"])).map(
    lambda p: f"@{p[0]}{p[1]}"
)
CITATIONS = GROUPS | PREFIXED | NARRATIVE
CROSS = st.sampled_from(
    ["[-@sec-first]", "[-@fig-first]", "@sec-first", "@fig-first", "@tbl-first", "@eq-first"]
)
DRESSED = WORDS.map(lambda w: f"*{w}*") | WORDS.map(lambda w: f"**{w}**")
PIECES = WORDS | CITATIONS | CROSS | DRESSED | st.tuples(DRESSED, GROUPS).map(" ".join)
LINES = st.lists(PIECES, min_size=1, max_size=6).map(" ".join).map(lambda line: f"So {line}.")
SHORT = st.tuples(WORDS, st.sampled_from(["", *(f" [@{key}]" for key in KEYS)])).map("".join)


@st.composite
def blocks(draw, number):
    kind = draw(
        st.sampled_from(
            ["paragraph"] * 4
            + [
                "heading",
                "unnumbered",
                "sub",
                "figure",
                "table",
                "grid table",
                "footnote",
                "list",
                "quote",
                "summary",
                "definition",
                "equation",
                "chart",
            ]
        )
    )
    line = draw(LINES)
    short = draw(SHORT)
    match kind:
        case "paragraph":
            return line
        case "heading":
            return f"## {short} {{#sec-{number}}}"
        case "unnumbered":
            return f"## {short} {{.unnumbered}}"
        case "sub":
            return f"## Above {number}\n\n### {short} {{#sec-{number}}}"
        case "figure":
            return f"![{short}](roof.png){{#fig-{number} alt='A roof'}}"
        case "table":
            return f"| A | B |\n|---|--:|\n| {short} | 2 |\n\n: {draw(SHORT)} {{#tbl-{number}}}"
        case "grid table":
            cells = [f"- {line}", f"- {draw(LINES)}", "", f"  1. {short}"]
            widths = [len(cell) + cell.count("水") for cell in cells]  # it is as wide as two
            rows = [
                f"| {cell}{' ' * (max(widths) - width)} |"
                for cell, width in zip(cells, widths, strict=True)
            ]
            rule = f"+{'-' * (max(widths) + 2)}+"
            head = f"| A{' ' * (max(widths) - 1)} |"
            return "\n".join([rule, head, rule.replace("-", "="), *rows, rule])
        case "footnote":
            call = f"[^n{number}]"
            table, term = f"| A |\n|---|\n| {short}{call} |", f"Term {number}{call}\n: {line}"
            within = f"{line} [see{call} @{KEYS[0]}]."
            called = draw(st.sampled_from([line + call, within, f"## {short}{call}", table, term]))
            return f"{called}\n\n{call}: {draw(LINES)}"
        case "list":
            return f"- {line}\n- {draw(LINES)}\n\n  1. {short}"
        case "quote":
            return f"> {line}"
        case "summary":
            return f"::: summary\n{line}\n:::"
        case "chart":
            return (
                f"```{{.chart #fig-{number} type=bar alt=Bars}}\ncaption: {short}\n\nA,B\nx,2\n```"
            )
        case "equation":
            formula = f"x_{number} \\le \\frac{{1}}{{2}}"
            return f"{line} With ${formula}$.\n\n$$\n{formula}\n$$ {{#eq-{number}}}"
        case "definition":
            return f"Term {number}\n: {line}"


@st.composite
def first_blocks(draw):
    """Return the targets of all cross-references."""
    return [
        "## First {#sec-first}",
        f"![{draw(SHORT)}](chart.svg){{#fig-first alt='A chart'}}",
        f"| A | B |\n|---|---|\n| {draw(SHORT)} | x |\n\n: {draw(SHORT)} {{#tbl-first}}",
        "$$a^2 + b^2 = c^2$$ {#eq-first}",
    ]


@st.composite
def heads(draw):
    marks = draw(
        st.sampled_from(
            ["separate", "ieee", "ieee-ranges", "elsevier", "vancouver", "ukhsa", "superscript"]
        )
    )
    paper = draw(st.sampled_from(["a4", "letter"]))
    columns = draw(st.sampled_from([1, 1, 2]))
    title = draw(st.sampled_from(["Rain", "Rain [@lee2019] on roofs"]))
    return (
        f"---\ntitle: {title}\nlang: en-GB\nmarks: {marks}\npaper: {paper}\ncolumns: {columns}\n---"
    )


@st.composite
def briefs(draw):
    """Return the Markdown of one brief that resolves, with every cross-reference's target."""
    first = draw(first_blocks())
    count = draw(st.integers(1, 8))
    body = [draw(blocks(number)) for number in range(count)]
    place = draw(st.integers(0, count))
    return "\n\n".join([draw(heads()), *body[:place], *first, *body[place:]]) + "\n"


@st.composite
def editions(draw):
    """Return the Markdown of two editions of one brief."""
    listed = f"- {draw(LINES)}\n- It rained.\n\n  1. {draw(SHORT)}"
    old = [
        *draw(first_blocks()),
        listed,
        *(draw(blocks(number)) for number in range(draw(st.integers(1, 7)))),
    ]
    new = list(old)
    for number in range(draw(st.integers(1, 4))):
        place = draw(st.integers(0, len(new) - 1))
        match draw(
            st.sampled_from(["delete", "insert", "move", "word", "word", "cite", "cite", "item"])
        ):
            case "delete" if not re.search(r"\{#\w+-first", new[place]):
                del new[place]
            case "move":
                new.insert(draw(st.integers(0, len(new) - 1)), new.pop(place))
            case "word":
                new[place] = new[place].replace(
                    "rain", draw(st.sampled_from(["snow", "ice *and* hail"]))
                )
            case "item":
                place = next(i for i, block in enumerate(new) if block.startswith(("- ", "| A |")))
                rows = new[place].split("\n")
                item = f"| {draw(SHORT)} | y |" if rows[0].startswith("|") else f"- {draw(LINES)}"
                rows.insert(2 if rows[0].startswith("|") else draw(st.integers(0, 1)), item)
                new[place] = "\n".join(rows)
            case "cite":
                new[place] = new[place].replace(
                    f"@{draw(st.sampled_from(KEYS))}", f"@{draw(st.sampled_from(KEYS))}"
                )
            case _:
                new.insert(place, draw(blocks(100 + number)))
    if draw(st.booleans()):
        old, new = new, old
    head = draw(heads())
    return tuple("\n\n".join([head, *body]) + "\n" for body in (old, new))

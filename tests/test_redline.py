"""What the redline of two editions says: examples, and laws that hold for every pair."""

import pdf_judge
import pytest
import tinyhtml5
from hypothesis import HealthCheck, Phase, given, settings
from msgspec.structs import replace
from random_briefs import editions
from spec_library import REFERENCES
from test_pdf_laws import failures, pdf_of
from test_properties import STYLES, numbered_brief

from pipeline.diagnostics import Severity
from pipeline.model import (
    UNDATED,
    Citation,
    CrossReference,
    Deleted,
    DeletedBlocks,
    Inserted,
    InsertedBlocks,
    ListItem,
    Node,
    Table,
    Text,
)
from pipeline.redline import redline
from pipeline.verify import judge, read_file_content
from pipeline.writers.html import write_html

some = settings(
    deadline=None,
    suppress_health_check=list(HealthCheck),
    derandomize=True,
    max_examples=80,
    phases=(Phase.explicit, Phase.generate),
)
OF = {Inserted: "new", InsertedBlocks: "new", Deleted: "old", DeletedBlocks: "old"}
NAMES = ("anchor", "alignments", "start", "tight", "changes", "source", "span", "numbered", "moved")


def compared(old, new):
    """Return the redline of two editions, each Markdown."""
    return redline(numbered_brief(old), numbered_brief(new), "Ann", UNDATED)


def spoken(value, edition, path=()):
    """Yield what a tree says in one of its two editions, character by character.

    It knows nothing of how they are compared: no numbers, but everything else.
    """
    if isinstance(value, tuple):
        for item in value:
            yield from spoken(item, edition, path)
        return
    match value:
        case Text(text=text):
            yield from ((path, character) for character in text)
        case Inserted(inlines=inner) | Deleted(inlines=inner):
            if OF[type(value)] == edition:
                yield from spoken(inner, edition, path)
        case InsertedBlocks(blocks=inner) | DeletedBlocks(blocks=inner):
            if OF[type(value)] == edition:
                yield from spoken(inner, edition, path)
        case ListItem(blocks=(InsertedBlocks() | DeletedBlocks() as only,)):
            if OF[type(only)] == edition:
                yield from spoken(replace(value, blocks=only.blocks), edition, path)
        case Citation(cites=cites):
            for cite in cites:
                yield path, cite.key, cite.locator
                yield from spoken((*cite.prefix, *cite.suffix), edition, path)
        case CrossReference(anchor=anchor):
            yield path, str(anchor)
        case Node():
            inner = (*path, type(value).__name__)
            for name in value.__struct_fields__:
                held = getattr(value, name)
                if isinstance(value, Table) and name == "rows" and value.changes:
                    other = "deleted" if edition == "new" else "inserted"
                    rows = zip(held, value.changes, strict=True)
                    held = tuple(row for row, change in rows if change != other)
                if name not in NAMES:
                    yield from spoken(held, edition, inner)
        case _:
            yield path, value


@some
@given(editions())
def test_a_redline_is_both_editions(pair):
    found = compared(*pair)
    older = found.redline.older.brief

    assert list(spoken(found.brief.blocks, "new")) == list(
        spoken(numbered_brief(pair[1]).brief.blocks, "new")
    )
    assert list(spoken(found.brief.blocks, "old")) == list(spoken(older.blocks, "old"))


HEAD = "---\ntitle: Rain\nlang: en-GB\nmarks: separate\nchecked-on: 2026-01-28\n---\n\n"
LONG = "Rain falls on every roof of the town, and nobody has counted the drops."
# Two editions, the summary, and what the page marks: "-" before what was deleted, "+" inserted.
EXAMPLES = {
    "a word": ("It rains often.", "It rains seldom.", "1 sentence changed", ["-often", "+seldom"]),
    "another source behind the same number": (
        "It rains [@lee2019].",
        "It rains [@smith2021].",
        "1 sentence changed, 1 source added, 1 source removed",
        [
            "-[1]",
            "+[1]",
            "+A. Smith, ‘Rain on Roofs’, Journal of Rain, vol. 4, pp. 12–19, 2021",
            "-[1]",
            "-B. Lee, Water in Canada & Japan. North Press, 2019",
        ],
    ),
    "a locator": (
        "It rains [@lee2019, p. 4].",
        "It rains [@lee2019, p. 5].",
        "1 sentence changed",
        ["-[1, p. 4]", "+[1, p. 5]"],
    ),
    "a new first source renumbers the others": (
        "It rains.\n\nIt pours [@lee2019].",
        "It rains [@smith2021].\n\nIt pours [@lee2019].",
        "1 sentence changed, 1 source added",
        ["+[1]", "+A. Smith, ‘Rain on Roofs’, Journal of Rain, vol. 4, pp. 12–19, 2021"],
    ),
    "formatting": (
        "It rains often.",
        "It *rains* often.",
        "1 sentence changed",
        ["-rains", "+rains"],
    ),
    "a sentence": ("It rains.", "It rains. It pours.", "1 sentence added", ["+It pours."]),
    "a paragraph": ("It rains.\n\nIt pours.", "It rains.", "1 sentence removed", ["-It pours."]),
    "a moved paragraph": (
        f"{LONG}\n\nIt rains. {LONG}\n\nIt pours.",
        f"It rains. {LONG}\n\n{LONG}\n\nIt pours.",
        "1 passage moved",
        [f"-{LONG}", f"+{LONG}"],
    ),
    "a heading": (
        "## Old rain\n\nIt rains.",
        "## New rain\n\nIt rains.",
        "1 heading changed",
        ["-Old", "+New"],
    ),
    "an item of a list": (
        "1. Rain\n2. Snow",
        "1. Rain\n2. Hail\n3. Snow",
        "1 sentence added",
        ["+Hail"],
    ),
    "a row of a table, and a cell": (
        "| A | B |\n|---|---|\n| Oslo | 7 |\n| Ely | 3 |",
        "| A | B |\n|---|---|\n| Oslo | 8 |\n| Rome | 1 |\n| Ely | 3 |",
        "1 table cell changed, 1 table row added",
        ["-7", "+8", "+Rome", "+1"],
    ),
    "a caption": (
        "![Old](roof.png){#fig-a alt=Roof}",
        "![New](roof.png){#fig-a alt=Roof}",
        "1 sentence changed",
        ["-Old", "+New"],
    ),
    "a picture": (
        "![Roof](roof.png){#fig-a alt=Roof}",
        "![Roof](chart.svg){#fig-a alt=Roof}",
        "1 figure corrected",
        ["-Figure 1. Roof", "+Figure 1. Roof"],
    ),
    "an alternative text": (
        "![Roof](roof.png){#fig-a alt=Roof}",
        "![A roof](roof.png){#fig-a alt='A red roof'}",
        "1 sentence and 1 alternative text changed",
        ["-Roof", "+A roof"],
    ),
    "a formula": ("$$a$$ {#eq-a}", "$$b$$ {#eq-a}", "1 formula changed", ["-a(1)", "+b(1)"]),
    "the text of a footnote": (
        "Rain.[^a]\n\n[^a]: It pours.",
        "Rain.[^a]\n\n[^a]: It drips.",
        "1 sentence changed",
        ["-pours", "+drips"],
    ),
    "a footnote": (
        "Rain falls.",
        "Rain falls.[^a]\n\n[^a]: It drips.",
        "1 footnote added",
        ["+1", "+It drips. ↩"],
    ),
    "a part": (
        "::: summary\nIt rains.\n:::",
        "::: summary\nIt pours.\n:::",
        "1 sentence changed",
        ["-rains", "+pours"],
    ),
    "nothing": ("It rains.", "It rains.", "", []),
    "how it is written": ("It\nrains *often*.", "It rains _often_.", "", []),
    "the name of an anchor": ("## Rain {#sec-a}\n\nX", "## Rain {#sec-b}\n\nX", "", []),
    "where a list starts": ("3. Rain", "4. Rain", "", []),
}


def marked(page):
    """Return what a page shows as inserted and deleted, in order."""
    root = tinyhtml5.parse(page, namespace_html_elements=False)
    found = []
    for legend in root.findall(".//p[@class='legend']"):
        legend.clear()
    for element in root.find("body").iter():
        role = {"insertion": "+", "deletion": "-"}.get(element.get("role"))
        if sign := {"ins": "+", "del": "-"}.get(element.tag, role):
            for label in element.findall("p[@class='change-label']"):
                label.text = ""
            words = " ".join("".join(element.itertext()).split())
            found.append(sign + words.removesuffix(".") if len(words) > 40 else sign + words)
    return found


@pytest.mark.parametrize("name", EXAMPLES)
def test_what_is_shown(name):
    old, new, summary, shown = EXAMPLES[name]
    found = compared(HEAD + old, HEAD + new)

    assert found.redline.summary == summary
    wanted = [mark.removesuffix(".") if len(mark) > 41 else mark for mark in shown]
    assert marked(write_html(found, STYLES).decode()) == wanted


def test_other_marks_change_nothing():
    old, new = (HEAD.replace("separate", marks) for marks in ("ieee", "elsevier"))
    text = "It rains [@lee2019; @smith2021]. It pours [@smith2021]."

    assert compared(old + text, new + text).redline.summary == ""


def test_facts_of_the_title_block():
    old = HEAD.replace("lang:", "edition: 1\nauthors: [Ann Lee, Bo Kim]\nlicence: CC BY\nlang:")
    new = (
        old.replace("edition: 1", "edition: 2")
        .replace(", Bo Kim", "")
        .replace("2026-01", "2026-02")
    )
    found = compared(f"{old}X", f"{new}X")

    assert found.redline.summary == "3 lines of the title block changed"
    assert marked(write_html(found, STYLES).decode()) == [
        "-Ann Lee; Bo Kim", "+Ann Lee",
        "-Checked on 28 January 2026", "+Checked on 28 February 2026",
        "-Edition 1", "+Edition 2",
    ]  # fmt: skip


def test_the_summary_is_in_the_language_of_the_brief():
    head = HEAD.replace("en-GB", "de")

    assert compared(f"{head}Es regnet.", f"{head}Es schneit.").redline.summary == "geändert: 1 Satz"


def test_a_long_brief_whose_sources_are_renumbered_shows_one_change():
    keys = [reference.key for reference in REFERENCES]
    body = "\n\n".join(f"Paragraph {n} of it [@{key}]." for n, key in enumerate(keys[1:]))
    found = compared(f"{HEAD}First.\n\n{body}", f"{HEAD}First [@{keys[0]}].\n\n{body}")

    assert found.redline.summary == "1 sentence changed, 1 source added"


def test_the_pdf_is_accessible():
    old = HEAD + "It rains [@lee2019].\n\n- Rain\n- Snow[^n]\n\n| A |\n|---|\n| 1 |\n\n[^n]: Ice."
    new = HEAD + "It pours [@smith2021].\n\n- Snow\n\n| A |\n|---|\n| 1 |\n| 2 |\n\n## More\n\nX."

    content = pdf_of(compared(old, new))
    found = [each for each in pdf_judge.findings(content) if "older-fn-n" not in each]

    assert failures(content) == []
    assert found == []  # a deleted call leads nowhere, so that the judge does not find its note


def test_no_text_of_an_entry_is_hidden():
    found = compared(f"{HEAD}It rains [@lee2019].", f"{HEAD}It rains [@smith2021].")
    verdict = judge(read_file_content(write_html(found, STYLES), ".html"), "page.html")

    assert [d.message for d in verdict.diagnostics if d.severity is Severity.ERROR] == []

"""What holds for every brief."""

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from msgspec.structs import replace
from proved import wrong
from random_briefs import briefs
from spec_library import LIBRARY, files_of

from pipeline.build.proof import read_back
from pipeline.diagnostics import has_errors
from pipeline.marks import PRESETS
from pipeline.project.loading import completed
from pipeline.project.stages import prepare
from pipeline.readers.markdown import read_markdown
from pipeline.styles import load_styles
from pipeline.writers import WRITERS

STYLES, _ = load_styles(None)
# Without shrinking: a PDF takes half a second, and the first brief that breaks a law says enough.
some = settings(
    deadline=None,
    suppress_health_check=list(HealthCheck),
    derandomize=True,
    phases=(Phase.explicit, Phase.generate),
)


def numbered_brief(text):
    brief, found = read_markdown(text, "random.md", files_of, "en-GB")
    brief = replace(brief, front=completed(brief.front, STYLES.house))
    numbered, wrong = prepare(brief, LIBRARY, PRESETS[brief.front.marks])
    assert not has_errors([*found, *wrong]), [*found, *wrong]
    return numbered


@pytest.mark.parametrize(("format", "examples"), [("html", 75), ("docx", 50)])
def test_the_numbers_in_every_output_are_those_of_the_table(format, examples):
    """Those in a PDF: test_pdf_laws.py."""

    @settings(some, max_examples=examples)
    @given(briefs())
    def law(text):
        numbered = numbered_brief(text)
        printed = read_back(WRITERS[format](numbered, STYLES), format)
        found = wrong(numbered, printed, format)
        assert found == []

    law()


@settings(some, max_examples=75)
@given(briefs())
def test_references_are_numbered_from_1_in_the_order_of_first_citation(text):
    numbered = numbered_brief(text)

    order = [numbered.numbers[reference.anchor] for reference in numbered.bibliography]

    assert order == [str(n) for n in range(1, len(order) + 1)]


@settings(some, max_examples=50)
@given(briefs())
def test_reading_is_deterministic(text):
    assert numbered_brief(text) == numbered_brief(text)


def test_numbers_are_read_back_from_the_column_they_stand_in():
    prose = "Some words of prose that fill a line or two of a column, and then some more. " * 3
    sections = [f"## Section {n} {{#sec-{n}}}\n\n{prose}[@smith2021; @lee2019]" for n in range(12)]
    chart = "```{.chart #fig-a type=bar alt=Bars}\ncaption: Bars\n\nA,B\nx,2\n```"
    head = "---\ntitle: A\nlang: en-GB\ncolumns: 2\n---"
    numbered = numbered_brief("\n\n".join([head, *sections[:7], chart, *sections[7:]]))
    printed = read_back(WRITERS["pdf"](numbered, STYLES), "pdf")
    assert wrong(numbered, printed, "pdf") == []

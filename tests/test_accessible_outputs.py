"""Presets, editions and languages: validators and our own checks find nothing in any output."""

import pdf_judge
import pytest
from language_samples import sample
from rich_brief import rich
from test_languages import loaded
from test_pdf_laws import failures

from pipeline.accessibility import examine
from pipeline.accessibility.conformance import FORMATS
from pipeline.charts import size_in_print
from pipeline.charts.canvas import FONT_SIZE
from pipeline.cover import has_cover
from pipeline.model import EDITIONS, PDF_STANDARDS
from pipeline.project import load_project
from pipeline.styles import PRESET_NAMES, in_edition, load_styles, preset_folder, specimen
from pipeline.writers import write
from pipeline.writers.pdf.print_page import PrintPage
from pipeline.writers.pdf.print_styles import column_width

# Scripts of their own; test_pdf_laws has Arabic and Japanese, test_languages builds all languages.
LANGUAGES = ("fa", "he", "hi", "ko", "ru", "zh")
LEAST = 7  # points of the lettering of charts in print


def faults(numbered, styles):
    """Return what any judge finds in the outputs of a brief."""
    found = []
    for format in FORMATS:
        content = write(format, numbered, styles)[0]
        checks = examine((f"a.{format}", content)).checks
        found += [f"{name}: {f}" for name, check in checks.items() for f in check.faults]
        if format == "pdf":
            found += [*failures(content), *pdf_judge.findings(content)]
    if has_cover(styles.house):  # it has no footer, and the page after it the masthead
        found = [fault for fault in found if not fault.startswith("artifacts: page")]
    return found


@pytest.mark.parametrize("name", PRESET_NAMES)
def test_nothing_is_found_in_the_specimen_of_a_preset(name):
    project = load_project([specimen()], styles=preset_folder(name))

    assert faults(project.briefs[0].numbered, project.styles) == []


@pytest.mark.parametrize("lang", LANGUAGES)
def test_nothing_is_found_in_a_brief_in_each_script(tmp_path, lang):
    numbered, styles = loaded(tmp_path, *sample(lang))

    assert faults(numbered, styles) == []


@pytest.mark.parametrize("edition", ["", *EDITIONS])
@pytest.mark.parametrize("name", ["default", *PRESET_NAMES])
def test_the_lettering_of_charts_is_7_points_or_more_in_print(name, edition):
    styles = load_styles(None if name == "default" else preset_folder(name))[0]
    house = in_edition(styles, edition).house
    for paper in house.page:
        for columns in (1, 2):
            numbered = rich(paper=paper, columns=columns, lang=house.lang)
            points = column_width(PrintPage(numbered, house))
            assert FONT_SIZE * points / size_in_print(points, columns)[0] >= LEAST


@pytest.mark.parametrize("standard", PDF_STANDARDS)
def test_emphasis_and_entries_have_tags_of_their_own(standard):
    numbered = rich(pdf_standard=standard)
    content = write("pdf", numbered, load_styles(None)[0])[0]
    tagged = pdf_judge.Tagged(content)

    assert [tagged.read(e) for e in tagged.of_tag("Em", "Strong")] == ["strong", "emphasis"]
    assert len(tagged.of_tag("BibEntry")) == len(numbered.bibliography)
    assert ("/RoleMap" in tagged.root) == (standard == "ua1-a3a")  # PDF 1.7 has no `Em`
    assert pdf_judge.findings(content) == []

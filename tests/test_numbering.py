"""The one place that counts."""

from spec_library import LIBRARY, files_of

from pipeline.marks import PRESETS
from pipeline.model import Anchor
from pipeline.numbering import number
from pipeline.project.stages import prepare
from pipeline.readers.markdown import read_markdown


def numbered(text, lang="en-GB"):
    brief, _ = read_markdown(text, "brief.md", files_of, lang)
    return prepare(brief, LIBRARY)[0]


def references(text):
    return [reference.key for reference in numbered(text).bibliography]


def test_counting_leaves_the_tree_as_it_is():
    brief, _ = read_markdown('## "A"\n\nOne [@lee2019; @nobody].', "brief.md", files_of, "en-GB")
    found, diagnostics = number(brief, LIBRARY)

    assert (found.brief, diagnostics) == (brief, [])


def test_references_come_in_the_order_of_first_citation():
    assert references("B [@lee2019], a [@smith2021], b [@lee2019].") == ["lee2019", "smith2021"]


def test_a_footnote_counts_where_it_is_called():
    text = "One[^a], two [@smith2021].\n\n[^a]: Noted [@lee2019]."

    assert references(text) == ["lee2019", "smith2021"]


def test_a_footnote_called_twice_has_one_number():
    text = "One[^a], two[^b], one[^a].\n\n[^a]: A.\n\n[^b]: B."

    assert [v for k, v in numbered(text).numbers.items() if k.kind == "footnote"] == ["1", "2"]


def test_footnotes_are_lettered_where_marks_are_raised():
    text = "\n\n".join(f"N[^n{i}].\n\n[^n{i}]: Note." for i in range(28))
    brief, _ = read_markdown(text, "brief.md", files_of, "en-GB")
    found = prepare(brief, LIBRARY, PRESETS["superscript"])[0].numbers

    assert [found[Anchor("footnote", f"n{i}")] for i in (0, 25, 26, 27)] == ["a", "z", "aa", "bb"]


def test_the_title_counts_first():
    text = "---\ntitle: Rain [@ng2022]\n---\n\nOne [@lee2019]."

    assert references(text) == ["ng2022", "lee2019"]


def test_an_unknown_key_is_marked_and_takes_no_number():
    found = numbered("One [@nobody], two [@lee2019].")

    assert [found.numbers[Anchor("reference", key)] for key in ("nobody", "lee2019")] == ["?", "1"]


def test_nocite_lists_after_all_that_is_cited():
    text = '---\nnocite: "@*"\n---\n\nOne [@ng2022].'

    assert references(text)[0] == "ng2022"
    assert sorted(references(text)) == sorted(LIBRARY)


def test_an_unknown_key_of_nocite_is_said_beside_all():
    brief, _ = read_markdown(
        '---\nnocite: "@*, @nobody"\n---\n\nOne [@ng2022].', "brief.md", files_of, "en-GB"
    )
    _, diagnostics = prepare(brief, LIBRARY)

    assert [(found.code, found.span.column) for found in diagnostics] == [("unknown-citation", 15)]


def test_sections_are_numbered_by_level():
    text = "## A\n\n### B\n\n### C\n\n## D\n\n### E\n\ntext"

    assert list(numbered(text).numbers.values()) == ["1", "1.1", "1.2", "2", "2.1"]


def test_what_stands_below_an_unnumbered_heading_has_no_number():
    text = "## A\n\n## B {.unnumbered}\n\n### C\n\n## D\n\ntext"

    assert list(numbered(text).numbers.values()) == ["1", "2"]


def test_a_figure_without_a_caption_has_no_number():
    text = "![](roof.png){alt='A roof'}\n\n![Roof](roof.png){#fig-b}"

    assert numbered(text).numbers == {Anchor("figure", "b"): "1"}


def test_items_of_ordered_lists_are_numbered_from_what_is_written():
    text = "3. three\n9. four\n   1. one\n   - bullet\n5. five\n\nText\n\n1) one"
    found = numbered(text).numbers

    assert [found[Anchor("item", str(place))] for place in range(1, 6)] == ["3", "4", "1", "5", "1"]
    assert len(found) == 5


def test_a_reference_knows_where_it_is_cited_once_for_each_section():
    text = (
        "---\ntitle: Rain\n---\n\n::: summary\nS [@lee2019].\n:::\n\n"
        "## One\n\nA [@lee2019]. B [@lee2019].\n\n## End {.unnumbered}\n\nC [@lee2019]."
    )

    places = numbered(text).cited_at[Anchor("reference", "lee2019")]

    assert [place.label for place in places] == ["Executive summary", "Section 1", "End"]
    assert len({place.citation for place in places}) == 3


def test_a_heading_without_words_leaves_the_name_of_the_section():
    text = "## One\n\n## ![](roof.png) {.unnumbered}\n\nA [@lee2019]."
    (place,) = numbered(text).cited_at[Anchor("reference", "lee2019")]

    assert place.label == "Section 1"


def test_a_long_heading_is_called_by_what_stands_before_its_colon():
    text = (
        "## Annex: the rain of ten years {-}\n\nA [@lee2019].\n\n"
        "## Annex: the sun of ten years {-}\n\nB [@lee2019].\n\n"
        "## Why: a note {-}\n\nC [@lee2019].\n\n## The rain of 10:30 o’clock {-}\n\nD [@lee2019]."
    )
    long = "The rain of 10:30 o’clock"
    places = numbered(text).cited_at[Anchor("reference", "lee2019")]

    assert [place.label for place in places] == ["Annex", "Annex", "Why: a note", long]
    assert len({place.citation for place in places}) == 4


def test_a_skipped_level_is_closed_up_before_it_is_counted():
    text = "## A\n\n#### B\n\n### C\n\n## D\n\ntext"

    assert list(numbered(text).numbers.values()) == ["1", "1.1", "1.2", "2"]

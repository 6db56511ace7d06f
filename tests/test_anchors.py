"""Anchors are values; their identifiers are made and read in one place."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.model import PREFIXES, Anchor, Heading
from pipeline.readers.markdown import no_files, read_markdown
from pipeline.readers.markdown.anchors import label_anchor, written_anchor


@pytest.mark.parametrize(
    ("identifier", "kind", "name"),
    [
        ("sec-the-cost", "section", "the-cost"),
        ("fig-lng", "figure", "lng"),
        ("tbl-rain", "table", "rain"),
        ("eq-x", "equation", "x"),
        ("ref-smith2021", "reference", "smith2021"),
        ("ref-sec-x", "reference", "sec-x"),
        ("cite-7", "citation", "7"),
        ("fn-note-1", "footnote", "note-1"),
        ("call-fn-note-1", "call", "note-1"),
        ("call-me", "other", "call-me"),
        ("li-3", "item", "3"),
        ("conclusion", "other", "conclusion"),
        ("section-2", "other", "section-2"),
        ("", "other", ""),
    ],
)
def test_an_identifier_is_a_prefix_and_a_name(identifier, kind, name):
    assert Anchor.parse(identifier) == Anchor(kind, name)
    assert str(Anchor(kind, name)) == identifier


@given(
    st.one_of(st.text(), st.tuples(st.sampled_from([*PREFIXES.values()]), st.text()).map("".join))
)
def test_every_text_is_the_identifier_of_one_anchor(text):
    assert str(Anchor.parse(text)) == text


def test_a_footnote_knows_where_it_is_called():
    assert Anchor.parse("fn-a").call == Anchor.parse("call-fn-a")


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("fig-x", "fig-x"),
        ("fig:x", "fig-x"),
        ("fig:", "fig:"),
        ("see:x", "see:x"),
        ("ref:x", "ref:x"),
    ],
)
def test_a_colon_after_the_prefix_of_what_can_be_referred_to_is_a_dash(written, meant):
    assert written_anchor(written) == Anchor.parse(meant)


@pytest.mark.parametrize(
    ("label", "meant"),
    [("tab:x", "tbl-x"), ("eqn:a b", "eq-a-b"), ("fig:x", "fig-x"), ("tab:", "tab:"), ("x", "x")],
)
def test_labels_of_latex_have_prefixes_of_their_own(label, meant):
    assert label_anchor(label) == Anchor.parse(meant)


@pytest.mark.parametrize(
    ("written", "borne", "codes"),
    [
        ("end", "end", []),
        ("sec-x", "sec-x", []),
        ("fig-x", "sec-fig-x", ["bad-anchor"]),
        ("ref-x", "x-ref-x", ["duplicate-anchor"]),
        ("li-1", "x-li-1", ["duplicate-anchor"]),
    ],
)
def test_a_heading_bears_the_anchor_of_a_section_or_a_free_one(written, borne, codes):
    brief, found = read_markdown(f"## A {{#{written}}}\n\nText", "t.md", no_files)
    (heading,) = [block for block in brief.blocks if isinstance(block, Heading)]

    assert str(heading.anchor) == borne
    assert [diagnostic.code for diagnostic in found] == codes

"""Anchors are values; their identifiers are made and read in one place."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.model import PREFIXES, Anchor


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

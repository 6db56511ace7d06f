"""The small tree of XML: whatever text it holds, a parser reads the same text back."""

from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from pipeline.xml import Element, element, legal, serialised, walk

TEXT = st.text().filter(lambda text: legal(text) == text)


@given(TEXT, TEXT)
def test_what_is_written_is_read_back(text, value):
    read = etree.fromstring(serialised(element("a", text, element("b"), value, c=value)).encode())

    assert (read.text or "", read[0].tail or "", read.get("c")) == (text, value, value)


@given(st.text(st.characters()))
def test_what_xml_forbids_is_a_sign_that_something_was_there(text):
    read = etree.fromstring(serialised(element("a", text, b=text)).encode())

    assert (read.text or "") == read.get("b") == legal(text)
    assert len(legal(text)) == len(text)


def test_what_is_none_is_left_out_and_numbers_are_text():
    assert serialised(element("a", None, b=None, c=1)) == '<a c="1"/>'


def test_elements_are_walked_in_the_order_of_the_document():
    tree = element("a", element("b", element("c")), "text", element("d"))

    assert [found.tag for found in walk(tree)] == ["a", "b", "c", "d"]
    assert tree.children[2] == Element("d")

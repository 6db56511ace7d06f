"""Laws of reading .bib files: nothing makes it fail, and no broken entry costs a whole one."""

import re

from bibtex_values import values_of
from hypothesis import given, settings
from hypothesis import strategies as st
from spans import cut

from pipeline.readers.bibtex import read_bibtex
from pipeline.readers.bibtex.inside import inside, parsed
from pipeline.readers.bibtex.latex import read_plain
from pipeline.readers.bibtex.source import BibSource


def read(text):
    return read_bibtex([(text.encode(), "1.bib")])


BROKEN = st.sampled_from(
    [
        "@article{lost, title = {A {B}, year = 1}",
        '@article{lost, title = "A, year = 1}',
        "@article{lost title = {A}",
        "@article{, title = {A}}",
        "@article{lost, title = {A}}}",
        "@article(lost, title = {A}",
        "@string{x = {",
        "@comment{left open\n}",
        '@preamble{"',
        "% @book{lost, title = {A}}",
        "}}}}",
        "@misc{lost, note = {\n@foo{bar}}}",
        "@misc{lost,,, a b c = = {x} y}",
        "@misc{lost, title = {A} # # undefined # }",
    ]
)
TITLES = st.text(st.characters(categories=["L", "N"]), min_size=1, max_size=12)


@given(st.lists(st.one_of(BROKEN, TITLES.map(lambda title: ("whole", title))), max_size=12))
@settings(max_examples=300, deadline=None)
def test_every_whole_entry_among_broken_ones_arrives(parts):
    lines, titles = [], {}
    for number, part in enumerate(parts):
        if isinstance(part, str):
            lines.append(part)
        else:
            titles[f"whole{number}"] = part[1]
            lines.append(f"@book{{whole{number},\n  title = {{{part[1]}}},\n  year = 2020\n}}")
    library, _ = read("\n".join(lines))

    assert {key: library[key].title for key in library if key in titles} == {
        key: read_plain(title) for key, title in titles.items()
    }


SIGNS = list("@{}()\"#,=%\\$^_~'`-;:/ \n\t\0aZé0²")
WORDS = (
    "@book{a,|title| = {|author| and |date|crossref|\\emph{|\\'|\\frac|$x^2$|@string{|url|year = "
)
PIECES = st.sampled_from([*SIGNS, *WORDS.split("|"), "\r\n"])


@given(st.lists(PIECES, max_size=60).map("".join))
@settings(max_examples=800, deadline=None)
def test_no_text_makes_the_reader_fail(text):
    library, _ = read(text)
    normal = text.replace("\r\n", "\n").replace("\0", "")
    for key in library:
        assert library[key].key == key
        library.diagnostics(key)
        assert cut(normal, library[key].span) == key
        for name, field in library[key].written.items():
            assert cut(normal, field.name_span).lower() == name
            assert re.match(r"\s*=", cut(normal, field.span)[len(name) :])


@given(
    st.dictionaries(
        st.sampled_from(["author", "title", "date", "year", "month", "pages", "url", "doi"]),
        st.lists(PIECES, max_size=20).map("".join),
        max_size=6,
    )
)
@settings(max_examples=500, deadline=None)
def test_no_value_makes_the_reader_fail(fields):
    text = ", ".join(f"{name} = {{{value}}}" for name, value in fields.items())
    library, _ = read(f"@article{{key, {text}}}")
    for key in library:
        values_of(library[key])


@given(st.binary(max_size=200))
@settings(max_examples=300, deadline=None)
def test_no_bytes_make_the_reader_fail(content):
    read_bibtex([(b"@book{a, title = {" + content + b"}}\n" + content, "1.bib")])


VALUES = ("{A {B {C}} d}", '"a, b"', "2021", "mar", "{x = y}", "{\\'e \\& z}", "{a\n  b}", "{}")
FIELDS = st.builds("{} = {},".format, st.sampled_from(["title", "Year", "x-y", "ids"]),
                   st.sampled_from(VALUES))  # fmt: skip


@given(st.lists(st.one_of(FIELDS, FIELDS, FIELDS, PIECES), max_size=6).map(" ".join))
@settings(max_examples=800, deadline=None)
def test_what_is_read_later_is_read_as_it_would_be_now(text):
    source = BibSource("1.bib", f"{{key, {text}}}")
    later = inside(source, 0, len(source.text))

    if later is not None:
        now = parsed(source.text, 0, len(source.text))
        assert now is not None
        assert (later.key, later.key_offset, later.end) == (now.key, now.key_offset, now.end)
        assert dict(later.fields) == now.fields
        assert all(name in later.fields for name in now.fields)


def test_bibtexparser_reads_what_is_asked_for_and_nothing_else(monkeypatch):
    read_now = []
    monkeypatch.setattr(
        "pipeline.readers.bibtex.inside.parsed",
        lambda text, start, end: read_now.append(text[start:end]) or parsed(text, start, end),
    )
    library, diagnostics = read(
        "@string{used = {A}}\n@string{unused = {B}}\n"
        "@book{a, title = {A}, year = 2020}\n@book{b, title = {B}, publisher = used}\n"
        "@book{c, title = {It is unused, mar = x}, month = mar, note = {x = used}}"
    )

    assert [found.message for found in diagnostics] == ["no entry uses the @string `unused`"]
    assert not any("{a," in text for text in read_now)
    assert library["a"].title == read_plain("A")
    assert sum("{a," in text for text in read_now) == 1

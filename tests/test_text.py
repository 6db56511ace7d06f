"""One rule for characters, addresses and DOIs, whoever asks."""

import pytest

from pipeline.readers.bibtex import read_bibtex
from pipeline.readers.markdown import read_markdown
from pipeline.text import doi_address, link_target, scheme

CONTROL = [
    *("\x00", "\x1b", "\x7f", "\x9b", "\u202a", "\u202e", "\u2066", "\u2069"),
    *("\ufeff", "\ufdd0", "\uffff"),
]
KEPT = ["\u200e", "\u200d", "\u00ad", "\U0001f600", "\u05d0"]


def both(character):
    """Return what Markdown and BibTeX make of a character, each with the codes of its findings."""
    brief, found = read_markdown(f"a{character}b", "t.md")
    yield brief.blocks[0].inlines[0].text, [d.code for d in found]
    entry = f"@book{{k, title = {{a{character}b}}}}"
    library, found = read_bibtex([(entry.encode(), "t.bib")])
    yield library["k"].title, [d.code for d in found]


@pytest.mark.parametrize("character", CONTROL, ids=lambda c: f"U+{ord(c):04X}")
def test_markdown_and_bibtex_leave_out_the_same_characters_and_say_so(character):
    assert list(both(character)) == [("ab", ["control-character"])] * 2


def test_a_control_character_written_as_an_entity_is_left_out_too():
    brief, found = read_markdown("a&#8238;b ![c&#8238;d](r.png)", "t.md")

    assert "\\u202e" not in repr(brief.blocks)
    assert [d.span.column for d in found if d.code == "control-character"] == [2]


@pytest.mark.parametrize("character", KEPT, ids=lambda c: f"U+{ord(c):04X}")
def test_markdown_and_bibtex_keep_what_text_may_hold(character):
    assert list(both(character)) == [(f"a{character}b", [])] * 2


@pytest.mark.parametrize(
    ("address", "target"),
    [
        ("https://a.org/x", "https://a.org/x"),
        ("HTTP://a.org", "HTTP://a.org"),
        (" http://a.org ", "http://a.org"),
        ("www.a.org/x", "https://www.a.org/x"),
        ("WWW.A.org", "https://WWW.A.org"),
        ("mailto:a@b.org", "mailto:a@b.org"),
        ("https://a.org/?b=<2>", "https://a.org/?b=%3C2%3E"),
        ("ftp://a.org/x", "ftp://a.org/x"),
        *((unsafe, "") for unsafe in ("javascript:x", "data:text/html,x", "file:///x", "jar:x")),
        *((no_page, "") for no_page in ("tel:1", "a.org", "https://", "ftp:", "mailto:", "#a", "")),
        *((malformed, "") for malformed in ("http://a b", "http://[", "http:a")),
    ],
)
def test_a_link_leads_to_a_page_on_the_web_or_an_e_mail_address(address, target):
    assert link_target(address) == target


@pytest.mark.parametrize(
    "written", ["javascript:x", "JavaScript:x", "java\nscript:x", "\x01java%0ascript\u200b:x"]
)
def test_a_scheme_is_seen_as_browsers_see_it(written):
    assert scheme(written) == "javascript"


@pytest.mark.parametrize("address", ["ftp://a.org/x", "http://a.org/x", "www.a.org"])
def test_markdown_and_bibtex_link_to_the_same_addresses(address):
    brief, found = read_markdown(f"[a]({address})", "t.md")
    library, _ = read_bibtex([(f"@online{{k, title={{A}}, url={{{address}}}}}".encode(), "t.bib")])

    assert not found + library.diagnostics("k")
    assert {brief.blocks[0].inlines[0].href, library["k"].fields["URL"][0].href} == {
        link_target(address)
    }


@pytest.mark.parametrize("address", ["jar:http://x.org", "about:blank", "blob:x", "vbscript:x"])
def test_markdown_and_bibtex_refuse_the_same_addresses(address):
    _, found = read_markdown(f"[a]({address})", "t.md")
    library, _ = read_bibtex([(f"@online{{k, title={{A}}, url={{{address}}}}}".encode(), "t.bib")])

    assert [d.code for d in found] == ["unsafe-link"]
    assert [d.code for d in library.diagnostics("k")] == ["unsafe-link"]


@pytest.mark.parametrize(
    ("doi", "address"),
    [
        ("10.1000/a_b", "https://doi.org/10.1000/a_b"),
        ('10.1000/"<x>', "https://doi.org/10.1000/%22%3Cx%3E"),
        ("https://dx.doi.org/10.1000/a", "https://doi.org/10.1000/a"),
        ("10/gf29tr", "https://doi.org/10/gf29tr"),
        ("10.1/x", ""),
        ("10.1000/a b", ""),
        ("forthcoming", ""),
    ],
)
def test_only_a_doi_has_the_address_of_one(doi, address):
    assert doi_address(doi) == address

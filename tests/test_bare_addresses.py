"""`https://…` in running text is a link; no output has a link inside a link."""

import re
import zipfile
from io import BytesIO

import pytest
from spec_library import LIBRARY, files_of
from test_properties import STYLES

from pipeline.model import Link, plain, walk
from pipeline.project.stages import prepare
from pipeline.readers.markdown import read_markdown
from pipeline.writers import WRITERS


def links(text):
    brief, _ = read_markdown(text, "a.md", files_of, "en-GB")
    return [node for node in walk(brief) if isinstance(node, Link)]


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("See https://example.org/a_b.", "https://example.org/a_b"),
        ("See https://example.org.", "https://example.org"),
        ("(HTTP://example.org/x(y)),", "HTTP://example.org/x(y)"),
        ("**https://example.org**", "https://example.org"),
        ("~~https://example.org~~", "https://example.org"),
        ("日本https://example.org/あ。次", "https://example.org/あ"),
        ("https://example.org/@user/a--b?x=1&y=2#z^2^!", "https://example.org/@user/a--b?x=1&y=2#z^2^"),
        ("https://example.org:8080/$x$", "https://example.org:8080/$x$"),
        ("“https://example.org”", "https://example.org"),
        ("A.^[https://example.org/?q=1]", "https://example.org/?q=1"),
        ("A.[^n]\n\n[^n]: https://example.org, a page.", "https://example.org"),
        ("[@lee2019, https://example.org/a; @ng2022]", "https://example.org/a"),
        ("| a |\n|---|\n| https://example.org/x |", "https://example.org/x"),
        ("- https://example.org", "https://example.org"),
    ],
)  # fmt: skip
def test_an_address_is_a_link(text, address):
    [link] = links(text)

    assert (link.href, plain(link.inlines)) == (address, address)
    assert text.splitlines()[link.span.line - 1][link.span.column - 1 :].startswith(address)


@pytest.mark.parametrize(
    "text",
    [
        "`https://example.org`",
        "xhttps://example.org",
        "http://localhost:8000/x",
        "https:// example.org",
        "https://",
        r"https://example.org/a\_b",
        "https://example.org/?a=1&amp;b=2",
    ],
)
def test_what_is_no_address_is_text(text):
    assert links(text) == []


def test_an_address_in_the_words_of_a_link_is_text():
    [link] = links("[see https://a.org](https://b.org)")

    assert (link.href, plain(link.inlines)) == ("https://b.org", "see https://a.org")


def test_addresses_are_printed_as_typed():
    brief, _ = read_markdown("See https://example.org/a--b...c.", "a.md", files_of, "en-GB")
    page = WRITERS["html"](prepare(brief, LIBRARY)[0], STYLES).decode()

    assert '<a href="https://example.org/a--b...c">https://example.org/a--b...c</a>.' in page


def test_no_link_stands_in_a_link():
    text = "[see *rain [@lee2019]* and snow](https://example.org)^[A [b [@ng2022]](#x).]\n\n# X"
    text += "\n\n[see {ref}`rain <x>` and *{button}`go <https://b.org/>` on*](https://example.org)"
    brief, _ = read_markdown(text, "a.md", files_of, "en-GB")
    numbered = prepare(brief, LIBRARY)[0]
    with zipfile.ZipFile(BytesIO(WRITERS["docx"](numbered, STYLES))) as file:
        for part in ("document", "footnotes"):
            ends = re.findall(r"<(/?)w:hyperlink\b", file.read(f"word/{part}.xml").decode())
            assert ends
            assert ends == ["", "/"] * (len(ends) // 2)
    page = WRITERS["html"](numbered, STYLES).decode()
    tags = re.findall(r"<(/?)a\b", page)
    assert tags == ["", "/"] * (len(tags) // 2)
    assert '<a href="https://example.org">see </a><em><a href="https://example.org">rain' in page

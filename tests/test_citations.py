"""The citation grammar, with pandoc as the judge of what a citation says."""

import json
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.model import (
    Citation,
    CrossReference,
    Emphasis,
    Link,
    Locator,
    Text,
    plain,
    walk,
)
from pipeline.readers.markdown import read_markdown
from pipeline.readers.markdown.locators import split_locator

KEYS = ("a", "b", "c", "Doe_2020", "doe:2020", "a.b-c", "x/y", "key", "99th")

# Each is read by pandoc and by us. `key`s are those above.
AS_PANDOC = """\
[@a]
[@a; @b; @c]
[@a;@b]
[ @a ]
[-@a]
[see @a]
[see @a; also @b]
[see *also* @a]
[see **also** @a and *passim*]
@a
-@a
@a says so
(see @a)
As @a.
As @a, and
@a [p. 3]
@a [-@b]
@a [p. 3; @b]
@a [see @b]
@a [33]
@a [chap. 3, and on]
[@a, p. 3]
[@a, pp. 3-5]
[@a, pp. 3–5]
[@a, pp. 3--5]
[@a p. 3]
[@a, 3]
[@a 33]
[@a, 33-35, 38-39]
[@a, 33-35 and passim]
[@a, pp. 33-35, 38-39 and *passim*]
[see @a, pp. 33-35, also @b, chap. 1]
[@a, p. iv]
[@a, pp. iv, vi-xi, (xv)-(xvii)]
[@a, pp. iv, vi-xi, (xv)-(xvii) with suffix here]
[@a{ii, A, D-Z}, with a suffix]
[@a, {pp. iv, vi-xi, (xv)-(xvii)} with suffix here]
[@a{}, 99 years later]
[@a, {}99 years later]
[@a, {A II 3}]
[@a, chap. 4]
[@a, chapter 4]
[@a, ch. 2 and passim]
[@a, sec. 3.1]
[@a, section 3.1.4, end]
[@a, vol. 2, p. 4]
[@a, para. 12]
[@a, fig. 3b]
[@a, art. 5(1)(b)]
[@a, p. 12a]
[@a, p3]
[@a, C22]
[@a, and so on]
[@a and so on]
[@a, as said]
[@a; see @b, p. 4; -@c, ch. 2 and passim]
[@a, p. 3; @b]
[e.g. @a; cf. @b]
[@Doe_2020]
[@doe:2020]
[@a.b-c]
[@x/y]
[@99th]
[@{x/y}]
[@a.]
@a: so
@a; so
"@a"
[see @a, p. 3 [sic]]
[@a, §3]
[@a, p. 4.]
[@a,p. 4]
[@a, pages 3 and 4]
[@a, page 1\u00a03]
see[@a]
m^2^[@a]
[**see** @a; `code` @b]
x/@a
john@a
\\@a
`@a`
<https://b.org/@a>
[@a]{.x}
[see; @a]""".splitlines()


# Where we differ from pandoc on purpose; the test below says what we read.
OTHERWISE = {
    "[see @a, pp. 33-35, also @b, chap. 1]": "a key in a suffix is a cite of its own",
    "[@a, ch. 2 and passim]": "`ch.` is a chapter",
    "[@a; see @b, p. 4; -@c, ch. 2 and passim]": "`ch.` is a chapter",
    "[@a, art. 5(1)(b)]": "`art.` is an article",
    "[@a, §3]": "signs are printed as typed",
}

STYLE = """<style xmlns="http://purl.org/net/xbiblio/csl" class="in-text" version="1.0">
<info><title>t</title><id>t</id><updated>2020-01-01T00:00:00+00:00</updated></info>
<citation><layout delimiter="; ">
<group prefix="⟦" suffix="⟧" delimiter="‖"><text variable="title"/>
<label variable="locator" form="long" plural="never"/><text variable="locator"/></group>
</layout></citation></style>"""


def cites_of(text, lang="en"):
    """Return each citation as (key, prefix, locator, suffix) of its cites."""
    brief, _ = read_markdown(text, "t.md", lang=lang)
    return [
        [
            (cite.key, plain(cite.prefix), cite.locator, plain(cite.suffix).lstrip(" ,"))
            for cite in citation.cites
        ]
        for citation in walk(brief)
        if isinstance(citation, Citation)
    ]


def keys_of(text):
    return [[key for key, *_ in citation] for citation in cites_of(text)]


# What pandoc reads -----------------------------------------------------------------------------


@pytest.fixture(scope="module")
def pandoc(tmp_path_factory):
    """A function from lines of Markdown to the citations that pandoc reads in each."""
    pypandoc = pytest.importorskip("pypandoc", reason="pandoc is the judge here: pypandoc_binary")
    folder = tmp_path_factory.mktemp("pandoc")
    (folder / "t.csl").write_text(STYLE, "utf-8")
    library = [{"id": key, "type": "book", "title": key} for key in KEYS]
    (folder / "t.json").write_text(json.dumps(library), "utf-8")

    def run(lines):
        text = "\n\n".join(lines)
        options = ["--citeproc", f"--csl={folder / 't.csl'}", f"--bibliography={folder / 't.json'}"]
        options += ["-M", "suppress-bibliography=true", "-M", "link-citations=false"]
        bare = json.loads(pypandoc.convert_text(text, "json", "markdown-smart"))
        full = json.loads(pypandoc.convert_text(text, "json", "markdown-smart", extra_args=options))
        return [
            list(zip(cites_in(one), located_in(other), strict=True))
            for one, other in zip(bare["blocks"], full["blocks"], strict=True)
        ]

    return run


def cites_in(node):
    """Return the (key, prefix) of each cite of each citation, nested ones too."""
    if isinstance(node, list):
        return [found for child in node for found in cites_in(child)]
    if not isinstance(node, dict):
        return []
    if node.get("t") == "Cite":
        cites = [(c["citationId"], words(c["citationPrefix"])) for c in node["c"][0]]
        return [cites]
    return cites_in(node.get("c", []))


def located_in(node):
    """Return what our style prints of each cite, `[label, locator]`, and what follows it."""
    if isinstance(node, list):
        return [found for child in node for found in located_in(child)]
    if not isinstance(node, dict):
        return []
    if node.get("t") == "Cite":
        return [re.findall(r"⟦([^⟧]*)⟧", words(node["c"][1]))]
    return located_in(node.get("c", []))


def words(node):
    if isinstance(node, list):
        return "".join(words(child) for child in node)
    if not isinstance(node, dict):
        return ""
    match node["t"]:
        case "Str":
            return node["c"]
        case "Space" | "SoftBreak":
            return " "
        case "Code":
            return node["c"][1]
        case "Cite":
            return words(node["c"][1])
        case "Quoted":
            return words(node["c"][1])
        case _:
            return words(node.get("c", []))


def squeezed(text):
    return " ".join(text.replace("–", "-").replace("\u00a0", " ").split())


@pytest.fixture(scope="module")
def judged(pandoc):
    lines = [line for line in AS_PANDOC if line not in OTHERWISE]
    return dict(zip(lines, pandoc(lines), strict=True))


@pytest.mark.parametrize("line", [line for line in AS_PANDOC if line not in OTHERWISE])
def test_a_citation_says_what_pandoc_reads(line, judged):
    theirs = []
    for cites, printed in judged[line]:
        theirs.append([])
        for (key, prefix), shown in zip(cites, printed, strict=True):
            parts = shown.split("‖")
            # A locator that is forced and has no term gets no label from pandoc; ours is "page".
            label, value = {1: ("", ""), 2: ("page", parts[-1])}.get(len(parts), parts[1:])
            theirs[-1].append((key, prefix, label, squeezed(value)))

    ours = [
        [
            (key, prefix, loc.label if loc else "", squeezed(loc.value) if loc else "")
            for key, prefix, loc, _ in citation
        ]
        for citation in cites_of(line)
    ]

    assert ours == theirs


def test_every_difference_from_pandoc_is_one(pandoc):
    for line, reads in zip(OTHERWISE, pandoc(list(OTHERWISE)), strict=True):
        assert line in AS_PANDOC
        theirs = [
            [(key, shown.count("‖")) for (key, _), shown in zip(*c, strict=True)] for c in reads
        ]
        ours = [[(key, 2 if loc else 0) for key, _, loc, _ in c] for c in cites_of(line)]
        assert ours != theirs, line


# What we read ----------------------------------------------------------------------------------

PAGE_3 = Locator("page", "3")
EXAMPLES = {
    "[@a, @b]": [[("a", "", None, ""), ("b", "", None, "")]],
    "[@a, p. 3, @b]": [[("a", "", PAGE_3, ""), ("b", "", None, "")]],
    "[see @a, p. 3, also @b, chap. 1]": [
        [("a", "see", PAGE_3, ""), ("b", "also", Locator("chapter", "1"), "")]
    ],
    "[@a, as said, and @b]": [[("a", "", None, "as said"), ("b", "and", None, "")]],
    "[@a and @b]": [[("a", "", None, ""), ("b", "and", None, "")]],
    "[@a, ch. 2 and passim]": [[("a", "", Locator("chapter", "2"), "and passim")]],
    "[@a, art. 5(1)(b)]": [[("a", "", Locator("article", "5(1)(b)"), "")]],
    "[@a, §3]": [[("a", "", None, "§3")]],
    "[@a, pp. 12 ff.]": [[("a", "", Locator("page", "12", several=True), "ff.")]],
    "[@a, see [@b]]": [[("a", "", None, "see")], [("b", "", None, "")]],
    "[@a,\np. 3]": [[("a", "", PAGE_3, "")]],
    "[@a; `;` @b]": [[("a", "", None, ""), ("b", ";", None, "")]],
    "[@{sec-2020}]": [[("sec-2020", "", None, "")]],
    "@{a b}": [],
    "{cite:p}`a,b`": [[("a", "", None, ""), ("b", "", None, "")]],
    "{cite:t}`a`": [[("a", "", None, "")]],
    "{cite}`a; b`": [[("a", "", None, ""), ("b", "", None, "")]],
    "https://b.org/@a and b.org/x/@a and www.b.org/?q=@a": [],
    "[x](https://b.org/@a)": [],
    "[@a](https://b.org)": [[("a", "", None, "")]],
    "a/@b": [[("b", "", None, "")]],
    "ann@b.org": [],
    "\\[@a\\]": [[("a", "", None, "")]],
    "[x]: @a": [],  # defines a link
    "```\n[@a]\n```": [],
    "**[@a]** and *see [@b]*": [[("a", "", None, "")], [("b", "", None, "")]],
}


@pytest.mark.parametrize("text", EXAMPLES)
def test_a_citation_is_read(text):
    assert cites_of(text) == EXAMPLES[text]


@pytest.mark.parametrize(
    ("lang", "suffix", "locator"),
    [
        ("en", "p. 3", PAGE_3),
        ("fr", "pp. 3-4", Locator("page", "3-4")),
        ("fr-CA", "chapitre 2", Locator("chapter", "2")),
        ("en", "chapitre 2", None),
        ("de", "Kap. 2", Locator("chapter", "2")),
        ("de", "Rn. 5", None),
        ("it", "allegato II", None),
        ("zh", "第3-5页", Locator("page", "3-5")),
        ("zh", "3版", None),
        ("ja", "p. 3", PAGE_3),
        ("ja", "章 2", Locator("chapter", "2")),
    ],
)
def test_locator_words_are_those_of_the_language_and_the_english_ones(lang, suffix, locator):
    [[(_, _, found, _)]] = cites_of(f"[@a, {suffix}]", lang)

    assert found == locator


def test_the_language_of_the_front_matter_decides_on_locator_words():
    [[(_, _, found, _)]] = cites_of("---\nlang: fr\n---\n\n[@a, chapitre 2]")

    assert found == Locator("chapter", "2")


@given(st.text(max_size=60))
def test_a_locator_and_what_follows_it_are_the_suffix(suffix):
    locator, length = split_locator(suffix, "en")

    assert 0 <= length <= len(suffix)
    if locator:
        assert set(locator.value.replace(" ", "")) <= set(suffix[:length])


def test_words_round_a_key_keep_their_dress():
    brief, _ = read_markdown("[see *also* @a, p. 3 and **passim**]", "t.md")

    [cite] = next(node for node in walk(brief) if isinstance(node, Citation)).cites

    assert [type(inline).__name__ for inline in cite.prefix] == ["Text", "Emphasis"]
    assert [type(inline).__name__ for inline in cite.suffix] == ["Text", "Strong"]


def test_a_suffix_keeps_the_comma_or_blank_before_it():
    brief, _ = read_markdown("[@a, as said; @b p. 3 and on]", "t.md")

    suffixes = [plain_text(cite.suffix) for cite in citations(brief)[0].cites]

    assert suffixes == [", as said", " and on"]


def plain_text(inlines):
    return "".join(inline.text for inline in inlines)


def citations(brief):
    return [node for node in walk(brief) if isinstance(node, Citation)]


def test_anchors_of_citations_count_in_the_order_of_the_tree():
    text = """---
subtitle: Sub [@a]
follow-ups: ['Why [@b]?']
claim: 'So [@c]'
---
# Title [@a]

| A |
|---|
| b [@b] |

: Caption [@c]

One[^n] [@a, ^[note @b]].

![C [@a]](x.png)

Term [@a]
: Desc [@b]

[^n]: Note [@c]
"""
    brief, _ = read_markdown(text, "t.md")

    anchors = [str(citation.anchor) for citation in citations(brief)]

    assert anchors == [f"cite-{number}" for number in range(1, 13)]


# Cross-references ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "anchors"),
    [
        ("@fig-x", ["fig-x"]),
        ("[@fig-x]", ["fig-x"]),
        ("@fig:x and @tbl:y, @sec:z", ["fig-x", "tbl-y", "sec-z"]),
        ("[@fig-x; see @tbl-y]", ["fig-x", "tbl-y"]),
        ("As @eq-one.", ["eq-one"]),
        ("@figure-x @sec", []),
        ("`@fig-x` \\@fig-x", []),
    ],
)
def test_keys_with_a_prefix_are_cross_references(text, anchors):
    brief, _ = read_markdown(text, "t.md")

    assert [str(n.anchor) for n in walk(brief) if isinstance(n, CrossReference)] == anchors


def test_a_cross_reference_in_brackets_prints_its_words_without_the_brackets():
    brief, _ = read_markdown("[see @fig-x, top]", "t.md")

    [before, blank, cross, after] = brief.blocks[0].inlines

    assert (before.text, blank.text, after.text) == ("see", " ", ", top")
    assert str(cross.anchor) == "fig-x"


def test_a_bracket_of_citations_and_cross_references_is_an_error():
    _, found = read_markdown("[@a; @fig-x]", "t.md")

    assert [(d.code, d.span.column) for d in found] == [("bad-citation", 1)]


# Not quite citations ---------------------------------------------------------------------------


@pytest.mark.parametrize("text", ["[@]", "[@ a]", "[@a;]", "[@a; b]", "[-@]", "[@a; ; @b]"])
def test_a_bracket_that_means_to_cite_and_cannot_be_read_is_an_error(text):
    brief, found = read_markdown(f"So {text}.", "t.md")

    assert [(d.code, d.span.column, d.span.length) for d in found] == [
        ("bad-citation", 4, len(text))
    ]
    assert "".join(plain([inline]) for inline in brief.blocks[0].inlines) == "So" + text + "."


@pytest.mark.parametrize("text", ["[a @ b]", "[x] (@)", "[see; @a]", "[ann@b.org]"])
def test_other_brackets_are_text(text):
    _, found = read_markdown(text, "t.md")

    assert found == []


def test_a_citation_in_a_link_stands_beside_it():
    brief, _ = read_markdown("[see [@a] there](https://b.org)", "t.md")

    kinds = [type(inline) for inline in brief.blocks[0].inlines]

    assert kinds == [Link, Citation, Link]


def test_emphasis_holds_a_citation():
    brief, _ = read_markdown("*so [@a] it is*", "t.md")

    [emphasis] = brief.blocks[0].inlines

    assert isinstance(emphasis, Emphasis)
    assert [type(inline) for inline in emphasis.inlines] == [Text, Citation, Text]


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("See [@a, [@b]].", [(1, 10)]),
        ("See [as [@b] and @a].", [(1, 9)]),
        ("See [as[^n] @a].\n\n[^n]: Note [@b].", []),  # a footnote stands elsewhere
    ],
)
def test_a_citation_inside_another_is_named_where_it_stands(text, places):
    _, found = read_markdown(text, "a.md", lambda name: b"", "en-GB")
    nested = [d.span for d in found if d.code == "bad-citation"]

    assert [(span.line, span.column) for span in nested] == places

"""What pandoc reads in our Word files: everything that an author wrote, and the keys."""

import json
import re

import pytest
from rich_brief import rich
from word_tools import MODES, NAMES, golden, pandoc

from pipeline.model import Figure, Footnote, Heading, Link, List, Table, plain, walk
from pipeline.ooxml import bookmark_name
from pipeline.styles import load_styles
from pipeline.writers.docx import write_docx

STYLES, _ = load_styles(None)
CASES = [pytest.param(name, mode, id=f"{name}-{mode}") for name in NAMES for mode in MODES]


def nodes(tree, kind):
    """Return what pandoc's tree holds in each node of a kind, in order."""
    found = []

    def visit(node):
        if isinstance(node, dict) and node.get("t") == kind:
            found.append(node["c"])
        for child in node.values() if isinstance(node, dict) else node:
            if isinstance(child, dict | list):
                visit(child)

    visit(tree["blocks"])
    return found


def words(tree):
    """Return the text of a piece of pandoc's tree."""
    if isinstance(tree, dict):
        if tree.get("t") in ("Str", "Code"):
            return tree["c"] if tree["t"] == "Str" else tree["c"][1]
        if tree.get("t") in ("Space", "SoftBreak", "LineBreak"):
            return " "
        return "" if tree.get("t") == "Note" else words(tree.get("c", []))
    return "".join(map(words, tree)) if isinstance(tree, list) else ""


def read(content, folder):
    return json.loads(pandoc(content, folder, to="json"))


def bare(text):
    return "".join(text.split())


@pytest.mark.parametrize(("name", "mode"), CASES)
def test_headings_arrive_in_order_with_their_levels(name, mode, tmp_path):
    numbered, content = golden(name, mode)
    decided = [
        (node.level, bare(plain(node.inlines)))
        for node in walk(numbered.brief)
        if isinstance(node, Heading)
    ]

    headings = nodes(read(content, tmp_path), "Header")
    found = [(level, re.sub(r"\[[0-9]+\]$", "", bare(words(text)))) for level, _, text in headings]

    assert [heading for heading in found if heading in decided] == decided


@pytest.mark.parametrize(("name", "mode"), CASES)
def test_tables_footnotes_lists_links_and_images_arrive(name, mode, tmp_path):
    numbered, content = golden(name, mode)
    tree, written = read(content, tmp_path), [*walk(numbered.brief)]

    tables = [node for node in written if isinstance(node, Table)]
    notes = [node for node in written if isinstance(node, Footnote)]
    alts = [node.image.alt for node in written if isinstance(node, Figure)]
    links = {node.href for node in written if isinstance(node, Link) if ":" in node.href}
    items = [len(node.items) for node in written if isinstance(node, List)]
    rows = [len(head[1]) + sum(len(b[3]) for b in bodies)
            for _, _, _, head, bodies, _ in nodes(tree, "Table")]  # fmt: skip
    assert rows == [len(table.rows) + len(table.head) for table in tables]
    assert len(nodes(tree, "Note")) == len(notes)
    assert [bare(words(image[1])) or bare(image[0][2]) for image in nodes(tree, "Image")] == [
        bare(alt) for alt in alts
    ]
    assert links <= {link[2][0] for link in nodes(tree, "Link")}
    lists = nodes(tree, "BulletList") + [found[1] for found in nodes(tree, "OrderedList")]
    assert sorted(map(len, lists)) == sorted(items)


def test_without_fields_of_a_manager_the_keys_arrive_as_links(tmp_path):
    numbered, content = golden("congestion", "ref")

    found = {link[2][0] for link in nodes(read(content, tmp_path), "Link")}

    assert {f"#{bookmark_name(r.anchor)}" for r in numbered.bibliography} <= found


@pytest.mark.parametrize("mode", MODES)
def test_every_construct_of_the_language_arrives(mode, tmp_path):
    found = pandoc(write_docx(rich(word_citations=mode), STYLES), tmp_path)

    for expected in (
        "3.  load",
        "~~gone~~",
        "**strong**",
        "*emphasis*",
        "> A contract is only as good as its port.",
        "if a < b:",
        "a page](https://example.org/?a=1&b=2)",
        "- [x] signed",
        "A bar",
        "The scope is four years.",
        "Commodity 40",
        "- roads",
        "2.  measure",
        "and province",
        "by night",
    ):
        assert expected.replace("- [x]", "[x]") in found.replace("-   ", "- "), expected

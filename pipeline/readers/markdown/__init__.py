"""Read the Markdown of a brief.

`grammar` makes tokens: CommonMark with the field's usual extensions (markdown-it-py and
mdit-py-plugins) and our rules (`citations`, `inline_rules`, `block_rules`), each with its place in
the source (`positions`, `places`, `source`). `blocks` and `inlines` make the tree of the tokens.

In: Markdown, and a function that returns the files it names. Out: a `Brief` that records every
place it was read from, and diagnostics. No input makes reading fail.
"""

from __future__ import annotations

from functools import partial
from itertools import zip_longest
from pathlib import PurePath

from msgspec.structs import replace

from ...diagnostics import Diagnostic, did_you_mean
from ...model import (
    CROSS_REFERENCED,
    Anchor,
    Block,
    Blocks,
    Brief,
    Cite,
    Heading,
    Inline,
    Inlines,
    Link,
    Paragraph,
    Part,
    plain,
    transform,
    walk,
)
from ..source import read_text
from .anchors import full_anchor
from .attributes import Attributes
from .blocks import read_blocks
from .footnotes import footnote_texts, report_unused_footnotes
from .foreign import resolved
from .front_matter import read_front
from .front_parts import abstract, corrections, follow_ups, opening_parts
from .front_values import FrontValues, are_numbered, language_of
from .grammar import environment, parse_blocks
from .inlines import inlines_of
from .reading import (
    FileProblem,
    Files,
    Nested,
    Reading,
    nested,
    no_files,
)
from .yaml_values import Mapping, read_front_matter, split_front_matter

# What authors write above the list of references, as pandoc, Quarto and journals ask for.
REFERENCES = frozenset((
    "references", "references cited", "bibliography", "works cited", "literature cited",
    "références", "bibliographie", "références bibliographiques", "quellen", "literatur",
    "literaturverzeichnis", "quellenverzeichnis", "referencias", "bibliografía",
    "referencias bibliográficas", "bibliografia", "referências", "referências bibliográficas",
    "riferimenti", "riferimenti bibliografici", "参考文献", "المراجع",
))  # fmt: skip

__all__ = ["FileProblem", "Files", "no_files", "read_markdown"]


def read_markdown(
    text: str,
    path: str,
    files: Files = no_files,
    lang: str = "en",
    number_sections: bool = True,
    corrections_first: bool = True,
    number_paragraphs: bool = False,
) -> tuple[Brief, list[Diagnostic]]:
    """Return the tree of a brief, and what is wrong in it.

    `files` returns images and CSV files by the names that the brief has for them. `lang` is the
    language (BCP 47) of a brief that names none, and `number_sections` says whether the headings
    of one that does not say have numbers, `number_paragraphs` the same of paragraphs. Corrections
    stand before the text, or behind it.
    """
    source, controls = read_text(text, path)
    start, end, text_of_body = split_front_matter(source)
    mapping, diagnostics = read_front_matter(source, start, end)
    own_lang, bad_lang = language_of(mapping)
    env = environment(source, own_lang or lang)
    nodes = nested(parse_blocks(text_of_body, env))
    notes, twice = footnote_texts(source, nodes)
    heading, nodes = _title_heading(mapping, nodes)
    shift = _highest_level(nodes, heading) - 1
    numbered = are_numbered("sections", mapping, number_sections)
    reading = Reading(source, files, env, notes, shift, numbered, read_blocks)
    reading.diagnostics += [*controls, *diagnostics, *bad_lang, *twice]
    values = FrontValues(mapping, reading)
    title = None
    if heading is not None:
        title = inlines_of(reading, heading, 1), reading.block_span(heading.token)

    front = read_front(values, own_lang, title)
    # In the order of the tree: citations are counted as they are read.
    corrected, stated = corrections(values) if corrections_first else ((), ())
    summary = abstract(values)
    opening, claim = opening_parts(values)
    body = _without_references_heading(reading, read_blocks(reading, nodes, 1))
    if are_numbered("paragraphs", mapping, number_paragraphs):
        body = _with_anchors(body)
    closing = follow_ups(values)
    if not corrections_first:
        last, stated = corrections(values)
        closing += last
    front = replace(front, claim=claim, stated_corrections=stated)
    blocks = (*corrected, *summary, *opening, *body, *closing)
    images = tuple(reading.images.values())
    span = source.span(0, len(source.text))
    name = PurePath(path).stem
    data = tuple(file for file, _ in reading.data.values())
    brief = Brief(name, front, blocks, images, source.text, shift, data, span=span)
    if not blocks:
        reading.report("empty-brief", "the brief has no text", span, "write a paragraph")
    report_unused_footnotes(reading)
    for begin, stop, message, hint in env["unread"]:
        reading.report("unread-markup", message, source.span(begin, stop), hint)
    brief = transform(_checked_links(reading, brief), partial(resolved, reading))
    _report_cited_anchors(reading, brief)
    return brief, sorted(reading.diagnostics, key=lambda found: found.span)


def _with_anchors(blocks: Blocks) -> Blocks:
    """Return the text with an anchor at each paragraph that stands in no other block."""
    found: list[Block] = []
    count = 0
    for block in blocks:
        if isinstance(block, Paragraph):
            count += 1
            block = replace(block, anchor=Anchor("paragraph", str(count)))
        found.append(block)
    return tuple(found)


def _title_heading(mapping: Mapping, nodes: list[Nested]) -> tuple[Nested | None, list[Nested]]:
    """Return the first heading if it serves as the title, and the body without it."""
    first = next((n for n in nodes if n.token.type != "footnote_reference_open"), None)
    if mapping.find("title") is not None or first is None or first.token.tag != "h1":
        return None, nodes
    return first, [node for node in nodes if node is not first]


def _without_references_heading(reading: Reading, blocks: Blocks) -> Blocks:
    """Return blocks without the heading under which other programs put the list of references.

    It has no text in the source, and our list has a heading of its own.
    """
    kept: list[Block] = []
    for block, following in zip_longest(blocks, blocks[1:]):
        if isinstance(block, Heading) and _heads_references(block, following):
            del reading.anchors.places[block.anchor]
        else:
            kept.append(block)
    return tuple(kept)


def _heads_references(heading: Heading, following: Block | None) -> bool:
    words = plain(heading.inlines).strip().casefold()
    match following:
        case Heading(level=level):
            return level <= heading.level and words in REFERENCES
        case Part(kind="", blocks=()) | None:
            return words in REFERENCES
        case _:
            return False


def _highest_level(nodes: list[Nested], title: Nested | None) -> int:
    """Return the level of sections, by the number of `#`.

    Below a title `# …`, sections that begin with `##` are the highest, even where an appendix at
    the end has `#` again.
    """
    # What a callout or a quotation holds is no section, unless there are no others.
    levels = _levels(nodes, within_asides=False) or _levels(nodes, within_asides=True)
    if title is not None and levels and levels[0] > 1:
        levels = [level for level in levels if level > 1]
    return min(levels, default=6)


def _levels(nodes: list[Nested], *, within_asides: bool) -> list[int]:
    """Return the levels of headings, in their order."""
    levels: list[int] = []
    waiting = list(reversed(nodes))
    while waiting:
        node = waiting.pop()
        if within_asides or not _is_aside(node):
            waiting += reversed(node.children)
            if node.token.type == "heading_open":
                levels.append(int(node.token.tag[1]))
    return levels


def _is_aside(node: Nested) -> bool:
    """Say whether the headings in a block are titles of its own: in a callout or a quotation."""
    attributes = node.token.meta.get("attributes")
    classes = attributes.classes if isinstance(attributes, Attributes) else ()
    return node.token.type == "blockquote_open" or any(
        name.startswith(("callout", "panel-tabset")) for name in classes
    )


def _checked_links(reading: Reading, brief: Brief) -> Brief:
    """Return the brief with its links to anchors resolved; dead ones become words and are reported.

    `#the-cost`, as Markdown has it elsewhere, leads to the heading whose anchor is `sec-the-cost`;
    `#map` to the figure with the anchor `fig-map`.
    """
    footnotes = (Anchor("footnote", label) for label in reading.called)
    known = {*reading.anchors.places, *footnotes}
    targets: dict[Anchor, Anchor | None] = {}
    for anchor, span, foreign in reading.links:
        targets[anchor] = full_anchor(anchor, known)
        if not targets[anchor]:
            message = f"there is no anchor `{anchor}`"
            # What has none of our prefixes may be the label of another file of its project.
            elsewhere = foreign or anchor.kind not in CROSS_REFERENCED
            code = "unreachable-link" if elsewhere else "unknown-anchor"
            reading.report(code, message, span, did_you_mean(str(anchor), map(str, known)))
    if all(anchor == target for anchor, target in targets.items()):
        return brief
    return transform(brief, lambda inlines: _linked(inlines, targets))


def _linked(inlines: Inlines, targets: dict[Anchor, Anchor | None]) -> Inlines:
    result: list[Inline] = []
    for inline in inlines:
        if not isinstance(inline, Link) or not isinstance(inline.href, Anchor):
            result.append(inline)
        elif target := targets[inline.href]:
            result.append(replace(inline, href=target))
        else:
            result += inline.inlines
    return tuple(result)


def _report_cited_anchors(reading: Reading, brief: Brief) -> None:
    """Report `@conclusion` where `{#conclusion}` is a heading: it is read as a citation."""
    for node in walk(brief) if reading.anchors.written else ():
        if isinstance(node, Cite) and node.key in reading.anchors.written:
            message = f"`{node.key}` is an anchor here, and cited as a reference"
            hint = "cross-references need a prefix: sec-, fig- or tbl-"
            reading.report("bad-anchor", message, node.span, hint)

"""Inlines as runs: text, marks, cross-references, footnotes, links."""

from __future__ import annotations

from itertools import repeat
from typing import assert_never

from msgspec.structs import replace

from ...direction import (
    has_letters_from_left,
    has_letters_from_right,
    is_right_to_left,
)
from ...labels import around_number, caption_end, reference_words
from ...marks import MarkNumber, MarkPart, MarkRange, mark
from ...model import (
    Anchor,
    Chart,
    Citation,
    Code,
    CrossReference,
    Deleted,
    Emphasis,
    Figure,
    Footnote,
    FootnoteReference,
    Image,
    Inline,
    Inlines,
    Inserted,
    LineBreak,
    Link,
    Math,
    Paragraph,
    Passage,
    Strikethrough,
    Strong,
    Subscript,
    Superscript,
    Table,
    Text,
    plain,
)
from ...nested_links import unnested
from ...ooxml import bookmark_name, footnote_field, number_field, section_field, sequence_field, w
from ...xml import Element
from .changes import in_change, marked, marked_line, with_kept_ends
from .context import Context
from .fields import field_runs, link_outside, link_to_bookmark
from .managed_citations import managed_citation, manager_of
from .pictures import picture_runs
from .runs import BREAK, RunFormat, direction_mark, embedded, paragraph, run, text_runs


def inlines_to_runs(
    inlines: Inlines, context: Context, run_format: RunFormat | None = None
) -> list[Element]:
    run_format = run_format or context.run_format
    return [found for inline in inlines for found in _inline(inline, context, run_format)]


def _inline(inline: Inline, context: Context, run_format: RunFormat) -> list[Element]:
    match inline:
        case Text(text=text):
            return text_runs(text, run_format)
        case LineBreak():
            return [BREAK]
        case Emphasis(inlines=inlines):
            changed = replace(run_format.styled("Emphasis"), italic=True)
            return inlines_to_runs(inlines, context, changed)
        case Strong(inlines=inlines):
            changed = replace(run_format.styled(context.strong), bold=True)
            return inlines_to_runs(inlines, context, changed)
        case Strikethrough(inlines=inlines):
            return inlines_to_runs(inlines, context, replace(run_format, strike=True))
        case Superscript(inlines=inlines):
            return inlines_to_runs(inlines, context, replace(run_format, position="super"))
        case Subscript(inlines=inlines):
            return inlines_to_runs(inlines, context, replace(run_format, position="sub"))
        case Passage(inlines=inlines, lang=lang):
            changed = replace(run_format, lang=lang, right_to_left=is_right_to_left(lang))
            content = inlines_to_runs(inlines, context, changed)
            if changed.right_to_left == run_format.right_to_left:
                return content
            said = plain(inlines)
            mixed = has_letters_from_left(said) and has_letters_from_right(said)
            return embedded(content, changed, mixed)
        case Code(text=text):
            # Code reads from left to right in every language.
            changed = replace(run_format, style="VerbatimChar", right_to_left=False)
            content = text_runs(text, changed)
            if not run_format.right_to_left:
                return content
            return embedded(content, changed, has_letters_from_right(text))
        case Math(tex=tex):
            from .formulas import formula_runs  # for briefs that have one

            return formula_runs(tex, context, display=False)
        case Link():
            return _link(inline, context, run_format)
        case Image():
            return picture_runs(inline, context, run_format)
        case Citation():
            return _citation(inline, context, run_format)
        case CrossReference():
            return _cross_reference(inline, context, run_format)
        case Footnote():
            return _footnote(inline, context)
        case FootnoteReference(anchor=anchor):
            return _further_call(anchor, context)
        case Inserted(inlines=inlines):
            content = inlines_to_runs(inlines, in_change(context, "inserted"), run_format)
            return marked_line(content, "inserted", context)
        case Deleted(inlines=inlines):
            content = inlines_to_runs(inlines, in_change(context, "deleted"), run_format)
            return marked_line(content, "deleted", context)
        case _:
            assert_never(inline)


def _link(link: Link, context: Context, run_format: RunFormat) -> list[Element]:
    parts = (*unnested(link),)
    if parts != (link,):
        return inlines_to_runs(parts, context, run_format)
    if isinstance(link.href, Anchor):
        content = inlines_to_runs(link.inlines, context, replace(run_format, style="Hyperlink"))
        return [link_to_bookmark(bookmark_name(link.href), content)]
    relation = context.outside_link(link.href)
    if relation is None:
        return inlines_to_runs(link.inlines, context, run_format)
    content = inlines_to_runs(link.inlines, context, replace(run_format, style="Hyperlink"))
    return [link_outside(relation, content)]


# Numbers ---------------------------------------------------------------------------------------


def _citation(citation: Citation, context: Context, run_format: RunFormat) -> list[Element]:
    numbered = context.numbered
    if numbered.marks.superscript:
        run_format = replace(run_format, position="super")
    parts = mark(citation, numbered.numbers, numbered.marks, context.lang)
    manager = manager_of(citation, context)
    if manager == "ref":
        content = [found for part in parts for found in _mark_part(part, context, run_format)]
        if numbered.marks.superscript:
            # With nothing after it in the citation, LibreOffice 7.4 saves a linked number lowered.
            content.append(direction_mark(run_format))
    else:
        shown = [found for part in parts for found in _bare_part(part, context, run_format)]
        content = managed_citation(manager, citation, parts, shown, context)
    unsure = context.inner_calls is not None or context.change == "inserted"
    return context.bookmarks.citation(citation, content, unsure)


def _bare_part(part: MarkPart, context: Context, run_format: RunFormat) -> list[Element]:
    """Return a part of a mark without fields and links of its own."""
    match part:
        case MarkNumber(text=text) | MarkRange(text=text):
            return text_runs(text, run_format)
        case _:
            return _inline(part, context, run_format)


def _mark_part(part: MarkPart, context: Context, run_format: RunFormat) -> list[Element]:
    match part:
        case MarkNumber(anchor=anchor, number=number, opening=opening, tail=tail):
            if context.unresolved(anchor):
                return text_runs(part.text, replace(run_format, style="Unresolved"))
            bookmark = bookmark_name(anchor)
            field = number_field(bookmark, inside_link=True)
            content = field_runs(field, number, run_format)
            link = link_to_bookmark(bookmark, content, reference_words(context.numbered, anchor))
            return [*text_runs(opening, run_format), link, *text_runs(tail, run_format)]
        case MarkRange(text=text, anchors=anchors):
            first, *others = map(bookmark_name, anchors)
            tips = [reference_words(context.numbered, anchor) for anchor in anchors]
            # Links of Word cannot overlap: those to the others are empty. They stand before the
            # dash, since LibreOffice draws what follows an empty link into it.
            return [
                *map(link_to_bookmark, others, repeat(()), tips[1:]),
                link_to_bookmark(first, text_runs(text, run_format), "; ".join(tips)),
            ]
        case _:
            return _inline(part, context, run_format)


def _cross_reference(
    found: CrossReference, context: Context, run_format: RunFormat
) -> list[Element]:
    """Return "Figure 2", its number a field: that of a caption, or of a heading."""
    anchor, number = found.anchor, context.number(found.anchor)
    before, after = "", ""
    if not found.number_only:
        before, after = _around(anchor, context, found.starts_sentence)
    if context.unresolved(anchor):
        return text_runs(before + number + after, replace(run_format, style="Unresolved"))
    bookmark = bookmark_name(anchor)
    make = number_field if anchor.kind in ("figure", "table", "equation") else section_field
    content = [
        *text_runs(before, run_format),
        *field_runs(make(bookmark), number, run_format),
        *text_runs(after, run_format),
    ]
    if not context.is_unsure(anchor):
        return content
    # With what it points to, the field is rejected, and what the older edition says comes back.
    older = _cross_reference(found, in_change(context, "deleted"), run_format)
    return [*marked_line(older, "deleted", context), *marked_line(content, "inserted", context)]


def _around(anchor: Anchor, context: Context, starts_sentence: bool = True) -> tuple[str, str]:
    labels = context.numbered.labels
    before, after = around_number(anchor, context.lang, labels, starts_sentence)
    return before.replace(" ", "\N{NO-BREAK SPACE}"), after


def caption_runs(
    captioned: Figure | Chart | Table, sequence: str, context: Context
) -> list[Element]:
    """Return a caption, the bookmark of its anchor round the digits alone."""
    label = RunFormat(style="Strong", bold=True, right_to_left=context.right_to_left)
    before, after = _around(captioned.anchor, context)
    sign, space = caption_end(context.lang)
    field = sequence_field(sequence, context.restart(captioned.anchor))
    number = field_runs(field, context.number(captioned.anchor), label)
    return context.bookmarks.block(
        captioned,
        [
            *text_runs(before, label),
            *context.bookmarks.anchor(captioned.anchor, number),
            *text_runs(after + sign, label),
            *text_runs(space, context.run_format),
            *inlines_to_runs(captioned.caption, context),
        ],
    )


# Footnotes -------------------------------------------------------------------------------------

_CALL = RunFormat(style="FootnoteReference")


def _footnote(footnote: Footnote, context: Context) -> list[Element]:
    """Return the call of a footnote, and store its text for the footnotes part.

    Word has no footnotes in footnotes: such a call repeats a number there, and the note itself is
    called right after the outer one, which is its place in the order of numbers too.
    """
    identity = context.footnotes.reserve()  # before those called inside it
    inner_calls: list[list[Element]] = []
    inside = replace(
        context, relationships=context.footnotes.relationships, inner_calls=inner_calls
    )
    content = _footnote_text(footnote, inside)
    if context.change:
        content = marked(content, context.change, context, whole=False)
    context.footnotes.put(identity, with_kept_ends(content, context))
    call = [run(_CALL, w("footnoteReference", id=identity))]
    calls = context.bookmarks.anchor(footnote.anchor, call)
    for inner in inner_calls:
        calls += [*text_runs(" ", _CALL), *inner]
    if context.inner_calls is None:
        return calls
    context.inner_calls.append(calls)
    return _further_call(footnote.anchor, context)


def _footnote_text(footnote: Footnote, context: Context) -> list[Element]:
    """Return the text of a footnote; its first paragraph opens with Word's own number."""
    opening = [run(_CALL, w("footnoteRef")), *text_runs(" ", context.run_format)]
    rest = footnote.blocks
    if rest and isinstance(rest[0], Paragraph):
        words = inlines_to_runs(rest[0].inlines, context)
        opening += context.bookmarks.block(rest[0], words)
        rest = rest[1:]
    return [
        paragraph("FootnoteText", opening),
        *context.write_blocks(rest, context, "FootnoteText"),
    ]


def _further_call(anchor: Anchor, context: Context) -> list[Element]:
    """Return a call of a footnote whose text is elsewhere."""
    style = "Unresolved" if context.unresolved(anchor) else "FootnoteReference"
    field = footnote_field(bookmark_name(anchor))
    content = field_runs(field, context.number(anchor), RunFormat(style=style))
    if not context.is_unsure(anchor):
        return content
    older = _further_call(anchor, in_change(context, "deleted"))
    return [*marked_line(older, "deleted", context), *marked_line(content, "inserted", context)]

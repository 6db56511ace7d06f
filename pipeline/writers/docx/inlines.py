"""Inlines as runs: text, marks, cross-references, footnotes, links."""

from __future__ import annotations

from itertools import repeat
from typing import assert_never

from msgspec.structs import replace

from ...labels import cross_reference_term, reference_words
from ...language.direction import (
    has_letters_from_left,
    has_letters_from_right,
    is_right_to_left,
)
from ...marks import MarkNumber, MarkPart, MarkRange, mark
from ...model import (
    Anchor,
    Citation,
    Code,
    CrossReference,
    Emphasis,
    Footnote,
    FootnoteReference,
    Image,
    Inline,
    Inlines,
    LineBreak,
    Link,
    Math,
    Passage,
    Strikethrough,
    Strong,
    Subscript,
    Superscript,
    Text,
    plain,
)
from ...ooxml import bookmark_name, footnote_field, number_field, section_field
from .managed import managed_citation, manager_of
from .pictures import picture_run
from .runs import (
    Dress,
    break_run,
    direction_mark,
    embedded,
    field_run,
    link_outside,
    link_to_bookmark,
    text_run,
)
from .writing import Writing


def inlines_to_runs(inlines: Inlines, writing: Writing, dress: Dress | None = None) -> str:
    dress = dress or writing.dress
    return "".join([_inline(inline, writing, dress) for inline in inlines])


def _inline(inline: Inline, writing: Writing, dress: Dress) -> str:
    match inline:
        case Text(text=text):
            return text_run(text, dress)
        case LineBreak():
            return break_run()
        case Emphasis(inlines=inlines):
            changed = replace(dress.styled("Emphasis"), italic=True)
            return inlines_to_runs(inlines, writing, changed)
        case Strong(inlines=inlines):
            changed = replace(dress.styled("Strong"), bold=True)
            return inlines_to_runs(inlines, writing, changed)
        case Strikethrough(inlines=inlines):
            return inlines_to_runs(inlines, writing, replace(dress, strike=True))
        case Superscript(inlines=inlines):
            return inlines_to_runs(inlines, writing, replace(dress, position="super"))
        case Subscript(inlines=inlines):
            return inlines_to_runs(inlines, writing, replace(dress, position="sub"))
        case Passage(inlines=inlines, lang=lang):
            changed = replace(dress, lang=lang, right_to_left=is_right_to_left(lang))
            content = inlines_to_runs(inlines, writing, changed)
            if changed.right_to_left == dress.right_to_left:
                return content
            said = plain(inlines)
            mixed = has_letters_from_left(said) and has_letters_from_right(said)
            return embedded(content, changed, mixed)
        case Code(text=text):
            # Code reads from left to right in every language.
            changed = replace(dress, style="VerbatimChar", right_to_left=False)
            content = text_run(text, changed)
            if not dress.right_to_left:
                return content
            return embedded(content, changed, has_letters_from_right(text))
        case Math(tex=tex):
            from .formulas import formula_run  # for briefs that have one

            return formula_run(tex, writing, display=False)
        case Link():
            return _link(inline, writing, dress)
        case Image():
            return picture_run(inline, writing, dress)
        case Citation():
            return _citation(inline, writing, dress)
        case CrossReference(anchor=anchor):
            return _cross_reference(anchor, writing, dress)
        case Footnote():
            return _footnote(inline, writing)
        case FootnoteReference(anchor=anchor):
            return _further_call(anchor, writing)
        case _:
            assert_never(inline)


def _link(link: Link, writing: Writing, dress: Dress) -> str:
    if isinstance(link.href, Anchor):
        content = inlines_to_runs(link.inlines, writing, replace(dress, style="Hyperlink"))
        return link_to_bookmark(bookmark_name(link.href), content)
    relation = writing.outside_link(link.href)
    if relation is None:
        return inlines_to_runs(link.inlines, writing, dress)
    content = inlines_to_runs(link.inlines, writing, replace(dress, style="Hyperlink"))
    return link_outside(relation, content)


# Numbers ---------------------------------------------------------------------------------------


def _citation(citation: Citation, writing: Writing, dress: Dress) -> str:
    numbered = writing.numbered
    if numbered.marks.superscript:
        dress = replace(dress, position="super")
    parts = mark(citation, numbered.numbers, numbered.marks, writing.lang)
    manager = manager_of(citation, writing)
    if manager == "ref":
        content = "".join([_mark_part(part, writing, dress) for part in parts])
        if numbered.marks.superscript:
            # With nothing after it in the citation, LibreOffice 7.4 saves a linked number lowered.
            content += direction_mark(dress)
    else:
        shown = "".join([_bare_part(part, writing, dress) for part in parts])
        content = managed_citation(manager, citation, parts, shown, writing)
    return writing.citation(citation, content)


def _bare_part(part: MarkPart, writing: Writing, dress: Dress) -> str:
    """Return a part of a mark without fields and links of its own."""
    match part:
        case MarkNumber(text=text) | MarkRange(text=text):
            return text_run(text, dress)
        case _:
            return _inline(part, writing, dress)


def _mark_part(part: MarkPart, writing: Writing, dress: Dress) -> str:
    match part:
        case MarkNumber(anchor=anchor, number=number, opening=opening, tail=tail):
            if writing.unresolved(anchor):
                return text_run(part.text, replace(dress, style="Unresolved"))
            field = field_run(number_field(bookmark_name(anchor)), number, dress)
            tip = reference_words(writing.numbered, anchor)
            link = link_to_bookmark(bookmark_name(anchor), field, tip)
            return text_run(opening, dress) + link + text_run(tail, dress)
        case MarkRange(text=text, anchors=anchors):
            tips = [reference_words(writing.numbered, anchor) for anchor in anchors]
            shown = link_to_bookmark(
                bookmark_name(anchors[0]), text_run(text, dress), "; ".join(tips)
            )
            # Links of Word cannot overlap: those to the others are empty. They stand before the
            # dash, since LibreOffice draws what follows an empty link into it.
            others = map(link_to_bookmark, map(bookmark_name, anchors[1:]), repeat(""), tips[1:])
            return "".join(others) + shown
        case _:
            return _inline(part, writing, dress)


def _cross_reference(anchor: Anchor, writing: Writing, dress: Dress) -> str:
    """Return "Figure 2", its number a field: that of a caption, or of a heading."""
    words = f"{cross_reference_term(anchor, writing.lang)}\N{NO-BREAK SPACE}"
    number = writing.number(anchor)
    if writing.unresolved(anchor):
        return text_run(words + number, replace(dress, style="Unresolved"))
    bookmark = bookmark_name(anchor)
    make = number_field if anchor.kind in ("figure", "table", "equation") else section_field
    return text_run(words, dress) + field_run(make(bookmark), number, dress)


# Footnotes -------------------------------------------------------------------------------------


def _footnote(footnote: Footnote, writing: Writing) -> str:
    """Return the call of a footnote, and put its text away for its own part.

    Word has no footnotes in footnotes: such a call repeats a number there, and the note itself is
    called right after the outer one, which is its place in the order of numbers too.
    """
    from .blocks import footnote_to_paragraphs  # blocks hold inlines

    identity = len(writing.footnotes) + 1
    writing.footnotes.append("")  # its place, before those called inside it
    outer_calls, inner_calls = writing.pending_calls, list[str]()
    with writing.inside_footnote(inner_calls):
        content = footnote_to_paragraphs(footnote, writing)
    writing.footnotes[identity - 1] = f'<w:footnote w:id="{identity}">{content}</w:footnote>'

    run = (
        '<w:r><w:rPr><w:rStyle w:val="FootnoteReference"/></w:rPr>'
        f'<w:footnoteReference w:id="{identity}"/></w:r>'
    )
    separator = text_run(" ", Dress(style="FootnoteReference"))
    calls = separator.join([writing.anchored(footnote.anchor, run), *inner_calls])
    if outer_calls is None:
        return calls
    outer_calls.append(calls)
    return _further_call(footnote.anchor, writing)


def _further_call(anchor: Anchor, writing: Writing) -> str:
    """Return a call of a footnote whose text stands elsewhere."""
    style = "Unresolved" if writing.unresolved(anchor) else "FootnoteReference"
    field = footnote_field(bookmark_name(anchor))
    return field_run(field, writing.number(anchor), Dress(style=style))

"""From inline tokens to the inlines of the tree.

A `Text` is a stretch of one source line, character by character, so that a place in the text is a
place in the source: escaped characters and the next line are a `Text` of their own.
"""

from __future__ import annotations

from itertools import zip_longest

from markdown_it.token import Token

from ...diagnostics import Span
from ...model import (
    Anchor,
    Citation,
    Cite,
    Code,
    CrossReference,
    Emphasis,
    Footnote,
    Inline,
    Inlines,
    LineBreak,
    Paragraph,
    Passage,
    Pointing,
    Strikethrough,
    Strong,
    Subscript,
    Superscript,
    Text,
    plain,
    walk,
)
from ...text import controls_left_out
from .attributes import Attributes
from .footnotes import call_footnote, note_anchor
from .foreign import (
    is_label,
    is_left_out,
    read_foreign,
    read_html,
    read_latex,
    report_inline_code,
    report_left_out,
    with_look,
)
from .formulas import read_formula
from .images import read_image
from .links import is_printed, read_link, report_title
from .origins import Origin
from .reading import Nested, Reading, nested
from .texts import add_soft_break, add_words, bare, close_up, joins_lines

FORMATS: dict[
    str, type[Emphasis] | type[Strong] | type[Strikethrough] | type[Superscript] | type[Subscript]
] = {
    "em_open": Emphasis,
    "strong_open": Strong,
    "s_open": Strikethrough,
    "sup_open": Superscript,
    "sub_open": Subscript,
}
_APART = "write two brackets"


def read_inlines(reading: Reading, tokens: list[Token], origin: Origin, depth: int) -> Inlines:
    """Return the inlines of one run of tokens, whose content stands at `origin`."""
    return _Inlines(reading, origin).read(nested(tokens), depth)


def inlines_of(reading: Reading, node: Nested, depth: int) -> Inlines:
    """Return the inlines of a block that holds nothing else: a paragraph, a heading, a term."""
    content = node.children[0].token
    return read_inlines(reading, content.children or [], reading.origin(content), depth + 1)


class _Inlines:
    def __init__(self, reading: Reading, origin: Origin) -> None:
        self.reading = reading
        self.origin = origin

    def span(self, node: Nested) -> Span:
        end = node.close.meta.get("end", node.token.meta["end"])
        return self.origin.span(node.token.meta["start"], end)

    def read(self, nodes: list[Nested], depth: int) -> Inlines:
        if nodes and self.reading.too_deep(depth, self.span(nodes[0])):
            return self._flattened(nodes)
        result: list[Inline] = []
        for node, after in zip_longest(nodes, nodes[1:]):
            if node.token.type == "softbreak" and after and joins_lines(result, after):
                continue
            printed = len(result)
            self._add(result, node, depth)
            if len(result) == printed:
                close_up(result, node, after, self.span(node))
        return tuple(result)

    def _flattened(self, nodes: list[Nested]) -> Inlines:
        words: list[str] = []
        waiting = list(reversed(nodes))
        while waiting:
            node = waiting.pop()
            words.append(node.token.content)
            waiting += reversed(node.children)
        return (Text("".join(words), span=self.span(nodes[0])),)

    def _add(self, result: list[Inline], node: Nested, depth: int) -> None:
        token = node.token
        match token.type:
            case "text":
                self._add_text(result, node)
            case "text_special" if found := controls_left_out(token.content):
                self.reading.report("control-character", found[0], self.span(node))
            case "text_special":
                result.append(Text(token.content, span=self.span(node)))
            case "softbreak":
                add_soft_break(result, self.span(node))
            case "hardbreak":
                result.append(LineBreak(span=self.span(node)))
            case "code_inline":
                self._add_code(result, node)
            case "formula":
                result.append(read_formula(self.reading, node, self.span(node)))
            case "html_inline":
                result += read_html(self.reading, token.content, self.span(node))
            case "latex_reference" | "latex_label" | "latex_command":
                read_latex(self.reading, token, result, self.span(node))
            case "foreign":
                result.append(read_foreign(self.reading, token, self.span(node)))
            case "comment":
                pass
            case "left_out":
                report_left_out(self.reading, f"the comment `{token.content}`", self.span(node))
            case "image":
                result.append(self._image(node))
            case "link_open":
                inside = self.read(node.children, depth + 1)
                result += self._link(node, inside)
            case "span_open":
                result += self._passage(node, depth)
            case "citation_open":
                result += self._citation(node, depth)
            case "bad_citation":
                result.append(self._bad_citation(node))
            case "footnote_call":
                label, written = token.meta["label"], token.content
                result.append(call_footnote(self.reading, label, written, self.span(node), depth))
            case "note_open":
                result.append(self._note(node, depth))
            case _ if token.type in FORMATS:
                inlines = self.read(node.children, depth + 1)
                if inlines:
                    result.append(FORMATS[token.type](inlines, span=self.span(node)))
            case _:
                raise ValueError(f"no inline is read from {token.type}")

    # Text ------------------------------------------------------------------------------------

    def _add_text(self, result: list[Inline], node: Nested) -> None:
        text, meta = node.token.content, node.token.meta
        if meta.get("too_long"):
            message = f"this paragraph has {len(text):,} characters"
            hint = "is it a brief? divide it with blank lines"
            span = self.span(node).piece(0, 1)
            self.reading.report("unreadable-file", message, span, hint)
            result.append(Text(text, span=span))
            return
        for start, end in self.origin.stretches(meta["start"], meta["start"] + len(text)):
            words = text[start - meta["start"] : end - meta["start"]]
            add_words(result, words, self.origin.span(start, end))

    def _add_code(self, result: list[Inline], node: Nested) -> None:
        attributes = node.token.meta.get("attributes")
        if isinstance(attributes, Attributes) and attributes.raw:
            what = f"`{node.token.content}`, for {attributes.raw} alone,"
            report_left_out(self.reading, what, self.span(node))
            return
        report_inline_code(self.reading, node.token.content, self.span(node))
        result.append(Code(node.token.content, span=self.span(node)))

    # Citations -------------------------------------------------------------------------------

    def _citation(self, node: Nested, depth: int) -> list[Inline]:
        crosses = [cite for cite in node.children if cite.token.meta["anchor"]]
        references = self._cross_references(crosses, depth)
        if len(crosses) == len(node.children):
            return references
        meta, span = node.token.meta, self.span(node)
        if crosses:
            message = "a cross-reference is in the same bracket as citations"
            self.reading.report("bad-citation", message, span, _APART)
        anchor = Anchor("citation", str(self.reading.next("citation")))
        cites = tuple(self._cite(c, depth) for c in node.children if not c.token.meta["anchor"])
        source = self.origin.written(meta["start"], node.close.meta["end"])
        return [Citation(anchor, cites, meta["narrative"], source, span=span), *references]

    def _cite(self, node: Nested, depth: int) -> Cite:
        meta = node.token.meta
        prefix = self._inside(node, "prefix_open", depth)
        suffix = self._inside(node, "suffix_open", depth)
        return Cite(meta["key"], prefix, meta["locator"], suffix, span=self._key_span(node))

    def _inside(self, node: Nested, kind: str, depth: int) -> Inlines:
        for child in node.children:
            if child.token.type == kind:
                inlines = self.read(child.children, depth + 1)
                nodes = [node for inline in inlines for node in walk(inline)]
                notes = [note for note in nodes if isinstance(note, Footnote)]
                noted = {id(node) for note in notes for node in walk(note)}  # stand elsewhere
                for inner in nodes:
                    if isinstance(inner, Citation) and id(inner) not in noted:
                        message = "a citation is inside another one"
                        self.reading.report("bad-citation", message, inner.span, _APART)
                return inlines
        return ()

    def _key_span(self, node: Nested) -> Span:
        start: int = node.token.meta["key_start"]
        return self.origin.span(start, start + len(node.token.meta["key"]))

    def _cross_references(self, cites: list[Nested], depth: int) -> list[Inline]:
        """`[see @fig-a; @fig-b]` prints as it is written, without the brackets."""
        result: list[Inline] = []
        for position, cite in enumerate(cites):
            span = self._key_span(cite)
            if position:
                result.append(Text("; ", span=span))
            prefix = self._inside(cite, "prefix_open", depth)
            if prefix and not is_label(plain(prefix)):
                result += [*prefix, Text(" ", span=span)]
            anchor, bare = cite.token.meta["anchor"], cite.token.meta["number_only"]
            written = cite.token.meta.get("written", "")
            result.append(CrossReference(anchor, bare, written, span=span))
            result += self._inside(cite, "suffix_open", depth)
        return result

    def _bad_citation(self, node: Nested) -> Inline:
        span, text = self.span(node), node.token.content
        message = f"`{text.splitlines()[0]}` looks like a citation, and cannot be read"
        hint = "cite as [@key] or [see @key, p. 4; @other]; write \\@ for a plain @"
        self.reading.report("bad-citation", message, span, hint)
        return Text(text.replace("\n", " "), span=span)

    # Links, images, footnotes ----------------------------------------------------------------

    def _link(self, node: Nested, inside: Inlines) -> list[Inline]:
        href, span = str(node.token.attrs["href"]), self.span(node)
        foreign = "foreign" in node.token.meta
        report_title(self.reading, node.token, "a link", span)
        linked, piece = list[Inline](), list[Inline]()
        for inline in inside:
            if isinstance(inline, Pointing):
                linked += (
                    read_link(self.reading, href, tuple(piece), span, foreign) if piece else []
                )
                linked.append(inline)
                piece = []
            else:
                piece.append(inline)
        alone = linked and all(isinstance(inline, Pointing) for inline in linked)
        if alone and not any(map(is_printed, piece)):
            message = f"a citation has its own link, so nothing leads to `{href}`"
            self.reading.report("empty-link", message, span, "give the link words of its own")
            return [*linked, *piece]
        if piece or not linked:
            linked += read_link(self.reading, href, tuple(piece), span, foreign)
        return linked

    def _passage(self, node: Nested, depth: int) -> Inlines:
        attributes: Attributes = node.token.meta["attributes"]
        if is_left_out(self.reading, attributes.classes, self.span(node)):
            return ()
        inlines = self.read(node.children, depth + 1)
        inlines = with_look(self.reading, attributes, inlines, self.span(node))
        if lang := self.reading.lang_of(attributes, self.span(node)):
            return (Passage(inlines, lang, span=self.span(node)),)
        return inlines

    def _image(self, node: Nested) -> Inline:
        token = node.token
        inside = token.children or []
        if any(t.type in ("citation_open", "footnote_call", "note_open") for t in inside):
            message = "an image within a line has no caption for a citation or footnote"
            hint = "put the image in a paragraph of its own"
            self.reading.report("bad-citation", message, self.span(node), hint)
        words, span = bare(inside), self.span(node)
        image = read_image(self.reading, token, words, span)
        if words.strip() and image.alt != " ".join(words.split()):
            message = "the `alt` of an image in a line replaces its words in brackets"
            hint = "put the image in a paragraph of its own, or drop one of the two"
            self.reading.report("unread-markup", message, span, hint)
        return image

    def _note(self, node: Nested, depth: int) -> Inline:
        anchor, span = note_anchor(self.reading), self.span(node)
        inlines = self.read(node.children, depth + 2)
        return Footnote(anchor, (Paragraph(inlines, span=span),), span=span)

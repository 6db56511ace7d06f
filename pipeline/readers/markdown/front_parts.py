"""The parts of the body that the front matter holds: abstract, claim, verdict, corrections."""

from __future__ import annotations

import re

from msgspec.structs import replace

from ...diagnostics import Span
from ...language.dates import long_date, worded
from ...language.terms import between_details, detailed, term
from ...model import (
    Blocks,
    Claim,
    Correction,
    Inline,
    Inlines,
    LineBreak,
    List,
    ListItem,
    Paragraph,
    Part,
    Strong,
    Text,
    plain,
)
from .front_values import FrontValues
from .yaml_values import Mapping, Scalar, Sequence, Value

_PARAGRAPH = re.compile(r"\S(?:.|\n(?!\s*\n))*")


def abstract(values: FrontValues) -> Blocks:
    """Return the abstract as the summary of the brief; MyST has it in a mapping `parts`."""
    found = values.find("abstract")
    if isinstance(parts := values.find("parts"), Mapping):
        values.part(parts).check(("abstract",))
        found = found or parts.find("abstract")
    whole = values.scalar(found, "a text")
    if whole is None:
        return ()
    paragraphs = []
    for match in _PARAGRAPH.finditer(whole.text):
        span, origin = whole.origin.span(*match.span()), whole.origin.shifted(match.start())
        text = Scalar(match[0].rstrip(), False, span, origin)
        paragraphs.append(Paragraph(values.inlines(text), span=span))
    return (Part("summary", (), tuple(paragraphs), span=whole.span),) if paragraphs else ()


def opening_parts(values: FrontValues) -> tuple[Blocks, Claim | None]:
    """Return what precedes the body: the claim being checked, and the verdict; and both as text."""
    claim, verdict = values.find("claim"), values.find("verdict")
    of_claim, stated = _claim(values, claim)
    of_verdict, label = _verdict(values, verdict)
    blocks = (*of_claim, *of_verdict)
    if not blocks:
        return (), None
    names = [name for name in ("claim", "verdict") if values.find(name) is not None]
    span = values.reading.source.around(*map(values.place, names))
    title: Inlines = ()
    if claim is None:
        title = (Text(term("verdict", values.reading.lang), span=span),)
    stated = replace(stated, verdict=label) if stated else None
    return (Part("claim", title, blocks, span=span),), stated


def follow_ups(values: FrontValues) -> Blocks:
    """Return the follow-up questions, which stand below the body."""
    found = [(item, values.inlines(item)) for item in values.items("follow-ups")]
    return _part_of(values, "follow-ups", found)


def corrections(values: FrontValues) -> tuple[Blocks, tuple[Correction, ...]]:
    """Return what was corrected after publication, as a part and as text."""
    stated: list[Correction] = []
    found = [(item, _correction(values, item, stated)) for item in values.items("corrections")]
    return _part_of(values, "corrections", found), tuple(stated)


def _part_of(values: FrontValues, name: str, found: list[tuple[Value, Inlines]]) -> Blocks:
    items = [_item(inlines, item.span) for item, inlines in found if inlines]
    if not items:
        return ()
    span = values.place(name)
    bullets = List(False, 1, True, tuple(items), span=span)
    return (Part(name, (), (bullets,), span=span),)


def _item(inlines: Inlines, span: Span) -> ListItem:
    return ListItem((Paragraph(inlines, span=span),), span=span)


def _claim(values: FrontValues, value: Value | None) -> tuple[tuple[Paragraph, ...], Claim | None]:
    """`claim: text`, or a mapping of `text`, `by` and `date`."""
    if not isinstance(value, Mapping):
        inlines = values.inlines(value)
        if not inlines or not value:
            return (), None
        return (Paragraph(inlines, span=value.span),), Claim(plain(inlines))
    part = values.part(value)
    part.check(("text", "by", "date"), ("appearances",))
    text = part.inlines("text")
    if not text:
        values.wrong(value, "a text, or a mapping with `text`, `by` and `date`")
        return (), None
    paragraphs = [Paragraph(text, span=part.span("text"))]
    by: list[Inline] = list(part.inlines("by"))
    stated = Claim(plain(text), plain(tuple(by)), part.text("date"))
    if date := worded(part.text("date"), values.reading.lang):
        between = between_details(values.reading.lang) if by else ""
        by += [Text(f"{between}{date}", span=part.span("date"))]
    if by:
        span = part.span("by", "date")
        paragraphs.append(Paragraph((Text("— ", span=span), *by), span=span))
    return tuple(paragraphs), stated


def _verdict(values: FrontValues, value: Value | None) -> tuple[Blocks, str]:
    """`verdict: text`, or a mapping of `label`, `scale` and `text`; and the label as text."""
    if value is None:
        return (), ""
    steps: list[Inlines] = []
    text: Inlines = ()
    if isinstance(value, Mapping):
        part = values.part(value)
        part.check(("label", "scale", "text"))
        label, text = part.inlines("label"), part.inlines("text")
        steps = _steps(values, part.value("scale"))
        if not label:
            values.wrong(value, "a text, or a mapping with `label` and `scale`")
            return (), ""
    else:
        label = values.inlines(value)
        if not label:
            return (), ""
    stated = plain(label)
    bold = (Strong(label, span=value.span),)
    lines = (bold, _on_scale(stated, steps), text)
    paragraphs = tuple(Paragraph(inlines, span=value.span) for inlines in lines if inlines)
    if values.find("claim") is None:
        return paragraphs, stated
    return (Part("verdict", (), paragraphs, span=value.span),), stated


def _steps(values: FrontValues, scale: Value | None) -> list[Inlines]:
    """Return the steps of a scale: a list, or a text with commas between them."""
    if isinstance(scale, Sequence):
        return [step for item in scale.items if (step := values.inlines(item))]
    inlines = values.inlines(scale)
    if not inlines or not all(isinstance(inline, Text) for inline in inlines):
        return [inlines] if inlines else []
    span = inlines[0].span
    return [(Text(step.strip(), span=span),) for step in plain(inlines).split(",")]


def _on_scale(label: str, steps: list[Inlines]) -> Inlines:
    """Return the steps of a scale side by side, that of the label in bold."""
    found: list[Inline] = []
    for step in steps:
        is_label = plain(step).casefold() == label.casefold()
        found += [Text(" · ", span=step[0].span)] if found else []
        found += [Strong(step, span=step[0].span)] if is_label else step
    return tuple(found)


def _correction(values: FrontValues, value: Value, stated: list[Correction]) -> Inlines:
    """A text, or a mapping of `date`, `what`, `where` and `kind`; `stated` takes it as text."""
    if not isinstance(value, Mapping):
        inlines = values.inlines(value)
        stated += [Correction(plain(inlines))] if inlines else []
        return inlines
    part, span = values.part(value), value.span
    part.check(("date", "what", "where", "kind"))
    what = part.inlines("what")
    if not what:
        values.wrong(value, "a text, or a mapping with `date` and `what`")
        return ()
    date = part.date("date")
    stated.append(Correction(plain(what), date))
    day = long_date(date, values.reading.lang) if date else ""
    about = detailed((day, part.text("kind"), part.text("where")), values.reading.lang)
    if not about:
        return what
    head = Strong((Text(about, span=span),), span=span)
    return (head, LineBreak(span=span), *what)

"""Tracked changes: content that was inserted or deleted since an older edition (17.13.5).

Deleted content is printed as its own edition printed it, and is flat: its numbers are text, and
nothing points at it. So it is exact again if a reader rejects the change, and counts for nothing as
long as it is there.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby

from msgspec.structs import replace

from ...model import Blocks, Change, DeletedBlocks, InsertedBlocks, Part
from ...ooxml import w
from ...xml import Content, Element, walk
from .bookmarks import Bookmarks
from .context import Context
from .runs import joined
from .schema import in_order

_TAGS: Mapping[Change, str] = {"inserted": "ins", "deleted": "del"}
# LibreOffice takes changes of one minute that meet at the end of a paragraph for one. Rejecting a
# paragraph would join those round it, if the one before has an insertion at its end.
_OF_BLOCKS, _OF_LINES = "00:00:00", "00:02:00"
_MARKS = ("w:bookmarkStart", "w:bookmarkEnd")
_TRACKED = ("w:r", "m:oMath", "m:oMathPara")  # what stands in an element of a change


def in_change(context: Context, change: Change) -> Context:
    """Return the context in which changed content is written."""
    redline = context.numbered.redline
    if change == "inserted" or redline is None:
        return replace(context, change=change)
    older = replace(redline.older, redline=redline)
    unseen = Bookmarks(context.bookmarks.identities)
    return replace(context, change=change, numbered=older, bookmarks=unseen)


def marked_line(content: Iterable[Element], change: Change, context: Context) -> list[Element]:
    """Return a piece of a line as a tracked change."""
    return marked(content, change, context, time=_OF_LINES)


def marked(
    content: Iterable[Element],
    change: Change,
    context: Context,
    whole: bool = True,
    time: str = _OF_BLOCKS,
) -> list[Element]:
    """Return content as a tracked change. If it is `whole`, so are the ends of its paragraphs."""
    found: list[Element] = []
    elements = (_flat if change == "deleted" else _without_linked_fields)(content)
    for tracked, run in groupby(elements, key=lambda element: element.tag in _TRACKED):
        if tracked:
            runs = joined(run)
            if change == "deleted":
                runs = [_as_deleted(each) for each in runs]
            found.append(_tracked(runs, change, context, time))
        else:
            found += (_marked(element, change, context, whole, time) for element in run)
    return found


def _marked(element: Element, change: Change, context: Context, whole: bool, time: str) -> Element:
    match element:
        case Element("w:p", children=(Element("w:pPr") as properties, *content)):
            if whole:
                properties = _with_end(properties, change, context)
            runs = marked(_elements(content), change, context, time=time)
            return replace(element, children=(properties, *runs))
        case Element("w:tr"):
            return with_row(element, change, context)
        case Element("w:tbl" | "w:tc" | "w:sdt" | "w:sdtContent" | "w:hyperlink"):
            inner = marked(_elements(element.children), change, context, whole, time)
            return replace(element, children=tuple(inner))
        case _:
            return element


def with_row(row: Element, change: Change, context: Context) -> Element:
    """Return a row of a table that was inserted or deleted as a whole (17.13.5.16)."""
    properties, *cells = _elements(row.children)
    own = replace(properties, children=(*properties.children, _tracked((), change, context)))
    return replace(row, children=(own, *marked(cells, change, context, whole=False)))


def with_kept_ends(content: list[Element], context: Context) -> list[Element]:
    """Return all paragraphs and tables of a container so that each change can be undone.

    A paragraph goes by joining it to the next one. Before a table or the contents, and at the end,
    there is none: there the end of the paragraph before goes instead, and the last one becomes like
    that one.
    """
    if context.numbered.redline is None:
        return content
    found = list(content)
    for place, element in enumerate(found):
        change = _change_of_end(element)
        followed = place + 1 < len(found) and found[place + 1].tag == "w:p"
        first = place
        while change and first and _change_of_end(found[first - 1]) == change:
            first -= 1
        if not change or followed or not first or not _can_join(found[first - 1]):
            continue
        before, own = found[first - 1], _without_end(element)
        theirs, *runs = _elements(before.children)
        found[place] = _like(own, theirs, change, context)
        ended = _with_end(theirs, change, context)
        found[first - 1] = replace(before, children=(ended, *runs))
    return found


def _change_of_end(element: Element) -> Change | None:
    """Return what happened to the end of a paragraph."""
    match element:
        case Element("w:p", children=(Element("w:pPr", children=properties), *_)):
            ends = [found for found in _elements(properties) if found.tag == "w:rPr"]
            tags = {f"w:{tag}": change for change, tag in _TAGS.items()}
            return next(
                (tags[end.tag] for found in ends for end in _elements(found.children)), None
            )
        case _:
            return None


def _can_join(element: Element) -> bool:
    """Say whether the end of a paragraph can go: that of a section cannot."""
    match element:
        case Element("w:p", children=(Element("w:pPr", children=properties), *_)):
            tags = {found.tag for found in _elements(properties)}
            return tags.isdisjoint({"w:rPr", "w:sectPr"})
        case _:
            return False


def _without_end(paragraph: Element) -> Element:
    properties, *content = _elements(paragraph.children)
    kept = (found for found in _elements(properties.children) if found.tag != "w:rPr")
    return replace(paragraph, children=(replace(properties, children=tuple(kept)), *content))


def _like(paragraph: Element, other: Element, change: Change, context: Context) -> Element:
    """Return a paragraph that has the properties of another one without the change (17.13.5.29)."""
    own, *content = _elements(paragraph.children)
    now, then = (other, own) if change == "deleted" else (own, other)
    attributes = _tracked((), change, context).attributes
    changed = Element("w:pPrChange", attributes, (then,))
    properties = replace(now, children=(*now.children, changed))
    return replace(paragraph, children=(properties, *content))


def with_own_end(paragraph: Element, context: Context) -> Element:
    """Return a paragraph, its end changed too if all that is in it was inserted, or deleted."""
    properties, *content = _elements(paragraph.children)
    kinds = {found.tag for found in content if found.tag not in _MARKS}
    for change, tag in _TAGS.items():
        if kinds == {f"w:{tag}"}:
            ended = _with_end(properties, change, context)
            return replace(paragraph, children=(ended, *content))
    return paragraph


def _with_end(properties: Element, change: Change, context: Context) -> Element:
    """Return the properties of a paragraph whose end, too, was inserted or deleted (17.13.5.20)."""
    end = w("rPr", _tracked((), change, context))
    children = in_order("pPr", (*_elements(properties.children), end))
    return replace(properties, children=tuple(children))


def _tracked(
    content: Sequence[Element], change: Change, context: Context, time: str = _OF_BLOCKS
) -> Element:
    redline = context.numbered.redline
    return w(
        _TAGS[change],
        *content,
        id=context.bookmarks.identities.next(),
        author=redline.author if redline else "",
        date=f"{redline.date.isoformat()}T{time}Z" if redline else None,
    )


def _flat(content: Iterable[Element]) -> Iterator[Element]:
    """Yield content without bookmarks, fields and links inside the file: what they show is text."""
    depth = 0  # of instructions of fields
    for element in content:
        match element:
            case Element("w:bookmarkStart" | "w:bookmarkEnd"):
                pass
            case Element("w:r", children=(*_, Element("w:fldChar", {"w:fldCharType": kind}))):
                depth += {"begin": 1, "separate": -1}.get(kind, 0)
            case Element("w:r") if depth:
                pass
            case Element("w:hyperlink", {"w:anchor": _}):
                yield from _flat(_elements(element.children))
            case Element("w:sdt" | "w:sdtContent"):
                inner = _elements(element.children)
                yield from _flat(child for child in inner if child.tag != "w:sdtPr")
            case _:
                yield element


def _without_linked_fields(content: Iterable[Element]) -> Iterator[Element]:
    """Yield content in which no field is in a link: the fields of marks are links themselves.

    LibreOffice 7.4 saves an inserted field at the end of a link as XML that nothing can read.
    """
    for element in content:
        if element.tag == "w:hyperlink" and any(e.tag == "w:fldChar" for e in walk(element)):
            yield from _elements(element.children)
        else:
            yield element


def _as_deleted(run: Element) -> Element:
    """Return a run whose text has the name that deleted text has (17.4.20)."""
    children = (
        replace(child, tag="w:delText")
        if isinstance(child, Element) and child.tag == "w:t"
        else child
        for child in run.children
    )
    return replace(run, children=tuple(children))


def _elements(content: Iterable[Content]) -> list[Element]:
    return [child for child in content if isinstance(child, Element)]


# Blocks ----------------------------------------------------------------------------------------


def unwrapped(blocks: Blocks) -> tuple[Blocks, Change | None]:
    """Return blocks, and what happened to all of them, as to those of an item of a list."""
    match blocks:
        case (InsertedBlocks(blocks=inner),):
            return inner, "inserted"
        case (DeletedBlocks(blocks=inner),):
            return inner, "deleted"
        case _:
            return blocks, None


def upright(blocks: Blocks) -> Blocks:
    """Return deleted blocks on the pages that the text has: a section would divide them."""
    return tuple(
        replace(block, kind="") if isinstance(block, Part) and block.kind == "landscape" else block
        for block in blocks
    )

"""A Word file as a brief: Markdown, entries for the .bib file, pictures, and what was lost."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from msgspec import Struct
from msgspec.structs import replace

from ..diagnostics import Span
from ..entering import add_entries
from ..model.references import Reference
from ..readers.docx.package import Package
from ..readers.items import Item, read_item
from ..readers.markdown.tables import size_problem
from .captions import Anchors, Arranged, Captioned, arranged, pointed_at
from .document import read_document
from .front import front_matter
from .headings import arranged_headings
from .lines import Context
from .lists import prefixed
from .own import own_source
from .pictures import Pictures
from .typed import is_heading_of_references, with_typed_citations
from .typed_captions import with_typed_captions
from .values import (
    Block,
    Call,
    Cited,
    Document,
    Loss,
    Paragraph,
    Picture,
    Place,
    Source,
    Table,
    paragraphs_of,
)
from .writing import Writer, Written


class Task(Struct, frozen=True):
    """What is imported, and what is there: the .bib file, names in the folder of pictures."""

    content: bytes
    name: str  # of the brief
    library: bytes
    library_path: str
    taken: frozenset[str] = frozenset()
    front: Mapping[str, str] = {}  # more keys of the front matter


class Converted(Struct, frozen=True):
    markdown: str
    library: bytes
    added: int = 0  # entries of the library
    pictures: Mapping[str, bytes] = {}  # by name, or by path from the brief if the file is our own
    losses: tuple[Loss, ...] = ()
    counts: Mapping[str, int] = {}
    is_ours: bool = False


def converted(task: Task) -> Converted:
    """Return what a Word file becomes. Raises `BadWordFile`."""
    own = own_source(Package(task.content), task.content)
    if own is not None:
        losses: list[Loss] = []
        _, library, added = _with_keys(task, own.sources, losses)
        for path in own.missing:
            message = f"{path}, which the brief shows, is not in the file as it was: put it there"
            losses.append(Loss("lost", "file", message))
        return Converted(own.markdown, library, added, own.files, tuple(losses), is_ours=True)
    document, typed = with_typed_citations(read_document(task.content))
    document, of_captions = with_typed_captions(document)
    losses = [*document.losses, *typed, *of_captions]
    keys, library, added = _with_keys(task, _cited_sources(document), losses)
    context = Context(keys, losses=losses)
    pictures = Pictures(document.media, task.name, task.taken, context)
    context.image = pictures.markdown
    context.notes = frozenset(document.notes)
    context.note_calls = document.note_calls
    markdown = _markdown(document, context, task, pictures)
    return Converted(
        markdown, library, added, pictures.files, tuple(context.losses), _counts(document)
    )


def _markdown(document: Document, context: Context, task: Task, pictures: Pictures) -> str:
    pointed = frozenset(pointed_at((*document.blocks, *_flat(document.notes.values()))))
    anchors = Anchors()
    body = list(_without_heading_of_references(document.blocks, context))
    blocks, has_numbers = arranged_headings(body, context)
    context.sections_have_numbers = has_numbers
    stories = {name: arranged(note, anchors, pointed) for name, note in document.notes.items()}
    more = dict(task.front)
    if not has_numbers and any(isinstance(b, Paragraph) and b.kind == "heading" for b in blocks):
        more["number-sections"] = "false"
    if any(isinstance(b, Paragraph) and b.kind == "text" and b.numbered for b in blocks):
        more["number-paragraphs"] = "true"
    front = front_matter(document, blocks, context, task.name, more)
    blocks = _from_the_top(blocks)
    main = arranged(blocks, anchors, pointed)
    arrangements = (main, *stories.values())
    gone = {
        block.anchor
        for each in arrangements
        for block in each.blocks
        if isinstance(block, Captioned) and not _is_shown(block.body, pictures)
    }
    context.anchors = {
        name: anchor
        for each in arrangements
        for name, anchor in each.anchors.items()
        if anchor not in gone
    }
    for caption in main.unplaced:
        message = "a caption of nothing that is in the brief; it is a paragraph now"
        context.lose("changed", "caption", message, caption.place, caption.text)
    writer = Writer(context)
    chunks = [front, *writer.chunks(main.blocks)]
    done = 0
    while done < len(context.labels):  # notes may call others
        note, number = list(context.labels.items())[done]
        text = "\n\n".join(writer.chunks(_as_text(stories[note])))
        chunks.append(prefixed(text, f"[^{number}]: ", "    "))
        done += 1
    for name, said in document.notes.items():
        if name not in context.labels and (words := " ".join(_texts(said))):
            context.lose("lost", "footnote", f"{name}, which nothing calls", Place(), words)
    return "\n\n".join(chunk for chunk in chunks if chunk) + "\n"


def _is_shown(body: Block, pictures: Pictures) -> bool:
    """Say whether a figure or a table gets its caption, and so can be referred to."""
    if isinstance(body, Table):
        return not size_problem(len(body.rows), body.columns)
    last = [piece for piece in body.pieces if isinstance(piece, Picture)][-1]
    return pictures.is_shown(last, body.place)


def _as_text(story: Arranged) -> list[Written]:
    return [
        replace(b, kind="text") if isinstance(b, Paragraph) and b.kind in ("heading", "rule") else b
        for b in story.blocks
    ]


def _from_the_top(blocks: Sequence[Block]) -> list[Block]:
    """Raise the levels of headings so that the highest of them is 1."""
    levels = [b.level for b in blocks if isinstance(b, Paragraph) and b.kind == "heading"]
    if not levels:
        return list(blocks)
    above = min(levels) - 1
    return [
        replace(b, level=b.level - above) if isinstance(b, Paragraph) and b.kind == "heading" else b
        for b in blocks
    ]


def _without_heading_of_references(blocks: Sequence[Block], context: Context) -> Iterator[Block]:
    """Yield blocks without a heading over the list of references that was left out."""
    for place, block in enumerate(blocks):
        if isinstance(block, Paragraph) and block.kind in ("heading", "reference"):
            rest = (b for b in blocks[place + 1 :] if isinstance(b, Table) or b.pieces)
            following = next(rest, None)
            ends = following is None or (
                isinstance(following, Paragraph) and following.kind == "heading"
            )
            if ends and is_heading_of_references(block.text):
                message = "the heading of the list of references, which the build makes"
                context.lose("made", "references", message, block.place, block.text)
                continue
        yield block


def _with_keys(
    task: Task, sources: Mapping[str, Source], losses: list[Loss]
) -> tuple[dict[str, str], bytes, int]:
    """Return the keys of sources, the library with those that it lacked, and how many these are."""
    wanted: list[tuple[Reference, str]] = []
    names = []
    for name, source in sources.items():
        reference, diagnostics = read_item(Item(name, source.values, Span.of_file(task.name)))
        for found in diagnostics:
            losses.append(Loss("check", found.code, found.message, Place(), reference.title))
        wanted.append((reference, source.key))
        names.append(name)
    content, added = add_entries(task.library, task.library_path, wanted)
    keys: dict[str, str] = {}
    count = 0
    for name, (reference, _), each in zip(names, wanted, added, strict=True):
        if each.key:
            keys[name] = each.key
        if each.entry:
            count += 1
            if each.loss:
                message = f"BibTeX cannot hold all of `{each.key}`; it prints: {each.loss}"
                losses.append(Loss("changed", "reference", message, Place(), reference.title))
        elif not each.key:
            message = f"a reference that cannot be added: {each.problem}"
            losses.append(Loss("lost", "reference", message, Place(), reference.title))
    return keys, content, count


def _cited_sources(document: Document) -> dict[str, Source]:
    """Return the sources that are cited, in the order of their first citation."""
    blocks = (*document.blocks, *_flat(document.notes.values()))
    cited = dict.fromkeys(work.source for each in _citations(blocks) for work in each.works)
    return {name: document.sources[name] for name in cited if name in document.sources}


def _citations(blocks: Sequence[Block]) -> Iterator[Cited]:
    for paragraph in paragraphs_of(blocks):
        yield from (piece for piece in paragraph.pieces if isinstance(piece, Cited))


def _tables(blocks: Sequence[Block]) -> Iterator[Table]:
    for block in blocks:
        if isinstance(block, Table):
            yield block
            for row in block.rows:
                for cell in row.cells:
                    yield from _tables(cell.blocks)


def _flat(stories: Iterable[Sequence[Block]]) -> list[Block]:
    return [block for story in stories for block in story]


def _texts(blocks: Sequence[Block]) -> Iterator[str]:
    for paragraph in paragraphs_of(blocks):
        if words := " ".join(paragraph.text.split()):
            yield words


def _counts(document: Document) -> dict[str, int]:
    """Return how much there is of each kind, for the report."""
    everything = (*document.blocks, *_flat(document.notes.values()))
    paragraphs = list(paragraphs_of(everything))
    citations = list(_citations(everything))
    return {
        "headings": sum(p.kind == "heading" and bool(p.text.strip()) for p in paragraphs),
        "tables": sum(1 for _ in _tables(everything)),
        "footnotes": sum(isinstance(piece, Call) for p in paragraphs for piece in p.pieces),
        "citations": len(citations),
        "cited works": len({work.source for each in citations for work in each.works}),
    }

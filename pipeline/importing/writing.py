"""Blocks, with their captions, as Markdown: a stretch of lines for each."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ..merge.writing import Setting
from ..readers.markdown.tables import size_problem
from .captions import Captioned, NumberedFormula, is_figure
from .grids import Drawn, grid_table, pipe_table
from .lines import Context, line
from .lists import SEPARATOR, Entry, nested, prefixed, written_lists
from .values import Block, Break, Formula, Paragraph, Picture, Piece, Row, Table, Words, text_of

Written = Block | Captioned | NumberedFormula

_DEEPEST_HEADING = 5  # `######`


class Writer:
    """Writes the blocks of one file. `levels` are the levels of its headings, as they will be."""

    def __init__(self, context: Context) -> None:
        self.context = context
        self._level = 0
        self._below: list[Table] = []  # tables that were in cells of the one that is being written

    def chunks(self, blocks: Sequence[Written], *, cell: bool = False) -> list[str]:
        """Return the Markdown of blocks, each without blank lines around it."""
        found: list[str] = []
        place = 0
        last = ""  # the kind of list before
        while place < len(blocks):
            end = self._run(blocks, place)
            group = blocks[place:end]
            first = group[0]
            if isinstance(first, Paragraph) and first.item is not None and _is_item(first):
                written = list(self._lists(group, cell))
                if last and written:
                    found.append(SEPARATOR)
                found += written
                last = "list" if written else last
            else:
                written = [c for c in self._group(group, cell) if c]
                found += written
                last = "" if written else last
            place = end
        return found

    def _run(self, blocks: Sequence[Written], start: int) -> int:
        """Return where a run of blocks ends that are written together."""
        first = blocks[start]
        end = start + 1
        if not isinstance(first, Paragraph):
            return end
        if _is_item(first):
            while end < len(blocks) and _continues(blocks[end]):
                end += 1
            while not _is_item(blocks[end - 1]) and not _says(blocks[end - 1]):
                end -= 1
        elif first.kind in ("quote", "code"):
            while end < len(blocks) and _kind(blocks[end]) == first.kind:
                end += 1
        elif first.kind == "term":
            while end < len(blocks) and _kind(blocks[end]) == "definition":
                end += 1
        return end

    def _group(self, group: Sequence[Written], cell: bool) -> Iterator[str]:
        first = group[0]
        match first:
            case Captioned(body=body, caption=caption, anchor=anchor):
                if isinstance(body, Table):
                    yield self._table(body, caption, str(anchor), cell)
                    yield from self._tables_below(cell)
                else:
                    yield from self._figure(body, caption, str(anchor))
            case NumberedFormula(formula=formula, anchor=anchor):
                yield f"$$\n{formula.tex}\n$$ {{#{anchor}}}"
            case Table():
                yield self._table(first, (), "", cell)
                yield from self._tables_below(cell)
            case Paragraph(kind="heading") if not cell:
                yield self._heading(first)
            case Paragraph(kind="code"):
                yield _fenced([p for p in group if isinstance(p, Paragraph)])
            case Paragraph(kind="quote") if not cell:
                inner = [c for p in group if isinstance(p, Paragraph) for c in self._paragraph(p)]
                yield prefixed("\n\n".join(inner), "> ", "> ")
            case Paragraph(kind="term") if len(group) > 1 and not cell:
                yield self._defined([p for p in group if isinstance(p, Paragraph)])
            case Paragraph(kind="rule") if not first.pieces:
                yield "---"
            case Paragraph() if is_figure(first) and not cell:
                yield from self._figure(first, (), "")
            case Paragraph():
                is_heading = first.kind == "heading" and first.text.strip()
                if is_heading:
                    message = "a heading in a table is a bold line now"
                    self.context.lose("changed", "heading", message, first.place, first.text)
                yield from self._paragraph(first, cell=cell, bold=bool(is_heading))

    def _heading(self, heading: Paragraph) -> str:
        words = line(heading.pieces, self.context, heading.place, Setting(cell=True))
        words = words.replace(r"\|", "|")
        if not words:
            return ""
        level = heading.level
        if level > self._level + 1:
            level = self._level + 1
            message = f"a heading of level {heading.level} below one of level {self._level}"
            self.context.lose(
                "changed",
                "heading-level",
                f"{message}; it is of level {level} now",
                heading.place,
                heading.text,
            )
        if level > _DEEPEST_HEADING:
            message = f"a heading of level {level} is a bold line now"
            self.context.lose("changed", "heading-level", message, heading.place, heading.text)
            return f"**{words}**"
        self._level = level
        anchors = self.context.anchors
        anchor = next((anchors[name] for name in heading.bookmarks if name in anchors), None)
        said = [f"#{anchor}"] * bool(anchor) + [".unnumbered"] * heading.unnumbered
        return f"{'#' * (level + 1)} {words}" + (f" {{{' '.join(said)}}}" if said else "")

    def _defined(self, group: Sequence[Paragraph]) -> str:
        """Return a term with what it means, which may be several paragraphs."""
        term = line(group[0].pieces, self.context, group[0].place, Setting(cell=True))
        meaning = [chunk for paragraph in group[1:] for chunk in self._paragraph(paragraph)]
        if not term or not meaning:
            return "\n\n".join(filter(None, [term, *meaning]))
        return term + "\n" + prefixed("\n\n".join(meaning), ":   ", "    ")

    def _paragraph(
        self, paragraph: Paragraph, *, cell: bool = False, bold: bool = False
    ) -> Iterator[str]:
        setting = Setting(cell=cell)
        for part in _parts(paragraph.pieces):
            if len(part) == 1 and isinstance(part[0], Formula) and part[0].display and not cell:
                yield f"$$\n{part[0].tex}\n$$"
            elif written := line(part, self.context, paragraph.place, setting):
                yield f"**{written}**" if bold else written

    def _figure(self, body: Block, caption: Sequence[Piece], anchor: str) -> Iterator[str]:
        assert isinstance(body, Paragraph)
        pictures = [piece for piece in body.pieces if isinstance(piece, Picture)]
        words = line(caption, self.context, body.place, Setting(cell=True)).replace(r"\|", "|")
        assert self.context.image is not None
        written = []
        for picture in pictures:
            is_last = picture is pictures[-1]
            shown = self.context.image(
                picture, words if is_last else "", anchor if is_last else "", body.place
            )
            written.append(shown)
        if words and not written[-1]:
            written.append(words)  # the picture could not be taken
        yield from written

    def _table(self, table: Table, caption: Sequence[Piece], anchor: str, cell: bool) -> str:
        if cell:
            message = "a table in a cell of a table, which stands below that now"
            self.context.lose("changed", "nested-table", message, table.place)
            self._below.append(table)
            return ""
        if problem := size_problem(len(table.rows), table.columns):
            said = " | ".join(word for row in table.rows for word in _texts(row))
            self.context.lose("lost", "table", f"{problem}: divide it", table.place, said)
            return line(caption, self.context, table.place)
        drawn = Drawn(table, [[self._cell(c.blocks) for c in row.cells] for row in table.rows])
        written = "" if drawn.is_plain else grid_table(drawn)
        if not (written or drawn.is_plain):
            message = "a table that is too large for merged cells, which stand side by side now"
            self.context.lose("changed", "merged-cell", message, table.place)
        written = written or pipe_table(drawn)
        if caption:
            words = line(caption, self.context, table.place, Setting(cell=True))
            words = words.replace(r"\|", "|")
            written += f"\n\n: {words} {{#{anchor}}}"
        return written

    def _tables_below(self, cell: bool) -> Iterator[str]:
        while self._below and not cell:
            yield self._table(self._below.pop(0), (), "", cell)

    def _cell(self, blocks: Sequence[Block]) -> list[str]:
        return self.chunks([b for b in blocks if _says(b)], cell=True)

    # Lists -------------------------------------------------------------------------------------

    def _lists(self, group: Sequence[Written], cell: bool) -> Iterator[str]:
        entries: list[Entry] = []
        for block in group:
            if not isinstance(block, Paragraph):
                continue
            chunks = list(self._paragraph(block, cell=cell))
            if block.item is not None and _is_item(block):
                entries.append(Entry(block.item, chunks, []))
            else:
                entries[-1].chunks += chunks
        yield from written_lists(nested(entries))


def _texts(row: Row) -> Iterator[str]:
    """Yield the words of the cells of a row, those of tables in them as well."""
    for cell in row.cells:
        for block in cell.blocks:
            if isinstance(block, Table):
                for inner in block.rows:
                    yield from _texts(inner)
            elif words := " ".join(block.text.split()):
                yield words


def _parts(pieces: Sequence[Piece]) -> Iterator[Sequence[Piece]]:
    """Divide a paragraph at formulas on lines of their own, and at two line breaks in a row."""
    part: list[Piece] = []
    for piece in pieces:
        if isinstance(piece, Formula) and piece.display:
            yield part
            yield [piece]
            part = []
        elif isinstance(piece, Break) and part and isinstance(part[-1], Break):
            yield part
            part = []
        elif (
            part
            and isinstance(part[-1], Break)
            and isinstance(piece, Words)
            and not piece.text.strip()
        ):
            continue
        else:
            part.append(piece)
    yield part


def _fenced(paragraphs: Sequence[Paragraph]) -> str:
    lines = ["".join(map(text_of, paragraph.pieces)) for paragraph in paragraphs]
    text = "\n".join(lines).rstrip()
    if not text.strip():
        return ""
    longest = max((len(run) for run in re.findall("`+", text)), default=0)
    fence = "`" * max(longest + 1, 3)
    return f"{fence}\n{text}\n{fence}"


def _is_item(block: Written) -> bool:
    return isinstance(block, Paragraph) and block.item is not None and _says(block)


def _continues(block: Written) -> bool:
    """Say whether a block goes on with a list."""
    if not isinstance(block, Paragraph):
        return False
    if not _says(block):
        return block.kind != "rule"
    return _is_item(block) or (block.kind == "continued" and block.item is None)


def _kind(block: Written) -> str:
    return block.kind if isinstance(block, Paragraph) and block.item is None else ""


def _says(block: Written) -> bool:
    return not isinstance(block, Paragraph) or any(
        not isinstance(piece, Words | Break) or (isinstance(piece, Words) and piece.text.strip())
        for piece in block.pieces
    )

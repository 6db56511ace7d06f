"""The two sides of a merge: the brief as it was sent, and what came back."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ..model import Cell, FrontMatter, Node
from ..provenance import file_of
from .building import Built
from .items import Item, Read
from .mapping import Origin, stretch
from .patching import MADE, Patch
from .places import (
    Around,
    around,
    note_definition,
)
from .units import Alignment, Unit
from .writing import Setting, Unwritable, joined, token_at

HEADING = re.compile(r"Heading([1-6])")


class Sides:
    """What edits are made of: the brief as it was sent, and the paragraphs that came back."""

    def __init__(
        self, base: Built, new: Sequence[Read], alignment: Alignment, literal: bool = False
    ) -> None:
        self.literal = literal  # edited lines get quotation marks and dashes as they are printed
        self.base, self.new, self.alignment = base, new, alignment
        self.old = base.text
        self.source = base.source
        self.around: Around = around(base.brief)
        self.partner = {
            slot.new: slot.old
            for slot in alignment.slots
            if slot.new is not None and slot.old is not None
        }

    def node(self, place: int) -> Node | None:
        """Return the block of an old paragraph, None for what the build makes."""
        for name in self.old[place].paragraph.names:
            if name in self.base.nodes:
                node, key = self.base.nodes[name]
                return node if not key else self.base.brief.front
        return None

    def editable(self, place: int) -> Node:
        node = self.node(place)
        if node is None:
            words = self.old[place].paragraph.text[:40]
            raise Unwritable(f"“{words}” {MADE}; it cannot be changed in Word")
        if not self.is_own(node):
            file = file_of(node.span, self.base.brief)
            raise Unwritable(f"this cell comes from {file}: change it there")
        return node

    def is_own(self, node: Node) -> bool:
        """Say whether a block is written in the Markdown itself, not in a file that it names."""
        brief = self.base.brief
        return file_of(node.span, brief) == file_of(brief.span, brief)

    def origins(self, place: int) -> list[Origin | None]:
        read = self.old[place]
        found: list[Origin | None] = [None] * len(read.items)
        for name in read.paragraph.names:
            mapped = self.base.origins(read, name)
            found = [one or other for one, other in zip(found, mapped, strict=True)]
        return found

    def setting(self, node: Node, place: int) -> Setting:
        front = node.span.line <= self.base.brief.front.span.end_line
        return Setting(cell=isinstance(node, Cell), front=front, anchors=self.base.anchors)

    def key(self, place: int) -> str:
        names = self.old[place].paragraph.names
        return next((self.base.nodes[n][1] for n in names if n in self.base.nodes), "")

    def new_notes(self, unit: Unit) -> dict[str, str]:
        """Return new footnotes as Markdown, by the text of their calls."""
        found: dict[str, str] = {}
        for place in unit.new_notes:
            read = self.new[place]
            key = next(iter(read.paragraph.names), f"new {read.paragraph.note}")
            if key in found or any(item.kind == "call" for item in read.items):
                raise Unwritable("a footnote of several paragraphs was added: write it in Markdown")
            found[key] = f"^[{self.written(read.items, Setting(anchors=self.base.anchors))}]"
        return found

    def gone_notes(self, unit: Unit) -> list[Patch]:
        found = []
        for place in unit.notes:
            node = self.node(place)
            if node is None:
                continue
            start = stretch(self.source, node.span)[0]
            line_start = self.source.text.rfind("\n", 0, start) + 1
            if re.match(r"[ \t]*\[\^", self.source.text[line_start:start]):
                found.append(Patch(*note_definition(start, self.source), ""))
        return found

    def written(self, items: Sequence[Item], setting: Setting) -> str:
        tokens = [token_at(items, place, setting) for place in range(len(items))]
        return joined(tokens, setting)

    def before(self, new: int) -> int | None:
        """Return the old paragraph before an added one."""
        for place in range(new - 1, -1, -1):
            if place in self.partner and not self.new[place].paragraph.note:
                return self.partner[place]
        return None

    def after(self, new: int) -> int | None:
        for place in range(new + 1, len(self.new)):
            if place in self.partner and not self.new[place].paragraph.note:
                return self.partner[place]
        return None

    def line_of(self, unit: Unit) -> int:
        place = unit.old[0] if unit.old else self.before(unit.new[0]) if unit.new else None
        node = self.node(place) if place is not None else None
        if place is None or node is None:
            return 0
        if not self.is_own(node):
            return 0
        if isinstance(node, FrontMatter):
            return node.place(self.key(place)).line
        return node.span.line

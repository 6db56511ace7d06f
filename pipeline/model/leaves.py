"""Nodes of a document tree that hold no other nodes."""

from __future__ import annotations

from .anchors import Anchor
from .placed import Placed
from .values import Length


class Node(Placed, frozen=True):
    """A value of the tree. Nodes that differ only in their places are equal."""


class Text(Node, frozen=True):
    text: str


class LineBreak(Node, frozen=True):
    """A hard line break. (A soft one is a space in a `Text`.)"""


class Code(Node, frozen=True):
    text: str


class Math(Node, frozen=True):
    """A formula in a line of text, as TeX: `$E = mc^2$`."""

    tex: str


class Image(Node, frozen=True):
    """A picture in a line of text, or the picture of a `Figure`.

    `src` is a key of `Brief.images`. Without a `width` the file says how large it is.
    """

    src: str
    alt: str
    width: Length | None = None

    @property
    def file_name(self) -> str:
        return self.src.rpartition("/")[2]


class CrossReference(Node, frozen=True):
    BESIDE = ("span", "foreign")

    anchor: Anchor
    number_only: bool = False  # `[-@fig-a]`: printed without its word
    foreign: str = ""  # as written, if in the syntax of LaTeX or MyST
    starts_sentence: bool = True  # "Figure 2", where the word may be small within one


class FootnoteReference(Node, frozen=True):
    """A later call of a footnote."""

    anchor: Anchor


class CodeBlock(Node, frozen=True):
    text: str
    language: str = ""


class ThematicBreak(Node, frozen=True):
    pass


class Equation(Node, frozen=True):
    """A formula on lines of its own, as TeX. Without an anchor it has no number."""

    anchor: Anchor | None
    tex: str
    alt: str = ""  # the author's words for it

"""What is shown over a citation key or an anchor, as Markdown."""

from __future__ import annotations

import re

from ..csl import format_entry
from ..labels import around_number
from ..model import Anchor, Chart, Equation, Figure, Heading, Node, Table, plain, walk
from ..model.references import RichText, Run
from .mentions import defined
from .reading import Reading

_SIGNS = re.compile(r"[\\`*_\[\]<>~|&]")
_START = re.compile(r"(\d*)([-+#=.)])")  # of a list or a heading


def entry_shown(reading: Reading, key: str) -> str:
    """Return the entry of a key as it will be printed; "" if there is no such key."""
    key = reading.library.aliases.get(key, key)
    if key not in reading.library or reading.loaded.numbered is None:
        return ""
    numbered, reference = reading.loaded.numbered, reading.library[key]
    number = numbered.numbers.get(reference.anchor)
    if number and number.isdecimal():
        return rf"\[{number}\] {markdown(numbered.entry(reference))}"
    entry = markdown(format_entry(reference, numbered.citation_style, reading.lang))
    return f"{entry}\n\nnot cited in {escaped(reading.loaded.name)}"


def anchor_shown(reading: Reading, anchor: Anchor) -> str:
    """Return what an anchor leads to, with its number; "" if there is no such anchor."""
    node = next((one for one in walk(reading.brief) if defined(one) == anchor), None)
    if node is None:
        return ""
    words = numbered_words(reading, anchor)
    said = [f"**{escaped(words)}**" if words else "", escaped(caption_of(node))]
    return ": ".join(filter(None, said))


def numbered_words(reading: Reading, anchor: Anchor) -> str:
    """Return how a cross-reference is printed: "Figure 2"; "" if nothing has a number there."""
    if anchor not in reading.numbers or reading.loaded.numbered is None:
        return ""
    before, after = around_number(anchor, reading.lang, reading.loaded.numbered.labels)
    return f"{before}{reading.numbers[anchor]}{after}"


def caption_of(node: Node) -> str:
    """Return the words of a heading or a caption, the TeX of a formula."""
    match node:
        case Heading(inlines=inlines):
            return plain(inlines)
        case Table(caption=caption) | Figure(caption=caption) | Chart(caption=caption):
            return plain(caption)
        case Equation(tex=tex):
            return " ".join(tex.split())
        case _:
            return ""


def markdown(runs: RichText) -> str:
    """Return formatted text as Markdown (CommonMark 0.31)."""
    return "".join(map(_run, runs))


def _run(run: Run) -> str:
    inner = run.text.strip()
    if not inner:
        return run.text
    lead, end = run.text.partition(inner)[::2]
    shown = escaped(inner)
    shown = f"**{shown}**" if run.bold else shown
    shown = f"*{shown}*" if run.italic else shown
    if run.href:
        shown = f"[{shown}](<{run.href}>)"
    return f"{lead}{shown}{end}"


def escaped(text: str) -> str:
    """Return text in which nothing is markup."""
    text = _SIGNS.sub(r"\\\g<0>", text)
    start = _START.match(text)
    return rf"{start[1]}\{text[start.end(1) :]}" if start else text

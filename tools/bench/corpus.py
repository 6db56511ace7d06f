"""Briefs to measure with: sentences of the sample briefs in another order, always the same.

They are plain enough for pandoc to print the same: headings, paragraphs, lists, tables, footnotes
and citations, without drawings and parts of our own.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from .measuring import ROOT

LIBRARY = ROOT / "references.bib"
_SEED = 20
_WORDS_OF_A_PAGE = 300  # with what else is on it
_MARKUP = re.compile(r"\[[^\]]*[@^][^\]]*\]|@[\w-]+(?: \[[^\]]*\])?|\{[^}]*\}|[*_`~\[\]]|\^\w+\^")
_KEY = re.compile(r"^@(?!string|comment|preamble)\w+\{([^,\s]+),", re.MULTILINE)


class Size(NamedTuple):
    """How much of what a brief has."""

    pages: int = 6
    citations: int = 30
    references: int = 30
    footnotes: int = 4
    rows: int = 8  # of its table
    columns: int = 1


def write(folder: Path, name: str, size: Size, seed: int = _SEED) -> Path:
    """Write a brief into a project, with the library that it cites, and return its path."""
    (folder / "briefs").mkdir(parents=True, exist_ok=True)
    (folder / "references.bib").write_text(_library(), "utf-8")
    (folder / "pyproject.toml").touch()  # where the project begins
    path = folder / "briefs" / f"{name}.md"
    path.write_text(_brief(size, random.Random(seed)), "utf-8")
    return path


def write_many(folder: Path, count: int) -> None:
    """Write briefs of 2 to 12 pages, most of them short."""
    chance = random.Random(_SEED)
    for number in range(count):
        pages = min(12, 2 + int(chance.expovariate(0.4)))
        size = Size(pages, citations=4 * pages, references=4 * pages, footnotes=pages // 2)
        write(folder, f"brief-{number:04}", size, seed=number)


def _brief(size: Size, chance: random.Random) -> str:
    sentences = _sentences()
    chance.shuffle(sentences)
    words, text, paragraphs = 0, iter(sentences * 1000), []
    while words < size.pages * _WORDS_OF_A_PAGE:
        paragraph = [next(text) for _ in range(5)]
        words += sum(sentence.count(" ") + 1 for sentence in paragraph)
        paragraphs.append(paragraph)
    keys = [*_keys(), *(f"more{number}" for number in range(_MORE))][: size.references]
    chance.shuffle(keys)
    _put(paragraphs, [f" [@{keys[n % len(keys)]}]." for n in range(size.citations)])
    _put(paragraphs, [f".[^{n}]" for n in range(size.footnotes)], start=2)
    parts = [" ".join(paragraph) for paragraph in paragraphs]
    for place in range(len(parts) - 2, 0, -4):
        parts.insert(place, f"## {' '.join(parts[place].split()[:5]).rstrip('.,;:')}")
    parts.insert(2, _table(size.rows, chance))
    notes = (f"[^{n}]: {sentences[n % len(sentences)]}" for n in range(size.footnotes))
    front = f"title: {sentences[0].rstrip('.')!r}\ndate: 2026-11-30\nlang: en-GB\n"
    front += f"columns: {size.columns}\n"
    return "\n\n".join((f"---\n{front}---", *parts, *notes)) + "\n"


def _put(paragraphs: list[list[str]], marks: list[str], start: int = 0) -> None:
    """Put marks before or behind the full stops of sentences, evenly over all paragraphs."""
    places = [(p, s) for p in range(start, len(paragraphs)) for s in range(len(paragraphs[p]))]
    for number, mark in enumerate(marks):
        p, s = places[number * len(places) // len(marks)]
        paragraphs[p][s] = paragraphs[p][s].removesuffix(".") + mark


def _table(rows: int, chance: random.Random) -> str:
    lines = (f"| Town {row} | {chance.randrange(100, 1000)} |\n" for row in range(rows))
    return "| Town | Cars a day |\n|---|--:|\n" + "".join(lines) + "\n: Traffic in towns\n"


def _sentences() -> list[str]:
    """Return the sentences of the sample briefs that have neither marks nor colons."""
    found = list[str]()
    for path in sorted((ROOT / "briefs").glob("*.md")):
        text = path.read_text("utf-8").partition("\n---\n")[2]
        for paragraph in re.split(r"\n\s*\n", text):
            if re.match(r"[A-Z]", paragraph) and "|" not in paragraph:
                plain = " ".join(_MARKUP.sub("", paragraph).split())
                found += _whole(plain.replace(" .", ".").replace(" ,", ","))
    return sorted(set(found))


def _whole(text: str) -> Iterator[str]:
    for sentence in re.split(r"(?<=[.]) (?=[A-Z])", text):
        if (
            sentence.endswith(".")
            and 40 < len(sentence) < 260
            and not set(sentence) & set(":;@$()")
        ):
            yield sentence


_MORE = 400  # entries that the library has beside those of the sample briefs


def _library() -> str:
    titles = _sentences()
    more = (
        f"@article{{more{number},\n  author = {{Author{number}, Ann and Writer, Bo}},\n"
        f"  title = {{{titles[number % len(titles)].rstrip('.')}}},\n"
        f"  journal = {{Journal of Streets}},\n  volume = {{{number}}},\n  pages = {{1--9}},\n"
        f"  year = {{2020}}\n}}\n"
        for number in range(_MORE)
    )
    return LIBRARY.read_text("utf-8") + "\n" + "\n".join(more)


def _keys() -> list[str]:
    return _KEY.findall(LIBRARY.read_text("utf-8"))

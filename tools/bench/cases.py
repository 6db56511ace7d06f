"""What is measured, and beside what."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pypdfium2

from . import inside
from .corpus import Size, write, write_many
from .measuring import Case, Measured, command
from .peers import at_once, one_after_the_other, pandoc, typst, weasyprint

_BRIEF = [sys.executable, "-m", "pipeline"]
_MANY, _THOUSAND = 200, 1000
FORMATS = ("pdf", "docx", "html")


def build(brief: Path, formats: str = "pdf,docx,html", *more: str) -> list[str]:
    """Return our command, which proves what it builds."""
    out = f"--out={brief.parents[1] / 'build'}"
    return [*_BRIEF, "build", str(brief), out, "--force", "--to", formats, *more]


def cases(folder: Path) -> Iterator[Case]:
    """Yield what takes less than a minute a round. `folder` is for the files."""
    brief = write(folder / "one", "six-pages", Size())
    files = {kind: folder / f"peer.{kind}" for kind in (*FORMATS, "typ")}
    # pandoc leaves files of its own where it runs.
    by_pandoc = {kind: command(pandoc(brief, path), folder) for kind, path in files.items()}
    both = one_after_the_other(pandoc(brief, files["pdf"]), pandoc(brief, files["docx"]))
    by_typst = one_after_the_other(
        pandoc(brief, files["typ"]), typst(files["typ"], folder / "typst.pdf")
    )
    subprocess.run(build(brief), check=True, capture_output=True)  # the page that others lay out
    page = brief.parents[1] / "build" / f"{brief.stem}.html"
    laid_out = command(weasyprint(page, folder / "page.pdf"))
    cold = command(build(brief, "pdf"))
    beside = "pandoc and WeasyPrint", by_pandoc["pdf"]
    yield Case("PDF", cold, *beside, at_most=0.95)
    yield Case("PDF", cold, "pandoc and Typst", command(by_typst, folder))
    yield Case("PDF", cold, "WeasyPrint on our web page", laid_out)
    yield Case("PDF, memory", cold, "pandoc and WeasyPrint", by_pandoc["pdf"], quantity="memory")
    word = command(build(brief, "docx"))
    yield Case("Word", word, "pandoc", by_pandoc["docx"], at_most=1.5)
    every = command(build(brief))
    yield Case(
        "PDF, Word and web page",
        every,
        "pandoc's PDF and Word",
        command(both, folder),
        at_most=0.95,
    )
    warm = inside.warm(write(folder / "warm", "six-pages", Size()), FORMATS)
    yield Case(
        "all three, warm, after an edit",
        warm,
        "pandoc and WeasyPrint",
        by_pandoc["pdf"],
        at_most=0.75,
    )
    warm = inside.warm(write(folder / "warm-page", "six-pages", Size()), ["html"])
    yield Case(
        "web page, warm, after an edit",
        warm,
        "pandoc and WeasyPrint",
        by_pandoc["pdf"],
        at_most=0.08,
    )
    long = write(folder / "long", "long", Size(33, 120, 100, 10))
    yield Case(
        "33 pages with contents and links back",
        command(build(long, "pdf")),
        "pandoc and WeasyPrint",
        command(pandoc(long, folder / "long.pdf"), folder),
        rounds=3,
        at_most=1.2,
    )
    notes, few = (
        write(folder / "notes", f"notes-{n}", Size(16, 20, 20, n, columns=2)) for n in (200, 10)
    )
    yield Case(
        "200 footnotes in two columns, by page",
        command(build(notes, "pdf")),
        "10 footnotes",
        command(build(few, "pdf")),
        rounds=3,
        at_most=1.3,
        per=(_pages(notes), _pages(few)),
    )
    yield from _alone(folder)


def large_cases(folder: Path) -> Iterator[Case]:
    """Yield what takes minutes, and is measured once."""
    long = write(folder / "longest", "long", Size(200, 400, 300, 40))
    styles = folder / "without"
    styles.mkdir()
    (styles / "house.toml").write_text('back-references = "off"\n', "utf-8")
    yield Case(
        "200 pages with links back",
        command(build(long, "pdf")),
        "without",
        command(build(long, "pdf", f"--styles={styles}")),
        rounds=1,
        at_most=1.25,
    )
    write_many(folder / "many", _MANY)
    briefs = sorted((folder / "many/briefs").glob("*.md"))
    yield Case(
        f"{_MANY} briefs in three formats, by the clock",
        _whole(folder / "many", "--force"),
        "pandoc, two at a time",
        command(at_once(briefs, folder), folder),
        rounds=1,
        quantity="wall",
        at_most=0.6,
    )
    for count in (100, _THOUSAND):
        write_many(folder / f"many-{count}", count)
    thousand, hundred = folder / f"many-{_THOUSAND}", folder / "many-100"
    yield Case(
        f"{_THOUSAND} briefs as web pages, by brief",
        _whole(thousand, "--force", "--to=html"),
        "100 briefs",
        _whole(hundred, "--force", "--to=html"),
        rounds=1,
        at_most=1.2,
        per=(_THOUSAND, 100),
    )
    one = pandoc(briefs[0], folder / "one.html")
    yield Case(
        f"nothing to do, {_THOUSAND} web pages",
        _whole(thousand, "--to=html"),
        "one page by pandoc",
        command(one, folder),
        rounds=1,
        at_most=5,
    )


def _alone(folder: Path) -> Iterator[Case]:
    """Yield what no other program does."""
    sample = inside.SAMPLE
    yield Case("the interpreter alone", command([sys.executable, "-c", "pass"]))
    yield Case("check", command([*_BRIEF, "check", str(sample)]))
    returned = str(inside.returned(folder))
    yield Case("merge of one word", command([*_BRIEF, "merge", "--dry-run", returned]))
    redline = [*_BRIEF, "redline", str(inside.older(folder)), str(sample), f"--out={folder}"]
    yield Case("redline", command(redline))
    for name, answer in inside.editor(folder).items():
        yield Case(f"editor, 500 entries: {name}", answer)
    for name in FORMATS:
        yield Case(f"proof of {name}", inside.proof(name))


def _whole(project: Path, *options: str) -> Measured:
    return command([*_BRIEF, "build", "--quiet", *options], project)


def _pages(brief: Path) -> int:
    """Return how many pages a brief has."""
    subprocess.run(build(brief, "pdf"), check=True, capture_output=True)
    with pypdfium2.PdfDocument(brief.parents[1] / "build" / f"{brief.stem}.pdf") as pdf:
        return len(pdf)

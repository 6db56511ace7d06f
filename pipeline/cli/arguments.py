"""What can be said to the `brief` command: its commands and their options."""

from __future__ import annotations

import argparse
import importlib
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NoReturn

from ..diagnostics.render import visible
from ..model import PDF_STANDARDS, WORD_CITATIONS

DESCRIPTION = """\
Policy briefs in Markdown, with a BibTeX file, become a print PDF, an editable
Word document and a web page, all with the same numbered references.
"""

EPILOGUE = """\
first steps:
  brief new rain            make briefs/rain.md and, if there is none, references.bib
  brief build               write build/rain.pdf, .docx and .html, and prove their numbers
  brief check               look for mistakes only; fast

exit codes: 0 well; 1 the sources are wrong, or an output failed its proof; 2 wrong usage
"""


def argument_parser(arguments: Sequence[str] = ()) -> argparse.ArgumentParser:
    """Return what reads arguments: of the command that they begin with, else of all commands."""
    parser: argparse.ArgumentParser = _Parser(
        prog="brief",
        description=DESCRIPTION,
        epilog=EPILOGUE,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--version", action=_Version, nargs=0, help="print the version")
    commands = parser.add_subparsers(metavar="COMMAND", required=True)
    asked = [name for name in arguments[:1] if name in COMMANDS]
    for name in asked or COMMANDS:
        COMMANDS[name](commands)
    return parser


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        super().error(visible(message))  # it quotes what was typed, or what a pattern matched


class _Version(argparse.Action):
    def __call__(self, parser: argparse.ArgumentParser, *rest: object) -> None:
        from .report import own_version

        parser.exit(message=f"brief (Briefwright) {own_version()}\n")


_Commands = argparse._SubParsersAction  # the type of `add_subparsers()`, which has no public name


def _add_build(commands: _Commands[argparse.ArgumentParser]) -> None:
    parser = commands.add_parser(
        "build",
        help="write the outputs, and prove that their numbers agree",
        description="Write PDF, Word and HTML of each brief (without names: of every brief in "
        "briefs/), read the numbers back from each file, and publish only what agrees.",
    )
    _add_sources(parser)
    parser.add_argument(
        "--to",
        type=_formats,
        metavar="FORMATS",
        default=("pdf", "docx", "html"),
        help="pdf, docx, html, or several with commas (default: all)",
    )
    parser.add_argument(
        "--word-citations",
        choices=WORD_CITATIONS,
        default="",
        help="citations in Word: numbers that F9 counts, Word's own, or Zotero's (default: ref)",
    )
    kinds = "of the PDF: PDF/UA-1 and A-3a, or UA-2 and A-4f (default: ua1-a3a)"
    parser.add_argument("--standard", choices=PDF_STANDARDS, default="", help=kinds)
    place = "default: build/ of the (first brief's) project"
    parser.add_argument("--out", type=Path, metavar="DIR", help=place)
    parser.add_argument("--jobs", type=_jobs, metavar="N", default=0, help="child processes")
    parser.add_argument("--force", action="store_true", help="write even what is up to date")
    draft = "write in spite of errors, with DRAFT and each unresolved thing marked red; exits 1"
    parser.add_argument("--draft", action="store_true", help=draft)
    parser.add_argument("--json", action="store_true", help="print the outcome as JSON")
    looks = "a .docx or .dotx whose styles, headers and cover the Word output takes"
    looks += " (default: reference.docx or reference.dotx in the styles' folder)"
    parser.add_argument("--reference-docx", type=Path, metavar="FILE", help=looks)
    parser.set_defaults(run=_run("commands", "build"))


def _add_check(commands: _Commands[argparse.ArgumentParser]) -> None:
    parser = commands.add_parser(
        "check",
        help="look for mistakes, write nothing; fast",
        description="Read briefs and references, number them, and report what is wrong.",
    )
    _add_sources(parser)
    parser.add_argument("--format", choices=("text", "json", "sarif"), default="text")
    parser.add_argument(
        "--json", action="store_const", const="json", dest="format", help="as --format json"
    )
    parser.add_argument(
        "--write-baseline",
        action="store_true",
        help="record what is found (but errors) in baseline.json, and be silent on it from now on",
    )
    parser.set_defaults(run=_run("commands", "check"))


def _add_verify(commands: _Commands[argparse.ArgumentParser]) -> None:
    parser = commands.add_parser(
        "verify",
        help="prove the numbers of files that are there",
        description="Read the numbers back from PDF, Word or HTML files (without names: all of "
        "build/ but press editions) and hold them against each other and against what was built.",
    )
    parser.add_argument("files", nargs="*", type=Path, metavar="FILE")
    parser.add_argument("--out", type=Path, metavar="DIR", help="default: build/ of the project")
    parser.add_argument("--json", action="store_true", help="print the findings as JSON")
    parser.set_defaults(run=_run("inspect", "verify"))


def _add_numbers(commands: _Commands[argparse.ArgumentParser]) -> None:
    parser = commands.add_parser(
        "numbers",
        help="print the numbers that a file bears",
        description="Print every number of a PDF, Word or HTML file with what it points to.",
    )
    parser.add_argument("file", type=Path, metavar="FILE")
    parser.add_argument("--json", action="store_true", help="print JSON")
    parser.set_defaults(run=_run("inspect", "numbers"))


def _add_bibliography(commands: _Commands[argparse.ArgumentParser]) -> None:
    parser = commands.add_parser(
        "bibliography",
        help="print every entry of a .bib file as a brief would",
        description="Print every reference of BibTeX files as it would be printed, in their order.",
    )
    parser.add_argument("files", nargs="+", type=Path, metavar="FILE.bib")
    _add_citation_style(parser, "the house style's")
    parser.add_argument(
        "--lang",
        metavar="TAG",
        help="en-GB, fr, … (default: that of the style named, or else the house's)",
    )
    parser.add_argument("--json", action="store_true", help="print JSON")
    parser.set_defaults(run=_run("inspect", "bibliography"))


def _add_sources_command(commands: _Commands[argparse.ArgumentParser]) -> None:
    parser = commands.add_parser(
        "sources",
        help="say which cited web addresses are dead, moved or changed",
        description="Report what sources.lock says of the web addresses that briefs cite. Nothing "
        "is asked over the network without --check.",
    )
    _add_sources(parser)
    parser.add_argument(
        "--check", action="store_true", help="ask every address now, and write sources.lock"
    )
    parser.add_argument("--seconds", type=float, default=20.0, help="for each address (20)")
    private = "ask addresses on private networks too"
    parser.add_argument("--allow-private", action="store_true", help=private)
    parser.add_argument("--json", action="store_true", help="print the findings as JSON")
    parser.set_defaults(run=_run("inspect", "sources"))


def _add_press(commands: _Commands[argparse.ArgumentParser]) -> None:
    parser = commands.add_parser(
        "press",
        help="write the PDF for a print shop: inks, bleed, crop marks",
        description="Write the pages of the PDF for offset printing to NAME.press.pdf: PDF/X in "
        "CMYK, 3 mm bleed, crop marks, no links. It is published if its pages say what those of "
        "the PDF for the screen say, and if it passes `brief preflight`. The output profile is "
        "that of [press] in house.toml, else FOGRA39, else Ghostscript's: it is said.",
    )
    _add_sources(parser)
    parser.add_argument("--out", type=Path, metavar="DIR", help="default: build/ of the project")
    claims = "PDF/X-4, or PDF/X-1a, which allows no transparency (default: x4)"
    parser.add_argument("--standard", choices=("x4", "x1a"), default="x4", help=claims)
    dress = parser.add_mutually_exclusive_group()
    dress.add_argument(
        "--booklet",
        action="store_true",
        help="two pages beside each other, in the order of a stapled booklet: NAME.booklet.pdf",
    )
    dress.add_argument(
        "--greyscale",
        action="store_true",
        help="the PDF for the screen in greys, tags and links kept: NAME.grey.pdf",
    )
    parser.set_defaults(run=_run("printing", "press"))


def _add_preflight(commands: _Commands[argparse.ArgumentParser]) -> None:
    parser = commands.add_parser(
        "preflight",
        help="look whether a print shop would refuse a PDF",
        description="Say of each rule whether a PDF keeps to it, and where it does not. Exit code "
        "1 if it fails one. What is not checked is listed.",
    )
    parser.add_argument("file", type=Path, metavar="FILE.pdf")
    parser.add_argument("--json", action="store_true", help="print JSON")
    parser.set_defaults(run=_run("printing", "preflight"))


def _add_new(commands: _Commands[argparse.ArgumentParser]) -> None:
    parser = commands.add_parser(
        "new",
        help="begin a brief that builds at once",
        description="Write briefs/NAME.md and, if there is none, references.bib.",
    )
    parser.add_argument("name", metavar="NAME", help="letters, digits and hyphens")
    parser.set_defaults(run=_run("commands", "new"))


def _add_reference_docx(commands: _Commands[argparse.ArgumentParser]) -> None:
    parser = commands.add_parser(
        "reference-docx",
        help="write the house style as a Word file to change",
        description="Write a Word file with every style of the house and the fields that a brief "
        "fills. Changed in Word, as styles/reference.docx, it dresses the Word outputs.",
    )
    place = "default: styles/reference.docx of the project"
    parser.add_argument("--out", type=Path, metavar="FILE", help=place)
    parser.add_argument("--styles", type=Path, metavar="DIR", help="the house style's folder")
    parser.set_defaults(run=_run("reference", "reference_docx"))


def _add_explain(commands: _Commands[argparse.ArgumentParser]) -> None:
    parser = commands.add_parser(
        "explain",
        help="explain a diagnostic code",
        description="Print what a code means and how to put it right; without CODE, list them.",
    )
    parser.add_argument("code", nargs="?", metavar="CODE")
    parser.set_defaults(run=_run("commands", "explain"))


def _add_sources(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("briefs", nargs="*", type=Path, metavar="BRIEF.md")
    parser.add_argument(
        "--bib",
        type=Path,
        action="append",
        default=[],
        metavar="FILE",
        help="a BibTeX file; may be given more than once (default: references.bib of the project "
        "of each brief)",
    )
    folder = "the house style's folder (default: styles/ of the first brief's project)"
    parser.add_argument("--styles", type=Path, metavar="DIR", help=folder)
    _add_citation_style(parser, "the brief's, or the house style's")


def _add_citation_style(parser: argparse.ArgumentParser, default: str) -> None:
    looks = f"how entries look: a name, or a CSL file (default: {default})"
    parser.add_argument("--citation-style", metavar="STYLE", default="", help=looks)


def _run(module: str, name: str) -> Callable[[argparse.Namespace], int]:
    """Return the function of a command, imported when it is called: a check must start fast."""
    return lambda options: getattr(importlib.import_module(f".{module}", __package__), name)(
        options
    )


COMMANDS = {
    "build": _add_build,
    "check": _add_check,
    "verify": _add_verify,
    "numbers": _add_numbers,
    "bibliography": _add_bibliography,
    "sources": _add_sources_command,
    "press": _add_press,
    "preflight": _add_preflight,
    "new": _add_new,
    "reference-docx": _add_reference_docx,
    "explain": _add_explain,
}


def _formats(text: str) -> tuple[str, ...]:
    chosen = dict.fromkeys(name.strip().lower() for name in text.split(",") if name.strip())
    if not chosen or not chosen.keys() <= {"pdf", "docx", "html"}:
        raise argparse.ArgumentTypeError(f"choose from pdf, docx, html, not {text!r}")
    return tuple(chosen)


def _jobs(text: str) -> int:
    if not text.isdigit() or int(text) < 1:
        raise argparse.ArgumentTypeError("a number from 1 on")
    return int(text)

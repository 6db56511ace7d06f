"""The commands of `brief` and their arguments, as tables that argparse is filled from."""

from __future__ import annotations

import argparse
import importlib
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, NoReturn

from msgspec import Struct

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
    parser = _Parser(
        prog="brief",
        description=DESCRIPTION,
        epilog=EPILOGUE,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--version", action=_Version, nargs=0, help="print the version")
    commands = parser.add_subparsers(metavar="COMMAND", required=True)
    asked = [name for name in arguments[:1] if name in COMMANDS]
    for name in asked or COMMANDS:
        command = COMMANDS[name]
        its = commands.add_parser(name, help=command.help, description=command.description)
        its.set_defaults(run=_run(command))
        for argument in command.arguments:
            argument(its)
    return parser


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        super().error(visible(message))  # it quotes what was typed, or what a pattern matched


class _Version(argparse.Action):
    def __call__(self, parser: argparse.ArgumentParser, *rest: object) -> None:
        from .report import own_version

        parser.exit(message=f"brief (Briefwright) {own_version()}\n")


Argument = Callable[[argparse.ArgumentParser], object]  # adds itself to a parser


class Command(Struct, frozen=True):
    """A command: what runs it ("module.function" of this package), its help, its arguments."""

    run: str
    help: str
    description: str
    arguments: Sequence[Argument] = ()


def _run(command: Command) -> Callable[[argparse.Namespace], int]:
    """Return the function of a command, imported when it is called: a check must start fast."""
    module, _, name = command.run.partition(".")
    return lambda options: getattr(importlib.import_module(f".{module}", __package__), name)(
        options
    )


def _argument(*names: str, **options: Any) -> Argument:
    return lambda parser: parser.add_argument(*names, **options)


def _citation_style(default: str) -> Argument:
    looks = f"how entries look: a name, or a CSL file (default: {default})"
    return _argument("--citation-style", metavar="STYLE", default="", help=looks)


def _booklet_or_grey(parser: argparse.ArgumentParser) -> None:
    editions = parser.add_mutually_exclusive_group()
    booklet = "two pages beside each other, in the order of a stapled booklet: NAME.booklet.pdf"
    editions.add_argument("--booklet", action="store_true", help=booklet)
    grey = "the PDF for the screen in greys, tags and links kept: NAME.grey.pdf"
    editions.add_argument("--greyscale", action="store_true", help=grey)


def _formats(text: str) -> tuple[str, ...]:
    chosen = dict.fromkeys(name.strip().lower() for name in text.split(",") if name.strip())
    if not chosen or not chosen.keys() <= {"pdf", "docx", "html"}:
        raise argparse.ArgumentTypeError(f"choose from pdf, docx, html, not {text!r}")
    return tuple(chosen)


def _jobs(text: str) -> int:
    if not text.isdigit() or int(text) < 1:
        raise argparse.ArgumentTypeError("a number from 1 on")
    return int(text)


_SOURCES = (
    _argument("briefs", nargs="*", type=Path, metavar="BRIEF.md"),
    _argument(
        "--bib",
        type=Path,
        action="append",
        default=[],
        metavar="FILE",
        help="a BibTeX file; may be given more than once (default: references.bib of the project "
        "of each brief)",
    ),
    _argument(
        "--styles",
        type=Path,
        metavar="DIR",
        help="the house style's folder (default: styles/ of the first brief's project)",
    ),
    _citation_style("the brief's, or the house style's"),
)
_OUT = _argument(
    "--out", type=Path, metavar="DIR", help="default: build/ of the first brief's project"
)
_JSON = _argument("--json", action="store_true", help="print JSON")

COMMANDS = {
    "build": Command(
        "commands.build",
        "write the outputs, and prove that their numbers agree",
        "Write PDF, Word and HTML of each brief (without names: of every brief in briefs/), read "
        "the numbers back from each file, and publish only what agrees.",
        (
            *_SOURCES,
            _argument(
                "--to",
                type=_formats,
                metavar="FORMATS",
                default=("pdf", "docx", "html"),
                help="pdf, docx, html, or several with commas (default: all)",
            ),
            _argument(
                "--word-citations",
                choices=WORD_CITATIONS,
                default="",
                help="citations in Word: numbers that F9 counts, Word's own, or Zotero's "
                "(default: ref)",
            ),
            _argument(
                "--standard",
                choices=PDF_STANDARDS,
                default="",
                help="of the PDF: PDF/UA-1 and A-3a, or UA-2 and A-4f (default: ua1-a3a)",
            ),
            _OUT,
            _argument("--jobs", type=_jobs, metavar="N", default=0, help="child processes"),
            _argument("--force", action="store_true", help="write even what is up to date"),
            _argument(
                "--draft",
                action="store_true",
                help="write in spite of errors, with DRAFT and each unresolved thing marked red; "
                "exits 1",
            ),
            _argument("--json", action="store_true", help="print the outcome as JSON"),
            _argument(
                "--reference-docx",
                type=Path,
                metavar="FILE",
                help="a .docx or .dotx whose styles, headers and cover the Word output takes "
                "(default: reference.docx or reference.dotx in the styles' folder)",
            ),
        ),
    ),
    "check": Command(
        "commands.check",
        "look for mistakes, write nothing; fast",
        "Read briefs and references, number them, and report what is wrong.",
        (
            *_SOURCES,
            _argument("--format", choices=("text", "json", "sarif"), default="text"),
            _argument(
                "--json", action="store_const", const="json", dest="format", help="as --format json"
            ),
            _argument(
                "--write-baseline",
                action="store_true",
                help="record what is found (but errors) in baseline.json, and be silent on it "
                "from now on",
            ),
        ),
    ),
    "verify": Command(
        "inspect.verify",
        "prove the numbers of files that are there",
        "Read the numbers back from PDF, Word or HTML files (without names: all of build/ but "
        "press editions) and hold them against each other and against what was built.",
        (_argument("files", nargs="*", type=Path, metavar="FILE"), _OUT, _JSON),
    ),
    "numbers": Command(
        "inspect.numbers",
        "print the numbers that a file bears",
        "Print every number of a PDF, Word or HTML file with what it points to.",
        (_argument("file", type=Path, metavar="FILE"), _JSON),
    ),
    "bibliography": Command(
        "inspect.bibliography",
        "print every entry of a .bib file as a brief would",
        "Print every reference of BibTeX files as it would be printed, in their order.",
        (
            _argument("files", nargs="+", type=Path, metavar="FILE.bib"),
            _citation_style("the house style's"),
            _argument(
                "--lang",
                metavar="TAG",
                help="en-GB, fr, … (default: that of the style named, or else the house's)",
            ),
            _JSON,
        ),
    ),
    "sources": Command(
        "inspect.sources",
        "say which cited web addresses are dead, moved or changed",
        "Report what sources.lock says of the web addresses that briefs cite. Nothing is asked "
        "over the network without --check.",
        (
            *_SOURCES,
            _argument(
                "--check", action="store_true", help="ask every address now, and write sources.lock"
            ),
            _argument("--seconds", type=float, default=20.0, help="for each address (20)"),
            _argument(
                "--allow-private", action="store_true", help="ask addresses on private networks too"
            ),
            _JSON,
        ),
    ),
    "press": Command(
        "printing.press",
        "write the PDF for a print shop: inks, bleed, crop marks",
        "Write the pages of the PDF for offset printing to NAME.press.pdf: PDF/X in CMYK, 3 mm "
        "bleed, crop marks, no links. It is published if its pages say what those of the PDF for "
        "the screen say, and if it passes `brief preflight`. The output profile is that of "
        "[press] in house.toml, else FOGRA39, else Ghostscript's: it is said.",
        (
            *_SOURCES,
            _OUT,
            _argument(
                "--standard",
                choices=("x4", "x1a"),
                default="x4",
                help="PDF/X-4, or PDF/X-1a, which allows no transparency (default: x4)",
            ),
            _booklet_or_grey,
        ),
    ),
    "preflight": Command(
        "printing.preflight",
        "look whether a print shop would refuse a PDF",
        "Say of each rule whether a PDF keeps to it, and where it does not. Exit code 1 if it "
        "fails one. What is not checked is listed.",
        (_argument("file", type=Path, metavar="FILE.pdf"), _JSON),
    ),
    "new": Command(
        "commands.new",
        "begin a brief that builds at once",
        "Write briefs/NAME.md and, if there is none, references.bib.",
        (_argument("name", metavar="NAME", help="letters, digits and hyphens"),),
    ),
    "reference-docx": Command(
        "reference.reference_docx",
        "write the house style as a Word file to change",
        "Write a Word file with every style of the house and the fields that a brief fills. "
        "Changed in Word, as styles/reference.docx, it dresses the Word outputs.",
        (
            _argument(
                "--out",
                type=Path,
                metavar="FILE",
                help="default: styles/reference.docx of the project",
            ),
            _argument("--styles", type=Path, metavar="DIR", help="the house style's folder"),
        ),
    ),
    "explain": Command(
        "commands.explain",
        "explain a diagnostic code",
        "Print what a code means and how to put it right; without CODE, list them.",
        (_argument("code", nargs="?", metavar="CODE"),),
    ),
}

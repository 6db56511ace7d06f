"""What commands and their arguments are made of, and how the values of options are read."""

from __future__ import annotations

import argparse
import datetime
from collections.abc import Callable, Sequence
from os.path import exists  # unlike that of `Path`, it takes names that no file can have
from pathlib import Path
from typing import Any

from msgspec import Struct

from ..roots import find_root

Argument = Callable[[argparse.ArgumentParser], object]  # adds itself to a parser


class Command(Struct, frozen=True):
    """A command: what runs it ("module.function" of this package), its help, its arguments."""

    run: str
    help: str
    description: str
    arguments: Sequence[Argument] = ()


def argument(*names: str, **options: Any) -> Argument:
    return lambda parser: parser.add_argument(*names, **options)


def brief(text: str) -> Path:
    """Return the file of a brief that is named by its path, or by its name alone."""
    path = Path(text)
    named = find_root(Path()) / "briefs" / f"{text}.md"
    return named if not exists(path) and exists(named) else path


def citation_style(default: str) -> Argument:
    looks = f"how entries look: a name, or a CSL file (default: {default})"
    return argument("--citation-style", metavar="STYLE", default="", help=looks)


def press_editions(parser: argparse.ArgumentParser) -> None:
    said = {
        "booklet": "two pages side by side, in the order of a stapled booklet: NAME.booklet.pdf",
        "cover": "back, spine and front of a bound brief on one sheet: NAME.cover.pdf",
        "grey": "the PDF for the screen in greyscale, with its tags and links: NAME.grey.pdf",
    }
    parser.set_defaults(edition="press")
    editions = parser.add_mutually_exclusive_group()
    for name, words in said.items():
        option = "--greyscale" if name == "grey" else f"--{name}"
        editions.add_argument(option, dest="edition", action="store_const", const=name, help=words)


def volume(verbose: str) -> Argument:
    """Return `-q` and `-v` ("quiet" or "verbose" in `volume`); `verbose` is the help of `-v`."""

    def add(parser: argparse.ArgumentParser) -> None:
        volumes = parser.add_mutually_exclusive_group()
        helps = (("quiet", "print only errors"), ("verbose", verbose))
        for name, words in helps:
            options: Any = {"action": "store_const", "const": name, "dest": "volume"}
            volumes.add_argument(f"-{name[0]}", f"--{name}", help=words, default="", **options)

    return add


def output(text: str) -> Path:
    path = Path(text)
    if path.suffix.lower() not in (".pdf", ".docx", ".html"):
        raise argparse.ArgumentTypeError(f"a file .pdf, .docx or .html, not {text!r}")
    return path


def markdown_file(text: str) -> Path:
    path = Path(text)
    if path.suffix.lower() != ".md":
        raise argparse.ArgumentTypeError(f"a file .md, not {text!r}")
    return path


def formats(text: str) -> tuple[str, ...]:
    chosen = dict.fromkeys(name.strip().lower() for name in text.split(",") if name.strip())
    if not chosen or not chosen.keys() <= {"pdf", "docx", "html"}:
        raise argparse.ArgumentTypeError(f"choose pdf, docx or html, not {text!r}")
    return tuple(chosen)


def out_of(options: argparse.Namespace, root: Path) -> Path:
    """Return the folder for the outputs of the project at `root`."""
    build: Path = options.out or root / "build"
    return build / "for-release" if options.for_release and not options.out else build


def day(text: str) -> datetime.date:
    try:
        return datetime.date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError("a date such as 2026-01-28") from None


def jobs(text: str) -> int:
    if not text.isdigit() or int(text) < 1:
        raise argparse.ArgumentTypeError("a number, 1 or more")
    return int(text)


def port(text: str) -> int:
    if not text.isdigit() or int(text) > 65535:
        raise argparse.ArgumentTypeError("a number up to 65535")
    return int(text)


SOURCES = (
    argument(
        "briefs",
        nargs="*",
        type=brief,
        metavar="BRIEF",
        help="its file, briefs/rain.md, or its name, rain (default: every brief in briefs/)",
    ),
    argument(
        "--bib",
        type=Path,
        action="append",
        default=[],
        metavar="FILE",
        help="a library: .bib, .json (CSL-JSON), .ris or .yaml; may be given more than once "
        "(default: references.bib of the project of each brief)",
    ),
    argument(
        "--styles",
        type=Path,
        metavar="DIR",
        help="the house style's folder (default: styles/ of the first brief's project)",
    ),
    citation_style("the brief's, or the house style's"),
)
OUT = argument(
    "--out", type=Path, metavar="DIR", help="default: build/ of the first brief's project"
)
FOR_RELEASE = argument(
    "--for-release",
    action="store_true",
    help="for outsiders: without the source and the names of reviewers; in build/for-release/",
)
JSON = argument("--json", action="store_true", help="print JSON")
LIMITS = (
    argument(
        "--seconds",
        type=float,
        default=20.0,
        help="time limit for each address (default: 20)",
    ),
    argument(
        "--allow-private",
        action="store_true",
        help="also request addresses on private networks",
    ),
)

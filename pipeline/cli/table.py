"""The commands of `brief`: their help and their arguments."""

from __future__ import annotations

from pathlib import Path

from ..model import EDITIONS, PDF_STANDARDS, WORD_CITATIONS
from .options import (
    FOR_RELEASE,
    JSON,
    LIMITS,
    OUT,
    SOURCES,
    Command,
    argument,
    citation_style,
    formats,
    jobs,
    output,
    port,
    press_editions,
    volume,
)
from .table_of_checking import CHECKING
from .table_of_editing import EDITING
from .table_of_houses import OF_HOUSES
from .table_of_libraries import OF_LIBRARIES

COMMANDS = {
    "build": Command(
        "building.build",
        "write the outputs, and prove that their numbers agree",
        "Write each brief (without names: every brief in briefs/) as PDF, Word and HTML, read the "
        "numbers back from each file, and publish only files in which they agree.",
        (
            *SOURCES,
            argument(
                "--to",
                type=formats,
                metavar="FORMATS",
                help="pdf, docx, html, or several separated by commas (default: all)",
            ),
            argument(
                "-o",
                "--output",
                type=output,
                metavar="FILE",
                help="one brief in one format: also write it here, once it is proved",
            ),
            argument(
                "--edition",
                choices=tuple(EDITIONS),
                default="",
                help="for large print, as PDF and Word file, or plain, a Word file without boxes: "
                "NAME.large-print.pdf, …",
            ),
            argument(
                "--word-citations",
                choices=WORD_CITATIONS,
                default="",
                help="citations in Word: numbers that F9 counts, Word's own, or Zotero's "
                "(default: ref)",
            ),
            argument(
                "--standard",
                choices=PDF_STANDARDS,
                default="",
                help="of the PDF: PDF/UA-1 and A-3a, or UA-2 and A-4f (default: ua1-a3a)",
            ),
            OUT,
            argument(
                "--with-comments",
                action="store_true",
                help="put open comments of briefs/NAME/reviews/ into the Word file",
            ),
            FOR_RELEASE,
            argument("--jobs", type=jobs, metavar="N", default=0, help="child processes"),
            argument(
                "--scheduler",
                metavar="ADDRESS",
                default="",
                help="make the files on the workers of a Dask cluster: tcp://host:8786, or local:4",
            ),
            argument("--force", action="store_true", help="also rebuild what is up to date"),
            argument(
                "--explain", action="store_true", help="say why each file is built, or is not"
            ),
            volume("print every finding, and why each file is built, or is not"),
            argument(
                "--draft",
                action="store_true",
                help="write despite errors, marked DRAFT and with everything unresolved in red; "
                "exits 1",
            ),
            argument("--json", action="store_true", help="print the outcome as JSON"),
            argument(
                "--reference-docx",
                type=Path,
                metavar="FILE",
                help="a .docx or .dotx from which the Word output takes styles, headers and cover "
                "(default: reference.docx or reference.dotx in the styles' folder)",
            ),
        ),
    ),
    **CHECKING,
    **EDITING,
    "numbers": Command(
        "inspect.numbers",
        "print the numbers in a file",
        "Print every number of a PDF, Word or HTML file with what it points to.",
        (argument("file", type=Path, metavar="FILE"), JSON),
    ),
    "bibliography": Command(
        "inspect.bibliography",
        "print every entry of a library as in a brief",
        "Print every reference of BibTeX, CSL-JSON or RIS files, in their order, as it would look "
        "in a brief.",
        (
            argument("files", nargs="+", type=Path, metavar="FILE"),
            citation_style("the house style's"),
            argument(
                "--lang",
                metavar="TAG",
                help="en-GB, fr, … (default: the language of the style, or else of the house)",
            ),
            JSON,
        ),
    ),
    "sources": Command(
        "inspect.sources",
        "report cited web pages that are dead, moved or changed",
        "Report what sources.lock says about the web addresses that briefs cite. The network "
        "is used only with --check.",
        (
            *SOURCES,
            argument(
                "--check",
                action="store_true",
                help="request every address now, and update sources.lock",
            ),
            *LIMITS,
            JSON,
        ),
    ),
    "press": Command(
        "printing.press",
        "write the PDF for a print shop: inks, bleed, crop marks",
        "Write the pages of the PDF for offset printing to NAME.press.pdf: PDF/X in CMYK with 3 mm "
        "bleed and crop marks, without links. It is published if its pages have the same text as "
        "those of the PDF for the screen, and if it passes `brief preflight`. The output profile "
        "is that of [press] in house.toml, else FOGRA39, else Ghostscript's; the output names it.",
        (
            *SOURCES,
            OUT,
            argument(
                "--standard",
                choices=("x4", "x1a"),
                default="x4",
                help="PDF/X-4, or PDF/X-1a, which allows no transparency (default: x4)",
            ),
            press_editions,
            argument(
                "--job",
                action="store_true",
                help="also write a job ticket for the print shop: NAME.job.pdf and NAME.job.json",
            ),
            argument(
                "--soft-proof",
                action="store_true",
                help="also show each page as it looks on its paper: NAME.proof-1.png, …",
            ),
        ),
    ),
    "preflight": Command(
        "printing.preflight",
        "check whether a print shop would refuse a PDF",
        "Report for each rule of print shops whether a PDF follows it, and where it does not. The "
        "exit code is 1 if it breaks one. What is not checked is listed.",
        (argument("file", type=Path, metavar="FILE.pdf"), JSON),
    ),
    "site": Command(
        "website.site",
        "write the website from which readers get the files",
        "Build the Word file and the PDF of every brief, and write a static website to "
        "build/site/: an index with search and filters, and a page for each brief with its text "
        "and its files. "
        "A brief with errors keeps the page that it had. Briefs with `draft: true` are left out.",
        (
            *SOURCES,
            OUT,
            argument("--jobs", type=jobs, metavar="N", default=0, help="child processes"),
            JSON,
        ),
    ),
    "preview": Command(
        "website.preview",
        "show a brief in the browser while you write it",
        "Show a brief (without names: all briefs of the project) in the browser. Save it in any "
        "editor, and the page is exchanged at the place that you read; PDF and Word follow. Errors "
        "are shown with file and line above the last good page. Only this machine can connect, "
        "and only with the address that is printed. Ctrl-C ends it.",
        (
            *SOURCES,
            OUT,
            argument(
                "--port",
                type=port,
                metavar="N",
                default=8421,
                help="the port to listen on; another one if it is taken (default: 8421)",
            ),
            argument("--no-browser", action="store_true", help="only print the address"),
        ),
    ),
    "new": Command(
        "new.new",
        "start a brief that builds at once",
        "Write briefs/NAME.md and, if there is none, references.bib. With --project, write a whole "
        "project: a brief, references, a house style, and settings for GitHub, Docker and VS Code.",
        (
            argument("name", nargs="?", metavar="NAME", help="letters, digits and hyphens"),
            argument(
                "--project",
                type=Path,
                metavar="DIR",
                help="a folder that is empty, or not there yet",
            ),
        ),
    ),
    "reference-docx": Command(
        "reference.reference_docx",
        "write the house style as a Word file that you can change",
        "Write a Word file with every style of the house and the fields that a brief fills. Change "
        "it in Word; as styles/reference.docx it determines the look of the Word outputs.",
        (
            argument(
                "--out",
                type=Path,
                metavar="FILE",
                help="default: styles/reference.docx of the project",
            ),
            argument("--styles", type=Path, metavar="DIR", help="the house style's folder"),
        ),
    ),
    **OF_HOUSES,
    **OF_LIBRARIES,
    "doctor": Command(
        "doctor.doctor",
        "say what is installed, what is missing, and how to get it",
        "Look for the libraries, programs and fonts that outputs are made with, and print the "
        "commands that install what is missing. The exit code is 1 if PDF files need it.",
    ),
    "completion": Command(
        "speaking.print_completion",
        "print the completion of commands for a shell",
        "Print a script that completes the commands and options of brief; its first lines say "
        "where to put it.",
        (argument("shell", choices=("bash", "zsh", "fish")),),
    ),
    "manual": Command(
        "speaking.print_manual",
        "print the man page",
        "Print the man page: brief manual > ~/.local/share/man/man1/brief.1",
    ),
    "explain": Command(
        "commands.explain",
        "explain a diagnostic code",
        "Print what a code means and how to correct it; without CODE, list all codes.",
        (argument("code", nargs="?", metavar="CODE"),),
    ),
}

"""The commands that look for mistakes, in sources and in outputs."""

from __future__ import annotations

from pathlib import Path

from .options import JSON, OUT, SOURCES, Command, argument, jobs, volume

CHECKING = {
    "check": Command(
        "commands.check",
        "only look for mistakes; fast",
        "Read briefs and references, number them, and report what is wrong.",
        (
            *SOURCES,
            volume("also print which files were read"),
            argument("--format", choices=("text", "json", "sarif"), default="text"),
            argument(
                "--json", action="store_const", const="json", dest="format", help="as --format json"
            ),
            argument(
                "--accessibility",
                action="store_true",
                help="also list what only the author can supply: alternative texts that say "
                "little, abbreviations that are not explained, links that say “here”, …",
            ),
            argument(
                "--reading-level",
                action="store_true",
                help="also say how hard each brief is to read, and which sentences are very long",
            ),
            argument(
                "--write-baseline",
                action="store_true",
                help="record the current findings, except errors, in baseline.json, and do not "
                "report them again",
            ),
        ),
    ),
    "verify": Command(
        "inspect.verify",
        "check whether files are as built, and what was changed",
        "Read the numbers back from PDF, Word or HTML files (without names: all of build/ except "
        "press editions), compare them with what was built, with the brief, or with the record "
        "that they contain, and print a verdict for each.",
        (argument("files", nargs="*", type=Path, metavar="FILE"), OUT, JSON),
    ),
    "accessibility": Command(
        "accessibility.accessibility",
        "check the outputs for accessibility, and write a conformance report",
        "Build the outputs of briefs (without names: of all), run checks on the files, and write "
        "a report by the criteria of EN 301 549, as page and PDF: NAME.accessibility.html, or "
        "accessibility.html for several briefs. It says what was checked and how, and what only a "
        "person can check. The exit code is 1 if a check found a fault.",
        (
            argument("briefs", nargs="*", type=Path, metavar="NAME"),
            *SOURCES[1:],
            OUT,
            argument("--jobs", type=jobs, metavar="N", default=0, help="child processes"),
            JSON,
        ),
    ),
}

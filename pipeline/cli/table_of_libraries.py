"""The commands that write into .bib files."""

from __future__ import annotations

from pathlib import Path

from .options import LIMITS, Command, argument

OF_LIBRARIES = {
    "add": Command(
        "adding.add",
        "add a reference to the .bib file",
        "Append the references of CSL-JSON or RIS files to the .bib file, with keys in the pattern "
        "that it has. What stands in it is not touched, and works that it has are not added again. "
        "DOIs, ISBNs and web addresses are looked up only with --fetch.",
        (
            argument("what", nargs="+", metavar="DOI|ISBN|URL|FILE"),
            argument(
                "--bib",
                type=Path,
                metavar="FILE",
                help="the file to add to (default: references.bib of the project)",
            ),
            argument("--key", default="", help="the key, for one reference"),
            argument("--dry-run", action="store_true", help="print the entries, write nothing"),
            argument("--fetch", action="store_true", help="use the network"),
            *LIMITS,
        ),
    ),
    "bib": Command(
        "adding.tidy",
        "put .bib files in order",
        "Sort the entries of .bib files by key, align their fields, and put right slips that have "
        "one sure remedy, without a change of meaning: comments and @strings stay as they are.",
        (
            argument("action", choices=("tidy",)),
            argument("files", nargs="*", type=Path, metavar="FILE.bib"),
            argument("--check", action="store_true", help="only say which files are not in order"),
        ),
    ),
}

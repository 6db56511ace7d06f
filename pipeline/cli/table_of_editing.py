"""The commands for editors, for what comes back from reviewers, and for what is released."""

from __future__ import annotations

from pathlib import Path

from .options import (
    FOR_RELEASE,
    JSON,
    OUT,
    SOURCES,
    Command,
    argument,
    day,
    formats,
    markdown_file,
)

EDITING = {
    "lsp": Command(
        "editor.lsp",
        "help editors: findings while you type, citation keys, renames",
        "Answer an editor that speaks the Language Server Protocol, on standard input and output. "
        "Editors start this command; docs/editors.md says how to set them up.",
        (
            argument(
                "--stdio",
                action="store_true",
                help="for editors that say so; there is no other way",
            ),
        ),
    ),
    "merge": Command(
        "merging.merge",
        "take edits of a returned Word file into the Markdown",
        "Apply what reviewers changed in Word files to the briefs that these were made from. Each "
        "change is proved: the new Markdown is built, and must say what came back. What cannot be "
        "proved is refused with the reason, and then nothing is written without --partial. If the "
        "brief has changed since, both sides are merged, and conflicts are marked.",
        (
            argument("files", nargs="*", type=Path, metavar="RETURNED.docx"),
            argument("--dry-run", action="store_true", help="print the changes, write nothing"),
            argument(
                "--partial", action="store_true", help="write what is proved although some is not"
            ),
            argument("--undo", action="store_true", help="put back what the last merge replaced"),
            argument(
                "--trust-embedded",
                action="store_true",
                help="if its Markdown is not in git, use the one that the file carries",
            ),
            argument(
                "--brief",
                type=Path,
                metavar="FILE.md",
                help="the brief that the files were made from (default: the one they name)",
            ),
            SOURCES[1],
            SOURCES[2],
            JSON,
        ),
    ),
    "import": Command(
        "importing.import_",
        "make a first brief of a Word document from elsewhere",
        "Write the text of a Word document as a brief, with its headings, lists, tables, "
        "footnotes, pictures and cross-references. Citations of Zotero, Mendeley, EndNote and "
        "Word, and typed numbers that agree with a numbered list of references, become citations, "
        "and their works entries in the .bib file. What the brief does not say as the document did "
        "is listed by place. Nothing is overwritten.",
        (
            argument("file", type=Path, metavar="FILE.docx"),
            argument(
                "-o",
                dest="output",
                type=markdown_file,
                metavar="FILE.md",
                help="the brief to write (default: briefs/FILE.md)",
            ),
            argument(
                "--bib",
                type=Path,
                metavar="FILE.bib",
                help="the file that gets the entries (default: references.bib of the project)",
            ),
            argument("--dry-run", action="store_true", help="print the Markdown, write nothing"),
            JSON,
        ),
    ),
    "reviews": Command(
        "reviewing.reviews",
        "list the comments that nobody has resolved",
        "List the open comments of reviewers, which `brief merge` found in returned files, with "
        "the lines of the brief as it is now; or mark some as resolved.",
        (
            *SOURCES,
            argument("--format", choices=("text", "json", "sarif"), default="text"),
            argument(
                "--resolve",
                action="append",
                default=[],
                metavar="ID",
                help="mark a comment as resolved; may be given more than once",
            ),
        ),
    ),
    "redline": Command(
        "redlining.redline",
        "show what has changed between two editions: tracked changes in Word, PDF or HTML",
        "Compare two editions of a brief by their words, citation keys and locators, never by "
        "numbers, and write NAME.redline.docx with tracked changes, or PDF and HTML with marked "
        "ones. Name one brief, and --since an edition that was released or a revision of git "
        "(default: the last release, else the last commit), or two editions: files, or "
        "REVISION:briefs/NAME.md.",
        (
            argument("editions", nargs="+", metavar="BRIEF.md"),
            argument("--since", default="", metavar="EDITION", help="the older edition"),
            argument(
                "--until",
                default="",
                metavar="EDITION",
                help="the newer edition (default: the brief as it is now)",
            ),
            argument(
                "--to",
                type=formats,
                metavar="FORMATS",
                default=("docx",),
                help="pdf, docx, html, or several separated by commas (default: docx)",
            ),
            argument("--author", default="", help="of the changes (default: the brief's authors)"),
            argument(
                "--date", type=day, metavar="DATE", help="of the changes (default: the brief's)"
            ),
            *SOURCES[1:],
            OUT,
        ),
    ),
    "release": Command(
        "releasing.release",
        "record a release of a brief: its edition, its date, its files and sources",
        "Record what is released as an edition in briefs/NAME/releases/EDITION/: release.json says "
        "the edition, the date and the hashes of the files, and beside it are copies of the "
        "sources, from which the edition can be built and compared. The sources must be committed "
        "to git, and the outputs built from them. From then on, `brief check` reports sentences "
        "that change without a new edition.",
        (
            argument("briefs", nargs="*", type=Path, metavar="NAME"),
            argument(
                "--date", type=day, metavar="DATE", help="of the release (default: the brief's)"
            ),
            argument(
                "--to",
                type=formats,
                metavar="FORMATS",
                default=("pdf", "docx", "html"),
                help="the outputs that are released (default: pdf, docx, html)",
            ),
            argument(
                "--withdraw",
                nargs=2,
                metavar=("NAME", "EDITION"),
                help="mark a release as withdrawn",
            ),
            *SOURCES[1:],
            OUT,
            FOR_RELEASE,
        ),
    ),
}

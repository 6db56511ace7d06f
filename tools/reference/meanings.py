"""What the fields of each JSON format say."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

OWN = "for this program alone: it may change"  # and is not listed
FINDING = frozenset(
    ("code", "severity", "message", "hint", "path", "line", "column", "length")
)  # explained once, in the guide
_FINDINGS = {"diagnostics[]": "the findings, as [above](#findings)"}
_NUMBERS = {
    "numbers[].anchor": "what the number belongs to: `ref-smith2021`, `fig-rain`, `sec-known`",
    "numbers[].number": "as printed",
    "numbers[].locator": "of a citation: `p. 4`",
    "numbers[].text": "the whole mark, as printed",
    "bibliography[].key": "the citation key",
    "bibliography[].number": "as printed",
    "bibliography[].text": "the entry, as printed",
}

# The format: what it is, which of its objects have names as keys, and its fields.
FORMATS: Mapping[str, tuple[str, Sequence[str], Mapping[str, str]]] = {
    "brief check --json": (
        "Also `brief sources --json`. `--format sarif` prints the findings as SARIF 2.1.0.",
        (),
        _FINDINGS,
    ),
    "brief build --json": (
        "One object for each brief.",
        ("briefs[].reasons",),
        {
            "briefs[].name": "the name of the brief",
            "briefs[].status": "`built`, `up to date`, `failed`; or `partial`, if the machine "
            "failed some outputs",
            "briefs[].files[]": "the files that are complete and proved, written now or earlier",
            "briefs[].references": "how many references are listed",
            "briefs[].citations": "how many citations there are",
            "briefs[].pages": "of the PDF; null without one",
            "briefs[].seconds": "for writing and proving, added up",
            "briefs[].reasons.NAME": "with `--explain`: why a file was built, or not",
            **_FINDINGS,
        },
    ),
    "brief verify --json": (
        "The exit code is 1 if a file is not what it should be.",
        (),
        {
            "files[]": "the files that were read",
            "verdicts[].file": "the file",
            "verdicts[].verdict": "the verdict; see [Verification](verify.md)",
            "verdicts[].words": "the verdict as it is printed for people",
            **_FINDINGS,
        },
    ),
    "brief accessibility --json": (
        "The exit code is 1 if a check found a fault.",
        (),
        {
            "files[]": "the files that were checked",
            "faults[].file": "the file",
            "faults[].check": "the name of the check",
            "faults[].fault": "what is wrong, as a clause",
            "report[]": "the files of the report",
        },
    ),
    "brief numbers --json": ("What is printed in one file.", (), _NUMBERS),
    "brief bibliography --json": (
        "All entries of a library.",
        (),
        {
            "entries[].key": "the citation key",
            "entries[].number": "the number in this list",
            "entries[].text": "the entry, as printed",
            **_FINDINGS,
        },
    ),
    "brief preflight --json": (
        "One object for each rule.",
        (),
        {
            "file": "the PDF",
            "passed": "whether it follows all rules",
            "rules[].name": "the rule",
            "rules[].verdict": "`pass` or `fail`",
            "rules[].value": "what was found",
            "rules[].places[]": "where the rule is broken",
            "not-checked[]": "what no rule here says anything about",
        },
    ),
    "brief merge --json": (
        "One object for each brief, and in it one for each returned file.",
        (),
        {
            "briefs[].brief": "the Markdown; null if it is unknown",
            "briefs[].written": "whether it was changed",
            "briefs[].conflicts": "how many places both sides have changed",
            "briefs[].reason": "why nothing was written; empty if something was",
            "briefs[].files[].file": "the returned file",
            "briefs[].files[].base": "where its Markdown was found",
            "briefs[].files[].reason": "why the file was refused; empty if it was not",
            "briefs[].files[].stale[]": "what is out of date in it",
            "briefs[].files[].review": "the list of its comments; null without one",
            "briefs[].files[].comments[]": "its comments",
            "briefs[].files[].edits[].kind": "`edit`, `insert`, `delete`, `move`; `made` for what "
            "the build makes",
            "briefs[].files[].edits[].line": "the line of the Markdown",
            "briefs[].files[].edits[].before": "the text there",
            "briefs[].files[].edits[].after": "the text that came back",
            "briefs[].files[].edits[].taken": "whether it is proved",
            "briefs[].files[].edits[].reason": "why it is not; empty if it is",
            "briefs[].files[].edits[].tracked[]": "the tracked changes in it",
        },
    ),
    "brief import --json": (
        "What a Word document became. `not-as-it-was` lists everything that the brief does not say "
        "as the document did.",
        (),
        {
            "brief": "the Markdown",
            "library": "the `.bib` file",
            "pictures[]": "the files of pictures",
            "written": "whether these were written: not with `--dry-run`",
            "entries": "how many entries were added to the library",
            "ours": "whether the document was made from a brief, and gave back its source",
            "read.headings": "how many headings the document has",
            "read.tables": "how many tables",
            "read.footnotes": "how many calls of footnotes and endnotes",
            "read.citations": "how many citations, in fields or typed",
            "read.cited-works": "how many works they cite",
            "not-as-it-was[].verdict": "`lost`, `changed`, `check` or `made`: see "
            "[Papers in Word](import.md#what-was-lost-is-listed)",
            "not-as-it-was[].kind": "what it was: `comment`, `chart`, `tracked-change`, …",
            "not-as-it-was[].message": "what became of it",
            "not-as-it-was[].heading": "the heading above it",
            "not-as-it-was[].paragraph": "which paragraph it was in, from 1; 0 for none",
            "not-as-it-was[].near": "the first words of that paragraph",
            "not-as-it-was[].text": "what it said",
        },
    ),
    "brief site --json": (
        "What was written.",
        (),
        {
            "folder": "where the site is",
            "briefs": "how many briefs are on it",
            "written": "how many files were written",
            "removed": "how many were removed",
            "kept[]": "briefs with errors, whose pages stay as they were",
            "drafts[]": "briefs that are not published",
            "search": "whether the site has a search",
            **_FINDINGS,
        },
    ),
    "build/manifest.json": (
        "What was built. `brief verify` compares files with it.",
        ("files", "files.NAME.parts"),
        {
            "version": "1",
            "files.NAME.brief": "the Markdown, from the folder of the file",
            "files.NAME.sha256": "the hash of the file",
            "files.NAME.pages": "of a PDF",
            **{f"files.NAME.printed.{field}": words for field, words in _NUMBERS.items()},
            "files.NAME.fingerprint": OWN,
            "files.NAME.parts.NAME": OWN,
            "files.NAME.printed.blocks[]": OWN,
            "files.NAME.printed.looks[]": OWN,
            "files.NAME.printed.drawn_by": OWN,
        },
    ),
    "build/site/briefs.json": (
        "What is on the website, for other programs.",
        (),
        {
            "version": "1",
            "name": "the name of the house",
            "url": "the address of the site; empty if unknown",
            "briefs[].name": "the name of the brief",
            "briefs[].page": "its page",
            "briefs[].title": "its title",
            "briefs[].lang": "its language",
            "briefs[].edition": "its edition, if it has one",
            "briefs[].summary": "the beginning of its summary",
            "briefs[].authors[]": "its authors",
            "briefs[].files[].name": "a file to take",
            "briefs[].files[].kind": "`docx`, `pdf`, `press`, `md` or `bib`",
            "briefs[].files[].size": "in bytes",
            "briefs[].files[].sha256": "its hash",
            "briefs[].files[].pages": "of a PDF",
        },
    ),
    "briefs/NAME/releases/EDITION/release.json": (
        "What was [released](publishing.md#releases). A field that has nothing to say is left out.",
        ("files", "sources", "references"),
        {
            "edition": "as the front matter has it",
            "date": "of the release",
            "brief": "the path of the Markdown",
            "markdown": "the hash of the Markdown",
            "files.NAME": "the hash of each output",
            "sources.NAME": "the hash of each copy beside the record",
            "references.NAME": "the hash of each cited entry",
            "house": "the hash of the house style",
        },
    ),
    "baseline.json": (
        "Findings that are accepted: see [Continuous integration](ci.md#baselines).",
        (),
        {
            "version": "1",
            "known[].file": "the name of the file",
            "known[].code": "the code",
            "known[].message": "the message",
        },
    ),
    "sources.lock": (
        "What web addresses answered: see [Web addresses](addresses.md).",
        ("sources",),
        {
            "version": "1",
            "sources.NAME.checked_on": "the first day on which the address answered this",
            "sources.NAME.status": "the status of HTTP; 0 for no answer",
            "sources.NAME.final_url": "where it led",
            "sources.NAME.title": "the title of the page",
            "sources.NAME.sha256": "the hash of its text",
            "sources.NAME.first": "the hash at the first time",
            "sources.NAME.problem": "why there was no answer; empty if there was one",
            "sources.NAME.doubt": "why the page may not be the one that is cited",
        },
    ),
}

"""Every diagnostic code, with its severity and one line on what it means.

`brief explain CODE` prints the longer text, with an example that raises the code, from
`explanations.md` beside this file; a test holds both to each other.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum

from msgspec import Struct


class Severity(Enum):
    ERROR = "error"  # an output would be wrong, so none is written
    WARNING = "warning"  # an output is right, but perhaps not what was meant
    INFO = "info"
    OFF = "off"  # not reported, unless the house style turns it on


class Code(Struct, frozen=True):
    severity: Severity
    summary: str


_ERROR, _WARNING, _INFO = Severity.ERROR, Severity.WARNING, Severity.INFO
_OFF = Severity.OFF

CODES: Mapping[str, Code] = {
    # files
    "missing-file": Code(_ERROR, "a file that the brief or the command names does not exist"),
    "unreadable-file": Code(_ERROR, "a file cannot be read: a folder, no permission, too large"),
    "not-utf8": Code(_ERROR, "a Markdown file is not UTF-8 text"),
    "control-character": Code(_WARNING, "a file holds control characters, which are left out"),
    "empty-brief": Code(_ERROR, "a brief has no text"),
    "nested-too-deep": Code(_ERROR, "lists, quotes or parts are nested too deeply for a page"),
    "outside-project": Code(_ERROR, "a file outside the project's folder is not read"),
    "remote-file": Code(_ERROR, "a file on the network is never fetched"),
    # front matter
    "bad-front-matter": Code(_ERROR, "the front matter is not a YAML mapping"),
    "unknown-front-matter-key": Code(_WARNING, "a front-matter key is unknown"),
    "foreign-front-matter": Code(_INFO, "front-matter keys are meant for other programs"),
    "bad-front-matter-value": Code(_ERROR, "a front-matter key has a value of the wrong kind"),
    "no-terms": Code(_INFO, "words such as “Contents” are not known in the language of the brief"),
    "bad-date": Code(_ERROR, "a date cannot be read"),
    "unclear-date": Code(_WARNING, "the date of the brief has a form that is not read"),
    "missing-title": Code(_WARNING, "a brief has no title"),
    "unknown-brief": Code(_WARNING, "the front matter names a brief that does not exist"),
    "review-overdue": Code(_WARNING, "the day by which a brief is to be reviewed has passed"),
    "changed-since-release": Code(_ERROR, "a released brief says something else now"),
    "bad-review": Code(_ERROR, "a review list cannot be read"),
    "open-comment": Code(_INFO, "a reviewer's comment is not resolved"),
    "bad-release": Code(_ERROR, "the record of a release cannot be read"),
    # citations and cross-references
    "unknown-citation": Code(_ERROR, "a citation key is not in the library"),
    "bad-citation": Code(_ERROR, "a citation in brackets cannot be read"),
    "citation-not-read": Code(_WARNING, "a citation is in text that is printed as typed"),
    "unknown-anchor": Code(_ERROR, "a cross-reference points to nothing"),
    "duplicate-anchor": Code(_ERROR, "two things have the same anchor"),
    "bad-anchor": Code(_WARNING, "an anchor lacks the prefix that cross-references need"),
    "unnumbered-anchor": Code(_ERROR, "a cross-reference points to something without a number"),
    "hand-typed-mark": Code(_WARNING, "a citation was typed by hand: a number, or author and year"),
    "placeholder-text": Code(_WARNING, "a note such as TODO is left in the text"),
    "repeated-word": Code(_WARNING, "a word is written twice"),
    "typed-reference": Code(_WARNING, "a cross-reference is typed by hand"),
    "repeated-heading": Code(_WARNING, "two headings have the same words"),
    "empty-section": Code(_WARNING, "a section has no text"),
    "repeated-cite": Code(_WARNING, "a mark cites one place twice"),
    "unclosed-citation": Code(_WARNING, "the bracket of a citation is never closed"),
    "unclosed-quote": Code(_WARNING, "a quotation mark is never closed"),
    "hand-typed-number": Code(_WARNING, "a heading begins with a number typed by hand"),
    "uncited-reference": Code(_INFO, "a reference of the library is not cited"),
    "unknown-footnote": Code(_ERROR, "a footnote call has no footnote"),
    "unused-footnote": Code(_WARNING, "a footnote is never called"),
    # the library
    "missing-library": Code(_ERROR, "a brief cites, but there is no library"),
    "bad-project-file": Code(_WARNING, "Quarto's or MyST's project file cannot be read"),
    "bad-library": Code(_ERROR, "a file is not the CSL-JSON, RIS or YAML that its name promises"),
    "bad-reference": Code(_WARNING, "a part of a reference in CSL-JSON, RIS or YAML is not read"),
    "bad-bibtex": Code(_ERROR, "a cited entry of a .bib file cannot be read in full"),
    "bad-bibtex-block": Code(_WARNING, "a block of a .bib file is not a citable reference"),
    "repaired-bibtex": Code(_WARNING, "a slip in a .bib entry was corrected while reading"),
    "unknown-bibtex-string": Code(_WARNING, "a bare word in a .bib field is not an @string"),
    "unused-bibtex-string": Code(_INFO, "an @string of a .bib file is used by no entry"),
    "unknown-entry-type": Code(_WARNING, "the type of a reference is not known"),
    "unknown-crossref": Code(_WARNING, "a .bib entry takes fields from an entry that is missing"),
    "citation-key-case": Code(_WARNING, "two citation keys differ only in case"),
    "duplicate-citation-key": Code(_ERROR, "two references have the same citation key"),
    "unknown-latex": Code(_WARNING, "a LaTeX command in a .bib field is not known"),
    "bad-bibtex-date": Code(_WARNING, "a date of a reference cannot be read"),
    "bibtex-encoding": Code(_WARNING, "a library is not UTF-8"),
    "same-work": Code(_WARNING, "one work is cited under two keys"),
    "missing-field": Code(_WARNING, "a reference lacks what a reader needs to find the work"),
    "left-out-by-style": Code(_INFO, "a citation style leaves out details of a source"),
    "no-access-date": Code(_INFO, "a reference to a web page does not say when it was read"),
    "bad-doi": Code(_WARNING, "a DOI is malformed"),
    "bad-url": Code(_WARNING, "a URL is malformed"),
    "reversed-pages": Code(_WARNING, "the last page of a work is before the first"),
    "accessed-before-published": Code(_WARNING, "a source was read before it was published"),
    "title-in-capitals": Code(_WARNING, "the title of a reference is in capitals"),
    "site-name-in-title": Code(_WARNING, "a title ends with the name of a website"),
    "repeated-author": Code(_WARNING, "a reference names one person twice"),
    "doi-and-url-differ": Code(_WARNING, "the DOI and the URL of a reference are of two works"),
    "locator-outside-pages": Code(_WARNING, "a page is cited that the work does not have"),
    "two-spellings": Code(_WARNING, "one journal is written in two ways"),
    "organisation-as-person": Code(_WARNING, "an organisation is read as a person"),
    "names-run-together": Code(_WARNING, "several names are read as one person"),
    "published-after-check": Code(_WARNING, "a source was published after the brief was checked"),
    "accessed-after-check": Code(_WARNING, "a source was accessed after the brief was checked"),
    "mark-after-stop": Code(_WARNING, "a citation comes after the full stop"),
    "summary-without-citation": Code(_OFF, "a paragraph of the summary cites nothing"),
    "single-source": Code(_OFF, "a paragraph rests on one source"),
    "word-budget": Code(_OFF, "the brief has more words than the house allows"),
    "page-budget": Code(_OFF, "the PDF has more pages than the house allows"),
    # sources over time
    "source-unchecked": Code(_INFO, "the address of a source has never been checked"),
    "source-dead": Code(_WARNING, "the page of a source is gone"),
    "source-unreachable": Code(_WARNING, "the address of a source returned no page"),
    "source-doubtful": Code(_WARNING, "the page of a source may be another one now"),
    "source-moved": Code(_WARNING, "the page of a source has moved permanently"),
    "source-changed": Code(_WARNING, "the text of a source has changed since it was first checked"),
    "bad-lock": Code(_ERROR, "sources.lock cannot be read"),
    # content
    "raw-html": Code(_WARNING, "HTML in Markdown is printed as text, or left out"),
    "code-not-run": Code(_WARNING, "a code cell is not run, so its result is missing"),
    "raw-latex": Code(_WARNING, "LaTeX in Markdown is printed as text, or left out"),
    "heading-skipped": Code(_WARNING, "a heading skips a level, and is set one higher"),
    "bad-language": Code(_ERROR, "a language tag is invalid"),
    "missing-alt": Code(_WARNING, "a picture or chart has no alternative text"),
    "repeated-alt": Code(_INFO, "alternative text repeats the caption"),
    # asked for by `brief check --accessibility`
    "weak-alt": Code(_INFO, "alternative text says little of what a picture shows"),
    "weak-link-text": Code(_INFO, "the words of a link do not say where it leads"),
    "unnamed-table": Code(_INFO, "a table has no caption"),
    "headless-table": Code(_INFO, "a table has no headers"),
    "unexplained-abbreviation": Code(_INFO, "an abbreviation is never written out"),
    "colour-words": Code(_INFO, "something is told apart by the name of its colour"),
    "unmarked-language": Code(_INFO, "words in another script have no language"),
    "reading-level": Code(_INFO, "how hard the brief is to read"),
    "long-sentence": Code(_INFO, "a sentence has more than 40 words"),
    "bad-image": Code(_ERROR, "an image cannot be read"),
    "first-picture-only": Code(_WARNING, "an image moves, or has pages, and its first is shown"),
    "svg-not-drawn": Code(_WARNING, "an SVG has something that the PDF does not show"),
    "bad-width": Code(_WARNING, "the width of an image is not a length"),
    "bad-chart": Code(_ERROR, "a chart has an option or data that cannot be drawn"),
    "bad-math": Code(_ERROR, "a formula cannot be read as TeX, or cannot be shown"),
    "words-in-formula": Code(_WARNING, "a formula holds words: were the dollar signs prices?"),
    "math-as-image": Code(_INFO, "a formula is a picture in Word, which cannot edit it"),
    "large-table": Code(_ERROR, "a table has more rows or columns than fit in a brief"),
    "bad-csv": Code(_ERROR, "a CSV file cannot be read as a table"),
    "ragged-table": Code(_WARNING, "a row of a table has more cells than its head"),
    "unknown-part": Code(_WARNING, "a fenced part has an unknown name"),
    "foreign-layout": Code(_INFO, "a part lays out pages for another program"),
    "unclosed-part": Code(_WARNING, "a fenced part is never closed"),
    "unread-markup": Code(_WARNING, "markup for another program is printed as text, or left out"),
    "empty-link": Code(_WARNING, "a link has no text or no target"),
    "unreachable-link": Code(
        _WARNING, "a link leads to something that readers of an output do not have"
    ),
    "unsafe-link": Code(_ERROR, "a link has a target that could run code"),
    # styles
    "bad-house-style": Code(_ERROR, "a file of the house style cannot be used"),
    "low-contrast": Code(_WARNING, "a colour of the house style is hard to read on its background"),
    "font-lacks-characters": Code(_WARNING, "a font of the house style cannot draw all the text"),
    "other-font": Code(_INFO, "a drawing has letters in a font that the house style lacks"),
    "small-type": Code(_WARNING, "the house style has text of less than 9 points"),
    "line-length": Code(_WARNING, "the house style has lines that are too long or too short"),
    "hides-numbers": Code(_ERROR, "a rule of the house style hides or changes numbers"),
    "bad-reference-docx": Code(_ERROR, "the reference docx cannot be used"),
    "reference-docx-style-added": Code(_INFO, "the reference docx lacks styles, which are added"),
    "reference-docx-text-left-out": Code(
        _WARNING, "the reference docx has text but no place for a brief"
    ),
    "reference-docx-picture-left-out": Code(
        _WARNING, "a picture of the reference docx is not in its file"
    ),
    "unknown-reference-docx-field": Code(_WARNING, "a field of the reference docx is unknown"),
    "bad-baseline": Code(_ERROR, "the list of accepted findings cannot be read"),
    "unknown-citation-style": Code(_ERROR, "a citation style is not available"),
    "bad-citation-style": Code(_ERROR, "a CSL file cannot be used"),
    "sorted-citation-style": Code(_INFO, "a citation style would sort the reference list"),
    "unknown-marks": Code(_ERROR, "a preset of marks is not available"),
    # outputs
    "font-substituted": Code(_WARNING, "a font of the house style is not installed"),
    "left-over-output": Code(_WARNING, "an output of a brief that is gone is still there"),
    "cannot-write": Code(_ERROR, "an output cannot be written"),
    "cannot-render": Code(_ERROR, "an output could not be made"),
    "layout-fault": Code(_WARNING, "a page of the PDF has a fault that a reader would see"),
    "off-page": Code(_ERROR, "something does not fit on any page of the PDF"),
    "missing-glyph": Code(_WARNING, "no font can draw a character of the PDF"),
    "number-mismatch": Code(_ERROR, "a number in an output differs from the brief"),
    "seen-otherwise": Code(_ERROR, "a number in an output is hidden or shown differently"),
    "taken-alias": Code(_WARNING, "an alias of a brief is the name of another page"),
    "no-redline": Code(_WARNING, "what a release has changed cannot be shown"),
    "no-search-index": Code(_WARNING, "the index for the search could not be made"),
    "look-at": Code(_WARNING, "an output holds something that only an eye can judge"),
    "changed-output": Code(_WARNING, "an output was changed after it was built"),
    "failed-preflight": Code(_ERROR, "a press file breaks a rule of print shops"),
    "too-much-ink": Code(_ERROR, "an image puts more ink on a spot than the paper takes"),
    "low-resolution": Code(_WARNING, "an image has too few pixels for the size it is printed at"),
    "bad-output": Code(_ERROR, "an output cannot be read back"),
}

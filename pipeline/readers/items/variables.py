"""Which CSL variables there are, of what kind, and the types of items (CSL 1.0.2, appendices)."""

from __future__ import annotations

from collections.abc import Mapping

TYPES = frozenset(
    (
        *("article", "article-journal", "article-magazine", "article-newspaper", "bill", "book"),
        *("broadcast", "chapter", "classic", "collection", "dataset", "document", "entry"),
        *("entry-dictionary", "entry-encyclopedia", "event", "figure", "graphic", "hearing"),
        *("interview", "legal_case", "legislation", "manuscript", "map", "motion_picture"),
        *("musical_score", "pamphlet", "paper-conference", "patent", "performance", "periodical"),
        *("personal_communication", "post", "post-weblog", "regulation", "report", "review"),
        *("review-book", "software", "song", "speech", "standard", "thesis", "treaty", "webpage"),
    )
)
# Types of Crossref and of older programs, which write them where CSL has another word.
OTHER_TYPES: Mapping[str, str] = {
    "journal-article": "article-journal",
    "proceedings-article": "paper-conference",
    "book-chapter": "chapter",
    "book-section": "chapter",
    "book-part": "chapter",
    "monograph": "book",
    "edited-book": "book",
    "reference-book": "book",
    "reference-entry": "entry-encyclopedia",
    "posted-content": "article",
    "dissertation": "thesis",
    "report-component": "report",
    "report-series": "report",
    "misc": "document",
    "other": "document",
}
NAMES = frozenset(
    (
        *("author", "chair", "collection-editor", "compiler", "composer", "container-author"),
        *("contributor", "curator", "director", "editor", "editor-translator"),
        *("editorial-director", "executive-producer", "guest", "host", "illustrator"),
        *("interviewer", "narrator", "organizer", "original-author", "performer", "producer"),
        *("recipient", "reviewed-author", "script-writer", "series-creator", "translator"),
    )
)
# `archived` is ours: when the copy at `archive-url` was made.
DATES = frozenset(
    (
        *("accessed", "archived", "available-date", "event-date", "issued", "original-date"),
        "submitted",
    )
)
TEXTS = frozenset(
    (
        *("archive", "archive-place", "archive-url", "archive_collection", "archive_location"),
        *("call-number", "chapter-number", "citation-number", "collection-number"),
        *("collection-title", "container-title", "container-title-short", "dimensions"),
        *("division", "DOI", "edition", "event-place", "event-title", "genre", "ISBN", "ISSN"),
        *("issue", "jurisdiction", "language", "medium", "note", "number", "number-of-pages"),
        *("number-of-volumes", "original-publisher", "original-publisher-place"),
        *("original-title", "page", "part-number", "part-title", "PMCID", "PMID"),
        *("printing-number", "publisher", "publisher-place", "references", "reviewed-genre"),
        *("reviewed-title", "scale", "section", "source", "status", "supplement-number", "title"),
        *("title-short", "URL", "version", "volume", "volume-title"),
    )
)
# Names of older versions of CSL, and of Crossref and Juris-M, for the same.
ALIASES: Mapping[str, str] = {
    "event": "event-title",
    "shortTitle": "title-short",
    "journalAbbreviation": "container-title-short",
    "chapter": "chapter-number",
    "publisher-location": "publisher-place",
    "article-number": "number",
    "authority": "publisher",  # the court or body, as in a .bib file
}
VARIABLES = NAMES | DATES | TEXTS
# What rules on references, which know the fields of BibTeX, call the same.
FIELDS: Mapping[str, str] = {
    "DOI": "doi",
    "URL": "url",
    "ISBN": "isbn",
    "ISSN": "issn",
    "page": "pages",
    "issued": "date",
    "accessed": "urldate",
    "container-title": "journal",
    "archive-url": "archiveurl",
    "container-author": "bookauthor",
}

"""Addresses in .bib fields: URLs and DOIs as people paste them → as they are."""

from __future__ import annotations

import re
from collections.abc import Mapping

from ..text import DOI, UNSAFE, bare_doi, scheme

ADDRESS = re.compile(r"(?:[a-z]+://[^\s/]|www\.)\S*", re.IGNORECASE)
WRAPPED = re.compile(
    r"\\(?:url|path|nolinkurl|burl|href)\s*\*?\s*\{([^{}]*(?:\{[^{}]*\}[^{}]*)*)\}"
)
TILDE = re.compile(
    r"\{?\\textasciitilde\s*(?:\{\})?\}?|\\~(?:\{\s*\})?|\{?\$\\sim\$\}?|\\string~|\{~\}"
)
UNDERSCORE = re.compile(r"\{?\\textunderscore\s*(?:\{\})?\}?|\{\\_\}")
ESCAPED = re.compile(r"\\([_%&#$~^{}-])")
# Matched only where spaces begin: otherwise a million of them would take hours.
BREAKS = re.compile(r"\\(?:allowbreak|penalty\d*|discretionary|slash|/|\s)|(?<![ \t])[ \t]*\n\s*")
# Mendeley writes a line feed between two of them: `\nhttp://`, or percent-encoded.
NEXT_ADDRESS = re.compile(r"(?:(?<!\s)[;,]?\s+(?:and\s+)?|%5Cn|\\n)(?=https?://)", re.IGNORECASE)
DOI_WORD = re.compile(r"^\s*doi\s*:\s*", re.IGNORECASE)


def cleaned_address(text: str) -> str:
    """Return an address without LaTeX's escapes and line breaks: `a\\_b` → `a_b`."""
    text = text.strip()
    if not text:
        return ""
    if wrapped := WRAPPED.search(text):
        text = wrapped[1]
    text = TILDE.sub("~", text)
    text = UNDERSCORE.sub("_", text)
    text = ESCAPED.sub(lambda found: found[1], text)
    if "{" in text and text.count("{") == text.count("}"):
        text = text.replace("{", "").replace("}", "")
    text = NEXT_ADDRESS.split(text.replace("&amp;", "&"))[0]
    text = BREAKS.sub("", text).strip().replace(" ", "%20")
    return text.removeprefix("<").removesuffix(">")


def is_address(text: str) -> bool:
    """Say whether an address is all that a text holds."""
    text = text.strip()
    wrapped = WRAPPED.fullmatch(text)
    return bool(ADDRESS.fullmatch(wrapped[1] if wrapped else text))


_BEFORE_ADDRESS = re.compile(r"\s*([A-Za-z][^/{}\\]{0,80}?)\s*(?=https?://)")
_BEHIND_ADDRESS = re.compile(
    r"(?<!\s)\s++((?:[(\[]?(?:last|accessed|retrieved|visited|viewed|cited|on)\b|[(\[]).*)",
    re.IGNORECASE,
)


def without_words(written: str) -> tuple[str, str]:
    """Return an address without the words round it ("Available at …"), and these words."""
    is_scheme = scheme(written) in UNSAFE and not re.match(r"\w+:\s", written)  # "jar:http://…"
    before = None if is_scheme else _BEFORE_ADDRESS.match(written)
    bare = written[before.end() :] if before else written
    behind = _BEHIND_ADDRESS.search(bare) if "://" in bare and "{" not in bare else None
    bare = bare[: behind.start()] if behind else bare
    return bare, " ".join(found[1] for found in (before, behind) if found)


def cleaned_doi(text: str) -> str:
    """Return a DOI without the address in front of it and the words behind it.

    One that a line breaks is joined.
    """
    doi = bare_doi(cleaned_address(DOI_WORD.sub("", text, count=1)))
    head, _, behind = doi.partition("%20")
    if behind and DOI.fullmatch(head) and re.search(r"[A-Za-z]{4}", behind):
        return head.rstrip(".,;")
    doi = doi.replace("%20", "" if DOI.fullmatch(doi) else " ")
    return doi.strip().rstrip(".,;")


EPRINTS: Mapping[str, str] = {
    "arxiv": "https://arxiv.org/abs/",
    "jstor": "https://www.jstor.org/stable/",
    "pubmed": "https://www.ncbi.nlm.nih.gov/pubmed/",
    "pmid": "https://www.ncbi.nlm.nih.gov/pubmed/",
    "googlebooks": "https://books.google.com?id=",
    "hdl": "https://hdl.handle.net/",
}


def eprint_address(values: Mapping[str, str]) -> str:
    """Return the address of an e-print by its archive and number; "" if there is none."""
    kind = cleaned_address(values.get("eprinttype") or values.get("archiveprefix", ""))
    number = cleaned_address(values.get("eprint", ""))
    before = EPRINTS.get(kind.lower())
    if not before or not number:
        return ""
    return before + re.sub(r"^arxiv:", "", number, flags=re.IGNORECASE)

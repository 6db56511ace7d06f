"""Addresses in .bib fields: URLs and DOIs as people paste them → as they are."""

from __future__ import annotations

import re

SAFE = re.compile(r"(?:https?|ftp)://[^\s/]|www\.", re.IGNORECASE)
DANGEROUS = re.compile(r"(?:javascript|vbscript|data|file|about|blob):", re.IGNORECASE)
WRAPPED = re.compile(
    r"\\(?:url|path|nolinkurl|burl|href)\s*\*?\s*\{([^{}]*(?:\{[^{}]*\}[^{}]*)*)\}"
)
TILDE = re.compile(
    r"\{?\\textasciitilde\s*(?:\{\})?\}?|\\~(?:\{\s*\})?|\{?\$\\sim\$\}?|\\string~|\{~\}"
)
UNDERSCORE = re.compile(r"\{?\\textunderscore\s*(?:\{\})?\}?|\{\\_\}")
ESCAPED = re.compile(r"\\([_%&#$~^{}-])")
# Blanks are looked at from where they begin: a million of them would take hours otherwise.
BREAKS = re.compile(r"\\(?:allowbreak|penalty\d*|discretionary|slash|/|\s)|(?<![ \t])[ \t]*\n\s*")
# Mendeley writes a line feed between two of them: `\nhttp://`, or percent-encoded.
NEXT_ADDRESS = re.compile(r"(?:(?<!\s)[;,]?\s+(?:and\s+)?|%5Cn|\\n)(?=https?://)", re.IGNORECASE)
# Only in front of a DOI: doi:, https://doi.org/, http://dx.doi.org/, DOI 10.…
DOI = re.compile(r"10\.\d{2,9}(?:\.\d+)*/.+", re.DOTALL)
DOI_WORD = re.compile(r"\s*doi\s*:\s*", re.IGNORECASE)
DOI_PREFIX = re.compile(
    r"(?:(?:https?:)?//)?(?:www\.)?(?:dx\.)?doi\.org/|doi\s*:?\s*|info:doi/", re.IGNORECASE
)


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
    """Is an address all that a text holds?"""
    text = text.strip()
    wrapped = WRAPPED.fullmatch(text)
    return bool(SAFE.match(wrapped[1] if wrapped else text)) and not re.search(r"\s", text)


def safe_target(address: str) -> str:
    """Return what a link to an address points to; "" where it could run code or is none."""
    if not SAFE.match(address) or re.search(r"[\s<>\"]", address):
        return ""
    return "https://" + address if address.lower().startswith("www.") else address


def cleaned_doi(text: str) -> str:
    """Return a DOI without the address people paste in front of it."""
    doi = cleaned_address(DOI_WORD.sub("", text, count=1) if DOI_WORD.match(text) else text)
    while found := DOI_PREFIX.match(doi):
        doi = doi[found.end() :]
    doi = doi.replace("%20", "" if DOI.fullmatch(doi) else " ")
    return doi.strip().rstrip(".,;")


def doi_target(doi: str) -> str:
    """Return the link of a DOI; "" for what is not one."""
    if not DOI.fullmatch(doi):
        return ""
    return "https://doi.org/" + re.sub(
        r"[\s<>\"#%?{}|\\^`]", lambda found: f"%{ord(found[0]):02X}", doi
    )

"""Rules on the form of DOIs and addresses, as they were written."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import unquote

from ..diagnostics import Diagnostic
from ..model.references import Reference, plain
from ..styles import House
from ..text import DOI, DOI_HOSTS

DOI_TWICE = re.compile(r"10\.\d{4,9}/.*(?:10\.\d{4,9}/|https?:)")
TRAILING = re.compile(r"[.,;:]$")
ENTITY = re.compile(r"&(?:amp|lt|gt|quot|#\d+);")
URL = re.compile(r"(?:https?|ftp)://(?:[^\s/@]*@)?([^\s/?#]*)([^\s]*)", re.IGNORECASE)
LABEL = r"[^\W_](?:[\w-]{0,61}[^\W_])?"
HOST = re.compile(
    rf"(?:(?:{LABEL}|_\w+)\.)+(?:[^\W\d_]{{2,63}}|xn--[a-z0-9-]+)\.?(?::\d{{1,5}})?"
    r"|\d{1,3}(?:\.\d{1,3}){3}(?::\d{1,5})?|\[[0-9a-f:.]+\](?::\d{1,5})?"
)
FORBIDDEN = re.compile(r"[<>{}|\\^`\"\x00-\x20]")
SHORTENED = re.compile(r"…|(?<!\.)\.\.\.(?:$|[/?&])|/\.\./?$")  # ADS fills up its codes with dots
AGAIN = re.compile(r"(?:https?|ftp):?/{0,2}(?:https?|ftp)(?::|//)", re.IGNORECASE)
# LaTeX that is not part of an address; the reader strips it.
LATEX = re.compile(r"\\(?:url|path|nolinkurl|burl)\s*|[{}]|\\(?=[_%&#$~^])")
TWO = re.compile(r"(?<!\s)[;,]?\s+(?:and\s+)?https?://", re.IGNORECASE)


def bad_identifier(reference: Reference, house: House) -> Iterator[Diagnostic]:
    if "DOI" in reference.fields:
        yield from _bad_doi(reference)
    for variable, names in (("URL", ("url", "howpublished")), ("archive-url", ("archiveurl",))):
        if variable in reference.fields:
            yield from _bad_url(reference, variable, names)
    if "URL" not in reference.fields:
        yield from _unread_url(reference)


def _bad_doi(reference: Reference) -> Iterator[Diagnostic]:
    found = reference.field("doi")
    doi = plain(reference.fields["DOI"])
    raw = LATEX.sub("", found.text).strip() if found else doi
    if problem := doi_problem(raw, doi):
        message, hint = problem
        span = found.name_span if found else reference.span
        yield Diagnostic("bad-doi", f"`{(raw or doi)[:60]}` {message}", span, hint)


def doi_problem(raw: str, doi: str) -> tuple[str, str] | None:
    """Return what is wrong with a DOI, as written and as read, and a hint."""
    form = "a DOI begins with 10. and has a slash: 10.1257/jep.20.4.157"
    if re.search(r"\s", re.sub(r"^\s*doi\s*:?\s*", "", raw, flags=re.IGNORECASE)):
        return "contains a space, and no DOI does", form
    if not DOI.fullmatch(doi) or not doi.isascii() or DOI_TWICE.match(doi):
        inner = DOI.search(doi)
        return "is no DOI", f"write only {inner[0]}" if inner else form
    if ENTITY.search(raw):
        return "contains an HTML entity", f"it is printed as {doi}"
    if TRAILING.search(raw):
        return "ends with a character that no DOI has", f"it is printed as {doi}"
    if doi.endswith(("/", "'", '"')) or _unbalanced(doi):
        return "ends with a character that no DOI has", form
    return None


def _bad_url(reference: Reference, variable: str, names: tuple[str, ...]) -> Iterator[Diagnostic]:
    found = reference.field(*names)
    url = plain(reference.fields[variable])
    raw = LATEX.sub("", found.text).strip() if found else url
    span = found.name_span if found else reference.span
    if TWO.search(raw):
        hint = "keep the one that you used, and put the other into a note"
        message = "`{}` has two addresses, and only the first is printed"
        yield Diagnostic("bad-url", message.format(raw[:60]), span, hint)
    elif problem := url_problem(raw if " " in raw else url):
        yield Diagnostic("bad-url", f"`{raw[:60]}` {problem[0]}", span, problem[1])


def _unread_url(reference: Reference) -> Iterator[Diagnostic]:
    r"""Look at `howpublished = {\url{…}}` whose address is malformed: printed as a publisher."""
    found = reference.field("howpublished", "note")
    wrapped = re.search(r"\\url\s*\{([^{}]*)\}", found.text) if found else None
    if found and wrapped and (problem := url_problem(wrapped[1].strip())):
        yield Diagnostic(
            "bad-url", f"`{wrapped[1][:60]}` {problem[0]}", found.name_span, problem[1]
        )


def url_problem(url: str) -> tuple[str, str] | None:
    """Return what is wrong with the form of an address (RFC 3986), and a hint; None if nothing."""
    whole = "give the full address, beginning with https://"
    matched = URL.fullmatch(url)
    if AGAIN.match(url):
        return "begins twice", whole
    if re.search(r"\s", url):
        return "contains a space", "write %20 for a space; the address may have been cut off there"
    if not matched or "://" not in url:
        return "is no URL", whole
    host, rest = matched[1].lower(), matched[2]
    port = host.rpartition(":")[2]
    if not HOST.fullmatch(host) or (":" in host and port.isdigit() and int(port) > 65535):
        return f"has a host that cannot be on the web: `{matched[1]}`", whole
    if bad := FORBIDDEN.search(url):
        return f"has `{bad[0]}`, which a URL cannot contain", "write it as %XX, or remove it"
    if SHORTENED.search(rest) or "…" in url:
        return "is cut short", "give the full address"
    if TRAILING.search(url) or url.endswith(("'", "”", "’")) or _unbalanced(url):
        return "ends with a character that hardly belongs to it", "remove that character"
    if host in DOI_HOSTS and not DOI.search(unquote(rest)):
        return "leads to doi.org, but to no DOI", "https://doi.org/10.1257/jep.20.4.157"
    return None


def _unbalanced(text: str) -> bool:
    """Say whether a text ends with a bracket that nothing in it opens."""
    pairs = {")": "(", "]": "["}
    return text[-1:] in pairs and text.count(text[-1]) > text.count(pairs[text[-1]])

"""Rules on slips in the fields of a reference, which the entry prints as they are."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import unquote

from ..diagnostics import Diagnostic
from ..model import Cite, walk
from ..model.references import Reference, plain
from ..numbering import NumberedBrief
from ..styles import House
from ..text import DOI, DOI_HOSTS
from .fields import first_day
from .prose import LEFT_OVER

_PAGES = re.compile(r"(\d+)\s*[-–—]+\s*(\d+)")
_SITE = re.compile(r"\s\|(?:\s[^|\s]+){1,4}(?<!\?)\Z")
_FEW = 12  # letters; a shorter title may be an acronym
_PRINTED = re.compile(
    "title|author|editor|journal|journaltitle|booktitle|publisher|year|date|volume|number|pages"
    "|institution|organization|note|url"
)
_SHORT = ("of", "the", "and", "in", "for", "on", "de", "la", "des", "der", "für")


def reversed_pages(reference: Reference, house: House) -> Iterator[Diagnostic]:
    pages = plain(reference.fields.get("page", ()))
    found = _PAGES.fullmatch(pages.strip())
    if found and len(found[1]) == len(found[2]) and int(found[1]) > int(found[2]):
        message = f"the pages of `{reference.key}` run backwards: {pages}"
        yield Diagnostic("reversed-pages", message, reference.place("pages"), "swap them")


def accessed_before_published(reference: Reference, house: House) -> Iterator[Diagnostic]:
    issued, accessed = (first_day(reference.dates.get(name)) for name in ("issued", "accessed"))
    if issued and accessed and accessed < issued:
        message = f"`{reference.key}` was read on {accessed}, before it was published ({issued})"
        hint = "is one of the dates mistyped?"
        place = reference.place("urldate", "urlyear")
        yield Diagnostic("accessed-before-published", message, place, hint)


def title_in_capitals(reference: Reference, house: House) -> Iterator[Diagnostic]:
    letters = [character for character in reference.title if character.isalpha()]
    if len(letters) > _FEW and " " in reference.title and all(map(str.isupper, letters)):
        message = f"the title of `{reference.key}` is in capitals, and is printed so"
        hint = "write it in ordinary case: the style does not change it"
        yield Diagnostic("title-in-capitals", message, reference.place("title"), hint)


def site_name_in_title(reference: Reference, house: House) -> Iterator[Diagnostic]:
    if found := _SITE.search(reference.title):
        message = (
            f"the title of `{reference.key}` ends with the name of a site: `{found[0].strip()}`"
        )
        hint = "leave it out; the site belongs into `organization` or `journaltitle`"
        yield Diagnostic("site-name-in-title", message, reference.place("title"), hint)


def repeated_author(reference: Reference, house: House) -> Iterator[Diagnostic]:
    for variable, names in reference.names.items():
        for at, name in enumerate(names):
            if name in names[:at]:
                shown = name.literal or f"{name.given} {name.family}".strip()
                message = f"`{shown}` is named twice in `{reference.key}`"
                yield Diagnostic("repeated-author", message, reference.place(variable), "drop one")


def doi_and_url_differ(reference: Reference, house: House) -> Iterator[Diagnostic]:
    """Two DOIs lead to two works."""
    doi, url = (plain(reference.fields.get(name, ())) for name in ("DOI", "URL"))
    _, _, rest = url.partition("://")
    host, _, path = rest.partition("/")
    other = DOI.search(unquote(path)) if host.lower() in DOI_HOSTS else None
    if doi and other and doi.casefold() != other[0].casefold():
        message = f"the DOI of `{reference.key}` is {doi}, but its URL leads to {other[0]}"
        yield Diagnostic(
            "doi-and-url-differ", message, reference.place("url"), "keep the right one"
        )


def left_over(reference: Reference, house: House) -> Iterator[Diagnostic]:
    for name, written in reference.written.items():
        if _PRINTED.fullmatch(name) and (found := LEFT_OVER.search(written.text)):
            message = f"`{found[0]}` is left in `{name}` of `{reference.key}`"
            yield Diagnostic(
                "placeholder-text", message, written.name_span, "write what is missing"
            )


def locator_outside_pages(numbered: NumberedBrief) -> Iterator[Diagnostic]:
    """Page 900 of an article on pages 376 to 382."""
    ranges = {r.key: _range(plain(r.fields.get("page", ()))) for r in numbered.bibliography}
    for node in walk(numbered.brief):
        if not isinstance(node, Cite) or not node.locator or node.locator.label != "page":
            continue
        first, last = ranges.get(node.key) or (0, 0)
        outside = [n for n in re.findall(r"\d+", node.locator.value) if not first <= int(n) <= last]
        if last and outside and re.fullmatch(r"[\d\s,–-]+", node.locator.value):
            # The end of a range may be cut short: 376–82.
            if len(outside[0]) < len(str(first)) and "-" in node.locator.value.replace("–", "-"):
                continue
            message = f"page {outside[0]} is cited, but `{node.key}` is on pages {first}–{last}"
            yield Diagnostic("locator-outside-pages", message, node.span, "check the page")


def _range(pages: str) -> tuple[int, int] | None:
    """Return the first and the last of "376–82"; None where pages are not such a range."""
    found = _PAGES.fullmatch(pages.strip())
    if not found:
        return None
    first, last = found[1], found[2]
    if len(last) < len(first):
        last = first[: len(first) - len(last)] + last
    return (int(first), int(last)) if int(first) <= int(last) else None


def two_spellings(numbered: NumberedBrief) -> Iterator[Diagnostic]:
    """`J. Econ. Lit.` here and `Journal of Economic Literature` there: one finding a spelling."""
    seen: dict[str, list[str]] = {}
    for reference in numbered.bibliography:
        name = " ".join(plain(reference.fields.get("container-title", ())).split())
        name = re.sub(r"^[Tt]he ", "", name)
        if reference.type != "article-journal" or name in seen:
            continue
        words = [w for w in re.findall(r"\w+\.?", name.casefold()) if w not in _SHORT]
        if words and (other := next((n for n, w in seen.items() if _is_same(words, w)), "")):
            message = f"`{name}` of `{reference.key}` is `{other}` in another reference"
            place = reference.place("journal", "journaltitle")
            yield Diagnostic("two-spellings", message, place, "choose one for all")
        seen[name] = words


def _is_same(one: list[str], other: list[str]) -> bool:
    """Say whether words are the same, those with a stop as far as they go."""
    if len(one) != len(other):
        return False
    pairs = zip(one, other, strict=True)
    return all(
        a.rstrip(".") == b.rstrip(".")
        or (a.endswith(".") and b.startswith(a[:-1]))
        or (b.endswith(".") and a.startswith(b[:-1]))
        for a, b in pairs
    )

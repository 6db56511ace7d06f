"""A rule on works cited under two keys: the same DOI, address or title."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from urllib.parse import parse_qsl, unquote, urlencode, urlsplit

from ..diagnostics import Diagnostic, Span
from ..model.references import Reference, plain
from ..numbering import NumberedBrief
from ..text import DOI_HOSTS

PARTS = frozenset(
    ("chapter", "paper-conference", "entry", "entry-encyclopedia", "entry-dictionary")
)
DISTINCT = ("volume", "issue", "number", "edition", "chapter-number", "page", "version")
TRACKING = r"(?i)utm_\w+|fbclid|gclid|mc_[ce]id|ref|source|share|s?rid"
INDEX = re.compile(r"/(?:index|default)\.\w{3,5}$", re.IGNORECASE)
MOST = 20  # works with the same title or address that another is compared with
SMALL = frozenset(("of", "the", "and", "for", "in", "on", "de", "la", "des", "der", "und"))
ARTICLE = re.compile(r"^(?:the|an?|le|la|les|der|die|das|el|los) ")


def same_work(numbered: NumberedBrief) -> Iterator[Diagnostic]:
    """A work under two keys is printed twice, under two numbers."""
    seen: dict[tuple[str, str], list[Reference]] = {}
    for reference in numbered.bibliography:
        said = False
        for name, value in identities(reference):
            others = seen.setdefault((name, value), [])
            first = next((other for other in others if _agree(name, reference, other)), None)
            if len(others) < MOST:
                others.append(reference)
            if first and not said:
                said = True
                yield Diagnostic(
                    "same-work",
                    f"`{reference.key}` and `{first.key}` have the same {name}",
                    reference.span,
                    f"cite one of them; the other is at {_place(first.span)}",
                )


def is_same_work(one: Reference, other: Reference) -> bool:
    """Say whether two references are of one work: they share an identity, and nothing differs."""
    shared = {*identities(one)} & {*identities(other)}
    return any(_agree(name, one, other) for name, _ in shared)


def identities(reference: Reference) -> Iterator[tuple[str, str]]:
    """Yield what identifies a work, in a form independent of spelling."""
    doi = plain(reference.fields.get("DOI", ())).lower().rstrip("/.")
    url = plain(reference.fields.get("URL", ()))
    doi_of_url, address = _normal_address(url)
    for value in dict.fromkeys(filter(None, (doi, doi_of_url))):
        yield "DOI", value
    if address:
        yield "URL", address
    if title := _normal_title(reference.title):
        yield "title", title
        if (main := _main_title(reference)) != title and len(main.split()) > 2:
            yield "title", main


def _normal_address(url: str) -> tuple[str, str]:
    """Return the DOI that an address leads to, or the address without its insignificant parts."""
    try:
        parts = urlsplit(url.strip())
        host = (parts.hostname or "").lower()
    except ValueError:
        return "", ""
    if host in DOI_HOSTS:
        return unquote(parts.path).strip("/").lower().rstrip("."), ""
    path = INDEX.sub("", unquote(parts.path)).rstrip("/").lower()
    query = [pair for pair in parse_qsl(parts.query) if not re.fullmatch(TRACKING, pair[0])]
    if not host:
        return "", ""
    host = host.removeprefix("www.")
    return "", f"{host}{path}" + (f"?{urlencode(sorted(query)).lower()}" if query else "")


def _normal_title(title: str) -> str:
    letters = title.casefold().replace("&", " and ")
    if not letters.isascii():
        folded = unicodedata.normalize("NFKD", letters)
        letters = "".join(c for c in folded if not unicodedata.combining(c))
    return ARTICLE.sub("", " ".join(re.findall(r"\w+", letters)))


def _main_title(reference: Reference) -> str:
    """Return the title up to a colon, a dash or a full stop.

    Without names a full stop does not count: the title may be a whole entry, as it was typed.
    """
    stops = r"[:.?!]" if reference.names else r"[:?!]"
    return _normal_title(re.split(rf"{stops}\s|\s[-–—]+\s|—", reference.title)[0])


def _agree(name: str, one: Reference, other: Reference) -> bool:
    """Say whether nothing else in two references makes them different works."""
    same_title = _normal_title(one.title) == _normal_title(other.title)
    part = bool(PARTS & {one.type, other.type}) or _differ(one, other, ("page", "chapter-number"))
    match name:
        case "DOI":
            return same_title or not part
        case "URL":
            # Several works may be said to stand at one address: chapters, or a whole site.
            address = _normal_address(plain(one.fields.get("URL", ())))[1]
            return same_title or not (part or "/" not in address or not _same_year(one, other))
        case _:
            return _same_by_title(one, other)


def _same_by_title(one: Reference, other: Reference) -> bool:
    if _differ(one, other, DISTINCT) or not _same_year(one, other):
        return False
    if not _same_journal(one, other):
        return False
    dois = {plain(found.fields.get("DOI", ())).lower() for found in (one, other)} - {""}
    if len(dois) > 1:
        return False
    if PARTS & {one.type, other.type} and one.type != other.type:
        return False  # a chapter may have the title of its book
    titles = [_normal_title(found.title) for found in (one, other)]
    same_person = bool(_first_family(one)) and _first_family(one) == _first_family(other)
    if titles[0] != titles[1]:  # one of them lacks the subtitle, or they are parts of a series
        return same_person and any(_main_title(found) in titles for found in (one, other))
    return same_person or (len(titles[0].split()) > 3 and one.type == other.type)


def _differ(one: Reference, other: Reference, names: tuple[str, ...]) -> bool:
    """Say whether both have one of these fields, with different values."""
    return any(
        name in one.fields
        and name in other.fields
        and _normal_title(plain(one.fields[name])) != _normal_title(plain(other.fields[name]))
        for name in names
    )


def _same_journal(one: Reference, other: Reference) -> bool:
    """Say whether two may stand in one journal or book: "J. Rain" is the "Journal of Rain"."""
    first, second = (
        [word for word in _normal_title(plain(found)).split() if word not in SMALL]
        for found in (r.fields.get("container-title", ()) for r in (one, other))
    )
    if not first or not second or ["".join(w[0] for w in first)] == second:
        return True
    pairs = zip(first, second, strict=False)
    return len(first) == len(second) and all(a.startswith(b) or b.startswith(a) for a, b in pairs)


def _same_year(one: Reference, other: Reference) -> bool:
    years = {
        date.parts[0][0]
        for found in (one, other)
        if (date := found.dates.get("issued")) and date.parts and date.parts[0]
    }
    return len(years) < 2


def _first_family(reference: Reference) -> str:
    for variable in ("author", "editor"):
        for name in reference.names.get(variable, ()):
            return _normal_title(name.family or name.literal)
    return ""


def _place(span: Span) -> str:
    return f"{span.path}:{span.line}"

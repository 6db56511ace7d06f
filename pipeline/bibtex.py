"""A reference as an entry in BibTeX, with the fields of biblatex.

Read back, it prints what the reference prints, except for what BibTeX has no field for: items such
as broadcasts or maps, people other than those in `_NAMES`, and variables that are not in `_FIELDS`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from .model.references import OTHERS, Date, Name, Reference, RichText, Run, plain

# Entry types ← CSL types; of two that are read as one type, the more usual.
_TYPES: Mapping[str, str] = {
    "article-journal": "article",
    "article-magazine": "article",
    "article-newspaper": "article",
    "bill": "bill",
    "book": "book",
    "broadcast": "video",
    "chapter": "incollection",
    "dataset": "dataset",
    "entry": "inreference",
    "entry-dictionary": "inreference",
    "entry-encyclopedia": "inreference",
    "figure": "image",
    "graphic": "image",
    "legal_case": "jurisdiction",
    "legislation": "legislation",
    "manuscript": "unpublished",
    "motion_picture": "video",
    "pamphlet": "booklet",
    "paper-conference": "inproceedings",
    "patent": "patent",
    "performance": "performance",
    "personal_communication": "letter",
    "post": "online",
    "post-weblog": "online",
    "regulation": "legislation",
    "report": "report",
    "review": "review",
    "review-book": "review",
    "software": "software",
    "song": "audio",
    "speech": "unpublished",
    "standard": "standard",
    "thesis": "thesis",
    "treaty": "legal",
    "webpage": "online",
}
_SUBTYPES: Mapping[str, str] = {"article-magazine": "magazine", "article-newspaper": "newspaper"}
_IN_BOOKS = ("incollection", "inproceedings", "inreference")
_BOOKS = (*_IN_BOOKS, "book")
_NAMES: Mapping[str, str] = {
    "author": "author",
    "editor": "editor",
    "translator": "translator",
    "container-author": "bookauthor",
    "director": "director",
}
_DATES: Mapping[str, str] = {
    "issued": "date",
    "event-date": "eventdate",
    "original-date": "origdate",
    "accessed": "urldate",
    "archived": "archivedate",
}
# Fields of one meaning in all entries, in the order in which they are written.
_FIELDS: Mapping[str, str] = {
    "edition": "edition",
    "volume": "volume",
    "number-of-volumes": "volumes",
    "chapter-number": "chapter",
    "page": "pages",
    "number-of-pages": "pagetotal",
    "collection-title": "series",
    "version": "version",
    "status": "pubstate",
    "genre": "type",
    "publisher-place": "location",
    "event-title": "eventtitle",
    "event-place": "venue",
    "original-title": "origtitle",
    "original-publisher": "origpublisher",
    "original-publisher-place": "origlocation",
    "title-short": "shorttitle",
    "container-title-short": "shortjournal",
    "archive": "library",
    "language": "langid",
    "ISBN": "isbn",
    "ISSN": "issn",
    "PMID": "pmid",
    "PMCID": "pmcid",
    "note": "note",
    "DOI": "doi",
    "URL": "url",
    "archive-url": "archiveurl",
}
_AS_THEY_ARE = frozenset(("DOI", "URL", "archive-url", "language"))
_KEY = re.compile(r"[^\s,{}\"#%'()=~\\@]+")
_SPECIAL = re.compile(r"[\\{}#$%&_~^`']|--|\u00a0")
_ESCAPES: Mapping[str, str] = {
    "\\": r"\textbackslash{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    "`": r"\textasciigrave{}",
    "'": r"\textquotesingle{}",
    "--": "-{}-",
    "\u00a0": "~",
}
_DRESSES: Mapping[str, str] = {
    "italic": "textit",
    "bold": "textbf",
    "small_caps": "textsc",
    "underline": "underline",
}


def bibtex_entry(reference: Reference) -> str:
    """Return an entry that ends with a line feed; "" where BibTeX cannot have such a key."""
    if not _KEY.fullmatch(reference.key):
        return ""
    kind = reference.entry_type or _TYPES.get(reference.type, "misc")
    fields = [(name, value) for name, value in _fields(reference, kind) if value]
    width = max((len(name) for name, _ in fields), default=0)
    lines = [f"  {name:<{width}} = {{{value}}}," for name, value in fields]
    return "\n".join((f"@{kind}{{{reference.key},", *lines, "}", ""))


def tex(text: str) -> str:
    """Return plain text so that LaTeX prints it as it is."""
    return _SPECIAL.sub(lambda found: _ESCAPES.get(found[0], "\\" + found[0]), text)


def _fields(reference: Reference, kind: str) -> Iterator[tuple[str, str]]:
    for variable, name in _NAMES.items():
        yield name, " and ".join(map(_name, reference.names.get(variable, ())))
    yield from _titles(reference, kind)
    for variable, name in _DATES.items():
        yield name, _date(reference.dates.get(variable, Date()))
    yield "entrysubtype", _SUBTYPES.get(reference.type, "")
    yield from _numbers(reference, kind)
    yield _publisher(kind), _text(reference, "publisher")
    for variable, name in _FIELDS.items():
        if variable in _AS_THEY_ARE:
            yield name, _address(plain(reference.fields.get(variable, ())))
        elif name == "location":
            place = reference.fields.get("jurisdiction" if kind == "patent" else variable, ())
            text = _rich(place)
            yield name, f"{{{text}}}" if " and " in text else text
        elif name == "pages":
            yield name, _text(reference, variable).replace("-{}-", "-").replace("-", "--")
        else:
            yield name, _text(reference, variable)


def _titles(reference: Reference, kind: str) -> Iterator[tuple[str, str]]:
    title, container = _text(reference, "title"), _text(reference, "container-title")
    volume = _text(reference, "volume-title")
    if kind in _IN_BOOKS and volume:
        yield from (("title", title), ("booktitle", volume), ("maintitle", container))
        return
    yield from (("title", volume), ("maintitle", title)) if volume else (("title", title),)
    yield "journaltitle" if kind == "article" else "booktitle", container


def _numbers(reference: Reference, kind: str) -> Iterator[tuple[str, str]]:
    number, issue = _text(reference, "number"), _text(reference, "issue")
    if kind == "article":
        yield from (("number", issue), ("eid", number))
    elif kind in _BOOKS:
        yield from (("number", _text(reference, "collection-number")), ("issue", issue))
    else:
        yield from (("number", number), ("issue", issue))


def _publisher(kind: str) -> str:
    return {"thesis": "institution", "report": "institution", "jurisdiction": "court"}.get(
        kind, "publisher"
    )


def _text(reference: Reference, variable: str) -> str:
    return _rich(reference.fields.get(variable, ()))


def _rich(text: RichText) -> str:
    return "".join(map(_run, text))


def _run(run: Run) -> str:
    if run.href and run.text == run.href:
        return f"\\url{{{_address(run.text)}}}"
    text = tex(run.text)
    for name, command in _DRESSES.items():
        if getattr(run, name):
            text = f"\\{command}{{{text}}}"
    if run.position:
        text = f"\\text{run.position}script{{{text}}}"
    return text


def _address(text: str) -> str:
    """Return an address or a DOI, which are not LaTeX, without what would end the field."""
    return text.replace("{", "%7B").replace("}", "%7D").replace("\\", "%5C")


def _name(name: Name) -> str:
    if name == OTHERS:
        return "others"
    if name.literal:
        return f"{{{tex(name.literal)}}}"
    given = _part(name.given)
    if name.non_dropping_particle:
        labelled = {
            "family": _part(name.family),
            "given": given,
            "prefix": _part(name.non_dropping_particle),
            "suffix": _part(name.suffix),
            "useprefix": "true",
        }
        return ", ".join(f"{label}={value}" for label, value in labelled.items() if value)
    family = " ".join(filter(None, (tex(name.dropping_particle), _family(name.family))))
    parts = [family, tex(name.suffix), given] if name.suffix else [family, given]
    return ", ".join(parts) if given or name.suffix else f"{family},"


def _family(family: str) -> str:
    """Return a family name in braces where BibTeX would find a particle or several names."""
    words = family.split(" ")
    plain_words = all(word[:1].isupper() or not word[:1].isalpha() for word in words)
    return _part(family) if plain_words else f"{{{tex(family)}}}"


def _part(text: str) -> str:
    """Return a part of a name, in braces where it holds what divides names."""
    divides = re.search(r",|=|\band\b|\bothers\b", text, re.IGNORECASE)
    lower_last = re.search(r" [^\W\dA-Z]{2,}$", text) and text.split(" ")[-1][:1].islower()
    return f"{{{tex(text)}}}" if divides or lower_last else tex(text)


def _date(date: Date) -> str:
    """Return a date in EDTF (ISO 8601-2), as biblatex reads it."""
    if not date.parts:
        return tex(date.literal)
    doubt = "%" if date.circa and date.uncertain else "~" * date.circa + "?" * date.uncertain
    return "/".join(_day(part) + doubt if part else ".." for part in date.parts)


def _day(part: tuple[int, ...]) -> str:
    year, *rest = part
    shown = f"{year:04}" if year > 0 else f"-{-year - 1:04}" if year < -1 else "0000"
    return "-".join((shown, *(f"{number:02}" for number in rest)))

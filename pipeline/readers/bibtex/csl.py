"""Fields of an entry, resolved and inherited → a reference in CSL variables (CSL 1.0.2)."""

from __future__ import annotations

import re
from collections.abc import Mapping

from msgspec import Struct, field

from ...language.numbers import english_ordinal
from ...model.references import Date, Name, RichText, Run, plain
from ...text import UNSAFE, doi_address, scheme
from ..addresses import (
    cleaned_address,
    cleaned_doi,
    eprint_address,
    is_address,
    without_words,
)
from ..dates import possible_month, read_date
from ..numbers import is_article_number, is_time_of_year, pages
from ..runs import joined, link, run
from .asked import Values
from .biblatex_keys import COUNTRIES, SERIES, STATES
from .entry_types import (
    IN_VOLUMES,
    NUMBERED_IN_ISSUES,
    NUMBERED_IN_SERIES,
    csl_type,
    genre,
)
from .languages import language_of
from .latex import Definitions, read_latex, read_plain
from .names import Plain, read_names
from .places import PLACES, places_of

# CSL variable ← field.
SIMPLE: Mapping[str, str] = {
    "edition": "edition",
    "number-of-volumes": "volumes",
    "number-of-pages": "pagetotal",
    "chapter-number": "chapter",
    "event-title": "eventtitle",
    "event-place": "venue",
    "original-title": "origtitle",
    "original-publisher": "origpublisher",
    "original-publisher-place": "origlocation",
    "title-short": "shorttitle",
    "version": "version",
    "status": "pubstate",
    "ISBN": "isbn",
    "ISSN": "issn",
    "PMID": "pmid",
    "PMCID": "pmcid",
    "archive": "library",
    "container-title-short": "shortjournal",
}
NAMES: Mapping[str, str] = {
    "author": "author",
    "translator": "translator",
    "bookauthor": "container-author",
    "director": "director",
}
# CSL has no variable for a founder or a redactor: such second editors are left out.
SECOND_EDITORS = ("", "editor", "compiler")
PUBLISHERS = ("court", "school", "institution", "organization", "howpublished", "publisher")
# `\\_` and `{…}` are in many DOIs for LaTeX's sake; these stand for characters.
LATEX_IN_DOI = re.compile(r"\\[A-Za-z]{2,}|\$")
DATES: Mapping[str, str] = {
    "issued": "",
    "accessed": "url",
    "original-date": "orig",
    "event-date": "event",
    "archived": "archive",
}


class Item(Struct):
    """An entry being decoded: its type, its values as LaTeX text, and what was noticed."""

    kind: str
    values: Values
    definitions: Definitions
    unknown: list[tuple[str, str]] = field(default_factory=list)  # field, command
    bad_dates: list[tuple[str, str]] = field(default_factory=list)  # field, value
    bad_links: list[tuple[str, str]] = field(default_factory=list)
    left_out: list[tuple[str, str]] = field(default_factory=list)  # field, words

    def rich(self, name: str) -> RichText:
        if not (written := self.values.get(name)):
            return ()
        runs, unknown = read_latex(written, self.definitions)
        self.unknown += [(name, command) for command in unknown]
        return runs

    def text(self, name: str) -> str:
        return read_plain(self.values.get(name, ""))

    def first(self, *names: str) -> RichText:
        return next((runs for name in names if (runs := self.rich(name))), ())

    def has(self, name: str) -> bool:
        return bool(self.values.get(name, "").strip())

    @property
    def type(self) -> str:
        return csl_type(self.kind, self.values)

    def fields(self) -> dict[str, RichText]:
        """Return the CSL variables that are text or numbers."""
        result = {name: self.rich(field) for name, field in SIMPLE.items() if field in self.values}
        result |= self._titles() | self._numbers() | self._links()
        result["publisher"] = self._publisher()
        result["publisher-place"] = self._places()
        if self.type == "speech" and "event-place" not in result:
            result["event-place"] = result.pop("publisher-place")
        result["note"] = joined(". ", self.rich("note"), self.rich("addendum"))
        result["genre"] = read_latex(genre(self.kind, self.values), self.definitions)[0]
        result["language"] = run(language_of(self.values))
        result["collection-title"] = self._series()
        if self.kind == "patent":
            result["jurisdiction"] = self._jurisdiction(result.pop("publisher-place"))
        state = self.values.get("pubstate", "").strip()
        if state in STATES:
            result["status"] = run(STATES[state])
        return {name: runs for name, runs in result.items() if runs}

    def _title(self, prefix: str) -> RichText:
        """Return "Title: Subtitle. Addition" of `title`, `booktitle`, `maintitle` …"""
        main = joined(": ", self.rich(f"{prefix}title"), self.rich(f"{prefix}subtitle"))
        return joined(". ", main, self.rich(f"{prefix}titleaddon"))

    def _journal(self) -> RichText:
        """Return the journal or law reporter with its subtitle: BibTeX's field is `journal`."""
        name = next((one for one in ("journaltitle", "reporter") if self.has(one)), "journal")
        main = joined(": ", self.rich(name), self.rich("journalsubtitle"))
        return joined(". ", main, self.rich("journaltitleaddon"))

    def _titles(self) -> dict[str, RichText]:
        title, main = self._title(""), self._title("main")
        book = self._title("book")
        journal = self._journal()
        if self.type == "webpage" and not (journal or book):  # where Zotero puts the website
            title = joined(": ", self.rich("title"), self.rich("subtitle"))
            book = self.rich("titleaddon")
        if self.kind == "periodical":
            return {"title": self._title("issue") or title, "container-title": title}
        if self.kind in IN_VOLUMES and main:
            return {"title": title, "container-title": main, "volume-title": book}
        container = journal or book if self.kind in NUMBERED_IN_ISSUES else book or journal
        if main:
            return {"title": main, "volume-title": title, "container-title": container}
        if plain(container).casefold() == plain(title).casefold():
            container = ()  # BibTeX's manner: a parent repeats its title in `booktitle`
        return {"title": title, "container-title": container}

    def _numbers(self) -> dict[str, RichText]:
        number, issue = self._issue("number"), self._issue("issue")
        volume = joined(".", self.rich("volume"), self.rich("part"))
        page = pages(plain(self.first("pages", "eid")))
        result = {"volume": volume, "page": run(page)}
        if (
            self.type == "report" and self.has("pages") and page.isdecimal()
        ):  # Zotero writes how many there are
            result = {"volume": volume, "number-of-pages": self.rich("pagetotal") or run(page)}
        if self.kind in NUMBERED_IN_ISSUES:
            result["issue"] = joined(", ", number, issue)
            if (self.has("eid") and not self.has("pages")) or is_article_number(page):
                result["number"] = self.first("eid", "pages")
        elif self.kind in NUMBERED_IN_SERIES:
            result |= {"collection-number": number, "issue": issue}
        else:
            result |= {"number": number, "issue": issue}
        return result

    def _issue(self, name: str) -> RichText:
        return () if is_time_of_year(self.text(name)) else self.rich(name)

    def _series(self) -> RichText:
        """Return the series; it may be a number, or biblatex's word for a new one."""
        series = self.values.get("series", "").strip()
        if series in SERIES:
            return run(SERIES[series])
        if series.isdecimal() and len(series) < 4:
            return run(f"{english_ordinal(str(int(series)))} series")
        return self.rich("series")

    def _jurisdiction(self, place: RichText) -> RichText:
        """Return where a patent holds; biblatex has keys for countries."""
        places = plain(place).split("; ")
        return run("; ".join(COUNTRIES.get(place, place) for place in places)) if place else ()

    def _publisher(self) -> RichText:
        """Join all publishers; a web address is not one."""
        names = [self.rich(name) for name in PUBLISHERS if not self._is_address(name)]
        once = {plain(name).casefold(): name for name in reversed(names) if name}
        found: RichText = ()
        for name in reversed(once.values()):
            found = joined("; ", found, name)
        return found

    def _places(self) -> RichText:
        """Join several places, as "London and New York"."""
        written = next((self.values[name] for name in PLACES if self.has(name)), "")
        places = [read_latex(place, self.definitions)[0] for place in places_of(written)]
        runs = [run for place in places if place for run in (Run("; "), *place)]
        return tuple(runs[1:])

    def _is_address(self, name: str) -> bool:
        """Say whether a field holds nothing but an address."""
        return is_address(self.values.get(name, ""))

    def _links(self) -> dict[str, RichText]:
        doi = self.values.get("doi", "")
        doi = cleaned_doi(self.text("doi") if LATEX_IN_DOI.search(doi) else doi)
        address = next(
            (self._address(name) for name in ("url", "howpublished") if self._links_to(name)),
            "",
        )
        result = {
            "DOI": (Run(doi, href=doi_address(doi)),) if doi else (),
            "URL": link(address or eprint_address(self.values)),
        }
        if archive := self._address("archiveurl"):
            result["archive-url"] = link(archive)
        return result

    def _links_to(self, name: str) -> bool:
        """`url` is an address whatever it holds; the others only where it is all they hold."""
        return self.has(name) and (name == "url" or self._is_address(name))

    def _address(self, name: str) -> str:
        written, words = without_words(self.values.get(name, ""))
        if words:
            self.left_out.append((name, words))
        address = cleaned_address(written)
        if scheme(address) in UNSAFE:
            self.bad_links.append((name, address))
        return address

    def names(self) -> dict[str, tuple[Name, ...]]:
        options = self.values.get("options", "").replace(" ", "").lower()
        use_prefix = "useprefix=true" in options or "useprefix" in options.split(",")
        result: dict[str, tuple[Name, ...]] = {}
        sources = [*NAMES.items(), *self._editors()]
        for name, variable in sources:
            if self.has(name):
                read = read_names(self.values[name], self._plain_name(name), use_prefix)
                before = result.get(variable, ())
                result[variable] = before + tuple(name for name in read if name not in before)
        return {variable: names for variable, names in result.items() if names}

    def _plain_name(self, name: str) -> Plain:
        def plain_text(text: str) -> str:
            runs, unknown = read_latex(text, self.definitions)
            self.unknown.extend((name, command) for command in unknown)
            return plain(runs)

        return plain_text

    def _editors(self) -> list[tuple[str, str]]:
        """Return each field of editors with the CSL variable that its type says."""
        kind = self.values.get("editortype", "")
        editors = [("editor", "director" if kind == "director" else "editor")]
        for name in ("editora", "editorb", "editorc"):
            if self.values.get(f"{name}type", "") in SECOND_EDITORS:
                editors.append((name, "editor"))
        return editors

    def dates(self) -> dict[str, Date]:
        result = {}
        for variable, prefix in DATES.items():
            if not (self.has(f"{prefix}date") or self.has(f"{prefix}year")):
                continue
            if date := read_date(self._date_values(prefix), prefix):
                result[variable] = date
                if date.literal or not possible_month(self.values.get(f"{prefix}month", "")):
                    parts = ("date", "year") if date.literal else ("month",)
                    name = next(prefix + part for part in parts if self.has(prefix + part))
                    self.bad_dates.append((name, read_plain(self.values[name])))
        return result

    def _date_values(self, prefix: str) -> dict[str, str]:
        names = (f"{prefix}{part}" for part in ("date", "year", "month", "day"))
        dates = {name: _date_text(self.values.get(name, "")) for name in names}
        if prefix or dates["month"]:
            return dates
        year = dates["date"] or dates["year"]
        times = [time for name in ("issue", "number") if is_time_of_year(time := self.text(name))]
        if times and year.isdecimal():
            return dates | {"date": "", "year": year, "month": times[0]}
        return dates


def _date_text(text: str) -> str:
    """Return a date without braces. Its `~` marks it as uncertain, and is not a space."""
    return read_plain(text) if "\\" in text else text.replace("{", "").replace("}", "")

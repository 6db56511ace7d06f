"""The HTML of a website, from the templates of the house style: what is around each brief, the
index, and notices."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import jinja2
import msgspec
from markupsafe import Markup

from ..language.changes import change_term, language_of_changes
from ..language.dates import long_date
from ..language.files import language_of
from ..language.tags import primary
from ..language.terms import term
from ..numbering import NumberedBrief
from ..project import Project
from ..styles import EXTRA, BadTemplate
from ..writers.html.frame import logo
from ..writers.html.markup import language
from ..writers.html.style_sheet import house_rules, style_sheet
from ..writers.html.web import Added, Download, in_page
from ..writers.html.web_fonts import web_fonts
from .citing import how_to_cite
from .entries import MINOR, Entry, Issued, label_of
from .looks import STYLE_SHEET, Looks
from .metadata import citation_tags, json_for_page, open_graph, schema_org
from .relations import Relations
from .search import UNSPACED

PER_PAGE = 100  # briefs of a page of the index
# Content Security Policy 3: scripts are those of the site, and WebAssembly is for the search.
_PLAIN = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src 'self' data:; font-src data:; "
    "base-uri 'none'"
)
_OF_BRIEF = f"{_PLAIN}; script-src 'self'"
_OF_INDEX = (
    f"{_PLAIN}; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'; form-action 'none'"
)
# By which `meta` elements Pagefind filters and sorts what it finds. A page without what it sorts by
# would not be found, so one without a date has a day before all others. And it would copy the first
# image of a page into what is loaded for each brief that was found.
_FOUND_BY = {
    "article:tag": 'filter="topic[content]"',
    "citation_language": 'filter="language[content]"',
    "citation_year": 'filter="year[content]"',
    "og:title": 'sort="title[content], date:{date}" data-pagefind-meta="image:none"',
}
_TERMS = (
    *("all-briefs", "superseded", "supersedes", "related", "cite-this", "check-sums", "close"),
    *("to-the-list", "skip-to-text", "search", "any", "sort-by", "newest-first", "oldest-first"),
    *("by-title", "by-relevance", "found-count", "nothing-found", "newer", "older", "show-more"),
    "search-web-only",
)


class Pages:
    """Writes the pages of a site. Every method may raise `BadTemplate`."""

    def __init__(self, project: Project, looks: Looks, has_search: bool) -> None:
        self.project, self.looks, self.has_search = project, looks, has_search
        self.house = project.styles.house
        self.site = self.house.site["url"]
        self._environment = jinja2.Environment(
            loader=jinja2.DictLoader(looks.files),
            autoescape=True,
            undefined=jinja2.StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )

    # The page of a brief -------------------------------------------------------------------------

    def around(
        self,
        numbered: NumberedBrief,
        entry: Entry,
        relations: Relations,
        entries: Mapping[str, Entry],
    ) -> Added:
        """Return what the site adds to the page of a brief. `entries` are all, by name."""
        lang = entry.lang
        names = [*relations.translations, entry.name] if relations.translations else []
        translations = [self._shown(entries[name], lang) for name in names]
        newer = self._shown(entries[relations.newer], lang) if relations.newer else None
        address = f"{self.site}{entry.page}" if self.site else ""
        style = numbered.citation_style
        stem = entry.page.removesuffix(".html")
        of_changes = language_of_changes(lang)
        values = {
            "entry": entry,
            "translations": translations,
            "newer": newer,
            "older": [self._shown(entries[name], lang) for name in relations.older],
            "releases": [self._issued(issued, lang) for issued in reversed(entry.releases)],
            "of_releases": {name: change_term(name, lang) for name in ("editions", "title")},
            "in_words": language(of_changes, lang) if of_changes != primary(lang) else {},
            "related": [self._shown(entries[name], lang) for name in relations.related],
            "cite": how_to_cite(numbered.brief, style, self.house.name, stem, address),
            "tags": list(citation_tags(entry, self.house.name, self.site)),
            "properties": list(open_graph(entry, self.house.name, self.site)),
            "schema": Markup(
                json_for_page(schema_org(numbered, entry, self.house.name, self.site))
            ),
            "found_by": {
                name: Markup(f" data-pagefind-{by.format(date=entry.date or 0)}")
                for name, by in _FOUND_BY.items()
            },
            "css": self._added_css,
            "script": self.looks.scripts["reading.js"],
        }
        head, top, bottom = (
            self._filled(f"{name}.html.j2", lang, values) for name in ("head", "top", "bottom")
        )
        files = tuple(Download(f.name, *label_of(f, lang), f.kind in MINOR) for f in entry.files)
        return Added(files, head, top, bottom, _OF_BRIEF)

    def _shown(self, entry: Entry, around: str) -> dict[str, Any]:
        """Return what a list says of a brief, on a page in the language `around`."""
        lang = entry.lang
        facts = (self._day(entry), self._edition(entry), _language_name(lang))
        same = lang.partition("-")[0] == around.partition("-")[0]
        return {
            "page": entry.page,
            "title": entry.title,
            "summary": entry.summary,
            "keywords": entry.keywords,
            "date": self._day(entry),
            "facts": " · ".join(filter(None, facts[:2] if same else facts)),
            "lang": lang,
            "language": _language_name(lang),
            "attributes": language(lang, around) if lang != around else {},
        }

    def _issued(self, issued: Issued, lang: str) -> dict[str, str]:
        """Return what the page of a brief says of a release."""
        return {
            "name": term("edition", lang).format(edition=issued.edition),
            "date": long_date(datetime.date.fromisoformat(issued.date), lang),
            "state": change_term(issued.state, lang) if issued.state else "",
            "changes": issued.changes,
            "href": issued.file.name if issued.file else "",
        }

    def around_changes(self, entry: Entry, superseded: bool) -> Added:
        """Return what the site adds to a page that shows what a release has changed."""
        values = {"entry": entry, "superseded": superseded, "css": self._added_css}
        head, top = (
            self._filled("changes.html.j2", entry.lang, {**values, "place": place})
            for place in ("head", "top")
        )
        return Added((), head, top, policy=_PLAIN)

    def _day(self, entry: Entry) -> str:
        return long_date(entry.day, entry.lang) if entry.day else ""

    def _edition(self, entry: Entry) -> str:
        words = term("edition", entry.lang)
        return words.format(edition=entry.edition) if entry.edition else ""

    # The index -----------------------------------------------------------------------------------

    def index(self, entries: Sequence[Entry]) -> Iterator[tuple[str, bytes]]:
        """Yield the pages of the index by name: all briefs, a hundred on each."""
        lang = self.house.lang
        count = max(1, -(-len(entries) // PER_PAGE))
        names = [_index_name(number) for number in range(1, count + 1)]
        for number, name in enumerate(names, start=1):
            shown = entries[(number - 1) * PER_PAGE : number * PER_PAGE]
            values = {
                "root": language(lang),
                "policy": _OF_INDEX,
                "page": name,
                "number": number,
                "count": count,
                "briefs": [self._shown(entry, lang) for entry in shown],
                "newer": names[number - 2] if number > 1 else "",
                "older": names[number] if number < count else "",
                "search": self.has_search,
                "unspaced": UNSPACED,
                "filters": list(self._filters(entries)),
                "css": Markup(self._css()),
                "script": self.looks.scripts["index.js"],
            }
            yield name, self._filled("index.html.j2", lang, values).encode()

    def _filters(self, entries: Sequence[Entry]) -> Iterator[tuple[str, str, list[list[str]]]]:
        """Yield the name of each filter, its label, and its values with their words."""
        lang = self.house.lang
        topics = sorted({word for e in entries for word in e.keywords}, key=str.casefold)
        years = sorted({e.date[:4] for e in entries if e.date}, reverse=True)
        tags = sorted({e.lang for e in entries})
        yield "topic", term("keywords", lang), [[word, word] for word in topics]
        yield "year", term("year", lang), [[year, year] for year in years]
        yield "language", term("language", lang), [[tag, _language_name(tag)] for tag in tags]

    def list_script(self, entries: Sequence[Entry]) -> bytes:
        """Return all briefs as a script: pages that are opened as files can fetch nothing else."""
        lang = self.house.lang
        keys = ("page", "title", "summary", "keywords", "facts", "lang")
        found = []
        for entry in entries:
            shown = self._shown(entry, lang)
            direction = language(entry.lang, lang)["dir"]
            found.append({key: shown[key] for key in keys} | {"day": entry.date, "dir": direction})
        return b"self.allBriefs = " + msgspec.json.encode(found) + b";\n"

    # Notices -------------------------------------------------------------------------------------

    def missing(self) -> bytes:
        """Return the page for addresses that lead nowhere; a host may show it in any folder."""
        href = self.site or "index.html"
        return self._notice(term("page-missing", self.house.lang), href, self._all_briefs(), False)

    def moved(self, entry: Entry) -> bytes:
        """Return a page that leads to the page of a brief."""
        return self._notice(term("page-moved", entry.lang), entry.page, entry.title, True)

    def _all_briefs(self) -> str:
        return term("all-briefs", self.house.lang)

    def _notice(self, words: str, href: str, label: str, moved: bool) -> bytes:
        lang = self.house.lang
        values = {
            "root": language(lang),
            "policy": _PLAIN,
            "words": words,
            "href": href,
            "label": label,
            "moved": moved,
            "css": Markup(self._css()),
        }
        return self._filled("notice.html.j2", lang, values).encode()

    @property
    def _logo(self) -> Markup:
        return logo(self.project.styles, in_page)

    @property
    def _added_css(self) -> Markup:
        return Markup(style_sheet(self.looks.files[STYLE_SHEET]))

    def _css(self) -> str:
        files = self.project.styles.files
        sheets = (
            files["base.css"],
            files["screen.css"],
            self.looks.files[STYLE_SHEET],
            files[EXTRA],
        )
        return style_sheet(web_fonts(self.project.styles), house_rules(self.house), *sheets)

    def _filled(self, name: str, lang: str, values: Mapping[str, Any]) -> str:
        terms = {word: term(word, lang) for word in _TERMS}
        shared = {"house": self.house, "site": self.site, "terms": terms, "logo": self._logo}
        try:
            return self._environment.get_template(name).render({**shared, **values})
        except jinja2.TemplateError as error:
            raise BadTemplate(f"site/{name}: {error}") from None


def _index_name(number: int) -> str:
    return "index.html" if number == 1 else f"index-{number}.html"


def _language_name(lang: str) -> str:
    """Return what speakers of a language call it, or its tag."""
    return language_of(lang).name or lang

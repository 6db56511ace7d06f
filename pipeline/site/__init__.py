"""Write a website from which readers get the briefs: `build/site/`, static, for any host.

In: a project. Out: files, and what became of them. The Word file and the PDF of each brief are
built and proved first; then its page is written and proved in the same way. A brief with errors, or
whose files failed their proof, keeps the page that it had before. Files that belong to no brief any
more are removed, except those that something else put there.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import msgspec
from msgspec import Struct

from ..build import Outcome, build
from ..build.publishing import JOURNAL, load_manifest, publish, write_manifest
from ..diagnostics import Diagnostic, Span, has_errors, reason_of
from ..page_names import is_reserved, page_names, plain_name
from ..project import LoadedBrief, Project
from ..styles import BadTemplate
from .entries import Entry, entry_of
from .feeds import Listing, atom, briefs_json, sitemap
from .files import Content, copies, of_site
from .looks import load_looks
from .making import Page, make_pages
from .pages import Pages
from .relations import relations_of
from .releases import releases_on_site
from .search import ENTRANCE, FOLDER, SearchError, has_pagefind, index_pages, remove_index

__all__ = ["SiteOutcome", "build_site"]

_LIST = "briefs.json"


class SiteOutcome(Struct, frozen=True):
    """What became of a site. `outcomes` are those of the downloads of all briefs."""

    folder: Path
    outcomes: tuple[Outcome, ...]
    briefs: int = 0
    written: int = 0  # files
    removed: int = 0
    kept: tuple[str, ...] = ()  # names of briefs whose previous page stays
    drafts: tuple[str, ...] = ()
    has_search: bool = False
    diagnostics: tuple[Diagnostic, ...] = ()


def build_site(
    project: Project,
    *,
    jobs: int = 0,
    progress: Callable[[Outcome], None] = lambda outcome: None,
) -> SiteOutcome:
    """Build what is out of date, and write the site."""
    outcomes = build(project, ("docx", "pdf"), jobs=jobs, progress=progress)
    good = {outcome.name for outcome in outcomes if outcome.status not in ("failed", "partial")}
    drafts = {b.name for b in project.briefs if b.numbered and b.numbered.brief.front.draft}
    chosen = [b for b in project.briefs if b.name in good and b.name not in drafts]
    waiting = [b for b in project.briefs if b.name not in good and b.name not in drafts]
    try:
        looks = load_looks(project.house_folder)
        site = _Site(project, Pages(project, looks, has_pagefind()), jobs)
        outcome = site.write(chosen, waiting)
    except BadTemplate as error:
        place = Span.of_file(str(project.house_folder))
        problem = Diagnostic("bad-house-style", str(error), place, "correct the template")
        outcome = SiteOutcome(project.out / "site", (), diagnostics=(problem,))
    return msgspec.structs.replace(outcome, outcomes=tuple(outcomes), drafts=tuple(sorted(drafts)))


class _Site:
    """One run: from the briefs that may be published to the files in the folder."""

    def __init__(self, project: Project, pages: Pages, jobs: int) -> None:
        self.project, self.pages, self.jobs = project, pages, jobs
        self.folder = project.out / "site"
        self.before = load_manifest(self.folder)
        self.listed = {entry.name: entry for entry in _listed(self.folder)}
        self.built = load_manifest(project.out)
        self.problems: list[Diagnostic] = []
        self.changes: dict[str, tuple[Content, ...]] = {}  # pages of what releases have changed

    def write(self, chosen: Sequence[LoadedBrief], waiting: Sequence[LoadedBrief]) -> SiteOutcome:
        """Write the pages of the `chosen` briefs; those `waiting` keep the page that they had."""
        while True:
            kept = [old for b in waiting if (old := self.listed.get(b.name)) and self._there(old)]
            files = {brief.name: copies(brief, self.project.out, self.built) for brief in chosen}
            entries, pages = self._planned(chosen, kept, files)
            made = make_pages(pages, self.project, self.before, self.jobs)
            failed = [name for name, found in made.items() if has_errors(found.diagnostics)]
            self.problems += [d for found in made.values() for d in found.diagnostics]
            if not failed:
                break
            waiting = [*waiting, *(brief for brief in chosen if brief.name in failed)]
            chosen = [brief for brief in chosen if brief.name not in failed]
        of_briefs = [
            [page, *self._downloads(brief, entries, files), *self.changes[brief.name]]
            for brief in chosen
            if (page := made[brief.name].page)
        ]
        names = {content.name for contents in of_briefs for content in contents}
        names |= {name for entry in kept for name in entry.names}
        of_all = self._of_all(entries, names)
        # The files of a brief appear together, and before the lists that lead to them.
        written = sum(map(self._publish, (*of_briefs, of_all)))
        removed = self._remove_others(names | {content.name for content in of_all})
        has_search = self._search(len(entries), written + removed)
        write_manifest(self.folder)
        return SiteOutcome(
            self.folder,
            (),
            len(entries),
            written,
            removed,
            tuple(entry.name for entry in kept),
            has_search=has_search,
            diagnostics=tuple(self.problems),
        )

    def _there(self, entry: Entry) -> bool:
        return all(
            name in self.before.files and (self.folder / name).is_file() for name in entry.names
        )

    def _planned(
        self,
        chosen: Sequence[LoadedBrief],
        kept: Sequence[Entry],
        files: dict[str, list[Content]],
    ) -> tuple[dict[str, Entry], list[Page]]:
        """Return what the site says of each brief, by name, and the pages that it needs."""
        numbered = [brief.numbered for brief in chosen if brief.numbered]
        names = page_names(sorted([*files, *(entry.name for entry in kept)]))
        relations = relations_of(numbered)
        entries = {entry.name: entry for entry in kept}
        for brief in numbered:
            name = brief.brief.name
            newer = relations[name].newer
            offered = [content.as_file(names[name]) for content in files[name]]
            entries[name] = entry_of(
                brief.brief, f"{names[name]}.html", offered, f"{names[newer]}.html" if newer else ""
            )
        self._add_releases(chosen, entries)
        pages = [
            Page(
                brief,
                brief.numbered,
                entries[brief.name].page,
                self.pages.around(
                    brief.numbered, entries[brief.name], relations[brief.name], entries
                ),
                self.pages.looks.scripts["reading.js"],
            )
            for brief in chosen
            if brief.numbered
        ]
        return entries, pages

    def _add_releases(self, chosen: Sequence[LoadedBrief], entries: dict[str, Entry]) -> None:
        own = [(brief, entries[brief.name]) for brief in chosen]
        known = [issued for entry in self.listed.values() for issued in entry.releases]
        found = releases_on_site(own, self.project, self.pages, known, self.before, self.jobs)
        for name, releases in found.items():
            entries[name] = msgspec.structs.replace(entries[name], releases=releases.issued)
            self.changes[name] = releases.pages
            self.problems += releases.diagnostics

    def _downloads(
        self, brief: LoadedBrief, entries: dict[str, Entry], files: dict[str, list[Content]]
    ) -> list[Content]:
        stem = entries[brief.name].page.removesuffix(".html")
        return [content.named(content.as_file(stem).name) for content in files[brief.name]]

    def _of_all(self, entries: dict[str, Entry], taken: set[str]) -> list[Content]:
        """Return the files that list all briefs, and those that lead to moved pages."""
        newest = sorted(entries.values(), key=lambda entry: (entry.title.casefold(), entry.name))
        newest.sort(key=lambda entry: entry.date, reverse=True)
        house, lang, address = self.pages.house.name, self.pages.house.lang, self.pages.site
        found = dict(self.pages.index(newest))
        found |= {
            "404.html": self.pages.missing(),
            "feed.xml": atom(newest, house, lang, address),
            "list.js": self.pages.list_script(newest),
            _LIST: briefs_json(Listing(house, address, tuple(newest))),
        }
        looks = self.pages.looks
        found |= {name: looks.files[file].encode() for file, name in looks.scripts.items()}
        if address:
            found["sitemap.xml"] = sitemap(newest, address)
        found |= self._moved(newest, taken | found.keys())
        return [of_site(name, content) for name, content in found.items()]

    def _moved(self, entries: Sequence[Entry], taken: set[str]) -> dict[str, bytes]:
        """Return the pages that lead from former names of briefs to their pages."""
        found: dict[str, bytes] = {}
        for entry in entries:
            for alias in entry.aliases:
                short = plain_name(alias.removesuffix(".html"))
                name = f"{short}.html"
                if name == entry.page:
                    continue
                if name in taken or name in found or not short or is_reserved(short):
                    message = f"no page can have the alias `{alias}`: it is taken, or no file name"
                    paths = (brief.path for brief in self.project.briefs)
                    place = next(path for path in paths if Path(path).stem == entry.name)
                    self.problems.append(Diagnostic("taken-alias", message, Span.of_file(place)))
                else:
                    found[name] = self.pages.moved(entry)
        return found

    def _publish(self, contents: Sequence[Content]) -> int:
        """Write what has changed; return how many files that are."""
        changed = [content for content in contents if not self._is_same(content)]
        files = {content.name: content.read() for content in changed}
        records = {content.name: content.record for content in changed}
        found = publish(self.folder, files, records) if files else {}
        if isinstance(found, Diagnostic):
            self.problems.append(found)
            return 0
        return len(files)

    def _is_same(self, content: Content) -> bool:
        old, path = self.before.files.get(content.name), self.folder / content.name
        if old is None or not path.is_file():
            return False
        return old == content.record and path.stat().st_size == content.size

    def _remove_others(self, names: set[str]) -> int:
        """Remove the files of this site that no brief has any more."""
        others = [n for n in self.before.files if n not in names and not n.startswith(FOLDER)]
        removed = 0
        for name in others:
            path = self.folder / name
            if path.parent == self.folder and path.is_file():
                try:
                    path.unlink()
                except OSError as error:
                    message = f"cannot remove {name}: {reason_of(error)}"
                    place = Span.of_file(str(self.folder))
                    self.problems.append(Diagnostic("cannot-write", message, place))
                    continue
                removed += 1
        if removed:
            (self.folder / JOURNAL).touch()  # so that the manifest is written without them
        return removed

    def _search(self, briefs: int, changes: int) -> bool:
        """Renew the search index if anything has changed; return whether there is one."""
        if not briefs or not self.pages.has_search:
            remove_index(self.folder)  # words of briefs that are gone are found by nobody
            return False
        entrance = self.folder / ENTRANCE
        if changes or not entrance.is_file():
            try:
                index_pages(self.folder, self.pages.house.lang)
            except SearchError as error:
                place = Span.of_file(str(self.folder))
                self.problems.append(Diagnostic("no-search-index", str(error), place))
                return False
        return True


def _listed(folder: Path) -> tuple[Entry, ...]:
    """Return what a site said of its briefs before; none if that cannot be read."""
    try:
        return msgspec.json.decode((folder / _LIST).read_bytes(), type=Listing).briefs
    except (OSError, msgspec.DecodeError):
        return ()

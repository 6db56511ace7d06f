"""Compare a brief with its releases: changed words need a new edition, a correction, or both."""

from __future__ import annotations

from pathlib import Path

from msgspec.structs import replace

from ..diagnostics import Diagnostic
from ..model import Brief
from ..readers.markdown import read_markdown
from ..readers.source import read_text
from ..releases import Released, folder_of, latest, releases_of
from ..styles import House
from .loading import LoadedBrief, Loading


def with_changes(loaded: LoadedBrief, path: Path, house: House, loading: Loading) -> LoadedBrief:
    """Return a brief with a finding for each sentence that changed since it was released."""
    brief = loaded.read
    if brief is None or not loading.disk.is_folder(folder_of(path)):
        return loaded
    found: list[Diagnostic] = []
    releases: list[Released] = []
    for each in releases_of(path, loading.disk):
        if isinstance(each, Diagnostic):
            found.append(each)
        elif not each.release.withdrawn:
            releases.append(each)
    found += _changes(brief, releases, house, loading)
    return replace(loaded, diagnostics=(*loaded.diagnostics, *found))


def _changes(
    brief: Brief, releases: list[Released], house: House, loading: Loading
) -> list[Diagnostic]:
    same = next((r for r in releases if r.release.edition == brief.front.edition), None)
    base = same or latest(releases)
    needs_edition = house.after_release in ("edition", "both") and same is not None
    if base is None or not (needs_edition or house.after_release in ("correction", "both")):
        return []
    released = _read(base, brief, house, loading)
    if isinstance(released, Diagnostic):
        return [released]
    corrected = set(brief.front.stated_corrections) - set(released.front.stated_corrections)
    wanted = []
    if needs_edition:
        wanted.append("give the brief a new `edition`")
    if house.after_release in ("correction", "both") and not corrected:
        wanted.append("say under `corrections` what was corrected")
    if not wanted or released is brief:
        return []
    from ..releases.changes import changes  # for briefs that were released

    return changes(brief, released, base.release.edition, f"{' and '.join(wanted)}, or put it back")


def _read(base: Released, brief: Brief, house: House, loading: Loading) -> Brief | Diagnostic:
    """Return what was released; the brief itself if that is the same."""
    text = loading.text(base.brief)
    if isinstance(text, Diagnostic):
        return text
    if not brief.data and read_text(text, "")[0].text == brief.source:
        return brief
    files = loading.files_of(base.brief, base.folder)
    numbered = house.number_sections == "on"
    return read_markdown(text, str(base.brief), files, house.lang, numbered)[0]

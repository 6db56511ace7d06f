"""The index for full-text search, made by Pagefind; without that program the site has no search."""

from __future__ import annotations

import shutil
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

from ..language.tags import primary

FOLDER = "pagefind"
ENTRANCE = f"{FOLDER}/pagefind-entry.json"
_SECONDS = 600
# What surrounds the text of a brief, and signs in it that are no words.
_AROUND = ".skip, .masthead, .downloads, .contents, .section-link, .back, .back-references"
_PAGES = "<[!.]:1,>.html"  # all but those of changes, which have another dot in their names


class SearchError(Exception):
    """Why there is no index, in the words of Pagefind."""


def has_pagefind() -> bool:
    return all(find_spec(name) for name in ("pagefind", "pagefind_bin"))


def remove_index(site: Path) -> None:
    shutil.rmtree(site / FOLDER, ignore_errors=True)


def index_pages(site: Path, lang: str) -> None:
    """Write the index of all pages of a site that say they are to be found.

    Pages in every language are in one index: a search in `lang`, that of the site, finds them all.
    Raises `SearchError`.
    """
    remove_index(site)
    command = [sys.executable, "-P", "-m", "pagefind", "--site", str(site), "--quiet"]
    command += ["--force-language", primary(lang), "--glob", _PAGES]
    command += ["--exclude-selectors", _AROUND]
    try:
        run = subprocess.run(
            command, capture_output=True, timeout=_SECONDS, check=False, stdin=subprocess.DEVNULL
        )
    except (OSError, subprocess.SubprocessError) as error:
        raise SearchError(str(error)) from None
    if run.returncode:
        raise SearchError(run.stderr.decode("utf-8", "replace").strip()[-500:])

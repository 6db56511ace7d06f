"""The index for full-text search, made by Pagefind; without that program the site has no search."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory

from ..language.tags import primary

FOLDER = "pagefind"
ENTRANCE = f"{FOLDER}/pagefind-entry.json"
_SECONDS = 600
# What surrounds the text of a brief, and signs in it that are no words.
_AROUND = ".skip, .masthead, .downloads, .contents, .section-link, .back, .back-references"
_PAGES = "<[!.]:1,>.html"  # all but those of changes, which have another dot in their names
# Letters of scripts without blanks between words (Chinese and Japanese), as ranges of a character
# class. Pagefind would take a sentence for a word, and find only how it begins.
UNSPACED = (
    "\u3005-\u3007\u3041-\u30fa\u30fc-\u30ff"
    "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003fffd"
)
_BETWEEN = re.compile(rf"(?<=[{UNSPACED}])(?=\w)|(?<=\w)(?=[{UNSPACED}])")
_TAG = re.compile(r"(<[^>]*>)")


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
    with spaced(site) as pages:
        _index(pages, site / FOLDER, lang)


@contextmanager
def spaced(site: Path) -> Iterator[Path]:
    """Give a folder with the pages of a site, with blanks where Pagefind needs them.

    Each letter of `UNSPACED` stands alone, and so does each cell of a table. The folder is that of
    the site itself if there is nothing of the kind.
    """
    pages = {path.name: path.read_text("utf-8") for path in site.glob("*.html")}
    spaced = {name: _with_blanks(page) for name, page in pages.items()}
    if spaced == pages:
        yield site
        return
    with TemporaryDirectory() as folder:
        for name, page in spaced.items():
            (Path(folder) / name).write_text(page, "utf-8")
        yield Path(folder)


def _with_blanks(page: str) -> str:
    parts = _TAG.split(page)
    ends = {tag: f"{tag} " for tag in ("</td>", "</th>", "</text>")}  # of cells, words of charts
    return "".join(
        ends.get(part, part) if part.startswith("<") else _BETWEEN.sub(" ", part) for part in parts
    )


def _index(pages: Path, folder: Path, lang: str) -> None:
    shutil.rmtree(folder, ignore_errors=True)
    command = [sys.executable, "-P", "-m", "pagefind", "--site", str(pages), "--quiet"]
    command += ["--output-path", str(folder)]
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

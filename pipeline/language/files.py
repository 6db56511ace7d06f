"""The files of languages, `languages/xx.json` → `Language`.

A variant, `"like": "pt"`, states what differs from that file; `"serves"` lists further tags that
a file is for. What a file lacks is taken from the CSL locale, then from English. All files are
read at once, which takes 2 ms: dates are read in every language.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

import msgspec

from .csl_locale import csl_words
from .values import Language

_ENGLISH = "en"
_NOT_WORDS = frozenset({"like", "serves"})


def languages() -> tuple[str, ...]:
    """Return the tags of all files."""
    return tuple(_files())


def offered() -> tuple[str, ...]:
    """Return the languages, without their variants, that lack no word."""
    return tuple(tag for tag in languages() if "-" not in tag and not language_of(tag).lacks)


@lru_cache(maxsize=256)
def language_of(lang: str) -> Language:
    """Return the language of a tag (BCP 47): of its region, else of the language at large.

    Where there is no file, it is English with the words that the CSL locales have.
    """
    name = _file_of(lang)
    tag = name or lang
    own = _whole(name) if name else {}
    english = _files()[_ENGLISH]
    from_csl = csl_words(tag, own.get("csl", "")) if _is_short(own, english) else {}
    terms = {**from_csl.get("terms", {}), **own.get("terms", {})}
    lacks = [term for term in english["terms"] if term not in terms]
    fallback = {key: english[key] for key in ("terms", "months", "locators", "theses")}
    found = _merged(_merged(fallback, from_csl), own)
    return msgspec.convert({**found, "tag": tag, "lacks": lacks}, Language)


def script_fonts() -> Iterator[tuple[str, str]]:
    """Yield each tag whose script needs a font of its own, and the family."""
    for name, file in _files().items():
        if "font" in file:
            for tag in (name, *file.get("serves", ())):
                yield tag, file["font"]["family"]


def written(name: str) -> list[Any]:
    """Return what each file says for a field, "months", if it says it."""
    return [file[name] for file in _files().values() if name in file]


@cache
def _files() -> Mapping[str, dict[str, Any]]:
    """Return the files by tag, as they were written."""
    paths = sorted(Path(__file__).with_name("languages").glob("*.json"))
    return {path.stem: msgspec.json.decode(path.read_bytes()) for path in paths}


@cache
def _served() -> Mapping[str, str]:
    """Return the file for each tag, in lower case, that any of them serves."""
    return {
        tag.lower(): name
        for name, file in _files().items()
        for tag in (name, *file.get("serves", ()))
    }


def _file_of(lang: str) -> str:
    """Return the name of the file for a tag, "" if there is none."""
    parts = lang.lower().split("-")
    tags = ("-".join(parts[:length]) for length in range(len(parts), 0, -1))
    return next((_served()[tag] for tag in tags if tag in _served()), "")


def _whole(name: str) -> dict[str, Any]:
    """Return a file with what it takes from the one that it is like."""
    file = _files()[name]
    own = {key: value for key, value in file.items() if key not in _NOT_WORDS}
    return _merged(_whole(file["like"]), own) if "like" in file else own


def _merged(below: Mapping[str, Any], above: Mapping[str, Any]) -> dict[str, Any]:
    """Return two files as one: of a table, each entry counts for itself."""
    joined = {
        key: {**below[key], **value} if isinstance(value, dict) and key in below else value
        for key, value in above.items()
    }
    return {**below, **joined}


def _is_short(own: Mapping[str, Any], english: Mapping[str, Any]) -> bool:
    """Say whether a file lacks anything that a CSL locale may have."""
    tables = ("terms", "locators")
    return "months" not in own or any(english[key].keys() - own.get(key, {}) for key in tables)

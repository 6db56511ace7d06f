"""BibTeX and biblatex → CSL variables: our own expected data, and pandoc's reading of it."""

import html
import json
import re
import subprocess
import tomllib
import unicodedata
from pathlib import Path

import pytest
from bibtex_values import name_text, values_of

from pipeline.model.references import Name
from pipeline.readers.bibtex import read_bibtex

DATA = Path(__file__).parent / "data/bibtex"
FORMATS = ("biblatex", "bibtex")
# Not read (abstract, keyword), or made by pandoc from another variable (title-short).
APART = {"id", "abstract", "keyword", "annote", "title-short"}
SENTENCES = ("title", "container-title", "collection-title", "volume-title")


def read(name):
    return read_bibtex([((DATA / f"{name}.bib").read_bytes(), f"{name}.bib")])


@pytest.mark.parametrize("name", FORMATS)
def test_entries_are_read_as_expected(name, update):
    library, _ = read(name)
    found = {key: values_of(reference) for key, reference in library.items()}
    expected = DATA / f"{name}.json"
    if update:
        expected.write_text(json.dumps(found, indent=2, ensure_ascii=False) + "\n", "utf-8")

    assert found == json.loads(expected.read_text("utf-8"))


@pytest.mark.parametrize("name", FORMATS)
def test_nothing_is_said_of_well_formed_files(name):
    library, found = read(name)

    assert found == []
    assert [one for key in library for one in library.diagnostics(key)] == []


@pytest.mark.parametrize("name", FORMATS)
def test_pandoc_reads_the_same_but_for_the_differences_we_chose(name):
    library, _ = read(name)
    reasons = tomllib.loads((DATA / "differences.toml").read_text("utf-8"))
    theirs = pandoc(name)
    ours = {key: normal(values_of(reference)) for key, reference in library.items()}

    different = {
        f"{name} {key} {variable}"
        for key in ours
        for variable in (ours[key].keys() | theirs[key].keys()) - APART
        if ours[key].get(variable) != theirs[key].get(variable)
    }

    assert different == {place for place in reasons if place.startswith(f"{name} ")}


def pandoc(name):
    path = pytest.importorskip("pypandoc").get_pandoc_path()
    command = [path, str(DATA / f"{name}.bib"), "-f", name, "-t", "csljson"]
    made = subprocess.run(command, capture_output=True, check=True, timeout=60).stdout
    return {item["id"]: normal(flat(item)) for item in json.loads(made)}


def flat(item):
    """Return the variables of a CSL-JSON item in the form of `values_of`."""
    return {variable: flat_value(value) for variable, value in item.items()}


def flat_value(value):
    match value:
        case [*names]:
            parts = [{part.replace("-", "_"): name[part] for part in name} for name in names]
            return "; ".join(name_text(Name(**name)) for name in parts)
        case {"date-parts": parts, **rest}:
            season = ("", "spring ", "summer ", "autumn ", "winter ")[int(rest.get("season", 0))]
            dates = ["-".join(str(number) for number in part) for part in parts]
            return f"{season}{'/'.join(dates)}{'~' if rest.get('circa') else ''}"
        case {"literal": literal}:
            return literal
        case _:
            return str(value)


def normal(values):
    """Return values without what is told apart nowhere: HTML, kinds of spaces and quotes."""
    return {
        variable: text.casefold() if variable in SENTENCES else text
        for variable, value in values.items()
        if (text := normal_text(value)) or variable == "type"
    }


def normal_text(text):
    text = unicodedata.normalize("NFC", html.unescape(re.sub(r"<[^>]+>", "", text)))
    text = re.sub(r"[\s\u00a0\u2006\u2009]+", " ", text).strip()
    return text.translate(str.maketrans("\u201c\u201d\u2018\u2019", "\"\"''"))

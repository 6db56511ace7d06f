"""Entries against citeproc-js and pandoc, letters and digits only: either is right.

`expected/STYLE.LANG.json` is what they print (`oracles/make_entries.py`). `differences.json` lists
the entries where neither prints what we print, and why; it can only shrink unseen.
"""

import json
import re
from pathlib import Path

import pytest
from csl_json import reference_of
from msgspec.structs import replace

from pipeline.csl import CITATION_STYLES, CitationStyle, format_entry
from pipeline.direction import is_right_to_left
from pipeline.model.references import Reference, Run, plain

DATA = Path(__file__).parent / "data" / "entries"
REFERENCES = {
    item["id"]: reference_of(item)
    for path in sorted(DATA.glob("*.json"))
    if path.name != "differences.json"
    for item in json.loads(path.read_text("utf-8"))
}
ALEF = "\N{HEBREW LETTER ALEF}"
WORD = re.compile(r"\w+")
DIFFERENCES = json.loads((DATA / "differences.json").read_text("utf-8"))


def letters(text: str) -> str:
    return "".join(character for character in text.casefold() if character.isalnum())


def as_others(style: str) -> CitationStyle:
    """Return a style as its file has it: others know nothing of our corrections."""
    return replace(CITATION_STYLES[style], corrected=False)


def entry(reference: Reference, style: str, lang: str) -> str:
    """Return an entry as text. Beside Arabic words only titles from right to left have such words:
    a letter makes one of each title, and is gone again."""
    if not is_right_to_left(lang):
        return plain(format_entry(reference, as_others(style), lang))
    title = (*reference.fields.get("title", ()), Run(ALEF))
    reference = replace(reference, fields={**reference.fields, "title": title})
    return plain(format_entry(reference, as_others(style), lang)).replace(ALEF, "")


@pytest.mark.parametrize("case", sorted(path.stem for path in (DATA / "expected").glob("*.json")))
def test_entries_are_what_other_engines_print(case):
    style, lang = case.split(".")
    expected = json.loads((DATA / "expected" / f"{case}.json").read_text("utf-8"))
    printed = {key: entry(REFERENCES[key], style, lang) for key in expected}

    different = {
        key: [text, *expected[key]]
        for key, text in printed.items()
        if letters(text) not in map(letters, expected[key])
    }

    listed = DIFFERENCES.get(case, {})
    assert {key: texts for key, texts in different.items() if key not in listed} == {}
    assert [key for key in listed if key not in different] == []


@pytest.mark.parametrize("style", sorted(CITATION_STYLES))
def test_every_word_of_a_title_is_printed_as_written(style):
    for reference in REFERENCES.values():
        printed = set(WORD.findall(plain(format_entry(reference, as_others(style), "en-US"))))

        assert set(WORD.findall(reference.title)) <= printed

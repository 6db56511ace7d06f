"""The JSON Schema of front matter says what the reader takes, and no more."""

import json
from pathlib import Path

import pytest
from ruamel.yaml import YAML
from schema_judge import wrong

from pipeline.cli import main
from pipeline.readers.markdown import read_markdown
from pipeline.readers.markdown.front_matter import ALIASES, KEYS
from pipeline.readers.markdown.front_schema import front_matter_schema

ROOT = Path(__file__).parents[1]
SCHEMA = front_matter_schema()
WORDS = {key: value["enum"] for key, value in SCHEMA["properties"].items() if "enum" in value} | {
    key: ["true", "false"] for key in ("embed-source", "draft", "number-sections")
}


def codes(front):
    text = f"---\ntitle: Rain\n{front}\n---\n\nIt rains.\n"
    _, found = read_markdown(text, "rain.md", lambda name: b"", "en")
    return {one.code for one in found}


def test_it_knows_every_key_and_no_other():
    assert SCHEMA["properties"].keys() == {*KEYS, *ALIASES}
    assert all(value["description"] for value in SCHEMA["properties"].values())


@pytest.mark.parametrize("key", WORDS)
def test_the_reader_takes_the_words_that_it_lists_and_no_others(key):
    for word in WORDS[key]:
        assert codes(f"{key}: {word}") == set()
    assert codes(f"{key}: nonsense") & {"bad-front-matter-value", "unknown-marks"}


@pytest.mark.parametrize("path", sorted((ROOT / "briefs").glob("*.md")), ids=lambda path: path.stem)
def test_our_briefs_keep_to_it(path):
    assert list(wrong(front_of(path.read_text("utf-8")), SCHEMA, path.name)) == []


def front_of(text):
    yaml = YAML(typ="safe", pure=True)
    values = yaml.load(text.split("---\n")[1])
    return json.loads(json.dumps(values, default=str))


@pytest.mark.parametrize(
    "front",
    [
        "titel: Rain",
        "paper: a5",
        "checked-on: soon",
        "authors: [{name: Lee, shoe-size: 7}]",
        "references: [{title: Rain}]",
        "references: [{id: a, type: boook}]",
        "draft: perhaps",
        "corrections: [{when: today}]",
    ],
)
def test_what_the_reader_reports_is_wrong_in_editors_too(front):
    assert list(wrong(front_of(f"---\n{front}\n---\n"), SCHEMA))
    assert codes(front)


def test_the_command_prints_it(capsys):
    assert main(["schema", "front-matter"]) == 0
    assert json.loads(capsys.readouterr().out) == SCHEMA

"""Presets, the specimen, and the schema of house.toml."""

import tomllib
from pathlib import Path

import pytest
from schema_judge import wrong

from pipeline.cli import main
from pipeline.project import load_project
from pipeline.styles import PRESET_NAMES, default_folder, load_styles, preset_folder, specimen
from pipeline.styles.schema import house_schema

DEFAULT = default_folder() / "house.toml"


@pytest.mark.parametrize("name", ["", *PRESET_NAMES])
def test_our_house_styles_keep_to_the_schema(name):
    path = preset_folder(name) / "house.toml" if name else DEFAULT

    assert list(wrong(tomllib.loads(path.read_text("utf-8")), house_schema())) == []


@pytest.mark.parametrize(
    "text",
    [
        "nam = 'x'",
        "paper = 'a5'",
        "columns = 3",
        "name = 3",
        "[colours]\naccent = 'red'",
        "[page.letter]\nleft = 3",
        "[page]\ntop = 'x'",
        "[cover]\nshow = true",
        "[fonts]\nbody = { files = ['a.ttf'] }",
        "[fonts]\nbody = { family = 'A', generic = 'fantasy' }",
        "[severities]\nnothing = 'off'",
        "[mark]\neach = 'yes'",
        "[press-colours]\ntext = '0 0 0'",
    ],
)
def test_the_schema_refuses_what_loading_refuses(text, tmp_path):
    (tmp_path / "house.toml").write_text(text, "utf-8")

    assert load_styles(tmp_path)[1] != []
    assert list(wrong(tomllib.loads(text), house_schema())) != []


def test_the_schema_knows_every_key_and_its_description():
    found = house_schema()["properties"]

    assert found.keys() == tomllib.loads(DEFAULT.read_text("utf-8")).keys()
    assert found["paper"]["description"] == "a4 or letter"
    assert found["logo"]["properties"]["height"]["description"] == "millimetres"


@pytest.mark.parametrize("name", PRESET_NAMES)
def test_a_preset_says_only_what_it_has_otherwise_and_has_no_findings(name):
    own = tomllib.loads((preset_folder(name) / "house.toml").read_text("utf-8"))
    default = tomllib.loads(DEFAULT.read_text("utf-8"))

    assert load_styles(preset_folder(name))[1] == []
    assert own.keys() <= default.keys()
    assert len((preset_folder(name) / "extra.css").read_text("utf-8").splitlines()) < 20


def test_the_specimen_has_no_mistakes_and_every_part_of_a_brief():
    found = load_project([specimen()])
    text = specimen().read_text("utf-8")

    assert [d for d in found.all_diagnostics if d.severity.value in ("error", "warning")] == []
    for part in ("claim:", "corrections:", "summary", "key-findings", "callout", "follow-ups"):
        assert part in text


def test_a_house_style_begins_with_a_preset_and_overwrites_nothing(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    Path("references.bib").touch()

    assert main(["house", "new", "styles", "--from", "government"]) == 0
    assert load_styles(tmp_path / "styles")[0].house.sizes["body"] == 12
    assert main(["house", "new", "styles"]) == 1
    assert main(["house", "new", "other", "--from", "goverment"]) == 2
    assert "government" in capsys.readouterr().err
    assert not Path("other").exists()


@pytest.mark.slow
def test_show_builds_the_specimen_in_a_house_style(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    Path("references.bib").touch()

    assert main(["house", "show", "newsroom"]) == 0
    assert sorted(path.suffix for path in Path("build/house/newsroom").glob("specimen.*")) == [
        ".docx",
        ".html",
        ".pdf",
    ]
    assert main(["house", "show", "nowhere"]) == 1

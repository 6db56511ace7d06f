"""House styles: a folder whose files stand over the default ones."""

import pytest

from pipeline.contrast import contrast
from pipeline.styles import load_styles


def load(folder, text):
    (folder / "house.toml").write_text(text, "utf-8")
    return load_styles(folder)


def test_the_default_house_style_has_no_findings():
    assert load_styles(None)[1] == []


def test_what_a_house_leaves_out_is_as_in_the_default(tmp_path):
    styles, found = load(tmp_path, 'name = "Rain House"\n')

    assert found == []
    assert (styles.house.name, styles.house.paper) == ("Rain House", "a4")


def test_one_colour_can_be_changed_alone(tmp_path):
    styles, _ = load(tmp_path, '[colours]\naccent = "#112233"\n')

    assert styles.house.colours["accent"] == "#112233"
    assert "text" in styles.house.colours


@pytest.mark.parametrize(
    "text",
    [
        "nam = 'x'",
        "paper = 'a5'",
        "marks = 'nature'",
        "name = 3",
        "[colours]\naccent = 3",
        "[colours]\nacent = '#fff'",
        "[severities]\nnothing = 'off'",
        "[severities]\nraw-html = 'bad'",
        "name = [",
    ],
)
def test_a_wrong_value_is_said_and_the_default_stays(tmp_path, text):
    styles, found = load(tmp_path, text)

    assert [d.code for d in found] == ["bad-house-style"]
    assert styles.house == load_styles(None)[0].house


def test_black_on_white_has_the_highest_contrast_and_no_order_matters():
    assert contrast("#000", "#ffffff") == pytest.approx(21)
    assert (
        contrast("#767676", "#fff") == contrast("#fff", "#767676") == pytest.approx(4.54, abs=0.01)
    )


def test_a_colour_that_is_hard_to_read_is_said_with_its_ratio_and_its_line(tmp_path):
    _, found = load(tmp_path, '[colours]\ntext = "#111111"\nmuted = "#999999"\n')

    assert {d.code for d in found} == {"low-contrast"}
    assert "`muted` on white paper has a contrast of 2.8:1" in found[0].message
    assert found[0].span.line == 3


def test_a_dark_ground_makes_text_on_it_hard_to_read(tmp_path):
    _, found = load(tmp_path, '[colours]\ntint = "#555555"\n')

    assert ["`tint`" in d.message for d in found] == [True, True, True]

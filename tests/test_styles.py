"""House styles: a folder whose files stand over the default ones."""

import tomllib

import pytest
from msgspec.structs import replace

from pipeline.colours import contrast, hex_digits, rgb_of_hex
from pipeline.diagnostics import has_errors
from pipeline.marks import PRESETS
from pipeline.styles import default_folder, house_marks, load_styles


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


def test_the_inks_of_the_default_are_not_those_of_another_colour(tmp_path):
    default = load_styles(None)[0].house.press_colours
    assert "" not in (default["muted"], default["rule"])  # else this proves nothing
    colours = '[colours]\nmuted = "#7a0019"\ntext = "#1a1a2e"\n'
    styles, _ = load(tmp_path, colours)
    assert styles.house.press_colours == {**default, "muted": ""}
    styles, _ = load(tmp_path, colours + '[press-colours]\nmuted = "0 100 60 40"\n')
    assert styles.house.press_colours["muted"] == "0 100 60 40"


@pytest.mark.parametrize(
    "text",
    [
        "nam = 'x'",
        "paper = 'a5'",
        "marks = 'nature'",
        "lang = ''",
        "pdf-standard = 'x4'",
        "name = 3",
        "columns = 3",
        "columns = true",
        "[colours]\naccent = 3",
        "[colours]\nacent = '#fff'",
        "[severities]\nnothing = 'off'",
        "[severities]\nraw-html = 'bad'",
        "[severities]\nunknown-citation = 'off'",
        "[fonts.body]\nfoo = 'x'",
        "[fonts]\nbody = { family = 3 }",
        "name = [",
    ],
)
def test_a_wrong_value_is_said_and_the_default_stays(tmp_path, text):
    styles, found = load(tmp_path, text)

    assert [d.code for d in found] == ["bad-house-style"]
    assert styles.house == load_styles(None)[0].house


def test_a_value_of_the_wrong_kind_is_told_which_is_the_right_one(tmp_path):
    for text, kind in (("name = 3", "text"), ("columns = '2'", "number"), ("mark = 1", "table")):
        _, (found,) = load(tmp_path, text)
        assert found.message.endswith(f"must be a {kind}")


def test_black_on_white_has_the_highest_contrast_and_no_order_matters():
    black, white, grey = map(rgb_of_hex, ("#000", "#ffffff", "#767676"))
    assert contrast(black, white) == pytest.approx(21)
    assert contrast(grey, white) == contrast(white, grey) == pytest.approx(4.54, abs=0.01)


NONSENSE = (
    "5", "-1", "0", "1.5", "1e9", "nan", "inf", '""', '"x"', '"\\u0000"', '"{page"', '"../../x"',
    "true", "[]", "{}", '["a", 1]', "{ family = 3 }", "2026-01-01", "99999999999999999999",
)  # fmt: skip
KEYS = tomllib.loads((default_folder() / "house.toml").read_text("utf-8"))


@pytest.mark.parametrize("key", KEYS)
def test_no_value_of_a_house_style_is_a_traceback(tmp_path, key):
    inner = KEYS[key] if isinstance(KEYS[key], dict) else {}
    names = [f"{key}.{name}" for name in inner] + [key]
    if key == "page":
        names.append("page.letter.outer")
    for name in names:
        for value in NONSENSE:
            (tmp_path / "house.toml").write_text(f"{name} = {value}\n", "utf-8")
            found = load_styles(tmp_path)[1]
            if value == "true":
                assert has_errors(found), f"{name} = {value}"


@pytest.mark.parametrize("colour", ["red", "#12", "#1234", "#12345g", "123456", "#1234567"])
def test_only_hex_colours_of_three_or_six_digits_are_colours(colour, tmp_path):
    with pytest.raises(ValueError, match="not a hex colour"):
        hex_digits(colour)
    styles, (found,) = load(tmp_path, f'[colours]\naccent = "{colour}"\n')
    assert (found.code, found.span.line) == ("bad-house-style", 2)
    assert styles.house == load_styles(None)[0].house


def test_three_digits_of_a_colour_stand_for_six():
    assert hex_digits("#aB0") == "AABB00"


def test_a_colour_that_is_hard_to_read_is_said_with_its_ratio_and_its_line(tmp_path):
    _, found = load(tmp_path, '[colours]\ntext = "#111111"\nmuted = "#999999"\n')

    assert {d.code for d in found} == {"low-contrast"}
    assert "`muted` on white paper has a contrast of 2.8:1" in found[0].message
    assert found[0].span.line == 3


@pytest.mark.parametrize(("size", "readable"), [("8.5", False), ("9", True)])
def test_text_is_not_too_small_to_read(tmp_path, size, readable):
    _, found = load(tmp_path, f"[sizes]\nsmall = {size}\n")

    assert [(d.code, d.span.line) for d in found] == ([] if readable else [("small-type", 2)])


@pytest.mark.parametrize(("grey", "readable"), [("#777777", False), ("#767676", True)])
def test_text_needs_a_contrast_of_4_5_to_1(tmp_path, grey, readable):
    _, found = load(tmp_path, f'[colours]\nalert = "{grey}"\n')

    assert (found == []) is readable


def test_a_dark_ground_makes_text_on_it_hard_to_read(tmp_path):
    _, found = load(tmp_path, '[colours]\ntint = "#555555"\n')

    assert ["`tint`" in d.message for d in found] == [True, True, True]


@pytest.mark.parametrize(
    "css",
    [
        "@import url(http://example.org/a.css);",
        "@import 'file:///etc/passwd';",
        "p { background: url( 'http://example.org/a.png') }",
        "p { background: url(../a.png) }",
    ],
)
def test_what_a_style_sheet_would_fetch_is_said(tmp_path, css):
    (tmp_path / "print.css").write_text(f"p {{ color: red }}\n{css}\n", "utf-8")

    _, found = load_styles(tmp_path)

    assert [(d.code, d.span.line) for d in found] == [("remote-file", 2)]


def test_a_style_sheet_may_hold_data(tmp_path):
    css = "p { background: url(data:image/png;base64,AA==) }"
    (tmp_path / "print.css").write_text(css, "utf-8")

    assert load_styles(tmp_path)[1] == []


def test_single_fields_of_the_marks_can_be_changed(tmp_path):
    styles, found = load(tmp_path, 'marks = "ukhsa"\n[mark]\norder = "written"\n')

    assert found == []
    assert house_marks(styles.house, "ukhsa") == replace(PRESETS["ukhsa"], order="written")
    assert house_marks(styles.house, "ieee") == PRESETS["ieee"]


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ('opening = "<"', "`mark.opening` cannot be `<`"),
        ('closing = "]"', "`mark.closing` does not close `(`"),
        ('opening = "["', "`mark.closing` does not close `[`"),
        ('separator = ""', "`mark.separator` is empty, so that 1 and 2 would be printed as 12"),
        ('separator = " 3 "', "`mark.separator` cannot be ` 3 `"),
        ('range = "4"', "`mark.range` cannot be `4`"),
        ('order = "author"', "`mark.order` cannot be `author`"),
        ('before = "wide"', "`mark.before` cannot be `wide`"),
        ("each = 1", "`mark.each` must be true or false"),
        ("rage = ''", "`mark.rage` means nothing"),
    ],
)
def test_marks_that_cannot_be_are_said_and_the_preset_stays(tmp_path, line, message):
    styles, found = load(tmp_path, f'# marks\nmarks = "ukhsa"\n[mark]\n{line}\n')

    assert [d.message for d in found] == [message]
    assert house_marks(styles.house, "ukhsa") == PRESETS["ukhsa"]


def test_a_field_of_the_marks_that_cannot_be_is_said_at_its_line(tmp_path):
    _, found = load(tmp_path, 'marks = "ukhsa"\n[mark]\neach = false\norder = "author"\n')

    assert (found[0].span.line, found[0].hint) == (4, 'choose one of: "number", "written"')


def test_a_file_that_is_no_text_is_said_and_the_default_one_serves(tmp_path):
    (tmp_path / "base.css").write_bytes(b"p { color: \xff }")

    styles, found = load_styles(tmp_path)

    assert [d.code for d in found] == ["bad-house-style"]
    assert styles.files["base.css"] == load_styles(None)[0].files["base.css"]


@pytest.mark.parametrize(
    ("toml", "said"),
    [
        (r'name = "Rain\u0007"', "`name` holds a control character (U+0007)"),
        ('[footer]\nleft = "\\u202E{title}"', "`footer.left` holds a control character (U+202E)"),
        (
            '[fonts]\nbody = {family = "Rain", files = ["\\u0000"]}',
            "`fonts.body` holds a control character (U+0000)",
        ),
    ],
    ids=["name", "footer", "font"],
)
def test_control_characters_are_reported(tmp_path, toml, said):
    _, found = load(tmp_path, toml)

    assert [(d.code, d.message) for d in found] == [("bad-house-style", said)]

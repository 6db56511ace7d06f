"""Letters of drawings that are not in a font of the house style."""

import pytest

from pipeline.project import load_project

SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="90" height="30">{}<text y="20">A</text></svg>'


@pytest.mark.parametrize(
    ("drawing", "name"),
    [
        (SVG.format("").replace("<text", '<text font-family="Rain Sans, Carlito"'), "Rain Sans"),
        (
            SVG.format("").replace("<text", "<text style='font-family: \"Rain Sans\"; x: y'"),
            "Rain Sans",
        ),
        (SVG.format("<style>text { font-family: Rain Sans }</style>"), "Rain Sans"),
        (SVG.format("").replace("<text", '<text font-family="carlito, Rain"'), ""),
        (SVG.format("").replace("<text", '<text font-family="Calibri"'), ""),
        (SVG.format("").replace("<text", '<text font-family="sans-serif"'), ""),
        (SVG.format(""), ""),
    ],
    ids=["attribute", "declaration", "sheet", "house", "stands-for", "generic", "none"],
)
def test_a_font_that_the_house_lacks_is_said_once(tmp_path, drawing, name):
    (tmp_path / "briefs").mkdir()
    (tmp_path / "briefs/a.svg").write_text(drawing, "utf-8")
    text = "# Rain\n\nIt rains.\n\n![Rain in towns](a.svg)\n\n![Rain in towns again](a.svg)\n"
    (tmp_path / "briefs/a.md").write_text(text, "utf-8")
    found = [d for d in load_project(start=tmp_path).all_diagnostics if d.code == "other-font"]

    said = f"`a.svg` has letters in `{name}`, which is no font of the house style"
    assert [(d.message, d.span.line) for d in found] == ([(said, 5)] if name else [])

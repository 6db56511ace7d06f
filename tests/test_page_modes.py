"""The web page on a phone and in forced colours, held to WCAG by axe-core."""

from pathlib import Path

import pytest
from installed import needs
from test_properties import STYLES, numbered_brief

from pipeline.writers.html import write_html

AXE = Path(__file__).parents[1] / "node_modules/axe-core/axe.min.js"
TEXT = """---
title: T
lang: en
marks: ieee-ranges
---

## Rain

It rains [@smith2021; @lee2019; @who2020] on $v = w$.

|  | 2020 |
|---|---|
| Oslo | 800 |

::: callout
One.
:::

| A | B |
|---|---|
| 1 | 2 |

::: callout
Two.
:::
"""
MODES = {
    "phone": {"viewport": {"width": 320, "height": 800}},
    "forced": {"viewport": {"width": 1280, "height": 800}, "forced_colors": "active"},
}


@pytest.fixture(scope="module")
def address(tmp_path_factory):
    found = numbered_brief(TEXT)
    path = tmp_path_factory.mktemp("page") / "a.html"
    path.write_bytes(write_html(found, STYLES))
    return path.as_uri()


@needs("Chromium")
@pytest.mark.parametrize("mode", MODES)
def test_the_page_breaks_no_rule_and_shows_its_formulas(address, mode):
    if not AXE.exists():
        pytest.skip("not installed: axe-core")
    from playwright.sync_api import sync_playwright

    from tools.needs import chrome

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chrome(), args=["--no-sandbox"])
        page = browser.new_context(bypass_csp=True, **MODES[mode]).new_page()
        page.goto(address)
        page.evaluate(AXE.read_text("utf-8"))
        tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
        found = page.evaluate(f"axe.run({{runOnly: {tags}}})")["violations"]
        ground = page.evaluate("getComputedStyle(document.querySelector('.formula')).background")
        adjusted = "getComputedStyle(document.querySelector('.formula')).forcedColorAdjust"
        kept = page.evaluate(adjusted)
        page.locator(".mark-range").hover()
        size = page.locator(".mark-within").first.bounding_box()
        browser.close()

    assert [(each["id"], each["nodes"][0]["html"]) for each in found] == []
    assert min(size["width"], size["height"]) >= 24
    if mode == "forced":
        assert (kept, "255, 255, 255" in ground) == ("none", True)

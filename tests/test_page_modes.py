"""The web page in a browser, held to WCAG 2.2: modes, widths, zoom, spacing, and the keyboard."""

import io
import re
from pathlib import Path

import pytest
from installed import needs
from PIL import Image
from test_properties import STYLES, numbered_brief

from pipeline.writers.html import write_html

AXE = Path(__file__).parents[1] / "node_modules/axe-core/axe.min.js"
TEXT = """---
title: Rain falls on roofs
subtitle: And what follows
lang: en
marks: ieee-ranges
claim: {text: It never rains, by: A minister}
verdict: {label: "False", scale: true or false}
authors: [Ann Lee]
keywords: [rain]
---

::: summary
It rains [@smith2021].
:::

## Rain {#sec-rain}

It rains and it snows [@smith2021; @lee2019; @who2020; @ng2022] on $v = w$,
as @sec-rain says.[^n] And again.[^n]

$$
v = \\sum_{i=1}^{12} w \\cdot r_i
$$ {#eq-v}

|  | 2020 | 2021 |
|---|---|---|
| Oslo | 800 | 763 |

: Rain {#tbl-rain}

::: callout
One.
:::

| A long first column of a table | And a second one | And a third one | And a fourth one |
|---|---|---|---|
| 1 | 2 | 3 | 4 |

::: callout
Two.
:::

### Tasks and terms

- [x] measured
- [ ] published

Rain
:   Water that falls.
:   A second meaning.

```{.chart #fig-rain type=bar caption="Rain in towns" alt="Oslo 800, then 763" source="Own count"}
Town,2020,2021
Oslo,800,763
Bergen,2250,2300
```

The word [المطر]{lang=ar} and [a report](https://example.org/a-very-long-address/that-goes-on/and-on).

```
a line of code that is much longer than any phone is wide, and that goes on until it_breaks
```

> A quotation.

[^n]: A footnote [@lee2019].
"""
MODES = {
    "light-1280": {"viewport": {"width": 1280, "height": 800}},
    "light-390": {"viewport": {"width": 390, "height": 800}},
    "light-320": {"viewport": {"width": 320, "height": 256}},  # 1280 by 1024 at 400 %
    "dark-1280": {"viewport": {"width": 1280, "height": 800}, "color_scheme": "dark"},
    "dark-320": {"viewport": {"width": 320, "height": 800}, "color_scheme": "dark"},
    "forced-1280": {"viewport": {"width": 1280, "height": 800}, "forced_colors": "active"},
    "forced-320": {"viewport": {"width": 320, "height": 800}, "forced_colors": "active"},
}
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
SPACING = """* { line-height: 1.5 !important; letter-spacing: 0.12em !important;
word-spacing: 0.16em !important; } p { margin-bottom: 2em !important; }"""
# What is cut off: text wider or higher than its box, where the rest of it is hidden.
CUT_OFF = """() => [...document.querySelectorAll("body *")].filter((e) => {
  const style = getComputedStyle(e);
  const hides = ["hidden", "clip"].includes(style.overflowX) && e.scrollWidth > e.clientWidth + 1;
  return hides && e.clientWidth > 1 && !e.closest(".for-readers, .mark-within, .sheet");
}).map((e) => e.outerHTML.slice(0, 80))"""
FOCUSED = """() => {
  const e = document.activeElement, style = getComputedStyle(e), box = e.getBoundingClientRect();
  const at = document.elementFromPoint(box.left + box.width / 2, box.top + box.height / 2);
  return {
    tag: e.tagName, name: e.ariaLabel || e.innerText || e.title, outline: style.outlineStyle,
    seen: box.width > 0 && box.bottom > 0 && box.top < innerHeight,
    covered: !(at === null || e.contains(at) || at.contains(e)),
    html: e.outerHTML.slice(0, 120),
  };
}"""
REACHED = """() => [...document.querySelectorAll("a[href], summary, [tabindex='0']")]
  .filter((e) => e.checkVisibility()).map((e) => e.outerHTML.slice(0, 120))"""

pytestmark = needs("Chromium")


@pytest.fixture(scope="module")
def browser():
    from playwright.sync_api import sync_playwright

    from tools.needs import chrome

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chrome(), args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def address(tmp_path_factory):
    path = tmp_path_factory.mktemp("page") / "a.html"
    path.write_bytes(write_html(numbered_brief(TEXT), STYLES))
    return path.as_uri()


def opened(browser, address, mode):
    page = browser.new_context(bypass_csp=True, reduced_motion="reduce", **MODES[mode]).new_page()
    page.goto(address)
    return page


@pytest.mark.parametrize("mode", MODES)
def test_the_page_breaks_no_rule_and_does_not_scroll_sideways(browser, address, mode):
    if not AXE.exists():
        pytest.skip("not installed: axe-core")
    page = opened(browser, address, mode)
    page.locator("details").evaluate_all("all => all.forEach((each) => { each.open = true })")
    page.locator(".mark-range").click()
    page.evaluate(AXE.read_text("utf-8"))
    found = page.evaluate(f"axe.run({{runOnly: {RULES}}})")["violations"]

    assert [(each["id"], each["nodes"][0]["html"]) for each in found] == []
    assert page.evaluate("document.documentElement.scrollWidth") <= page.viewport_size["width"]
    assert page.evaluate(CUT_OFF) == []


def test_formulas_and_charts_keep_a_white_ground_in_forced_colours(browser, address):
    page = opened(browser, address, "forced-1280")
    for name in (".formula", ".chart"):
        style = f"getComputedStyle(document.querySelector('{name}'))"
        assert page.evaluate(f"{style}.forcedColorAdjust") == "none"
        assert "255, 255, 255" in page.evaluate(f"{style}.background")


def test_nothing_is_lost_with_wider_text_spacing(browser, address):
    page = opened(browser, address, "light-320")
    page.add_style_tag(content=SPACING)

    assert page.evaluate(CUT_OFF) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


def test_hidden_numbers_of_a_range_are_shown_in_the_line_and_large_enough(browser, address):
    """Nothing is shown over the text, so that nothing need be closed (1.4.13, 2.5.8)."""
    page = opened(browser, address, "light-390")
    dash, hidden = page.locator(".mark-range"), page.locator(".mark-within").first
    dash.hover()
    assert hidden.bounding_box()["width"] == 0
    dash.click()
    size, place = hidden.bounding_box(), hidden.evaluate("e => getComputedStyle(e).position")
    assert min(size["width"], size["height"]) >= 24
    assert place == "static"
    hidden.click()
    assert page.url.endswith("#ref-lee2019")


@pytest.mark.parametrize(
    ("mode", "scrolled", "seen"),
    [("light-320", 0, "right"), ("light-320", 9999, "left"), ("light-1280", 0, "")],
)
def test_a_shadow_shows_where_a_chart_goes_on_beside_the_screen(
    browser, address, mode, scrolled, seen
):
    page = opened(browser, address, mode)
    scroll = page.locator("figure > .scroll").first
    scroll.evaluate("(e, left) => { e.scrollLeft = left }", scrolled)
    picture = Image.open(io.BytesIO(scroll.screenshot())).convert("L")
    edges = {"left": 1, "right": picture.width - 2}  # below the drawing there is only ground
    below = picture.height - 3
    dark = [side for side, x in edges.items() if picture.getpixel((x, below)) < 250]

    assert " ".join(dark) == seen


def test_a_range_stands_on_one_line_in_a_column_of_any_width(browser, address):
    page = opened(browser, address, "light-320")
    heights = """(dash) => [...Array(240).keys()].map((i) => {
      document.querySelector(".sheet").style.width = `${160 + i}px`;
      const ends = [dash.previousElementSibling, dash.nextElementSibling];
      const [first, last] = ends.map((e) => e.getBoundingClientRect().top);
      return Math.abs(first - last);
    })"""
    assert max(page.locator(".mark-range").evaluate(heights)) < 5


def test_the_lettering_of_a_chart_is_large_enough_on_a_phone(browser, address):
    """11 CSS pixels at the least."""
    page = opened(browser, address, "light-320")
    drawn = "e => 14 * e.getBoundingClientRect().width / e.viewBox.baseVal.width"
    assert page.locator(".chart").evaluate(drawn) >= 11


@pytest.mark.parametrize("mode", ["light-1280", "light-320"])
def test_a_walk_with_the_keyboard_reaches_everything_in_order(browser, address, mode):
    page = opened(browser, address, mode)
    wanted = page.evaluate(REACHED)
    steps = []
    while len(steps) <= len(wanted):
        page.keyboard.press("Tab")
        found = page.evaluate(FOCUSED)
        if found["tag"] == "BODY" or (steps and found["html"] == steps[0]["html"]):
            break
        steps.append(found)

    assert steps[0]["html"].startswith('<a class="skip"')
    assert [step["html"] for step in steps] == wanted
    assert [s["html"] for s in steps if not (s["name"] or "").strip()] == []
    assert [s["html"] for s in steps if s["outline"] == "none"] == []
    assert [s["html"] for s in steps if not s["seen"] or s["covered"]] == []


def test_the_bar_of_a_draft_covers_nothing_that_has_the_focus(browser, tmp_path):
    """2.4.11."""
    from pipeline.numbering import with_draft

    path = tmp_path / "draft.html"
    path.write_bytes(write_html(with_draft(numbered_brief(TEXT)), STYLES))
    page = opened(browser, path.as_uri(), "light-390")
    page.keyboard.press("End")
    for _ in range(8):
        page.keyboard.press("Shift+Tab")
    for _ in range(25):
        page.keyboard.press("Shift+Tab")
        assert not page.evaluate(FOCUSED)["covered"], page.evaluate(FOCUSED)["html"]


def test_each_call_of_a_footnote_has_a_way_back(browser, address):
    page = opened(browser, address, "light-1280")
    backs = page.locator(".footnote .back")

    assert backs.evaluate_all("all => all.map((e) => e.ariaLabel)") == [
        "Back to the text (1, 1)",
        "Back to the text (1, 2)",
    ]
    for place in range(2):
        backs.nth(place).click()
        assert page.locator(".footnote-call").nth(place).evaluate("e => e.matches(':target')")


def test_folds_and_marks_are_named_by_what_they_belong_to(address):
    page = Path(address.removeprefix("file://")).read_text("utf-8")
    folds = re.findall(r'<summary aria-label="([^"]*)"', page)

    assert "Data: Rain in towns" in folds
    assert "Cited in: [1]" in folds
    assert len(folds) == len(set(folds))
    assert re.search(r'<h3 class="part-title">Verdict</h3>', page)

"""The data of charts for those who do not see them: a table on the page, proved; a file in the PDF."""

import re

import pytest
from proved import wrong
from test_properties import STYLES, numbered_brief

from pipeline.build.proof import read_back
from pipeline.writers import write

TEXT = """---
title: Rain
lang: {lang}
---

## Rain

```{{.chart #fig-rain type=bar caption="Rain" alt="Oslo 1234.5, Bergen -2250"}}
{heading},Rain in 2024,Snow
Oslo,1234567.25,-3
Bergen,2250,
```
"""


def page(lang="en", heading="Town"):
    return write("html", numbered_brief(TEXT.format(lang=lang, heading=heading)), STYLES)[0]


def test_the_page_states_the_data_of_a_chart_as_a_table():
    found = re.search(r'<details class="chart-data">.*?</details>', page().decode(), re.DOTALL)[0]

    assert '<summary aria-label="Data: Rain">Data</summary>' in found
    assert '<th scope="col">Town</th><th scope="col">Rain in 2024</th>' in found
    assert '<th scope="row">Oslo</th><td>1 234 567.25</td><td>−3</td>' in found
    assert '<th scope="row">Bergen</th><td>2250</td><td></td>' in found
    assert ">Data (CSV)</a>" in found


def test_numbers_are_those_of_the_language_and_an_empty_corner_is_no_header():
    found = page("de", "").decode()

    assert "<td>1 234 567,25</td>" in found
    assert "<tr><td></td>" in found


@pytest.mark.parametrize("lang", ["en", "de", "ar"])
def test_the_data_are_proved(lang):
    numbered = numbered_brief(TEXT.format(lang=lang, heading="Town"))
    content = page(lang)

    assert wrong(numbered, read_back(content, "html"), "html") == []


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (b"<td>2250</td><td></td>", b"<td>2251</td><td></td>"),
        (b"<td>2250</td><td></td>", b"<td></td><td>2250</td>"),
        ("<td>−3</td>".encode(), b"<td>3</td>"),
        (b'<th scope="row">Oslo</th>', b'<th scope="row">Bergen</th>'),
        (b'class="chart-data"', b'class="other"'),
    ],
    ids=["digit", "column", "sign", "row", "not-stated"],
)
def test_data_that_are_not_those_of_the_chart_are_found(before, after):
    numbered = numbered_brief(TEXT.format(lang="en", heading="Town"))
    broken = page().replace(before, after)

    assert broken != page()
    assert any("chart" in d.message for d in wrong(numbered, read_back(broken, "html"), "html"))

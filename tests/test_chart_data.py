"""The data of charts as a table on the page, proved, and as a file in the PDF, like MathML."""

import re
from xml.etree.ElementTree import fromstring

import pdf_judge
import pytest
from msgspec.structs import replace
from proved import wrong
from test_properties import STYLES, numbered_brief
from word_samples import SAMPLES

from pipeline.build.proof import read_back
from pipeline.writers import write

MATHML = "http://www.w3.org/1998/Math/MathML"
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


# In the PDF --------------------------------------------------------------------------------------


@pytest.mark.parametrize("embedded", [True, False], ids=["with-source", "without"])
@pytest.mark.parametrize("standard", ["ua1-a3a", "ua2-a4f"])
@pytest.mark.parametrize("name", ["charts", "formulas"])
def test_a_pdf_carries_the_data_of_charts_and_the_mathml_of_formulas(name, standard, embedded):
    numbered = SAMPLES[name]()
    front = replace(numbered.brief.front, pdf_standard=standard, embed_source=embedded)
    numbered = replace(numbered, brief=replace(numbered.brief, front=front))
    content = write("pdf", numbered, STYLES)[0]
    tagged = pdf_judge.Tagged(content)
    files = [file for e in tagged.of_tag("Figure", "Formula") for file in e.get("/AF", [])]
    texts = [file.EF.F.read_bytes().decode() for file in files]
    said = {(str(file.AFRelationship), str(file.EF.F.Subtype)) for file in files}

    assert pdf_judge.findings(content) == []
    assert len(files) == len(tagged.of_tag("Figure", "Formula"))
    if name == "charts":
        assert said == {("/Data", "/text/csv")}
        assert texts[0].startswith("Year,Bergen,Oslo\r\n2020,2300,800\r\n")
        assert "chart-1.csv" in tagged.pdf.attachments  # for everybody, in the list of files
    else:
        assert said == {("/Supplement", "/application/mathml+xml")}
        assert {fromstring(text).tag for text in texts} == {f"{{{MATHML}}}math"}
        # Listed only where PDF/A-4f asks for a file at all.
        listed = [file for file in tagged.pdf.attachments if file.endswith(".mml")]
        assert bool(listed) == (standard == "ua2-a4f" and not embedded)
    claims = tagged.pdf.Root.Metadata.read_bytes()
    assert (b'conformance="F"' in claims) == (standard == "ua2-a4f")


def test_a_pdf_with_these_files_is_still_pdf_ua_and_pdf_a():
    page = pytest.importorskip("page", reason="page-validation is not installed")
    text = TEXT.format(lang="en", heading="Town") + "\nRain is $v = w$.\n"
    content = write("pdf", numbered_brief(text), STYLES)[0]

    for profile in ("ua1", "3a"):
        found = page.validate_pdf_bytes(content, profile=profile).failures
        assert [f.message for f in found if "STREAM-LENGTH" not in f.rule_id] == []

"""A picture or chart that nobody has described is built, and has a name in every output."""

import re
import struct
import zipfile
import zlib
from io import BytesIO

import pdf_judge
import pikepdf
import pytest

from pipeline.accessibility import examine
from pipeline.lint import lint_text
from pipeline.merge.building import builder
from pipeline.merge.merging import merge_text
from pipeline.project import load_project
from pipeline.readers.docx import read_docx
from pipeline.styles import load_styles
from pipeline.writers import write

STYLES = load_styles(None)[0]
NAMES = ["a roof.png", "roof.png", "a roof.png", "Abbildung", "Werte nach Jahr"]
TEXT = """\
---
title: Bilder ohne Worte
lang: de
---

## ![](<pictures/a roof.png>) Dach

![](roof.png)

In der Zeile ![](<pictures/a roof.png>) steht eines.

```chart
type: bar
Jahr,Wert
2001,3
```

``` {.chart}
type: bar
caption: Werte nach Jahr
Jahr,Wert
2001,3
```
"""


def png():
    chunks = (
        (b"IHDR", struct.pack(">IIBBBBB", 20, 10, 8, 0, 0, 0, 0)),
        (b"IDAT", zlib.compress(b"".join(b"\0" + bytes(20) for _ in range(10)))),
        (b"IEND", b""),
    )
    parts = (
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        for kind, data in chunks
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts)


@pytest.fixture(scope="module")
def brief(tmp_path_factory):
    folder = tmp_path_factory.mktemp("pictures")
    (folder / "pictures").mkdir()
    for name in ("roof.png", "pictures/a roof.png"):
        (folder / name).write_bytes(png())
    path = folder / "a.md"
    path.write_text(TEXT, "utf-8")
    return path


@pytest.fixture(scope="module")
def built(brief):
    numbered = load_project([brief]).briefs[0].numbered
    return {format: write(format, numbered, STYLES)[0] for format in ("html", "docx", "pdf")}


def test_each_is_a_warning(brief):
    found = load_project([brief]).briefs[0]

    assert [d.code for d in found.diagnostics if d.code == "missing-alt"] == ["missing-alt"] * 5
    assert not any(d.severity.value == "error" for d in found.diagnostics)


@pytest.mark.parametrize(
    ("markdown", "code"),
    [
        ("![roof.png](roof.png)", ["missing-alt"]),
        ('![The roof](roof.png){alt="Roof.PNG"}', ["missing-alt"]),
        ('![The roof](roof.png){alt=" "}', ["missing-alt"]),
        ('![The roof](roof.png){alt="the roof."}', ["repeated-alt"]),
        ('![The roof](roof.png){alt="A roof, grey"}', []),
    ],
    ids=["caption", "name", "blank", "repeated", "said"],
)
def test_the_name_of_a_file_is_no_alternative(brief, markdown, code):
    path = brief.with_name("b.md")
    path.write_text(f"# A\n\n{markdown}\n", "utf-8")
    numbered = load_project([path]).briefs[0].numbered

    assert [found.code for found in lint_text(numbered.brief, STYLES.house)] == code


def test_the_page_names_them(built):
    page = built["html"].decode()
    pictures = re.findall(r'<img[^>]* alt="([^"]*)"', page)
    charts = re.findall(r'<svg[^>]* class="chart"[^>]* aria-label="([^"]*)"', page)

    assert pictures + charts == NAMES


def test_the_word_file_names_them(built):
    with zipfile.ZipFile(BytesIO(built["docx"])) as archive:
        document = archive.read("word/document.xml").decode()

    assert re.findall(r'<wp:docPr[^>]* descr="([^"]*)"', document) == NAMES


def test_the_pdf_names_them_and_is_valid(built):
    with pikepdf.open(BytesIO(built["pdf"])) as pdf:
        tagged = [o for o in pdf.objects if isinstance(o, pikepdf.Dictionary) and "/Alt" in o]
        assert [str(o.Alt) for o in tagged if o.get("/S") == "/Figure"] == NAMES
    assert pdf_judge.findings(built["pdf"]) == []


@pytest.mark.parametrize("format", ["html", "docx", "pdf"])
def test_the_report_takes_the_name_of_a_file_for_a_fault(built, format):
    assert len(examine((f"a.{format}", built[format])).checks["pictures"].faults) == 3


def test_a_word_file_that_comes_back_unchanged_changes_nothing(brief, built):
    merged = merge_text(read_docx(built["docx"]), TEXT, builder(brief))

    assert (merged.text, merged.edits) == (TEXT, ())

"""Tables whose rows begin with their heads, in each output."""

import zipfile
from io import BytesIO

import pdf_judge
import pytest
from lxml import etree
from test_properties import STYLES, numbered_brief

from pipeline.model import Table
from pipeline.ooxml import NAMESPACES
from pipeline.writers.docx import write_docx
from pipeline.writers.pdf import write_pdf

CORNER = "|  | 2020 |\n|---|--:|\n| Bergen | 2300 |\n| Oslo | 800 |\n"
ASKED = "| Town | 2020 |\n|---|--:|\n| Bergen | 2300 |\n\n: Rain {#tbl-a .row-headers}\n"
PLAIN = "| Town | 2020 |\n|---|--:|\n| Bergen | 2300 |\n"


@pytest.mark.parametrize(
    ("text", "scopes"),
    [
        pytest.param(CORNER, ["TD", "/Column", "/Row", "TD", "/Row", "TD"], id="corner"),
        pytest.param(ASKED, ["/Column", "/Column", "/Row", "TD"], id="asked"),
        pytest.param(PLAIN, ["/Column", "/Column", "TD", "TD"], id="plain"),
    ],
)
def test_the_tags_say_which_cells_are_heads_of_rows(text, scopes):
    content = write_pdf(numbered_brief(f"## Rain\n\n{text}"), STYLES)

    tagged = pdf_judge.Tagged(content)
    cells = tagged.of_tag("TH", "TD")
    assert [str(c.get("/A", {}).get("/Scope", pdf_judge.tag_of(c))) for c in cells] == scopes
    assert pdf_judge.findings(content) == []


@pytest.mark.parametrize(
    ("text", "look"),
    [(CORNER, "04A0"), (ASKED, "04A0"), (PLAIN, "0420")],
    ids=["corner", "asked", "plain"],
)
def test_word_knows_the_first_column(text, look):
    content = write_docx(numbered_brief(f"## Rain\n\n{text}"), STYLES)
    with zipfile.ZipFile(BytesIO(content)) as archive:
        document = etree.fromstring(archive.read("word/document.xml"))

    (found,) = document.xpath("//w:tblLook", namespaces=NAMESPACES)
    w = f"{{{NAMESPACES['w']}}}"
    assert found.get(f"{w}val") == look
    assert found.get(f"{w}firstColumn") == str(int(look == "04A0"))


def test_a_column_without_any_word_below_an_empty_corner_is_no_column_of_heads():
    brief = numbered_brief("|  | 2020 |\n|---|---|\n|  | 2300 |\n").brief
    (table,) = (block for block in brief.blocks if isinstance(block, Table))

    assert not table.has_row_heads

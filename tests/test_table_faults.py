"""Cells in the wrong place, and other digits in a row: found in every format that prints them."""

from functools import partial

import pytest
from msgspec.structs import replace
from test_seeded_faults import FORMATS, changing, of_tree, wrapped, wrongs

from pipeline.model import Text
from pipeline.writers.docx import inlines as docx_inlines
from pipeline.writers.docx import tables as docx_tables
from pipeline.writers.html import tables as html_tables

TABLES = """---
title: Rain
---

| Town | Share | Cost |
|------|-------|------|
| Oby  | 12.25 | 7    |
| Ulm  | 3     | 115  |
| Wye  | 0.75  | -62  |

: Costs {#tbl-costs}

+--------+-------------+
| Port   | Moved       |
|        +------+------+
|        | 2019 | 2020 |
+========+======+======+
| Bergen | 2250 | 2315 |
+--------+------+------+
| Oslo   | no data     |
+--------+-------------+
| Turku  | 81   | 93   |
|        +------+------+
|        | 17   | 26   |
+--------+------+------+
| a.     | 3^rd^| - b  |
+--------+------+------+

: Ports {#tbl-ports}

![Bars](bar.svg){#fig-a alt="A bar"}

::: callout
| Ship | Flag |
|------|------|
| Auk  | N[^n] |

[^n]: Note.
:::
"""
found = partial(wrongs, text=TABLES)


@pytest.mark.parametrize("format", FORMATS)
def test_tables_without_a_fault_are_sound(format):
    assert found(format) == []


def lacking(*attributes):
    """Return a change of HTML that loses attributes."""

    def change(html, *_):
        for attribute in attributes:
            html = html.replace(f" {attribute}", "")
        return html

    return change


def child_lost(tag):
    def change(element, *_):
        kept = (child for child in element.children if getattr(child, "tag", "") != tag)
        return replace(element, children=tuple(kept))

    return change


def always_begins(element, *_):
    def begun(child):
        is_merged = getattr(child, "tag", "") == "w:vMerge"
        return replace(child, attributes={"w:val": "restart"}) if is_merged else child

    return replace(element, children=tuple(map(begun, element.children)))


def with_zeros(html, name, cell, column, behind, content):
    return html.replace(content, content + behind) if behind else html


FAULTS = {
    "columns are not joined on the page": (
        ("html",),
        wrapped(html_tables, "_cell", lacking('colspan="2"')),
    ),
    "rows are not joined": (
        ("html", "pdf"),
        wrapped(html_tables, "_cell", lacking('rowspan="2"')),
    ),
    "zeros that align are printed": (
        ("html", "pdf"),
        wrapped(html_tables, "_cell", with_zeros),
    ),
    "decimal signs are lost": (
        ("html", "docx"),
        of_tree(changing(Text, text=lambda text: text.replace("12.25", "1225"))),
    ),
    "minus signs are lost": (
        ("html", "docx"),
        of_tree(changing(Text, text=lambda text: text.removeprefix("-"))),
    ),
    "columns are not joined in Word": (
        ("docx",),
        wrapped(docx_tables, "_cell_properties", child_lost("w:gridSpan")),
    ),
    "rows are not joined in Word": (
        ("docx",),
        wrapped(docx_tables, "_cell_properties", child_lost("w:vMerge")),
    ),
    "joined rows begin anew in Word": (
        ("docx",),
        wrapped(docx_tables, "_cell_properties", always_begins),
    ),
}


@pytest.mark.parametrize(
    ("format", "fault"),
    [
        pytest.param(format, fault, id=f"{name}: {format}")
        for name, (formats, fault) in FAULTS.items()
        for format in formats
    ],
)
def test_cells_that_stand_elsewhere_are_found(format, fault, monkeypatch):
    fault(monkeypatch)

    assert any("table" in said for said in found(format))


def test_figures_that_captions_in_word_call_tables_are_found(monkeypatch):
    right = docx_inlines._around

    def wrong(anchor, context):
        return ("Table ", "") if anchor.kind == "figure" else right(anchor, context)

    monkeypatch.setattr(docx_inlines, "_around", wrong)

    assert any("figures and tables are both called" in said for said in found("docx"))

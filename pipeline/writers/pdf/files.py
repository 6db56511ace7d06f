"""Files inside a PDF that say what an element shows: MathML of formulas, data of charts."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pydyf

from ...charts import csv_of
from ...labels import alternative
from ...model import Brief, Chart, walk


def chart_files(brief: Brief) -> dict[str, Chart]:
    """Return the charts of a brief by the names of the files with their data."""
    charts = dict.fromkeys(node for node in walk(brief) if isinstance(node, Chart))
    return {f"chart-{number}.csv": chart for number, chart in enumerate(charts, start=1)}


def chart_data(brief: Brief) -> Iterator[tuple[str, str, str]]:
    """Yield for each chart of a brief the name of a file, its content, and what it is."""
    for name, chart in chart_files(brief).items():
        said = alternative(chart, brief.front.lang)
        yield name, csv_of(chart), f"{name}: data of a chart: {said}"


def attached(pdf: Any, name: str) -> Iterator[Any]:
    """Yield the attachment of this name, if there is one."""
    for found in pdf.objects:
        is_file = isinstance(found, pydyf.Dictionary) and found.get("Type") == "/Filespec"
        if is_file and found["UF"].string == name:
            yield found


def add_mathml(pdf: Any, name: str, content: str, words: str) -> bytes:
    """Add a formula as a file (ISO 14289-2, 8.2.5.29); return its reference.

    It is no attachment of the document: WeasyPrint takes whatever has the type `Filespec` for one,
    so the type is added by `complete_files`.
    """
    extra = pydyf.Dictionary({"Type": "/EmbeddedFile", "Subtype": "/application#2fmathml+xml"})
    stream = pydyf.Stream([content.encode()], extra, compress=True)
    pdf.add_object(stream)
    file = pydyf.Dictionary(
        {
            "F": pydyf.String(name),
            "UF": pydyf.String(name),
            "EF": pydyf.Dictionary({"F": stream.reference, "UF": stream.reference}),
            "AFRelationship": "/Supplement",
            "Desc": pydyf.String(words),
        }
    )
    pdf.add_object(file)
    reference: bytes = file.reference
    return reference


def complete_files(pdf: Any, *, is_20: bool) -> bool:
    """Give the files of formulas their type; return whether the document lists any files.

    If a PDF 2.0 has no attachments, formulas are listed as such: a file may hold files only as a
    PDF/A-4f, which must list some (ISO 19005-4, annex A).
    """
    found = [
        each
        for each in pdf.objects
        if isinstance(each, pydyf.Dictionary) and "EF" in each and "Type" not in each
    ]
    for each in found:
        each["Type"] = "/Filespec"
    if found and is_20 and "AF" not in pdf.catalog:
        listed = [item for each in found for item in (each["UF"], each.reference)]
        names = pydyf.Dictionary({"Names": pydyf.Array(listed)})
        pdf.add_object(names)
        pdf.catalog.setdefault("Names", pydyf.Dictionary())["EmbeddedFiles"] = names.reference
        return True
    return "AF" in pdf.catalog

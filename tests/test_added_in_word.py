"""A table or figure that somebody adds in Word looks like the house's, by its styles alone."""

import ctypes
import io

import docx
import pypdfium2
import pytest
from docx.shared import Mm
from pypdfium2 import raw
from rich_brief import par, png, rich
from word_tools import converted, needs_soffice

from pipeline.styles import load_styles, preset_folder
from pipeline.verify.pdf.text import Page
from pipeline.writers.docx import write_docx

pytestmark = [needs_soffice, pytest.mark.slow]


def with_additions(styles):
    """Return a file to which a table and a figure were added, without any formatting."""
    document = docx.Document(io.BytesIO(write_docx(rich(blocks=(par("Rain."),)), styles)))
    document.add_paragraph("Table 9. Added towns", style="Caption")
    table = document.add_table(3, 2, style="Brief Table")
    for row, cells in enumerate((("Town", "Added"), ("Cellone", "12"), ("Celltwo", "9"))):
        for cell, words in zip(table.rows[row].cells, cells, strict=True):
            cell.text = words
    document.add_paragraph("Figure 9. Added picture", style="Caption")
    picture = document.add_paragraph(style="Figure")
    picture.add_run().add_picture(io.BytesIO(png()), width=Mm(20))
    document.add_paragraph("Source: added.", style="Figure Source")
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def looks(pdf, *words):
    """Return size and font of each word where it stands first."""
    found = {}
    for number, page in enumerate(pypdfium2.PdfDocument(pdf)):
        text = Page(number, page)
        for word in words:
            if word not in found and (place := text.text.find(word)) >= 0:
                buffer = ctypes.create_string_buffer(200)
                flags = ctypes.c_int()
                shown = text._textpage.raw, place
                raw.FPDFText_GetFontInfo(*shown, buffer, len(buffer), ctypes.byref(flags))
                size, name = raw.FPDFText_GetFontSize(*shown), buffer.value.decode()
                found[word] = (round(size, 1), name)
    return found


@pytest.mark.parametrize("preset", ["", "government"], ids=["default", "government"])
def test_what_is_added_in_word_has_the_look_of_the_house(tmp_path, preset):
    styles = load_styles(preset_folder(preset) if preset else None)[0]
    small = styles.house.sizes["small"]
    pdf = converted({"a.docx": with_additions(styles)}, "pdf", tmp_path)["a"]
    found = looks(pdf, "Town", "Cellone", "Table 9", "Figure 9", "Source: added")

    assert found["Cellone"][0] == pytest.approx(small + 1, abs=0.3)
    assert found["Source: added"][0] == pytest.approx(small, abs=0.3)
    assert "Bold" in found["Town"][1]
    assert "Bold" not in found["Cellone"][1]
    assert found["Table 9"] == found["Figure 9"]
    assert found["Table 9"][0] == pytest.approx(small + 1.5, abs=0.3)
    assert "Bold" in found["Table 9"][1]

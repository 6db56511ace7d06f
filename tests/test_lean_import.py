"""WeasyPrint is imported without what costs time and is not used."""

import subprocess
import sys
from pathlib import Path

from tools.declarations import FILE, declarations

ROOT = Path(__file__).parents[1]


def answer(code):
    """Return what a new process prints."""
    command = [sys.executable, "-c", code]
    return subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout


def test_the_declarations_are_those_of_this_weasyprint():
    assert FILE.read_text("utf-8") == declarations()


def test_nothing_is_parsed_and_no_part_of_fonttools_imported_before_it_is_called():
    code = """
        import sys, pipeline.writers.pdf
        print(*({"pycparser", "cffi", "fontTools.subset", "fontTools.varLib"} & set(sys.modules)))
    """
    assert answer("if 1:" + code).strip() == ""


def test_what_stands_in_for_fonttools_calls_it():
    code = """
        import pipeline.writers.pdf
        from weasyprint.pdf.fonts import subset
        print(type(subset.Subsetter(subset.Options())).__module__)
    """
    assert answer("if 1:" + code).strip() == "fontTools.subset"


def test_declarations_of_another_weasyprint_are_parsed():
    code = """
        import hashlib
        hashlib.sha256 = hashlib.md5
        import pipeline.writers.pdf
        from weasyprint import HTML
        from weasyprint.text.ffi import ffi
        print(type(ffi.new.__self__).__module__, len(HTML(string="a").render().pages))
    """
    assert answer("if 1:" + code).split() == ["cffi.api", "1"]

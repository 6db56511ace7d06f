"""Sound briefs, of kinds that people write, whose PDF the proof once refused."""

import pytest
from proved import faults
from test_properties import numbered_brief

from pipeline.styles import load_styles
from pipeline.writers.pdf import write_pdf

STYLES = load_styles(None)[0]
NARROW = (
    "Car Name | Fuel Cons. (mpg) | # Cylinders | Displ. (cu.in.) | Gross HP | Rear axle ratio | "
    "Weight (1000 lbs) | 1/4 mile time | Engine | Trans. | # forward gears | # carburetors"
)
BRIEFS = {
    "the only item, last on its page, after a heading": (
        "## Section\n\nText.\n\n1. The only item.\n"
    ),
    "an only item after code that ends in a sign": (
        "```\nh2 {\n  red;\n}\n```\n\n1. The only item.\n"
    ),
    "a first heading with an anchor of its own": "## Words {#glossary-page}\n\nText.\n",
    "heads of narrow columns with signs in brackets": (
        f"| {NARROW} |\n|{'---|' * 12}\n| Hornet Sportabout |{' 21.41 |' * 11}\n\n: Cars\n"
    ),
    "code that goes on in a line of its own": (
        "```\nserver(function(input) {\n"
        "  breaks <- seq(min(values), max(values), length.out = input$number_of + 1)\n})\n```\n"
    ),
    "formulas as they were typed": (
        "```\n\\begin{split} \\varphi _{X}(t) &= \\operatorname {E} \\left[e^{itX}\\right]\\\\\n"
        "\\\\\nt)$$\n```\n\nAnd the text goes on.\n"
    ),
    "a note called footnotes": "## Notes {#footnotes}\n\nText.[^a]\n\n[^a]: A note.\n",
    "items without text": "1. One\n2.\n3. Two\n\nText.\n\n- \n- a\n",
}


@pytest.mark.parametrize("name", BRIEFS)
def test_a_sound_brief_is_not_refused(name):
    numbered = numbered_brief(f"---\ntitle: T\n---\n\n{BRIEFS[name]}")

    assert faults(write_pdf(numbered, STYLES), "pdf", numbered) == []

"""What CSL asks of an entry, case by case, against citeproc-js and pandoc: to the letter.

`data/csl/expected.json` is what both print (`oracles/make_csl_cases.py`); either is right, or
the one that `right` says. A case that says `ours` is one where neither prints what we print, and
why; it can only shrink unseen.
"""

import json

import pytest
from csl_cases import CASES, EXPECTED, style_of
from csl_json import reference_of

from pipeline.csl.bibliography import entry
from pipeline.csl.localisation import locale_of
from pipeline.csl.reading import read_style
from pipeline.language.csl_locale import csl_locale
from pipeline.model.references import plain

PRINTED = json.loads(EXPECTED.read_text("utf-8"))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_an_entry_is_what_other_engines_print(case):
    style = read_style(style_of(case).encode())
    locale = locale_of(style, csl_locale(case.get("lang", "en-US")))
    runs = entry(reference_of(case["item"]), style, locale, corrected=False)
    text = " ".join(plain(runs).split())

    assert text == case.get("right", text)
    assert (text in PRINTED[case["name"]]) is ("ours" not in case), (text, PRINTED[case["name"]])


def test_each_case_has_its_expectation():
    names = [case["name"] for case in CASES]

    assert len(set(names)) == len(names)
    assert list(PRINTED) == names

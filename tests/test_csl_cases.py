"""What CSL asks of an entry, case by case, against citeproc-js and pandoc: to the letter.

`data/csl/expected.json` is what both print (`oracles/make_csl_cases.py`); either is right. A case
that says `ours` is one where neither prints what we print, and why; it can only shrink unseen.
"""

import json

import pytest
from csl_cases import CASES, EXPECTED, style_of
from csl_json import reference_of

from pipeline.entries import compiled
from pipeline.entries.dress import decode
from pipeline.entries.item import item_of
from pipeline.entries.punctuation import tidy
from pipeline.model.references import plain

PRINTED = json.loads(EXPECTED.read_text("utf-8"))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_an_entry_is_what_other_engines_print(case, tmp_path, monkeypatch):
    (tmp_path / "case.csl").write_text(style_of(case), "utf-8")
    monkeypatch.setattr(compiled, "_folder_of_styles", lambda: tmp_path)
    locale = compiled.csl_locale(case.get("lang", "en-US"))
    style = compiled.compile_style.__wrapped__("case", locale)
    links: list[str] = []
    marked = style.render(item_of(reference_of(case["item"]), links))
    text = " ".join(plain(decode(tidy(marked, style.quotes), links)).split())

    assert (text in PRINTED[case["name"]]) is ("ours" not in case), (text, PRINTED[case["name"]])


def test_each_case_has_its_expectation():
    names = [case["name"] for case in CASES]

    assert len(set(names)) == len(names)
    assert list(PRINTED) == names

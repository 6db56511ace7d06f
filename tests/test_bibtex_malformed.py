"""Broken and odd .bib text, case by case: `data/malformed.toml` says what is done with each."""

import tomllib
from pathlib import Path

import pytest
from bibtex_values import values_of

from pipeline.diagnostics import Severity
from pipeline.readers.bibtex import read_bibtex

CASES = tomllib.loads((Path(__file__).parent / "data/malformed.toml").read_text("utf-8"))["case"]


@pytest.fixture(params=CASES, ids=lambda case: case["name"])
def case(request):
    return request.param


@pytest.fixture
def read(case):
    return read_bibtex([(case["bib"].encode(case.get("encoding", "utf-8")), "references.bib")])


def test_the_keys_arrive(case, read):
    assert list(read[0]) == case["keys"]


def test_every_finding_is_said_at_its_line_and_nothing_else(case, read):
    library, found = read
    both = {*found, *(one for key in library for one in library.diagnostics(key))}
    unique = {(one.code, one.message, one.span) for one in both}

    assert sorted(f"{code}:{span.line}" for code, _, span in unique) == sorted(case["codes"])
    assert all(one.span.path == "references.bib" and one.span.column > 0 for one in both)


def test_the_values_are_read(case, read):
    for key, values in case.get("values", {}).items():
        found = values_of(read[0][key])
        assert {variable: found.get(variable) for variable in values} == values


def test_what_is_wrong_with_an_entry_is_no_error_for_those_who_do_not_cite_it(read):
    assert [one.code for one in read[1] if one.severity is Severity.ERROR] == []

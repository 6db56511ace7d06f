"""What stands in a field where it does not belong; accents, initials and doubts of .bib files."""

import pytest
from bibtex_values import values_of

from pipeline.csl import CITATION_STYLES, format_entry
from pipeline.model.references import plain
from pipeline.readers.bibtex import read_bibtex


def read(kind="article", **fields):
    given = {"author": "Lee, Ann", "title": "Water", "journal": "Journal", "year": "2020"} | fields
    written = ", ".join(f"{name} = {{{text}}}" for name, text in given.items())
    library, _ = read_bibtex([(f"@{kind}{{key, {written}}}".encode(), "a.bib")])
    return library["key"], library.diagnostics("key")


def values(kind="article", **fields):
    return values_of(read(kind, **fields)[0])


def entry(style="ieee", lang="en-US", kind="article", **fields):
    return plain(format_entry(read(kind, **fields)[0], CITATION_STYLES[style], lang))


@pytest.mark.parametrize(
    ("field", "written", "variable", "value"),
    [
        ("volume", "Vol. 3", "volume", "3"),
        ("volume", "Band 12", "volume", "12"),
        ("volume", "Tomography", "volume", "Tomography"),
        ("number", "No. 7", "issue", "7"),
        ("number", "November", "issue", None),
        ("chapter", "Chap. 13", "chapter-number", "13"),
        ("edition", "Second Edition.", "edition", "2"),
        ("edition", "3rd", "edition", "3"),
        ("edition", "Revised edition", "edition", "Revised edition"),
        ("volume", "n/a", "volume", None),
        ("pages", "N.A.", "page", None),
        ("pages", "viii + 262 p", "number-of-pages", "262"),
        ("pages", "12--19", "page", "12-19"),
        ("pages", "e2019WR024918", "number", "e2019WR024918"),
        ("eid", "104", "number", "104"),
        ("pages", "1042", "number", None),
        ("number", "Vol. 12, n°3", "volume", "12"),
        ("number", "Vol. 12, n°3", "issue", "3"),
        ("issue", "vol. 15 - n° 2", "issue", "2"),
        ("number", "Volume 8", "volume", "8"),
        ("number", "Volume 8", "issue", None),
        ("number", "Tome-Regnier 3", "issue", "Tome-Regnier 3"),
        ("number", "T-15-2020", "issue", "T-15-2020"),
        ("type", "Journal Article", "genre", None),
        ("type", "Unused 2", "genre", None),
        ("type", "Journal Articles", "genre", "Journal Articles"),
    ],
)
def test_labels_words_for_nothing_and_totals(field, written, variable, value):
    assert values(**{field: written}).get(variable) == value


@pytest.mark.parametrize(
    ("note", "left", "variables"),
    [
        ("Number: 3\nPublisher: Springer", True, {"note": None}),
        ("Accessed 2026-04-10", False, {"note": None, "accessed": "2026-4-10"}),
        ("Last accessed: 10 April 2026", False, {"note": None, "accessed": "2026-4-10"}),
        (r"\url{https://a.org/b.pdf}", False, {"note": None, "URL": "https://a.org/b.pdf"}),
        ("Number of pages unknown", False, {"note": "Number of pages unknown"}),
        ("Forthcoming", False, {"note": "Forthcoming"}),
    ],
)
def test_notes(note, left, variables):
    reference, found = read(note=note)
    printed = values_of(reference)

    assert {name: printed.get(name) for name in variables} == variables
    assert ["`note` is left out" in one.message for one in found] == [True] * left


def test_the_pages_of_a_report_that_are_one_number_say_how_many_there_are():
    assert values("report", pages="144").get("number-of-pages") == "144"
    assert values("report", pages="144").get("page") is None
    assert values("report", pages="12--19").get("page") == "12-19"
    assert values("report", type="Report", number="7")["genre"] == "Report"
    assert "genre" not in values("report", type="Report")


def test_the_kind_of_a_report_in_its_number():
    paper = values("report", journal="", number="Working Paper No. 38")

    assert (paper["genre"], paper["number"]) == ("Working Paper", "38")
    assert values("report", journal="", number="WP 38")["number"] == "WP 38"
    assert values("report", journal="", type="Note", number="Paper 3")["number"] == "Paper 3"


def test_the_addition_to_the_title_of_a_web_page_is_its_website():
    page = {"journal": "", "titleaddon": "The Urbanist", "url": "https://a.org"}

    assert "‘Water’, The Urbanist." in entry(kind="online", lang="en-GB", **page)
    assert "‘Water. The Urbanist’" in entry(kind="misc", lang="en-GB", **page)


def test_words_round_addresses_are_left_out_and_named():
    reference, found = read(
        url="Available at http://a.org/b.pdf", doi="doi:10.1000/x Accessed 2016"
    )

    assert values_of(reference)["URL"] == "http://a.org/b.pdf"
    assert values_of(reference)["DOI"] == "10.1000/x"
    assert [one.message for one in found] == ["`Available at` in `url` is left out"]


def test_commands_in_a_doi_are_characters():
    written = r"10.1175/1520-0485(1996)026{\textless}2712:TEOIWU{\textgreater}2.0.CO;2"

    assert values(doi=written)["DOI"] == "10.1175/1520-0485(1996)026<2712:TEOIWU>2.0.CO;2"


@pytest.mark.parametrize(
    ("author", "ieee", "vancouver"),
    [
        ("Lee, J.-M.", "J.-M. Lee", "Lee JM"),
        ("Lee, J.‐M.", "J.-M. Lee", "Lee JM"),
        ("Lee, Jean‑Marc", "J.-M. Lee", "Lee JM"),
        ("Roe, DL", "D. L. Roe", "Roe DL"),
        ("ROE, DL", "D. ROE", "ROE D"),
        ("Roe, Al", "A. Roe", "Roe A"),
        (r"Nguy{\~\^e}n, Th{\'\u a}ng", "T. Nguyễn", "Nguyễn T"),
        (r"\AA sa Berg", "Å. Berg", "Berg Å"),
        (r"{\O}rsted, Hans", "H. Ørsted", "Ørsted H"),
        ("Costa, Jr., P. T.", "P. T. Costa Jr.", "Costa PT Jr"),
    ],
)
def test_names(author, ieee, vancouver):
    assert entry(author=author).startswith(f"{ieee}, ")
    assert entry("vancouver", author=author).startswith(f"{vancouver}. ")


@pytest.mark.parametrize(
    ("fields", "printed"),
    [
        ({"year": "c. 1850"}, "c. 1850"),
        ({"year": "1850?"}, "1850?"),
        ({"date": "1723~"}, "c. 1723"),
        ({"date": "1723?"}, "1723?"),
        ({"date": "1723%"}, "c. 1723?"),
        ({"date": "1723"}, "1723."),
    ],
)
def test_doubts_are_kept(fields, printed):
    doubtful = {"year": "", "publisher": "Knopf", "journal": ""} | fields

    assert f"Knopf, {printed}" in entry(kind="book", **doubtful)
    assert printed.rstrip(".") in entry("gov-uk", kind="book", **doubtful)


def test_seasons_of_a_range_are_both_printed():
    assert "Spring–Autumn 2020" in entry("ama", kind="speech", date="2020-21/2020-23", year="")


def test_places_publishers_and_subtitles():
    office = "Oregon Department of Fish and Wildlife, Salem, OR"
    assert values("report", address=office)["publisher-place"] == office
    assert values("book", address="London and New York")["publisher-place"] == "London; New York"
    twice = {"publisher": "Knopf", "organization": "Knopf"}
    assert values("inbook", **twice)["publisher"] == "Knopf"
    assert values(journalsubtitle="Section B")["container-title"] == "Journal: Section B"


def test_a_talk_keeps_its_conference():
    talk = {"eventtitle": "Rain 2020", "location": "Oslo", "journal": ""}

    assert "presented at the Rain 2020, Oslo, 2020." in entry(kind="unpublished", **talk)


def test_the_address_of_a_doi_stands_once():
    found = entry("vancouver", doi="10.1000/182", url="https://doi.org/10.1000/182")

    assert found.count("10.1000/182") == 1

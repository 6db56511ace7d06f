"""Sources that policy briefs cite every day are complete in every citation style.

What `docs/sources.md` says of them is made from the same `data/sources/everyday.bib`.
"""

from pathlib import Path

import pytest
from msgspec.structs import replace

from pipeline.csl import CITATION_STYLES, format_entry
from pipeline.model.references import plain
from pipeline.readers.bibtex import read_bibtex

BIB = Path(__file__).parent / "data" / "sources" / "everyday.bib"
LIBRARY, FOUND = read_bibtex([(BIB.read_bytes(), BIB.name)])
STYLES = {style.title: style for style in CITATION_STYLES.values()}

# What a reader needs of each: in the letters that every style prints.
NEEDED = {
    "equality": ["Equality Act 2010", "c. 15", "legislation.gov.uk/ukpga/2010/15"],
    "hmo": ["Houses in Multiple Occupation", "SI 2006/372"],
    "gdpr": ["2016/679", "OJ L 119", "p. 1"],
    "miller": ["Miller", "[2017] UKSC 5", "Supreme Court"],
    "beveridge": ["Social Insurance", "6404", "HMSO", "1942"],
    "treasury": ["Household Finances", "HC 565", "2018", "565.pdf"],
    "com": ["Green Deal", "COM(2019) 640 final", "2019"],
    "ons": ["National Statistics", "Consumer price inflation", "2024", "www.ons.gov.uk"],
    "eurostat": ["Unemployment", "European Commission", "2024", "10.2908/une_rt_m"],
    "cdc": ["Lee", "heat pumps", "Energy Saving Trust", "2023", "energysavingtrust.org.uk"],
    "preprint": ["Roe", "heat waves", "2023", "arxiv.org/abs/2301.00001"],
    "nber": ["congestion", "National Bureau of Economic Research", "28112", "2020"],
    "press": ["Bank of England", "Press release", "2024", "bank-rate"],
    "podcast": ["Fox", "Why trains are late", "The Transport Hour", "Rail Press", "2022"],
    "talk": ["UK Parliament", "select committee", "YouTube", "2021", "abc123"],
    "iso": ["International Organization", "ISO 50001:2018", "2018"],
    "letter": ["Roe", "Letter to the Secretary of State", "2023", "Freedom of Information"],
}


def printed(key, style, lang="en-GB"):
    """Return an entry with the addresses of its links, which some styles show as titles."""
    runs = format_entry(LIBRARY[key], style, lang)
    return plain(runs) + " ".join(run.href for run in runs if run.href)


@pytest.mark.parametrize("style", STYLES.values(), ids=STYLES)
@pytest.mark.parametrize("key", NEEDED)
def test_what_a_reader_needs_is_printed(style, key):
    entry = printed(key, style).casefold()

    assert [words for words in NEEDED[key] if words.casefold() not in entry] == []


@pytest.mark.parametrize("style", STYLES.values(), ids=STYLES)
def test_nothing_is_said_twice_that_styles_leave_out(style):
    for key in ("equality", "miller", "com", "iso", "preprint"):
        entry = printed(key, style)
        words = NEEDED[key][1]

        assert plain(format_entry(LIBRARY[key], style, "en-GB")).count(words) == 1, entry


def test_a_house_that_wants_no_corrections_has_none():
    style = replace(CITATION_STYLES["nature"], corrected=False)

    assert "6404" not in printed("beveridge", style)


@pytest.mark.parametrize("named", ["author={{Energy Trust}}", "author={Lee, Ann}"])
def test_an_organisation_is_named_once(named):
    entry = f"@online{{a, {named}, title={{Review}}, organization={{Energy Trust}}, year=2024}}"
    library, _ = read_bibtex([(entry.encode(), "a.bib")])

    said = plain(format_entry(library["a"], CITATION_STYLES["ieee"], "en-GB"))

    assert said.count("Energy Trust") == 1

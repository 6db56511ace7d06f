"""Law: every detail of a source is printed, for the style to choose, or named by `check`."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from pipeline.csl import CITATION_STYLES, format_entry, omitted
from pipeline.csl.corrections import GREY
from pipeline.csl.omitted import OF_GREY
from pipeline.model.references import plain
from pipeline.readers.bibtex import read_bibtex

# What a style may leave out as it likes: readers find the work, and can judge it, without. By CSL
# variable; every other one that an entry does not print is named.
DELIBERATE = frozenset(
    [
        "ISBN",
        "ISSN",
        "PMCID",
        "PMID",
        "abstract",
        "annote",
        "archive",
        "archive-place",
        "archive-url",
        "archive_location",
        "call-number",
        "chapter-number",
        "collection-number",
        "event",
        "event-place",
        "genre",
        "keyword",
        "language",
        "medium",
        "number-of-pages",
        "number-of-volumes",
        "original-title",
        "part-number",
        "publisher-place",
        "section",
        "source",
        "title-short",
    ]
)

TYPES = (
    "article",
    "book",
    "incollection",
    "inproceedings",
    "report",
    "thesis",
    "online",
    "dataset",
)
TYPES += ("misc", "manual", "unpublished", "patent", "software")
FIELDS = {
    "author": "Lee, Ann", "editor": "Roe, Bo", "translator": "Ng, Chi", "subtitle": "Subqq",
    "journaltitle": "Jourxx", "booktitle": "Bookyy", "publisher": "Pubzz", "location": "Placeuu",
    "volume": "71", "number": "83", "issue": "59", "pages": "611--622", "edition": "37",
    "series": "Sertt", "chapter": "43", "isbn": "978-3-16-148410-0", "url": "https://a.org/zz",
    "doi": "10.1000/zz.1", "note": "Notess", "addendum": "Addrr", "howpublished": "Howqq",
    "eventtitle": "Eventpp", "version": "61", "pubstate": "Forthcoming", "eid": "e4711",
    "type": "Typenn", "maintitle": "Mainmm", "institution": "Instww", "language": "german",
}  # fmt: skip
# What `omitted` calls the variables whose names are not words.
CALLED = {
    "container-title": "journal or book", "event-title": "conference", "page": "pages",
    "collection-title": "series", "volume-title": "title of the volume", "DOI": "address",
    "URL": "address",
}  # fmt: skip


@settings(max_examples=25)
@given(st.sampled_from(TYPES), st.sets(st.sampled_from(sorted(FIELDS)), max_size=12))
@pytest.mark.parametrize("style", ["ieee", "nature", "gov-uk", "vancouver", "iso690"])
def test_a_detail_is_printed_or_named_or_for_the_style_to_choose(style, kind, chosen):
    lines = [
        "title = {Zuwater}",
        "date = {1987}",
        *(f"{name} = {{{FIELDS[name]}}}" for name in chosen),
    ]
    library, _ = read_bibtex([(f"@{kind}{{k, {', '.join(lines)}}}".encode(), "r.bib")])
    reference = library["k"]
    runs = format_entry(reference, CITATION_STYLES[style], "en-GB")
    printed = letters(plain(runs) + " ".join(run.href for run in runs))
    named = omitted(reference, runs)
    free = DELIBERATE if reference.type in GREY else DELIBERATE | OF_GREY

    lost = [
        variable
        for variable, text in reference.fields.items()
        if letters(plain(text).partition("-")[0]) not in printed
        if variable not in free and CALLED.get(variable, variable) not in named
    ]
    if any(letters(plain(reference.fields.get(name, ()))) in printed for name in ("DOI", "URL")):
        lost = [variable for variable in lost if variable not in ("DOI", "URL")]
    assert lost == []


def letters(text):
    return "".join(character for character in text.casefold() if character.isalnum())


def omitted_of(fields):
    text = f"@article{{k, author = {{Lee, Ann}}, title = {{T}}, date = 2001, {fields}}}"
    reference = read_bibtex([(text.encode(), "r.bib")])[0]["k"]
    return omitted(reference, format_entry(reference, CITATION_STYLES["ieee"], "en-GB"))


def test_a_field_that_no_style_can_print_is_named():
    fields = "city = {Oslo}, bootitle = {B}, bdsk-url-1 = {x}, sortkey = {a}, abstract = {c}"

    assert omitted_of(fields) == ["`city`", "`bootitle`"]


def test_fields_that_are_read_are_not_named():
    names = "month = jan, eprint = {2001.00001}, archiveprefix = {arXiv}, urldate = {2020-01-01}"

    assert omitted_of(f"{names}, editor = {{Roe, B.}}, eid = {{e1}}, langid = {{german}}") == []


def test_a_short_number_is_not_taken_for_a_part_of_another():
    text = "@book{k, author = {Lee, Ann}, title = {T}, volume = 2, edition = 9, date = 1922}"
    reference = read_bibtex([(text.encode(), "r.bib")])[0]["k"]

    def left_out(style, corrected=True):
        style = replace(CITATION_STYLES[style], corrected=corrected)
        return omitted(reference, format_entry(reference, style, "en-GB"))

    assert left_out("iso690", corrected=False) == ["volume"]
    assert left_out("iso690") == []
    assert left_out("nature") == ["edition"]
    assert left_out("ieee") == []

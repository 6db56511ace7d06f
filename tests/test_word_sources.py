"""`b:Sources`, the references in Word's source manager: valid, and what an editor would type."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from rich_brief import SPAN, cite, par, rich
from word_sources import TYPES, B, faults
from word_tools import MODES, NAMES, golden, part

from pipeline.model.references import Date, Name, Reference, Run, library_of
from pipeline.project.stages import prepare
from pipeline.readers.bibtex import read_bibtex
from pipeline.styles import load_styles
from pipeline.writers.docx.sources import sources as sources_of
from pipeline.xml import serialised

STYLES, _ = load_styles(None)
DATA = Path(__file__).parent / "data/bibtex"
PEOPLE = (Name("Lee", "Bo"), Name(literal="The Office"), Name("Beethoven", "Ludwig", "", "van"))


def sources(library):
    """Return the part of a brief that cites every reference of a library."""
    blocks = tuple(par(cite(str(i), key)) for i, key in enumerate(library))
    brief = rich(blocks=blocks, images=()).brief
    numbered, _ = prepare(brief, library)
    return etree.fromstring(serialised(sources_of(numbered)).encode("utf-8"))


def source_of(kind, names=None, dates=None, **fields):
    """Return what stands in the source of one reference, by element."""
    runs = {name.replace("_", "-"): (Run(value),) for name, value in fields.items()}
    reference = Reference(
        "lee2019", kind, {"title": (Run("Rain"),)} | runs, names or {}, dates or {}, span=SPAN
    )
    (source,) = sources(library_of({"lee2019": reference}))
    return {child.tag.removeprefix(B): child.text for child in source if not len(child)}


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("name", NAMES)
def test_the_sources_of_every_sample_brief_are_valid(name, mode):
    numbered, content = golden(name, mode)
    root = part(content, "customXml/item2.xml")

    assert faults(root) == []
    assert len(root) == len(numbered.bibliography)
    assert root.get("StyleName") == ("IEEE" if mode == "word" else "APA")


@pytest.mark.parametrize("name", ["biblatex", "bibtex"])
def test_the_sources_of_every_entry_that_we_read_are_valid(name):
    library, _ = read_bibtex([((DATA / f"{name}.bib").read_bytes(), f"{name}.bib")])
    root = sources(library)

    assert faults(root) == []
    assert len(root) == len(library) > 10


TEXTS = st.text(min_size=1, max_size=8)
NAMES_OF_PEOPLE = st.builds(Name, TEXTS, TEXTS) | st.builds(lambda t: Name(literal=t), TEXTS)
REFERENCES = st.builds(
    lambda key, kind, text, people, role, date: Reference(
        key,
        kind,
        {name: (Run(text),) for name in ("title", "container-title", "DOI", "page", "publisher")},
        {role: tuple(people)},
        {"issued": date},
        span=SPAN,
    ),
    TEXTS,
    st.sampled_from(["article-journal", "book", "chapter", "report", "thesis", "webpage",
                     "patent", "legal_case", "legislation", "paper-conference", "song"]),
    TEXTS,
    st.lists(NAMES_OF_PEOPLE, max_size=3),
    st.sampled_from(["author", "editor", "translator", "interviewer"]),
    st.sampled_from([Date(((2024,),)), Date(((2024, 3, 5),)), Date(((2024, 21),)), Date(())]),
)  # fmt: skip


@settings(max_examples=100, deadline=None)
@given(st.lists(REFERENCES, min_size=1, max_size=4, unique_by=lambda found: found.key))
def test_the_sources_of_any_references_are_valid(references):
    assert faults(sources(library_of({found.key: found for found in references}))) == []


@pytest.mark.parametrize(
    ("kind", "fields", "expected"),
    [
        (
            "article-journal",
            {"container_title": "Roofs", "page": "12–19", "volume": "4", "issue": "2"},
            {"SourceType": "JournalArticle", "JournalName": "Roofs", "Pages": "12-19",
             "Volume": "4", "Issue": "2"},
        ),
        ("article-journal", {"DOI": "10.1000/x"}, {"URL": "https://doi.org/10.1000/x"}),
        ("chapter", {"container_title": "B"}, {"SourceType": "BookSection", "BookTitle": "B"}),
        ("book", {"publisher": "Beck", "publisher_place": "Bonn", "edition": "2"},
         {"SourceType": "Book", "Publisher": "Beck", "City": "Bonn", "Edition": "2"}),
        ("report", {"publisher": "WHO", "number": "7"},
         {"SourceType": "Report", "Publisher": "WHO", "Institution": "WHO", "StandardNumber": "7"}),
        ("report", {"publisher": "WHO", "URL": "https://who.int/"},
         {"SourceType": "DocumentFromInternetSite", "ProductionCompany": "WHO",
          "URL": "https://who.int/"}),
        ("thesis", {"publisher": "Lagos", "genre": "PhD thesis"},
         {"SourceType": "Report", "Institution": "Lagos", "ThesisType": "PhD thesis"}),
        ("patent", {"number": "US1"}, {"SourceType": "Patent", "PatentNumber": "US1"}),
        ("legal_case", {"number": "C-1/20"}, {"SourceType": "Case", "CaseNumber": "C-1/20"}),
        ("legislation", {}, {"SourceType": "Misc"}),
    ],
)  # fmt: skip
def test_each_type_has_its_facts_where_words_dialog_shows_them(kind, fields, expected):
    assert expected.items() <= source_of(kind, **fields).items()


def test_dates_are_english_words_and_numbers():
    dates = {"issued": Date(((2024, 3, 5),)), "accessed": Date(((2026, 12),))}

    found = source_of("webpage", dates=dates)

    assert (found["Year"], found["Month"], found["Day"]) == ("2024", "March", "5")
    assert (found["YearAccessed"], found["MonthAccessed"]) == ("2026", "December")
    assert "DayAccessed" not in found


def test_an_organisation_alone_is_one_and_among_people_a_last_name():
    alone = reference_by(Name(literal="The Office"))
    many = reference_by(*PEOPLE)

    assert [e.text for e in alone.iter(f"{B}Corporate")] == ["The Office"]
    assert [*many.iter(f"{B}Corporate")] == []
    assert [e.text for e in many.iter(f"{B}Last")] == ["Lee", "The Office", "van Beethoven"]


def reference_by(*people):
    reference = Reference("a", "book", {"title": (Run("Rain"),)}, {"author": people}, span=SPAN)
    return sources(library_of({"a": reference}))


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("<b:SourceType>Book<", "<b:SourceType>Novel<", "no source type Novel"),
        ("<b:Title>Rain</b:Title>", "<b:DOI>10.1000/x</b:DOI>", "no element DOI"),
        ("<b:Title>", "<b:Title>x</b:Title><b:Title>", "Title twice"),
        ("<b:Tag>a<", "<b:Tag>a b<", "tag 'a b'"),
        ("<b:First>Bo</b:First>", "<b:Middle>B</b:Middle><b:First>Bo</b:First>", "order"),
        ("NameList>", "Names>", "Author holds"),
        ("<b:Guid>{", "<b:Guid>", "no GUID"),
    ],
)
def test_the_check_of_sources_sees_what_is_wrong(old, new, fault):
    text = etree.tostring(reference_by(Name("Lee", "Bo")), encoding="unicode")

    assert old in text
    assert fault in " ".join(faults(etree.fromstring(text.replace(old, new))))
    assert len(TYPES) == 17

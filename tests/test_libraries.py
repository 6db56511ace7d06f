"""CSL-JSON, RIS and references in the front matter: they print as the same entry in BibTeX does."""

import itertools
import json
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from ris_writer import ris_entry

from pipeline.bibtex import bibtex_entry
from pipeline.csl import CITATION_STYLES, format_entry
from pipeline.csl.item import csl_item
from pipeline.disk import Disk
from pipeline.model.references import OTHERS, plain
from pipeline.project import load_library, load_project
from pipeline.readers.bibtex import read_bibtex
from pipeline.readers.csl_json import read_csl_json
from pipeline.readers.markdown import read_markdown
from pipeline.readers.markdown.yaml_library import read_csl_yaml
from pipeline.readers.ris import read_ris

KINDS = {
    "article": "journal = {Journal of Water}, volume = {12}, number = {3}, pages = {101--117}",
    "book": "publisher = {North Press}, address = {Leeds}, edition = {2}, series = {Rivers}",
    "incollection": "booktitle = {Water}, editor = {Poe, Cy}, publisher = {North}, pages = {7--9}",
    "inproceedings": "booktitle = {Proceedings of Rain}, publisher = {ACM}, pages = {1--2}",
    "report": "institution = {World Bank}, type = {Working Paper}, number = {28112}",
    "thesis": "school = {University of Leeds}, type = {PhD thesis}",
    "online": "urldate = {2024-05-02}",
    "dataset": "publisher = {Eurostat}",
    "legislation": "number = {c. 15}",
    "jurisdiction": "institution = {Supreme Court}, number = {[2017] UKSC 5}",
    "unpublished": "note = {Under review}",
    "misc": "publisher = {Rail Press}",
}
PEOPLE = (
    "author = {Lee, Ann and van den Berg, Jan P.}",
    "author = {{World Health Organization}}",
    "author = {Smith, Jr., Bob and {Bank of England} and others}",
    "author = {Núñez, María José and Øst, Åse and de la Cruz, I.}",
)
TITLES = (
    "title = {Rain falls on roofs: A review of 1,250 days}",
    "title = {What \\& why: 50\\% of {UK} homes, H₂O and “quotes”}",
    "title = {Le vin d'hier}, langid = {french}",
)
DAYS = ("date = {2019}", "date = {2020-11}", "date = {2021-03-04}")
ADDRESSES = ("doi = {10.1257/jep.20.4.157}", "url = {https://example.org/a_b?c=d%20e}")
ENTRIES = [
    f"@{kind}{{key{number}, {', '.join(parts)}}}"
    for number, (kind, *parts) in enumerate(
        (kind, own, *rest)
        for kind, own in KINDS.items()
        for rest in itertools.product(PEOPLE, TITLES, DAYS, ADDRESSES)
    )
]
STYLES = ("ieee", "nlm-citation-sequence", "gov-uk")


def bibtex(*entries):
    library, _ = read_bibtex([("\n".join(entries).encode(), "a.bib")])
    return library


def printed(reference, style="ieee"):
    return plain(format_entry(reference, CITATION_STYLES[style], "en-GB"))


OTHER = {"literal": "others"}  # what Better BibTeX writes for `and others`
FORMATS = {
    "bibtex": lambda found: bibtex(*map(bibtex_entry, found.values())),
    "csl-json": lambda found: read_csl_json(
        json.dumps([_with_others(reference) for reference in found.values()]).encode(), "a.json"
    )[0],
    "ris": lambda found: read_ris("".join(map(ris_entry, found.values())).encode(), "a.ris")[0],
    "csl-yaml": lambda found: read_csl_yaml(
        json.dumps({"references": [_escaped(_with_others(r)) for r in found.values()]}).encode(),
        "a.yaml",
    )[0],
}


def _with_others(reference):
    """Return an item of CSL-JSON that also says whether its names are all."""
    item = csl_item(reference)
    for role, names in reference.names.items():
        item[role] += [OTHER] if OTHERS in names else []
    return item


def _escaped(value, name=""):
    """Return an item whose texts are Markdown, as pandoc reads them in YAML (or JSON)."""
    match value:
        case dict():
            return {key: _escaped(inner, key) for key, inner in value.items()}
        case list():
            return [_escaped(inner, name) for inner in value]
        case str() if name not in ("id", "type", "URL", "DOI", "archive-url"):
            return re.sub(r"[\\*_^~\[\]]", r"\\\g<0>", value)
        case _:
            return value


@pytest.mark.parametrize("name", FORMATS)
def test_entries_print_the_same_from_every_format(name):
    library = bibtex(*ENTRIES)
    other = FORMATS[name](library)

    assert len(ENTRIES) > 500
    assert list(other) == list(library)
    for style in STYLES[:1] if name == "bibtex" else STYLES:
        different = {
            key: (printed(library[key], style), printed(other[key], style))
            for key in list(library)[:: 1 if style == "ieee" else 7]
            if printed(library[key], style) != printed(other[key], style)
        }
        assert different == {}
    assert [one for key in other for one in other.diagnostics(key)] == []


# Reading ----------------------------------------------------------------------------------------


def items(*values):
    return read_csl_json(json.dumps(list(values)).encode(), "a.json")


def item(**values):
    library, found = items({"id": "k", "type": "book", "title": "Rain"} | values)
    assert found == []
    return library["k"], library.diagnostics("k")


def test_what_programs_write_into_csl_json_is_read():
    reference, found = item(
        type="journal-article",  # Crossref's
        title=["A <i>Vibrio</i> &amp; <b>more</b>"],
        author=[{"family": "van Dam", "given": "J.R."}, {"name": "Eurostat"}, OTHER],
        issued={"date-parts": [["2019", "3"]], "season": ""},
        accessed={"raw": "2024-05-02"},
        note="Released late\nPMID: 23635051\ntex.ids: old\nCitation Key: k",
        volume=7,
    )

    assert found == []
    assert reference.type == "article-journal"
    assert [run.text for run in reference.fields["title"] if run.italic] == ["Vibrio"]
    assert reference.title == "A Vibrio & more"
    first, second, others = reference.names["author"]
    assert (first.dropping_particle, first.family, first.given) == ("van", "Dam", "J. R.")
    assert (second.literal, others) == ("Eurostat", OTHERS)
    assert reference.dates["issued"].parts == ((2019, 3),)
    assert reference.dates["accessed"].parts == ((2024, 5, 2),)
    assert plain(reference.fields["PMID"]) == "23635051"
    assert plain(reference.fields["note"]) == "Released late"
    assert plain(reference.fields["volume"]) == "7"


def test_particles_and_suffixes_where_users_of_zotero_type_them():
    people = [
        {"family": "Humboldt", "given": "Alexander von"},
        {"family": "King", "given": "Martin Luther, Jr."},
        {"family": '"van Houten"', "given": "Ann"},
        {"family": "Lee", "given": "Ann, Dame"},
        {"family": "García", "given": "María de los Ángeles"},
    ]
    reference, _ = item(author=people)

    humboldt, king, houten, lee, garcía = reference.names["author"]
    assert (humboldt.given, humboldt.dropping_particle) == ("Alexander", "von")
    assert (king.given, king.suffix) == ("Martin Luther", "Jr.")
    assert (houten.family, houten.dropping_particle) == ("van Houten", "")
    assert lee.given == "Ann, Dame"
    assert (garcía.given, garcía.dropping_particle) == ("María de los Ángeles", "")


def test_ranges_of_dates_in_words_and_italics_in_italics():
    reference, found = item(
        title="<i>On <i>Vibrio</i></i>", issued={"raw": "Spring 1999 - Summer 2001"}
    )

    assert found == []
    assert reference.dates["issued"].parts == ((1999, 21), (2001, 22))
    assert [run.text for run in reference.fields["title"] if run.italic] == ["On "]


@pytest.mark.parametrize(
    ("values", "code", "words"),
    [
        ({"author": [7]}, "bad-reference", "`author` of `k` is not a list of names"),
        ({"title": {"a": 1}}, "bad-reference", "`title` of `k` is not a text"),
        ({"issued": {"date-parts": "2019"}}, "bad-reference", "`issued` of `k` is not a date"),
        ({"issued": "some day"}, "bad-bibtex-date", "`some day` is not a date"),
        ({"type": "boook"}, "unknown-entry-type", "`boook` is an unknown type"),
        ({"URL": "javascript:alert(1)"}, "unsafe-link", "`URL` contains `javascript:"),
        ({"volume": "n/a"}, "repaired-bibtex", "`n/a` in `volume` is left out"),
    ],
    ids=lambda value: value if isinstance(value, str) and "-" in value else None,
)
def test_what_cannot_be_read_is_named_with_its_place(values, code, words):
    (name,) = values
    _, found = item(**values)

    assert [one.code for one in found] == [code]
    assert found[0].message.startswith(words)
    text = json.dumps([{"id": "k", "type": "book", "title": "Rain"} | values])
    if name not in ("title", "type"):
        assert found[0].span.column == text.index(f'"{name}"') + 2


@pytest.mark.parametrize(
    ("text", "place", "keys"),
    [
        ('[{"id": "a"}\n {"id": "b"}]', (2, 2), ["a"]),
        ('[{"id": "a"},\n {"id": }]', (2, 9), ["a"]),
        ("", (1, 1), []),
        ("@book{a, title = {Rain}}", (1, 1), []),
        ('[{"id": "a"}, 7]', (1, 15), ["a"]),
        ('{"libraries": []}', (1, 1), []),
        ("[" * 100_000, (1, 2), []),
        ('[{"id": "a", "volume": NaN}]', (1, 2), []),
        ('[{"id": "a"}]\n[{"id": "b"}]', (2, 1), ["a"]),
        ('[{"id": "a", "volume": ' + "9" * 5000 + "}]", (1, 2), []),
    ],
    ids=["comma", "value", "empty", "bibtex", "number", "other", "deep", "nan", "two", "digits"],
)
def test_a_broken_file_is_named_with_its_place(text, place, keys):
    library, (found,) = read_csl_json(text.encode(), "a.json")

    assert found.code == "bad-library"
    assert (found.span.line, found.span.column) == place
    assert list(library) == keys


def test_all_shapes_of_csl_json_are_read():
    one = '{"id": "a", "title": "Rain"}'
    for text in (f"[{one}]", f'{{"items": [{one}]}}', f'{{"x": 1, "references": [{one}]}}', one):
        library, found = read_csl_json(f"\ufeff{text}".encode(), "a.json")
        assert (list(library), found) == (["a"], [])


def test_keys_are_those_that_people_cite():
    library, found = items(
        {"id": "http://zotero.org/users/1/items/A", "citation-key": "lee2019", "title": "Rain"},
        {"title": "No key"},
        {"id": "lee2019", "title": "Again"},
    )

    assert list(library) == ["lee2019"]
    assert [one.code for one in found] == ["bad-reference"]
    assert [one.code for one in library.diagnostics("lee2019")] == ["duplicate-citation-key"]


def test_ris_is_read_as_programs_write_it():
    text = (
        "TY  - JOUR\nT1  - Rain and\n  roofs\nJO  - J. Rain\nT2  - Journal of Rain\n"
        "AU  - Lee, Ann\nAU  - Eurostat\nPY  - 2019\nDA  - 2019/03//\nSP  - 101-17\n"
        "VL  - 3\nDO  - 10.1257/x.1\nKW  - wet\nN1  - <p>What I think of it</p>\nER  -\n"
    )
    library, found = read_ris(text.encode(), "a.ris")
    reference = library["lee2019rain"]

    assert (found, library.diagnostics("lee2019rain")) == ([], [])
    assert reference.title == "Rain and roofs"
    assert "note" not in reference.fields
    assert plain(reference.fields["container-title"]) == "Journal of Rain"
    assert plain(reference.fields["page"]) == "101-17"
    assert reference.dates["issued"].parts == ((2019, 3),)
    first, second = reference.names["author"]
    assert (first.family, first.given, second.literal) == ("Lee", "Ann", "Eurostat")


@pytest.mark.parametrize(
    ("text", "code", "line", "keys"),
    [
        ("TY  - BOOK\nID  - a\nTI  - Rain\n", "bad-reference", 1, ["a"]),
        ("TY  - BOOK\nID  - a\nTY  - BOOK\nID  - b\nER  - \n", "bad-reference", 3, ["a", "b"]),
        ("[]\n", "bad-library", 1, []),
        ("TI  - Rain\nTY  - BOOK\nID  - a\nER  - \n", "bad-reference", 1, ["a"]),
    ],
    ids=["no end", "no end above", "json", "outside"],
)
def test_broken_ris_is_named_with_its_line(text, code, line, keys):
    library, (found,) = read_ris(text.encode(), "a.ris")

    assert (found.code, found.span.line, list(library)) == (code, line, keys)


@pytest.mark.parametrize(
    ("written", "parts", "literal"),
    [
        ("2019/05/12/Spring", ((2019, 5, 12),), ""),
        ("2019///Spring", ((2019,),), ""),
        ("Fall/Winter", (), "Fall/Winter"),
        ("a/" * 4000, (), ("a/" * 4000).rstrip("/")),
    ],
    ids=["day", "year", "words", "slashes"],
)
def test_words_behind_a_date_of_ris_are_no_part_of_it(written, parts, literal):
    text = f"TY  - JOUR\nID  - a\nTI  - Rain\nPY  - {written}\nER  - \n"
    library, _ = read_ris(text.encode(), "a.ris")

    issued = library["a"].dates["issued"]
    assert (issued.parts, issued.literal) == (parts, literal)


@settings(deadline=None)
@given(st.binary(max_size=300))
def test_no_bytes_make_the_readers_fail(content):
    for read in (read_csl_json, read_ris, read_csl_yaml):
        library, _ = read(content, "a.json")
        for key in library:
            library.diagnostics(key)


TEXTS = st.text("aZ1<>&/-,. :é\n", max_size=9)
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | TEXTS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXTS, inner),
    max_leaves=8,
)
NAMES = st.sampled_from(("title", "author", "issued", "page", "DOI", "URL", "note", "language"))


@settings(deadline=None)
@given(st.dictionaries(NAMES, VALUES))
def test_no_values_make_the_reader_fail(values):
    library, _ = read_csl_json(json.dumps([{"id": "k"} | values]).encode(), "a.json")
    for key in library:
        library.diagnostics(key)
        printed(library[key])


def test_texts_that_take_long_are_refused_or_read_fast():
    tags = "<i>" * 1000 + "</b>" * 1000
    stars = "**a " * 20_000
    assert item(title=tags)[0].title == tags
    assert [one.code for one in item(title=stars)[1]] == ["bad-reference"]
    front = f'---\nreferences: [{{id: a, title: "{stars}"}}]\n---\n\nRain [@a].\n'
    _, found = read_markdown(front, "rain.md", lambda name: b"", "en")
    assert [one.code for one in found] == ["bad-reference"]


def test_tags_that_are_not_nested_are_read_as_far_as_they_are():
    reference, _ = item(title="<i>Rain <b>on</i> roofs</b>")
    runs = [(run.text, run.italic) for run in reference.fields["title"]]
    assert runs == [("Rain <b>on", True), (" roofs</b>", False)]


def test_a_container_with_the_title_of_the_work_says_nothing():
    reference, _ = item(**{"container-title": "rain"})
    assert "container-title" not in reference.fields


@pytest.mark.parametrize("year", [10**30, -(10**5)])
def test_years_that_no_calendar_has_are_no_dates(year):
    reference, (found,) = item(issued={"date-parts": [[year]]})
    assert (reference.dates, found.code) == ({}, "bad-reference")


@pytest.mark.parametrize(("year", "written"), [(5, "0005"), (-1, "0000"), (-44, "-0043")])
def test_years_are_written_as_edtf_counts_them(year, written):
    reference, _ = item(issued={"date-parts": [[year]]})
    assert f"date = {{{written}}}" in re.sub(" +", " ", bibtex_entry(reference))


@pytest.mark.parametrize(
    ("parts", "kept"),
    [([2024, 6, 31], (2024, 6)), ([2024, 22, 5], (2024, 22)), ([2024, 6, 30], (2024, 6, 30))],
    ids=str,
)
def test_days_that_no_month_has_are_left_out(parts, kept):
    reference, _ = item(issued={"date-parts": [parts]})
    assert reference.dates["issued"].parts == (kept,)


def test_halves_of_characters_are_left_out():
    library, _ = items({"id": "k\ud800", "title": "R\udfffain", "author": ["\ud800Lee"]})
    assert (library["k"].title, library["k"].names["author"][0].literal) == ("Rain", "Lee")
    assert library["k"].written["title"].text == "Rain"


# Together ---------------------------------------------------------------------------------------

BRIEF = """\
---
title: Rain
bibliography: [a.bib, b.json, c.ris, d.yaml]
references:
  - id: own2020
    type: book
    title: "*Bacillus* in rain"
    author: [{family: Roe, given: Bea}]
    issued: {year: 2020}
---

Rain [@a; @b; @c; @d; @own2020].
"""
LIBRARIES = {
    "a.bib": "@book{a, title = {A}, author = {Lee, A.}, publisher = {P}, date = {2020}}\n",
    "b.json": '[{"id": "b", "type": "book", "title": "B"}]',
    "c.ris": "TY  - BOOK\nID  - c\nTI  - C\nER  - \n",
    "d.yaml": "---\nreferences:\n- id: d\n  type: book\n  title: D of *rain*\n...\n",
}


def project(folder, brief=BRIEF, **files):
    (folder / "briefs").mkdir()
    (folder / "briefs/rain.md").write_text(brief, "utf-8")
    for name, text in (LIBRARIES | files).items():
        (folder / "briefs" / name).write_text(text, "utf-8")
    return load_project(start=folder)


def test_one_brief_cites_from_libraries_of_every_format(tmp_path):
    (brief,) = project(tmp_path).briefs
    entries = {found.key: brief.numbered.entry(found) for found in brief.numbered.bibliography}

    assert list(entries) == ["a", "b", "c", "d", "own2020"]
    assert not brief.has_errors
    assert plain(entries["own2020"]) == "B. Roe, Bacillus in rain. 2020."
    assert "@book{b," in brief.numbered.cited_library


def test_libraries_stand_beside_the_brief_or_in_the_folder_of_the_project(tmp_path):
    (tmp_path / "c.ris").write_text(LIBRARIES["c.ris"], "utf-8")
    (brief,) = project(tmp_path, BRIEF.replace("c.ris", "./c.ris")).briefs
    assert not brief.has_errors

    (tmp_path / "briefs/c.ris").unlink()
    (tmp_path / "briefs/b.json").unlink()
    (tmp_path / "d.json").write_text("[]", "utf-8")
    (tmp_path / ".hidden.json").write_text("[]", "utf-8")
    (brief,) = load_project(start=tmp_path).briefs
    (missing,) = (d for d in brief.diagnostics if d.code == "missing-file")
    assert (missing.span.line, missing.message) == (3, "there is no file `b.json`")
    assert missing.hint == "here are: d.json"


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ("references:\n- id: a\n  title: b: c\n", 3, "the library is not YAML"),
        ("title: no list\n", 1, "it has no list of `references`"),
        ("[[[[[[[[[[[]]]]]]]]]]]", 1, "the library is nested too deeply"),
        ("- id: &a x\n- *a\n", 2, "YAML reads an alias"),
    ],
    ids=["colon", "no list", "deep", "alias"],
)
def test_a_library_that_is_no_csl_yaml_is_reported_with_its_line(text, line, message):
    _, (*_, found) = read_csl_yaml(text.encode(), "a.yaml")

    assert (found.code, found.span.line) == ("bad-library", line)
    assert message in found.message


def test_a_library_in_yaml_is_a_list_or_has_one():
    entry = "- id: a\n  title: A\n"
    texts = (entry, "references:\n  - {id: a, title: A}", f"---\n{entry}---\n")
    for text in texts:
        library, found = read_csl_yaml(text.encode(), "a.yaml")
        assert found == []
        assert library["a"].title == "A"


def test_a_key_in_two_libraries_is_found(tmp_path):
    twice = "TY  - BOOK\nID  - a\nTI  - Again\nER  - \nTY  - BOOK\nID  - own2020\nER  - \n"
    found = project(tmp_path, **{"c.ris": twice + LIBRARIES["c.ris"]}).briefs[0].diagnostics
    messages = [one.message for one in found if one.code == "duplicate-citation-key"]

    assert len(messages) == 2
    assert "`a` is already used at" in messages[0]
    assert "a.bib:1" in messages[0]
    assert "rain.md:5" in messages[1]


@pytest.mark.parametrize(
    "named", ["", "bibliography: my.bib\n"], ids=["no library", "another name"]
)
def test_without_a_library_one_key_stands_for_all_and_files_beside_are_named(tmp_path, named):
    (tmp_path / "My.bib").write_text("@misc{a, title={A}}", "utf-8")
    found = project(tmp_path, f"---\ntitle: T\n{named}---\n\nRain [@a; @b] and @c.\n")
    wrong = [one for one in found.briefs[0].diagnostics if one.severity.value == "error"]

    assert len(wrong) == 2
    assert {one.code for one in wrong} > {"unknown-citation"}
    assert any("My.bib" in one.hint for one in wrong)


def test_a_project_with_zoteros_library_needs_no_settings(tmp_path):
    found = project(tmp_path, "# Rain\n\nRain [@z].\n")
    assert [one.code for one in found.briefs[0].diagnostics if one.code == "missing-library"]

    (tmp_path / "references.json").write_text('[{"id": "z", "title": "Z"}]', "utf-8")
    assert not load_project(start=tmp_path).has_errors


@pytest.mark.parametrize(
    ("file", "text"),
    [
        ("_quarto.yml", "bibliography: more/z.json\n"),
        ("_quarto.yaml", "project: {type: book}\nbook:\n  bibliography: [/more/z.json]\n"),
        ("briefs/_quarto.yml", "website:\n  bibliography: ../more/z.json\n"),
        ("myst.yml", "version: 1\nproject:\n  bibliography:\n    - ./more/z.json\n"),
    ],
    ids=["quarto", "book", "beside", "myst"],
)
def test_a_project_file_of_quarto_or_myst_names_the_library_of_briefs_that_name_none(
    tmp_path, file, text
):
    (tmp_path / "more").mkdir()
    (tmp_path / "more/z.json").write_text('[{"id": "z", "title": "Z"}]', "utf-8")
    project(tmp_path, "---\ntitle: T\n---\n\nRain [@z].\n", **{f"../{file}": text})
    disk = Disk()
    assert not load_project(start=tmp_path, disk=disk).has_errors
    read = {place for place, note in disk.notes().items() if note.kind == "file"}
    assert {str(tmp_path / file), str(tmp_path / "more/z.json")} <= read  # a change of them counts

    (tmp_path / "references.json").write_text('[{"id": "other", "title": "O"}]', "utf-8")
    assert load_project(start=tmp_path).has_errors  # our own default comes first
    (tmp_path / "references.json").unlink()
    alone = tmp_path / "more/alone.md"
    alone.write_text("---\ntitle: T\n---\n\nRain [@z].\n", "utf-8")
    found = load_project([alone]).briefs[0].diagnostics
    assert "missing-library" in [one.code for one in found]  # the file is outside its project


@pytest.mark.parametrize(
    ("text", "code", "place"),
    [
        ("bibliography: z.bib\nformat: {a: *b}\n", "bad-project-file", (2, 13)),
        ("- a\n- b\n", "missing-library", (5, 6)),
        ("bibliography: {a: z.bib}\n", "missing-library", (5, 6)),
        ("book:\n  bibliography: gone.bib\n", "missing-file", (2, 17)),
        ("bibliography: ../../z.bib\n", "outside-project", (1, 15)),
        ("project:\n  bibliography: [https://example.org/z.bib]\n", "remote-file", (2, 18)),
    ],
    ids=["broken", "list", "mapping", "missing", "outside", "remote"],
)
def test_what_is_wrong_with_a_project_file_is_said_at_its_place(tmp_path, text, code, place):
    (tmp_path / "z.bib").write_text("@misc{z, title={Z}, author={Lee, Ann}, year={2019}}", "utf-8")
    brief = "---\ntitle: T\n---\n\nRain [@z].\n"
    (found,) = project(tmp_path, brief, **{"../_quarto.yml": text}).briefs

    [wrong] = [one for one in found.diagnostics if one.code == code]
    assert (wrong.span.line, wrong.span.column) == place
    assert found.has_errors == (code != "bad-project-file")


def test_references_of_the_front_matter_are_checked(tmp_path):
    text = "---\nreferences:\n- title: No id\n- id: a\n- id: a\n- word\n---\n\nRain [@a].\n"
    found = project(tmp_path, text).briefs[0].diagnostics
    codes = {(one.span.line, one.code) for one in found}

    assert {
        (3, "bad-reference"),
        (5, "duplicate-citation-key"),
        (6, "bad-front-matter-value"),
    } <= codes


def test_the_entries_of_any_library_can_be_listed(tmp_path):
    paths = []
    for name, text in LIBRARIES.items():
        (tmp_path / name).write_text(text, "utf-8")
        paths.append(tmp_path / name)

    library, _, found = load_library(paths)
    assert (list(library), found) == (["a", "b", "c", "d"], [])

"""The library that .bib files make: keys, names, dates, findings, and what is read when."""

import pytest
from bibtex_values import date_text, name_text, values_of
from spans import cut

from pipeline.diagnostics import Severity, Span
from pipeline.model.references import OTHERS, Name
from pipeline.readers.bibtex import blocks, decode, read_bibtex
from pipeline.readers.bibtex.latex import read_plain
from pipeline.readers.bibtex.names import read_names
from pipeline.readers.dates import read_date


def read(*texts):
    return read_bibtex([(text.encode(), f"{n}.bib") for n, text in enumerate(texts, start=1)])


def reference(fields, kind="book"):
    return read(f"@{kind}{{key, {fields}}}")[0]["key"]


# --- the library


def test_a_reference_knows_its_place_and_its_text():
    library, _ = read("\n@book{one,\n  title = {A}\n}\n\n  @misc{ two , title = {B}}\n")

    assert library.spans == {
        "one": Span.on_line("1.bib", 2, 7, 3),
        "two": Span.on_line("1.bib", 6, 10, 3),
    }
    assert library["one"].span == library.spans["one"]
    assert library["one"].source == "@book{one,\n  title = {A}\n}"


@pytest.mark.parametrize(
    ("entry", "doi"),
    [
        (
            "@article{key,\n  doi = {10.1/a},\n  abstract = {with doi = {10.1/b}}\n}",
            "doi = {10.1/a}",
        ),
        (
            '@article{key, note = {doi = {10.1/b}}, DOI\n  =\n  "10.1/" # "a",}',
            'DOI\n  =\n  "10.1/" # "a"',
        ),
        # Read by our own rules, because they end with a parenthesis, or lack a comma:
        ("@article(key, note = {a, doi = {10.1/b}}, doi = {10.1/a})", "doi = {10.1/a}"),
        ("@ article {key, note = {doi = {10.1/b}}\n doi = {10.1/a}}", "doi = {10.1/a}"),
    ],
)
def test_a_field_knows_what_was_written_and_where(entry, doi):
    text = f"% doi = {{10.1/c}}\n@book{{other, doi = {{10.1/d}}}}\n{entry}\n"
    reference = read(text)[0]["key"]
    field = reference.field("url", "doi")

    assert (reference.entry_type, field.text) == ("article", "10.1/a")
    assert cut(text, field.span) == doi
    assert cut(text, field.name_span) == doi[:3]
    assert (reference.place("url", "doi"), reference.place("url")) == (
        field.name_span,
        reference.span,
    )


def test_what_bibtexparser_can_read_is_read_by_it(monkeypatch):
    monkeypatch.setattr(blocks, "repair", lambda *values: pytest.fail("repaired"))
    fields = 'author = {Ann {Lee}},\n\n  YEAR=2020 , note = "a, b" # {c},\n'

    assert set(reference(fields).written) == {"author", "year", "note"}


def test_only_the_fields_of_the_entry_itself_were_written_there():
    parent = "@proceedings{rains, title = {Rains}, publisher = {Roof}}\n"
    child = (
        "@string{b = {Bo}} @inproceedings{key, crossref = {rains}, author = b # { Lee}, url = { }}"
    )
    reference = read(parent + child)[0]["key"]

    assert {name: found.text for name, found in reference.written.items()} == {
        "crossref": "rains",
        "author": "Bo Lee",
    }


def test_only_references_that_are_asked_for_are_decoded(monkeypatch):
    decoded = []
    item = decode.Item
    monkeypatch.setattr(decode, "Item", lambda *values: decoded.append(values) or item(*values))

    library, _ = read("@book{one, title = {A}} @book{two, title = {B}} @book{three, title = {C}}")
    assert (len(library), decoded) == (3, [])
    assert library["two"].title == library["two"].title == "B"
    assert len(decoded) == 1


def test_files_are_one_library_in_order():
    library, found = read(
        "@string{p = {North}} @book{one, title = {A}}", "@book{two, publisher = p}"
    )

    assert list(library) == ["one", "two"]
    assert values_of(library["two"])["publisher"] == "North"
    assert found == []


def test_a_macro_is_what_was_defined_last_before_the_entry():
    library, _ = read(
        "@string{p = {A}} @book{one, publisher = p}",
        "@string{P = {B}} @book{two, publisher = p} @string{q = p} @string{p = {C}}"
        "@book{three, publisher = q # { } # p # { } # later} @string{later = {D}}",
    )

    assert [values_of(library[key])["publisher"] for key in library] == ["A", "B", "B C D"]


def test_a_duplicate_key_is_an_error_for_those_who_cite_it_only():
    library, found = read("@book{one, title = {A}}", "\n@book{one, title = {B}}")

    assert [(d.code, d.severity, d.span) for d in found] == [
        ("duplicate-citation-key", Severity.WARNING, Span.on_line("2.bib", 2, 7, 3))
    ]
    assert "1.bib:1" in found[0].message
    assert [d.severity for d in library.diagnostics("one")] == [Severity.ERROR]
    assert library["one"].title == "A"


def test_a_child_of_a_broken_parent_says_what_is_wrong_with_the_parent():
    library, _ = read("@inbook{one, crossref = {two}}\n@book{two, title = {A {B}, year = 1999}\n")

    assert [(d.code, d.span.line) for d in library.diagnostics("one")] == [("bad-bibtex", 2)]


def test_an_own_date_is_not_mixed_with_parts_of_a_parents_date():
    library, _ = read(
        "@inbook{one, crossref = {two}, year = 2020}\n@book{two, year = 1999, month = mar, day = 2}"
    )

    assert [values_of(library[key])["issued"] for key in library] == ["2020", "1999-3-2"]


def test_one_line_in_another_encoding_does_not_spoil_the_others():
    content = "@book{one, title = {Énergie}}\n".encode() + "@book{two, title = {Öl}}\n".encode(
        "cp1252"
    )
    library, found = read_bibtex([(content, "1.bib")])

    assert [library[key].title for key in library] == ["Énergie", "Öl"]
    assert [(d.code, d.span.line) for d in found] == [("bibtex-encoding", 2)]
    assert "cp1252" in found[0].message


def test_an_address_that_could_run_code_is_no_link_and_is_said():
    library, _ = read("@misc{one, title = {A}, url = {javascript:alert(1)}}")

    assert [run.href for run in library["one"].fields["URL"]] == [""]
    assert [d.code for d in library.diagnostics("one")] == ["unsafe-link"]


def test_archives_and_access_dates_are_read():
    values = values_of(
        reference(
            "url = {https://a.org}, urldate = {2026-01-28},"
            "archiveurl = {https://archive.example/a}, archivedate = {2025-12-01}"
        )
    )

    assert values["accessed"] == "2026-1-28"
    assert (values["archive-url"], values["archived"]) == ("https://archive.example/a", "2025-12-1")


def test_titles_keep_their_case_and_take_no_second_stop():
    assert reference("title = {Who PAYS? An Account}, subtitle = {of the EU}").title == (
        "Who PAYS? An Account: of the EU"
    )
    assert reference("title = {Who pays?}, subtitle = {You}").title == "Who pays? You"


@pytest.mark.parametrize(
    ("fields", "address"),
    [
        ("eprint = {2101.00001}, archiveprefix = {arXiv}", "https://arxiv.org/abs/2101.00001"),
        ("eprint = {123}, eprinttype = {pubmed}", "https://www.ncbi.nlm.nih.gov/pubmed/123"),
        ("eprint = {123}", None),
        ("url = {https://a.org}, eprint = {1}, eprinttype = {jstor}", "https://a.org"),
        (r"howpublished = {\url{https://a.org}}", "https://a.org"),
        (r"howpublished = {Posted at \url{https://a.org}}", None),
        ("url = {https://a.org/x_1 https://b.org}", "https://a.org/x_1"),
        (r"url = {https://a.org/x{\_}1{\%}5Cnhttps://b.org}", "https://a.org/x_1"),
        (r"url = {https://a.org/x\nhttps://b.org}", "https://a.org/x"),
    ],
)
def test_an_address_is_found_where_it_stands(fields, address):
    assert values_of(reference(fields)).get("URL") == address


@pytest.mark.parametrize(
    ("fields", "values"),
    [
        ("pages = {pp. 115--36}", {"page": "115-36"}),
        ("pages = {p.S12}", {"page": "S12"}),
        ("pages = {2867--2867}", {"page": "2867"}),
        ("pages = {xii, 267 p.}", {"page": "xii, 267 p."}),
        ("pages = {-}", {"page": None}),
        ("address = {Lee, Mass. and New York}", {"publisher-place": "Lee, Mass.; New York"}),
        ("address = {Trinidad and Tobago}", {"publisher-place": "Trinidad and Tobago"}),
        ("location = {{Ann and Bo}}", {"publisher-place": "Ann and Bo"}),
        ("publisher = {Lee and Sons}", {"publisher": "Lee and Sons"}),
        ("year = 2015, number = 4, issue = {March}", {"issue": "4", "issued": "2015-3"}),
        ("year = 2015, issue = {Jul/Aug}", {"issue": None, "issued": "2015-7/2015-8"}),
        ("date = {2015}, issue = {Spring}", {"issue": None, "issued": "spring 2015"}),
        ("date = {2015-03}, number = {Spring}", {"issue": None, "issued": "2015-3"}),
        ("year = 2015, issue = {Marine}", {"issue": "Marine", "issued": "2015"}),
        ("year = 2015, issue = {jan08 15}", {"issue": "jan08 15", "issued": "2015"}),
        ("note = {PMID: 23635051}", {"PMID": "23635051", "note": None}),
        ("note = {DOI: 10.1/a (seen).}", {"DOI": "10.1/a", "note": "(seen)."}),
        ("note = {DOI: 10.1/a}, doi = {10.1/b}", {"DOI": "10.1/b", "note": "DOI: 10.1/a"}),
        ("doi = {10.1371/ journal.pone.1}", {"DOI": "10.1371/journal.pone.1"}),
        ("doi = {URN: nbn:de:1}", {"DOI": "URN: nbn:de:1"}),
        ("shortjournal = {J. Gas}", {"container-title-short": "J. Gas"}),
        ("series = 2", {"collection-title": "2nd series"}),
        ("editor = {Lee, Ann}, editora = {Lee, Ann and Roy, Bo}", {"editor": "Lee, Ann; Roy, Bo"}),
        ("language = {en}", {"language": None}),
        ("langid = {en}, language = {de}", {"language": "en"}),
    ],
)
def test_fields_are_read_as_they_are_meant(fields, values):
    found = values_of(reference(fields, "article"))

    assert {variable: found.get(variable) for variable in values} == values


def test_what_control_a_key_may_hold_is_none():
    library, _ = read("@book{a\x00b\x1b, title = {A\x07B\ufffe}}")

    assert {key: library[key].title for key in library} == {"ab": "AB"}


# --- names

NAMES = {
    "Donald E. Knuth": "Knuth, Donald E.",
    "Knuth, Donald E.": "Knuth, Donald E.",
    "Ludwig van Beethoven": "Beethoven, Ludwig van",
    "van der Berg, Jan": "Berg, Jan van der",
    "Charles Louis Xavier Joseph de la Vall{\\'e}e Poussin": (
        "Vallée Poussin, Charles Louis Xavier Joseph de la"
    ),
    "Nazelle, Audrey de": "Nazelle, Audrey de",
    "King, Jr., Martin Luther": "King, Jr., Martin Luther",
    "H. E. Kyburg, Jr.": "Kyburg, Jr., H. E.",
    "H. E. Kyburg, Jr.,": "Kyburg, Jr., H. E.",
    "{World Bank}": "World Bank",
    "{Plato}": "Plato",
    "{{Ministry of Trade and Industry}}": "Ministry of Trade and Industry",
    "Plato": "Plato",
    "J.G. Smith": "Smith, J. G.",
    "Smith, J.-P.": "Smith, J.-P.",
    "D.~E. Knuth": "Knuth, D. E.",
    "{Barnes and Noble} and Ann Roy": "Barnes and Noble; Roy, Ann",
    "Ann Roy AND Bo Lee": "Roy, Ann; Lee, Bo",
    "Ann Roy and others": "Roy, Ann; others",
    "Roy, Ann, et al.": "Roy, Ann; others",
    "Ann Roy et al": "Roy, Ann; others",
    "family=Humboldt, given=Alexander, prefix=von": "Humboldt, Alexander von",
    "family=Haddad, given=S.A., prefix=al-, useprefix=true": "al- Haddad, S. A.",
    '"{\\O}stergaard, Bo"': '"Østergaard, Bo"',
    "{\\O}ystein Berg": "Berg, Øystein",
    "山田, 太郎": "山田, 太郎",
    "محمد، علي and 山田，太郎": "محمد, علي; 山田, 太郎",
    "Doe,": "Doe",
    "A, B, C, D": "A, B C, D",
    "": "",
    "and": "and",
    " and and and ": "and",
    ", , ,": ", , ,",
    "{}": "",
}


@pytest.mark.parametrize(("written", "names"), NAMES.items(), ids=list(NAMES))
def test_names_are_read(written, names):
    assert "; ".join(name_text(name) for name in read_names(written, read_plain)) == names


def test_others_stand_at_the_end_once():
    names = read_names("Ann Roy and others and Bo Lee and others", read_plain)

    assert names == (Name("Roy", "Ann"), Name("Lee", "Bo"), OTHERS)


def test_the_option_makes_particles_a_part_of_the_name():
    assert read_names("Ludwig van Beethoven", read_plain, use_prefix=True) == (
        Name("Beethoven", "Ludwig", non_dropping_particle="van"),
    )


# --- dates

DATES = [
    ({"date": "2026-01-28"}, "2026-1-28"),
    ({"date": "2026-01"}, "2026-1"),
    ({"date": "2026"}, "2026"),
    ({"date": "2020-03/2020-05"}, "2020-3/2020-5"),
    ({"date": "2020/.."}, "2020/"),
    ({"date": "2020/"}, "2020/"),
    ({"date": "../2020"}, "/2020"),
    ({"date": "2020~"}, "2020~"),
    ({"date": "2020-05?"}, "2020-5~"),
    ({"date": "2020%/2021"}, "2020/2021~"),
    ({"date": "2020?~"}, "2020~"),
    ({"date": "1999-uu"}, "1999"),
    ({"date": "2004-XX-XX"}, "2004"),
    ({"date": "2001-21"}, "spring 2001"),
    ({"date": "2001-24"}, "winter 2001"),
    ({"date": "-0043"}, "-44"),
    ({"date": "2020-12-01T10:00:00Z"}, "2020-12-1"),
    ({"date": "28 January 2026"}, "2026-1-28"),
    ({"date": "January 28, 2026"}, "2026-1-28"),
    ({"date": "2019-13-45"}, "2019-13-45"),
    ({"date": "Y17000"}, "17000"),
    ({"date": "199X"}, "199X"),
    ({"date": "soon"}, "soon"),
    ({"date": "1/2/3"}, "1/2/3"),
    ({"year": "2020"}, "2020"),
    ({"year": "2020", "month": "3"}, "2020-3"),
    ({"year": "2020", "month": "03", "day": "9"}, "2020-3-9"),
    ({"year": "2020", "month": "March"}, "2020-3"),
    ({"year": "2020", "month": "15 März"}, "2020-3-15"),
    ({"year": "2020", "month": "July 4"}, "2020-7-4"),
    ({"year": "2020", "month": "May/June"}, "2020-5/2020-6"),
    ({"year": "2020", "month": "5--6"}, "2020-5/2020-6"),
    ({"year": "2020", "month": "Spring"}, "spring 2020"),
    ({"year": "2020", "month": "soon"}, "soon 2020"),
    ({"year": "2020", "month": "25"}, "2020"),
    ({"year": "2020", "month": "2", "day": "31"}, "2020-2"),
    *(({"year": "2020", "month": m, "day": "31"}, f"2020-{m}") for m in ("4", "6", "9", "11")),
    ({"year": "2019/20"}, "2019/2020"),
    ({"year": "1998--1999"}, "1998/1999"),
    ({"year": "1998--"}, "1998/"),
    ({"year": "c. 1850"}, "1850~"),
    ({"year": "[1850?]"}, "[1850?]"),
    ({"year": "1850?"}, "1850~"),
    ({"year": "forthcoming"}, "forthcoming"),
    ({"year": "2020-05-06"}, "2020-5-6"),
    ({"year": "9" * 6000, "day": "9" * 6000}, "9" * 6000 + " " + "9" * 6000),
]


@pytest.mark.parametrize(("fields", "text"), DATES, ids=[str(f)[:60] for f, _ in DATES])
def test_dates_are_read(fields, text):
    date = read_date(fields)

    assert date is not None
    assert date_text(date) == text


def test_no_date_is_no_date():
    assert read_date({"month": "3"}) is None


@pytest.mark.parametrize("fields", ["year = {soon}", "date = {2020-13}", "year = 2020, month = 25"])
def test_a_date_that_cannot_be_read_is_said(fields):
    library, _ = read(f"@book{{key, {fields}}}")

    assert [d.code for d in library.diagnostics("key")] == ["bad-bibtex-date"]


# Of biblatex's manual, 2.1.1 to 2.1.4.
TYPES = """
article book mvbook inbook bookinbook suppbook booklet collection mvcollection incollection
suppcollection dataset manual misc online patent periodical suppperiodical proceedings mvproceedings
inproceedings reference mvreference inreference report set software thesis unpublished xdata
customa customb customc customd custome customf conference electronic mastersthesis phdthesis
techreport www artwork audio commentary image jurisdiction legislation legal letter movie music
performance review standard video
"""


def test_every_type_of_biblatex_is_known():
    library, _ = read(*(f"@{kind}{{{kind}, title={{T}}}}" for kind in TYPES.split()))
    said = {kind: [d.code for d in library.diagnostics(kind)] for kind in library.spans}

    assert said.keys() == set(TYPES.split()) - {"xdata"}
    assert [kind for kind, codes in said.items() if "unknown-entry-type" in codes] == []


@pytest.mark.parametrize(("title", "severity"), [("Rain", "warning"), ("Snow", "error")])
def test_an_entry_that_stands_twice_word_for_word_is_no_error(title, severity):
    text = f"@book{{a,\n title = {{Rain}}}}\n@book{{a, title = {{{title}}}}}\n"
    library, _ = read_bibtex([(text.encode(), "a.bib")])

    assert [
        d.severity.value for d in library.diagnostics("a") if d.code == "duplicate-citation-key"
    ] == [severity]

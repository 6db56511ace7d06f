"""`brief add` and `brief bib tidy`: what they write, and what they leave alone."""

import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.cli import adding, main
from pipeline.entering import (
    LookUpError,
    Services,
    add_entry,
    doi_in,
    isbn_in,
    look_up,
    tidied,
    tidying,
)
from pipeline.entering.keys import Pattern, key_of, pattern_of
from pipeline.model.references import plain
from pipeline.readers.bibtex import read_bibtex
from pipeline.sources import Limits

BIB = """\
% Our library. Do not sort!
@string{north = "North Press"}

@book{zhou2018,
author = {Zhou, Wei}, title = {Zinc}, publisher = north, date = 2018 }
@comment{kept}
@article{lee2019, author={Lee, Ann}, title={Rain and Roofs}, journal={J}, year=2019,
  doi = {10.1257/jep.20.4.157}}
"""
ITEM = {
    "id": "http://zotero.org/1",
    "type": "article-journal",
    "title": "Water & 50 % of <i>E. coli</i>",
    "author": [{"family": "Núñez", "given": "María"}, {"literal": "Bank of {England}"}],
    "container-title": "Journal of Water",
    "issued": {"date-parts": [[2021, 3]]},
    "page": "1-9",
    "DOI": "10.1000/xyz_1",
}


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "briefs").mkdir()
    (tmp_path / "references.bib").write_bytes(BIB.encode())
    (tmp_path / "zotero.json").write_text(json.dumps([ITEM]), "utf-8")
    return tmp_path


def references(content, path="a.bib"):
    return read_bibtex([(content.encode() if isinstance(content, str) else content, path)])[0]


def test_an_entry_is_appended_and_nothing_else_changes(folder, capsys):
    assert main(["add", "zotero.json"]) == 0
    text = (folder / "references.bib").read_text("utf-8")

    assert text.startswith(BIB)
    assert text.removeprefix(BIB) == (
        "\n@article{nunez2021,\n"
        "  author       = {Núñez, María and {Bank of \\{England\\}}},\n"
        "  title        = {Water \\& 50 \\% of \\textit{E. coli}},\n"
        "  journaltitle = {Journal of Water},\n"
        "  date         = {2021-03},\n"
        "  pages        = {1--9},\n"
        "  doi          = {10.1000/xyz_1},\n"
        "}\n"
    )
    assert "added `nunez2021`" in capsys.readouterr().out


def test_what_is_there_is_not_added_again(folder, capsys):
    assert main(["add", "zotero.json"]) == 0
    before = (folder / "references.bib").read_bytes()

    assert main(["add", "zotero.json"]) == 1
    assert (folder / "references.bib").read_bytes() == before
    assert "it is already there, as `nunez2021`" in capsys.readouterr().err


def test_an_entry_that_says_nothing_is_not_added(folder, capsys):
    (folder / "empty.bib").write_text("@misc{void,\n}\n", "utf-8")
    before = (folder / "references.bib").read_bytes()

    assert main(["add", "empty.bib"]) == 1
    assert (folder / "references.bib").read_bytes() == before
    assert "`void`: it has no title, no author and no date" in capsys.readouterr().err


def test_what_bibtex_cannot_hold_is_said(folder, capsys):
    people = [{"family": "Roe", "given": "Bea"}]
    odd = ITEM | {"type": "broadcast", "DOI": "", "title": "Snow", "composer": people}
    odd |= {"number": "7", "medium": "Radio"}
    (folder / "odd.json").write_text(json.dumps([odd]), "utf-8")

    assert main(["add", "odd.json"]) == 0
    assert "BibTeX cannot hold all of it; it prints: " in capsys.readouterr().err


def test_permissions_of_the_file_stay(folder):
    (folder / "references.bib").chmod(0o640)
    assert main(["add", "zotero.json"]) == 0
    assert (folder / "references.bib").stat().st_mode & 0o777 == 0o640


def test_a_dry_run_prints_and_writes_nothing(folder, capsys):
    assert main(["add", "--dry-run", "--key", "mine", "zotero.json"]) == 0
    assert "@article{mine," in capsys.readouterr().out
    assert (folder / "references.bib").read_bytes() == BIB.encode()


def test_a_library_is_begun_where_there_is_none(folder):
    (folder / "new.ris").write_text("TY  - BOOK\nTI  - Snow\nAU  - Roe, B.\nPY  - 2020\nER  - \n")
    assert main(["add", "--bib", "own.bib", "new.ris"]) == 0
    assert list(references((folder / "own.bib").read_bytes())) == ["roe2020snow"]


@pytest.mark.parametrize(
    "what", ["10.1257/jep.20.4.157", "978-0-306-40615-7", "https://example.org/a", "none.json"]
)
def test_without_leave_nothing_is_looked_up(what, folder, capsys, monkeypatch):
    monkeypatch.setattr(adding, "look_up", lambda *arguments: pytest.fail("network"))
    assert main(["add", what]) == 1
    assert (folder / "references.bib").read_bytes() == BIB.encode()


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        ("@book{a, title = {Rain}", "the last entry of the file is broken"),
        ("@book{a, title = {Caf\xe9}}".encode("latin-1"), "the file is not UTF-8"),
    ],
    ids=["open", "latin-1"],
)
def test_a_file_that_would_suffer_is_left_alone(content, problem):
    reference = references("@book{b, title = {Snow}, author = {Roe, B.}, date = {2020}}")["b"]
    content = content if isinstance(content, bytes) else content.encode()
    after, added = add_entry(content, "a.bib", reference)

    assert after == content
    assert added.problem.startswith(problem)


def test_line_ends_of_the_file_are_kept():
    reference = references("@book{b, title = {Snow}, author = {Roe, B.}, date = {2020}}")["b"]
    after, added = add_entry(BIB.replace("\n", "\r\n").encode(), "a.bib", reference)

    assert added.key == "roe2020"
    assert b"\n" not in after.replace(b"\r\n", b"")


@pytest.mark.parametrize(
    ("keys", "expected"),
    [
        (("lee2019", "poe2020"), "roe2021"),
        (("Lee2019", "Poe2020"), "Roe2021"),
        (("lee_water_2019", "poe_water_2020"), "roe_water_2021"),
        (("lee2019water", "poe2020water"), "roe2021water"),
        (("Lee:19", "Poe:20"), "Roe:21"),
        (("a", "b"), "roe2021water"),
        (("lee2019", "poe2020", "roe2021"), "roe2021a"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else None,
)
def test_keys_follow_the_pattern_of_the_library(keys, expected):
    people = ("Lee, A.", "Poe, B.", "Roe, C.")
    entry = "@book{{{}, author = {{{}}}, title = {{The Water}}, date = {{{}}}}}"
    found = (entry.format(*each) for each in zip(keys, people, (2019, 2020, 2021), strict=False))
    library = references("\n".join(found))
    new = references(entry.format("x", "Roe, C.", 2021))["x"]

    assert key_of(new, pattern_of(library.values()), library) == expected


def test_an_organisation_has_a_short_key():
    text = "@report{x, author = {{World Health Organization}}, title = {Air}, date = {2021}}"
    assert key_of(references(text)["x"], Pattern(), ()) == "who2021air"


# Looking up --------------------------------------------------------------------------------------

PAGE = """<html><head><title>Fallback</title>
<meta name="citation_title" content="Heat &amp; homes">
<meta name="citation_author" content="Ann Lee"><meta name='citation_author' content='Roe, Bea'>
<meta content="2022-05-06T10:00" property="article:published_time">
<meta property="og:site_name" content="Institute of Heat"></head></html>"""
BOOK = {
    "ISBN:9780306406157": {
        "title": "Rivers",
        "subtitle": "A history",
        "authors": [{"name": "Ann Lee"}, {"name": "World Health Organization"}],
        "publishers": [{"name": "North Press"}],
        "publish_date": "May 3, 1999",
    }
}


class Server(BaseHTTPRequestHandler):
    def do_GET(self):
        if self.path.startswith("/doi/10.1000/xyz_1"):
            known = "citationstyles" in self.headers["Accept"]
            return self.answer(200 if known else 406, json.dumps(ITEM))
        if self.path.startswith("/isbn/"):
            return self.answer(200, json.dumps(BOOK if "9780306406157" in self.path else {}))
        if self.path == "/page":
            return self.answer(200, PAGE)
        if self.path == "/paper":
            return self.answer(200, '<meta name="citation_doi" content="10.1000/xyz_1">')
        return self.answer(404, "")

    def answer(self, status, text):
        self.send_response(status)
        self.send_header("Content-Length", str(len(text.encode())))
        self.end_headers()
        self.wfile.write(text.encode())

    def log_message(self, *arguments):
        pass


@pytest.fixture
def site():
    server = ThreadingHTTPServer(("127.0.0.1", 0), Server)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def found(site, text, private=True):
    services = Services(f"{site}/doi/", f"{site}/isbn/")
    limits = Limits(seconds=5, private=private)
    reference, diagnostics = look_up(text, "2026-01-28", limits, services)
    assert diagnostics == []
    return reference


@pytest.mark.parametrize("text", ["10.1000/xyz_1", "https://doi.org/10.1000/xyz_1", "/paper"])
def test_a_doi_is_looked_up(text, site):
    reference = found(site, site + text if text.startswith("/") else text)
    assert reference.title == "Water & 50 % of E. coli"


def test_an_isbn_is_looked_up(site):
    reference = found(site, "ISBN 978-0-306-40615-7")
    person, organisation = reference.names["author"]

    assert reference.title == "Rivers: A history"
    assert (person.family, organisation.literal) == ("Lee", "World Health Organization")
    assert reference.dates["issued"].parts == ((1999,),)


def test_a_page_is_asked_what_it_is(site):
    reference = found(site, f"{site}/page")

    assert reference.title == "Heat & homes"
    assert [name.family for name in reference.names["author"]] == ["Lee", "Roe"]
    assert reference.dates["issued"].parts == ((2022, 5, 6),)
    assert plain(reference.fields["publisher"]) == "Institute of Heat"
    assert reference.dates["accessed"].parts == ((2026, 1, 28),)


def test_what_is_not_found_is_said(site):
    for text in (f"{site}/none", "10.1000/none", "9781861972712"):
        with pytest.raises(LookUpError):
            found(site, text)


def test_private_networks_are_not_asked(site):
    with pytest.raises(LookUpError, match="private network"):
        found(site, f"{site}/page", private=False)


def test_the_command_looks_up_with_leave(folder, site, capsys):
    assert main(["add", "--fetch", "--allow-private", f"{site}/page"]) == 0
    assert "lee2022" in references((folder / "references.bib").read_bytes())


@pytest.mark.parametrize(
    ("text", "isbn"),
    [("0-306-40615-2", "0306406152"), ("080442957X", "080442957X"), ("978-0-306-40615-8", "")],
)
def test_isbns_are_checked(text, isbn):
    assert isbn_in(text) == isbn
    assert doi_in(text) == ""


# Order -------------------------------------------------------------------------------------------


def test_entries_are_sorted_and_aligned_between_what_divides_them(folder, capsys):
    assert main(["bib", "tidy", "--check"]) == 1
    assert main(["bib", "tidy"]) == 0
    assert (folder / "references.bib").read_text("utf-8") == (
        '% Our library. Do not sort!\n@string{north = "North Press"}\n\n'
        "@book{zhou2018,\n  author    = {Zhou, Wei},\n  title     = {Zinc},\n"
        "  publisher = north,\n  date      = 2018,\n}\n@comment{kept}\n"
        "@article{lee2019,\n  author  = {Lee, Ann},\n  title   = {Rain and Roofs},\n"
        "  journal = {J},\n  year    = 2019,\n  doi     = {10.1257/jep.20.4.157},\n}\n"
    )
    assert main(["bib", "tidy", "--check"]) == 0


def test_a_parent_stays_behind_its_children():
    text = "@book{a, title = {A}}\n\n@inbook{b, crossref = {a}, title = {B}}\n"
    assert list(references(tidied(text, "a.bib"))) == ["b", "a"]


def test_what_would_be_lost_stays_as_it_is():
    odd = "@book{b,\n  title={B} % a note\n ,year = 2020, year = 2021}"
    assert odd in tidied(f"@book{{c, title={{C}}}}\n{odd}\n", "a.bib")


def test_an_entry_that_is_never_closed_is_named(folder, capsys):
    path = folder / "references.bib"
    path.write_text(BIB + "\n@book{open, title={Rain, year=2001}\n", "utf-8")

    assert main(["bib", "tidy"]) == 1
    assert "the value of `title` begins with `{` and is never closed" in capsys.readouterr().err
    assert "@book{open, title={Rain, year=2001}" in path.read_text("utf-8")
    assert main(["bib", "tidy", "--check"]) == 1


def test_an_order_that_changed_a_meaning_would_be_refused(folder, capsys, monkeypatch):
    monkeypatch.setattr(tidying, "tidy_bibtex", lambda text, *_: text.replace("Zinc", "Tin"))

    assert main(["bib", "tidy"]) == 1
    assert (folder / "references.bib").read_bytes() == BIB.encode()
    assert "without a change of meaning" in capsys.readouterr().err


PIECES = st.lists(
    st.sampled_from(
        [
            "@book{k, title = {K}, year = 2001}",
            '@article{z, title = "Z" # mac, author={Lee, A.}, crossref = {k}}',
            "@Misc(p, title = {P})",
            "@book{k, title = {again}}",
            "@string{mac = {X}}",
            '@string(mac = "Y")',
            "@comment{ @book{no, title={N}} }",
            "% a line @book",
            "text between",
            "@book{open, title = {O}",
            "@xdata{x, publisher = {P}}",
            "@book{m, xdata = {x}, title = {M {\\'e} n}, note = {two\n\n  lines}}",
            "@book{, title = {no key}}",
            "\r\n",
        ]
    ),
    max_size=8,
)


@settings(deadline=None)
@given(PIECES, st.sampled_from(["\n", "\n\n", " ", "\r\n"]))
def test_a_library_in_order_is_the_same_library(pieces, between):
    text = between.join(pieces)
    after = tidied(text, "a.bib")
    if after is not None:
        before, now = references(text), references(after)
        assert before.keys() == now.keys()
        assert all(before[key] == now[key] for key in before)
        assert tidied(after, "a.bib") in (after, None)


SLIPS = {
    "doi of an address": ("doi = {https://doi.org/10.1000/a.b}", "doi = {10.1000/a.b}"),
    "pages": ("pages = {12-15, 20–21}", "pages = {12--15, 20--21}"),
    "pages of an article": ("pages = {e12-15}", "pages = {e12-15}"),
    "double braces": ("year = {{2020}}", "year = {2020}"),
    "braces of a title": ("title = {{NATO}}", "title = {{NATO}}"),
    "month": ('month = "March"', "month = mar"),
    "number of a month": ("month = {3}", "month = mar"),
    "months": ("month = {March--April}", "month = {March--April}"),
    "url": (r"url = {\url{https://example.org/a_b}}", "url = {https://example.org/a_b}"),
}


@pytest.mark.parametrize(("before", "after"), SLIPS.values(), ids=SLIPS)
def test_slips_with_one_sure_remedy_are_put_right(before, after):
    found = tidying.tidied(f"@article{{a,\n  {before},\n}}\n", "a.bib")

    assert found == f"@article{{a,\n  {after},\n}}\n"
    assert tidying.tidied(found, "a.bib") == found


VALUES = st.sampled_from(
    ["{3}", "{{3}}", "{1-2}", '"1–2"', "mar", "{mar}", "{Mar.}", "{https://doi.org/10.1000/x}", "3",
     r"{\url{https://a.org}}", "{{A and B}}", "{1 - 2, 4}", '"{a}"', "{a} # mar", "{13}"]
)  # fmt: skip
FIELDS = ("author", "title", "month", "pages", "doi", "url", "year", "number", "date", "volume")


@settings(deadline=None)
@given(st.dictionaries(st.sampled_from(FIELDS), VALUES))
def test_what_is_put_right_reads_as_before(values):
    rows = "".join(f"  {name} = {value},\n" for name, value in values.items())
    text = f"@article{{a,\n{rows}}}\n"
    found = tidying.tidied(text, "a.bib")

    assert found is not None
    assert references(found)["a"] == references(text)["a"]
    assert tidying.tidied(found, "a.bib") == found

"""Nothing in a .bib file can run, or become part of the markup of an output."""

import json
import re
import zipfile
from io import BytesIO

import pikepdf
import pytest
from lxml import etree
from proved import wrong
from rich_brief import cite, par, rich

from pipeline.build.proof import read_back
from pipeline.cli import main
from pipeline.project.stages import prepare
from pipeline.readers.bibtex import read_bibtex
from pipeline.styles import load_styles
from pipeline.writers import WRITERS

STYLES = load_styles(None)[0]
CROWD = " and ".join(f"Roe{number}, Bea" for number in range(10_000))
TEXTS = {
    "script": "<script>alert(1)</script><img src=x onerror=alert(1)>",
    "cdata": "]]> <![CDATA[ --> </w:t></w:r> &lt;script&gt; &amp; </style>",
    "field": r"""\{ HYPERLINK "http://example.org" \} DDEAUTO c:/cmd.exe "/c calc" REF ref_a""",
    "template": r"\{\{ 7*7 \}\} \{\% include 'x' \%\} \$\{7*7\} %s %d",
    "controls": "\x00a\x07b\x1bc\u202edcba\ufeff",
}
BIB = (
    "".join(
        f"@online{{{key}, author={{{text}}}, title={{{text}}}, publisher={{{text}}}, year=2020, "
        f"note={{{text}}}, url={{javascript:alert(1)}}, archiveurl={{javascript:alert(2)}}}}\n"
        for key, text in TEXTS.items()
    )
    + f"@book{{crowd, author={{{CROWD}}}, title={{A crowd}}, publisher={{P}}, year=2020}}\n"
    + "@book{'><b>key, title={A key}, year=2020}\n"
)
KEYS = (*TEXTS, "crowd", "'><b>key")


@pytest.fixture(scope="module", params=["html", "docx", "pdf"])
def output(request):
    """The format, the numbered brief that cites every hostile entry, and its bytes."""
    library, _ = read_bibtex([(BIB.encode(), "evil.bib")])
    cited = tuple(par("So ", cite(i, key), ".") for i, key in enumerate(KEYS, start=1))
    numbered, wrong = prepare(rich(blocks=cited).brief, library)
    assert not [found for found in wrong if found.code == "unknown-citation"]
    return request.param, numbered, WRITERS[request.param](numbered, STYLES)


def test_every_output_of_a_hostile_library_bears_its_numbers(output):
    format, numbered, content = output
    printed = read_back(content, format)

    assert [entry.key for entry in printed.bibliography] == list(KEYS)
    assert [n.number for n in printed.numbers if n.anchor.kind == "reference"] == list("1234567")
    assert wrong(numbered, printed, format) == []


def test_no_markup_and_no_link_of_it_gets_through(output):
    format, _, content = output
    match format:
        case "html":
            text = content.decode()
            tags = re.findall(r"<\s*(script|img|b\b)", text)
            assert tags == []
            assert not re.search(r"<[^>]*\s(?:href|src)=\"\s*javascript", text, re.IGNORECASE)
            assert "&lt;script&gt;alert(1)" in text
        case "docx":
            archive = zipfile.ZipFile(BytesIO(content))
            for name in archive.namelist():
                if name.endswith((".xml", ".rels")):
                    etree.fromstring(archive.read(name))
            body = archive.read("word/document.xml").decode()
            fields = {found.split()[0] for found in re.findall(r"<w:instrText[^>]*>([^<]+)", body)}
            assert fields <= {"REF", "SEQ", "PAGEREF", "TOC"}
            assert b"javascript:" not in archive.read("word/_rels/document.xml.rels")
        case _:
            with pikepdf.open(BytesIO(content)) as pdf:
                actions = [
                    str(link.A.get("/URI", link.A.get("/S")))
                    for page in pdf.pages
                    for link in page.get("/Annots", [])
                    if "/A" in link
                ]
                assert actions == []
                assert "/JavaScript" not in pdf.Root.Names
                assert "/OpenAction" not in pdf.Root


@pytest.mark.parametrize("style", ["ieee", "iso690-numeric-en", "gov-uk"])
def test_brief_bibliography_prints_each_entry_as_json(style, tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    long = "@book{long, title={" + "A long title. " * 75_000 + "}, year=2020}\n"
    (tmp_path / "evil.bib").write_text(BIB + long, "utf-8")
    status = main(["bibliography", "evil.bib", "--json", "--citation-style", style])
    printed = json.loads(capsys.readouterr().out)

    assert status in (0, 1)
    assert set(printed) == {"entries", "diagnostics"}
    assert [(e["key"], e["number"]) for e in printed["entries"]] == [
        (key, str(i)) for i, key in enumerate((*KEYS, "long"), start=1)
    ]
    assert all(set(e) == {"key", "number", "text"} and e["text"] for e in printed["entries"])
    assert printed["entries"][-1]["text"].count("A long title") == 75_000


@pytest.mark.parametrize("format", ["html", "docx"])
def test_fields_of_a_megabyte_are_printed_and_proved(format):
    titles = {"words": "A long title. " * 75_000, "word": "x" * 1_000_000}
    entries = "".join(f"@book{{{key}, title={{{text}}}}}\n" for key, text in titles.items())
    library, _ = read_bibtex([(entries.encode(), "long.bib")])
    brief = rich(blocks=(par("So ", cite("1", *titles), "."),)).brief
    numbered, _ = prepare(brief, library)
    content = WRITERS[format](numbered, STYLES)

    assert wrong(numbered, read_back(content, format), "docx") == []


LONG = 200_000  # characters; each of these took hours where it was searched again from each of them
HOSTILE = {
    "blanks in an address": ("url", "http://a.b/;" + " " * LONG + "x"),
    "lines in an address": ("url", "http://a.b/" + " \n" * (LONG // 2) + "x"),
    "schemes": ("url", "https://" * (LONG // 8)),
    "dots in a host": ("url", "https://" + "a." * (LONG // 2) + "!"),
    "DOIs in a DOI": ("doi", "10.1000/" * (LONG // 8)),
    "numbers in a DOI": ("doi", "10." + "1." * (LONG // 2)),
    "one name": ("author", "Bank " * (LONG // 5)),
    "many names": ("author", "Smith, A. and " * (LONG // 14) + "Others"),
    "particles": ("author", "the " * (LONG // 4)),
    "et al": ("author", "et " * (LONG // 3)),
    "commands": ("note", r"\url{" * (LONG // 5)),
}


@pytest.mark.parametrize(("field", "value"), HOSTILE.values(), ids=HOSTILE)
def test_no_field_takes_a_check_longer_than_its_length(field, value, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    entry = f"@misc{{KEY, {field} = {{{value}}}, year = 2020}}\n"
    (tmp_path / "e.bib").write_text(entry.replace("KEY", "a") + entry.replace("KEY", "b"), "utf-8")
    (tmp_path / "e.md").write_text("# Rain\n\nIt rains [@a; @b].\n", "utf-8")

    assert main(["check", "e.md", "--bib", "e.bib", "--format", "sarif"]) in (0, 1)


def test_text_json_and_sarif_hold_nothing_that_a_terminal_obeys(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "evil.bib").write_text(BIB + "@misc{\x1b[2J, title={\x9b2J}}\n", "utf-8")
    (tmp_path / "evil.md").write_text(
        "# Rain\n\nIt rains [@controls; @field; @script; @{\x9b2J}; @none\x1b[31m].\n", "utf-8"
    )
    for format in ("text", "json", "sarif"):
        main(["check", "evil.md", "--bib", "evil.bib", "--format", format])
        out = capsys.readouterr()

        assert re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202e]", out.out + out.err) is None

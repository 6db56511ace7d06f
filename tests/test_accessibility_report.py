"""The conformance report: checks find what is wrong in files, and claim nothing else."""

import datetime
import hashlib
import json
import re
import zipfile
from base64 import b64encode
from collections import Counter
from io import BytesIO

import pikepdf
import pytest
from word_samples import SAMPLES

from pipeline.accessibility import examine, findings, numbered_report, report_brief
from pipeline.accessibility.conformance import FORMATS, criteria
from pipeline.accessibility.pdf_file import ABSENT as PDF_ABSENT
from pipeline.accessibility.pdf_file import CHECKS as PDF_CHECKS
from pipeline.accessibility.web_page import ABSENT as PAGE_ABSENT
from pipeline.accessibility.web_page import CHECKS as PAGE_CHECKS
from pipeline.accessibility.word_file import ABSENT as WORD_ABSENT
from pipeline.accessibility.word_file import CHECKS as WORD_CHECKS
from pipeline.cli import main
from pipeline.styles import load_styles
from pipeline.writers import write

STYLES = load_styles(None)[0]
DAY = datetime.date(2026, 1, 28)
CHECKS = {"html": PAGE_CHECKS, "pdf": PDF_CHECKS, "docx": WORD_CHECKS}
# WCAG 2.1, levels A and AA, and what 2.2 adds to them: how many criteria each guideline has.
GUIDELINES = Counter(
    guideline
    for guideline, count in zip(
        ("1.1", "1.2", "1.3", "1.4", "2.1", "2.2", "2.3", "2.4", "2.5", "3.1", "3.2", "3.3", "4.1"),
        (1, 5, 5, 9, 3, 2, 1, 8, 6, 2, 5, 6, 3),
        strict=True,
    )
    for _ in range(count)
)


@pytest.fixture(scope="module")
def built():
    numbered = SAMPLES["rich"]()
    return {format: write(format, numbered, STYLES)[0] for format in FORMATS}


def test_criteria_are_those_of_wcag_and_each_is_said_by_a_check_or_a_person():
    found = criteria().criteria
    counts = Counter(number.rpartition(".")[0] for number in found)

    assert counts == GUIDELINES
    assert sum(each.since == "2.2" for each in found.values()) == 6
    for number, each in found.items():
        assert each.checks or each.absent or each.person, number
        # What some format has no check for is for a person.
        if each.checks and not all(set(each.checks) & set(c) for c in CHECKS.values()):
            assert each.person or each.web_only, number


def test_criteria_name_every_check_and_no_other():
    every = set().union(*CHECKS.values())
    named = {name for each in criteria().criteria.values() for name in each.checks}
    absent = {name for each in criteria().criteria.values() for name in each.absent}

    assert named == every == criteria().checks.keys()
    for counting in (PAGE_ABSENT, PDF_ABSENT, WORD_ABSENT):
        assert absent == counting.keys() == criteria().absent.keys()


@pytest.mark.parametrize("format", FORMATS)
@pytest.mark.parametrize("name", ["rich", "arabic", "charts", "formulas"])
def test_nothing_is_found_in_files_as_we_write_them(name, format):
    content = write(format, SAMPLES[name](), STYLES)[0]

    found = examine((f"a.{format}", content))

    assert {name: check.faults for name, check in found.checks.items() if check.faults} == {}
    assert not any(found.counts.values())


# Faults ------------------------------------------------------------------------------------------

IN_PAGE = {
    "pictures": (r'<img(?! class="formula")[^>]* alt="[^"]+"', '<img alt=""'),
    "headings": (r"<h3", "<h5"),
    "tables": (r' scope="col"', ""),
    "lists": (r"<ul[^>]*>(?=\s*<li)", "<div>"),
    "landmarks": (r'<main id="main">', '<main id="other">'),
    "language": (r"<html[^>]*>", "<html>"),
    "passages": (r'<span lang="[^"]+"', '<span lang="x_y"'),
    "title": (r"<title>[^<]*", "<title>"),
    "links": (r'(<a class="cross-reference"[^>]*>)[^<]+', r"\1"),
    "link-words": (r'(<a class="cross-reference"[^>]*>)[^<]+', r"\1click here"),
    "contrast": (r"--colour-muted: #\w+", "--colour-muted: #999999"),
    "zoom": (r"initial-scale=1", "initial-scale=1, maximum-scale=1"),
    "orientation": (r"</style>", "@media (orientation: portrait) { p { color: red; } }</style>"),
    "spacing": (r"</style>", "p { line-height: 1 !important; }</style>"),
    "focus": (r"</style>", "a { outline: 0; }</style>"),
    "scrolling": (r' tabindex="0"', ""),
    "names": (r'role="group" aria-label="[^"]*"', 'role="group"'),
    "identifiers": (r'id="bibliography"', 'id="main"'),
}
IN_WORD = {
    "pictures": (r' descr="[^"]+"', ' descr=" "'),
    "headings": (r'w:pStyle w:val="Heading2"', 'w:pStyle w:val="Heading5"'),
    "tables": (r"<w:tblHeader/>", ""),
    "in-line": (r"<(/?)wp:inline", r"<\1wp:anchor"),
    "language": (r'(<w:rPrDefault>.*?<w:lang w:val=)"[^"]+"', r'\1"?"'),
    "passages": (r'<w:lang w:bidi="[^"]+"|<w:lang w:val="[^"]+"', '<w:lang w:val="x_y"'),
    "title": (r"<dc:title>[^<]*", "<dc:title>"),
    "links": (r"(<w:hyperlink [^>]*>).*?(</w:hyperlink>)", r"\1<w:r/>\2"),
    "link-words": (
        r"(<w:hyperlink [^>]*>).*?(</w:hyperlink>)",
        r"\1<w:r><w:t>here</w:t></w:r>\2",
    ),
    "contrast": (r'(<w:color w:val=)"[^"]+"', r'\1"CCCCCC"'),
}


def test_every_fault_of_a_page_is_tried():
    assert IN_PAGE.keys() == PAGE_CHECKS.keys()
    assert IN_WORD.keys() == WORD_CHECKS.keys()
    assert IN_PDF.keys() == PDF_CHECKS.keys()


def faulty(content, check, format):
    return bool(examine((f"a.{format}", content)).checks[check].faults)


@pytest.mark.parametrize("check", IN_PAGE)
def test_a_fault_of_a_page_is_found(built, check):
    text = built["html"].decode()
    pattern, instead = IN_PAGE[check]
    broken = re.sub(pattern, instead, text)

    assert broken != text
    assert faulty(broken.encode(), check, "html")


@pytest.mark.parametrize("check", IN_WORD)
def test_a_fault_of_a_word_file_is_found(built, check):
    pattern, instead = IN_WORD[check]
    output = BytesIO()
    changed = 0
    with zipfile.ZipFile(BytesIO(built["docx"])) as old, zipfile.ZipFile(output, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            if name in ("word/document.xml", "word/styles.xml", "docProps/core.xml"):
                text, count = re.subn(pattern, instead, content.decode(), flags=re.DOTALL)
                content, changed = text.encode(), changed + count
            new.writestr(name, content)

    assert changed
    assert faulty(output.getvalue(), check, "docx")


def elements(pdf, *tags):
    found = (o for o in pdf.objects if isinstance(o, pikepdf.Dictionary))
    return [o for o in found if str(o.get("/S", "")) in tags and "/P" in o]


def without_alternatives(pdf):
    for figure in elements(pdf, "/Figure"):
        del figure.Alt


def deeper(pdf):
    elements(pdf, "/H2")[0].S = pikepdf.Name("/H5")


def without_scope(pdf):
    del elements(pdf, "/TH")[0].A.Scope


def list_of_paragraphs(pdf):
    elements(pdf, "/LI")[0].S = pikepdf.Name("/P")


def untagged(pdf):
    content = pdf.pages[0].Contents.read_bytes()
    broken = re.sub(rb"/\w+\s*<<[^>]*/MCID\s*\d+[^>]*>>\s*BDC", b"/P BMC", content, count=1)
    pdf.pages[0].Contents = pdf.make_stream(broken)


def without_characters(pdf):
    for found in pdf.objects:
        if isinstance(found, pikepdf.Dictionary) and "/ToUnicode" in found:
            del found.ToUnicode


def as_painted(pdf):
    for found in elements(pdf, "/Span"):
        if "/ActualText" in found:
            del found.ActualText


def without_language(pdf):
    del pdf.Root.Lang


def wrong_language(pdf):
    next(o for o in elements(pdf, "/Span", "/P", "/LBody", "/Sect") if "/Lang" in o).Lang = "x_y"


def without_title(pdf):
    del pdf.Root.ViewerPreferences.DisplayDocTitle


def silent_links(pdf):
    for page in pdf.pages:
        for link in page.obj.get("/Annots", []):
            del link.Contents


def by_place(pdf):
    pdf.pages[0].Tabs = pikepdf.Name("/R")


def twice(pdf):
    notes = [o for o in elements(pdf, "/Note", "/Span") if "/ID" in o]
    notes[0].ID = notes[-1].ID


IN_PDF = {
    "pictures": without_alternatives,
    "headings": deeper,
    "tables": without_scope,
    "lists": list_of_paragraphs,
    "tagged": untagged,
    "characters": without_characters,
    "reading-order": as_painted,
    "language": without_language,
    "passages": wrong_language,
    "title": without_title,
    "links": silent_links,
    "tab-order": by_place,
    "identifiers": twice,
    "open": None,
}


@pytest.mark.parametrize("check", [check for check, breaking in IN_PDF.items() if breaking])
def test_a_fault_of_a_pdf_is_found(built, check):
    output = BytesIO()
    with pikepdf.open(BytesIO(built["pdf"])) as pdf:
        IN_PDF[check](pdf)
        pdf.save(output)

    assert faulty(output.getvalue(), check, "pdf")


def test_a_pdf_that_forbids_reading_is_found(built):
    output = BytesIO()
    with pikepdf.open(BytesIO(built["pdf"])) as pdf:
        forbidding = pikepdf.Permissions(accessibility=False, extract=False)
        pdf.save(output, encryption=pikepdf.Encryption("o", "", 3, forbidding, False, False))

    assert faulty(output.getvalue(), "open", "pdf")


@pytest.mark.parametrize("is_apart", [True, False], ids=["apart", "inside"])
def test_a_script_of_a_pdf_is_found(built, is_apart):
    output = BytesIO()
    with pikepdf.open(BytesIO(built["pdf"])) as pdf:
        action = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS=pikepdf.String("app.beep()"))
        pdf.Root.OpenAction = pdf.make_indirect(action) if is_apart else action
        pdf.save(output)

    assert examine(("a.pdf", output.getvalue())).counts["scripts"] == 1


def picture(kind, content):
    encoded = b64encode(content + b" " * 300).decode()  # long data are left out of the tree
    return f'<img alt="" src="data:image/{kind};base64,{encoded}">'


def test_a_picture_that_stands_still_does_not_move(built):
    still = picture("png", b"\x89PNG IDAT acTL") + picture("svg+xml", b"<svg><settings/></svg>")
    content = built["html"].replace(b"</main>", f"{still}</main>".encode())
    assert examine(("a.html", content)).counts["motion"] == 0


@pytest.mark.parametrize(
    ("thing", "html"),
    [
        ("media", "<video></video>"),
        ("forms", "<input>"),
        ("forms", "<p contenteditable>x</p>"),
        ("scripts", "<script>1</script>"),
        ("scripts", '<meta http-equiv="refresh" content="9">'),
        ("motion", "<style>p { animation: a 1s }</style>"),
        ("motion", "<style>p { transition: all 1s }</style>"),
        ("motion", picture("svg+xml", b"<svg><animate/></svg>")),
        ("motion", picture("svg+xml", b"<svg><style>@keyframes a {}</style></svg>")),
        ("motion", picture("png", b"\x89PNG acTL IDAT")),
        ("motion", picture("gif", b"GIF89a")),
    ],
    ids=[
        "media",
        "input",
        "text to write in",
        "script",
        "reload",
        "animation",
        "transition",
        "SVG that moves",
        "style of an SVG",
        "PNG of several frames",
        "GIF",
    ],
)
def test_what_is_there_is_not_said_to_be_absent(built, thing, html):
    content = built["html"].replace(b"</main>", f"{html}</main>".encode())
    found = examine(("a.html", content))
    about = [f for f in findings([found]) if thing in f.criterion.absent]

    assert found.counts[thing] == 1
    assert about
    assert {f.verdict for f in about} == {"not checked"}
    assert all(criteria().absent[thing] in f.checked[0] for f in about)


# The report --------------------------------------------------------------------------------------


def report(built):
    examined = [examine((f"rain.{format}", content)) for format, content in built.items()]
    return report_brief("rain.accessibility", "Accessibility of rain", examined, DAY)


def test_the_report_names_each_file_and_criterion_and_what_was_not_checked(built):
    page = write("html", numbered_report(report(built), STYLES.house), STYLES)[0].decode()

    for content in built.values():
        assert hashlib.sha256(content).hexdigest() in page
    for number, criterion in criteria().criteria.items():
        printed = f"9.{number} {criterion.title}"
        assert (printed if criterion.since == "2.1" else f"2.2, {number} {criterion.title}") in page
    assert "10.2.4.2 Page titled" in page
    assert "There is no animation, no script and no audio or video." in page
    assert "10.2.4.1 " not in page  # clause 10 has none
    assert "No browser, no screen reader and no validator was run." in page
    assert page.count("<td>Not checked</td>") > 20
    assert "Fault found" not in page


def test_a_fault_is_named_with_its_file_and_criterion(built):
    text = built["html"].replace(b"initial-scale=1", b"user-scalable=no")
    page = write("html", numbered_report(report({"html": text}), STYLES.house), STYLES)[0].decode()

    assert "rain.html: its viewport forbids zooming (9.1.4.4 Resize text)" in page
    assert "<strong>Fault found</strong>" in page


@pytest.mark.parametrize("format", FORMATS)
def test_the_report_passes_its_own_checks(built, format):
    about = report({format: built[format]})
    content = write(format, numbered_report(about, STYLES.house), STYLES)[0]
    found = examine((f"a.{format}", content))

    assert [fault for check in found.checks.values() for fault in check.faults] == []


def test_the_command_writes_a_report_on_the_files_of_a_brief(project, monkeypatch, capsys):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1769558400")

    assert main(["accessibility", "japan-canada"]) == 0
    said = capsys.readouterr().out
    page = (project / "build/japan-canada.accessibility.html").read_text("utf-8")

    assert "54 checks of 3 files: no fault found" in said
    for format in FORMATS:
        content = (project / f"build/japan-canada.{format}").read_bytes()
        assert hashlib.sha256(content).hexdigest() in page
    assert "28 January 2026" in page
    assert 'href="japan-canada.accessibility.pdf"' in page
    assert ".accessibility.docx" not in page
    assert main(["verify"]) == 0


def test_a_fault_is_the_exit_code(project, monkeypatch, capsys):
    monkeypatch.setattr("pipeline.cli.accessibility._write", lambda *report: [])  # takes long
    (project / "styles").mkdir()
    (project / "styles/extra.css").write_text("a:focus { outline: none; }\n", "utf-8")

    assert main(["accessibility", "japan-canada", "--json"]) == 1
    (fault,) = json.loads(capsys.readouterr().out)["faults"]
    assert (fault["file"], fault["check"]) == ("japan-canada.html", "focus")


def test_without_a_brief_that_builds_there_is_no_report(project, capsys):
    (project / "briefs/japan-canada.md").write_text("---\ntitle: T\n---\n\n[@nobody]\n", "utf-8")

    assert main(["accessibility", "japan-canada"]) == 1
    assert "no report" in capsys.readouterr().err
    assert not (project / "build/japan-canada.accessibility.html").exists()

"""Preflight: each rule passes on a press file, fails on a spoilt one, and none ever raises."""

import json
import random
from io import BytesIO

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, String
from rich_brief import rich

from pipeline.cli import main
from pipeline.preflight import NOT_CHECKED, Verdict, preflight
from pipeline.press import profiles
from pipeline.styles import load_styles
from pipeline.writers.pdf import write_pdf
from pipeline.writers.press import write_press

STYLES = load_styles(None)[0]


@pytest.fixture(scope="module")
def good():
    profile = profiles._ghostscript()
    if profile is None:
        pytest.skip("Ghostscript's CMYK profile is not installed")
    return write_press(rich(images=rich().brief.images), STYLES, profile).content


def failed(content):
    return {rule.name for rule in preflight(content).failures}


def prepend(pdf, operators):
    page = pdf.pages[0]
    old = page.obj.Contents.read_bytes()
    page.obj.Contents = pdf.make_stream(operators + b"\n" + old)


def _negative(pdf):
    pdf.pages[0].obj.MediaBox[0] = -9


def _no_trim(pdf):
    del pdf.pages[0].obj["/TrimBox"]


def _narrow(pdf):
    pdf.pages[0].obj.BleedBox = pdf.pages[0].obj.TrimBox


def _wide(pdf):
    pdf.pages[0].obj.BleedBox = Array([-50, -50, 2000, 2000])


def _one_page_less(pdf):
    del pdf.pages[-1]


def _link(pdf):
    pdf.pages[0].obj.Annots = Array(
        [Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=[100, 100, 200, 200])]
    )


def _script(pdf):
    pdf.Root.OpenAction = Dictionary(S=Name.JavaScript, JS=String("app.alert(1)"))


def _no_intent(pdf):
    del pdf.Root["/OutputIntents"]


def _no_profile(pdf):
    pdf.Root.OutputIntents[0].DestOutputProfile = pdf.make_stream(b"nothing")


def _untrapped(pdf):
    del pdf.docinfo["/Trapped"]


def _undated(pdf):
    del pdf.docinfo["/ModDate"]


def _no_claim(pdf):
    del pdf.docinfo["/GTS_PDFXVersion"]
    del pdf.Root["/Metadata"]


def _not_embedded(pdf):
    for found in pdf.objects:
        if isinstance(found, Dictionary):
            for name in ("/FontFile", "/FontFile2", "/FontFile3"):
                if name in found:
                    del found[name]


SPOILT = {
    "origin": _negative,
    "trim-box": _no_trim,
    "bleed": _narrow,
    "box-nesting": _wide,
    "page-count": _one_page_less,
    "annotations": _link,
    "active-content": _script,
    "output-intent": _no_intent,
    "output-profile": _no_profile,
    "trapped": _untrapped,
    "properties": _undated,
    "standard": _no_claim,
    "fonts": _not_embedded,
    "colours": lambda pdf: prepend(pdf, b"1 0 0 rg 50 50 9 9 re f"),
    "total-ink": lambda pdf: prepend(pdf, b"1 1 1 1 k 50 50 9 9 re f"),
    "marks": lambda pdf: prepend(pdf, b"/All cs 1 scn 100 100 9 9 re f"),
}


@pytest.mark.parametrize("name", SPOILT)
def test_a_rule_fails_where_it_is_broken_and_only_there(good, name):
    assert name not in failed(good)
    with pikepdf.open(BytesIO(good)) as pdf:
        SPOILT[name](pdf)
        content = BytesIO()
        pdf.save(content)
    assert name in failed(content.getvalue())


def test_places_say_the_page(good):
    with pikepdf.open(BytesIO(good)) as pdf:
        SPOILT["colours"](pdf)
        content = BytesIO()
        pdf.save(content)
    (rule,) = [found for found in preflight(content.getvalue()).failures if found.name == "colours"]
    assert rule.places == ("page 1 (DeviceRGB)",)


def test_an_encrypted_file_fails(good):
    with pikepdf.open(BytesIO(good)) as pdf:
        for user in ("", "secret"):
            content = BytesIO()
            pdf.save(content, encryption=pikepdf.Encryption(owner="owner", user=user))
            assert "encryption" in failed(content.getvalue())


def test_the_screen_edition_is_no_press_file():
    found = failed(write_pdf(rich(), STYLES))
    assert {
        "standard",
        "output-intent",
        "bleed",
        "annotations",
        "colours",
        "active-content",
    } <= found


def test_the_least_pdf_of_all_gets_verdicts():
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        content = BytesIO()
        pdf.save(content)
    rules = {rule.name: rule.verdict for rule in preflight(content.getvalue()).rules}
    assert rules["fonts"] is rules["marks"] is Verdict.NONE
    assert rules["trim-box"] is Verdict.FAIL


@pytest.mark.parametrize("content", [b"", b"%PDF-1.7", b"no", b"%PDF-1.4\n%%EOF", bytes(999)])
def test_what_is_no_pdf_is_said_so(content):
    assert failed(content) == {"readable"}
    assert "0x" not in preflight(content).failures[0].said  # the same words each time


def test_a_form_that_shows_itself_ends():
    with pikepdf.new() as pdf:
        page = pdf.add_blank_page()
        form = pdf.make_stream(b"/X Do /X Do 1 0 0 rg 0 0 9 9 re f")
        form.Type, form.Subtype, form.BBox = Name.XObject, Name.Form, Array([0, 0, 9, 9])
        form.Resources = Dictionary(XObject=Dictionary(X=form))
        page.obj.Resources = Dictionary(XObject=Dictionary(X=form))
        page.obj.Contents = pdf.make_stream(b"/X Do Q Q Q")
        content = BytesIO()
        pdf.save(content)
    assert "colours" in failed(content.getvalue())


def test_broken_files_get_verdicts_and_never_an_exception(good):
    chance = random.Random(1)
    for _ in range(12):
        broken = bytearray(good)
        for _ in range(30):
            broken[chance.randrange(len(broken))] = chance.randrange(256)
        assert preflight(bytes(broken)).rules
        assert preflight(bytes(broken[: chance.randrange(len(broken))])).rules


def test_nonsense_in_each_place_gets_a_verdict(good):
    nonsense = [Name.Nonsense, String("x"), Array([]), Dictionary(), 7, True]
    names = ("/MediaBox", "/TrimBox", "/BleedBox", "/Annots", "/Resources", "/Contents", "/Group")
    for value in nonsense:
        for name in names:
            with pikepdf.open(BytesIO(good)) as pdf:
                pdf.pages[0].obj[name] = value
                content = BytesIO()
                pdf.save(content)
            assert preflight(content.getvalue()).rules
        for name in ("/OutputIntents", "/Names"):
            with pikepdf.open(BytesIO(good)) as pdf:
                pdf.Root[name] = value
                content = BytesIO()
                pdf.save(content)
            assert preflight(content.getvalue()).rules


def test_the_command_says_each_rule_and_what_is_not_checked(good, tmp_path, capsys):
    path = tmp_path / "x.pdf"
    path.write_bytes(good)
    status = main(["preflight", str(path), "--json"])
    said = json.loads(capsys.readouterr().out)
    assert said["passed"] is (status == 0)
    assert said["not-checked"] == list(NOT_CHECKED)
    assert {"name", "verdict", "value", "places"} == set(said["rules"][0])
    path.write_bytes(b"no")
    assert main(["preflight", str(path)]) == 1
    assert "FAIL readable" in capsys.readouterr().out
    assert main(["preflight", str(tmp_path / "none.pdf")]) == 1

"""Preflight: each rule passes on a press file, fails on a spoilt one, and none ever raises."""

import json
import os
import random
from io import BytesIO

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, String
from rich_brief import rich

from pipeline.build import workers
from pipeline.cli import main
from pipeline.preflight import NOT_CHECKED, Verdict, coverage, paint, preflight
from pipeline.preflight.found import Painting
from pipeline.preflight.spaces import points
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


def _lzw(pdf):
    pdf.Root.Old = pdf.make_stream(b"")
    pdf.Root.Old.write(b"\x80\x0b\x60\x50", filter=Name.LZWDecode)


def _newer(pdf):
    pdf.docinfo.GTS_PDFXVersion = String("PDF/X-1a:2003")
    del pdf.Root["/Metadata"]


def _form(pdf, operators, **more):
    form = pdf.make_stream(operators)
    form.Type, form.Subtype, form.BBox = Name.XObject, Name.Form, Array([0, 0, 9, 9])
    for name, value in more.items():
        form[f"/{name}"] = value
    return form


def show(pdf, kind, found, operators):
    """Paint something new on the first page."""
    pdf.pages[0].obj.Resources[kind] = pdf.pages[0].obj.Resources.get(kind, Dictionary())
    pdf.pages[0].obj.Resources[kind].New = found
    prepend(pdf, operators)


def _blended(pdf):
    group = Dictionary(S=Name.Transparency, CS=Name.DeviceRGB)
    show(pdf, "/XObject", _form(pdf, b"", Group=group), b"/New Do")


def _glyphs(pdf):
    glyphs = Dictionary(a=pdf.make_stream(b"9 0 d0 1 0 0 rg 0 0 9 9 re f"))
    encoding = Dictionary(Differences=Array([97, Name.a]))
    font = Dictionary(
        Type=Name.Font, Subtype=Name.Type3, CharProcs=glyphs, Encoding=encoding,
        FontMatrix=Array([1, 0, 0, 1, 0, 0]), FontBBox=Array([0, 0, 9, 9]),
        FirstChar=97, LastChar=97, Widths=Array([9]),
    )  # fmt: skip
    show(pdf, "/Font", pdf.make_indirect(font), b"0 0 0 1 k BT /New 9 Tf (a) Tj ET")


def _bare_pattern(pdf):
    cell = pdf.make_stream(b"0 0 9 9 re f")
    cell.PatternType, cell.PaintType, cell.TilingType = 1, 2, 1
    cell.BBox, cell.XStep, cell.YStep = Array([0, 0, 9, 9]), 9, 9
    cell.Resources = Dictionary()
    spaces = pdf.pages[0].obj.Resources.ColorSpace
    spaces.Bare = Array([Name.Pattern, Name.DeviceRGB])
    show(pdf, "/Pattern", cell, b"/Bare cs 1 0 0 /New scn 0 0 9 9 re f")


def _shaded(pdf):
    ends = Dictionary(FunctionType=2, Domain=[0, 1], C0=[1, 1, 1, 1], C1=[0, 0, 0, 0], N=1)
    shading = Dictionary(
        ShadingType=2, ColorSpace=Name.DeviceCMYK, Coords=[0, 0, 9, 9], Function=ends
    )
    show(pdf, "/Shading", shading, b"/New sh")


def picture(pdf, pixels, width, height, space=Name.DeviceCMYK, **more):
    image = pdf.make_stream(pixels)
    image.Type, image.Subtype, image.ColorSpace = Name.XObject, Name.Image, space
    image.Width, image.Height, image.BitsPerComponent = width, height, 8
    for name, value in more.items():
        image[f"/{name}"] = value
    return image


def _dark_picture(pdf):
    show(pdf, "/XObject", picture(pdf, bytes([250] * 4) * 10000, 100, 100), IN_AN_INCH)


def _dark_by_decode(pdf):
    image = picture(pdf, bytes([5] * 4) * 10000, 100, 100, Decode=Array([1, 0] * 4))
    show(pdf, "/XObject", image, IN_AN_INCH)


def _dark_spot(pdf):
    row = bytes(4) * 100
    dark = bytes(4) * 40 + bytes([250] * 4) * 20 + bytes(4) * 40
    show(pdf, "/XObject", picture(pdf, row * 40 + dark * 20 + row * 40, 100, 100), IN_AN_INCH)


def _text(pdf, before, size):
    operators = b"q " + before + b" BT /F " + size + b" Tf (Rain) Tj ET Q"
    show(pdf, "/ExtGState", Dictionary(op=True, OPM=1), operators)


IN_AN_INCH = b"q 72 0 0 72 100 100 cm /New Do Q"
SPOILT = {
    "objects": _lzw,
    "version": _newer,
    "colours/group": _blended,
    "colours/glyphs": _glyphs,
    "colours/pattern": _bare_pattern,
    "colours/stroke": lambda pdf: prepend(pdf, b"0 0 1 RG 0 0 m 9 9 l S"),
    "colours/inline": lambda pdf: prepend(pdf, b"BI /W 1 /H 1 /BPC 8 /CS /RGB ID abc EI"),
    "total-ink/shading": _shaded,
    "image-ink": _dark_picture,
    "image-ink/decode": _dark_by_decode,
    "image-ink/spot": _dark_spot,
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
    "small-text": lambda pdf: _text(pdf, b"0.5 0.5 0.5 0 k", b"6"),
    "small-text/scaled": lambda pdf: _text(pdf, b"0 0 0 1 k .3 0 0 .3 0 0 cm", b"12"),
    "hairlines": lambda pdf: prepend(pdf, b"0 0 0 1 K 0.1 w 0 0 m 9 9 l S"),
    "white-overprint": lambda pdf: _text(pdf, b"/New gs 0 0 0 0 k", b"12"),
    "marks": lambda pdf: prepend(pdf, b"/All cs 1 scn 100 100 9 9 re f"),
}


@pytest.mark.parametrize("name", SPOILT)
def test_a_rule_fails_where_it_is_broken(good, name):
    assert name.partition("/")[0] in failed(spoilt(good, SPOILT[name]))


def test_no_rule_fails_where_nothing_is_broken(good):
    assert failed(good) == {"image-resolution"}  # the pictures of the brief are small


@pytest.mark.parametrize(
    ("pages", "width", "fits"),
    [
        (1, 210, True),
        (2, 210, True),
        (3, 210, False),
        (8, 210, True),
        (2, 420, True),
        (3, 420, False),
    ],
)
def test_pages_fill_sheets_and_a_single_sheet_is_one(pages, width, fits):
    content = BytesIO()
    with pikepdf.new() as pdf:
        for _ in range(pages):
            page = pdf.add_blank_page(page_size=(width, 297))
            page.obj.TrimBox = page.obj.MediaBox
        pdf.save(content)

    assert ("page-count" not in failed(content.getvalue())) == fits


def spoilt(good, *changes):
    with pikepdf.open(BytesIO(good)) as pdf:
        for change in changes:
            change(pdf)
        content = BytesIO()
        pdf.save(
            content, compress_streams=False, stream_decode_level=pikepdf.StreamDecodeLevel.none
        )
    return content.getvalue()


def test_what_paints_nothing_fails_nothing(good):
    unseen = b"1 1 1 1 k 1 0 0 rg 0 0 m n BT 3 Tr (hidden) Tj ET 0 0 0 1 k"
    assert failed(spoilt(good, lambda pdf: prepend(pdf, unseen))) == failed(good)


def test_the_darkest_square_of_a_picture_has_a_place(good):
    report = preflight(spoilt(good, _dark_spot))
    (rule,) = [found for found in report.failures if found.name == "image-ink"]
    # The sheet is 12 mm larger than the page, which is 297 mm high; the inch stands 100 points up.
    # The first dark millimetre is 10.6 mm from the upper left corner of the picture.
    left, down = 100 * 25.4 / 72 + 10.6 - 12, 297 + 12 - 100 * 25.4 / 72 - 25.4 + 10.6
    assert rule.places == (
        f"page 1: image /New: 392 % {left:.0f} mm from the left, {down:.0f} mm from the top",
    )


def test_single_dots_are_no_spot(good):
    """Nobody sees one dot in a hundred, and it dries: ink is that of a square millimetre."""
    dots = b"".join(bytes([250 * (n % 12 == 0)] * 4) for n in range(40_000))

    def speckle(pdf):
        show(pdf, "/XObject", picture(pdf, dots, 200, 200), b"q 24 0 0 24 100 100 cm /New Do Q")

    assert "image-ink" not in failed(spoilt(good, speckle))


def test_the_limit_is_that_of_the_output_profile(good):
    profile = profiles._ghostscript().content
    assert coverage.limit(profile) == 3.0
    assert coverage.limit(b"nonsense") == coverage.USUAL
    assert "total-ink" not in failed(spoilt(good, lambda pdf: prepend(pdf, FULL % b"1 1 1 0")))
    assert "total-ink" in failed(spoilt(good, lambda pdf: prepend(pdf, FULL % b"1 1 1 0.1")))


FULL = b"%b k 50 50 9 9 re f"


def test_a_picture_of_absurd_size_is_refused_and_not_unpacked(good):
    def giant(pdf):
        show(pdf, "/XObject", picture(pdf, b"", 60_000, 60_000), IN_AN_INCH)

    assert "image-ink" in failed(spoilt(good, giant))


def test_forms_in_forms_without_end_come_to_an_end():
    with pikepdf.new() as pdf:
        shown = _form(pdf, b"1 0 0 rg 0 0 9 9 re f")
        for _ in range(23):
            resources = Dictionary(XObject=Dictionary(X=shown))
            shown = _form(pdf, b"/X Do " * 8, Resources=resources)
        page = pdf.add_blank_page()
        page.obj.Resources = Dictionary(XObject=Dictionary(X=shown))
        page.obj.Contents = pdf.make_stream(b"/X Do")
        content = BytesIO()
        pdf.save(content)
    assert "content" in failed(content.getvalue())


def test_a_page_with_more_operators_than_memory_is_refused():
    with pikepdf.new() as pdf:
        page = pdf.add_blank_page()
        page.obj.Contents = pdf.make_stream(b"0 0 m 5 5 l S\n" * 2_000_000)
        content = BytesIO()
        pdf.save(content)
    assert "content" in failed(content.getvalue())


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


def test_a_device_a_pipe_and_a_folder_are_refused(tmp_path, capsys):
    os.mkfifo(tmp_path / "pipe.pdf")
    (tmp_path / "folder.pdf").mkdir()
    for path in ("/dev/zero", tmp_path / "pipe.pdf", tmp_path / "folder.pdf"):
        for command in (["preflight"], ["verify"], ["numbers"]):
            assert main([*command, str(path)]) == 1
    said = capsys.readouterr()
    assert (said.out + said.err).count("not a regular file") == 6
    assert "Traceback" not in said.err


def test_a_look_that_takes_too_long_is_said_as_json_too(good, tmp_path, capsys, monkeypatch):
    path = tmp_path / "x.pdf"
    path.write_bytes(good)
    gone = workers.Failure("it took more than 120 seconds")
    monkeypatch.setattr(workers, "run", lambda *_: iter([gone]))
    assert main(["preflight", str(path), "--json"]) == 1
    said = json.loads(capsys.readouterr().out)
    assert said["rules"] == [
        {"name": "readable", "verdict": "fail", "value": gone.message, "places": []}
    ]


def test_white_text_that_overprints_fails_whatever_its_font():
    """The size of a Type 3 font says nothing, so its text is not among the small ones."""
    assert paint.white_text(Painting(vanishing=["page 1"])).verdict is Verdict.FAIL
    assert paint.white_text(Painting()).verdict is Verdict.NONE


def test_only_a_rectangle_has_a_width_and_a_height():
    rectangle, curve = (
        list(points(name, (1, 2, 3, 4), (1, 0, 0, 1, 10, 0))) for name in ["re", "v"]
    )

    assert (rectangle, curve) == ([(11, 2), (14, 6)], [(11, 2), (13, 4)])

"""The press edition: boxes, inks, marks, blanks, and what it leaves out, read back with pikepdf."""

import base64
import importlib
import os
import re
import shutil
import subprocess
import sys
from io import BytesIO

import pikepdf
import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace
from PIL import Image as Picture
from PIL import ImageCms
from rich_brief import IMAGES, par, png, rich

from pipeline.preflight import preflight
from pipeline.press import Order, make_press, profiles
from pipeline.press.profiles import NoProfileError, find_profile
from pipeline.press.proof import lost_text, press_faults
from pipeline.project import load_project
from pipeline.styles import Press, load_styles
from pipeline.verify.pdf.text import read_pages
from pipeline.writers.pdf import write_pdf
from pipeline.writers.press import in_grey, sheet, sides, write_booklet, write_press
from pipeline.writers.press.inks import BLACK, Cmyk

STYLES = load_styles(None)[0]
MM = 72 / 25.4


@pytest.fixture(scope="module")
def profile():
    found = profiles._ghostscript()
    if found is None:
        pytest.skip("Ghostscript's CMYK profile is not installed")
    return found


@pytest.fixture(scope="module")
def made(profile):
    return write_press(rich(), STYLES, profile)


@pytest.fixture(scope="module")
def pdf(made):
    with pikepdf.open(BytesIO(made.content)) as opened:
        yield opened


@pytest.fixture(scope="module")
def screen():
    return write_pdf(rich(), STYLES)


def failed(content):
    return {rule.name for rule in preflight(content).failures}


def operators(pdf):
    """Yield (operator, operands) of all that is painted, in forms too."""
    streams = [found for found in pdf.objects if isinstance(found, pikepdf.Stream)]
    forms = [found for found in streams if found.get("/Subtype") == "/Form"]
    for content in [*pdf.pages, *forms]:
        for found in pikepdf.parse_content_stream(content):
            yield str(found.operator), [*found.operands]


def test_the_file_passes_preflight(made):
    assert failed(made.content) <= {"image-resolution"}  # its picture has 60 pixels


def test_each_page_has_trim_in_bleed_in_media_from_the_origin(pdf):
    for page in pdf.pages:
        media, bleed, trim = (
            [float(v) for v in page.obj[name]] for name in ("/MediaBox", "/BleedBox", "/TrimBox")
        )
        assert media[:2] == [0, 0]
        assert [trim[0] - bleed[0], bleed[3] - trim[3]] == pytest.approx([3 * MM, 3 * MM], abs=0.01)
        assert trim[2] - trim[0] == pytest.approx(210 * MM, abs=0.01)
        assert trim[3] - trim[1] == pytest.approx(297 * MM, abs=0.01)
        assert bleed[0] > media[0]
        assert bleed[3] < media[3]


def test_nothing_of_the_screen_is_left(pdf):
    assert set(pdf.Root.keys()) == {"/Type", "/Pages", "/Metadata", "/OutputIntents"}
    assert [page.obj.keys() & {"/Annots", "/StructParents", "/AA"} for page in pdf.pages] == [
        set()
    ] * len(pdf.pages)


def test_every_colour_is_ink(pdf):
    names = {name for name, _ in operators(pdf)}
    assert names.isdisjoint({"rg", "RG", "g", "G"})
    spaces = {str(operands[0]) for name, operands in operators(pdf) if name in ("cs", "CS")}
    assert spaces <= {"/All", "/Pattern"}
    images = [found for found in pdf.objects if str(_get(found, "/Subtype")) == "/Image"]
    assert images
    assert {str(image.ColorSpace) for image in images} <= {"/DeviceCMYK", "/DeviceGray"}


def _get(found, name):
    return found.get(name) if isinstance(found, pikepdf.Stream) else None


def test_nothing_is_blended_or_named_in_a_colour_of_the_screen(made):
    kept = re.compile(rb"/(DeviceRGB|CalRGB|CalGray|Lab|ICCBased|Indexed)\b")
    with pikepdf.open(BytesIO(made.content)) as opened:
        everything = [found.unparse(resolved=True) for found in opened.objects]
        assert [found for found in everything if kept.search(found)] == []


def test_without_inks_preflight_finds_rgb(profile, monkeypatch):
    monkeypatch.setattr("pipeline.writers.press.recolour", lambda *_, **__: None)
    found = failed(write_press(rich(), STYLES, profile).content)
    assert {"colours", "image-colours"} <= found


def painted(pdf):
    """Yield (kind, fill, overprints) of each text and each filled path, forms too."""
    forms = [f for f in pdf.objects if isinstance(f, pikepdf.Stream) and f.get("/Subtype")]
    for content in [*pdf.pages, *(form for form in forms if form.Subtype == "/Form")]:
        fill, over, saved = None, False, []
        for found in pikepdf.parse_content_stream(content):
            name, operands = str(found.operator), [*found.operands]
            if name == "q":
                saved.append((fill, over))
            elif name == "Q" and saved:
                fill, over = saved.pop()
            elif name == "k":
                fill = tuple(map(float, operands))
            elif name == "gs" and str(operands[0]).startswith("/Ink"):
                over = str(operands[0]) == "/InkOver"
            elif name in ("Tj", "TJ", "f", "f*"):
                yield ("text" if name[0] == "T" else "area"), fill, over


def test_black_text_is_black_ink_alone_and_overprints_and_nothing_else_does(pdf):
    found = set(painted(pdf))
    assert ("text", (0, 0, 0, 1), True) in found
    assert {over for kind, fill, over in found if kind == "text" and fill == BLACK} == {True}
    assert {fill for _, fill, over in found if over} == {BLACK}
    assert {over for kind, _, over in found if kind == "area"} == {False}


def test_without_overprint_preflight_finds_it(profile, monkeypatch):
    content = importlib.import_module("pipeline.writers.press.content")
    monkeypatch.setattr(content, "OVER", content.KNOCK)
    assert "black-overprint" in failed(write_press(rich(), STYLES, profile).content)


def test_greys_are_black_ink_alone_and_white_is_paper(profile):
    inks = Cmyk(profile, {"#0b4f6c": (1.0, 0.5, 0.2, 0.3)})
    assert inks.solid((0.0, 0.0, 0.0)) == BLACK
    assert inks.solid((1.0, 1.0, 1.0)) == (0.0, 0.0, 0.0, 0.0)
    tints = [inks.solid((v / 10, v / 10, v / 10)) for v in range(11)]
    assert [tint[:3] for tint in tints] == [(0.0, 0.0, 0.0)] * 11
    assert [tint[3] for tint in tints] == sorted((tint[3] for tint in tints), reverse=True)
    assert inks.solid((11 / 255, 79 / 255, 108 / 255)) == (1.0, 0.5, 0.2, 0.3)


def test_a_colour_that_goes_to_ink_and_back_stays_what_it_was(profile):
    inks = Cmyk(profile, {})
    back = ImageCms.buildTransform(
        ImageCms.ImageCmsProfile(BytesIO(profile.content)),
        ImageCms.createProfile("sRGB"),
        "CMYK",
        "RGB",
        ImageCms.Intent.RELATIVE_COLORIMETRIC,
    )
    for colour in [(160, 60, 60), (60, 120, 140), (238, 244, 247)]:
        ink = inks.solid(tuple(value / 255 for value in colour))
        pixel = Picture.frombytes("CMYK", (1, 1), bytes(round(255 * value) for value in ink))
        found = ImageCms.applyTransform(pixel, back).getpixel((0, 0))
        assert max(abs(one - other) for one, other in zip(found, colour, strict=True)) < 30


def test_marks_stand_outside_of_the_bleed_on_every_plate(made, profile, monkeypatch):
    rules = {rule.name: rule for rule in preflight(made.content).rules}
    assert rules["marks"].verdict.value == "pass"
    monkeypatch.setattr(sheet, "_MARK_BEGINS", 1 * MM)
    assert "marks" in failed(write_press(rich(), STYLES, profile).content)


def test_blanks_fill_the_last_sheet_and_are_named(made, pdf, screen):
    with pikepdf.open(BytesIO(screen)) as opened:
        written = len(opened.pages)
    assert len(pdf.pages) % 4 == 0
    assert made.blanks == tuple(range(written + 1, len(pdf.pages) + 1))


def test_the_pages_say_what_the_screen_edition_says(made, screen, profile):
    report = preflight(made.content)
    assert list(press_faults(made.content, report, screen, "x.pdf")) == []
    other = write_press(rich(blocks=(par("Something else."),)), STYLES, profile).content
    codes = {found.code for found in press_faults(other, report, screen, "x.pdf")}
    assert codes == {"number-mismatch"}


def test_the_same_brief_gives_the_same_bytes(made, profile):
    assert write_press(rich(), STYLES, profile).content == made.content


def test_the_file_says_what_it_is_and_what_it_is_for(pdf, profile):
    (intent,) = pdf.Root.OutputIntents
    assert str(intent.S) == "/GTS_PDFX"
    assert intent.DestOutputProfile.read_bytes() == profile.content
    metadata = pdf.Root.Metadata.read_bytes()
    assert b"<pdfxid:GTS_PDFXVersion>PDF/X-4<" in metadata
    assert str(pdf.docinfo.Trapped) == "/False"
    assert str(pdf.docinfo.CreationDate).startswith("D:20260128")
    assert pdf.pdf_version == "1.6"


def test_separations_show_black_text_on_the_black_plate_alone(profile, tmp_path):
    if not shutil.which("gs"):
        pytest.skip("Ghostscript is not installed")
    content = write_press(rich(blocks=(par("Black on white. " * 40),)), STYLES, profile).content
    (tmp_path / "x.pdf").write_bytes(content)
    command = ["gs", "-q", "-dSAFER", "-dBATCH", "-dNOPAUSE", "-sDEVICE=tiffsep", "-r36"]
    subprocess.run(
        [*command, "-dLastPage=1", "-sOutputFile=p.tif", "x.pdf"], cwd=tmp_path, check=True
    )
    plates = {name: tmp_path / f"p({name}).tif" for name in ("Cyan", "Magenta", "Yellow", "Black")}
    # The paragraph, below the coloured line of the title block.
    box = (80, 130, 290, 190)
    darkest = {}
    for name, path in plates.items():
        with Picture.open(path) as picture:
            darkest[name] = picture.convert("L").crop(box).getextrema()[0]
    assert darkest["Black"] < 200
    assert darkest["Cyan"] == darkest["Magenta"] == darkest["Yellow"] == 255


def test_a_house_without_a_profile_of_a_printer_is_told(tmp_path):
    rgb = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    (tmp_path / "rgb.icc").write_bytes(rgb)
    house = replace(STYLES.house, press=Press(profile="rgb.icc"))
    with pytest.raises(NoProfileError, match="CMYK"):
        find_profile(house, tmp_path)
    head = bytearray(rgb)
    head[12:20] = b"prtrCMYK"
    (tmp_path / "rgb.icc").write_bytes(head)
    with pytest.raises(NoProfileError, match="damaged"):
        find_profile(house, tmp_path)
    with pytest.raises(NoProfileError, match="no such file"):
        find_profile(replace(house, press=Press(profile="no.icc")), tmp_path)
    os.mkfifo(tmp_path / "pipe.icc")
    with pytest.raises(NoProfileError, match="not a regular file"):
        find_profile(replace(house, press=Press(profile="pipe.icc")), tmp_path)


def test_a_coarse_image_is_a_finding_with_its_line(project, profile, monkeypatch):
    monkeypatch.setattr("pipeline.press.find_profile", lambda house, root: profile)
    (project / "briefs/coarse.md").write_text(
        '---\ntitle: Coarse\n---\n\nText.\n\n![A](a.png){alt="A"}\n', "utf-8"
    )
    (project / "briefs/a.png").write_bytes(png())
    found = load_project([project / "briefs/coarse.md"])
    (outcome,) = make_press(found, Order())
    (diagnostic,) = outcome.diagnostics
    assert (diagnostic.code, diagnostic.span.line) == ("low-resolution", 7)
    assert (project / "build/coarse.press.pdf").exists()
    assert outcome.facts[0] == "1 page"  # a single sheet needs no blank pages


def test_a_picture_with_too_much_ink_is_an_error_with_its_line(project, profile, monkeypatch):
    monkeypatch.setattr("pipeline.press.find_profile", lambda house, root: profile)
    (project / "briefs/dark.md").write_text(
        '---\ntitle: Dark\n---\n\nText.\n\n![A](a.jpg){alt="A" width="30mm"}\n', "utf-8"
    )
    Picture.new("CMYK", (400, 400), (250,) * 4).save(project / "briefs/a.jpg", quality=95)
    (outcome,) = make_press(load_project([project / "briefs/dark.md"]), Order())
    (diagnostic,) = outcome.diagnostics
    assert (diagnostic.code, diagnostic.span.line) == ("too-much-ink", 7)
    assert "392 %" in diagnostic.message
    assert not (project / "build/dark.press.pdf").exists()


def test_a_coarse_bitmap_inside_a_drawing_is_found_with_the_drawings_line(
    project, profile, monkeypatch
):
    monkeypatch.setattr("pipeline.press.find_profile", lambda house, root: profile)
    data = base64.b64encode(png()).decode()
    (project / "briefs/a.svg").write_text(
        '<svg xmlns="http://www.w3.org/2000/svg" width="300" height="150">'
        f'<image width="300" height="150" href="data:image/png;base64,{data}"/></svg>'
    )
    (project / "briefs/coarse.md").write_text(
        '---\ntitle: Coarse\n---\n\nText.\n\n![A](a.svg){alt="A"}\n', "utf-8"
    )
    (outcome,) = make_press(load_project([project / "briefs/coarse.md"]), Order())
    (diagnostic,) = outcome.diagnostics
    assert (diagnostic.code, diagnostic.span.line) == ("low-resolution", 7)
    assert "`a.svg`" in diagnostic.message


def test_what_is_half_transparent_is_refused_as_x1a(project, profile, monkeypatch):
    monkeypatch.setattr("pipeline.press.find_profile", lambda house, root: profile)
    (project / "briefs/a.svg").write_text(
        '<svg xmlns="http://www.w3.org/2000/svg" width="300" height="150">'
        '<rect width="90" height="90" fill="teal" opacity="0.5"/></svg>'
    )
    (project / "briefs/clear.md").write_text(
        '---\ntitle: Clear\n---\n\nText.\n\n![A](a.svg){alt="A"}\n', "utf-8"
    )
    found = load_project([project / "briefs/clear.md"])
    (outcome,) = make_press(found, Order(standard="x1a"))
    (diagnostic,) = outcome.diagnostics
    assert diagnostic.code == "failed-preflight"
    assert diagnostic.message.startswith("transparency:")
    assert "PDF/X-4" in diagnostic.hint
    (outcome,) = make_press(found, Order())
    assert outcome.diagnostics == ()


def test_what_shines_through_is_no_ink(profile):
    svg = (
        b'<svg xmlns="http://www.w3.org/2000/svg" width="300" height="120"><mask id="m">'
        b'<rect width="300" height="120" fill="#555"/></mask>'
        b'<rect width="300" height="120" fill="teal" mask="url(#m)"/></svg>'
    )
    images = (replace(IMAGES[0], content=svg, media_type="image/svg+xml"), *IMAGES[1:])
    with pikepdf.open(BytesIO(write_press(rich(images=images), STYLES, profile).content)) as opened:
        recolouring = importlib.import_module("pipeline.writers.press.recolour")
        everything = recolouring._dictionaries(opened)
        masks = [found.G for found in everything if found.get("/S") == "/Luminosity"]
        assert masks
        for mask in masks:
            names = {str(found.operator) for found in pikepdf.parse_content_stream(mask)}
            assert names.isdisjoint({"k", "K", "rg", "RG"})


def test_images_with_an_svg_of_any_colour_are_ink(profile):
    svg = (
        b'<svg xmlns="http://www.w3.org/2000/svg" width="300" height="120"><defs>'
        b'<linearGradient id="g"><stop offset="0" stop-color="red"/>'
        b'<stop offset="1" stop-color="#00f"/></linearGradient></defs>'
        b'<rect width="300" height="60" fill="url(#g)"/><line x2="9" y2="9" stroke="teal"/>'
        b'<circle cx="50" cy="90" r="20" fill="red" opacity="0.5"/></svg>'
    )
    images = (replace(IMAGES[0], content=svg, media_type="image/svg+xml"), *IMAGES[1:])
    found = failed(write_press(rich(images=images), STYLES, profile).content)
    assert found <= {"image-resolution"}


# PDF/X-1a, booklets and greys ---------------------------------------------------------------------


def test_x1a_has_no_transparency_where_nothing_shines_through(profile, monkeypatch):
    clear = Picture.new("RGBA", (900, 450), (200, 0, 0, 0))
    clear.paste((0, 0, 200, 255), (0, 0, 450, 450))
    content = BytesIO()
    clear.save(content, "PNG")
    images = tuple(
        replace(image, content=content.getvalue()) if image.media_type == "image/png" else image
        for image in IMAGES
    )
    numbered = rich(images=images)
    made = write_press(numbered, STYLES, profile, "x1a")
    assert failed(made.content) <= {"image-resolution"}
    with pikepdf.open(BytesIO(made.content)) as pdf:
        assert pdf.pdf_version == "1.4"
        assert str(pdf.docinfo.GTS_PDFXVersion) == "PDF/X-1a:2003"
    monkeypatch.setattr("pipeline.writers.press.flatten", lambda pdf: None)
    assert "transparency" in failed(write_press(numbered, STYLES, profile, "x1a").content)


@given(st.integers(1, 64))
def test_a_booklet_that_is_folded_and_opened_shows_its_pages_in_order(written):
    """Nest the sheets, fold them, and read: fronts and backs, each leaf one after the other."""
    pages = written + -written % 4
    found = sides(pages)
    fronts, backs = found[::2], found[1::2]
    leaves = [(front[1], back[0]) for front, back in zip(fronts, backs, strict=True)]
    leaves += [(back[1], front[0]) for front, back in zip(fronts[::-1], backs[::-1], strict=True)]
    assert [page for leaf in leaves for page in leaf] == list(range(1, pages + 1))


@given(st.integers(1, 16))
def test_sheets_are_imposed_by_the_formula(sheets):
    """Of n pages, the front of sheet s bears n - 2s and 1 + 2s, its back 2 + 2s and n - 1 - 2s."""
    n = 4 * sheets
    fronts = [(n - 2 * s, 1 + 2 * s) for s in range(sheets)]
    backs = [(2 + 2 * s, n - 1 - 2 * s) for s in range(sheets)]
    assert sides(n)[::2] == fronts
    assert sides(n)[1::2] == backs
    assert {sum(pair) for pair in sides(n)} == {n + 1}
    assert sides(8) == [(8, 1), (2, 7), (6, 3), (4, 5)]


def test_each_side_shows_its_two_pages(made, pdf):
    singles = [sorted(page.text.split()) for page in read_pages(made.content)]
    imposed = read_pages(write_booklet(made, rich(), STYLES))
    assert len(imposed) == len(singles) // 2
    for side, (left, right) in zip(imposed, sides(len(singles)), strict=True):
        assert sorted(side.text.split()) == sorted(singles[left - 1] + singles[right - 1])


def places(content):
    """Return where each side puts its two pages: the x of the left and of the right one."""
    with pikepdf.open(BytesIO(content)) as opened:
        for page in opened.pages:
            yield [
                float(found.operands[4])
                for found in pikepdf.parse_content_stream(page)
                if str(found.operator) == "cm"
            ]


def test_inner_sheets_are_moved_to_the_fold(made):
    found = list(places(write_booklet(made, rich(), STYLES)))
    assert len(found) >= 4
    assert found[0] == found[1]  # both sides of the outermost sheet
    assert found[2][0] - found[0][0] == pytest.approx(STYLES.house.press.calliper * MM, abs=0.001)
    assert found[0][1] - found[2][1] == pytest.approx(STYLES.house.press.calliper * MM, abs=0.001)


def test_a_booklet_has_bleed_round_the_spread_and_passes_preflight(made):
    content = write_booklet(made, rich(), STYLES)
    assert failed(content) <= {"image-resolution", "page-count"}
    with pikepdf.open(BytesIO(content)) as opened:
        for page in opened.pages:
            trim = [float(value) for value in page.obj.TrimBox]
            assert trim[2] - trim[0] == pytest.approx(420 * MM, abs=0.01)
            assert trim[3] - trim[1] == pytest.approx(297 * MM, abs=0.01)


def test_a_booklet_read_from_right_to_left_opens_the_other_way(made):
    numbered = rich()
    front = replace(numbered.brief.front, lang="ar")
    arabic = replace(numbered, brief=replace(numbered.brief, front=front))
    first = made_page(write_booklet(made, numbered, STYLES), "/Right")
    assert b"BT" in first
    assert made_page(write_booklet(made, arabic, STYLES), "/Left") == first


def made_page(content, side):
    with pikepdf.open(BytesIO(content)) as opened:
        return opened.pages[0].obj.Resources.XObject[side].read_bytes()


def test_greys_keep_tags_links_and_claims(screen):
    content = in_grey(screen)
    with pikepdf.open(BytesIO(content)) as opened:
        assert "/StructTreeRoot" in opened.Root
        assert any("/Annots" in page.obj for page in opened.pages)
        names = {name for name, _ in operators(opened)}
        images = [found for found in opened.objects if str(_get(found, "/Subtype")) == "/Image"]
        assert {str(image.ColorSpace) for image in images} == {"/DeviceGray"}
    assert names.isdisjoint({"rg", "RG", "k", "K"})
    assert list(lost_text(content, screen, "x.pdf")) == []
    assert in_grey(screen) == content


@pytest.mark.parametrize("standard", ["ua1", "3a"])
def test_greys_keep_to_the_standards(screen, standard):
    page = pytest.importorskip("page", reason="page-validation is not installed")
    report = page.validate_pdf_bytes(in_grey(screen), profile=standard)
    found = [(failure.rule_id, failure.message) for failure in report.failures]
    assert [failure for failure in found if "STREAM-LENGTH" not in failure[0]] == []


@pytest.mark.parametrize("edition", ["booklet", "grey"])
def test_each_edition_is_proved_and_published(project, profile, monkeypatch, edition):
    monkeypatch.setattr("pipeline.press.find_profile", lambda house, root: profile)
    found = load_project([project / "briefs/japan-canada.md"])
    (outcome,) = make_press(found, Order(edition))
    assert outcome.diagnostics == ()
    assert (project / f"build/japan-canada.{edition}.pdf").exists()


def test_a_brief_with_an_error_is_not_printed(project, profile, monkeypatch):
    monkeypatch.setattr("pipeline.press.find_profile", lambda house, root: profile)
    (project / "briefs/bad.md").write_text("---\ntitle: Bad\n---\n\nText [@nobody].\n", "utf-8")
    (outcome,) = make_press(load_project([project / "briefs/bad.md"]), Order())
    assert outcome.filename == ""


COLPROF = """#!/bin/sh
# Stands for Argyll's: writes a profile that says when it was made.
"{python}" - "$@" <<'END'
import pathlib, sys, time
profile = bytearray(pathlib.Path({profile!r}).read_bytes())
profile[24:36] = time.time_ns().to_bytes(12, "big")
pathlib.Path(sys.argv[-1] + ".icc").write_bytes(profile)
END
"""


def test_a_profile_that_is_built_is_the_same_at_any_time_and_built_once(
    tmp_path, monkeypatch, profile
):
    (tmp_path / "swop.icc").write_bytes(profile.content)
    (tmp_path / "FOGRA39L.ti3").write_text("CTI3")
    made = COLPROF.format(python=sys.executable, profile=str(tmp_path / "swop.icc"))
    (tmp_path / "colprof").write_text(made)
    (tmp_path / "colprof").chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")
    monkeypatch.setattr(profiles, "_MEASURED", tmp_path / "FOGRA39L.ti3")
    found = []
    for cache in ("one", "two"):
        monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / cache))
        found.append(find_profile(STYLES.house, tmp_path))
    assert found[0] == found[1]
    assert found[0].content[36:] == profile.content[36:]
    assert (found[0].condition, found[0].registered) == ("FOGRA39", True)
    (tmp_path / "colprof").write_text("#!/bin/sh\nexit 1\n")
    assert find_profile(STYLES.house, tmp_path) == found[1]
    (kept,) = (tmp_path / "two/briefwright").iterdir()
    kept.write_bytes(kept.read_bytes()[:-1])  # cut off
    assert find_profile(STYLES.house, tmp_path).condition == "Custom"
    (tmp_path / "colprof").write_text(made)
    assert find_profile(STYLES.house, tmp_path) == found[1]
    monkeypatch.setenv("XDG_CACHE_HOME", "/proc/nowhere")  # where nothing can be kept
    assert find_profile(STYLES.house, tmp_path) == found[1]
    (tmp_path / "colprof").write_text("#!/bin/sh\nexit 1\n")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "three"))
    assert find_profile(STYLES.house, tmp_path).condition == "Custom"  # Ghostscript's instead


def test_fogra39_is_built_once_and_the_same_each_time(tmp_path, monkeypatch):
    if not shutil.which("colprof") or not profiles._MEASURED.is_file():
        pytest.skip("argyll and icc-profiles-free are not installed")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    first = find_profile(STYLES.house, tmp_path)
    assert first.condition == "FOGRA39"
    monkeypatch.setattr(profiles.subprocess, "run", None)  # kept: not built again
    assert find_profile(STYLES.house, tmp_path) == first
    red = Cmyk(first, {}).solid((0.8, 0.1, 0.15))
    assert red[1] > 0.8  # a profile without its own tables gives pale colours
    assert red[0] < 0.2

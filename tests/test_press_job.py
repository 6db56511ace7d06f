"""The plates of a press file, its soft proof and its job ticket; runs printed digitally."""

import json
import re
import shutil
import subprocess
from collections import Counter
from io import BytesIO

import pikepdf
import pytest
from msgspec.structs import replace
from PIL import Image as Picture
from rich_brief import par, rich

from pipeline.cli import main
from pipeline.preflight import preflight
from pipeline.press import Order, make_press, profiles
from pipeline.press.separations import DOTS, inking, separated, soft_proof
from pipeline.project import load_project
from pipeline.styles import load_styles, preset_folder
from pipeline.verify.pdf.text import read_pages
from pipeline.writers.press import write_cover, write_press

STYLES = load_styles(None)[0]
DIGITAL = replace(
    STYLES, house=replace(STYLES.house, press=replace(STYLES.house.press, process="digital"))
)


@pytest.fixture(scope="module")
def profile():
    found = profiles._ghostscript()
    if found is None:
        pytest.skip("Ghostscript's CMYK profile is not installed")
    return found


LONG = rich(blocks=(par("The rain falls on roofs and on roads. " * 370),))  # four pages and a half


@pytest.fixture(scope="module")
def press(profile):
    return write_press(LONG, STYLES, profile)


@pytest.fixture(scope="module")
def pages(press):
    return separated(press.content)


def test_ghostscript_finds_as_much_ink_on_each_page(press, pages, tmp_path):
    if not shutil.which("gs"):
        pytest.skip("Ghostscript is not installed")
    (tmp_path / "x.pdf").write_bytes(press.content)
    command = ["gs", "-q", "-dSAFER", "-o", "-", "-sDEVICE=ink_cov", "-dUseTrimBox", "x.pdf"]
    said = subprocess.run(command, cwd=tmp_path, check=True, capture_output=True, text=True).stdout
    theirs = [[float(share) / 100 for share in line.split()[:4]] for line in said.splitlines()]
    assert len(theirs) == len(pages)
    for page, wanted in zip(pages, theirs, strict=True):
        assert inking(page).coverage == pytest.approx(wanted, abs=0.012)


def test_black_text_leaves_no_holes_in_the_other_plates(profile):
    css = STYLES.files["print.css"] + "body * { background: #0b4f6c; }"
    dark = replace(STYLES, files={**STYLES.files, "print.css": css})
    content = write_press(rich(blocks=(par("Black on blue. " * 60),)), dark, profile).content
    page = separated(content)[0]
    inks = zip(page.getchannel("C").tobytes(), page.getchannel("K").tobytes(), strict=True)
    below = Counter(cyan for cyan, black in inks if black == 255)
    assert sum(below.values()) > 500
    assert min(below) > 128


def test_a_page_without_anything_has_no_ink(press, pages):
    assert inking(pages[press.blanks[0] - 1]).coverage == (0, 0, 0, 0)


def test_the_most_ink_is_of_a_square_millimetre():
    page = Picture.new("CMYK", (600, 600))
    page.paste((255, 255, 0, 0), (0, 0, 6, 6))  # a millimetre has six dots
    assert inking(page).most == pytest.approx(2.0)
    page.paste((255, 255, 255, 255), (100, 100, 101, 101))
    assert inking(page).most == pytest.approx(2.0)


def test_a_soft_proof_shows_ink_on_paper(pages, profile):
    with Picture.open(BytesIO(soft_proof(pages, profile)[0])) as picture:
        assert picture.size == pytest.approx((210 / 25.4 * DOTS, 297 / 25.4 * DOTS), abs=1)
        shades = picture.convert("L").getextrema()
        paper = picture.getpixel((5, 5))
    assert shades[0] < 70  # black ink is no black of a screen
    assert 200 < min(paper) <= max(paper) <= 255


def test_what_is_printed_digitally_has_neither_blank_pages_nor_registration_marks(press, profile):
    digital = write_press(LONG, DIGITAL, profile)
    assert press.blanks == (6, 7, 8)
    assert digital.blanks == ()
    with pikepdf.open(BytesIO(digital.content)) as one, pikepdf.open(BytesIO(press.content)) as two:
        drawn = [pdf.pages[0].obj.Contents.read_bytes() for pdf in (one, two)]
    assert [len(re.findall(rb" c S?", content)) for content in drawn] == [0, 16]


@pytest.fixture
def house(project, profile, monkeypatch):
    monkeypatch.setattr("pipeline.press.find_profile", lambda house, root: profile)
    return project


def ordered(project, order):
    (outcome,) = make_press(load_project([project / "briefs/japan-canada.md"]), order)
    assert outcome.diagnostics == ()
    return {path.name.partition(".")[2]: path for path in (project / "build").iterdir()}


def test_a_job_ticket_says_the_same_as_json_and_on_one_page(house):
    (house / "styles").mkdir(exist_ok=True)
    large = (preset_folder("government") / "house.toml").read_text("utf-8")  # text of 12 points
    press = '\n[press]\nstock = "Offset 120 g"\ncalliper = 0.15\n'
    (house / "styles/house.toml").write_text(large + press, "utf-8")
    files = ordered(house, Order(job=True))
    ticket = json.loads(files["job.json"].read_bytes())
    press = read_pages(files["press.pdf"].read_bytes())
    assert ticket["pages"] == len(press)
    empty = [number for number, page in enumerate(press, start=1) if not page.text.strip()]
    assert ticket["blank-pages"] == empty
    assert (ticket["sheets"], ticket["folds"]) == (len(press) / 4, 1)
    assert ticket["spine"] == len(press) / 2 * 0.15
    assert ticket["trim"] == [210, 297]
    (page,) = read_pages(files["job.pdf"].read_bytes())
    words = " ".join(page.text.split())
    assert ticket["sha256"] in words.replace(" ", "")
    blank = f"of which blank: {', '.join(map(str, empty))}" if empty else "none blank"
    said = (f"{len(press)}, {blank}", "Offset 120 g", "0.15 mm", "8 references and 10 citations")
    assert [fact for fact in said if fact not in words] == []
    most = max(inking(each).most for each in separated(files["press.pdf"].read_bytes()))
    assert ticket["most-ink"] == round(most, 3)


def test_a_soft_proof_has_a_picture_of_each_page(house):
    files = ordered(house, Order(soft_proof=True))
    assert [name for name in sorted(files) if "proof" in name] == [
        f"proof-{number}.png" for number in range(1, 5)
    ]


def test_what_reaches_beyond_the_page_is_printed_in_the_bleed(profile):
    css = STYLES.files["print.css"] + (
        ".title-block { background: #000; margin-top: calc(-1 * (var(--page-first-top) + "
        "var(--bleed))); margin-inline: calc(-1 * (var(--page-inner) + var(--bleed))) "
        "calc(-1 * (var(--page-outer) + var(--bleed))); }"
    )
    band = replace(STYLES, files={**STYLES.files, "print.css": css})
    with pikepdf.open(BytesIO(write_press(rich(), band, profile).content)) as pdf:
        for page in pdf.pages:
            page.obj.TrimBox = page.obj.BleedBox
        with BytesIO() as written:
            pdf.save(written)
            page = separated(written.getvalue())[0]
    assert [page.getpixel(place)[3] for place in ((4, 12), (page.width - 5, 12))] == [255, 255]


COVERED = replace(
    STYLES,
    house=replace(
        STYLES.house,
        cover=replace(STYLES.house.cover, show="on"),
        press=replace(STYLES.house.press, calliper=2.0),
    ),
)


@pytest.mark.parametrize("lang", ["en", "ar"])
def test_a_cover_has_back_spine_and_front_on_one_sheet(profile, lang):
    content = write_cover(rich(lang=lang), COVERED, profile, 8.0)
    assert not preflight(content).failures
    (sheet,) = separated(content)
    dots = DOTS / 25.4
    assert sheet.size == pytest.approx(((2 * 210 + 8) * dots, 297 * dots), abs=1)
    blue = sheet.getpixel((sheet.width // 2 - 400, sheet.height - 100))
    below = [sheet.getpixel((x, sheet.height - 100)) for x in range(5, sheet.width - 5, 40)]
    assert min(blue[:2]) > 100  # cyan and magenta
    assert set(below) == {blue}
    (page,) = read_pages(content)
    assert page.text.count("CC BY 4.0") == 1
    left = round(210 * dots)  # of the spine
    letters = sheet.crop((left + 5, 300, left + 40, 1500)).getchannel("C")
    assert letters.getextrema()[0] < 50  # they are white


def test_a_thin_spine_has_no_title(profile):
    texts = [
        read_pages(write_cover(rich(), COVERED, profile, spine))[0].text.count("Japan")
        for spine in (4.0, 8.0)
    ]
    assert texts == [1, 2]


def test_the_spine_is_as_wide_as_the_pages_are_thick(house):
    (house / "styles").mkdir(exist_ok=True)
    (house / "styles/house.toml").write_text(
        '[cover]\nshow = "on"\n[press]\ncalliper = 2.0\n', "utf-8"
    )
    (outcome,) = make_press(load_project([house / "briefs/japan-canada.md"]), Order("cover"))
    assert outcome.diagnostics == ()
    pages = len(read_pages(ordered(house, Order())["press.pdf"].read_bytes()))
    assert outcome.facts[0] == f"a spine of {2 * ((pages) // 2):g} mm for {pages - 1} pages"


def test_a_house_without_a_cover_is_told(project, capsys):
    assert main(["press", "--cover"]) == 1
    assert "the house style has no cover" in capsys.readouterr().err
    assert main(["press", "--cover", "--job"]) == 2

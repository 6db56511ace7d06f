"""The plates of a press file, its soft proof and its job ticket; runs printed digitally."""

import json
import re
import shutil
import subprocess
from io import BytesIO

import pikepdf
import pytest
from msgspec.structs import replace
from PIL import Image as Picture
from rich_brief import par, rich

from pipeline.press import Order, make_press, profiles
from pipeline.press.separations import DOTS, inking, separated, soft_proof
from pipeline.project import load_project
from pipeline.styles import load_styles
from pipeline.verify.pdf.text import read_pages
from pipeline.writers.press import write_press

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


@pytest.fixture(scope="module")
def press(profile):
    return write_press(rich(), STYLES, profile)


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
        assert inking(page).coverage == pytest.approx(wanted, abs=0.008)


def test_black_text_leaves_no_holes_in_the_other_plates(profile):
    css = STYLES.files["print.css"] + "p { background: #0b4f6c; }"
    dark = replace(STYLES, files={**STYLES.files, "print.css": css})
    content = write_press(rich(blocks=(par("Black on blue. " * 60),)), dark, profile).content
    of_text = separated(content)[0].crop((350, 520, 900, 700))
    cyan, _, _, black = (plate.getextrema() for plate in of_text.split())
    assert cyan[0] == cyan[1] > 128
    assert black[0] < black[1] == 255


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
    digital = write_press(rich(), DIGITAL, profile)
    assert press.blanks
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
    (house / "styles/house.toml").write_text('[press]\nstock = "Offset 120 g"\ncalliper = 0.15\n')
    files = ordered(house, Order(job=True))
    ticket = json.loads(files["job.json"].read_bytes())
    press = read_pages(files["press.pdf"].read_bytes())
    assert ticket["pages"] == len(press) == 4
    assert ticket["blank-pages"] == [4]
    assert (ticket["sheets"], ticket["folds"], ticket["spine"]) == (1, 1, 0.3)
    assert ticket["trim"] == [210, 297]
    (page,) = read_pages(files["job.pdf"].read_bytes())
    words = " ".join(page.text.split())
    assert ticket["sha256"] in words.replace(" ", "")
    for said in (
        "4, of which blank: 4",
        "Offset 120 g",
        "0.15 mm",
        "8 references and 10 citations",
    ):
        assert said in words
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

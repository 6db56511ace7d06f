"""How the pages of this repository's briefs look, held against small pictures in tests/golden/.

`pytest tests/test_page_images.py --update` draws them again; look at them before you commit. The
light and colour of spots of three points are compared. Another version of a font or of Pango may
make letters a little bolder, move a line by a point, or break one address elsewhere. A line that
moved further, another colour or a missing box is a difference.
"""

import subprocess
from functools import cache
from io import BytesIO
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from installed import needs
from PIL import Image, ImageChops, ImageFilter

from pipeline.press import profiles
from pipeline.project import load_project
from pipeline.writers.pdf import write_pdf
from pipeline.writers.press import write_press

ROOT = Path(__file__).parents[1]
GOLDEN = ROOT / "tests/golden"
NAMES = sorted(path.stem for path in (ROOT / "briefs").glob("*.md"))
EDITIONS = ("screen", "press")
SPOT = 3  # points: what is one dot of a kept picture
ACROSS = 4  # pages beside each other
COLOURS = 256
ALIKE = 45  # levels of 255 by which a spot may differ
FEW = 40  # spots that may differ by more: a word that went to the next line
AREA = 12  # spots: half an inch
ALIKE_AREA = 10  # levels by which the mean of an area may differ


@cache
def loaded():
    project = load_project(start=ROOT)
    return {brief.name: brief.numbered for brief in project.briefs}, project.styles


@cache
def written(name, edition):
    briefs, styles = loaded()
    if edition == "screen":
        return write_pdf(briefs[name], styles)
    if (profile := profiles._ghostscript()) is None:
        pytest.skip("Ghostscript's CMYK profile is not installed")
    return write_press(briefs[name], styles, profile).content


def drawn(content):
    """Return all pages of a PDF in one small picture."""
    document = pypdfium2.PdfDocument(content)
    pages = [page.render(scale=1).to_pil().convert("RGB").reduce(SPOT) for page in document]
    return sheet_of(pages)


def sheet_of(pages):
    width, height = pages[0].size
    rows = -(-len(pages) // ACROSS)
    sheet = Image.new("RGB", (width * min(ACROSS, len(pages)), height * rows), "white")
    for number, page in enumerate(pages):
        sheet.paste(page, (number % ACROSS * width, number // ACROSS * height))
    return sheet


def kept(picture):
    """Return the bytes of a picture with few colours."""
    content = BytesIO()
    few = picture.quantize(COLOURS, dither=Image.Dither.NONE)
    few.save(content, "PNG", optimize=True)
    return content.getvalue()


def differences(one, other):
    """Return where two pictures differ in more than a shade, in words."""
    if one.size != other.size:
        return [f"the pages have {one.size} spots, and had {other.size}"]
    blur = ImageFilter.GaussianBlur(0.8)
    one, other = one.filter(blur), other.filter(blur)
    apart = ImageChops.lighter(beyond(one, other), beyond(other, one))
    strongest = ImageChops.lighter(ImageChops.lighter(*apart.split()[:2]), apart.getchannel(2))
    different = strongest.point(lambda level: 255 * (level > ALIKE))
    found = []
    if (count := different.histogram()[255]) > FEW:
        found.append(f"{count} spots in {different.getbbox()} differ")
    worst = max(high for _, high in apart.reduce(AREA).getextrema())
    if worst > ALIKE_AREA:
        found.append(f"an area differs by {worst} levels")
    return found


def beyond(one, other):
    """Return how far spots of a picture are outside the range of their neighbours in another."""
    over = ImageChops.subtract(one, other.filter(ImageFilter.MaxFilter(3)))
    under = ImageChops.subtract(other.filter(ImageFilter.MinFilter(3)), one)
    return ImageChops.lighter(over, under)


@needs("font Noto Sans Arabic")  # Debian's package has Noto Sans, too, where Carlito lacks a sign
@pytest.mark.parametrize("edition", EDITIONS)
@pytest.mark.parametrize("name", NAMES)
def test_the_pages_look_as_they_were_seen_and_approved(name, edition, update, tmp_path):
    path = GOLDEN / name / f"{name}.{edition}.png"
    actual = drawn(written(name, edition))
    if update:
        path.write_bytes(kept(actual))
    with Image.open(path) as picture:
        found = differences(actual, picture.convert("RGB"))
    if found:
        actual.save(tmp_path / path.name)
    assert found == [], f"look at {tmp_path / path.name} beside {path}"


def repainted(content, change):
    with pikepdf.open(BytesIO(content)) as pdf:
        page = pdf.pages[0]
        changed = change(pikepdf.parse_content_stream(page))
        page.obj.Contents = pdf.make_stream(pikepdf.unparse_content_stream(changed))
        changed_content = BytesIO()
        pdf.save(changed_content)
    return changed_content.getvalue()


def _is(found, name):
    return str(found.operator) == name


def a_line_is_lower(read):
    """Move the longest text by its own height."""
    shown = [i for i, found in enumerate(read) if _is(found, "TJ")]
    longest = max(
        shown, key=lambda i: sum(len(bytes(x)) for x in read[i].operands[0] if _is_text(x))
    )
    place = max(i for i in range(longest) if _is(read[i], "Tm"))
    values = [float(value) for value in read[place].operands]
    values[5] -= 10.5
    return [*read[:place], (values, pikepdf.Operator("Tm")), *read[place + 1 :]]


def _is_text(value):
    return isinstance(value, pikepdf.String)


def a_box_is_gone(read):
    """Take out the first area that is filled with a tint."""
    for i, found in enumerate(read):
        if _is(found, "rg") and 0.85 < min(map(float, found.operands)) < 1:
            return [*read[:i], ([1, 1, 1], found.operator), *read[i + 1 :]]
    raise AssertionError("there is no tint")


def another_accent(read):
    """Exchange blue and red: as light as before."""
    return [(found.operands[::-1], found.operator) if _is(found, "rg") else found for found in read]


CHANGES = [a_line_is_lower, a_box_is_gone, another_accent]


@pytest.mark.parametrize("change", CHANGES, ids=lambda change: change.__name__)
def test_what_a_reader_would_see_is_seen(change):
    content = written("japan-canada", "screen")
    assert differences(drawn(repainted(content, change)), drawn(content))


@needs("pdftoppm")
def test_another_rasteriser_is_no_difference(tmp_path):
    """Poppler hints and smooths letters otherwise than PDFium; no reader would see it."""
    content = written("japan-canada", "screen")
    (tmp_path / "a.pdf").write_bytes(content)
    command = ["pdftoppm", "-r", "72", "-png", "a.pdf", "a"]
    subprocess.run(command, cwd=tmp_path, check=True)
    pages = [Image.open(path).convert("RGB") for path in sorted(tmp_path.glob("a-*.png"))]
    other = sheet_of([page.reduce(SPOT) for page in pages])
    assert ImageChops.difference(other, drawn(content)).getbbox()
    assert differences(other, drawn(content)) == []


def test_a_kept_picture_is_small_and_close_to_what_it_shows():
    picture = drawn(written("japan-canada", "screen"))
    content = kept(picture)
    assert len(content) < 150_000
    with Image.open(BytesIO(content)) as few:
        assert differences(few.convert("RGB"), picture) == []

"""Bitmaps in a PDF look as their author saw them, or are named as lost."""

import base64
import io
import struct
import zlib

import pikepdf
import pytest
from msgspec.structs import replace
from PIL import Image, ImageCms
from rich_brief import IMAGES, rich

from pipeline.cli import main
from pipeline.model import ImageFile, LostImageError
from pipeline.readers.markdown.images import JPEG_SIGNATURE, _is_turned, measure
from pipeline.readers.markdown.reading import BadImage
from pipeline.styles import load_styles
from pipeline.writers import WRITERS
from pipeline.writers.pdf import bitmaps, write_pdf
from pipeline.writers.pdf.bitmaps import plain_bitmaps
from pipeline.writers.pdf.weasyprint_host import nothing_lost

STYLES = load_styles(None)[0]
KINDS = {"PNG": "image/png", "JPEG": "image/jpeg"}


def wide_gamut():
    """Return a profile that is not sRGB: sRGB's own, with red and green in each other's place."""
    content = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    content[content.index(b"rXYZ") : content.index(b"rXYZ") + 4] = b"????"
    content[content.index(b"gXYZ") : content.index(b"gXYZ") + 4] = b"rXYZ"
    content[content.index(b"????") : content.index(b"????") + 4] = b"gXYZ"
    for name in ("sRGB", "s\0R\0G\0B", "\0s\0R\0G\0B"):
        content = content.replace(name.encode(), b"x" * len(name))
    return bytes(content)


def saved(picture, kind, **options):
    content = io.BytesIO()
    picture.save(content, kind, **options)
    return ImageFile("a", KINDS[kind], content.getvalue(), picture.width, picture.height)


def plain(image, **options):
    (found,) = plain_bitmaps([image], **options)
    return found, Image.open(io.BytesIO(found.content))


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("mode", ["RGB", "L"])
def test_a_plain_picture_is_not_touched(kind, mode):
    image = saved(Image.new(mode, (8, 8), "teal" if mode == "RGB" else 99), kind)
    assert plain(image)[0] is image


@pytest.mark.parametrize("kind", KINDS)
def test_a_picture_with_a_profile_of_its_own_is_turned_into_srgb(kind):
    red = Image.new("RGB", (8, 8), (255, 0, 0))
    found, picture = plain(saved(red, kind, icc_profile=wide_gamut(), quality=95))
    red, green, _ = picture.convert("RGB").getpixel((4, 4))
    assert green > 200
    assert red < 40
    assert picture.info.get("icc_profile") is None
    assert plain(found)[0] is found


@pytest.mark.parametrize("mode", ["1", "P", "RGB"])
def test_greys_in_a_picture_of_colours_are_greys(mode):
    picture = Image.new("L", (8, 8), 255)
    picture.paste(0, (0, 0, 4, 8))
    _, found = plain(saved(picture.convert(mode), "PNG"))
    assert found.mode == "L"
    assert [found.getpixel((x, 4)) for x in (1, 6)] == [0, 255]


def test_a_profile_that_is_broken_or_of_srgb_changes_nothing():
    red = Image.new("RGB", (8, 8), (255, 0, 0))
    own = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    for profile in (own, b"nonsense"):
        image = saved(red, "PNG", icc_profile=profile)
        assert plain(image)[0] is image


def test_transparency_outlives_a_profile():
    clear = Image.new("RGBA", (8, 8), (255, 0, 0, 100))
    _, picture = plain(saved(clear, "PNG", icc_profile=wide_gamut()))
    assert picture.mode == "RGBA"
    assert picture.getpixel((4, 4))[3] == 100


def test_sixteen_bits_of_grey_become_eight():
    row = b"\0" + b"".join(struct.pack(">H", 65535 * x // 7) for x in range(8))
    chunks = [
        (b"IHDR", struct.pack(">IIBBBBB", 8, 1, 16, 0, 0, 0, 0)),
        (b"IDAT", zlib.compress(row)),
        (b"IEND", b""),
    ]
    content = b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        for kind, data in chunks
    )
    _, picture = plain(ImageFile("a", "image/png", content, 8, 1))
    assert picture.mode == "L"
    assert [picture.getpixel((x, 0)) for x in range(8)] == pytest.approx(
        [255 * x / 7 for x in range(8)], abs=1
    )


def test_inks_are_kept_for_the_press_and_are_colours_on_a_screen():
    image = saved(Image.new("CMYK", (8, 8), (255, 0, 0, 0)), "JPEG")
    assert plain(image, keep_inks=True)[0] is image
    _, picture = plain(image)
    assert picture.mode == "RGB"
    red, _, blue = picture.getpixel((4, 4))
    assert red < 60 < 150 < blue


@pytest.mark.parametrize("kind", ["JPEG", "PNG"])
def test_a_photograph_is_turned_upright_as_it_is_read(kind):
    picture = Image.new("RGB", (80, 40), "white")
    picture.paste((0, 0, 0), (0, 0, 40, 40))
    exif = Image.Exif()
    exif[0x0112] = 6  # to be turned to the right
    content = saved(picture, kind, exif=exif, quality=95, dpi=(192, 96)).content

    file = measure("a", content)

    found = Image.open(io.BytesIO(file.content))
    assert found.size == (40, 80)
    assert found.getpixel((20, 20))[0] < 40 < 215 < found.getpixel((20, 60))[0]
    assert found.getexif().get(0x0112, 1) == 1
    assert (file.width, file.height) == pytest.approx((40, 40), rel=0.01)


def test_a_photograph_that_is_too_large_is_refused_before_it_is_turned(monkeypatch):
    exif = Image.Exif()
    exif[0x0112] = 6
    picture = saved(Image.new("RGB", (80, 40)), "JPEG", exif=exif)
    monkeypatch.setattr("pipeline.readers.markdown.upright.upright", pytest.fail)
    monkeypatch.setattr("pipeline.readers.markdown.images.MOST_PIXELS", 3000)

    with pytest.raises(BadImage, match="million pixels"):
        measure("a", picture.content)


@pytest.mark.parametrize("cut", range(0, 60, 7))
def test_exif_data_that_are_cut_off_turn_nothing(cut):
    exif = Image.Exif()
    exif[0x0112] = 6
    data = exif.tobytes()
    assert not _is_turned(JPEG_SIGNATURE + data[: min(cut, len(data) - 6)])


def with_image(content, media_type):
    return rich(images=(replace(IMAGES[0], content=content, media_type=media_type), IMAGES[1]))


NOISE = bytes(Image.effect_noise((200, 200), 90).convert("RGB").tobytes())


@pytest.mark.parametrize("kind", KINDS)
def test_half_a_picture_is_lost_and_named(kind):
    whole = saved(Image.frombytes("RGB", (200, 200), NOISE), kind)
    half = replace(whole, content=whole.content[: len(whole.content) // 2])
    with pytest.raises(LostImageError, match="`a` is damaged"):
        plain(half)


def nested(depth):
    return b"<g>" * depth + b'<rect width="9" height="9"/>' + b"</g>" * depth


def svg(inside):
    return (
        b'<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" '
        b'width="300" height="120">' + inside + b"</svg>"
    )


def inner(content):
    data = base64.b64encode(content)
    return svg(b'<image width="9" height="9" xlink:href="data:image/png;base64,' + data + b'"/>')


LOST = {"nested": svg(nested(3000)), "not a picture": inner(b"nothing")}


@pytest.mark.parametrize(
    ("format", "name"), [("pdf", "nested"), ("pdf", "not a picture"), ("docx", "nested")]
)
def test_a_drawing_that_cannot_be_drawn_is_named_and_not_left_out(format, name):
    with pytest.raises(LostImageError):
        WRITERS[format](with_image(LOST[name], "image/svg+xml"), STYLES)


def test_a_bitmap_inside_a_drawing_is_shown():
    dot = io.BytesIO()
    Image.new("RGB", (3, 3), "red").save(dot, "PNG")
    content = write_pdf(with_image(inner(dot.getvalue()), "image/svg+xml"), STYLES)
    with pikepdf.open(io.BytesIO(content)) as pdf:
        widths = [int(found.Width) for found in pdf.objects if _is_image(found)]
    assert 3 in widths


def _is_image(found):
    return isinstance(found, pikepdf.Stream) and found.get("/Subtype") == "/Image"


def test_a_lost_picture_is_said_with_its_line(project, capsys):
    (project / "briefs/b.md").write_text("---\ntitle: B\n---\n\nText.\n\n![A](a.svg){alt=A}\n")
    (project / "briefs/a.svg").write_bytes(LOST["not a picture"])
    assert main(["build", "briefs/b.md"]) == 1
    said = capsys.readouterr().err
    assert "briefs/b.md:7:1: error[cannot-render]: b.pdf:" in said
    assert not (project / "build/b.pdf").exists()


def test_without_the_check_half_a_picture_would_be_printed(monkeypatch):
    monkeypatch.setattr(bitmaps, "_load", lambda picture: None)
    whole = saved(Image.frombytes("RGB", (200, 200), NOISE), "JPEG")
    half = replace(whole, content=whole.content[: len(whole.content) // 2])
    assert plain(half)[0] is half


def test_a_link_to_what_stands_on_no_page_is_no_lost_image():
    from weasyprint import HTML

    with nothing_lost("brief-image:"):
        HTML(string="<a href='#sec-x'>There</a>").write_pdf()

"""What the glyphs of the PDF stand for: soft hyphens, and characters that no font can draw."""

import re
from io import BytesIO

import pikepdf
import pypdfium2
import pytest
import weasyprint
from installed import needs
from msgspec.structs import replace
from rich_brief import SPAN, par, rich

from pipeline import model as b
from pipeline.styles import load_styles
from pipeline.verify.pdf.glyphs import missing_glyphs
from pipeline.writers.pdf import write_pdf
from pipeline.writers.pdf.weasyprint_fixes import missing_glyphs as fix

STYLES = load_styles(None)[0]
LONG = (
    "A well-known state-of-the-art interdepartmental-intergovernmental characterisation of "
    "telecommunications infrastructure internationalisation. "
)
VARIED = "".join("no " * number + LONG for number in range(12))  # lines end here and there
UNKNOWN = "\U00010fff"  # assigned to nothing


_AUTO = " html { hyphens: auto; hyphenate-limit-zone: 5% }"
HYPHENATED = replace(STYLES, files={**STYLES.files, "print.css": STYLES.files["print.css"] + _AUTO})


def pdf_of(*texts, styles=STYLES, **front):
    return write_pdf(rich(blocks=tuple(par(text) for text in texts), **front), styles)


def lines(content):
    """Return the lines of the first page, each glyph by what its font says that it stands for."""
    with pikepdf.open(BytesIO(content)) as pdf:
        fonts, found, font, height = {}, {}, "", 0.0
        for name, value in pdf.pages[0].Resources.Font.items():
            table = value.ToUnicode.read_bytes()
            fonts[name] = {
                int(code, 16): bytes.fromhex(text.decode()).decode("utf-16-be")
                for code, text in re.findall(rb"<(\w{4})> <(\w+)>", table)
            }
        for operands, operator in pikepdf.parse_content_stream(pdf.pages[0]):
            if str(operator) == "Tf":
                font = str(operands[0])
            elif str(operator) == "Tm":
                height = float(operands[5])
            elif str(operator) == "TJ":
                codes = b"".join(bytes(p) for p in operands[0] if isinstance(p, pikepdf.String))
                pairs = [int.from_bytes(codes[i : i + 2]) for i in range(0, len(codes), 2)]
                found[height] = found.get(height, "") + "".join(fonts[font][c] for c in pairs)
        return list(found.values())


def test_a_hyphen_at_the_end_of_a_line_is_soft_and_a_typed_one_is_not():
    ends = [line[-1] for line in lines(pdf_of(VARIED, styles=HYPHENATED)) if line[-1] in "-\u00ad"]

    assert ends.count("\u00ad") > 3
    assert ends.count("-") > 3


def test_words_are_whole_without_their_soft_hyphens():
    read = "".join(lines(pdf_of(VARIED, styles=HYPHENATED)))
    joined = read.replace("\u00ad", "").replace(" ", "")

    assert (VARIED).replace(" ", "") in joined


def test_a_soft_hyphen_of_the_author_is_one_at_the_end_of_a_line():
    word = "x" * 21 + "\u00ad" + "y" * 24
    ends = [line[-1] for line in lines(pdf_of((word + " ") * 12, lang="und"))]

    assert "\u00ad" in ends
    assert "-" not in ends


def test_soft_hyphens_are_painted_as_hyphens():
    """In the file of the print shop, too, which no one reads by ear."""
    document = weasyprint.HTML(
        string="<p lang=en style='hyphens: auto; width: 30px; hyphenate-character: \"-\"'>"
        "internationalisation and so on</p>"
    ).render()
    with pikepdf.open(BytesIO(document.write_pdf())) as pdf:
        (font,) = pdf.pages[0].Resources.Font.values()
        codes = dict(re.findall(rb"<(\w{4})> (\d+)\n", font.Encoding.read_bytes()))
        texts = dict(re.findall(rb"<(\w{4})> <(\w+)>", font.ToUnicode.read_bytes()))
    soft = [code for code, text in texts.items() if text == b"00ad"]

    assert len(soft) == 1
    assert int(codes[soft[0]]) not in (0, int(soft[0], 16))


def test_a_character_without_a_glyph_is_another_glyph_in_its_place():
    content = pdf_of(f"A {UNKNOWN} box.", "A plain box.")
    with pikepdf.open(BytesIO(content)) as pdf:
        for font in pdf.pages[0].Resources.Font.values():
            if isinstance(font.Encoding, pikepdf.Stream):
                assert b"> 0\n" not in font.Encoding.read_bytes()
    assert [found.message for found in missing_glyphs(content, "a.pdf")] == [
        f"no font of this machine can draw “{UNKNOWN}” (U+10FFF) in the PDF"
    ]


def test_what_follows_a_character_without_a_glyph_stays_where_it_was_laid_out(monkeypatch):
    def place_of_box(text):
        document = pypdfium2.PdfDocument(pdf_of(text))
        page = document[0].get_textpage()
        at = page.get_text_range().index("box")
        return page.get_charbox(at)[0]

    substituted = place_of_box(f"A {UNKNOWN} box.")
    monkeypatch.setattr(fix, "_other_glyph", lambda font: None)

    assert substituted == pytest.approx(place_of_box(f"A {UNKNOWN} box."), abs=0.3)


def test_a_character_of_private_use_is_read_as_a_replacement_character():
    with pikepdf.open(BytesIO(pdf_of("A \ue000 sign."))) as pdf:
        said = [
            str(operands[1].ActualText)
            for operands, operator in pikepdf.parse_content_stream(pdf.pages[0])
            if str(operator) == "BDC" and "/ActualText" in operands[1]
        ]

    assert said == ["A \ufffd sign."]


@needs("font Noto Color Emoji")
def test_images_are_not_interpolated_in_drawings_and_emoji_either():
    picture = b.Image("chart.svg", "A bar", span=SPAN)
    svg = (
        b'<svg xmlns="http://www.w3.org/2000/svg" width="60" height="30"><image width="60" '
        b'height="30" href="data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptV'
        b'AAAACklEQVR4nGNoAAAAggCBd81ytgAAAABJRU5ErkJggg=="/></svg>'
    )
    images = (b.ImageFile("chart.svg", "image/svg+xml", svg, 60, 30),)
    numbered = rich(blocks=(par(picture, " and \N{GRINNING FACE}."),), images=images)
    with pikepdf.open(BytesIO(write_pdf(numbered, STYLES))) as pdf:
        images = [item for item in pdf.objects if isinstance(item, pikepdf.Stream)]
        images = [item for item in images if item.get("/Subtype") == "/Image"]

    assert len(images) > 1
    assert {bool(image.get("/Interpolate")) for image in images} == {False}


def test_the_words_of_a_drawing_are_painted():
    svg = (
        b'<svg xmlns="http://www.w3.org/2000/svg" width="60" height="30">'
        b'<text y="20">Stockholm, 2006</text></svg>'
    )
    images = (b.ImageFile("chart.svg", "image/svg+xml", svg, 60, 30),)
    picture = b.Image("chart.svg", "A bar", span=SPAN)
    document = pypdfium2.PdfDocument(write_pdf(rich(blocks=(par(picture),), images=images), STYLES))

    assert "Stockholm, 2006" in document[0].get_textpage().get_text_range()

"""Whatever a brief holds, a build ends soon, says what is wrong, and finishes the other briefs.

Nothing is fetched from the network, nothing is read from outside the project, and what takes
without end is ended with the limits of `build.workers`.
"""

import faulthandler
import os
import re
import struct
import sys
import zlib

import pikepdf
import pytest

from pipeline.build import workers
from pipeline.cli import main
from pipeline.styles import default_folder

HEAD = "---\ntitle: Bad\n---\n\nText.\n\n"
SECRET = "root:x:0:0"  # how /etc/passwd begins


def drawing(inside, attributes='width="100" height="100"'):
    names = 'xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"'
    return f"<svg {names} {attributes}>{inside}</svg>".encode()


def bombs(levels, times):
    """Return what shows `times` to the power of `levels` rectangles."""
    shown = "".join(
        f'<g id="a{level}">{f"<use href={chr(34)}#a{level - 1}{chr(34)}/>" * times}</g>'
        for level in range(1, levels + 1)
    )
    return f'<defs><rect id="a0" width="1" height="1"/>{shown}</defs><use href="#a{levels}"/>'


def png(width, height):
    """Return a white picture that is small as a file, however many dots it has."""

    def chunk(kind, data):
        return (
            struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        )

    packer = zlib.compressobj(9)
    row = bytes(1 + (width + 7) // 8)
    pixels = b"".join(packer.compress(row) for _ in range(height)) + packer.flush()
    header = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    parts = chunk(b"IHDR", header) + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + parts


LAUGHS = b'<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>'
OUTSIDE = b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
IMAGES = {
    "used ten to the power of eight": drawing(bombs(8, 10)),
    "shows itself": drawing('<g id="a"><use href="#a"/></g>'),
    "billion laughs": LAUGHS + drawing("&b;"),
    "an entity from outside": OUTSIDE + drawing("<text>&a;</text>"),
    "nested": drawing("<g>" * 5000 + "</g>" * 5000),
    "a picture from outside": drawing('<image href="file:///etc/passwd" width="9" height="9"/>'),
    "a style from the network": drawing('<style>@import "http://127.0.0.1:9/a.css";</style>'),
    "a script": drawing("<script>while (true);</script>"),
    "169 million dots": png(13_000, 13_000),
}  # fmt: skip
PLACES = {
    "a device": "/dev/zero",
    "the root": "/etc/passwd",
    "above": "../../../../../../etc/passwd",
    "the network": "http://127.0.0.1:9/a.png",
    "a file address": "file:///etc/passwd",
    "data": "data:image/png;base64,AAAA",
}
TEXTS = {
    "quotes": ">" * 3000 + " deep",
    "lists": "".join("  " * depth + "- a\n" for depth in range(200)),
    "parts": "".join(":" * (100 - depth) + " callout\n" for depth in range(90)),
    "notes in notes": "^[a " * 300 + "]" * 300,
    "emphasis": "*a " * 100_000,
    "a word of a megabyte": "w" * 1_000_000,
    "marks upon marks": ("a" + "\u0301\u0302" * 400) * 300,
    "5,000 rows": "| a | b |\n|---|---|\n" + "| 1 | 2 |\n" * 5000,
    "1,000 columns": "| a " * 1000 + "|\n" + "|---" * 1000 + "|\n",
    "a formula": "$" + r"\frac{" * 500 + "1" + "}{2}" * 500 + "$",
    "an attachment": "[x](file:///etc/passwd){rel=attachment}",
}
TABLES = {
    "a million rows": "a,b\n" + "1,2\n" * 1_000_000,
    "20,000 columns": "a," * 20_000 + "a\n" + "1," * 20_000 + "1\n",
    "an open quotation mark": 'a,b\n"' + "1,2\n" * 100_000,
}
TEMPLATES = {
    "an attachment": '<link rel="attachment" href="file:///etc/passwd">',
    "a picture from outside": '<img src="file:///etc/passwd" alt="x">',
    "a picture from the network": '<img src="http://127.0.0.1:9/a.png" alt="x">',
    "flexible boxes": '<div style="display: flex">' * 14 + "x" + "</div>" * 14,
    "a million columns": '<table><tr><td colspan="1000000">x</td></tr></table>',
    "depth": "<div>" * 1000 + "x" + "</div>" * 1000,
}
DOUBLED = "".join(f"--a{n}: var(--a{n - 1}) var(--a{n - 1});" for n in range(1, 27))
STYLES = {
    "import": '@import "file:///etc/passwd";',
    "background": "body { background: url(http://127.0.0.1:9/a.png) }",
    "a font": "@font-face { font-family: x; src: url(file:///etc/passwd) }",
    "doubling": f":root {{ --a0: x; {DOUBLED} }} body {{ color: var(--a26) }}",
}


@pytest.fixture
def build(tmp_path, monkeypatch, capsys):
    """Build a bad brief beside a good one, and return what is said."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "briefs").mkdir()
    (tmp_path / "references.bib").write_text("@book{a, title={A}, year=2020}\n")
    (tmp_path / "briefs/good.md").write_text("---\ntitle: Good\n---\n\nText.\n")
    # What has no end is ended after four seconds and not fifteen.
    monkeypatch.setattr(
        "pipeline.build._seconds_allowed",
        lambda task: 4 if task.target.numbered.brief.name == "bad" else 60,
    )

    def built(text, *arguments, names=("bad", "good"), finished="good"):
        (tmp_path / "briefs/bad.md").write_text(HEAD + text)
        files = [f"briefs/{name}.md" for name in names]
        assert main(["build", *files, "--to", "pdf", *arguments]) == 1
        if finished:
            assert (tmp_path / f"build/{finished}.pdf").exists()
        for path in (tmp_path / "build").glob("*.pdf"):
            with pikepdf.open(path) as pdf:
                held = [found.read_bytes() for found in pdf.objects if is_readable(found)]
            assert not any(SECRET.encode() in content for content in held)
        said = capsys.readouterr()
        assert "Traceback" not in said.err
        assert "error[" in said.err
        return said.err

    return built


def is_readable(found):
    return isinstance(found, pikepdf.Stream) and found.get("/Subtype") != "/Image"


@pytest.mark.parametrize("name", IMAGES)
def test_a_hostile_image_ends_in_a_diagnostic(name, build, tmp_path):
    (tmp_path / "briefs/a").write_bytes(IMAGES[name])
    said = build("![A](a){alt=A}\n", "--to", "pdf,docx")
    assert "bad.md" in said


@pytest.mark.parametrize("name", PLACES)
def test_an_image_from_elsewhere_is_not_read(name, build):
    said = build(f"![A]({PLACES[name]}){{alt=A}}\n")
    assert "briefs/bad.md:7:1: error[" in said


def test_a_link_out_of_the_project_is_not_followed(build, tmp_path):
    for target in ("/dev/zero", "/etc/passwd"):
        (tmp_path / "briefs/a.png").symlink_to(target)
        assert "error[outside-project]" in build("![A](a.png){alt=A}\n")
        (tmp_path / "briefs/a.png").unlink()


def test_a_pipe_is_not_waited_for(build, tmp_path):
    os.mkfifo(tmp_path / "briefs/a.png")
    assert "error[unreadable-file]" in build("![A](a.png){alt=A}\n")


@pytest.mark.parametrize("name", TEXTS)
def test_a_hostile_text_ends_in_a_diagnostic(name, build):
    assert "briefs/bad.md" in build(TEXTS[name] + "\n")


@pytest.mark.parametrize("name", TABLES)
def test_a_hostile_table_ends_in_a_diagnostic(name, build, tmp_path):
    (tmp_path / "briefs/a.csv").write_text(TABLES[name])
    said = build("![A](a.csv){#tbl-a}\n")
    assert "error[large-table]" in said or "error[bad-csv]" in said


@pytest.mark.parametrize("name", TEMPLATES)
def test_a_hostile_template_of_the_house_ends_in_a_diagnostic(name, build, tmp_path):
    template = (default_folder() / "brief.html.j2").read_text()
    (tmp_path / "styles").mkdir()
    (tmp_path / "styles/brief.html.j2").write_text(
        template.replace("<main", TEMPLATES[name] + "<main")
    )
    assert "error[cannot-render]" in build("", names=("bad",), finished="")


@pytest.mark.parametrize("name", STYLES)
def test_a_hostile_style_sheet_of_the_house_ends_in_a_diagnostic(name, build, tmp_path):
    (tmp_path / "styles").mkdir()
    (tmp_path / "styles/print.css").write_text(STYLES[name])
    said = build("", names=("bad",), finished="")
    assert "error[remote-file]" in said or "error[cannot-render]" in said


def test_a_short_brief_is_given_up_within_twenty_seconds_and_two_gigabytes(monkeypatch):
    from proved import witness_of
    from rich_brief import rich

    from pipeline.build import _seconds_allowed, _Task
    from pipeline.build.fingerprint import Target
    from pipeline.styles import load_styles

    target = Target(rich(), load_styles(None)[0], "pdf")
    assert _seconds_allowed(_Task(target, witness_of(target.numbered))) < 20
    assert workers.MEMORY <= 2 * 1024**3


def test_only_what_is_given_or_written_out_is_fetched():
    from pipeline.writers.pdf.weasyprint_host import Fetcher

    fetcher = Fetcher({"brief-image:a": (b"content", "image/png")})
    assert fetcher.fetch("brief-image:a").read() == b"content"
    assert fetcher.fetch("data:text/css,p%7B%7D").read() == b"p{}"
    for address in ("file:///etc/passwd", "http://127.0.0.1:9/", "ftp://127.0.0.1/", "a.png"):
        with pytest.raises(ValueError, match=r"(?i)disallowed|absolute"):
            fetcher.fetch(address)


def test_a_picture_inside_a_drawing_is_measured_before_it_is_unpacked():
    import base64

    from pipeline.writers.pdf.weasyprint_host import Fetcher

    address = "data:image/png;base64," + base64.b64encode(png(13_000, 13_000)).decode()
    with pytest.raises(ValueError, match="more pixels"):
        Fetcher({}).fetch(address)


@pytest.fixture
def _silent_aborts():
    """Python tells the stack of what aborts, as PDFium does when it gets no more memory."""
    faulthandler.disable()
    yield
    faulthandler.enable(sys.__stderr__)


@pytest.mark.usefixtures("_silent_aborts")
@pytest.mark.parametrize("command", ["verify", "numbers"])
def test_a_returned_file_without_end_is_given_up(command, tmp_path, capsys, monkeypatch):
    """Forms that show forms, eight to the power of 23: PDFium would go on for years."""
    with pikepdf.new() as pdf:
        shown = pdf.make_stream(b"0 0 9 9 re f")
        for level in range(24):
            shown.Type, shown.Subtype = pikepdf.Name.XObject, pikepdf.Name.Form
            shown.BBox = pikepdf.Array([0, 0, 9, 9])
            outer = pdf.make_stream(b"/X Do " * 8) if level < 23 else pdf.add_blank_page().obj
            outer.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(X=shown))
            if level == 23:
                outer.Contents = pdf.make_stream(b"/X Do")
            shown = outer
        pdf.save(tmp_path / "a.pdf")
    monkeypatch.setattr("pipeline.build.verifying.SECONDS", 3)
    assert main([command, str(tmp_path / "a.pdf")]) == 1
    said = capsys.readouterr()
    assert re.search("it (took|needs) more than", said.out + said.err)  # of time or of memory

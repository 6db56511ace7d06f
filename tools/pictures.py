"""Make the pictures of the README from the sample brief (`make pictures`).

docs/page.png     the first page of the PDF
docs/presets.png  the first page of PDF, Word file and web page, one below the other, in each of
                  the presets for house styles

LibreOffice prints the Word file, and Chromium shows the page. Both are test tools.
"""

from __future__ import annotations

import io
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pypdfium2
from PIL import Image, ImageDraw
from playwright.sync_api import sync_playwright

from pipeline.build import build
from pipeline.project import load_project

ROOT = Path(__file__).parents[1]
BRIEF = ROOT / "briefs/congestion.md"
PRESETS = ("institute", "government", "newsroom")
WIDTH, HEIGHT, GAP = 420, 594, 24  # pixels of a picture: A4, upright
_GROUND, _EDGE = "#e4e8eb", "#aab4bc"


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        columns = [list(_pictures(name, Path(folder, name))) for name in PRESETS]
        _save(_framed(columns), "presets.png")
        _built(None, Path(folder, "default"))
        _save(_first_page(Path(folder, "default/congestion.pdf"), 2 * WIDTH), "page.png")


def _save(picture: Image.Image, name: str) -> None:
    picture.quantize(96).save(ROOT / "docs" / name, optimize=True)


def _pictures(preset: str, folder: Path) -> Iterator[Image.Image]:
    """Yield the three outputs of the brief in a preset."""
    _built(ROOT / "styles/presets" / preset, folder)
    yield _first_page(folder / "congestion.pdf", WIDTH)
    profile = f"-env:UserInstallation=file://{folder}/profile"
    command = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir"]
    subprocess.run([*command, folder / "word", folder / "congestion.docx"], check=True)
    yield _first_page(folder / "word/congestion.pdf", WIDTH)
    yield _web_page(folder / "congestion.html")


def _built(styles: Path | None, folder: Path) -> None:
    for outcome in build(load_project([BRIEF], styles=styles, out=folder)):
        if outcome.status != "built":
            raise SystemExit(f"{outcome.name}: {outcome.status} {outcome.diagnostics}")


def _first_page(path: Path, width: int) -> Image.Image:
    page = pypdfium2.PdfDocument(path)[0]
    picture: Image.Image = page.render(scale=width / page.get_width()).to_pil()
    return picture


def _web_page(path: Path) -> Image.Image:
    chromium = shutil.which("chromium") or shutil.which("google-chrome")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        view = {"width": 2 * WIDTH, "height": 2 * HEIGHT}
        page = browser.new_page(viewport=view, color_scheme="light")  # type: ignore[arg-type]
        page.goto(path.as_uri())
        picture = Image.open(io.BytesIO(page.screenshot())).resize((WIDTH, HEIGHT))
        browser.close()
    return picture


def _framed(columns: list[list[Image.Image]]) -> Image.Image:
    """Return pictures in columns on a grey ground, each with a thin edge."""
    across, down = len(columns), len(columns[0])
    size = (across * (WIDTH + GAP) + GAP, down * (HEIGHT + GAP) + GAP)
    sheet = Image.new("RGB", size, _GROUND)
    drawing = ImageDraw.Draw(sheet)
    for column, pictures in enumerate(columns):
        for row, picture in enumerate(pictures):
            left, top = GAP + column * (WIDTH + GAP), GAP + row * (HEIGHT + GAP)
            sheet.paste(picture.crop((0, 0, WIDTH, HEIGHT)), (left, top))
            drawing.rectangle((left - 1, top - 1, left + WIDTH, top + HEIGHT), outline=_EDGE)
    return sheet


if __name__ == "__main__":
    main()

"""What of SVG is drawn in the PDF, and in the bitmap of the Word file, found out by drawing it.

Each example is a picture of 100 by 100 whose middle is red if the feature is drawn.
"""

from __future__ import annotations

import base64
from collections.abc import Mapping
from contextlib import closing
from io import BytesIO
from typing import Any

from PIL import Image

from pipeline.model import ImageFile
from pipeline.styles import load_styles
from pipeline.writers.docx.vector import bitmap_of
from pipeline.writers.pdf.weasyprint_host import layout

from .markdown import table

_FULL = 'width="100" height="100"'
_MIDDLE = 'x="25" y="25" width="50" height="50"'
_BLOCK = 'font-family="DejaVu Sans Mono" font-size="150" fill="red"'


def _dot() -> str:
    content = BytesIO()
    Image.new("RGB", (1, 1), "red").save(content, "PNG")
    return f"data:image/png;base64,{base64.b64encode(content.getvalue()).decode()}"


_EXAMPLES: Mapping[str, str] = {
    "shapes, lines, paths": '<path d="M0 50H100" stroke="red" stroke-width="60"/>',
    "`<use>`, `<symbol>`": f'<symbol id="a"><rect {_FULL} fill="red"/></symbol><use href="#a"/>',
    "`<svg>` inside, with a size": f'<svg {_FULL} viewBox="0 0 1 1"><rect width="1" height="1" '
    'fill="red"/></svg>',
    "`<svg>` inside, without a size": '<svg viewBox="0 0 1 1"><rect width="1" height="1" '
    'fill="red"/></svg>',
    "`transform`": '<g transform="rotate(90) scale(2)"><rect y="-50" width="50" height="50" '
    'fill="red"/></g>',
    "linear gradients": '<linearGradient id="a"><stop stop-color="red"/><stop offset="1" '
    f'stop-color="red"/></linearGradient><rect {_FULL} fill="url(#a)"/>',
    "radial gradients": '<radialGradient id="a"><stop stop-color="red"/><stop offset="1" '
    f'stop-color="red"/></radialGradient><rect {_FULL} fill="url(#a)"/>',
    "patterns": '<pattern id="a" width="20" height="20" patternUnits="userSpaceOnUse"><rect '
    f'width="20" height="20" fill="red"/></pattern><rect {_FULL} fill="url(#a)"/>',
    "markers": '<marker id="a" markerWidth="9" markerHeight="9" refX="4" refY="4" orient="auto" '
    'markerUnits="userSpaceOnUse"><rect width="9" height="9" fill="red"/></marker>'
    '<path d="M0 50H50H100" fill="none" stroke="lime" marker-mid="url(#a)"/>',
    "clipping": f'<rect {_FULL} fill="red"/><clipPath id="a"><rect width="20" height="20"/>'
    f'</clipPath><rect {_FULL} fill="lime" clip-path="url(#a)"/>',
    "masks": f'<rect {_FULL} fill="red"/><mask id="a"><rect {_FULL} fill="white"/><rect {_MIDDLE} '
    f'fill="black"/></mask><rect {_FULL} fill="lime" mask="url(#a)"/>',
    "transparency": f'<rect {_FULL} fill="red"/><rect {_FULL} fill="lime" opacity="0"/>',
    "bitmaps inside, as `data:`": f'<image {_FULL} preserveAspectRatio="none" href="{_dot()}"/>',
    "`<style>` with classes": f'<style>.a{{fill:red}}</style><rect class="a" {_FULL}/>',
    "`currentColor`": f'<g color="red"><rect {_FULL} fill="currentColor"/></g>',
    "CSS variables": f'<g style="--a:red"><rect {_FULL} style="fill:var(--a)"/></g>',
    "`transform` in `style`": f'<rect x="200" {_FULL} fill="red" '
    'style="transform:translate(-200px,0)"/>',
    "text": f'<text x="5" y="95" {_BLOCK}>█</text>',
    "text on a path": '<path id="a" d="M5 95H100" fill="none"/>'
    f'<text {_BLOCK}><textPath href="#a">█</textPath></text>',
    "filters": '<filter id="a" x="0" y="0" width="1" height="1"><feFlood flood-color="red"/>'
    f'</filter><rect {_FULL} fill="lime" filter="url(#a)"/>',
    "blend modes": f'<rect {_FULL} fill="magenta"/><rect {_FULL} fill="yellow" '
    'style="mix-blend-mode:multiply"/>',
    "`<switch>`": f'<switch><rect systemLanguage="xx" {_FULL} fill="lime"/><rect {_FULL} '
    'fill="red"/></switch>',
}  # fmt: skip


def drawn() -> str:
    """Return a table of features, and which output draws them."""
    words = {True: "yes", False: "**no**"}
    rows = ((name, words[pdf], words[_in_word(picture(name))]) for name, pdf in in_pdf().items())
    return table(("", "PDF", "the bitmap in the Word file"), rows)


def picture(name: str) -> str:
    """Return the example of a feature."""
    head = f'<svg xmlns="http://www.w3.org/2000/svg" {_FULL} viewBox="0 0 100 100">'
    return f"{head}{_EXAMPLES[name]}</svg>"


def in_pdf() -> dict[str, bool]:
    """Draw all examples on one page, one below the other, and look."""
    import pypdfium2

    files = {
        f"brief:/{number}.svg": (picture(name).encode(), "image/svg+xml")
        for number, name in enumerate(_EXAMPLES)
    }
    images = "".join(f'<img src="{address}">' for address in files)
    css = f"@page{{margin:0;size:100px {100 * len(files)}px}}body{{margin:0}}img{{display:block}}"
    document = layout(f"<style>{css}</style>{images}", files)
    with pypdfium2.PdfDocument(document.write_pdf()) as pdf, closing(pdf[0]) as page:
        seen: Any = page.render(scale=96 / 72).to_pil().convert("RGB")
    return {name: _is_red(seen, 50, 100 * number + 50) for number, name in enumerate(_EXAMPLES)}


def _in_word(drawing: str) -> bool:
    styles, _ = load_styles(None)
    content = bitmap_of(
        ImageFile("a.svg", "image/svg+xml", drawing.encode(), 100, 100), styles.house
    )
    with Image.open(BytesIO(content)) as seen:
        return _is_red(seen.convert("RGB"), seen.width // 2, seen.height // 2)


def _is_red(picture: Any, x: int, y: int) -> bool:
    red, green, blue = picture.getpixel((x, y))
    return bool(red > 200 and green < 60 and blue < 60)

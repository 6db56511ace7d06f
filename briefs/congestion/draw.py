"""Draw the two pictures of `congestion.md` from the CSV files beside this one.

    python briefs/congestion/draw.py

Pillow comes with WeasyPrint. The pictures are kept with the brief, so a build never runs this.
"""

import csv
import datetime
import re
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

HERE = Path(__file__).parent
TEXT, MUTED, RULE, ACCENT = "#1c2330", "#55606e", "#c5ced6", "#0b4f6c"
CENTIMETRES, DPI = 16, 240


def rows(name: str) -> list[list[str]]:
    with (HERE / name).open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file))[1:]


def draw_effect() -> None:
    """One bar per scheme: how far traffic fell, in per cent."""
    left, scale, step = 300, 15, 50
    parts = [
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 640 300" width="640" height="300" '
        'font-family="sans-serif" font-size="14">',
        "<title>Fall in traffic after a charge began, by scheme</title>",
    ]
    for number, (scheme, year, measure, change, _) in enumerate(rows("traffic.csv")):
        top = 6 + number * step
        fall = float(re.findall(r"[\d.]+", change)[0])
        parts.append(
            f'<text x="{left - 12}" y="{top + 15}" fill="{TEXT}" font-weight="bold" '
            f'text-anchor="end">{scheme}, {year}</text>'
            f'<text x="{left - 12}" y="{top + 32}" fill="{MUTED}" font-size="12.5" '
            f'text-anchor="end">{measure}</text>'
            f'<rect x="{left}" y="{top + 3}" width="{fall * scale:g}" height="32" '
            f'fill="{ACCENT}"/>'
        )
        inside = fall > 15
        x = left + fall * scale + (-8 if inside else 8)
        anchor, colour = ("end", "#ffffff") if inside else ("start", TEXT)
        parts.append(
            f'<text x="{x:g}" y="{top + 24}" fill="{colour}" text-anchor="{anchor}">{change}</text>'
        )
    bottom = 6 + 5 * step
    parts.append(f'<path d="M{left} 2V{bottom}" stroke="{TEXT}" stroke-width="1" fill="none"/>')
    for tick in range(0, 21, 5):
        place = left + tick * scale
        parts.append(
            f'<path d="M{place} {bottom}v6" stroke="{MUTED}" stroke-width="1" fill="none"/>'
            f'<text x="{place}" y="{bottom + 22}" fill="{MUTED}" font-size="12.5" '
            f'text-anchor="middle">{tick}</text>'
        )
    parts.append(
        f'<text x="{left}" y="{bottom + 40}" fill="{MUTED}" font-size="12.5">'
        "fall in traffic, per cent</text></svg>"
    )
    (HERE / "effect.svg").write_text("\n".join(parts) + "\n", encoding="utf-8")


def draw_charge() -> None:
    """A step line: what a day in the London zone has cost since 2003."""
    width, height = round(CENTIMETRES / 2.54 * DPI), 760
    image = Image.new("RGB", (width, height), "#ffffff")
    draw = ImageDraw.Draw(image)
    font = ImageFont.truetype("DejaVuSans.ttf", 32)
    bold = ImageFont.truetype("DejaVuSans-Bold.ttf", 34)
    left, right, top, bottom = 110, width - 40, 60, height - 80

    def x(date: datetime.date) -> float:
        years = date.year + (date.timetuple().tm_yday - 1) / 365.25
        return left + (years - 2003) / (2027 - 2003) * (right - left)

    def y(pounds: float) -> float:
        return bottom - pounds / 20 * (bottom - top)

    for level in range(0, 21, 5):
        draw.line([(left, y(level)), (right, y(level))], fill=RULE, width=3)
        draw.text((left - 18, y(level)), f"£{level}", font=font, fill=MUTED, anchor="rm")
    for year in range(2003, 2027, 4):
        place = x(datetime.date(year, 1, 1))
        draw.line([(place, bottom), (place, bottom + 14)], fill=MUTED, width=3)
        draw.text((place, bottom + 22), str(year), font=font, fill=MUTED, anchor="ma")

    steps = [(datetime.date.fromisoformat(day), float(sum_)) for day, sum_ in rows("charge.csv")]
    ends = [day for day, _ in steps[1:]] + [datetime.date(2026, 12, 31)]
    points: list[tuple[float, float]] = []
    for (day, pounds), end in zip(steps, ends, strict=True):
        points += [(x(day), y(pounds)), (x(end), y(pounds))]
        label = f"£{pounds:g}" if pounds == int(pounds) else f"£{pounds:.2f}"
        middle = (x(day) + x(end)) / 2
        draw.text((middle, y(pounds) - 14), label, font=bold, fill=TEXT, anchor="ms")
    draw.line(points, fill=ACCENT, width=9, joint="curve")
    image.quantize(16, dither=Image.Dither.NONE).save(
        HERE / "charge.png", dpi=(DPI, DPI), optimize=True
    )


if __name__ == "__main__":
    draw_effect()
    draw_charge()
